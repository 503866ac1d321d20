"""Bytes to text: whatever an editor saved is read as it was meant, or refused in words."""

import random
from contextlib import suppress

import pytest

from sitmon.errors import ArticleError
from sitmon.sources.decoding import Decoded, cleaned, decode
from tests.sources.storable import can_be_written

ARABIC = "قال متحدث إن السد صامد، وإن ١٢ أسرة غادرت القرية."
ENGLISH = "The engineers’ report – “the dam holds” – came at noon."
RUSSIAN = "Представитель заявил, что плотина держится."
TURKISH = "Baraj sağlam, diyor mühendisler; köy boşaltıldı."
FRENCH = "Le barrage tient, a déclaré l’ingénieur à midi."


@pytest.mark.parametrize("text", [ARABIC, ENGLISH, RUSSIAN, TURKISH, FRENCH, "plain"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf_8_and_what_bears_a_byte_order_mark_needs_no_note(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, ())


@pytest.mark.parametrize("text", [ARABIC, ENGLISH, RUSSIAN, "plain text\r\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised_and_said(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, ("it does not say its encoding and was read as UTF-16",))


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (ARABIC.replace("١٢", "12"), "cp1256", "windows-1256"),
        ("حمص: مطر", "cp1256", "windows-1256"),
        ("السد", "cp1256", "windows-1256"),
        ("Homs حمص", "cp1256", "windows-1256"),
        ("قُتل شخصان على الأقل", "cp1256", "windows-1256"),
        ("«لا تعليق» – مصدر", "cp1256", "windows-1256"),
        ("قال متحدث إن السد صامد", "iso8859-6", "ISO 8859-6"),
        (ENGLISH, "cp1252", "windows-1252"),
        ("It’s", "cp1252", "windows-1252"),
        ("café", "cp1252", "windows-1252"),
        ("a naïve £5", "cp1252", "windows-1252"),
        (FRENCH, "cp1252", "windows-1252"),
        (TURKISH, "cp1254", "windows-1254"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        ("żółta łódź", "cp1250", "windows-1250"),
    ],
)
def test_an_encoding_of_one_byte_is_told_by_its_letters_however_short_the_text(text: str, encoding: str, name: str) -> None:
    assert decode(text.encode(encoding)) == (text, (f"it does not say its encoding and was read as {name}",))


def test_a_declared_encoding_counts_and_an_unknown_or_dangerous_one_does_not() -> None:
    data = "ÇáÓÏ".encode("cp1252")
    assert decode(data, "ISO-8859-1").text != "ÇáÓÏ"  # latin-1 is in no list: detection decides, as browsers do
    assert decode(data, "windows-1252") == ("ÇáÓÏ", ())
    assert decode(data, "windows-1256") == ("السد", ())
    for declared in ("no-such-thing", "unicode_escape", "utf-7", "zlib", "a\0b", ""):
        assert decode(b"\\u0041 plain", declared).text == "\\u0041 plain"


def test_a_few_bad_bytes_in_utf_8_are_replaced_and_said() -> None:
    data = ARABIC.encode() + b"\xff" + ARABIC.encode()
    assert decode(data) == (f"{ARABIC}\ufffd{ARABIC}", ("bytes that are not UTF-8 (1) were replaced by \ufffd",))


def test_a_letter_in_two_halves_is_one_and_a_half_is_none() -> None:
    assert cleaned("a \ud83d\udea2 b") == Decoded("a \U0001f6a2 b")
    assert cleaned("\udea2\ud83d").text == "\ufffd\ufffd"


def test_a_nul_in_a_text_is_replaced_and_said() -> None:
    assert decode(b"the dam\0 holds") == (
        "the dam\ufffd holds",
        ("characters that no text may hold (1) were replaced by \ufffd",),
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 \xe2\xe3", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (bytes(range(256)) * 4, "binary"),
        (b"\0" * 500, "binary"),
        (b"\x01\x02\x03\x04" * 50, "binary"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(ArticleError, match=words):
        decode(data)


def test_random_bytes_become_a_text_that_can_be_written_or_a_sentence() -> None:
    chance = random.Random(5)
    for length in (1, 2, 3, 7, 100, 5000):
        for _ in range(20):
            with suppress(ArticleError):
                assert can_be_written(decode(chance.randbytes(length)).text)


@pytest.mark.parametrize(
    "text", ["Rebels “took” the town — said the army… é", "Café: the rebels shelled é", "قصف المتمردون البلدة اليوم"]
)
def test_a_document_cut_within_a_letter_stays_what_it_was(text: str) -> None:
    decoded = decode(text.encode()[:-1])
    assert decoded.text == text[:-1] + "�"
    assert "not UTF-8" in decoded.notes[0]


@pytest.mark.parametrize("text", ["\x01\x1e\x02Rebels shelled the town.\x03\x04", "Rebels \x07\x07\x07 shelled “the town”."])
def test_the_control_characters_of_a_wire_do_not_make_it_binary(text: str) -> None:
    assert decode(text.encode()).text == text


def test_a_byte_that_fits_nothing_costs_only_itself() -> None:
    decoded = decode(b"Rebels shelled the town of Northtown on Sunday, said the army in a statement. \x81\n")
    assert decoded.text.startswith("Rebels shelled the town of Northtown on Sunday, said the army in a statement. ")
