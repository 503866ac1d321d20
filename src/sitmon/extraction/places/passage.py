"""Passages: each sentence with its share of the words and names that were found in the whole text; what routing looks at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set

from sitmon.extraction.places.gazetteer import Names
from sitmon.extraction.places.names import Mention, NameKind
from sitmon.extraction.statement import Sentence
from sitmon.model.claim import ReportClass
from sitmon.model.noun import dataclass
from sitmon.text.fold import Words

_NOWHERE: Set[str] = frozenset()
_TITLES = frozenset({ReportClass.TITLE, ReportClass.HEADING})


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a text as words, with the names in it by the index of their first word.

    Attributes:
        first, last: The passage, as indices of words.
        is_title: It stands in a title or heading, where capitals mean nothing.
    """

    text: str
    words: Words
    names: Mapping[int, Mention]
    first: int
    last: int
    is_title: bool = False

    def key(self, index: int) -> str:
        """Give a folded word, or nothing outside the passage."""
        return self.words.keys[index] if self.first <= index < self.last else ""

    def name(self, index: int) -> Mention | None:
        """Give the name that begins with a word, if any."""
        return self.names.get(index) if self.first <= index < self.last else None

    def between(self, start: int, end: int) -> range:
        """Give the indices of the words that begin within a stretch of the text."""
        starts = self.words.starts
        return range(bisect_left(starts, start, self.first, self.last), bisect_left(starts, end, self.first, self.last))

    def keys_in(self, start: int, end: int) -> Sequence[str]:
        """Give the folded words that begin within a stretch of the text."""
        found = self.between(start, end)
        return self.words.keys[found.start : found.stop]

    def places(self) -> tuple[tuple[int, int], ...]:
        """Give where names of places stand, as offsets in the text."""
        if not self.names:
            return ()
        return tuple([(one.start, one.end) for one in self.names.values() if one.name.kind is NameKind.PLACE])

    def abroad(self) -> Set[str]:
        """Give the names of other countries, and of actors there, as the passage spells them, folded."""
        if not self.names:
            return _NOWHERE
        far = [one for one in self.names.values() if one.name.kind is NameKind.FOREIGN or one.name.foreign]
        return {" ".join(self.words.keys[one.first : one.last]) for one in far} if far else _NOWHERE

    def spellings(self) -> dict[str, str]:
        """Give the names of places as the passage spells them, folded, each with its name in the gazetteer."""
        places = (mention for mention in self.names.values() if mention.name.kind is NameKind.PLACE)
        return {" ".join(self.words.keys[one.first : one.last]): one.name.name for one in places}


def passages_of(text: str, sentences: Sequence[Sentence], names: Names) -> Iterator[Passage]:
    """Give one passage for each sentence, in order."""
    starts = names.words.starts
    mentions = names.mentions
    number = 0
    for sentence in sentences:
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        inside = {}
        while number < len(mentions) and mentions[number].start < sentence.end:
            inside[mentions[number].first] = mentions[number]
            number += 1
        yield Passage(text, names.words, inside, first, last, sentence.block.kind in _TITLES)
