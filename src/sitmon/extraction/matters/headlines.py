"""Headlines that are news by themselves: where the article below is short, a factual headline is a claim of its own.

A feed often gives a headline and a line or two, and only the headline names who holds what. A question, an analysis or the
shell of a live page is never a claim, however factual it sounds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from sitmon.extraction.matters.classes import class_of
from sitmon.extraction.matters.scene import Scene
from sitmon.extraction.statement import Sentence, Statement
from sitmon.extraction.words.lexicon import lexicon_of
from sitmon.model.claim import ReportClass

# Where a headline names its kind: "Analysis: …", "… – live updates", "… | Opinion".
_JOINT = re.compile(r"\s*[:|]\s*|\s+[-–—]\s+")


def is_news(headline: Sentence, statements: Sequence[Statement], sentences: int, scene: Scene | None = None) -> bool:
    """Whether a headline may be a status by itself.

    Args:
        headline: Of a TITLE block.
        statements: What it states.
        sentences: How many sentences the article has below it.
        scene: The headline laid out, if it has been.
    """
    lexicon = lexicon_of(headline.language)
    data = lexicon.section("headlines")
    if sentences > data["longest_article"] or not any(statement.event for statement in statements):
        return False
    if _is_shell(headline.text, headline.language):
        return False
    sentence = replace(headline, block=headline.block._replace(kind=ReportClass.CLAIM))
    return class_of(sentence, statements, lexicon, scene).kind is ReportClass.CLAIM


def _is_shell(text: str, language: str) -> bool:
    begins, names, ends = _shells(language)
    parts = [part.casefold().strip(" .!?؟\"'“”‘’") for part in _JOINT.split(text)]
    if begins.match(parts[0]) is not None or any(part in names for part in parts):
        return True
    # "Syria live: …", but not "Rebels say their leader is live".
    return len(parts) > 1 and any(part.endswith(ends) for part in parts)


@cache
def _shells(language: str) -> tuple[re.Pattern[str], frozenset[str], tuple[str, ...]]:
    """Give what a headline may begin with, what its parts may be, and what one of them may end with, to be no news."""
    data = lexicon_of(language).section("headlines")
    names = frozenset(name.casefold() for name in data["shells"])
    ends = tuple(f" {name.casefold()}" for name in data["live"])
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})\b"), names, ends
