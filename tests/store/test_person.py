"""How a person left the desk is kept whole, between desks that share it, and through damage."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitmon.errors import StoreError
from sitmon.store.person import PERSON_NAME, Habits, PersonFile, merged

THEN = datetime(2024, 12, 8, 14, 32, tzinfo=UTC)


def test_what_was_changed_is_there_after_a_restart(tmp_path: Path) -> None:
    file = PersonFile(tmp_path / PERSON_NAME)
    assert file.read() == Habits()
    file.change(theme="light", instead_of="dark", region="north", is_alone=True, looked_at=THEN, searches=("bridge", "سد"))
    assert PersonFile(tmp_path / PERSON_NAME).read() == Habits("light", "dark", "north", True, None, THEN, ("bridge", "سد"))
    assert (tmp_path / PERSON_NAME).stat().st_mode & 0o777 == 0o600


def test_two_desks_change_different_things_and_neither_undoes_the_other(tmp_path: Path) -> None:
    one, other = PersonFile(tmp_path / PERSON_NAME), PersonFile(tmp_path / PERSON_NAME)
    one.read()
    other.read()
    one.change(theme="light")
    other.change(region="town")
    one.change(searches=("bridge",))
    other.change(searches=("dam",))
    assert PersonFile(tmp_path / PERSON_NAME).read() == Habits("light", region="town", searches=("dam", "bridge"))


@pytest.mark.parametrize(
    ("present", "before", "after", "stands"),
    [
        (("a",), ("a",), ("b", "a"), ("b", "a")),
        (("x", "a"), ("a",), ("b", "a"), ("b", "x", "a")),
        (("x", "a"), ("a",), (), ("x",)),
        ((), ("a",), ("b", "a"), ("b",)),
    ],
)
def test_searches_are_added_to_and_taken_from(
    present: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...], stands: tuple[str, ...]
) -> None:
    assert merged(present, before, after) == stands


def test_many_desks_at_once_lose_no_search(tmp_path: Path) -> None:
    def keep(number: int) -> None:
        file = PersonFile(tmp_path / PERSON_NAME)
        for _ in range(50):
            try:
                file.change(searches=(f"search {number}", *file.read().searches))
            except StoreError:
                continue
            return

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(keep, range(16)))
    assert set(PersonFile(tmp_path / PERSON_NAME).read().searches) == {f"search {number}" for number in range(16)}


@pytest.mark.parametrize(
    "damaged",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"sitmon": 1, "searches": 3}', b'{"sitmon": 1, "looked_at": "noon"}', b'{"sitmon": "x"}',
     b'{"theme": "dark"}', b'{"sitmon": 1, "theme": 3}', b'{"sitmon": 1, "looked_at": "2024-12-08T14:32:00"}', b"[" * 100_000],
)  # fmt: skip
def test_a_damaged_file_is_set_aside_with_a_sentence_and_a_fresh_one_begun(tmp_path: Path, damaged: bytes) -> None:
    path = tmp_path / PERSON_NAME
    path.write_bytes(damaged)
    file = PersonFile(path)
    assert file.read() == Habits()
    assert "person.json was damaged" in file.notices[0]
    assert (tmp_path / "person.json.damaged-1").read_bytes() == damaged
    file.change(theme="light")
    assert PersonFile(path).read().theme == "light"


def test_a_file_of_a_newer_sitmon_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / PERSON_NAME
    path.write_text('{"sitmon": 2}', "utf-8")
    with pytest.raises(StoreError, match="written by a newer sitmon"):
        PersonFile(path).change(theme="light")
    assert path.read_text("utf-8") == '{"sitmon": 2}'


def test_a_full_disk_is_said_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = PersonFile(tmp_path / PERSON_NAME)
    file.change(theme="light")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left on device"):
        file.change(theme="dark")
    assert file.read().theme == "light"
