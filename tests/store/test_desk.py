"""What people write: it stays, it is shared by all desks of a state directory, and it is never changed."""

from __future__ import annotations

import threading
import time
from datetime import datetime
from pathlib import Path

import apsw
import pytest

from sitmon.errors import StoreError
from sitmon.model.person import Answer, AnswerKind, Attention, Decision, DecisionKind, LogEntry, Mark, MarkKind
from sitmon.store import desk as room
from sitmon.store.damage import set_aside, suspect
from sitmon.store.desk import DESK_NAME, open_desk
from tests.store.making import at


def mark(kind: MarkKind, region: str, claim: int, minutes: float = 0) -> Mark:
    return Mark(kind, region, claim, at(minutes))


def test_a_desk_nobody_wrote_at_is_empty_and_makes_no_file(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "state")
    assert (desk.attention(), desk.marks(), desk.log(), desk.cursor()) == (Attention(), (), (), 0)
    desk.close()
    assert not (tmp_path / "state").exists()


def test_marks_add_up_to_what_was_seen_and_what_is_pinned(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    marks = [
        mark(MarkKind.SEEN, "town", 7),
        mark(MarkKind.SEEN, "town", 5),
        mark(MarkKind.SEEN, "coast", 2),
        mark(MarkKind.PINNED, "town", 3),
        mark(MarkKind.PINNED, "town", 4),
        mark(MarkKind.PINNED, "coast", 1),
        mark(MarkKind.UNPINNED, "coast", 1),
        mark(MarkKind.PINNED, "hills", 9, 5),
    ]
    for one in marks:
        desk.mark(one)
    assert desk.attention() == Attention(
        {"town": 7, "coast": 2}, {"town": 4, "hills": 9}, (), {"town": marks[4], "hills": marks[7]}
    )
    assert desk.marks() == tuple(marks)
    assert desk.marks(since=at(5)) == tuple(marks[-1:])
    desk.close()
    again = open_desk(tmp_path)
    assert again.attention() == Attention(
        {"town": 7, "coast": 2}, {"town": 4, "hills": 9}, (), {"town": marks[4], "hills": marks[7]}
    )
    again.close()


def test_two_desks_see_what_each_other_writes(tmp_path: Path) -> None:
    one, other = open_desk(tmp_path), open_desk(tmp_path)
    before = other.cursor()
    one.mark(mark(MarkKind.SEEN, "town", 1))
    other.mark(mark(MarkKind.SEEN, "town", 2))
    one.write(LogEntry(at(1), "Relieved the watch."))
    assert one.attention() == other.attention() == Attention({"town": 2}, {})
    assert other.log() == (LogEntry(at(1), "Relieved the watch."),)
    assert other.cursor() == before + 3
    one.close()
    other.close()


@pytest.mark.parametrize(
    ("since", "until", "texts"),
    [(None, None, ["a", "b", "c"]), (at(1), None, ["b", "c"]), (None, at(2), ["a", "b"]), (at(1), at(2), ["b"])],
)
def test_the_log_is_read_by_time(tmp_path: Path, since: datetime | None, until: datetime | None, texts: list[str]) -> None:
    desk = open_desk(tmp_path)
    for minutes, text in ((2, "c"), (0, "a"), (1, "b")):
        desk.write(LogEntry(at(minutes), text, "AB"))
    assert [entry.text for entry in desk.log(since, until)] == texts
    desk.close()


@pytest.mark.parametrize(
    "words", ["UPDATE mark SET claim = 0", "DELETE FROM mark", "UPDATE entry SET text = ''", "DELETE FROM entry"]
)
def test_what_people_wrote_cannot_be_changed(tmp_path: Path, words: str) -> None:
    desk = open_desk(tmp_path)
    desk.mark(mark(MarkKind.SEEN, "town", 7))
    desk.write(LogEntry(at(0), "half \ud800"))
    desk.close()
    connection = apsw.Connection(str(tmp_path / DESK_NAME))
    with pytest.raises(apsw.ConstraintError, match="append-only"):
        connection.execute(words)
    connection.close()


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "new")
    desk.mark(mark(MarkKind.SEEN, "town", 7))
    desk.close()
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / DESK_NAME).stat().st_mode & 0o777 == 0o600


def test_a_damaged_file_is_set_aside_by_the_next_thing_written(tmp_path: Path) -> None:
    (tmp_path / DESK_NAME).write_bytes(b"this is not a database\n" * 1000)
    desk = open_desk(tmp_path)
    with pytest.raises(StoreError, match="damaged"):
        desk.attention()
    desk.mark(mark(MarkKind.SEEN, "town", 7))
    assert desk.attention() == Attention({"town": 7}, {})
    assert len(list(tmp_path.glob(f"{DESK_NAME}.damaged-*"))) == 1
    desk.close()


def test_a_damaged_file_that_cannot_be_set_aside_is_said_and_stays(tmp_path: Path) -> None:
    (tmp_path / DESK_NAME).write_bytes(b"this is not a database\n" * 1000)
    # Whatever it is that keeps the note beside it from being written: a full disk, a medium that is read-only.
    (tmp_path / f"{DESK_NAME}.salvage").mkdir()
    desk = open_desk(tmp_path)
    with pytest.raises(StoreError, match="cannot be made or opened"):
        desk.mark(mark(MarkKind.SEEN, "town", 7))
    assert (tmp_path / DESK_NAME).exists()
    desk.close()


def test_what_was_written_in_a_damaged_file_is_taken_over_where_it_is_sound(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    for number in range(200):
        desk.write(LogEntry(at(number), f"Entry {number}. {'It was quiet. ' * 20}", "Ada"))
    desk.decide(Decision(DecisionKind.SPLIT, "control:alder", at(0), claims=(3, 14)))
    desk.answer(Answer("alarm", AnswerKind.ACKNOWLEDGED, at(1), "Ada", "seen"))
    desk.close()
    file = tmp_path / DESK_NAME
    body = bytearray(file.read_bytes())
    middle = len(body) // 2 // 4096 * 4096
    body[middle : middle + 4096] = bytes(4096)
    place = body.index(b"Entry 3. It")
    body[place : place + 5] = b"entry"
    file.write_bytes(body)
    desk = open_desk(tmp_path)
    desk.mark(mark(MarkKind.SEEN, "town", 7))
    kept = {entry.text.split(".")[0] for entry in desk.log()}
    assert 150 < len(kept) < 200
    assert "entry 3" not in kept
    assert "Entry 199" in kept
    assert [decision.claims for decision in desk.decisions()] == [(3, 14)]
    assert [answer.note for answer in desk.answers()] == ["seen"]
    desk.close()


def test_decisions_are_kept_in_their_order_and_change_the_cursor(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    before = desk.cursor()
    made = (
        Decision(DecisionKind.JOINED, "control:the bridge", at(0), into="control:alder", author="Ada"),
        Decision(DecisionKind.SPLIT, "control:alder", at(0), claims=(3, 14)),
        Decision(DecisionKind.RESOLVED, "control:alder", at(-60), note="seen by \x1b[1mus\ud800"),
    )
    for one in made:
        desk.decide(one)
    kept = desk.decisions()
    assert kept[:2] == made[:2]
    assert (kept[2].note, kept[2].at) == ("seen by \x1b[1mus\ufffd", made[2].at)
    assert desk.attention().decisions == kept
    assert desk.cursor() == before + 3
    desk.close()


def test_a_decision_that_is_not_what_was_written_decides_nothing(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    desk.decide(Decision(DecisionKind.RESOLVED, "control:alder", at(0), note="seen"))
    connection = apsw.Connection(str(tmp_path / DESK_NAME))
    with pytest.raises(apsw.ConstraintError):
        connection.execute("UPDATE decision SET note = 'unseen'")
    connection.execute("DROP TRIGGER decision_stays; UPDATE decision SET note = 'unseen'")
    connection.close()
    assert desk.decisions() == ()
    desk.close()


def test_of_several_desks_that_meet_a_damaged_file_one_sets_it_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk(tmp_path)
    for number in range(60):
        desk.write(LogEntry(at(number), f"Entry {number}. {'It was quiet. ' * 20}", "Ada"))
    desk.close()
    file = tmp_path / DESK_NAME
    body = bytearray(file.read_bytes())
    middle = len(body) // 2 // 4096 * 4096
    body[middle : middle + 4096] = bytes(4096)
    file.write_bytes(body)

    def slowly(path: Path) -> Path:
        time.sleep(0.2)
        return set_aside(path)

    monkeypatch.setattr(room, "set_aside", slowly)

    def write(name: str) -> None:
        own = open_desk(tmp_path)
        own.write(LogEntry(at(0), f"{name} was here."))
        own.close()

    writing = [threading.Thread(target=write, args=(name,)) for name in ("Ada", "Bo", "Cy")]
    for each in writing:
        each.start()
    for each in writing:
        each.join()
    desk = open_desk(tmp_path)
    texts = [entry.text for entry in desk.log()]
    desk.close()
    assert {"Ada was here.", "Bo was here.", "Cy was here."} <= set(texts)
    assert sum(text.startswith("Entry") for text in texts) > 30
    assert len(list(tmp_path.glob(f"{DESK_NAME}.damaged-*"))) == 1


def test_a_desk_goes_on_writing_in_the_file_that_another_has_begun(tmp_path: Path) -> None:
    one, other = open_desk(tmp_path), open_desk(tmp_path)
    one.write(LogEntry(at(0), "One."))
    other.write(LogEntry(at(1), "Two."))
    suspect(tmp_path / DESK_NAME)
    with pytest.raises(StoreError, match="damaged"):
        one.write(LogEntry(at(2), "Refused."))
    one.write(LogEntry(at(3), "Three."))
    other.write(LogEntry(at(4), "Four."))
    assert [entry.text for entry in other.log()] == ["One.", "Two.", "Three.", "Four."]
    assert len(list(tmp_path.glob(f"{DESK_NAME}.damaged-*"))) == 1
    one.close()
    other.close()


def test_the_first_thing_written_waits_for_another_desk_that_writes(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    desk.write(LogEntry(at(0), "One."))
    other = apsw.Connection(str(tmp_path / DESK_NAME))
    other.execute("BEGIN EXCLUSIVE")
    ending = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    ending.start()
    second = open_desk(tmp_path)
    second.write(LogEntry(at(1), "Two."))
    ending.join()
    assert [entry.text for entry in desk.log()] == ["One.", "Two."]
    other.close()
    second.close()
    desk.close()
