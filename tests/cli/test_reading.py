"""`sitmon read`: of a file, of what is piped to it, of a sentence on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sitmon.cli.entry import run

SITUATION = Path("config.toml").resolve()


def test_a_sentence_is_explained_by_its_number_and_what_is_not_there_is_said(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Rebels entered Homs on Friday. Residents said the market had closed.\n")
    here = ["--state", str(tmp_path), "read", str(article), "--explain"]
    assert run([*here, "2"]) == 0
    assert "“Residents”".encode() in capsysbinary.readouterr().out
    assert run([*here, "rebels entered", "--json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["sentence"] == 1
    assert run([*here, "no such words"]) == 1
    assert b"no sentence" in capsysbinary.readouterr().err


def test_sentences_are_explained_without_a_file(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    here = ["--config", str(SITUATION), "--state", str(tmp_path), "read", "--explain"]
    assert run([*here, "Rebels have not fled Homs, said the army. Is it so?", "--json"]) == 0
    first, second = map(json.loads, capsysbinary.readouterr().out.splitlines())
    assert (first["sentence"], first["quote"]) == (1, "Rebels have not fled Homs, said the army.")
    assert (second["sentence"], second["quote"]) == (2, "Is it so?")
    assert "“the army”" in first["claims"][0][0]["text"]
    assert run([*here, "دخل المقاتلون حمص."]) == 0
    assert "حمص" in capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize("words", [[], ["--explain", " "], ["--json"]])
def test_without_file_and_sentence_it_says_what_to_name(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", *words]) == 2
    assert "name the articles' files, or a sentence with --explain" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--state", str(tmp_path), "read", str(tmp_path / "no.txt"), "--explain", "3"]) == 1
    assert capsys.readouterr().err == f"sitmon: {tmp_path}/no.txt: there is no such file\n"


def piped(data: bytes | None, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run `sitmon read -` with text piped to it, or with its standard input closed."""
    command = [sys.executable, "-m", "sitmon", "--config", str(SITUATION), "read", "-", *words]
    if data is None:
        command = ["sh", "-c", 'exec "$@" <&-', "sh", *command]
    return subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)


def test_what_is_piped_to_it_is_read_as_text() -> None:
    text = "Homs fell.\r\nThe army denied it. \N{BRICK} حمص\n"
    done = piped(text.encode(), "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    read = json.loads(done.stdout)
    assert (read["article"]["text"], read["article"]["path"]) == (text, "-")
    assert [report["quote"] for report in read["reports"]][:2] == ["Homs fell.", "The army denied it."]
    assert b"sentence 2" in piped(text.encode(), "--explain", "the army").stdout


@pytest.mark.parametrize(("data", "said"), [(b"", b"it is empty"), (None, b"no standard input"), (bytes(11 << 20), b"larger")])
def test_what_cannot_be_read_from_a_pipe_is_said(data: bytes | None, said: bytes) -> None:
    done = piped(data)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"sitmon: -: ")
    assert said in done.stderr
    assert done.stderr.count(b"\n") == 1
