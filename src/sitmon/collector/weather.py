"""Weather: is it the others who fail, or has this machine no network? Told from hosts that go out of reach together."""

from __future__ import annotations

import asyncio
from contextlib import suppress

# So many hosts, none of which had failed before, are not down at once by chance.
_TOGETHER = 2


class Weather:
    """What the hosts asked last tell of the own network."""

    def __init__(self) -> None:
        self._failing: set[str] = set()
        self._lost: set[str] = set()
        self._is_own = False
        self._turned = asyncio.Event()

    @property
    def is_offline(self) -> bool:
        """Whether the own network is down: it says so, or hosts have gone out of reach together and none answered since."""
        return self._is_own or len(self._lost) >= _TOGETHER

    def heard(self, host: str, *, is_reached: bool, is_own: bool = False) -> None:
        """Take note of how a host was found.

        Args:
            host: Host and port.
            is_reached: It answered, whatever it said.
            is_own: This machine itself said that it has no network.
        """
        was_offline = self.is_offline
        if is_reached:
            self._failing.discard(host)
            self._lost.clear()
            self._is_own = False
        else:
            if host not in self._failing:
                self._lost.add(host)
            self._failing.add(host)
            self._is_own |= is_own
        if was_offline != self.is_offline:
            self._turned.set()
            self._turned = asyncio.Event()

    async def pause(self, seconds: float) -> None:
        """Wait so long, or until the weather turns."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._turned.wait()
