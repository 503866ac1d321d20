"""Fetching: the one function by which sitmon asks anything of the network, with everything that must hold of it.

turn ─► hop ─► address checked, connected (dialling.py) ─► headers ─┬─► a redirect: the next hop, at most five
                                                                    └─► body, unpacked up to a limit (bodies.py) ─► Answer

One deadline for all of it. No cookies, no Referer, nothing of a login to another origin.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpcore

from sitmon import __version__
from sitmon.errors import SourceError
from sitmon.sources.addresses import Address, address_of
from sitmon.sources.bodies import body_of
from sitmon.sources.dialling import Dialler, RefusedError
from sitmon.sources.hop import Hop, Request, Response
from sitmon.sources.lanes import Lanes
from sitmon.sources.logins import Logins
from sitmon.sources.routes import Routes
from sitmon.sources.troubles import FetchError, in_words
from sitmon.text.networks import is_private_name

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DEADLINE = 30.0
MOST_HOPS = 5
# Who asks, as RFC 9110 (10.1.5) wants it: by it an administrator can find out what this is.
ABOUT = "https://sitmon.example/"
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PERMANENT = frozenset((301, 308))
# What may be said in several lines that count together (RFC 9110, 5.3).
_LISTS = frozenset((b"cache-control",))


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for.

    Attributes:
        address: Where.
        home: The address as a person has written it: it may lie inside a network, and only it is told a login.
        accept: The Accept header.
        conditions: Headers for the one hop whose URL is `conditions_for`: validators belong to what gave them.
    """

    address: Address
    home: Address
    accept: str = "*/*"
    conditions: tuple[tuple[bytes, bytes], ...] = ()
    conditions_for: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came.

    Attributes:
        headers: As they were sent, in order, names in small letters.
        body: Unpacked.
        address: Who answered, after all redirects.
        is_moved: It was redirected there, and each time for good.
        was_conditional: The conditions were sent to who answered.
    """

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    address: Address
    is_moved: bool = False
    was_conditional: bool = False

    def header(self, name: bytes) -> bytes | None:
        """Return a header by its name (in small letters), byte for byte: the first; one that is a list, of all its lines."""
        found = [value for key, value in self.headers if key == name]
        if name in _LISTS and found:
            return b", ".join(found)
        return next(iter(found), None)


@dataclass
class Web:
    """The network, as one process uses it.

    Attributes:
        about: An address that says who asks, part of the User-Agent.
        deadline: For a whole fetch, in seconds.
        login: Says the Authorization header for a home address, or None.
    """

    routes: Routes = field(default_factory=Routes)
    about: str = ABOUT
    deadline: float = DEADLINE
    login: Callable[[Address], bytes | None] = field(default_factory=Logins)
    lanes: Lanes = field(default_factory=Lanes)
    _tls: ssl.SSLContext | None = None

    async def fetch(self, ask: Ask, then: Callable[[Answer], Awaitable[None]] | None = None) -> Answer:
        """Fetch, when it is this host's turn.

        Args:
            ask: What.
            then: Awaited with the answer before the next one has its turn: what cannot take more in holds up what fetches it.

        Raises:
            FetchError: There is no answer to be had, or none that may be taken; a sentence that says why.
        """
        host = ask.address.host
        is_private = is_private_name(host)
        lane = ask.address.netloc if is_private else host
        async with self.lanes.turn(lane, is_private=is_private):
            try:
                async with asyncio.timeout(self.deadline) as deadline:
                    answer = await self._follow(ask, deadline)
            except FetchError:
                raise
            except TimeoutError as error:
                words = f"{host} did not answer in full within {self.deadline:.0f} s"
                raise FetchError(words, is_unreached=False) from error
            except (SourceError, OSError, httpcore.ProtocolError, httpcore.NetworkError, httpcore.ProxyError) as error:
                raise in_words(error, host) from error
            if then is not None:
                await then(answer)
            return answer

    async def _follow(self, ask: Ask, deadline: asyncio.Timeout) -> Answer:
        address, is_moved, hops = ask.address, True, 0
        while True:
            async with self._answer(ask, address) as response:
                location = _header(response.headers.raw, b"location")
                if response.status_code not in _REDIRECTS or location is None:
                    return await self._whole(ask, address, response, deadline, is_moved=bool(hops) and is_moved)
            hops += 1
            if hops > MOST_HOPS:
                raise SourceError(f"{ask.address.host} sends on more than {MOST_HOPS} times")
            is_moved &= response.status_code in _PERMANENT
            address = address_of(location.decode("utf-8", "replace"), address)

    @asynccontextmanager
    async def _answer(self, ask: Ask, address: Address) -> AsyncIterator[Response]:
        headers = [(b"host", address.netloc.encode()), *self._headers(ask)]
        if address.url == ask.conditions_for:
            headers += ask.conditions
        if address.is_same_origin(ask.home) and (login := self.login(ask.home)):
            headers.append((b"authorization", login))
        # Not by a client: that would look into where a redirect leads before it is checked, and take cookies.
        async with Hop(self._connection(ask, address)) as hop:
            response = await hop.handle_async_request(Request("GET", address.url, headers=headers))
            try:
                yield response
            finally:
                await response.aclose()

    def _headers(self, ask: Ask) -> Iterator[tuple[bytes, bytes]]:
        yield b"user-agent", f"sitmon/{'.'.join(__version__.split('.')[:2])} (+{self.about})".encode()
        yield b"accept", ask.accept.encode()
        yield b"accept-encoding", b"gzip, deflate"
        yield b"connection", b"close"

    def _connection(self, ask: Ask, address: Address) -> httpcore.AsyncHTTPConnection | httpcore.AsyncHTTPProxy:
        tls = self._trust() if address.scheme == "https" else None
        proxy = self.routes.proxy_for(address)
        if proxy is None:
            # A connection for each hop, closed after it: one that was kept could be used past the check of its address.
            dialler = Dialler(ask.home.endpoint)
            return httpcore.AsyncHTTPConnection(_url(address).origin, ssl_context=tls, network_backend=dialler)
        if address.endpoint != ask.home.endpoint and is_private_name(address.host):
            raise RefusedError(f"{address.netloc} lies inside a network and is not asked, nor through the proxy")
        return httpcore.AsyncHTTPProxy(proxy.url, proxy_auth=proxy.login, ssl_context=tls, max_keepalive_connections=0)

    def _trust(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpcore.default_ssl_context()
            self._tls.load_default_certs()
        return self._tls

    async def _whole(
        self, ask: Ask, address: Address, response: Response, deadline: asyncio.Timeout, *, is_moved: bool
    ) -> Answer:
        headers = tuple((name.lower(), value) for name, value in response.headers.raw)
        was_conditional = address.url == ask.conditions_for and bool(ask.conditions)
        async with AsyncExitStack() as kept:

            async def leave() -> None:
                waited = asyncio.get_running_loop().time()
                await kept.enter_async_context(self.lanes.large)
                if (end := deadline.when()) is not None:
                    deadline.reschedule(end + asyncio.get_running_loop().time() - waited)

            coding = b",".join(value for name, value in headers if name == b"content-encoding").decode("latin-1")
            body = await body_of(response.aiter_raw(), coding, leave) if response.status_code == 200 else b""
        return Answer(response.status_code, headers, body, address, is_moved, was_conditional)


def _url(address: Address) -> httpcore.URL:
    # A proxy is told the port only where it is not the scheme's own, as in every URL.
    return httpcore.URL(address.url)


def _header(headers: list[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    return next((value for key, value in headers if key.lower() == name), None)
