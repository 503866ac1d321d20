"""Fields of a document (JSON keys, front matter) as typed values; what cannot be one is said in a note, never guessed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib import resources
from urllib.parse import urlsplit

from sitmon.model.article import Notice
from sitmon.sources.decoding import cleaned
from sitmon.sources.drafts import Draft, Origin
from sitmon.text.dates import moment_in_words
from sitmon.text.moments import Moment

# What is longer is cut, and said so. Lines and addresses are bounded as those of every draft are (drafts.py).
_LONGEST = {"id": 500, "language": 100, "notice": 100}


class Fields:
    """Reads one document's fields, each once, and gathers what is to be said about them."""

    def __init__(self, given: Mapping[str, object], origin: Origin, room: str) -> None:
        """Take a document's fields.

        Args:
            given: By name as written.
            origin: Whose zone times without one are in.
            room: Which names count, a table of fields.toml.
        """
        self._origin = origin
        self._names = _rules()[room]
        self._ignored = set(_rules()["carried"]["names"])
        self._given = {name.strip().casefold(): value for name, value in given.items()}
        self.notes: list[str] = []

    def draft(self, text: str) -> Draft:
        """Return a draft of the text with everything the fields say."""
        updated = self._moment("updated_at")
        first_seen = self._moment("first_seen_at")
        draft = Draft(
            text,
            id=self._line("id"),
            title=self._line("title"),
            outlet=self._line("outlet"),
            url=self._url(),
            author=self._line("author"),
            language=self._language(),
            published=self._moment("published_at"),
            updated_at=updated.at if updated else None,
            first_seen_at=_instant(first_seen),
            notice=self._notice(),
        )
        self._note_unknown()
        return replace(draft, notes=tuple(self.notes))

    def _value(self, field: str) -> tuple[str, object] | None:
        for name in self._names[field]:
            if (value := self._given.get(name)) not in (None, ""):
                return name, value
        return None

    def _line(self, field: str) -> str | None:
        found = self._value(field)
        if found is None:
            return None
        name, value = found
        if isinstance(value, list) and field == "author":
            value = ", ".join(str(one) for one in value)
        if isinstance(value, bool) or not isinstance(value, str | int):
            self.notes.append(f'"{name}" is not a line of text and was passed over')
            return None
        decoded = cleaned(" ".join(str(value).split()) if field != "id" else str(value))
        self.notes += decoded.notes
        longest = _LONGEST.get(field)
        if longest is not None and len(decoded.text) > longest:
            self.notes.append(f'"{name}" is longer than {longest:,d} characters and was cut')
            if field == "id":
                # Two that begin alike stay two.
                return f"{decoded.text[: longest - 33]}#{sha256(decoded.text.encode()).hexdigest()[:32]}"
        return decoded.text[:longest] or None

    def _url(self) -> str | None:
        url = self._line("url")
        try:
            parsed = urlsplit(url or "")
        except ValueError:
            parsed = urlsplit("")
        if url and (parsed.scheme not in ("http", "https") or not parsed.netloc):
            self.notes.append("its URL is not one of http or https and was passed over")
            return None
        return url

    def _language(self) -> str | None:
        language = self._line("language")
        subtag = language.replace("_", "-").split("-")[0].lower() if language else ""
        return subtag if 2 <= len(subtag) <= 3 and subtag.isalpha() and subtag.isascii() else None

    def _notice(self) -> Notice | None:
        notice = self._line("notice")
        known = {kind.value: kind for kind in Notice}
        if notice and notice.lower() not in known:
            self.notes.append(f"its notice is none of {', '.join(known)} and was passed over")
        return known.get(notice.lower()) if notice else None

    def _moment(self, field: str) -> Moment | None:
        found = self._value(field)
        if found is None:
            return None
        name, value = found
        moment = moment_in_words(value, self._origin.zone) if isinstance(value, str) else None
        if moment is None:
            self.notes.append(f'"{name}" holds no full date ({str(value)[:40]!r}) and was passed over')
        return moment

    def _note_unknown(self) -> None:
        known = {name for names in self._names.values() for name in names} | self._ignored | {"text"}
        unknown = sorted(name for name in self._given if name not in known)
        if unknown:
            self.notes.append(f"fields that sitmon does not know were passed over: {', '.join(unknown[:5])[:200]}")


def _instant(moment: Moment | None) -> datetime | None:
    return moment.at if moment and not moment.is_day else None


@cache
def _rules() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files("sitmon.sources").joinpath("fields.toml").read_text("utf-8"))
