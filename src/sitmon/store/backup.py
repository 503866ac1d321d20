"""Backup and restore: one archive of what a state directory holds, taken while sitmon runs, and put back whole or not at all.

    record.db, desk.db ──► a snapshot of each ──► FILE (tar: manifest.json, then the files it names)

The manifest gives each file's SHA-256, so that a damaged archive is refused before anything is touched.
"""

from __future__ import annotations

import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from gzip import BadGzipFile
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw

from sitmon.errors import StoreError
from sitmon.model.noun import dataclass
from sitmon.store.connections import to_read
from sitmon.store.damage import cleared, lying
from sitmon.store.desk import DESK_NAME
from sitmon.store.faults import in_words
from sitmon.store.sqlite import RECORD_NAME
from sitmon.store.unfinished import RESTORING, room_in, sweep_alone

FORMAT = 1
NAMES = (RECORD_NAME, DESK_NAME)
_MANIFEST = "manifest.json"
_UNFINISHED = ".sitmon-backup-"
_LARGEST_MANIFEST = 64 * 1024
_PATIENCE_MILLISECONDS = 10_000
_PAGES = 2048  # copied between two words of progress
_PIECE = 1024 * 1024
# What an archive says that is damaged, cut, or none, however it is packed.
_NOT_WHOLE = (
    tarfile.TarError, zlib.error, BadGzipFile, EOFError, KeyError, ValueError, TypeError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds.

    Attributes:
        made_at: When it was taken, UTC.
        files: Name and size in bytes of each file in it.
    """

    made_at: datetime
    files: dict[str, int]


Progress = Callable[[str, int, int], None]
"""Called with a file's name, how much of it is copied and how much there is."""


def back_up(state: Path, file: Path, at: datetime, progress: Progress = lambda *_: None) -> Kept:
    """Write an archive of a state directory. Collector and desks may be at work: each file is copied as it stood at one moment.

    Args:
        state: The state directory.
        file: The archive; it must not exist yet. A name ending in .gz is compressed.
        at: The present moment.
        progress: Told how far it is.

    Raises:
        StoreError: There is nothing to back up, the archive exists or cannot be written, or a file cannot be read.
    """
    if file.exists():
        raise StoreError(f"{file} is there already and stays as it is: name another file")
    present = [name for name in NAMES if (state / name).exists()]
    if RECORD_NAME not in present:
        raise StoreError(f"there is no record in {state} yet: there is nothing to back up")
    with _worded(file), room_in(file.absolute().parent, _UNFINISHED) as copies:
        for name in present:
            _copy(state / name, copies / name, progress)
        kept = Kept(at, {name: (copies / name).stat().st_size for name in present})
        (copies / _MANIFEST).write_text(_manifest(copies, kept), encoding="utf-8")
        _pack(copies, (_MANIFEST, *present), copies / "archive", "w:gz" if file.suffix in {".gz", ".tgz"} else "w")
        (copies / "archive").rename(file)
        _sync(file.absolute().parent)
    return kept


def restore(file: Path, state: Path) -> Kept:
    """Put an archive's files into a state directory that has none of them. Whoever calls holds the collector's lock there.

    Args:
        file: What `back_up` made.
        state: Made if it is missing.

    Raises:
        StoreError: The archive is damaged or none, or the directory holds a record already; nothing was changed then.
    """
    with _worded(state):
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep_alone(state, RESTORING)
        there = lying(state, NAMES)
        if there and there != [DESK_NAME]:
            raise _used(state, there)
        with TemporaryDirectory(dir=state, prefix=RESTORING) as room:
            kept = _unpack(file, Path(room))
            if there and not _is_same(Path(room) / DESK_NAME, state / DESK_NAME):
                raise _used(state, there)
            # The record comes last: where it stands, everything stands.
            for name in sorted(kept.files, key=lambda name: name == RECORD_NAME):
                cleared(state / name)
                (Path(room) / name).rename(state / name)
        _sync(state)
    return kept


def _used(state: Path, there: list[str]) -> StoreError:
    holds = f"{state} holds {' and '.join(there)} already"
    return StoreError(f"{holds}: choose an empty directory with --state, or move them away")


def _is_same(one: Path, other: Path) -> bool:
    """Tell what a killed restore has put in its place already from what somebody wrote."""
    return one.exists() and other.exists() and _digest(one) == _digest(other)


def _copy(source: Path, target: Path, progress: Progress) -> None:
    """Copy a database as it stands at one moment; writers go on meanwhile."""
    try:
        reading, _ = to_read(source, _PATIENCE_MILLISECONDS)
        writing = apsw.Connection(os.fspath(target))
        try:
            # The snapshot: without it, the copy would begin anew with each commit.
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            with writing.backup("main", reading, "main") as pages:
                while not pages.done:
                    pages.step(_PAGES)
                    progress(source.name, pages.page_count - pages.remaining, pages.page_count)
            # The journal mode travels with the pages; an archive holds one file and no log beside it.
            writing.pragma("journal_mode", "delete")
        finally:
            writing.close()
            reading.close()
    except apsw.Error as error:
        raise in_words(error, source) from error


def _manifest(copies: Path, kept: Kept) -> str:
    files = {name: {"bytes": size, "sha256": _digest(copies / name)} for name, size in kept.files.items()}
    return json.dumps({"sitmon": FORMAT, "made_at": kept.made_at.astimezone(UTC).isoformat(), "files": files}, indent=2)


def _pack(copies: Path, names: tuple[str, ...], archive: Path, mode: str) -> None:
    with archive.open("xb") as written:
        archive.chmod(0o600)
        with tarfile.open(fileobj=written, mode=mode, format=tarfile.PAX_FORMAT) as packed:  # type: ignore[call-overload]
            for name in names:
                packed.add(copies / name, arcname=name, filter=_anonymous)
        written.flush()
        os.fsync(written.fileno())


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _unpack(file: Path, room: Path) -> Kept:
    """Unpack the files that the manifest names, each with the hash it gives; nothing else of an archive is looked at."""
    try:
        with tarfile.open(file) as packed:
            made_at, files = _read_manifest(_member(packed, _MANIFEST, _LARGEST_MANIFEST))
            for name, (size, sha256) in files.items():
                _unpack_one(_member(packed, name, size), room / name, sha256)
    except _NOT_WHOLE as error:
        raise StoreError(f"{file} is no whole backup of sitmon ({error}): nothing was restored") from error
    return Kept(made_at, {name: size for name, (size, _) in files.items()})


def _read_manifest(member: tarfile.ExFileObject) -> tuple[datetime, dict[str, tuple[int, str]]]:
    manifest = json.loads(member.read())
    if manifest["sitmon"] != FORMAT:
        raise ValueError(f"its format is {manifest['sitmon']!r}, known is {FORMAT}: update sitmon")
    files = {str(name): (int(of["bytes"]), str(of["sha256"])) for name, of in manifest["files"].items()}
    if RECORD_NAME not in files or not set(files) <= set(NAMES):
        raise ValueError("it names other files than a state directory has")
    return datetime.fromisoformat(manifest["made_at"]), files


def _member(packed: tarfile.TarFile, name: str, largest: int) -> tarfile.ExFileObject:
    member = packed.getmember(name)
    if not member.isreg() or member.size > largest:
        raise ValueError(f"{name} is not what the manifest says")
    found = packed.extractfile(member)
    if found is None:
        raise ValueError(f"{name} cannot be read")
    return found  # type: ignore[return-value]


def _unpack_one(member: tarfile.ExFileObject, target: Path, sha256: str) -> None:
    with target.open("xb") as written:
        target.chmod(0o600)
        shutil.copyfileobj(member, written, _PIECE)
        written.flush()
        os.fsync(written.fileno())
    if _digest(target) != sha256:
        raise ValueError(f"{target.name} is damaged in it")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _sync(directory: Path) -> None:
    opened = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _worded(where: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{where} cannot be written ({error.strerror or error}): name another place") from error
