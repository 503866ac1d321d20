"""Furniture of a page: what stands around the news and is none — datelines, trailing credits, share lines, bylines.

Called by blocks.py, line by line; what counts as furniture is data of the lexicon (discourse.toml, [blocks]).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sitmon.extraction.words.lexicon import discourse_of, languages
from sitmon.text.fold import fold

_DASH = "[-–—]"
_DASHES = frozenset("-–—")
_LONGEST_DATELINE = 60  # of a place and a credit
# "DAMASCUS (Reuters) - ", "BEIRUT, Dec. 7 (AP) — ", "Aleppo/Beirut: ": the reporter's desk, not the place of the news.
_DATELINE = re.compile(
    rf"(?:[^\W\d_a-z][\w'’./-]*(?:[ ,/]+[\w'’.-]+){{0,5}}?\s*"
    rf"(?:\(([^()\n]{{2,40}})\)\s*(?:{_DASH}{{1,2}}|:)|\s{_DASH}{{1,2}}|:)"
    rf"|\(([^()\n]{{2,40}})\)\s*(?:{_DASH}{{1,2}})?)\s+(?=[^\sa-z])"
)
# "دمشق-سانا", "ريف دمشق-سانا", "Homs - SANA": where and for whom; "Rebels seize Homs - Reuters" is a headline.
_NAME = r"\w[\w'’]*(?: [\w'’]+)"
_PLACE_AND_CREDIT = re.compile(rf"(?:{_NAME}?{_DASH}|\w[\w'’]*\s{_DASH}\s)(?P<credit>{_NAME}{{0,2}}?)\s*(?:$|:\s*|(?<=\s))")
_CREDIT_AND_PLACE = re.compile(rf"(?P<credit>{_NAME}{{0,2}}) ?{_DASH} ?[\w'’]+")
_PLACE_IN_CAPITALS = re.compile(r"[^\W\d_a-z][^\W\d_a-z'’./ -]{2,}")
# What follows the last full sentence of a paragraph: "… over the country. CNN, Turkey Today", "… in December. --Reuters".
_AFTER_LAST_STOP = re.compile(r"[.!?؟…][\"”’»)\]]*(?P<gap>\s*(?:--|[–—/(\[]|\s)\s*)(?P<tail>[^.!?؟…\n]{2,80}[)\]]?\s*)$")
_CREDIT_MARK = re.compile(r"^(?:source|sources|credit|via|with|المصدر|المصادر)\b\s*:?\s*", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*(?:[,،]|;|/|\||&|\band\b|\bwith\b|\bو)\s*")
_NO_LETTER = re.compile(r"[\W\d_]*")
# "🔴 #": what channels put before a label.
_ORNAMENTS = r"(?:[^\w\s\"“”«»'’‘()\[\].,;-]{1,3}\s{0,2}){0,3}"
_SHORT_HEAD = 3  # words, the dash among them
_HOUR = re.compile(r"[0-2]?\d:[0-5]\d")  # over an entry of a page that goes on being written
_STOPS = (".", "!", "؟", "…", "»", "”", '"')
_LONGEST = 240


def is_furniture(line: str, language: str) -> bool:
    """Tell whether a whole line is the publisher's: a share line, a byline, a bare date, a rule of dashes."""
    if _NO_LETTER.fullmatch(line):
        return not any(letter.isdigit() for letter in line) or _HOUR.fullmatch(line) is not None
    pattern, longest = _furniture(language)
    return len(line) <= _LONGEST and line.count(" ") < longest and pattern.match(line) is not None


def alert_length(line: str) -> int:
    """Measure the label of urgency or the hour at the head of a line ("UPDATE 2:", "14:05 |"), 0 if there is none."""
    found = _alert().match(line)
    return found.end() if found and any(map(str.isalnum, found.group())) else 0


class Credits:
    """Tells the names of agencies and outlets, those of the lexicon and those configured."""

    def __init__(self, outlets: Iterable[str]) -> None:
        """Know the credits of the lexicon, in all languages, and the names of the configured `outlets`."""
        names = (*(name for language in languages() for name in discourse_of(language)["blocks"]["credits"]), *outlets)
        self._names = {fold(name): name for name in names}

    def named(self, text: str) -> tuple[str, ...]:
        """Give the credits a text consists of, as known; empty if any part of it is something else."""
        parts = filter(None, _SEPARATORS.split(_CREDIT_MARK.sub("", text.strip(" -–—()[].\t\r\n"))))
        found: list[str] = []
        for part in parts:
            name = self._names.get(fold(part))
            if not name:
                return ()
            found.append(name)
        return tuple(found)

    def dateline(self, text: str) -> tuple[int, tuple[str, ...]]:
        """Measure the dateline at the head of a paragraph.

        Returns:
            Its length in code points, 0 if there is none, and the credits it names.
        """
        head = text[:_LONGEST_DATELINE]
        glued = _PLACE_AND_CREDIT.match(head) if not _DASHES.isdisjoint(head) else None
        if glued and (credits := self.named(glued["credit"])):
            return glued.end(), credits
        found = _DATELINE.match(text[:160])
        if not found:
            return 0, ()
        credits = self.named(found.group(1) or found.group(2) or "")
        return (found.end(), credits) if credits or _is_place_alone(text, found.end()) else (0, ())

    def is_dateline(self, line: str) -> bool:
        """Tell whether a whole line is where and for whom was written: a place and a credit with a dash between them."""
        forms = (pattern.fullmatch(line[:_LONGEST]) for pattern in (_PLACE_AND_CREDIT, _CREDIT_AND_PLACE))
        return any(found is not None and self.named(found["credit"]) for found in forms)

    def trailing(self, paragraph: str) -> tuple[int, tuple[str, ...]]:
        """Find a bare citation of outlets after a paragraph's last sentence.

        Returns:
            Where it begins in the paragraph (its length if there is none), and the credits it names.
        """
        offset = max(0, len(paragraph) - 120)
        found = _AFTER_LAST_STOP.search(paragraph[offset:])
        if not found:
            return len(paragraph), ()
        names = self.named(found["tail"])
        listed = not names and "," in found["tail"] and _all_capitalised(found["tail"])
        if not names and not listed:
            return len(paragraph), ()
        start = offset + found.start("gap")
        return start + len(paragraph[start:]) - len(paragraph[start:].lstrip()), names


def _is_place_alone(text: str, end: int) -> bool:
    """Tell a dateline without a credit: a place in capitals; where letters have none, one or two words before a dash."""
    head = text[:end].rstrip()
    if head.endswith(":") or not _PLACE_IN_CAPITALS.match(head):
        return False
    if any(map(str.isupper, head)):
        return True
    # A line without a stop is a ticker's, and its place that of the news.
    told = len(text[end:].split()) > _SHORT_HEAD and text.rstrip().endswith(_STOPS)
    return told and len(head.split()) <= _SHORT_HEAD


def _all_capitalised(text: str) -> bool:
    words = re.findall(r"[^\W\d_][\w'’.-]*", text)
    return 2 <= len(words) <= 8 and all(word[0].isupper() for word in words)


@cache
def _alert() -> re.Pattern[str]:
    sections = [discourse_of(language)["blocks"] for language in languages()]
    alerts = [phrase for section in sections for phrase in section.get("alerts", ())]
    clocks = [phrase for section in sections for phrase in section.get("clocks", ())]
    small, shouted = _either(alerts), _either(alert.upper() for alert in alerts)
    number = r"(?:\s+\d{1,2})?\s*"
    label = rf"(?:(?i:{small}){number}[:|]|{shouted}{number}(?:{_DASH}|\.{{2,3}}|…))"
    stamp = rf"[0-2]?\d[:.][0-5]\d(?:\s*(?i:{_either(clocks)}))?\s*(?:[|:]|{_DASH})(?=\s)"
    return re.compile(rf"{_ORNAMENTS}(?:{stamp}\s*)?(?:{_ORNAMENTS}{label}\s*)?(?=\S)")


@cache
def _furniture(language: str) -> tuple[re.Pattern[str], int]:
    blocks = discourse_of(language)["blocks"]
    begins, holds, whole = (_either(blocks[f"furniture_{name}"]) for name in ("begins", "holds", "whole"))
    patterns = "|".join(f"(?:{pattern})" for pattern in blocks["furniture_patterns"])
    return (
        re.compile(rf"(?i:{begins}(?!\w)|[^\n]*?\b{holds}\b)|(?:(?i:{whole})|{patterns})\s*[.!:]?$"),
        blocks["longest_furniture"],
    )


def _either(phrases: Iterable[str]) -> str:
    """Write a pattern for any of the phrases, however their words are spaced."""
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases) + ")"
