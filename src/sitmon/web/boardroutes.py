"""`/board` and `/board.json`: the board as a plain page for people and phones, and as the contract's JSON for programs."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from typing import NamedTuple

from aiohttp import web
from aiohttp.helpers import ETag

from sitmon.errors import StoreError
from sitmon.sitrep.contract import board_json
from sitmon.sitrep.jsontext import as_json
from sitmon.sitrep.render import board_page
from sitmon.text.moments import parse_moment
from sitmon.text.times import rfc3339
from sitmon.web.boards import Boards, BusyError, Told
from sitmon.web.gate import CSP, style_sources

_SCRIPT = "static/board.js"
_FRESH = {"Cache-Control": "private, no-cache"}


class _Form(NamedTuple):
    """A board in the form asked for; `tag` changes with it."""

    body: str
    tag: str
    media_type: str
    csp: str | None = None


class BoardRoutes:
    """Answers what is asked of the board."""

    def __init__(self, boards: Boards) -> None:
        """Answer from these boards."""
        self._boards = boards

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered here."""
        return [web.get("/board", self._page), web.get("/board.json", self._json), web.get("/board.schema.json", self._schema)]

    async def _page(self, request: web.Request) -> web.Response:
        def made(told: Told, *, is_past: bool) -> _Form:
            page = board_page(told.board, script=_SCRIPT, is_past=is_past)
            # The page says of which minute it is.
            tag = f"{told.tag}-{told.board.as_of:%Y%m%d%H%M}"
            csp = f"{style_sources(page)}; script-src 'self'; connect-src 'self'; img-src data:"
            return _Form(page, tag, "text/html", csp)

        told = await self._told(request)
        return _answered(request, told, made(told, is_past="at" in request.query))

    async def _json(self, request: web.Request) -> web.Response:
        region = request.query.get("region")
        if region is not None and region not in self._boards.regions:
            raise _wrong(f"there is no region of that id; there are: {', '.join(self._boards.regions)}")
        told = await self._told(request)
        body = as_json(board_json(told.board, region)) + "\n"
        return _answered(request, told, _Form(body, told.tag + (f"-{region}" if region else ""), "application/json"))

    async def _schema(self, request: web.Request) -> web.Response:
        del request
        schema = files("sitmon.sitrep").joinpath("schema", "brief.schema.json").read_text("utf-8")
        return web.Response(text=schema, content_type="application/schema+json")

    async def _told(self, request: web.Request) -> Told:
        """Return the board of now, or as of `?at=`."""
        words = request.query.get("at")
        try:
            if words is None:
                return await self._boards.now()
            moment = parse_moment(words)
            if moment is None or moment > datetime.now(UTC):
                raise _wrong("at= is no moment of the past: write 2024-12-08T14:30Z or 081430ZDEC24")
            return await self._boards.at(moment)
        except StoreError as error:
            raise web.HTTPServiceUnavailable(text=f"{error}\n", headers={"Retry-After": "5"}) from error
        except BusyError as error:
            words = "Too many boards of the past are asked for just now.\n"
            raise web.HTTPServiceUnavailable(text=words, headers={"Retry-After": "2"}) from error


def _answered(request: web.Request, told: Told, form: _Form) -> web.Response:
    """Answer with a form of the board, or that it is still what the client has (RFC 9110 §13.1)."""
    if _has_it(request, told, form.tag):
        response = web.Response(status=304)
    else:
        response = web.Response(text=form.body, content_type=form.media_type, charset="utf-8")
    response.headers.update(_FRESH)
    response.headers["X-As-Of"] = rfc3339(told.board.as_of)
    # Weak: the same board says the moment it was asked at.
    response.etag = ETag(value=form.tag, is_weak=True)
    response.last_modified = told.since.replace(microsecond=0)
    if form.csp:
        response[CSP] = form.csp
    return response


def _has_it(request: web.Request, told: Told, tag: str) -> bool:
    wanted = request.if_none_match
    if wanted is not None:
        return any(each.value in (tag, "*") for each in wanted)
    since = request.if_modified_since
    # The page changes with the minute it is of, too, which is not when its board last did.
    return since is not None and tag == told.tag and told.since.replace(microsecond=0) <= since


def _wrong(words: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=f"{words}\n")
