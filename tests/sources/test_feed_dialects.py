"""What makers of feeds really write, in every dialect: nothing of it is lost, and nothing let in that is not the article."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.errors import SourceError
from sitmon.sources.feeds.feed import Content, Feed, Hints, Item, is_whole_address, web_address
from sitmon.sources.feeds.parsing import parse_feed

ADDRESS = "https://demo.example/news/feed.xml"
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'


def parsed(document: str | bytes, content_type: str | None = None) -> Feed:
    data = document.encode() if isinstance(document, str) else document
    return parse_feed(data, content_type=content_type, address=ADDRESS)


def item(within: str) -> Item:
    """Read the one item of an RSS feed."""
    [found] = parsed(f'<rss version="2.0"><channel><item>{within}</item></channel></rss>').items
    return found


def entry(within: str) -> Item:
    """Read the one entry of an Atom feed."""
    [found] = parsed(f"<feed {ATOM}><entry>{within}</entry></feed>").items
    return found


def test_rdf_has_its_items_beside_the_channel_and_their_identity_in_an_attribute() -> None:
    feed = parsed(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        '<channel rdf:about="x"><title>DEMO</title><sy:updatePeriod>daily</sy:updatePeriod>'
        "<sy:updateFrequency>4</sy:updateFrequency></channel>"
        '<item rdf:about="https://demo.example/1"><title>Rain</title><link>https://demo.example/1</link>'
        "<dc:date>2024-12-08T14:30:00Z</dc:date><dc:description>It rained.</dc:description></item></rdf:RDF>"
    )
    [found] = feed.items
    assert (feed.title, feed.hints) == ("DEMO", Hints(minutes=360))
    assert (found.guid, found.title, found.text) == ("https://demo.example/1", "Rain", "It rained.")
    assert found.published_at is not None


def test_the_oldest_rss_has_a_harmless_doctype_and_characters_by_name() -> None:
    feed = parsed(
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "rss-0.91.dtd">'
        '<rss version="0.91"><channel><title>Caf&eacute;</title>'
        "<item><title>Z&uuml;rich &amp; Homs</title></item></channel></rss>"
    )
    assert (feed.title, feed.items[0].title) == ("Café", "Zürich & Homs")


def test_links_are_relative_to_what_the_feed_says() -> None:
    feed = parsed(
        f'<feed {ATOM} xml:base="https://demo.example/a/"><entry xml:base="b/"><link href="c"/></entry>'
        '<entry><link rel="enclosure" href="x.mp3"/><link rel="alternate" href="/d"/></entry></feed>'
    )
    assert [one.link for one in feed.items] == ["https://demo.example/a/b/c", "https://demo.example/d"]


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("desk@demo.example (A. Writer)", "A. Writer"),
        ("A. Writer &lt;desk@demo.example&gt;", "A. Writer"),
        ("A. Writer", "A. Writer"),
        ("desk@demo.example", "desk@demo.example"),
        ("A. Writer (Alfa City)", "A. Writer (Alfa City)"),
    ],
)
def test_an_author_is_named_without_the_address(written: str, author: str) -> None:
    assert item(f"<author>{written}</author>").author == author


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@demo.example", "http://[x"])
def test_a_link_that_leads_to_no_page_is_none(link: str) -> None:
    assert item(f"<link>{link}</link><title>Rain</title>").link is None


@pytest.mark.parametrize(
    ("base", "link", "found"),
    [
        ("", "/news/1", "/news/1"),
        ("", "javascript:alert(1)", None),
        ("", "//demo.example/1", "//demo.example/1"),
        (ADDRESS, "/news/1", "https://demo.example/news/1"),
        ("ftp://demo.example/", "news", None),
    ],
)
def test_a_link_of_a_feed_without_an_address_stays_as_it_is_written(base: str, link: str, found: str | None) -> None:
    assert web_address(base, link) == found


@given(
    st.text("hps:/a.1-_~?#&=%;,@[]é \n", max_size=12).map("https://a.example/".__add__),
    st.sampled_from(("", ADDRESS, "ftp://x/y")),
)
def test_an_address_that_is_whole_is_what_a_parser_makes_of_it(link: str, base: str) -> None:
    assert not is_whole_address(link) or web_address(base, link) == urljoin(base, link) == link


def test_a_guid_is_the_link_unless_it_says_that_it_is_none() -> None:
    assert item("<guid>https://demo.example/1</guid>").link == "https://demo.example/1"
    assert item('<guid isPermaLink="false">https://demo.example/1</guid>').link is None


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
        ("Assad &amp;amp; co", "Assad & co"),
        ("&lt;b&gt;Rain&lt;/b&gt; in Homs", "Rain in Homs"),
        ("The type List&lt;String&gt;", "The type List<String>"),
        ("<![CDATA[Rain &amp; wind]]>", "Rain & wind"),
        ("  Rain\n in   Homs ", "Rain in Homs"),
        ("المطر في حمص \u200f(تحديث)", "المطر في حمص \u200f(تحديث)"),
    ],
)
def test_a_title_is_what_a_reader_of_the_feed_sees(written: str, title: str) -> None:
    assert item(f"<title>{written}</title>").title == title


def test_plain_text_of_atom_is_not_taken_for_html() -> None:
    found = entry("<title>a &lt;b&gt; c</title><content>1 &lt;i&gt; 2\n\nand 3</content>")
    assert (found.title, found.text) == ("a <b> c", "1 <i> 2\n\nand 3")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ('mode="escaped"', "1 2"),
        ('type="text/html" mode="escaped"', "1 2"),
        ('type="text/plain" mode="escaped"', "1 <i>2</i>"),
        ('type="text/plain"', "1 <i>2</i>"),
    ],
)
def test_atom_0_3_escapes_html_and_says_what_is_plain(kind: str, text: str) -> None:
    entry = f"<entry><title>Rain</title><content {kind}>1 &lt;i&gt;2&lt;/i&gt;</content></entry>"
    [found] = parsed(f'<feed version="0.3" xmlns="http://purl.org/atom/ns#">{entry}</feed>').items
    assert found.text == text


def test_paragraphs_that_are_only_lines_stay_paragraphs() -> None:
    assert item("<description>It rained.\n\nIt &lt;b&gt;poured&lt;/b&gt;.</description>").text == "It rained.\n\nIt poured."


def test_captions_scripts_and_hidden_lines_are_no_text() -> None:
    body = (
        "<p>It rained.</p><script>x()</script><p hidden>Hidden.</p><p style='display: none'>Hidden.</p>"
        "<figure><img src='x'><figcaption>A caption.</figcaption></figure>"
        "<p class='wp-caption-text'>A caption.</p><p>It poured.</p>"
    )
    assert item(f"<description><![CDATA[{body}]]></description>").text == "It rained.\n\nIt poured."


def test_the_fullest_text_counts_and_says_whether_it_is_the_article() -> None:
    content = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    found = item(f"<description>It …</description><content:encoded {content}>It rained in Homs.</content:encoded>")
    assert (found.text, found.content) == ("It rained in Homs.", Content.FULL)
    assert item("<description>It rained in …</description>").content is Content.STUB
    assert item("<description>It rained.</description>").content is Content.STUB
    assert item(f"<description>{'It rained. ' * 200}</description>").content is Content.FULL
    assert item("<title>Rain</title>").content is Content.NONE


def test_what_a_publisher_deleted_is_a_withdrawn_item() -> None:
    feed = parsed(
        f'<feed {ATOM} xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>DEMO</title>'
        '<at:deleted-entry ref="demo-1" when="2024-12-08T14:30:00Z"/><entry><id>demo-2</id></entry></feed>'
    )
    assert [(one.guid, one.is_withdrawn) for one in feed.items] == [("demo-1", True), ("demo-2", False)]


def test_a_date_without_a_zone_is_in_that_of_the_source() -> None:
    data = b"<rss><channel><item><pubDate>Sun, 08 Dec 2024 14:30:00</pubDate></item></channel></rss>"
    [found] = parse_feed(data, content_type=None, address="", zone=ZoneInfo("Asia/Damascus")).items
    assert found.published_at is not None
    assert found.published_at.at == datetime(2024, 12, 8, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize("written", ["yesterday", "2024", "0000-00-00T00:00:00Z", "1970-01-01T00:00:00Z"])
def test_what_is_no_full_date_is_kept_as_written_and_is_none(written: str) -> None:
    found = item(f"<title>Rain</title><pubDate>{written}</pubDate>")
    assert (found.published, found.published_at) == (written, None)


def test_a_feed_says_when_it_wishes_to_be_asked_and_where_older_items_are() -> None:
    feed = parsed(
        '<rss><channel xmlns:a="http://www.w3.org/2005/Atom"><ttl>30</ttl><skipHours><hour>3</hour><hour>24</hour></skipHours>'
        '<skipDays><day>Friday</day></skipDays><a:link rel="next" href="?page=2"/><item/></channel></rss>'
    )
    assert feed.hints == Hints(minutes=30, skip_hours=(3, 0), skip_days=("Friday",))
    assert feed.next_page == "https://demo.example/news/feed.xml?page=2"


@pytest.mark.parametrize(
    ("declared", "encoding"), [("windows-1256", "cp1256"), ("utf-8", "utf-8"), ("iso-8859-1", "utf-8"), ("utf-16", "utf-16")]
)
def test_arabic_is_readable_in_any_encoding_also_a_misdeclared_one(declared: str, encoding: str) -> None:
    document = f'<?xml version="1.0" encoding="{declared}"?><rss><channel><item><title>سقوط دمشق</title></item></channel></rss>'
    assert parsed(document.encode(encoding)).items[0].title == "سقوط دمشق"


@pytest.mark.parametrize(
    "broken",
    [
        "<rss><channel><item><title>Rain & wind</title></item><item><title>Second</title></item></channel></rss>",
        "<rss><channel><item><title>Rain &amp; wind</title></item><item><title>Second</title></item>",
        "<rss><channel><item><title>Rain &amp; wind</title></item><item><title>Second</title></channel></rss>",
        "<rss version=2.0><channel><item><title>Rain &amp; wind</title></item>"
        "<item><title>Second</title></item></channel></rss>",
        "<?xml?xml version='1.0'?><rss:rss><rss:channel><rss:item><rss:title>Rain &amp; wind</rss:title></rss:item>"
        "<rss:item><rss:title>Second</rss:title></rss:item></rss:channel></rss:rss>",
        "<rss><channel><item><title>Rain &amp; wind</title>&#xd800;</item><item><title>Second</title></item></channel></rss>",
    ],
)
def test_a_feed_that_is_not_well_formed_is_mended_and_says_so(broken: str) -> None:
    feed = parsed(broken)
    assert [one.title for one in feed.items] == ["Rain & wind", "Second"]
    assert feed.notes == ("it is not well-formed and was mended",)


@pytest.mark.parametrize("name", ["links", "tags", "authors", "source", "content", "title_detail", "summary_detail"])
def test_an_element_named_as_what_feedparser_makes_of_others_does_no_harm(name: str) -> None:
    word = f"<{name}>Rain</{name}>"
    feed = parsed(f"<rss><channel>{word}<item><title>Rain & wind</title>{word}</item></channel></rss>")
    assert [one.title for one in feed.items] == ["Rain & wind"]


def test_of_a_feed_without_end_the_first_items_are_read() -> None:
    feed = parsed("<rss><channel>" + "<item><title>x</title></item>" * 6000 + "</channel></rss>")
    assert len(feed.items) == 5000
    assert "more than 5,000 items" in feed.notes[0]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("<rss><channel>" + "<item><title>x</title></item>" * 110_000 + "</channel></rss>", "more than 400,000 tags"),
        ("<rss><channel>" + " " * 10_500_000 + "</channel></rss>", "larger than 10 MB"),
        ("<rss><channel><item><description><![CDATA[" + "<b>" * 210_000 + "]]></description></item></channel></rss>", "tags"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [' + "[" * 200_000, "not JSON that can be read"),
        ("<html><head><title>Sign in</title></head></html>", "it is a web page"),
    ],
)
def test_what_would_take_too_long_is_refused_in_a_sentence(document: str, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        parsed(document)


ARABIC = "قال مسؤولون إن المعارضة دخلت مدينة حمص ليلة الأحد"


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("cp1256", "", None),
        ("cp1256", "", "text/xml"),
        ("cp1256", ' encoding="utf-8"', "text/xml; charset=UTF-8"),
        ("cp1256", "", "text/xml; charset=windows-1256"),
        ("cp1256", ' encoding="windows-1256"', "text/xml; charset=utf-8"),
        ("utf-8", ' encoding="iso-8859-1"', "text/xml; charset=iso-8859-1"),
        ("utf-8-sig", ' encoding="iso-8859-1"', None),
    ],
)
def test_letters_are_read_whatever_is_said_of_their_encoding(encoding: str, declared: str, content_type: str | None) -> None:
    document = (
        f'<?xml version="1.0"{declared}?><rss version="2.0"><channel><item><title>{ARABIC}</title></item></channel></rss>'
    )
    assert parsed(document.encode(encoding), content_type).items[0].title == ARABIC


@pytest.mark.parametrize(
    ("document", "is_cut", "is_last_cut"),
    [
        ("<rss><channel><item><title>A</title></item><item><title>B &am", True, True),
        ("<rss><channel><item><title>A</title></item><item><title>B</title></item>", True, False),
        ("<feed><entry><title>A</title></entry><entry><title>B</ti", True, True),
        ("<rss><channel><item><title>A & B</title></item></channel></rss><!-- served -->", False, False),
        ("<rss><channel><item><title>A<item><title>B</channel></rss>", False, False),
    ],
)
def test_a_feed_that_breaks_off_is_known_by_its_missing_end(document: str, is_cut: bool, is_last_cut: bool) -> None:
    feed = parsed(document)
    assert (feed.is_cut, feed.is_last_cut) == (is_cut, is_last_cut)
