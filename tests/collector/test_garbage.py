"""What was loaded is spared, and goes all the same once something else was loaded in its place."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from sitmon.collector.garbage import spare_what_is_loaded

PYTHONS_OWN = (700, 10, 10)


class Loaded:
    """What holds itself, as a reader and its parts do."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Python's own looks for garbage, whoever ran before; and the other tests of this process get theirs back."""
    before = gc.get_threshold()
    gc.set_threshold(*PYTHONS_OWN)
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_loaded_is_not_looked_through_until_something_else_is() -> None:
    loaded = Loaded()
    gone = weakref.ref(loaded)
    spare_what_is_loaded()
    del loaded
    gc.collect()
    assert gone() is not None
    spare_what_is_loaded(again=True)
    assert gone() is None


def test_garbage_is_looked_for_more_seldom_than_python_does() -> None:
    spare_what_is_loaded()
    assert gc.isenabled()
    assert gc.get_threshold()[0] > PYTHONS_OWN[0]
