"""Speaking: the rung of the ladder on which a claim that names no place belongs to who makes it, or to whom it is about.

"U.S. officials suggested that the regime could fall" belongs to the region of U.S. officials, if the claim is tied to the
situation: news of other countries is kept and shows nowhere. Called by routing.py.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import cache, lru_cache

from sitmon.extraction.places.antecedents import Location
from sitmon.extraction.places.gazetteer import Gazetteer
from sitmon.extraction.places.names import Mention, NameKind
from sitmon.extraction.places.passage import Passage
from sitmon.extraction.places.pointing import Pointing
from sitmon.extraction.places.roles import Role, is_compound
from sitmon.extraction.statement import Sentence, Statement
from sitmon.extraction.words.lexicon import discourse_of
from sitmon.model.claim import Attribution, Route, RouteKind
from sitmon.model.noun import dataclass

# A foreign actor that does one of the weightiest things does it on the ground, not at home.
_GROUND_TIER = 5
_SUBJECT_WORDS = 6
_REMEMBERED = 256  # sources that pronouns stand for


@dataclass(frozen=True, slots=True)
class LocatedSentence:
    """One sentence with its places and names.

    Attributes:
        is_tied: It, or the article before it, names something of the situation.
        is_foreign: It names another country and nothing of the situation.
    """

    sentence: Sentence
    passage: Passage
    places: Sequence[Location]
    names: Sequence[Mention]
    is_tied: bool
    is_foreign: bool

    def tied(self) -> LocatedSentence:
        """Give the same sentence as if it named something of the situation."""
        return LocatedSentence(self.sentence, self.passage, self.places, self.names, True, self.is_foreign)


class Speaking:
    """Answers for one situation."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Find names in what an attribution was resolved to with `gazetteer`."""
        self._gazetteer = gazetteer
        self._resolved = lru_cache(maxsize=_REMEMBERED)(self._first_in)

    def routes(self, statement: Statement, scene: LocatedSentence, main: Sequence[Location]) -> tuple[Route, ...]:
        """Route a claim that names no place to who makes it, or to the foreign actor it is about."""
        said = statement.attribution
        if main and any(one.role is Role.DESTINATION and one.pointing is not Pointing.DEFINITE for one in main):
            return ()
        if said:
            inside = [name for name in scene.names if said.start <= name.start and name.end <= said.end]
            # "a Syrian officer in P": the country says less than the place
            inside = [name for name in inside if name.name.kind is not NameKind.COUNTRY] or inside
            speaking = first_name(scene, inside)
            if speaking is None and said.resolved:
                speaking = self._resolved(said.resolved, scene.sentence.language)
            words = said.resolved if said.resolved and not inside else said.text
            if speaking is None and said.via:
                speaking, words = (
                    self._resolved(said.via, scene.sentence.language),
                    said.via,
                )  # a magazine, citing officials of somewhere
            if speaking and self._may_speak(speaking, scene):
                return tuple(primary_route("speaker", words, speaking.name.region))
            if speaking:
                return ()
        return self._actor(statement, scene)

    def _first_in(self, text: str, language: str) -> Mention | None:
        compounds = discourse_of(language)["roles"].get("compounds", ())
        return next(
            (
                name
                for name in self._gazetteer.names_in(text).mentions
                if name.name.kind is not NameKind.MASK and not _is_tied_on(text[name.end :], compounds)
            ),
            None,
        )

    def _may_speak(self, speaking: Mention, scene: LocatedSentence) -> bool:
        if speaking.name.foreign:
            return scene.is_tied
        return all(place.role is Role.SCENE for place in scene.places if place.start == speaking.start)

    def _actor(self, statement: Statement, scene: LocatedSentence) -> tuple[Route, ...]:
        """Route a claim about a foreign actor alone, by its subject or by "in Moscow"."""
        if not scene.is_tied or statement.tier >= _GROUND_TIER:
            return ()
        rules = discourse_of(scene.sentence.language)["roles"]
        start = max([statement.start, *(last for first, last in statement.secondary if first <= statement.start + 1)])
        inside = [name for name in scene.names if start <= name.start < statement.end]
        if not inside:
            return ()
        starts = scene.passage.words.starts
        subject = first_name(scene, inside)
        if subject and subject.name.foreign and subject.name.kind is NameKind.ACTOR and not subject.name.fights:
            lead = sum(1 for index in range(scene.passage.first, subject.first) if starts[index] >= start)
            if lead <= _SUBJECT_WORDS:
                return tuple(primary_route("actor", scene.passage.text[subject.start : subject.end], subject.name.region))
        for name in inside:
            if name.name.foreign and scene.passage.key(name.first - 1) in rules["abroad_before"]:
                return tuple(primary_route("actor", scene.passage.text[name.start : name.end], name.name.region))
        return ()


def first_name(scene: LocatedSentence, names: Sequence[Mention]) -> Mention | None:
    """Give the first name that stands for itself: no mask, not "Britain-based", no capital that is a government."""
    if not names:
        return None
    language = scene.sentence.language
    elsewhere = {place.start for place in scene.places if place.role is Role.NONE}
    return next(
        (
            name
            for name in names
            if name.name.kind is not NameKind.MASK
            and name.start not in elsewhere
            and not is_compound(scene.passage, name.first, name.last, language)
            and not _is_seat(scene.passage, name.first, language)
        ),
        None,
    )


def _is_tied_on(behind: str, compounds: Container[str]) -> bool:
    """Tell whether a name is only part of a word: "the Britain-based group"."""
    return behind.startswith("-") and behind[1:].partition(" ")[0] in compounds


def _is_seat(passage: Passage, first: int, language: str) -> bool:
    """Tell whether a country is only where somebody has a seat: "the monitor, which is based in Britain"."""
    return (passage.key(first - 2), passage.key(first - 1)) in _seats(language)


@cache
def _seats(language: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in discourse_of(language)["roles"].get("seated", ()))


def overlaps(place: Location, said: Attribution) -> bool:
    """Tell whether a place stands in whom an attribution names."""
    return place.start < said.end and said.start < place.end


def primary_route(rung: str, words: str, region: str | None) -> Iterator[Route]:
    """Make the route of a rung, if it has a region."""
    if region:
        yield Route(region, RouteKind.PRIMARY, f"{rung}: {' '.join(words.split())}")
