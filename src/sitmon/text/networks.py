"""In whose network a host is: this machine's, a private one, or anybody's; by its written name or its address alone. Pure.

And how an address is told to people: without a login.

The configuration asks how often a host may be polled, sources/dialling.py before every connection.
"""

from __future__ import annotations

import ipaddress

from sitmon.text.hosting import is_loopback

# IPv6 addresses that carry an IPv4 one in their last 32 bits (RFC 6052).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Names that no public host has (RFC 6761, 6762, 8375, and the reserved top-level domain "internal").
_PRIVATE_SUFFIXES = (".localhost", ".local", ".internal", ".home.arpa", ".test", ".lan")


def without_login(written: str) -> str:
    """Return an address without what nobody is to read over a shoulder or in a log: "ftp://ada:…@host/", "https://…@host/".

    A password whose signs were not escaped ends nowhere but at the last @.
    """
    scheme, slashes, rest = written.partition("://") if "://" in written else ("", "", written)
    login, at, where = rest.rpartition("@")
    user, colon, _ = login.partition(":")
    return f"{scheme}{slashes}{user if colon else ''}{colon}…@{where}" if at else written


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
