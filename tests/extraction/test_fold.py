"""Folding makes spellings of one name equal, and every folded word knows where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.text.fold import fold, forms_of, words_of

ALPHABET = "aZéßİ ’'ʿ-.,s\u0301\u064b\u0640اأإآىيةهوبلكفد٣😀\u200f\r\n\t\x00"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Daraa", "DARAA"),
        ("Dar’a", "Dar'a"),
        ("Dar`a", "Darʿa"),
        ("Al-Ḩasakah", "al hasakah"),
        ("U.S. officials", "US officials"),
        ("Syria’s capital", "Syria capital"),
        ("İstanbul", "istanbul"),
        ("Straße", "STRASSE"),
        ("حِمْص", "حمص"),
        ("إدلب", "ادلب"),
        ("الرقة", "الرقه"),
        ("الســويداء", "السويدا"),
        ("حلبى", "حلبي"),
        ("ﻻ", "لا"),
    ],
)
def test_spellings_of_one_name_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Homs", "Hama"), ("Daraa", "Dara"), ("حلب", "حمص"), ("Hama", "Hamas")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("syrias", "syria"),
        ("homs", "homs"),
        ("بدمشق", "دمشق"),
        ("وبدمشق", "دمشق"),
        ("فلحلب", "حلب"),
        ("للحسكه", "الحسكه"),
        ("وبالغوطه", "الغوطه"),
        ("الغوطه", "غوطه"),
        ("بحي", "حي"),
        ("وتل", "تل"),
    ],
)
def test_a_word_is_also_known_without_its_possessive_its_clitics_and_its_article(word: str, form: str) -> None:
    assert form in forms_of(word)


@pytest.mark.parametrize(("word", "form"), [("us", "u"), ("gas", "ga"), ("لله", "ه"), ("ولكنهم", "نهم")])
def test_what_is_left_of_a_word_is_never_too_short_nor_cut_too_deep(word: str, form: str) -> None:
    assert form not in forms_of(word)


def test_the_word_as_written_comes_first() -> None:
    assert forms_of("وادي")[0] == "وادي"
    assert forms_of("homs")[0] == "homs"


def test_hyphens_part_words_and_apostrophes_do_not() -> None:
    assert [word.key for word in words_of("rebel-held Ma’arrat al-Nu'man")] == ["rebel", "held", "maarrat", "al", "numan"]


@given(st.one_of(st.text(st.one_of(st.characters(), st.sampled_from(ALPHABET))), st.text("aZbU.S'`-,_9 \n\t\x1f")))
def test_a_text_folds_as_its_words_do_one_by_one(text: str) -> None:
    assert fold(text).split(" ") == ([word.key for word in words_of(text) if word.key] or [""])


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(ALPHABET))))
def test_words_stand_where_they_say_in_order_and_fold_alone_as_in_the_text(text: str) -> None:
    end = 0
    for word in words_of(text):
        assert end <= word.start < word.end <= len(text)
        end = word.end
        assert fold(text[word.start : word.end]).replace(" ", "") == word.key.replace(" ", "")
    assert not any(character.isalnum() for character in text[end:])


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
