"""The class of a sentence: claim, background, commentary or question; only a claim can become a status (classes.toml).

A claim tells an event or a state that can be checked now, or what somebody says of one. Everything else is kept and
searchable. The rules stand in `class_of` in the order in which they decide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from sitmon.extraction.clauses import clauses_of
from sitmon.extraction.events import event_of
from sitmon.extraction.lexicon import Lexicon
from sitmon.extraction.rules import NOMINAL, PREDICATE, Rules, rules_of
from sitmon.extraction.scene import Scene
from sitmon.extraction.statement import Sentence, Statement
from sitmon.extraction.statements import laid_out
from sitmon.model.claim import Auxiliary, Modality, ReportClass, SourceClass

_VERDICTS = frozenset({"verdict", "question"})
_PARALLEL = frozenset({"while", "with"})
_OPEN = frozenset({Auxiliary.FUTURE, Auxiliary.HYPOTHETICAL})
_WEIGHTY = 4  # tiers of events that are news however they are coloured
_QUESTION_MARKS = ("?", "؟")
_CLOSING = "\"'”’»)] \t\n"


def class_of(sentence: Sentence, statements: Sequence[Statement], lexicon: Lexicon) -> ReportClass:
    """Class a sentence.

    Args:
        sentence: The sentence; what is no plain paragraph keeps the class of its block.
        statements: What `statements_of` read in it.
        lexicon: Its language.
    """
    if sentence.block.kind is not ReportClass.CLAIM:
        return sentence.block.kind
    rules = rules_of(lexicon)
    scene = laid_out(sentence.text, sentence.start, rules)
    if any(statement.said and _is_attributed(statement) for statement in statements):
        return ReportClass.CLAIM
    if sentence.text.rstrip(_CLOSING).endswith(_QUESTION_MARKS):
        return ReportClass.QUESTION
    if all(statement.auxiliary is Auxiliary.HISTORICAL for statement in statements):
        return ReportClass.BACKGROUND
    return _of_outlet(scene, statements, rules)


def _is_attributed(statement: Statement) -> bool:
    return (
        statement.attribution is not None
        and statement.attribution.text != ""
        and statement.attribution.kind is not SourceClass.OUTLET_VOICE
    )


class _Signs(NamedTuple):
    """What the outlet's own words show.

    Attributes:
        marks: Groups of phrases in the sentence.
        event: It tells an event; weighty one that is news however it is coloured.
        figures: It has numbers with units.
        attributed: Somebody is named whose attitude it is.
        judges: It is a verdict or a forecast of the writer's.
        qualified: It is not simply asserted: rumoured, denied, confirmed.
        open_ended: All of it is yet to come, and no date is set.
    """

    marks: Collection[str]
    event: bool
    weighty: bool
    figures: bool
    attributed: bool
    judges: bool
    qualified: bool
    open_ended: bool

    @property
    def of_now(self) -> bool:
        """An event with a word that says it is of now."""
        return self.event and ("dated" in self.marks or "fresh" in self.marks)


# The first rule that holds decides; commentary where none does.
_LADDER: tuple[tuple[Callable[[_Signs], bool], ReportClass], ...] = (
    (lambda s: s.judges, ReportClass.COMMENTARY),
    (lambda s: s.qualified, ReportClass.CLAIM),
    (lambda s: s.open_ended, ReportClass.COMMENTARY),
    (lambda s: "background" in s.marks and ("history" in s.marks or not s.of_now), ReportClass.BACKGROUND),
    (lambda s: "colour" in s.marks and not (s.figures or s.weighty or s.of_now), ReportClass.COMMENTARY),
    (lambda s: s.event or s.figures or s.attributed or "dated" in s.marks, ReportClass.CLAIM),
    (lambda s: "past" in s.marks, ReportClass.BACKGROUND),
)


def _of_outlet(scene: Scene, statements: Sequence[Statement], rules: Rules) -> ReportClass:
    """Class what the outlet says in its own voice."""
    told = any(statement.event for statement in statements)
    signs = _Signs(
        marks=scene.marks.keys(),
        event=told and any(one.strength >= NOMINAL for one in scene.events),
        weighty=any(one.strength == PREDICATE and (one.kind is None or one.kind.tier >= _WEIGHTY) for one in scene.events),
        figures=any(statement.quantities for statement in statements),
        attributed=any(_is_attributed(statement) for statement in statements),
        judges=_judges(scene, rules),
        qualified=any(statement.modality is not Modality.REPORTED for statement in statements),
        open_ended=all(statement.auxiliary in _OPEN for statement in statements) and not _is_scheduled(scene),
    )
    return next((kind for holds, kind in _LADDER if holds(signs)), ReportClass.COMMENTARY)


def _judges(scene: Scene, rules: Rules) -> bool:
    """Say whether the sentence is a verdict or a forecast of the writer's.

    One in a clause under the main one does not count ("a prize that would mark the end"), nor does one beside a clause that
    tells the news by itself ("… are likely to worsen the situation, as families flee the capital").
    """
    if not _VERDICTS & scene.marks.keys():
        return False
    clauses = clauses_of(scene, 0, len(scene.words), rules)
    event = event_of(scene, clauses)
    beside = event is not None and event.clause.kind in _PARALLEL and not event.clause.fronted
    return any(
        scene.has(group, clause.first, clause.last)
        for clause in clauses
        for group in _VERDICTS
        if clause.depth < 2 and not (beside and event is not None and clause is not event.clause)
    )


def _is_scheduled(scene: Scene) -> bool:
    """A date is set for it, and nobody guesses: "talks are due to begin in Geneva on Sunday"."""
    return "scheduled" in scene.marks and not any(mark.value == "possible" for mark in scene.marks.get("auxiliary", ()))
