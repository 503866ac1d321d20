"""Explanations: says of one sentence why it was read as it was, from what the reader itself found on the way (trace.py).

Nothing is decided here, and nothing read again: every remark names a finding, and the line of the lexicon it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sitmon.extraction.places.names import Mention, NameKind
from sitmon.extraction.places.roles import Role
from sitmon.extraction.places.routing import Routed
from sitmon.extraction.statement import Statement
from sitmon.extraction.trace import Trace
from sitmon.extraction.words.lexicon_lines import cue_line, line_of
from sitmon.extraction.words.phrases import Mark
from sitmon.model.claim import Auxiliary, Claim, Reading, Report
from sitmon.model.noun import dataclass

_ROLES = {
    Role.SCENE: "where it happens",
    Role.NEAR: "near by",
    Role.BESIDE: "only talked about: secondary",
    Role.DESTINATION: "a destination: secondary",
    Role.NONE: "no scene",
}
_KINDS = {
    NameKind.MASK: "masked: a name that is none of the places in it",
    NameKind.ACTOR: "actor",
    NameKind.PARTY: "party",
    NameKind.COUNTRY: "the situation's country: routes nowhere by itself",
    NameKind.FOREIGN: "another country",
}
# Phrases that decide nothing by themselves: small words, numbers and their units.
_SMALL = ("joining", "number", "part", "pact", "no_toll", "quantity", "bound", "destination", "intention", "answering")
_TIMES = {
    Auxiliary.NONE: ("of now", ()),
    Auxiliary.FUTURE: ("yet to come", ("auxiliary",)),
    Auxiliary.HYPOTHETICAL: ("depends on something else", ("auxiliary", "clause")),
    Auxiliary.HISTORICAL: ("of the past, with no word of now", ("history",)),
    Auxiliary.NEGATION: ("did not happen", ("failed", "negation")),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding: what it is about ("place", "modality"), and what was found, in words for a person."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a sentence was read as it was.

    Attributes:
        number: Ordinal of the sentence in its article, from 1.
        report: How it was read.
        remarks: Of the whole sentence.
        claims: Of each of its claims, in order.
    """

    number: int
    report: Report
    remarks: tuple[Remark, ...]
    claims: tuple[tuple[Remark, ...], ...]


def explanations_of(reading: Reading, traces: Sequence[Trace], wanted: str | None) -> Iterator[Explanation]:
    """Explain the sentences that are asked for.

    Args:
        reading: How the article was read.
        traces: What was found on the way, one for each report.
        wanted: The number of a sentence from 1, its beginning, or words in it; case and white space do not count. None: all.

    Returns:
        Those that begin with the words; if there is none, those that hold them.
    """
    asked = _plain(wanted or "")
    quotes = [_plain(report.quote) for report in reading.reports]
    if wanted is None:
        numbers = list(range(len(quotes)))
    elif asked.isdecimal() and 0 < int(asked) <= len(quotes):
        numbers = [int(asked) - 1]
    else:
        numbers = [at for at, quote in enumerate(quotes) if asked and quote.startswith(asked)]
        numbers = numbers or [at for at, quote in enumerate(quotes) if asked and asked in quote]
    for at in numbers:
        yield _explanation(at + 1, reading.reports[at], traces[at], reading.unknown)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _explanation(number: int, report: Report, trace: Trace, unknown: Iterable[str]) -> Explanation:
    remarks = (
        Remark("class", f"{report.kind.value}: {trace.classed.why}"),
        *(Remark("place", text) for text in _places(trace)),
        *(Remark("name", text) for text in _names(trace)),
        *(Remark("unknown", f"“{name}” looks like a place and is in no list") for name in unknown if name in report.quote),
        *(Remark("word", text) for text in _words(trace)),
    )
    pairs = zip(report.claims, trace.routed, strict=True)
    return Explanation(number, report, remarks, tuple(tuple(_claim(trace, claim, *one)) for claim, one in pairs))


def _places(trace: Trace) -> Iterator[str]:
    """Say of each place, named or pointed at, what it is taken for and what the words around make of it."""
    for place in trace.located.places:
        named = place.meant or place.place
        what = f" = {named}" if named and named.casefold() != place.written.casefold() else ""
        how = f", {place.pointing.value}" if place.pointing else ", by its sound" if place.variant else ""
        level = f" ({', '.join(sorted(place.levels))})" if place.levels and place.place else ""
        role = f"{_ROLES[place.role]}, {place.why}" if place.why else _ROLES[place.role]
        yield f"“{place.written}”{what}{level}{how}: {place.region or 'in no region'}; {role}"


def _names(trace: Trace) -> Iterator[str]:
    for mention in trace.located.names:
        if mention.name.kind is not NameKind.PLACE:
            yield f"“{_written(trace, mention)}” = {mention.name.name}: {_KINDS[mention.name.kind]}"


def _written(trace: Trace, mention: Mention) -> str:
    return trace.located.passage.text[mention.start : mention.end]


def _words(trace: Trace) -> Iterator[str]:
    """Name the phrases of the lexicon in the sentence, each with its line."""
    scene = trace.scene
    found = [(mark, group) for group, marks in scene.marks.items() if not group.startswith(_SMALL) for mark in marks]
    for mark, group in sorted(found, key=lambda one: (one[0].first, one[1])):
        if (text := _phrase(trace, group, mark)) is not None:
            yield text


def _phrase(trace: Trace, group: str, mark: Mark) -> str | None:
    line = line_of(trace.located.sentence.language, group, mark, trace.scene.words)
    return None if line is None else f"“{trace.scene.written(mark.first, mark.last)}” {line}"


def _claim(trace: Trace, claim: Claim, statement: Statement, where: Routed) -> Iterator[Remark]:
    yield Remark("source", _source(trace, statement))
    yield from (Remark("region", text) for text in _ladder(claim, where))
    yield Remark("modality", f"{claim.modality.value}: {statement.why}")
    negators = ", ".join(f"“{trace.located.passage.text[first:last]}”" for first, last in statement.negators)
    yield Remark("polarity", f"{claim.polarity.value}: {negators or 'nothing negates its verb'}")
    yield Remark("certainty", claim.certainty.value + _by(trace, claim, ("certainty",)))
    said, groups = _TIMES[claim.auxiliary]
    yield Remark("time", f"{claim.auxiliary.value}: {said}{_by(trace, claim, groups)}")
    yield Remark("event", _event(trace, claim, statement))
    if claim.proposition is not None:
        about = claim.proposition
        yield Remark("contests", f"{about.family} of {about.subject}: {about.stance.value} “{about.wording}”")


def _source(trace: Trace, statement: Statement) -> str:
    said = statement.attribution
    if said is None:
        return "the outlet's own voice: no cue governs these words"
    name = f"“{said.text}”" if said.text else "nobody is named"
    resolved = f", who stands for “{said.resolved}”" if said.resolved else ""
    via = f", by way of “{said.via}”" if said.via else ""
    line = cue_line(trace.located.sentence.language, statement.lemma or "", statement.how)
    how = f", {statement.how}" if statement.how else ""
    kind = said.kind.value.replace("_", " ")
    return f"{name}{resolved}{via} ({kind}{how}); cue “{said.cue}”" + (f" {line}" if line else "")


def _ladder(claim: Claim, where: Routed) -> Iterator[str]:
    """Go down the ladder as the router did: what did not hold, then what did."""
    routes = "; ".join(f"{route.region} ({route.kind.value}, {route.reason})" for route in claim.regions)
    last = len(where.steps) - 1
    for number, step in enumerate(where.steps):
        if number < last:
            yield f"no: {step}"
        else:
            yield f"{'yes' if where.held else 'no'}: {step}"
    yield f"so: {routes or 'unrouted: counted and kept, on no pane'}"


def _by(trace: Trace, claim: Claim, groups: Iterable[str]) -> str:
    """Name the phrases of some groups that begin in a claim."""
    first, last = trace.scene.span(claim.start, claim.end)
    phrases = (_phrase(trace, group, mark) for group in groups for mark in trace.scene.marks_of(group, first, last))
    named = ", ".join(phrase for phrase in phrases if phrase)
    return f"; {named}" if named else ""


def _event(trace: Trace, claim: Claim, statement: Statement) -> str:
    if claim.event is None:
        return "none: no phrase of the lists tells one"
    told = trace.located.passage.text[slice(*statement.told)] if statement.told else None
    actor = f", by {claim.actor}" if claim.actor else ""
    figures = "".join(f", {quantity.value:g} {quantity.unit}" for quantity in claim.quantities)
    return f"{claim.event}, tier {claim.tier}{actor}{figures}" + (f"; “{' '.join(told.split())}” tells it" if told else "")
