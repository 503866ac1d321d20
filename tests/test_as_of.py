"""The past stays what it was: whatever comes later, each board of a moment before it is the board that was shown then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitmon.collector.fingerprint import reading_fingerprint
from sitmon.collector.replay import Dispatch, play, script_of
from sitmon.config import load
from sitmon.config.settings import Settings
from sitmon.extraction.reader import reader_for
from sitmon.model.alarm import Alarms
from sitmon.model.board import Board, Why
from sitmon.model.health import Health, SourceHealth
from sitmon.model.person import Answer, AnswerKind, Attention, Decision, DecisionKind, Mark, MarkKind, added_up
from sitmon.sitrep.alarms import alarms_at
from sitmon.sitrep.current import board_now, matters_now
from sitmon.store.desk import Desk, open_desk
from sitmon.store.sqlite import SqliteRecord, open_writer
from tests.lake import lake, write_script

MORE = """
[[outlets]]
name = "DEMO Wire"
[situation.parties]
"the army" = ["army", "the army command"]
"the rebels" = ["rebels", "rebel commander"]
[[regions]]
id = "hills"
title = "Hills"
[regions.places]
"Birchwater" = []
"""
BEGIN = datetime(2024, 12, 7, tzinfo=UTC)
SENTENCES = [
    "Rebels captured Alder on Saturday, the rebels said.",
    "The army denied that Alder had been captured.",
    "The army confirmed that its units had withdrawn from Alder.",
    "An air strike on Birchwater killed 14 people on Saturday, rescue workers said.",
    "An air strike on Birchwater killed 4 people on Saturday, rescue workers said.",
    "Unconfirmed reports say that rebels have captured Birchwater.",
    "Shops in Birchwater were closed on Saturday, residents said.",
    "Ardania's currency fell to its lowest rate of the year on Saturday.",
    "What comes next for Alder?",
]
HOURS = st.integers(0, 40).map(lambda quarters: timedelta(minutes=15 * quarters))
DATED = st.sampled_from(
    [None, timedelta(0), timedelta(hours=-3), timedelta(days=-700), timedelta(minutes=4), timedelta(days=90)]
)
DISPATCH = st.fixed_dictionaries(
    {
        "after": HOURS,
        "dated": DATED,
        "id": st.sampled_from([None, "a", "b", "c"]),
        "notice": st.sampled_from(["", "", "", "CORRECTED: ", "WITHDRAWN: ", "HOLD: ", "UPDATE 2-", "REPEAT-"]),
        "outlet": st.sampled_from(["DEMO Wire", "DEMO Post", "DEMO Herald"]),
        "well": st.booleans(),
        "decided": st.sampled_from([None, "pin", "seen", "resolve", "join", "split", "reopen"]),
        "sentences": st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True),
    }
)


@given(
    earlier=st.lists(DISPATCH, min_size=1, max_size=8), later=st.lists(DISPATCH, min_size=1, max_size=2), again=st.booleans()
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_first_seen_later_never_changes_a_board_of_the_past(
    earlier: list[dict[str, Any]], later: list[dict[str, Any]], again: bool
) -> None:
    with TemporaryDirectory() as name:
        folder, lived = Path(name), _settings(Path(name))
        record = open_writer(folder / "record.db")
        record.begin_reading(reading_fingerprint(lived.situation), BEGIN)
        past, moments = _dispatches(earlier, folder, BEGIN), _moments(earlier)
        _play(past, record, lived)
        _report_health(earlier, BEGIN, record, lived)
        desk = open_desk(folder)
        for number, one in enumerate(past):
            desk.answer(Answer(f"alarm {number}", AnswerKind.ACKNOWLEDGED, one.moment))
        _decide(earlier, BEGIN, record, lived, desk)
        now = moments[-1]
        shown = [_shown(record, lived, desk, at) for at in moments]
        coming = _dispatches(later, folder, now + timedelta(seconds=1))
        _play(coming, record, lived)
        _report_health(later, now + timedelta(seconds=1), record, lived)
        _decide(later, now + timedelta(seconds=1), record, lived, desk)
        if again:
            # A source may show an old version again, long after.
            _play([replace(past[0], moment=coming[-1].moment + timedelta(hours=1))], record, lived)
        assert [_shown(record, lived, desk, at) for at in moments] == shown
        desk.close()
        record.close()


def test_a_board_of_the_past_is_blind_when_the_desk_was_blind_then(tmp_path: Path) -> None:
    lived, record = _settings(tmp_path), open_writer(tmp_path / "record.db")
    record.begin_reading(reading_fingerprint(lived.situation), BEGIN)
    states = [(0, Health.OK), (60, Health.FAILING), (180, Health.OK)]
    for minutes, state in states:
        at = BEGIN + timedelta(minutes=minutes)
        since = at if state is Health.FAILING else None
        record.report_health([SourceHealth(lived.folders[0].id, "folder", "in", state, failing_since=since)], at)
    boards = [board_now(record, lived, BEGIN + timedelta(minutes=minutes)) for minutes in (-1, 59, 74, 75, 179, 180)]
    assert [board.regions[0].why is Why.BLIND for board in boards] == [False, False, False, True, True, False]
    assert boards[0].sources[0].health is Health.WAITING
    record.close()


def _settings(folder: Path) -> Settings:
    lake(folder, MORE)
    return load(folder / "config.toml")


def _play(dispatches: list[Dispatch], record: SqliteRecord, lived: Settings) -> None:
    play(dispatches, record, reader_for(lived.situation))


def _dispatches(drawn: list[dict[str, Any]], folder: Path, begin: datetime) -> list[Dispatch]:
    """Write what was drawn as a script, each first seen some time after the one before it."""
    rows, at = [], begin
    for one in drawn:
        at += one["after"]
        row = {"outlet": one["outlet"], "title": f"{one['notice']}News of the day", "text": "\n\n".join(one["sentences"])}
        row |= {"id": one["id"]} if one["id"] else {}
        row |= {"published_at": (at + one["dated"]).isoformat()} if one["dated"] is not None else {}
        rows.append(row | {"first_seen_at": at.isoformat()})
    script = folder / f"script-{begin:%H%M%S}.jsonl"
    write_script(script, rows)
    return list(script_of(script).dispatches)


def _report_health(drawn: list[dict[str, Any]], begin: datetime, record: SqliteRecord, lived: Settings) -> None:
    """Let the source answer, or fail for an hour already, with each dispatch."""
    at = begin
    for one in drawn:
        at += one["after"]
        state, since = (Health.OK, None) if one["well"] else (Health.FAILING, at - timedelta(hours=1))
        record.report_health([SourceHealth(lived.folders[0].id, "folder", "in", state, failing_since=since)], at)


def _shown(record: SqliteRecord, lived: Settings, desk: Desk, at: datetime) -> tuple[Board, Alarms]:
    """Return the board of a moment as `sitmon brief --as-of` makes it, and its alarms."""
    board = board_now(record, lived, at, added_up((mark for mark in desk.marks() if mark.at <= at), desk.decisions()))
    return board, alarms_at(record, lived, at, desk.answers())


def _decide(drawn: list[dict[str, Any]], begin: datetime, record: SqliteRecord, lived: Settings, desk: Desk) -> None:
    """Let a person do something with what there is at the moment of each dispatch."""
    at, kinds = begin, {"resolve": DecisionKind.RESOLVED, "split": DecisionKind.SPLIT, "reopen": DecisionKind.REOPENED}
    for one in drawn:
        at += one["after"]
        matters = matters_now(record, lived, at, Attention(decisions=desk.decisions()))
        claims = [claim.id for group in matters.values() for claim in group]
        ids = sorted(matters)
        if not claims or one["decided"] is None:
            continue
        if one["decided"] in ("pin", "seen"):
            desk.mark(Mark(MarkKind.PINNED if one["decided"] == "pin" else MarkKind.SEEN, "shore", claims[0], at))
        elif one["decided"] == "join":
            desk.decide(Decision(DecisionKind.JOINED, ids[0], at, into=ids[-1]))
        else:
            desk.decide(Decision(kinds[one["decided"]], ids[0], at, claims=(claims[0],), note="seen"))


def _moments(drawn: list[dict[str, Any]]) -> list[datetime]:
    """Return the moment of each dispatch, one before the first, and one after the last."""
    moments, at = [BEGIN - timedelta(minutes=1)], BEGIN
    for one in drawn:
        at += one["after"]
        moments.append(at)
    return [*moments, at + timedelta(hours=7)]
