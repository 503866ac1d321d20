"""Long answers: only the last question of a subject counts, faults are told, and the record is closed while nobody asks."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from sitmon.app import archive
from sitmon.app.archive import Archive
from sitmon.errors import StoreError


class Opened:
    """A record that counts how often it is opened and closed."""

    def __init__(self) -> None:
        self.opened = self.closed = 0

    def __call__(self) -> Any:
        self.opened += 1
        return self

    def close(self) -> None:
        self.closed += 1


async def settled(told: list[Any], number: int) -> None:
    for _ in range(200):
        if len(told) >= number:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(told)


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
        await asyncio.sleep(0.02 if number == 0 else 0)
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
        await asyncio.sleep(0.2)
        assert (record.opened, record.closed) == (number, number)
