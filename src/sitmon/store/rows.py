"""Between the nouns and the rows of the record: moments as microseconds, lists as JSON, texts under a seal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sitmon.model.claim import Attribution, Bound, Claim, Proposition, Quantity, Route

Row = tuple[Any, ...]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FOREVER = 2**63 - 1
HOUR = 3_600_000_000  # microseconds
_MICROSECOND = timedelta(microseconds=1)
# Made once: with options of its own, json.dumps makes it for every list.
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# The texts of a claim in the order of its columns; claims.py reads them back in the same order.
CLAIM_TEXTS = (
    "place", "modality", "polarity", "certainty", "auxiliary", "event", "actor", "routes", "quantities", "family", "subject",
    "stance", "object", "wording", "source_text", "cue", "source_class", "via", "resolved", "origin",
)  # fmt: skip


def stamp(at: datetime) -> int:
    """Return a moment as microseconds since 1970, exactly. A moment without a zone is a fault of the caller (TypeError)."""
    return (at - EPOCH) // _MICROSECOND


def stamp_or_none(at: datetime | None) -> int | None:
    """Return a moment as microseconds, or None."""
    return None if at is None else stamp(at)


def moment(microseconds: int) -> datetime:
    """Return the moment of a stamp, in UTC."""
    return EPOCH + timedelta(microseconds=microseconds)


def moment_or_none(microseconds: int | None) -> datetime | None:
    """Return the moment of a stamp, or None."""
    return None if microseconds is None else moment(microseconds)


def digest(text: str) -> bytes:
    """Return the SHA-256 of a text's UTF-8 bytes."""
    return sha256(text.encode()).digest()


def seal(texts: Iterable[str | None]) -> bytes:
    """Return one SHA-256 over several texts in their order, so that a flipped bit in any of them shows. None weighs nothing."""
    return sha256("\x1f".join(filter(None, texts)).encode()).digest()


def packed(values: Sequence[object]) -> str:
    """Write a list as compact JSON."""
    return _write(values)


def content_key(key: str) -> bytes:
    """Return a content key as it is stored: 64 hexadecimal digits as 32 bytes, anything else as its UTF-8."""
    try:
        return bytes.fromhex(key) if len(key) == 64 else key.encode()
    except ValueError:
        return key.encode()


def claim_texts(claim: Claim) -> tuple[str | None, ...]:
    """Return a claim's texts in the order of CLAIM_TEXTS."""
    # The enumerations are texts already; asking for their values would take longer than all the rest.
    return (
        claim.place,
        claim.modality,
        claim.polarity,
        claim.certainty,
        claim.auxiliary,
        claim.event,
        claim.actor,
        _routes(claim.regions),
        _quantities(claim.quantities),
        *_proposition(claim.proposition),
        *_attribution(claim.attribution),
    )


def _routes(routes: Iterable[Route]) -> str:
    return packed([[route.region, route.kind, route.reason] for route in routes])


def _quantities(quantities: Iterable[Quantity]) -> str | None:
    return packed([_quantity(quantity) for quantity in quantities]) if quantities else None


def _quantity(quantity: Quantity) -> list[object]:
    bound = [quantity.bound] if quantity.bound is not Bound.EXACT else []
    return [quantity.value, quantity.unit, *bound]


def _proposition(proposition: Proposition | None) -> tuple[str | None, ...]:
    if proposition is None:
        return (None,) * 5
    return proposition.family, proposition.subject, proposition.stance, proposition.object, proposition.wording


def _attribution(said: Attribution | None) -> tuple[str | None, ...]:
    if said is None:
        return (None,) * 6
    return said.text, said.cue, said.kind, said.via, said.resolved, said.origin
