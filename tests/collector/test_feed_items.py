"""What becomes of a feed's items: versions, withdrawals, the baseline, and what may have been missed."""

from __future__ import annotations

from sitmon.model.article import Notice
from sitmon.model.health import Health
from tests.collector.polling import Poller
from tests.newsroom import Newsroom, Reply, feed_reply, rss

DAM, BRIDGE, ROAD = ("1", "The dam holds"), ("2", "The bridge fell"), ("3", "The road is open")


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
    assert poller.baselines() == [True, True, False]


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
