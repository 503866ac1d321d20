"""Long answers: only the last question of a subject counts, faults are told, and the record is closed while nobody asks."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import weakref
from functools import partial
from typing import Any

import pytest

from sitmon.app import archive
from sitmon.app.archive import Archive
from sitmon.errors import StoreError
from tests.waiting import soon


class Opened:
    """A record that counts how often it is opened and closed."""

    def __init__(self) -> None:
        self.opened = self.closed = 0

    def __call__(self) -> Any:
        self.opened += 1
        return self

    def close(self) -> None:
        self.closed += 1

    def was_closed(self, times: int) -> bool:
        return self.closed == times


async def settled(told: list[Any], number: int) -> None:
    for _ in range(200):
        if len(told) >= number:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(told)


def giving_back(record: Opened, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that is told, each time memory is given back, how often the record had been closed."""
    given_back: list[int] = []
    # The threads of tests before go on waiting for questions, and give back now and then.
    others = set(threading.enumerate())

    def give_back() -> None:
        if threading.current_thread() not in others:
            given_back.append(record.closed)

    monkeypatch.setattr(archive, "give_back", give_back)
    return given_back


async def test_only_the_last_question_of_a_subject_is_answered() -> None:
    told: list[str] = []
    held = threading.Event()
    asked: list[int] = []
    wanted: list[bool] = []

    def question(number: int) -> Any:
        def find(_record: Any, is_wanted: Any) -> str:
            asked.append(number)
            held.wait(2)
            wanted.append(is_wanted())
            return f"answer {number}"

        return find

    here = Archive(Opened())
    for number in range(5):
        here.ask("a", question(number), told.append, told.append)
        await settled(asked, 1)
    here.ask("b", question(9), told.append, told.append)
    held.set()
    await settled(told, 2)
    assert told == ["answer 4", "answer 9"]
    assert asked == [0, 4, 9]
    assert wanted == [False, True, True]


async def test_what_is_forgotten_is_not_told() -> None:
    told: list[str] = []
    here = Archive(Opened())
    here.ask("a", lambda _r, _w: "late", told.append, told.append)
    here.forget("a")
    here.ask("b", lambda _r, _w: "other", told.append, told.append)
    await settled(told, 1)
    assert told == ["other"]


@pytest.mark.parametrize(("error", "says"), [(StoreError("gone"), "gone"), (ValueError("odd"), "ValueError: odd")])
async def test_a_fault_is_told_in_words_and_the_next_question_is_answered(error: Exception, says: str) -> None:
    told: list[str] = []
    failed: list[str] = []

    def fail(_record: Any, _wanted: Any) -> str:
        raise error

    here = Archive(Opened())
    here.ask("a", fail, told.append, failed.append)
    await settled(failed, 1)
    assert says in failed[0]
    here.ask("a", lambda _r, _w: "well", told.append, failed.append)
    await settled(told, 1)


async def test_the_record_is_opened_by_the_first_question_and_closed_while_nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_IDLE_SECONDS", 0.05)
    record = Opened()
    told: list[str] = []
    here = Archive(record)
    assert record.opened == 0
    for number in (1, 2):
        here.ask("a", lambda _r, _w: "well", told.append, told.append)
        await settled(told, number)
        await soon(partial(record.was_closed, number))
        assert record.opened == number


async def test_memory_is_given_back_when_the_questions_pause_and_the_answer_is_not_held_on_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record = Opened()
    given_back = giving_back(record, monkeypatch)
    monkeypatch.setattr(archive, "_IDLE_SECONDS", 0.05)
    told: list[weakref.ref[Any]] = []
    here = Archive(record)
    here.ask("a", lambda _r, _w: Opened(), lambda answer: told.append(weakref.ref(answer)), lambda _: None)
    await settled(told, 1)
    await settled(given_back, 1)
    # Once, and after what the reader itself kept.
    assert given_back == [1]
    assert told[0]() is None


async def test_who_asks_on_and_on_has_memory_given_back_between_two_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    record = Opened()
    given_back = giving_back(record, monkeypatch)
    monkeypatch.setattr(archive, "_UNTIDY_SECONDS", 0.1)
    monkeypatch.setattr(archive, "_BREATH_SECONDS", 0.01)
    told: list[str] = []
    here = Archive(record)
    for number in range(1, 9):
        here.ask("a", lambda _r, _w: "well", told.append, told.append)
        await settled(told, number)
        await asyncio.sleep(0.05)
    # The reader is still the one that was opened first.
    assert (set(given_back), record.opened) == ({0}, 1)


def test_what_the_c_library_holds_on_to_is_given_back() -> None:
    """Some 40 MiB in pieces, every other one let go of, lie in a heap between those that stay."""
    done = subprocess.run([sys.executable, "-c", _HOLDS_ON], capture_output=True, text=True, check=True)
    held, left = map(float, done.stdout.split())
    assert left < held - 10


_HOLDS_ON = """
import ctypes, os
from sitmon.app.thrift import be_thrifty
from sitmon.store.thrift import give_back
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
be_thrifty()
library = ctypes.CDLL(None)
library.malloc.restype, library.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
pieces = [library.malloc(32768) for _ in range(1250)]
for piece in pieces:
    ctypes.memset(piece, 1, 32768)
for piece in pieces[::2]:
    library.free(piece)
held = resident()
give_back()
print(held, resident())
"""
