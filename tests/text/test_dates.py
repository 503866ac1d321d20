"""Full dates in running text, in the ways newsrooms write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sitmon.text.dates import date_in, moment_in_words
from sitmon.text.moments import Moment

DAMASCUS = ZoneInfo("Asia/Damascus")  # UTC+3 in December 2024
DAY = Moment(datetime(2024, 12, 8, 20, 59, 59, tzinfo=UTC), is_day=True)
MINUTE = Moment(datetime(2024, 12, 8, 14, 32, tzinfo=UTC))


@pytest.mark.parametrize(
    "line",
    [
        "8 December 2024",
        "Sunday, 8 December 2024",
        "8th of December 2024",
        "08-Dec-2024",
        "Dec. 8, 2024",
        "December 8th, 2024",
        "DECEMBER 8 2024",
        "Published on December 8, 2024 by the desk",
        "8 ديسمبر 2024",
        "٨ ديسمبر ٢٠٢٤",
        "8 ديسمبر/كانون الأول 2024",
        "الأحد 8 كانون الأول 2024",
        "8 Aralık 2024",
        "8 décembre 2024",
        "le 8 décembre 2024",
        "8. Dezember 2024",
        "8 de diciembre de 2024",
        "2024-12-08",
        "DAMASCUS, Dec 8, 2024 (Wire) - The column",
    ],
)
def test_a_full_date_is_found_however_it_is_written(line: str) -> None:
    found = date_in(line, DAMASCUS)
    assert found is not None
    assert found.moment == DAY


@pytest.mark.parametrize(
    "line",
    [
        "8 December 2024, 17:32",
        "December 8, 2024 at 2:32 PM GMT",
        "December 8, 2024 | 2.32 p.m. UTC",
        "Updated 9:32 AM EST, Sun December 8, 2024",
        "14:32 GMT, 8 December 2024",
        "8 ديسمبر 2024 الساعة 17:32",
        "2024-12-08T14:32:00Z",
        "2024-12-08 17:32 (GMT+3)",
    ],
)
def test_a_time_beside_the_date_belongs_to_it(line: str) -> None:
    found = date_in(line, DAMASCUS)
    assert found is not None
    assert found.moment == MINUTE


@pytest.mark.parametrize(
    ("line", "month"),
    [
        ("8 APRİL 2024", 4),
        ("8 Aprıl 2024", 4),
        ("Auguſt 8, 2024", 8),
        ("8 MAYIS 2024", 5),
        ("8 ARALIK 2024", 12),
        ("8 Kasİm 2024", 11),
    ],
)
def test_a_month_is_itself_whatever_a_keyboard_makes_of_its_letters(line: str, month: int) -> None:
    assert date_in(line) == (Moment(datetime(2024, month, 8, 23, 59, 59, tzinfo=UTC), is_day=True), 0, len(line))


def test_a_slashed_date_counts_only_if_it_can_mean_one_day() -> None:
    christmas = datetime(2024, 12, 25, 23, 59, 59, tzinfo=UTC)
    assert [date_in(line) and date_in(line).moment.at for line in ("25/12/2024", "12/25/2024", "25.12.2024")] == [christmas] * 3  # type: ignore[union-attr]
    assert date_in("5/6/2024") is None
    assert date_in("5/5/2024") is not None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2024",
        "in December 2024",
        "December 8",
        "8 December",
        "31 February 2024",
        "May 2024 was quiet",
        "1.2.3.2024",
        "8 December 1066",
    ],
)
def test_what_is_no_full_date_is_not_found(line: str) -> None:
    assert date_in(line) is None


def test_the_first_date_of_a_line_is_taken_with_its_stretch() -> None:
    line = "Published: 8 December 2024 | Updated: 9 December 2024"
    found = date_in(line)
    assert found is not None
    assert line[found.start : found.end] == "8 December 2024"


def test_a_field_is_a_moment_only_if_it_holds_nothing_else() -> None:
    assert moment_in_words("Sunday, 8 December 2024", DAMASCUS) == DAY
    assert moment_in_words("081432ZDEC24", DAMASCUS) == MINUTE
    assert moment_in_words("the town fell on 8 December 2024") is None
