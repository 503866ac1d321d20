"""How firmly it is said: modality, polarity, certainty and auxiliary of a statement (modality.toml).

The cue and what stands around it say what the source does (denies, confirms, cannot confirm, suggests); the words of the
statement say what it is about (has not fled, could fall within days, fled in 2012).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sitmon.extraction.clauses import Clause
from sitmon.extraction.scene import Scene
from sitmon.extraction.statement import Attributed
from sitmon.model.claim import Attribution, Auxiliary, Certainty, Modality, Polarity, SourceClass

_ANONYMOUS = frozenset({SourceClass.UNNAMED_REPORTS, SourceClass.UNNAMED_SOURCES})
# Stances that are said with a negation, which then is none of the statement: "could not be verified".
_NEGATING = frozenset({"unconfirmed", "undenied", "unclear", "falsehood"})
_NEGATED_AFTER = 1  # "claimed no responsibility"
_COMMITTED_WITHIN = 3  # "it would raise the matter": the source's own plan stands at the beginning of what it says


class Setting(NamedTuple):
    """Where the modality of a statement is read.

    Attributes:
        attributed: The stretch it belongs to.
        cue: Words of the sentence that introduce it, source and cue among them.
        clauses: Its own clauses.
        head: The clause of its event, or its first main one.
        told: Words that tell its event by a verb, the last excluded, or None.
    """

    attributed: Attributed
    cue: Sequence[tuple[int, int]]
    clauses: Sequence[Clause]
    head: Clause | None
    told: tuple[int, int] | None

    @property
    def source(self) -> Attribution | None:
        """Give who says it; a cue without anybody ("it was reported") names none."""
        attribution = self.attributed.attribution
        return attribution if attribution is not None and attribution.text else None

    @property
    def part(self) -> int:
        """Give the part of the sentence that says what the statement is about."""
        return self.head.part if self.head else 0


class Firmness(NamedTuple):
    """What is read of one statement.

    Attributes:
        denied: Its source denies it as a whole, whatever its polarity.
        negators: Words that negate its verb.
    """

    modality: Modality
    polarity: Polarity
    certainty: Certainty
    auxiliary: Auxiliary
    denied: bool
    negators: Sequence[int]


_PLAIN = Firmness(Modality.REPORTED, Polarity.POSITIVE, Certainty.CERTAIN, Auxiliary.NONE, denied=False, negators=())
# Groups of phrases that tell of modality, polarity, certainty or auxiliary.
_TELLING = frozenset({"stance", "negation", "auxiliary", "certainty", "history", "failed", "commitment"})


def firmness_of(scene: Scene, setting: Setting) -> Firmness:
    """Read how firmly a statement is said, by its cue and by its own words."""
    if _is_plain(scene, setting):
        return _PLAIN
    negators = negators_of(scene, setting)
    negated = bool(negators)
    auxiliary = _auxiliary(scene, setting, negated=negated)
    evidence = _evidence(scene, setting, auxiliary, negated=negated)
    modality = _modality(evidence)
    if _is_own_plan(scene, setting):
        auxiliary = Auxiliary.NEGATION if negated else Auxiliary.NONE
    certainty = _certainty(scene, setting, modality, evidence.around | evidence.inside)
    denied = modality is Modality.DENIED and not evidence.answers
    return Firmness(modality, Polarity.NEGATIVE if negated else Polarity.POSITIVE, certainty, auxiliary, denied, negators)


def _is_plain(scene: Scene, setting: Setting) -> bool:
    """Say whether nothing in the sentence could make it other than simply reported: half of all sentences are so."""
    if setting.attributed.stance_cue not in {None, Modality.REPORTED} or not scene.marks.keys().isdisjoint(_TELLING):
        return False
    return (setting.head is None or setting.head.kind != "condition") and not is_intended(scene, setting)


def negators_of(scene: Scene, setting: Setting) -> list[int]:
    """Give the words that negate the statement's own verb: not those of other clauses, and no "not only"."""
    clause = setting.head
    if clause is None:
        return []
    end = clause.last if setting.told is None else min(setting.told[1] + _NEGATED_AFTER, clause.last)
    joints = [mark.first for mark in scene.marks_of("joining", clause.first, end)]
    stances = [mark for mark in scene.marks_of("stance", clause.first, end) if mark.value in _NEGATING]
    negators = [
        mark.first
        for mark in scene.marks_of("negation", clause.first, end)
        if mark.value == "negator" and not any(stance.first <= mark.first < stance.last for stance in stances)
    ]
    if setting.told is None:
        return negators[:1]
    verb = setting.told[0]
    return [at for at in negators if not any(min(at, verb) < joint < max(at, verb) for joint in joints)]


def _stances(scene: Scene, setting: Setting) -> tuple[frozenset[str], frozenset[str]]:
    """Give what is said of the statement around it, and what it says of itself in its main clauses."""
    around = frozenset(mark.value for first, last in setting.cue for mark in scene.marks_of("stance", first, last))
    own = (clause for clause in setting.clauses if clause.depth < 2 or clause is setting.head)
    inside = frozenset(mark.value for clause in own for mark in scene.marks_of("stance", clause.first, clause.last))
    return around, inside


class _Evidence(NamedTuple):
    """What speaks for one modality or another.

    Attributes:
        named: Somebody is named who says it.
        anonymous: … who is only "reports" or "some sources".
        cue: What the cue by itself says.
        around, inside: Stances in the words that introduce the statement, and in its own.
        answers: A claim noun with a negation as its content: "claims by officials that he has not fled".
        hedged: It is said with a hedge.
        clausal: It has a verb of its own: "it is feared that many have died", not "is seen as a blow".
        open_ended: It is yet to come; forecast if it is a judgement of what may come, and no announcement of what will.
    """

    named: bool
    anonymous: bool
    cue: str | None
    around: frozenset[str]
    inside: frozenset[str]
    answers: bool
    hedged: bool
    clausal: bool
    open_ended: bool
    forecast: bool

    @property
    def said(self) -> frozenset[str]:
        """Give the stances that count: of a named source only what is said of it, not what it says itself."""
        return self.around if self.named else self.around | self.inside


# The first rule that holds decides; "reported" where none does.
_LADDER: tuple[tuple[Callable[[_Evidence], bool], Modality], ...] = (
    (lambda e: "unconfirmed" in e.said, Modality.RUMOURED),
    (lambda e: "undenied" in e.around, Modality.REPORTED),
    (lambda e: e.cue == Modality.DENIED or bool(e.around & {"denied", "rejected"}), Modality.DENIED),
    (lambda e: "falsehood" in e.around | e.inside or e.answers, Modality.DENIED),
    (lambda e: e.cue == Modality.RUMOURED and (e.anonymous or not e.named), Modality.RUMOURED),
    (lambda e: e.anonymous and e.forecast and "hedge" not in e.around, Modality.ASSESSED),
    (lambda e: e.anonymous and (e.hedged or "rumoured" in e.around), Modality.RUMOURED),
    (lambda e: not e.named and bool(e.said & {"rumoured", "unclear"}), Modality.RUMOURED),
    (lambda e: not e.named and e.cue == Modality.ASSESSED and e.clausal and not e.open_ended, Modality.RUMOURED),
    (lambda e: not e.named and "denied" in e.said, Modality.DENIED),
    (lambda e: e.cue == Modality.RUMOURED, Modality.RUMOURED),
    (lambda e: e.cue == Modality.CONFIRMED, Modality.CONFIRMED),
    (lambda e: e.cue in {None, Modality.REPORTED} and "confirmed" in e.said, Modality.CONFIRMED),
    (lambda e: e.cue in {None, Modality.REPORTED} and e.named and "admitted" in e.around, Modality.CONFIRMED),
    (lambda e: e.named and (e.cue == Modality.ASSESSED or e.forecast), Modality.ASSESSED),
    (lambda e: e.named and e.cue == Modality.CLAIMED, Modality.CLAIMED),
)


def _modality(evidence: _Evidence) -> Modality:
    return next((modality for holds, modality in _LADDER if holds(evidence)), Modality.REPORTED)


def _evidence(scene: Scene, setting: Setting, auxiliary: Auxiliary, *, negated: bool) -> _Evidence:
    source, cue = setting.source, setting.attributed.stance_cue
    around, inside = _stances(scene, setting)
    anonymous = source is not None and source.kind in _ANONYMOUS
    return _Evidence(
        named=source is not None,
        anonymous=anonymous,
        cue=cue,
        around=around,
        inside=inside,
        answers=negated and cue == Modality.CLAIMED and _answers(scene, setting),
        hedged=anonymous and _hedged(scene, setting, around | inside),
        clausal=is_clausal(scene, setting),
        open_ended=auxiliary is Auxiliary.FUTURE,
        forecast=auxiliary is Auxiliary.FUTURE and _is_forecast(scene, setting),
    )


def _hedged(scene: Scene, setting: Setting, said: frozenset[str]) -> bool:
    return "hedge" in said or any(scene.has("auxiliary", c.first, c.last, "guess", "possible") for c in _read(setting))


def _answers(scene: Scene, setting: Setting) -> bool:
    """Say whether a noun introduces it that may answer a charge: "claims by officials that"."""
    return any(scene.has("answering", first, last) for first, last in setting.cue)


def _is_forecast(scene: Scene, setting: Setting) -> bool:
    """A judgement of what may come, and no announcement of what will: "could fall within days"."""
    return any(
        scene.has("auxiliary", clause.first, clause.last, "possible", "judged")
        or scene.has("certainty", clause.first, clause.last)
        for clause in _read(setting)
    )


def _is_own_plan(scene: Scene, setting: Setting) -> bool:
    if setting.source is None or not setting.clauses:
        return False
    first = setting.clauses[0].first
    return scene.has("commitment", first, first + _COMMITTED_WITHIN)


def _auxiliary(scene: Scene, setting: Setting, *, negated: bool) -> Auxiliary:
    clause, told = setting.head, setting.told
    if clause is None:
        return Auxiliary.NONE
    end = clause.last if told is None else told[1]
    marks = {mark.value for mark in scene.marks_of("auxiliary", clause.first, end)}
    if clause.kind == "condition" or "hypothetical" in marks:
        return Auxiliary.HYPOTHETICAL
    if marks & {"future", "would", "judged", "possible"} or is_intended(scene, setting):
        return Auxiliary.FUTURE
    if any(scene.has("history", c.first, c.last) for c in _read(setting)) and not _is_fresh(scene, setting):
        return Auxiliary.HISTORICAL
    return Auxiliary.NEGATION if negated or scene.has("failed", clause.first, end) else Auxiliary.NONE


def is_clausal(scene: Scene, setting: Setting) -> bool:
    """Say whether what is said is a clause or an infinitive, by a verb before its first mark of punctuation."""
    if not setting.clauses:
        return False
    first, last = setting.clauses[0].first, setting.clauses[-1].last
    end = next((at for at in scene.breaks if first < at < last), last)
    return scene.finite is None or any(at in scene.finite for at in range(first, end)) or is_intended(scene, setting)


def is_intended(scene: Scene, setting: Setting) -> bool:
    """Say whether it is only meant to be done: "threatened to shut the airspace", but not "claimed to have shot it down"."""
    if setting.source is None or not setting.clauses:
        return False
    first = setting.clauses[0].first
    meant = any(scene.has("auxiliary", begin, end, "future") for begin, end in setting.cue)
    return meant or scene.has("intention", first, first + 1, "intended")


def _is_fresh(scene: Scene, setting: Setting) -> bool:
    return any(scene.has("fresh", clause.first, clause.last) for clause in _read(setting))


def _certainty(scene: Scene, setting: Setting, modality: Modality, said: frozenset[str]) -> Certainty:
    """FactBank's CT, PR, PS, U: of the source, not of the world."""
    auxiliaries = {mark.value for clause in _read(setting) for mark in scene.marks_of("auxiliary", clause.first, clause.last)}
    degrees = {mark.value for first, last in _all(setting) for mark in scene.marks_of("certainty", first, last)}
    if said & {"unclear", "unconfirmed"} and modality is not Modality.DENIED:
        return Certainty.UNDERSPECIFIED
    if "tentative" in degrees or auxiliaries & {"guess", "possible", "hypothetical"}:
        return Certainty.POSSIBLE
    if "plausible" in degrees or "hedge" in said or modality is Modality.ASSESSED:
        return Certainty.PROBABLE
    return Certainty.UNDERSPECIFIED if modality is Modality.RUMOURED else Certainty.CERTAIN


def _read(setting: Setting) -> list[Clause]:
    return [clause for clause in setting.clauses if clause.depth == 0 or clause is setting.head]


def _all(setting: Setting) -> Iterable[tuple[int, int]]:
    yield from setting.cue
    yield from ((clause.first, clause.last) for clause in _read(setting))
