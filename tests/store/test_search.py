"""Search over everything ever seen: in English and Arabic, by words and phrases, newest first, quoting verbatim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from sitmon.errors import StoreError
from sitmon.model.claim import Reading
from sitmon.store.kept import KeptRecord
from sitmon.store.record import Filing
from tests.store.making import article, at, filing, reading
from tests.store.places import Folder

TEXTS = {
    "homs": "Rebels said on Friday they had reached the bridge at Homs.",
    "daraa": "Dar’a province: U.S. officials confirm the capture of a base.",
    "sao": "São Tomé sent aid; the coöperation continues.",
    "ghouta": "دخلت الفصائل الغوطة الشرقية وبدمشق سُمع إطلاق نار.",
    "hama": "قصفت الطائرات مدينة حماة صباح اليوم.",
}


@pytest.fixture
def library(record: KeptRecord) -> KeptRecord:
    record.file([filing(article(text, n, id=id)) for n, (id, text) in enumerate(TEXTS.items())])
    return record


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("bridge", {"homs"}),
        ("BRIDGE homs", {"homs"}),
        ("bridge daraa", set()),
        ("daraa", set()),
        ("dara", {"daraa"}),
        ("Dar'a", {"daraa"}),
        ("US", {"daraa"}),
        ("u.s.", {"daraa"}),
        ("sao tome", {"sao"}),
        ("cooperation", {"sao"}),
        ('"bridge at homs"', {"homs"}),
        ('"homs bridge"', set()),
        ('"bridge at', {"homs"}),
        ("bri*", {"homs"}),
        ("bri", set()),
        ('"said on fri', set()),
        ("الغوطة", {"ghouta"}),
        ("الغوطه", {"ghouta"}),
        ("غوطة", {"ghouta"}),
        ("دمشق", {"ghouta"}),
        ("سمع", {"ghouta"}),
        ("حماه", {"hama"}),
        ("مدينة حماة", {"hama"}),
        ("AND OR NOT", set()),
        ("bridge) OR (base", set()),
        ("title : homs", set()),
        ("homs ' ; -- *", {"homs"}),
    ],
)
def test_words_find_what_holds_them_all(library: KeptRecord, query: str, found: set[str]) -> None:
    assert {hit.article.id for hit in library.search(query)} == found


@pytest.mark.parametrize("query", ["", "   ", '"', "* - ' \"", "،؟"])
def test_a_query_without_a_word_is_refused_in_words(library: KeptRecord, query: str) -> None:
    with pytest.raises(StoreError, match="holds no word"):
        library.search(query)


@pytest.mark.parametrize(
    "text", ["The ARMY\0of a_city CITY-hall\x7f9km", "The army’s of “a” city.\nCity hall\r9km\x1cU.S.\nplain"]
)
def test_words_are_found_whatever_stands_between_them(record: KeptRecord, text: str) -> None:
    record.file([filing(article(text))])
    for query in ("army", "of a city city hall", '"of a city city hall 9km"', "9km", "the"):
        assert [hit.article.id for hit in record.search(query)] == ["a"]


def test_the_newest_comes_first_by_the_articles_own_date_and_every_version_is_found(record: KeptRecord) -> None:
    record.file([filing(article("Old bridge.", 0, id="a"))])
    record.file([filing(article("Old bridge, corrected.", 10, id="a"))])
    record.file([filing(replace(article("Archive bridge.", 20, id="b"), published_at=at(-600)))])
    record.file([filing(replace(article("Future bridge.", 5, id="c"), published_at=at(99_999)))])
    hits = record.search("bridge")
    assert [(hit.article.id, hit.article.version) for hit in hits] == [("a", 2), ("c", 1), ("a", 1), ("b", 1)]
    assert [hit.article.id for hit in record.search("bridge", limit=1)] == ["a"]


def test_an_excerpt_is_a_verbatim_stretch_around_the_match(record: KeptRecord) -> None:
    text = "Lead paragraph. " * 200 + "Then the “Dar’a” base fell, officials said. " + "Tail words follow. " * 200
    record.file([filing(article(text), reading(""))])
    (hit,) = record.search("dara base")
    assert hit.article.text == ""
    assert hit.excerpt.startswith("…")
    assert hit.excerpt.endswith("…")
    assert "“Dar’a” base fell" in hit.excerpt
    assert hit.excerpt.strip("…") in text
    assert len(hit.excerpt) < 260


def test_an_excerpt_of_a_word_without_end_is_still_short(record: KeptRecord) -> None:
    record.file([filing(article("bridge " + "x" * 5000), reading(""))])
    (hit,) = record.search("bridge")
    assert len(hit.excerpt) < 260


def test_a_title_that_is_not_in_the_text_is_found(record: KeptRecord) -> None:
    record.file([filing(replace(article("Body."), title="Qalamoun front"))])
    assert [hit.article.title for hit in record.search("qalamoun")] == ["Qalamoun front"]


def test_the_words_of_a_batch_reach_sqlites_index_in_one_piece(tmp_path: Path) -> None:
    place = Folder(tmp_path)
    record = place.writer()
    record.begin_reading("reading one", at(0))
    record.file([_under_a_heading_of_its_own(number) for number in range(100)])
    record.close()
    connection = apsw.Connection(str(place.path), flags=apsw.SQLITE_OPEN_READONLY)
    assert connection.execute("SELECT count(DISTINCT segid) FROM search_idx").get == 1
    connection.close()


def _under_a_heading_of_its_own(number: int) -> Filing:
    text = f"Bridge {number} fell."
    [report] = reading(text).reports
    return filing(article(text, id=str(number)), Reading((replace(report, section=f"Heading {number}"),)))
