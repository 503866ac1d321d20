"""How well articles are read, as one table: `python -m bench.quality` (`make eval`).

Measures the labelled sentences of tests/data through the public reading interface, and the speed of reading; where the
folder `../shared/eval` stands beside the checkout its `run.py` measures too, through the command line; `--polnear DEV.jsonl`
adds PolNeAR. `--misses` lists what was missed in the half that rules are learnt from, `--misses --held` in the other.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.extraction.scoring import Tally, labelled, tally_of

from sitmon.config import load
from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "eval" / "run.py"
SETS = tuple((language, half) for language in ("en", "ar") for half in (None, "held", "fresh", "wire"))
ACCURACIES = ("class", "region", "modality", "polarity", "certainty", "auxiliary", "event", "source_class", "claim")
# What a scorer beside the checkout prints: the figure's name, where it stands, and what it must reach.
FIGURES = {
    "seed": (
        ("reportable F1", r"reportable.*/ ([\d.]+)  ", "0.90"),
        ("region %", r"region accuracy.*?([\d.]+) %", "93"),
        ("attribution F1", r"attribution detection.*/ ([\d.]+)  ", "0.93"),
        ("modality %", r"modality accuracy\s+([\d.]+) %", "92"),
        ("event %", r"event accuracy\s+([\d.]+) %", ""),
    ),
    "routing": (
        ("clean accuracy", r"clean: n=\d+ accuracy=([\d.]+)", "0.93"),
        ("any region", r"clean:.*any=([\d.]+)", "0.985"),
        ("macro-F1", r"clean:.*macroF1=([\d.]+)", "0.90"),
        ("articles without", r"clean:.*none=(\d+)", "3"),
    ),
    "sentences": (
        ("source", r"all:.*source right (\d+/\d+)", "54"),
        ("region exact", r"all:.*region exact (\d+/\d+)", "81"),
        ("modality", r"all:.*modality (\d+/\d+)", "106"),
    ),
    "probes": (("source", r"all:.*source right (\d+/\d+)", "24"), ("modality", r"all:.*modality (\d+/\d+)", "33")),
    "attribution": (
        ("sentence F1", r"sentence attributes.*F1=([\d.]+)", "0.82"),
        ("cue F1", r"cue P=.*F1=([\d.]+)", "0.72"),
        ("source-exact F1", r"source-exact F1=([\d.]+)", "0.56"),
    ),
}
SHARED_MEASURES = (("seed", "config.toml"), ("routing", "examples/syria-all-regions.toml"),
                   ("sentences", "examples/syria-all-regions.toml"), ("probes", "config.toml"))  # fmt: skip


def main() -> None:
    """Print the table, or the misses."""
    options = _options()
    reader = reader_for(load(ROOT / "config.toml").situation)
    tallies = {(name, half): tally_of(labelled(name, half), reader.read) for name, half in SETS}
    if options.misses:
        _print_misses(tally_of(labelled(options.language, "held" if options.held else "learn"), reader.read), options.kind)
        return
    print("\n".join(_table(tallies)))
    print("\n".join(_worst(tallies)))
    print(f"speed  {_milliseconds(reader.read):.2f} ms of processor time for an article of 500 words")
    if not options.own:
        for line in _shared_measures(options.polnear):
            print(line)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--own", action="store_true", help="only the sets of tests/data")
    parser.add_argument("--polnear", type=Path, metavar="DEV.jsonl", help="a built PolNeAR set")
    parser.add_argument("--misses", action="store_true", help="list what was missed instead")
    parser.add_argument("--held", action="store_true", help="of the half that rules are not learnt from")
    parser.add_argument("--language", choices=("en", "ar"), default="en")
    parser.add_argument("--kind", help="only misses of this kind: region, modality, …")
    return parser.parse_args()


def _table(tallies: dict[tuple[str, str | None], Tally]) -> Iterator[str]:
    yield f"tests/data, {datetime.now(UTC):%Y-%m-%d}".ljust(26) + "".join(
        f"{name} {half or 'all'}".rjust(16) for name, half in tallies
    )
    for measure in ("reportable", "attributed", "source"):
        yield f"{measure} F1".ljust(26) + "".join(f"{tally.f1(measure):16.3f}" for tally in tallies.values())
    for measure in ACCURACIES:
        yield measure.ljust(26) + "".join(
            f"{f'{tally.right[measure]}/{tally.asked[measure]} {tally.accuracy(measure):.3f}':>16}"
            for tally in tallies.values()
        )


def _worst(tallies: dict[tuple[str, str | None], Tally]) -> Iterator[str]:
    """Say which labels are missed most, of those asked at least three times."""
    for name in ("en", "ar"):
        tally = tallies[name, None]
        parts = [part for part in tally.asked if " " in part and part.split()[0] in ACCURACIES and tally.asked[part] > 2]
        worst = sorted(parts, key=lambda part: (tally.accuracy(part), part))[:6]
        yield f"worst  {name}: " + ", ".join(f"{part} {tally.right[part]}/{tally.asked[part]}" for part in worst)
        kinds = Counter(miss.kind for miss in tally.misses)
        yield f"misses {name}: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())


def _print_misses(tally: Tally, kind: str | None) -> None:
    for miss in tally.misses:
        if kind is None or miss.kind == kind:
            print(f"{miss.id:28} {miss.kind:20} wanted {miss.wanted} | found {miss.found}")


def _milliseconds(read: Callable[[Article], object]) -> float:
    """Measure the processor time of 500 words of the bundled dispatches, paragraphs kept, the best of nine."""
    paragraphs = [part for file in sorted((ROOT / "seeds").glob("*.md")) for part in file.read_text("utf-8").split("\n\n")[1:]]
    text, words = "", 0
    for paragraph in paragraphs:
        if words < 500 and paragraph.isascii():
            text, words = f"{text}{paragraph}\n\n", words + len(paragraph.split())
    times = []
    for number in range(9):
        article = Article(source="bench", id=f"speed-{number}", text=text, first_seen_at=datetime.now(UTC))
        started = time.process_time()
        read(article)
        times.append(time.process_time() - started)
    return 1000 * 500 / words * min(times)


def _shared_measures(polnear: Path | None) -> Iterator[str]:
    """Run the scorers beside the checkout, where there are any, and give the table of their figures."""
    if not SHARED.exists():
        yield "shared sets: none beside this checkout"
        return
    measures: list[tuple[str, Path, Path | None]] = [(name, ROOT / config, None) for name, config in SHARED_MEASURES]
    if polnear is not None:
        measures.append(("attribution", ROOT / "config.toml", polnear))
    yield f"\n{'sets beside the checkout':<32}{'figure':>10}{'must reach':>12}"
    with tempfile.TemporaryDirectory() as folder:
        sitmon = _command_in(Path(folder))
        for name, config, gold in measures:
            command = [sys.executable, str(SHARED), name, "--sitmon", f"{sitmon} --config {config}"]
            done = subprocess.run(
                [*command, *(["--gold", str(gold)] if gold else [])], capture_output=True, text=True, check=False
            )
            yield from _figures(name, done.stdout)
            if done.returncode:
                yield f"{name}: the scorer ended with {done.returncode}: {done.stderr.strip()[-300:]}"


def _figures(name: str, printed: str) -> Iterator[str]:
    for figure, pattern, asked in FIGURES[name]:
        found = re.search(pattern, printed)
        yield f"{name:<12}{figure:<20}{found[1] if found else 'not printed':>10}{asked:>12}"


def _command_in(folder: Path) -> Path:
    """Write a command of one word that is this checkout's `sitmon`."""
    command = folder / "sitmon"
    command.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT / "src"} exec {sys.executable} -m sitmon "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return command


if __name__ == "__main__":
    main()
