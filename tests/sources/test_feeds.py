"""Feeds of every format give the same items, and nothing that is no feed becomes one."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from sitmon.errors import SourceError
from sitmon.sources.drafts import LONGEST_LINE, Origin
from sitmon.sources.feeds.feed import Content, Feed
from sitmon.sources.feeds.items import draft_of
from sitmon.sources.feeds.parsing import parse_feed

ADDRESS = "https://demo.example/news/feed.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>DEMO News</title><link>https://demo.example/</link><language>en-gb</language><ttl>30</ttl>
<item><title>Column reaches the &amp;#8216;ring&amp;#8217; road</title>
<link>/news/1</link><guid isPermaLink="false">demo-1</guid>
<dc:creator>A. Writer</dc:creator><pubDate>Sun, 08 Dec 2024 16:30:00 +0200</pubDate>
<description>A column &lt;b&gt;reached&lt;/b&gt; …</description>
<content:encoded><![CDATA[<p>A column reached the road &amp; stopped.</p>
<figure><img src="x"><figcaption>A caption.</figcaption></figure>
<h2>What is known</h2><p>Residents said 1 &lt; 2.</p>]]></content:encoded></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-gb"><title>DEMO News</title>
<link href="https://demo.example/"/>
<entry><id>demo-1</id><title type="html">Column reaches the &amp;#8216;ring&amp;#8217; road</title><link href="/news/1"/>
<author><name>A. Writer</name></author><published>2024-12-08T16:30:00+02:00</published>
<updated>2024-12-08T16:30:00+02:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A column reached the road &amp; stopped.</p>
<h2>What is known</h2><p>Residents said 1 &lt; 2.</p></div></content></entry></feed>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "DEMO News", "language": "en-gb",
"home_page_url": "https://demo.example/", "items": [{"id": "demo-1", "url": "/news/1", "authors": [{"name": "A. Writer"}],
"title": "Column reaches the ‘ring’ road", "date_published": "2024-12-08T16:30:00+02:00",
"content_html": "<p>A column reached the road &amp; stopped.</p><h2>What is known</h2><p>Residents said 1 &lt; 2.</p>"}]}"""


def parsed(document: str | bytes, content_type: str | None = None) -> Feed:
    data = document.encode() if isinstance(document, str) else document
    return parse_feed(data, content_type=content_type, address=ADDRESS)


@pytest.mark.parametrize("document", [RSS, ATOM, JSON], ids=["RSS", "Atom", "JSON Feed"])
def test_every_format_gives_the_same_item(document: str) -> None:
    feed = parsed(document)
    assert (feed.title, feed.language, feed.site) == ("DEMO News", "en-gb", "https://demo.example/")
    [item] = feed.items
    assert (item.guid, item.link, item.author) == ("demo-1", "https://demo.example/news/1", "A. Writer")
    assert item.title == "Column reaches the ‘ring’ road"
    assert item.published_at is not None
    assert item.published_at.at == datetime(2024, 12, 8, 14, 30, tzinfo=UTC)
    assert item.content is Content.FULL
    assert item.text == "A column reached the road & stopped.\n\n## What is known\n\nResidents said 1 < 2."


@pytest.mark.parametrize("document", [RSS, ATOM, JSON], ids=["RSS", "Atom", "JSON Feed"])
@pytest.mark.parametrize(("more", "read"), [(4999, 5000), (5000, 5000)])
def test_of_a_heap_of_items_the_first_five_thousand_are_read_and_it_is_said(document: str, more: int, read: int) -> None:
    [whole] = re.findall(r"<item>.*</item>|<entry>.*</entry>|(?<=\[)\{\"id.*\}(?=\]\}$)", document, re.DOTALL)
    apart, last = ("," if document is JSON else ""), whole.replace("demo-1", "demo-2")
    feed = parsed(document.replace(whole, apart.join([whole] * more + [last])))
    assert [len(feed.items), feed.items[-1].guid] == [read, "demo-2" if more < read else "demo-1"]
    assert any("more than 5,000 items" in note for note in feed.notes) is (more == read)


@pytest.mark.parametrize("document", [RSS, ATOM, JSON], ids=["RSS", "Atom", "JSON Feed"])
def test_lines_without_end_are_cut_and_no_word_of_the_article_is(document: str) -> None:
    title, author, name = "Column reaches the road. " * 9000, "A. Writer, " * 90_000, "DEMO News " * 90_000
    long = re.sub(r"Column reaches the .{0,20}ring.{0,20} road", title, document).replace("DEMO News", name)
    feed = parsed(long.replace("A. Writer", author).replace("/news/1", f"/news/{'1' * 90_000}"))
    draft = draft_of(feed.items[0], "demo-1", feed, Origin("feed"))
    assert draft.text.split("\n\n")[0].strip() == title.strip()
    assert draft.text.endswith("Residents said 1 < 2.")
    assert draft.url is None
    for whole, cut in ((title, draft.title), (author, draft.author), (name, draft.outlet), (name, feed.title)):
        assert cut is not None
        assert len(cut) <= LONGEST_LINE
        assert whole.startswith(cut.removesuffix("…"))
    assert [note.split(" is longer")[0] for note in draft.notes] == ["its title", "its author", "its URL"]


def test_a_feed_that_is_broken_loses_no_item() -> None:
    broken = RSS.replace("</item>", "</item><item><title>Second & last</title><link>https://demo.example/2</link>")
    assert [item.title for item in parsed(broken).items] == ["Column reaches the ‘ring’ road", "Second & last"]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("", "it is empty"),
        ("<!DOCTYPE html><html><body>Not found</body></html>", "it is a web page, not a feed"),
        ('<?xml version="1.0"?><note><to>nobody</to></note>', "it is not a feed"),
        ('{"a": 1}', "it is JSON, but not a JSON Feed"),
        ('{"items": [', "it is not JSON"),
        ('<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"><channel/></rss>', "it declares entities"),
    ],
)
def test_what_is_no_feed_is_said_in_a_sentence(document: str, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        parsed(document)
