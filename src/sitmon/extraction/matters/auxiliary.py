"""How a statement stands to the present, what negates it, and how certain it is: read from its own words (modality.toml)."""

from __future__ import annotations

from collections.abc import Iterable

from sitmon.extraction.matters.scene import Scene
from sitmon.extraction.matters.setting import Setting, is_intended
from sitmon.model.claim import Auxiliary, Certainty, Modality

# Stances that are said with a negation, which then is none of the statement: "could not be verified".
_NEGATING = frozenset({"unconfirmed", "undenied", "unclear", "falsehood"})
# What a condition makes hypothetical: it would come if that came.
_DEPENDENT = frozenset({"future", "would", "possible", "judged"})
_NEGATED_AFTER = 1  # "claimed no responsibility"
_COMMITTED_WITHIN = 3  # "it would raise the matter": the source's own plan stands at the beginning of what it says


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
        return negators[:1] or _unseen(scene, setting, clause.body)
    verb = setting.told[0]
    own = [at for at in negators if not any(min(at, verb) < joint < max(at, verb) for joint in joints)]
    return own or _unseen(scene, setting, verb)


def _unseen(scene: Scene, setting: Setting, verb: int) -> list[int]:
    """Give the word that says of all that follows that nothing shows it: "had no indication that troops were attacked"."""
    if "unseen" not in scene.marks:
        return []
    return [mark.first for mark in scene.marks_of("unseen", setting.clauses[0].first, verb) if mark.last <= verb][:1]


def auxiliary_of(scene: Scene, setting: Setting, *, negated: bool) -> Auxiliary:
    """Say how a statement stands to the present (PLOVER): to come, depending, of the past, or negated."""
    clause, told = setting.head, setting.told
    if clause is None:
        return Auxiliary.NONE
    end = clause.last if told is None else told[1]
    marks = {mark.value for mark in scene.marks_of("auxiliary", clause.first, end)}
    if clause.kind == "condition" or "hypothetical" in marks:
        return Auxiliary.HYPOTHETICAL
    if marks & _DEPENDENT and depends(setting):
        return Auxiliary.HYPOTHETICAL
    if marks & {"future", "would", "judged", "possible"} or is_intended(scene, setting):
        return Auxiliary.FUTURE
    if any(scene.has("history", c.first, c.last) for c in setting.main) and not _is_fresh(scene, setting):
        return Auxiliary.HISTORICAL
    failed = scene.has("failed", clause.first, end, "failed") or any(
        scene.has("failed", first, last, "failed") for first, last in setting.cue
    )
    return Auxiliary.NEGATION if negated or failed else Auxiliary.NONE


def depends(setting: Setting) -> bool:
    """Say whether a condition stands beside it: "if the rebels take the town, the coast will be cut off"."""
    head = setting.head
    conditions = (clause for clause in setting.clauses if clause.kind == "condition")
    return head is not None and head.kind != "condition" and any(one.part <= head.part for one in conditions)


def is_own_plan(scene: Scene, setting: Setting) -> bool:
    """Say whether a source announces what it will do itself, which is news now: "it would raise the matter"."""
    if not setting.clauses:
        return False
    first, last = setting.clauses[0].first, setting.clauses[-1].last
    announced = setting.source is not None and scene.has("commitment", first, first + _COMMITTED_WITHIN)
    return announced or scene.has("commitment", first, last, "quoted")


def certainty_of(scene: Scene, setting: Setting, modality: Modality, said: frozenset[str]) -> Certainty:
    """FactBank's CT, PR, PS, U: of the source, not of the world."""
    auxiliaries = {mark.value for clause in setting.main for mark in scene.marks_of("auxiliary", clause.first, clause.last)}
    degrees = {mark.value for first, last in _spans(setting) for mark in scene.marks_of("certainty", first, last)}
    if said & {"unclear", "unconfirmed"} and modality is not Modality.DENIED:
        return Certainty.UNDERSPECIFIED
    if "tentative" in degrees or auxiliaries & {"guess", "possible", "hypothetical"}:
        return Certainty.POSSIBLE
    if "plausible" in degrees or "hedge" in said or modality is Modality.ASSESSED:
        return Certainty.PROBABLE
    return Certainty.UNDERSPECIFIED if modality is Modality.RUMOURED else Certainty.CERTAIN


def _is_fresh(scene: Scene, setting: Setting) -> bool:
    """Say whether a word or a day tells that it is of now: "the bridge, built in 1962, collapsed on Tuesday"."""
    groups = ("fresh", "dated")
    return any(scene.has(group, clause.first, clause.last) for clause in setting.main for group in groups)


def _spans(setting: Setting) -> Iterable[tuple[int, int]]:
    yield from setting.cue
    yield from ((clause.first, clause.last) for clause in setting.main)
