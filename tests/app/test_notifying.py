"""Somebody who looks elsewhere is called for alarms, and for nothing else; not twice, not too often, by no shell."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from sitmon.app.notifying import Notifying, filled
from sitmon.config.settings import Notify
from sitmon.model.alarm import Alarm, Cause
from tests.app.boards import NOW
from tests.waiting import soon


def alarm(id: str, sentence: str = "The old dam gave way.") -> Alarm:
    return Alarm(id, next(iter(Cause)), NOW, "north", sentence)


class Person:
    """Somebody with a terminal."""

    def __init__(self, **notify: object) -> None:
        self.is_away = True
        self.heard: list[str] = []
        self.notifying = Notifying(
            Notify(**({"bell": True, "every": 0.2} | notify)),  # type: ignore[arg-type]
            "Lake; country",
            self.heard.append,
            lambda: self.is_away,
        )
        self.notifying.look(())

    async def look(self, *alarms: Alarm) -> None:
        """Look, and call at once if it is time to."""
        self.notifying.look(alarms)
        for _ in range(3):
            await asyncio.sleep(0)


async def test_an_alarm_calls_somebody_who_is_away_once() -> None:
    person = Person()
    await person.look(alarm("a"))
    await person.look(alarm("a"))
    assert person.heard == ["\x07"]


async def test_nobody_is_called_who_sits_before_it_or_for_what_stood_there_at_the_start() -> None:
    person = Person()
    person.is_away = False
    await person.look(alarm("a"))
    person.is_away = True
    await person.look(alarm("a"))
    assert person.heard == []


async def test_many_alarms_at_once_are_one_call_and_later_ones_wait_for_their_time() -> None:
    person = Person(bell=False, osc9=True)
    await person.look(alarm("b", "Fire."), alarm("a", "Flood."))
    assert person.heard == ["\x1b]9;Lake, country: 2 alarms, the newest: Fire.\x07"]
    await person.look(alarm("c", "Storm."), alarm("b"), alarm("a"))
    await person.look(alarm("d", "Hail."), alarm("c", "Storm."), alarm("b"), alarm("a"))
    assert len(person.heard) == 1
    await soon(lambda: len(person.heard) == 2)
    assert "2 alarms" in person.heard[1]
    assert "Hail." in person.heard[1]


async def test_what_was_answered_on_another_desk_meanwhile_calls_nobody() -> None:
    person = Person()
    await person.look(alarm("a"))
    await person.look(alarm("b"), alarm("a"))
    await person.look(alarm("a"))
    await asyncio.sleep(0.3)
    assert person.heard == ["\x07"]


async def test_who_came_back_before_the_time_was_up_is_not_called() -> None:
    person = Person()
    await person.look(alarm("a"))
    await person.look(alarm("b"), alarm("a"))
    person.is_away = False
    await asyncio.sleep(0.3)
    assert person.heard == ["\x07"]


async def test_a_command_gets_outside_words_as_arguments_and_no_shell_reads_them(tmp_path: Path) -> None:
    code = "import json,sys; open(sys.argv[1],'w').write(json.dumps(sys.argv[2:]))"
    target = tmp_path / "called"
    command = (sys.executable, "-c", code, str(target), "{title}", "{text}", "{count}", "-u {count}")
    person = Person(bell=False, command=command)
    hostile = "$(touch evil); `id` {count} \x1b]2;x\x07 'quoted'"
    await person.look(alarm("a", hostile))
    await soon(lambda: target.exists() and target.read_text("utf-8").endswith("]"))
    assert target.read_text("utf-8") == (
        '["Lake; country", "$(touch evil); `id` (count} \\u241b]2;x\\u2407 \'quoted\'", "1", "-u 1"]'
    )


@pytest.mark.parametrize("command", [("/nowhere/at/all",), ("",), ("x\0y",)])
async def test_a_command_that_cannot_be_run_harms_nobody_and_is_said(command: tuple[str, ...]) -> None:
    person = Person(command=command)
    await person.look(alarm("a"))
    assert person.heard == ["\x07"]
    assert person.notifying.trouble is not None
    assert "[notify] command:" in person.notifying.trouble


def test_words_never_become_an_option_of_the_command() -> None:
    assert filled(["notify-send", "{text}", "--urgency={count}"], {"text": "--help", "count": "1"}) == [
        "notify-send", " --help", "--urgency=1",
    ]  # fmt: skip
