"""The whole corpus in one folder: read by the collector, kept in the record, shown on a desk whose bytes are judged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sitmon.model.health import FindingKind
from sitmon.store.sqlite import check_record
from tests.hostile.cases import Case, cases
from tests.hostile.judging import (
    PEAK_MEGABYTES,
    Aftermath,
    aftermath,
    collecting,
    commands_in,
    configuration,
    written_by_a_desk,
)
from tests.hostile.outcome import Outcome

CASES = cases()
SOURCE = '[[sources]]\nkind = "folder"\npath = "articles"\n'


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    here = tmp_path_factory.mktemp("hostile")
    (here / "articles").mkdir()
    for case in CASES:
        case.lay(here / "articles")
    (here / "config.toml").write_text(configuration(SOURCE))
    options = ["--config", str(here / "config.toml"), "--state", str(here / "state")]
    done = subprocess.run(collecting(options), cwd=here, capture_output=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return aftermath(here, options, done.stderr)


def test_there_are_as_many_cases_as_are_promised() -> None:
    assert len(CASES) >= 200
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_sentence_that_should_be_recorded_is_recorded_word_for_word_and_once(after: Aftermath) -> None:
    texts = [article.text for article in after.articles]
    wanted = [case for case in CASES if case.sentence is not None]
    assert [case.name for case in wanted if sum(str(case.sentence) in text for text in texts) != 1] == []


def test_nothing_else_is_recorded(after: Aftermath) -> None:
    assert len(after.articles) == len([case for case in CASES if case.outcome in (Outcome.RECORDED, Outcome.NOTED)])


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.outcome in (Outcome.REFUSED, Outcome.NOTED)], ids=lambda case: case.name
)
def test_what_is_refused_or_odd_is_said(after: Aftermath, case: Case, tmp_path: Path) -> None:
    case.lay(tmp_path)
    name = next(path.name for path in tmp_path.iterdir())
    found = next(after.findings[where] for where in (name, f"{name}, line 1", f"{name}, item 1") if where in after.findings)
    assert (found.kind is FindingKind.REFUSED) is (case.outcome is Outcome.REFUSED)
    assert case.says in found.sentence


def test_the_record_is_whole_and_the_collector_stayed_small(after: Aftermath) -> None:
    assert check_record(after.state / "record.db") == []
    assert after.peak_megabytes < PEAK_MEGABYTES


def test_nothing_was_run_or_written_elsewhere(after: Aftermath) -> None:
    assert not list(after.here.rglob("pwned"))
    assert sorted(path.name for path in after.here.iterdir()) == ["articles", "config.toml", "state"]


def test_a_second_look_brings_nothing_new(after: Aftermath) -> None:
    words = [sys.executable, "-m", "sitmon.cli.entry", *after.options, "collect", "--once"]
    done = subprocess.run(words, capture_output=True, timeout=240, check=False)
    assert done.returncode == 0
    assert done.stdout == b""


@pytest.mark.terminal
def test_the_desk_shows_it_and_the_terminal_obeys_none_of_it(after: Aftermath) -> None:
    assert commands_in(written_by_a_desk(after)) == []
