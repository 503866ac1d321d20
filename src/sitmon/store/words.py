"""What the record's full-text search knows of a version: its folded words, Arabic ones also without their clitics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitmon.store.differences import index_words
from sitmon.store.engine import Connection

# A text is folded piece by piece: the words of ten megabytes at once took 290 MB. No word holds white space.
_PIECE = 1 << 16
_SPACE = re.compile(r"\s")


def index(connection: Connection, version: int, title: str | None, text: str) -> None:
    """Make a version findable, or findable anew when the rules of folding have changed since."""
    from sitmon.text.fold import fold, forms_of  # noqa: PLC0415 - its rules cost 8 ms to load, and readers never index

    folded = [fold(piece) for piece in _pieces(text)]
    others = {key for piece in folded if not piece.isascii() for key in piece.split(" ") if not key.isascii()}
    forms = {form for key in others for form in forms_of(key) if form != key}
    index_words(connection, version, fold(title or ""), " ".join(folded), " ".join(sorted(forms)))


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = start + _PIECE
        space = _SPACE.search(text, end) if end < len(text) else None
        end = space.start() if space else len(text)
        yield text[start:end]
        start = end
