"""What users of such systems complain of, each complaint a test on a real record: this desk does not do it.

What concerns the desk alone (a focus lost at a refresh, memory over night, live overwritten by a look back) is tested there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitmon.assessment.changes import ChangeKind, changes_between
from sitmon.collector.fingerprint import reading_fingerprint
from sitmon.collector.replay import Dispatch, play, script_of
from sitmon.config import load
from sitmon.extraction.reader import reader_for
from sitmon.model.article import TimeBasis
from sitmon.model.board import Board, Freshness, RegionStatus
from sitmon.model.claim import Modality
from sitmon.sitrep.alarms import alarms_at
from sitmon.sitrep.brief import brief_text
from sitmon.sitrep.contract import board_json
from sitmon.sitrep.current import board_now
from sitmon.sitrep.paper import paper
from sitmon.sitrep.render import render
from sitmon.sitrep.watchtext import alarm_text
from sitmon.store.sqlite import SqliteRecord, open_writer
from tests.lake import lake, write_script

ROOT = Path(__file__).parents[1]
MORE = """
"Birchwater" = []
[[outlets]]
name = "DEMO Wire"
[[regions]]
id = "americas"
title = "Americas"
[regions.actors]
"United States" = ["US", "U.S.", "Washington"]
"""
NOON = datetime(2024, 12, 7, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TAKEN = "Fighters captured Alder on Saturday, the police said."
SHOPS = "Shops in Alder were closed on Saturday, residents said."
Row = dict[str, Any]


class Desk:
    """A record that lives through dispatches, and its boards."""

    def __init__(self, folder: Path) -> None:
        lake(folder, MORE)
        self.folder, self.settings = folder, load(folder / "config.toml")
        self.record: SqliteRecord = open_writer(folder / "record.db")
        self.reader = reader_for(self.settings.situation)
        self.record.begin_reading(reading_fingerprint(self.settings.situation), NOON - 1000 * HOUR)

    def sees(self, *rows: Row, at: datetime | None = None) -> None:
        """File dispatches, each at its own moment, or all of them at one."""
        script = self.folder / "script.jsonl"
        write_script(script, ({"outlet": "DEMO Post"} | row for row in rows))
        dispatches: Iterator[Dispatch] = iter(script_of(script).dispatches)
        play((one if at is None else replace(one, moment=at) for one in dispatches), self.record, self.reader)

    def board(self, at: datetime) -> Board:
        return board_now(self.record, self.settings, at)

    def shore(self, at: datetime = NOON) -> RegionStatus:
        return self.board(at).regions[0]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.record.close()


def stamp(at: datetime) -> str:
    return at.isoformat()


def said(text: str, *, hours: float = 0, **more: Any) -> Row:
    """Write a dispatch published so many hours before noon."""
    return {"text": text, "published_at": stamp(NOON - hours * HOUR)} | more


def quotes(pane: RegionStatus) -> list[str]:
    return [line.recorded.quote for line in (pane.status, *pane.recent) if line]


def test_news_of_two_years_ago_is_not_shown_as_the_latest(desk: Desk) -> None:
    desk.sees(said(SHOPS, hours=3), said(TAKEN, hours=2 * 365 * 24, first_seen_at=stamp(NOON - HOUR)))
    assert quotes(desk.shore()) == [SHOPS, TAKEN]


def test_a_date_nobody_can_read_is_not_now_at_each_poll(desk: Desk) -> None:
    undated = {"id": "a", "text": TAKEN, "published_at": "the other day"}
    for hours in (9, 5, 1):
        desk.sees(undated, at=NOON - hours * HOUR)
    (line,) = [line for line in (desk.shore().status, *desk.shore().recent) if line]
    assert (line.recorded.report_time, line.recorded.time_basis) == (NOON - 9 * HOUR, TimeBasis.SEEN)
    assert desk.shore().freshness is Freshness.AGEING


def test_an_undated_page_that_grows_at_each_poll_keeps_the_time_of_what_it_said_before(desk: Desk) -> None:
    page = [TAKEN, "The road to Birchwater was shut on Saturday, drivers said.", SHOPS]
    for number, hours in enumerate((9, 5, 1), 1):
        text = "\n\n".join(page[:number])
        desk.sees({"id": "a", "text": text, "published_at": "the other day"}, at=NOON - hours * HOUR)
    lines = {line.recorded.quote: line.recorded for line in (desk.shore().status, *desk.shore().recent) if line}
    assert [lines[quote].report_time for quote in page] == [NOON - hours * HOUR for hours in (9, 5, 1)]
    assert {one.time_basis for one in lines.values()} == {TimeBasis.SEEN}


def test_a_date_moved_forward_beside_an_edit_does_not_raise_old_lines_again(desk: Desk) -> None:
    desk.sees(said(TAKEN, hours=9, id="a"))
    before = desk.board(NOON - 8 * HOUR)
    redated = said(f"{TAKEN}\n\nThe road to Birchwater was open on Saturday, drivers said.", hours=1, id="a")
    desk.sees(redated, at=NOON - HOUR)
    (line,) = [line for line in (desk.shore().status, *desk.shore().recent) if line and line.recorded.quote == TAKEN]
    assert line.recorded.report_time == NOON - 9 * HOUR
    changes = changes_between(before, desk.board(NOON))
    assert TAKEN not in [change.line.recorded.quote for change in changes if change.line]


def test_a_quiet_weekend_empties_no_pane(desk: Desk) -> None:
    desk.sees(said(TAKEN))
    for hours in (49, 24 * 7, 24 * 60):
        pane = desk.shore(NOON + hours * HOUR)
        assert (quotes(pane), pane.freshness) == ([TAKEN], Freshness.STALE)


def test_every_line_says_who_published_it_and_where_the_original_is(desk: Desk) -> None:
    desk.sees(said(TAKEN, url="https://example.org/alder", title="Alder taken"))
    document = board_json(desk.board(NOON))["regions"][0]["status"]
    assert (document["article"]["outlet"], document["article"]["url"]) == ("DEMO Post", "https://example.org/alder")
    assert document["attribution"] == "the police"
    for form in ("txt", "md", "html"):
        text = render(paper(desk.board(NOON)), form).replace("\\", "")
        assert "DEMO Post" in text
        assert "https://example.org/alder" in text


def test_no_alarm_comes_without_the_words_and_the_source_behind_it(desk: Desk) -> None:
    desk.sees(said(TAKEN, url="https://example.org/alder", title="Alder taken"))
    (alarm,) = alarms_at(desk.record, desk.settings, NOON).listed
    assert alarm.recorded is not None
    assert alarm.recorded.quote == TAKEN
    told = alarm_text(alarm, NOON)
    for wanted in (TAKEN, "the police", "DEMO Post", "https://example.org/alder"):
        assert wanted in told


def test_the_back_catalogue_of_a_source_is_not_replayed_as_alarms(desk: Desk) -> None:
    burned = "A shell hit the mill in Alder on Saturday, the police said."
    desk.sees(said(TAKEN, hours=2, first_seen_at=stamp(NOON - 2 * HOUR)))
    desk.sees(*(said(f"{burned} It was dispatch {number}.", hours=50 + number) for number in range(9)), at=NOON - HOUR)
    assert [alarm.recorded and alarm.recorded.quote for alarm in alarms_at(desk.record, desk.settings, NOON).listed] == [TAKEN]


def test_no_bundled_text_bears_the_name_of_a_real_outlet() -> None:
    bundled = [
        *(ROOT / "seeds").rglob("*"),
        *(ROOT / "examples").rglob("*"),
        *(ROOT / "tests" / "data" / "week").glob("*.jsonl"),
    ]
    names = [name for path in bundled if path.suffix in {".md", ".txt", ".jsonl"} for name in _outlets(path)]
    assert len(names) > 20
    assert [name for name in names if "DEMO" not in name and "ديمو" not in name] == []


def test_an_older_copy_that_comes_late_does_not_overwrite_the_newer_version(desk: Desk) -> None:
    first, second = said(TAKEN, hours=4, id="a"), said("Fighters reached Alder on Saturday, the police said.", hours=4, id="a")
    late = first | {"first_seen_at": stamp(NOON - HOUR), "path": "copies/a.txt"}
    desk.sees(first, second | {"updated_at": stamp(NOON - 3 * HOUR)}, late)
    pane = desk.shore()
    assert pane.status
    assert pane.status.recorded.quote == second["text"]
    assert [(line.recorded.quote, line.superseded) for line in pane.recent] == [(TAKEN, True)]


@pytest.mark.parametrize(
    "written", [brief_text, lambda board: render(paper(board), "txt"), lambda board: render(paper(board), "md")]
)
def test_an_old_brief_does_not_look_fresh(desk: Desk, written: Callable[[Board], str]) -> None:
    desk.sees(said(TAKEN))
    fresh, old = (
        written(replace(board, regions=board.regions[:1])) for board in map(desk.board, (NOON + HOUR, NOON + 30 * HOUR))
    )
    assert "STALE, quiet" in old
    assert "081800ZDEC24" in old
    assert "071200ZDEC24" in old
    assert "STALE" not in fresh


@pytest.mark.parametrize("form", ["brief", "json", "txt", "md", "html"])
def test_disagreement_is_shown_with_both_sides_in_their_own_words(desk: Desk, form: str) -> None:
    denial = "The governor's office denied that Alder had been captured."
    desk.sees(said(TAKEN, hours=2), said(denial, hours=1, outlet="DEMO Herald"))
    board = desk.board(NOON)
    text = brief_text(board, width=200) if form == "brief" else render(paper(board, is_handover=True), form)
    assert "1 contested" in text or "CONTESTED" in text or '"state": "contested"' in text
    # A handover tells by exception: what is not the bottom line is there because it is contested.
    assert "Fighters captured Alder on Saturday" in text
    assert "Alder had been captured" in text


def test_one_story_of_a_wire_is_one_line_however_many_print_it(desk: Desk) -> None:
    desk.sees(said(SHOPS, hours=0.5))
    desk.sees(said(f"{TAKEN} (DEMO Wire)", hours=3, outlet="DEMO Wire"))
    prints = [said(f"{TAKEN}\n\nSource: DEMO Wire", hours=hours, outlet=f"DEMO {hours}") for hours in (2, 1.5, 1)]
    before = desk.board(NOON)
    desk.sees(*prints)
    pane = desk.shore()
    assert len([quote for quote in quotes(pane) if quote.startswith(TAKEN)]) == 1
    assert pane.status
    assert (pane.status.outlets, pane.status.origins) == (4, 1)
    assert ChangeKind.REPORTED not in {change.kind for change in changes_between(before, desk.board(NOON))}


def test_an_article_edited_twice_is_on_the_board_once(desk: Desk) -> None:
    for version, hours in enumerate((4, 3, 2)):
        text = f"{TAKEN}\n\nThe school of Alder took in {version + 20} families on Saturday, teachers said."
        desk.sees(said(text, hours=4, id="a", updated_at=stamp(NOON - hours * HOUR)), at=NOON - hours * HOUR)
    pane = desk.shore()
    assert quotes(pane).count(TAKEN) == 1
    counted = {line.recorded.quote.split(" families")[0][-2:]: line.superseded for line in pane.recent}
    assert counted == {"22": False, "21": True, "20": True}


def test_every_quote_is_a_slice_of_its_article_byte_for_byte(tmp_path: Path) -> None:
    settings, script = load(ROOT / "config.toml"), script_of(ROOT / "tests" / "data" / "week" / "dispatches.jsonl")
    record = open_writer(tmp_path / "week.db")
    record.begin_reading(reading_fingerprint(settings.situation), script.dispatches[0].moment)
    play(script.dispatches, record, reader_for(settings.situation))
    board = board_now(record, settings, script.dispatches[-1].moment)
    shown = [line.recorded for pane in board.regions for line in (pane.status, *pane.recent) if line]
    shown += [claim for pane in board.regions for issue in pane.contested for side in issue.sides for claim in side]
    assert len(shown) > 60
    for recorded in shown:
        article = record.article(recorded.article.source, recorded.article.id, recorded.article.version)
        assert article
        assert article.article.text[recorded.start : recorded.end] == recorded.quote
    record.close()


@pytest.mark.parametrize(
    "text",
    [
        "Rebels are at the gates of Alder, a teacher told us on Saturday.",
        "Let us out, people in Alder said on Saturday.",
        "Alder is cut off, and nobody will help us, residents said on Saturday.",
    ],
)
def test_us_is_not_the_united_states(desk: Desk, text: str) -> None:
    desk.sees(said(text), said("The US called for calm in Ardania on Saturday.", hours=1))
    shore, americas = desk.board(NOON).regions
    assert text in quotes(shore)
    assert quotes(americas) == ["The US called for calm in Ardania on Saturday."]


def test_a_rumour_says_that_it_is_one_wherever_it_is_shown(desk: Desk) -> None:
    desk.sees(said("Unconfirmed reports say that fighters have captured Alder."))
    board = desk.board(NOON)
    assert board.regions[0].status
    assert board.regions[0].status.recorded.claim.modality is Modality.RUMOURED
    assert "RUMOURED" in brief_text(board)
    assert all("RUMOURED" in render(paper(board), form).upper() for form in ("txt", "md", "html", "json"))


def _outlets(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    if path.suffix == ".jsonl":
        yield from (json.loads(line)["outlet"] for line in text.splitlines() if line.strip())
    else:
        for line in text.splitlines():
            key, colon, name = line.partition(":")
            if colon and key.strip().casefold() in {"outlet", "source", "المصدر"}:
                yield name.strip()
