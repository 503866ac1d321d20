"""Where a claim comes from in the end: outlets that share an owner, a wire, a text or an originator are one origin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

from sitmon.model.claim import RecordedClaim, SourceClass
from sitmon.model.situation import Situation

# Nobody can ask them twice: a claim of theirs adds no origin.
UNNAMED = frozenset({SourceClass.UNNAMED_REPORTS, SourceClass.UNNAMED_SOURCES})
WORD = re.compile(r"\w+")
# Before the origin of what an outlet says that nobody named: it may be any of the others.
_NAMELESS = "nameless:"
SHINGLE = 4
SAMPLED = 6
SAME_TEXT = 0.6


class Provenance:
    """Answers who a claim goes back to, with the outlets and parties of one situation."""

    def __init__(self, situation: Situation) -> None:
        """Look up outlets and parties of `situation` by every name they have."""
        self._outlets = {name.casefold(): outlet for outlet in situation.outlets for name in (outlet.name, *outlet.aliases)}
        self._parties = {name.casefold(): party.name for party in situation.parties for name in (party.name, *party.aliases)}
        self._is_party = {party.name.casefold() for party in situation.parties}
        # An outlet that is an alias of a party speaks for it in its own voice, and so do its sisters.
        names = ((outlet, name) for outlet in situation.outlets for name in (outlet.name, *outlet.aliases))
        spoken = {
            (outlet.family or outlet.name).casefold(): self._parties[name.casefold()]
            for outlet, name in names
            if name.casefold() in self._parties
        }
        self._speaks_for = {name.casefold(): party for name, party in self._parties.items()} | spoken

    def outlet(self, recorded: RecordedClaim) -> str | None:
        """Return the outlet's configured name, as delivered if it is not configured, None if none was."""
        delivered = recorded.article.outlet
        known = self._outlets.get((delivered or recorded.article.source).casefold())
        return known.name if known else delivered or None

    def reliability(self, recorded: RecordedClaim) -> str:
        """Return the outlet's Admiralty letter; F unless people have set it."""
        known = self._outlets.get((recorded.article.outlet or "").casefold())
        return known.reliability.value if known else "F"

    def family(self, name: str) -> str:
        """Return the family of an outlet or wire, itself if it has none."""
        known = self._outlets.get(name.casefold())
        return (known.family or known.name).casefold() if known else name.casefold()

    def origin(self, recorded: RecordedClaim) -> str | None:
        """Return what tells the claim's origin from others; None for sources nobody can name. `counted` counts them."""
        attribution, outlet = recorded.claim.attribution, self.outlet(recorded)
        if attribution is None or attribution.kind is SourceClass.OUTLET_VOICE:
            wire = recorded.article.credits[0] if recorded.article.credits else outlet
            if wire is None:
                return f"{_NAMELESS}{recorded.article.source}"
            family = self.family(wire)
            party = self._speaks_for.get(family)
            return f"said:{party.casefold()}" if party else f"outlet:{family}"
        if attribution.kind in UNNAMED:
            return None
        if attribution.kind is SourceClass.EYEWITNESS and not attribution.origin:
            return f"located:{self.family(outlet)}" if outlet else f"{_NAMELESS}located:{recorded.article.source}"
        named = attribution.origin or attribution.resolved or attribution.text
        return f"said:{self._parties.get(named.casefold(), named).casefold()}"

    def is_party(self, origin: str) -> bool:
        """Whether an origin is a party to the conflict."""
        return origin.removeprefix("said:") in self._is_party


def origins_of(claims: Iterable[RecordedClaim], provenance: Provenance) -> dict[int, str | None]:
    """Return each claim's origin by its id; copies of one text have that of the earliest of them whose outlet has a name."""
    texts = _Texts()
    first: dict[int, int] = {}
    origins: dict[int, str | None] = {}
    for claim in sorted(claims, key=lambda one: (one.first_seen_at, one.id)):
        copied = texts.like(claim.id, claim.quote)
        first[claim.id] = claim.id if copied is None else copied
        if copied is None or is_nameless(origins[copied]):
            origins[first[claim.id]] = provenance.origin(claim)
    return {id: origins[earliest] for id, earliest in first.items()}


def named(origins: Iterable[str | None]) -> set[str]:
    """Return the origins that can corroborate each other, each once: no source, and no outlet, that nobody can name."""
    return {origin for origin in origins if origin and not is_nameless(origin)}


def is_nameless(origin: str | None) -> bool:
    """Whether an origin is an outlet that nobody named."""
    return origin is not None and origin.startswith(_NAMELESS)


class _Texts:
    """Texts met so far, found again by the runs of words they share, in time that grows with their length only."""

    def __init__(self) -> None:
        self._sizes: dict[int, int] = {}
        self._met: dict[frozenset[int], int] = {}
        self._holders: defaultdict[int, list[int]] = defaultdict(list)

    def like(self, key: int, text: str) -> int | None:
        """Return the key of a nearly equal text met before, the earliest; else the text itself is met from now on."""
        own = sample(text)
        if own in self._met:
            return self._met[own]
        self._met[own] = found = self._first_like(own, key)
        return None if found == key else found

    def _first_like(self, own: frozenset[int], key: int) -> int:
        shared: defaultdict[int, int] = defaultdict(int)
        for run in own:
            for holder in self._holders.get(run, ()):
                shared[holder] += 1
        alike = {holder for holder, count in shared.items() if count >= SAME_TEXT * min(len(own), self._sizes[holder])}
        if alike:
            # Texts are met in the order of their sizes' keys.
            return next(holder for holder in self._sizes if holder in alike)
        for run in own:
            self._holders[run].append(key)
        self._sizes[key] = len(own)
        return key


# As many as the windows of twenty regions hold: more would cost a desk that stays open for weeks 10 MB for nothing.
@lru_cache(maxsize=4096)
def sample(text: str) -> frozenset[int]:
    """Return the smallest hashes of a text's runs of four words, without its numbers.

    "kill 10" and "kill 14" are one text with two figures. Six hashes tell copies from other texts as well as all do.
    """
    words = [word for word in WORD.findall(text.casefold()) if not word.isdigit()]
    runs = {
        crc32(" ".join(words[at : at + SHINGLE]).encode("utf-8", "replace")) for at in range(max(1, len(words) - SHINGLE + 1))
    }
    return frozenset(sorted(runs)[:SAMPLED])
