"""Who else says it: claims of the same event, counted by outlets and origins, and the Admiralty grade that follows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from sitmon.assessment.origins import Provenance, is_nameless, named, origins_of
from sitmon.model.claim import Auxiliary, Claim, Modality, Polarity, RecordedClaim, ReportClass
from sitmon.model.situation import Limits

WORD = re.compile(r"\w{3,}")
SAME_EVENT = 0.3
_Kind = tuple[str | None, Polarity, bool, bool]


class Events:
    """The claims of one region, laid out so that those of the same event are found without comparing all with all."""

    def __init__(self, claims: Iterable[RecordedClaim], limits: Limits) -> None:
        """Sort `claims` by what they hold to be so."""
        self._span = timedelta(hours=limits.corroboration_hours)
        self._of_event: defaultdict[str, list[RecordedClaim]] = defaultdict(list)
        self._alike: dict[_Kind, defaultdict[str | None, list[RecordedClaim]]] = {}
        for claim in claims:
            if claim.kind is ReportClass.CLAIM and claim.claim.event is not None:
                self._of_event[claim.claim.event].append(claim)

    def corroborating(self, claim: RecordedClaim) -> list[RecordedClaim]:
        """Return the claims that report the same event as `claim`, itself first.

        Same region, event type and polarity, no two different places or actors, at most `corroboration_hours` apart, and
        enough words in common. Denials never corroborate what they deny, nor does an article corroborate itself by telling
        in its own voice what it also has from a source.
        """
        begin, end = claim.report_time - self._span, claim.report_time + self._span
        own, actor = words(claim.quote), claim.claim.actor
        return [
            claim,
            *(
                other
                for other in self._at_no_other_place(claim.claim)
                if begin <= other.report_time <= end
                and (actor is None or other.claim.actor is None or actor == other.claim.actor)
                and is_much_in_common(own, words(other.quote))
                and not _repeats(claim, other)
            ),
        ]

    def _at_no_other_place(self, claim: Claim) -> Iterator[RecordedClaim]:
        alike = self._of_kind(_kind(claim))
        places = alike if claim.place is None else (claim.place, None)
        return chain.from_iterable(alike.get(place, ()) for place in places)

    def _of_kind(self, kind: _Kind) -> Mapping[str | None, list[RecordedClaim]]:
        """Return the claims that hold something of one kind, by their place; laid out when first asked for."""
        if (alike := self._alike.get(kind)) is None:
            alike = self._alike[kind] = defaultdict(list)
            for claim in self._of_event.get(kind[0] or "", ()):
                if _kind(claim.claim) == kind:
                    alike[claim.claim.place].append(claim)
        return alike


class Grades:
    """Grades claims by who else says them; whom a group goes back to is found out once, whichever of its claims is graded."""

    def __init__(self, provenance: Provenance) -> None:
        """Grade claims of one board, whose outlets and parties are these."""
        self._provenance = provenance
        self._counted: dict[frozenset[int], _Count] = {}

    def grade(self, group: list[RecordedClaim], *, is_contested: bool) -> tuple[str, int, int]:
        """Return (Admiralty grade, outlets, origins) for the first claim of a group (see `grade`)."""
        who = frozenset(claim.id for claim in group)
        if (count := self._counted.get(who)) is None:
            count = self._counted[who] = _counted(group, self._provenance)
        return _graded(count, self._provenance.reliability(group[0]), is_contested=is_contested)


def grade(group: list[RecordedClaim], is_contested: bool, provenance: Provenance) -> tuple[str, int, int]:
    """Return (Admiralty grade, outlets, origins) for the first claim of a group that reports the same event.

    Args:
        group: The claim itself, then those that report the same event.
        is_contested: Whether somebody contradicts it.
        provenance: Who the outlets and parties are.

    The letter is what people set for the outlet, F otherwise; the figure is suggested, hence the "~" (AJP-2.1; 4 and 5
    need a person): 1 for three origins with one outside the parties and no contest, 2 for two, 3 for one with a usual
    reliable outlet, else 6.
    """
    return Grades(provenance).grade(group, is_contested=is_contested)


class _Count(NamedTuple):
    outlets: int
    origins: int
    is_nameless: bool
    is_any_outside: bool


def _counted(group: list[RecordedClaim], provenance: Provenance) -> _Count:
    """Count; outlets that nobody named are one together, and only where nobody else is known."""
    outlets = {provenance.outlet(claim) for claim in group} - {None}
    alone = len(group) == 1
    found = (provenance.origin(group[0]),) if alone else origins_of(group, provenance).values()
    origins = named(found)
    nameless = not origins and any(map(is_nameless, found))
    is_any_outside = any(not provenance.is_party(origin) for origin in origins)
    return _Count(len(outlets) or 1, len(origins), nameless, is_any_outside)


def _graded(count: _Count, letter: str, *, is_contested: bool) -> tuple[str, int, int]:
    if count.origins >= 3 and count.is_any_outside and not is_contested:
        figure = 1
    elif count.origins >= 2:
        figure = 2
    elif count.origins == 1 and letter in "ABC":
        figure = 3
    else:
        figure = 6
    return f"~{letter}{figure}", count.outlets, count.origins or int(count.is_nameless)


def _kind(claim: Claim) -> _Kind:
    """What sort of thing a claim holds to be so, or not so, of the present or not of the present."""
    return claim.event, claim.polarity, claim.modality is Modality.DENIED, claim.auxiliary is Auxiliary.NONE


def _repeats(claim: RecordedClaim, other: RecordedClaim) -> bool:
    """Whether `other` is the claim itself, or what its own article says again, in the outlet's voice or in its headline."""
    if (claim.article.source, claim.article.id) != (other.article.source, other.article.id):
        return False
    is_headline = claim.article.title in (claim.quote, other.quote)
    return other.id == claim.id or other.claim.attribution is None or is_headline


def is_much_in_common(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two sentences have so many words in common that they may tell of one event."""
    return len(one & two) >= SAME_EVENT * min(len(one), len(two))


# As many as the windows of twenty regions hold: more would cost a desk that stays open for weeks 10 MB for nothing.
@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """Return the words of three and more letters of a text, folded for comparing."""
    return frozenset(WORD.findall(text.casefold()))
