"""Reports and claims: what a sentence says, who says it, and how surely (terms of FactBank, PLOVER, STANAG 2511)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sitmon.model.article import ArticleRef, TimeBasis
from sitmon.model.noun import dataclass


class ReportClass(StrEnum):
    """What a sentence is; only a claim can become a status."""

    CLAIM = "claim"
    BACKGROUND = "background"
    COMMENTARY = "commentary"
    QUESTION = "question"
    HEADING = "heading"
    TITLE = "title"
    CITATION = "citation"
    BOILERPLATE = "boilerplate"


class Modality(StrEnum):
    """How firmly the source stands behind the proposition."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    RUMOURED = "rumoured"
    ASSESSED = "assessed"


class Polarity(StrEnum):
    """Of the proposition, by literal negation only."""

    POSITIVE = "+"
    NEGATIVE = "-"


class Certainty(StrEnum):
    """Of the attributed source, not of the world (FactBank)."""

    CERTAIN = "CT"
    PROBABLE = "PR"
    POSSIBLE = "PS"
    UNDERSPECIFIED = "U"


class Auxiliary(StrEnum):
    """How the proposition stands to the present (PLOVER)."""

    NONE = "none"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"
    NEGATION = "negation"


class SourceClass(StrEnum):
    """What kind of source an attribution names."""

    NAMED_OFFICIAL = "named_official"
    PARTY = "party_to_conflict"
    ORGANISATION = "organisation"
    EYEWITNESS = "eyewitness"
    UNNAMED_OFFICIALS = "unnamed_officials"
    OUTLET_VOICE = "outlet_voice"
    UNNAMED_REPORTS = "unnamed_reports"
    UNNAMED_SOURCES = "unnamed_sources"


class RouteKind(StrEnum):
    """Whether a region is what the claim reports on, or is mentioned beside it."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class Stance(StrEnum):
    """On which side of a contested proposition a claim stands."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it. Offsets count code points into the article's text.

    Attributes:
        text: The source as written, `article.text[start:end]`.
        cue: The reporting word or phrase as written ("claims", "according to", "denied").
        kind: The class of source; `class` in JSON.
        via: On whom the source relies ("citing intelligence sources"), or None.
        resolved: The last named source that a pronoun or "the monitor" stands for, or None.
        origin: The party or organisation it collapses to when origins are counted, or None if unnamed.
    """

    text: str
    start: int
    end: int
    cue: str
    kind: SourceClass
    via: str | None = None
    resolved: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """One region of a claim, and the rung of the ladder that put it there (design: routing).

    Attributes:
        region: Id of a configured region.
        reason: Words a person can check, beginning with the rung:
            "explicit: Daraa", "speaker: U.S. officials", "definite: the city = Homs", "heading: The Situation in Damascus", ….
    """

    region: str
    kind: RouteKind
    reason: str


class Bound(StrEnum):
    """How a number is meant: "14", "at least 14", "up to 14", "some 14"."""

    EXACT = "="
    LEAST = "≥"
    MOST = "≤"
    ABOUT = "≈"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as the claim gives it: `Quantity(15, "killed")`."""

    value: float
    unit: str
    bound: Bound = Bound.EXACT


@dataclass(frozen=True, slots=True)
class Proposition:
    """A contestable statement in slots: same family and subject with opposite stance contest each other.

    Attributes:
        family: whereabouts, control, casualties, responsibility, agreement or office (names are data of the lexicon).
        subject: Folded name of whom or what it is about ("assad"; for control the place).
        object: What is said of the subject, folded (place, holder, number), or None; a number with its Bound before it
            unless it is exact ("14", "≥14").
        stance: What the source holds, negation and denial taken into account: FOR or AGAINST the family's reference
            statement ("is in the place", "is held by its defender", …). Who denies that X has fled is FOR "X is here".
        wording: The reference statement in words, for people: "Assad is in Damascus".
    """

    family: str
    subject: str
    stance: Stance
    object: str | None = None
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition of a sentence. Offsets count code points into the article's text; the span lies in the sentence.

    Attributes:
        regions: Where it belongs; empty means unrouted (counted and visible, never dropped).
        place: The most specific place named in it, by its gazetteer name, or None.
        event: Id of an event type of the lexicon ("control_change", "clash", …), or None.
        tier: Weight class of the event, 0 (none) to 5.
        actor: Who does it, by its configured name where known, or None.
        frame: Claims of one sentence that a contrast frame sets against each other carry the same number; None outside frames.
    """

    start: int
    end: int
    regions: tuple[Route, ...]
    place: str | None
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


@dataclass(frozen=True, slots=True)
class Report:
    """One verbatim sentence (or title, heading, line) and the claims in it; `quote == article.text[start:end]`.

    Attributes:
        section: Text of the heading it stands under, or None.
    """

    quote: str
    start: int
    end: int
    kind: ReportClass
    section: str | None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All sentences of one article version in order, and what the reading noticed.

    Attributes:
        credits: Wire and outlet credits found in the text.
        unknown: Words that look like a place or an actor and are in no list.
        unread: Code points at the end of the text that were kept as they are: it is longer than any article.
    """

    reports: tuple[Report, ...]
    credits: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unread: int = 0


@dataclass(frozen=True, slots=True)
class RecordedClaim:
    """A claim as the record holds it: with its sentence, its article and its clocks. All times UTC.

    Attributes:
        id: Grows with commit order, and stays with a sentence that a later version or reading leaves unchanged.
        quote: The whole sentence, verbatim.
        start, end: The sentence's offsets in the article's text.
        position: Ordinal of the sentence in its article, from 0.
        report_time: What "latest" is measured by.
        first_seen_at: When the version that brought this sentence (as worded) was first seen.
    """

    id: int
    article: ArticleRef
    quote: str
    start: int
    end: int
    position: int
    kind: ReportClass
    claim: Claim
    report_time: datetime
    time_basis: TimeBasis
    first_seen_at: datetime
