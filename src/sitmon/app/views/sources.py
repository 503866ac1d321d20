"""Every source with its health, and every document that brought no article, each with one clear sentence. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sitmon.app.display import BLANK, Row, span
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.words import counted
from sitmon.app.wrapping import wrap
from sitmon.model.health import Finding, FindingKind, Health, SourceHealth
from sitmon.text.times import age, dtg

_LOOKS = {Health.OK: "well", Health.WAITING: "dim", Health.FAILING: "unwell", Health.STOPPED: "unwell"}
_MOST = 500


def sources_rows(
    sources: Sequence[SourceHealth],
    findings: Sequence[Finding],
    troubles: Sequence[str],
    unplaced: int,
    now: datetime,
    width: int,
    glyphs: Glyphs,
    past: Sequence[str] = (),
) -> list[Row]:
    """Return the page: what is and what was wrong, the sources, what they could not use, how many claims have no region."""
    rows = [BLANK]
    for trouble in troubles:
        rows += _wrapped(f"{glyphs.trouble} {trouble}", width, "unwell")
    rows += [BLANK] if troubles else []
    rows += [Row((span("  Sources", "heading"),)), BLANK]
    for source in sources:
        rows += [*_source(source, now, width, glyphs), BLANK]
    for words in past:
        rows += [*_wrapped(words, width, "dim"), BLANK]
    if not sources:
        rows += [Row((span("  None is configured.", "dim"),)), BLANK]
    rows += [Row((span("  Documents that brought no article of their own", "heading"),)), BLANK]
    rows += [row for finding in findings[:_MOST] for row in _finding(finding, width)]
    if len(findings) > _MOST:
        rows.append(Row((span(f"  and {len(findings) - _MOST} more", "dim"),)))
    rows += [] if findings else [Row((span("  None: everything could be read.", "dim"),))]
    if unplaced:
        rows += [
            BLANK,
            *_wrapped(f"{counted(unplaced, 'claim')} could not be placed in a region; search finds them.", width, "dim"),
        ]
    return rows


def _source(source: SourceHealth, now: datetime, width: int, glyphs: Glyphs) -> Iterator[Row]:
    is_well = source.health in (Health.OK, Health.WAITING)
    word = source.health.value if is_well else f"{glyphs.trouble} {source.health.value.upper()}"
    yield Row((span(f"  {word:<10}", _LOOKS[source.health]), span(f"{source.kind}  ", "dim"), span(source.title, "who")))
    facts = [counted(source.items, "article")]
    if source.last_success:
        facts.append(f"answered {dtg(source.last_success)} ({age((now - source.last_success).total_seconds())})")
    if source.failing_since:
        facts.append(f"failing since {dtg(source.failing_since)}")
    if source.next_poll:
        facts.append(f"asked again {dtg(source.next_poll)}")
    yield from _wrapped(f" {glyphs.dot} ".join(facts), width, "meta", 12)
    if source.error:
        yield from _wrapped(source.error, width, "unwell", 12)


def _finding(finding: Finding, width: int) -> Iterator[Row]:
    look = "unwell" if finding.kind is FindingKind.REFUSED else "dim"
    text = span(f"{finding.locator}: {finding.sentence} ({dtg(finding.at)})").text
    for number, (start, end) in enumerate(wrap(text, max(width - 14, 10))):
        head = f"  {finding.kind.value:<10}" if number == 0 else " " * 12
        yield Row((span(head, look), span(text[start:end])))


def _wrapped(text: str, width: int, role: str, indent: int = 2) -> Iterator[Row]:
    clean = span(text).text
    for start, end in wrap(clean, max(width - indent - 2, 10)):
        yield Row((span(" " * indent), span(clean[start:end], role)))
