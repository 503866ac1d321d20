"""Speakers of attributions whose verb stands first: who they are, of which kind, and for whom short names stand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from sitmon.extraction.attribution.speakers import Known, KnownSources
from sitmon.extraction.attribution.verb_first.reported_line import Line, Span
from sitmon.extraction.attribution.verb_first.reporting import UNNAMED
from sitmon.model.claim import Attribution, SourceClass
from sitmon.text.fold import fold, forms_of


class Reported(NamedTuple):
    """An attribution in words of the line; the source is None where it is not said again, `silent` where nobody is named."""

    source: Span | None
    content: Span
    cue: Span
    stance: str | None
    lemma: str
    via: Span | None = None
    silent: bool = False


class Speakers:
    """Makes attributions of what was found in one sentence."""

    def __init__(self, line: Line, last: Attribution | None, known: KnownSources) -> None:
        self._line, self._last, self._known = line, last, known

    def of(self, found: Reported) -> Attribution:
        """Say who it is, of which kind, and for whom the words stand."""
        line, last = self._line, self._last
        cue, at = line.written(found.cue), line.starts[found.cue[0]]
        if found.source is None and (found.silent or last is None):
            return Attribution("", at, at, cue, SourceClass.UNNAMED_REPORTS)
        if found.source is None and last is not None:
            return Attribution("", at, at, cue, last.kind, resolved=last.resolved or last.text, origin=last.origin)
        source = found.source or (0, 0)
        if found.lemma in line.book.words["accusing"]:
            source = self._without_accused(source)
        start, end = line.stretch(source)
        start += (source[1] <= found.cue[0] and line.joins(source[0])) or self._is_governed(found.cue, source)
        text = line.text[start - line.offset : end - line.offset]
        via = line.written(found.via) if found.via else None
        if last is not None and self._points_back(source, last):
            return Attribution(text, start, end, cue, last.kind, via, last.resolved or last.text, last.origin)
        kind, origin = self._kind(source, text)
        self._last = Attribution(text, start, end, cue, kind, via, origin=origin)
        return self._last

    def _is_governed(self, cue: Span, source: Span) -> bool:
        """Tell whether the preposition that a cue asks for is written onto the name: "according to-sources"."""
        line, lists = self._line, self._line.book.words
        word = line.words[source[0]]
        clitic = line.is_a("governing", cue[1] - 1) and any(word.startswith(one) for one in lists["hearer_clitic"])
        return clitic and not any(word.startswith(article) for article in lists["articles"])

    def _points_back(self, source: Span, last: Attribution) -> bool:
        """Tell whether a short name is the end or the beginning of a longer one just heard: "the spokesman"."""
        lists = self._line.book.words
        words = {_indefinite(word, lists) for word in self._line.words[slice(*source)] if word not in lists["same"]}
        if len(words) == 1 and self._line.words[source[0]] in lists["anaphora"]:
            return True
        earlier = {_indefinite(word, lists) for word in fold(last.resolved or last.text).split()}
        return words < earlier

    def _without_accused(self, source: Span) -> Span:
        """Let the accuser end where a configured name begins: "Tehran Israel of …"."""
        line = self._line
        for at in range(source[0] + 1, source[1]):
            accuser, accused = self._known.find(line.written((source[0], at))), self._known_at(at, source[1])
            belongs = line.is_definite(at) or line.is_a("prepositions", at - 1)
            if accused is not None and not belongs and (accuser is None or accused.name != accuser.name):
                return source[0], at
        return source

    def _known_at(self, at: int, end: int) -> Known | None:
        """Give the configured name of one word or two that begins at a word."""
        one = self._known.find(self._line.written((at, at + 1)))
        if one is not None or at + 1 >= end or self._known.find(self._line.written((at + 1, at + 2))) is not None:
            return one
        return self._known.find(self._line.written((at, at + 2)))

    def _kind(self, source: Span, text: str) -> tuple[SourceClass, str | None]:
        line = self._line
        first = forms_of(line.words[source[0]])
        pairs = map("".join, pairwise(line.words[slice(*source)]))  # "civil defence" is no ministry
        kind = line.book.kind_of([*pairs, *first, *line.words[source[0] + 1 : source[1]]])
        rest = line.words[source[0] + 1 : source[1]]
        configured = next(filter(None, (self._known.find(" ".join((form, *rest))) for form in first)), None)
        if configured is not None and configured.kind is not None and kind is not SourceClass.EYEWITNESS:
            return configured.kind, configured.name
        if kind in UNNAMED:
            return kind, None
        return kind, text if configured is None else configured.name


def _indefinite(word: str, lists: Mapping[str, frozenset[str]]) -> str:
    return next((word.removeprefix(article) for article in lists["articles"] if word.startswith(article)), word)
