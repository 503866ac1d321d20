"""What others may be told of a board: not the directories of the machine it was made on, nor the secrets in feeds' addresses.

Quotes, titles and addresses of articles are the record's and stay as they are; this is about sitmon's own sentences. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from sitmon.config.machines import machine_of
from sitmon.config.settings import Settings
from sitmon.model.board import Board
from sitmon.model.health import SourceHealth

_ADDRESS = re.compile(r"https?://[^\s“”\"'<>]+")
# A directory that no setting names, such as one that the system speaks of in an error.
_PATH = re.compile(r"(?<![\w:/.…~-])(?:/[\w.@+~-]+)+/([\w.@+~-]+)")


class Discretion:
    """Knows what belongs to this machine alone."""

    def __init__(self, settings: Settings, state: Path) -> None:
        """Hide what these settings and this state directory tell of the machine."""
        places = [state, Path.home(), *(folder.path for folder in settings.folders)]
        places += [settings.origin.parent] if settings.origin else []
        hidden = {str(place): f"…/{place.name}" for place in places if place.name}
        self._folders = settings.folders
        host = urlsplit(settings.store or "").hostname
        if host and host not in ("localhost", "127.0.0.1", "::1"):
            hidden[host] = "the database"
        self._hidden = sorted(hidden.items(), key=lambda entry: -len(entry[0]))

    def words(self, text: str) -> str:
        """Return a sentence of sitmon's own with `…` in the place of what is not told."""
        for words, instead in self._hidden:
            text = text.replace(words, instead)
        return _PATH.sub(r"…/\1", _ADDRESS.sub(_address, text))

    def board(self, board: Board) -> Board:
        """Return the board with what is said of its sources made fit to be told."""
        return replace(board, sources=tuple(self.sources(board.sources)))

    def sources(self, sources: Iterable[SourceHealth]) -> list[SourceHealth]:
        """Return sources as they may be told of, each with an id of its own."""
        told = [self._source(source) for source in sources]
        times: Counter[str] = Counter()
        for place, source in enumerate(told):
            times[source.id] += 1
            if times[source.id] > 1:
                told[place] = replace(source, id=f"{source.id} ({times[source.id]})")
        return told

    def named(self, name: str) -> str:
        """Return an id or title; what follows the kind of a source in its id is an address or a path."""
        kind, colon, rest = name.partition(":")
        if colon and rest.startswith("/") and not rest.startswith("//"):
            return f"{kind}:{self._path(rest)}"
        return self._path(name) if name.startswith("/") else self.words(name)

    def _path(self, path: str) -> str:
        """Return a whole path; of one that no setting names any more only where it ends."""
        is_known = any(path.startswith(words) for words, _ in self._hidden)
        return self.words(path) if is_known else f"…/{Path(path).name}"

    def _source(self, source: SourceHealth) -> SourceHealth:
        for folder in self._folders:
            # Nor on which machine a folder lies.
            if machine := machine_of(source.id, folder):
                source = replace(source, id=folder.id, title=source.title.removesuffix(f" on {machine}"))
        error = self.words(source.error) if source.error else source.error
        return replace(source, id=self.named(source.id), title=self.named(source.title), error=error)


def _address(found: re.Match[str]) -> str:
    try:
        parts = urlsplit(found[0])
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "…"
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}{'?…' if parts.query else ''}"
