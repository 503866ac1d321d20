"""What a desk holds of a shared record: woken by each commit, kept while the server is away, by the database's clock."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from sitmon.errors import StoreError
from sitmon.model.person import Answer, AnswerKind, Attention, Decision, DecisionKind, LogEntry, Mark, MarkKind
from sitmon.store.kept import KeptRecord
from sitmon.store.postgres.held import HeldDesk, HeldRecord, open_held
from sitmon.store.postgres.mirror import Mirror
from tests import waiting
from tests.store.making import AT, article, at, filing
from tests.store.places import Database
from tests.store.postgres import Server

SOON = 1.4  # seconds: well before anybody would ask without having been told
PATIENCE = 15.0

CLOCK = """
import sys, time
from sitmon.store.postgres.held import open_held
record, _, mirror = open_held(sys.argv[1], None)
end = time.monotonic() + 10
while not mirror.clock.offset() and time.monotonic() < end:
    time.sleep(0.05)
print(round(mirror.clock.offset().total_seconds()), abs(mirror.clock.now().timestamp() - float(sys.argv[2])) < 60)
record.close()
"""


@contextmanager
def held(url: str, person: str = "Ada") -> Iterator[tuple[HeldRecord, HeldDesk, Mirror]]:
    """A desk's view of a record."""
    opened = open_held(url, person)
    try:
        yield opened
    finally:
        opened[0].close()


def test_a_commit_of_another_is_at_hand_before_anybody_would_have_asked(database: Database) -> None:
    with closing(database.writer()) as writer, held(database.url) as (record, _, mirror):
        writer.begin_reading("first", AT)
        until(lambda: record.window(AT, ["town"]).claims == ())
        told = Event()
        time.sleep(0.5)
        mirror.tell(told.set)
        writer.file([filing(article("Town fell."))])
        assert told.wait(SOON)
        assert [claim.quote for claim in record.window(AT, ["town"]).claims] == ["Town fell."]


def test_what_one_person_writes_the_other_sees_before_anybody_would_have_asked(database: Database) -> None:
    database.writer().close()
    with held(database.url, "Ada") as (_, ada, _), held(database.url, "Bo") as (_, bo, mirror):
        until(lambda: bo.attention() == Attention() and mirror.contact().since is not None)
        time.sleep(0.5)
        ada.mark(Mark(MarkKind.PINNED, "town", 4, at(0)))
        assert ada.attention().pinned == {"town": 4}
        until(lambda: bo.attention().pinned == {"town": 4}, SOON)
        assert bo.attention().pins["town"] == Mark(MarkKind.PINNED, "town", 4, at(0), "Ada")
        ada.answer(Answer("alarm:1", AnswerKind.ACKNOWLEDGED, at(1), "Ada"))
        bo.answer(Answer("alarm:1", AnswerKind.ACKNOWLEDGED, at(1), "Bo"))
        until(lambda: len(ada.answers()) == 2, SOON)
        assert {answer.author for answer in bo.answers()} == {"Ada", "Bo"}


def test_while_the_server_is_away_the_board_stays_and_its_age_is_known_and_what_is_written_is_written_once(own: Server) -> None:
    with closing(Database(own.url()).writer()) as writer:
        writer.begin_reading("first", AT)
        writer.file([filing(article("Town fell."))])
    with held(own.url()) as (record, desk, mirror):
        until(lambda: len(record.window(AT, ["town"]).claims) == 1 and len(mirror.held.answers) == 1)
        own.stop("immediate")
        until(lambda: mirror.contact().trouble is not None)
        desk.write(LogEntry(at(0), "The server is away.", "Ada"))
        began = time.perf_counter()
        assert [claim.quote for claim in record.window(AT, ["town"]).claims] == ["Town fell."]
        with pytest.raises(StoreError):
            record.article("nobody", "a")
        assert time.perf_counter() - began < SOON
        contact = mirror.contact()
        assert (contact.unwritten, contact.since is not None and contact.since > 0) == (1, True)
        own.start()
        until(lambda: mirror.contact().trouble is None)
        until(lambda: mirror.contact().unwritten == 0)
        assert [entry.text for entry in desk.log()] == ["The server is away."]


def test_two_desks_of_a_person_lose_nothing_to_each_other_and_write_nothing_twice(own: Server, tmp_path: Path) -> None:
    Database(own.url()).writer().close()
    first, second = (open_held(own.url(), "Ada", tmp_path) for _ in range(2))
    until(lambda: first[2].contact().since is not None and second[2].contact().since is not None)
    own.stop("immediate")
    until(lambda: bool(first[2].contact().trouble and second[2].contact().trouble))
    first[1].write(LogEntry(at(0), "Of the first.", "Ada"))
    second[1].write(LogEntry(at(1), "Of the second.", "Ada"))
    for record, desk, _ in (second, first):
        record.close()
        desk.close()
    # One that is still at work, and one that begins beside it.
    third = open_held(own.url(), "Ada", tmp_path)
    third[1].write(LogEntry(at(2), "Of the third.", "Ada"))
    until(lambda: bool(third[2].contact().trouble))
    third[1].close()
    fourth = open_held(own.url(), "Ada", tmp_path)
    own.start()
    for _, _, mirror in (third, fourth):
        until(partial(_is_through, mirror))
    assert sorted(entry.text for entry in fourth[1].log()) == ["Of the first.", "Of the second.", "Of the third."]
    for record, desk, _ in (third, fourth):
        record.close()
        desk.close()
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_was_slow_is_not_asked_again_what_nobody_waits_for(own: Server) -> None:
    """Each letter of a search is a question."""
    Database(own.url()).writer().close()
    asked: list[int] = []

    def question(number: int) -> Callable[[KeptRecord], object]:
        def counted(record: KeptRecord) -> object:
            asked.append(number)
            return record.counts()

        return counted

    with held(own.url()) as (_, _, mirror):
        until(lambda: mirror.contact().since is not None)
        family = own.freeze()
        try:
            for number in range(4):
                with pytest.raises(StoreError):
                    mirror.ask(question(number))
        finally:
            own.thaw(family)
        until(lambda: _answers(mirror, question(4)))
        # The first may have been under way.
        assert [number for number in asked if number < 4] in ([], [0])


def _is_through(mirror: Mirror) -> bool:
    """Whether the database has taken all that waited for it."""
    contact = mirror.contact()
    return contact.since is not None and contact.unwritten == 0


def _answers(mirror: Mirror, question: Callable[[KeptRecord], object]) -> bool:
    try:
        mirror.ask(question)
    except StoreError:
        return False
    return True


def test_what_was_written_while_the_server_was_away_is_written_once_by_the_next_desk(own: Server, tmp_path: Path) -> None:
    Database(own.url()).writer().close()
    own.stop("immediate")
    written = (
        LogEntry(at(0), "half \ud800 and \0", "Ada", "town", 3),
        Answer("alarm:1", AnswerKind.SHELVED, at(1), "Ada", "quiet", at(5)),
        Mark(MarkKind.PINNED, "town", 4, at(2), "Ada"),
        Decision(DecisionKind.SPLIT, "control:alder", at(0), claims=(3, 14), author="Ada"),
    )
    record, desk, mirror = open_held(own.url(), "Ada", tmp_path)
    until(lambda: mirror.contact().trouble is not None)
    desk.write(written[0])
    desk.answer(written[1])
    desk.mark(written[2])
    desk.decide(written[3])
    record.close()
    desk.close()
    own.start()
    for _ in range(2):
        record, desk, mirror = open_held(own.url(), "Ada", tmp_path)
        until(partial(_is_through, mirror))
        assert [entry.text for entry in desk.log()] == ["half \ufffd and \0"]
        assert (desk.answers(), desk.marks(), desk.decisions()) == (written[1:2], written[2:3], written[3:])
        record.close()
        desk.close()
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_hangs_keeps_nobody_waiting_and_is_said(own: Server) -> None:
    Database(own.url()).writer().close()
    with held(own.url()) as (record, _, mirror):
        until(lambda: record.window(AT, ["town"]).claims == () and len(mirror.held.answers) == 1)
        family = own.freeze()
        try:
            mirror.nudge()
            until(lambda: "says nothing" in (mirror.contact().trouble or ""))
            began = time.perf_counter()
            record.window(AT, ["town"])
            assert time.perf_counter() - began < SOON
        finally:
            own.thaw(family)
        until(lambda: mirror.contact().trouble is None)


def test_a_desk_that_leaves_while_the_server_hangs_leaves_no_thread_behind(own: Server) -> None:
    Database(own.url()).writer().close()
    before = set(threading.enumerate())
    with held(own.url()) as (record, _, mirror):
        until(lambda: record.window(AT, ["town"]).claims == ())
        family = own.freeze()
        mirror.nudge()
        until(lambda: "says nothing" in (mirror.contact().trouble or ""))
    try:
        assert until(lambda: set(threading.enumerate()) <= before, 5)
    finally:
        own.thaw(family)


def test_what_may_have_been_written_already_is_not_written_again(database: Database) -> None:
    database.writer().close()
    entry, answer = LogEntry(at(0), "half \ud800", "Ada"), Answer("alarm:1", AnswerKind.SHELVED, at(1), "Ada", None, at(2))
    with closing(database.desk()) as desk:
        for _ in range(2):
            desk.write_once(entry, lambda one: one.write(entry))
            desk.write_once(answer, lambda one: one.answer(answer))
        assert (len(desk.log()), len(desk.answers())) == (1, 1)


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not on this machine")
@pytest.mark.parametrize(("set_to", "offset"), [("+1h", -3600), ("-1h", 3600)])
def test_a_machine_whose_clock_is_an_hour_off_goes_by_the_databases(database: Database, set_to: str, offset: int) -> None:
    database.writer().close()
    words = ["faketime", "-f", set_to, sys.executable, "-c", CLOCK, database.url, str(time.time())]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    seconds, is_right = done.stdout.split()
    assert (abs(int(seconds) - offset) <= 2, is_right) == (True, "True"), done.stdout


def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Wait until it holds; what is not known yet does not hold."""
    trouble = "it did not happen"

    def is_so() -> bool:
        nonlocal trouble
        try:
            return holds()
        except StoreError as error:
            trouble = str(error)
            return False

    return waiting.until(is_so, seconds, lambda: trouble)
