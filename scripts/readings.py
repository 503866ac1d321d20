"""One number for how texts are read: `python scripts/readings.py`; the same wherever the same code reads, compiled or not.

Reads the sentences of tests/data, seeds/, the scripted week, what means ill and, where `../shared/eval` stands beside the
checkout, its articles; each in one piece, in reverse order of words, and without its punctuation.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.extraction.hostile import HOSTILE  # noqa: E402 - found by the line above
from tests.extraction.scoring import labelled  # noqa: E402

import sitmon.extraction.reader as reading  # noqa: E402
from sitmon.config import load  # noqa: E402
from sitmon.model.article import Article  # noqa: E402

AT = datetime(2024, 12, 8, tzinfo=UTC)
HOSTILE_LENGTH = 20_000
SHARED = ROOT.parent / "shared" / "eval" / "sets" / "routing-dev.jsonl"


def main() -> None:
    """Print the number, and on stderr who has read how much.

    Raises:
        SystemExit: The code is not compiled, or reads otherwise, where `--compiled-as NUMBER` asks for both.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiled-as", metavar="NUMBER", help="fail unless compiled code reads, and reads like this")
    expected = parser.parse_args().compiled_as
    is_compiled = not str(reading.__file__).endswith(".py")
    if expected and not is_compiled:
        raise SystemExit(f"{reading.__file__} is not compiled")
    read = reading.reader_for(load(ROOT / "config.toml").situation).read
    digest, count = hashlib.sha256(), 0
    for text in texts():
        for form in (text, " ".join(reversed(text.split(" "))), re.sub(r"[^\w\s]", "", text)):
            digest.update(repr(read(Article(source="readings", id="readings", text=form, first_seen_at=AT))).encode())
            count += 1
    number = digest.hexdigest()[:16]
    print(f"{count} texts, {'compiled' if is_compiled else 'interpreted'}", file=sys.stderr)
    print(number)
    if expected and number != expected:
        raise SystemExit(f"compiled, sitmon reads otherwise than interpreted: {number} instead of {expected}")


def texts() -> Iterator[str]:
    """Give every text, each time in the same order."""
    for language in ("en", "ar"):
        yield from (row["sentence"] for row in labelled(language))
    yield from (path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.*")))
    yield from (json.loads(line)["text"] for line in _lines(ROOT / "tests" / "data" / "week" / "dispatches.jsonl"))
    yield from (unit * (HOSTILE_LENGTH // len(unit)) for unit in HOSTILE.values())
    if SHARED.exists():
        yield from (json.loads(line)["text"] for line in _lines(SHARED))


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


if __name__ == "__main__":
    main()
