"""Addresses: where a request goes, taken apart once. Pure; in whose network a host is, text/networks.py tells."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import quote, urljoin, urlsplit

from sitmon.errors import SourceError
from sitmon.model.noun import dataclass
from sitmon.text.hosting import in_brackets
from sitmon.text.networks import without_login

_PORTS = {"http": 80, "https": 443}
# Written as RFC 3986 allows; what is escaped already stays so.
_SAFE = "/%:@!$&'()*+,;=~-._?[]"
# What stands in no name (WHATWG URL, "forbidden domain code point").
_NO_HOST = re.compile(r'[\x00-\x20\x7f"#%/<>?@\[\\\]^`{|}]')
# Servers take up to 8,000 characters or a few times as many (RFC 9110, 4.1).
_LONGEST = 32_000
# How much of an address that is none is said.
_SHOWN = 200
# A name that ends so is an address (WHATWG URL, "ends in a number").
_NUMBER = re.compile("[0-9]+|0x[0-9a-f]*")

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
    shown = without_login(written)[:_SHOWN]
    try:
        parts = urlsplit(urljoin(base.url, written.strip()) if base else written.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise SourceError(f"{shown} is no web address") from error
    if parts.scheme not in _PORTS:
        raise SourceError(f"{shown} is neither http nor https, and nothing else is fetched")
    try:
        host = host if ":" in host else _numeric(host.encode("idna").decode("ascii").lower())
    except (UnicodeError, OSError):
        host = ""
    if not host or any(letter.isspace() for letter in host) or (":" not in host and _NO_HOST.search(host)):
        raise SourceError(f"{shown} names no host")
    try:
        target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    except UnicodeEncodeError as error:
        raise SourceError("half a character stands in a web address") from error
    if len(target) > _LONGEST:
        raise SourceError(f"{shown}… is longer than any web address")
    return Address(parts.scheme, host, _PORTS[parts.scheme] if port is None else port, target)


def _numeric(host: str) -> str:
    """Return an IPv4 address as four decimal numbers however it is written ("0x7f.1", "2130706433"); another host as it is."""
    if not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return host
    return str(ipaddress.IPv4Address(socket.inet_aton(host)))
