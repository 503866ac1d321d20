"""Where a database is: its URL for the driver, and its name for people, which never holds a password."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from psycopg.conninfo import make_conninfo

from sitmon.errors import ConfigurationError

# A server that is gone without a word is noticed within this time.
_CONNECT_SECONDS = 2
_SILENCE_SECONDS = 10


def name_of(url: str) -> str:
    """Return a URL without user's password and options: "postgresql://desk@host:5432/sitmon"."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")
    user = host[0].partition(":")[0]
    where = host[2] or dict(parse_qsl(parts.query)).get("host", "")
    return f"{parts.scheme}://{user}{'@' if user else ''}{where}{parts.path}"


def conninfo_of(url: str) -> str:
    """Return what the driver connects with: the URL, and how long it waits for a server that says nothing.

    Raises:
        ConfigurationError: It is no URL of a database.
    """
    import psycopg  # noqa: PLC0415 - for its error alone

    asked = dict(parse_qsl(urlsplit(url).query))
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
        raise ConfigurationError(
            f"[store] url: {name_of(url)} is no address of a database; write one like postgresql://user@host:5432/name."
        ) from None
