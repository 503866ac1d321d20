"""Judging: what the corpus left on the record, and what a desk wrote to its terminal while somebody walked over all of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitmon.model.article import Article
from sitmon.model.health import Finding, SourceHealth
from sitmon.store.sqlite import RECORD_NAME, open_reader
from tests.app.terminals import Terminal
from tests.hostile.answers import TOWNS

PEAK_MEGABYTES = 200
TITLE = "Hostile [b]"
# What the desk itself writes: cursor, colours, modes, keyboard protocol.
_OWN = rb"\x1b(?:\[[0-9;:?<>=]*[ $]?[A-Za-z]|\[\?[0-9]+\$p|[=>78])"
# The one string sequence: the window's title, which holds what the configuration says and a count, nothing from outside.
_OWN_TITLE = re.compile(rb"\x1b\]2;(?:\(\d+ alarms?\) )?sitmon: " + re.escape(TITLE).encode() + rb"\x1b\\")
# The peak of its own memory: what getrusage tells begins with that of the process that started it.
_COLLECT = (
    "import re, sys; from pathlib import Path; from sitmon.cli.entry import run; code = run(sys.argv[1:]);"
    "peak = re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1];"
    "print('peak', int(peak) // 1024, file=sys.stderr); sys.exit(code)"
)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What the corpus left behind."""

    here: Path
    options: list[str]
    articles: list[Article]
    findings: dict[str, Finding]
    sources: dict[str, SourceHealth]
    peak_megabytes: int

    @property
    def state(self) -> Path:
        return self.here / "state"


def collecting(options: Sequence[str]) -> list[str]:
    """Return the words that make the real collector look once, and say at its end how much memory it took."""
    return [sys.executable, "-c", _COLLECT, *options, "collect", "--once"]


def aftermath(here: Path, options: Sequence[str], said: bytes) -> Aftermath:
    """Read what is on the record; `said` is the collector's stderr."""
    record = open_reader(here / "state" / RECORD_NAME)
    try:
        findings = {finding.locator: finding for finding in record.findings()}
        sources = {health.id: health for health in record.sources()}
        peak = int(said.rpartition(b"peak ")[2])
        return Aftermath(here, list(options), list(record.articles()), findings, sources, peak)
    finally:
        record.close()


def configuration(sources: str) -> str:
    """Return a configuration with a region for each town."""
    regions = "".join(
        f'[[regions]]\nid = "town{number}"\ntitle = "Town{number:02d}"\n[regions.places]\n"Town{number:02d}" = []\n'
        for number in range(TOWNS)
    )
    return f'[situation]\ntitle = "{TITLE}"\n{sources}{regions}'


def written_by_a_desk(after: Aftermath) -> bytes:
    """Walk over a desk on a terminal, leave it, and return every byte it wrote."""
    with Terminal([sys.executable, "-m", "sitmon.cli.entry", *after.options], (120, 40)) as terminal:
        terminal.wait_for("1 Town00")
        for keys in _tour():
            terminal.press(keys)
            # A lone escape is told from the beginning of a sequence by the pause after it.
            terminal.pump(0.15 if keys == b"\x1b" else 0.03)
        while "1 Town00" not in terminal.text:
            terminal.press(b"\x1b")
            terminal.pump(0.5)
        terminal.press(b"q")
        assert terminal.ends_within(5) == 0
        terminal.assert_restored()
    return terminal.bytes


def commands_in(written: bytes) -> list[str | bytes]:
    """Return whatever of a desk's bytes a terminal would obey that the desk does not write of its own."""
    rest = _OWN_TITLE.sub(b"", re.sub(_OWN, b"", written))
    found: list[str | bytes] = list(re.findall(rb"\x1b.{0,60}", rest))
    printed = rest.decode()
    found += [letter for letter in printed if (letter < " " and letter not in "\r\n\x1b") or "\x7f" <= letter <= "\x9f"]
    return found + re.findall("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", printed)


def _tour() -> Iterator[bytes]:
    """Walk over every region and its lines, the articles behind them, and the screens that show outside text."""
    for _ in range(TOWNS):
        yield b"\t"
        for _ in range(3):
            yield b"j"
            yield b"w"
            yield b"\x1b"
            yield b"\r"
            yield b"\x1b"
    yield from (b"S", *[b"j"] * 40, b"\x1b", b"c", b"\x1b", b"H", b"\x1b", b"u", b"j", b"j", b"\x1b", b"m", b"\x1b")
    yield from (b"!", b"j", b"\x1b", b"D", b"\x1b", b"/", b"Town01 rebels", b"\x1b", b"\x1b", b"\x10", b"Town", b"\x1b")
    yield from (b"f", b"f", b"?", b"\x1b", b"\x1b")
