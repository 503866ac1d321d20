"""Routing: which regions a statement belongs to, and the reason, rung by rung of one ladder.

    explicit ► definite ► speaker ► same sentence ► heading ► beside ► previous ► destination ► title ► denial ► lead ► unrouted

The first rung that holds decides; what else the statement names becomes secondary. Rungs and their order: docs, "How an
article is read".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sitmon.extraction.places.antecedents import Location, Places, Topics
from sitmon.extraction.places.denials import Told, routes_of_denied
from sitmon.extraction.places.gazetteer import Gazetteer
from sitmon.extraction.places.names import Mention, NameKind
from sitmon.extraction.places.passage import Passage
from sitmon.extraction.places.pointing import Pointing
from sitmon.extraction.places.roles import Role
from sitmon.extraction.places.routes import Inside, is_located, passed_on, primary_of, routes_at, secondary_of
from sitmon.extraction.places.speaking import LocatedSentence, Speaking, first_name, overlaps, primary_route
from sitmon.extraction.statement import Sentence, Statement
from sitmon.model.claim import Attribution, Auxiliary, Modality, ReportClass, Route
from sitmon.model.noun import dataclass as noun
from sitmon.model.situation import Situation

# How places are told: by name (a name has no pointing), or in words that are as good as one; and by a direction only.
_NAMED = (None, Pointing.CAPITAL, Pointing.COMPASS)
_BEARING = (Pointing.BEARING,)
_EXPLICIT = (
    ("a place in its own clause", _NAMED, Role.SCENE),
    ("a direction in its own clause", _BEARING, Role.SCENE),
    ("a place near by", _NAMED, Role.NEAR),
)
_SAME = " (same sentence)"
# Claims of the article that a denial may deny.
_DENIABLE = 40


@noun(frozen=True, slots=True)
class Routed:
    """Where a statement belongs.

    Attributes:
        regions: Primary first; empty if it is unrouted.
        place: The most specific place named in it, or None.
        steps: The rungs of the ladder that were tried, in order.
        held: The last of them decided, be it that the statement belongs nowhere.
        is_open: It tells an event and no rung of the ladder held: the lead may still be placed by what follows (lead.py).
        spoken: Of an open statement: where who makes it belongs, if what follows ties it to the situation.
    """

    regions: tuple[Route, ...] = ()
    place: str | None = None
    is_open: bool = False
    steps: tuple[str, ...] = ()
    held: bool = False
    spoken: tuple[Route, ...] = ()


@dataclass(slots=True)
class Discourse:
    """What routing remembers of an article, from sentence to sentence."""

    topics: Topics = field(default_factory=Topics)
    heading: tuple[Route, ...] = ()
    title: tuple[Route, ...] = ()
    previous: tuple[Route, ...] = ()
    tied: bool = False
    told: list[Told] = field(default_factory=list)


_NOWHERE = Inside((), (), ())


class Router:
    """Routes the statements of one situation's articles."""

    def __init__(self, situation: Situation, gazetteer: Gazetteer) -> None:
        """Know the regions of `situation`; `gazetteer` finds names in what an attribution was resolved to."""
        self._places = Places(situation)
        self._speaking = Speaking(gazetteer)

    def enter(self, sentence: Sentence, passage: Passage, discourse: Discourse) -> LocatedSentence:
        """Take in a sentence before its statements are routed."""
        if sentence.paragraph != discourse.topics.paragraph:
            discourse.previous = ()
        discourse.topics.enter(sentence)
        places = self._places.places_in(passage, sentence.language, discourse.topics)
        names = tuple(passage.names.values())
        own = foreign = False
        for name in names:
            own = own or _is_tie(name)
            foreign = foreign or name.name.kind is NameKind.FOREIGN
        own = own or any(place.pointing is Pointing.CAPITAL for place in places)
        scene = LocatedSentence(sentence, passage, places, names, own or (discourse.tied and not foreign), foreign and not own)
        discourse.tied = discourse.tied or own
        return scene

    def leave(self, scene: LocatedSentence, routed: Sequence[tuple[Statement, Routed]], discourse: Discourse) -> None:
        """Remember a sentence after its statements are routed."""
        topics, sentence = discourse.topics, scene.sentence
        if scene.places:
            asides = [span for statement, _ in routed for span in (*statement.relative, *statement.secondary)]
            places = sorted(scene.places, key=lambda place: _is_within(place, asides)) if asides else scene.places
            topics.keep(sentence, places)
        if sentence.block.kind is ReportClass.HEADING:
            discourse.heading = tuple(
                primary_route("heading", sentence.block.section or sentence.text, self._own_region(scene))
            )
            return
        told = [(statement, primary_of(where.regions)) for statement, where in routed]
        located = [routes for _, routes in told if routes and is_located(routes)]
        first = located[0] if located else ()
        if sentence.block.kind is ReportClass.TITLE:
            discourse.title = passed_on("title", first) or ()
            return
        known = [Told(statement, routes, scene) for statement, routes in told if routes]
        if known:
            discourse.told = [*discourse.told, *known][-_DENIABLE:]
        if first or not known:
            discourse.previous = passed_on("previous", first) or ()

    def route(
        self, statement: Statement, scene: LocatedSentence, discourse: Discourse, together: Sequence[Statement] = ()
    ) -> Routed:
        """Decide where a statement belongs.

        Args:
            statement: The statement.
            scene: Its sentence, as taken in.
            discourse: What the article has been about.
            together: All statements of the sentence.
        """
        inside = _inside(statement, scene)
        held, steps = None, []
        for rung, routes in self._rungs(statement, scene, discourse, inside, together):
            steps.append(rung)
            if routes is not None:
                held = routes
                break
        primary = tuple(held or ())
        is_open = held is None and _is_news(statement)
        spoken = self._speaking.routes(statement, scene.tied(), inside.main) if is_open else ()
        if inside is _NOWHERE:
            return Routed(primary, None, is_open, tuple(steps), held is not None, spoken)
        named = [place for place in inside.main or inside.relative if place.place and place.role <= Role.NEAR]
        place = named[0] if len(named) == 1 else max(named, key=lambda one: one.specificity, default=None)
        regions = (*primary, *secondary_of(inside, {route.region for route in primary}))
        return Routed(regions, place.place if place else None, is_open, tuple(steps), held is not None, spoken)

    def _rungs(
        self, statement: Statement, scene: LocatedSentence, discourse: Discourse, inside: Inside, together: Sequence[Statement]
    ) -> Iterator[tuple[str, Iterable[Route] | None]]:
        """Go down the ladder: each rung gives its routes, None where it does not hold, () where it routes nowhere."""
        main, aside, said = inside.main, inside.aside, statement.attribution
        for rung, kinds, role in _EXPLICIT:
            yield rung, routes_at([place for place in main if place.role is role and place.pointing in kinds] if main else main)
        within = [place for place in inside.relative if place.role <= Role.NEAR] if inside.relative else ()
        named = [place for place in within if place.pointing in _NAMED] if within else ()
        yield "a place in a relative clause", routes_at(named or within)
        scenes: Sequence[Location] = ()
        if said and len(together) > 1 and scene.places:
            sayings = [other for other in together if other.attribution == said and other is not statement]
            scenes = _scenes(scene, said, sayings)
        yield "a place in what its source says beside it", passed_on("explicit", routes_at(scenes), _SAME)
        pointed = [place for place in main if place.pointing is Pointing.DEFINITE and place.role <= Role.BESIDE] if main else ()
        yield (
            "a place of a kind pointed at (the city)",
            routes_at([place for place in pointed if place.levels][:1] if pointed else ()),
        )
        yield "who speaks, or the foreign actor it is about", self._speaking.routes(statement, scene, main) or None
        nowhere = scene.is_foreign or (main and any(place.pointing is Pointing.EVERYWHERE for place in main))
        yield "another country, or all of this one: nowhere", () if nowhere else None
        yield "a place pointed at (there)", routes_at(pointed[:1])
        scenes = _scenes(scene, said, [scene.sentence], statement) if scene.places else ()
        yield "a place elsewhere in the sentence", passed_on("explicit", routes_at(scenes), _SAME)
        yield "the heading", discourse.heading or None
        beside = (*aside, *main)
        yield "a place beside", routes_at([place for place in beside if place.role <= Role.BESIDE] if beside else ())
        told = _is_news(statement)
        yield "the sentence before", discourse.previous if told and discourse.previous else None
        destinations = [place for place in (*main, *aside) if place.role is Role.DESTINATION] if beside else ()
        yield "a destination", routes_at(destinations)
        titled = told and discourse.title and not discourse.topics.under_heading
        yield "the title", discourse.title if titled else None
        denied = routes_of_denied(statement, scene, discourse.told) if statement.modality is Modality.DENIED else None
        yield "the claim it denies", passed_on("denial", denied)

    def _own_region(self, scene: LocatedSentence) -> str | None:
        """Give the region of a title or heading: of its first place, else of the foreign actor it names first."""
        scenes = [
            place for place in scene.places if place.role <= Role.DESTINATION and place.pointing is not Pointing.EVERYWHERE
        ]
        if scenes:
            return min(scenes, key=lambda place: place.role).region
        actor = first_name(scene, scene.names)
        return (
            actor.name.region
            if actor and actor.name.kind is NameKind.ACTOR and (scene.is_tied or not actor.name.foreign)
            else None
        )


def _is_news(statement: Statement) -> bool:
    """Tell whether a statement tells an event of now, which may inherit its place."""
    return statement.event is not None and statement.auxiliary is not Auxiliary.HISTORICAL


def _is_tie(mention: Mention) -> bool:
    """Tell whether a name ties a sentence to the situation: a place, a party or the country, but no foreign actor."""
    name = mention.name
    return not name.foreign and name.kind in (NameKind.PLACE, NameKind.ACTOR, NameKind.PARTY, NameKind.COUNTRY)


def _inside(statement: Statement, scene: LocatedSentence) -> Inside:
    """Part the places of a statement into those of its main clause and those beside it; whom it quotes is no part of it."""
    if not scene.places:
        return _NOWHERE
    said = statement.attribution
    places = [
        place
        for place in scene.places
        if statement.start <= place.start and place.end <= statement.end and not (said and overlaps(place, said))
    ]
    if not (statement.secondary or statement.relative):
        return Inside(places, (), ())
    aside = [place for place in places if _is_within(place, statement.secondary)]
    own = [place for place in places if place not in aside]
    relative = [place for place in own if _is_within(place, statement.relative)]
    return Inside([place for place in own if place not in relative], aside, relative)


def _is_within(place: Location, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= place.start < last for first, last in spans)


def _scenes(
    scene: LocatedSentence, said: Attribution | None, spans: Sequence[Statement | Sentence], without: Statement | None = None
) -> list[Location]:
    """Give the scenes that a sentence names in some spans, outside one statement and outside whom it quotes."""
    return [
        place
        for place in scene.places
        if place.role is Role.SCENE
        and (place.pointing in _NAMED or _is_meant_before(place, without))
        and any(span.start <= place.start < span.end for span in spans)
        and not (without and without.start <= place.start < without.end)
        and not (said and overlaps(place, said))
    ]


def _is_meant_before(place: Location, statement: Statement | None) -> bool:
    """Tell whether a place is one pointed at before a statement: "the city was quiet; however, a nurse described …"."""
    before = statement is not None and place.end <= statement.start
    return before and place.pointing is Pointing.DEFINITE and bool(place.levels)
