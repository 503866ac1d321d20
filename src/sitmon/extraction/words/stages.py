"""Stages: how far the phrases have come that a run of words may begin; each step is worked out once and then known.

A pattern may have gaps and a word may stand for several signs, so that many branches of the tree are followed at once. What
the branches that are still open have in common is a stage: the next word leads from it to one other stage, or to none. Used
by phrases.py, where the signs are explained.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from itertools import chain
from typing import Any

from sitmon.extraction.words.wordtree import Tree, meanings

# What ends at a node of the tree (wordtree.py): group, number in the order of adding, value.
Ends = tuple[tuple[str, int, Any], ...]
Node = Tree
GAP = "*"
# What a mark of punctuation stands for beside itself, and what stands behind the last word: they close a gap.
BREAK, CLOSE = ",*", ".*"
_CLOSING = frozenset((BREAK, CLOSE))
_GAP_WORDS = 3
_REMEMBERED = 2000  # steps from one stage; then they are worked out anew, so that no text fills the memory
_UNKNOWN: Any = object()
_Gaps = dict[tuple[tuple[int, int], ...], "Stage"]


class Stage:
    """Branches that are open behind a word; with the whole tree for its only node, those that may begin.

    Attributes:
        ends: Group and value of each phrase that ends with the word, of one group the first that was added.
        needed: The signs that lead on.
        passed: The stage behind a word that has none of them: inside a gap.
    """

    __slots__ = ("_behind", "_gaps", "_nodes", "_within", "ends", "needed", "passed")

    def __init__(
        self, nodes: Sequence[Node | Ends], within: Sequence[tuple[Node, int]] = (), gaps_met: _Gaps | None = None
    ) -> None:
        """Open branches.

        Args:
            nodes: How far they have come: what must stand next, or nothing more.
            within: What may stand next or behind so many other words.
            gaps_met: The stages of the same tree that are inside gaps and nothing else.
        """
        self._gaps: _Gaps = {} if gaps_met is None else gaps_met
        self._nodes = [node for node in nodes if isinstance(node, dict)]
        self._within = _opened([*within, *[(node[GAP], _GAP_WORDS) for node in self._nodes if GAP in node]])
        self.ends = _first_added(nodes) if nodes else ()
        self.passed = self._stage([], self._narrower()) if self._within else None
        self.needed: Set[str] = self._all_needed()
        self._behind: dict[tuple[str, ...], Stage | None] = {}

    def behind(self, signs: tuple[str, ...]) -> Stage | None:
        """Give the stage behind a word that may stand for these signs, None if no branch leads on."""
        found = self._behind.get(signs, _UNKNOWN)
        if found is _UNKNOWN:
            # Few of a word's signs lead on: words that differ in the others go the same way.
            leading = tuple(filter(self.needed.__contains__, signs))
            found = self._behind.get(leading, _UNKNOWN)
            if found is _UNKNOWN:
                found = self._led(leading)
            if len(self._behind) < _REMEMBERED:
                self._behind[signs] = self._behind[leading] = found
        return found  # type: ignore[no-any-return]

    def _led(self, signs: tuple[str, ...]) -> Stage | None:
        tables = (*self._nodes, *(gap for gap, _ in self._within))
        nodes = [table[sign] for table in tables for sign in signs if sign in table]
        return self._stage(nodes, self._narrower() if _CLOSING.isdisjoint(signs) else ())

    def _stage(self, nodes: Sequence[Node | Ends], within: Sequence[tuple[Node, int]]) -> Stage | None:
        if nodes:
            return Stage(nodes, within, self._gaps)
        if not within:
            return None
        key = tuple([(id(gap), left) for gap, left in within])
        found = self._gaps.get(key)
        if found is None:
            found = Stage(nodes, within, self._gaps)
            if len(self._gaps) < _REMEMBERED:
                self._gaps[key] = found
        return found

    def _narrower(self) -> Sequence[tuple[Node, int]]:
        return [(gap, left - 1) for gap, left in self._within if left] if self._within else ()

    def _all_needed(self) -> Set[str]:
        if self.passed is not None and not self._nodes and len(self.passed._within) == len(self._within):
            return self.passed.needed  # the same gaps, with room for a word less
        if self._within:
            return frozenset(chain(*self._nodes, *(gap for gap, _ in self._within), _CLOSING))
        return self._nodes[0].keys() if len(self._nodes) == 1 else frozenset(chain(*self._nodes))


def _opened(within: list[tuple[Node, int]]) -> Sequence[tuple[Node, int]]:
    """Open the gaps that may begin where others do, too: in "take * the? * control" nothing need stand between the two."""
    if not any(GAP in gap for gap, _ in within):
        return within
    for gap, _ in within:  # those that are added are gone through in their turn
        if GAP in gap:
            within.append((gap[GAP], _GAP_WORDS))
    room: dict[int, tuple[Node, int]] = {}
    for gap, left in within:
        if left > room.get(id(gap), (gap, -1))[1]:
            room[id(gap)] = gap, left
    return list(room.values())


def _first_added(nodes: Collection[Node | Ends]) -> tuple[tuple[str, Any], ...]:
    ends: dict[str, tuple[int, Any]] = {}
    for node in nodes:
        for group, order, value in meanings(node):
            if group not in ends or order < ends[group][0]:
                ends[group] = order, value
    return tuple([(group, value) for group, (_, value) in ends.items()])
