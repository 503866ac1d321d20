"""What is filed comes back as it was, to the last field and the last code point; and only once."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitmon.model.article import Article, Notice, SentenceTime, TimeBasis
from sitmon.model.claim import Reading, Report, ReportClass
from sitmon.model.health import FindingKind
from sitmon.store.kept import KeptRecord
from sitmon.store.record import Filing, Sighting
from tests.store.making import AT, SOURCE, article, at, claim, filing, full_claim, reading
from tests.store.places import Database, Folder, Place
from tests.store.postgres import Server

TEXT = "Rebels — “at the gates” — entered.\r\nقوات المعارضة دخلت المدينة. 🛰 End."


def full_filing() -> Filing:
    whole = Article(
        source=SOURCE,
        id="dispatch-1",
        text=TEXT,
        first_seen_at=datetime(2024, 12, 8, 12, 0, 0, 123456, tzinfo=UTC),
        title="Rebels — “at the gates”",
        outlet="Example News",
        url="https://example.org/1?a=b",
        path="sub/1.txt",
        author="A. Reporter",
        language="en",
        published_at=datetime(2024, 12, 8, 13, 30, tzinfo=timezone(timedelta(hours=3))),
        published_is_day=True,
        updated_at=at(-5),
        notice=Notice.UPDATE,
    )
    reports = (
        Report(TEXT[:34], 0, 34, ReportClass.TITLE, None),
        Report(TEXT[36:63], 36, 63, ReportClass.CLAIM, "Öst & Süd", (full_claim(TEXT, 36, 63), claim(40, 50, ()))),
        Report(TEXT[66:70], 66, 70, ReportClass.BOILERPLATE, "", ()),
    )
    times = tuple(
        SentenceTime(at(-n), basis, at(n)) for n, basis in enumerate([TimeBasis.DAY, TimeBasis.CLAMPED, TimeBasis.SEEN])
    )
    return Filing(whole, Reading(reports, ("Reuters", "وكالة"), ("Qar",)), times, sha256(b"x").hexdigest(), baseline=True)


def test_an_article_comes_back_with_every_field(record: KeptRecord) -> None:
    filed = full_filing()
    (receipt,) = record.file([filed])
    assert (receipt.source, receipt.id, receipt.version) == (SOURCE, "dispatch-1", 1)
    stored = record.article(SOURCE, "dispatch-1")
    assert stored is not None
    assert stored.article == filed.article
    assert stored.reports == filed.reading.reports
    assert stored.times == filed.times
    assert record.versions(SOURCE, "dispatch-1") == (filed.article,)
    assert list(record.articles()) == [filed.article]
    assert record.check() == []


def test_a_recorded_claim_carries_its_sentence_its_article_and_its_clocks(record: KeptRecord, place: Place) -> None:
    filed = full_filing()
    record.file([filed])
    reader = place.reader()
    (seen,) = reader.window(at(60), ["town"]).claims
    report, times = filed.reading.reports[1], filed.times[1]
    assert seen.claim == report.claims[0]
    assert (seen.quote, seen.start, seen.end, seen.position, seen.kind) == (report.quote, 36, 63, 1, ReportClass.CLAIM)
    assert (seen.report_time, seen.time_basis, seen.first_seen_at) == (times.report_time, times.basis, times.first_seen_at)
    of = seen.article
    assert (of.source, of.id, of.version, of.latest, of.withdrawn) == (SOURCE, "dispatch-1", 1, 1, False)
    whole = filed.article
    assert (of.title, of.outlet, of.url, of.path, of.language) == (
        whole.title, whole.outlet, whole.url, whole.path, whole.language,
    )  # fmt: skip
    assert (of.credits, of.baseline, of.content) == (("Reuters", "وكالة"), True, sha256(TEXT.encode()).hexdigest())
    reader.close()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00 in the midst \x00.",
        "\ufeffBOM and \u202eoverride\u202c and \x1b]52;c;AAAA\x07.",
        "\U0010ffff\u0301\u200d.",
        "line\rline\r\nline\u2028line\x85.",
        "x" * 300_000 + ".",
    ],
)
def test_texts_come_back_verbatim(record: KeptRecord, text: str) -> None:
    record.file([filing(article(text))])
    assert [one.text for one in record.articles()] == [text]
    assert record.check() == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=300), min_size=1, max_size=6, unique=True))
def test_any_texts_come_back_verbatim_with_their_quotes(texts: list[str]) -> None:
    with TemporaryDirectory() as directory:
        assert _come_back(Folder(Path(directory)), texts) == (texts, _quotes(texts), [])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(st.text(max_size=300), min_size=1, max_size=6, unique=True))
def test_any_texts_come_back_verbatim_from_a_database(server: Server, texts: list[str]) -> None:
    assert _come_back(Database(server.url()), texts) == (texts, _quotes(texts), [])


def _come_back(place: Place, texts: list[str]) -> tuple[list[str], set[str], list[str]]:
    """File texts; return them as recorded, the quotes of the window, and what a check finds."""
    with closing(place.writer()) as record:
        record.begin_reading("first", AT)
        record.file([filing(article(text, id=f"{number}")) for number, text in enumerate(texts)])
        quotes = {seen.quote for seen in record.window(at(1), ["town"]).claims}
        return [one.text for one in record.articles()], quotes, record.check()


def _quotes(texts: list[str]) -> set[str]:
    return {report.quote for text in texts for report in reading(text).reports}


def test_the_same_article_filed_again_is_neither_a_row_nor_a_receipt(record: KeptRecord) -> None:
    filings = [filing(article("The bridge fell.", id="a")), filing(article("The road is open.", id="b"))]
    assert len(record.file(filings)) == 2
    before = record.counts()
    assert record.file(filings) == []
    assert record.file([filings[0], filing(article("The bridge was rebuilt.", id="c")), filings[1]])[0].id == "c"
    assert record.counts().versions == before.versions + 1
    assert record.check() == []


def test_the_same_article_twice_in_one_batch_is_recorded_once(record: KeptRecord) -> None:
    assert len(record.file([filing(article("The bridge fell."))] * 3)) == 1


def test_a_large_batch_is_recorded_whole(record: KeptRecord) -> None:
    receipts = record.file([filing(article(f"Bridge {n} fell.", id=str(n))) for n in range(250)])
    assert [receipt.id for receipt in receipts] == [str(n) for n in range(250)]
    assert record.counts().articles == 250


def test_the_same_id_in_two_sources_is_two_articles(record: KeptRecord) -> None:
    record.file([filing(article("One text.", source="feed:a")), filing(article("One text.", source="feed:b"))])
    assert record.counts().articles == 2


def test_content_is_found_again_within_its_source_only(record: KeptRecord) -> None:
    filed = filing(article("The bridge fell.", id="a"))
    record.file([filed])
    found = record.same_content(SOURCE, filed.content_key)
    assert found == filed.article
    assert record.same_content("feed:other", filed.content_key) is None
    assert record.same_content(SOURCE, "0" * 64) is None


def test_what_the_record_knows_by_place_by_id_or_by_content_is_not_new(record: KeptRecord) -> None:
    assert record.is_new(SOURCE, b"f.txt", "a", "0" * 64)
    filed = filing(article("The bridge fell.", id="a"), sighting=Sighting(SOURCE, b"f.txt", "print", "a"))
    record.file([filed])
    assert not record.is_new(SOURCE, b"f.txt", None, "0" * 64)
    assert not record.is_new(SOURCE, b"g.txt", "a", "0" * 64)
    assert not record.is_new(SOURCE, b"g.txt", None, filed.content_key)
    assert record.is_new(SOURCE, b"g.txt", None, "0" * 64)
    assert record.is_new("feed:other", b"f.txt", "a", filed.content_key)


def test_half_characters_lose_neither_the_article_nor_an_offset(record: KeptRecord) -> None:
    text = "Broken \ud83d here. The army took Homs\udcff."
    filed = filing(replace(article(text), title="T\ud800", path="f\udce9.txt"))
    record.file([filed])
    stored = record.article(SOURCE, "a")
    assert stored is not None
    assert stored.article.text == "Broken \ufffd here. The army took Homs\ufffd."
    assert (stored.article.title, stored.article.path) == ("T\ufffd", "f\ufffd.txt")
    assert [(report.start, report.end) for report in stored.reports] == [(r.start, r.end) for r in filed.reading.reports]
    assert [seen.quote for seen in record.window(at(1), ["town"]).claims] == [
        "Broken \ufffd here.",
        "The army took Homs\ufffd.",
    ]
    (finding,) = record.findings(SOURCE)
    assert finding.kind is FindingKind.NOTED
    assert "U+FFFD" in finding.sentence
    assert record.check() == []


def test_what_is_no_slice_of_the_text_is_left_out_and_said_and_the_article_stays(record: KeptRecord) -> None:
    text = "The army took Homs. It rained."
    good = Report(text[:19], 0, 19, ReportClass.CLAIM, None, (claim(0, 19), claim(10, 25)))
    paraphrase = Report("The army seized Homs.", 0, 19, ReportClass.CLAIM, None, (claim(0, 19),))
    record.file([filing(article(text), Reading((good, paraphrase)))])
    assert [seen.quote for seen in record.window(at(1), ["town"]).claims] == ["The army took Homs."]
    assert "1 sentences and 2 claims were left out" in record.findings()[0].sentence
    assert record.check() == []
