"""Languages are folders of word lists; a text is read with the lexicon of its letters."""

from __future__ import annotations

import pytest

from sitmon.extraction.words.lexicon import language_of, languages, lexicon_of
from sitmon.extraction.words.phrases import Phrases


def test_english_comes_first_and_arabic_is_there() -> None:
    assert languages()[0] == "en"
    assert "ar" in languages()


@pytest.mark.parametrize("language", [None, "", "xx", "../en"])
def test_an_unknown_language_is_read_as_english(language: str | None) -> None:
    assert lexicon_of(language).language == "en"


def test_a_lexicon_is_loaded_once() -> None:
    assert lexicon_of("ar") is lexicon_of("ar")


def test_a_section_that_a_language_lacks_is_english_s() -> None:
    assert lexicon_of("ar").section("language")["name"] != lexicon_of("en").section("language")["name"]
    with pytest.raises(KeyError):
        lexicon_of("ar").section("no such file")


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("Rebels took the base.", None, "en"),
        ("Rebels took the base.", "ar", "en"),
        ("سيطرت الفصائل على القاعدة.", None, "ar"),
        ("سيطرت الفصائل على القاعدة.", "en", "ar"),
        ("قال متحدث باسم HTS إن القوات دخلت المدينة", "en", "ar"),
        ("The word النصر means victory in Arabic", "ar", "en"),
        ("2024", "ar", "ar"),
        ("", None, "en"),
    ],
)
def test_a_sentence_is_read_in_the_language_of_its_letters(text: str, hint: str | None, language: str) -> None:
    assert language_of(text, hint) == language


def test_of_equal_phrases_the_first_added_counts_whatever_others_share_their_words() -> None:
    phrases = Phrases({"capture": "captures captured"}, {})
    phrases.add(["market captured"], "other", "shares a word")
    phrases.add(["capture~"], "event", "first")
    phrases.add(["captured"], "event", "second")
    assert [mark.value for mark in phrases.marks_in(["captured"])["event"]] == ["first"]
    assert [mark.value for mark in phrases.marks_in(["captured", "market"])["event"]] == ["first"]
