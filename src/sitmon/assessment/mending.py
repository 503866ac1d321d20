"""Corrections and withdrawals: which sentences an article took back, and what it says in their place. Pure; for papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sitmon.assessment.corroboration import words
from sitmon.assessment.ranking import is_candidate
from sitmon.assessment.sameness import normal_form, same_but_for_spelling
from sitmon.assessment.versions import standing
from sitmon.model.claim import RecordedClaim, RouteKind
from sitmon.model.noun import dataclass

_MOST_OF_ONE_ARTICLE = 3
_MUCH_IN_COMMON = 0.3


@dataclass(frozen=True, slots=True)
class Mended:
    """One sentence that is no longer said.

    Attributes:
        at: When that became visible, UTC.
        region: Id of the region it was about.
        before: What was said.
        now: What the same article says in its place; None if it says nothing like it, or was withdrawn.
        is_withdrawn: The article itself is gone; else it was corrected.
        was_status: It headed the region's pane until then.
    """

    at: datetime
    region: str
    before: RecordedClaim
    now: RecordedClaim | None = None
    is_withdrawn: bool = False
    was_status: bool = False


def mended(
    at: datetime,
    article: tuple[str, str],
    before: Iterable[RecordedClaim],
    now: Sequence[RecordedClaim],
    regions: Sequence[str],
) -> Iterator[Mended]:
    """Yield what an article took back at a moment, at most three sentences, in their order in it; mended spelling is none.

    Args:
        at: The moment, UTC.
        article: Its source and id.
        before: What was visible just before it.
        now: What is visible at it.
        regions: Ids of the regions in question; a sentence is told for the first that it is about.
    """
    own = [claim for claim in now if (claim.article.source, claim.article.id) == article]
    is_withdrawn = any(claim.article.withdrawn for claim in own)
    said = [] if is_withdrawn else standing(own)[0]
    forms = {normal_form(claim.quote) for claim in said}
    stood = standing(claim for claim in before if (claim.article.source, claim.article.id) == article)[0]
    known = {normal_form(claim.quote) for claim in stood}
    told: set[str] = set()
    for claim in sorted(stood, key=lambda one: (one.quote == one.article.title, one.position)):
        form, region = normal_form(claim.quote), _home(claim, regions)
        if region is None or form in forms | told or not is_candidate(claim) or len(told) == _MOST_OF_ONE_ARTICLE:
            continue
        if claim.quote == claim.article.title and told:
            continue
        if any(same_but_for_spelling(form, other) for other in forms):
            continue
        told.add(form)
        fresh = [one for one in said if normal_form(one.quote) not in known and is_candidate(one)]
        yield Mended(at, region, claim, _instead(claim, fresh), is_withdrawn)


def _home(claim: RecordedClaim, regions: Sequence[str]) -> str | None:
    homes = [route.region for route in claim.claim.regions if route.kind is RouteKind.PRIMARY]
    return next((region for region in homes if region in regions), None)


def _instead(claim: RecordedClaim, fresh: Sequence[RecordedClaim]) -> RecordedClaim | None:
    """Return the new sentence that has most words in common with the old one, if it has enough."""
    own = words(claim.quote)

    def common(other: RecordedClaim) -> float:
        theirs = words(other.quote)
        return len(own & theirs) / max(len(own | theirs), 1)

    best = max(fresh, key=common, default=None)
    return best if best is not None and common(best) >= _MUCH_IN_COMMON else None
