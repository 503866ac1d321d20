"""Reporting words of languages whose verb stands first, compiled from lexicon/<language>/reporting.toml for verb_first/."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sitmon.extraction.words.lexicon import lexicon_of
from sitmon.extraction.words.phrases import Phrases
from sitmon.model.claim import SourceClass
from sitmon.model.noun import dataclass
from sitmon.text.fold import fold_word

# Kinds of sources that are counted as no origin.
UNNAMED = frozenset(
    {SourceClass.UNNAMED_OFFICIALS, SourceClass.UNNAMED_REPORTS, SourceClass.UNNAMED_SOURCES, SourceClass.EYEWITNESS}
)


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """One group of verbs that attribute; what the fields mean stands at the head of reporting.toml."""

    group: str
    stance: str | None
    negated: str | None
    takes: frozenset[str]
    subject: bool = True


@dataclass(frozen=True, slots=True)
class ReportingBook:
    """All reporting words of a language.

    Attributes:
        phrases: Patterns of the groups verb, according, nouns, nobody, none, relay, contrast, finite, verbal_noun.
        words: Words by their part in an attribution, folded.
        kinds: Class of source → words that tell it.
        shape: What an unlisted verbal noun looks like.
        definite: How a word begins that bears the article.
    """

    phrases: Phrases
    words: Mapping[str, frozenset[str]]
    kinds: Mapping[str, SourceClass]
    shape: re.Pattern[str]
    definite: tuple[str, ...]

    def kind_of(self, words: Sequence[str]) -> SourceClass:
        """Class a source by the first of its folded words that tells."""
        return next((self.kinds[word] for word in words if word in self.kinds), SourceClass.UNNAMED_SOURCES)

    def is_noun(self, word: str) -> bool:
        """Tell whether a word bears the article, which no verb does, however it reads without: "the cautious", "warned"."""
        return word.startswith(self.definite) and word not in self.words["verbs"]


@cache
def reporting_of(language: str) -> ReportingBook | None:
    """Give the compiled reporting words of a language, None if its verb does not stand first."""
    lexicon = lexicon_of(language)
    document = lexicon.sections.get("reporting")
    if document is None:
        return None
    grammar = lexicon.section("clauses")
    phrases = Phrases(grammar["forms"], grammar["sets"], grammar.get("prefixes", ()), grammar.get("word_shapes"))
    for name, group in document["verbs"].items():
        verb = ReportingVerb(
            name, group.get("stance"), group.get("negated"), _folded(group["takes"]), group.get("subject", True)
        )
        phrases.add(group["words"], "verb", verb)
    for group in ("according", "nouns", "nobody"):
        for value, patterns in document[group].items():
            phrases.add(patterns, group, value)
    for group in ("none", "relay"):
        phrases.add(document[group]["words"], group, group)
    phrases.add((*document["words"]["contrast"].split(), *document["words"]["contrast_phrases"]), "contrast", "contrast")
    shapes = document["shapes"]
    finite = (
        f"{verb}~"
        for verb, forms in grammar["forms"].items()
        if any(one.startswith(shapes["present"]) for one in forms.split())
    )
    phrases.add(finite, "finite", "finite")
    phrases.add(shapes["listed"].split(), "verbal_noun", "listed")
    words = {name: _folded(listed) for name, listed in document["words"].items() if isinstance(listed, str)}
    forms = " ".join(f"{verb} {others}" for verb, others in grammar["forms"].items())
    articles = tuple(words["articles"])
    definite = (*articles, *(joint + article for joint in words["joined"] for article in articles))
    verbs = [word for word in _folded(forms) if word.startswith(articles)]
    words["verbs"] = frozenset((*verbs, *(joint + word for joint in words["joined"] for word in verbs)))
    words["and_that"] = frozenset(joint + word for joint in words["joined"] for word in words["that"])
    kinds = {word: SourceClass(kind) for kind, listed in reversed(document["kinds"].items()) for word in _folded(listed)}
    return ReportingBook(phrases, words, kinds, _shape(shapes), definite)


def _shape(shapes: Mapping[str, Any]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(shapes['verbal_nouns'])})(?:{'|'.join(shapes['suffixes'])})?")


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold_word, words.split()))
