"""Antecedents: the places of each sentence, named or pointed at, and what the article has been about so far.

"The city" is the place the text is about — its heading's, else the first place something happened in — not merely the last
one named (design: topic-first). Used by routing.py, sentence after sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sitmon.extraction.places.compass import Compass
from sitmon.extraction.places.incidents import Incidents
from sitmon.extraction.places.names import Mention, NameKind
from sitmon.extraction.places.passage import Passage
from sitmon.extraction.places.pointing import Pointer, Pointing, follows_all_of, opposite_of, pointers_in
from sitmon.extraction.places.roles import Role, is_joined, role_of
from sitmon.extraction.statement import Sentence
from sitmon.model.claim import ReportClass
from sitmon.model.noun import dataclass as noun
from sitmon.model.situation import Situation
from sitmon.text.fold import fold

# How far back a paragraph's topic reaches, in places; how it fades with each sentence; and what a place is worth that is
# not the first of its sentence.
_RECENT_SCENES = 24
_FADING = 0.7
_SECOND = 0.6
_FIRST = 1.0
# Roles that a place shares with its partner: "the future of P and Q".
_PASSED_ON = (Role.BESIDE, Role.DESTINATION)
# The more specific, the later: a claim's place is its most specific one.
_LEVELS = ("", "admin1", "district", "front", "waterway", "locality", "neighbourhood", "crossing", "airbase", "site")
_SPECIFICITY = defaultdict(int, {level: number for number, level in enumerate(_LEVELS)})


@noun(frozen=True, slots=True)
class Location:
    """A place in a sentence. Offsets count code points into the article's text.

    Attributes:
        region: Id of its region, None if no configured region covers it.
        place: Its gazetteer name, None if it is only pointed at.
        pointing: How it is pointed at, None if it is named.
        written: As the text has it.
        role: What the words around it make of it.
        meant: Gazetteer name of what it points at, where that is not `place`.
        variant: It was known by its sound only.
        why: What makes its role, in words for a person.
    """

    start: int
    end: int
    region: str | None
    place: str | None
    levels: frozenset[str]
    pointing: Pointing | None
    written: str
    role: Role
    meant: str | None = None
    variant: bool = False
    why: str = ""

    @property
    def reason(self) -> str:
        """Words a person can check, beginning with the rung of the ladder."""
        rung = "definite" if self.pointing in (Pointing.DEFINITE, Pointing.CAPITAL) else "explicit"
        named = self.meant or self.place
        same = named is None or named.casefold() == self.written.casefold()
        return f"{rung}: {self.written}{'' if same else f' = {named}'}{' (variant)' if self.variant else ''}"

    @property
    def specificity(self) -> int:
        """How closely it tells the place."""
        return max(map(_SPECIFICITY.__getitem__, self.levels), default=0)


@dataclass(slots=True)
class Topics:
    """What the article has been about so far.

    Attributes:
        title, heading: Their places, in order; of the heading only while its section lasts.
        heading_region: The section's region where the heading names no place but an actor.
        under_heading: A heading has been read, with a place or without.
        paragraph: Ordinal of the block being read.
        in_paragraph, in_section: Scenes so far.
        read: Sentences read so far.
        dated: When the article was published, None if it does not say.
    """

    title: list[Location] = field(default_factory=list)
    heading: list[Location] = field(default_factory=list)
    under_heading: bool = False
    paragraph: int = -1
    in_paragraph: list[tuple[int, int, Location]] = field(default_factory=list)
    in_section: list[Location] = field(default_factory=list)
    read: int = 0
    dated: datetime | None = None

    def enter(self, sentence: Sentence) -> None:
        """Begin the paragraph of a sentence, and the section if it is a heading."""
        self.read += 1
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.in_paragraph = sentence.paragraph, []
        if sentence.block.kind is ReportClass.HEADING:
            self.heading, self.in_section, self.under_heading = [], [], True

    def keep(self, sentence: Sentence, scenes: Iterable[Location]) -> None:
        """Remember where a sentence has been."""
        known = [scene for scene in scenes if scene.place and scene.role in (Role.SCENE, Role.NEAR)]
        if sentence.block.kind is ReportClass.TITLE:
            self.title += known
        elif sentence.block.kind is ReportClass.HEADING:
            self.heading += known
        else:
            self.in_paragraph += [(self.read, rank, scene) for rank, scene in enumerate(known)]
            self.in_section += known

    def antecedent(self, levels: frozenset[str], here: Sequence[Location]) -> Location | None:
        """Find what "the city" stands for.

        Args:
            levels: What it may be; empty is any place.
            here: Named scenes before it in the same sentence.
        """
        title = () if self.under_heading else self.title
        for candidates in (here, self.heading, self._topic(levels), title, self.in_section):
            for candidate in candidates:
                if not levels or levels & candidate.levels:
                    return candidate
        return None

    def _topic(self, levels: frozenset[str]) -> list[Location]:
        """Give the place that the paragraph is most about: named often, lately, and first in its sentence."""
        fitting = [one for one in self.in_paragraph[-_RECENT_SCENES:] if not levels or levels & one[2].levels]
        weights: defaultdict[str | None, float] = defaultdict(float)
        for at, rank, scene in fitting:
            weights[scene.place] += _FADING ** (self.read - at) * (1.0 if rank == 0 else _SECOND)
        first = next((scene for _, _, scene in self.in_paragraph if not levels or levels & scene.levels), None)
        if first:
            weights[first.place] += _FIRST
        return [max((first, *(scene for _, _, scene in fitting)), key=lambda scene: weights[scene.place])] if first else []


class Places:
    """Finds the places of a sentence for one situation."""

    def __init__(self, situation: Situation) -> None:
        """Know the regions, the capital and the compass of `situation`."""
        self._compass = Compass(situation)
        self._incidents = Incidents(situation)
        self._capital = situation.capital
        titles = {region.id: region.title for region in situation.regions}
        self._seat = titles.get(situation.capital or "", situation.capital or "")
        seat = fold(self._seat)
        self._seats = frozenset(place.name for place in situation.gazetteer if fold(place.name) == seat)

    def places_in(self, passage: Passage, language: str, topics: Topics) -> list[Location]:
        """Give the places of a sentence in order; words that point at nothing known are left out."""
        found: list[Location] = []
        names = passage.names.values()
        named = [self._named(passage, mention, language) for mention in names if _is_place(mention)] if names else []
        items: list[Location | Pointer] = [*named, *pointers_in(passage, language)]
        if names:
            items += _all_of_country(passage, language)
        if len(items) > 1:
            items.sort(key=lambda item: (item.start, -item.end))
        covered = -1  # where the furthest named place ends; none begins behind the next one
        for item in items:
            location = item if isinstance(item, Location) else self._pointed(passage, item, language, topics, found)
            if location and found and found[-1].role in _PASSED_ON and location.role <= Role.NEAR:
                location = _as_the_one_before(location, found[-1], passage, language)
            if location and location.end > covered:
                found.append(location)
                if location.place and location.end > covered:
                    covered = location.end
        return found if named else [*found, *self._of_incidents(passage, topics)]

    def _named(self, passage: Passage, mention: Mention, language: str) -> Location:
        is_seat = mention.name.name in self._seats and mention.name.region == self._capital
        judged = role_of(passage, mention.first, mention.last, language, is_seat)
        return Location(
            mention.start,
            mention.end,
            mention.name.region,
            mention.name.name,
            mention.levels,
            None,
            passage.text[mention.start : mention.end],
            judged.role,
            variant=mention.variant,
            why=judged.why,
        )

    def _of_incidents(self, passage: Passage, topics: Topics) -> Iterator[Location]:
        """Give the place of an incident that a sentence speaks of without naming a place: it is beside what is said."""
        incident = self._incidents.meant_in(passage, topics.dated)
        if incident:
            place, start, end = incident
            written = passage.text[start:end]
            why = "an incident known by its day"
            yield Location(start, end, place.region, place.name, frozenset({place.level}), None, written, Role.BESIDE, why=why)

    def _pointed(
        self, passage: Passage, pointer: Pointer, language: str, topics: Topics, before: Sequence[Location]
    ) -> Location | None:
        role, why = role_of(passage, pointer.first, pointer.last, language, False)
        written = passage.text[pointer.start : pointer.end]
        how = (pointer.levels, pointer.pointing, written, role)
        location = Location(pointer.start, pointer.end, None, None, *how, why=why)
        if pointer.pointing is Pointing.CAPITAL:
            return replace(location, region=self._capital, meant=self._seat, levels=frozenset({"locality"}))
        if pointer.pointing in (Pointing.COMPASS, Pointing.BEARING):
            halved = pointer.pointing is Pointing.COMPASS and before and _is_half(passage, pointer, language)
            return None if halved else replace(location, region=self._compass.region(pointer.direction))
        if pointer.pointing is Pointing.DEFINITE:
            here = [scene for scene in before if scene.place and scene.role in (Role.SCENE, Role.NEAR)]
            meant = topics.antecedent(pointer.levels, here)
            # "There" is as good as "the base" where the sentence itself says which.
            levels = location.levels or (meant.levels if meant in here else frozenset())
            return meant and replace(location, region=meant.region, meant=meant.place, levels=levels)
        return location


def _is_half(passage: Passage, pointer: Pointer, language: str) -> bool:
    """Tell whether the other half is named too: "Aleppo has been split between rebels in the east and the army in the west"."""
    other = opposite_of(pointer.direction, language)
    keys = passage.words.keys
    return any(key in other for key in (*keys[passage.first : pointer.first], *keys[pointer.last : passage.last]))


def _as_the_one_before(place: Location, before: Location, passage: Passage, language: str) -> Location:
    """Let a place share the role of its partner: "the future of the base and the port", "toward P, southeast of Q"."""
    between = passage.text[before.end : place.start].casefold().split()
    if place.role is Role.SCENE:
        return replace(place, role=before.role, why=before.why) if is_joined(between, language) else place
    refers = before.role is Role.DESTINATION and between[:1] == [","]
    return replace(place, role=Role.NONE, why=f"a point of reference of {before.written}") if refers else place


def _is_place(mention: Mention) -> bool:
    return mention.name.kind is NameKind.PLACE


def _all_of_country(passage: Passage, language: str) -> Iterator[Pointer]:
    """Read "across Syria": the claim is about all of the country."""
    for mention in passage.names.values():
        if mention.name.kind is NameKind.COUNTRY and follows_all_of(passage, mention.first, language):
            yield Pointer(mention.start, mention.end, mention.first, mention.last, Pointing.EVERYWHERE)
