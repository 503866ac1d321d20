"""Incidents: what happened in a known place and is spoken of by its day alone, "the gas attack of August 21".

A sentence means an incident if it gives the day and says what it was, names no place of its own, and if the year fits: written
somewhere in the article, or that of the last such day before the article's date. Which incidents there are is data: rows of the
gazetteer with a day. Used by antecedents.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sitmon.extraction.places.passage import Passage
from sitmon.model.situation import Place, Situation
from sitmon.text.dates import day_endings, month_names
from sitmon.text.fold import fold

_DAYS_IN_MONTH = 31


class Incident(NamedTuple):
    """What a sentence means by a day: the incident, and the words that say so, as offsets in the text."""

    place: Place
    start: int
    end: int


class Incidents:
    """The incidents of a situation, by their days."""

    def __init__(self, situation: Situation) -> None:
        """Know the incidents of the gazetteer of `situation`."""
        self._months = {tuple(fold(name).split()): number for name, number in month_names().items()}
        self._first_words = frozenset(words[0] for words in self._months)
        self._on: defaultdict[tuple[int, int], list[tuple[Place, date, list[list[str]]]]] = defaultdict(list)
        for place in situation.gazetteer:
            if place.day:
                called = [fold(name).split() for name in place.names]
                self._on[place.day.month, place.day.day].append((place, place.day, called))

    def meant_in(self, passage: Passage, dated: datetime | None) -> Incident | None:
        """Give the first incident that a sentence speaks of, if any.

        Args:
            passage: The sentence.
            dated: When the article was published, if that is known.
        """
        keys = passage.words.keys[passage.first : passage.last]
        if not self._on or self._first_words.isdisjoint(keys):
            return None
        for month_and_day in self._days_in(keys):
            for place, day, called in self._on.get(month_and_day, ()):
                found = next((at for words in called if (at := _position(words, keys)) is not None), None)
                if found is not None and _is_year_of(day, passage, dated):
                    first = passage.first + found
                    return Incident(place, passage.words.starts[first], passage.words.ends[first])
        return None

    def _days_in(self, keys: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Give each day written with the name of its month: "August 21", "21st of August"."""
        for index in range(len(keys)):
            if keys[index] not in self._first_words:
                continue
            for size in (2, 1):
                month = self._months.get(tuple(keys[index : index + size]))
                if month:
                    beside = (*keys[index + size : index + size + 1], *keys[max(index - 2, 0) : index])
                    yield from ((month, day) for key in beside if (day := _day(key)))
                    break


def _day(key: str) -> int | None:
    number = next((key.removesuffix(ending) for ending in day_endings() if key.endswith(ending)), key)
    return int(number) if number.isdecimal() and len(number) <= 2 and 0 < int(number) <= _DAYS_IN_MONTH else None


def _position(words: Sequence[str], keys: Sequence[str]) -> int | None:
    """Tell where some words stand side by side, None if they do not."""
    size = len(words)
    return next((at for at in range(len(keys) - size + 1) if list(keys[at : at + size]) == list(words)), None)


def _is_year_of(day: date, passage: Passage, dated: datetime | None) -> bool:
    if dated:
        last = dated.year - ((dated.month, dated.day) < (day.month, day.day))
        if last == day.year:
            return True
    return str(day.year) in passage.words.keys
