"""What the steps of a reading hand to each other: blocks, sentences, attributions, statements.

    article ─► blocks ─► sentences ─► attributions ─► statements ─► routed claims ─► reports
    blocks.py  blocks.py sentences.py attribution/  statements.py routing.py       reader.py

All offsets count code points into the article's text.
"""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from sitmon.model.claim import (
    Attribution,
    Auxiliary,
    Certainty,
    Modality,
    Polarity,
    Proposition,
    Quantity,
    ReportClass,
)
from sitmon.model.noun import dataclass


class Block(NamedTuple):
    """A run of lines that belong together.

    Attributes:
        kind: TITLE, HEADING, BOILERPLATE, CITATION; CLAIM for a plain paragraph, whose sentences are classed one by one.
        section: Text of the heading above it, or None.
    """

    start: int
    end: int
    kind: ReportClass
    section: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, `text == article.text[start:end]`, and where it stands.

    Attributes:
        position: Ordinal in the article, from 0.
        paragraph: Ordinal of its block.
        language: Whose lexicon reads it ("en", "ar").
        quoted: It lies inside a quotation that was opened in an earlier sentence.
        places: Where the names of places stand in it, as the gazetteer knows them.
        abroad: Names of other countries and their capitals in it, folded: whoever is there is not here.
    """

    text: str
    start: int
    end: int
    block: Block
    position: int
    paragraph: int
    language: str
    quoted: bool = False
    places: tuple[tuple[int, int], ...] = ()
    abroad: Set[str] = frozenset()

    def naming(self, places: tuple[tuple[int, int], ...], abroad: Set[str] = frozenset()) -> Sentence:
        """Give the same sentence with the names of places, and of what lies abroad, that were found in it."""
        if not (places or abroad):
            return self
        where = (self.block, self.position, self.paragraph, self.language, self.quoted)
        return Sentence(self.text, self.start, self.end, *where, places, abroad)


@dataclass(frozen=True, slots=True)
class Attributed:
    """A stretch of a sentence that somebody says, and who says it (None: the outlet in its own voice).

    Attributes:
        start, end: The content: the proposition, without source and cue.
        lemma: The cue's entry in the lexicon ("claim", "say", "according_to"), or None.
        stance_cue: What the cue by itself says of modality, as a lexicon value ("claimed", "denied", "rumoured", …), or None.
        how: The construction in which its source was found ("subject", "inverted", "phrase", …), or None.
        frame: Number shared by stretches that a contrast frame of the sentence sets against each other, or None.
    """

    start: int
    end: int
    attribution: Attribution | None
    lemma: str | None = None
    stance_cue: str | None = None
    frame: int | None = None
    how: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One proposition of a sentence with everything but its regions.

    Attributes:
        secondary: Spans inside it whose places are only secondary: fronted concessive or temporal clauses, destinations.
        relative: Spans of relative clauses beside its event: their places count where its own clause names none.
        lemma, how: Of its cue: the entry in the lexicon, and the construction in which its source was found; or None.
        negators: Spans of the words that negate its verb.
        told: Span of the words that tell its event, or None.
        why: Which rule decided its modality, in words for a person.
        said: Its source says it, in a clause of its own; False for what is only wanted, shown, praised or regarded so.
    """

    start: int
    end: int
    attribution: Attribution | None
    modality: Modality
    polarity: Polarity
    certainty: Certainty
    auxiliary: Auxiliary
    event: str | None
    tier: int = 0
    actor: str | None = None
    quantities: tuple[Quantity, ...] = ()
    proposition: Proposition | None = None
    frame: int | None = None
    secondary: tuple[tuple[int, int], ...] = ()
    relative: tuple[tuple[int, int], ...] = ()
    lemma: str | None = None
    how: str | None = None
    negators: tuple[tuple[int, int], ...] = ()
    told: tuple[int, int] | None = None
    why: str = ""
    said: bool = False
