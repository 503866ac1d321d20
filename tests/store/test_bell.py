"""A bell rings for whoever waits for it, in a process with however many open files."""

from __future__ import annotations

import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from sitmon.store.postgres.bell import Bell

BEYOND_SELECT = 1100


@pytest.fixture(params=["few files", "more files than select() bears"])
def bell(request: pytest.FixtureRequest) -> Iterator[Bell]:
    files: list[int] = []
    if request.param != "few files":
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < 2 * BEYOND_SELECT:
            pytest.skip("this machine allows too few open files")
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2 * BEYOND_SELECT), hard))
        while not files or files[-1] < BEYOND_SELECT:
            files.append(os.open(os.devnull, os.O_RDONLY))
    with closing(Bell()) as made:
        yield made
    for descriptor in files:
        os.close(descriptor)


def test_it_ends_a_wait_under_way_and_the_next_one_once(bell: Bell) -> None:
    threading.Timer(0.1, bell.ring).start()
    assert bell.wait(20.0)
    assert not bell.wait(0.0)
    bell.ring()
    assert bell.wait(20.0)
    assert not bell.wait(-1.0)


def test_a_wait_ends_with_its_time_and_with_what_can_be_read(bell: Bell) -> None:
    ear, hand = os.pipe()
    begun = time.monotonic()
    assert not bell.wait(0.2, ear)
    assert 0.2 <= time.monotonic() - begun < 5.0
    os.write(hand, b".")
    assert not bell.wait(20.0, ear)
    bell.ring()
    assert bell.wait(20.0, ear)
    os.close(hand)
    os.read(ear, 1)
    assert not bell.wait(20.0, ear)  # the other end is gone: that can be read
    os.close(ear)
    assert time.monotonic() - begun < 10.0


def test_a_connection_that_was_closed_is_said_and_not_waited_for(bell: Bell) -> None:
    ear, hand = os.pipe()
    os.close(ear)
    with pytest.raises(OSError, match="Bad file descriptor"):
        bell.wait(20.0, ear)
    os.close(hand)
