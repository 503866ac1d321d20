"""Feeds as a newsroom meets their reader: what is asked and what is not, and what becomes of every answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import apsw
import pytest

from sitmon.model.article import Extent, Notice
from sitmon.model.health import Health
from sitmon.store.sqlite import RECORD_NAME
from tests.collector.bench import until
from tests.collector.polling import Poller
from tests.newsroom import Newsroom, Reply, Visit, feed_reply, newsroom, rss

DAM, BRIDGE, ROAD = ("1", "The dam holds"), ("2", "The bridge fell"), ("3", "The road is open")


@pytest.fixture
async def room() -> AsyncIterator[Newsroom]:
    async with newsroom() as room:
        yield room


@pytest.fixture
def poller(tmp_path: Path) -> Poller:
    return Poller(tmp_path)


async def test_a_feed_is_asked_once_and_what_it_shows_is_on_the_record(room: Newsroom, poller: Poller) -> None:
    room.parts["/rss"] = feed_reply(DAM, BRIDGE)
    poller.follow(room.url("/rss"))
    assert await poller.once()
    assert room.paths() == ["/rss"]
    assert {(a.id, a.title, a.outlet, a.url, a.path) for a in poller.articles()} == {
        ("1", "The dam holds", "River News", "http://news.example/1", None),
        ("2", "The bridge fell", "River News", "http://news.example/2", None),
    }
    health = poller.health()
    assert (health.health, health.title, health.items, health.error) == (Health.OK, "River News", 2, None)


async def test_it_is_not_asked_before_its_time_however_often_the_collector_is_started(room: Newsroom, poller: Poller) -> None:
    room.parts["/rss"] = feed_reply(DAM)
    poller.follow(room.url("/rss"))
    for minutes in (0, 1, 30, 28.5):
        assert await poller.after(minutes=minutes)
    assert len(room.visits) == 1
    await poller.after(minutes=7)
    assert len(room.visits) == 2


async def test_validators_go_back_byte_for_byte_and_304_brings_nothing_twice(room: Newsroom, poller: Poller) -> None:
    room.parts["/rss"] = feed_reply(DAM, etag='W/"a , b\xe4"', Last_Modified="Sun, 8 Dec 2024 1:2:3 +0100")
    poller.follow(room.url("/rss"))
    for _ in range(3):
        assert await poller.after(hours=2)
    assert "if-none-match" not in room.visits[0].headers
    for visit in room.visits[1:]:
        assert visit.headers["if-none-match"] == 'W/"a , b\xe4"'
        assert visit.headers["if-modified-since"] == "Sun, 8 Dec 2024 1:2:3 +0100"
    assert len(poller.articles()) == 1
    assert poller.health().health is Health.OK


async def test_an_answer_without_validators_takes_the_old_ones_away(room: Newsroom, poller: Poller) -> None:
    room.parts["/rss"] = Reply(rss(DAM), headers=[("ETag", '"1"')])
    poller.follow(room.url("/rss"))
    await poller.once()
    room.parts["/rss"] = Reply(rss(DAM, BRIDGE))
    await poller.after(hours=2)
    await poller.after(hours=2)
    assert [visit.headers.get("if-none-match") for visit in room.visits] == [None, '"1"', None]


async def test_a_server_that_ignores_validators_brings_nothing_twice(room: Newsroom, poller: Poller) -> None:
    room.parts["/rss"] = Reply(rss(DAM), headers=[("ETag", '"1"')])
    poller.follow(room.url("/rss"))
    for _ in range(3):
        await poller.after(hours=2)
    assert len(poller.articles()) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Reply(b"<!DOCTYPE html><html><body>Please log in</body></html>", headers=[("ETag", '"x"')]), "web page"),
        (Reply(b"", headers=[("ETag", '"x"')]), "empty"),
        (Reply(b"hello", headers=[("ETag", '"x"')]), "not a feed"),
        (Reply(b'<!DOCTYPE r [<!ENTITY a "aaaa">]><rss><channel>&a;</channel></rss>'), "entit"),
        (Reply(status=204), "no feed"),
        (Reply(rss(DAM), status=206), "no feed"),
        (Reply(status=304), "was not asked for changes"),
        (Reply(status=401), "does not let sitmon read"),
        (Reply(status=403), "does not let sitmon read"),
        (Reply(status=404), "no such page"),
        (Reply(status=429), "too often"),
        (Reply(status=500), "fault of its own"),
        (Reply(status=503), "fault of its own"),
        (Reply(status=599), "fault of its own"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + rss(DAM)), "broke off"),
    ],
)
async def test_a_bad_answer_is_a_sentence_and_nothing_is_lost_or_forgotten(
    room: Newsroom, poller: Poller, answer: Reply, words: str
) -> None:
    room.parts["/rss"] = Reply(rss(DAM), headers=[("ETag", '"1"')])
    poller.follow(room.url("/rss"))
    await poller.once()
    before = poller.state()
    if answer.status == 304:
        # A server that says so though it was asked for everything.
        room.parts["/rss"] = Reply(rss(DAM))
        await poller.after(hours=2)
        before = poller.state()
    room.parts["/rss"] = answer
    assert not await poller.after(hours=2)
    health, state = poller.health(), poller.state()
    assert health.health is Health.FAILING
    assert words in poller.error()
    assert "\n" not in poller.error()
    assert health.last_success == before.answered_at
    assert (state.etag, state.digest, state.known) == (before.etag, before.digest, before.known)
    assert "The dam holds" in poller.titles()
    room.parts["/rss"] = Reply(rss(DAM, BRIDGE))
    assert await poller.after(hours=40)
    assert sorted(filter(None, poller.titles())) == ["The bridge fell", "The dam holds"]
    assert poller.health().error is None


async def test_failures_are_asked_again_after_twice_as_long_each_time_and_over_restarts(room: Newsroom, poller: Poller) -> None:
    room.parts["/rss"] = Reply(status=500)
    poller.follow(room.url("/rss"))
    for hours, visits in ((0, 1), (1.9, 1), (0.5, 2), (3.8, 2), (0.8, 3), (7.5, 3), (1.5, 4)):
        await poller.after(hours=hours)
        assert len(room.visits) == visits, hours


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_says_how_long_to_wait_is_taken_at_its_word(room: Newsroom, poller: Poller, status: int) -> None:
    room.parts["/rss"] = Reply(status=status, headers=[("Retry-After", "14400")])
    poller.follow(room.url("/rss"))
    await poller.once()
    await poller.after(hours=3.9)
    assert len(room.visits) == 1
    await poller.after(hours=0.2)
    assert len(room.visits) == 2


@pytest.mark.parametrize(
    ("headers", "head"),
    [
        ([("Cache-Control", "max-age=10800")], ""),
        ([("Date", "Sun, 08 Dec 2024 10:00:00 GMT"), ("Expires", "Sun, 08 Dec 2024 13:00:00 GMT")], ""),
        ([("Retry-After", "10800")], ""),
        ([], "<ttl>180</ttl>"),
    ],
)
async def test_a_feed_is_not_asked_before_it_wishes(
    room: Newsroom, poller: Poller, headers: list[tuple[str, str]], head: str
) -> None:
    room.parts["/rss"] = Reply(rss(DAM, head=head), headers=headers)
    poller.follow(room.url("/rss"))
    await poller.once()
    await poller.after(hours=2.9)
    assert len(room.visits) == 1
    await poller.after(hours=0.5)
    assert len(room.visits) == 2


async def test_a_feed_that_is_gone_is_not_asked_any_more(room: Newsroom, poller: Poller) -> None:
    room.parts["/rss"] = Reply(rss(DAM))
    poller.follow(room.url("/rss"))
    await poller.once()
    room.parts["/rss"] = Reply(status=410)
    await poller.after(hours=2)
    for _ in range(3):
        await poller.after(days=30)
    assert len(room.visits) == 2
    assert poller.health().health is Health.STOPPED
    assert "gone for good" in poller.error()
    assert poller.health().next_poll is None
    assert poller.titles() == ["The dam holds"]


async def test_a_move_for_good_is_followed_each_time_and_believed_after_a_day(room: Newsroom, poller: Poller) -> None:
    room.parts["/rss"] = Reply(status=301, headers=[("Location", "/new")])
    room.parts["/new"] = feed_reply(DAM, etag='"1"')
    poller.follow(room.url("/rss"))
    for hours in (0, 13, 13):
        assert await poller.after(hours=hours)
    assert len(room.to("/rss")) == 3
    await poller.after(hours=2)
    assert len(room.to("/rss")) == 3
    assert len(room.to("/new")) == 4
    assert "moved for good" in poller.error()
    assert len(poller.articles()) == 1


async def test_a_temporary_redirect_is_never_remembered(room: Newsroom, poller: Poller) -> None:
    room.parts["/rss"] = Reply(status=302, headers=[("Location", "/new")])
    room.parts["/new"] = Reply(rss(DAM))
    poller.follow(room.url("/rss"))
    for _ in range(5):
        await poller.after(hours=20)
    assert len(room.to("/rss")) == 5


async def test_a_redirect_into_the_network_is_refused_and_said(room: Newsroom, poller: Poller) -> None:
    async with newsroom() as other:
        room.parts["/rss"] = Reply(status=301, headers=[("Location", other.url("/secret"))])
        poller.follow(room.url("/rss"))
        assert not await poller.once()
        assert other.visits == []
        assert "inside a network" in poller.error()


async def test_an_edit_is_a_new_version_and_so_is_taking_it_back(room: Newsroom, poller: Poller) -> None:
    poller.follow(room.url("/rss"))
    for title in ("The dam holds", "The dam broke", "The dam holds"):
        room.parts["/rss"] = Reply(rss(("1", title)))
        await poller.after(hours=2)
    assert [(a.id, a.version, a.title) for a in poller.articles()] == [
        ("1", 1, "The dam holds"),
        ("1", 2, "The dam broke"),
        ("1", 3, "The dam holds"),
    ]


async def test_a_withdrawn_item_is_a_version_that_says_so(room: Newsroom, poller: Poller) -> None:
    entry = "<entry><id>urn:1</id><title>The dam broke</title><updated>2024-12-08T10:00:00Z</updated></entry>"
    gone = '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="urn:1" when="2024-12-08T11:00:00Z"/>'
    poller.follow(room.url("/atom"))
    for body in (entry, gone, gone):
        atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>River</title>{body}</feed>'
        room.parts["/atom"] = Reply(atom.encode())
        await poller.after(hours=2)
    assert [(a.id, a.version, a.notice) for a in poller.articles()] == [("urn:1", 1, None), ("urn:1", 2, Notice.WITHDRAWN)]


async def test_dates_never_decide_what_is_read(room: Newsroom, poller: Poller) -> None:
    poller.follow(room.url("/rss"))
    for stamp in ("Mon, 01 Jan 2001 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "soon"):
        item = f"<item><guid>{stamp[:3]}</guid><title>Of {stamp[:3]}</title><pubDate>{stamp}</pubDate></item>"
        same = f"<item><guid>same</guid><title>The same</title><pubDate>{stamp}</pubDate></item>"
        room.parts["/rss"] = Reply(rss().replace(b"</channel>", f"{item}{same}</channel>".encode()))
        await poller.after(hours=2)
    assert sorted(filter(None, poller.titles())) == ["Of Fri", "Of Mon", "Of soo", "The same"]


async def test_the_first_poll_is_the_baseline_and_later_ones_are_news(room: Newsroom, poller: Poller) -> None:
    room.parts["/rss"] = feed_reply(DAM, BRIDGE)
    poller.follow(room.url("/rss"))
    room.parts["/rss"], real = Reply(status=500), room.parts["/rss"]
    await poller.once()
    room.parts["/rss"] = real
    await poller.after(hours=3)
    room.parts["/rss"] = feed_reply(DAM, BRIDGE, ROAD)
    await poller.after(hours=2)
    assert _baselines(poller) == [True, True, False]


def _baselines(poller: Poller) -> list[bool]:
    connection = apsw.Connection(str(poller.root / RECORD_NAME), flags=apsw.SQLITE_OPEN_READONLY)
    baseline = [bool(row[0]) for row in connection.execute("SELECT baseline FROM version ORDER BY row")]
    connection.close()
    return baseline


async def test_older_pages_are_asked_for_only_when_a_gap_shows_and_not_without_end(room: Newsroom, poller: Poller) -> None:
    def page(number: int, *items: tuple[str, str]) -> Reply:
        link = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="/page{number + 1}"/>'
        return Reply(rss(*items, head=link))

    poller.follow(room.url("/rss"))
    room.parts["/rss"] = page(0, ("0", "Old news"))
    await poller.once()
    room.parts["/rss"] = page(0, ("1", "One"), ("0", "Old news"))
    await poller.after(hours=2)
    assert set(room.paths()) == {"/rss"}
    room.parts["/rss"] = page(0, ("9", "Nine"))
    room.parts["/page1"] = page(1, ("8", "Eight"))
    room.parts["/page2"] = page(2, ("7", "Seven"), ("1", "One"))
    room.parts["/page3"] = page(3, ("x", "Never"))
    await poller.after(hours=2)
    assert room.paths()[3:] == ["/page1", "/page2"]
    assert sorted(filter(None, poller.titles())) == ["Eight", "Nine", "Old news", "One", "Seven"]
    assert poller.error() == ""
    room.visits.clear()
    for number in range(1, 30):
        room.parts[f"/page{number}"] = page(number, (f"z{number}", f"Z {number}"))
    room.parts["/rss"] = page(0, ("z0", "Z 0"))
    await poller.after(hours=2)
    assert len(room.visits) == 6
    assert "some may be missing" in poller.error()
    assert poller.health().health is Health.OK


async def test_a_hundred_thousand_items_are_taken_in_part_and_others_are_not_kept_waiting(
    room: Newsroom, poller: Poller
) -> None:
    heap = b"".join(b"<item><guid>%d</guid><title>Heap %d</title></item>" % (n, n) for n in range(100_000))
    room.parts["/heap"] = Reply(rss().replace(b"</channel>", heap + b"</channel>"))
    room.parts["/rss"] = feed_reply(DAM)
    poller.follow(room.url("/heap"))
    poller.follow(room.url("/rss"))
    async with poller.running():
        await until(lambda: any(one.article.title == "The dam holds" for one in poller.heard.articles), 10)


async def test_a_feed_that_cannot_be_taken_apart_in_time_does_not_hold_the_others(room: Newsroom, poller: Poller) -> None:
    deep = b"<div>" * 400_000
    room.parts["/deep"] = Reply(
        rss().replace(b"</channel>", b"<item><description>" + deep + b"</description></item></channel>")
    )
    room.parts["/rss"] = feed_reply(DAM)
    poller.follow(room.url("/deep"))
    poller.follow(room.url("/rss"))
    async with poller.running():
        await until(lambda: any(one.article.title == "The dam holds" for one in poller.heard.articles), 15)


async def test_running_it_asks_again_when_due_and_the_state_is_written_with_the_items(room: Newsroom, poller: Poller) -> None:
    count = 0

    def growing(_: Visit) -> Reply:
        nonlocal count
        count += 1
        return Reply(rss(*[(str(n), f"News {n}") for n in range(count)]), headers=[("ETag", f'"{count}"')])

    room.parts["/rss"] = growing
    poller.follow(room.url("/rss"), interval=0.1)
    async with poller.running():
        await until(lambda: len(poller.heard.articles) >= 4)
    assert len(poller.articles()) == len(poller.heard.articles)
    gaps = [later.at - earlier.at for earlier, later in zip(room.visits, room.visits[1:], strict=False)]
    assert min(gaps) >= 0.1
    assert [visit.headers.get("if-none-match") for visit in room.visits[1:]] == [f'"{n}"' for n in range(1, count)]


async def test_when_all_hosts_go_out_of_reach_together_nobody_is_penalised(poller: Poller) -> None:
    rooms = [newsroom(), newsroom()]
    live = [await room.__aenter__() for room in rooms]
    for one in live:
        one.parts["/rss"] = Reply(rss(DAM))
        poller.follow(one.url("/rss"), interval=0.2)
    ports = [one.port for one in live]
    async with poller.running():
        await until(lambda: all(one.visits for one in live))
        for room in rooms:
            await room.__aexit__(None, None, None)
        await asyncio.sleep(2.5)
        back = [await asyncio.start_server(one.serve, "127.0.0.1", port) for one, port in zip(live, ports, strict=True)]
        counts = [len(one.visits) for one in live]
        began = time.monotonic()
        await until(lambda: all(len(one.visits) > was for one, was in zip(live, counts, strict=True)))
        assert time.monotonic() - began < 1.5
        for server in back:
            server.close()


async def test_one_host_out_of_reach_is_left_alone_longer_each_time(room: Newsroom, poller: Poller) -> None:
    async with newsroom() as closed:
        pass
    room.parts["/rss"] = Reply(rss(DAM))
    poller.follow(room.url("/rss"), interval=0.1)
    poller.follow(closed.url("/rss"), interval=0.1)
    async with poller.running():
        await asyncio.sleep(2)
    assert poller.state(1).failures in range(3, 6)
    assert "refuses the connection" in poller.error(1)
    assert poller.health(0).health is Health.OK


PAGE = (
    "<html><head><title>{0}</title></head><body><nav>Home | News | Sport</nav><article><h1>{0}</h1>"
    + "".join(
        f"<p>Paragraph {n} of the whole story tells at length how the engineers of the valley held the dam.</p>"
        for n in range(9)
    )
    + "</article><footer>Imprint</footer></body></html>"
)


def linked(room: Newsroom, *paths: str) -> bytes:
    items = "".join(
        f"<item><guid>{path}</guid><link>{room.url(path)}</link><title>Story {path}</title>"
        f"<description>It begins, and goes on elsewhere…</description></item>"
        for path in paths
    )
    return rss().replace(b"</channel>", f"{items}</channel>".encode())


def page(title: str) -> Reply:
    return Reply(PAGE.format(title).encode(), headers=[("Content-Type", "text/html; charset=utf-8")])


async def test_the_pages_of_stubs_are_fetched_once_where_that_is_wanted(room: Newsroom, poller: Poller) -> None:
    room.parts |= {"/rss": Reply(linked(room, "/a", "/b")), "/a": page("Story /a"), "/b": Reply(status=404)}
    poller.follow(room.url("/rss"), full_text="short")
    for _ in range(2):
        assert await poller.after(hours=2)
    told = {
        article.id: (article.extent, "Paragraph 8" in article.text, "Imprint" in article.text) for article in poller.articles()
    }
    assert told == {"/a": (Extent.PAGE, True, False), "/b": (Extent.STUB, False, False)}
    assert (len(room.to("/a")), len(room.to("/robots.txt"))) == (1, 1)
    assert _baselines(poller) == [True, True]


async def test_pages_are_not_fetched_where_nobody_asked_for_them(room: Newsroom, poller: Poller) -> None:
    room.parts |= {"/rss": Reply(linked(room, "/a")), "/a": page("Story /a")}
    poller.follow(room.url("/rss"))
    await poller.once()
    assert room.paths() == ["/rss"]
    assert [article.extent for article in poller.articles()] == [Extent.STUB]


@pytest.mark.parametrize(
    ("robots", "is_fetched"),
    [
        (Reply(b"User-agent: *\nDisallow: /a"), False),
        (Reply(b"User-agent: sitmon\nDisallow: /\n\nUser-agent: *\nAllow: /"), False),
        (Reply(b"User-agent: *\nDisallow: /\n\nUser-agent: sitmon\nAllow: /"), True),
        (Reply(b"User-agent: *\nCrawl-delay: 600"), False),
        (Reply(status=404), True),
        (Reply(status=503), False),
    ],
)
async def test_a_sites_robots_txt_is_honoured_for_pages(
    room: Newsroom, poller: Poller, robots: Reply, is_fetched: bool
) -> None:
    room.parts |= {"/rss": Reply(linked(room, "/a")), "/a": page("Story /a"), "/robots.txt": robots}
    poller.follow(room.url("/rss"), full_text="always")
    await poller.once()
    assert bool(room.to("/a")) is is_fetched
    assert [article.extent for article in poller.articles()] == [Extent.PAGE if is_fetched else Extent.STUB]


async def test_a_page_inside_the_network_is_not_fetched_for_a_feed(room: Newsroom, poller: Poller) -> None:
    async with newsroom() as other:
        room.parts["/rss"] = Reply(linked(other, "/secret"))
        poller.follow(room.url("/rss"), full_text="always")
        assert await poller.once()
        assert other.visits == []
        assert len(poller.articles()) == 1
