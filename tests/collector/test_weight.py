"""What a collector carries about for weeks: nothing that its sources do not need, and no more memory than was promised."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.terminal import resident

from sitmon.collector.places import Places, place_of
from sitmon.store.record import Sighting

_MOST = 80.0  # MiB, with the built-in situation and its 5,300 places
_MAPPED = ("lxml", "pydantic_core", "charset_normalizer")


@pytest.fixture(scope="module")
def collector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    state = tmp_path_factory.mktemp("state")
    words = [sys.executable, "-m", "sitmon", "--state", str(state), "collect", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(10):
            assert '"row"' in process.stdout.readline()
        yield process
        process.terminate()


def test_a_collector_of_texts_has_no_parser_of_pages_and_no_checker_of_configurations(
    collector: subprocess.Popen[str],
) -> None:
    mapped = Path(f"/proc/{collector.pid}/maps").read_text("utf-8")
    assert [library for library in _MAPPED if library in mapped] == []


def test_a_collector_is_as_small_as_was_promised(collector: subprocess.Popen[str]) -> None:
    assert resident(collector.pid) < _MOST


def test_a_file_of_many_lines_weighs_a_quarter_of_a_kilobyte_a_line() -> None:
    # A file of 10 MB may hold 100,000 of them: with a set for each article, and their keys twice, the collector had 180 MB.
    many = 20_000
    tracemalloc.start()
    try:
        places = Places()
        for number in range(many):
            key = f"{number:024d}"
            places.put(Sighting("folder:inbox", place_of(b"articles.jsonl", key.encode()), key, f"article-{number:08d}"))
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(places) == many
    assert held / many < 300


def test_an_article_knows_each_of_its_places_until_the_last_is_gone() -> None:
    places = Places()
    for place in (b"a", b"b", b"c"):
        places.put(Sighting("folder:inbox", place, "f", "one"))
    assert set(places.shown_in("one")) == {b"a", b"b", b"c"}
    for place in (b"a", b"b"):
        places.drop(place)
    assert set(places.shown_in("one")) == {b"c"}
    places.drop(b"c")
    assert not places.shown_in("one")
    assert len(places) == 0


def test_two_lines_of_one_file_that_tell_the_same_are_two_places_of_its_article() -> None:
    places = Places()
    lines = [place_of(b"a.jsonl", key) for key in (b"1", b"2", b"3")]
    for line, article in zip(lines, ("one", "one", None), strict=True):
        places.put(Sighting("folder:inbox", line, "f", article))
    places.put(Sighting("folder:inbox", b"b.txt", "f", "one"))
    assert places.shown_in("one") == places.shown_in("one", besides=lines[0]) == [b"a.jsonl", b"b.txt"]
    assert places.shown_in("one", besides=b"b.txt") == [b"a.jsonl"]
    assert places.get(lines[0]) == Sighting("folder:inbox", lines[0], "", "one")
    assert places.get(lines[2]) == Sighting("folder:inbox", lines[2], "f", None)
    assert places.keys(b"a.jsonl") == {b"1", b"2", b"3"}
    places.drop(lines[0])
    assert places.shown_in("one", besides=lines[1]) == [b"b.txt"]
    places.drop_document(b"a.jsonl")
    # A line that became an article is known should the file come back; one that did not is read anew.
    assert places.keys(b"a.jsonl") == {b"2"}
    places.put(Sighting("folder:inbox", lines[1], "g", "another"))
    assert places.shown_in("one") == [b"b.txt"]
    assert places.missing({b"c.txt"}, ()) == [b"b.txt"]
