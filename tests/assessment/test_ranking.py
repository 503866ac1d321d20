"""Which claim heads a pane."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sitmon.assessment.ranking import ranked, reason
from sitmon.model.claim import Auxiliary, Certainty, Modality, RecordedClaim, ReportClass, RouteKind, SourceClass
from sitmon.model.situation import Limits
from tests.assessment.claims import claim

RUMOUR = {"modality": Modality.RUMOURED, "said": "some sources", "by": SourceClass.UNNAMED_SOURCES}


def order(*claims: RecordedClaim, pinned: int | None = None) -> list[RecordedClaim]:
    return [one.recorded for one in ranked(claims, "town", pinned, Limits())]


@pytest.mark.parametrize(
    ("head", "below"),
    [
        pytest.param(
            claim(minutes=20), claim(minutes=0, tier=2, event="civil_condition"), id="a vacuous newer line evicts nothing"
        ),
        pytest.param(claim(minutes=0, tier=2), claim(minutes=60 * 8), id="every line yields to newer ones in time"),
        pytest.param(claim(minutes=90, tier=1), claim(route=RouteKind.SECONDARY), id="what is about the region goes first"),
        pytest.param(claim(), claim(certainty=Certainty.POSSIBLE), id="certain before possible"),
        pytest.param(claim(said="the army"), claim(), id="a party that answers for it before the outlet's own voice"),
        pytest.param(claim(), claim(said="reports", by=SourceClass.UNNAMED_REPORTS), id="the outlet before unnamed reports"),
        pytest.param(claim(place="Bridge"), claim(), id="a named place before none"),
        pytest.param(claim(event="control_change"), claim(event="strike"), id="control before a strike"),
        pytest.param(claim(event="strike"), claim(event="clash"), id="a strike before a clash"),
        pytest.param(
            claim(minutes=1, event="control_change"), claim(event="advance"), id="content decides between near-equal stamps"
        ),
        pytest.param(claim(position=2), claim(position=5), id="of two equal lines the earlier sentence"),
    ],
)
def test_the_first_goes_before_the_second_whatever_order_they_come_in(head: RecordedClaim, below: RecordedClaim) -> None:
    assert order(head, below) == [head, below]
    assert order(below, head) == [head, below]


@pytest.mark.parametrize(
    "unfit",
    [
        claim(kind=ReportClass.COMMENTARY),
        claim(kind=ReportClass.QUESTION),
        claim(kind=ReportClass.TITLE),
        claim(auxiliary=Auxiliary.HYPOTHETICAL),
        claim(auxiliary=Auxiliary.HISTORICAL),
        claim(auxiliary=Auxiliary.FUTURE),
        claim(region="coast"),
        claim(region=None),
    ],
)
def test_what_is_no_claim_of_the_present_about_the_region_is_no_candidate(unfit: RecordedClaim) -> None:
    assert order(unfit) == []


def test_a_forecast_is_a_candidate_only_if_somebody_judges_it_so() -> None:
    assert order(claim(auxiliary=Auxiliary.FUTURE, modality=Modality.ASSESSED, said="officials"))


@pytest.mark.parametrize(("minutes", "heads"), [(5 * 60, "firm"), (7 * 60, "rumour")])
def test_a_rumour_heads_a_pane_only_if_nothing_firmer_lies_within_six_hours_before_it(minutes: int, heads: str) -> None:
    rumour, firm = claim(event="control_change", **RUMOUR), claim(minutes=minutes, tier=1, event="diplomatic")  # type: ignore[arg-type]
    assert order(rumour, firm)[0] is {"firm": firm, "rumour": rumour}[heads]


HEADLINE = "Old bridge falls"


@pytest.mark.parametrize(
    ("headline", "sentence", "heads"),
    [
        pytest.param({"said": "the army"}, {"article": "a"}, "sentence", id="the sentence below says who and how surely"),
        pytest.param(
            {}, {"article": "a", "modality": Modality.RUMOURED}, "sentence", id="a headline makes no fact of a rumour"
        ),
        pytest.param({}, {"article": "a", "tier": 2}, "headline", id="only the headline tells it"),
        pytest.param({}, {"article": "a", "route": RouteKind.SECONDARY}, "headline", id="only the headline says where"),
        pytest.param({"said": "the army"}, {"article": "b"}, "headline", id="another article is no sentence below it"),
    ],
)
def test_a_headline_is_a_line_only_if_no_sentence_below_it_says_as_much(
    headline: dict[str, Any], sentence: dict[str, Any], heads: str
) -> None:
    above, below = titled(claim(HEADLINE, article="a", **headline)), titled(claim(**sentence))
    ordered = order(above, below)
    assert ordered[0] is {"headline": above, "sentence": below}[heads]
    assert (above in ordered) is (heads == "headline")


def titled(recorded: RecordedClaim) -> RecordedClaim:
    """Put a claim's article under the headline."""
    return replace(recorded, article=replace(recorded.article, title=HEADLINE))


def test_a_pinned_claim_heads_its_pane_until_it_is_unpinned() -> None:
    old, new = claim(minutes=600, tier=1), claim()
    assert order(old, new, pinned=old.id)[0] is old
    assert order(old, new)[0] is new


def test_every_line_says_in_words_why_it_stands_where_it_does() -> None:
    head = claim(minutes=0, tier=3, event="displacement")
    below = claim(minutes=150, place="Bridge", said="the army")
    ordered = ranked([head, below], "town", None, Limits())
    reasons = {one.recorded.id: " | ".join(reason(one, head.report_time)) for one in ordered}
    assert "weight 5 of 5: fighting, 2 h behind the newest, counts as 4" in reasons[below.id]
    assert "said by a party to the conflict" in reasons[below.id]
    assert "it names its place: Bridge" in reasons[below.id]
    assert "it belongs here: names Town" in reasons[head.id]
