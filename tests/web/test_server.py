"""What the server answers: to its own pages, to others, to who knows the password and who does not, and never by writing."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
from email.message import Message
from hashlib import sha256
from pathlib import Path

import pytest

from sitmon.collector.lock import held
from sitmon.web.access import VARIABLE
from tests.waiting import until
from tests.web.serving import Serving, collect, serving, sitmon, situation
from tests.web.test_access import WORD, basic

SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def ask(served: Serving, path: str, method: str = "GET", **headers: str) -> tuple[int, Message, str]:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = b"" if answer.status == 101 else answer.read()
        return answer.status, answer.headers, body.decode("utf-8", "replace")
    finally:
        connection.close()


@pytest.mark.parametrize(
    "path", ["/", "/board", "/board.json", "/board.schema.json", "/static/textual.js", "/static/mono.ttf", "/nowhere"]
)
def test_every_answer_forbids_what_its_page_does_not_need(served: Serving, path: str) -> None:
    _, headers, _ = ask(served, path)
    csp = headers["Content-Security-Policy"]
    assert csp.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
    assert not re.search(r"script-src[^;]*unsafe|\*|https?://", csp.replace(f"ws://127.0.0.1:{served.port}", ""))
    for name, value in (
        ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Server", "sitmon"),
    ):  # fmt: skip
        assert headers[name] == value
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", ["/", "/board", "/ws", "/nowhere"])
def test_a_name_that_is_not_this_server_s_is_refused(served: Serving, path: str) -> None:
    """Against DNS rebinding: a page of evil.example whose name points here asks for `Host: evil.example`."""
    assert ask(served, path, Host="evil.example")[0] == 421
    assert ask(served, path, Host=f"evil.example:{served.port}")[0] == 421


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_no_page_of_another_site_opens_a_desk(served: Serving, origin: str | None) -> None:
    headers = SOCKET | ({"Origin": origin} if origin else {})
    # Of a test before, whose viewer has left.
    until(lambda: not served.desks(), what=served.desks)
    assert ask(served, "/ws", **headers)[0] == 403
    assert served.desks() == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_can_be_changed(served: Serving, method: str) -> None:
    assert ask(served, "/board.json", method)[0] == 405


@pytest.mark.parametrize(
    "path", ["/static/../deskroutes.py", "/static/..%2f..%2fserver.py", "/static/", "/download/x", "/static/%00"]
)
def test_only_the_files_of_its_pages_are_given_out(served: Serving, path: str) -> None:
    assert ask(served, path)[0] == 404


@pytest.mark.parametrize("path", ["/board/", "/desk", "/static"])
def test_an_address_that_leads_nowhere_is_told_where_the_pages_are(served: Serving, path: str) -> None:
    status, _, words = ask(served, path)
    assert (status, "the board at /board" in words, words[-1]) == (404, True, "\n")


def test_its_pages_name_no_other_server(served: Serving) -> None:
    for path in ("/", "/board", "/static/desk.css", "/static/desk.js", "/static/board.js", "/static/xterm.css"):
        page = ask(served, path)[2].replace("https://github.com/chjj/term.js", "")
        assert not re.search(r"""(?:src|href|url\(|import|fetch\(|@import)\s*[=(]?\s*["']?(?:https?:)?//""", page), path


def test_outside_text_cannot_become_markup_or_script(tmp_path: Path) -> None:
    hostile = """---
title: "</title><script>alert(1)</script>"
outlet: "<img src=x onerror=alert(1)>"
url: "javascript:alert(1)"
---
Rebel forces captured the dam at Alder <script>alert(2)</script> on Sunday, the "</style><b>" governor said.\u202e
"""
    config = situation(tmp_path / "<b>", hostile=hostile)
    collect(config)
    with serving(config) as served:
        for path in ("/board", "/"):
            page = ask(served, path)[2]
            assert page.count("<script") == page.count("<script src=")
            assert "<img" not in page
            assert "javascript:" not in page
            assert "\u202e" not in page


def test_no_directory_of_the_server_and_no_secret_of_a_feed_is_told(tmp_path: Path) -> None:
    secret = '[[sources]]\nkind = "feed"\nurl = "http://127.0.0.1:9/feed?token=hush"\n'
    config = situation(tmp_path / "private place", secret)
    config.write_text(config.read_text("utf-8").replace('path = "inbox"', f'path = "{tmp_path}/private place/inbox"'), "utf-8")
    collect_failing = subprocess.run(sitmon(config, "collect", "--once"), capture_output=True, timeout=120, check=False)
    assert collect_failing.returncode in (0, 1)
    with serving(config) as served:
        for path in ("/board", "/board.json", "/", "/board.json?at=2020-01-01T00:00Z"):
            body = ask(served, path)[2]
            assert str(tmp_path) not in body, path
            assert "hush" not in body, path
            assert "private place" not in body, path
    board = situation(tmp_path / "elsewhere").parent / "state"
    board.mkdir()
    (board / "record.db").write_bytes(b"this is no database at all" * 100)
    with serving(board.parent / "flood.toml") as served:
        status, _, words = ask(served, "/board.json")
        assert (status, str(tmp_path) in words) == (503, False)


def test_with_a_password_nothing_is_shown_without_it(flood: Path) -> None:
    with serving(flood, "--public", "http://desk.example.org", **{VARIABLE: WORD}) as served:
        for path in ("/", "/board", "/board.json", "/board.schema.json", "/static/textual.js", "/nowhere"):
            status, headers, body = ask(served, path)
            assert status == 401, path
            assert headers["WWW-Authenticate"].startswith("Basic ")
            assert "Alder" not in body
        right = {"Authorization": basic(WORD)}
        status, headers, _ = ask(served, "/board", **right)
        assert status == 200
        cookie = headers["Set-Cookie"].partition(";")[0]
        assert "HttpOnly" in headers["Set-Cookie"]
        assert "SameSite=Strict" in headers["Set-Cookie"]
        assert WORD not in headers["Set-Cookie"]
        assert ask(served, "/board.json", Cookie=cookie)[0] == 200
        assert ask(served, "/board.json", Host="desk.example.org", **right)[0] == 200
        own = SOCKET | {"Origin": f"http://127.0.0.1:{served.port}"}
        assert ask(served, "/ws", **own)[0] == 401
        assert ask(served, "/ws", Cookie="sitmon=guessed", **own)[0] == 401
        assert ask(served, "/ws", Cookie=cookie, **own)[0] == 101
        assert ask(served, "/ws", **own, **right)[0] == 101
        assert ask(served, "/board", Authorization=basic("wrong password"))[0] == 401


def test_behind_a_server_with_tls_pages_of_its_address_may_open_a_desk(flood: Path) -> None:
    with serving(flood, "--public", "https://desk.example.org", **{VARIABLE: WORD}) as served:
        behind = {"Host": "desk.example.org", "Authorization": basic(WORD)}
        status, headers, _ = ask(served, "/", Cookie="sitmon=of-an-earlier-start", **behind)
        assert status == 200
        assert "Secure" in headers["Set-Cookie"]
        assert headers["Strict-Transport-Security"].startswith("max-age=")
        assert "wss://desk.example.org" in headers["Content-Security-Policy"]
        assert ask(served, "/ws", **SOCKET, **behind, Origin="https://desk.example.org")[0] == 101
        assert ask(served, "/ws", **SOCKET, **behind, Origin="https://desk.example.net")[0] == 403


@pytest.mark.parametrize(
    ("words", "password", "said"),
    [
        (("--host", "0.0.0.0"), WORD, "--public https://NAME"),
        (("--host", "0.0.0.0", "--public", "https://desk.example.org"), None, "set a password"),
        (("--public", "https://desk.example.org"), "short", "shorter than 8"),
        (("--host", "192.0.2.1", "--public", "https://desk.example.org"), WORD, "an address of this machine"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_sentence(
    flood: Path, words: tuple[str, ...], password: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if password:
        monkeypatch.setenv(VARIABLE, password)
    done = subprocess.run(
        sitmon(flood, "serve", "--port", "0", *words), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_port_that_is_taken_is_said(served: Serving, flood: Path) -> None:
    words = sitmon(flood, "serve", "--port", str(served.port))
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "is taken" in done.stderr) == (1, True)


def test_serving_writes_nothing(tmp_path: Path) -> None:
    config = situation(tmp_path)
    collect(config)

    def held() -> dict[str, str]:
        state = config.parent / "state"
        kept = (path for path in sorted(state.rglob("*")) if path.is_file() and not path.name.endswith(("-shm", "-wal")))
        return {path.name: sha256(path.read_bytes()).hexdigest() for path in kept if path.name != "settings.json"}

    before = held()
    with serving(config) as served:
        for path in ("/", "/board", "/board.json", "/board?at=2020-01-01T00:00Z"):
            assert ask(served, path)[0] == 200
    assert held() == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_and_is_told_by_its_status(flood: Path, number: int) -> None:
    with serving(flood) as served:
        served.process.send_signal(number)
        assert served.process.wait(5) == 128 + number


def test_whoever_starts_it_is_told_that_nobody_collects(tmp_path: Path) -> None:
    config = situation(tmp_path)
    (config.parent / "state").mkdir()
    with serving(config) as served:
        pass
    assert served.said.startswith("sitmon: nobody collects at present: start sitmon collect")
    with held(config.parent / "state"), serving(config) as served:
        pass
    assert served.said == ""


def test_without_its_libraries_serving_says_what_to_install(flood: Path) -> None:
    script = "import sys; sys.modules['aiohttp'] = None; from sitmon.cli.entry import run; sys.exit(run(sys.argv[1:]))"
    words = [sys.executable, "-c", script, *sitmon(flood, "serve")[3:]]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "pip install 'sitmon[web]'" in done.stderr) == (2, True)
