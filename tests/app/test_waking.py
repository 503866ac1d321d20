"""A look at the record is work in pieces: a key is answered between any two, and wake-ups that come close together are one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import pairwise

from sitmon.app.waking import Waking

PIECES = 5


class Looks:
    """Work of five pieces, and what happened in which order."""

    def __init__(self) -> None:
        self.begun = 0
        self.told: list[str] = []
        self.ended = asyncio.Event()

    def work(self) -> Iterator[None]:
        self.begun += 1
        number = self.begun
        for piece in range(PIECES):
            self.told.append(f"look {number}, piece {piece}")
            yield
        self.told.append(f"look {number} is over")
        self.ended.set()

    @property
    def over(self) -> list[str]:
        return [each for each in self.told if each.endswith("over")]


async def until(looks: Looks, *over: str) -> None:
    async with asyncio.timeout(5):
        while looks.over != list(over):
            await looks.ended.wait()
            looks.ended.clear()


async def test_a_key_is_answered_between_any_two_pieces() -> None:
    looks = Looks()
    Waking(looks.work).wake()
    while not looks.over:
        looks.told.append("key")
        await asyncio.sleep(0)
    pieces = [place for place, told in enumerate(looks.told) if told.startswith("look")]
    assert len(pieces) == PIECES + 1
    assert all("key" in looks.told[one:next] for one, next in pairwise(pieces))


async def test_any_number_of_wake_ups_while_a_look_is_under_way_are_one_more_look() -> None:
    looks = Looks()
    waking = Waking(looks.work)
    waking.wake()
    await asyncio.sleep(0)
    for _ in range(10):
        waking.wake()
        await asyncio.sleep(0)
    await until(looks, "look 1 is over", "look 2 is over")
    await asyncio.sleep(0.3)
    assert looks.begun == 2


async def test_what_a_person_waits_for_is_begun_at_once_and_takes_the_place_of_what_is_under_way() -> None:
    looks = Looks()
    waking = Waking(looks.work)
    waking.begin()
    assert looks.told == ["look 1, piece 0"]
    waking.begin()
    await until(looks, "look 2 is over")


async def test_a_look_that_fails_is_not_the_last_one() -> None:
    looks, failures = Looks(), []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context["exception"]))

    def work() -> Iterator[None]:
        yield from looks.work()
        if looks.begun == 1:
            raise ValueError("a fault of the look")

    waking = Waking(work)
    waking.wake()
    await until(looks, "look 1 is over")
    waking.wake()
    await until(looks, "look 1 is over", "look 2 is over")
    assert [str(each) for each in failures] == ["a fault of the look"]


async def test_nothing_is_looked_at_any_more_once_it_is_stopped() -> None:
    looks = Looks()
    waking = Waking(looks.work)
    waking.begin()
    waking.wake()
    waking.stop()
    await asyncio.sleep(0.3)
    assert looks.told == ["look 1, piece 0"]


async def test_a_look_that_has_another_one_begun_leaves_it_to_that_one() -> None:
    looks = Looks()

    def work() -> Iterator[None]:
        yield from looks.work()
        if looks.begun == 1:
            waking.begin()

    waking = Waking(work)
    waking.wake()
    await until(looks, "look 1 is over", "look 2 is over")
    assert looks.begun == 2
