"""What agencies deliver is read as they mean it: NewsML-G2, NITF and ninjs, with versions, corrections and withdrawals."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitmon.errors import ArticleError
from sitmon.model.article import Notice
from sitmon.sources.documents import parts_of
from sitmon.sources.drafts import Draft, Origin, Part
from sitmon.sources.feeds import saved
from sitmon.sources.feeds.feed import Feed, Item

SAMPLES = Path(__file__).parents[1] / "data" / "documents"
TEXT = (
    "A column of the northern force reached the ring road of Alfa City on Sunday, residents said.\n\n"
    "## What is known\n\n"
    "It counted 14 vehicles & stopped at the bridge."
)


def read(name: str, data: bytes | None = None) -> list[Part]:
    content = (SAMPLES / name).read_bytes() if data is None else data
    return list(parts_of(content, name.encode(), Origin("inbox")))


def drafts(name: str) -> list[Draft]:
    return [part.draft for part in read(name) if part.draft is not None]


def moment(draft: Draft) -> datetime | None:
    return draft.published.at if draft.published else None


def test_a_news_message_holds_several_items_and_its_packages_are_passed_over() -> None:
    found = drafts("message.newsml.xml")
    assert [draft.id for draft in found] == [
        f"urn:newsml:demo-wire.example:20241208:{name}" for name in ("column", "bridge", "plain")
    ]


def test_a_corrected_item_of_newsml_says_so_with_all_its_particulars() -> None:
    draft = drafts("message.newsml.xml")[0]
    assert draft.text == f"Column reaches the ring road of Alfa City\n\nALFA CITY, Dec 8 - {TEXT}"
    assert (draft.title, draft.outlet, draft.author) == ("Column reaches the ring road of Alfa City", "DEMO Wire", "Ada Writer")
    assert (draft.language, draft.notice) == ("en", Notice.CORRECTED)
    assert moment(draft) == draft.updated_at == datetime(2024, 12, 8, 14, 30, tzinfo=UTC)
    assert any("number of vehicles" in note for note in draft.notes)


def test_a_withdrawn_item_without_a_word_is_a_version_that_says_why() -> None:
    draft = drafts("message.newsml.xml")[1]
    assert (draft.notice, draft.text) == (Notice.WITHDRAWN, "Withdrawn: the report could not be stood up.")


def test_plain_arabic_in_newsml_keeps_its_paragraphs() -> None:
    draft = drafts("message.newsml.xml")[2]
    assert draft.text == "الرتل يصل إلى الطريق\n\nقال السكان إن الرتل وصل إلى الطريق.\n\nوأضافوا أن الجسر مغلق."
    assert draft.language == "ar"


def test_nitf_is_read_with_its_dateline_and_without_captions_and_taglines() -> None:
    [draft] = drafts("bridge.nitf.xml")
    assert draft.text == (
        "Bridge of Alfa City is shut\n\nALFA CITY, Dec 8 - The bridge of Alfa City was shut on Sunday, the governor said.\n\n"
        "## The ford\n\nCars cross by the ford.\n\n- It is deep."
    )
    assert (draft.id, draft.outlet, draft.author) == ("demo-bridge-7", "DEMO Wire", "Ada Writer")
    assert moment(draft) == datetime(2024, 12, 8, 14, 30, tzinfo=UTC)
    assert draft.notice is None


def test_ninjs_of_the_first_versions_is_read_from_its_fullest_body() -> None:
    [draft] = drafts("column.ninjs.json")
    assert draft.text == f"Column reaches the ring road of Alfa City\n\nALFA CITY - {TEXT}"
    assert (draft.id, draft.url) == ("https://demo-wire.example/items/column", "https://demo.example/news/column")
    assert (draft.outlet, draft.author, draft.notice) == ("DEMO Wire", "Ada Writer", Notice.CORRECTED)
    assert moment(draft) == datetime(2024, 12, 8, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "is_updated"),
    [
        ({"versioncreated": "2024-12-08T14:30:00Z"}, False),
        ({"firstcreated": "2024-12-08T14:30:00Z", "versioncreated": "2024-12-08T14:30:00Z"}, False),
        ({"firstcreated": "2024-12-07T09:00:00Z", "versioncreated": "2024-12-08T14:30:00Z"}, True),
        ({"firstcreated": "2024-12-07T09:00:00Z", "versioncreated": "2024-12-08T14:30:00Z", "version": "1"}, False),
        ({"firstcreated": "2024-12-08T14:30:00Z", "versioncreated": "2024-12-08T14:30:00Z", "version": "2"}, True),
    ],
)
def test_a_first_version_is_published_and_only_a_later_one_updated(given: dict[str, str], is_updated: bool) -> None:
    [part] = read("a.json", json.dumps({"uri": "urn:1", "headline": "Rain", "body_text": "It rained."} | given).encode())
    assert part.draft is not None
    at = datetime(2024, 12, 8, 14, 30, tzinfo=UTC)
    assert (moment(part.draft), part.draft.updated_at) == (at, at if is_updated else None)


@pytest.mark.parametrize(
    "names",
    [
        '<name xml:lang="ar">وكالة</name><name xml:lang="en-GB">Lake Wire</name>',
        '<name xml:lang="fr">Agence du Lac</name><name>Lake Wire</name>',
        '<name xml:lang="en">Lake Wire</name><name xml:lang="ar">وكالة</name>',
    ],
)
def test_a_party_of_newsml_is_called_by_its_english_name(names: str) -> None:
    sample = (SAMPLES / "message.newsml.xml").read_text("utf-8")
    named = sample.replace('<name xml:lang="en">DEMO Wire</name>', names)
    first = read("a.xml", named.encode())[0].draft
    assert first is not None
    assert first.outlet == "Lake Wire"


def test_ninjs_of_the_later_versions_is_read_from_its_lists() -> None:
    [draft] = drafts("withdrawn.ninjs.json")
    assert (draft.title, draft.outlet) == ("Bridge of Alfa City is shut", "DEMO Wire")
    assert (draft.notice, draft.id) == (Notice.WITHDRAWN, "https://demo-wire.example/items/bridge")


@pytest.mark.parametrize(
    ("status", "notice"),
    [
        ("usable", None),
        ("withheld", Notice.HOLD),
        ("canceled", Notice.WITHDRAWN),
        ("stat:canceled", Notice.WITHDRAWN),
        ("something else", None),
    ],
)
def test_the_publishing_status_decides_what_an_item_does_to_earlier_versions(status: str, notice: Notice | None) -> None:
    written = {"uri": "urn:demo:1", "headline": "H", "body_text": "It rained in Alfa City.", "pubstatus": status}
    [part] = read("x.json", json.dumps(written).encode())
    assert part.draft is not None
    assert part.draft.notice is notice


@pytest.mark.parametrize(
    ("name", "written", "sentence"),
    [
        ("x.xml", "", "it is not well-formed XML"),
        ("x.xml", "<newsItem><a></newsItem>", r"it is not well-formed XML \(.*line 1"),
        ("x.xml", "<invoice/>", r"it is XML of a kind that is not read \(invoice\)"),
        ("x.xml", "<newsMessage/>", "it is a newsMessage without any news item"),
        ("x.xml", "<packageItem/>", "it is a packageItem without any news item"),
        ("x.xml", '<!DOCTYPE nitf [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><nitf>&c;</nitf>', "it declares entities"),
        ("x.xml", "<newsItem guid='a'/>", "it is empty"),
        ("x.xml", "<nitf>" + "<p>" * 400 + "</p>" * 400 + "</nitf>", "it is not well-formed XML"),
        ("x.json", "{", r"it is not JSON \(.*column 2"),
        ("x.json", '{\n"a": }', r"it is not JSON \(.*line 2"),
        ("x.json", "[]", "it is an empty list"),
        ("x.json", "3", "it is not an object"),
        ("x.json", '{"title": "T"}', 'it has no "text"'),
        ("x.json", '{"uri": "urn:demo:1"}', "it is empty"),
        ("x.json", "[" * 100_000, "it is not JSON that can be read"),
    ],
)
def test_a_broken_document_is_refused_in_a_sentence(name: str, written: str, sentence: str) -> None:
    with pytest.raises(ArticleError, match=sentence):
        read(name, written.encode())


def test_a_list_of_objects_is_read_one_by_one_and_a_bad_one_is_said() -> None:
    good, bad, other = read(
        "x.json", b'[{"text": "It rained in Alfa City."}, {"body": 1}, {"uri": "urn:demo:2", "headline": "Rain"}]'
    )
    assert good.draft is not None
    assert (bad.where, bad.fault) == ("item 2", 'it has no "text"')
    assert other.draft is not None
    assert other.draft.id == "urn:demo:2"


def test_an_item_that_evolved_from_another_is_a_version_of_it() -> None:
    written = b'{"uri": "urn:demo:2", "evolvedfrom": "urn:demo:1", "headline": "Rain", "body_text": "It rained."}'
    [part] = read("x.json", written)
    assert part.draft is not None
    assert part.draft.id == "urn:demo:1"


def test_an_embargo_with_an_end_is_said_and_one_without_holds_the_item() -> None:
    written = b'{"uri": "urn:demo:1", "headline": "Rain", "embargoed": "2024-12-09T06:00:00Z"}'
    [part] = read("x.json", written)
    assert part.draft is not None
    assert part.draft.notes == ("under embargo until 2024-12-09T06:00:00Z",)
    item = b"<newsItem><itemMeta><embargoed/></itemMeta><contentMeta><headline>Rain</headline></contentMeta></newsItem>"
    [part] = read("x.xml", item)
    assert part.draft is not None
    assert part.draft.notice is Notice.HOLD


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("before", ["", "<!-- <rss> -->", f"<!-- {'x' * 10_000} -->"])
def test_entities_are_refused_in_any_encoding_and_wherever_they_hide(before: str, encoding: str) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    for begin, end in (("<nitf><body>", "</body></nitf>"), ("<rss><channel><item><title>", "</title></item></channel></rss>")):
        with pytest.raises(ArticleError, match="declares entities"):
            read("x.xml", f"{before}{bomb}{begin}&b;{end}".encode(encoding))
        with pytest.raises(ArticleError, match="declares entities"):
            read("x.xml", f"{before}{bomb}{begin}&b;&".encode(encoding))


def test_an_article_about_entities_is_read() -> None:
    body = "<p>Write <code>&lt;!ENTITY a</code> after &lt;!DOCTYPE.</p><![CDATA[<!DOCTYPE html><p><!ENTITY b>]]>"
    [part] = read("x.xml", f"<nitf><body><body.content>{body}</body.content></body></nitf>".encode())
    assert part.draft is not None
    assert "<!ENTITY a" in part.draft.text


def test_a_line_of_json_lines_may_be_an_agencys_item() -> None:
    [part] = read("x.jsonl", b'{"uri": "urn:demo:1", "headline": "Rain", "body_text": "It rained in Alfa City."}\n')
    assert part.draft is not None
    assert (part.draft.id, part.draft.text) == ("urn:demo:1", "Rain\n\nIt rained in Alfa City.")


def test_a_fault_of_ours_in_one_item_of_a_saved_feed_loses_none_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = saved.draft_of

    def fails_at_rain(item: Item, feed: Feed, origin: Origin) -> Draft:
        if item.title == "Rain":
            raise ZeroDivisionError("a fault of ours")
        return whole(item, feed, origin)

    monkeypatch.setattr(saved, "draft_of", fails_at_rain)
    data = b"<rss><channel><item><title>Rain</title></item><item><title>Wind</title></item></channel></rss>"
    rain, wind = read("x.rss", data)
    assert "a fault in sitmon" in str(rain.fault)
    assert wind.draft is not None


@pytest.mark.parametrize("name", ["message.newsml.xml", "feed.rss", "list.json"])
def test_items_that_are_known_are_not_read_again(name: str) -> None:
    data = {
        "feed.rss": b"<rss><channel><item><title>Rain</title></item><item><title>Wind</title></item></channel></rss>",
        "list.json": b'[{"text": "Rain."}, {"text": "Wind."}]',
    }.get(name) or (SAMPLES / name).read_bytes()
    first = list(parts_of(data, name.encode(), Origin("inbox")))
    known = {part.key for part in first}
    assert len(known) == len(first) > 1
    again = list(parts_of(data, name.encode(), Origin("inbox"), known))
    assert [(part.key, part.draft, part.fault) for part in again] == [(part.key, None, None) for part in first]
