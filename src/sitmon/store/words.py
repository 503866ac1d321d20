"""What the record's full-text search knows of a version: its folded words, Arabic ones also without their clitics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitmon.store.engine import Connection

# A text is folded piece by piece: the words of ten megabytes at once took 290 MB. No word holds white space.
_PIECE = 1 << 16
_SPACE = re.compile(r"\s")
# So many characters of text are kept in mind until they are written, and never fewer than one version's.
_MOST_WAITING = 1 << 21


class Index:
    """Makes versions findable, many at once.

    SQLite's index writes itself to the file whenever a statement that may be undone by itself stands between two of its rows (a
    new heading, a next version): the words of a hundred articles in one go then cost a third of what they cost one by one.
    """

    def __init__(self, connection: Connection) -> None:
        """Begin, in a transaction; what was added is found once `write` was called."""
        self._connection = connection
        self._waiting: list[tuple[int, str, str]] = []
        self._weight = 0

    def add(self, version: int, title: str | None, text: str) -> None:
        """Have a version found, or found anew when the rules of folding have changed since."""
        self._waiting.append((version, title or "", text))
        self._weight += len(text)
        if self._weight > _MOST_WAITING:
            self.write()

    def write(self) -> None:
        """Write what was added."""
        waiting, self._waiting, self._weight = self._waiting, [], 0
        for version, title, text in waiting:
            self._connection.index_words(version, *_folded(title, text))


def _folded(title: str, text: str) -> tuple[str, str, str]:
    """Return what is indexed: the words of the title and of the text, and the other forms of those that have some."""
    from sitmon.text.fold import fold, forms_of, is_plain  # noqa: PLC0415 - 8 ms to load, and readers never index

    # What folding would do to a plain line the indexes do by themselves.
    folded = [line if is_plain(line) else fold(line) for piece in _pieces(text) for line in piece.split("\n")]
    others = {key for line in folded if not line.isascii() for key in line.split(" ") if not key.isascii()}
    forms = {form for key in others for form in forms_of(key) if form != key}
    return fold(title), "\n".join(folded), " ".join(sorted(forms))


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = start + _PIECE
        space = _SPACE.search(text, end) if end < len(text) else None
        end = space.start() if space else len(text)
        yield text[start:end]
        start = end
