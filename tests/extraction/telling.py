"""Sentences that begin somewhere in an article, and who says what in them."""

from __future__ import annotations

from sitmon.extraction.attribution.sentence import attributions_of
from sitmon.extraction.attribution.speakers import Memory
from sitmon.extraction.statement import Attributed, Block, Sentence
from sitmon.extraction.words.lexicon import lexicon_of
from sitmon.model.claim import ReportClass

ENGLISH = lexicon_of("en")
OFFSET = 7  # Sentences never begin an article here, so that offsets are tested too.


def told(text: str) -> list[tuple[str, str, str]]:
    """Everything somebody says: source, cue, content."""
    return [
        (one.attribution.text, one.attribution.cue, content_of(one, text)) for one in read(text) if one.attribution is not None
    ]


def read(text: str, memory: Memory | None = None, paragraph: int = 0, quoted: bool = False) -> tuple[Attributed, ...]:
    return attributions_of(sentence_of(text, 0, paragraph, quoted), ENGLISH, memory)


def sentence_of(text: str, position: int = 0, paragraph: int = 0, quoted: bool = False) -> Sentence:
    block = Block(OFFSET, OFFSET + len(text), ReportClass.CLAIM, None)
    return Sentence(text, OFFSET, OFFSET + len(text), block, position, paragraph, "en", quoted)


def content_of(one: Attributed, text: str) -> str:
    return text[one.start - OFFSET : one.end - OFFSET]
