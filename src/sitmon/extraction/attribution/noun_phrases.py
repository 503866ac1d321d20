"""Noun phrases: how far a source's name reaches, found from the cue outwards without a parser."""

from __future__ import annotations

from sitmon.extraction.attribution.partners import is_pair
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.words.word_classes import Tag

_EDGE = Tag.COMMA | Tag.STOP | Tag.QUOTE | Tag.COLON | Tag.SEMICOLON | Tag.DASH | Tag.OPEN
_BEGINS = _EDGE | Tag.COMPLEMENTIZER | Tag.CONJUNCTION | Tag.CONTRAST
_BEFORE_ADJECTIVE = (
    _BEGINS | Tag.DETERMINER | Tag.PREDETERMINER | Tag.NUMERAL | Tag.POSSESSIVE_PRONOUN | Tag.POSSESSIVE | Tag.PREPOSITION
)
_BEFORE_PARTNERS = _BEGINS | Tag.SUBORDINATOR | Tag.PREDETERMINER | Tag.ADVERB
_NOT_SPLIT = Tag.CAPITAL | Tag.ROLE | Tag.NUMERAL
_OWNER = Tag.DETERMINER | Tag.POSSESSIVE_PRONOUN
_OTHER = Tag.PREDETERMINER | Tag.STANDALONE
_ANY_PRONOUN = Tag.PRONOUN | Tag.OBJECT_PRONOUN
_DATED = Tag.TIME | Tag.NUMERAL
_FIGURE_OR_NAME = Tag.NUMERAL | Tag.CAPITAL
_BOUNDED = 5  # tokens of "at as many as 31"
_NOT_BEFORE_ARTICLE = Tag.FUNCTION | Tag.PLURAL  # "wounded dozens | the ministry said", "hit ten others | a monitor said"
_PARENTHESIS = 6  # tokens that "(D-Vt.)" and its like may have
_VENUE = 8  # tokens of a phrase of time or place
_LONGEST = 60  # tokens of a noun phrase with all that is tied to it


def phrase_before(line: Line, end: int, floor: int) -> int | None:
    """Find the first token of the noun phrase that ends before a token and reaches no further left than `floor`, or None."""
    floor = max(floor, end - _LONGEST)
    start = core_before(line, end, floor)
    return None if start is None else _whole(line, start, floor)


def core_before(line: Line, end: int, floor: int) -> int | None:
    """Find the beginning of one noun phrase without prepositions: from its last word back to its determiner."""
    index = end - 1
    if index < floor:
        return None
    tag = line.tags[index]
    if tag & Tag.PRONOUN or (tag & Tag.OBJECT_PRONOUN and _is_tied(line, index, floor)):
        return index
    if tag & Tag.STANDALONE and index > floor and tag & Tag.PREDETERMINER and line.is_nominal(index - 1):
        return core_before(line, index, floor)
    if tag & Tag.STANDALONE and not (index > floor and line.tags[index - 1] & Tag.DETERMINER):
        return index
    return _core(line, end, floor)


def _is_tied(line: Line, index: int, floor: int) -> bool:
    return line.is_a("tied", index - 2) or _is_part_of(line, index, floor)


def _is_part_of(line: Line, index: int, floor: int) -> bool:
    """Tell "one of them"."""
    return index - 2 >= floor and bool(line.tags[index - 1] & Tag.CLOSE_LINK and line.tags[index - 2] & Tag.STANDALONE)


def _core(line: Line, end: int, floor: int) -> int | None:
    start = index = end
    while index > floor:
        index -= 1
        tag = line.tags[index]
        if tag & _OWNER and start < end:
            return _with_predeterminers(line, index, floor)
        if line.is_nominal(index):
            if start < end and splits(line, index, start):
                break
        elif tag & Tag.CLOSE and index + 1 == start:
            opening = _opening(line, index, floor)
            if opening is None or not line.is_nominal(opening - 1):
                break
            index = opening
        elif not (tag & Tag.POSSESSIVE and start < end and line.is_nominal(index - 1)):
            break
        start = index
    return start if start < end else None


def _with_predeterminers(line: Line, index: int, floor: int) -> int:
    if line.tags[index] & _OTHER == Tag.PREDETERMINER and index > floor and line.tags[index - 1] & Tag.NUMERAL:
        index -= 1  # "five other people"
    while index > floor and line.tags[index - 1] & Tag.PREDETERMINER and not line.tags[index - 1] & _NOT_BEFORE_ARTICLE:
        index -= 1
    return index


def splits(line: Line, left: int, right: int) -> bool:
    """Tell whether two neighbours belong to two phrases: a common noun, then a name that it does not introduce."""
    left_tag = line.tags[left]
    if line.tags[right] & Tag.NUMERAL and left_tag & Tag.PLURAL and not (left_tag & Tag.CAPITAL or line.words[right].isdigit()):
        return True  # "wounded a dozen others | two officials said"
    if (
        left_tag & Tag.NUMERAL
        and line.tag(left - 1) & _DATED
        and (_is_year_number(line.words[left]) or ":" in line.words[left])
    ):
        return True  # "Aug 4 2015 | Jane Doe says"
    if line.headline or not line.tags[right] & Tag.CAPITAL or left_tag & _NOT_SPLIT or line.is_a("introduces", left):
        return False
    if left_tag & (Tag.PLURAL | Tag.VENUE):
        return True
    return not left_tag & Tag.ADJECTIVE and "-" not in line.words[left] and not line.tag(left - 1) & _BEFORE_ADJECTIVE


def _whole(line: Line, start: int, floor: int) -> int:
    """Follow what ties a phrase to others on its left: a link word, a conjunction, a participle."""
    while start > floor:
        joined = _joined(line, start, floor)
        if joined is None:
            break
        start = joined
    return start


def _joined(line: Line, start: int, floor: int) -> int | None:
    """The beginning of the phrase that is tied to this one on its left, or None."""
    index = start - 1
    if index <= floor:
        return None
    tag = line.tags[index]
    if line.tags[start] & Tag.DETERMINER and line.is_a("indefinite", start) and line.is_name(index):
        return _explained(line, start, floor)
    if tag & Tag.LINK:
        return _linked(line, index, floor)
    if tag & Tag.CONJUNCTION:
        return _coordinated(line, index, floor)
    tied = tag & Tag.GERUND and line.is_nominal(index - 1) and not tag & (Tag.CAPITAL | Tag.CUE)
    tied = tied and not line.tags[start] & Tag.PRONOUN  # "clearing the workers' housing | he added"
    listed = tag & Tag.COMMA and (
        (line.is_name(start) and line.is_name(index - 1) and _list_goes_on(line, start)) or is_pair(line, index)
    )
    return core_before(line, index, floor) if tied or listed else None


def _explained(line: Line, start: int, floor: int) -> int | None:
    """The name that opens a sentence, or follows a quotation, and has lost its comma: "Jane Doe | a former minister said"."""
    name = core_before(line, start, floor)
    if name and line.tags[0] & Tag.DETERMINER:
        whole = _whole(line, name, floor)  # "The Centre for Example Studies | a think tank said"
        name = whole if whole == 0 and line.is_name(line.head(whole, start)) else name
    opens = name is not None and (name == 0 or line.inside[name - 1])
    return name if opens and not line.tags[start - 1] & Tag.TIME else None


def _linked(line: Line, index: int, floor: int) -> int | None:
    before = index - 1
    tag = line.tags[before]
    if line.is_a("no_head", before):
        return None
    if line.is_a("tied", before) and before > floor and line.is_nominal(before - 1):
        return core_before(line, before, floor)
    if tag & Tag.STANDALONE or (line.is_nominal(before) and not line.is_finite(before)):
        return core_before(line, index, floor)
    participle = tag & (Tag.PARTICIPLE | Tag.GERUND) and not tag & Tag.CAPITAL
    return core_before(line, before, floor) if participle and before > floor and line.is_nominal(before - 1) else None


def _coordinated(line: Line, index: int, floor: int) -> int | None:
    """The left partner of "and", if it begins a clause: else it is what another verb is about."""
    comma = line.tags[index - 1] & Tag.COMMA != 0
    before = index - 1 - comma
    if before < floor or not (line.is_nominal(before) or line.tags[before] & (Tag.PRONOUN | Tag.STANDALONE)):
        return None
    left = core_before(line, before + 1, floor)
    if left is None or (comma and not line.tag(left - 1) & Tag.COMMA):
        # "…, and the army said" begins a clause; "the mayor, the police, and the army said" does not.
        return None
    whole = _whole(line, left, floor)
    if whole == floor or line.tag(whole - 1) & _BEFORE_PARTNERS:
        return whole
    return left if line.tags[left] & Tag.DETERMINER and line.is_nominal(left - 1) else None


def _list_goes_on(line: Line, start: int) -> bool:
    """Tell whether "X and Y" follows: then a comma before it separates partners."""
    index = start
    while line.is_nominal(index):
        index += 1
    tag = line.tag(index)
    return bool(tag & Tag.CONJUNCTION or (tag & Tag.COMMA and line.tag(index + 1) & Tag.CONJUNCTION))


def _opening(line: Line, closing: int, floor: int) -> int | None:
    for index in range(closing - 1, max(floor, closing - _PARENTHESIS) - 1, -1):
        if line.tags[index] & Tag.OPEN:
            return index
    return None


def phrase_after(line: Line, start: int, links: bool = True) -> int:
    """Find where the noun phrase ends that begins at a token (exclusive; `start` if none begins there)."""
    index, nouns = start, 0
    end = min(line.size, start + _LONGEST)
    while index < end and not line.inside[index]:
        tag = line.tags[index]
        if tag & _ANY_PRONOUN and not (tag & Tag.POSSESSIVE_PRONOUN and line.is_nominal(index + 1)):
            return index if nouns and not _is_part_of(line, index, start) else index + 1
        if tag & _OWNER:
            if nouns and not line.tags[index - 1] & (Tag.PREDETERMINER | Tag.LINK | Tag.CONJUNCTION):
                break
            nouns += tag & Tag.STANDALONE != 0
        elif line.is_nominal(index) or (tag & Tag.STANDALONE and not nouns):
            if nouns and ((line.is_nominal(index - 1) and splits(line, index - 1, index)) or line.is_finite(index)):
                break
            nouns += 1
        elif tag & Tag.OPEN and nouns:
            closing = _closing(line, index)
            if closing is None:
                break
            index = closing
        elif not nouns or not (tag & Tag.POSSESSIVE or (links and _goes_on(line, index))):
            break
        index += 1
    return index if nouns else start


def _closing(line: Line, opening: int) -> int | None:
    return next((at for at in range(opening, min(line.size, opening + _PARENTHESIS)) if line.tags[at] & Tag.CLOSE), None)


def _goes_on(line: Line, index: int) -> bool:
    """Tell whether a noun phrase goes on over a link word, a conjunction or a participle."""
    tag, after = line.tags[index], line.tag(index + 1)
    if tag & Tag.PARTICIPLE and not tag & (Tag.CAPITAL | Tag.LINK | Tag.CONJUNCTION):
        # "A fighter reached by phone": how somebody was reached is no part of the name.
        return bool(after & Tag.LINK) and not line.is_inside(index + 1) and venue_after(line, index + 1) is None
    if (
        not tag & (Tag.LINK | Tag.CONJUNCTION)
        or after & (Tag.TIME | Tag.LAST)
        or (after & Tag.NUMERAL and _is_year(line, index + 1))
    ):
        return False
    if line.is_a("at", index) and puts_figure(line, index):
        return False
    if tag & after & Tag.LINK or (after & Tag.OBJECT_PRONOUN and _is_part_of(line, index + 1, 0)):
        return True
    if not (line.is_nominal(index + 1) or after & _OWNER):
        return False
    return bool(tag & (Tag.CLOSE_LINK | Tag.CONJUNCTION)) or venue_after(line, index) is None


def puts_figure(line: Line, index: int) -> bool:
    """Tell whether a figure follows "at": "at 31", "at more than 31", "at as many as 31"."""
    near = (line.tag(place) for place in range(index + 1, index + _BOUNDED))
    return bool(next((tag for tag in near if tag & _FIGURE_OR_NAME), 0) & Tag.NUMERAL)


def _is_year(line: Line, index: int) -> bool:
    return _is_year_number(line.words[index]) and not line.is_nominal(index + 1)


def _is_year_number(word: str) -> bool:
    return len(word) == 4 and word.isdigit()


def venue_after(line: Line, index: int) -> int | None:
    """Give the end of a phrase of time or place of utterance ("on Tuesday", "in a statement", "last week"), or None."""
    position = index + 1 if line.tag(index) & (Tag.PREPOSITION | Tag.LAST) else index
    if line.tag(index) & Tag.LAST and line.tag(position) & Tag.PREPOSITION:
        position += 1  # "late on Saturday"
    found = False
    end = min(line.size, index + _VENUE)
    while position < end and not line.inside[position]:
        tag = line.tags[position]
        if tag & (Tag.TIME | Tag.VENUE):
            found = True
        elif tag & (_OWNER | Tag.NUMERAL | Tag.LAST):
            if found and (tag & _OWNER or _counts(line, position)):
                break
        elif found or not line.is_nominal(position) or line.is_name(position):
            break
        position += 1
    if found and line.tag(position) & Tag.LINK and line.tag(position + 1) & Tag.VENUE:
        position += 2  # "on condition of anonymity", "in a statement on television"
    return _behind_carrier(line, position) if found else None


def _counts(line: Line, index: int) -> bool:
    """Tell "said on Friday 30 people died", "said online one of them died" from "said on May 30 people died"."""
    if not line.tags[index] & Tag.NUMERAL or line.is_a("months", index - 1):
        return False
    return line.is_nominal(index + 1) or _is_part_of(line, index + 2, 0)


def _behind_carrier(line: Line, index: int) -> int:
    """Step over who brought or heard it: "in a statement carried by the agency", "in an interview with the channel"."""
    if not line.tag(index - 1) & Tag.VENUE:
        return index
    if line.tag(index) & Tag.PARTICIPLE and line.tag(index + 1) & Tag.ADVERB and not line.is_inside(index + 1):
        return index + 2  # "in a statement posted online"
    carried = line.tag(index) & Tag.PARTICIPLE and line.tag(index + 1) & Tag.LINK
    heard = line.is_a("hearing", index) and line.tag(index - 2) & (_OWNER | Tag.ADJECTIVE | Tag.VENUE)
    begin = index + 2 if carried else index + 1
    end = phrase_after(line, begin) if carried or heard else begin
    return end if end > begin else index
