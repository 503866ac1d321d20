"""A full disk: the reason in words, what is there stays readable, and writing goes on when there is room, without a restart."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitmon.errors import StoreError
from sitmon.store.sqlite import SqliteRecord, check_record, open_reader, open_writer
from tests.store.making import article, at, filing

# Run as root in a mount namespace of its own: a disk of 8 MiB, filled until it is full, then freed a little.
ON_A_SMALL_DISK = """
import subprocess, sys
from pathlib import Path
from sitmon.errors import StoreError
from sitmon.store.sqlite import open_reader, open_writer
from tests.store.making import AT, article, at, filing
disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], check=True)
ballast = disk / "ballast"
ballast.write_bytes(bytes(2_000_000))
record = open_writer(disk / "record.db")
record.begin_reading("first", AT)
filed, failed = 0, None
while failed is None:
    try:
        record.file([filing(article(f"Bridge {filed} fell. " + "It is said. " * 300, filed, id=str(filed)))])
        filed += 1
    except StoreError as error:
        failed = str(error)
assert "is full" in failed or "room" in failed, failed
assert filed > 5, filed
reader = open_reader(disk / "record.db")
assert reader.counts().articles == filed == record.counts().articles
assert len(reader.window(at(9999), ["town"]).claims) == 200
for _ in range(3):
    try:
        record.file([filing(article("More. " * 30000, 1, id="more"))])
        raise AssertionError("there was room after all")
    except StoreError:
        pass
ballast.unlink()
record.file([filing(article("There is room again.", 9000, id="again"))])
assert reader.window(at(9999), ["town"]).claims[0].quote == "There is room again."
assert record.check() == []
print("held")
"""


def test_a_full_disk_is_said_survived_and_caught_up_with(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk; the limit on file size is tested below")
    command = ["unshare", "--mount", sys.executable, "-c", ON_A_SMALL_DISK, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"no small disk can be mounted here: {done.stderr}")
    assert done.stdout == "held\n", done.stderr


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_write_that_fails_leaves_nothing_and_the_next_one_succeeds(record: SqliteRecord, path: Path) -> None:
    record.file([filing(article("Before.", 0, id="before"))])
    counts, cursor = record.counts(), record.cursor()
    large = [filing(article(f"Large {n}. " + "It is said. " * 200, 1, id=f"large {n}")) for n in range(60)]
    with no_file_larger_than(path.with_name("record.db-wal").stat().st_size + 100_000):
        with pytest.raises(StoreError, match="room"):
            record.file(large)
        reader = open_reader(path)
        assert reader.counts() == record.counts() == counts
        assert reader.cursor() == cursor
        reader.close()
    assert len(record.file(large)) == 60
    assert record.check() == []


def test_a_record_on_a_medium_that_cannot_be_written_is_read_as_it_lies(
    record: SqliteRecord, path: Path, tmp_path: Path
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may mount")
    record.file([filing(article("Kept on a disc."))])
    record.close()
    code = f"""
import subprocess
from pathlib import Path
from sitmon.errors import StoreError
from sitmon.store.backup import back_up, restore
from sitmon.store.sqlite import check_record, open_reader, open_writer
from tests.store.making import at
directory = {str(path.parent)!r}
subprocess.run(["mount", "--bind", directory, directory], check=True)
subprocess.run(["mount", "-o", "remount,ro,bind", directory], check=True)
path = Path({str(path)!r})
assert open_reader(path).window(at(1), ["town"]).claims[0].quote == "Kept on a disc."
assert check_record(path) == []
back_up(path.parent, Path({str(tmp_path / "kept.tar")!r}), at(1))
restore(Path({str(tmp_path / "kept.tar")!r}), Path({str(tmp_path / "fresh")!r}))
assert open_reader(Path({str(tmp_path / "fresh" / path.name)!r})).counts().articles == 1
try:
    open_writer(path)
except StoreError as error:
    print(error)
"""
    done = subprocess.run(
        ["unshare", "--mount", sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"nothing can be mounted here: {done.stderr}")
    assert "cannot be opened" in done.stdout, done.stderr


def test_a_directory_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(StoreError, match="cannot be made or opened"):
        open_writer(tmp_path / "state" / "record.db")
    reader = open_reader(tmp_path / "state" / "record.db")
    assert reader.counts().articles == 0
    assert check_record(tmp_path / "state" / "record.db") == []
    assert reader.window(at(0), ["town"]).claims == ()
    reader.close()
