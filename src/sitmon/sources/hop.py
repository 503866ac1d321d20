"""One hop for httpx: a request over a connection of its own, which is closed with the answer.

A connection that was kept could be used past the check of its address.
"""

from __future__ import annotations

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
        return Response(answer.status, headers=answer.headers, stream=_Body(answer))

    async def aclose(self) -> None:
        """Close the connection at once."""
        await self._connection.aclose()


class _Body(AsyncByteStream):
    """The body as it comes, still packed."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._answer.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()
