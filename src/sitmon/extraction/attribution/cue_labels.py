"""Labels: a source that stands beside what it says with nothing but a mark: "Rebels: …", "… – monitor", "WALLACE: …"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sitmon.extraction.attribution.clause_ahead import clause_follows
from sitmon.extraction.attribution.cues import CueBook
from sitmon.extraction.attribution.findings import Finding
from sitmon.extraction.attribution.noun_phrases import phrase_before
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.words.word_classes import Tag

_LONGEST = 8  # tokens of a source before a colon
_LONGEST_AT_END = 4
_SHORTEST = 3  # tokens of what a headline has behind a label
_YEAR = 4  # digits of a year, and words in which a date has one
_COUNTED = 4  # tokens of a number and those it counts
_OF_PLACE = 2  # tokens of "in Aleppo | province raid" behind the name
_NAME = 3  # capitalised tokens that may be a person's name
_ENDS = Tag.COMMA | Tag.STOP | Tag.SEMICOLON
_NEVER = Tag.DETERMINER | Tag.PREPOSITION
_PLAIN = Tag.COLON | Tag.DASH  # "… | Example Times" names only the site
_WHERE = Tag.PREPOSITION | Tag.LINK
_DATES = Tag.TIME | Tag.NUMERAL
_NOT_ANEW = Tag.CAPITAL | Tag.NUMERAL


def labels_of(line: Line, book: CueBook, is_known: Callable[[int, int], bool]) -> Iterator[Finding]:
    """Find the sources that stand as labels before or after what they say.

    Args:
        line: The sentence.
        book: The cues of its language.
        is_known: Whether tokens name a source that is known.
    """
    if ":" in line.words:
        starts = (0, *(at + 1 for at in range(line.size) if line.tags[at] & Tag.SEMICOLON and not line.inside[at]))
        yield from filter(None, (_at_beginning(line, book, start) for start in starts))
    last = _at_end(line, book, is_known)
    if last is not None:
        yield last


def _at_beginning(line: Line, book: CueBook, start: int) -> Finding | None:
    while line.tag(start) & (Tag.QUOTE | Tag.TIME | Tag.NUMERAL):
        start += 1
    colon = start + 1
    while colon < min(line.size - 1, start + _LONGEST) and not line.tags[colon] & (Tag.COLON | _ENDS):
        colon += 1
    if colon >= line.size - 1 or not line.tags[colon] & Tag.COLON or not _can_be_label(line, start, colon, book):
        return None
    transcript = line.words[start].isupper()
    quoted = line.inside[colon + 1] and not line.inside[start]
    counted = line.is_a("label", colon - 1) and line.tags[colon + 1] & Tag.NUMERAL  # "Rescuers: 12 dead in mine"
    named = (
        not line.is_ended and line.is_a("label", colon - 1) and line.size - colon > _SHORTEST
    )  # "Kremlin: no plans for talks"
    if not (quoted or transcript or counted or named or clause_follows(line, colon + 1)):
        return None
    return Finding(colon, colon + 1, book.label, "label", (start, colon), "clause", colon + 1)


def _can_be_label(line: Line, start: int, end: int, book: CueBook) -> bool:
    """Tell whether tokens before a colon can speak: "Rebels", "Syrian army", "Ann Porter"; not "Update", not "Said Porter"."""
    alone = end - start == 1 or not line.is_a("label", end - 1)  # "Sources: …", but "Opposition sources: …"
    if line.is_a("no_label", start) or (alone and line.is_a("no_label", end - 1)) or _is_verb(line, start, book):
        return False
    if end - start > 1 and not line.headline and line.keys[end - 1] in book.verbs:
        return False
    if any(line.is_finite(index) or line.tags[index] & _NEVER for index in range(start, end)):
        return False
    if line.tags[end - 1] & Tag.ROLE or line.is_a("label", end - 1):
        return phrase_before(line, end, start) == start or all(line.is_nominal(index) for index in range(start, end))
    titled = any(line.tags[index] & Tag.ROLE for index in range(start, end - 1)) and all(
        map(line.is_nominal, range(start, end))
    )
    # "Jane Doe", "Army spokesman John Roe"
    return line.tags[end - 1] & Tag.CAPITAL != 0 and (
        titled or (end - start <= _NAME and all(line.tags[index] & Tag.CAPITAL for index in range(start, end)))
    )


def _is_verb(line: Line, index: int, book: CueBook) -> bool:
    return line.keys[index] in book.verbs and line.keys[index] not in book.ambiguous


def _at_end(line: Line, book: CueBook, is_known: Callable[[int, int], bool]) -> Finding | None:
    """The source of "… killed: monitor", "… killed - monitor", and where the mark was lost, "… in Aleppo Monitor"."""
    end = line.size
    while end > 0 and line.tags[end - 1] & Tag.STOP:
        end -= 1
    plain = end == line.size
    while end >= _LONGEST_AT_END and (line.is_a("label", end - 1) or line.tags[end - 1] & Tag.CAPITAL):
        bar = _bar_before(line, end)
        if bar == 0:
            named = line.is_a("unmarked", end - 1) or (line.words[end - 1].isupper() and is_known(end - 1, end))
            return _unmarked(line, end, book) if named and (plain or _is_dated(line)) else None
        if line.is_a("label", end - 1) or (line.tags[bar] & _PLAIN and is_known(bar + 1, end)):
            first = bar - (line.is_a("bar", bar - 1))
            return Finding(first, bar + 1, book.label, "label", (bar + 1, end), "before", end)
        if not all(line.tags[at] & Tag.CAPITAL for at in range(bar + 1, end)):
            return None
        end = bar - line.is_a("bar", bar - 1)  # "… kills nine - monitor | Example Times"
    return None


def _is_dated(line: Line) -> bool:
    """Tell whether a line begins with its date, as a headline that is repeated above a text does: "Wed Jun 1 2016 …"."""
    return any(word.isdigit() and len(word) == _YEAR for word in line.words[:_YEAR]) and bool(line.tags[0] & _DATES)


def _bar_before(line: Line, end: int) -> int:
    """The mark that stands apart before a source at the end; 0 if none does."""
    for index in range(end - 2, max(0, end - 2 - _LONGEST_AT_END), -1):
        mark = line.tags[index]
        if mark & _PLAIN or line.is_a("bar", index):
            return index if line.tokens.ends[index] < line.tokens.starts[index + 1] else 0
        if mark & Tag.PUNCTUATION:
            return 0
    return 0


def _unmarked(line: Line, end: int, book: CueBook) -> Finding | None:
    """A headline that lost its mark: "… in Aleppo Monitor", "… kills 32 Medical source", "… kills six state TV"."""
    start = end - 1
    while line.is_a("qualifies", start - 1):
        start -= 1
    # "kills 14 State media", but "kills two activists"
    alone = not line.tags[end - 1] & Tag.PLURAL or (line.tags[start] & Tag.CAPITAL and not line.headline)
    before, counted = line.tag(start - 1), line.tag(start - 2) & Tag.NUMERAL
    if counted and before & Tag.PLURAL and not (before & Tag.CAPITAL or line.is_a("label", start - 1)):
        return Finding(start, end, book.label, "label", (start, end), "before", end)  # "kill 20 civilians | activists"
    if not line.tags[end - 1] & Tag.PLURAL and _is_counted(line, start - 1):
        return Finding(start, end, book.label, "label", (start, end), "before", end)  # "kill eight army recruits | report"
    if counted and line.is_nominal(start - 1):
        start -= 1
        before = line.tags[start - 1]
    apart = alone and bool(before & Tag.NUMERAL)
    # "in air raid on rebel town | Monitor": its capital begins it anew
    anew = line.is_name(start) and line.is_nominal(start - 1) and not before & _NOT_ANEW
    anew = anew or (line.is_a("target", end - 1) and _has_name(line, start))
    if not (apart or anew or before & Tag.CAPITAL) or line.tag(start - 2) & Tag.DETERMINER:
        return None
    befalls = line.is_a("target", end - 1) or not line.is_a("unmarked", end - 1)
    if not apart and befalls and not _is_located(line, start - 1):
        return None
    return Finding(start, end, book.label, "label", (start, end), "before", end)


def _is_counted(line: Line, index: int) -> bool:
    """Tell whether a token ends several of whom a number is told: "eight army recruits"."""
    if not line.tag(index) & Tag.PLURAL or line.tags[index] & Tag.CAPITAL:
        return False
    first = index
    while first > index - _COUNTED and line.is_nominal(first) and not line.tags[first] & Tag.NUMERAL:
        first -= 1
    return bool(line.tag(first) & Tag.NUMERAL)


def _has_name(line: Line, end: int) -> bool:
    """Tell whether a name stands right before the last words here: "in Aleppo | province raid"."""
    index = end - 1
    while index > end - 1 - _OF_PLACE and line.is_nominal(index) and not line.tags[index] & (Tag.CAPITAL | Tag.PLURAL):
        index -= 1
    return bool(line.tag(index) & Tag.CAPITAL)


def _is_located(line: Line, index: int) -> bool:
    """Tell whether words are a place where something befell: "in Homs province | NGO", but "storm Aleppo TV"."""
    while index > 0 and (line.tags[index] & Tag.CAPITAL or (line.is_nominal(index) and not line.is_finite(index))):
        index -= 1
    return bool(line.tag(index) & _WHERE)
