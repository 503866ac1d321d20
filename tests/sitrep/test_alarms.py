"""Alarms: what raises one and what does not, how it is answered, and that the past keeps the ones it had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sitmon.config.settings import FolderSource, Settings
from sitmon.model.alarm import Alarm, AlarmRules, AlarmState, Cause
from sitmon.model.article import Article, Notice
from sitmon.model.claim import Reading, Report, ReportClass
from sitmon.model.health import Health, SourceHealth
from sitmon.model.indicator import Indicator, Level
from sitmon.model.person import Answer, AnswerKind
from sitmon.model.situation import Region, Situation
from sitmon.sitrep.alarms import AlarmWatch, alarms_at
from sitmon.store.record import Arrived, Filing
from sitmon.store.sqlite import RECORD_NAME, SqliteRecord, open_writer
from tests.sitrep import week
from tests.store.making import article, at, claim, filing

REGIONS = (Region("town", "Town"), Region("coast", "Coast"))
SETTINGS = Settings(None, Situation("Lake country", regions=REGIONS), (FolderSource("s", Path("in")),))
ALARMED = [Cause.REPORT]


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SqliteRecord]:
    writer = open_writer(tmp_path / RECORD_NAME)
    writer.begin_reading("rules", at(-999))
    writer.report_health([SourceHealth("s", "folder", "in", Health.OK, last_success=at(-999))], at(-999))
    yield writer
    writer.close()


def weighing(text: str, tier: int, **more: object) -> Reading:
    return Reading((Report(text, 0, len(text), ReportClass.CLAIM, None, (claim(0, len(text), tier=tier, **more),)),))  # type: ignore[arg-type]


def found(record: SqliteRecord, minutes: float = 100, settings: Settings = SETTINGS, *answers: Answer) -> tuple[Alarm, ...]:
    return alarms_at(record, settings, at(minutes), answers).listed


def causes(record: SqliteRecord, minutes: float = 100) -> list[Cause]:
    return [alarm.cause for alarm in sorted(found(record, minutes), key=lambda one: one.at)]


def test_a_new_weighty_report_alarms_with_its_quote_and_source(record: SqliteRecord) -> None:
    record.file([filing(article("The town was taken.", 10, outlet="DEMO Wire"))])
    (alarm,) = found(record)
    assert (alarm.cause, alarm.at, alarm.region) == (Cause.REPORT, at(10), "town")
    assert alarm.sentence == "New report in Town: fighting, reported"
    assert alarm.recorded is not None
    assert (alarm.recorded.quote, alarm.recorded.article.outlet) == ("The town was taken.", "DEMO Wire")
    assert alarm.state is AlarmState.UNACKNOWLEDGED
    assert found(record, 9) == ()


@pytest.mark.parametrize(
    ("filings", "expected"),
    [
        pytest.param([filing(article("The town was taken.", 10), baseline=True)], [], id="a first poll never alarms"),
        pytest.param(
            [filing(article("A shop opened.", 10), weighing("A shop opened.", 3))], [], id="a light report never alarms"
        ),
        pytest.param(
            [
                filing(article("The town was taken.", 10, id="a")),
                filing(article("The town was shelled.", 20, id="b"), reported=at(-900)),
            ],
            ALARMED,
            id="old news that comes late never alarms",
        ),
        pytest.param(
            [
                filing(article("The town was taken.", 10, id="a")),
                filing(article("The town was taken.", 20, id="b", outlet="x")),
            ],
            ALARMED,
            id="a copy of what was visible never alarms",
        ),
        pytest.param(
            [filing(article("The town was taken. The army fled. A hundred died.", 10))],
            ALARMED,
            id="an article alarms once in a region",
        ),
        pytest.param(
            [
                filing(article("The town was taken.", 10)),
                filing(article("Again: the town was taken.", 20, notice=Notice.REPEAT)),
            ],
            ALARMED,
            id="a repeat never alarms",
        ),
        pytest.param(
            [
                filing(article("The town was taken.", 10)),
                filing(article("The town was nearly taken.", 20, notice=Notice.CORRECTED)),
            ],
            [Cause.REPORT, Cause.REPORT, Cause.CORRECTED],
            id="a status corrected alarms",
        ),
        pytest.param(
            [filing(article("The town was taken.", 10)), filing(article("Kill our story.", 20, notice=Notice.WITHDRAWN))],
            [Cause.REPORT, Cause.WITHDRAWN],
            id="a status withdrawn alarms, its notice does not",
        ),
        pytest.param(
            [
                filing(article("The town was held.", 5, id="b")),
                filing(article("The town was taken.", 10)),
                filing(article("The town was held.", 15, id="b", notice=Notice.WITHDRAWN), again=True),
            ],
            [Cause.REPORT, Cause.REPORT],
            id="what was no status any more is withdrawn without alarm",
        ),
    ],
)
def test_only_what_needs_an_answer_alarms(record: SqliteRecord, filings: list[Filing], expected: list[Cause]) -> None:
    for one in filings:
        record.file([one])
    assert sorted(causes(record)) == sorted(expected)


def test_a_text_read_again_never_alarms(record: SqliteRecord) -> None:
    text = "The town was taken."
    record.file([filing(article(text, 10), weighing(text, 2))])
    assert causes(record) == []
    record.begin_reading("newer rules", at(20))
    (stored,) = record.unread(10)
    record.reread([(stored.article, weighing(text, 5), stored.times)])
    assert record.window(at(100), ["town"]).claims[0].claim.tier == 5
    assert causes(record) == []


def test_only_watched_regions_alarm(record: SqliteRecord) -> None:
    record.file([filing(article("The town was taken.", 10))])
    assert found(record, 100, replace(SETTINGS, alarms=AlarmRules(("coast",)))) == ()
    assert len(found(record, 100, replace(SETTINGS, alarms=AlarmRules(("town",))))) == 1


def test_being_blind_alarms_once_and_the_past_knows_of_it(record: SqliteRecord) -> None:
    failing = SourceHealth("s", "folder", "in", Health.FAILING, error="no such folder", failing_since=at(0))
    record.report_health([failing], at(0))
    assert causes(record, 14) == []
    assert causes(record, 15) == [Cause.BLIND]
    assert causes(record, 60) == [Cause.BLIND]
    record.report_health([SourceHealth("s", "folder", "in", Health.OK, last_success=at(61))], at(61))
    (alarm,) = found(record, 300)
    assert (alarm.cause, alarm.at) == (Cause.BLIND, at(15))


def test_quiet_never_alarms(record: SqliteRecord) -> None:
    record.file([filing(article("A shop opened.", 0), weighing("A shop opened.", 2))])
    assert causes(record, 60 * 48) == []


def test_an_indicator_alarms_when_the_last_origin_it_needs_reports_it_and_not_again(record: SqliteRecord) -> None:
    two = Indicator("Town lost", Level.CRITICAL, regions=("town",), events=("control_change",), origins=2)
    settings = replace(SETTINGS, indicators=(two,))
    for minutes, outlet in ((10, "One"), (20, "Two"), (30, "Three")):
        text = f"The town was lost, {outlet} says."
        record.file([filing(article(text, minutes, id=outlet, outlet=outlet), weighing(text, 4, event="control_change"))])
    (alarm,) = found(record, 100, settings)
    assert (alarm.cause, alarm.at, alarm.region) == (Cause.INDICATOR, at(20), "town")
    assert alarm.sentence == "Indicator reached (critical): Town lost"
    assert alarm.recorded is not None
    assert alarm.recorded.article.outlet == "Two"


def test_an_alarm_is_acknowledged_or_shelved_and_comes_back_when_its_time_is_over(record: SqliteRecord) -> None:
    record.file([filing(article("The town was taken.", 10))])
    (alarm,) = found(record)
    shelved = Answer(alarm.id, AnswerKind.SHELVED, at(20), "K.", "known", at(50))
    seen = Answer(alarm.id, AnswerKind.ACKNOWLEDGED, at(60), "L.")
    states = [found(record, minutes, SETTINGS, shelved, seen)[0].state.value for minutes in (15, 20, 49, 50, 60)]
    assert states == ["unacknowledged", "shelved", "shelved", "unacknowledged", "acknowledged"]
    assert found(record, 60, SETTINGS, shelved, seen)[0].answer == seen


def test_of_two_who_acknowledge_an_alarm_the_first_counts_until_it_is_opened_again(record: SqliteRecord) -> None:
    record.file([filing(article("The town was taken.", 10))])
    (alarm,) = found(record)
    first, second = (Answer(alarm.id, AnswerKind.ACKNOWLEDGED, at(20 + n), who) for n, who in enumerate(("Ada", "Bo")))
    reopened = Answer(alarm.id, AnswerKind.REOPENED, at(30), "Ada")
    again = replace(second, at=at(40))
    assert found(record, 25, SETTINGS, first, second)[0].answer == first
    assert found(record, 50, SETTINGS, first, second, reopened, again)[0].answer == again


def test_the_rate_counts_alarms_in_each_of_the_last_24_hours(record: SqliteRecord) -> None:
    for number, minutes in enumerate((0, 30, 90)):
        record.file([filing(article(f"Town {number} was taken.", minutes, id=str(number)))])
    hourly = alarms_at(record, SETTINGS, at(100)).hourly
    assert (len(hourly), sum(hourly), hourly[-2:]) == (24, 3, (2, 1))


def test_a_desk_that_follows_finds_what_one_that_looks_once_finds_and_the_past_stays(tmp_path: Path) -> None:
    lived = replace(week.settings(), alarms=AlarmRules((), 168))
    record = week.played(tmp_path, lived)
    try:
        watch = AlarmWatch(lived)
        moments = [week.on(5, 0) + timedelta(hours=hours) for hours in (0, 7, 13, 20, 40, 66)]
        for moment in moments:
            for _ in watch.catch_up(record, moment):
                pass
            kept, fresh = watch.alarms(moment, ()), alarms_at(record, lived, moment)
            assert [(one.id, one.at, one.sentence) for one in kept.listed] == [
                (one.id, one.at, one.sentence) for one in fresh.listed
            ]
            assert all(one.recorded and one.recorded.quote and one.recorded.article.outlet for one in fresh.listed)
        assert len(article_ids := [one.id for one in fresh.listed]) == len(set(article_ids)) > 20
    finally:
        record.close()


def looked(watch: AlarmWatch, record: SqliteRecord, minutes: float) -> int:
    for _ in watch.catch_up(record, at(minutes)):
        pass
    return len(watch.alarms(at(minutes), ()).listed)


def test_what_was_first_seen_long_before_its_commit_is_found_within_a_minute(record: SqliteRecord) -> None:
    watch = AlarmWatch(SETTINGS)
    assert looked(watch, record, 10) == looked(watch, record, 18) == 0
    record.file([filing(article("The town was taken.", 12))])
    assert looked(watch, record, 19) == 1


def test_a_long_time_is_looked_through_in_pieces(record: SqliteRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    record.file([filing(article(f"Town {number} was taken.", number, id=str(number))) for number in range(1000)])
    held: list[int] = []
    ask = record.arrived

    def counted(*span: Any, **how: Any) -> Arrived:
        came = ask(*span, **how)
        held.append(len(came.claims))
        return came

    monkeypatch.setattr(record, "arrived", counted)
    assert looked(AlarmWatch(SETTINGS), record, 1000) > 100
    assert sum(held) >= 1000
    assert max(held) < 600


def test_what_an_article_is_made_of_is_kept_in_the_alarm(record: SqliteRecord) -> None:
    made: Article = article("The town was taken.", 10, outlet="DEMO Wire", url="https://example.org/1")
    record.file([filing(made)])
    (alarm,) = found(record)
    assert alarm.recorded is not None
    assert alarm.recorded.article.url == made.url
