"""What a desk lets go of is gone, without anybody looking for garbage."""

from __future__ import annotations

import gc
import weakref

import pytest
from rich.segment import Segment
from textual.strip import Strip

from sitmon.app.thrift import be_thrifty, divided, is_known

_LINE = [Segment("Rebels are "), Segment("at the gates.")]
_TEXTUALS_OWN = Strip.divide


class Painted(Strip):
    """A line that can be watched."""

    __slots__ = ("__weakref__",)


@pytest.mark.parametrize("cuts", [[24], [11], [11, 24], [5, 11, 24], [24, 30], [30], [11, 30], [], [24, 24], [0, 24]])
def test_a_line_is_cut_as_textual_cuts_it(cuts: list[int]) -> None:
    ours, theirs = (cut(Strip(_LINE), cuts) for cut in (divided, _TEXTUALS_OWN))
    assert [(one.text, one.cell_length) for one in ours] == [(one.text, one.cell_length) for one in theirs]


def test_a_textual_that_cuts_lines_by_other_words_is_left_alone() -> None:
    def later(self: Strip, cuts: list[int], *, is_wide: bool) -> list[Strip]:
        raise NotImplementedError

    assert is_known(_TEXTUALS_OWN)
    assert not is_known(later)


def test_a_painted_line_is_gone_once_it_is_let_go_of() -> None:
    be_thrifty()
    gc.disable()
    try:
        line = Painted(_LINE)
        assert list(line.divide([24])) == [line]
        known = weakref.ref(line)
        del line
        assert known() is None
    finally:
        gc.enable()
