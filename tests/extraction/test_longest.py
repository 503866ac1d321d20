"""However long a text is: all of it is kept, as much is read as any article has, and it is said how much was not."""

from __future__ import annotations

import sys
from itertools import pairwise
from types import FrameType

import pytest

from sitmon.extraction.reader import reader_for
from sitmon.model.claim import Reading, ReportClass
from sitmon.sitrep.reading import reading_text
from tests.extraction.ardania import ARDANIA
from tests.extraction.hostile import HOSTILE
from tests.extraction.test_reader import article

NEWS = "Rebels captured Marwick on Friday, the army said. "


def read(text: str) -> Reading:
    return reader_for(ARDANIA).read(article(text))


def steps(text: str) -> int:
    """Count the calls that reading a text takes: what a slow or busy machine does not change."""
    count = 0

    def counted(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_steps_of_a_reading_grow_with_the_text_and_not_faster(kind: str) -> None:
    text = HOSTILE[kind] * (8_000 // len(HOSTILE[kind]))
    read(text * 4)  # words met for the first time take longer
    assert steps(text * 4) < 5 * steps(text) + 2_000


@pytest.mark.parametrize(
    "text",
    [NEWS * 9_000, (NEWS + "\n\n") * 6_000, NEWS.rstrip(". ") * 9_000, "a\n\n" * 9_000, "# Marwick\n\n" * 9_000, "a" * 400_000],
)
def test_what_lies_beyond_the_longest_article_is_kept_in_pieces_and_not_read(text: str) -> None:
    reading = read(text)
    reports = reading.reports
    assert all(report.quote == text[report.start : report.end] for report in reports)
    assert "".join("".join(report.quote.split()) for report in reports) == "".join(text.split())
    beyond = [report for report in reports if report.start >= len(text.rstrip()) - reading.unread]
    assert beyond
    assert {report.kind for report in beyond} == {ReportClass.BACKGROUND}
    assert not any(report.claims for report in beyond)
    assert all(one.end <= other.start for one, other in pairwise(reports))
    assert f"last {reading.unread:,d} characters were not read" in reading_text(article(text), reading)


def test_a_long_live_page_is_read_to_its_end() -> None:
    page = "".join(f"At {number // 60:02d}:{number % 60:02d} {NEWS}\n\n" for number in range(1_400))
    reading = read(page)
    assert reading.unread == 0
    assert reading.reports[-1].claims
    assert "not read" not in reading_text(article(page), reading)
