"""A backup is what stood at one moment; it comes back whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sitmon.errors import StoreError
from sitmon.model.person import LogEntry
from sitmon.store.backup import back_up, restore
from sitmon.store.damage import suspect
from sitmon.store.desk import DESK_NAME, open_desk
from sitmon.store.sqlite import RECORD_NAME, SqliteRecord, check_record, open_reader, open_writer
from tests.store.making import AT, article, filing


@pytest.fixture
def state(record: SqliteRecord, path: Path) -> Path:
    record.file(
        [filing(article(f"Shelling was heard in Northtown, report {number}.", number, id=f"a{number}")) for number in range(50)]
    )
    desk = open_desk(path.parent)
    desk.write(LogEntry(AT, "Relieved the night watch."))
    desk.close()
    return path.parent


@pytest.mark.parametrize("name", ["kept.tar", "kept.tar.gz"])
def test_what_was_kept_comes_back(state: Path, tmp_path: Path, name: str) -> None:
    kept = back_up(state, tmp_path / name, AT)
    assert set(kept.files) == {RECORD_NAME, DESK_NAME}
    assert (tmp_path / name).stat().st_mode & 0o077 == 0
    fresh = tmp_path / "fresh"
    assert restore(tmp_path / name, fresh) == kept
    assert check_record(fresh / RECORD_NAME) == []
    before, after = open_reader(state / RECORD_NAME), open_reader(fresh / RECORD_NAME)
    assert list(after.articles()) == list(before.articles())
    desk = open_desk(fresh)
    assert [entry.text for entry in desk.log()] == ["Relieved the night watch."]
    desk.close()
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(["fresh", name, "state"]), "nothing is left lying about"


def test_what_comes_back_after_damage_is_not_taken_for_the_damaged_one(state: Path, tmp_path: Path) -> None:
    back_up(state, tmp_path / "kept.tar", AT)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    # As SQLite's word on the file before has left them, which a person has moved away since.
    for name in (RECORD_NAME, DESK_NAME):
        suspect(fresh / name)
    restore(tmp_path / "kept.tar", fresh)
    record = open_writer(fresh / RECORD_NAME)
    assert record.notices == ()
    record.close()
    desk = open_desk(fresh)
    desk.write(LogEntry(AT, "It is all there."))
    assert len(desk.log()) == 2
    desk.close()
    assert not list(fresh.glob("*.damaged-*"))


def test_a_backup_taken_while_the_collector_writes_is_one_moment(state: Path, record: SqliteRecord, tmp_path: Path) -> None:
    filed, enough = [], threading.Event()

    def write() -> None:
        for number in range(400):
            record.file([filing(article(f"The bridge in Northtown was closed, report {number}.", number, id=f"later{number}"))])
            filed.append(number)
            enough.set()

    writing = threading.Thread(target=write)
    writing.start()
    enough.wait(10)
    back_up(state, tmp_path / "kept.tar", AT)
    writing.join()
    restore(tmp_path / "kept.tar", tmp_path / "fresh")
    assert check_record(tmp_path / "fresh" / RECORD_NAME) == []
    assert 51 <= open_reader(tmp_path / "fresh" / RECORD_NAME).counts().articles <= 450
    assert len(filed) == 400, "the collector was not kept from writing"


def test_a_file_that_is_there_stays(state: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    with pytest.raises(StoreError, match="mine is there already"):
        back_up(state, tmp_path / "mine", AT)
    assert (tmp_path / "mine").read_text() == "precious"


def test_a_directory_with_a_record_is_not_touched(state: Path, tmp_path: Path) -> None:
    back_up(state, tmp_path / "kept.tar", AT)
    before = (state / RECORD_NAME).read_bytes()
    with pytest.raises(StoreError, match=r"holds record\.db and desk\.db already"):
        restore(tmp_path / "kept.tar", state)
    assert (state / RECORD_NAME).read_bytes() == before


def test_what_a_killed_backup_left_goes_with_the_next_one_and_what_another_is_at_stays(state: Path, tmp_path: Path) -> None:
    making = f"""
import os, sys
from pathlib import Path
from sitmon.store.backup import back_up
from tests.store.making import AT
wait = lambda *_: (print("at it", flush=True), sys.stdin.read())
back_up(Path({str(state)!r}), Path(sys.argv[1]), AT, wait)
"""
    first, second = (
        subprocess.Popen([sys.executable, "-c", making, str(tmp_path / name)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for name in ("killed.tar", "slow.tar")
    )
    for each in (first, second):
        assert each.stdout is not None
        assert each.stdout.readline() == b"at it\n"
    first.kill()
    first.communicate()
    assert len([file for file in tmp_path.iterdir() if file.name.startswith(".")]) == 2
    back_up(state, tmp_path / "kept.tar", AT)
    second.communicate(b"")
    assert second.returncode == 0, "nobody took its copies away"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["kept.tar", "slow.tar", "state"]
    restore(tmp_path / "slow.tar", tmp_path / "fresh")


def test_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing to back up"):
        back_up(tmp_path, tmp_path / "kept.tar", AT)


def test_a_directory_that_cannot_be_written(state: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(state, Path("/proc/kept.tar"), AT)


def _cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def _torn(file: Path) -> None:
    packed = bytearray(gzip.compress(file.read_bytes()))
    middle = len(packed) // 2
    packed[middle : middle + 4096] = b"\xff" * 4096
    file.write_bytes(packed)


def _climbing(file: Path) -> None:
    file.unlink()
    manifest = file.with_name("m")
    files = {name: {"bytes": 1, "sha256": ""} for name in (RECORD_NAME, "../desk.db")}
    manifest.write_text(json.dumps({"sitmon": 1, "made_at": AT.isoformat(), "files": files}))
    with tarfile.open(file, "w") as packed:
        packed.add(manifest, arcname="manifest.json")


def _newer(file: Path) -> None:
    file.unlink()
    manifest = file.with_name("m")
    manifest.write_text('{"sitmon": 9}')
    with tarfile.open(file, "w") as packed:
        packed.add(manifest, arcname="manifest.json")


def _linked(file: Path) -> None:
    file.unlink()
    link = file.with_name("manifest.json")
    link.symlink_to("/etc/hostname")
    with tarfile.open(file, "w") as packed:
        packed.add(link, arcname="manifest.json")


@pytest.mark.parametrize(
    "harm", [_cut, _flipped, _torn, _climbing, _newer, _linked, lambda file: file.write_bytes(b"no archive")]
)
def test_a_harmed_archive_changes_nothing(state: Path, tmp_path: Path, harm: Callable[[Path], object]) -> None:
    file = tmp_path / "kept.tar"
    back_up(state, file, AT)
    harm(file)
    with pytest.raises(StoreError, match="no whole backup"):
        restore(file, tmp_path / "fresh")
    assert list((tmp_path / "fresh").iterdir()) == []
