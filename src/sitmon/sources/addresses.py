"""Addresses: where a request goes, taken apart once, and which places on the network are nobody else's business.

Pure; dialling.py asks it before every connection.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import quote, urljoin, urlsplit

from sitmon.errors import SourceError
from sitmon.model.noun import dataclass
from sitmon.text.hosting import in_brackets, is_loopback

_PORTS = {"http": 80, "https": 443}
# Written as RFC 3986 allows; what is escaped already stays so.
_SAFE = "/%:@!$&'()*+,;=~-._?[]"
# What stands in no name (WHATWG URL, "forbidden domain code point").
_NO_HOST = re.compile(r'[\x00-\x20\x7f"#%/<>?@\[\\\]^`{|}]')
# Servers take up to 8,000 characters or a few times as many (RFC 9110, 4.1).
_LONGEST = 32_000
# A name that ends so is an address (WHATWG URL, "ends in a number").
_NUMBER = re.compile("[0-9]+|0x[0-9a-f]*")
# IPv6 addresses that carry an IPv4 one in their last 32 bits (RFC 6052).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Names that no public host has (RFC 6761, 6762, 8375, and the reserved top-level domain "internal").
_PRIVATE_SUFFIXES = (".localhost", ".local", ".internal", ".home.arpa", ".test", ".lan")

Endpoint = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Address:
    """A web address.

    Attributes:
        host: In small ASCII letters (IDNA), an IPv6 address without brackets.
        target: Path and query as they are sent; without fragment.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def endpoint(self) -> Endpoint:
        """Host and port."""
        return self.host, self.port

    @property
    def netloc(self) -> str:
        """Host and port as in a Host header: the port only where it is not the scheme's own."""
        host = in_brackets(self.host)
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.netloc}{self.target}"

    def is_same_origin(self, other: Address) -> bool:
        """Say whether scheme, host and port are the same (RFC 6454)."""
        return (self.scheme, self.host, self.port) == (other.scheme, other.host, other.port)


def address_of(written: str, base: Address | None = None) -> Address:
    """Take an address apart; a user's name and password in it are left out.

    Args:
        written: Absolute, or relative to `base`.
        base: Where it was found.

    Raises:
        SourceError: It is none, or one that is neither http nor https.
    """
    try:
        parts = urlsplit(urljoin(base.url, written.strip()) if base else written.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise SourceError(f"{written[:200]} is no web address") from error
    if parts.scheme not in _PORTS:
        raise SourceError(f"{written[:200]} is neither http nor https, and nothing else is fetched")
    try:
        host = host if ":" in host else _numeric(host.encode("idna").decode("ascii").lower())
    except (UnicodeError, OSError):
        host = ""
    if not host or any(letter.isspace() for letter in host) or (":" not in host and _NO_HOST.search(host)):
        raise SourceError(f"{written[:200]} names no host")
    try:
        target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    except UnicodeEncodeError as error:
        raise SourceError("half a character stands in a web address") from error
    if len(target) > _LONGEST:
        raise SourceError(f"{written[:200]}… is longer than any web address")
    return Address(parts.scheme, host, _PORTS[parts.scheme] if port is None else port, target)


def is_public(numeric: str) -> bool:
    """Say whether a numeric address is a public host's: not this machine, a private network, a link, a group, or reserved.

    Of an IPv6 address that carries an IPv4 one (mapped, 6to4, Teredo, NAT64) the inner one counts too.
    """
    try:
        address = ipaddress.ip_address(numeric.partition("%")[0])
    except ValueError:
        return False
    inner: list[ipaddress.IPv4Address | None] = []
    if isinstance(address, ipaddress.IPv6Address):
        if address.is_site_local:
            return False
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(address.packed[-4:]))
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
    is_global = address.is_global and not address.is_multicast
    return is_global and all(is_public(str(one)) for one in inner if one is not None)


def is_private_name(host: str) -> bool:
    """Say whether a host is, by its written name or address alone, on this machine or a private network."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_PRIVATE_SUFFIXES)
    return not is_public(host)


def is_loopback_name(host: str) -> bool:
    """Say whether a host is written as this machine itself."""
    return is_loopback(host) or host.endswith(".localhost")


def _numeric(host: str) -> str:
    """Return an IPv4 address as four decimal numbers however it is written ("0x7f.1", "2130706433"); another host as it is."""
    if not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return host
    return str(ipaddress.IPv4Address(socket.inet_aton(host)))
