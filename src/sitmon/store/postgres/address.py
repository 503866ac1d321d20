"""Where a database is: its URL for the driver, and its name for people, which never holds a password."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from psycopg.conninfo import make_conninfo

from sitmon.errors import ConfigurationError

# A server that is gone without a word is noticed within this time.
_CONNECT_SECONDS = 2
_SILENCE_SECONDS = 10
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.%]*\]|[^:\[\]]*)(?::\d*)?")
_NONE = "[store] url: {} is no address of a database; write one like postgresql://user@host:5432/name"


def name_of(url: str) -> str:
    """Return a URL without user's password and options: "postgresql://desk@host:5432/sitmon".

    A password whose signs were not escaped ends nowhere but at the last @; where not even that tells, the host is left out.
    """
    scheme, _, rest = url.partition("://")
    place, _, options = rest.partition("?")
    login, _, where = place.rpartition("@")
    user = login.partition(":")[0]
    hosts, slash, database = where.partition("/")
    if not _are_hosts(hosts):
        return f"{scheme}://{user}{'@' if user else ''}…"
    hosts = hosts or dict(parse_qsl(options)).get("host", "")
    return f"{scheme}://{user}{'@' if user else ''}{hosts}{slash}{database}"


def conninfo_of(url: str) -> str:
    """Return what the driver connects with: the URL, and how long it waits for a server that says nothing.

    Raises:
        ConfigurationError: It is no URL of a database.
    """
    import psycopg  # noqa: PLC0415 - for its error alone

    place, _, options = url.partition("?")
    if not _are_hosts(place.partition("://")[2].rpartition("@")[2].partition("/")[0]):
        raise ConfigurationError(f"{_NONE.format(name_of(url))}; write signs of a password like / and ? as %2F and %3F.")
    asked = dict(parse_qsl(options))
    ours: dict[str, str | int] = {
        "application_name": "sitmon",
        "connect_timeout": _CONNECT_SECONDS,
        "keepalives_idle": _SILENCE_SECONDS,
        "keepalives_interval": _SILENCE_SECONDS // 2,
        "keepalives_count": 2,
        "tcp_user_timeout": _SILENCE_SECONDS * 1000,
    }
    try:
        return make_conninfo(url, **{key: value for key, value in ours.items() if key not in asked})
    except psycopg.Error:
        # What the driver says would show the URL, and with it the password.
        raise ConfigurationError(f"{_NONE.format(name_of(url))}.") from None


def _are_hosts(written: str) -> bool:
    """Say whether all that stands before a database's name are hosts with their ports."""
    return all(map(_HOST.fullmatch, written.split(",")))
