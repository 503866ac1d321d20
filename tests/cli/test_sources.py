"""Sources as a person handles them: listed with their health, checked before they are followed."""

from __future__ import annotations

import asyncio
import json
import sys
import tomllib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cli.river import configured, sitmon
from tests.newsroom import Newsroom, Reply, feed_reply, newsroom, rss


@pytest.fixture
async def room() -> AsyncIterator[Newsroom]:
    async with newsroom() as room:
        yield room


async def collect(config: Path) -> int | None:
    words = ("--config", str(config), "--state", str(config.parent / "state"), "collect", "--once")
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "sitmon", *words, stdout=asyncio.subprocess.PIPE)
    await process.communicate()
    return process.returncode


async def test_sources_are_listed_with_their_health_in_words(
    tmp_path: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.parts["/rss"] = feed_reply(("1", "Rebels captured Northtown"))
    config = configured(tmp_path, room.url("/rss"), room.url("/none"))
    assert await sitmon(config, "sources") == 0
    assert capsys.readouterr().out.count("has not answered yet, due") == 3
    assert await collect(config) == 1
    assert await sitmon(config, "sources", "list") == 0
    out = capsys.readouterr().out
    for words in ("1 article, answered", "asked again", "River News, reliability B, family River group, full text never"):
        assert words in out
    assert "FAILING  feed" in out
    assert "has no such page (404 not found); correct the feed's address" in out
    assert out.endswith("3 configured: 2 ok, 1 failing\n")
    assert await sitmon(config, "sources", "list", "--json") == 0
    folder, feed, none = map(json.loads, capsys.readouterr().out.splitlines())
    assert (feed["health"], feed["items"], feed["reliability"], feed["family"]) == ("ok", 1, "B", "River group")
    assert (folder["kind"], none["url"], none["error"][:9]) == ("folder", room.url("/none"), "127.0.0.1")


async def test_documents_that_could_not_be_read_stand_under_their_source(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    config = configured(tmp_path)
    (tmp_path / "articles" / "one.txt").write_text("Rebels captured Northtown, the army said.")
    for number in range(12):
        (tmp_path / "articles" / f"broken{number}.json").write_text("{" * (number + 1))
    assert await collect(config) == 0
    said = capfd.readouterr().err.splitlines()
    assert {one.split(".json could not be read: it is not JSON")[0] for one in said} == {
        f"sitmon: broken{n}" for n in range(12)
    }
    assert await collect(config) == 0
    assert capfd.readouterr().err == ""
    assert await sitmon(config, "sources") == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].startswith("ok       folder")
    assert lines[3] == "         12 documents could not be read:"
    assert all(line.startswith("           broken") and ".json: it" in line for line in lines[4:14]), lines
    assert lines[14:] == [
        "           and 2 more; sitmon doctor lists them all",
        "1 configured: 1 ok; 12 documents could not be read",
    ]
    assert await sitmon(config, "sources", "list", "--json") == 0
    refused = json.loads(capfd.readouterr().out)["refused"]
    assert {one["document"] for one in refused} == {f"broken{number}.json" for number in range(12)}
    assert await sitmon(config, "doctor") == 0
    assert capfd.readouterr().out.count("\ndocument       refused broken") == 12
    for number in range(11):
        (tmp_path / "articles" / f"broken{number}.json").unlink()
    (tmp_path / "articles" / "broken11.json").write_text('{"text": "Rebels captured Northtown, the mayor said."}')
    assert await collect(config) == 0
    assert await sitmon(config, "sources") == 0
    assert capfd.readouterr().out.endswith("1 configured: 1 ok\n")


async def test_a_check_says_what_a_feed_is_and_gives_a_table_to_paste(
    tmp_path: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.parts["/rss"] = feed_reply(("1", "One"), ("2", "Two"), etag='"x"')
    room.parts["/old"] = Reply(status=301, headers=[("Location", "/rss")])
    config = configured(tmp_path)
    assert await sitmon(config, "sources", "check", room.url("/old")) == 0
    out = capsys.readouterr().out
    for words in ("RSS 2.0: River News, utf-8", "2 items, none of them dated", "only beginnings", "says what changed: ETag"):
        assert words in out
    table = out[out.index("[[sources]]") :]
    moved = {"kind": "feed", "url": room.url("/rss"), "outlet": "River News"}
    assert tomllib.loads(table)["sources"] == [moved]
    assert room.paths()[:2] == ["/old", "/rss"]
    assert not (tmp_path / "state" / "record.db").exists()


async def test_of_a_site_its_feeds_are_found_by_its_page_else_where_feeds_commonly_are(
    tmp_path: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    page = b'<!doctype html><html><head><link rel="Alternate" type="application/atom+xml" title=\'n\' href="/a/feed"></head>'
    room.parts |= {
        "/named": Reply(page, headers=[("Content-Type", "text/html")]),
        "/a/feed": feed_reply(("1", "One")),
        "/plain": Reply(b"<html><p>nothing</p></html>", headers=[("Content-Type", "text/html")]),
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /feed"),
        "/rss.xml": feed_reply(("1", "One")),
    }
    config = configured(tmp_path)
    assert await sitmon(config, "sources", "check", room.url("/named"), "--json") == 0
    assert [one["url"] for one in json.loads(capsys.readouterr().out)["found"]] == [room.url("/a/feed")]
    assert await sitmon(config, "sources", "check", room.url("/plain"), "--json") == 0
    assert [one["url"] for one in json.loads(capsys.readouterr().out)["found"]] == [room.url("/rss.xml")]
    # What robots.txt forbids is not guessed at.
    assert "/feed" not in room.paths()


async def test_a_feed_that_a_page_names_wrongly_hides_none_of_the_others(
    tmp_path: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ("http://exa%20mple/rss", room.url("/rss"))
    links = "".join(f'<link rel=alternate type="application/rss+xml" href="{one}">' for one in named)
    room.parts |= {
        "/": Reply(f"<html>{links}".encode(), headers=[("Content-Type", "text/html")]),
        "/rss": feed_reply(("1", "One")),
    }
    assert await sitmon(configured(tmp_path), "sources", "check", room.url("/"), "--json") == 0
    wrong, right = json.loads(capsys.readouterr().out)["found"]
    assert "names no host" in wrong["trouble"]
    assert right["url"] == room.url("/rss")


async def test_what_is_checked_is_told_without_its_login(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in ((), ("--json",)):
        assert await sitmon(configured(tmp_path), "sources", "check", "ftp://ada:s3cret@news.example/", *more) == 1
    printed = capsys.readouterr()
    assert printed.out.count("ada:…@news.example") == 4
    assert "s3cret" not in printed.out + printed.err


async def test_a_page_leads_no_check_into_the_network(
    tmp_path: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    async with newsroom() as inside:
        inside.parts["/rss"] = feed_reply(("1", "secret"))
        link = f'<link rel=alternate type="application/rss+xml" href="{inside.url("/rss")}">'
        room.parts["/"] = Reply(f"<html>{link}".encode(), headers=[("Content-Type", "text/html")])
        assert await sitmon(configured(tmp_path), "sources", "check", room.url("/")) == 1
        assert inside.visits == []
    assert "not asked" in capsys.readouterr().out


async def test_a_check_says_how_a_feed_that_is_back_after_it_was_gone_for_good_is_followed_again(
    tmp_path: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.parts["/rss"] = Reply(status=410)
    config = configured(tmp_path, room.url("/rss"))
    assert await collect(config) == 1
    assert await sitmon(config, "sources", "check") == 1
    assert "but it is back" not in capsys.readouterr().out
    room.parts["/rss"] = feed_reply(("1", "One"))
    for words in ((), (room.url("/rss"),)):
        assert await sitmon(config, "sources", "check", *words) == 0
        assert "but it is back: remove its table from the configuration, save, and add it again" in capsys.readouterr().out
    configured(tmp_path)
    assert await collect(config) == 0
    configured(tmp_path, room.url("/rss"))
    assert await collect(config) == 0
    assert await sitmon(config, "sources", "check") == 0
    assert "but it is back" not in capsys.readouterr().out


async def test_without_addresses_every_configured_feed_is_checked_but_none_that_wants_to_be_left_alone(
    tmp_path: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.parts |= {"/rss": Reply(rss(("1", "One"))), "/busy": Reply(status=503, headers=[("Retry-After", "9000")])}
    config = configured(tmp_path, room.url("/rss"), room.url("/busy"))
    await collect(config)
    room.visits.clear()
    assert await sitmon(config, "sources", "check") == 1
    out = capsys.readouterr().out
    assert "it is to be left alone until" in out
    assert "2 checked, 1 of them cannot be followed" in out
    assert room.paths() == ["/rss", "/robots.txt"] or room.paths() == ["/rss"]
