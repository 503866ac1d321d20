"""Logins: names and passwords of feeds that want them, from the user's netrc file, never from the configuration."""

from __future__ import annotations

import base64
import netrc
import os
from pathlib import Path

from sitmon.sources.addresses import Address
from sitmon.text.networks import is_private_name


class Logins:
    """What the netrc file says: that of the environment variable NETRC, else `~/.netrc`; read at the first use."""

    def __init__(self) -> None:
        self._known: netrc.netrc | None = None
        self._is_read = False

    def __call__(self, home: Address) -> bytes | None:
        """Return the Authorization header for a feed's configured address, or None.

        A name without encryption is told to a private network only. An entry is for `host:port`, else for `host`; the entry
        `default` is for nobody here.
        """
        if home.scheme != "https" and not is_private_name(home.host):
            return None
        hosts = self._hosts()
        entry = hosts.get(home.netloc) or hosts.get(home.host)
        if entry is None:
            return None
        name, _, password = entry
        return b"Basic " + base64.b64encode(f"{name}:{password or ''}".encode())

    def _hosts(self) -> dict[str, tuple[str, str, str]]:
        if not self._is_read:
            self._is_read = True
            try:
                self._known = netrc.netrc(os.environ.get("NETRC") or Path("~/.netrc").expanduser())
            except (OSError, netrc.NetrcParseError, RuntimeError, UnicodeDecodeError):
                # Without it, feeds that want a login say so themselves (401).
                self._known = None
        return dict(self._known.hosts) if self._known else {}
