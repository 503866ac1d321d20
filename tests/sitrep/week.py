"""The scripted week as a record, filed once for all tests of a room."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sitmon.collector.fingerprint import reading_fingerprint
from sitmon.collector.replay import SOURCE, play, script_of
from sitmon.config import load
from sitmon.config.settings import Settings
from sitmon.extraction.reader import reader_for
from sitmon.model.health import Health, SourceHealth
from sitmon.store.sqlite import RECORD_NAME, SqliteRecord, open_writer

ROOT = Path(__file__).parents[2]


def settings() -> Settings:
    """Return the built-in situation, as the repository has it."""
    return load(ROOT / "config.toml")


def played(state: Path, lived: Settings) -> SqliteRecord:
    """File the scripted week into a state directory and return the record, open for writing."""
    script = script_of(ROOT / "tests" / "data" / "week" / "dispatches.jsonl")
    record = open_writer(state / RECORD_NAME)
    record.begin_reading(reading_fingerprint(lived.situation), script.dispatches[0].moment)
    play(script.dispatches, record, reader_for(lived.situation), lived.situation.limits.future_minutes)
    end = script.dispatches[-1].moment
    record.report_health([SourceHealth(SOURCE, SOURCE, "the week", Health.OK, last_success=end)])
    return record


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of the week, December 2024, UTC."""
    return datetime(2024, 12, day, hour, minute, tzinfo=UTC)
