"""What a command line asks for, and how errors reach a person."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sitmon.cli.entry import run
from sitmon.cli.wanted import Collect, Watch, collector_wanted, desk_wanted
from sitmon.model.person import Mark, MarkKind
from sitmon.sitrep.jsontext import as_json
from sitmon.store.desk import open_desk
from sitmon.store.sqlite import RECORD_NAME, open_reader


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("", Watch()),
        ("watch", Watch()),
        ("--config a.toml", Watch(Path("a.toml"))),
        ("--config=a.toml --state=s watch --plain --read-only", Watch(Path("a.toml"), Path("s"), True, True)),
        ("brief", None),
        ("--help", None),
        ("--config", None),
        ("watch --json", None),
        ("--plain", None),
        ("--config a.toml collect", None),
    ],
)
def test_only_words_that_ask_for_the_desk_alone_go_straight_to_it(words: str, wanted: Watch | None) -> None:
    assert desk_wanted(words.split()) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("collect", Collect()),
        ("--config a.toml --state=s collect --for-desk", Collect(Path("a.toml"), Path("s"), False, True)),
        ("collect --json", Collect(json=True)),
        ("collect --once --json", Collect(json=True, once=True)),
        ("collect --help", None),
        ("collect --jsonl", None),
        ("--json collect", None),
        ("watch", None),
        ("", None),
    ],
)
def test_a_collector_goes_straight_to_work(words: str, wanted: Collect | None) -> None:
    assert collector_wanted(words.split()) == wanted


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("search dam --limit 99999999999999999999", 2, "less than or equal to"),
        ("log add words --claim 99999999999999999999", 2, "is no number of a claim"),
        ("--config missing.toml brief", 2, "missing.toml"),
        ("--config missing.toml", 2, "missing.toml"),
        ("brief --as-of yesterday", 2, "2024-12-08T14:30Z"),
        ("brief --as-off 1", 2, "--as-of"),
        ("brief --state x", 2, "stands before the command: sitmon --state … brief"),
        ("unheard-of", 2, "unheard-of"),
        (f"--config {'a' * 300} brief", 2, "no such configuration file"),
        ("sitrep --since 2100-01-01", 2, "--since"),
        ("brief --as-of yesterday", 2, "081430ZDEC24. Help:"),
        ("sitrep --format pdf", 2, "'--format': 'pdf' is not one of"),
        ("issues", 2, "'issue', 'sources'? Help:"),
        ("db", 2, "sitmon: sitmon db is followed by one of: init, copy. Help:"),
        ("issue", 2, "sitmon: sitmon issue is followed by one of: "),
    ],
)
def test_a_wrong_command_line_is_one_sentence_on_stderr_and_exit_code_2(
    words: str, code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert run(words.split()) == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("text", ["\x1b[2J", "\x9b2J", "\u202egnp", "\x7f", "\ud800", "\u2028", "دمشق", "é"])
def test_json_holds_any_text_exactly_and_no_character_that_steers_a_terminal(text: str) -> None:
    written = as_json({"text": text})
    assert json.loads(written) == {"text": text}
    assert not set(written) & set("\x1b\x7f\x9b\u202e\u2028\ud800")


def test_a_new_situation_begins_with_nothing_to_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    said = capsys.readouterr().out
    assert "articles" in said
    assert run(["--state", str(tmp_path / "state"), "collect", "--once"]) == 0
    assert "does not exist" not in capsys.readouterr().err
    assert (tmp_path / "articles").is_dir()


def test_what_stands_in_the_place_of_the_folder_of_a_new_situation_is_not_taken_for_its_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").write_text("a list of articles")
    assert run(["init"]) == 2
    assert "config.toml is made, but not the folder articles" in capsys.readouterr().err
    assert (tmp_path / "config.toml").is_file()


def test_a_full_disk_under_the_output_is_one_sentence(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        words = [sys.executable, "-m", "sitmon", "--state", str(tmp_path), "doctor"]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["sitmon: No space left on device"]


def test_no_name_that_is_told_of_steers_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--config", f"{tmp_path}/\x1b]0;owned\x07.toml", "count"]) == 2
    assert run(["--state", str(tmp_path), "read", f"{tmp_path}/\x1b]0;owned\x07.txt"]) == 1
    assert not set(capsys.readouterr().err) & set("\x1b\x07")


def test_a_time_is_believed_as_far_ahead_as_the_configuration_has_it(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    config, article = tmp_path / "config.toml", tmp_path / "a.md"
    config.write_text(
        '[situation]\ntitle = "River"\n[limits]\nfuture = "3h"\n'
        '[[sources]]\nkind = "folder"\npath = "in"\n[[regions]]\nid = "all"\ntitle = "All"\n'
    )
    article.write_text(f"---\ndate: {datetime.now(UTC) + timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}\n---\nThe dam holds.\n")
    assert run(["--config", str(config), "--state", str(tmp_path), "read", "--json", str(article)]) == 0
    assert json.loads(capsysbinary.readouterr().out)["article"]["time_basis"] == "published"


def test_a_search_that_finds_nothing_says_so_beside_the_output(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        '[situation]\ntitle = "River"\n[[sources]]\nkind = "folder"\npath = "in"\n[[regions]]\nid = "all"\ntitle = "All"\n'
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Dam\n\nThe dam holds, the council said.\n")
    here = ["--config", str(config), "--state", str(tmp_path / "state")]
    assert run([*here, "collect", "--once"]) == 0
    capsysbinary.readouterr()
    assert run([*here, "search", "zebra\x1b"]) == 0
    said = capsysbinary.readouterr()
    assert said.out == b""
    assert said.err.decode().startswith("sitmon: nothing holds zebra")
    assert b"\x1b" not in said.err
    assert run([*here, "search", "dam"]) == 0
    assert capsysbinary.readouterr().err == b""


def test_a_past_board_has_the_pins_of_its_time(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    config, state = tmp_path / "config.toml", tmp_path / "state"
    config.write_text(
        '[situation]\ntitle = "River"\n[[sources]]\nkind = "folder"\npath = "in"\n'
        '[[regions]]\nid = "valley"\ntitle = "Valley"\n[regions.places]\n"Alder" = []\n'
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(
        "Fighters captured Alder, the police said.\n\nShops in Alder were closed, officials said.\n"
    )
    words = ["--config", str(config), "--state", str(state)]
    assert run([*words, "collect", "--once"]) == 0
    noon = datetime.now(UTC)

    def status(*more: str) -> str:
        capsysbinary.readouterr()
        assert run([*words, "brief", "--json", *more]) == 0
        return str(json.loads(capsysbinary.readouterr().out)["regions"][0]["status"]["quote"])

    first = status()
    record = open_reader(state / RECORD_NAME)
    other = next(claim for claim in record.window(noon, ["valley"]).claims if claim.quote != first)
    record.close()
    desk = open_desk(state)
    desk.mark(Mark(MarkKind.PINNED, "valley", other.id, noon + timedelta(seconds=2)))
    moments = [(noon + timedelta(seconds=seconds)).isoformat() for seconds in (1, 3)]
    assert [status("--as-of", moment) for moment in moments] == [first, other.quote]
    desk.mark(Mark(MarkKind.UNPINNED, "valley", other.id, noon + timedelta(seconds=4)))
    desk.close()
    assert status("--as-of", (noon + timedelta(seconds=5)).isoformat()) == status() == first


def test_a_search_for_programs_gives_the_whole_articles(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        '[situation]\ntitle = "River"\n[[sources]]\nkind = "folder"\npath = "in"\n[[regions]]\nid = "all"\ntitle = "All"\n'
    )
    (tmp_path / "in").mkdir()
    text = f"The dam holds. {'Nothing else was said. ' * 50}The river rose.\n"
    (tmp_path / "in" / "a.txt").write_text(text)
    words = ["--config", str(config), "--state", str(tmp_path / "state")]
    assert run([*words, "collect", "--once"]) == 0
    capsysbinary.readouterr()
    assert run([*words, "search", "river", "--json"]) == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert found["text"] == text
    assert found["excerpt"].endswith("The river rose.")


@pytest.mark.parametrize("words", ["--help", "issue --help", "sources --help"])
def test_no_command_s_description_is_cut_in_the_list(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words.split()) == 0
    listed = capsys.readouterr().out.partition("Commands:")[2]
    assert listed
    assert "..." not in listed


def test_too_little_memory_is_said_so_and_is_no_fault_to_report() -> None:
    code = "import sys, sitmon.cli.commands as c\nc.dispatch = lambda words: bytearray(1 << 62)\n"
    code += "from sitmon.cli.entry import run\nsys.exit(run(['brief']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("sitmon: there is not enough memory for this: ")
    assert len(done.stderr.splitlines()) == 1


def test_even_a_fault_of_our_own_is_one_sentence_that_says_where() -> None:
    code = (
        "import sys; from sitmon.cli import entry, commands\n"
        "def fail(words): return {}[words[0]]\n"
        "fail.__globals__['__name__'] = 'sitmon.cli.commands'\n"
        "commands.dispatch = fail\n"
        "sys.exit(entry.run(['brief']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    said = "sitmon: a fault in sitmon stopped it (KeyError at sitmon.cli.commands:2: 'brief'); report this\n"
    assert done.stderr == said
    told = subprocess.run([sys.executable, "-X", "dev", "-c", code], capture_output=True, text=True, check=False)
    assert "Traceback" in told.stderr
