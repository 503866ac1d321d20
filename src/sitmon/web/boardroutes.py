"""`/board` and `/board.json`: the board as a plain page for people and phones, and as the contract's JSON for programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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
from sitmon.web.boards import Boards, BusyError, NotYetError, Told
from sitmon.web.gate import CSP, style_sources

_SCRIPT = "static/board.js"
_NO_PAST = "at= is no moment of the past: write 2024-12-08T14:30Z or 081430ZDEC24"
_FRESH = {"Cache-Control": "private, no-cache"}


class _Form(NamedTuple):
    """A board in the form asked for; `tag` changes with it, and it is made only for who does not have it yet."""

    make: Callable[[], str]
    tag: str
    media_type: str
    is_page: bool = False


class BoardRoutes:
    """Answers what is asked of the board."""

    def __init__(self, boards: Boards) -> None:
        """Answer from these boards."""
        self._boards = boards

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered here."""
        return [web.get("/board", self._page), web.get("/board.json", self._json), web.get("/board.schema.json", self._schema)]

    async def _page(self, request: web.Request) -> web.Response:
        told = await self._told(request)
        # The page says of which minute it is.
        tag = f"{told.tag}-{told.board.as_of:%Y%m%d%H%M}"
        is_past = "at" in request.query
        make = partial(board_page, told.board, script=_SCRIPT, is_past=is_past)
        return _answered(request, told, _Form(make, tag, "text/html", is_page=True))

    async def _json(self, request: web.Request) -> web.Response:
        region = request.query.get("region")
        if region is not None and region not in self._boards.regions:
            raise _wrong(f"there is no region of that id; there are: {', '.join(self._boards.regions)}")
        told = await self._told(request)
        tag = told.tag + (f"-{region}" if region else "")
        return _answered(request, told, _Form(lambda: as_json(board_json(told.board, region)) + "\n", tag, "application/json"))

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
            if moment is None:
                raise _wrong(_NO_PAST)
            return await self._boards.at(moment)
        except StoreError as error:
            raise web.HTTPServiceUnavailable(text=f"{error}\n", headers={"Retry-After": "5"}) from error
        except NotYetError as error:
            raise _wrong(_NO_PAST) from error
        except BusyError as error:
            words = "Too many boards of the past are asked for just now.\n"
            raise web.HTTPServiceUnavailable(text=words, headers={"Retry-After": "2"}) from error


def _answered(request: web.Request, told: Told, form: _Form) -> web.Response:
    """Answer with a form of the board, or that it is still what the client has (RFC 9110 §13.1)."""
    if _has_it(request, told, form):
        response = web.Response(status=304)
    else:
        body = form.make()
        response = web.Response(text=body, content_type=form.media_type, charset="utf-8")
        if form.is_page:
            response[CSP] = f"{style_sources(body)}; script-src 'self'; connect-src 'self'; img-src data:"
    response.headers.update(_FRESH)
    response.headers["X-As-Of"] = rfc3339(told.board.as_of)
    # Weak: the same board says the moment it was asked at.
    response.etag = ETag(value=form.tag, is_weak=True)
    response.last_modified = told.since.replace(microsecond=0)
    return response


def _has_it(request: web.Request, told: Told, form: _Form) -> bool:
    wanted = request.if_none_match
    if wanted is not None:
        return any(each.value in (form.tag, "*") for each in wanted)
    since = request.if_modified_since
    # The page changes with the minute it is of, too, which is not when its board last did.
    return since is not None and not form.is_page and told.since.replace(microsecond=0) <= since


def _wrong(words: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=f"{words}\n")
