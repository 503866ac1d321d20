"""What the record's full-text search knows of a version: its folded words, Arabic ones also without their clitics."""

from __future__ import annotations

import apsw


def index(connection: apsw.Connection, version: int, title: str | None, text: str) -> None:
    """Make a version findable, or findable anew when the rules of folding have changed since."""
    from sitmon.text.fold import forms_of, words_of  # noqa: PLC0415 - its rules cost 8 ms to load, and readers never index

    keys = [word.key for word in words_of(text)]
    forms = {form for key in set(keys) if not key.isascii() for form in forms_of(key) if form != key}
    connection.execute(
        "INSERT OR REPLACE INTO search (rowid, title, text, forms) VALUES (?, ?, ?, ?)",
        (version, " ".join(word.key for word in words_of(title or "")), " ".join(keys), " ".join(sorted(forms))),
    )
