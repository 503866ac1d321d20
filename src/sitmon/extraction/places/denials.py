"""Denials: finds the claim of the article that a denial without a place denies; called by routing.py on its last rungs.

"The army withdrew from the town. The ministry denied any withdrawal" is about the town; "reports that the minister had been
killed were false" is not about the base where soldiers were killed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sitmon.extraction.places.speaking import LocatedSentence
from sitmon.extraction.statement import Statement
from sitmon.extraction.words.lexicon import lexicon_of
from sitmon.extraction.words.word_lists import rules_of
from sitmon.model.claim import Proposition, Route
from sitmon.text.fold import forms_of

_STEM = 4  # letters that "withdrew" and "withdrawal" share


class Told(NamedTuple):
    """A statement that was told earlier, where it belongs, and its sentence."""

    statement: Statement
    routes: tuple[Route, ...]
    scene: LocatedSentence


def routes_of_denied(denial: Statement, scene: LocatedSentence, told: Sequence[Told]) -> tuple[Route, ...] | None:
    """Give the routes of the newest claim of the same subject, else of one that tells in like words what is denied.

    Args:
        denial: A denied statement.
        scene: Its sentence.
        told: What the article has told so far, in order.

    Returns:
        None if nothing told is what it denies.
    """
    for earlier in reversed(told):
        if _is_same_subject(earlier.statement.proposition, denial.proposition):
            return earlier.routes
    for earlier in reversed(told):
        if earlier.statement.event == denial.event and _is_of_same(denial, scene, earlier):
            return earlier.routes
    return None


def _is_same_subject(one: Proposition | None, other: Proposition | None) -> bool:
    return one is not None and other is not None and (one.family, one.subject) == (other.family, other.subject)


def _is_of_same(denial: Statement, scene: LocatedSentence, earlier: Told) -> bool:
    """Tell whether a claim tells in like words what a denial denies, and names whomever the denial names."""
    claim, where = earlier.statement, earlier.scene
    if denial.told is None or claim.told is None or _stems(scene, denial.told).isdisjoint(_stems(where, claim.told)):
        return False
    return _names_in(scene, denial.start, denial.end).issubset(where.passage.keys_in(claim.start, claim.end))


def _stems(scene: LocatedSentence, told: tuple[int, int]) -> set[str]:
    return {form[:_STEM] for key in scene.passage.keys_in(*told) for form in forms_of(key)}


def _names_in(scene: LocatedSentence, start: int, end: int) -> set[str]:
    """Give the folded words of a stretch that are names as written or as known, or titles; the first of a sentence is none."""
    passage = scene.passage
    keys, starts = passage.words.keys, passage.words.starts
    titles = rules_of(lexicon_of(scene.sentence.language)).words["titles"]
    written = {keys[at] for at in passage.between(start, end) if at > passage.first and passage.text[starts[at]].isupper()}
    return written.union(
        (keys[name.first] for name in scene.names if start <= name.start < end),
        titles.intersection(passage.keys_in(start, end)),
    )
