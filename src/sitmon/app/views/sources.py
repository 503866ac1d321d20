"""Every source with its health, and every document that brought no article, each with one clear sentence. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sitmon.app.display import BLANK, Row, span
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.words import counted
from sitmon.app.wrapping import wrap
from sitmon.model.health import AtWork, Finding, FindingKind, Health, SourceHealth
from sitmon.sitrep.sourcelist import collector_facts
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
    reliability: Mapping[str, str] | None = None,
    *,
    is_past: bool = False,
    collectors: Sequence[AtWork] = (),
    unplaced_key: str = "u",
) -> list[Row]:
    """Return the page: what is and what was wrong, the sources, what they could not use, how many claims have no region.

    Args:
        sources: With their health.
        findings: What they could not use, newest first.
        troubles: What is wrong now, in words.
        unplaced: Claims without a region.
        now: UTC.
        width: Cells.
        glyphs: The signs to use.
        past: What was wrong and is mended, in words.
        reliability: Source id to what the configuration says of its outlet: "Example News, reliability C".
        is_past: The board beneath is one of the past; this page never is.
        collectors: Those at work on a shared record.
        unplaced_key: The key that lists those claims.
    """
    rows = [BLANK]
    for trouble in troubles:
        rows += _wrapped(f"{glyphs.trouble} {trouble}", width, "unwell")
    rows += [BLANK] if troubles else []
    rows += [Row((span("  Sources", "heading"), span("  as they are now, not then" if is_past else "", "stale"))), BLANK]
    for source in sources:
        rows += [*_source(source, (reliability or {}).get(source.id), now, width, glyphs), BLANK]
    for words in past:
        rows += [*_wrapped(words, width, "dim"), BLANK]
    if not sources:
        rows += [Row((span("  None is configured.", "dim"),)), BLANK]
    rows += _collectors(collectors, now, width, glyphs)
    rows += _findings(findings, width)
    if unplaced:
        words = f"{counted(unplaced, 'claim')} could not be placed in a region; {unplaced_key} on the board lists them."
        rows += [BLANK, *_wrapped(words, width, "dim")]
    return rows


def _collectors(collectors: Sequence[AtWork], now: datetime, width: int, glyphs: Glyphs) -> Iterator[Row]:
    if collectors:
        yield from (Row((span("  Collectors that share out the sources", "heading"),)), BLANK)
    for one in collectors:
        words = f"{glyphs.trouble} LATE" if one.is_late else "at work"
        yield Row((span(f"  {words:<10}", "unwell" if one.is_late else "well"), span(one.machine, "who")))
        yield from _wrapped(f" {glyphs.dot} ".join(collector_facts(one, now)), width, "meta", 12)
    if collectors:
        yield BLANK


def _findings(findings: Sequence[Finding], width: int) -> Iterator[Row]:
    yield from (Row((span("  Documents that brought no article of their own", "heading"),)), BLANK)
    for finding in findings[:_MOST]:
        yield from _finding(finding, width)
    if len(findings) > _MOST:
        yield Row((span(f"  and {len(findings) - _MOST} more", "dim"),))
    if not findings:
        yield Row((span("  None: everything could be read.", "dim"),))


def _source(source: SourceHealth, reliability: str | None, now: datetime, width: int, glyphs: Glyphs) -> Iterator[Row]:
    is_well = source.health in (Health.OK, Health.WAITING)
    word = source.health.value if is_well else f"{glyphs.trouble} {source.health.value.upper()}"
    yield Row((span(f"  {word:<10}", _LOOKS[source.health]), span(f"{source.kind}  ", "dim"), span(source.title, "who")))
    facts = [counted(source.items, "article")]
    if source.last_success:
        facts.append(f"answered {dtg(source.last_success)} ({age((now - source.last_success).total_seconds())})")
    if source.failing_since:
        facts.append(f"failing since {dtg(source.failing_since)}")
    if source.next_poll:
        left = (source.next_poll - now).total_seconds()
        facts.append(f"asked again {dtg(source.next_poll)}{f' (in {age(left)})' if left >= 60 else ''}")
    facts.append(f"every {_interval(source.interval_seconds)}")
    if gap := _gap(source, now):
        facts.append(gap)
    if reliability:
        facts.append(reliability)
    yield from _wrapped(f" {glyphs.dot} ".join(facts), width, "meta", 12)
    if source.error:
        yield from _wrapped(source.error, width, "unwell", 12)


def _interval(seconds: float) -> str:
    return f"{seconds:g} s" if seconds < 120 else age(seconds)


def _gap(source: SourceHealth, now: datetime) -> str | None:
    """Say how long nothing has been heard, where that is more than three intervals."""
    if source.last_success is None or source.health is Health.OK:
        return None
    silent = (now - source.last_success).total_seconds()
    return f"nothing heard for {age(silent)}" if silent > max(3 * source.interval_seconds, 60) else None


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
