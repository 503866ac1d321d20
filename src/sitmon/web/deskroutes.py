"""The desk in a browser: its page, what the page loads, and the websocket on which one viewer's desk is painted.

The scripts that draw a terminal are textual-serve's; its server is not used, for it knows neither passwords nor limits, and
leaves a desk running whose browser vanished (docs/decisions/097).
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from html import escape
from importlib.resources import files
from pathlib import Path

import textual_serve
from aiohttp import WSCloseCode, WSMsgType, web

from sitmon.text.sanitise import flowing, sanitise
from sitmon.web.gate import CSP
from sitmon.web.viewer import GROUNDS, Viewer, said_alone

_OWN = Path(str(files("sitmon.web"))) / "static"
_THEIRS = Path(str(files(textual_serve))) / "static"
_FILES = {
    "desk.css": _OWN / "desk.css",
    "desk.js": _OWN / "desk.js",
    "board.js": _OWN / "board.js",
    "textual.js": _THEIRS / "js" / "textual.js",
    "xterm.css": _THEIRS / "css" / "xterm.css",
    "mono.ttf": _THEIRS / "fonts" / "RobotoMono-VariableFont_wght.ttf",
}
# A ping after so many seconds of silence, and half as many for its answer: a browser that vanished is gone within seven.
_HEARTBEAT_SECONDS = 4.0
_LARGEST_MESSAGE = 64 * 1024
# Seeing a desk out takes less than two seconds.
_LOOKS_FOR_ROOM, _LOOK_SECONDS = 20, 0.1


class DeskRoutes:
    """Shows the desk to several viewers at once, each by a process of their own."""

    def __init__(self, command: Sequence[str], most: int, title: Callable[[], str]) -> None:
        """Show the desk.

        Args:
            command: Starts one viewer's desk.
            most: How many may look at once.
            title: Tells what is watched.
        """
        self._command, self._most, self._title = command, most, title
        self._viewers: set[Viewer] = set()
        self._is_closing = False

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered here."""
        return [web.get("/", self._page), web.get("/static/{name}", self._file), web.get("/ws", self._socket)]

    async def close(self) -> None:
        """See every viewer's desk out, all at once; takes less than two seconds."""
        self._is_closing = True
        await asyncio.gather(*(viewer.stop() for viewer in self._viewers))

    async def _page(self, request: web.Request) -> web.Response:
        page = (_OWN / "desk.html").read_text("utf-8").replace("{title}", escape(flowing(self._title())))
        response = web.Response(text=page, content_type="text/html", headers={"Cache-Control": "no-cache"})
        # The terminal's script writes its style sheets into the page; no script but ours runs, and nothing is sent elsewhere.
        own = f"ws://{request.host} wss://{request.host}"
        response[CSP] = (
            f"script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:; connect-src 'self' {own}"
        )
        return response

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = _FILES.get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound(text="There is no such file.\n")
        return web.FileResponse(path, headers={"Cache-Control": "no-cache"})

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT_SECONDS, max_msg_size=_LARGEST_MESSAGE, timeout=1.0)
        await socket.prepare(request)
        if not await self._has_room():
            words = f"As many people look at this desk as may ({self._most}): try again later, or see /board."
            await socket.send_bytes(said_alone(words))
            await socket.close(code=WSCloseCode.TRY_AGAIN_LATER, message=b"no room")
            return socket
        viewer = Viewer(self._command, socket.send_bytes, socket.send_str)
        # Nothing is waited for since there was room: nobody else has taken it.
        self._viewers.add(viewer)
        try:
            if await _is_started(viewer, request):
                await self._show(viewer, socket)
        finally:
            await viewer.stop()
            self._viewers.discard(viewer)
            if viewer.fault:
                print(f"sitmon: a viewer's desk ended by a fault: {sanitise(viewer.fault)}", file=sys.stderr)
        await socket.close(code=self._why_closed())
        return socket

    async def _has_room(self) -> bool:
        """Whether one more may look. Who loads the page again comes before the desk they had has ended: that is waited for."""
        for _ in range(_LOOKS_FOR_ROOM):
            if self._is_closing or len(self._viewers) < self._most:
                break
            await asyncio.sleep(_LOOK_SECONDS)
        return not self._is_closing and len(self._viewers) < self._most

    def _why_closed(self) -> WSCloseCode:
        """Return what tells the page whether to open the desk again by itself: not if its viewer has left it."""
        return WSCloseCode.GOING_AWAY if self._is_closing else WSCloseCode.OK

    async def _show(self, viewer: Viewer, socket: web.WebSocketResponse) -> None:
        """Paint until the desk or the viewer goes, whichever is first."""
        painting, listening = asyncio.create_task(viewer.run()), asyncio.create_task(_listen(viewer, socket))
        try:
            await asyncio.wait((painting, listening), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await viewer.stop()
            listening.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await listening
            with suppress(ConnectionError):
                await painting


async def _is_started(viewer: Viewer, request: web.Request) -> bool:
    try:
        size = _number(request, "width", 80), _number(request, "height", 24)
        await viewer.start(*size, GROUNDS.get(request.query.get("light", "")))
    except OSError as error:
        # Such as too many processes, or no memory for one more: those that are there go on.
        print(f"sitmon: no desk could be started for a viewer: {error.strerror or error}", file=sys.stderr)
        return False
    return True


async def _listen(viewer: Viewer, socket: web.WebSocketResponse) -> None:
    """Hand on what the page sends until it goes away, or sends what no page of ours does."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            return
        try:
            said = json.loads(message.data)
        except (ValueError, RecursionError):
            return
        match said:
            case ["ping", str(sent)]:
                await socket.send_json(["pong", sent])
            case _:
                await viewer.do(said)


def _number(request: web.Request, name: str, otherwise: int) -> int:
    words = request.query.get(name, "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else otherwise
