"""The clauses of a statement: what happens stands in the main one, what is old, doubtful or beside the point in the others.

There is no parser. A clause begins where the lexicon says that one can begin (clauses.toml) and ends at its comma, which is
as much as newspaper sentences need.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitmon.extraction.matters.scene import Scene
from sitmon.extraction.words.phrases import BREAKS, Mark
from sitmon.extraction.words.rules import Rules
from sitmon.model.noun import dataclass

MAIN, INSERTED = "main", "inserted"
# Clauses that may tell news of their own beside the main one: "…, while residents fled".
_PARALLEL = frozenset({"while", "with"})
_FRONTED = _PARALLEL | {"concession", "time", "condition"}
_LEAD_WORDS = 3  # "But as …", "Meanwhile, as …"
_SUBJECT_WORDS = 14  # A subject with what belongs to it is seldom longer; after that a verb must have come.


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words that belong together; a clause that another one interrupts is two of them.

    Attributes:
        kind: MAIN, INSERTED (brackets), or the opener's name in the lexicon ("while", "relative", …).
        first, last: Its words, the last excluded; the opener is among them.
        body: Its first word after the opener.
        depth: 0 main, 1 beside it (fronted, or told in parallel), 2 under it.
        part: Ordinal of the part of the statement that could stand alone; a clause under another is of the same part.
        fronted: It stands before the main clause.
    """

    kind: str
    first: int
    last: int
    body: int
    depth: int
    part: int
    fronted: bool = False


def clauses_of(scene: Scene, first: int, last: int, rules: Rules) -> list[Clause]:
    """Split a range of words into its clauses, in order; together they cover it, linear in its length."""
    if not scene.breaks and "clause" not in scene.marks and "joining" not in scene.marks:
        return [Clause(MAIN, first, last, first, 0, 0)] if first < last else []
    return _Splitter(scene, first, last, rules).split()


class _Splitter:
    """Walks once over the places where a clause can begin or end, knowing in which one it is."""

    def __init__(self, scene: Scene, first: int, last: int, rules: Rules) -> None:
        self.scene, self.first, self.last, self.rules = scene, first, last, rules
        self.openers: dict[int, Mark] = {}
        self.joints = {mark.first: mark for mark in scene.marks_of("joining", first, last)}
        self.clauses: list[Clause] = []
        self.kind, self.begin, self.part, self.main_part, self.parts = MAIN, first, 0, 0, 1
        for mark in reversed(scene.marks_of("clause", first, last)):  # whether a clause follows is asked of the openers behind
            at, end, kind = mark
            if kind == "ambiguous":
                if at <= first + 1 or self._stands_alone(end - 1):
                    self.openers[at] = Mark(at, at + 1, "while")
            elif kind != "plain" and (at > first or kind != "relative"):
                # "Who controls the city is anyone's guess": nothing stands before it that it could be about.
                self.openers[at] = mark

    def split(self) -> list[Clause]:
        start = self._front()
        words = self.scene.words
        resumed = {at for opener in self.openers.values() if opener.value == "relative" for at in self._resumed(start, opener)}
        for at in sorted({*self.openers, *self.joints, *self.scene.breaks, *resumed}):
            if not start <= at < self.last:
                continue
            if words[at] in BREAKS:
                self._at_punctuation(at, words[at])
            elif at in self.openers:
                self._at_opener(at, self.openers[at])
            elif at in self.joints:
                self._at_joint(at, self.joints[at])
            elif self.kind == "relative":
                self._open(MAIN, at, self.main_part)
        self._close(self.last)
        return self.clauses

    def _front(self) -> int:
        """Take a fronted clause off the beginning; give the word where the main clause begins."""
        words = self.scene.words
        opener = min(self.openers, default=None)
        if opener is not None and opener > self.first + _LEAD_WORDS:
            return self.first
        if opener is None or self.openers[opener].value not in _FRONTED or self._says_something(self.first, opener):
            return self.first
        for at in range(opener + 2, self.last - 2):
            following = self.openers.get(at + 1)
            if words[at] == "," and not (following and following.value == "relative"):
                self.kind = self.openers[opener].value
                self._close(at, fronted=True)
                self.kind, self.begin, self.part, self.main_part, self.parts = MAIN, at, 1, 1, 2
                return at + 1
        return self.first

    def _at_punctuation(self, at: int, sign: str) -> None:
        if sign == ",":
            if self.kind != MAIN and at + 1 not in self.openers and at + 1 not in self.joints:
                self._open(MAIN, at, self.main_part)
        elif sign == "(":
            self._open(INSERTED, at, self.part)
        elif sign == ")":
            self._open(MAIN, at, self.main_part)
        else:
            self._open(MAIN, at, self._new_part() if self._stands_alone(at + 1) else self.main_part)

    def _at_opener(self, at: int, opener: Mark) -> None:
        after_comma = at > self.first and self.scene.words[at - 1] == ","
        if opener.value == "with" and not after_comma:
            return  # "clashes with": a preposition
        apart = opener.value in _PARALLEL
        self._open(opener.value, at, self._new_part(main=False) if apart else self.part)

    def _at_joint(self, at: int, joint: Mark) -> None:
        after_comma = at > self.first and self.scene.words[at - 1] == ","
        alone = self._stands_alone(at + 1)
        if alone and (after_comma or joint.value == "strong" or self._has_verb(self.begin, at)):
            self._open(MAIN, at, self._new_part())
        elif after_comma or joint.value == "strong":
            self._open(MAIN, at, self.main_part)

    def _resumed(self, start: int, opener: Mark) -> Iterator[int]:
        """Find where the main clause goes on behind a relative one without a comma: "rebels who took Hama | are near Homs"."""
        words, kinds = self.scene.words, self.rules.words
        if words[opener.first - 1] == "," or self._has_verb(start, opener.first):
            return
        told = next((at for at in range(opener.last, self.last) if at in self.scene.finite), self.last)
        end = next(
            (at for at in range(told, self.last) if at in self.openers or at in self.joints or words[at] in BREAKS), self.last
        )
        while told < end and (told in self.scene.finite or words[told] in kinds["adverbs"]):
            told += 1
        if told < end and told - 1 in self.scene.verbs:  # behind "who said" another clause begins
            yield from (
                at for at in range(told, end) if words[at] in kinds["auxiliaries"] and words[at - 1] not in kinds["persons"]
            )

    def _new_part(self, *, main: bool = True) -> int:
        part = self.parts
        self.parts += 1
        if main:
            self.main_part = part
        return part

    def _open(self, kind: str, at: int, part: int) -> None:
        self._close(at)
        self.kind, self.begin, self.part = kind, at, part

    def _close(self, at: int, *, fronted: bool = False) -> None:
        if at > self.begin:
            depth = 0 if self.kind == MAIN else 1 if fronted or self.kind in _PARALLEL else 2
            opener = self.openers.get(self.begin) or self.joints.get(self.begin)
            body = opener.last if opener else self.begin
            self.clauses.append(Clause(self.kind, self.begin, at, body, depth, self.part, fronted))

    def _stands_alone(self, at: int) -> bool:
        """Say whether a subject with a verb of its own begins here: "and residents fled", not "and fled"."""
        if at >= self.last or at in self.scene.finite:
            return False
        words, adverbs = self.scene.words, self.rules.words["adverbs"]
        begun = False
        for here in range(at, min(at + _SUBJECT_WORDS, self.last)):
            if here in self.openers or words[here] in BREAKS or words[here] in self.rules.words["infinitive"]:
                return False
            if here in self.scene.finite:
                return begun
            begun = begun or not (words[here] in adverbs or _ends(words[here], self.rules.adverb_ending))
        return False

    def _has_verb(self, first: int, last: int) -> bool:
        return not self.scene.finite.isdisjoint(range(first, last))

    def _says_something(self, first: int, last: int) -> bool:
        """Say whether words stand here that are more than "But", "Meanwhile," or "However,"."""
        words, adverbs = self.scene.words, self.rules.words["adverbs"]
        return any(words[at] not in adverbs and words[at] != "," and at not in self.joints for at in range(first, last))


def _ends(word: str, ending: str) -> bool:
    return bool(ending) and word.endswith(ending)
