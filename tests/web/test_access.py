"""Who may ask: which names and pages are ours, what a password must be, and when none is needed."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from sitmon.errors import ConfigurationError
from sitmon.web.access import VARIABLE, access_for, password_from

PUBLIC = "https://desk.example.org"
WORD = "a long password"


def basic(password: str, name: str = "anybody") -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("127.0.0.1:8765", True),
        ("localhost:8765", True),
        ("LOCALHOST:8765", True),
        ("[::1]:8765", True),
        ("desk.example.org", True),
        ("Desk.Example.Org", True),
        ("desk.example.org:8765", False),
        ("127.0.0.1", False),
        ("127.0.0.1:80", False),
        ("rebound.example:8765", False),
        ("desk.example.org.evil.example", False),
        ("", False),
        (None, False),
    ],
)
def test_only_the_names_it_is_reached_under_are_its_own(host: str | None, is_ours: bool) -> None:
    assert access_for("127.0.0.1", 8765, PUBLIC, WORD).is_name(host) is is_ours


@pytest.mark.parametrize(
    ("origin", "is_ours"),
    [
        ("http://127.0.0.1:8765", True),
        ("http://localhost:8765", True),
        (PUBLIC, True),
        ("https://evil.example", False),
        ("http://127.0.0.1:9999", False),
        ("null", False),
        ("file://", False),
        ("http://[", False),
        ("http://127.0.0.1:8765.evil.example", False),
        (None, False),
    ],
)
def test_only_pages_of_its_own_may_drive_it(origin: str | None, is_ours: bool) -> None:
    assert access_for("127.0.0.1", 8765, PUBLIC, WORD).is_own_page(origin) is is_ours


@pytest.mark.parametrize(
    ("authorization", "cookie", "is_let_in"),
    [
        (basic(WORD), None, True),
        (basic(WORD, "colon:in:name").replace("x", "x"), None, False),
        (basic(WORD, ""), None, True),
        (basic(WORD + "x"), None, False),
        (basic(WORD[:-1]), None, False),
        (basic(""), None, False),
        ("Basic", None, False),
        ("Basic ?????", None, False),
        ("Bearer " + WORD, None, False),
        (None, "key", True),
        (None, "kez", False),
        (None, "\udcff", False),
        (basic("wrong"), "key", True),
        (None, None, False),
    ],
)
def test_who_does_not_know_the_password_stays_outside(authorization: str | None, cookie: str | None, is_let_in: bool) -> None:
    access = access_for("127.0.0.1", 8765, PUBLIC, WORD)
    shown = access.key if cookie == "key" else cookie
    assert access.knows(authorization, shown) is is_let_in


def test_without_a_password_whoever_reaches_this_machine_s_own_address_is_let_in() -> None:
    assert access_for("127.0.0.1", 8765, None, None).knows(None, None)


@pytest.mark.parametrize(
    ("host", "public", "password", "said"),
    [
        ("0.0.0.0", None, WORD, "--public https://NAME"),
        ("::", None, None, "can be reached by other machines"),
        ("192.0.2.7", None, None, "docs/web.md"),
        ("0.0.0.0", PUBLIC, None, VARIABLE),
        ("127.0.0.1", PUBLIC, None, "password_file"),
        ("0.0.0.0", "desk.example.org", WORD, "https://desk.example.org"),
        ("0.0.0.0", "https://desk.example.org/under/here", WORD, "--public"),
        ("0.0.0.0", "ftp://desk.example.org", WORD, "--public"),
        ("0.0.0.0", "https://me:secret@desk.example.org", WORD, "--public"),
        ("0.0.0.0", "https://desk.example.org:99999", WORD, "--public"),
    ],
)
def test_what_others_could_reach_is_refused_until_it_is_said_how_and_guarded(
    host: str, public: str | None, password: str | None, said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said):
        access_for(host, 8765, public, password)


def test_the_password_is_the_first_line_of_a_file_that_nobody_else_may_read(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{WORD}\nanother line\n", "utf-8")
    file.chmod(0o600)
    assert password_from(file, {}) == WORD
    assert password_from(file, {VARIABLE: "of the environment"}) == "of the environment"
    for mode in (0o640, 0o604, 0o620):
        file.chmod(mode)
        with pytest.raises(ConfigurationError, match="chmod 600"):
            password_from(file, {})


def test_a_password_that_is_no_password_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch(0o600)
    with pytest.raises(ConfigurationError, match="shorter than 8"):
        password_from(empty, {})
    with pytest.raises(ConfigurationError, match="No such file"):
        password_from(tmp_path / "missing", {})
    with pytest.raises(ConfigurationError, match="shorter than 8"):
        password_from(None, {VARIABLE: "short"})
    assert password_from(None, {}) is None
