"""What a board costs, window query and assessment together: `python -m bench.board [ARTICLES …] [--in DIRECTORY]`.

For each size a record is filled by the store's own filing: twelve regions, two claims an article, one in fifty corrected
later, one in ten with something that others contradict. `--in` keeps the records: a second run only measures. Then, in
processor time: the first look of a desk that opens, and the looks after each of a row of further articles.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from sitmon.config.settings import Settings
from sitmon.model.article import Article, SentenceTime, TimeBasis
from sitmon.model.board import Board
from sitmon.model.claim import (
    Attribution,
    Auxiliary,
    Certainty,
    Claim,
    Modality,
    Polarity,
    Proposition,
    Reading,
    Report,
    ReportClass,
    Route,
    RouteKind,
    SourceClass,
    Stance,
)
from sitmon.model.situation import Outlet, Region, Situation
from sitmon.sitrep.current import board_now
from sitmon.store import filing
from sitmon.store.connections import writing
from sitmon.store.migrating import SCHEMA, migrate
from sitmon.store.record import Filing
from sitmon.store.sqlite import open_reader, open_writer

SIZES = (100_000, 1_000_000)
BATCH, RUNS = 2000, 15
REGIONS = tuple(Region(f"r{number}", f"Region {number}") for number in range(12))
OUTLETS = tuple(Outlet(f"outlet {number}") for number in range(20))
SETTINGS = Settings(None, Situation("bench", regions=REGIONS, outlets=OUTLETS))
BEGIN, EVERY = datetime(2024, 1, 1, tzinfo=UTC), timedelta(seconds=40)
EVENTS = (("control_change", 5), ("clash", 5), ("strike", 5), ("displacement", 3), ("civil_condition", 2), ("diplomatic", 1))
WORDS = tuple(f"{head}{tail}" for head in ("ka", "lo", "mi", "ra", "su", "te", "vo") for tail in range(700))
COMMON = ("the", "army", "said", "city", "forces", "in", "of", "rebels", "town", "road", "on", "that")


def main() -> None:
    """Fill what is not there yet, and measure each size."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("articles", nargs="*", type=int, default=SIZES)
    asked.add_argument("--in", dest="directory", type=Path)
    given = asked.parse_args()
    with ExitStack() as stack:
        directory = given.directory or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for size in given.articles:
            path = directory / f"board-{size}.db"
            if not path.exists():
                _fill(path, size)
            _measure(path, size)


def _fill(path: Path, size: int) -> None:
    """File articles as the collector would, but for waiting on the disk after each batch."""
    connection = writing(path)
    migrate(connection, SCHEMA / "record", path)
    connection.execute("PRAGMA synchronous = OFF")
    under = filing.begin_reading(connection, "bench", BEGIN)
    began, filings = time.perf_counter(), _filings(size)
    while batch := list(islice(filings, BATCH)):
        with connection:
            filing.file(connection, batch, under)
    connection.close()
    took, disk = time.perf_counter() - began, path.stat().st_size / 1024**2
    print(f"{size:>9,} articles filled in {took:.0f} s, {disk:,.0f} MiB")


def _measure(path: Path, size: int) -> None:
    now = BEGIN + size * EVERY
    writer, reader, later = open_writer(path), open_reader(path), []
    writer.begin_reading("bench", BEGIN)
    first = [_timed(lambda: _first_look(path, now)) for _ in range(RUNS)]
    past = [_timed(lambda: _first_look(path, BEGIN + size // 10 * EVERY)) for _ in range(RUNS)]
    board = board_now(reader, SETTINGS, now)
    for number in range(RUNS):
        at = now + (number + 1) * EVERY
        writer.file([_filing(random.Random(time.time_ns()), f"later-{time.time_ns()}", at)])
        later.append(_timed(lambda at=at: board_now(reader, SETTINGS, at)))  # type: ignore[misc]
    lines = sum(len(pane.recent) + 1 for pane in board.regions)
    contested = sum(len(pane.contested) for pane in board.regions)
    print(f"{size:>9,} articles, {len(board.regions)} regions, {lines} lines, {contested} contested, processor time:")
    print(f"          a desk's first look  {_ms(first)}")
    print(f"          the next looks       {_ms(later)}")
    print(f"          first look, at 1/10  {_ms(past)}")
    reader.close()
    writer.close()


def _first_look(path: Path, at: datetime) -> Board:
    record = open_reader(path)
    try:
        return board_now(record, SETTINGS, at)
    finally:
        record.close()


def _timed(work: Callable[[], object]) -> float:
    """Processor time: a busy machine must not look like a slow record."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _ms(times: list[float]) -> str:
    return f"median {statistics.median(times) * 1e3:5.1f} ms, from {min(times) * 1e3:.1f} to {max(times) * 1e3:.1f} ms"


def _filings(size: int) -> Iterator[Filing]:
    chance = random.Random(7)
    for number in range(size):
        is_correction = number > 100 and chance.random() < 0.02
        id = number - chance.randrange(1, 90) if is_correction else number
        yield _filing(chance, f"article-{id}", BEGIN + number * EVERY)


def _filing(chance: random.Random, id: str, seen: datetime) -> Filing:
    sentences, reports, start = [], [], 0
    for position in range(3):
        words = chance.choices(WORDS, k=14) + chance.choices(COMMON, k=8)
        chance.shuffle(words)
        sentence = " ".join(words) + "."
        end = start + len(sentence)
        claims = (_claim(chance, sentence, start, end),) if position < 2 else ()
        reports.append(Report(sentence, start, end, ReportClass.CLAIM if claims else ReportClass.BACKGROUND, None, claims))
        sentences.append(sentence)
        start = end + 1
    text = " ".join(sentences)
    outlet = f"outlet {chance.randrange(20)}"
    article = Article("bench", id, text, seen, title=sentences[0][:60], outlet=outlet, language="en", published_at=seen)
    times = (SentenceTime(seen, TimeBasis.PUBLISHED, seen),) * len(reports)
    return Filing(article, Reading(tuple(reports)), times, sha256(text.encode()).hexdigest())


def _claim(chance: random.Random, sentence: str, start: int, end: int) -> Claim:
    names = [region.id for region in chance.sample(REGIONS, 2 if chance.random() < 1 / 3 else 1)]
    kinds = (RouteKind.PRIMARY, RouteKind.SECONDARY)
    place = chance.choice(WORDS)
    word = sentence.split(" ", 1)[0]
    said = Attribution(word, start, start + len(word), "said", SourceClass.PARTY, origin=word)
    event, tier = chance.choice(EVENTS)
    subject = f"{names[0]} {chance.choice(WORDS[:9])}"
    held = Proposition("control", subject, chance.choice(list(Stance)), wording=f"{subject} is held by the army")
    return Claim(
        start, end, tuple(Route(name, kind, f"explicit: {place}") for name, kind in zip(names, kinds, strict=False)), place,
        said if chance.random() < 0.6 else None, Modality.REPORTED, Polarity.POSITIVE, Certainty.CERTAIN, Auxiliary.NONE,
        event, tier, "the army", proposition=held if chance.random() < 0.1 else None,
    )  # fmt: skip


if __name__ == "__main__":
    main()
