"""What there is to be told of a running desk: processes, record, painting, answers that took long, machine and terminal."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sitmon.app.archive import Wanted
from sitmon.app.views.diagnostics import Section
from sitmon.sitrep.machine import machine_lines
from sitmon.store.record import Counts, RecordReader
from sitmon.text.times import age

if TYPE_CHECKING:
    from sitmon.app.opendesk import OpenDesk

_MIB = 2**20
_NAME = 15
"""Where the value begins in a line that tells of the machine."""


def measured(record: RecordReader, _wanted: Wanted) -> tuple[Counts, list[tuple[str, str]]]:
    """Return what the archive's thread finds out: how much is recorded, and what the machine is like."""
    return record.counts(), [(line[:_NAME].strip(), line[_NAME:]) for line in machine_lines()]


def sections(desk: OpenDesk, found: tuple[Counts, list[tuple[str, str]]] | None) -> list[Section]:
    """Return everything there is to tell; what has not been found out yet is left out."""
    told = [
        Section("Processes", list(_processes(desk))),
        Section("Record", list(_record(desk, found[0] if found else None))),
        Section("Painting and answers", list(_work(desk))),
    ]
    return [*told, Section("Machine and terminal", found[1])] if found else told


def _processes(desk: OpenDesk) -> Iterator[tuple[str, str]]:
    yield "desk", _process(os.getpid())
    pid, is_ours = desk.following.collector()
    if pid is None:
        yield "collector", "none at work"
    else:
        yield "collector", f"{_process(pid)}{'' if is_ours else ', started by another desk'}"
    for words in desk.following.past_troubles():
        yield "earlier", words


def _process(pid: int) -> str:
    """Say since when a process is at work and how much memory it holds; of one that is not there, only its number."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        uptime = float(Path("/proc/uptime").read_text().split()[0])
        resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / _MIB
    except (OSError, ValueError, IndexError):
        return f"process {pid}"
    since = uptime - int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return f"process {pid}, {age(since).replace('now', 'less than a minute')} old, {resident:.0f} MiB"


def _record(desk: OpenDesk, counts: Counts | None) -> Iterator[tuple[str, str]]:
    settings = desk.present.settings
    yield "configuration", str(settings.origin or "built in")
    if desk.archive.home:
        yield "state", str(desk.archive.home)
        for file in sorted(desk.archive.home.glob("*.db*")):
            try:
                yield file.name, f"{file.stat().st_size / _MIB:,.1f} MiB"
            except OSError as error:
                yield file.name, str(error.strerror)
    cursor = desk.present.cursor()
    yield "cursor", "cannot be read" if cursor is None else f"record {cursor[0]}, marks {cursor[1]}"
    if counts:
        yield "articles", f"{counts.articles:,} in {counts.versions:,} versions"
        yield "claims", f"{counts.claims:,} in {counts.reports:,} sentences, {counts.unrouted:,} of the newest without a region"


def _work(desk: OpenDesk) -> Iterator[tuple[str, str]]:
    driver = desk.painter
    if driver:
        minutes = max((time.monotonic() - driver.began) / 60, 1 / 60)
        rate, written = driver.frames / minutes, driver.characters / 1024
        yield "painted", f"{driver.frames:,} times, {rate:.1f} a minute, {written:,.0f} KiB to the terminal"
    looks = desk.present.looks
    if looks:
        times = [seconds * 1000 for seconds in looks]
        yield "board assessed", f"last in {times[-1]:.0f} ms, of the last {len(times)} the slowest in {max(times):.0f} ms"
    for subject, seconds in desk.archive.slowest:
        yield "took long", f"{subject}: {seconds * 1000:.0f} ms"
    if not desk.archive.slowest:
        yield "took long", "no question to the record"
