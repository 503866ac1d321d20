"""Routing: which regions a statement belongs to, and the reason, rung by rung of one ladder.

    explicit ► speaker ► definite ► same sentence ► heading ► beside ► previous ► destination ► title ► denial ► unrouted

The first rung that holds decides; what else the statement names becomes secondary. Rungs and their order: docs, "How an
article is read".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sitmon.extraction.antecedents import Location, Places, Topics
from sitmon.extraction.gazetteer import Gazetteer
from sitmon.extraction.names import Mention, NameKind
from sitmon.extraction.passage import Passage
from sitmon.extraction.pointing import Pointing
from sitmon.extraction.roles import Role
from sitmon.extraction.speaking import LocatedSentence, Speaking, first_name, overlaps, primary_route
from sitmon.extraction.statement import Sentence, Statement
from sitmon.model.claim import Modality, Proposition, ReportClass, Route, RouteKind
from sitmon.model.situation import Situation

# Statements of a paragraph that "he" may look back on.
_REMEMBERED = 8
# Claims of the article that a denial may deny.
_DENIABLE = 40


@dataclass(frozen=True, slots=True)
class Routed:
    """Where a statement belongs.

    Attributes:
        regions: Primary first; empty if it is unrouted.
        place: The most specific place named in it, or None.
    """

    regions: tuple[Route, ...] = ()
    place: str | None = None


@dataclass(slots=True)
class Discourse:
    """What routing remembers of an article, from sentence to sentence."""

    topics: Topics = field(default_factory=Topics)
    heading: tuple[Route, ...] = ()
    title: tuple[Route, ...] = ()
    previous: tuple[Route, ...] = ()
    tied: bool = False
    statements: tuple[Statement, ...] = ()
    told: list[tuple[Statement, tuple[Route, ...]]] = field(default_factory=list)


class Router:
    """Routes the statements of one situation's articles."""

    def __init__(self, situation: Situation, gazetteer: Gazetteer) -> None:
        """Know the regions of `situation`; `gazetteer` finds names in what an attribution was resolved to."""
        self._places = Places(situation)
        self._speaking = Speaking(gazetteer)

    def enter(self, sentence: Sentence, passage: Passage, discourse: Discourse) -> LocatedSentence:
        """Take in a sentence before its statements are routed."""
        if sentence.paragraph != discourse.topics.paragraph:
            discourse.previous, discourse.statements = (), ()
        discourse.topics.enter(sentence)
        places = self._places.places_in(passage, sentence.language, discourse.topics)
        names = tuple(passage.names.values())
        own = any(_is_tie(name) for name in names) or any(place.pointing is Pointing.CAPITAL for place in places)
        foreign = any(name.name.kind is NameKind.FOREIGN for name in names)
        scene = LocatedSentence(sentence, passage, places, names, own or (discourse.tied and not foreign), foreign and not own)
        discourse.tied = discourse.tied or own
        return scene

    def leave(self, scene: LocatedSentence, routed: Iterable[tuple[Statement, Routed]], discourse: Discourse) -> None:
        """Remember a sentence after its statements are routed."""
        topics, sentence = discourse.topics, scene.sentence
        topics.keep(sentence, scene.places)
        if sentence.block.kind is ReportClass.HEADING:
            discourse.heading = tuple(
                primary_route("heading", sentence.block.section or sentence.text, self._own_region(scene))
            )
            return
        told = [
            (statement, tuple(route for route in where.regions if route.kind is RouteKind.PRIMARY))
            for statement, where in routed
        ]
        first = next((routes for _, routes in told if routes), ())
        if sentence.block.kind is ReportClass.TITLE:
            discourse.title = tuple(_again("title", first))
            return
        discourse.statements = (*discourse.statements, *(statement for statement, _ in told))[-_REMEMBERED:]
        discourse.told = [*discourse.told, *((statement, routes) for statement, routes in told if routes)][-_DENIABLE:]
        discourse.previous = tuple(_again("previous", first))

    def route(self, statement: Statement, scene: LocatedSentence, discourse: Discourse) -> Routed:
        """Decide where a statement belongs."""
        said = statement.attribution
        inside = [
            place
            for place in scene.places
            if statement.start <= place.start and place.end <= statement.end and not (said and overlaps(place, said))
        ]
        aside = [place for place in inside if any(first <= place.start < last for first, last in statement.secondary)]
        main = [place for place in inside if place not in aside]
        place = max((one for one in main if one.place and one.role <= Role.NEAR), key=lambda one: one.specificity, default=None)
        beside = [one for one in inside if one not in main or one.role in (Role.BESIDE, Role.DESTINATION)]
        primary = self._climb(statement, scene, discourse, main, aside)
        taken = {route.region for route in primary}
        secondary = [
            Route(one.region, RouteKind.SECONDARY, f"{one.reason} ({'beside' if one in aside else one.role.name.lower()})")
            for one in beside
            if one.region and one.role is not Role.NONE
        ]
        others = {route.region: route for route in reversed(secondary) if route.region not in taken}
        return Routed((*primary, *others.values()), place.place if place else None)

    def _climb(
        self,
        statement: Statement,
        scene: LocatedSentence,
        discourse: Discourse,
        main: Sequence[Location],
        aside: Sequence[Location],
    ) -> tuple[Route, ...]:
        """Go down the ladder to the first rung that holds."""
        named = [one for one in main if one.role is Role.SCENE and (one.place or one.pointing is Pointing.CAPITAL)]
        near = [one for one in main if one.role is Role.NEAR and (one.place or one.pointing is Pointing.CAPITAL)]
        compass = [one for one in main if one.pointing is Pointing.COMPASS and one.role is Role.SCENE]
        for places in (named, compass, near):
            if places:
                return tuple(_routes(places))
        speaker = self._speaking.routes(statement, scene, main)
        if speaker:
            return speaker
        if scene.is_foreign or any(one.pointing is Pointing.EVERYWHERE for one in main):
            return ()
        definite = [one for one in main if one.pointing is Pointing.DEFINITE and one.role <= Role.BESIDE]
        told = statement.event is not None
        rungs: tuple[Sequence[Route], ...] = (
            list(_routes(definite[:1])),
            list(_again("explicit", _routes(self._elsewhere(statement, scene)), " (same sentence)")),
            discourse.heading,
            list(_routes([one for one in (*aside, *main) if one.role <= Role.BESIDE])),
            discourse.previous if told else (),
            list(_routes([one for one in (*main, *aside) if one.role is Role.DESTINATION])),
            discourse.title if told and not discourse.topics.under_heading else (),
            self._denied(statement, discourse),
        )
        return tuple(next((rung for rung in rungs if rung), ()))

    def _elsewhere(self, statement: Statement, scene: LocatedSentence) -> list[Location]:
        """Give the scenes that the sentence names outside a statement and outside whom it quotes."""
        said = statement.attribution
        return [
            place
            for place in scene.places
            if place.role is Role.SCENE
            and (place.place or place.pointing is Pointing.CAPITAL)
            and not (statement.start <= place.start < statement.end)
            and not (said and overlaps(place, said))
        ]

    def _denied(self, statement: Statement, discourse: Discourse) -> Sequence[Route]:
        """Find the claim that a denial without a place denies."""
        if statement.modality is not Modality.DENIED:
            return ()
        told = discourse.told[::-1]
        about = [routes for earlier, routes in told if _same_subject(earlier.proposition, statement.proposition)]
        like = [routes for earlier, routes in told if earlier.event == statement.event]
        return tuple(_again("denial", next(iter((*about, *like)), ())))

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


def _is_tie(mention: Mention) -> bool:
    """Tell whether a name ties a sentence to the situation: a place, a party or the country, but no foreign actor."""
    name = mention.name
    return not name.foreign and name.kind in (NameKind.PLACE, NameKind.ACTOR, NameKind.PARTY, NameKind.COUNTRY)


def _same_subject(one: Proposition | None, other: Proposition | None) -> bool:
    return one is not None and other is not None and (one.family, one.subject) == (other.family, other.subject)


def _routes(places: Iterable[Location]) -> Iterator[Route]:
    """Make a primary route of each region, with its first place as the reason."""
    seen: set[str] = set()
    for place in places:
        if place.region and place.region not in seen:
            seen.add(place.region)
            yield Route(place.region, RouteKind.PRIMARY, place.reason)


def _again(rung: str, routes: Iterable[Route], remark: str = "") -> Iterator[Route]:
    """Pass routes on from an earlier claim, keeping what decided there."""
    for route in routes:
        decided = route.reason.split(": ", 1)[-1]
        yield Route(route.region, route.kind, f"{rung}: {decided}{remark}")
