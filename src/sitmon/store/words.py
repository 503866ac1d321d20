"""What the record's full-text search knows of a version: its folded words, Arabic ones also without their clitics."""

from __future__ import annotations

from sitmon.store.differences import index_words
from sitmon.store.engine import Connection


def index(connection: Connection, version: int, title: str | None, text: str) -> None:
    """Make a version findable, or findable anew when the rules of folding have changed since."""
    from sitmon.text.fold import forms_of, words_of  # noqa: PLC0415 - its rules cost 8 ms to load, and readers never index

    keys = [word.key for word in words_of(text)]
    forms = {form for key in set(keys) if not key.isascii() for form in forms_of(key) if form != key}
    titled = " ".join(word.key for word in words_of(title or ""))
    index_words(connection, version, titled, " ".join(keys), " ".join(sorted(forms)))
