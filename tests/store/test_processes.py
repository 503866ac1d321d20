"""Real processes: one writes while others read, and one that is killed at any moment leaves a whole record behind."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from sitmon.store.sqlite import check_record, open_reader, open_writer
from tests.store.making import AT, article, at, filing

KILLS = 20

# Files one batch after the other and tells of each when it is committed; begins where the last one was killed.
WRITER = """
import json, sys
from pathlib import Path
from sitmon.store.sqlite import open_writer
from tests.store.making import AT, article, filing, reading
record = open_writer(Path(sys.argv[1]))
record.begin_reading(sys.argv[2], AT)
for stored in record.unread(50):
    record.reread([(stored.article, reading(stored.article.text), stored.times)])
first = record.counts().articles
for batch in range(10_000):
    names = [str(first + batch * 7 + n) for n in range(7)]
    filed = [filing(article(f"Bridge {name} fell. It is said.", int(name), id=name)) for name in names]
    edited = [filing(article(f"Bridge {name} fell. Corrected.", int(name) + 1, id=name)) for name in names[:2]]
    for receipt in record.file(filed + edited):
        print(json.dumps([receipt.id, receipt.version]), flush=True)
"""


def start(path: Path, lexicon: str = "first") -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), lexicon], stdout=subprocess.PIPE, text=True)


def test_a_reader_in_another_process_sees_every_commit_and_never_half_of_one(path: Path) -> None:
    reader = open_reader(path)
    assert reader.counts().articles == 0
    writer = start(path)
    try:
        assert writer.stdout is not None
        seen, end = 0, time.monotonic() + 30
        while seen < 140 and time.monotonic() < end:
            counts = reader.counts()
            assert counts.articles % 7 == 0
            assert counts.versions == counts.articles // 7 * 9
            assert counts.articles >= seen
            seen = counts.articles
        assert seen >= 140
        receipt = json.loads(writer.stdout.readline())
        assert reader.article("folder:seeds", *receipt) is not None
    finally:
        writer.kill()
        writer.wait()
        reader.close()


def test_a_writer_killed_at_any_moment_loses_nothing_it_told_of_and_nothing_is_there_twice(path: Path) -> None:
    chance = random.Random(3)
    told: set[tuple[str, int]] = set()
    for turn in range(KILLS):
        writer = start(path, f"lexicon {turn // 5}")
        assert writer.stdout is not None
        told.add(tuple(json.loads(writer.stdout.readline())))
        time.sleep(chance.random() * 0.05)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().splitlines()
        told |= {tuple(json.loads(line)) for line in rest if line.endswith("]")}
        writer.wait()
        assert check_record(path) == []
    reader = open_reader(path)
    there = [(article.id, article.version) for article in reader.articles()]
    assert len(there) == len(set(there))
    assert told <= set(there)
    reader.close()


def test_a_writer_killed_while_it_makes_the_file_leaves_one_that_can_be_made(path: Path) -> None:
    chance = random.Random(4)
    for _ in range(8):
        for file in path.parent.glob("*"):
            file.unlink()
        writer = start(path)
        time.sleep(0.1 + chance.random() * 0.12)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        reader = open_reader(path)
        assert reader.counts().articles % 7 == 0
        reader.close()
        record = open_writer(path)
        assert record.notices == ()
        record.begin_reading("first", AT)
        record.file([filing(article("By hand.", id="hand"))])
        assert record.check() == []
        record.close()


def test_a_reader_follows_the_name_when_the_record_is_begun_anew(path: Path) -> None:
    reader = open_reader(path)
    empty = reader.cursor()
    record = open_writer(path)
    record.begin_reading("first", AT)
    record.file([filing(article("First record."))])
    first = reader.cursor()
    assert [one.quote for one in reader.window(at(1), ["town"]).claims] == ["First record."]
    record.close()
    for file in path.parent.glob("*"):
        file.rename(path.parent.parent / file.name)
    assert [one.quote for one in reader.window(at(1), ["town"]).claims] == ["First record."]
    record = open_writer(path)
    record.begin_reading("first", AT)
    record.file([filing(article("Second record."))])
    assert [one.quote for one in reader.window(at(1), ["town"]).claims] == ["Second record."]
    assert len({empty, first, reader.cursor()}) == 3
    record.close()
    reader.close()
