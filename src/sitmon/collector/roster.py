"""The roster: the sources at work. One that is configured as before goes on with what it knows; others come and go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sitmon.collector.feedstate import asked_since
from sitmon.collector.turns import Polled, Turn, at_any_time, untold
from sitmon.config.settings import FeedSource as ConfiguredFeed
from sitmon.config.settings import FolderSource as ConfiguredFolder
from sitmon.config.settings import PluginSource as ConfiguredPlugin
from sitmon.config.settings import Settings
from sitmon.sources.apart import Apart
from sitmon.sources.folder import FolderSource
from sitmon.sources.source import Source

if TYPE_CHECKING:
    from sitmon.collector.feeds import Feeds

Configured = ConfiguredFolder | ConfiguredFeed | ConfiguredPlugin
Memory = Callable[[str], bytes | None]
NEVER: Mapping[str, datetime] = {}


class Roster:
    """Makes sources from settings, each once for as long as its settings last.

    Without feeds nothing of the network is loaded.
    """

    def __init__(self, state: Path, now: Callable[[], datetime], turn: Turn = at_any_time, polled: Polled = untold) -> None:
        """Begin with none.

        Args:
            state: The state directory, into which no folder looks.
            now: Gives the present moment, UTC.
            turn: Says whether a feed may be asked.
            polled: Told what came of each time.
        """
        self._state, self._now, self._turn, self._polled = state, now, turn, polled
        self._feeds: Feeds | None = None
        self._taking = Apart()
        self._configured: dict[str, Configured] = {}
        self._known: dict[str, tuple[Configured, Source]] = {}
        self._memory: Memory = _nothing
        self._contact: str | None = None

    def begin(self, settings: Settings, memory: Memory) -> None:
        """Go by these settings from now on.

        Args:
            settings: What is configured.
            memory: Gives what a source left to be remembered (RecordWriter.memory).
        """
        self._memory = memory
        configured: Iterable[Configured] = chain(settings.folders, settings.feeds, settings.plugins)
        self._configured = {one.id: one for one in configured}
        self._known = {id: known for id, known in self._known.items() if self._configured.get(id) == known[0]}
        self._contact = settings.contact

    def of(self, ids: Collection[str] | None = None, asked: Mapping[str, datetime] = NEVER) -> list[Source]:
        """Return sources in the order they are configured in; those that are at work already go on.

        Args:
            ids: Which; None for all.
            asked: When feeds were last asked, UTC, where more may be known of it than they left to be remembered.
        """
        wanted = [one for id, one in self._configured.items() if ids is None or id in ids]
        if any(isinstance(one, ConfiguredFeed) for one in wanted):
            self._network().begin(self._contact)
        for one in wanted:
            if one.id not in self._known:
                self._known[one.id] = one, self._made(one, asked.get(one.id))
        return [self._known[one.id][1] for one in wanted]

    def drop(self, ids: Collection[str]) -> None:
        """Forget some: they begin anew, when they come again, with what is then on the record."""
        for id in ids:
            self._known.pop(id, None)

    def forget(self) -> None:
        """Forget them: all begin anew with what is on the record."""
        self._known = {}

    async def close(self) -> None:
        """End the processes that were begun for them."""
        await self._taking.close()
        if self._feeds is not None:
            await self._feeds.close()

    def _made(self, one: Configured, asked_at: datetime | None) -> Source:
        match one:
            case ConfiguredFolder():
                return FolderSource(one, self._now, self._state, self._taking)
            case ConfiguredFeed():
                return self._network().source(one, asked_since(self._memory(one.id), asked_at))
            case ConfiguredPlugin():
                from sitmon.collector.plugins import PluginSource  # noqa: PLC0415 - few have any

                return PluginSource(one, self._memory(one.id), self._now)

    def _network(self) -> Feeds:
        from sitmon.collector.feeds import Feeds  # noqa: PLC0415 - see above

        self._feeds = self._feeds or Feeds(self._now, self._turn, self._polled)
        return self._feeds


def _nothing(_id: str) -> None:
    return None
