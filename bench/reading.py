"""What reading costs: `python -m bench.reading`, or `python -m bench.reading --hostile` for texts that mean ill.

Processor time for 500 words, the median of several runs, over the texts of tests/data, over seeds/ and, where `../shared/eval`
stands beside the checkout, over its articles; each beside the time of a plain loop over the same words, run between, as the
clock of a busy machine is worth little. Below each the same of texts met for the first time: a process of its own reads the
first half of them, and then the second half once. Garbage is looked for as seldom as in a collector. And what the names of
the situation and the word lists take of memory.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from tests.extraction.hostile import HOSTILE, LINE
from tests.extraction.scoring import labelled

from sitmon.collector.garbage import spare_what_is_loaded
from sitmon.config import load
from sitmon.extraction.reader import Reader, reader_for
from sitmon.model.article import Article

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "eval" / "sets" / "routing-dev.jsonl"
STATUS = Path("/proc/self/status")
AT = datetime(2024, 12, 8, tzinfo=UTC)
WORDS, RUNS, MEGABYTE = 500, 7, 1_000_000


def main() -> None:
    """Print a line for each kind of text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hostile", action="store_true", help="a megabyte of each kind of text that means ill")
    parser.add_argument("--only", help="of those only the kinds with this in their names")
    parser.add_argument("--once", metavar="NAME", help="read the second half of these texts once, behind the first")
    options = parser.parse_args()
    if options.once:
        _print_once(dict(_news())[options.once])
        return
    reader = _loaded()
    if not options.hostile:
        for name, texts in _news():
            _print_speed(name, texts, reader)
            subprocess.run([sys.executable, "-m", "bench.reading", "--once", name], check=True)
        return
    for name, unit in HOSTILE.items():
        if options.only in name if options.only else True:
            _print_hostile(name, unit, reader)


def _loaded() -> Reader:
    """Load what reading needs, and say what that costs: a reader, and one article in each language."""
    config = load(ROOT / "config.toml")
    before, code, began = _resident(), _resident("RssFile"), time.process_time()
    reader = reader_for(config.situation)
    gazetteer, names = 1e3 * (time.process_time() - began), _resident()
    for text in ("Rebels said on Sunday that Homs has fallen.", "قالت مصادر إن الجيش انسحب من حمص."):
        reader.read(_article(text))
    both, words = 1e3 * (time.process_time() - began), _resident()
    print(f"start   gazetteer {gazetteer:.0f} ms, word lists with the first articles {both - gazetteer:.0f} ms")
    spare_what_is_loaded()
    if STATUS.exists():
        both = f"both {words - before:.1f} MB, {_resident('RssFile') - code:.1f} of them code that was run for the first time"
        print(f"memory  gazetteer {names - before:.1f} MB, word lists {words - names:.1f} MB, {both}")
    return reader


def _news() -> Iterator[tuple[str, Sequence[str]]]:
    for language in ("en", "ar"):
        yield f"tests/data {language}", _articles_of([row["sentence"] for row in labelled(language) if row["class"] == "claim"])
    yield "seeds", [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.*")) if path.suffix != ".jsonl"]
    if SHARED.exists():
        yield "shared routing", [json.loads(line)["text"] for line in SHARED.read_text("utf-8").splitlines()]


def _articles_of(sentences: Sequence[str]) -> list[str]:
    """Make articles of about 500 words in paragraphs of two sentences."""
    articles: list[list[str]] = [[]]
    for first in range(0, len(sentences), 2):
        if sum(len(paragraph.split()) for paragraph in articles[-1]) >= WORDS:
            articles.append([])
        articles[-1].append(" ".join(sentences[first : first + 2]))
    return ["\n\n".join(paragraphs) for paragraphs in articles]


def _print_speed(name: str, texts: Sequence[str], reader: Reader) -> None:
    words = sum(len(text.split()) for text in texts)
    articles = [_article(text) for text in texts]
    random.Random(1).shuffle(articles)
    runs = [
        (_seconds(lambda: [reader.read(article) for article in articles]), _seconds(lambda: [_plain(text) for text in texts]))
        for _ in range(RUNS)
    ]
    reading, loop = (sorted(one[kind] * 1e3 * WORDS / words for one in runs) for kind in (0, 1))
    loops = f"{median(reading) / median(loop):5.1f} plain loops"
    print(f"{name:16} {median(reading):6.2f} ms for {WORDS} words (best {reading[0]:5.2f}), {loops}; {words} words", flush=True)


def _print_once(texts: Sequence[str]) -> None:
    """Read the second half of some texts, of which nothing but the words of the first half was met before."""
    reader = reader_for(load(ROOT / "config.toml").situation)
    spare_what_is_loaded()
    articles = [_article(text) for text in texts]
    random.Random(1).shuffle(articles)
    half = len(articles) // 2
    for article in articles[:half]:
        reader.read(article)
    words = sum(len(article.text.split()) for article in articles[half:])
    reading = _seconds(lambda: [reader.read(article) for article in articles[half:]])
    print(f"{'  read once':16} {reading * 1e3 * WORDS / words:6.2f} ms for {WORDS} words; {words} words")


def _print_hostile(name: str, unit: str, reader: Reader) -> None:
    text = unit * (MEGABYTE // len(unit.encode()))
    part = _seconds(lambda: reader.read(_article(text[: len(text) // 4])))
    whole = _seconds(lambda: reader.read(_article(text)))
    loop = _seconds(lambda: _plain(LINE * (len(text) // len(LINE))))
    print(
        f"{name:30} {whole:6.2f} s, {whole / max(part, 1e-3):5.1f} times a quarter, {whole / loop:5.1f} plain loops over news"
    )


def _plain(text: str) -> int:
    """Find, lower and look up each word: what any reading must do."""
    known: dict[str, int] = {}
    for word in re.findall(r"\w+", text) if text else ():
        key = word.lower()
        known[key] = known.get(key, 0) + 1
    return len(known)


def _seconds(work: Callable[[], object]) -> float:
    """Measure the processor time that work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _article(text: str) -> Article:
    return Article(source="bench", id="bench", text=text, first_seen_at=AT)


def _resident(kind: str = "VmRSS") -> float:
    """Give the memory of this process, or a kind of it, in megabytes; 0 where the system does not tell."""
    if not STATUS.exists():
        return 0.0
    found = re.search(rf"{kind}:\s+(\d+)", STATUS.read_text())
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
