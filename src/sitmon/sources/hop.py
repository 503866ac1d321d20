"""One hop for httpx: a request over a connection of its own, which is closed with the answer.

A connection that was kept could be used past the check of its address.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from importlib.util import find_spec

import httpcore

# httpx comes with a command line, and that with a terminal's libraries: 6 MB and 17 ms of what nobody here calls. At each of
# its locks httpcore asks sniffio which library runs the loop, and looks for it on the whole path again where it is not
# installed: 0.2 ms a request. Python takes a module for absent that stands among the modules as None.
_ABSENT = {"httpx._main", "sniffio"} if find_spec("sniffio") is None else {"httpx._main"}
sys.modules.update(dict.fromkeys(_ABSENT - sys.modules.keys()))  # type: ignore[arg-type]

from httpx import AsyncBaseTransport, AsyncByteStream, Request, Response  # noqa: E402

from sitmon.errors import SourceError  # noqa: E402
from sitmon.sources.dialling import Wire  # noqa: E402

# A piece costs some 30 µs however small it is: ten megabytes of single bytes would hold up everybody for minutes. Servers that
# write a feed word by word send a piece for every few letters, yet no feed has so many words.
_MOST_SMALL_PIECES, _SMALL, _TURN = 30_000, 64, 64

__all__ = ["Hop", "Request", "Response"]


class Hop(AsyncBaseTransport):
    """Carries one request. Errors are httpcore's, with what the dialler raised behind them."""

    def __init__(self, connection: httpcore.AsyncHTTPConnection | httpcore.AsyncHTTPProxy) -> None:
        """Go over this connection."""
        self._connection = connection

    async def handle_async_request(self, request: Request) -> Response:
        """See httpx.AsyncBaseTransport."""
        asked = httpcore.Request(request.method, str(request.url), headers=request.headers.raw)
        answer = await self._connection.handle_async_request(asked)
        wire = answer.extensions.get("network_stream")
        if isinstance(wire, Wire):
            wire.begin_body()
        return Response(answer.status, headers=answer.headers, stream=_Body(answer))

    async def aclose(self) -> None:
        """Close the connection at once."""
        await self._connection.aclose()


class _Body(AsyncByteStream):
    """The body as it comes, still packed."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = taken = 0
        async for piece in self._answer.aiter_stream():
            pieces, taken = pieces + 1, taken + len(piece)
            if pieces > _MOST_SMALL_PIECES + taken // _SMALL:
                raise SourceError("its server sends it in crumbs, and it was not read to its end")
            if not pieces % _TURN:
                # What has come already is taken apart without waiting: others have their turn in between.
                await asyncio.sleep(0)
            yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()
