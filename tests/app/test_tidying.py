"""Garbage is looked for while nobody is at the keys, and never by Python itself at a moment of its own."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from sitmon.app.tidying import Tidying
from tests.app.desks import Stage, desk


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.enable()
    gc.unfreeze()


class Clock:
    """A clock that is set by hand, and what was done at which time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.done: list[float] = []

    def tidying(self) -> Tidying:
        return Tidying(lambda: self.done.append(self.now), lambda: self.now)


@pytest.mark.parametrize(
    ("keys", "looks", "done"),
    [
        pytest.param([], [4, 10], [10], id="once nobody has pressed a key for a while"),
        pytest.param([9, 19, 29], [10, 20, 30, 34], [34], id="not while somebody does"),
        pytest.param(range(0, 700, 2), range(10, 700, 10), [600], id="after ten minutes of keys all the same"),
    ],
)
def test_garbage_is_looked_for_while_nobody_is_at_the_keys(keys: list[int], looks: list[int], done: list[float]) -> None:
    clock = Clock()
    tidying = clock.tidying()
    gc.set_threshold(1, 1, 1_000_000_000)
    for now in sorted({*keys, *looks}):
        clock.now = now
        if now in looks:
            [[] for _ in range(10)]
            tidying.look()
        if now in keys:
            tidying.touched()
    assert clock.done == done


def test_nothing_is_looked_through_where_nothing_was_made() -> None:
    clock = Clock()
    tidying, clock.now = clock.tidying(), 1000.0
    gc.collect()
    tidying.look()
    assert clock.done == []


async def test_an_open_desk_is_held_up_by_no_long_look_and_a_key_counts_as_somebody() -> None:
    async with desk(Stage()) as pilot:
        assert gc.isenabled()
        assert gc.get_threshold()[2] >= 1_000_000
        clock = Clock()
        tidying = pilot.app.tidying = clock.tidying()  # type: ignore[attr-defined]
        clock.now = 100.0
        await pilot.press("2")
        tidying.look()
        assert clock.done == []
