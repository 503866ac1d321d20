"""Feeds as a newsroom meets their reader: what is asked and what is not, and what becomes of every answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitmon.model.health import Health
from tests.collector.polling import Poller
from tests.newsroom import Newsroom, Reply, Visit, feed_reply, newsroom, rss

DAM, BRIDGE = ("1", "The dam holds"), ("2", "The bridge fell")


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
        (Reply(rss(DAM)[:150], headers=[("ETag", '"x"')]), "breaks off before the end of its first item"),
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
        ([("Cache-Control", "public"), ("Cache-Control", "max-age=10800")], ""),
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


@pytest.mark.parametrize("cut", [90, 20])
async def test_of_an_answer_that_breaks_off_no_half_sentence_is_taken_and_its_end_is_asked_for(
    room: Newsroom, poller: Poller, cut: int
) -> None:
    whole = rss(DAM, BRIDGE)
    head = b'HTTP/1.1 200 OK\r\nETag: "1"\r\nLast-Modified: Sun, 08 Dec 2024 10:00:00 GMT\r\n\r\n'
    room.parts["/rss"] = Reply(raw=head + whole[: -len("</item></channel></rss>") - cut])
    poller.follow(room.url("/rss"))
    assert await poller.once()
    assert [article.text for article in poller.articles()] == ["The dam holds, it was reported on the river."]
    room.parts["/rss"] = feed_reply(DAM, BRIDGE, etag='"1"')
    await poller.after(hours=2)
    assert "if-none-match" not in room.visits[1].headers
    assert "if-modified-since" not in room.visits[1].headers
    assert [article.id for article in poller.articles()] == ["1", "2"]
    await poller.after(hours=2)
    assert room.visits[2].headers["if-none-match"] == '"1"'


async def test_a_clock_that_was_far_ahead_and_is_set_right_silences_no_feed(room: Newsroom, poller: Poller) -> None:
    room.parts["/rss"] = feed_reply(DAM, etag='"1"')
    poller.follow(room.url("/rss"))
    await poller.after(days=4000)
    await poller.after(days=-4000)
    due = poller.health().next_poll
    assert due is not None
    assert due - poller.now() < timedelta(hours=1.1)
    for minutes in (20, 20, 15):
        await poller.after(minutes=minutes)
    assert len(room.visits) == 1
    await poller.after(minutes=15)
    assert len(room.visits) == 2


@pytest.mark.parametrize("status", [400, 412, 431])
async def test_a_server_that_cannot_bear_its_own_validators_is_asked_without_them(
    room: Newsroom, poller: Poller, status: int
) -> None:
    def touchy(visit: Visit) -> Reply:
        return Reply(status=status) if "if-none-match" in visit.headers else Reply(rss(DAM), headers=[("ETag", '"1"')])

    room.parts["/rss"] = touchy
    poller.follow(room.url("/rss"))
    assert await poller.once()
    assert not await poller.after(hours=2)
    assert await poller.after(hours=4)
    assert len(poller.articles()) == 1


@pytest.mark.parametrize("status", [403, 404, 500, 503])
async def test_after_a_failure_the_validators_go_back_as_before(room: Newsroom, poller: Poller, status: int) -> None:
    room.parts["/rss"] = feed_reply(DAM, etag='"1"')
    poller.follow(room.url("/rss"))
    await poller.once()
    room.parts["/rss"] = Reply(status=status)
    await poller.after(hours=2)
    await poller.after(hours=4)
    assert room.visits[2].headers["if-none-match"] == '"1"'


@pytest.mark.parametrize("said", ["none", "utf-8", "identity", "Binary"])
async def test_a_body_said_to_be_packed_as_nothing_is_read_as_it_stands(room: Newsroom, poller: Poller, said: str) -> None:
    room.parts["/rss"] = Reply(rss(DAM), headers=[("Content-Encoding", said)])
    poller.follow(room.url("/rss"))
    assert await poller.once()
    assert poller.titles() == ["The dam holds"]
