"""Openings: what introduces the content behind a verb of saying that stands first, and so ends the name of its source."""

from __future__ import annotations

from sitmon.extraction.attribution.verb_first.reported_line import LONGEST_NAME, Line, Span
from sitmon.extraction.attribution.verb_first.reporting import ReportingVerb
from sitmon.extraction.words.phrases import Mark
from sitmon.model.noun import dataclass

_INSERTED = 12  # Words between two commas, behind which the content may begin.
_FAR = 30  # Words after a verb within which its content must begin.
_ABOUT = 4  # Words between "news" and "of".
_SHORTEST_PART = 2  # Words of one of two things that somebody says.
_WHATEVER = 7  # Words of "what some media have told about".


@dataclass(frozen=True, slots=True)
class Found:
    """Where the source's name ends, where the content begins (None: nothing introduces any), and whom the source relays."""

    source_end: int
    start: int | None
    via: Span | None = None


def opening_of(line: Line, verb: ReportingVerb, first: int, end: int, subject_known: bool) -> Found:
    """Find what introduces the content.

    Args:
        line: The sentence.
        verb: The verb, which says what it takes.
        first: The word behind the verb.
        end: The end of the segment.
        subject_known: The source stands before the verb, so that the content may begin at once.
    """
    relay = next(iter(line.marks_of("relay", first, end)), None)
    if relay is not None and "that" in verb.takes and (found := _behind_relay(line, relay, end)) is not None:
        return found
    opening = Opening(line, first, end)
    signs = [take for take in verb.takes if take in _SIGNS]
    comma: int | None = None
    by_particle = "that" in verb.takes
    for at in range(first, min(end, first + _FAR)):
        if by_particle and (line.is_a("that", at) or line.forbids(at)) and not line.is_a("aside_prepositions", at - 1):
            return _by_particle(line, verb, first, at, comma)
        if line.words[at] == ":" and "quote" in verb.takes and at + 1 < end and not _is_quoted(line, at + 1):
            return Found(at if comma is None else comma, at + 1)
        if line.words[at] in ",;:|":
            if line.words[at] != "," or (comma is not None and at - comma > _INSERTED):
                break
            comma = at if comma is None else comma
        elif comma is None or (line.words[at - 1] == "," and at - 1 > comma):
            named = subject_known or at > first
            starts = (_SIGNS[sign](opening, at) for sign in signs if named or sign in _AT_ONCE)
            start = next((start for start in starts if start is not None), None)
            if start is None and line.words[at] in verb.takes and not line.is_a("that", at + 1) and opening.governs(at):
                start = at + 1
            if start is not None:
                return Found(at if comma is None else comma, start)
    if not verb.subject and "noun" in verb.takes and first < end and not line.is_a("prepositions", first):
        return Found(first, first)  # "ruling out a large intervention"
    return Found(end if comma is None else comma, None)


def _is_quoted(line: Line, at: int) -> bool:
    """Tell whether a quotation begins at a word."""
    return any(first == at for first, _ in line.quotations)


def _behind_relay(line: Line, relay: Mark, end: int) -> Found | None:
    """Read "said, quoting a security source, that": the source ends before, whom it relays stands between."""
    at = next((at for at in range(relay.last, min(end, relay.last + LONGEST_NAME + 1)) if line.is_a("that", at)), None)
    if at is None:
        return None
    source_end = relay.first - (line.words[relay.first - 1] == ",")
    via = line.trimmed(relay.last, line.stop(relay.last, at))
    return Found(source_end, at + 1 + line.is_a("that", at + 1), via if via[0] < via[1] else None)


def _by_particle(line: Line, verb: ReportingVerb, first: int, at: int, comma: int | None) -> Found:
    """End the source at the particle, at the joint before it, at an insertion, or where it names another one."""
    stop = at if comma is None else comma
    if comma is None and at > first and line.is_a("joints", at - 1):
        stop -= 1
    relay = next((near for near in range(first, at) if line.is_a("relaying", near)), None) if "relay" in verb.takes else None
    end = at if relay is None else line.stop(relay + 1, at)
    start = at if line.forbids(at) else at + 1 + line.is_a("that", at + 1)
    return Found(stop, start) if relay is None else Found(relay, start, (relay + 1, end) if relay + 1 < end else None)


def parts_of(line: Line, content: Span) -> list[Span]:
    """Part what is said at each "and that": "said that the town had fallen, and that the army …" are two claims of one speaker.

    "And if" is written like it, and what a contrast or a quotation holds stays whole.
    """
    if line.book.words["and_that"].isdisjoint(line.words):
        return [content]
    parts, first, (_, end) = [], content[0], content
    inner = next((at for at in range(first, end) if line.is_a("that", at)), end)
    for at in range(first, end - _SHORTEST_PART if line.is_a("that", first - 1) else min(inner, end - _SHORTEST_PART)):
        parts_here = at - first >= _SHORTEST_PART and line.is_a("and_that", at)
        if parts_here and not _conditions(line, at) and not _is_inside(line, at):
            parts.append(line.trimmed(first, at))
            first = at + 1
    return [*parts, line.trimmed(first, end)]


def _conditions(line: Line, at: int) -> bool:
    """Tell "and if" from "and that": a helping verb or a negation stands behind it."""
    if line.bare(at) not in line.book.words["if"]:
        return False
    return line.is_a("auxiliaries", at + 1) or line.is_a("negations", at + 1)


def _is_inside(line: Line, at: int) -> bool:
    """Tell whether a word stands between quotation marks."""
    return any(first <= at < end for first, end in line.quotations)


class Opening:
    """Asks of a word whether the content begins there; each method gives the content's first word, or None."""

    def __init__(self, line: Line, first: int, end: int) -> None:
        """Look at a line from the word behind a cue up to another."""
        self.line, self.first, self.end = line, first, end
        self.listed = {mark.first for mark in line.marks.get("verbal_noun", ())}

    def verbal_noun(self, at: int) -> int | None:
        """A verbal noun ("announced its withdrawal"), or a word for the whole ("denied that")."""
        line = self.line
        if line.is_a("objects", at):
            return at
        if at not in self.listed and self._particle_behind(at):
            return None  # what only looks like one names the source: "foreign media that"
        return at if self._is_verbal_noun(at, line.words[at]) and self._is_free(at) else None

    def event(self, at: int) -> int | None:
        """A verbal noun, with its article or without ("condemned the shelling")."""
        return at if at in self.listed and self._is_free(at) else None

    def clitic(self, at: int) -> int | None:
        """A verbal noun behind a preposition that is written onto it ("admitted to the withdrawal")."""
        word, words = self.line.words[at], self.line.book.words
        bare = next((word[len(one) :] for one in words["clitic"] if word.startswith(one)), None)
        if bare is None:
            return None
        if word in words["adverbs"]:
            return None
        definite = any(bare.startswith(article) and len(bare) > len(article) + 1 for article in words["articles"])
        return at if definite or self._is_verbal_noun(at, bare) else None

    def news(self, at: int) -> int | None:
        """News of something, which begins behind it ("denied reports of an attack")."""
        line = self.line
        word, known = line.words[at], line.book.words["news"]
        bare = (word[len(one) :] for one in ("", *line.book.words["articles"]) if word.startswith(one))
        if not any(one in known for one in bare):
            # "Denied what (the media) tell about": the verb stands between.
            if not line.is_a("whatever", at):
                return None
            about = range(at + 2, min(line.stop(at, self.end), at + _WHATEVER))
            return next((near + 1 for near in about if line.is_a("about", near)), None)
        for near in range(at + 1, min(self.end - 1, at + 1 + _ABOUT)):
            if line.is_a("about", near) or line.is_a("that", near):
                return near + 1
            if self.clitic(near) is not None:
                return near
        return at

    def called(self, at: int) -> int | None:
        """Whoever is called upon, by a form that no subject has ("and called on the civilians to")."""
        return at if self.line.is_a("called", at) else None

    def governs(self, at: int) -> bool:
        """Tell a verb's preposition from a noun's: "announced of the closing", not "the official in charge of it said that"."""
        line = self.line
        if not line.is_a("relaying", at):
            return True
        clause = range(at + 1, line.stop(at, self.end))
        return not any(line.is_a("that", near) and not line.is_a("aside_prepositions", near - 1) for near in clause)

    def shown(self, at: int) -> int | None:
        """What pictures are said to show ("published clips that it said showed …")."""
        line = self.line
        if not line.is_a("news", at):
            return None
        shown = range(at + 1, min(self.end - 1, at + 1 + _ABOUT))
        return next((near + 1 for near in shown if line.is_a("that", near)), None)

    def pictured(self, at: int) -> int | None:
        """What pictures show, behind their name and its attributes ("clips on the web show armed men in the square")."""
        line, first = self.line, self.first
        named = at > first and line.is_a("news", first) and all(self._describes(near) for near in range(first + 1, at))
        told_of = any(map(line.words[at].endswith, line.book.words["resuming"]))  # "pictures that activists published"
        return at if named and not (told_of or self._describes(at) or line.is_a("relative", at)) else None

    def _describes(self, at: int) -> bool:
        """Tell whether a word belongs to a noun of the plural before it: with the article or the ending of its attributes."""
        line = self.line
        attribute = any(map(line.words[at].endswith, line.book.words["attributes"]))
        return attribute or line.is_definite(at) or line.is_a("prepositions", at - 1)

    def count(self, at: int) -> int | None:
        """A number of what was counted ("documented 23 attacks")."""
        return at if self.line.words[at][0].isdecimal() else None

    def confirming(self, at: int) -> int | None:
        """What could not be confirmed begins behind "to confirm"."""
        return at + 1 if self.line.is_a("confirming", at) else None

    def addressee(self, at: int) -> int | None:
        """Whoever is called upon."""
        return at if self.line.is_a("addressees", at) else None

    def _particle_behind(self, at: int) -> bool:
        """Tell whether the particle follows in the same clause, and is none of another verb's or of "after"."""
        line = self.line
        said = {mark.last for mark in line.verbs}
        behind = range(at + 1, line.stop(at, self.end))
        return any(
            line.is_a("that", near) and near not in said and not line.is_a("aside_prepositions", near - 1) for near in behind
        )

    def _is_free(self, at: int) -> bool:
        """Tell whether a noun is no part of the one before it ("the organisation for the liberation of")."""
        return not self.line.is_a("prepositions", at - 1) and not self.line.is_a("constructs", at - 1)

    def _is_verbal_noun(self, at: int, word: str) -> bool:
        if any(word.startswith(article) for article in self.line.book.words["articles"]):
            return False
        return at in self.listed or self.line.book.shape.fullmatch(word) is not None


_SIGNS = {
    "noun": Opening.verbal_noun,
    "event": Opening.event,
    "clitic": Opening.clitic,
    "news": Opening.news,
    "confirming": Opening.confirming,
    "count": Opening.count,
    "shown": Opening.shown,
    "pictured": Opening.pictured,
    "addressee": Opening.addressee,
    "called": Opening.called,
}
# May stand right behind the verb, whose subject is then not said again.
_AT_ONCE = frozenset({"clitic", "news", "confirming", "called"})
