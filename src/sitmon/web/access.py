"""Who may ask this server: under which names it is reached, and with which password. Pure but for reading the password.

A page of another site must not drive the desk through a visitor's browser: the name asked for (DNS rebinding) and the page that
asks (cross-site websocket) are looked at before anything else.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sitmon.errors import ConfigurationError
from sitmon.text.hosting import DEFAULT_PORTS, in_brackets, is_loopback, local_names, with_port

VARIABLE = "SITMON_SERVE_PASSWORD"
"""The environment variable that may hold the password; a command line is read by everybody on the machine."""

_LEAST = 8
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Access:
    """Under which names the server is reached, and what has to be known to be let in.

    Attributes:
        names: Host, with the port where it is not the scheme's own, in lower case.
        password: None lets everybody in who reaches it.
        is_encrypted: It is reached over TLS, which something before it takes off.
        key: What a browser that gave the password shows instead of it from then on; another one after each start.
    """

    names: frozenset[str]
    password: str | None = field(default=None, repr=False)
    is_encrypted: bool = False
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def is_name(self, host: str | None) -> bool:
        """Whether a `Host` header names this server."""
        return (host or "").lower() in self.names

    def is_own_page(self, origin: str | None) -> bool:
        """Whether an `Origin` header is that of a page of this server."""
        try:
            parts = urlsplit(origin or "")
        except ValueError:
            return False
        return parts.scheme in DEFAULT_PORTS and parts.netloc.lower() in self.names

    def is_key(self, cookie: str | None) -> bool:
        """Whether a cookie is what this server gave a browser that knew the password."""
        return cookie is not None and hmac.compare_digest(_bytes(cookie), _bytes(self.key))

    def knows(self, authorization: str | None, cookie: str | None) -> bool:
        """Whether somebody may come in: no password is wanted, or theirs is right (HTTP Basic), or their cookie is."""
        if self.password is None:
            return True
        if self.is_key(cookie):
            return True
        given = _password_in(authorization)
        return given is not None and hmac.compare_digest(given, _bytes(self.password))


def access_for(host: str, port: int, public: str | None, password: str | None) -> Access:
    """Decide who may ask.

    Args:
        host: What the server listens on.
        port: Likewise.
        public: The address that people elsewhere type, `https://desk.example.org`, or None if there are none.
        password: What they have to know, or None.

    Raises:
        ConfigurationError: Others could reach it and nobody said so, or there is no password for them.
    """
    names = local_names(host, port)
    if public is None and not is_loopback(host):
        raise ConfigurationError(
            f"{host} can be reached by other machines: say under which address, --public https://NAME, and set a password "
            "(docs/web.md); without --host only this machine can look."
        )
    if public is None:
        return Access(names, password)
    if password is None:
        raise ConfigurationError(
            f"others can reach {public}: set a password, [serve] password_file in the configuration or {VARIABLE} in the "
            "environment."
        )
    scheme, name = _public(public)
    return Access(names | {name}, password, is_encrypted=scheme == "https")


def password_from(file: Path | None, environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the password: what the environment says, else the first line of a file, else None.

    Args:
        file: `[serve] password_file`; nobody else may read it.
        environment: Of this process.

    Raises:
        ConfigurationError: It is too short, or the file cannot be read or is not its owner's alone.
    """
    if VARIABLE in environment:
        return _long_enough(environment[VARIABLE], VARIABLE)
    if file is None:
        return None
    try:
        # What is looked at is what is read, whatever is put in its place meanwhile.
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            line = opened.readline(4096).decode("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise ConfigurationError(f"[serve] password_file {file}: {reason}.") from error
    if stat.S_IMODE(mode) & _OTHERS:
        raise ConfigurationError(f"[serve] password_file {file}: others may read it; chmod 600 {file}")
    return _long_enough(line, f"[serve] password_file {file}")


def _long_enough(password: str, where: str) -> str:
    if len(password) < _LEAST:
        raise ConfigurationError(f"{where}: the password is shorter than {_LEAST} characters.")
    return password


def _public(address: str) -> tuple[str, str]:
    """Return scheme and name of a public address."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        raise ConfigurationError(f"--public {address}: write the address that people type, like https://desk.example.org")
    return parts.scheme, with_port(in_brackets(parts.hostname), port or DEFAULT_PORTS[parts.scheme], parts.scheme)


def _bytes(words: str) -> bytes:
    # Headers and the environment may hold bytes that are no UTF-8.
    return words.encode("utf-8", "surrogateescape")


def _password_in(authorization: str | None) -> bytes | None:
    """Return the password of a Basic `Authorization` header (RFC 7617); whatever name stands before it."""
    scheme, _, coded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        pair = base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        return None
    _, colon, password = pair.partition(b":")
    return password if colon else None
