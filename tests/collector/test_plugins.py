"""Sources of a person's own: an installed package whose articles come onto the record, and whose faults stop nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sitmon.collector.plugins import PluginSource
from sitmon.config.settings import PluginSource as Configured
from sitmon.model.health import SourceHealth

ROOT = Path(__file__).parents[2]
HEAD = '[situation]\ntitle = "River"\n[[regions]]\nid = "valley"\ntitle = "Valley"\n[regions.places]\n"Dam" = []\n'
FOLDER = '[[sources]]\nkind = "folder"\npath = "inbox"\n'
FAULTS = """
import os, time

def raises(turn):
    yield {"id": "1", "text": "The dam holds, the mayor said."}
    raise ValueError("no\\nsuch \\x1b[31mriver")

def hangs(turn):
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass

def dies(turn):
    os._exit(3)

def exits(turn):
    raise SystemExit(0)

def prints(turn):
    print("x" * 100_000, flush=True)
    os.write(1, b"y" * 100_000)
    return [{"id": "p", "text": "The bridge fell, the army said."}]

def swells(turn):
    return [bytearray(1 << 31)]

def endless(turn):
    number = 0
    while True:
        number += 1
        yield {"id": str(number), "text": f"Level {number}, the gauge reported."}

def text(turn):
    return "an article"

def odd(turn):
    turn.memory = 5
    return [{"id": "o"}, 7, {"text": object()}, {"id": "s", "text": "The road \\ud800 is open, the mayor said."}]
"""
SAYS = {
    "raises": "the plug-in raises failed (ValueError: no such \x1b[31mriver)",
    "hangs": "the plug-in hangs did not end within 2 s, and was ended",
    "dies": "the plug-in dies came to no good end",
    "exits": "the plug-in exits failed (SystemExit: 0)",
    "swells": "the plug-in swells came to no good end: it needs more memory than is allowed",
    "endless": "the plug-in endless gave more than 5,000 articles at once; the first of them are read",
    "text": "the plug-in text gave str and not a list of articles",
    "odd": "the plug-in odd wants to remember what is no text, or too long",
    "absent": "the plug-in absent is not installed beside sitmon; installed:",
    "misnamed": "the plug-in misnamed failed (ModuleNotFoundError: No module named 'nowhere')",
}


def install(site: Path, module: str, code: str, **entries: str) -> None:
    """Do what an installer does: the module, and what its package says of itself."""
    (site / f"{module}.py").write_text(code)
    about = site / f"{module}-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    points = "".join(f"{name} = {target}\n" for name, target in entries.items())
    (about / "entry_points.txt").write_text(f"[sitmon.sources]\n{points}")


def plugin(name: str, **told: str) -> str:
    return "".join(
        ['[[sources]]\nkind = "plugin"\n', f'name = "{name}"\n', *(f"{key} = {value}\n" for key, value in told.items())]
    )


def sitmon(place: Path, *words: str, since: float = 60.0) -> subprocess.CompletedProcess[str]:
    options = ("--config", str(place / "config.toml"), "--state", str(place / "state"))
    paths = os.pathsep.join([str(place / "site"), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "sitmon", *options, *words]
    environment = os.environ | {"PYTHONPATH": paths}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=since, check=False)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "inbox").mkdir()
    return tmp_path


def test_the_documented_example_brings_its_articles_each_once_and_remembers(place: Path) -> None:
    page = (ROOT / "docs" / "plugins.md").read_text("utf-8")
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert code is not None
    assert 'gauge = "river_gauge:articles"' in page
    install(place / "site", "river_gauge", code[1], gauge="river_gauge:articles")
    (file := place / "river.json").write_text(json.dumps([{"at": "2024-12-08T10:00:00Z", "place": "Dam", "level": 210}]))
    (place / "config.toml").write_text(HEAD + plugin("gauge", interval='"1s"', options=f'{{ file = "{file}" }}'))
    done = sitmon(place, "collect", "--once", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    measured = [{"at": f"2024-12-08T1{hour}:00:00Z", "place": "Dam", "level": 210 + hour} for hour in range(3)]
    file.write_text(json.dumps([{"at": "2024-12-08T10:00:00Z", "place": "Dam", "level": 999}, *measured[1:]]))
    time.sleep(1)
    assert len(sitmon(place, "collect", "--once", "--json").stdout.splitlines()) == 2
    articles = [json.loads(line) for line in sitmon(place, "export").stdout.splitlines()]
    assert [(one["source"], one["id"], one["version"], one["outlet"]) for one in articles] == [
        ("plugin:gauge", f"gauge-2024-12-08T1{hour}:00:00Z", 1, "River gauge") for hour in range(3)
    ]
    assert "stands at 210 cm" in articles[0]["text"]
    assert "“The river at Dam stands at 212 cm, the gauge reported.”" in sitmon(place, "brief").stdout
    listed = json.loads(sitmon(place, "sources", "list", "--json").stdout)
    assert (listed["kind"], listed["health"], listed["items"], listed["plugin"]) == ("plugin", "ok", 3, "gauge")


def test_what_is_given_again_is_nothing_new_and_other_words_are_a_version(place: Path) -> None:
    code = "from pathlib import Path\ndef given(turn):\n    return [{'id': 'a', 'text': Path(turn.options['f']).read_text()}]\n"
    install(place / "site", "again", code, again="again:given")
    (file := place / "words").write_text("The dam holds, the mayor said.")
    (place / "config.toml").write_text(HEAD + plugin("again", interval='"1s"', options=f'{{ f = "{file}" }}'))
    told = []
    for words in ("The dam holds, the mayor said.", "The dam holds, the mayor said.", "The dam broke, the mayor said."):
        file.write_text(words)
        told.append([json.loads(line)["version"] for line in sitmon(place, "collect", "--once", "--json").stdout.splitlines()])
        time.sleep(1)
    assert told == [[1], [], [2]]


def test_each_fault_is_said_in_words_and_everything_else_goes_on(place: Path) -> None:
    names = [name for name in (*SAYS, "prints") if name not in ("absent", "misnamed")]
    install(place / "site", "faults", FAULTS, **{name: f"faults:{name}" for name in names}, misnamed="nowhere:at_all")
    (place / "inbox" / "a.txt").write_text("Rebels reached the dam, the army said.")
    tables = [plugin(name, timeout='"2s"' if name == "hangs" else '"30s"') for name in (*SAYS, "prints")]
    (place / "config.toml").write_text(HEAD + "".join(tables) + FOLDER)
    done = sitmon(place, "collect", "--once", "--json", since=120)
    assert done.returncode == 1
    healths = {one["id"]: one for one in map(json.loads, sitmon(place, "sources", "list", "--json").stdout.splitlines())}
    for name, says in SAYS.items():
        health = healths[f"plugin:{name}"]
        assert health["health"] == "failing", name
        assert health["error"].startswith(says), health["error"]
    assert healths["plugin:prints"]["health"] == healths["folder:inbox"]["health"] == "ok"
    articles = [json.loads(line) for line in sitmon(place, "export").stdout.splitlines()]
    texts = [one["text"] for one in articles if one["source"] != "plugin:endless"]
    assert len(articles) - len(texts) == 5000
    assert sorted(text.partition(",")[0] for text in texts) == [
        "Rebels reached the dam",
        "The bridge fell",
        "The dam holds",
        "The road \ufffd is open",
    ]
    assert "\x1b" not in sitmon(place, "sources").stdout
    assert "it has no" in sitmon(place, "doctor").stdout


def test_two_sources_of_one_plugin_need_labels(place: Path) -> None:
    (place / "config.toml").write_text(HEAD + plugin("gauge") + plugin("gauge"))
    done = sitmon(place, "sources")
    assert done.returncode == 2
    assert "config.toml:13: sources[2].name" in done.stderr
    (place / "config.toml").write_text(HEAD + plugin("gauge", label='"north"') + plugin("gauge", label='"south"'))
    assert sitmon(place, "sources").stdout.count("plugin") == 2


class Heard:
    """What a source tells its collector."""

    def __init__(self) -> None:
        self.healths: list[SourceHealth] = []

    def health(self, health: SourceHealth) -> None:
        self.healths.append(health)

    def remember(self, source: str, memory: bytes) -> None:
        del source, memory


async def test_a_clock_that_was_years_ahead_and_is_set_right_silences_no_plugin() -> None:
    ahead = datetime.now(UTC) + timedelta(days=3000)
    told = {"memory": None, "asked_at": ahead.isoformat(), "answered_at": ahead.isoformat()}
    heard = Heard()
    source = PluginSource(Configured("plugin:none", "none", interval=3600.0), json.dumps(told).encode())
    assert not await source.look(heard)  # type: ignore[arg-type]
    assert "not installed" in str(heard.healths[-1].error)


async def test_one_that_fails_is_called_again_after_twice_the_time_each_time_up_to_an_hour() -> None:
    now, heard, waits = datetime(2024, 12, 8, tzinfo=UTC), Heard(), list[float]()
    source = PluginSource(Configured("plugin:none", "none", interval=600.0), None, lambda: now)
    for _ in range(4):
        assert not await source.look(heard)  # type: ignore[arg-type]
        due = heard.healths[-1].next_poll
        assert due is not None
        waits.append((due - now).total_seconds())
        now = due
    assert waits == [1200, 2400, 3600, 3600]
