"""Whatever bytes lie in the folder: an article that can be stored, or one sentence; never anything else, and never for long."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sitmon.text.dates import date_in, moment_in_words
from tests.sources.storable import articles_in, can_be_stored

NAMES = some.sampled_from([b"a.txt", b"a.md", b"a.jsonl"])
HARD = some.text(
    alphabet=some.sampled_from("ab \n\r\t:-#*_=>.,[]{}()'\"\\/|&!؟د٣0129\x00\x1b\ud800\u202e\ufeff\u2028é€—“"), max_size=200
)
# Not one in a thousand texts of any letters holds a date.
WRITTEN = (
    "2024-12-08",
    "8 December 2024",
    "Dec. 31, 2024, 12:30 GMT",
    "٨ ديسمبر ٢٠٢٤",
    "081430ZDEC24",
    "08/12/2024",
    "31.02.2024",
)
DATES = some.lists(HARD | some.sampled_from(WRITTEN) | some.sampled_from(WRITTEN).map(str.lower), max_size=4).map("".join)
FIELDS = (
    "id",
    "title",
    "text",
    "outlet",
    "url",
    "author",
    "language",
    "published_at",
    "updated_at",
    "first_seen_at",
    "notice",
    "odd",
)
VALUES = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats()
    | HARD
    | some.sampled_from(["2024-12-08", "8 December 2024"]),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(HARD, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(some.binary(max_size=300), NAMES)
def test_any_bytes(data: bytes, name: bytes) -> None:
    assert all(map(can_be_stored, articles_in(data, name)))


@settings(max_examples=300, deadline=None)
@given(HARD, NAMES, some.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1256", "cp1252"]))
def test_any_text(text: str, name: bytes, encoding: str) -> None:
    assert all(map(can_be_stored, articles_in(text.encode(encoding, "replace"), name)))


@settings(max_examples=300, deadline=None)
@given(HARD, HARD)
def test_any_front_matter(front: str, text: str) -> None:
    assert all(map(can_be_stored, articles_in(f"---\n{front}\n---\n{text}".encode("utf-8", "replace"), b"a.md")))


@settings(max_examples=300, deadline=None)
@given(some.dictionaries(some.sampled_from(FIELDS), VALUES))
def test_any_article_object(fields: dict[str, object]) -> None:
    assert all(map(can_be_stored, articles_in(json.dumps(fields).encode(), b"a.jsonl")))


@settings(max_examples=300, deadline=None)
@given(DATES)
def test_any_date(text: str) -> None:
    dated, moment = date_in(text), moment_in_words(text)
    assert dated is None or 0 <= dated.start < dated.end <= len(text)
    assert moment is None or moment.at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "piece",
    ["8 ", "8 December ", "\n", " \n", ":", "# ", "Published: ", "Follow ", "12:", "--- ", "a", "\u00e9", "١", "{", "["],
)
def test_long_texts_of_one_piece_take_linear_time(piece: str) -> None:
    began = time.monotonic()
    data = (piece * (2_000_000 // len(piece))).encode()
    for name in (b"a.txt", b"a.md", b"a.jsonl"):
        assert all(map(can_be_stored, articles_in(data, name)))
    assert all(map(can_be_stored, articles_in(b"---\n" + data[:16_000] + b"\n---\ntext", b"a.md")))
    assert time.monotonic() - began < 10
