"""A damaged record is set aside and never deleted; what can be read of it is taken over; the desk says what happened."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sitmon.errors import StoreError
from sitmon.store.book import Book
from sitmon.store.connections import Owned, to_read
from sitmon.store.damage import is_suspected, set_aside, suspect, to_salvage
from sitmon.store.faults import DamagedError
from sitmon.store.record import Sighting
from sitmon.store.session import Session
from sitmon.store.sqlite import SqliteRecord, check_record, open_reader, open_writer
from tests.store.making import AT, SOURCE, article, at, filing

PAGE = 4096
ARTICLES = 120


@pytest.fixture
def full(path: Path) -> Path:
    """A closed record of many articles, some corrected, one edited and taken back, each with its sighting."""
    record = open_writer(path)
    record.begin_reading("first", AT)
    for n in range(ARTICLES):
        sighting = Sighting(SOURCE, b"%d.txt" % n, f"print {n}", str(n))
        record.file([filing(article(f"Bridge {n} fell. {'It is said. ' * 40}", n, id=str(n)), sighting=sighting)])
    record.file([filing(article(f"Bridge {n} stands.", n + 1, id=str(n))) for n in range(9)])
    record.file([filing(article(f"Bridge 0 fell. {'It is said. ' * 40}", 9, id="0"), again=True)])
    record.close()
    return path


def overwrite(path: Path, at_byte: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at_byte)
        file.write(content)


def header(path: Path) -> None:
    overwrite(path, 0, random.Random(1).randbytes(100))


def first_page(path: Path) -> None:
    overwrite(path, 0, bytes(PAGE))


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def no_database(path: Path) -> None:
    path.write_bytes(b"this is not a database\n" * 1000)


def roots(path: Path) -> None:
    for page in range(2, 12):
        overwrite(path, page * PAGE, bytes(PAGE))


@pytest.mark.parametrize("damage", [header, first_page, cut_short, no_database, roots])
def test_a_broken_file_is_set_aside_and_a_fresh_record_works(full: Path, damage: Callable[[Path], None]) -> None:
    damage(full)
    broken = full.read_bytes()
    record = open_writer(full)
    assert "was damaged" in record.notices[0]
    (aside,) = [file for file in full.parent.glob("record.db.damaged-*") if not file.name.endswith(("-wal", "-shm"))]
    assert aside.name in record.notices[0]
    assert aside.read_bytes() == broken
    record.begin_reading("first", AT)
    record.file([filing(article("News after the damage.", 999, id="new"))])
    assert record.check() == []
    record.close()
    again = open_writer(full)
    assert again.notices == ()
    again.close()


@pytest.mark.parametrize("damage", [header, cut_short, no_database, roots])
def test_check_says_that_a_file_is_broken_and_the_next_start_mends_it(full: Path, damage: Callable[[Path], None]) -> None:
    damage(full)
    assert check_record(full) != []
    record = open_writer(full)
    assert "was damaged" in record.notices[0]
    record.close()
    assert check_record(full) == []


@pytest.mark.parametrize("ending", [b"\0" * 777, b"junk" * 5000])
def test_what_stands_behind_the_end_of_the_file_does_no_harm(full: Path, ending: bytes) -> None:
    overwrite(full, full.stat().st_size, ending)
    record = open_writer(full)
    assert record.notices == ()
    assert record.counts().articles == ARTICLES
    record.close()
    assert check_record(full) == []


def test_an_empty_file_is_a_fresh_record(full: Path) -> None:
    os.truncate(full, 0)
    record = open_writer(full)
    assert record.counts().articles == 0
    assert record.check() == []
    record.close()


def test_the_articles_of_a_damaged_record_are_taken_over_with_the_moment_they_were_first_seen(full: Path) -> None:
    reader = open_reader(full)
    before = {(one.id, one.version): one for one in reader.articles()}
    reader.close()
    full.with_name("record.db.suspect").touch()
    record = open_writer(full)
    assert f"{ARTICLES + 10} article versions were taken over" in record.notices[1]
    assert {(one.id, one.version): one for one in record.articles()} == before
    # The sources are asked again, and still know which article each place had become.
    assert record.sighting(SOURCE, b"7.txt") == Sighting(SOURCE, b"7.txt", "", "7")
    record.begin_reading("first", AT)
    unread = record.unread(1000)
    assert len(unread) == ARTICLES + 10
    record.reread([(one.article, filing(one.article).reading, filing(one.article).times) for one in unread])
    assert record.file([filing(before["3", 1]), filing(before["3", 2])]) == []
    assert record.check() == []
    record.close()


def test_a_page_lost_in_the_midst_costs_only_the_articles_on_it(full: Path) -> None:
    pages = full.stat().st_size // PAGE
    texts = [page for page in range(pages) if b"It is said. It is said." in full.read_bytes()[page * PAGE : (page + 1) * PAGE]]
    overwrite(full, texts[len(texts) // 2] * PAGE, bytes(PAGE))
    full.with_name("record.db.suspect").touch()
    record = open_writer(full)
    assert ARTICLES - 30 < record.counts().articles <= ARTICLES
    assert record.check() == []
    record.close()


def test_damage_met_while_reading_is_said_and_the_writer_makes_way_for_a_fresh_record(full: Path) -> None:
    record = open_writer(full)
    record.begin_reading("first", AT)
    record.close()
    record = open_writer(full)
    record.begin_reading("first", AT)
    roots(full)
    reader = open_reader(full)
    with pytest.raises(DamagedError, match="set aside, not deleted"):
        list(reader.articles())
    with pytest.raises(DamagedError):
        record.file([filing(article("Filed into a broken file."))])
    record.close()
    fresh = open_writer(full)
    assert "was damaged" in fresh.notices[0]
    fresh.begin_reading("first", AT)
    fresh.file([filing(article("Filed after all.", 5000, id="new"))])
    assert [claim.quote for claim in reader.window(at(9999), ["town"], 1).claims] == ["Filed after all."]
    fresh.close()
    reader.close()


def test_the_log_of_a_file_set_aside_goes_with_it(record: SqliteRecord, path: Path, tmp_path: Path) -> None:
    record.file([filing(article(f"Bridge {n} fell.", n, id=str(n))) for n in range(9)])
    left = tmp_path / "left by a kill"
    shutil.copytree(path.parent, left, ignore=shutil.ignore_patterns("*-shm"))
    assert (left / "record.db-wal").stat().st_size > 0
    (left / "record.db.suspect").touch()
    again = open_writer(left / "record.db")
    assert again.counts().articles == 9
    again.close()


def test_setting_aside_that_was_cut_off_is_ended_by_the_next_start(full: Path) -> None:
    full.with_name("record.db.suspect").touch()
    aside = full.with_name("record.db.damaged-20241208T120000Z")
    full.rename(aside)
    full.with_name("record.db.salvage").write_text(aside.name)
    record = open_writer(full)
    assert record.counts().articles == ARTICLES
    assert not full.with_name("record.db.salvage").exists()
    record.close()
    again = open_writer(full)
    assert again.notices == ()
    again.close()


def test_two_damaged_files_do_not_take_each_others_place(full: Path) -> None:
    for _ in range(3):
        full.write_bytes(b"this is not a database\n" * 1000)
        os.utime(full, (1733659200, 1733659200))
        open_writer(full).close()
    assert len(list(full.parent.glob("record.db.damaged-*"))) == 3


def test_all_files_set_aside_before_the_first_was_taken_over_are_taken_over(full: Path) -> None:
    # Killed after it had set the first aside, the next one met another damaged file.
    half = full.with_name("other")
    shutil.copy(full, half)
    set_aside(full)
    later = open_writer(half)
    later.begin_reading("first", AT)
    later.file([filing(article("Filed between the two.", 4000, id="between"))])
    later.close()
    half.rename(full)
    suspect(full)
    record = open_writer(full)
    assert [notice.split(" were taken over from ")[0] for notice in record.notices[1:]] == [
        f"{ARTICLES + 10} article versions",
        f"{ARTICLES + 11} article versions",
    ]
    assert (record.counts().articles, record.check()) == (ARTICLES + 1, [])
    record.close()
    assert to_salvage(full) == []


def test_what_is_found_in_a_file_that_was_set_aside_is_not_said_of_the_one_in_its_place(full: Path) -> None:
    reader = SqliteRecord(Book(full, CutOff(full)))
    suspect(full)
    fresh = open_writer(full)
    (aside,) = full.parent.glob("record.db.damaged-*Z")
    roots(aside)
    with pytest.raises(DamagedError):
        list(reader.articles())
    assert not is_suspected(full)
    fresh.begin_reading("first", AT)
    fresh.file([filing(article("Filed into a sound file.", 5000, id="new"))])
    fresh.close()
    reader.close()


class CutOff(Owned):
    """A reader's connection just before it looks whether another file bears the name."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, to_read(path, 0)[0])

    def connection(self) -> Session:
        return self._connection


def test_a_writer_whose_file_was_removed_says_so_instead_of_writing_to_nowhere(record: SqliteRecord, path: Path) -> None:
    path.unlink()
    with pytest.raises(StoreError, match="removed or replaced"):
        record.file([filing(article("Lost?"))])


def test_ids_of_a_fresh_record_never_repeat_those_of_the_one_before(full: Path) -> None:
    reader = open_reader(full)
    old = max(claim.id for claim in reader.window(at(9999), ["town"]).claims)
    reader.close()
    no_database(full)
    record = open_writer(full)
    record.begin_reading("first", AT)
    record.file([filing(article("News."))])
    (new,) = record.window(at(1), ["town"]).claims
    assert new.id > old
    record.close()
