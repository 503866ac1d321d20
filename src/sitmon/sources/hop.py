"""One hop for httpx: a request over a connection of its own, which is closed with the answer.

A connection that was kept could be used past the check of its address.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpcore
import httpx


class Hop(httpx.AsyncBaseTransport):
    """Carries one request. Errors are httpcore's, with what the dialler raised behind them."""

    def __init__(self, connection: httpcore.AsyncHTTPConnection | httpcore.AsyncHTTPProxy) -> None:
        """Go over this connection."""
        self._connection = connection

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx.AsyncBaseTransport."""
        asked = httpcore.Request(request.method, str(request.url), headers=request.headers.raw)
        answer = await self._connection.handle_async_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    async def aclose(self) -> None:
        """Close the connection at once."""
        await self._connection.aclose()


class _Body(httpx.AsyncByteStream):
    """The body as it comes, still packed."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._answer.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()
