"""Findings: a cue in its sentence, as the rooms that look for cues hand it to those that weigh them. All places are tokens."""

from __future__ import annotations

from dataclasses import dataclass

from sitmon.extraction.attribution.complements import Complement
from sitmon.extraction.attribution.cues import Cue
from sitmon.extraction.attribution.verb_groups import Group
from sitmon.extraction.words.word_classes import Tag
from sitmon.model.noun import dataclass as noun

Span = tuple[int, int]

# Complements that stand before their cue: closed off by a quotation mark or the sentence's beginning, or by a comma.
BEFORE = frozenset(("before", "closing"))
# Constructions whose words stand around the cue.
SEPARATE = ("adverb", "agent", "nobody")


@dataclass(slots=True)
class Finding:
    """A cue that attributes.

    Attributes:
        first, last: The whole cue ("have suggested", "according to"), last exclusive.
        cue: Its entry in the lexicon.
        how: The construction. Verbs: subject, relative, inverted, agent, nobody, participle, reduced, infinitive, shared,
            start. Others: phrase, possessor, by, noun, adverb, label.
        source: The source, or None.
        complement: What follows it (complements.py), or before, closing.
        content: First token of what is said, where that follows the cue.
        negated: The cue is negated ("could not confirm").
        via: Whom the source relies on, or None.
        refuted: What it calls something by is a verdict: "called the reports lies".
    """

    first: int
    last: int
    cue: Cue
    how: str
    source: Span | None
    complement: str
    content: int
    negated: bool = False
    via: Span | None = None
    refuted: bool = False


@noun(frozen=True, slots=True)
class CueVerb:
    """A verb that may attribute, before its source is looked for.

    Attributes:
        head: The verb.
        group: It and what stands before it.
        form: Bits of the forms it can be here.
        cues: Its entries in the lexicon, all with the particle found.
        after: The token after it and its particle.
        complement: What follows.
    """

    head: int
    group: Group
    form: int
    cues: tuple[Cue, ...]
    after: int
    complement: Complement

    @property
    def bare(self) -> bool:
        """It stands without auxiliary, "to" or leading verb."""
        group = self.group
        return not (group.auxiliaries or group.infinitive or group.chained)

    @property
    def finite(self) -> bool:
        """It can be a finite verb by itself, or has a finite auxiliary."""
        helpers = self.group.auxiliaries & (Tag.HAVE | Tag.BE | Tag.DO)
        return bool(self.form & (Tag.PAST | Tag.THIRD) or helpers or self.group.chained)
