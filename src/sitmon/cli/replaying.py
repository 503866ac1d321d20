"""`sitmon replay` and `sitmon demo`: a past stretch of time on the desk as if it were now, or the boards of it."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Annotated, NamedTuple

import typer

from sitmon.cli.board import moment_of
from sitmon.cli.invocation import Invocation
from sitmon.cli.printing import print_json, print_text
from sitmon.collector.fingerprint import reading_fingerprint
from sitmon.collector.replay import SOURCE, play, script_of
from sitmon.config import load
from sitmon.config.paths import builtin, demo_week
from sitmon.config.settings import FolderSource, Settings
from sitmon.extraction.reader import reader_for
from sitmon.model.health import Health, SourceHealth
from sitmon.sitrep.brief import brief_text
from sitmon.sitrep.contract import board_json
from sitmon.sitrep.current import board_now
from sitmon.store.sqlite import RECORD_NAME, open_reader, open_writer
from sitmon.text.sanitise import sanitise

# Filing takes some 7 ms an article: worth a word where it takes seconds.
_MANY = 300
_EARLIER = timedelta(minutes=1)

At = Annotated[list[str] | None, typer.Option(help="A moment whose board to print, without the desk; may be given again.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object for each moment, as `brief --json`.")]
Plain = Annotated[bool, typer.Option(help="One line for each change, for screen readers, logs and pipes.")]


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    commands.command()(replay)
    commands.command()(demo)


def replay(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A folder of dated articles, a .jsonl, or an export.")],
    speed: Annotated[float, typer.Option(min=0.1, max=1e6, help="Seconds of the past in one of yours.")] = 60.0,
    at: At = None,
    json: AsJson = False,
    plain: Plain = False,
) -> int:
    """Replay a past stretch of time on the desk, in a state of its own, each article first seen when it was.

    With --at no desk opens: the board of each moment is printed; with --json alone, the one at the end. On the desk p pauses,
    . goes on to the next dispatch, + and - play faster and slower.

    Example: sitmon replay december.jsonl --speed 600
    """
    invocation: Invocation = context.obj
    return _replayed(path, invocation.settings, speed, at or (), is_json=json, is_plain=plain)


def demo(
    speed: Annotated[float, typer.Option(min=0.1, max=1e6, help="Seconds of the past in one of yours.")] = 1800.0,
    at: At = None,
    json: AsJson = False,
    plain: Plain = False,
) -> int:
    """Play a scripted week of a situation that never was so, every outlet marked DEMO, to see what the board can do.

    Example: sitmon demo --speed 3600
    """
    settings = load(builtin())
    title = f"DEMO, none of this happened: {settings.situation.title}"
    made_up = replace(settings, situation=replace(settings.situation, title=title))
    return _replayed(demo_week(), made_up, speed, at or (), is_json=json, is_plain=plain)


class _Filed(NamedTuple):
    """A past stretch of time on a record of its own.

    Attributes:
        faults: How many parts of it could not be read; each was told.
    """

    state: Path
    settings: Settings
    begin: datetime
    end: datetime
    faults: int


def _replayed(path: Path, settings: Settings, speed: float, at: list[str] | tuple[()], *, is_json: bool, is_plain: bool) -> int:
    moments = [moment for words in at if (moment := moment_of(words, "--at"))]
    with _filed(path, settings) as filed:
        if not moments and not is_json:
            return _played(filed, speed, is_plain=is_plain)
        record = open_reader(filed.state / RECORD_NAME)
        try:
            for moment in moments or [filed.end]:
                board = board_now(record, filed.settings, moment)
                if is_json:
                    print_json(board_json(board))
                else:
                    print_text("REPLAY  " + brief_text(board) + "\n")
        finally:
            record.close()
        return int(bool(filed.faults))


def _played(filed: _Filed, speed: float, *, is_plain: bool) -> int:
    from sitmon.app.replaying import Replay  # noqa: PLC0415 - only here is the desk needed

    clock = Replay(filed.begin, filed.end, speed)
    if is_plain or not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        from sitmon.app.plain import run as run_plain  # noqa: PLC0415

        return run_plain(filed.settings, filed.state, replay=clock)
    from sitmon.app.desk import run  # noqa: PLC0415

    return run(filed.settings, filed.state, replay=clock)


@contextmanager
def _filed(path: Path, settings: Settings) -> Iterator[_Filed]:
    """File a stretch of the past into a directory that is gone afterwards, whatever ends it."""
    script = script_of(path)
    for fault in script.faults:
        print(f"sitmon: {sanitise(fault)}", file=sys.stderr)
    begin, end = script.dispatches[0].moment, script.dispatches[-1].moment
    # A past of its own: never into the record that others share.
    lived = replace(settings, folders=(FolderSource(SOURCE, path),), feeds=(), store=None)
    if len(script.dispatches) > _MANY and sys.stderr.isatty():
        print(f"sitmon: {len(script.dispatches)} dispatches are read first", file=sys.stderr)
    with _ended_by_signals(), tempfile.TemporaryDirectory(prefix="sitmon-replay-") as folder:
        record = open_writer(Path(folder) / RECORD_NAME)
        try:
            reader = reader_for(lived.situation)
            record.begin_reading(reading_fingerprint(lived.situation), begin)
            # The source of a replay answers at every moment of it.
            well = SourceHealth(SOURCE, SOURCE, str(path), Health.OK, last_success=begin, items=len(script.dispatches))
            record.report_health([well], begin - _EARLIER)
            play(script.dispatches, record, reader, lived.situation.limits.future_minutes)
        finally:
            record.close()
        yield _Filed(Path(folder), lived, begin - _EARLIER, end + _EARLIER, len(script.faults))


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let a signal end the command as a person would, so that nothing stays behind."""

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
