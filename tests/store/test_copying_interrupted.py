"""A copy that is killed, cut off or damaged on its way is never taken for whole, and the next run goes on with it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from sitmon.errors import StoreError
from sitmon.model.health import Health, SourceHealth
from sitmon.model.person import Mark, MarkKind
from sitmon.store import copying
from sitmon.store.desk import open_desk
from sitmon.store.opening import source_of, target_of
from sitmon.store.sqlite import RECORD_NAME, open_writer
from tests.store.copies import ADA, copied, killed, same
from tests.store.making import AT, article, at, filing
from tests.store.places import Database


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("transaction", [1, 4, 11, 30, 75, 0])
def test_killed_on_the_way_into_a_database_it_goes_on(state: Path, database: Database, transaction: int, when: str) -> None:
    killed(state, database.url, transaction, when)
    with pytest.raises(StoreError, match="no record"):
        database.desk().mark(Mark(MarkKind.SEEN, "town", 1, AT))
    done = copied(state, database.url)
    assert done.differences == ()
    assert (done.found > 0) == (transaction != 1 or when == "after")
    same(state, database)


@pytest.mark.parametrize("transaction", [1, 4, 30, 75, 0])
def test_killed_on_the_way_into_a_file_it_goes_on(state: Path, tmp_path: Path, transaction: int) -> None:
    killed(state, tmp_path / "to", transaction, "after")
    assert not (tmp_path / "to" / RECORD_NAME).exists()
    assert copied(state, tmp_path / "to").differences == ()
    same(state, tmp_path / "to")
    assert sorted(file.name for file in (tmp_path / "to").iterdir() if "copying" in file.name) == []


def test_killed_between_the_two_names_a_file_gets_the_other(state: Path, tmp_path: Path) -> None:
    killed(state, tmp_path / "to", 0, "after")
    (tmp_path / "to" / "desk.db.copying").rename(tmp_path / "to" / "desk.db")
    assert copied(state, tmp_path / "to").differences == ()
    same(state, tmp_path / "to")


def test_what_comes_in_between_two_runs_is_taken_along(state: Path, database: Database) -> None:
    killed(state, database.url, 75, "after")
    writer = open_writer(state / RECORD_NAME)
    writer.begin_reading("second", at(60))
    writer.file([filing(article("Nobody saw hill 3. It snowed.", 70, id="n3", source="feed:x"))])
    writer.report_health([SourceHealth("feed:x", "feed", "X", Health.FAILING, at(71))], at(71))
    writer.close()
    with closing(open_desk(state)) as desk:
        desk.mark(Mark(MarkKind.UNPINNED, "town", 18, at(72)))
    assert copied(state, database.url).differences == ()
    same(state, database)


def test_a_connection_that_is_lost_ends_the_copy_in_words_and_the_next_run_goes_on(state: Path, database: Database) -> None:
    def cut(what: str, done: int, of: int) -> None:
        if what == "copying claim":
            with psycopg.connect(database.url, autocommit=True) as another:
                another.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query <> ''"
                )

    with (
        closing(source_of(str(state))) as one,
        closing(target_of(database.url)) as other,
        pytest.raises(StoreError, match="answer"),
    ):
        copying.copy(one, other, ADA, cut)
    assert copied(state, database.url).found > 50
    same(state, database)


def test_a_row_damaged_on_the_way_is_named_and_the_copy_is_not_finished(state: Path, database: Database) -> None:
    killed(state, database.url, 75, "after")
    with psycopg.connect(database.url) as connection:
        connection.execute("ALTER TABLE sitmon_copying.claim DISABLE TRIGGER ALL")
        connection.execute("UPDATE sitmon_copying.claim SET routes = '[]' WHERE row = 2")
        connection.execute("DELETE FROM sitmon_copying.claim WHERE row = 3")
    done = copied(state, database.url)
    assert done.differences == ("claim, row 2: differs in routes", "claim, row 3: is only in the source")
    with pytest.raises(StoreError, match="no record"):
        database.desk().mark(Mark(MarkKind.SEEN, "town", 1, AT))
    assert copied(state, database.url, anew=True).differences == ()
    same(state, database)


def test_an_unfinished_copy_of_another_record_is_not_gone_on_with(state: Path, database: Database, tmp_path: Path) -> None:
    killed(state, database.url, 30, "after")
    another = open_writer(tmp_path / "another" / RECORD_NAME)
    another.begin_reading("another", at(1))
    another.close()
    with pytest.raises(StoreError, match="unfinished copy of another record"):
        copied(tmp_path / "another", database.url)
    assert copied(tmp_path / "another", database.url, anew=True).differences == ()
