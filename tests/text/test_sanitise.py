"""Outside text cannot command a terminal, and stays readable."""

from __future__ import annotations

import unicodedata

import pytest

from sitmon.text.sanitise import flowing, sanitise

ALL = [chr(code) for code in range(0x110000)]


def test_no_character_of_a_control_category_survives() -> None:
    kept = {each for each in ALL if unicodedata.category(each) in ("Cc", "Cs") and sanitise(each) == each}
    assert kept == set()


@pytest.mark.parametrize("bidi", ["LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"])
def test_every_character_that_turns_the_order_of_a_line_becomes_visible(bidi: str) -> None:
    turning = [each for each in ALL if unicodedata.bidirectional(each) == bidi]
    assert turning
    assert all(sanitise(each).isprintable() for each in turning)


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c"])
def test_direction_marks_become_visible(mark: str) -> None:
    assert sanitise(f"a{mark}b") in ("a⇒b", "a⇐b")


@pytest.mark.parametrize(
    ("outside", "shown"),
    [
        ("\x1b]52;c;ZXZpbA==\x07", "␛]52;c;ZXZpbA==␇"),
        ("\x9b31m", "�31m"),
        ("one\ntwo\tthree", "one␊two␉three"),
        ("\udcff", "�"),
        ("[Reuters] said [/]", "[Reuters] said [/]"),
        ("الغوطة الشرقية", "الغوطة الشرقية"),
        ("עזה", "עזה"),
        ("می‌خواهد", "می‌خواهد"),
        ("e\u0301", "e\u0301"),
        ("=\u0338 R\u0336e\u0335", "=\u0338 R�e�"),
        ("“quoted” — said…", "“quoted” — said…"),
        ("x\U000e0041y", "x�y"),
        ("Reu\u200bters", "Reu¦ters"),
        ("Reu\u200dters", "Reu¦ters"),
        ("Reu\u2060te\ufeffrs\u00ad", "Reu¦te¦rs¦"),
        ("Reu\ufe0fters", "Reu�ters"),
        ("\u3164\u115f\uffa0", "¦¦¦"),
        ("a\ufffe\ufdd0\U0010ffffb", "a���b"),
        ("a\U000e0100\U000e0101", "a��"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("👨\u200d👩 1\ufe0f\u20e3 ❤\ufe0f", "👨\u200d👩 1\ufe0f\u20e3 ❤\ufe0f"),
        ("क्\u200dष", "क्\u200dष"),
        ("\u0628\u064e\u0651 שָׁלוֹם", "\u0628\u064e\u0651 שָׁלוֹם"),
        ("z" + "\u0301" * 9 + "x", "z" + "\u0301" * 8 + "�x"),
    ],
)
def test_each_text_as_it_is_shown(outside: str, shown: str) -> None:
    assert sanitise(outside) == shown


def test_offsets_hold_for_the_sanitised_text() -> None:
    text = "".join(ALL)
    assert len(sanitise(text)) == len(flowing(text)) == len(text)


def test_running_text_has_spaces_for_line_ends_and_tabs() -> None:
    assert flowing("one\r\ntwo\tthree\u2028four\x1b") == "one  two three four␛"


def test_what_was_made_fit_stays_as_it_is() -> None:
    text = "".join(ALL)
    assert sanitise(sanitise(text)) == sanitise(text)


def test_marks_that_are_heaped_on_one_letter_do_not_reach_other_lines() -> None:
    heap = "".join(chr(0x0300 + number % 0x4F) for number in range(400))
    shown = flowing(f"z{heap}x")
    assert len(shown) == 402
    assert sum(map(bool, map(unicodedata.combining, shown))) <= 8


def test_what_has_no_look_is_shown_however_it_is_mixed() -> None:
    assert set(flowing("a" + "\u200b\u200d\u2060\u200c" * 1000 + "b")) == {"a", "¦", "b"}
