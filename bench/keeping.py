"""What a desk holds on to: `python -m bench.keeping [--articles N] [--record DIR]` visits all it has, then asks on and on.

Resident memory by the kernel's own count (`smaps_rollup`), in MiB: what is its own, and what files it shares (Python, SQLite).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from bench.desk import ARTICLES, MOST, desk_on
from bench.record import filled
from bench.terminal import Program

from sitmon.store.sqlite import RECORD_NAME

QUERY = b"forces in the city"
ESCAPE, ENTER, BACKSPACE, PALETTE = b"\x1b", b"\r", b"\x7f", b"\x10"
SCREENS = {
    "timeline": (b"H", b">", b">"),
    "map": (b"m", b">", b">"),
    "time travel": (b"t", b"[", b"[", b"{", b"]"),
    "contested": (b"c",),
    "why": (b"w",),
    "sources": (b"S",),
    "alarms": (b"!",),
    "indicators": (b"I",),
    "unplaced": (b"u",),
    "changes": (b"d",),
    "diagnostics": (b"D",),
    "help": (b"?",),
    "palette": (PALETTE, b"f", b"o"),
}
ROUNDS = 9


def main() -> None:
    """Visit everything once, then search and look at map and timeline without a pause."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    options.add_argument("--articles", type=int, default=ARTICLES)
    options.add_argument("--record", type=Path, help="directory of a record made before, or to be made and kept")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        state = given.record or Path(directory)
        state.mkdir(parents=True, exist_ok=True)
        if not (state / RECORD_NAME).exists():
            filled(state / RECORD_NAME, given.articles)
        _visit(state)


def _visit(state: Path) -> None:
    with Program(desk_on(state)) as program:
        program.wait_for(b"24 h")
        program.settle()
        _tell("at rest", program)
        _press(program, b"/", *_each(QUERY))
        _tell("searched by letters", program)
        _press(program, *(BACKSPACE for _ in QUERY), *_each(b"army"), ENTER)
        _tell("article", program)
        _press(program, ESCAPE, ESCAPE)
        for name, keys in SCREENS.items():
            _press(program, *keys, quiet=0.6)
            _tell(name, program)
            _press(program, ESCAPE)
        for number in range(1, ROUNDS + 1):
            _press(program, b"/", *_each(QUERY), *(BACKSPACE for _ in QUERY), ESCAPE, b"m", ESCAPE, b"H", ESCAPE)
            _tell(f"round {number}", program)
        time.sleep(4)
        _tell("left alone again", program)


def _press(program: Program, *keys: bytes, quiet: float = 0.15) -> None:
    for key in keys:
        program.press(key)
        program.settle(quiet)


def _each(word: bytes) -> list[bytes]:
    return [bytes([letter]) for letter in word]


def _tell(when: str, program: Program) -> None:
    lines = Path(f"/proc/{program.pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in lines)}
    own = sizes["Anonymous"]
    print(f"{when:22s}{sizes['Rss']:6.1f} (at most {MOST['rss']:.0f}): {own:.1f} its own, {sizes['Rss'] - own:.1f} of files")


if __name__ == "__main__":
    main()
