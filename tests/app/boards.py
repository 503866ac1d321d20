"""Hand-made boards: every state a pane can be in, without a record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sitmon.model.article import ArticleRef, TimeBasis
from sitmon.model.board import Board, Freshness, Issue, RegionStatus, StatusLine, Why
from sitmon.model.claim import (
    Attribution,
    Auxiliary,
    Certainty,
    Claim,
    Modality,
    Polarity,
    RecordedClaim,
    ReportClass,
    SourceClass,
)
from sitmon.model.health import Health, SourceHealth

NOW = datetime(2024, 12, 8, 14, 32, tzinfo=UTC)
SITUATION = "Lake country: the flood"


def recorded(
    id: int,
    quote: str,
    *,
    who: str | None = None,
    modality: Modality = Modality.REPORTED,
    minutes: float = 2,
    outlet: str | None = "DEMO Lake Wire",
    basis: TimeBasis = TimeBasis.PUBLISHED,
    claim: str | None = None,
    article: str = "a1",
) -> RecordedClaim:
    """Make a claim: `who` says `quote`, `minutes` before NOW; `claim` is the part of the quote that is claimed."""
    begins = quote.index(claim) if claim else 0
    ends = begins + len(claim) if claim else len(quote)
    said = Attribution(who, 0, len(who), "says", SourceClass.PARTY) if who else None
    at = NOW - timedelta(minutes=minutes)
    return RecordedClaim(
        id=id,
        article=ArticleRef(
            "folder:seeds", article, 1, "DEMO title", outlet, "https://example.org/1", f"{article}.txt", "en", 1
        ),
        quote=quote,
        start=100,
        end=100 + len(quote),
        position=id,
        kind=ReportClass.CLAIM,
        claim=Claim(
            100 + begins, 100 + ends, (), None, said, modality, Polarity.POSITIVE, Certainty.CERTAIN, Auxiliary.NONE, None
        ),
        report_time=at,
        time_basis=basis,
        first_seen_at=at,
    )


def line(claim: RecordedClaim, *, grade: str = "~F6", is_new: bool = False, superseded: bool = False) -> StatusLine:
    said = claim.claim.attribution
    return StatusLine(claim, said.text if said else None, grade, 1, 1, ("primary route", "tier 5"), superseded, is_new)


def region(
    id: str = "north",
    title: str = "North shore",
    status: StatusLine | None = None,
    recent: tuple[StatusLine, ...] = (),
    contested: tuple[Issue, ...] = (),
    freshness: Freshness = Freshness.CURRENT,
    why: Why | None = None,
    new: int = 0,
    activity: tuple[int, ...] = (0,) * 20 + (1, 2, 0, 4),
    last: int = 0,
) -> RegionStatus:
    return RegionStatus(id, title, status, contested, freshness, why, new, recent, activity, last)


DAM = recorded(
    1,
    "The river council, after two days of rain, claims that the water is now ‘at the crown’ of the old dam above the town.",
    who="The river council",
    modality=Modality.CLAIMED,
    claim="the water is now ‘at the crown’ of the old dam above the town",
)
HOLDS = recorded(2, "Engineers maintain that the old dam holds.", who="Engineers", modality=Modality.CLAIMED, minutes=30)
FAILS = recorded(3, "Some reports indicate that the old dam is giving way.", modality=Modality.RUMOURED, minutes=40)
BRIDGE = recorded(4, "Rising water cut the bridge road at Alder on Sunday morning.", minutes=12, article="a2")
ARABIC = recorded(5, "أعلنت فرق الإنقاذ إجلاء سكان القرية الشرقية صباح الأحد بعد ارتفاع المياه", minutes=400, article="a3")
OLD = recorded(6, "Shops in the lower town were open as usual.", minutes=60 * 50, basis=TimeBasis.SEEN, article="a4")
ISSUE = Issue("dam", "north", "the old dam holds", ((HOLDS,), (FAILS,)), since=NOW - timedelta(hours=1))


def board(at: datetime = NOW) -> Board:
    """Return a board of four regions: new and contested, current, Arabic and ageing, nobody reported."""
    return Board(
        SITUATION,
        at,
        (
            region(
                "north", "North shore", line(DAM, is_new=True), (line(HOLDS, is_new=True), line(FAILS)), (ISSUE,), new=2, last=3
            ),
            region("town", "Lower town", line(BRIDGE, grade="~C3"), (line(OLD, superseded=True),)),
            region("east", "East villages", line(ARABIC), (), (), Freshness.AGEING, Why.QUIET),
            region("capital", "Capital", None, (), (), Freshness.STALE, Why.QUIET, activity=(0,) * 24),
        ),
        3,
        (SourceHealth("folder:seeds", "folder", "seeds", Health.OK, last_success=at, items=4),),
    )
