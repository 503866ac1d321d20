"""How an article is read, as plain text for a person: the tool with which a desk corrects its word lists and its gazetteer."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from sitmon.model.article import Article
from sitmon.model.claim import Attribution, Auxiliary, Claim, Reading, Report
from sitmon.text.bylines import named
from sitmon.text.sanitise import sanitise
from sitmon.text.times import dtg

MARGIN = 16


def reading_text(article: Article, reading: Reading, width: int = 100) -> str:
    """Return the numbered sentences, each with its class and its claims: region and reason, source, cue, modality, event."""
    published = f"published {dtg(article.published_at)}" if article.published_at else "undated"
    head = " · ".join(
        sanitise(part) for part in (article.path or article.id, named(article.outlet or "outlet unknown"), published)
    )
    lines = [head, "=" * min(width, len(head))]
    for number, report in enumerate(reading.reports, start=1):
        lines += _report(article, number, report, width)
    if reading.credits:
        lines += ["", f"credits: {sanitise(', '.join(reading.credits))}"]
    if reading.unknown:
        lines += ["", "looks like a place or an actor and is in no list: " + sanitise(", ".join(reading.unknown))]
    if reading.unread:
        lines += ["", f"longer than any article: its last {reading.unread:,d} characters were not read into claims"]
    return "\n".join(lines) + "\n\n"


def _report(article: Article, number: int, report: Report, width: int) -> Iterator[str]:
    label = f"{number:>3} {report.kind.value}".ljust(MARGIN)
    yield from wrap(_flat(report.quote), width, initial_indent=label, subsequent_indent=" " * MARGIN)
    for claim in report.claims:
        yield from _claim(article, claim, width)


def _claim(article: Article, claim: Claim, width: int) -> Iterator[str]:
    indent = " " * MARGIN
    words = f"“{_flat(article.text[claim.start : claim.end])}”"
    yield from wrap(words, width, initial_indent=f"{indent}> ", subsequent_indent=f"{indent}  ")
    facts = [
        f"region  {_regions(claim)}",
        f"source  {_source(claim.attribution)}",
        f"holds   {_holds(claim)}",
        f"event   {_event(claim)}",
    ]
    for fact in facts:
        yield from wrap(fact, width, initial_indent=f"{indent}  ", subsequent_indent=f"{indent}          ")


def _regions(claim: Claim) -> str:
    routes = [f"{route.region} ({route.kind.value}, {route.reason})" for route in claim.regions]
    return sanitise("; ".join(routes)) or "unrouted"


def _source(attribution: Attribution | None) -> str:
    if attribution is None:
        return "the outlet's own voice"
    resolved = f" = {attribution.resolved}" if attribution.resolved else ""
    via = f", {attribution.via}" if attribution.via else ""
    kind = attribution.kind.value.replace("_", " ")
    return _flat(f"{attribution.text}{resolved} ({kind}), cue “{attribution.cue}”{via}")


def _holds(claim: Claim) -> str:
    auxiliary = "" if claim.auxiliary is Auxiliary.NONE else f", {claim.auxiliary.value}"
    return f"{claim.modality.value}, polarity {claim.polarity.value}, certainty {claim.certainty.value}{auxiliary}"


def _event(claim: Claim) -> str:
    if claim.event is None:
        return "none"
    parts = [f"{claim.event} (tier {claim.tier})"]
    parts += [f"place {claim.place}"] if claim.place else []
    parts += [f"actor {claim.actor}"] if claim.actor else []
    parts += [f"{quantity.value:g} {quantity.unit}" for quantity in claim.quantities]
    return _flat(", ".join(parts))


def _flat(text: str) -> str:
    return " ".join(sanitise(text).split())
