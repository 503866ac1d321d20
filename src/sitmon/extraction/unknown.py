"""Unknown names: words that stand where a place stands and are in no list, so that a desk can make its gazetteer grow."""

from __future__ import annotations

from collections import Counter

from sitmon.extraction.gazetteer import Names
from sitmon.extraction.lexicon import discourse_of

_MOST = 50
_LONGEST = 40


def unknown_in(text: str, names: Names) -> tuple[str, ...]:
    """Name what looks like a place and is none that is known, each once, in order; at most 50.

    "The town of X" tells a place at once; "in X" only if it is said twice, as months and people stand there too.
    """
    rules = discourse_of("en")["unknown"]
    sure = {tuple(phrase.split()) for phrase in rules["before"][: rules["sure"]]}
    likely = {tuple(phrase.split()) for phrase in rules["before"][rules["sure"] :]}
    taken = {index for mention in names.mentions for index in range(mention.first, mention.last)}
    found: Counter[str] = Counter()
    for index, word in enumerate(names.words):
        written = text[word.start : word.end]
        if index in taken or not written[0].isupper() or len(written) > _LONGEST or written.isupper():
            continue
        before = [one.key for one in names.words[max(0, index - 2) : index]]
        weight = 2 if tuple(before) in sure else 1 if tuple(before[-1:]) in likely else 0
        if weight and not any(mark in text[names.words[index - 1].end : word.start] for mark in ".,;:\n"):
            found[_whole(text, names, index, taken)] += weight
    return tuple(name for name, weight in found.items() if weight >= 2)[:_MOST]


def _whole(text: str, names: Names, index: int, taken: set[int]) -> str:
    """Read a name to its end: all words with capitals that follow."""
    last = index
    while last + 1 < len(names.words) and last - index < 3:
        gap = text[names.words[last].end : names.words[last + 1].start]
        if last + 1 in taken or gap.strip("- alezshrd") or "\n" in gap or not text[names.words[last + 1].start].isupper():
            break
        last += 1
    return text[names.words[index].start : names.words[last].end]
