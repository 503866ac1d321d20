"""What the record costs as it grows: `python -m bench.record [ARTICLES …]` fills one of each size and times its doors.

`--postgres [--articles N] [--url URL]` does so with one in a PostgreSQL of its own, or one that is named (bench/shared.py).

Articles are of a common size: some 20 sentences, 4 kB, ten claims, each in one region of twelve and every third in a second.
One in fifty is corrected later. The texts are made of random words, so that the words of the index are spread as in life.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from sitmon.model.article import Article, SentenceTime, TimeBasis
from sitmon.model.claim import (
    Attribution,
    Auxiliary,
    Certainty,
    Claim,
    Modality,
    Polarity,
    Reading,
    Report,
    ReportClass,
    Route,
    RouteKind,
    SourceClass,
)
from sitmon.store.record import Filing
from sitmon.store.sqlite import BATCH, RECORD_NAME, open_reader, open_writer

SIZES = (10_000, 100_000)
REGIONS = tuple(f"region-{number}" for number in range(12))
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
EVERY = timedelta(minutes=5)
WORDS = tuple(f"{head}{tail}" for head in ("ka", "lo", "mi", "ra", "su", "te", "vo") for tail in range(700))
COMMON = ("the", "army", "said", "city", "forces", "in", "of")


def main() -> None:
    """Fill and time each size asked for: filing by the clock, looking by processor time."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, default=SIZES)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--articles", type=int, default=SIZES[-1])
    asked.add_argument("--url")
    given = asked.parse_args()
    if given.postgres:
        from bench.shared import measure  # noqa: PLC0415 - it needs what is here

        measure(given.articles, given.url)
        return
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / RECORD_NAME
            filled(path, size)
            _timed(path, size)


def filled(path: Path, size: int) -> None:
    """Fill a record with so many articles, and print what filing them took."""
    record = open_writer(path)
    record.begin_reading("bench", BEGIN)
    coming, batches = filings(size), []
    began = time.perf_counter()
    making = 0.0
    while True:
        before = time.perf_counter()
        batch = list(islice(coming, BATCH))
        making += time.perf_counter() - before
        if not batch:
            break
        before = time.perf_counter()
        record.file(batch)
        batches.append(time.perf_counter() - before)
    took = time.perf_counter() - began - making
    record.close()
    rate, disk = size / took, path.stat().st_size / size / 1024
    print(f"{size:>9,} articles: file() {rate:,.0f}/s, batch of {BATCH} {_ms(batches)}, {disk:.1f} KiB an article")


def _timed(path: Path, size: int) -> None:
    now = BEGIN + size * EVERY
    for name, work in (
        ("window, first look", lambda: open_reader(path).window(now, REGIONS)),
        ("window, next look", _again(path, now)),
        ("window, last week", lambda: open_reader(path).window(now - timedelta(days=7), REGIONS)),
        ("window, at a tenth", lambda: open_reader(path).window(BEGIN + size // 10 * EVERY, REGIONS)),
        ("search, common word", lambda: open_reader(path).search("army")),
        ("search, two words", lambda: open_reader(path).search("army ka77")),
        ("search, as typed", lambda: open_reader(path).search("ka*")),
        ("cursor", _cursor(path)),
    ):
        print(f"          {name:22s}{_ms([_time(work) for _ in range(9)])}")
    found = open_reader(path).window(now, REGIONS)
    versions = len({(claim.article.id, claim.article.version) for claim in found.claims})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"          a window holds {len(found.claims)} claims of {versions} versions; peak {peak:.0f} MiB")
    print(f"          {'check':22s}{_time(lambda: open_reader(path).check()):.1f} s")


def _again(path: Path, now: datetime) -> Callable[[], object]:
    reader = open_reader(path)
    reader.window(now, REGIONS)
    return lambda: reader.window(now, REGIONS)


def _cursor(path: Path) -> Callable[[], object]:
    reader = open_reader(path)
    reader.cursor()
    return reader.cursor


def _time(work: Callable[[], object]) -> float:
    """Processor time: rows lie in the system's cache, and a busy machine must not look like a slow record."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _ms(times: list[float]) -> str:
    ordered = sorted(times)
    return f"median {statistics.median(ordered) * 1e3:.2f} ms, 99th {ordered[int(len(ordered) * 0.99)] * 1e3:.2f} ms"


def filings(size: int) -> Iterator[Filing]:
    """Yield so many articles, one in fifty of them a correction of one before; each time the same."""
    chance = random.Random(7)
    for number in range(size):
        is_correction = number > 100 and chance.random() < 0.02
        id = number - chance.randrange(1, 90) if is_correction else number
        yield _filing(chance, f"article-{id}", BEGIN + number * EVERY)


def _filing(chance: random.Random, id: str, seen: datetime) -> Filing:
    sentences, reports, start = [], [], 0
    for position in range(20):
        words = chance.choices(WORDS, k=22) + chance.choices(COMMON, k=6)
        chance.shuffle(words)
        sentence = " ".join(words) + "."
        end = start + len(sentence)
        claims = (_claim(chance, sentence, start, end),) if position % 2 else ()
        reports.append(Report(sentence, start, end, ReportClass.CLAIM if claims else ReportClass.BACKGROUND, None, claims))
        sentences.append(sentence)
        start = end + 1
    text = " ".join(sentences)
    article = Article("bench", id, text, seen, title=sentences[0][:60], outlet=f"outlet {chance.randrange(20)}", language="en")
    times = (SentenceTime(seen, TimeBasis.SEEN, seen),) * len(reports)
    return Filing(article, Reading(tuple(reports), ("Wire",)), times, sha256(text.encode()).hexdigest())


def _claim(chance: random.Random, sentence: str, start: int, end: int) -> Claim:
    regions = chance.sample(REGIONS, 2 if chance.random() < 1 / 3 else 1)
    kinds = (RouteKind.PRIMARY, RouteKind.SECONDARY)
    place = chance.choice(WORDS)
    routes = tuple(Route(region, kind, f"explicit: {place}") for region, kind in zip(regions, kinds, strict=False))
    word = sentence.split(" ", 1)[0]
    said = Attribution(word, start, start + len(word), "said", SourceClass.PARTY, origin=word)
    return Claim(
        start, end, routes, place, said if chance.random() < 0.6 else None,
        Modality.REPORTED, Polarity.POSITIVE, Certainty.CERTAIN, Auxiliary.NONE, "clash", 5, "the army",
    )  # fmt: skip


if __name__ == "__main__":
    main()
