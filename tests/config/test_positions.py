"""Where a key stands in a TOML text is told for every way TOML lets people write it."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.config.positions import KeyPath, line_of, positions

WAYS: list[tuple[str, KeyPath, int]] = [
    ("a = 1\nb = 2\n", ("b",), 2),
    ("[t]\n\n# remark = 3\nkey = 1\n", ("t", "key"), 4),
    ('[t]\n"two words" = 1\n', ("t", "two words"), 2),
    ("[t]\n'q' = 1\n", ("t", "q"), 2),
    ("t.u.v = 1\n", ("t", "u", "v"), 1),
    ("[a.b]\nc = 1\n", ("a", "b", "c"), 2),
    ("[[s]]\nk = 1\n[[s]]\nk = 2\n", ("s", 1, "k"), 4),
    ("[[s]]\nk = 1\n[[s]]\n[s.t]\nk = 2\n", ("s", 1, "t", "k"), 5),
    ('a = ["x",\n  "]",\n]\nb = 1\n', ("b",), 4),
    ('a = """\nb = 9\n"""\nb = 1\n', ("b",), 4),
    ("a = '''\nb = 9\n'''\nb = 1\n", ("b",), 4),
    ('a = "x # y" # b = 1\nb = 2\n', ("b",), 2),
    ("a = {x = 1}\nb = 2\n", ("b",), 2),
    ("a = 1", ("a",), 1),
]


@pytest.mark.parametrize(("text", "path", "line"), WAYS)
def test_a_key_is_found_on_its_line(text: str, path: KeyPath, line: int) -> None:
    tomllib.loads(text)
    assert positions(text)[path] == line


def test_what_stands_inside_a_value_is_told_by_the_key_around_it() -> None:
    lines = positions('[t]\na = [\n  "x",\n]\n')
    assert line_of(lines, ("t", "a", 0)) == 2
    assert line_of(lines, ("t", "missing")) == 1
    assert line_of(lines, ("nowhere",)) is None


_KEYS = st.text("abcxyz_-0123", min_size=1, max_size=6)
_VALUES = st.one_of(
    st.integers(0, 9).map(str),
    st.text("ab #[]{}=", max_size=8).map(lambda text: f'"{text}"'),
    st.lists(st.text("ab#]", max_size=3), max_size=3).map(lambda each: "[\n" + "".join(f' "{one}",\n' for one in each) + "]"),
)


@given(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=6))
def test_whatever_the_values_hold_every_key_is_found_where_it_was_written(table: dict[str, str]) -> None:
    text, expected = "", {}
    for key, value in table.items():
        expected[(key,)] = text.count("\n") + 1
        text += f"{key} = {value}\n"
    tomllib.loads(text)
    assert positions(text) == expected
