"""The board as a pure function of claims and a clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sitmon.assessment.board import assess
from sitmon.assessment.corroboration import Events, grade
from sitmon.assessment.origins import Provenance, origins_of
from sitmon.model.article import TimeBasis
from sitmon.model.board import Freshness, RegionStatus, Why
from sitmon.model.claim import Modality, Polarity, RecordedClaim, SourceClass
from sitmon.model.health import Health, SourceHealth
from sitmon.model.person import Attention
from sitmon.model.situation import Limits
from tests.assessment.claims import AT, SITUATION, claim

FINE = SourceHealth("folder:in", "folder", "in", Health.OK, last_success=AT)


def town(
    *claims: RecordedClaim, hours: float = 0, health: SourceHealth = FINE, attention: Attention | None = None
) -> RegionStatus:
    at = AT + timedelta(hours=hours)
    board = assess(claims, at, SITUATION, health=[health], attention=attention or Attention())
    return board.regions[0]


def test_a_region_nobody_reported_on_is_honestly_empty() -> None:
    status = town(claim(region="coast"))
    assert (status.status, status.recent, status.freshness) == (None, (), Freshness.STALE)


def test_what_was_first_seen_later_is_not_on_an_earlier_board() -> None:
    early, late = claim(minutes=60), claim(minutes=0)
    assert town(early, late, hours=-0.5) == town(early, hours=-0.5)


@pytest.mark.parametrize(
    ("hours", "basis", "state", "why"),
    [
        (5.9, TimeBasis.PUBLISHED, Freshness.CURRENT, None),
        (6.1, TimeBasis.PUBLISHED, Freshness.AGEING, Why.QUIET),
        (24.1, TimeBasis.PUBLISHED, Freshness.STALE, Why.QUIET),
        (24.1, TimeBasis.SEEN, Freshness.STALE, Why.UNDATED),
    ],
)
def test_a_status_ages_and_goes_stale_and_stays_on_its_pane(
    hours: float, basis: TimeBasis, state: Freshness, why: Why | None
) -> None:
    status = town(claim(basis=basis), hours=hours)
    assert (status.freshness, status.why, status.status is not None) == (state, why, True)


@pytest.mark.parametrize(("minutes", "why"), [(14, None), (16, Why.BLIND)])
def test_a_region_is_blind_once_every_source_has_failed_for_a_quarter_of_an_hour(minutes: int, why: Why | None) -> None:
    failing = SourceHealth("folder:in", "folder", "in", Health.FAILING, failing_since=AT - timedelta(minutes=minutes))
    assert town(claim(), health=failing).why is why


def test_a_corrected_sentence_is_replaced_and_stays_beside_the_new_one_as_superseded() -> None:
    old = claim("Ten people were hurt in the town.", article="a", version=1, latest=2, minutes=30)
    new = claim("Two people were hurt in the town.", article="a", version=2, latest=2)
    status = town(old, new)
    assert status.status
    assert status.status.recorded is new
    assert [(line.recorded, line.superseded) for line in status.recent] == [(old, True)]


def test_a_sentence_the_new_version_repeats_is_shown_once_and_not_as_superseded() -> None:
    first = claim(article="a", version=1, latest=2, minutes=30)
    again = claim(article="a", version=2, latest=2, minutes=30)
    status = town(first, again)
    assert status.status
    assert status.status.recorded is again
    assert status.recent == ()


def test_withdrawn_claims_leave_the_board() -> None:
    assert town(claim(article="a", withdrawn=True, latest=2)).status is None


def test_earlier_claims_stand_below_newest_first_each_sentence_once() -> None:
    head = claim("Rebels took the bridge in the town.", event="control_change", minutes=30)
    lines = [claim(f"Line {number} from the town.", tier=1, minutes=number) for number in (20, 10, 15)]
    status = town(head, *lines)
    assert [line.recorded.quote[5:7] for line in status.recent] == ["10", "15", "20"]


def test_what_outlets_copy_of_one_wire_is_one_line_and_new_once() -> None:
    head = claim("Rebels took the bridge in the town.", event="control_change")
    wire = claim("Ten people were hurt in the town.", outlet="Wire", minutes=40)
    copies = [claim(wire.quote, outlet=outlet, minutes=minutes) for outlet, minutes in (("Gamma", 30), ("Delta", 20))]
    status = town(head, wire, *copies)
    assert [(line.recorded, line.outlets, line.origins) for line in status.recent] == [(copies[1], 3, 1)]
    assert status.new == 2


def test_the_weight_that_is_told_is_the_weight_that_was_compared() -> None:
    """A headline changed three hours later is no line of its own, and the sentences below it count as three hours older."""
    headline = claim("Rebels take the bridge", minutes=0)
    headline = replace(headline, article=replace(headline.article, title=headline.quote))
    told = replace(claim("The rebels have taken the bridge.", minutes=180), article=headline.article)
    (status,) = filter(None, [town(headline, told).status])
    assert status.recorded == told
    assert "3 h behind the newest, counts as" in " | ".join(status.reason)


def test_new_is_what_came_after_the_persons_mark_and_never_the_baseline() -> None:
    back_catalogue, seen, fresh = claim("One.", baseline=True), claim("Two."), claim("Three.")
    status = town(back_catalogue, seen, fresh, attention=Attention(seen={"town": seen.id}))
    assert status.new == 1
    assert [line.is_new for line in (status.status, *status.recent) if line and line.recorded is fresh] == [True]


def test_activity_counts_the_claims_of_each_hour_oldest_first() -> None:
    status = town(claim(minutes=5), claim(minutes=10), claim(minutes=61), claim(minutes=60 * 25))
    assert status.activity[-2:] == (1, 2)
    assert sum(status.activity) == 3


SENTENCE = "Rebel fighters have taken the old bridge in the town after two hours of fighting"


@pytest.mark.parametrize(
    ("others", "outlets", "origins", "mark"),
    [
        pytest.param([], 1, 1, "~C3", id="one usually reliable outlet"),
        pytest.param([{"outlet": "Gamma"}], 2, 1, "~C3", id="a copy of the text is no second origin"),
        pytest.param(
            [{"outlet": "Gamma", "quote": "The old bridge in the town has fallen to rebel fighters, who took it by noon."}],
            2,
            2,
            "~C2",
            id="two outlets in their own words",
        ),
        pytest.param(
            [
                {
                    "outlet": "Beta Daily",
                    "quote": "The old bridge in the town has fallen to rebel fighters, who took it by noon.",
                },
                {
                    "outlet": "Beta Radio",
                    "quote": "In the town rebel fighters hold the old bridge since the army left its post there.",
                },
            ],
            3,
            2,
            "~C2",
            id="two outlets of one family are one origin",
        ),
        pytest.param(
            [
                {
                    "said": "some sources",
                    "by": SourceClass.UNNAMED_SOURCES,
                    "quote": "Rebel fighters took the old town bridge, sources say",
                }
            ],
            1,
            1,
            "~C3",
            id="the unnamed count nothing",
        ),
        pytest.param(
            [
                {
                    "polarity": Polarity.NEGATIVE,
                    "outlet": "Gamma",
                    "quote": "Rebel fighters have not taken the old bridge in the town",
                }
            ],
            1,
            1,
            "~C3",
            id="who says the opposite does not corroborate",
        ),
        pytest.param(
            [
                {
                    "modality": Modality.DENIED,
                    "outlet": "Gamma",
                    "quote": "Denied that rebel fighters have taken the old bridge in town",
                }
            ],
            1,
            1,
            "~C3",
            id="who denies it does not corroborate",
        ),
        pytest.param(
            [{"article": "x", "quote": "Rebel fighters now hold the old bridge in the town"}],
            1,
            1,
            "~C3",
            id="an article does not corroborate itself",
        ),
        pytest.param(
            [{"minutes": 49 * 60, "outlet": "Gamma", "quote": "Rebel fighters took the old bridge in the town"}],
            1,
            1,
            "~C3",
            id="old news is another event",
        ),
    ],
)
def test_outlets_and_origins_are_counted_apart(others: list[dict[str, object]], outlets: int, origins: int, mark: str) -> None:
    one = claim(f"{SENTENCE}.", event="control_change", article="x")
    rest = [claim(event="control_change", **{"quote": f"{SENTENCE}, it said.", **other}) for other in others]  # type: ignore[arg-type]
    group, provenance = Events([one, *rest], Limits()).corroborating(one), Provenance(SITUATION)
    assert grade(group, False, provenance) == (mark, outlets, origins)


def test_three_origins_one_outside_the_parties_are_confirmed_unless_contested() -> None:
    one = claim(f"{SENTENCE}.", event="control_change", said="rebel fighters")
    two = claim(
        "The old bridge in the town has fallen to rebel fighters, who took it by noon.", event="control_change", said="the army"
    )
    three = claim("In the town rebel fighters hold the old bridge, taken today.", event="control_change", outlet="Gamma")
    group = Events([one, two, three], Limits()).corroborating(one)
    provenance = Provenance(SITUATION)
    assert grade(group, False, provenance)[0] == "~C1"
    assert grade(group, True, provenance)[0] == "~C2"


@pytest.mark.parametrize("second", ["said on Sunday night", "were seen at noon", "told the wire today", "near the old mill"])
def test_a_text_made_of_two_others_is_a_copy_of_the_earlier(second: str) -> None:
    first = claim("The bridge has fallen", outlet="Alpha News", minutes=9)
    then = claim(second, outlet="Gamma", minutes=8)
    both = claim(f"{second} the bridge has fallen", outlet="Delta", minutes=7)
    origins = origins_of([both, then, first], Provenance(SITUATION))
    assert origins[both.id] == origins[first.id] != origins[then.id]
