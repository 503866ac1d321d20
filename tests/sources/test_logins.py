"""Whom a login is told, and whom not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitmon.sources.addresses import address_of
from sitmon.sources.logins import Logins

NETRC = """
machine news.example login me password word
machine 127.0.0.1:8080 login here password there
default login anybody password anything
"""


@pytest.mark.parametrize(
    ("url", "header"),
    [
        ("https://news.example/rss", b"Basic bWU6d29yZA=="),
        ("http://news.example/rss", None),
        ("http://127.0.0.1:8080/rss", b"Basic aGVyZTp0aGVyZQ=="),
        ("http://127.0.0.1:8081/rss", None),
        ("https://other.example/rss", None),
    ],
)
def test_a_login_is_told_to_whom_it_is_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, header: bytes | None
) -> None:
    (tmp_path / "netrc").write_text(NETRC)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert Logins()(address_of(url)) == header


@pytest.mark.parametrize("content", [None, b"machine", b"\xff\xfe"])
def test_without_a_file_that_can_be_read_nobody_is_told_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "netrc").write_bytes(content)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert Logins()(address_of("https://news.example/")) is None
