"""What is too old or too much leaves the record whole; what a board shows or a person refers to stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sitmon.errors import StoreError
from sitmon.store.kept import KeptRecord
from sitmon.store.record import Limits, Sighting
from tests.store.making import AT, SOURCE, article, at, filing
from tests.store.places import Place

HOUR = 60
DAYS = 24 * HOUR
MONTH = Limits(age=timedelta(days=30))
SAID = "Shelling was heard in Northtown."


def _ids(record: KeptRecord) -> list[str]:
    return sorted({article.id for article in record.articles()})


def _fill(record: KeptRecord, count: int) -> None:
    """Fill a region with newer reports, so that older ones stand on no board."""
    record.file([filing(article(f"{SAID} Number {number}.", number, id=f"new{number}")) for number in range(count)])


def test_what_is_too_old_goes_and_the_record_stays_whole(record: KeptRecord) -> None:
    record.file([filing(article(f"{SAID} Old {number}.", number - 40 * DAYS, id=f"old{number}")) for number in range(30)])
    record.file([filing(article(f"{SAID} Corrected 3.", 20 - 40 * DAYS, id="old3"))])
    _fill(record, 300)
    assert record.forget(at(400), MONTH, ()) == 30
    assert record.forget(at(400), MONTH, ()) == 0
    assert [id for id in _ids(record) if id.startswith("old")] == []
    assert len(_ids(record)) == 300
    assert record.search("Corrected") == []
    assert record.check() == []


def test_a_region_that_nothing_new_was_reported_on_keeps_what_it_shows(record: KeptRecord) -> None:
    record.file([filing(article(f"{SAID} Only report.", -400 * DAYS, id="only"))])
    assert record.forget(at(0), MONTH, ()) == 0
    assert _ids(record) == ["only"]


def test_what_a_person_refers_to_stays(record: KeptRecord) -> None:
    record.file([filing(article(f"{SAID} Pinned.", -40 * DAYS, id="pinned"))])
    record.file([filing(article(f"{SAID} Forgotten.", -40 * DAYS, id="other"))])
    pinned = next(one.id for one in record.window(AT, ["town"]).claims if one.article.id == "pinned")
    _fill(record, 300)
    assert record.forget(at(400), MONTH, {pinned}) == 1
    assert "pinned" in _ids(record)
    assert record.claims([pinned], at(400))[0].article.id == "pinned"


def test_an_article_corrected_lately_stays_with_all_its_versions(record: KeptRecord) -> None:
    record.file([filing(article(f"{SAID} First.", -40 * DAYS, id="edited"))])
    record.file([filing(article(f"{SAID} Second.", -2 * DAYS, id="edited"))])
    _fill(record, 300)
    record.forget(at(400), MONTH, ())
    assert len(record.versions(SOURCE, "edited")) == 2


def test_by_size_the_oldest_go_until_it_fits(record: KeptRecord, path: Path) -> None:
    long = "Nothing else happened there on that day. " * 200
    record.file([filing(article(f"{SAID} Number {number}. {long}", number, id=f"a{number:04d}")) for number in range(900)])
    forgotten = 0
    while some := record.forget(at(2000), Limits(size=4_000_000), ()):
        forgotten += some
    assert forgotten > 100
    assert _ids(record)[0] == f"a{forgotten:04d}", "the oldest went first"
    assert record.check() == []


def test_without_limits_nothing_goes(record: KeptRecord) -> None:
    record.file([filing(article(f"{SAID} Old.", -4000 * DAYS, id="old"))])
    _fill(record, 300)
    assert record.forget(at(400), Limits(), ()) == 0
    assert "old" in _ids(record)


def test_a_document_still_lying_there_is_not_taken_for_a_new_one(record: KeptRecord) -> None:
    place = Sighting(SOURCE, b"old.txt", "f" * 64, "old")
    record.file([filing(article(f"{SAID} Old.", -40 * DAYS, id="old"), sighting=place)])
    _fill(record, 300)
    record.forget(at(400), MONTH, ())
    assert record.sighting(SOURCE, b"old.txt") == place


def test_rows_are_never_given_twice(record: KeptRecord, place: Place) -> None:
    _fill(record, 300)
    record.file([filing(article(f"{SAID} Late.", -40 * DAYS, id="late"))])
    before = record.window(at(400), ["town"]).claims
    record.forget(at(400), MONTH, ())
    record.close()
    again = place.writer()
    again.begin_reading("first", AT)
    again.file([filing(article(f"{SAID} After.", 350, id="after"))])
    numbers = [one.id for one in again.window(at(400), ["town"]).claims]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) - {one.id for one in before}
    assert again.check() == []
    again.close()


def test_what_was_said_of_a_file_long_gone_is_said_no_longer(record: KeptRecord) -> None:
    for name, minutes in (("long", -8 * DAYS), ("lately", -1 * DAYS)):
        place = Sighting(SOURCE, name.encode(), "0" * 64, name)
        record.file([filing(article(f"{SAID} {name}", minutes, id=name), sighting=place)])
        record.archive(SOURCE, [name.encode()], at(minutes))
    record.forget(AT, Limits(), ())
    assert [finding.locator for finding in record.findings()] == ["lately"]


def test_nobody_else_may_delete_afterwards(record: KeptRecord) -> None:
    record.file([filing(article(f"{SAID} Old.", -40 * DAYS, id="old"))])
    _fill(record, 300)
    record.forget(at(400), MONTH, ())
    with pytest.raises(StoreError, match="append-only"), record._writing() as connection:
        connection.execute("DELETE FROM version")
