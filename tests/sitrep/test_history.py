"""Status history: which line headed a region from when to when, and why it gave way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sitmon.assessment.history import StatusSpan, Turn
from sitmon.config.settings import Settings
from sitmon.model.article import Notice
from sitmon.model.claim import RecordedClaim
from sitmon.model.person import Mark, MarkKind
from sitmon.model.situation import Region, Situation
from sitmon.sitrep.current import board_now
from sitmon.sitrep.history import status_history
from sitmon.store.sqlite import RECORD_NAME, SqliteRecord, open_writer
from tests.sitrep import week
from tests.store.making import article, at, filing

SETTINGS = Settings(None, Situation("Lake country", regions=(Region("town", "Town"), Region("coast", "Coast"))))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SqliteRecord]:
    writer = open_writer(tmp_path / RECORD_NAME)
    writer.begin_reading("rules", at(0))
    yield writer
    writer.close()


def history(record: SqliteRecord, begin: float, end: float, *marks: Mark) -> list[tuple[float, str | None, Turn]]:
    spans = status_history(record, SETTINGS, "town", at(begin), at(end), marks)
    assert [span.until for span in spans] == [*(span.since for span in spans[1:]), None]
    return [(_minutes(span), span.line.recorded.quote if span.line else None, span.why) for span in spans]


def _minutes(span: StatusSpan) -> float:
    return (span.since - at(0)) / timedelta(minutes=1)


def pinned(record: SqliteRecord, quote: str) -> RecordedClaim:
    return next(claim for claim in record.window(at(99), ["town"]).claims if claim.quote == quote)


def test_a_history_tells_the_first_report_the_newer_one_the_correction_and_the_withdrawal(record: SqliteRecord) -> None:
    record.file([filing(article("The town was taken.", 10, id="a"))])
    record.file([filing(article("The town was held.", 20, id="b"))])
    record.file([filing(article("The town was held at noon.", 30, id="b"))])
    record.file([filing(article("The town was held at noon.", 40, id="b", notice=Notice.WITHDRAWN), again=True)])
    assert history(record, 0, 50) == [
        (0, None, Turn.STOOD),
        (10, "The town was taken.", Turn.FIRST),
        (20, "The town was held.", Turn.NEWER),
        (30, "The town was held at noon.", Turn.CORRECTED),
        (40, "The town was taken.", Turn.WITHDRAWN),
    ]
    assert history(record, 25, 35) == [
        (25, "The town was held.", Turn.STOOD),
        (30, "The town was held at noon.", Turn.CORRECTED),
    ]


def test_a_copy_by_another_outlet_is_no_new_status_and_an_empty_pane_is_told(record: SqliteRecord) -> None:
    record.file([filing(article("The town was taken.", 10, id="a", outlet="One"))])
    record.file([filing(article("The town was taken.", 20, id="b", outlet="Two"))])
    assert history(record, 0, 50) == [(0, None, Turn.STOOD), (10, "The town was taken.", Turn.FIRST)]


def test_a_pin_holds_a_status_until_it_is_released(record: SqliteRecord) -> None:
    record.file([filing(article("The town was taken.", 10, id="a"))])
    record.file([filing(article("The town was held.", 20, id="b"))])
    id = pinned(record, "The town was taken.").id
    marks = (Mark(MarkKind.PINNED, "town", id, at(30)), Mark(MarkKind.UNPINNED, "town", id, at(40)))
    assert history(record, 15, 50, *marks)[1:] == [
        (20, "The town was held.", Turn.NEWER),
        (30, "The town was taken.", Turn.PINNED),
        (40, "The town was held.", Turn.RELEASED),
    ]


def test_at_each_moment_of_a_week_the_history_shows_what_the_board_showed(tmp_path: Path) -> None:
    lived = week.settings()
    record = week.played(tmp_path, lived)
    try:
        begin, end = week.on(2, 0), week.on(9, 0)
        spans = {region.id: status_history(record, lived, region.id, begin, end) for region in lived.situation.regions}
        assert all(len(of_region) > 5 for of_region in spans.values())
        for hours in range(0, 168, 7):
            moment = begin + timedelta(hours=hours)
            for status in board_now(record, lived, moment).regions:
                held = [
                    span for span in spans[status.region] if span.since <= moment and (not span.until or moment < span.until)
                ]
                assert [span.line and span.line.recorded.quote for span in held] == [
                    status.status and status.status.recorded.quote
                ]
    finally:
        record.close()
