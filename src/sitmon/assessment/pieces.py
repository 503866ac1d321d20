"""Work in pieces: who must answer keys meanwhile does one at a time, everybody else does all of them at once. Pure."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias, TypeVar

Result = TypeVar("Result")

Pieces: TypeAlias = Generator[None, None, Result]
"""Yields after each piece of a few milliseconds, and returns what has been made of them all."""


def whole(pieces: Pieces[Result]) -> Result:
    """Do all the pieces at once, and return what they made."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            result: Result = end.value
            return result
