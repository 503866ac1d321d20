"""The gate that every request passes: is it for this server, does it only read, does whoever asks know the password.

It also says to browsers what the pages may do: nothing is fetched from elsewhere, no other site frames, reads or drives them.
"""

from __future__ import annotations

import asyncio
import re
import sys
from base64 import b64encode
from collections.abc import Awaitable, Callable
from hashlib import sha256

from aiohttp import web

from sitmon.text.sanitise import sanitise
from sitmon.web.access import Access

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

CSP = web.ResponseKey("csp", str)
"""What the page of a response may fetch and run, beside nothing."""

COOKIE = "sitmon"
_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), clipboard-read=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_PENALTY_SECONDS = 1.0
_MOST_PENALTIES = 8


class Gate:
    """Lets requests in, or says why not."""

    def __init__(self, access: Access) -> None:
        """Go by who may ask."""
        self._access = access
        self._penalties = 0

    def stand_before(self, app: web.Application) -> None:
        """Have every request of an app pass, and every answer carry the headers."""
        app.middlewares.append(self._pass)
        app.on_response_prepare.append(self._dress)

    @web.middleware
    async def _pass(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        # In this order: who does not even name this server learns nothing of it, the password's existence included.
        if not self._access.is_name(request.headers.get("Host")):
            return _refused(421, "This server is not reached under that name (docs/web.md: --public).")
        origin = request.headers.get("Origin")
        is_socket = request.headers.get("Upgrade", "").lower() == "websocket"
        if (origin is not None or is_socket) and not self._access.is_own_page(origin):
            return _refused(403, "Only pages of this server may ask for that.")
        if request.method not in ("GET", "HEAD"):
            return _refused(405, "Nothing can be changed here.", {"Allow": "GET, HEAD"})
        given = request.headers.get("Authorization")
        if not self._access.knows(given, request.cookies.get(COOKIE)):
            return await self._ask_for_password(request, is_wrong=given is not None)
        response = await handler(request)
        # Another server on this host, or an earlier start of this one, may have left a cookie of the same name.
        if self._access.password is not None and not response.prepared and not self._access.is_key(request.cookies.get(COOKIE)):
            self._remember(response)
        return response

    async def _ask_for_password(self, request: web.Request, *, is_wrong: bool) -> web.Response:
        if is_wrong:
            if self._penalties >= _MOST_PENALTIES:
                return _refused(429, "Too many wrong passwords just now: wait a little.", {"Retry-After": "5"})
            self._penalties += 1
            print(f"sitmon: a wrong password from {sanitise(str(request.remote))}", file=sys.stderr)
            try:
                await asyncio.sleep(_PENALTY_SECONDS)
            finally:
                self._penalties -= 1
        return _refused(401, "The password is wanted.", {"WWW-Authenticate": 'Basic realm="sitmon", charset="UTF-8"'})

    def _remember(self, response: web.StreamResponse) -> None:
        """Let the browser show a cookie from now on: not every one sends the password along with a websocket."""
        response.set_cookie(COOKIE, self._access.key, httponly=True, samesite="Strict", secure=self._access.is_encrypted)

    async def _dress(self, request: web.Request, response: web.StreamResponse) -> None:
        del request
        more = response.get(CSP)
        response.headers.update(_HEADERS)
        # A browser puts the headers of a 304 in place of those it keeps (RFC 9111 §3.2): its page would lose style and script.
        if response.status != 304:
            response.headers["Content-Security-Policy"] = f"{_NOTHING}; {more}" if more else _NOTHING
        response.headers["Server"] = "sitmon"
        if self._access.is_encrypted:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"


def style_sources(page: str) -> str:
    """Return the `style-src` of a page of our own: its style sheets by their hashes, and no other."""
    hashes = (b64encode(sha256(sheet.encode()).digest()).decode() for sheet in _STYLE.findall(page))
    return "style-src " + " ".join(f"'sha256-{each}'" for each in hashes)


def _refused(status: int, words: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(status=status, text=f"{words}\n", headers=headers)
