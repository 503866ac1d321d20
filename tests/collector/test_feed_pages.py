"""The pages behind stubs: fetched where that is wanted and allowed, and nowhere else."""

from __future__ import annotations

import pytest

from sitmon.collector.pages import Pages
from sitmon.model.article import Extent
from tests.collector.polling import Poller
from tests.newsroom import Newsroom, Reply, newsroom, rss

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
    assert poller.baselines() == [True, True]


async def test_a_fault_on_the_way_to_a_page_loses_no_item(
    room: Newsroom, poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.parts |= {"/rss": Reply(linked(room, "/a")), "/a": page("Story /a")}
    poller.follow(room.url("/rss"), full_text="short")

    async def fail(*_: object) -> None:
        raise KeyError("a fault of ours")

    with monkeypatch.context() as broken:
        broken.setattr(Pages, "whole", fail)
        assert not await poller.once()
    assert poller.articles() == []
    assert "a fault in sitmon" in str(poller.health().error)
    assert await poller.after(hours=3)
    assert [(article.id, article.extent) for article in poller.articles()] == [("/a", Extent.PAGE)]
    assert poller.health().error is None


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
