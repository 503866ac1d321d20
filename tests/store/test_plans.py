"""What a desk asks every second, and a collector for each batch, never reads a growing table from end to end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import psycopg
import pytest
from bench.large import fill
from bench.record import BEGIN, EVERY, REGIONS, filings

from sitmon.store.kept import KeptRecord
from sitmon.store.record import RecordReader
from tests.store.places import Database
from tests.store.plans import GROWING, Question, asked, plan_of, walks

FIRST, COPIES = 200, 19
NOW = BEGIN + FIRST * (COPIES + 1) * EVERY


@pytest.fixture(scope="module")
def filled(server: object) -> str:
    """A database with some thousands of articles, and what the planner knows of them."""
    url: str = server.url()  # type: ignore[attr-defined]
    Database(url)
    fill(url, filings(FIRST), BEGIN, FIRST * EVERY, COPIES)
    return url


QUESTIONS: dict[str, Callable[[RecordReader, datetime], object]] = {
    "board": lambda record, now: record.window(now, REGIONS),
    "board of last week": lambda record, now: record.window(now - timedelta(days=7), REGIONS),
    "one region": lambda record, now: record.window(now, REGIONS[:1]),
    "has anything changed": lambda record, now: record.cursor(),
    "a common word": lambda record, now: record.search("army"),
    "two words": lambda record, now: record.search("army ka77"),
    "a word as it is typed": lambda record, now: record.search("ka7*"),
    "words in a row": lambda record, now: record.search('"the army"'),
    "one article": lambda record, now: record.article("bench", "article-7"),
    "claims by number": lambda record, now: record.claims([one.id for one in record.window(now, REGIONS[:1], 3).claims], now),
    "what came in": lambda record, now: record.arrived(now - timedelta(hours=2), now),
    "when a region changed": lambda record, now: record.turns(REGIONS[0], now - timedelta(hours=2), now),
    "the moment before": lambda record, now: record.turn_before(now),
}


@pytest.mark.parametrize("what", QUESTIONS)
def test_no_question_of_a_desk_walks_through_a_growing_table(filled: str, what: str) -> None:
    record = Database.reader(_at(filled))
    with asked() as questions:
        QUESTIONS[what](record, NOW)
    record.close()
    assert questions
    assert _walked(filled, questions) == {}


def test_no_question_of_a_collector_walks_through_a_growing_table(filled: str) -> None:
    record: KeptRecord = Database.writer(_at(filled))
    record.begin_reading("bench", BEGIN)
    fresh = list(filings(FIRST + 30))[FIRST:]
    with asked() as questions:
        # What is new, what is there already, and further versions of it.
        receipts = record.file(fresh) + record.file(list(filings(50)))
        record.sighting("bench", b"article-7")
        record.same_content("bench", fresh[0].content_key)
    record.close()
    assert len(receipts) == len(fresh)
    assert questions
    assert _walked(filled, questions) == {}


def _at(url: str) -> Database:
    place = Database.__new__(Database)
    place.url = url
    return place


def _walked(url: str, questions: list[Question]) -> dict[str, list[str]]:
    """Which growing tables each question would walk through, if it does through any."""
    with psycopg.connect(url) as connection:
        # Of a few thousand articles, walking through a hundred pages is cheaper than an index. Whether there is one to go by
        # is what matters when there are millions: so only such ways are left.
        connection.execute("SET search_path = sitmon; SET jit = off; SET enable_seqscan = off")
        connection.execute("SET enable_hashjoin = off; SET enable_mergejoin = off")
        sizes = connection.execute(
            "SELECT relname, reltuples FROM pg_class WHERE relnamespace = 'sitmon'::regnamespace AND relname = ANY(%s)",
            (list(GROWING - {"sighting"}),),
        ).fetchall()
        assert len(sizes) == len(GROWING) - 1
        assert all(rows >= FIRST * COPIES for _, rows in sizes)
        walked = {text: walks(plan_of(connection, (text, values))) for text, values in questions}
    return {text: tables for text, tables in walked.items() if tables}
