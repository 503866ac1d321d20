"""What a plain text says of itself: title, date, outlet, notice, language; by the signs that signs.toml lists.

Asked by the rooms of the formats for whatever a document's fields leave open. Nothing here changes the text.
"""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, tzinfo
from functools import cache, cached_property
from importlib import resources
from typing import NamedTuple

from sitmon.model.article import Notice
from sitmon.text.dates import date_in
from sitmon.text.fold import keys_of
from sitmon.text.moments import Moment

# Where a text's own particulars stand: its first lines and its last ones.
_HEAD, _TAIL = 8, 6
_LONGEST_TITLE = 200
_MARGIN = " \t\r#*_>=-|\ufeff"
_BLANK_OR_RULE = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n|={3,}|-{3,})")
_STOP = re.compile(r"[.!;,:،؛…]['\"”’»)\]]*$")
# What may stand beside a date in a line that is nothing but a dateline of its own: "Sunday", "By the newsroom".
_MOST_BESIDE = 4
# "DAMASCUS, Dec 8, 2024 (Agency) - The column …": what may stand before and after the date of a dateline.
_BEFORE_DATE = re.compile(r"[^\W\d_a-z][^\n.!?:;()]{1,50}[,،(/–—-]\s*")
_AFTER_DATE = re.compile(r"\s*\)?\s*(?:\([^)\n]{1,40}\)\s*)?[-–—:]")
_BARS = "|•·"
_PART = re.compile(rf"\s+[{_BARS}]\s+")
_SAMPLE = 4000
_ARABIC = re.compile("[\u0621-\u064a]")
# Persian and Urdu have letters of their own; with them it is not Arabic.
_NOT_ARABIC = re.compile("[\u067e\u0686\u0698\u06af\u06cc\u06a9\u06d2\u0679]")


class Particulars:
    """What a text shows, looked for when it is asked for; None for what it does not show."""

    def __init__(self, text: str, zone: tzinfo) -> None:
        self._text, self._zone = text, zone
        self._head, self._tail = _ends(text)

    @cached_property
    def title(self) -> str | None:
        """The first line, if it stands by itself above the rest."""
        return _title(self._text, self._head)

    @property
    def published(self) -> Moment | None:
        """What a line says that begins as such lines do, else the dateline."""
        labelled = _date_under(_rules().published, self._head, self._tail, self._zone)
        return labelled or _dateline(self._head, self._zone)

    @property
    def updated(self) -> Moment | None:
        """What a line says that begins as such lines do."""
        return _date_under(_rules().updated, self._head, self._tail, self._zone)

    @property
    def outlet(self) -> str | None:
        """The publisher that one of the first or last lines names."""
        return _outlet(self._head, self._tail)

    @property
    def notice(self) -> Notice | None:
        """How its title or first line begins."""
        return notice_of(self.title or "", self._head[0] if self._head else "")


class _Rules(NamedTuple):
    published: re.Pattern[str]
    updated: re.Pattern[str]
    outlets: tuple[re.Pattern[str], ...]
    no_outlet: re.Pattern[str]
    longest_outlet: int
    notices: tuple[tuple[Notice, re.Pattern[str]], ...]
    any_notice: re.Pattern[str]
    words: dict[str, frozenset[str]]
    share: float


def particulars_of(text: str, zone: tzinfo) -> Particulars:
    """Read a text's particulars off its first and last lines.

    Args:
        text: The whole text.
        zone: Of dates and times written without one.
    """
    return Particulars(text, zone)


def notice_of(*beginnings: str) -> Notice | None:
    """Tell a notice to editors by how a title or a first line begins ("CORRECTED-", "REFILE-", "KILL:", "UPDATE 2-")."""
    for beginning in beginnings:
        line = beginning.strip().lstrip(_MARGIN)
        if not line or not _rules().any_notice.match(line):
            continue
        for kind, pattern in _rules().notices:
            if pattern.match(line):
                return kind
    return None


def language_in(text: str) -> str | None:
    """Tell a text's language by its letters and commonest words; None if that is not enough to say."""
    sample = text[:_SAMPLE]
    arabic = 0 if sample.isascii() else len(_ARABIC.findall(sample))
    if arabic and arabic > sum(map(str.isalpha, sample)) / 2:
        return "ar" if len(_NOT_ARABIC.findall(sample)) < arabic * 0.02 else None
    words = keys_of(sample)
    for language, common in _rules().words.items():
        if words and sum(map(common.__contains__, words)) >= _rules().share * len(words):
            return language
    return None


def _ends(text: str) -> tuple[list[str], list[str]]:
    head = [line.strip() for line in text[:20_000].splitlines() if line.strip()][:_HEAD]
    tail = [line.strip() for line in text[-5_000:].splitlines() if line.strip()][-_TAIL:]
    return head, tail


def _title(text: str, head: list[str]) -> str | None:
    """Take the first line as the title if it stands by itself above the rest and does not end like a sentence."""
    place = next((place for place, line in enumerate(head) if not _is_label(line)), len(head))
    if place + 1 >= len(head) or len(head[place]) > _LONGEST_TITLE:
        return None
    line = head[place]
    stands_alone = _BLANK_OR_RULE.match(text, text.find(line) + len(line)) or line.startswith("#") or _is_label(head[place + 1])
    title = line.strip(_MARGIN)
    return title if title and stands_alone and not _STOP.search(title) else None


def _is_label(line: str) -> bool:
    part = line[:200].strip(_MARGIN)
    return any(_labelled(part, label, UTC) for label in (_rules().published, _rules().updated)) or _bare_date(line)


def _bare_date(line: str) -> bool:
    found = date_in(line) if len(line) < 80 else None
    return found is not None and len(re.findall(r"\w+", line[: found.start] + line[found.end :])) <= _MOST_BESIDE


def _date_under(label: re.Pattern[str], head: list[str], tail: list[str], zone: tzinfo) -> Moment | None:
    for line in (line for line in (*head, *tail) if len(line) < 200):
        bare = line.strip(_MARGIN)
        for part in _PART.split(bare) if any(map(bare.__contains__, _BARS)) else (bare,):
            if found := _labelled(part, label, zone):
                return found
    return None


def _labelled(part: str, label: re.Pattern[str], zone: tzinfo) -> Moment | None:
    """Read "Published: Sunday, 8 December 2024"; in "Updated plans for 8 December 2024" the word is no label."""
    begin = label.match(part)
    if not begin or not (found := date_in(part, zone)):
        return None
    return found.moment if len(re.findall(r"\w+", part[begin.end() : found.start])) <= 1 else None


def _dateline(head: list[str], zone: tzinfo) -> Moment | None:
    """Find the date in a line of its own, or in the dateline of one of the first paragraphs."""
    for line in head:
        found = date_in(line, zone)
        if not found or _labelled(line.strip(_MARGIN), _rules().updated, zone):
            continue
        before, after = line[: found.start].lstrip(_MARGIN), line[found.end :]
        if _bare_date(line) or (_BEFORE_DATE.fullmatch(before) and _AFTER_DATE.match(after)):
            return found.moment
    return None


def _outlet(head: list[str], tail: list[str]) -> str | None:
    for line in (line for line in (*reversed(tail), *head[:3]) if len(line) < 200):
        for pattern in _rules().outlets:
            found = pattern.fullmatch(line.strip(_MARGIN))
            name = " ".join(found["outlet"].split()).strip(" .") if found else ""
            if name and len(name) <= _rules().longest_outlet and not _rules().no_outlet.search(name):
                return name
    return None


@cache
def _rules() -> _Rules:
    written = tomllib.loads(resources.files("sitmon.sources").joinpath("signs.toml").read_text("utf-8"))
    published, updated = (
        re.compile(rf"(?:{'|'.join(written['dates'][kind])})(?!\w)[^\w\n]*", re.IGNORECASE) for kind in ("published", "updated")
    )
    outlet, language = written["outlet"], dict(written["language"])
    share = language.pop("share")
    return _Rules(
        published,
        updated,
        tuple(re.compile(pattern, re.IGNORECASE) for pattern in outlet["patterns"]),
        re.compile(outlet["not_an_outlet"], re.IGNORECASE),
        outlet["longest"],
        tuple((Notice(row["kind"]), re.compile(row["pattern"])) for row in written["notice"]),
        re.compile("|".join(f"(?:{row['pattern']})" for row in written["notice"])),
        {name: frozenset(words) for name, words in language.items()},
        share,
    )
