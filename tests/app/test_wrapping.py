"""Text is broken at words, by cells, and never inside a letter."""

from __future__ import annotations

from functools import partial

import pytest
from rich.cells import cell_len

from sitmon.app.wrapping import cut, excerpt, is_right_to_left, wrap
from tests.effort import effort

FAMILY = "👨‍👩‍👧"


def lines(text: str, width: int, most: int | None = None) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width, most)]


@pytest.mark.parametrize(
    ("text", "width", "broken"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("one  two", 3, ["one", "two"]),
        ("onetwothree", 4, ["onet", "woth", "ree"]),
        ("a “quoted” word", 10, ["a “quoted”", "word"]),
        ("中中中中", 5, ["中中", "中中"]),
        ("中", 1, ["中"]),
        ("دمشق حمص", 4, ["دمشق", "حمص"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        (f"{FAMILY}{FAMILY}", 3, [FAMILY, FAMILY]),
        ("", 10, []),
        ("word ", 10, ["word"]),
    ],
)
def test_lines_end_at_words_and_whole_letters(text: str, width: int, broken: list[str]) -> None:
    assert lines(text, width) == broken


@pytest.mark.parametrize("width", [1, 2, 7, 20, 38, 79])
@pytest.mark.parametrize(
    "text",
    [
        "In recent days — it “said” — nothing’s been heard…",
        "سيطرت الفصائل على المدينة يوم الأحد",
        f"a{FAMILY}b 中文 é\u0301 ❤️ x" * 5,
    ],
)
def test_no_line_is_wider_than_asked_and_no_word_is_lost(text: str, width: int) -> None:
    broken = lines(text, width)
    assert all(cell_len(line) <= max(width, 2) for line in broken)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")


def test_the_work_is_bounded_by_what_is_shown() -> None:
    texts = ("word " * 2_000_000, "x" + "\u0301" * 5_000_000, "\u200d" * 5_000_000, "x" * 5_000_000, " " * 5_000_000)
    for text in texts:
        assert effort(partial(wrap, text, 40, 5)) < 0.5


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("fits", 4, "fits"),
        ("Reports suggest that rebels", 20, "Reports suggest …"),
        ("abcdefghij", 6, "abcde…"),
        ("abcdef", 2, "…"),
        ("abcdef", 0, ""),
    ],
)
def test_a_text_is_cut_at_the_word_with_a_sign(text: str, width: int, shown: str) -> None:
    assert cut(text, width, "…") == shown


@pytest.mark.parametrize(
    ("focus", "most", "shown", "before", "after"),
    [
        ("alpha beta", 9, "alpha beta gamma delta epsilon zeta", False, False),
        ("alpha beta", 2, "alpha beta gamma delta", False, True),
        ("epsilon zeta", 2, "epsilon zeta", True, False),
        ("zeta", 1, "zeta", True, False),
        ("gamma delta epsilon zeta", 1, "gamma", True, True),
    ],
)
def test_a_long_sentence_is_shown_from_its_claim_on(focus: str, most: int, shown: str, before: bool, after: bool) -> None:
    text = "alpha beta gamma delta epsilon zeta"
    start = text.index(focus)
    found = excerpt(text, (start, start + len(focus)), 13, most, 2)
    assert " ".join(text[start:end] for start, end in found.lines) == shown
    assert (found.before, found.after) == (before, after)


def test_as_much_is_shown_before_the_claim_as_there_is_room_for() -> None:
    text = "alpha beta gamma delta epsilon zeta"
    found = excerpt(text, (text.index("epsilon"), len(text)), 16, 2, 2)
    assert [text[start:end] for start, end in found.lines] == ["gamma delta", "epsilon zeta"]


def test_no_half_of_another_clause_stands_before_the_claim() -> None:
    text = "The council denied that the bridge had been lost, and called such reports rumours"
    found = excerpt(text, (text.index("such"), len(text)), 50, 1, 2)
    assert [text[start:end] for start, end in found.lines] == ["and called such reports rumours"]
    assert found.before


def test_hebrew_and_arabic_are_written_from_right_to_left() -> None:
    assert is_right_to_left("The word دمشق here")
    assert is_right_to_left("עזה")
    assert not is_right_to_left("Damascus — “capital”")
