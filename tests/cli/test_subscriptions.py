"""Lists of feeds in and out: what a person wrote stays, nothing comes twice, and what is no list is refused in words."""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path

import pytest

from sitmon.cli.entry import run
from sitmon.sources.opml import subscriptions
from tests.cli.river import configured, sitmon

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>mine</title></head><body>
<outline text="News"><outline text="Near &amp; far">
  <outline type="rss" text="One" xmlUrl="https://one.example/rss?a=1&amp;b=2" htmlUrl="https://one.example/"/>
  <outline type="rss" title='Two "quoted" \\ &#8238;turned' xmlUrl="feed://two.example/atom"/>
</outline></outline>
<outline text="One again" XMLURL="https://ONE.example/rss?a=1&amp;b=2"/>
<outline text="Known" xmlUrl="https://known.example/rss"/>
<outline text="a file" xmlUrl="file:///etc/passwd"/>
<outline text="a login" type="rss"/></body></opml>"""


async def test_a_list_is_added_after_what_a_person_wrote_and_nothing_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, opml = configured(tmp_path, "https://known.example/rss"), tmp_path / "feeds.opml"
    opml.write_text(OPML, "utf-8")
    before = config.read_bytes()
    os.chmod(config, 0o640)  # noqa: PTH101
    (link := tmp_path / "link.toml").symlink_to(config)
    assert await sitmon(config, "sources", "import", str(opml)) == 0
    printed = capsys.readouterr()
    assert config.read_bytes() == before
    assert [one["url"] for one in tomllib.loads(printed.out)["sources"]] == [
        "https://one.example/rss?a=1&b=2",
        "https://two.example/atom",
    ]
    assert "2 feeds new, 1 configured already, 1 more than once in the list, 1 left out" in printed.err
    assert "\u202e" not in printed.out
    assert await sitmon(link, "sources", "import", str(opml), "--into", str(link)) == 0
    after = config.read_bytes()
    assert after.startswith(before)
    assert "# News / Near & far" in after.decode()
    assert link.is_symlink()
    assert config.stat().st_mode & 0o777 == 0o640
    assert [one.get("outlet") for one in tomllib.loads(after.decode())["sources"][2:]] == [
        "One",
        'Two "quoted" \\ \u202eturned',
    ]
    assert await sitmon(config, "sources", "import", str(opml), "--into", str(config)) == 0
    assert config.read_bytes() == after
    assert sorted(os.listdir(tmp_path)) == ["articles", "config.toml", "feeds.opml", "link.toml"]  # noqa: PTH208


def test_what_a_killed_import_left_beside_the_configuration_goes_with_the_next(tmp_path: Path) -> None:
    config, opml = configured(tmp_path), tmp_path / "feeds.opml"
    opml.write_text(OPML, "utf-8")
    ended = subprocess.Popen(["true"])
    ended.wait()
    kept = [f".config.toml.{os.getppid()}.toml", ".config.toml.mine.toml", f".other.toml.{ended.pid}.toml"]
    for name in (*kept, f".config.toml.{ended.pid}.toml"):
        (tmp_path / name).write_text("half of i")
    assert run(["--config", str(config), "sources", "import", str(opml), "--into", str(config)]) == 0
    assert {file.name for file in tmp_path.iterdir()} == {*kept, "articles", "config.toml", "feeds.opml"}


async def test_nothing_is_written_where_the_result_would_not_be_valid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, opml = configured(tmp_path), tmp_path / "feeds.opml"
    # A table cannot follow where the same ones stand in one line.
    tables = '[[sources]]\nkind = "folder"\npath = "articles"\n'
    line = 'sources = [{kind = "folder", path = "articles"}]\n'
    config.write_text(line + config.read_text("utf-8").replace(tables, ""), "utf-8")
    opml.write_text(OPML, "utf-8")
    before = config.read_bytes()
    assert await sitmon(config, "sources", "import", str(opml), "--into", str(config)) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert config.read_bytes() == before


async def test_a_feed_with_its_login_is_left_out_the_login_is_not_shown_and_the_others_are_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, opml = configured(tmp_path), tmp_path / "feeds.opml"
    opml.write_text(OPML.replace("feed://two", "https://me:secret@two"), "utf-8")
    assert await sitmon(config, "sources", "import", str(opml), "--into", str(config)) == 0
    told = capsys.readouterr().err
    assert "a feed of two.example is written with its login" in told
    assert "secret" not in told + config.read_text("utf-8")
    assert "https://one.example/rss?a=1&b=2" in config.read_text("utf-8")


async def test_what_is_exported_can_be_imported_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    urls = ["https://one.example/rss?a=1&b=<2>", "https://two.example/"]
    assert await sitmon(configured(tmp_path, *urls), "sources", "export") == 0
    assert [(one.url, one.title) for one in subscriptions(capsys.readouterr().out.encode()).feeds] == [
        (url, "River News") for url in urls
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not well-formed"),
        (b"<html/>", "it is not OPML"),
        (b'<!DOCTYPE o [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><outline xmlUrl="http://x/&b;"/></opml>', "entities"),
        (b"<opml>" + b'<outline xmlUrl="http://a.example/"/>' * 5001 + b"</opml>", "more than 5,000 feeds"),
        (b"<opml>" + b"<outline>" * 500_000, "tags"),
        (os.urandom(4000), "not well-formed"),
    ],
)
async def test_a_list_that_is_none_or_hostile_is_refused_in_words(
    content: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (opml := tmp_path / "feeds.opml").write_bytes(content)
    assert await sitmon(configured(tmp_path), "sources", "import", str(opml)) == 1
    assert says in capsys.readouterr().err


def test_a_list_with_bare_ampersands_and_deep_folders_is_read() -> None:
    deep = b"<outline text='x'>" * 300 + b'<outline xmlUrl="https://a.example/?a=1&b=2" text="A"/>' + b"</outline>" * 300
    found = subscriptions(b"<opml><body><outline xmlUrl='https://b.example/?a=1&b=2'/>" + deep + b"</body></opml>")
    assert found.feeds[0].url == "https://b.example/?a=1&b=2"


def test_what_a_broken_list_loses_is_said_and_blanks_in_an_address_do_not_spoil_the_others() -> None:
    lines = b'<outline text="A "b" c" xmlUrl="https://a.example/"/><outline xmlUrl="https://b.example/x y"/>'
    found = subscriptions(b"<opml><body>" + lines + b"</body></opml>")
    assert [one.url for one in found.feeds] == ["https://b.example/x%20y"]
    assert [said[:6] for said in found.refused] == ["1 more"]
