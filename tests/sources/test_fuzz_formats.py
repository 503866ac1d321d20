"""Whatever bytes a document of any format or a feed is made of: articles, or one sentence; nothing else, and never for long."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sitmon.errors import SourceError
from sitmon.sources.feeds.parsing import parse_feed
from sitmon.sources.pages import page_text
from tests.sources.storable import articles_in, can_be_stored, can_be_written
from tests.sources.test_feeds import ATOM, JSON, RSS

SAMPLES = Path(__file__).parents[1] / "data" / "documents"
FEEDS = [RSS.encode(), ATOM.encode(), JSON.encode()]
WRITTEN = [(b".xml", RSS.encode()), (b".xml", ATOM.encode()), (b".json", JSON.encode())]
SOUND = [*sorted((path.suffix.encode(), path.read_bytes()) for path in SAMPLES.iterdir()), *WRITTEN]
SUFFIXES = some.sampled_from([b".xml", b".rss", b".json", b".eml", b".html", b".mhtml"])
# What breaks parsers, to be put anywhere into what is sound.
HARD = (
    some.sampled_from(
        [b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE x [", b'"', b"\x00", b"\xff", b"\xed\xa0\x80"]
    )
    | some.sampled_from([b"&#0;", b"&#xd800;", b"&nbsp;", b"&bogus;", b"\r\n\r\n", b"--inner", b"=?utf-8?q?=ff?=", b"\\ud800"])
    | some.sampled_from(
        [b"null", b"[", b"{", b"<rss>", b"</item>", b"\x1b]0;", b"<body>", b"xml:base='http://[x'", b"http://["]
    )
    | some.sampled_from([b"99999999999", b"0000-00-00T00:00:00Z", b"\xef\xbb\xbf", b"\xfe\xff"])
    | some.binary(max_size=8)
)
CUTS = some.lists(some.tuples(some.floats(0, 1), some.integers(0, 40), HARD), max_size=6)


def cut(data: bytes, cuts: list[tuple[float, int, bytes]]) -> bytes:
    for place, length, put in cuts:
        at = int(place * len(data))
        data = data[:at] + put + data[at + length :]
    return data


@settings(max_examples=300, deadline=None)
@given(some.sampled_from(SOUND), CUTS)
def test_sound_documents_broken_anywhere(sound: tuple[bytes, bytes], cuts: list[tuple[float, int, bytes]]) -> None:
    suffix, data = sound
    assert all(map(can_be_stored, articles_in(cut(data, cuts), b"a" + suffix)))


@settings(max_examples=200, deadline=None)
@given(some.sampled_from(FEEDS), CUTS, some.sampled_from([None, "text/xml; charset=windows-1256", "x; charset=\x00"]))
def test_sound_feeds_broken_anywhere(data: bytes, cuts: list[tuple[float, int, bytes]], content_type: str | None) -> None:
    with suppress(SourceError):
        feed = parse_feed(cut(data, cuts), content_type=content_type, address="https://demo.example/feed")
        for item in feed.items:
            assert item.link is None or item.link.startswith(("http://", "https://"))


@settings(max_examples=200, deadline=None)
@given(some.lists(HARD, max_size=30), SUFFIXES)
def test_any_pieces(pieces: list[bytes], suffix: bytes) -> None:
    assert all(map(can_be_stored, articles_in(b"".join(pieces), b"a" + suffix)))


@settings(max_examples=100, deadline=None)
@given(some.lists(HARD, max_size=30))
def test_any_page_that_was_fetched(pieces: list[bytes]) -> None:
    with suppress(SourceError):
        assert can_be_written(page_text(b"<html><nav>x</nav>" + b"".join(pieces), address="https://demo.example/").text)


@settings(max_examples=200, deadline=None)
@given(
    some.dictionaries(
        some.sampled_from(
            ["uri", "headline", "headlines", "bodies", "body_text", "body_xhtml", "pubstatus", "altids", "by", "version"]
        ),
        some.recursive(
            some.none()
            | some.booleans()
            | some.integers()
            | some.floats()
            | some.text(max_size=20)
            | some.sampled_from(["canceled"]),
            lambda inner: (
                some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(["value", "role", "name"]), inner)
            ),
            max_leaves=6,
        ),
    )
)
def test_any_ninjs(fields: dict[str, object]) -> None:
    assert all(map(can_be_stored, articles_in(json.dumps(fields).encode(), b"a.json")))


@pytest.mark.parametrize(
    "piece",
    [
        b"<",
        b"<p>",
        b"<div>",
        b"<b>",
        b"<a x=",
        b"&",
        b"&lt;",
        b"<item>",
        b"<![CDATA[",
        b"<!--",
        b"\n\n",
        b"--x\n",
        b"[",
        b'{"a":',
    ],
)
@pytest.mark.parametrize(
    ("begin", "suffix"),
    [
        (b'<rss version="2.0"><channel><item><description>', b".xml"),
        (b"<newsItem><contentSet><inlineXML>", b".xml"),
        (b"<html><nav>x</nav><article>", b".html"),
        (b'From: a@b\nContent-Type: multipart/mixed; boundary="x"\n\n', b".eml"),
        (b'{"items": [', b".json"),
    ],
    ids=["feed", "NewsML", "page", "mail", "JSON"],
)
def test_a_million_bytes_of_one_piece_take_a_bounded_time(begin: bytes, suffix: bytes, piece: bytes) -> None:
    began = time.monotonic()
    assert all(map(can_be_stored, articles_in(begin + piece * (1_000_000 // len(piece)), b"a" + suffix)))
    assert time.monotonic() - began < 10
