"""Whether the configuration has changed since it was read: asked now and then by desk and collector, each for itself.

Nothing of it is read before it lies still: an editor may be in the middle of writing it.
"""

from __future__ import annotations

from pathlib import Path

from sitmon.config.settings import Settings, fingerprint

EVERY = 1.0
"""Seconds between two looks; a change is told at the second one that finds the files as they are."""

_Look = tuple[int, int, int] | None


class Changing:
    """The files that settings were read from, as they were then."""

    def __init__(self, settings: Settings) -> None:
        """Begin with what was read; the built-in situation never changes."""
        self._path = settings.origin
        self._gazetteer, self._print = settings.gazetteer, settings.fingerprint
        self._looks: tuple[_Look, _Look] | None = None
        self._is_settled = False

    def has_changed(self) -> bool:
        """Look; say whether the content is another than the one that was last read, or last told of."""
        if self._path is None:
            return False
        looks = _look(self._path), _look(self._gazetteer)
        if looks != self._looks:
            self._looks, self._is_settled = looks, False
            return False
        if self._is_settled:
            return False
        self._is_settled = True
        content = fingerprint(_content(self._path), _content(self._gazetteer))
        was, self._print = self._print, content
        return content != was

    def adopt(self, settings: Settings) -> None:
        """Go on with settings that were read anew."""
        self._gazetteer, self._print = settings.gazetteer, settings.fingerprint
        self._looks, self._is_settled = None, False


def _look(path: Path | None) -> _Look:
    try:
        status = path.stat() if path is not None else None
    except OSError:
        return None
    return (status.st_ino, status.st_size, status.st_mtime_ns) if status else None


def _content(path: Path | None) -> bytes:
    try:
        return path.read_bytes() if path is not None else b""
    except OSError:
        return b""
