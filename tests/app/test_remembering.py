"""What a person chose or kept while their file cannot be written: it holds, and is written as soon as it can be."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from sitmon.app.remembering import Remembering
from sitmon.store.person import PERSON_NAME, Habits, PersonFile
from tests.app.desks import Stage


@pytest.fixture
def remembering(tmp_path: Path) -> Remembering:
    return Remembering(PersonFile(tmp_path / PERSON_NAME))


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_what_cannot_be_written_holds_and_is_written_once_it_can_be(
    remembering: Remembering, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as on_a_full_disk:
        on_a_full_disk.setattr("sitmon.store.person.write_private", full)
        remembering.change(searches=("bridge",))
        remembering.change(theme="light")
        remembering.catch_up()
        assert "No space left on device" in (remembering.trouble or "")
        assert (remembering.habits.searches, remembering.habits.theme) == (("bridge",), "light")
    remembering.catch_up()
    assert remembering.trouble is None
    assert PersonFile(tmp_path / PERSON_NAME).read() == Habits(searches=("bridge",), theme="light")


async def test_each_look_at_the_board_tries_again(remembering: Remembering, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Stage().app(remembering=remembering)
    async with app.run_test():
        with monkeypatch.context() as on_a_full_disk:
            on_a_full_disk.setattr("sitmon.store.person.write_private", full)
            remembering.change(theme="light")
            app.following.look()
            assert any("No space left" in each for each in app.attending.troubles())
        app.following.look()
        assert app.attending.troubles() == []
