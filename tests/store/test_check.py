"""`check` names each fault, and nothing that is damaged is shown as if it were whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from sitmon.errors import StoreError
from sitmon.model.article import Article
from sitmon.store.record import Filing
from sitmon.store.sqlite import SqliteRecord, check_record, open_reader, open_writer
from tests.store.making import AT, SOURCE, article, at, filing, full_claim, reading

TEXT = "The army took Homs. Nobody knows where it rained."
TAMPERED = [
    ("UPDATE version SET text = replace(text, 'army', 'navy')", "its title or text is not what was written"),
    ("UPDATE version SET title = 'Other'", "its title or text is not what was written"),
    ("UPDATE version SET text = CAST(x'ff' || text AS TEXT)", "its title or text is not what was written"),
    ("UPDATE report SET quote = 'The navy took Homs.' WHERE position = 0", "a quote that is not what was written"),
    ("UPDATE report SET start = start + 1 WHERE position = 1", "is no slice of the article's text"),
    ("UPDATE report SET position = 7 WHERE position = 1", "in the wrong run of rows"),
    ("UPDATE section SET text = 'Other heading'", "a heading that is not what was written"),
    ("UPDATE claim SET modality = 'denied'", "is not what was written"),
    ("UPDATE claim SET source_text = 'The navy' WHERE source_text IS NOT NULL", "is not what was written"),
    ("UPDATE claim SET source_start = 5, source_stop = 9 WHERE source_text IS NOT NULL", "no slice of the article's text"),
    ("UPDATE claim SET stop = stop + 9", "lies outside its sentence"),
    ("UPDATE claim SET number = (SELECT min(number) FROM claim)", "two claims bear the same number"),
    ("UPDATE claim SET number = number + 1000", "claim numbers go up to"),
    ("UPDATE pass SET credits = '[\"Other\"]'", "its credits are not what was written"),
    ("UPDATE pass SET claims = claims - 1 WHERE version = 2", "but the passes count"),
    ("UPDATE version SET number = number + 1 WHERE number = 2", "but the highest is number 3"),
    (
        "DROP INDEX version_content; UPDATE version SET content_key = x'00' WHERE article = 1",
        "has the same content in versions 1 and 2",
    ),
    ("DELETE FROM placing WHERE claim = 1", "is not in its place on the board"),
    ("UPDATE placing SET until = until - 1", "is not in its place on the board"),
    (
        "INSERT INTO placing SELECT region, secondary, report_time, version + 100, claim, seen, until, replaced FROM placing",
        "places on the board for",
    ),
    ("UPDATE tally SET unrouted = unrouted + 1", "the sum of unrouted claims"),
    ("UPDATE state SET lead = -1", "report times go up to"),
    ("DELETE FROM search WHERE rowid = 2", "search does not find it by its word"),
    (
        "PRAGMA foreign_keys = off; DELETE FROM claim; DELETE FROM report WHERE row = 1; UPDATE pass SET first_claim = 1",
        "reports",
    ),
    ("PRAGMA foreign_keys = off; DELETE FROM section", "points to a row of section"),
]


@pytest.fixture
def whole(record: SqliteRecord, path: Path) -> Path:
    """A closed record: one article in two versions, with heading, attribution and unrouted claims; and another."""
    first = _filed_with_everything(article(TEXT, 0, title="Homs"))
    second = filing(article(TEXT.replace("rained", "snowed"), 10), reading(TEXT.replace("rained", "snowed"), []))
    record.file([first, second, filing(article("Another bridge fell.", 20, id="b"))])
    assert record.check() == []
    record.close()
    return path


def _filed_with_everything(whole: Article) -> Filing:
    read = reading(whole.text)
    heading = replace(read.reports[0], section="Heading", claims=(full_claim(whole.text, 0, 19),))
    return filing(whole, replace(read, reports=(heading, *read.reports[1:])))


def tamper(path: Path, sql: str) -> None:
    connection = apsw.Connection(str(path))
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(("sql", "words"), TAMPERED, ids=[words for _, words in TAMPERED])
def test_each_fault_is_named(whole: Path, sql: str, words: str) -> None:
    tamper(whole, sql)
    faults = check_record(whole)
    assert any(words in fault for fault in faults), faults


@pytest.mark.parametrize(("sql", "words"), TAMPERED, ids=[words for _, words in TAMPERED])
def test_what_check_has_found_the_next_start_mends_and_nothing_is_deleted(whole: Path, sql: str, words: str) -> None:
    tamper(whole, sql)
    assert check_record(whole) != []
    broken = whole.read_bytes()
    writer = open_writer(whole)
    assert "was damaged" in writer.notices[0]
    writer.close()
    assert check_record(whole) == []
    assert broken in [path.read_bytes() for path in whole.parent.glob("record.db.damaged-*")]


def test_a_whole_record_has_no_faults_and_check_changes_nothing(whole: Path) -> None:
    before = whole.read_bytes()
    assert check_record(whole) == []
    assert whole.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE report SET quote = replace(quote, 'army', 'navy')",
        "UPDATE report SET quote = CAST(replace(CAST(quote AS BLOB), x'61', x'ff') AS TEXT) WHERE quote LIKE '%army%'",
        "UPDATE claim SET source_text = 'Nobody' WHERE source_text IS NOT NULL",
        "UPDATE claim SET modality = 'confirmed' WHERE modality = 'claimed'",
        "UPDATE report SET kind = 'clain' WHERE position = 0",
        "UPDATE report SET basis = '' WHERE position = 0",
    ],
)
def test_a_claim_whose_words_were_altered_is_not_shown_and_its_loss_is_said(whole: Path, sql: str) -> None:
    tamper(whole, sql)
    reader = open_reader(whole)
    window = reader.window(at(5), ["town"])
    assert [claim.quote for claim in window.claims] == ["Nobody knows where it rained."]
    assert "1 claims are damaged" in window.faults[0]
    assert reader.window(at(5), ["town"]) == window
    assert [finding.sentence for finding in reader.findings()] == list(window.faults)
    assert reader.findings(SOURCE) == ()
    reader.close()


def test_an_article_whose_name_was_altered_is_shown_nowhere_and_others_are(whole: Path) -> None:
    tamper(whole, "UPDATE version SET outlet = 'Some other outlet' WHERE article = 1")
    reader = open_reader(whole)
    window = reader.window(at(60), ["town"])
    assert [claim.quote for claim in window.claims] == ["Another bridge fell."]
    assert len(window.faults) == 1
    with pytest.raises(StoreError, match="damaged and is not shown"):
        reader.article(SOURCE, "a")
    assert reader.search("army") == []
    shown = reader.articles()
    assert next(shown).id == "b"
    with pytest.raises(StoreError, match="2 article versions"):
        next(shown)
    reader.close()


@pytest.mark.parametrize("bad", ["text = replace(text, 'army', 'navy')", "text = CAST(x'ff' AS TEXT)"])
def test_a_text_that_was_altered_is_not_given(whole: Path, bad: str) -> None:
    tamper(whole, f"UPDATE version SET {bad} WHERE article = 1")
    reader = open_reader(whole)
    for ask in (lambda: reader.article(SOURCE, "a"), lambda: reader.versions(SOURCE, "a")):
        with pytest.raises(StoreError, match="damaged and is not shown"):
            ask()
    reader.close()


def test_a_sound_text_whose_sentences_are_damaged_is_read_again(whole: Path) -> None:
    tamper(whole, "UPDATE report SET digest = x'00' WHERE version = 1")
    record = open_writer(whole)
    record.begin_reading("second", AT)
    assert {(one.article.id, one.article.version, len(one.reports)) for one in record.unread(9)} == {
        ("a", 1, 0),
        ("a", 2, 2),
        ("b", 1, 1),
    }
    record.close()
