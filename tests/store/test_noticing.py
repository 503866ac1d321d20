"""What the sources last showed, what is said of their documents, and how they are."""

from __future__ import annotations

from dataclasses import replace

from sitmon.model.health import Finding, FindingKind, Health, SourceHealth
from sitmon.store.kept import KeptRecord
from sitmon.store.record import Sighting
from tests.store.making import SOURCE, article, at, filing
from tests.store.places import Place

NAME = b"sub/caf\xe9 \xff.txt"


def sighting(fingerprint: str = "f1", article: str | None = "a", locator: bytes = NAME) -> Sighting:
    return Sighting(SOURCE, locator, fingerprint, article)


def finding(kind: FindingKind = FindingKind.REFUSED, minutes: float = 0) -> Finding:
    return Finding(SOURCE, "sub/café", kind, "sub/café: too large; split it", at(minutes))


def test_a_sighting_is_written_with_its_article_and_kept_byte_for_byte(record: KeptRecord) -> None:
    record.file([filing(article("The bridge fell."), sighting=sighting())])
    assert record.sighting(SOURCE, NAME) == sighting()
    assert record.sighting(SOURCE, b"other") is None
    assert record.sighting("feed:none", NAME) is None
    assert list(record.sightings(SOURCE)) == [sighting()]


def test_a_sighting_is_updated_also_when_its_content_is_known(record: KeptRecord) -> None:
    record.file([filing(article("The bridge fell."), sighting=sighting())])
    assert record.file([filing(article("The bridge fell."), sighting=sighting("f2"))]) == []
    assert record.sighting(SOURCE, NAME) == sighting("f2")


def test_what_is_said_of_a_document_stands_until_it_is_mended(record: KeptRecord, place: Place) -> None:
    reader = place.reader()
    record.saw(sighting(article=None), finding())
    assert reader.findings() == reader.findings(SOURCE) == (finding(),)
    assert reader.findings("feed:other") == ()
    record.saw(sighting(article=None), finding(FindingKind.DUPLICATE, 5))
    assert reader.findings() == (finding(FindingKind.DUPLICATE, 5),)
    record.saw(sighting())
    assert reader.findings() == ()
    record.saw(sighting(article=None), finding())
    record.file([filing(article("The bridge fell."), sighting=sighting("f3"))])
    assert reader.findings() == ()
    reader.close()


def test_a_document_that_is_gone_is_archived_and_its_article_stays(record: KeptRecord) -> None:
    record.file([filing(article("The bridge fell."), sighting=sighting())])
    record.archive(SOURCE, [NAME, b"never seen"], at(9))
    assert list(record.sightings(SOURCE)) == []
    assert record.sighting(SOURCE, NAME) == sighting()
    (said,) = record.findings()
    assert (said.kind, said.at) == (FindingKind.ARCHIVED, at(9))
    assert said.locator == "sub/caf\\xe9 \\xff.txt"
    assert len(record.window(at(10), ["town"]).claims) == 1
    record.saw(sighting())
    assert list(record.sightings(SOURCE)) == [sighting()]
    assert record.findings() == ()


def test_findings_come_newest_first(record: KeptRecord) -> None:
    for minutes in (1, 3, 2):
        record.saw(sighting(locator=b"%d" % minutes), finding(minutes=minutes))
    assert [said.at for said in record.findings()] == [at(3), at(2), at(1)]


def test_health_is_as_last_written_and_a_change_of_it_moves_the_cursor(record: KeptRecord, place: Place) -> None:
    reader = place.reader()
    before = reader.cursor()
    bad = SourceHealth(
        "feed:x", "feed", "X", Health.FAILING, at(0), at(60), "no answer: is the network up? \ud800", at(-5), 3600.0, 12
    )
    good = SourceHealth(SOURCE, "folder", "seeds", Health.OK)
    record.report_health([bad, good])
    assert reader.cursor() > before
    shown, other = reader.sources()
    assert shown.error == "no answer: is the network up? \ufffd"
    assert (shown.last_success, shown.next_poll, shown.failing_since) == (at(0), at(60), at(-5))
    assert (shown.interval_seconds, shown.items) == (3600.0, 12)
    assert other == good
    record.report_health([good])
    assert len(reader.sources()) == 2
    known = reader.cursor()
    record.report_health([replace(good, last_success=at(1), next_poll=at(2))])
    assert reader.cursor() == known, "that a source is well as before wakes nobody"
    assert reader.sources()[1].last_success == at(1)
    record.report_health([replace(good, health=Health.FAILING, failing_since=at(3), error="gone")])
    assert reader.cursor() > known
    reader.close()


def test_how_a_source_was_is_told_for_any_moment_and_nothing_later_changes_it(record: KeptRecord, place: Place) -> None:
    def health(state: Health, minutes: float, **more: object) -> SourceHealth:
        return SourceHealth("feed:a", "feed", "A", state, **{"last_success": at(minutes)} | more)  # type: ignore[arg-type]

    out = {"last_success": at(20), "failing_since": at(31), "error": "A does not answer"}
    told = [(0, health(Health.OK, 0)), (20, health(Health.OK, 20)), (32, health(Health.FAILING, 20, **out))]
    told += [(90, health(Health.OK, 90)), (200, health(Health.OK, 200))]
    reader = place.reader()
    asked: list[tuple[float, tuple[SourceHealth, ...]]] = []
    for minutes, one in told:
        record.report_health([one], at(minutes))
        assert reader.sources() == reader.sources(at(minutes)) == (one,)
        asked.append((minutes, (one,) if minutes != 20 else (told[0][1],)))
    assert reader.sources(at(-1)) == ()
    assert [(minutes, reader.sources(at(minutes))) for minutes, _ in told] == asked
    assert [one.health for minutes in (31, 32, 89, 91, 150) for one in reader.sources(at(minutes))] == [
        Health.OK, Health.FAILING, Health.FAILING, Health.OK, Health.OK,
    ]  # fmt: skip
    reader.close()


def test_a_source_that_is_well_all_day_takes_one_row_an_hour(record: KeptRecord, place: Place) -> None:
    for minutes in range(24 * 60):
        record.report_health([SourceHealth("feed:a", "feed", "A", Health.OK, last_success=at(minutes))], at(minutes))
    with record._book.snapshot() as connection:
        assert connection.execute("SELECT count(*) FROM health_past").get == 24
    assert record.check() == []


def test_a_clock_that_was_set_back_writes_nothing_into_a_past_that_was_shown(record: KeptRecord) -> None:
    record.report_health([SourceHealth("feed:a", "feed", "A", Health.OK, last_success=at(60))], at(60))
    record.report_health([SourceHealth("feed:a", "feed", "A", Health.FAILING, failing_since=at(10))], at(10))
    assert [one.health for one in record.sources(at(60))] == [Health.OK]
    assert [one.health for one in record.sources(at(61))] == [Health.FAILING]
