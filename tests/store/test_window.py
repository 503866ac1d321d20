"""The window: exact for any moment, primary claims before secondary ones, and never dearer for a larger record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import apsw
import pytest

from sitmon.model.article import Notice
from sitmon.model.claim import Proposition, Reading, Report, ReportClass, Stance
from sitmon.store.kept import KeptRecord
from sitmon.store.placing import NEWEST
from sitmon.store.record import RecordReader
from sitmon.store.sqlite import SqliteRecord, open_reader, open_writer
from tests.store.making import AT, SOURCE, article, at, claim, filing, reading
from tests.store.places import Place

TOWN, COAST, BESIDE = [("town", "primary")], [("coast", "primary")], [("town", "secondary")]


def quotes(record: KeptRecord, minutes: float, regions: Iterable[str] = ("town",), depth: int = 200) -> list[str]:
    return [claim.quote for claim in record.window(at(minutes), list(regions), depth).claims]


def test_claims_come_newest_report_first_and_the_lead_before_what_follows_it(record: KeptRecord) -> None:
    record.file([filing(article("Lead. Second.", 1, id="a"))])
    record.file([filing(article("Late news of old.", 2, id="b"), reported=at(-30))])
    record.file([filing(article("Newest.", 3, id="c"))])
    assert quotes(record, 9) == ["Newest.", "Lead.", "Second.", "Late news of old."]


def test_nothing_seen_later_is_known_earlier(record: KeptRecord) -> None:
    record.file([filing(article("Reported early, seen late.", 10), reported=at(-60))])
    assert quotes(record, 9.99) == []
    assert quotes(record, 10) == ["Reported early, seen late."]


def test_a_report_time_ahead_of_the_clock_is_shown_from_when_it_was_seen(record: KeptRecord) -> None:
    record.file([filing(article("A clock is five minutes fast.", 0), reported=at(5))])
    assert quotes(record, 0) == ["A clock is five minutes fast."]


def test_a_claim_in_two_regions_comes_once(record: KeptRecord) -> None:
    record.file(
        [filing(article("Both."), reading("Both.", [("town", "primary"), ("coast", "secondary"), ("town", "secondary")]))]
    )
    assert quotes(record, 1, ["town", "coast"]) == ["Both."]
    assert record.check() == []


def test_a_region_nobody_reported_on_is_empty(record: KeptRecord) -> None:
    assert record.window(at(1), ["nowhere"]).claims == ()
    assert record.window(at(1), []).claims == ()


def test_each_region_has_its_own_depth(record: KeptRecord) -> None:
    record.file([filing(article(f"Town {n}.", n, id=f"t{n}"), reading(f"Town {n}.", TOWN)) for n in range(20)])
    record.file([filing(article("Coast.", -60, id="c"), reading("Coast.", COAST))])
    assert quotes(record, 60, ["town", "coast"], depth=3) == ["Town 19.", "Town 18.", "Town 17.", "Coast."]


def test_secondary_claims_take_a_quarter_at_most_while_there_are_primary_ones(record: KeptRecord) -> None:
    record.file([filing(article(f"P{n}.", n, id=f"p{n}"), reading(f"P{n}.", TOWN)) for n in range(20)])
    record.file([filing(article(f"S{n}.", 100 + n, id=f"s{n}"), reading(f"S{n}.", BESIDE)) for n in range(20)])
    assert quotes(record, 500, depth=8) == ["S19.", "S18.", "P19.", "P18.", "P17.", "P16.", "P15.", "P14."]
    assert len(quotes(record, 500, depth=30)) == 30
    assert quotes(record, 500, depth=30)[:10] == [f"S{n}." for n in range(19, 9, -1)]


def test_what_no_region_took_can_be_asked_for_and_is_counted(record: KeptRecord) -> None:
    record.file([filing(article("Nowhere. Lost.", 0), reading("Nowhere. Lost.", [])), filing(article("Town.", 1, id="b"))])
    window = record.window(at(1), [""])
    assert [claim.quote for claim in window.claims] == ["Nowhere.", "Lost."]
    assert all(claim.claim.regions == () for claim in window.claims)
    assert window.unrouted == record.counts().unrouted == 2
    assert record.window(at(-1), ["town"]).unrouted == 0


def test_a_correction_does_not_count_unrouted_claims_twice(record: KeptRecord) -> None:
    first, second = "Nowhere. Lost.", "Nowhere. Found. Kept."
    record.file([filing(article(first, 0), reading(first, []))])
    record.file([filing(article(second, 10), reading(second, []))])
    assert [record.window(at(n), []).unrouted for n in (-1, 0, 9, 10, 99)] == [0, 2, 2, 3, 3]
    assert record.check() == []


def test_the_cursor_moves_with_every_commit_and_the_window_says_which_it_shows(record: KeptRecord, place: Place) -> None:
    reader = place.reader()
    before = reader.cursor()
    assert reader.cursor() == before
    record.file([filing(article("Town."))])
    assert reader.cursor() > before
    assert reader.window(at(1), ["town"]).cursor == reader.cursor() == record.cursor()
    reader.close()


def test_a_second_look_gives_what_a_first_look_gives(record: KeptRecord, place: Place) -> None:
    looking_on = place.reader()
    for n, text in enumerate(["Town one. More.", "Town two. More.", "Town two. Less."]):
        record.file([filing(article(text, n * 10, notice=Notice.HOLD if n == 2 else None))])
        for minutes in (-1, 5, 15, 25, 5):
            fresh = place.reader()
            assert looking_on.window(at(minutes), ["town"]) == fresh.window(at(minutes), ["town"])
            fresh.close()
    looking_on.close()


def test_claims_held_on_to_are_found_by_id_as_of_a_moment(record: KeptRecord) -> None:
    record.file([filing(article("Kept. Dropped.", 0))])
    record.file([filing(article("Lead. Kept.", 10))])
    kept, dropped = record.window(at(5), ["town"]).claims
    assert [(one.quote, one.article.version) for one in record.claims([dropped.id, kept.id, 1], at(5))] == [
        ("Dropped.", 1),
        ("Kept.", 1),
    ]
    assert [(one.quote, one.article.version, one.article.latest) for one in record.claims([kept.id, dropped.id], at(15))] == [
        ("Kept.", 2, 2),
        ("Dropped.", 1, 2),
    ]
    assert record.claims([kept.id], at(-1)) == ()


@pytest.mark.parametrize("secondary", [0, 1])
def test_the_newest_claims_are_read_off_an_index_without_sorting_or_scanning(
    record: KeptRecord, path: Path, secondary: int
) -> None:
    connection = apsw.Connection(str(path))
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {NEWEST}", ("town", secondary, 1, 1, 4000))]
    connection.close()
    assert plan[0].startswith("CO-ROUTINE")
    assert plan[1] == "SEARCH placing USING PRIMARY KEY (region=? AND secondary=? AND report_time<?)"
    assert not any("SCAN placing" in step or "TEMP B-TREE" in step for step in plan)


def test_a_window_reads_as_many_rows_of_a_large_record_as_of_a_small_one(tmp_path: Path) -> None:
    steps = []
    for size in (300, 3000):
        record = open_writer(tmp_path / f"{size}.db")
        record.begin_reading("first", AT)
        record.file([filing(article(f"Town {n}. Coast {n}.", n, id=str(n))) for n in range(size)])
        record.close()
        reader = open_reader(tmp_path / f"{size}.db")
        reader.cursor()
        steps.append(_steps(reader, at(size)))
        reader.close()
    assert steps[1] <= steps[0] * 1.1


def test_an_archive_that_comes_in_later_makes_the_past_no_dearer(tmp_path: Path) -> None:
    steps = []
    for size in (0, 3000):
        record = open_writer(tmp_path / f"{size}.db")
        record.begin_reading("first", AT)
        record.file([filing(article(f"Town {n}.", n, id=str(n))) for n in range(300)])
        record.file([filing(article(f"Archive {n}.", 9999, id=f"x{n}"), reported=at(n / 10)) for n in range(size)])
        record.close()
        reader = open_reader(tmp_path / f"{size}.db")
        with patch("sitmon.store.placing.PATIENCE", 300):
            steps.append(_steps(reader, at(300)))
        reader.close()
    assert steps[1] <= steps[0] + 800


def _steps(reader: RecordReader, moment: datetime) -> int:
    """Count the database's own instructions, in tens, during one window."""
    taken = 0

    def step() -> bool:
        nonlocal taken
        taken += 1
        return False

    assert isinstance(reader, SqliteRecord)
    with reader._book.snapshot() as connection:
        connection.set_progress_handler(step, 10)
        assert len(reader.window(moment, ["town"], 100).claims) == 100
        connection.set_progress_handler(None)
    return taken


def test_the_record_named_a_source_can_be_read_while_it_is_written(record: KeptRecord, place: Place) -> None:
    record.file([filing(article("Town."))])
    reader = place.reader()
    with record._book.transaction() as connection:
        connection.execute("UPDATE state SET cursor = cursor + 1")
        assert [claim.article.source for claim in reader.window(at(1), ["town"]).claims] == [SOURCE]
    reader.close()


def test_a_page_edited_all_day_crowds_nothing_out_that_stands(record: KeptRecord) -> None:
    record.file([filing(article(f"Elsewhere {n}.", n, id=f"e{n}")) for n in range(30)])
    for edit in range(300):
        record.file([filing(article(f"The toll is {edit} now.", 60 + edit, id="page"))])
    shown = quotes(record, 999, depth=40)
    assert shown[0] == "The toll is 299 now."
    assert shown[1:11] == [f"The toll is {edit} now." for edit in range(298, 288, -1)]
    assert shown[11:] == [f"Elsewhere {n}." for n in range(29, -1, -1)]
    assert quotes(record, 160, depth=40)[0] == "The toll is 100 now."


def test_what_is_superseded_stands_beside_what_is_newer_and_never_below_a_full_window(record: KeptRecord) -> None:
    record.file([filing(article("The toll is 1.", 0, id="page"))])
    record.file([filing(article(f"Elsewhere {n}.", 10 + n, id=f"e{n}")) for n in range(8)])
    record.file([filing(article("The toll is 2.", 30, id="page"))])
    assert quotes(record, 99, depth=9) == ["The toll is 2.", *(f"Elsewhere {n}." for n in range(7, -1, -1))]
    assert quotes(record, 99, depth=12)[-1] == "The toll is 1."


def test_a_headline_without_a_region_is_not_counted_as_unrouted(record: KeptRecord) -> None:
    read = reading("The army took a town. Nobody says which.", [])
    headline, sentence = read.reports
    read = replace(read, reports=(replace(headline, kind=ReportClass.TITLE), sentence))
    record.file([filing(article("The army took a town. Nobody says which.", 0), read)])
    claims = sum(len(report.claims) for report in read.reports if report.kind is ReportClass.CLAIM)
    assert record.window(at(1), []).unrouted == claims
    assert record.check() == []


def test_a_busy_day_does_not_crowd_out_what_can_be_contested(record: KeptRecord) -> None:
    matter = Proposition("control", "the bridge", Stance.FOR)
    text = "The bridge is held."
    held = Report(text, 0, len(text), ReportClass.CLAIM, None, (claim(0, len(text), proposition=matter),))
    record.file([filing(article(text, 0, id="held"), Reading((held,)))])
    record.file([filing(article(f"Elsewhere {n}.", 10 + n, id=f"e{n}")) for n in range(60)])
    assert quotes(record, 999, depth=20)[-1] == text
    assert len(quotes(record, 999, depth=20)) == 21
    record.file([filing(article("The bridge fell.", 200, id="held"))])
    assert quotes(record, 999, depth=20)[0] == "The bridge fell."
    assert text not in quotes(record, 999, depth=20)
    assert quotes(record, 100, depth=20)[-1] == text
    assert record.check() == []
