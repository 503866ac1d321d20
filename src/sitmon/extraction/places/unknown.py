"""Unknown names: words that stand where a place stands and are in no list, so that a desk can make its gazetteer grow."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import compress, count
from operator import attrgetter

from sitmon.extraction.places.gazetteer import Names
from sitmon.extraction.places.names import Mention
from sitmon.extraction.statement import Block
from sitmon.extraction.words.lexicon import discourse_of, languages
from sitmon.extraction.words.wordtree import Tree, ending_before, tree_of
from sitmon.model.claim import ReportClass
from sitmon.text.fold import HYPHENATED_ARTICLES, fold

_MOST = 50
_LONGEST = 40
_LONGEST_NAME = 4
_SURE = 2
_first_word = attrgetter("first")
_ARTICLES = frozenset({"", *HYPHENATED_ARTICLES})


def unknown_in(text: str, names: Names, blocks: Iterable[Block]) -> tuple[str, ...]:
    """Name what looks like a place and is none that is known, each once, in order; at most 50.

    "The town of X" tells a place at once; "in X" only if it is said twice, as months and people stand there too. Headlines
    are left out: they write every word with a capital.
    """
    found: Counter[str] = Counter()
    for index, weight in _candidates(text, names, blocks):
        found[_whole(text, names, index)] += weight
    likely = [name for name, weight in found.items() if weight >= _SURE]
    if not likely:
        return ()
    common = {
        key for key, start in zip(names.words.keys, names.words.starts, strict=True) if text[start].islower()
    } | _ordinary()
    return tuple(name for name in likely if fold(name.split()[0]) not in common)[:_MOST]


def _candidates(text: str, names: Names, blocks: Iterable[Block]) -> Iterator[tuple[int, int]]:
    """Give the words with a capital that stand where a place stands, and how surely they do."""
    headlines = [(block.start, block.end) for block in blocks if block.kind in (ReportClass.TITLE, ReportClass.HEADING)]
    before, (keys, starts, ends) = _places_follow(), names.words
    for index in compress(count(1), map(before.__contains__, keys[:-1])):
        start, end = starts[index], ends[index]
        first = text[start]
        if first.islower() or not first.isalpha() or end - start > _LONGEST or _is_taken(names.mentions, index):
            continue
        weight = max(ending_before(before, keys, index, max(0, index - 3)), default=0)
        if not first.isupper() and weight < _SURE:
            continue  # In letters without capitals only a town or a village tells.
        if (
            weight
            and not text[start:end].isupper()
            and text[ends[index - 1] : start].strip(" -’'\n").casefold() in _ARTICLES
            and not any(begin <= start < stop for begin, stop in headlines)
        ):
            yield index, weight


def _is_taken(mentions: Sequence[Mention], index: int) -> bool:
    """Tell whether a word belongs to a name that is known."""
    before = bisect_right(mentions, index, key=_first_word)
    return before > 0 and index < mentions[before - 1].last


def _whole(text: str, names: Names, index: int) -> str:
    """Read a name to its end: all words with capitals that follow in the same line."""
    taken = {mention.first for mention in names.mentions if mention.first > index}
    last, (_, starts, ends) = index, names.words
    while last + 1 < len(starts) and last - index < _LONGEST_NAME - 1:
        following = starts[last + 1]
        gap = text[ends[last] : following]
        if last + 1 in taken or gap.strip(" -").casefold() not in _ARTICLES or not text[following].isupper():
            break
        last += 1
    return text[starts[index] : ends[last]]


@cache
def _ordinary() -> frozenset[str]:
    """Give the words that stand behind "in" with a capital and are no places: months, days, directions."""
    every = [discourse_of(language) for language in languages()]
    directions = (word for rules in every for words in rules["pointing"]["directions"].values() for word in words)
    return frozenset(fold(word) for word in (*(word for rules in every for word in rules["names"]["ordinary"]), *directions))


@cache
def _places_follow() -> Tree:
    """Give the phrases of all languages behind which a place stands, backwards, each with how sure they are."""
    phrases = (
        (phrase, _SURE if number < rules["sure"] else 1)
        for rules in (discourse_of(language)["unknown"] for language in languages())
        for number, phrase in enumerate(rules["before"])
    )
    return tree_of(phrases, backwards=True)
