"""The whole corpus in one folder: read by the collector, kept in the record, shown on a desk whose bytes are judged."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitmon.model.article import Article
from sitmon.model.health import Finding, FindingKind
from sitmon.store.sqlite import RECORD_NAME, check_record, open_reader
from tests.app.terminals import Terminal
from tests.hostile.cases import TOWNS, Case, cases
from tests.hostile.outcome import Outcome

CASES = cases()
PEAK_MEGABYTES = 200
# What the desk itself writes: cursor, colours, modes, keyboard protocol. No string sequence at all.
_OWN = rb"\x1b(?:\[[0-9;:?<>=]*[ $]?[A-Za-z]|\[\?[0-9]+\$p|[=>78])"
_COLLECT = (
    "import resource, sys; from sitmon.cli.entry import run; code = run(sys.argv[1:]);"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr); sys.exit(code)"
)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What the corpus left behind."""

    folder: Path
    state: Path
    options: list[str]
    articles: list[Article]
    findings: dict[str, Finding]
    peak_megabytes: int


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    here = tmp_path_factory.mktemp("hostile")
    folder, state = here / "articles", here / "state"
    folder.mkdir()
    for case in CASES:
        case.lay(folder)
    (here / "config.toml").write_text(_configuration())
    options = ["--config", str(here / "config.toml"), "--state", str(state)]
    words = [sys.executable, "-c", _COLLECT, *options, "collect", "--once"]
    done = subprocess.run(words, cwd=here, capture_output=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    record = open_reader(state / RECORD_NAME)
    findings = {finding.locator: finding for finding in record.findings()}
    yield Aftermath(folder, state, options, list(record.articles()), findings, int(done.stderr.split()[-1]))
    record.close()


def test_there_are_as_many_cases_as_are_promised() -> None:
    assert len(CASES) >= 200
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_sentence_that_should_be_recorded_is_recorded_word_for_word_and_once(after: Aftermath) -> None:
    texts = [article.text for article in after.articles]
    wanted = [case for case in CASES if case.sentence is not None]
    assert [case.name for case in wanted if sum(case.sentence in text for text in texts) != 1] == []


def test_nothing_else_is_recorded(after: Aftermath) -> None:
    assert len(after.articles) == len([case for case in CASES if case.outcome in (Outcome.RECORDED, Outcome.NOTED)])


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.outcome in (Outcome.REFUSED, Outcome.NOTED)], ids=lambda case: case.name
)
def test_what_is_refused_or_odd_is_said(after: Aftermath, case: Case, tmp_path: Path) -> None:
    case.lay(tmp_path)
    name = next(path.name for path in tmp_path.iterdir())
    found = after.findings.get(name) or after.findings[f"{name}, line 1"]
    assert (found.kind is FindingKind.REFUSED) is (case.outcome is Outcome.REFUSED)
    assert case.says in found.sentence


def test_the_record_is_whole_and_the_collector_stayed_small(after: Aftermath) -> None:
    assert check_record(after.state / RECORD_NAME) == []
    assert after.peak_megabytes < PEAK_MEGABYTES


def test_nothing_was_run_or_written_elsewhere(after: Aftermath) -> None:
    assert not list(after.folder.parent.rglob("pwned"))
    assert sorted(path.name for path in after.folder.parent.iterdir()) == ["articles", "config.toml", "state"]


def test_a_second_look_brings_nothing_new(after: Aftermath) -> None:
    words = [sys.executable, "-m", "sitmon.cli.entry", *after.options, "collect", "--once"]
    done = subprocess.run(words, capture_output=True, timeout=240, check=False)
    assert done.returncode == 0
    assert done.stdout == b""


@pytest.mark.terminal
def test_the_desk_shows_it_and_the_terminal_obeys_none_of_it(after: Aftermath) -> None:
    words = [sys.executable, "-m", "sitmon.cli.entry", *after.options]
    with Terminal(words, (120, 40)) as terminal:
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
    written = terminal.bytes
    assert re.findall(rb"\x1b.{0,8}", re.sub(_OWN, b"", written)) == []
    printed = re.sub(_OWN, b"", written).decode()
    obeyed = [letter for letter in printed if (letter < " " and letter not in "\r\n") or "\x7f" <= letter <= "\x9f"]
    assert obeyed == []
    assert re.findall("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", printed) == []


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
    yield from (b"S", b"j", b"\x1b", b"c", b"\x1b", b"f", b"f", b"?", b"\x1b", b"\x1b")


def _configuration() -> str:
    regions = "".join(
        f'[[regions]]\nid = "town{number}"\ntitle = "Town{number:02d}"\n[regions.places]\n"Town{number:02d}" = []\n'
        for number in range(TOWNS)
    )
    return f'[situation]\ntitle = "Hostile [b]"\n[[sources]]\nkind = "folder"\npath = "articles"\n{regions}'
