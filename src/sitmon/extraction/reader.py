"""The reader: how an article is read, from top to bottom; the door of this floor for the floors above.

    article ─► blocks ─► sentences ─► who says what ─► what is said ─► which region ─► reports
               blocks    sentences    attribution      statements      routing         here

Pure: once the lexicons are loaded, the same article always gives the same reading.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sitmon.extraction.attribution.sentence import attributions_of
from sitmon.extraction.attribution.speakers import KnownSources, Memory
from sitmon.extraction.blocks import blocks_of, credits_in
from sitmon.extraction.furniture import Credits
from sitmon.extraction.matters.classes import Classed, class_of
from sitmon.extraction.matters.headlines import is_news
from sitmon.extraction.matters.propositions import with_place_named
from sitmon.extraction.matters.scene import Scene
from sitmon.extraction.matters.statements import laid_out, statements_of
from sitmon.extraction.places.antecedents import Topics
from sitmon.extraction.places.gazetteer import Gazetteer
from sitmon.extraction.places.lead import Told, with_lead_placed
from sitmon.extraction.places.passage import Passage, passages_of
from sitmon.extraction.places.routing import Discourse, Routed, Router
from sitmon.extraction.places.speaking import LocatedSentence
from sitmon.extraction.places.unknown import unknown_in
from sitmon.extraction.sentences import read_until, sentences_of
from sitmon.extraction.statement import Attributed, Sentence, Statement
from sitmon.extraction.trace import Trace
from sitmon.extraction.words.lexicon import lexicon_of
from sitmon.extraction.words.word_lists import rules_of
from sitmon.model.article import Article
from sitmon.model.claim import Claim, Reading, Report, ReportClass
from sitmon.model.situation import Situation

_HEADLINE = Classed(ReportClass.CLAIM, "the headline of a short article, which tells an event")
# What stands around the news says nothing of its own; BACKGROUND is what lies beyond the longest article.
_SILENT = frozenset({ReportClass.HEADING, ReportClass.CITATION, ReportClass.BOILERPLATE, ReportClass.BACKGROUND})
_TITLES = frozenset({ReportClass.TITLE, ReportClass.HEADING})
# Statements of a paragraph that "he" may look back on.
_RECENT = 8


@lru_cache(maxsize=4)
def reader_for(situation: Situation) -> Reader:
    """Give the reader of a situation, compiled once."""
    was_enabled = gc.isenabled()
    gc.disable()  # all that is made here stays: looking for what does not took a fifth of the time
    try:
        return Reader(situation)
    finally:
        if was_enabled:
            gc.enable()


class Reader:
    """Reads articles for one situation."""

    def __init__(self, situation: Situation) -> None:
        """Compile the names of `situation`."""
        self._gazetteer = Gazetteer(situation)
        self._router = Router(situation, self._gazetteer)
        self._known = KnownSources(situation)
        self._credits = Credits(name for outlet in situation.outlets for name in (outlet.name, *outlet.aliases))

    def read(self, article: Article, traces: list[Trace] | None = None) -> Reading:
        """Read an article: every character of its text that is not white space lies in exactly one report.

        Args:
            article: What is read.
            traces: Takes what was found on the way, one for each report, for whoever asks why (explanation.py).
        """
        blocks = blocks_of(article, self._credits)
        plain = sentences_of(article, blocks)
        end = read_until(plain)
        names = self._gazetteer.names_in(article.text[:end])
        passages = list(passages_of(article.text, plain, names))
        known = ((passage.places(), passage.abroad()) for passage in passages)
        sentences = [sentence.naming(*names) for sentence, names in zip(plain, known, strict=True)]
        # Step by step and not sentence by sentence: a step stays at hand in the processor, which saves a tenth of the time.
        memory = Memory(self._known, sentences)
        attributed = [_attributed(sentence, memory) for sentence in sentences]
        scenes = [None if sentence.block.kind in _SILENT else laid_out(sentence) for sentence in sentences]
        stated = list(_stated(sentences, attributed, scenes))
        discourse = Discourse(Topics(dated=article.published_at))
        told = with_lead_placed(self._told(sentences, passages, [one.statements for one in stated], discourse))
        if traces is not None:
            laid = (scene or laid_out(sentence) for sentence, scene in zip(sentences, scenes, strict=True))
            traces.extend(Trace(*one, said.classed, scene) for one, said, scene in zip(told, stated, laid, strict=True))
        reports = tuple([_report(*one, said.classed.kind) for one, said in zip(told, stated, strict=True)])
        credits, unknown = credits_in(article, blocks, self._credits), unknown_in(article.text, names, blocks)
        return Reading(reports, credits, unknown, unread=len(article.text[end:].strip()))

    def _told(
        self,
        sentences: Sequence[Sentence],
        passages: Sequence[Passage],
        stated: Sequence[Sequence[Statement]],
        discourse: Discourse,
    ) -> list[Told]:
        """Find where each statement belongs, going through the article as a reader does."""
        told: list[Told] = []
        for sentence, passage, statements in zip(sentences, passages, stated, strict=True):
            scene = self._router.enter(sentence, passage, discourse)
            routed = [(statement, self._router.route(statement, scene, discourse, statements)) for statement in statements]
            self._router.leave(scene, routed, discourse)
            told.append((scene, routed))
        return told


def _attributed(sentence: Sentence, memory: Memory) -> Sequence[Attributed]:
    return () if sentence.block.kind in _SILENT else attributions_of(sentence, lexicon_of(sentence.language), memory)


class _Stated(NamedTuple):
    """What a sentence says, and of which class it is."""

    statements: tuple[Statement, ...]
    classed: Classed


def _stated(
    sentences: Sequence[Sentence], attributed: Sequence[Sequence[Attributed]], scenes: Sequence[Scene | None]
) -> Iterator[_Stated]:
    """Read what each sentence says; the statements above it tell whom "he" and "the president" stand for."""
    below = sum(sentence.block.kind is ReportClass.CLAIM for sentence in sentences)
    recent: tuple[Statement, ...] = ()
    paragraph = -1
    for sentence, stretches, scene in zip(sentences, attributed, scenes, strict=True):
        lexicon = lexicon_of(sentence.language)
        statements = statements_of(sentence, stretches, lexicon, recent, scene) if scene else ()
        classed = class_of(sentence, statements, lexicon, scene)
        is_headline = classed.kind is ReportClass.TITLE and is_news(sentence, statements, below, scene)
        yield _Stated(statements, _HEADLINE if is_headline else classed)
        if sentence.paragraph != paragraph:
            recent, paragraph = (), sentence.paragraph
        if sentence.block.kind not in _TITLES:
            recent = (*recent, *statements)[-_RECENT:]


def _report(scene: LocatedSentence, routed: Sequence[tuple[Statement, Routed]], kind: ReportClass) -> Report:
    claims = tuple([_claim(statement, where, scene) for statement, where in routed])
    sentence = scene.sentence
    return Report(sentence.text, sentence.start, sentence.end, kind, sentence.block.section, claims)


def _spellings(statement: Statement, scene: LocatedSentence) -> dict[str, str]:
    """Give the places of a sentence as it spells them; "the besieged city" by its first and last word, as "the city"."""
    pointed: dict[str, str] = {}
    for place in scene.places:
        if place.meant and statement.start <= place.start < statement.end:
            words = place.written.casefold().split()
            pointed.setdefault(f"{words[0]} {words[-1]}", place.meant)
    return pointed | scene.passage.spellings()


def _claim(statement: Statement, where: Routed, scene: LocatedSentence) -> Claim:
    proposition = statement.proposition
    if proposition is not None:
        rules = rules_of(lexicon_of(scene.sentence.language))
        proposition = with_place_named(proposition, _spellings(statement, scene), rules)
    return Claim(
        start=statement.start,
        end=statement.end,
        regions=where.regions,
        place=where.place,
        attribution=statement.attribution,
        modality=statement.modality,
        polarity=statement.polarity,
        certainty=statement.certainty,
        auxiliary=statement.auxiliary,
        event=statement.event,
        tier=statement.tier,
        actor=statement.actor,
        quantities=statement.quantities,
        proposition=proposition,
        frame=statement.frame,
    )
