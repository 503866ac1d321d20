"""Complements: what follows a cue verb, which decides whether it attributes ("maintain that …") or not ("maintain control")."""

from __future__ import annotations

from sitmon.extraction.attribution.clause_ahead import clause_follows
from sitmon.extraction.attribution.cues import Cue
from sitmon.extraction.attribution.noun_phrases import phrase_after, puts_figure, venue_after
from sitmon.extraction.attribution.sentence_line import Line
from sitmon.extraction.words.word_classes import Tag
from sitmon.model.noun import dataclass

_MARKS = Tag.PUNCTUATION
_FAR = 30  # tokens after which no complement is looked for
_INSERTION = 14  # tokens of "said, speaking to reporters, that"
_DEED_WITHIN = 4  # tokens of "its first significant victory"
_JUDGED = 4  # tokens of "a Sunday newspaper report"
_ENDS = Tag.STOP | Tag.SEMICOLON | Tag.DASH | Tag.CLOSE
_SAID_WHEN = Tag.TIME | Tag.LAST | Tag.PREPOSITION
_NO_COUNT = Tag.LAST | Tag.PREPOSITION
_DEED = Tag.GERUND | Tag.POSSESSIVE_PRONOUN | Tag.QUOTE | Tag.BE | Tag.HAVE | Tag.NEGATION
_NO_INFINITIVE = (
    Tag.DETERMINER | Tag.CAPITAL | Tag.PRONOUN | Tag.OBJECT_PRONOUN | Tag.POSSESSIVE_PRONOUN | Tag.NUMERAL | Tag.PLURAL
)


@dataclass(frozen=True, slots=True)
class Complement:
    """What follows a cue.

    Attributes:
        kind: that, what (a free relative), clause, quote, object, deed, grounds, figure, toll, person, about, infinitive,
            gerund or nothing; before and closing are given by cue_verbs.py.
        start: Its first token; where nothing follows, the first token after the cue.
    """

    kind: str
    start: int


def complement_of(line: Line, after: int, cue: Cue) -> Complement:
    """Classify what follows a cue whose last word, particle included, stands before a token."""
    other = line.tag(after + 1)
    if line.tag(after) & Tag.CONJUNCTION and other & Tag.CUE and other & Tag.VERB and not line.is_name(after + 1):
        after += 2  # "neither confirmed nor denied that"
    walk = _Walk(line, after, cue)
    end = min(line.size, after + _FAR)
    while walk.index < end:
        if (found := walk.step()) is not None:
            break
    else:
        found = walk.nothing()
    if found.kind == "object" and "deed" in cue.takes and _names_deed(line, found.start):
        return Complement("deed", found.start)
    if found.kind in ("object", "clause") and "toll" in cue.takes and _names_toll(line, found.start):
        return Complement("toll", found.start)
    return found


def _names_toll(line: Line, index: int) -> bool:
    """Tell "raised | the death toll to 31" from "raised | the bridge"."""
    end = phrase_after(line, index, links=False)
    return end > index and line.is_a("toll", end - 1)


def _names_deed(line: Line, index: int) -> bool:
    """Tell "claimed | full control of the town" from "claimed the pension"."""
    end = min(line.size, index + _DEED_WITHIN)
    while index < end and not line.is_a("deed", index) and (line.is_nominal(index) or line.tags[index] & Tag.DETERMINER):
        index += 1
    return index < end and line.is_a("deed", index)


class _Walk:
    """Goes right from a cue, over times, places, adverbs and somebody addressed, to what the cue introduces."""

    def __init__(self, line: Line, after: int, cue: Cue) -> None:
        self.index = after
        self._line = line
        self._after = after
        self._cue = cue
        self._addresses = cue.lemma in line.lists["addressing"]
        self._named: int | None = None  # an object, or somebody addressed

    def step(self) -> Complement | None:
        """Read one phrase: a complement, or None if it was passed over."""
        line, index = self._line, self.index
        tag = line.tags[index]
        if line.inside[index] or tag & Tag.PUNCTUATION:
            return self._mark(tag)
        if tag & Tag.COMPLEMENTIZER and not (tag & Tag.RELATIVE and self._named is not None and not self._addresses):
            return self._subordinate(tag)
        if tag & _SAID_WHEN and not tag & Tag.INFINITIVE and not line.is_a("no_venue", index):
            skipped = venue_after(line, index) or self._before_that()
            if skipped is not None:
                self.index = skipped
                return None
        if tag & Tag.INFINITIVE:
            return self._infinitive()
        if self._named is not None:
            return self._behind_object(self._named, tag)
        return self._phrase(tag)

    def _before_that(self) -> int | None:
        """Step over "on social media" in "wrote on social media that"."""
        line, index = self._line, self.index
        if not line.tags[index] & Tag.PREPOSITION or "that" not in self._cue.takes:
            return None
        end = phrase_after(line, index + 1)
        return end if end > index + 1 and line.is_a("that", end) else None

    def _behind_object(self, named: int, tag: int) -> Complement:
        line, index = self._line, self.index
        if self._addresses and tag & Tag.PRONOUN and clause_follows(line, index):
            return Complement("clause", index)  # "told reporters he would stay"
        return Complement(_after_object(line, index), named)

    def nothing(self) -> Complement:
        """What it is if nothing more follows."""
        return Complement("nothing", self._after) if self._named is None else Complement("object", self._named)

    def _mark(self, tag: int) -> Complement | None:
        if self._line.inside[self.index]:
            # "Says deal ‘alive’": the quotation is only part of what is said.
            inside = self._named is not None and not self._addresses and self._line.tag(self.index - 1) & _MARKS == 0
            return Complement("quote", self._named if inside and self._named is not None else self.index)
        if tag & Tag.COLON:
            return Complement("quote", self.index + 1)
        if tag & Tag.COMMA:
            return self._comma()
        if tag & _ENDS or self._named is not None:
            return self.nothing()
        return Complement("object", self.index)

    def _comma(self) -> Complement:
        """A comma leads to a quotation, or to "that" after an insertion, or ends it."""
        line, comma = self._line, self.index
        if line.is_inside(comma + 1):
            return Complement("quote", comma + 1)
        index = comma
        while not line.is_a("that", index + 1):
            index += 1
            while index < min(line.size, comma + _INSERTION) and not line.tags[index] & (Tag.COMMA | Tag.STOP):
                index += 1
            if not line.tag(index) & Tag.COMMA or index - comma >= _INSERTION or not line.is_a("that", index + 1):
                return self.nothing()
        return Complement("that", index + 1)

    def _subordinate(self, tag: int) -> Complement:
        line, index = self._line, self.index
        if line.tag(index + 1) & (Tag.STOP | Tag.COMMA):
            return Complement("object", index)
        after = line.tag(index + 1)
        free = line.is_a("free_relative", index) and after & (Tag.PRONOUN | Tag.CAPITAL | Tag.DETERMINER)
        return Complement("what" if tag & Tag.INTERROGATIVE and free else "that", index)

    def _infinitive(self) -> Complement | None:
        line, index = self._line, self.index
        heard = phrase_after(line, index + 1)
        if line.tag(heard - 1) & Tag.CUE and not line.tag(heard - 1) & (Tag.ROLE | Tag.CAPITAL) and may_be_heard(self._cue):
            return Complement("about", index)  # "Adding to fears that": nobody is told
        if heard == index + 1 or _is_infinitive(line, index + 1, self._cue):
            return Complement("infinitive", index) if self._named is None else Complement("person", self._named)
        if self._cue.particle or not (self._cue.inverts or self._addresses):
            return Complement("object" if self._cue.particle else "about", index)
        self.index = heard
        return None

    def _phrase(self, tag: int) -> Complement | None:
        """A gerund, an adverb, a preposition, or a noun phrase that may be the subject of a clause."""
        line, index = self._line, self.index
        if not line.is_nominal(index):
            if tag & Tag.NEGATION and not line.is_ended:
                return Complement("clause", index)  # "US says not involved"
            if tag & Tag.ADVERB and not tag & Tag.GERUND:
                self.index += 1
                there = line.tag(index + 1) & Tag.BE and line.is_finite(index + 1)
                # "said more than 30 people were killed"
                counted = not tag & _NO_COUNT and self._begins_number(index + 1) and clause_follows(line, index)
                return Complement("clause", index) if there or counted else None
            kind = self._small_word(tag)
            if kind == "grounds":
                # "Dismissed as “fake news” claims that …": the object comes after.
                span = line.quotations.starting(index + 1)
                return Complement(kind, span[1] if span else index + 2 if self._is_judged(index + 2) else index)
            if kind is not None:
                return Complement(kind, self._after if kind == "nothing" else index)
        end = phrase_after(line, index)
        if clause_follows(line, index) and not (self._addresses and self._says_more(end)):
            return Complement("clause", self._behind_hearer(index, end) if self._addresses and end > index else index)
        self._named, self.index = index, end
        return self.nothing() if end == index else None

    def _says_more(self, index: int) -> bool:
        """Tell whether a second verb of saying follows whoever is told: "told reporters on Friday | stressing that"."""
        more = self._line.tag(venue_after(self._line, index) or index)
        return bool(more & Tag.GERUND and more & Tag.CUE)

    def _begins_number(self, index: int) -> bool:
        """Tell whether a number begins at a token: "nearly | 30", "more | than 30", "up | to 30", "almost | all"."""
        line = self._line
        to = line.tag(index) & Tag.INFINITIVE and line.tag(index + 1) & Tag.NUMERAL
        return bool(line.tag(index) & (Tag.NUMERAL | Tag.PREDETERMINER) or to) or line.is_a("than", index)

    def _is_judged(self, index: int) -> bool:
        """Tell whether what is called false stands here: "claims that", "a newspaper report that"."""
        line = self._line
        if not line.is_a("verdict", index - 1):
            return False
        end = index + (line.tag(index) & Tag.DETERMINER != 0)
        while end < index + _JUDGED and line.is_nominal(end) and not line.tags[end] & Tag.CUE:
            end += 1
        return bool(line.tag(end) & Tag.CUE)

    def _behind_hearer(self, index: int, end: int) -> int:
        """Where a clause begins behind whoever is told: "told Reuters | troops had left", "told officials | he would go"."""
        line = self._line
        if clause_follows(line, end):
            return end
        name = index + (line.tag(index) & Tag.DETERMINER != 0)
        while name < end and line.is_name(name):
            name += 1
        named = index < name < end and line.tag(name) & Tag.PLURAL and not line.is_a("label", name)
        return name if named and clause_follows(line, name) else index

    def _small_word(self, tag: int) -> str | None:
        if tag & Tag.GERUND:
            if self._line.is_a("relaying", self.index) and self._cue.inverts:
                return "nothing"  # "Said in an update citing its engineers": what is said stands before
            return "object" if self._cue.particle else "gerund"
        if tag & Tag.NEGATION and self._line.tag(self.index + 1) & Tag.GERUND:
            return "nothing"  # "reported without giving details"
        if tag & (Tag.SUBORDINATOR | Tag.CONJUNCTION) and not tag & Tag.PREPOSITION:
            return "nothing"
        if self._line.is_a("as", self.index) and (
            self._line.quotations.starting(self.index + 1) or self._line.is_a("verdict", self.index + 1)
        ):
            return "grounds"
        return "about" if tag & Tag.PREPOSITION else None


def _is_infinitive(line: Line, index: int, cue: Cue) -> bool:
    """Tell "plans to visit" from "said to reporters"."""
    tag = line.tag(index)
    if tag & (Tag.ADVERB | Tag.BE | Tag.HAVE | Tag.DO) or (tag & Tag.BASE and not tag & Tag.PLURAL):
        return True
    return "infinitive" in cue.takes and not tag & _NO_INFINITIVE and not may_be_heard(cue)


def may_be_heard(cue: Cue) -> bool:
    """Tell whether "to" may lead to whoever hears it: "said to reporters", but "vows to resist"."""
    return cue.inverts and "nothing" in cue.takes


def _after_object(line: Line, index: int) -> str:
    """The kind of an object by what follows it: what it is blamed for or called ("for being", "as a fraud"), or a figure."""
    after = line.tag(index + 1)
    if line.is_a("as", index):
        called = after & (Tag.DETERMINER | Tag.GERUND | Tag.QUOTE) or line.is_nominal(index + 1)
        return "grounds" if called and not _tells_meanwhile(line, index + 1) else "object"
    if line.is_a("at", index):
        return "figure" if puts_figure(line, index) else "object"
    blamed = line.is_a("grounds", index) and after & _DEED
    return "grounds" if blamed else "object"


def _tells_meanwhile(line: Line, index: int) -> bool:
    """Tell "as rebels advance", "as clashes raged in the west", which is a clause, from "as lies"."""
    after = line.tag(index + 1)
    does = bool(after & Tag.PAST) or (line.is_nominal(index + 1) and not after & Tag.CAPITAL)
    return (does and bool(line.tag(index) & Tag.PLURAL)) or clause_follows(line, index)
