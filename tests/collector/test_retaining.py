"""The collector forgets what the configuration does not allow to be kept, and nothing a person holds on to."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sitmon.collector.retaining import Retaining
from sitmon.config.settings import Retention
from sitmon.model.claim import Reading, Report, ReportClass
from sitmon.model.person import Decision, DecisionKind, LogEntry, Mark, MarkKind
from sitmon.store.desk import DESK_NAME, open_desk
from sitmon.store.sqlite import RECORD_NAME, SqliteRecord, open_writer
from tests.store.making import AT, article, filing, full_claim

DAY = 24 * 60
MONTH = Retention(age=30 * 86400.0)


@pytest.fixture
def record(tmp_path: Path) -> SqliteRecord:
    record = open_writer(tmp_path / RECORD_NAME)
    record.begin_reading("first", AT)
    for number in range(4):
        record.file([filing(article(f"Shelling was heard in Northtown, {number}.", -40 * DAY, id=f"old{number}"))])
    return record


def _newer(record: SqliteRecord) -> datetime:
    record.file([filing(article(f"Rain fell in Northtown, {number}.", number, id=f"new{number}")) for number in range(260)])
    return AT + timedelta(minutes=300)


def _ids(record: SqliteRecord) -> set[str]:
    return {article.id for article in record.articles() if article.id.startswith("old")}


def test_pins_log_entries_and_decisions_keep_what_they_speak_of(record: SqliteRecord, tmp_path: Path) -> None:
    claims = {one.article.id: one.id for one in record.window(AT, ["town"]).claims}
    desk = open_desk(tmp_path)
    desk.mark(Mark(MarkKind.PINNED, "town", claims["old0"], AT))
    desk.write(LogEntry(AT, "Asked the wire about it.", claim=claims["old1"]))
    desk.decide(Decision(DecisionKind.SPLIT, "some-issue", AT, claims=(claims["old2"],)))
    desk.close()
    now = _newer(record)
    steps = list(Retaining(record, lambda: open_desk(tmp_path), MONTH, lambda: now).steps())
    assert len(steps) == 1
    assert _ids(record) == {"old0", "old1", "old2"}
    assert record.check() == []


def test_what_could_be_contested_leaves_no_place_behind(record: SqliteRecord, tmp_path: Path) -> None:
    text = "Rebels said they hold Old Town."
    claims = (full_claim(text, 0, len(text)),)
    read = Reading((Report(text, 0, len(text), ReportClass.CLAIM, None, claims),))
    record.file([filing(article(text, -41 * DAY, id="old matter"), read)])
    record.file([filing(article(text, number, id=f"matter{number}"), read) for number in range(260)])
    now = _newer(record)
    list(Retaining(record, lambda: open_desk(tmp_path), MONTH, lambda: now).steps())
    assert "old matter" not in _ids(record)
    assert record.check() == []


def test_without_limits_everything_stays(record: SqliteRecord, tmp_path: Path) -> None:
    now = _newer(record)
    assert list(Retaining(record, lambda: open_desk(tmp_path), Retention(), lambda: now).steps()) == []
    assert len(_ids(record)) == 4


def test_while_what_people_wrote_cannot_be_read_nothing_is_forgotten_and_nothing_stops(
    record: SqliteRecord, tmp_path: Path
) -> None:
    now = _newer(record)
    (tmp_path / DESK_NAME).write_bytes(b"this is not a database\n" * 1000)
    assert list(Retaining(record, lambda: open_desk(tmp_path), MONTH, lambda: now).steps()) == []
    assert len(_ids(record)) == 4
