"""What a command line asks for, and how errors reach a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitmon.cli.entry import Watch, desk_wanted, run
from sitmon.sitrep.jsontext import as_json


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
    ("words", "code", "said"),
    [
        ("--config missing.toml brief", 2, "missing.toml"),
        ("--config missing.toml", 2, "missing.toml"),
        ("brief --as-of yesterday", 2, "2024-12-08T14:30Z"),
        ("brief --as-off 1", 2, "--as-of"),
        ("unheard-of", 2, "unheard-of"),
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
