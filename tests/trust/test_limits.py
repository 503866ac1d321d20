"""A machine that gives too little: files, memory, room on the disk, and a clock that jumps."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trust.situations import Situation, situation

ARTICLES = 20


def _limited(
    here: Situation, what: int, much: int, asked: tuple[str, ...] = ("collect", "--once")
) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        resource.setrlimit(what, (much, much))

    words = [*here.program, *asked]
    return subprocess.run(words, capture_output=True, text=True, timeout=120, check=False, preexec_fn=limit)


def _megabytes(much: int) -> int:
    return much * 1024 * 1024


@pytest.mark.parametrize(
    ("what", "much"),
    [
        *((resource.RLIMIT_NOFILE, much) for much in (8, 10, 12, 14, 16, 20, 24, 32)),
        *((resource.RLIMIT_FSIZE, much) for much in (0, 4096, 20_000, 60_000, 120_000, 200_000)),
        *((resource.RLIMIT_AS, _megabytes(much)) for much in (90, 110, 130, 160, 200, 300)),
    ],
    ids=str,
)
def test_a_limit_is_told_and_the_next_run_catches_up(tmp_path: Path, what: int, much: int) -> None:
    here = situation(tmp_path, ARTICLES)
    done = _limited(here, what, much)
    assert done.returncode in (0, 1, 2), done
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or done.stderr.startswith("sitmon: "), done
    assert here.faults() == []
    again = here.run("collect", "--once")
    assert (again.returncode, here.faults()) == (0, [])
    assert here.recorded() == sorted(f"{number}.txt" for number in range(ARTICLES))


@pytest.mark.parametrize(("much", "asked"), [(6, ("collect", "--once")), (6, ("watch", "--plain")), (7, ("watch", "--plain"))])
def test_where_hardly_a_file_may_be_opened_one_sentence_says_so(tmp_path: Path, much: int, asked: tuple[str, ...]) -> None:
    here = situation(tmp_path, 1)
    here.run("collect", "--once")
    done = _limited(here, resource.RLIMIT_NOFILE, much, asked)
    assert done.returncode == 1
    assert done.stderr == "sitmon: there are too few files that it may open at once: raise the limit (ulimit -n, LimitNOFILE)\n"


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed")
@pytest.mark.parametrize("jump", ["+400d", "-400d", "+3h", "-3h"])
def test_a_clock_that_jumps_loses_nothing_and_brings_nothing_back(tmp_path: Path, jump: str) -> None:
    here = situation(tmp_path, 5)
    clock = ["env", "FAKETIME_DONT_FAKE_MONOTONIC=1", "faketime", "-f", jump]
    for step, before in enumerate([[], clock, []]):
        here.drop([100 + step])
        done = here.run("collect", "--once", before=before)
        assert (done.returncode, done.stderr) == (0, ""), done
        assert done.stdout.count("recorded") == (6 if step == 0 else 1), "something came again, or not at all"
        assert here.faults() == []
        brief = here.run("brief", "--json", before=before)
        region = json.loads(brief.stdout)["regions"][0]
        assert region["status"] is not None


@pytest.mark.parametrize("hide", [Path.rename, shutil.move])
def test_a_folder_gone_and_come_back_brings_each_article_once(tmp_path: Path, hide: Callable[[Path, Path], object]) -> None:
    here = situation(tmp_path, 5)
    here.run("collect", "--once")
    hide(here.here / "articles", here.here / "away")
    gone = here.run("collect", "--once")
    assert gone.returncode == 1
    assert "articles" in gone.stderr
    assert len(here.recorded()) == 5
    (here.here / "away").rename(here.here / "articles")
    back = here.run("collect", "--once")
    assert (back.returncode, back.stdout) == (0, "")
    assert len(here.recorded()) == 5
