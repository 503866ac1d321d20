"""Which claims still stand: an article's newest version speaks; what it dropped is superseded, what was withdrawn leaves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sitmon.model.board import Ending
from sitmon.model.claim import RecordedClaim

# A claim, when it left the board (UTC), and how.
Departed = tuple[RecordedClaim, datetime, Ending]


def standing(claims: Iterable[RecordedClaim]) -> tuple[list[RecordedClaim], list[RecordedClaim]]:
    """Split claims into those that stand and those a newer version no longer makes.

    A sentence that a newer version repeats stands once, by that newer version. Claims of an article whose newest version
    is withdrawn or on hold are in neither list: they leave the board and stay in the record.

    Returns:
        (standing, superseded), each in the order given.
    """
    present = [claim for claim in claims if not claim.article.withdrawn]
    edited = {(one.article.source, one.article.id) for one in present if one.article.version != one.article.latest}
    if not edited:
        return present, []
    kept = {
        (claim.article.source, claim.article.id, claim.quote)
        for claim in present
        if claim.article.version == claim.article.latest and (claim.article.source, claim.article.id) in edited
    }
    stands: list[RecordedClaim] = []
    superseded: dict[tuple[str, str, str, int], RecordedClaim] = {}
    for claim in present:
        if claim.article.version == claim.article.latest:
            stands.append(claim)
            continue
        sentence = (claim.article.source, claim.article.id, claim.quote)
        if sentence not in kept:
            key = (*sentence, claim.claim.start - claim.start)
            if key not in superseded or superseded[key].article.version < claim.article.version:
                superseded[key] = claim
    return stands, list(superseded.values())


def departed(claims: Iterable[RecordedClaim], superseded: Iterable[RecordedClaim]) -> list[Departed]:
    """Return the claims that left the board by a correction or a withdrawal.

    Args:
        claims: All of the window.
        superseded: Those of them that a newer version no longer makes (`standing`).
    """
    gone = [(claim, Ending.CORRECTED) for claim in superseded]
    gone += [
        (claim, Ending.WITHDRAWN)
        for claim in claims
        if claim.article.withdrawn and claim.article.version < claim.article.latest
    ]
    return [(claim, claim.article.replaced_at, ending) for claim, ending in gone if claim.article.replaced_at]
