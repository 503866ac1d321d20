"""The words that introduce what somebody says: where "could not confirm", "rumours of" and "claims by … that" are read."""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.extraction.matters.scene import Scene
from sitmon.extraction.statement import Attributed
from sitmon.extraction.words.phrases import BREAKS
from sitmon.text.fold import fold_word

_AROUND = 8  # words before the cue that may belong to it: "was unable to immediately confirm"
_NEAR = 8  # words that may introduce a stretch of which no cue is known


def cue_words_of(
    scene: Scene, stretch: Attributed, stretches: Sequence[Attributed], reach: tuple[int, int]
) -> tuple[tuple[int, int], ...]:
    """Find the words around a stretch that say what its source does.

    Args:
        scene: The sentence.
        stretch: What is said.
        stretches: All stretches of the sentence: the words inside them introduce nothing.
        reach: The words of the stretch.

    Returns:
        Ranges of words, the last excluded; none where the sentence has nothing but the stretch.
    """
    first, last = reach
    if first == 0 and last == len(scene.words):
        return ()
    left, right = _around(scene, stretch, stretches, first, last)
    behind = right.stop
    cue = stretch.attribution.cue.split() if stretch.attribution else ()
    head = fold_word(cue[0]) if cue else ""
    if head in scene.words[left.start : left.stop]:
        at = max(at for at in left if scene.words[at] == head)
        return ((_back(scene, at, left.start), first),)
    if head in scene.words[right.start : right.stop]:
        at = min(at for at in right if scene.words[at] == head)
        return ((_back(scene, at, last), _forth(scene, at, behind)),)
    near = (_back(scene, first, left.start, _NEAR), first), (last + (last < behind and scene.words[last] == ","), behind)
    return tuple((begin, _forth(scene, begin, end)) if begin >= last else (begin, end) for begin, end in near if begin < end)


def _around(scene: Scene, stretch: Attributed, stretches: Sequence[Attributed], first: int, last: int) -> tuple[range, range]:
    """Give the words before a stretch and behind it that lie in no other one that somebody says."""
    begin, end, source_end = 0, scene.offset + len(scene.text), None
    for other in stretches:
        if other.attribution is None:  # the outlet's own words may introduce another's
            continue
        if other.end <= stretch.start:
            begin = max(begin, other.end)
        elif other.start < stretch.start < other.end:
            begin = max(begin, other.start)
        if other.start >= stretch.end:
            end = min(end, other.start)
        source = other.attribution
        if source.text and source.start >= stretch.end:
            source_end = source.start if source_end is None else min(source_end, source.start)
    if stretch.attribution is None and source_end is not None:
        # "The army left, but state media denied it": who denies introduces only what he says.
        end = source_end
    return range(scene.at(begin), first), range(last, scene.at(end))


def _back(scene: Scene, at: int, limit: int, words: int = _AROUND) -> int:
    begin, limit = at, max(limit, at - words)
    while begin > limit and scene.words[begin - 1] not in BREAKS:
        begin -= 1
    return begin


def _forth(scene: Scene, at: int, limit: int) -> int:
    end, limit = at, min(limit, at + _NEAR)
    while end < limit and scene.words[end] not in BREAKS:
        end += 1
    return end
