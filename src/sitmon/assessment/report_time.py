"""Report time: what "latest" is measured by, for an article and, over its versions, for each of its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sitmon.assessment.sameness import normal_form, same_but_for_spelling
from sitmon.model.article import Article, SentenceTime, TimeBasis
from sitmon.model.claim import Report

_DAY = timedelta(days=1)


def report_time(article: Article, future_minutes: float = 5.0) -> SentenceTime:
    """Say when an article reported, and by which clock.

    | the document's date | report time | basis |
    | --- | --- | --- |
    | plausible | as given | published |
    | none, or unparseable | first seen | seen |
    | later than first seen and five minutes | first seen | clamped |
    | a date without a time | end of that day at the source, at most first seen | day |

    A document that says only when it was updated is as old as that.

    Args:
        article: With its clocks in UTC.
        future_minutes: How far a publisher's clock may be ahead of ours.
    """
    if article.published_at is None:
        return _clamped(article.updated_at, False, article.first_seen_at, future_minutes)
    return _clamped(article.published_at, article.published_is_day, article.first_seen_at, future_minutes)


def sentence_times(
    article: Article,
    reports: Sequence[Report],
    earlier: Article | None = None,
    earlier_times: Iterable[tuple[str, SentenceTime]] = (),
    future_minutes: float = 5.0,
) -> tuple[SentenceTime, ...]:
    """Say when each sentence of a version was reported.

    In an edited article an unchanged sentence keeps its time, so that an old line does not become news by an edit elsewhere;
    one with nothing but its spelling mended keeps its report time too. New and changed ones take the time of the edit.

    Args:
        article: The version.
        reports: Its sentences in order.
        earlier: The version before it, or None.
        earlier_times: Each sentence of the version before, with its times.
        future_minutes: How far a publisher's clock may be ahead of ours.

    Returns:
        One SentenceTime for each report, in order.
    """
    if earlier is None:
        return (report_time(article, future_minutes),) * len(reports)
    known: dict[str, SentenceTime] = {}
    for quote, times in earlier_times:
        known.setdefault(normal_form(quote), times)
    if article.published_at != earlier.published_at:
        known = {form: _redated(times, article, earlier, future_minutes) for form, times in known.items()}
    edited = _edited(article, earlier, future_minutes)
    return tuple(_inherited(normal_form(report.quote), known, edited) for report in reports)


def _clamped(at: datetime | None, is_day: bool, seen: datetime, future_minutes: float) -> SentenceTime:
    if at is None:
        return SentenceTime(seen, TimeBasis.SEEN, seen)
    begin = at - _DAY if is_day else at
    if begin > seen + timedelta(minutes=future_minutes):
        return SentenceTime(seen, TimeBasis.CLAMPED, seen)
    return SentenceTime(min(at, seen), TimeBasis.DAY, seen) if is_day else SentenceTime(at, TimeBasis.PUBLISHED, seen)


def _edited(article: Article, earlier: Article, future_minutes: float) -> SentenceTime:
    """Say when an edit was made: by the publisher's own stamp if it moved with the edit, else when the edit was first seen."""
    seen = article.first_seen_at
    if _is_later(article.updated_at, earlier.updated_at):
        return _clamped(article.updated_at, False, seen, future_minutes)
    if _is_later(article.published_at, earlier.published_at):
        return _clamped(article.published_at, article.published_is_day, seen, future_minutes)
    return SentenceTime(seen, TimeBasis.SEEN, seen)


def _is_later(stamp: datetime | None, before: datetime | None) -> bool:
    return stamp is not None and (before is None or stamp > before)


def _redated(times: SentenceTime, article: Article, earlier: Article, future_minutes: float) -> SentenceTime:
    """Give an unchanged sentence the date that only the newer version has.

    With the text unchanged it is the date that was corrected, and holds for all that stood under the old one. Beside an edit
    it can only make a sentence older: publishers move the date forward to be read again.
    """
    own, old = report_time(article, future_minutes), report_time(earlier, future_minutes)
    is_corrected = article.text == earlier.text and times.report_time == old.report_time
    is_older = own.basis in (TimeBasis.PUBLISHED, TimeBasis.DAY) and own.report_time < times.report_time
    return replace(times, report_time=own.report_time, basis=own.basis) if is_corrected or is_older else times


def _inherited(form: str, known: Mapping[str, SentenceTime], edited: SentenceTime) -> SentenceTime:
    if (times := known.get(form)) is not None:
        return times
    for other, times in known.items():
        if same_but_for_spelling(form, other):
            # As worded it was not there before: only its report time is the old one.
            return replace(times, first_seen_at=edited.first_seen_at)
    return edited
