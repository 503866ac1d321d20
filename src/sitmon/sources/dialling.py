"""Dialling: the only door to the network. What a name leads to is checked, and exactly what was checked is connected to.

name ─► its addresses ─► those that may be reached ─► socket ─► (TLS, for the name) ─► httpcore

A name that leads elsewhere the second time it is asked (DNS rebinding) gains nothing: it is asked once for each connection.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import httpcore

from sitmon.errors import SourceError
from sitmon.sources.addresses import Endpoint
from sitmon.text.networks import is_public

# Of a name's addresses the next one is tried after so many seconds.
_PATIENCE = 8.0
_MOST_ADDRESSES = 6
# Bytes before an answer's headers are complete, those of interim answers (1xx) included, of which each costs time.
_LONGEST_HEAD, _HEAD_STEP = 256 * 1024, 16 * 1024
_Found = tuple[socket.AddressFamily, tuple[Any, ...]]


class RefusedError(SourceError):
    """A place that must not be asked."""


class Dialler(httpcore.AsyncNetworkBackend):
    """Connects for one request."""

    def __init__(self, permitted: Endpoint | None) -> None:
        """Allow public addresses, and at this host and port, as it stands in the configuration, any other too."""
        self._permitted = permitted

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of a host that may be reached and answers.

        Raises:
            RefusedError: None of them may be reached.
            OSError: None of them answers, or the name is not known.
        """
        del timeout, local_address, socket_options
        found = await _addresses(host, port)
        allowed = [one for one in found if (host, port) == self._permitted or is_public(str(one[1][0]))]
        if not allowed:
            where = "is" if host == found[0][1][0] else f"leads to {found[0][1][0]},"
            asked = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            raise RefusedError(
                f"{host} {where} an address inside a network, and {asked} is not asked unless a source of the "
                "configuration names it"
            )
        for number, (family, place) in enumerate(allowed[:_MOST_ADDRESSES], 1):
            try:
                return Wire(await _connected(family, place))
            except OSError:
                if number == len(allowed[:_MOST_ADDRESSES]):
                    raise
        raise OSError("no address")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class Wire(httpcore.AsyncNetworkStream):
    """A connection, with or without TLS; the deadline of the whole fetch bounds each of its steps."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._head_left: int | None = _LONGEST_HEAD

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's interface
        """Read what has come, at most so many bytes.

        Raises:
            SourceError: The headers have no end.
        """
        del timeout
        reader, _ = await self._opened()
        if self._head_left is None:
            return await reader.read(max_bytes)
        if self._head_left <= 0:
            raise SourceError("its server sends headers without end")
        data = await reader.read(min(max_bytes, _HEAD_STEP))
        self._head_left -= len(data)
        # What has come already is read without waiting: others have their turn in between.
        await asyncio.sleep(0)
        return data

    def begin_body(self) -> None:
        """The headers are complete: what follows is bounded by whoever reads it."""
        self._head_left = None

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Write all of it."""
        del timeout
        if buffer:
            _, writer = await self._opened()
            writer.write(buffer)
            await writer.drain()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        """Begin TLS with the server of that name."""
        del timeout
        self._streams = await asyncio.open_connection(sock=self._socket, ssl=ssl_context, server_hostname=server_hostname)
        return self

    async def aclose(self) -> None:
        """Close at once: a server that does not want to part is not waited for."""
        if self._streams is not None:
            self._streams[1].transport.abort()
        else:
            self._socket.close()

    def get_extra_info(self, info: str) -> Any:
        """Return nothing: httpcore asks for what only kept connections need."""
        del info

    async def _opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(sock=self._socket)
        return self._streams


async def _addresses(host: str, port: int) -> list[_Found]:
    with suppress(ValueError):
        family = socket.AF_INET6 if ipaddress.ip_address(host).version == 6 else socket.AF_INET
        return [(family, (host, port))]
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[_Found]] = loop.create_future()

    def ask() -> None:
        try:
            told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            given: Any = [(family, place) for family, _, _, _, place in told]
        except (OSError, UnicodeError) as error:
            given = error if isinstance(error, OSError) else socket.gaierror(socket.EAI_NONAME, "not a name")
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, given)

    def settle(given: Any) -> None:
        if not answer.done():
            answer.set_exception(given) if isinstance(given, OSError) else answer.set_result(given)

    # A thread of its own, which nobody waits for: asyncio's would hold up the end of the process until the resolver gives up.
    threading.Thread(target=ask, daemon=True, name="sitmon-dns").start()
    return await answer


async def _connected(family: socket.AddressFamily, place: tuple[Any, ...]) -> socket.socket:
    connecting = socket.socket(family, socket.SOCK_STREAM)
    try:
        connecting.setblocking(False)
        connecting.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        async with asyncio.timeout(_PATIENCE):
            await asyncio.get_running_loop().sock_connect(connecting, place)
    except TimeoutError as error:
        connecting.close()
        raise OSError("no answer") from error
    except BaseException:
        connecting.close()
        raise
    return connecting
