"""A database of the release before is brought up to date by whoever may, with what is in it."""

from __future__ import annotations

from contextlib import closing

import psycopg

from tests.store.making import AT, article, filing
from tests.store.places import Database

AS_BEFORE = """
    CREATE TRIGGER state_wakes AFTER UPDATE OF cursor ON sitmon.state FOR EACH ROW EXECUTE FUNCTION sitmon.wake();
    UPDATE sitmon.schema SET number = 3;
"""


def test_a_database_that_sent_word_with_each_commit_is_brought_up_to_date(database: Database) -> None:
    with closing(database.writer()) as writer:
        writer.begin_reading("first", AT)
        writer.file([filing(article("Town fell."))])
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(AS_BEFORE)
        with closing(database.writer()) as writer:
            writer.begin_reading("first", AT)
            writer.file([filing(article("Coast fell.", id="b"))])
            assert writer.counts().versions == 2
        left = connection.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'state_wakes'").fetchone()
        assert left == (0,)
