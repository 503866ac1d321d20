"""Indicators: what matches, how one stands, and that only a person confirms one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sitmon.assessment.indicators import evaluate, matches, reached
from sitmon.model.claim import Auxiliary, Modality, Polarity, RouteKind
from sitmon.model.indicator import Indicator, Sighted, Standing
from sitmon.model.person import Answer, AnswerKind
from tests.assessment.claims import AT, SITUATION, claim

LOST = Indicator("Town lost", regions=("town",), events=("clash", "control_change"))
YES = AnswerKind.CONFIRMED


@pytest.mark.parametrize(
    ("given", "looked_for", "expected"),
    [
        ({}, {}, True),
        ({"region": "coast"}, {}, False),
        ({"route": RouteKind.SECONDARY}, {}, False),
        ({"event": "strike"}, {}, False),
        ({"event": None}, {}, False),
        ({"modality": Modality.RUMOURED}, {}, True),
        ({"modality": Modality.DENIED}, {}, False),
        ({"modality": Modality.DENIED}, {"modalities": (Modality.DENIED,)}, True),
        ({"modality": Modality.RUMOURED}, {"modalities": (Modality.REPORTED, Modality.CONFIRMED)}, False),
        ({"polarity": Polarity.NEGATIVE}, {}, False),
        ({"auxiliary": Auxiliary.HYPOTHETICAL}, {}, False),
        ({"auxiliary": Auxiliary.FUTURE}, {}, False),
        ({"place": "Old Town"}, {"places": ("old town",)}, True),
        ({"place": "Old Town"}, {"places": ("anywhere",), "place_names": ("Old Town",)}, True),
        ({"place": None}, {"places": ("Old Town",)}, False),
        ({"actor": "Rebel fighters"}, {"actors": ("the rebels",), "actor_names": ("the rebels", "rebel fighters")}, True),
        ({"actor": "two hundred rebel fighters"}, {"actor_names": ("rebel fighters",)}, True),
        ({"actor": "Gunmen"}, {"actors": ("the rebels",)}, False),
        ({"actor": None}, {"actors": ("the rebels",)}, False),
    ],
)
def test_every_field_that_is_given_must_hold(given: dict[str, Any], looked_for: dict[str, Any], expected: bool) -> None:
    assert matches(replace(LOST, **looked_for), claim(**given)) is expected


def one(
    *claims: Any, indicator: Indicator = LOST, contested: tuple[int, ...] = (), answers: tuple[Answer, ...] = ()
) -> Sighted:
    return evaluate([indicator], claims, AT, SITUATION, contested, answers)[0]


def test_it_is_not_seen_then_reported_with_its_first_and_latest_time_and_the_claim_behind_it() -> None:
    assert one(claim(event="strike")) == Sighted(LOST, Standing.NOT_SEEN)
    old, new = claim("The town was lost.", minutes=90), claim("The town is lost, they say.", minutes=10, outlet="Wire")
    seen = one(new, old)
    assert (seen.standing, seen.first, seen.latest, seen.claim) == (
        Standing.REPORTED,
        old.first_seen_at,
        new.report_time,
        new,
    )
    assert seen.origins == 2


def test_it_needs_as_many_origins_as_configured_and_copies_are_none() -> None:
    two = replace(LOST, origins=2)
    wire = claim("The town was lost on Sunday, the mayor said.", minutes=30, outlet="Wire")
    copy = claim("The town was lost on Sunday, the mayor said.", minutes=20, outlet="Beta")
    other = claim("Rebels hold all of the town now.", minutes=10, outlet="Alpha News")
    assert one(wire, copy, indicator=two).standing is Standing.NOT_SEEN
    seen = one(wire, copy, other, indicator=two)
    assert (seen.standing, seen.first) == (Standing.REPORTED, other.first_seen_at)


def test_what_is_contested_on_the_board_is_contested_here() -> None:
    held = claim()
    assert one(held, contested=(held.id,)).standing is Standing.CONTESTED


def test_words_of_the_contest_stand_behind_what_is_contested_not_a_later_report_of_the_kind() -> None:
    held, later = claim("The town is lost.", minutes=60), claim("The mill is lost, too.", minutes=5, outlet="Wire")
    seen = one(held, later, contested=(held.id,))
    assert (seen.claim, seen.latest) == (held, later.report_time)


def test_only_a_person_confirms_it_and_may_take_that_back() -> None:
    said = claim(modality=Modality.CONFIRMED)
    yes = Answer(LOST.id, YES, AT, "K.", "our own people saw it")
    assert one(said).standing is Standing.REPORTED
    assert (one(said, answers=(yes,)).standing, one(said, answers=(yes,)).answer) == (Standing.CONFIRMED, yes)
    assert one(said, answers=(yes, Answer(LOST.id, AnswerKind.REOPENED, AT))).standing is Standing.REPORTED
    assert one(said, answers=(replace(yes, at=AT + timedelta(seconds=1)),)).standing is Standing.REPORTED


def test_a_withdrawn_report_an_old_one_and_a_later_one_are_no_sight_of_it() -> None:
    gone, old = claim(withdrawn=True), claim(minutes=60 * 24 * 8)
    assert one(gone, old, claim(minutes=-5)).standing is Standing.NOT_SEEN


def test_an_article_is_no_second_origin_of_what_it_has_from_a_source() -> None:
    said = claim("The town was lost, the mayor said.", said="the mayor", article="a", position=1)
    own = replace(claim("Town lost", article="a"), article=said.article)
    two = replace(LOST, origins=2)
    assert one(own, said).origins == 1
    assert one(own, said, indicator=two).standing is Standing.NOT_SEEN
    assert one(own, said).claim == said
    assert [found.quote for _, found in reached(LOST, [own, said], SITUATION)] == [said.quote]


def test_the_words_behind_it_are_a_sentence_not_its_headline() -> None:
    sentence = claim("The town was lost at noon, residents said.", minutes=5, article="a")
    titled = replace(sentence, article=replace(sentence.article, title="Town lost"))
    headline = replace(titled, id=sentence.id + 9000, quote="Town lost")
    assert one(titled, headline).claim == titled
