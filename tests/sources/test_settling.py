"""When a file's writer is done: told by the kernel, or by the file standing still."""

import os
import time
from pathlib import Path

import pytest

from sitmon.config.settings import FolderSource as Configured
from sitmon.sources import settling
from sitmon.sources.files import still
from sitmon.sources.folder import FolderSource
from sitmon.sources.settling import Settling, is_being_written
from sitmon.sources.source import NotYet


def opened(path: Path) -> int:
    return os.open(path, os.O_RDONLY)


def test_a_file_that_somebody_has_open_for_writing_is_being_written(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("w") as writer:
        writer.write("half")
        writer.flush()
        assert is_being_written(opened(path)) is True
    assert is_being_written(opened(path)) is False


def test_a_finished_file_is_read_at_once_and_an_empty_one_a_moment_later(tmp_path: Path) -> None:
    full, empty = tmp_path / "full.txt", tmp_path / "empty.txt"
    full.write_text("The dam holds.")
    empty.touch()
    Settling().check(b"full.txt", opened(full), still(full.stat()))
    watched = Settling()
    with pytest.raises(NotYet):
        watched.check(b"empty.txt", opened(empty), still(empty.stat()))
    time.sleep(settling.STANDING + 0.05)
    watched.check(b"empty.txt", opened(empty), still(empty.stat()))


def test_where_the_kernel_does_not_tell_a_file_must_stand_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "is_being_written", lambda _: None)
    path = tmp_path / "a.txt"
    watched = Settling()
    for text in ("The dam", "The dam holds."):
        path.write_text(text)
        with pytest.raises(NotYet) as wait:
            watched.check(b"a.txt", opened(path), still(path.stat()))
        assert 0 < wait.value.seconds <= settling.STANDING
        time.sleep(0.1)
    time.sleep(settling.STANDING)
    watched.check(b"a.txt", opened(path), still(path.stat()))


def test_a_file_that_is_never_closed_is_read_when_it_has_stood_still_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "HELD", 0.3)
    path = tmp_path / "a.txt"
    watched = Settling()
    with path.open("w") as writer:
        writer.write("The dam holds.")
        writer.flush()
        with pytest.raises(NotYet):
            watched.check(b"a.txt", opened(path), still(path.stat()))
        time.sleep(0.35)
        watched.check(b"a.txt", opened(path), still(path.stat()))


def test_lines_that_are_written_without_pause_are_read_after_a_while_and_a_text_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "PATIENCE", 0.1)
    path = tmp_path / "wire.jsonl"
    watched, since = Settling(), time.monotonic()
    with path.open("w") as writer:

        def may_be_read(*, has_lines: bool) -> bool | None:
            writer.write("{}\n")
            writer.flush()
            file = opened(path)
            try:
                return watched.check(b"wire.jsonl", file, still(path.stat()), has_lines=has_lines)
            except NotYet:
                return None
            finally:
                os.close(file)

        while time.monotonic() - since < 0.2:
            assert may_be_read(has_lines=False) is None
        assert may_be_read(has_lines=True) is False
        assert may_be_read(has_lines=True) is None


def test_of_a_wire_that_is_being_written_the_whole_lines_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Settling, "check", lambda *_, **__: False)
    wide = tmp_path / "wide.jsonl"
    wide.write_text('{"text": "One."}\n', "utf-16")
    (tmp_path / "wire.jsonl").write_text('{"text": "One."}\n{"text": "Tw')
    folder = FolderSource(Configured("folder:wire", tmp_path))
    assert folder._bytes(b"wire.jsonl") == b'{"text": "One."}\n'
    with pytest.raises(NotYet):
        folder._bytes(b"wide.jsonl")
