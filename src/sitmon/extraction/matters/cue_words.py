"""The words that introduce what somebody says: where "could not confirm", "rumours of" and "claims by … that" are read."""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.extraction.matters.scene import Scene
from sitmon.extraction.statement import Attributed
from sitmon.extraction.words.phrases import BREAKS
from sitmon.text.fold import fold_word

_AROUND = 8  # words before the cue that may belong to it: "was unable to immediately confirm"
_NEAR = 8  # words that may introduce a stretch of which no cue is known


def cue_words_of(scene: Scene, stretch: Attributed, stretches: Sequence[Attributed]) -> tuple[tuple[int, int], ...]:
    """Find the words around a stretch that say what its source does.

    Args:
        scene: The sentence.
        stretch: What is said.
        stretches: All stretches of the sentence: the words inside them introduce nothing.

    Returns:
        Ranges of words, the last excluded; none where the sentence has nothing but the stretch.
    """
    first, last = scene.span(stretch.start, stretch.end)
    if first == 0 and last == len(scene.words):
        return ()
    said = [other for other in stretches if other.attribution is not None]  # the outlet's own words may introduce another's
    before = max((scene.span(0, other.end)[1] for other in said if other.end <= stretch.start), default=0)
    outer = max((scene.span(0, other.start)[1] for other in said if other.start < stretch.start < other.end), default=0)
    behind = min((scene.span(0, other.start)[1] for other in said if other.start >= stretch.end), default=len(scene.words))
    if stretch.attribution is None:
        # "The army left, but state media denied it": who denies introduces only what he says.
        sources = (other.attribution.start for other in said if other.attribution and other.attribution.text)
        behind = min((scene.span(0, start)[1] for start in sources if start >= stretch.end), default=behind)
    left, right = range(max(before, outer), first), range(last, behind)
    cue = stretch.attribution.cue if stretch.attribution else ""
    head = fold_word(cue.split()[0]) if cue.split() else ""
    if head in scene.words[left.start : left.stop]:
        at = max(at for at in left if scene.words[at] == head)
        return ((_back(scene, at, left.start), first),)
    if head in scene.words[right.start : right.stop]:
        at = min(at for at in right if scene.words[at] == head)
        return ((_back(scene, at, last), _forth(scene, at, behind)),)
    near = (_back(scene, first, left.start, _NEAR), first), (last + (last < behind and scene.words[last] == ","), behind)
    return tuple((begin, _forth(scene, begin, end)) if begin >= last else (begin, end) for begin, end in near if begin < end)


def _back(scene: Scene, at: int, limit: int, words: int = _AROUND) -> int:
    begin = at
    while begin > max(limit, at - words) and scene.words[begin - 1] not in BREAKS:
        begin -= 1
    return begin


def _forth(scene: Scene, at: int, limit: int) -> int:
    end = at
    while end < min(limit, at + _NEAR) and scene.words[end] not in BREAKS:
        end += 1
    return end
