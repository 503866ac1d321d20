"""Where a statement's modality is read: its stretch, the words that introduce it, its clauses and its verb."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from sitmon.extraction.matters.clauses import Clause
from sitmon.extraction.matters.scene import Scene
from sitmon.extraction.statement import Attributed
from sitmon.model.claim import Attribution
from sitmon.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the modality of a statement is read.

    Attributes:
        attributed: The stretch it belongs to.
        cue: Words of the sentence that introduce it, source and cue among them.
        clauses: Its own clauses.
        head: The clause of its event, or its first main one.
        told: Words that tell its event by a verb, the last excluded, or None.
    """

    attributed: Attributed
    cue: Sequence[tuple[int, int]]
    clauses: Sequence[Clause]
    head: Clause | None
    told: tuple[int, int] | None

    @property
    def source(self) -> Attribution | None:
        """Give who says it, named here or before; a cue without anybody ("it was reported") names none."""
        attribution = self.attributed.attribution
        return attribution if attribution is not None and (attribution.text or attribution.resolved) else None

    @property
    def part(self) -> int:
        """Give the part of the sentence that says what the statement is about."""
        return self.head.part if self.head else 0

    @property
    def main(self) -> list[Clause]:
        """Give the clauses that count: the main ones, and that of its event."""
        return [clause for clause in self.clauses if clause.depth == 0 or clause is self.head]


def is_clausal(scene: Scene, setting: Setting) -> bool:
    """Say whether what is said is a clause or an infinitive, by a verb before its first mark of punctuation."""
    if not setting.clauses:
        return False
    first, last = setting.clauses[0].first, setting.clauses[-1].last
    ahead = bisect_right(scene.breaks, first)
    end = min(last, scene.breaks[ahead]) if ahead < len(scene.breaks) else last
    return not scene.rules.verbs_tell or not scene.finite.isdisjoint(range(first, end)) or is_intended(scene, setting)


def is_intended(scene: Scene, setting: Setting) -> bool:
    """Say whether it is only meant to be done: "threatened to shut the airspace".

    Not so "claimed to have shot it down", which is done, and "declined to comment", which is not meant.
    """
    if setting.source is None or not setting.clauses or ("auxiliary" not in scene.marks and "intention" not in scene.marks):
        return False
    if "failed" in scene.marks and any(scene.has("failed", begin, end) for begin, end in setting.cue):
        return False
    if setting.attributed.lemma in scene.rules.words["professing"]:
        return False
    first = setting.clauses[0].first
    meant = "auxiliary" in scene.marks and any(scene.has("auxiliary", begin, end, "future") for begin, end in setting.cue)
    return meant or scene.has("intention", first, first + 1, "intended")
