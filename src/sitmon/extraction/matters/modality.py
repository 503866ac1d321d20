"""How firmly it is said: modality, polarity, certainty and auxiliary of a statement (modality.toml).

The cue and what stands around it say what the source does (denies, confirms, cannot confirm, suggests); the words of the
statement say what it is about (has not fled, could fall within days, fled in 2012).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sitmon.extraction.matters.auxiliary import auxiliary_of, certainty_of, depends, is_own_plan, negators_of
from sitmon.extraction.matters.scene import Scene
from sitmon.extraction.matters.setting import Setting, is_clausal, is_intended
from sitmon.model.claim import Auxiliary, Certainty, Modality, Polarity, SourceClass
from sitmon.model.noun import dataclass

_NEUTRAL = frozenset({None, Modality.REPORTED.value})
_ANONYMOUS = frozenset({SourceClass.UNNAMED_REPORTS, SourceClass.UNNAMED_SOURCES})


PLAINLY = "no word speaks for another"


@dataclass(frozen=True, slots=True)
class Firmness:
    """What is read of one statement.

    Attributes:
        denied: Its source denies it as a whole, whatever its polarity.
        negators: Words that negate its verb.
        why: Which rule decided the modality, in words for a person.
    """

    modality: Modality
    polarity: Polarity
    certainty: Certainty
    auxiliary: Auxiliary
    denied: bool
    negators: Sequence[int]
    why: str = PLAINLY


_PLAIN = Firmness(Modality.REPORTED, Polarity.POSITIVE, Certainty.CERTAIN, Auxiliary.NONE, denied=False, negators=())
_UNCLEAR, _UNCONFIRMED = "unclear", "unconfirmed"
_AT_ONCE = 3  # "it was not | able to confirm"
# Groups of phrases that tell of modality, polarity, certainty or auxiliary.
_TELLING = frozenset({"stance", "negation", "auxiliary", "certainty", "history", "failed", "commitment", "unseen"})


def firmness_of(scene: Scene, setting: Setting) -> Firmness:
    """Read how firmly a statement is said, by its cue and by its own words."""
    if _is_plain(scene, setting):
        return _PLAIN
    negators = negators_of(scene, setting)
    negated = bool(negators)
    auxiliary = auxiliary_of(scene, setting, negated=negated)
    evidence = _evidence(scene, setting, auxiliary, negated=negated)
    modality, why = _decided(evidence)
    if is_own_plan(scene, setting) and not (setting.head and setting.head.kind == "condition"):
        auxiliary = Auxiliary.NEGATION if negated else Auxiliary.NONE
    certainty = certainty_of(scene, setting, modality, evidence.around | evidence.inside)
    denied = modality is Modality.DENIED and not evidence.answers
    polarity = Polarity.NEGATIVE if negated else Polarity.POSITIVE
    return Firmness(modality, polarity, certainty, auxiliary, denied, negators, why)


def _decided(evidence: _Evidence) -> tuple[Modality, str]:
    for holds, modality, why in _LADDER:
        if holds(evidence):
            return modality, why
    return Modality.REPORTED, PLAINLY


def _is_plain(scene: Scene, setting: Setting) -> bool:
    """Say whether nothing in the sentence could make it other than simply reported: half of all sentences are so."""
    cue = setting.attributed.stance_cue
    if not (cue is None or cue == Modality.REPORTED) or not _TELLING.isdisjoint(scene.marks):
        return False
    return (setting.head is None or setting.head.kind != "condition") and not is_intended(scene, setting)


def _stances(scene: Scene, setting: Setting) -> tuple[frozenset[str], frozenset[str]]:
    """Give what is said of the statement around it, and what it says of itself in its main clauses."""
    around = frozenset(mark.value for first, last in setting.cue for mark in scene.marks_of("stance", first, last))
    own = (clause for clause in setting.clauses if clause.depth < 2 or clause is setting.head)
    inside = frozenset(
        mark.value
        for clause in own
        for mark in scene.marks_of("stance", clause.first, clause.last)
        if mark.value != _UNCLEAR or clause.part <= setting.part  # "A blast rocked the town, but its cause was not clear"
    )
    source, stretch = setting.source, setting.attributed
    if source is not None and stretch.start <= source.start < stretch.end:  # source and cue stand inside what is said
        around |= inside
    return (around | {_UNCONFIRMED} if _UNCONFIRMED in inside and _of_itself(scene, setting) else around), inside


def _of_itself(scene: Scene, setting: Setting) -> bool:
    """Say whether a source tells of itself that it could not confirm it: "the agency said it could not verify the footage"."""
    if setting.source is None or not setting.clauses:
        return False
    first = setting.clauses[0].first
    begins = scene.words[first] in scene.rules.words["pronouns"]
    return begins and any(mark.value == _UNCONFIRMED for mark in scene.marks_of("stance", first, first + _AT_ONCE))


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
        open_ended: It is yet to come; forecast if it is a judgement of what may come or follow, and no announcement.
        dependent: It would come if something else came.
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
    dependent: bool

    @property
    def said(self) -> frozenset[str]:
        """Give the stances that count: of a named source only what is said of it, not what it says itself."""
        return self.around if self.named else self.around | self.inside


# The first rule that holds decides, in words for a person; "reported" where none does.
_LADDER: tuple[tuple[Callable[[_Evidence], bool], Modality, str], ...] = (
    (lambda e: "unconfirmed" in e.said, Modality.RUMOURED, "nobody could confirm it"),
    (lambda e: "undenied" in e.around, Modality.REPORTED, "somebody did not deny it"),
    (lambda e: e.cue == Modality.DENIED or bool(e.around & {"denied", "rejected"}), Modality.DENIED, "its source denies it"),
    (lambda e: "falsehood" in e.around | e.inside, Modality.DENIED, "it is called untrue"),
    (lambda e: e.answers, Modality.DENIED, "a negation that answers a charge"),
    (lambda e: e.cue == Modality.RUMOURED and (e.anonymous or not e.named), Modality.RUMOURED, "hearsay of nobody named"),
    (
        lambda e: e.anonymous and e.forecast and "hedge" not in e.around,
        Modality.ASSESSED,
        "a judgement of what may come, by sources without a name",
    ),
    (
        lambda e: e.anonymous and (e.hedged or "rumoured" in e.around),
        Modality.RUMOURED,
        "sources without a name, and a hedge",
    ),
    (lambda e: not e.named and bool(e.said & {"rumoured", "unclear"}), Modality.RUMOURED, "hearsay, and nobody is named"),
    (
        lambda e: not e.named and e.cue == Modality.ASSESSED and e.clausal and not e.open_ended,
        Modality.RUMOURED,
        "it is believed, and nobody is named",
    ),
    (lambda e: not e.named and "denied" in e.said, Modality.DENIED, "a word of denial, and nobody is named"),
    (lambda e: e.cue == Modality.RUMOURED, Modality.RUMOURED, "its cue is hearsay"),
    (lambda e: e.cue == Modality.CONFIRMED, Modality.CONFIRMED, "its source confirms it"),
    (lambda e: not e.named and "established" in e.said, Modality.CONFIRMED, "it was confirmed"),
    (
        lambda e: e.named and e.cue in _NEUTRAL and bool(e.around & {"confirmed", "established", "admitted"}),
        Modality.CONFIRMED,
        "a word of confirmation beside its cue",
    ),
    (lambda e: e.named and e.cue == Modality.ASSESSED, Modality.ASSESSED, "its source judges"),
    (lambda e: e.named and e.forecast, Modality.ASSESSED, "its source judges what may come"),
    (
        lambda e: e.named and e.cue is None and "assessed" in e.around,
        Modality.ASSESSED,
        "a word of judgement beside its source",
    ),
    (lambda e: e.named and e.cue == Modality.CLAIMED, Modality.CLAIMED, "its cue keeps its distance"),
    (lambda e: e.dependent, Modality.ASSESSED, "it would follow from an if"),
)


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
        forecast=auxiliary in (Auxiliary.FUTURE, Auxiliary.HYPOTHETICAL) and _is_forecast(scene, setting),
        dependent=auxiliary is Auxiliary.HYPOTHETICAL and depends(setting) and not is_own_plan(scene, setting),
    )


def _hedged(scene: Scene, setting: Setting, said: frozenset[str]) -> bool:
    return "hedge" in said or any(scene.has("auxiliary", c.first, c.last, "guess", "possible") for c in setting.main)


def _answers(scene: Scene, setting: Setting) -> bool:
    """Say whether a noun introduces it that may answer a charge: "claims by officials that"."""
    return any(scene.has("answering", first, last) for first, last in setting.cue)


def _is_forecast(scene: Scene, setting: Setting) -> bool:
    """A judgement of what may come, and no announcement of what will: "could fall within days"."""
    return any(
        scene.has("auxiliary", clause.first, clause.last, "possible", "judged")
        or scene.has("certainty", clause.first, clause.last)
        for clause in setting.main
    )
