"""The schema of the `[[sources]]` tables of `config.toml`: folders, feeds, plug-ins; part of schema.py."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from sitmon.config.kinds import Duration, FileName, Language, Name, Table, Url, Zone


class FolderTable(Table):
    """A watched folder: articles dropped into it are read, subfolders included."""

    kind: Literal["folder"] = Field(description="`folder`.")
    path: FileName = Field(description="Relative to this file, or absolute; `~` is the home directory. It may be made later.")
    outlet: Name | None = Field(default=None, description="Publisher of the documents that name none.")
    zone: Zone | None = Field(default=None, description="Time zone of times written without one. Default: the situation's.")
    language: Language | None = Field(
        default=None, description="Language of the documents that name none. Default: recognised."
    )
    shared: bool = Field(
        default=False,
        description="Every machine that collects sees the same folder there (a network drive): with `[store] url`, one of them "
        "reads it. Otherwise each machine reads its own.",
    )


class FeedTable(Table):
    """A polled RSS, Atom or JSON feed."""

    kind: Literal["feed"] = Field(description="`feed`.")
    url: Url = Field(description="Address of the feed, http or https.")
    interval: Duration = Field(
        default=3600.0, description="How often it is asked. At least 5m; 1s on a private or loopback host."
    )
    outlet: Name | None = Field(default=None, description="Publisher of its items. Default: the feed's title.")
    zone: Zone | None = Field(default=None, description="Time zone of times written without one. Default: the situation's.")
    language: Language | None = Field(
        default=None, description="Language of its items. Default: as the feed says, else recognised."
    )
    full_text: Literal["never", "short", "always"] = Field(
        default="never",
        description="When the page of an item is fetched for its whole text: `never`, `short` (where the feed has only a "
        "beginning) or `always`. The site's robots.txt is honoured.",
    )


class PluginTable(Table):
    """A source of your own: a function in a package that is installed beside sitmon (docs/plugins.md)."""

    kind: Literal["plugin"] = Field(description="`plugin`.")
    name: Name = Field(description="Of the plug-in: an entry point of the group `sitmon.sources`.")
    label: Name | None = Field(default=None, description="Tells two sources of one plug-in apart.")
    options: dict[str, Any] = Field(default={}, description="What the plug-in is given: its own affair.")
    interval: Duration = Field(default=600.0, description="How often it is asked.")
    timeout: Duration = Field(default=60.0, description="It is ended when it takes longer.")
    outlet: Name | None = Field(default=None, description="Publisher of its articles that name none.")
    zone: Zone | None = Field(default=None, description="Time zone of times written without one. Default: the situation's.")
    language: Language | None = Field(default=None, description="Language of its articles that name none. Default: recognised.")
