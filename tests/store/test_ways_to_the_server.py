"""What filing into PostgreSQL asks of the way to the server: of a batch, few questions and a stream for each table."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from psycopg import pq

from sitmon.store.postgres.database import Database as Door
from sitmon.store.postgres.session import Session
from tests.store.making import AT, article, filing
from tests.store.places import Database

BATCH = 100


def ways(trace: Path) -> int:
    """How often the server was waited for: each time it says that it is ready for the next question."""
    return trace.read_text("utf-8", "replace").count("\tReadyForQuery")


def test_a_batch_of_articles_is_filed_in_a_few_ways_to_the_server(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[psycopg.Connection[object]] = []
    connect = psycopg.connect

    def remembered(*words: object, **options: object) -> psycopg.Connection[object]:
        opened.append(connect(*words, **options))  # type: ignore[arg-type]
        return opened[-1]

    monkeypatch.setattr(psycopg, "connect", remembered)
    record = database.writer()
    record.begin_reading("first", AT)
    record.file([filing(article("The army said it left.", id="before"))])
    with (tmp_path / "trace").open("wb") as file:
        opened[-1].pgconn.trace(file.fileno())
        opened[-1].pgconn.set_trace_flags(pq.Trace.SUPPRESS_TIMESTAMPS)
        record.file([filing(article(f"The army took hill {n}. Then it rested.", n, id=f"a{n}")) for n in range(BATCH)])
        opened[-1].pgconn.untrace()
    assert 0 < ways(tmp_path / "trace") <= BATCH // 3
    assert record.counts().versions == BATCH + 1
    assert record.check() == []
    record.close()


def test_later_versions_in_one_batch_follow_those_before_them(database: Database) -> None:
    record = database.writer()
    record.begin_reading("first", AT)
    texts = [f"The army took hill {n}. Then it rested." for n in range(5)]
    receipts = record.file([filing(article(text, n, id=f"a{which}")) for which in range(20) for n, text in enumerate(texts)])
    assert [(one.id, one.version) for one in receipts[:6]] == [("a0", 1), ("a0", 2), ("a0", 3), ("a0", 4), ("a0", 5), ("a1", 1)]
    assert record.check() == []
    # Of five versions the sentence that all of them hold stands once, and keeps its number.
    window = record.window(AT.replace(hour=23), ["town"])
    assert sum(one.quote == "Then it rested." and one.article.id == "a0" for one in window.claims) == 1
    record.close()


def test_what_is_large_is_sent_on_the_way_and_still_written_wholly_or_not_at_all(database: Database) -> None:
    record = database.writer()
    book, large, most = record._book, b"x" * 1_000_000, []
    assert isinstance(book, Door)

    def write(until: int) -> None:
        with book.transaction() as session:
            assert isinstance(session, Session)
            for n in range(until):
                session.execute("INSERT INTO source (row, id) VALUES (?, ?)", (n + 1000, f"feed:{n}"))
                session.execute("INSERT INTO memory (source, content) VALUES (?, ?)", (n + 1000, large))
                most.append(held(session))
            if until > 20:
                raise InterruptedError

    def held(session: Session) -> int:
        waves = session._outbox._waves
        return sum(len(value) for wave in waves for _, rows in wave.tables["memory"] for row in rows for value in row[1:])

    with pytest.raises(InterruptedError):
        write(21)
    assert record.memory("feed:3") is None
    write(20)
    assert all(record.memory(f"feed:{n}") == large for n in range(20))
    assert 1_000_000 < max(most) < 9_000_000
    record.close()
