"""Many feeds under way together: one that is heavy or out of reach holds up no other."""

from __future__ import annotations

import asyncio
import time

from sitmon.model.health import Health
from tests.collector.polling import Poller
from tests.newsroom import Newsroom, Reply, Visit, feed_reply, newsroom, rss
from tests.waiting import soon

DAM = ("1", "The dam holds")


async def test_a_hundred_thousand_items_keep_no_other_feed_waiting(room: Newsroom, poller: Poller) -> None:
    heap = b"".join(b"<item><guid>%d</guid><title>Heap %d</title></item>" % (n, n) for n in range(100_000))
    room.parts["/heap"] = Reply(rss().replace(b"</channel>", heap + b"</channel>"))
    room.parts["/rss"] = feed_reply(DAM)
    poller.follow(room.url("/heap"))
    poller.follow(room.url("/rss"))
    async with poller.running():
        assert await soon(lambda: any(one.article.title == "The dam holds" for one in poller.heard.articles), 10)


async def test_a_feed_that_cannot_be_taken_apart_in_time_does_not_hold_the_others(room: Newsroom, poller: Poller) -> None:
    deep = b"<div>" * 400_000
    room.parts["/deep"] = Reply(
        rss().replace(b"</channel>", b"<item><description>" + deep + b"</description></item></channel>")
    )
    room.parts["/rss"] = feed_reply(DAM)
    poller.follow(room.url("/deep"))
    poller.follow(room.url("/rss"))
    async with poller.running():
        assert await soon(lambda: any(one.article.title == "The dam holds" for one in poller.heard.articles), 15)


async def test_running_it_asks_again_when_due_and_the_state_is_written_with_the_items(room: Newsroom, poller: Poller) -> None:
    count = 0

    def growing(_: Visit) -> Reply:
        nonlocal count
        count += 1
        return Reply(rss(*[(str(n), f"News {n}") for n in range(count)]), headers=[("ETag", f'"{count}"')])

    room.parts["/rss"] = growing
    poller.follow(room.url("/rss"), interval=0.1)
    async with poller.running():
        await soon(lambda: len(poller.heard.articles) >= 4)
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
        await soon(lambda: all(one.visits for one in live))
        for room in rooms:
            await room.__aexit__(None, None, None)
        await asyncio.sleep(2.5)
        back = [await asyncio.start_server(one.serve, "127.0.0.1", port) for one, port in zip(live, ports, strict=True)]
        counts = [len(one.visits) for one in live]
        began = time.monotonic()
        await soon(lambda: all(len(one.visits) > was for one, was in zip(live, counts, strict=True)))
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
