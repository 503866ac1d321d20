"""Under which names a server of sitmon's own is reached; for whatever listens: the desk in a browser, a collector's figures.

Pure. A page of another site whose name was made to point here (DNS rebinding) still asks for its own name.
"""

from __future__ import annotations

from ipaddress import ip_address

DEFAULT_PORTS = {"http": 80, "https": 443}
"""What stands in no address of that scheme."""

_LOCAL = ("localhost", "127.0.0.1", "[::1]")


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is reached by this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def local_names(host: str, port: int) -> frozenset[str]:
    """Return what a `Host` header says, in lower case, that is meant for a server reached from this machine.

    Args:
        host: What it listens on; its own name only where that is a loopback address.
        port: Likewise.
    """
    own = (in_brackets(host),) if is_loopback(host) else ()
    return frozenset(with_port(name, port, "http") for name in (*_LOCAL, *own))


def with_port(name: str, port: int, scheme: str) -> str:
    """Return host and port in lower case as a `Host` header has them: the port only where it is not the scheme's own."""
    return (name if port == DEFAULT_PORTS[scheme] else f"{name}:{port}").lower()


def in_brackets(host: str) -> str:
    """Return a host as it stands before a port: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host
