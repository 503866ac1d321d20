"""What is promised of a record in PostgreSQL beyond what every record promises: many writers, lost servers, no password."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from contextlib import closing, suppress

import psycopg
import pytest

from sitmon.errors import ConfigurationError, StoreError
from sitmon.model.person import Answer, AnswerKind, Attention, Decision, DecisionKind, LogEntry, Mark, MarkKind
from sitmon.store.kept import KeptRecord
from sitmon.store.postgres.address import conninfo_of, name_of
from sitmon.store.postgres.dialect import translated
from sitmon.store.postgres.record import open_reader
from sitmon.store.postgres.values import escaped, restored
from sitmon.store.record import RecordReader, Sighting, Window
from tests.store.making import AT, SOURCE, article, at, filing
from tests.store.places import Database
from tests.store.postgres import Server

WRITER = """
import sys
from sitmon.store.postgres.record import open_writer
from tests.store.making import AT, article, filing
url, whose, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
record = open_writer(url)
record.begin_reading("first", AT)
for n in range(number):
    for receipt in record.file([filing(article(f"{id} fell.", n, id=id)) for id in (f"{whose}-{n}", f"shared-{n}")]):
        print(receipt.row, receipt.id, flush=True)
"""


def test_a_record_nobody_made_yet_is_empty_until_a_collector_comes(database: Database) -> None:
    reader = database.reader()
    assert (reader.window(at(1), ["town"]).claims, reader.counts().articles) == ((), 0)
    with closing(database.writer()) as writer:
        writer.begin_reading("first", AT)
        writer.file([filing(article("Town fell."))])
        assert [one.quote for one in reader.window(at(1), ["town"]).claims] == ["Town fell."]
    reader.close()


def test_a_reader_sees_every_row_of_three_writers_once_and_an_article_two_of_them_have_is_one(database: Database) -> None:
    number = 40
    database.writer().close()
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, database.url, whose, str(number)], stdout=subprocess.PIPE, text=True)
        for whose in ("one", "two", "three")
    ]
    reader, seen, cursor = database.reader(), Counter[str](), 0
    last = 0
    while any(writer.poll() is None for writer in writers) or cursor != reader.cursor():
        cursor = reader.cursor()
        with reader._book.snapshot() as connection:  # type: ignore[attr-defined]
            rows = connection.execute(
                "SELECT v.row, a.id FROM version v JOIN article a ON a.row = v.article WHERE v.row > ? ORDER BY v.row", (last,)
            ).fetchall()
        for row, id in rows:
            last = row
            seen[id] += 1
    told = [line.split()[1] for writer in writers for line in writer.communicate()[0].splitlines()]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    expected = {f"{whose}-{n}" for whose in ("one", "two", "three", "shared") for n in range(number)}
    assert seen == Counter(expected) == Counter(told)
    assert reader.check() == []
    reader.close()


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_stops_is_said_and_comes_back_by_itself_with_all_that_was_acknowledged(own: Server, mode: str) -> None:
    place = Database(own.url())
    with closing(place.reader()) as reader, closing(place.writer()) as writer:
        writer.begin_reading("first", AT)
        writer.file([filing(article("Kept."))])
        before = reader.window(at(1), ["town"])
        own.stop(mode)
        with pytest.raises(StoreError, match="does not answer"):
            reader.window(at(1), ["town"])
        with pytest.raises(StoreError, match="does not answer"):
            writer.file([filing(article("New.", id="b"))])
        own.start()
        assert _once_it_answers(reader).claims == before.claims
        assert [receipt.id for receipt in writer.file([filing(article("New.", id="b"))])] == ["b"]


def test_a_connection_that_the_server_has_ended_is_replaced_without_a_word(record: KeptRecord, database: Database) -> None:
    record.file([filing(article("Kept."))])
    with closing(database.reader()) as reader:
        before = reader.window(at(1), ["town"])
        with psycopg.connect(database.url, autocommit=True) as another:
            another.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
        assert reader.window(at(1), ["town"]) == before
        assert [receipt.id for receipt in record.file([filing(article("New.", id="b"))])] == ["b"]


def _once_it_answers(reader: RecordReader) -> Window:
    for _ in range(200):
        with suppress(StoreError):
            return reader.window(at(1), ["town"])
    raise AssertionError("it does not answer again")


@pytest.mark.parametrize("table", ["article", "version", "pass", "report", "claim", "mark", "entry"])
@pytest.mark.parametrize("word", ["UPDATE sitmon.{} SET row = row", "DELETE FROM sitmon.{}"])
def test_what_is_recorded_can_be_neither_changed_nor_deleted(
    record: KeptRecord, database: Database, table: str, word: str
) -> None:
    record.file([filing(article("Town fell."))])
    with closing(database.desk()) as desk:
        desk.mark(Mark(MarkKind.SEEN, "town", 7, at(0)))
        desk.write(LogEntry(at(0), "Relieved."))
    with psycopg.connect(database.url) as connection, pytest.raises(psycopg.Error, match="append-only"):
        connection.execute(word.format(table))
    assert record.check() == []


def test_check_finds_what_was_changed_behind_its_back(record: KeptRecord, database: Database) -> None:
    record.file([filing(article("Town fell. Town stands."))])
    with psycopg.connect(database.url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE sitmon.version SET text = replace(text, 'fell', 'held')")
    assert any("is not what was written" in fault for fault in record.check())
    with pytest.raises(StoreError, match="damaged"):
        record.article(SOURCE, "a")


def test_a_database_of_a_newer_sitmon_is_left_alone(record: KeptRecord, database: Database) -> None:
    with psycopg.connect(database.url) as connection:
        connection.execute("UPDATE sitmon.schema SET number = 99")
    for opened in (database.reader, database.writer):
        with pytest.raises(StoreError, match="newer sitmon"):
            opened().cursor()


def test_each_person_has_seen_what_they_have_seen_and_pins_and_log_are_everybodys(database: Database) -> None:
    database.writer().close()
    ada, bo = database.desk("Ada"), database.desk("Bo")
    before = bo.cursor()
    ada.mark(Mark(MarkKind.SEEN, "town", 7, at(0)))
    ada.mark(Mark(MarkKind.SEEN, "coast", 3, at(0)))
    bo.mark(Mark(MarkKind.SEEN, "town", 9, at(1)))
    ada.mark(Mark(MarkKind.PINNED, "town", 4, at(2)))
    ada.write(LogEntry(at(3), "half \ud800 and \0", "Ada"))
    answer = Answer("alarm:1", AnswerKind.SHELVED, at(4), "Ada", "quiet", at(5))
    ada.answer(answer)
    decision = Decision(DecisionKind.SPLIT, "control:alder", at(0), claims=(3, 14), author="Ada")
    bo.decide(decision)
    pins = {"town": Mark(MarkKind.PINNED, "town", 4, at(2), "Ada")}
    assert ada.attention() == Attention({"town": 7, "coast": 3}, {"town": 4}, (decision,), pins)
    assert bo.attention() == Attention({"town": 9}, {"town": 4}, (decision,), pins)
    assert [mark.claim for mark in bo.marks()] == [9, 4]
    assert [entry.text for entry in bo.log()] == ["half \ufffd and \0"]
    assert bo.answers(at(4), at(4)) == ada.answers() == (answer,)
    assert bo.cursor() == before + 7
    with psycopg.connect(database.url) as connection:
        found = connection.execute("SELECT person, at FROM sitmon.mark WHERE kind = 'pinned'").fetchone()
    assert found is not None
    assert found[0] == "Ada"
    ada.close()
    bo.close()


def test_a_desk_nobody_wrote_at_is_empty_also_before_there_is_a_record(database: Database) -> None:
    desk = database.desk()
    assert (desk.attention(), desk.marks(), desk.log(), desk.answers(), desk.cursor()) == (Attention(), (), (), (), 0)
    desk.close()


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://ada:s3cret@db.example.org:5433/watch", "postgresql://ada@db.example.org:5433/watch"),
        ("postgresql:///watch?host=/run/postgresql&password=s3cret", "postgresql:///run/postgresql/watch"),
        ("postgresql://db/watch", "postgresql://db/watch"),
        ("postgresql://a:5432,[::1]:5433/watch", "postgresql://a:5432,[::1]:5433/watch"),
    ],
)
def test_a_password_is_in_no_name_and_no_message(url: str, name: str) -> None:
    assert name_of(url) == name
    with pytest.raises((ConfigurationError, StoreError)) as refused:
        conninfo_of(url.replace("postgresql:", "postgresql:").replace("/watch", "/watch%ZZ"))
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://ada:s3/cret@db/watch", "postgresql://ada@db/watch"),
        ("postgresql://ada:s3@cret@db/watch", "postgresql://ada@db/watch"),
        ("postgresql://ada:s3?cret@db/watch", "postgresql://…"),
        ("postgresql://[::1/watch", "postgresql://…"),
    ],
)
def test_an_address_that_is_written_wrongly_shows_no_password_either(url: str, name: str) -> None:
    assert name_of(url) == name
    if name.endswith("…"):
        with pytest.raises(ConfigurationError, match="is no address of a database"):
            open_reader(url)


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    reader = open_reader("postgresql://ada:s3cret@127.0.0.1:9/watch")
    with pytest.raises(StoreError, match=r"postgresql://ada@127.0.0.1:9/watch does not answer") as refused:
        reader.cursor()
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "plain", "a\0b", "\U0010fffe", "\U0010fffe0", "\0\U0010fffe1\0"])
def test_every_text_survives_its_way_to_the_database_and_back(text: str) -> None:
    assert "\0" not in escaped(text)
    assert restored(escaped(text)) == text


@pytest.mark.parametrize(
    ("rooms", "servers", "order"),
    [
        ("SELECT a FROM b WHERE c = ? AND d = ?", "SELECT a FROM b WHERE c = %s AND d = %s", None),
        ("SELECT ?2, ?1, ?2", "SELECT %s, %s, %s", (1, 0, 1)),
        ("SELECT a % 2 FROM carray(?) k CROSS JOIN claim c ON c.row = k.value",
         "SELECT a %% 2 FROM unnest(%s::bigint[]) AS k (value) JOIN claim c ON c.row = k.value", None),
        ("SELECT 1 FROM placing INDEXED BY placing_seen WHERE a = ?", 'SELECT 1 FROM "placing"  WHERE a = %s', None),
    ],
)  # fmt: skip
def test_the_rooms_sql_is_put_into_the_servers_words(rooms: str, servers: str, order: tuple[int, ...] | None) -> None:
    assert translated(rooms)[:2] == (servers, order)


def test_an_id_and_a_path_may_be_longer_than_an_index_takes(record: KeptRecord, database: Database) -> None:
    long = "x" * 9000
    place = Sighting(SOURCE, long.encode(), "f" * 64, long)
    assert len(record.file([filing(article("Town fell.", id=long), sighting=place)])) == 1
    assert record.sighting(SOURCE, long.encode()) == place
    assert record.file([filing(article("Town fell.", id=long), sighting=place)]) == []
    assert len(record.search("town")) == 1
    assert record.check() == []
