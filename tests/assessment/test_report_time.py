"""What "latest" is measured by: the table of the domain rules, and the clocks of sentences over versions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sitmon.assessment.report_time import report_time, sentence_times
from sitmon.model.article import Article, SentenceTime, TimeBasis
from sitmon.model.claim import Report, ReportClass

SEEN = datetime(2024, 12, 8, 14, 30, tzinfo=UTC)
NOON = datetime(2024, 12, 8, 12, 0, tzinfo=UTC)
ARTICLE = Article(source="inbox", id="a", text="", first_seen_at=SEEN)
UNCHANGED = "The column reached the river on Sunday."


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@pytest.mark.parametrize(
    ("published", "is_day", "expected", "basis"),
    [
        (NOON, False, NOON, TimeBasis.PUBLISHED),
        (None, False, SEEN, TimeBasis.SEEN),
        (SEEN + timedelta(minutes=5), False, SEEN + timedelta(minutes=5), TimeBasis.PUBLISHED),
        (SEEN + timedelta(minutes=6), False, SEEN, TimeBasis.CLAMPED),
        (SEEN + timedelta(days=900), False, SEEN, TimeBasis.CLAMPED),
        (datetime(2024, 12, 7, 23, 59, 59, tzinfo=UTC), True, datetime(2024, 12, 7, 23, 59, 59, tzinfo=UTC), TimeBasis.DAY),
        (datetime(2024, 12, 8, 23, 59, 59, tzinfo=UTC), True, SEEN, TimeBasis.DAY),
        (datetime(2024, 12, 9, 23, 59, 59, tzinfo=UTC), True, SEEN, TimeBasis.CLAMPED),
        (NOON - timedelta(days=700), False, NOON - timedelta(days=700), TimeBasis.PUBLISHED),
    ],
)
def test_the_report_time_is_the_publishers_unless_it_cannot_be(
    published: datetime | None, is_day: bool, expected: datetime, basis: TimeBasis
) -> None:
    article = replace(ARTICLE, published_at=published, published_is_day=is_day)
    assert report_time(article) == SentenceTime(expected, basis, SEEN)


def test_an_article_that_only_says_when_it_was_updated_is_as_old_as_that() -> None:
    assert report_time(replace(ARTICLE, updated_at=NOON)) == SentenceTime(NOON, TimeBasis.PUBLISHED, SEEN)


FIRST = replace(ARTICLE, published_at=NOON, first_seen_at=NOON + hours(0.5))
SECOND = replace(FIRST, version=2, first_seen_at=SEEN)
OLD = SentenceTime(NOON, TimeBasis.PUBLISHED, NOON + hours(0.5))


def times_of(quote: str, second: Article = SECOND, first: Article = FIRST, old: SentenceTime = OLD) -> SentenceTime:
    report = Report(quote, 0, len(quote), ReportClass.CLAIM, None)
    (times,) = sentence_times(second, [report], first, [("Something else.", OLD), (UNCHANGED, old)])
    return times


@pytest.mark.parametrize(
    "quote",
    [
        UNCHANGED,
        "The column reached the river on Sunday.\u00a0",
        "The column  reached\nthe river on Sunday.",
        "THE COLUMN REACHED THE RIVER ON SUNDAY.",
    ],
)
def test_an_unchanged_sentence_keeps_its_clocks(quote: str) -> None:
    assert times_of(quote, replace(SECOND, updated_at=SEEN - hours(1))) == OLD


@pytest.mark.parametrize(
    "quote",
    [
        "The colunm reached the river on Sunday.",
        "The collumn reached the river on Sunday.",
        "The colum reached the rivar on Sunday.",
    ],
)
def test_a_mended_spelling_keeps_the_report_time_but_was_not_seen_before(quote: str) -> None:
    assert times_of(quote) == SentenceTime(NOON, TimeBasis.PUBLISHED, SEEN)


@pytest.mark.parametrize(
    "quote",
    [
        "The column has not reached the river on Sunday.",
        "The column reached the river on Monday.",
        "The column reached the river.",
        "The column reached the river on Sunday?",
        "A second column was seen near the bridge.",
    ],
)
def test_a_changed_sentence_takes_the_time_of_the_edit(quote: str) -> None:
    updated = SEEN - hours(1)
    assert times_of(quote, replace(SECOND, updated_at=updated)) == SentenceTime(updated, TimeBasis.PUBLISHED, SEEN)


def test_a_changed_figure_is_a_changed_sentence() -> None:
    old, new = (Report(f"The shells killed {count} people in the town.", 0, 40, ReportClass.CLAIM, None) for count in (10, 14))
    (times,) = sentence_times(SECOND, [new], FIRST, [(old.quote, OLD)])
    assert times == SentenceTime(SEEN, TimeBasis.SEEN, SEEN)


@pytest.mark.parametrize(
    ("second", "first", "expected", "basis"),
    [
        (SECOND, FIRST, SEEN, TimeBasis.SEEN),
        (replace(SECOND, updated_at=SEEN + hours(3)), FIRST, SEEN, TimeBasis.CLAMPED),
        (replace(SECOND, updated_at=NOON), replace(FIRST, updated_at=NOON), SEEN, TimeBasis.SEEN),
        (replace(SECOND, published_at=NOON + hours(2)), FIRST, NOON + hours(2), TimeBasis.PUBLISHED),
    ],
)
def test_the_time_of_an_edit_is_the_publishers_stamp_only_if_it_moved(
    second: Article, first: Article, expected: datetime, basis: TimeBasis
) -> None:
    assert times_of("A second column was seen near the bridge.", second, first) == SentenceTime(expected, basis, SEEN)


def test_a_date_given_later_makes_unchanged_sentences_older_never_younger() -> None:
    undated = replace(FIRST, published_at=None)
    seen = SentenceTime(undated.first_seen_at, TimeBasis.SEEN, undated.first_seen_at)
    assert times_of(UNCHANGED, SECOND, undated, seen) == SentenceTime(NOON, TimeBasis.PUBLISHED, undated.first_seen_at)
    assert times_of(UNCHANGED, replace(SECOND, published_at=SEEN, text="edited"), undated, seen) == seen


def test_a_date_corrected_in_an_unchanged_text_holds_for_all_that_stood_under_the_old_one() -> None:
    later = NOON + hours(1)
    assert times_of(UNCHANGED, replace(SECOND, published_at=later)) == SentenceTime(
        later, TimeBasis.PUBLISHED, OLD.first_seen_at
    )
    edited = replace(SECOND, published_at=later, text="edited")
    assert times_of(UNCHANGED, edited) == OLD
    added = SentenceTime(SEEN, TimeBasis.SEEN, SEEN)
    assert times_of(UNCHANGED, replace(SECOND, published_at=later), FIRST, added).report_time == later


def test_a_sentence_added_by_an_edit_keeps_that_time_in_the_version_after() -> None:
    third = replace(SECOND, version=3, first_seen_at=SEEN + hours(1))
    added = SentenceTime(SEEN, TimeBasis.SEEN, SEEN)
    assert times_of(UNCHANGED, third, SECOND, added) == added
