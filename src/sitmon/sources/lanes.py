"""Lanes: how many requests are under way at once, in all and to one host, and how one that hangs steps aside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from weakref import WeakValueDictionary

AT_ONCE = 8
# So many that hang may be waited for beside those.
_ASIDE = 16
# A request that is not through after so many seconds hangs.
_PATIENCE = 1.5


class Lanes:
    """Gives turns: at most `AT_ONCE` in all, one to a host, one of them with a large body.

    A request that hangs gives its place to the next, so that eight silent servers do not keep a hundred others waiting. On a
    public host it keeps the host's place: a server that is slow is not asked for more. On this machine or a private network
    it gives that too.
    """

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._aside = _ASIDE
        self._hosts: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self.large = asyncio.Semaphore(1)

    @asynccontextmanager
    async def turn(self, host: str, *, is_private: bool) -> AsyncIterator[None]:
        """Wait for a turn and hold it.

        Args:
            host: Whose requests follow each other.
            is_private: It may give way when it hangs.
        """
        one = self._hosts.get(host)
        if one is None:
            one = self._hosts[host] = asyncio.Semaphore(1)
        async with AsyncExitStack() as kept:
            kept_host, place = _Held(one), _Held(self._places)
            await kept_host.take(kept)
            await place.take(kept)
            hanging = asyncio.get_running_loop().call_later(
                _PATIENCE, self._step_aside, kept, (place, kept_host) if is_private else (place,)
            )
            kept.callback(hanging.cancel)
            yield

    def _step_aside(self, kept: AsyncExitStack, held: tuple[_Held, ...]) -> None:
        if self._aside:
            self._aside -= 1
            kept.callback(self._come_back)
            for one in held:
                one.give()

    def _come_back(self) -> None:
        self._aside += 1


class Space:
    """So many bytes may be in hand at once: fetched, and not yet on the record.

    It is waited for only so long: whoever has room may itself wait for a turn, which those who wait for room hold.
    """

    def __init__(self, largest: int, patience: float = 5.0) -> None:
        """Allow so many bytes, and some more after so many seconds."""
        self._left = self._largest = largest
        self._patience = patience
        self._freed = asyncio.Condition()

    async def take(self, size: int) -> int:
        """Wait for room, and return how much was taken; what is larger than all there is takes it all."""
        taken = min(size, self._largest)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience), self._freed:
                await self._freed.wait_for(lambda: self._left >= taken)
        self._left -= taken
        return taken

    async def give(self, taken: int) -> None:
        """Give room back."""
        async with self._freed:
            self._left += taken
            self._freed.notify_all()


class _Held:
    def __init__(self, semaphore: asyncio.Semaphore) -> None:
        self._semaphore, self._is_held = semaphore, False

    async def take(self, kept: AsyncExitStack) -> None:
        await self._semaphore.acquire()
        self._is_held = True
        kept.callback(self.give)

    def give(self) -> None:
        if self._is_held:
            self._is_held = False
            self._semaphore.release()
