"""Typed settings: what `config.toml` means once it is read, as plain frozen values that every floor may hold.

pydantic (schema.py) reads the document and makes these; they know nothing of it, so that the desk can start from a
compiled copy without importing pydantic.
"""

from __future__ import annotations

from dataclasses import field
from hashlib import sha256
from pathlib import Path
from typing import Any

from sitmon.model.alarm import AlarmRules
from sitmon.model.indicator import Indicator
from sitmon.model.noun import dataclass
from sitmon.model.situation import Situation


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A watched folder.

    Attributes:
        id: "folder:<path as written>"; stable over restarts.
        path: Absolute.
        outlet: Publisher of documents that name none, or None.
        zone: IANA zone of times written without one; the situation's by default.
        shared: Every machine that collects sees the same folder there.
    """

    id: str
    path: Path
    outlet: str | None = None
    zone: str | None = None
    language: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A polled feed.

    Attributes:
        id: "feed:<address as written>"; stable over restarts.
        interval: In seconds.
        full_text: When its items' pages are fetched: "never", "short" (where the feed has only a beginning), "always".
    """

    id: str
    url: str
    interval: float = 3600.0
    outlet: str | None = None
    zone: str | None = None
    language: str | None = None
    full_text: str = "never"


@dataclass(frozen=True, slots=True)
class PluginSource:
    """A source of a person's own; what each key means stands at sources.PluginTable.

    Attributes:
        id: "plugin:<name>", with a label "plugin:<name>:<label>"; stable over restarts.
        options: As JSON holds them.
        interval: In seconds.
        timeout: In seconds.
    """

    id: str
    name: str
    label: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    interval: float = 600.0
    timeout: float = 60.0
    outlet: str | None = None
    zone: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """How the desk behaves; what each key means stands at schema.DeskTable."""

    theme: str = "dark"
    mouse: bool = True
    glyphs: str = "auto"
    bidi: str = "terminal"
    rotate: float | None = None


@dataclass(frozen=True, slots=True)
class Notify:
    """How a person who looks elsewhere is called for an alarm; `every` in seconds."""

    bell: bool = False
    osc9: bool = False
    osc777: bool = False
    command: tuple[str, ...] = ()
    every: float = 60.0


@dataclass(frozen=True, slots=True)
class Retention:
    """What the record may hold: `age` in seconds, `size` in bytes; None is without limit."""

    age: float | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Serve:
    """The desk in a browser: how many may look at once, and where the password lies."""

    viewers: int = 10
    password_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything configured.

    Attributes:
        origin: The file it was read from, or None for the built-in situation.
        situation: With its gazetteer for reading; the desk's compiled copy leaves the gazetteer out.
        keys: Command id to key, for re-bound commands only.
        alarms: What may raise an alarm.
        indicators: The I&W board, in the order written.
        author: Who writes in the log, or None for the name of whoever is logged in.
        fingerprint: SHA-256 over the configuration and the gazetteer file it names.
        gazetteer: That file, or None.
        outlines: The GeoJSON file of the borders on the map, or None.
        contact: An address that tells servers who asks, or None for sitmon's own.
        store: URL of the PostgreSQL database that holds the record, or None for a file in the state directory.
        lease: Of several collectors, one that is gone is replaced within this time, in seconds.
    """

    origin: Path | None
    situation: Situation
    folders: tuple[FolderSource, ...] = ()
    feeds: tuple[FeedSource, ...] = ()
    plugins: tuple[PluginSource, ...] = ()
    desk: Desk = field(default_factory=Desk)
    notify: Notify = field(default_factory=Notify)
    retention: Retention = field(default_factory=Retention)
    serve: Serve = field(default_factory=Serve)
    keys: dict[str, str] = field(default_factory=dict)
    alarms: AlarmRules = field(default_factory=AlarmRules)
    indicators: tuple[Indicator, ...] = ()
    author: str | None = None
    fingerprint: str = ""
    gazetteer: Path | None = None
    outlines: Path | None = None
    contact: str | None = None
    store: str | None = field(default=None, repr=False)
    lease: float = 30.0


def fingerprint(configuration: bytes, gazetteer: bytes) -> str:
    """Return the SHA-256 that changes with any byte of the configuration or its gazetteer (empty if it names none)."""
    return sha256(configuration + b"\0" + gazetteer).hexdigest()
