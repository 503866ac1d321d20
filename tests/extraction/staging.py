"""Sentences as attribution hands them over, written so that a table of cases stays readable.

`[The army] said {it has left Hama}` is a stretch in braces that the source in brackets says.
"""

from __future__ import annotations

import re

from sitmon.extraction.matters.classes import class_of
from sitmon.extraction.matters.statements import statements_of
from sitmon.extraction.statement import Attributed, Block, Sentence, Statement
from sitmon.extraction.words.lexicon import lexicon_of
from sitmon.model.claim import Attribution, ReportClass, SourceClass

_SIGNS = re.compile(r"[\[\]{}]")


def sentence_of(text: str, start: int = 0, kind: ReportClass = ReportClass.CLAIM, language: str = "en") -> Sentence:
    """Put a text into a plain paragraph (or a block of another kind) at an offset of its article."""
    end = start + len(text)
    return Sentence(text, start, end, Block(start, end, kind, None), 0, 0, language)


def read(
    staged: str,
    cue: str = "",
    stance: str | None = None,
    kind: SourceClass = SourceClass.PARTY,
    previous: tuple[Statement, ...] = (),
    start: int = 0,
) -> tuple[Statement, ...]:
    """Read a sentence whose sources and stretches are marked; without marks it is the outlet's own."""
    text = _SIGNS.sub("", staged)
    sources = _marked(staged, "[", "]", start)
    stretches = _marked(staged, "{", "}", start)
    attributed = []
    for number, (first, last) in enumerate(stretches):
        source = sources[number] if number < len(sources) else None
        said = source and Attribution(text[source[0] - start : source[1] - start], *source, cue, kind)
        attributed.append(Attributed(first, last, said, None, stance if said else None))
    return statements_of(sentence_of(text, start), attributed, lexicon_of("en"), previous)


def one(staged: str, **said: object) -> Statement:
    """Read a sentence that holds exactly one statement."""
    (statement,) = read(staged, **said)  # type: ignore[arg-type]
    return statement


def class_in(staged: str, **said: object) -> ReportClass:
    """Read and class a sentence of a plain paragraph."""
    statements = read(staged, **said)  # type: ignore[arg-type]
    return class_of(sentence_of(_SIGNS.sub("", staged)), statements, lexicon_of("en")).kind


def _marked(staged: str, opening: str, closing: str, start: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for found in re.finditer(rf"{re.escape(opening)}([^{re.escape(closing)}]*){re.escape(closing)}", staged):
        before = len(_SIGNS.sub("", staged[: found.start()]))
        spans.append((start + before, start + before + len(_SIGNS.sub("", found.group(1)))))
    return spans
