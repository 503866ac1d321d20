"""Stretches: a text as words, by what stands between its blanks, each stretch of which is taken apart once and then known.

Most of a text was met before, word for word with its comma: its words and where they stand are found by look-ups alone, which
takes half the time that looking for words does. Used by fold.py, and by the steps of a reading that part a sentence in ways
of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

# The first word of a stretch, where in the stretch it begins and ends, and the same of all that follow it.
Placed = tuple[str, int, int, tuple[tuple[str, int, int], ...]]
_NONE: Placed = ("", -1, -1, ())
_LONGEST = 64  # Longer ones are no words of a language and must not fill the memory.
_MOST = 8_000  # With so many those met before are forgotten unless they are met again: an article has some 400.


class Stretches(dict[str, Placed]):
    """Stretches of one way of parting texts into words, as they are written; fills itself as they are met."""

    def __init__(self, parted: Callable[[str], Sequence[str]], word_of: Callable[[str], str]) -> None:
        """Begin without any.

        Args:
            parted: Parts a text into what stands before the first word, that word, what stands between it and the next,
                …, and what stands behind the last. No word holds a blank, or depends on what stands beyond one; letters of
                the Latin alphabet alone are one word.
            word_of: Gives a word as its reader wants it.
        """
        super().__init__()
        self._parted = parted
        self._word_of = word_of
        self._older: dict[str, Placed] = {}

    def __missing__(self, stretch: str) -> Placed:
        known = self._older.get(stretch)
        if known is None:
            known = self._placed(stretch)
        if len(stretch) <= _LONGEST:
            if len(self) >= _MOST:
                self._older = dict(self)
                self.clear()
            self[stretch] = known
        return known

    def columns(self, text: str) -> tuple[list[str], list[int], list[int]]:
        """Give the words of a text, where each begins and where it ends (code points); linear in its length."""
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        stretches = text.split(" ")
        offset = 0
        for stretch, (word, start, end, others) in zip(stretches, map(self.__getitem__, stretches), strict=True):
            if end > 0:
                words.append(word)
                starts.append(offset + start)
                ends.append(offset + end)
                for other, begin, stop in others:
                    words.append(other)
                    starts.append(offset + begin)
                    ends.append(offset + stop)
            offset += len(stretch) + 1
        return words, starts, ends

    def _placed(self, stretch: str) -> Placed:
        if stretch.isalpha() and stretch.isascii():
            return self._word_of(stretch), 0, len(stretch), ()
        placed = []
        end = -1  # the blank before it is not its own
        parts = iter(self._parted(f" {stretch} "))
        for gap, word in zip(parts, parts, strict=False):
            start = end + len(gap)
            end = start + len(word)
            placed.append((self._word_of(word), start, end))
        return (*placed[0], tuple(placed[1:])) if placed else _NONE
