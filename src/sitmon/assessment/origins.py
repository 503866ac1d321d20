"""Where a claim comes from in the end: outlets that share an owner, a wire, a text or an originator are one origin."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from sitmon.model.claim import RecordedClaim, SourceClass
from sitmon.model.situation import Situation

# Nobody can ask them twice: a claim of theirs adds no origin.
UNNAMED = frozenset({SourceClass.UNNAMED_REPORTS, SourceClass.UNNAMED_SOURCES})
WORD = re.compile(r"\w+")
SHINGLE = 4
SAME_TEXT = 0.6


class Provenance:
    """Answers who a claim goes back to, with the outlets and parties of one situation."""

    def __init__(self, situation: Situation) -> None:
        """Look up outlets and parties of `situation` by every name they have."""
        self._outlets = {name.casefold(): outlet for outlet in situation.outlets for name in (outlet.name, *outlet.aliases)}
        self._parties = {name.casefold(): party.name for party in situation.parties for name in (party.name, *party.aliases)}

    def outlet(self, recorded: RecordedClaim) -> str:
        """Return the outlet's configured name, as delivered if it is not configured, its source's id if none was."""
        delivered = recorded.article.outlet or recorded.article.source
        known = self._outlets.get(delivered.casefold())
        return known.name if known else delivered

    def reliability(self, recorded: RecordedClaim) -> str:
        """Return the outlet's Admiralty letter; F unless people have set it."""
        known = self._outlets.get((recorded.article.outlet or "").casefold())
        return known.reliability.value if known else "F"

    def family(self, name: str) -> str:
        """Return the family of an outlet or wire, itself if it has none."""
        known = self._outlets.get(name.casefold())
        return (known.family or known.name).casefold() if known else name.casefold()

    def origin(self, recorded: RecordedClaim) -> str | None:
        """Return what the claim's origin is counted under; None for sources nobody can name."""
        attribution = recorded.claim.attribution
        if attribution is None or attribution.kind is SourceClass.OUTLET_VOICE:
            wire = recorded.article.credits[0] if recorded.article.credits else self.outlet(recorded)
            return f"outlet:{self.family(wire)}"
        if attribution.kind in UNNAMED:
            return None
        if attribution.kind is SourceClass.EYEWITNESS and not attribution.origin:
            return f"located:{self.family(self.outlet(recorded))}"
        named = attribution.origin or attribution.resolved or attribution.text
        return f"said:{self._parties.get(named.casefold(), named).casefold()}"

    def is_party(self, origin: str) -> bool:
        """Whether an origin is a party to the conflict."""
        return origin.removeprefix("said:") in {name.casefold() for name in self._parties.values()}


def count_origins(claims: Sequence[RecordedClaim], provenance: Provenance) -> tuple[set[str], set[str]]:
    """Return the outlets and the independent origins of claims that report the same event.

    Copies of one text collapse into the origin of the earliest of them.
    """
    outlets = {provenance.outlet(claim) for claim in claims}
    origins: set[str] = set()
    texts = _Texts()
    for claim in sorted(claims, key=lambda one: (one.first_seen_at, one.id)):
        is_copy = texts.holds_like(claim.quote)
        origin = provenance.origin(claim)
        if origin and not is_copy:
            origins.add(origin)
    return outlets, origins


class _Texts:
    """Texts met so far, found again by the runs of words they share, in time that grows with their length only."""

    def __init__(self) -> None:
        self._sizes: list[int] = []
        self._holders: defaultdict[str, list[int]] = defaultdict(list)

    def holds_like(self, text: str) -> bool:
        """Whether a nearly equal text was met before; the text itself counts as met from now on."""
        own = shingles(text)
        shared = Counter(holder for run in own for holder in self._holders.get(run, ()))
        is_like = any(count >= SAME_TEXT * min(len(own), self._sizes[holder]) for holder, count in shared.items())
        for run in own:
            self._holders[run].append(len(self._sizes))
        self._sizes.append(len(own))
        return is_like


@lru_cache(maxsize=8192)
def shingles(text: str) -> frozenset[str]:
    """Return the runs of four words of a text, without numbers: "kill 10" and "kill 14" are one text with two figures."""
    words = [word for word in WORD.findall(text.casefold()) if not word.isdigit()]
    return frozenset(" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))
