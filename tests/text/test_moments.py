"""Moments as documents write them, and as the board shows them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sitmon.text.moments import Moment, moment_of, parse_moment
from sitmon.text.times import age, dtg, rfc3339

DAMASCUS = ZoneInfo("Asia/Damascus")  # UTC+3 in December 2024

SAME_MOMENT = datetime(2024, 12, 8, 14, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        "2024-12-08T14:32:00Z",
        "2024-12-08t14:32:00z",
        " 2024-12-08T14:32Z\n",
        "2024-12-08T14:32:00.000+00:00",
        "2024-12-08T17:32:00+03:00",
        "2024-12-08T17:32:00+0300",
        "2024-12-08T17:32:00",
        "2024-12-08 17:32",
        "2024-12-08 5:32 PM",
        "2024-12-08, 5.32 p.m. (GMT+3)",
        "20241208T143200Z",
        "20241208T1732+0300",
        "Sun, 08 Dec 2024 14:32:00 GMT",
        "8 Dec 2024 14:32 UT",
        "Sun, 8 Dec 2024 17:32:00 +0300",
        "Sunday, 08-Dec-24 14:32:00 GMT",
        "Sun, 08 Dec 2024 09:32:00 EST",
        "081432ZDEC24",
        "081432Z DEC 2024",
    ],
)
def test_one_moment_is_read_however_it_is_written(words: str) -> None:
    assert moment_of(words, DAMASCUS) == Moment(SAME_MOMENT)


def test_a_bare_date_is_the_end_of_that_day_at_the_source() -> None:
    assert moment_of("2024-12-08", DAMASCUS) == Moment(datetime(2024, 12, 8, 20, 59, 59, tzinfo=UTC), is_day=True)
    assert moment_of("2024-12-08") == Moment(datetime(2024, 12, 8, 23, 59, 59, tzinfo=UTC), is_day=True)


def test_a_leap_second_is_the_second_before_it() -> None:
    assert moment_of("2016-12-31T23:59:60Z") == Moment(datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2024",
        "1000",
        "2024-12",
        "December 2024",
        "2024-02-30",
        "2024-12-08T25:00Z",
        "2024-12-08 13:00 PM",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59Z",
        "Sun, 08 Foo 2024 14:32:00 GMT",
        "yesterday",
        "2024-12-08T14:32:00Z and more",
        "١٢٣٤",
    ],
)
def test_what_is_no_full_date_is_none(words: str) -> None:
    assert moment_of(words) is None
    assert parse_moment(words) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-30, "now"), (59, "now"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (47 * 3600, "47 h"), (48 * 3600, "2 d")],
)
def test_an_age_is_short_words(seconds: float, words: str) -> None:
    assert age(seconds) == words


def test_a_moment_is_written_in_utc_whatever_its_zone() -> None:
    local = SAME_MOMENT.astimezone(DAMASCUS)
    assert dtg(local) == "081432ZDEC24"
    assert rfc3339(local) == "2024-12-08T14:32:00Z"
    assert rfc3339(local + timedelta(microseconds=5)) == "2024-12-08T14:32:00.000005Z"
    assert parse_moment(dtg(local)) == parse_moment(rfc3339(local)) == SAME_MOMENT
