"""One article, however long or strange, is on the record, and what was not read of it is said."""

from __future__ import annotations

from datetime import UTC, datetime

from sitmon.collector.careful import read_carefully
from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article
from sitmon.model.claim import Reading
from tests.extraction.ardania import ARDANIA

NOW = datetime(2024, 12, 8, tzinfo=UTC)


def article(text: str) -> Article:
    return Article(source="inbox", id="x", text=text, first_seen_at=NOW)


class Faulty:
    def read(self, article: Article) -> Reading:
        raise ValueError(article.id)


def test_an_article_of_any_usual_length_is_read_without_a_word() -> None:
    reading, note = read_carefully(reader_for(ARDANIA), article("Rebels captured Marwick. " * 2_000))
    assert note is None
    assert len(reading.reports) == 2_000


def test_of_a_text_longer_than_any_article_the_beginning_is_read_and_that_is_said() -> None:
    text = "Rebels captured Marwick. " * 4_000
    reading, note = read_carefully(reader_for(ARDANIA), article(text))
    assert (
        note
        == f"only its first {len(text) - reading.unread:,d} characters were read into claims; it is on the record as a whole"
    )
    assert "".join("".join(report.quote.split()) for report in reading.reports) == "".join(text.split())


def test_a_fault_of_the_rules_costs_the_claims_and_is_said() -> None:
    reading, note = read_carefully(Faulty(), article("Rebels captured Marwick."))
    assert reading.reports == ()
    assert note is not None
    assert "could not be read into claims (ValueError: x)" in note
