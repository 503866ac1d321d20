"""How long a board takes to assess: 12 regions, 200 claims each, beside a plain sort of them: `python bench/board.py`."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sitmon.assessment.board import assess
from sitmon.model.article import ArticleRef, TimeBasis
from sitmon.model.claim import (
    Attribution,
    Auxiliary,
    Certainty,
    Claim,
    Modality,
    Polarity,
    RecordedClaim,
    ReportClass,
    Route,
    RouteKind,
    SourceClass,
)
from sitmon.model.situation import Outlet, Region, Situation

REGIONS, CLAIMS, RUNS = 12, 200, 15
AT = datetime(2024, 12, 8, tzinfo=UTC)
EVENTS = (("control_change", 5), ("clash", 5), ("strike", 5), ("displacement", 3), ("civil_condition", 2), ("diplomatic", 1))
WORDS = ("rebels", "army", "bridge", "town", "road", "taken", "held", "shelling", "residents", "officials", "river", "station")


def main() -> None:
    """Print the median of both and their ratio."""
    chance = random.Random(1)
    regions = tuple(Region(f"r{number}", f"R{number}") for number in range(REGIONS))
    situation = Situation("bench", regions=regions, outlets=tuple(Outlet(f"o{number}") for number in range(20)))
    claims = [_claim(chance, number) for number in range(REGIONS * CLAIMS)]
    sort = _median(lambda: sorted(claims, key=lambda claim: (claim.report_time, claim.id)))
    board = _median(lambda: assess(claims, AT, situation))
    print(f"assess {REGIONS} x {CLAIMS} claims: {board * 1e3:.1f} ms; sort {sort * 1e3:.2f} ms; ratio {board / sort:.0f}")


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _claim(chance: random.Random, number: int) -> RecordedClaim:
    event, tier = chance.choice(EVENTS)
    quote = " ".join(chance.choices(WORDS, k=22)) + f" {number}."
    at = AT - timedelta(minutes=chance.randrange(3 * 24 * 60))
    said = Attribution("the army", 0, 8, "said", SourceClass.PARTY) if chance.random() < 0.5 else None
    claim = Claim(
        0,
        len(quote),
        (Route(f"r{number % REGIONS}", RouteKind.PRIMARY, "explicit: R"),),
        None,
        said,
        chance.choice(list(Modality)),
        Polarity.POSITIVE,
        Certainty.CERTAIN,
        Auxiliary.NONE,
        event,
        tier,
    )
    article = ArticleRef("s", f"a{number // 4}", 1, None, f"o{chance.randrange(20)}", None, None, "en", 1)
    clocks = (at, TimeBasis.PUBLISHED, at)
    return RecordedClaim(number, article, quote, 0, len(quote), number % 4, ReportClass.CLAIM, claim, *clocks)


if __name__ == "__main__":
    main()
