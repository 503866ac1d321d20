"""The class of a sentence: claim, background, commentary or question; only a claim can become a status (classes.toml).

A claim tells an event or a state that can be checked now, or what somebody says of one. Everything else is kept and
searchable. The rules stand in `class_of` in the order in which they decide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from sitmon.extraction.matters.clauses import clauses_of
from sitmon.extraction.matters.events import event_of
from sitmon.extraction.matters.scene import Occurrence, Scene
from sitmon.extraction.matters.statements import laid_out
from sitmon.extraction.statement import Sentence, Statement
from sitmon.extraction.words.lexicon import Lexicon, lexicon_of
from sitmon.extraction.words.rules import NOMINAL, PREDICATE, Rules
from sitmon.extraction.words.word_lists import rules_of
from sitmon.model.claim import Auxiliary, Modality, ReportClass, SourceClass

_HEAD = 8  # words within which the colon of "Syria live:" stands
_VERDICTS = frozenset({"verdict", "question"})
_PARALLEL = frozenset({"while", "with"})
_OPEN = (Auxiliary.FUTURE, Auxiliary.HYPOTHETICAL)
_PAST = frozenset({"background", "history"})
_WEIGHTY = 4  # tiers of events that are news however they are coloured
_event_of, _quantities_of = attrgetter("event"), attrgetter("quantities")
_QUESTION_MARKS = ("?", "؟")
_CLOSING = "\"'”’»)] \t\n"


class Classed(NamedTuple):
    """The class of a sentence, and which rule decided it, in words for a person."""

    kind: ReportClass
    why: str


def class_of(sentence: Sentence, statements: Sequence[Statement], lexicon: Lexicon, scene: Scene | None = None) -> Classed:
    """Class a sentence.

    Args:
        sentence: The sentence; what is no plain paragraph keeps the class of its block.
        statements: What `statements_of` read in it.
        lexicon: Its language.
        scene: The sentence laid out, if it has been.
    """
    if sentence.block.kind is not ReportClass.CLAIM:
        return Classed(sentence.block.kind, "the whole block is one")
    scene = scene or laid_out(sentence)
    if ":" in scene.words[:_HEAD] and _heads_page(sentence.text, sentence.language):
        return Classed(ReportClass.TITLE, "the headline of a page that goes on being written")
    return _at_once(sentence, statements, scene) or _of_outlet(scene, statements, rules_of(lexicon))


def _at_once(sentence: Sentence, statements: Sequence[Statement], scene: Scene) -> Classed | None:
    """Class what needs no look at the outlet's own words, or at nothing but their form."""
    if sentence.text.rstrip().endswith(_QUESTION_MARKS):
        return Classed(ReportClass.QUESTION, "it ends with a question mark")
    if "silence" in scene.marks and not any(map(_is_weighty, scene.events)):
        return Classed(ReportClass.BACKGROUND, "it says that nothing was said, and tells no weighty event")
    if any(map(_says, statements)):
        return Classed(ReportClass.CLAIM, "somebody is named who says it, in a clause of its own")
    if sentence.text.rstrip(_CLOSING).endswith(_QUESTION_MARKS):
        return Classed(ReportClass.QUESTION, "what it quotes is a question")
    if all(map(_is_history, statements)):
        return Classed(ReportClass.BACKGROUND, "all of it is history")
    return None


def _heads_page(text: str, language: str) -> bool:
    """Recognise "Syria live: …", whose facts are in the page below; not "Rebels: the city is ours"."""
    head = text.partition(":")[0].casefold().strip()
    return any(head.endswith(f" {name}") for name in lexicon_of(language).section("headlines")["live"])


def _says(statement: Statement) -> bool:
    return statement.said and _is_attributed(statement)


def _is_history(statement: Statement) -> bool:
    return statement.auxiliary is Auxiliary.HISTORICAL


def _is_attributed(statement: Statement) -> bool:
    return (
        statement.attribution is not None
        and statement.attribution.text != ""
        and statement.attribution.kind is not SourceClass.OUTLET_VOICE
    )


class _Signs:
    """What the outlet's own words show, each sign looked for when a rule asks for it.

    Attributes:
        marks: Groups of phrases in the sentence.
    """

    __slots__ = ("_rules", "_scene", "_statements", "marks")

    def __init__(self, scene: Scene, statements: Sequence[Statement], rules: Rules) -> None:
        self._scene, self._statements, self._rules = scene, statements, rules
        self.marks: Collection[str] = scene.marks.keys()

    @property
    def past(self) -> Collection[str]:
        """Those of the marks that say it is of the past."""
        return () if _PAST.isdisjoint(self.marks) else _past_marks(self._scene)

    @property
    def event(self) -> bool:
        """It tells an event."""
        named = any(map(_event_of, self._statements))
        return named and any(one.strength >= NOMINAL for one in self._scene.events)

    @property
    def weighty(self) -> bool:
        """It tells an event that is news however it is coloured."""
        return any(map(_is_weighty, self._scene.events))

    @property
    def figures(self) -> bool:
        """It has numbers with units."""
        return any(map(_quantities_of, self._statements))

    @property
    def attributed(self) -> bool:
        """Somebody is named whose attitude it is."""
        return any(map(_is_attributed, self._statements))

    @property
    def tells(self) -> bool:
        """It tells what happened or goes on, though no event of the lists."""
        return "colour" not in self.marks and ("telling" in self.marks or _tells(self._scene, self._rules))

    @property
    def judges(self) -> bool:
        """It is a verdict or a forecast of the writer's."""
        return _judges(self._scene, self._rules)

    @property
    def qualified(self) -> bool:
        """It is not simply asserted: rumoured, denied, confirmed."""
        return any(statement.modality is not Modality.REPORTED for statement in self._statements)

    @property
    def open_ended(self) -> bool:
        """All of it is yet to come, and no date is set."""
        return all(statement.auxiliary in _OPEN for statement in self._statements) and not _is_scheduled(self._scene)

    @property
    def of_now(self) -> bool:
        """It tells an event with a word that says it is of now."""
        return ("dated" in self.marks or "fresh" in self.marks) and self.event


# The first rule that holds decides; commentary where none does.
_LADDER: tuple[tuple[Callable[[_Signs], bool], ReportClass, str], ...] = (
    (lambda s: s.judges, ReportClass.COMMENTARY, "it is a verdict or a forecast of the writer's"),
    (lambda s: s.qualified, ReportClass.CLAIM, "it is rumoured, denied, confirmed or assessed"),
    (lambda s: s.open_ended, ReportClass.COMMENTARY, "all of it is yet to come, and no date is set"),
    (
        lambda s: "background" in s.past and not (s.of_now and (s.attributed or "history" not in s.past)),
        ReportClass.BACKGROUND,
        "its words speak of the past, and none of now",
    ),
    (
        lambda s: "colour" in s.marks and not (s.figures or s.weighty or s.of_now),
        ReportClass.COMMENTARY,
        "its words are colour, without figures, a weighty event or a word of now",
    ),
    (
        lambda s: "standing" in s.marks and not (s.figures or s.weighty or s.of_now or (s.attributed and s.event)),
        ReportClass.BACKGROUND,
        "it says how things stand, without figures, a weighty event or a word of now",
    ),
    (lambda s: s.event, ReportClass.CLAIM, "it tells an event"),
    (lambda s: s.figures, ReportClass.CLAIM, "it has a number with its unit"),
    (lambda s: s.attributed, ReportClass.CLAIM, "somebody is named who says it"),
    (lambda s: "dated" in s.marks, ReportClass.CLAIM, "it has a day"),
    (lambda s: s.tells, ReportClass.CLAIM, "a verb tells what happened or goes on"),
    (lambda s: "past" in s.marks, ReportClass.BACKGROUND, "its words are of the past"),
)
_NO_NEWS = "no event, figure, source, day or verb of the lists makes it news"


def _of_outlet(scene: Scene, statements: Sequence[Statement], rules: Rules) -> Classed:
    """Class what the outlet says in its own voice."""
    signs = _Signs(scene, statements, rules)
    for holds, kind, why in _LADDER:
        if holds(signs):
            return Classed(kind, why)
    return Classed(ReportClass.COMMENTARY, _NO_NEWS)


def _is_weighty(told: Occurrence) -> bool:
    heavy = told.kind is None or told.kind.tier >= _WEIGHTY
    return heavy and told.strength == PREDICATE and not told.infinitive


def _past_marks(scene: Scene) -> set[str]:
    """Give the groups of phrases that speak of the past; behind the chunk of a weighty event they say nothing of it.

    "Rebels have seized towns, a challenge to the army since it took power in a 2021 coup" is of now, and so is "The town,
    where the uprising was born, fell".
    """
    end = len(scene.words)
    weighty = next(filter(_is_weighty, scene.events), None)
    if weighty is None:
        return {group for group in _PAST if scene.has(group, 0, end)}
    end = next((at for at in scene.breaks if at > weighty.last), end)
    aside = {at for first, last in _insertions(scene, weighty.first) for at in range(first, last)}
    return {group for group in _PAST if any(mark.first not in aside for mark in scene.marks_of(group, 0, end))}


def _insertions(scene: Scene, end: int) -> Iterator[tuple[int, int]]:
    """Give the relative clauses between commas that are over before a word."""
    for mark in scene.marks_of("clause", 1, end):
        if mark.value == "relative" and scene.words[mark.first - 1] == ",":
            closing = next((at for at in scene.breaks if at > mark.first), end)
            if closing < end:
                yield mark.first, closing


def _tells(scene: Scene, rules: Rules) -> bool:
    """Say whether a verb tells what happened ("looters emptied the shops") or goes on ("residents are stocking up")."""
    words, kinds = scene.words, rules.words
    for at in range(1, len(words)):
        before = words[at - 2] if at > 1 and words[at - 1] in kinds["adverbs"] else words[at - 1]
        if rules.past_ending and words[at].endswith(rules.past_ending) and before not in kinds["no_verb_after"]:
            return True
        if rules.gerund_ending and words[at].endswith(rules.gerund_ending) and before in kinds["present"]:
            return True
    return False


def _judges(scene: Scene, rules: Rules) -> bool:
    """Say whether the sentence is a verdict or a forecast of the writer's.

    One in a clause under the main one does not count ("a prize that would mark the end"), nor does one beside a clause that
    tells the news by itself ("… are likely to worsen the situation, as families flee the capital").
    """
    if _VERDICTS.isdisjoint(scene.marks):
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
