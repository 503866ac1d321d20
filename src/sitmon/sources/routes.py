"""Routes: through which proxy a request goes, as the environment says (http_proxy, https_proxy, all_proxy, no_proxy)."""

from __future__ import annotations

from dataclasses import field
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]

from sitmon.errors import SourceError
from sitmon.model.noun import dataclass
from sitmon.sources.addresses import Address
from sitmon.text.networks import is_loopback_name


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy.

    Attributes:
        url: Without a login.
        login: Name and password, or None.
    """

    url: str
    login: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Routes:
    """The proxies by scheme, as read at the start."""

    proxies: dict[str, str] = field(default_factory=getproxies_environment)

    def proxy_for(self, address: Address) -> Proxy | None:
        """Return the proxy for an address; None to connect to it. This machine itself is never asked through one.

        Raises:
            SourceError: What the environment names is no proxy that could be asked.
        """
        written = self.proxies.get(address.scheme) or self.proxies.get("all")
        if not written or is_loopback_name(address.host):
            return None
        if proxy_bypass_environment(f"{address.host}:{address.port}", self.proxies):
            return None
        try:
            parts = urlsplit(written if "://" in written else f"http://{written}")
            is_proxy = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_proxy = False
        if not is_proxy:
            # Not shown: it may hold a password.
            raise SourceError(f"the environment names a proxy for {address.scheme} that is none; write http://host:port")
        login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        host = parts.netloc.rpartition("@")[2]
        return Proxy(f"{parts.scheme}://{host}", login)
