"""`sitmon replay`: a past stretch of time, and the boards it would have shown."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from sitmon.cli.board import moment_of
from sitmon.cli.invocation import Invocation
from sitmon.cli.printing import print_json, print_text
from sitmon.collector.fingerprint import reading_fingerprint
from sitmon.collector.replay import SOURCE, play, script_of
from sitmon.config.settings import FolderSource, Settings
from sitmon.extraction.reader import reader_for
from sitmon.model.health import Health, SourceHealth
from sitmon.sitrep.brief import brief_text
from sitmon.sitrep.contract import board_json
from sitmon.sitrep.current import board_now
from sitmon.store.sqlite import RECORD_NAME, open_writer
from sitmon.text.sanitise import sanitise


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    commands.command()(replay)


def replay(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A folder of dated articles, a .jsonl, or an export.")],
    at: Annotated[list[str] | None, typer.Option(help="A moment whose board to print; may be given again.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object for each moment, as `brief --json`.")] = False,
) -> int:
    """Replay a past stretch of time into a state of its own, each article first seen when it was, and print the boards.

    Without --at, the board at the end of it.

    Example: sitmon replay december.jsonl --at 081200ZDEC24 --at 081800ZDEC24 --json
    """
    invocation: Invocation = context.obj
    moments = [moment for words in at or () if (moment := moment_of(words, "--at"))]
    script = script_of(path)
    for fault in script.faults:
        print(f"sitmon: {sanitise(fault)}", file=sys.stderr)
    settings = _of_the_past(invocation.settings, path)
    with tempfile.TemporaryDirectory(prefix="sitmon-replay-") as folder:
        record = open_writer(Path(folder) / RECORD_NAME)
        try:
            reader = reader_for(settings.situation)
            record.begin_reading(reading_fingerprint(settings.situation), script.dispatches[0].moment)
            play(script.dispatches, record, reader, settings.situation.limits.future_minutes)
            end = script.dispatches[-1].moment
            record.report_health([SourceHealth(SOURCE, SOURCE, str(path), Health.OK, last_success=end)])
            for moment in moments or [end]:
                board = board_now(record, settings, moment)
                if json:
                    print_json(board_json(board))
                else:
                    print_text("REPLAY  " + brief_text(board) + "\n")
        finally:
            record.close()
    return int(bool(script.faults))


def _of_the_past(settings: Settings, path: Path) -> Settings:
    """The same situation with the replay as its one source."""
    return replace(settings, folders=(FolderSource(SOURCE, path),), feeds=())
