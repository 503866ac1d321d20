"""Is a report news, or the same matter in other words? Ten outlets that report one capture need one answer, not ten. Pure.

That is known only where a claim holds something that can be contested (`Proposition`): who says it again changes nothing; who
says it more firmly, of another place, with another figure, or after the contrary does. Two strikes on one town are two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sitmon.model.claim import Modality, RecordedClaim, ReportClass
from sitmon.model.situation import Limits

_FIRMNESS = {
    Modality.RUMOURED: 0,
    Modality.ASSESSED: 1,
    Modality.CLAIMED: 2,
    Modality.REPORTED: 3,
    Modality.CONFIRMED: 4,
}


def reworded(came: Sequence[RecordedClaim], known: Sequence[RecordedClaim], limits: Limits) -> set[int]:
    """Return the ids of the claims, among those that came, that are no news.

    What a sentence says beside a matter that is known, naming neither a place nor a matter of its own, is no news either.
    """
    again = [claim for claim in came if is_reworded(claim, known, limits)]
    sentences = {claim.quote for claim in again}
    beside = (claim for claim in came if claim.quote in sentences and not (claim.claim.place or claim.claim.proposition))
    return {claim.id for claim in (*again, *beside)}


def is_reworded(claim: RecordedClaim, known: Sequence[RecordedClaim], limits: Limits) -> bool:
    """Say whether a claim holds what is known: event, place, subject, stance and figure are the same, and it is no firmer.

    A denial repeats denials only. What was reported before the contrary was is no longer so.

    Args:
        claim: What has come.
        known: What stands in its region and was visible before.
        limits: `corroboration_hours`, beyond which old news is another event.
    """
    said = claim.claim.proposition
    if said is None:
        return False
    own = [one for one in known if _is_of_the_matter(one, claim, limits)]
    alike = [one for one in own if _slots(one) == _slots(claim)]
    if claim.claim.modality is Modality.DENIED:
        return bool(alike)
    contrary = [one.report_time for one in own if one.claim.proposition and one.claim.proposition.stance is not said.stance]
    since = max(contrary, default=None)
    firmness = _FIRMNESS[claim.claim.modality]
    return any(_FIRMNESS[one.claim.modality] >= firmness and (since is None or one.report_time > since) for one in alike)


def _is_of_the_matter(one: RecordedClaim, claim: RecordedClaim, limits: Limits) -> bool:
    """Whether a claim is about what another one is about, lately, and both or neither deny something."""
    mine, other = claim.claim.proposition, one.claim.proposition
    if mine is None or other is None or (other.family, other.subject) != (mine.family, mine.subject):
        return False
    is_near = abs(one.report_time - claim.report_time) <= timedelta(hours=limits.corroboration_hours)
    is_alike = (one.claim.modality is Modality.DENIED) is (claim.claim.modality is Modality.DENIED)
    return is_near and is_alike and one.kind is ReportClass.CLAIM and one.claim.auxiliary is claim.claim.auxiliary


def _slots(recorded: RecordedClaim) -> tuple[object, ...]:
    """What must be equal for two claims to hold the same; how it is worded for people is not part of it."""
    held = recorded.claim.proposition
    return (recorded.claim.event, recorded.claim.place, held.stance, held.object) if held else ()
