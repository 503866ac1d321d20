"""Write the example of a handover for the documentation: one watch of the scripted week, as Markdown, HTML and a picture.

What a watch officer would have done at the desk (answers, log) is told here; all else comes out of the record. The picture
needs chromium; without it only the texts are written.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sitmon.collector.fingerprint import reading_fingerprint
from sitmon.collector.replay import SOURCE, play, script_of
from sitmon.config import load
from sitmon.config.settings import FolderSource, Settings
from sitmon.extraction.reader import reader_for
from sitmon.model.health import Health, SourceHealth
from sitmon.model.person import Answer, AnswerKind, LogEntry
from sitmon.sitrep.alarms import alarms_at
from sitmon.sitrep.current import board_now
from sitmon.sitrep.paper import Paper, paper
from sitmon.sitrep.render import render
from sitmon.sitrep.watch import watch_of, written
from sitmon.store.desk import open_desk
from sitmon.store.sqlite import RECORD_NAME, SqliteRecord, open_writer

ROOT = Path(__file__).resolve().parents[1]
WEEK = Path("tests/data/week/dispatches.jsonl")
BEGIN, END = datetime(2024, 12, 6, 12, 30, tzinfo=UTC), datetime(2024, 12, 6, 20, 30, tzinfo=UTC)
OFFICER = "Sgt Amsel"
LOG = (
    (0, "Took over from Lt Weber; nothing outstanding.", None),
    (275, "Asked the liaison desk for imagery of the Homs ring road.", "west"),
    (345, "Homs: pullout reported by activists, denied by the army. Not to be briefed as fact.", "west"),
    (462, "Informed the duty officer that the report on the television building was withdrawn.", "damascus"),
)
SHELVED = ("outskirts of Homs", timedelta(hours=4), "known to the staff, next look with the imagery")
OPEN = 2


def main() -> None:
    """Write the example, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "examples")
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if the texts are out of date")
    parser.add_argument("--picture", action="store_true", help="draw the picture of it too")
    given = parser.parse_args()
    os.chdir(ROOT)
    made = handover()
    texts = {form: render(made, form) for form in ("md", "html")}
    if given.check:
        files = {form: given.to / f"handover.{form}" for form in texts}
        sys.exit(any(not file.is_file() or file.read_text("utf-8") != texts[form] for form, file in files.items()))
    given.to.mkdir(parents=True, exist_ok=True)
    for form, text in texts.items():
        (given.to / f"handover.{form}").write_text(text, encoding="utf-8")
    if given.picture:
        picture(given.to / "handover.html", ROOT / "docs" / "pictures" / "handover.png")


def handover() -> Paper:
    """Play the week, let the officer act, and put the handover together."""
    settings = load(ROOT / "config.toml")
    settings = replace(settings, folders=(FolderSource(SOURCE, WEEK),), feeds=())
    with tempfile.TemporaryDirectory() as directory:
        state = Path(directory)
        record = open_writer(state / RECORD_NAME)
        try:
            script = script_of(WEEK)
            record.begin_reading(reading_fingerprint(settings.situation), script.dispatches[0].moment)
            record.report_health([SourceHealth(SOURCE, "folder", "the scripted week", Health.OK, last_success=BEGIN)], BEGIN)
            play(script.dispatches, record, reader_for(settings.situation), settings.situation.limits.future_minutes)
            return _paper(record, settings, state)
        finally:
            record.close()


def picture(page: Path, to: Path) -> None:
    """Let a browser draw the page."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        print("no chromium: the picture was not drawn", file=sys.stderr)
        return
    words = [
        browser,
        "--headless",
        "--no-sandbox",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--window-size=860,2400",
    ]
    subprocess.run([*words, f"--screenshot={to}", page.resolve().as_uri()], check=True, capture_output=True, timeout=60)


def _paper(record: SqliteRecord, settings: Settings, state: Path) -> Paper:
    desk = open_desk(state)
    try:
        for minutes, text, region in LOG:
            desk.write(LogEntry(BEGIN + timedelta(minutes=minutes), text, OFFICER, region))
        what, span, why = SHELVED
        alarms = sorted(alarms_at(record, settings, END).listed, key=lambda one: one.at)
        for alarm in alarms[:-OPEN]:
            at = max(alarm.at, BEGIN) + timedelta(minutes=3)
            desk.answer(Answer(alarm.id, AnswerKind.ACKNOWLEDGED, at, OFFICER))
            if alarm.recorded and what in alarm.recorded.quote:
                desk.answer(Answer(alarm.id, AnswerKind.SHELVED, at, OFFICER, why, alarm.at + span))
        said = written(desk, BEGIN, END)
        board = board_now(record, settings, END, said.attention)
        watch = watch_of(record, settings, board, BEGIN, said)
        return paper(board, BEGIN, (), said.log, is_handover=True, watch=watch)
    finally:
        desk.close()


if __name__ == "__main__":
    main()
