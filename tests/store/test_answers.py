"""What people answer to alarms, and the log: kept as written, in order, by whom, and brought along from older files."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from sitmon.errors import StoreError
from sitmon.model.person import Answer, AnswerKind, LogEntry
from sitmon.store.desk import DESK_NAME, open_desk
from sitmon.store.migrating import SCHEMA
from sitmon.store.rows import digest, stamp
from tests.store.making import at

ANSWERS = (
    Answer("a1", AnswerKind.ACKNOWLEDGED, at(0), "K."),
    Answer("a1", AnswerKind.SHELVED, at(1), "K.", "known to the staff", at(60)),
    Answer("indicator:x", AnswerKind.CONFIRMED, at(2), None, "seen by two of ours"),
)


def test_answers_are_read_back_as_given_and_by_time(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    for answer in ANSWERS:
        desk.answer(answer)
    assert desk.cursor() == 3
    desk.close()
    again = open_desk(tmp_path)
    assert again.answers() == ANSWERS
    assert again.answers(until=at(1)) == ANSWERS[:2]
    assert again.answers(since=at(1)) == ANSWERS[1:]
    again.close()


def test_answers_given_together_are_kept_together_or_not_at_all(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    desk.answer(*ANSWERS)
    assert desk.answers() == ANSWERS
    connection = apsw.Connection(str(tmp_path / DESK_NAME))
    connection.execute("CREATE TRIGGER full BEFORE INSERT ON answer WHEN new.about = 'a9' BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(StoreError):
        desk.answer(*(Answer(about, AnswerKind.ACKNOWLEDGED, at(3)) for about in ("a7", "a8", "a9")))
    assert desk.answers() == ANSWERS
    connection.close()
    desk.close()


def test_a_log_entry_says_what_it_is_about(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    entry = LogEntry(at(0), "Called the duty officer.", "K.", "town", 17)
    desk.write(entry)
    assert desk.log() == (entry,)
    desk.close()


def test_a_damaged_answer_answers_nothing(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    for answer in ANSWERS:
        desk.answer(answer)
    desk.close()
    connection = apsw.Connection(str(tmp_path / DESK_NAME))
    connection.execute("DROP TRIGGER answer_stays; UPDATE answer SET about = 'a2' WHERE row = 1")
    connection.close()
    again = open_desk(tmp_path)
    assert again.answers() == ANSWERS[1:]
    again.close()


@pytest.mark.parametrize("words", ["UPDATE answer SET note = ''", "DELETE FROM answer"])
def test_an_answer_cannot_be_changed(tmp_path: Path, words: str) -> None:
    desk = open_desk(tmp_path)
    desk.answer(ANSWERS[0])
    desk.close()
    connection = apsw.Connection(str(tmp_path / DESK_NAME))
    with pytest.raises(apsw.ConstraintError, match="append-only"):
        connection.execute(words)
    connection.close()


def test_a_file_of_an_older_sitmon_keeps_its_log_when_it_is_opened(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / DESK_NAME))
    connection.execute((SCHEMA / "desk" / "0001_desk.sql").read_text())
    connection.pragma("user_version", 1)
    text = "Relieved the watch."
    connection.execute("INSERT INTO entry (at, text, digest) VALUES (?, ?, ?)", (stamp(at(0)), text, digest(text)))
    connection.close()
    desk = open_desk(tmp_path)
    assert desk.log() == (LogEntry(at(0), text),)
    assert desk.answers() == ()
    desk.close()
