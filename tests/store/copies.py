"""Records that have something of everything in them, copied, killed while they are copied, and compared."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from sitmon.model.health import Finding, FindingKind, Health, SourceHealth
from sitmon.model.person import Answer, AnswerKind, Decision, DecisionKind, LogEntry, Mark, MarkKind
from sitmon.store import copying
from sitmon.store.copying import Copy
from sitmon.store.desk import Desk, open_desk
from sitmon.store.kept import KeptRecord
from sitmon.store.opening import source_of, target_of
from sitmon.store.record import RecordReader, Sighting
from sitmon.store.sqlite import RECORD_NAME, open_reader, open_writer
from tests.store.making import AT, SOURCE, WITHDRAWN, article, at, claim, filing, full_claim
from tests.store.places import Database

REGIONS = ("town", "coast", "")
MOMENTS = (at(-5), at(0), at(2), at(7), at(600))
WORDS = ("army", '"old town"', "تل", "hill*", "nothing")
ADA, BO = "Ada", "Bo"

KILLED = """
import os, signal, sys
from contextlib import contextmanager
from sitmon.store import copying
from sitmon.store.opening import source_of, target_of
copying._MOST_ROWS = 3
source, target = source_of(sys.argv[1]), target_of(sys.argv[2])
left, when = int(sys.argv[3]), sys.argv[4]
writing = target.writing_record
@contextmanager
def counted():
    global left
    left -= 1
    with writing() as connection:
        yield connection
        if left == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
target.writing_record = counted
if left == 0:
    target.finish = lambda: os.kill(os.getpid(), signal.SIGKILL)
copying.copy(source, target, "Ada")
"""


def make(folder: Path) -> Path:
    """Make a state directory with something of everything in it."""
    writer = open_writer(folder / RECORD_NAME)
    writer.begin_reading("first", AT)
    fill(writer)
    writer.close()
    with closing(open_desk(folder)) as desk:
        write(desk)
    return folder


def fill(record: KeptRecord) -> None:
    text = "The army took hill 1. Old Town is quiet."
    seen = Sighting(SOURCE, b"one.txt\xff", "f1", "a")
    record.file([filing(article(text, id="a", title="A\0\U0010fffe title", outlet="Out"), sighting=seen)])
    record.file(
        [filing(article(text + " Then it left.", 3, id="a")), filing(article("تل رفعت هادئة. The army said so.", 4, id="ب"))]
    )
    read = filing(article("The army holds Old Town.", 5, id="full"))
    report = read.reading.reports[0]
    of_all = full_claim(read.article.text, report.start, report.end)
    both = replace(report, claims=(of_all, claim(report.start, report.end)))
    record.file([filing(read.article, replace(read.reading, reports=(both,)))])
    record.file([filing(article("The army took hill 1. Old Town is quiet. Then it left.", 6, id="a", notice=WITHDRAWN))])
    for n in range(20):
        record.file([filing(article(f"Nobody saw hill {n}. It rained.", n, id=f"n{n}", source="feed:x"))])
    record.begin_reading("second", at(30))
    stored = record.unread(3)
    record.reread([(one.article, replace(read.reading, reports=one.reports), one.times) for one in stored])
    record.saw(Sighting(SOURCE, b"bad", "f2", None), Finding(SOURCE, "bad", FindingKind.REFUSED, "it is empty", at(1)))
    record.file([], memories={"feed:x": b"\0etag"})
    for minute, health in ((0, Health.OK), (5, Health.FAILING), (9, Health.OK)):
        record.report_health([SourceHealth("feed:x", "feed", "X", health, at(minute), interval_seconds=0.1)], at(minute))


def write(desk: Desk) -> None:
    desk.mark(Mark(MarkKind.SEEN, "town", 17, at(1)))
    desk.mark(Mark(MarkKind.PINNED, "town", 18, at(2)))
    desk.write(LogEntry(at(3), "Called the governor.\0", "Ada", "town", 17))
    desk.answer(Answer("alarm-1", AnswerKind.ACKNOWLEDGED, at(4), "Ada", "known", at(60)))
    desk.decide(Decision(DecisionKind.SPLIT, "issue-1", at(5), None, (17, 18), "no", "Ada"))


def copied(source: Path | str, target: Path | str, person: str = ADA, *, anew: bool = False) -> Copy:
    with closing(source_of(str(source))) as one, closing(target_of(str(target), anew=anew)) as other:
        return copying.copy(one, other, person)


def killed(source: Path | str, target: Path | str, after: int, when: str) -> None:
    """A copy that is ended with SIGKILL in, or right after, its so-manieth transaction; 0 is just before it gets its name."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(source), str(target), str(after), when], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL


def same(one: Path | Database, other: Path | Database) -> None:
    with opened(one) as (record, desk), opened(other) as (copy, copied_desk):
        assert told(copy) == told(record)
        assert record.check() == []
        assert written(copied_desk) == written(desk)
        assert record.counts().versions > 20


@contextmanager
def opened(place: Path | Database) -> Iterator[tuple[RecordReader, Desk]]:
    record = open_reader(place / RECORD_NAME) if isinstance(place, Path) else place.reader()
    desk = open_desk(place) if isinstance(place, Path) else place.desk(ADA)
    with closing(record), closing(desk):
        yield record, desk


def told(record: RecordReader) -> list[object]:
    """What a record says at several moments and to several questions."""
    windows = [record.window(moment, REGIONS) for moment in MOMENTS]
    kept = [claim.id for claim in windows[-1].claims]
    articles = list(record.articles())
    return [
        windows, record.claims(kept, AT), articles, [record.article(one.source, one.id, one.version) for one in articles],
        [record.search(words) for words in WORDS], record.counts(), record.cursor(), record.findings(),
        [record.sources(moment) for moment in (None, *MOMENTS)], record.arrived(AT, at(60)), record.check(),
    ]  # fmt: skip


def written(desk: Desk) -> list[object]:
    """What people wrote; a file, which is one person's, has no names on its marks."""
    attention, marks = desk.attention(), [replace(mark, author=None) for mark in desk.marks()]
    nameless = replace(attention, pins={region: replace(mark, author=None) for region, mark in attention.pins.items()})
    return [nameless, marks, desk.log(), desk.answers(), desk.decisions()]
