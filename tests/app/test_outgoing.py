"""What the desk paints reaches the terminal whole, in its letters; a terminal that has gone keeps nobody waiting."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from sitmon.app.outgoing import Outgoing

PAINTED = "Rising water – فيضان. " * 20_000


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    yield reader, writer
    os.close(writer)


@pytest.mark.parametrize("is_blocking", [True, False], ids=["as it was", "switched to not waiting by another program"])
def test_all_of_it_is_written_however_slowly_it_is_taken(pipe: tuple[int, int], is_blocking: bool) -> None:
    reader, writer = pipe
    os.set_blocking(writer, is_blocking)
    outgoing = Outgoing(writer, "utf-8")

    def paint() -> None:
        outgoing.write(PAINTED)
        outgoing.flush()

    painting = threading.Thread(target=paint)
    painting.start()
    taken = b""
    while len(taken) < len(PAINTED.encode()):
        taken += os.read(reader, 10_000)
    painting.join(5)
    assert taken.decode() == PAINTED
    os.close(reader)


def test_what_a_terminal_that_has_gone_does_not_take_is_let_go_of(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    os.close(reader)
    outgoing = Outgoing(writer, "utf-8")
    for _ in range(3):
        assert outgoing.write(PAINTED) == len(PAINTED)
        outgoing.flush()


def test_letters_that_are_not_known_there_become_question_marks(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    outgoing = Outgoing(writer, "iso-8859-1")
    outgoing.write("über فيضان")
    outgoing.flush()
    assert os.read(reader, 100) == "über ?????".encode("iso-8859-1")
    os.close(reader)
