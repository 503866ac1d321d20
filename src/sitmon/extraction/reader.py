"""The reader: how an article is read, from top to bottom; the door of this floor for the floors above.

    article ─► blocks ─► sentences ─► who says what ─► what is said ─► which region ─► reports
               blocks    sentences    attribution      statements      routing         here

Pure: once the lexicons are loaded, the same article always gives the same reading.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import lru_cache

from sitmon.extraction.attribution import attributions_of
from sitmon.extraction.blocks import blocks_of, credits_in
from sitmon.extraction.classes import Classed, class_of
from sitmon.extraction.furniture import Credits
from sitmon.extraction.gazetteer import Gazetteer
from sitmon.extraction.headlines import is_news
from sitmon.extraction.lead import Told, with_lead_placed
from sitmon.extraction.lexicon import lexicon_of
from sitmon.extraction.passage import passages_of
from sitmon.extraction.propositions import with_place_named
from sitmon.extraction.routing import Discourse, Routed, Router
from sitmon.extraction.scene import Scene
from sitmon.extraction.sentences import read_until, sentences_of
from sitmon.extraction.speakers import KnownSources, Memory
from sitmon.extraction.speaking import LocatedSentence
from sitmon.extraction.statement import Sentence, Statement
from sitmon.extraction.statements import laid_out, statements_of
from sitmon.extraction.trace import Trace
from sitmon.extraction.unknown import unknown_in
from sitmon.extraction.word_lists import rules_of
from sitmon.model.article import Article
from sitmon.model.claim import Claim, Reading, Report, ReportClass
from sitmon.model.situation import Situation

_HEADLINE = Classed(ReportClass.CLAIM, "the headline of a short article, which tells an event")
# What stands around the news says nothing of its own; BACKGROUND is what lies beyond the longest article.
_SILENT = frozenset({ReportClass.HEADING, ReportClass.CITATION, ReportClass.BOILERPLATE, ReportClass.BACKGROUND})


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
        sentences = sentences_of(article, blocks)
        end = read_until(sentences)
        names = self._gazetteer.names_in(article.text[:end])
        discourse, memory = Discourse(), Memory(self._known, sentences)
        told: list[Told] = []
        kinds: list[Classed] = []
        laid_out_ones: list[Scene] = []
        below = sum(sentence.block.kind is ReportClass.CLAIM for sentence in sentences)
        for plain, passage in zip(sentences, passages_of(article.text, sentences, names), strict=True):
            sentence = plain.naming(passage.places())
            statements: tuple[Statement, ...] = ()
            if sentence.block.kind not in _SILENT:
                lexicon = lexicon_of(sentence.language)
                attributed = attributions_of(sentence, lexicon, memory)
                statements = statements_of(sentence, attributed, lexicon, discourse.statements)
            scene = self._router.enter(sentence, passage, discourse)
            routed = [(statement, self._router.route(statement, scene, discourse, statements)) for statement in statements]
            self._router.leave(scene, routed, discourse)
            told.append((scene, routed))
            kinds.append(_kind(sentence, statements, below))
            if traces is not None:
                laid_out_ones.append(_laid_out(sentence))
        placed = list(zip(with_lead_placed(told), kinds, strict=True))
        reports = tuple(_report(scene, routed, classed.kind) for (scene, routed), classed in placed)
        if traces is not None:
            traces.extend(Trace(*one, classed, laid) for (one, classed), laid in zip(placed, laid_out_ones, strict=True))
        credits, unknown = credits_in(article, blocks, self._credits), unknown_in(article.text, names, blocks)
        return Reading(reports, credits, unknown, unread=len(article.text[end:].strip()))


def _laid_out(sentence: Sentence) -> Scene:
    """The very scene from which statements and class have just been read."""
    return laid_out(sentence.text, sentence.start, rules_of(lexicon_of(sentence.language)), sentence.places)


def _kind(sentence: Sentence, statements: Sequence[Statement], below: int) -> Classed:
    classed = class_of(sentence, statements, lexicon_of(sentence.language))
    return _HEADLINE if classed.kind is ReportClass.TITLE and is_news(sentence, statements, below) else classed


def _report(scene: LocatedSentence, routed: Sequence[tuple[Statement, Routed]], kind: ReportClass) -> Report:
    claims = tuple(_claim(statement, where, scene) for statement, where in routed)
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
