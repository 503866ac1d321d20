"""A mere rewording of what already rang rings no second time; what is firmer, other, or again after the contrary does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sitmon.assessment.alarms import Arrival, raised
from sitmon.model.claim import Modality, RecordedClaim, Stance
from sitmon.model.situation import Limits
from tests.assessment.claims import AT, SITUATION, claim, of_one_sentence

TAKEN, HELD = ("control", "bridge", Stance.AGAINST), ("control", "bridge", Stance.FOR)


def capture(quote: str = "The rebels have taken the bridge.", **more: Any) -> RecordedClaim:
    return claim(quote, **{"event": "control_change", "about": TAKEN, "place": "Bridge", "minutes": 60, **more})


def rings(came: list[RecordedClaim], *before: RecordedClaim) -> list[str]:
    town = SITUATION.regions[0]
    arrival = Arrival(AT - timedelta(minutes=1), town, came, before, (*before, *came))
    return [alarm.recorded.quote for alarm in raised(arrival, Limits()) if alarm.recorded]


REWORDED = "Fighters seized the bridge, residents say."


@pytest.mark.parametrize(
    ("before", "after", "is_news"),
    [
        pytest.param({}, {}, False, id="the same in other words"),
        pytest.param({"modality": Modality.CONFIRMED}, {}, False, id="less firmly than before"),
        pytest.param({"modality": Modality.CLAIMED}, {"modality": Modality.CONFIRMED}, True, id="more firmly"),
        pytest.param({"modality": Modality.RUMOURED}, {}, True, id="no rumour any more"),
        pytest.param({}, {"place": "Other bridge"}, True, id="another place"),
        pytest.param({}, {"event": "clash"}, True, id="another kind of event"),
        pytest.param({}, {"about": HELD}, True, id="the contrary"),
        pytest.param({"about": None}, {"about": None}, True, id="an event that may happen twice"),
        pytest.param({"minutes": 72 * 60}, {}, True, id="long after"),
        pytest.param({"withdrawn": True}, {}, True, id="after its source withdrew it"),
        pytest.param({"region": "coast"}, {}, True, id="known of another region only"),
        pytest.param({"number": "10"}, {"number": "10"}, False, id="the same figure"),
        pytest.param({"number": "10"}, {"number": "14"}, True, id="another figure"),
        pytest.param({"modality": Modality.DENIED}, {}, True, id="what was only denied"),
    ],
)
def test_only_news_of_a_known_matter_rings(before: dict[str, Any], after: dict[str, Any], is_news: bool) -> None:
    came = capture(REWORDED, **{"minutes": 1, **after})
    assert rings([came], capture(**before)) == ([REWORDED] if is_news else [])


def test_what_was_taken_back_in_between_rings_again() -> None:
    back = capture("The army holds the bridge again.", about=HELD, minutes=30)
    assert rings([capture(REWORDED, minutes=1)], capture(), back) == [REWORDED]


def test_a_denial_in_between_makes_no_rewording_news() -> None:
    denial = capture("The army denies the loss.", about=HELD, minutes=30, modality=Modality.DENIED)
    assert rings([capture(REWORDED, minutes=1)], capture(), denial) == []


def test_two_outlets_that_report_one_capture_at_once_ring_once() -> None:
    assert len(rings([capture(minutes=1), capture(REWORDED, minutes=1)])) == 1


def test_what_the_sentence_says_besides_rings_only_with_a_matter_or_place_of_its_own() -> None:
    beside = claim(event="control_change", minutes=1)
    assert rings(of_one_sentence(capture(REWORDED, minutes=1), beside), capture()) == []
    further = claim(event="control_change", minutes=1, place="Mill")
    assert rings(of_one_sentence(capture(REWORDED, minutes=1), further), capture()) == [REWORDED]
