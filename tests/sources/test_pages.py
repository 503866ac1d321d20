"""A page gives its article and not what stands around it, whoever wrote or saved it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitmon.errors import ArticleError, SourceError
from sitmon.sources.documents import parts_of
from sitmon.sources.drafts import Draft, Origin
from sitmon.sources.pages import page_text

SAMPLES = Path(__file__).parents[1] / "data" / "documents"
ARABIC = "الرتل يصل إلى الطريق\n\nقال السكان إن الرتل وصل إلى الطريق.\n\nوأضافوا أن الجسر مغلق."


def read(name: str, data: bytes) -> Draft:
    [part] = parts_of(data, name.encode(), Origin("inbox"))
    assert part.draft is not None
    return part.draft


def sample(name: str) -> Draft:
    return read(name, (SAMPLES / name).read_bytes())


def test_a_page_of_a_newsroom_gives_its_article_alone() -> None:
    draft = sample("page.html")
    assert draft.text == (
        "Column reaches the ring road\n\n"
        "A column of the northern force reached the ring road of Alfa City on Sunday, residents said. It was the third in a"
        " week, and the largest that anybody had seen there, they said.\n\n"
        "## What is known\n\n"
        "It counted 14 vehicles & stopped at the bridge, where it stayed until the evening, the governor of the city told"
        " reporters.\n\n"
        "- The bridge is shut to cars and lorries until further notice."
    )


def test_a_page_says_what_it_is_in_its_head() -> None:
    draft = sample("page.html")
    assert (draft.title, draft.outlet, draft.author) == ("Column reaches the ring road", "DEMO News", "Ada Writer")
    assert (draft.language, draft.url) == ("en", "https://demo.example/news/column")
    assert draft.published is not None
    assert draft.published.at == datetime(2024, 12, 8, 14, 30, tzinfo=UTC)
    assert draft.updated_at == datetime(2024, 12, 8, 15, 0, tzinfo=UTC)


def test_what_a_page_says_of_itself_is_read_though_its_json_is_broken_over_lines() -> None:
    said = '{"@type": "NewsArticle", "headline": "Column reaches\nthe ring road", "author": {"name": "Ada\tWriter"}}'
    page = f'<script type="application/ld+json">{said}</script><p>A column reached the ring road, residents said.</p>'
    draft = read("a.html", page.encode())
    assert (draft.title, draft.author) == ("Column reaches the ring road", "Ada Writer")


def test_a_page_that_was_fetched_reads_as_the_saved_one() -> None:
    page = page_text((SAMPLES / "page.html").read_bytes(), address="https://demo.example/news/column")
    assert (page.text, page.title) == (sample("page.html").text, "Column reaches the ring road")


def test_a_page_written_by_hand_is_read_as_a_whole() -> None:
    above = "<h1>Rain</h1><p>It rained, <a href='x'>a resident</a> said.</p>"
    draft = read("rain.html", f"{above}<h2>Roads</h2><p>The ford is deep.<br>The bridge is shut.</p>".encode())
    assert draft.text == "Rain\n\nIt rained, a resident said.\n\n## Roads\n\nThe ford is deep.\nThe bridge is shut."


def test_arabic_in_its_old_encoding_is_read_as_declared() -> None:
    assert sample("arabic-cp1256.html").text == ARABIC
    assert sample("arabic-cp1256.html").language == "ar"


def test_a_page_that_declares_one_encoding_and_is_written_in_utf8_is_not_garbled() -> None:
    written = '<meta charset="iso-8859-1"><p>قال السكان إن الجسر مغلق.</p>'
    assert read("x.html", written.encode()).text == "قال السكان إن الجسر مغلق."


def test_a_page_that_cannot_be_told_apart_is_read_as_a_whole_and_says_so() -> None:
    written = "<nav>Menu</nav>" + "<div>" * 300 + "<p>It rained in Alfa City.</p>"
    draft = read("x.html", written.encode())
    assert "It rained in Alfa City." in draft.text
    assert "cannot be told from what stands around it" in " ".join(draft.notes)
    with pytest.raises(SourceError, match="no article"):
        page_text(written.encode(), address="https://demo.example/")


def test_a_web_archive_gives_the_page_it_was_made_of() -> None:
    archive = (
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://demo.example/rain\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="part"\r\n\r\n--part\r\nContent-Type: text/html\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<h1>Rain</h1><p>It rained in=20Alfa City=\r\n.</p>\r\n"
        b"--part\r\nContent-Type: image/png\r\n\r\nxx\r\n--part--\r\n"
    )
    draft = read("rain.mhtml", archive)
    assert (draft.text, draft.url) == ("Rain\n\nIt rained in Alfa City.", "https://demo.example/rain")


@pytest.mark.parametrize(
    ("name", "written", "sentence"),
    [
        ("x.html", b"", "it is empty"),
        ("x.html", b"<!-- nothing -->", "it is empty"),
        ("x.html", b"<script>var x = 1;</script>", "it is empty"),
        ("x.html", b"<br>" * 200_001, "it has more than 200,000 tags"),
        ("x.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not text"),
        ("x.mhtml", b"<p>It rained.</p>", "it is no mail"),
        ("x.mhtml", b"Content-Type: text/plain\n\nIt rained.", "it is a web archive without a page"),
    ],
)
def test_what_is_no_page_is_refused_in_a_sentence(name: str, written: bytes, sentence: str) -> None:
    with pytest.raises(ArticleError, match=sentence):
        read(name, written)


AROUND = (
    "<html><body><header><a href='/'>DEMO</a></header><nav><a href='/a'>World</a><a href='/b'>Sport</a></nav>",
    "<aside><h3>Most read</h3><a href='/1'>Ten lakes</a></aside><footer>All rights reserved</footer></body></html>",
)


@pytest.mark.parametrize(
    ("within", "text"),
    [
        (
            "<main><h1>Column in Alfa City</h1><p>A column entered on Sunday, residents said.</p></main>",
            "Column in Alfa City\n\nA column entered on Sunday, residents said.",
        ),
        (
            "<article dir='rtl'><header><h1>الجسر</h1></header><p>قال السكان إن الجسر مغلق.</p>"
            "<p>وأضافوا أن المطر مستمر.</p></article>",
            "الجسر\n\nقال السكان إن الجسر مغلق.\n\nوأضافوا أن المطر مستمر.",
        ),
        (
            "<article><h1>Live</h1><div><h2>14:30 Bridge</h2><p>The bridge is shut.</p></div><div><h2>14:10 Column</h2>"
            "<p>A column came.</p></div></article>",
            "Live\n\n## 14:30 Bridge\n\nThe bridge is shut.\n\n## 14:10 Column\n\nA column came.",
        ),
    ],
)
def test_a_short_article_keeps_its_paragraphs_and_nothing_of_the_page_around_it(within: str, text: str) -> None:
    page = page_text(within.join(AROUND).encode(), address="https://demo.example/")
    assert page.text == text
