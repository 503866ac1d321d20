"""How seldom the desks on a shared record are woken: by news alone, and by many at once no more often than by few."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

import psycopg

from sitmon.model.health import Health, SourceHealth
from sitmon.store.postgres.held import open_held
from sitmon.store.postgres.word import GAP_SECONDS
from tests.store.making import AT, article, at, filing
from tests.store.places import Database
from tests.waiting import until

QUIET = 0.6  # seconds in which a desk that was woken would have looked


def test_that_a_source_answered_again_wakes_no_desk_and_is_there_for_one_that_asks(database: Database, tmp_path: Path) -> None:
    well = SourceHealth("feed:a", "feed", "A", Health.OK, last_success=at(0))
    later = replace(well, last_success=at(1))
    with closing(database.writer()) as writer:
        writer.report_health([well], at(0))
        record, _, mirror = open_held(database.url, "Ada", tmp_path)
        with closing(record):
            until(
                lambda: record.sources() == (well,) and "sources" in mirror.held.answers and mirror.held.attention is not None
            )
            mirror.tell((told := Event()).set)
            writer.report_health([later], at(1))
            assert not told.wait(QUIET)
            assert record.sources() == (well,)
            mirror.renew()
            until(lambda: record.sources() == (later,))


def test_commits_that_follow_each_other_send_word_four_times_a_second_and_of_the_last_one_always(database: Database) -> None:
    with closing(database.writer()) as writer, psycopg.connect(database.url, autocommit=True) as listener:
        writer.begin_reading("first", AT)
        listener.execute("LISTEN sitmon")
        for number in range(20):
            writer.file([filing(article(f"Town fell, {number}.", id=str(number)))])
        committed = writer.cursor()
        words = 0
        while list(listener.notifies(timeout=2 * GAP_SECONDS, stop_after=1)):
            words += 1
            with closing(database.reader()) as reader:
                seen = reader.cursor()
        assert seen == committed
        assert 0 < words < 10
        writer.file([filing(article("Town fell.", id="last"))])
        writer.file([filing(article("Town fell.", id="very last"))])
        # Whoever ends owes nobody anything.
        writer.close()
        assert len(list(listener.notifies(timeout=GAP_SECONDS / 2))) == 2
