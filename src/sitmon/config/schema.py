"""The schema of `config.toml`: which keys there are, what they may hold and what they mean.

The descriptions are the reference for people: docs/configuration.md is made from them. Nothing above config sees these models.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from sitmon.config.kinds import (
    Aliases,
    DatabaseUrl,
    Duration,
    FileName,
    Modalities,
    Name,
    Names,
    OneOrMore,
    RegionId,
    Size,
    Table,
    Url,
    Zone,
)
from sitmon.config.sources import FeedTable, FolderTable, PluginTable

# An issue is dormant after seven days; what it rests on must be there until then.
_SHORTEST_RETENTION, _SHORTEST_LEASE = 8 * 86400.0, 1.0


class SituationTable(Table):
    """What is watched."""

    title: Name = Field(description="Stands at the head of the board.")
    zone: Zone = Field(
        default="UTC", description="IANA time zone of the situation: local times are shown, and dates without one read, in it."
    )
    country: Names = Field(
        default=[], description="Names that tie a foreign claim to the situation. Alone they route to no region."
    )
    capital: RegionId | None = Field(default=None, description='Id of the region that "the capital" means.')
    gazetteer: FileName | None = Field(
        default=None,
        description="A shipped one (`syria`), or a CSV file beside this one. Without it only the regions' places are known.",
    )
    outlines: FileName | None = Field(
        default=None,
        description="Borders drawn on the map: shipped ones (`syria`), or a GeoJSON file beside this one (`….geojson`).",
    )
    masks: Names = Field(
        default=[],
        description="Names that contain a place or an actor and are none: they are skipped when places are looked for.",
    )
    parties: Aliases = Field(
        default={}, description="Parties to the conflict: name = other names. What they assert is `claimed`."
    )


class OutletTable(Table):
    """A publisher as the desk grades it."""

    name: Name = Field(description="As shown.")
    aliases: Names = Field(default=[], description="Other names it appears under.")
    reliability: Literal["A", "B", "C", "D", "E", "F"] = Field(
        default="F", description="Admiralty code, A (reliable) to F (cannot be judged). Set by people, never computed."
    )
    family: Name | None = Field(default=None, description="Outlets of one family are one origin when sources are counted.")


class RegionTable(Table):
    """One pane of the board."""

    id: RegionId = Field(description="Short name used in commands and JSON.")
    title: Name = Field(description="Heads the pane.")
    areas: Names = Field(
        default=[], description="First-level areas of the gazetteer that lie in it. Each area belongs to one region at most."
    )
    places: Aliases = Field(
        default={}, description="Further places: name = other names, in any language. A place of the gazetteer is moved here."
    )
    actors: Aliases = Field(
        default={}, description="Whose words belong here when a claim names no place of another region: name = other names."
    )


class LimitsTable(Table):
    """Thresholds of assessment."""

    current: Duration = Field(
        default=6 * 3600.0, description="A region is current while its newest claim is younger than this."
    )
    stale: Duration = Field(
        default=24 * 3600.0,
        description="A region is stale once its newest claim is older than this; between the two it is ageing.",
    )
    decay: Duration = Field(
        default=2 * 3600.0, description="In this time a status loses one step of weight against newer ones."
    )
    rumour: Duration = Field(
        default=6 * 3600.0, description="A rumour heads a pane only if nothing else was reported within this time before it."
    )
    contest: Duration = Field(
        default=72 * 3600.0, description="Opposite claims further apart than this do not contest each other."
    )
    resolved: Duration = Field(default=6 * 3600.0, description="How long a resolved issue is still shown.")
    dormant: Duration = Field(
        default=7 * 86400.0, description="An issue without a claim near an opposing one for this long is dormant."
    )
    corroboration: Duration = Field(
        default=48 * 3600.0, description="How far apart two reports of the same thing may lie to support each other."
    )
    future: Duration = Field(
        default=300.0, description="A publication time further ahead than this is not believed and marked FUTURE-DATED."
    )
    recent: int = Field(default=20, ge=1, le=500, description="How many earlier claims a region lists.")


class AlarmsTable(Table):
    """What may raise an alarm: a weighty new report, a status corrected or withdrawn, an indicator, being blind."""

    regions: list[RegionId] = Field(default=[], description="Ids of the watched regions. Left out: all.")
    keep: Duration = Field(
        default=72 * 3600.0, description="How far back alarms are listed; one that nobody answered for so long lapses."
    )


class IndicatorTable(Table):
    """One line of the I&W board: what is expected to be seen first if things turn. All fields that are given must match."""

    title: Name = Field(description="What it would mean, in words; each indicator has its own.")
    level: Literal["watch", "warning", "critical"] = Field(default="watch", description="How much it means.")
    region: OneOrMore = Field(default=[], description="Id of the region the claim is about, or a list.")
    event: OneOrMore = Field(
        default=[], description="Event type, or a list: `control_change`, `strike`, `advance`, `leadership`, `agreement`, …"
    )
    place: OneOrMore = Field(default=[], description="Place named in it, by its name in the gazetteer, or a list.")
    actor: OneOrMore = Field(default=[], description="Who does it, by the name of the party or actor, or a list.")
    modality: Modalities = Field(
        default=[],
        description="`reported`, `claimed`, `confirmed`, `denied`, `rumoured`, `assessed`, or a list. Default: any but denied.",
    )
    origins: int = Field(default=1, ge=1, le=9, description="How many independent origins have to report it.")
    within: Duration = Field(default=7 * 86400.0, description="How long a report counts.")


class LogTable(Table):
    """The watch log."""

    author: Name | None = Field(default=None, description="Who writes. Default: the name of whoever is logged in.")


class DeskTable(Table):
    """How the desk behaves."""

    theme: FileName = Field(
        default="dark",
        description="`dark`, `light`, `high-contrast`, `deuteranopia`, `deuteranopia-light`, `tritanopia`, `tritanopia-light`, "
        "`terminal` (the colours of the terminal), or a file ending in .toml beside this one (docs/themes.md).",
    )
    glyphs: Literal["auto", "unicode", "ascii"] = Field(
        default="auto", description="The signs: `unicode`, `ascii`, or `auto` for what the locale can write."
    )
    bidi: Literal["terminal", "desk"] = Field(
        default="terminal",
        description="Who puts right-to-left letters in their order: the `terminal`, or the `desk` where the terminal does not.",
    )
    rotate: Duration | None = Field(
        default=None, description="While nobody is there, go to the next region after this time. Left out: stay."
    )
    mouse: bool = Field(default=True, description="Whether the mouse is used; off leaves selecting text to the terminal.")


class NotifyTable(Table):
    """How a person who looks elsewhere is called for an alarm. Nothing else calls, and nobody is called who sits before it."""

    bell: bool = Field(default=False, description="Ring the terminal's bell.")
    osc9: bool = Field(default=False, description="OSC 9: iTerm2, kitty, WezTerm, Windows Terminal, Ghostty.")
    osc777: bool = Field(default=False, description="OSC 777: rxvt, foot, and terminals made with VTE.")
    command: Names = Field(
        default=[],
        description="A command as a list of arguments; `{title}`, `{text}` and `{count}` are put in. No shell reads it.",
    )
    every: Duration = Field(default=60.0, description="Once in this time at most; what comes in meanwhile is told together.")


class RetentionTable(Table):
    """What the record may hold. What stands on a board, is pinned or is spoken of in the log is never forgotten."""

    age: Duration | None = Field(
        default=None, description="Articles that came longer ago than this may be forgotten. Left out: none is for its age."
    )
    size: Size | None = Field(
        default=None,
        description="`MB` or `GB`: when the record takes more, the oldest articles are forgotten. Left out: no limit.",
    )

    @field_validator("age")
    @classmethod
    def _not_what_boards_look_at(cls, age: float | None) -> float | None:
        if age is not None and age < _SHORTEST_RETENTION:
            raise ValueError("is shorter than boards look back; write 8d or more")
        return age


class NetworkTable(Table):
    """How feeds and pages are fetched."""

    contact: Url | None = Field(
        default=None,
        description="An address that says who you are, sent with every request, so that whoever runs a server can ask you.",
    )


class StoreTable(Table):
    """Where the record and what people write are kept."""

    url: DatabaseUrl | None = Field(
        default=None,
        description="A PostgreSQL database: `postgresql://user@host:5432/name`. Left out: files in the state directory.",
    )
    lease: Duration = Field(
        default=30.0,
        description="Several collectors share out the sources; what one did that is gone is taken over within this time. "
        "The same for all of them.",
    )

    @field_validator("lease")
    @classmethod
    def _longer_than_a_hiccup(cls, lease: float) -> float:
        if lease < _SHORTEST_LEASE:
            raise ValueError("is shorter than 1s; write 1s or more")
        return lease


class ServeTable(Table):
    """The desk in a browser (`sitmon serve`)."""

    viewers: int = Field(default=10, ge=1, le=500, description="How many may look at the same time; each has a process.")
    password_file: FileName | None = Field(
        default=None,
        description="A file beside this one with the password in its first line, which nobody else may read. Left out: the "
        "environment variable `SITMON_SERVE_PASSWORD`.",
    )


class Document(Table):
    """The whole file."""

    situation: SituationTable = Field(description="What is watched.")
    sources: list[Annotated[FolderTable | FeedTable | PluginTable, Field(discriminator="kind")]] = Field(
        min_length=1, description="Where articles come from, one table for each source."
    )
    regions: list[RegionTable] = Field(min_length=1, max_length=12, description="The panes of the board in order, 1 to 12.")
    outlets: list[OutletTable] = Field(default=[], description="Publishers that the desk knows.")
    limits: LimitsTable = Field(default_factory=LimitsTable, description="Thresholds; each has a default.")
    alarms: AlarmsTable = Field(default_factory=AlarmsTable, description="What may raise an alarm.")
    indicators: list[IndicatorTable] = Field(default=[], max_length=50, description="The I&W board, at most 50.")
    log: LogTable = Field(default_factory=LogTable, description="The watch log.")
    desk: DeskTable = Field(default_factory=DeskTable, description="The desk itself.")
    notify: NotifyTable = Field(default_factory=NotifyTable, description="Calling a person who looks elsewhere.")
    retention: RetentionTable = Field(default_factory=RetentionTable, description="What the record may hold.")
    network: NetworkTable = Field(default_factory=NetworkTable, description="How feeds and pages are fetched.")
    store: StoreTable = Field(default_factory=StoreTable, description="Where the record is kept.")
    serve: ServeTable = Field(default_factory=ServeTable, description="The desk in a browser.")
    keys: dict[Name, Name] = Field(
        default={}, description="Commands bound to another key: command id = key. The ids stand on the help screen."
    )


_TABLES: dict[str, tuple[type[Table], ...]] = {
    "situation": (SituationTable,),
    "sources": (FolderTable, FeedTable, PluginTable),
    "regions": (RegionTable,),
    "outlets": (OutletTable,),
    "limits": (LimitsTable,),
    "alarms": (AlarmsTable,),
    "indicators": (IndicatorTable,),
    "log": (LogTable,),
    "desk": (DeskTable,),
    "notify": (NotifyTable,),
    "retention": (RetentionTable,),
    "network": (NetworkTable,),
    "store": (StoreTable,),
    "serve": (ServeTable,),
}


def keys_at(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys that the table at this path may hold; empty where people choose the keys.

    Args:
        path: Keys and array indices from the root, as in `("sources", 1)`.
    """
    if not path:
        return tuple(Document.model_fields)
    named = [part for part in path if isinstance(part, str)]
    tables = _TABLES.get(named[0], ()) if len(named) == 1 else ()
    return tuple(dict.fromkeys(key for table in tables for key in table.model_fields))
