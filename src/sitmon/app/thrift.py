"""Painted lines let go of at once, and large memory with them (store/thrift.py): a desk stands open for weeks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from inspect import signature

from textual.strip import Strip

from sitmon.store.thrift import take_singly

_divide = Strip.divide


def be_thrifty() -> None:
    """Have what is large given back as soon as it is let go of, and painted lines let go of at once: see `divided`."""
    # A Textual that cuts lines by other words is left to its own way: that costs memory, and paints right.
    if is_known(_divide):
        Strip.divide = divided  # type: ignore[method-assign, assignment]
    take_singly()


def is_known(divide: Callable[..., object]) -> bool:
    """Whether a `Strip.divide` is asked as the one is whose place `divided` takes."""
    return list(signature(divide).parameters) == ["self", "cuts"]


def divided(strip: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    """Cut a painted line as Textual's `Strip.divide` does, but remember no line as a piece of itself.

    Textual (8.2) keeps a line that is not cut in a list of its own: a circle of 1.5 KiB for each line that was painted over
    the whole width, a MiB every hundred keys, which stays until garbage is looked for.
    """
    wanted = list(cuts)
    length = strip.cell_length
    if [cut for cut in wanted if cut <= length] == [length]:
        return [strip]
    return _divide(strip, wanted)
