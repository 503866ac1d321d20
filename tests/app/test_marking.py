"""What the person writes: no key waits for a file that another program holds, and nothing written is lost for it."""

from __future__ import annotations

import time
from contextlib import closing
from functools import partial
from pathlib import Path

import apsw
import pytest

from sitmon.app.marking import PATIENCE_MILLISECONDS, Marking
from sitmon.errors import StoreError
from sitmon.model.person import Decision, DecisionKind, Mark, MarkKind
from sitmon.store.desk import open_desk
from tests.app.boards import NOW
from tests.app.desks import Stage, desk
from tests.app.real import until

RESOLVED = Decision(DecisionKind.RESOLVED, "control:town", NOW, note="seen with own eyes")


def seen(region: str, claim: int) -> Mark:
    return Mark(MarkKind.SEEN, region, claim, NOW)


def held(state: Path) -> apsw.Connection:
    """Hold desk.db as a careless program does: nobody else may read or write."""
    connection = apsw.Connection(str(state / "desk.db"))
    connection.execute("BEGIN EXCLUSIVE")
    return connection


def test_a_held_file_costs_a_key_less_than_a_tenth_of_a_second_and_is_said_in_words(tmp_path: Path) -> None:
    marking = Marking(open_desk(tmp_path, PATIENCE_MILLISECONDS))
    marking.mark(seen("north", 5))
    other = held(tmp_path)
    began = time.monotonic()
    marking.mark(seen("town", 7))
    attention = marking.attention()
    marking.cursor()
    spent = time.monotonic() - began
    other.close()
    assert attention.seen == {"north": 5, "town": 7}
    assert marking.trouble is not None
    assert "desk.db is held by another program" in marking.trouble
    assert "1 mark of yours will be written later" in marking.trouble
    assert spent < 0.2


def test_what_could_not_be_written_is_written_once_the_file_is_free_and_the_trouble_ends(tmp_path: Path) -> None:
    marking = Marking(open_desk(tmp_path, PATIENCE_MILLISECONDS))
    marking.mark(seen("north", 5))
    other = held(tmp_path)
    marking.mark(seen("town", 7))
    other.close()
    time.sleep(0.55)
    marking.attention()
    assert marking.trouble is None
    assert open_desk(tmp_path).attention().seen == {"north": 5, "town": 7}


def test_pins_and_decisions_hold_before_they_can_be_written(tmp_path: Path) -> None:
    marking = Marking(open_desk(tmp_path, PATIENCE_MILLISECONDS))
    marking.mark(Mark(MarkKind.PINNED, "north", 5, NOW))
    other = held(tmp_path)
    marking.mark(Mark(MarkKind.UNPINNED, "north", 5, NOW))
    marking.mark(Mark(MarkKind.PINNED, "town", 7, NOW))
    marking.decide(RESOLVED)
    attention = marking.attention()
    other.close()
    assert (attention.pinned, attention.decisions) == ({"town": 7}, (RESOLVED,))
    assert attention.pins["town"].claim == 7
    marking.close()
    kept = open_desk(tmp_path).attention()
    assert (kept.pinned, kept.decisions) == ({"town": 7}, (RESOLVED,))


def test_leaving_writes_what_waits(tmp_path: Path) -> None:
    marking = Marking(open_desk(tmp_path, PATIENCE_MILLISECONDS))
    marking.mark(seen("north", 5))
    other = held(tmp_path)
    marking.mark(seen("town", 7))
    other.close()
    marking.close()
    assert open_desk(tmp_path).attention().seen["town"] == 7


def test_a_read_only_desk_remembers_and_writes_nothing(tmp_path: Path) -> None:
    marking = Marking(open_desk(tmp_path, PATIENCE_MILLISECONDS), is_read_only=True)
    marking.mark(seen("north", 5))
    marking.close()
    assert marking.attention().seen == {"north": 5}
    assert not (tmp_path / "desk.db").exists()


async def test_a_desk_where_nothing_else_happens_writes_what_waits_by_itself_and_takes_its_words_back() -> None:
    stage = Stage()
    async with desk(stage) as pilot:
        following = pilot.app.following  # type: ignore[attr-defined]
        full = partial(refuse, "the disk is full")
        stage.notebook.mark, kept = full, stage.notebook.mark  # type: ignore[method-assign]
        await pilot.press("A")
        assert any("the disk is full" in each for each in following.own_troubles())
        assert stage.notebook.made == []
        stage.notebook.mark = kept  # type: ignore[method-assign]
        await until(pilot, lambda: bool(stage.notebook.made))
        await until(pilot, lambda: not following.own_troubles())


def test_a_file_that_stays_closed_is_tried_more_and_more_seldom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("sitmon.app.marking.time.monotonic", lambda: clock[0])
    pauses: list[float] = []
    marking = Marking(open_desk(tmp_path, 0))
    marking.try_again = pauses.append
    marking.mark(seen("north", 5))
    other = held(tmp_path)
    for _ in range(7):
        clock[0] += 60
        marking.attention()
    other.close()
    clock[0] += 60
    marking.attention()
    with closing(held(tmp_path)):
        clock[0] += 60
        marking.attention()
    assert pauses == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0, 10.0, 1.0]


def refuse(why: str, _: object) -> None:
    raise StoreError(why)
