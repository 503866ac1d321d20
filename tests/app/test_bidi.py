"""Right-to-left letters on terminals that do not reorder: seen as a reader of the script expects, cell by cell."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len

from sitmon.app.bidi import leans_right_to_left, seen, shaped
from sitmon.app.display import as_seen, span, width_of
from sitmon.app.glyphs import UNICODE
from sitmon.app.looks import looks_for_here
from sitmon.app.views.citation import citation
from sitmon.app.views.quotes import quote_lines
from tests.app.boards import ARABIC, recorded


def text(said: str, *, rtl: bool) -> str:
    return "".join(part for part, _ in seen([(said, "quote")], is_right_to_left=rtl))


# Hebrew letters stand for themselves (they have no shapes): writing order, direction of the line, what is seen left to right.
ORDERS = [
    ("אבג", True, "גבא"),
    ("אבג דהו", True, "והד גבא"),
    ("abc אבג", False, "abc גבא"),
    ("אבג abc", True, "abc גבא"),
    ("אבג abc def דהו", True, "והד abc def גבא"),
    ("אבג 123 דהו", True, "והד 123 גבא"),
    ("אבג 12,5% דהו", True, "והד 12,5% גבא"),
    ("abc אבג 123 def", False, "abc 123 גבא def"),
    ("אבג (דהו) זח", True, "חז (והד) גבא"),
    ("אבג.", True, ".גבא"),
    ("אבג.", False, "גבא."),
    ("«אבג» abc", True, "abc «גבא»"),
    ("a אבג, דהו b", False, "a והד ,גבא b"),
    ("אבג …", True, "… גבא"),
    ("אבג  ", True, "  גבא"),
    ("abc", True, "abc"),
    ("", True, ""),
    ("אבג 10-20", True, "10-20 גבא"),
]


@pytest.mark.parametrize(("written", "rtl", "expected"), ORDERS)
def test_the_order_is_that_of_the_unicode_bidirectional_algorithm(written: str, rtl: bool, expected: str) -> None:
    assert text(written, rtl=rtl) == expected


def test_figures_after_arabic_letters_keep_their_own_order() -> None:
    assert text("عام 2024/11", rtl=True).startswith("2024/11 ")
    assert text("٢٥٪ من", rtl=True).endswith("٪٢٥") or "٢٥" in text("٢٥٪ من", rtl=True)


@pytest.mark.parametrize(
    ("written", "shapes"),
    [
        ("بيت", "ﺑﻴﺖ"),
        ("دار", "ﺩﺍﺭ"),
        ("سلام", "ﺳﻼﻡ"),
        ("لا", "ﻻ"),
        ("الأحد", "ﺍﻷﺣﺪ"),
        ("مُدُن", "ﻣُﺪُﻥ"),
        ("پژوهش", "ﭘﮋﻭﻫﺶ"),
        ("abc", "abc"),
        ("ب", "ﺏ"),
        ("بـ", "ﺑـ"),
    ],
)
def test_arabic_letters_take_the_shapes_they_have_beside_their_neighbours(written: str, shapes: str) -> None:
    assert "".join(part for part, _ in shaped([(written, "x")])) == shapes


def test_a_word_keeps_its_shapes_where_the_look_changes_within_it() -> None:
    assert [part for part, _ in shaped([("بي", "x"), ("ت", "y")])] == ["ﺑ", "ﻴ", "ﺖ"]


def clusters(written: str) -> list[str]:
    """Return the letters of a text, each with the marks on it, as letters without a shape of their own."""
    found: list[str] = []
    for letter in unicodedata.normalize("NFKD", written):
        if found and unicodedata.combining(letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


@pytest.mark.parametrize("written", ["شَدَّة", "مُحَمَّد", "بَت", "مُدُنٌ كَبِيرَةٌ", "עִבְרִית", "לָךְ", "قُلْ abc"])
def test_each_letter_keeps_its_own_marks(written: str) -> None:
    assert sorted(clusters(text(written, rtl=True))) == sorted(clusters(written))


def test_a_mark_of_another_look_stays_with_its_letter() -> None:
    assert seen([("ب", "x"), ("َ", "y"), ("ت", "y")], is_right_to_left=True) == [("ﺖ", "y"), ("ﺑَ", "x")]


def test_nothing_is_lost_and_no_line_grows(tmp_path: Path) -> None:
    for said in (ARABIC.quote, "قال Reuters إن 45% من (المدينة) مغلقة.", "مُدُنٌ كَبِيرَةٌ"):
        line = (span("│ ", "dim"), span(said, "quote"), span(" …", "dim"))
        order = as_seen(line)
        assert width_of(order) <= width_of(line)
        assert order[0] == line[0]
        letters = unicodedata.normalize("NFKD", "".join(part.text for part in order))
        assert sorted(letters) == sorted(unicodedata.normalize("NFKD", "".join(part.text for part in line)))
        assert {part.role for part in order} == {part.role for part in line}


def test_a_line_that_begins_in_latin_keeps_its_order_around_an_arabic_name() -> None:
    line = (
        span("• ", "dim"),
        span("REPORTED", "modality"),
        span(" ", "text"),
        span("مصادر محلية", "source"),
        span(" B2", "grade"),
    )
    assert [part.role for part in as_seen(line)] == ["dim", "modality", "text", "source", "grade"]


def test_the_desk_orders_only_where_that_is_wanted_and_what_is_copied_stays_as_written() -> None:
    (line, *_) = quote_lines(ARABIC, 90, 3, UNICODE)
    terminal, own = looks_for_here("dark"), looks_for_here("dark", bidi="desk")
    assert ARABIC.quote[:20] in terminal.paint(line, 92).text
    painted = own.paint(line, 92)
    assert ARABIC.quote[:20] not in painted.text
    assert painted.text.startswith("│ ")
    assert painted.cell_length == 92
    assert citation(ARABIC).splitlines()[0] == f"“{ARABIC.quote}”"


def test_a_line_leans_the_way_of_most_of_its_letters_and_hostile_marks_are_only_signs() -> None:
    assert leans_right_to_left("Reuters: أعلنت فرق الإنقاذ إجلاء السكان")
    assert not leans_right_to_left("The word سد means dam.")
    (line, *_) = quote_lines(recorded(9, "سد \u202eevil\u2066 " * 3), 60, 3, UNICODE)
    assert not any(unicodedata.category(letter) == "Cf" for letter in looks_for_here("dark", bidi="desk").paint(line, 60).text)


@pytest.mark.parametrize("said", ["مُدُنٌ", "لا", "السلام عليكم", "شَدَّة", "עִבְרִית"])
def test_a_letter_with_its_marks_takes_the_cells_of_the_letter(said: str) -> None:
    bare = "".join(letter for letter in said if not unicodedata.combining(letter))
    assert cell_len(said) == cell_len(bare) == len(bare)


@pytest.mark.parametrize("alone", ["؟", "،", "\u064b", "٪", "؛ ،", "\u05be"])
def test_a_sign_without_any_letter_is_a_line_too(alone: str) -> None:
    line = (span("  "), span(alone, "quote"))
    assert width_of(as_seen(line)) == width_of(line)
    assert "".join(part.text for part in as_seen(line)).strip()
