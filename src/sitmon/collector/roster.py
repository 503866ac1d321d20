"""The roster: the sources at work. One that is configured as before goes on with what it knows; others come and go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

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


class Roster:
    """Makes sources from settings, each once for as long as its settings last.

    Without feeds nothing of the network is loaded.
    """

    def __init__(self, state: Path, now: Callable[[], datetime]) -> None:
        """Begin with none.

        Args:
            state: The state directory, into which no folder looks.
            now: Gives the present moment, UTC.
        """
        self._state, self._now = state, now
        self._feeds: Feeds | None = None
        self._taking = Apart()
        self._known: dict[str, tuple[Configured, Source]] = {}

    def of(self, settings: Settings, memory: Memory) -> list[Source]:
        """Return the sources of these settings, in their order.

        Args:
            settings: What is configured.
            memory: Gives what a source left to be remembered (RecordWriter.memory).
        """
        before, self._known = self._known, {}
        for folder in settings.folders:
            known = _kept(before, folder)
            self._known[folder.id] = folder, known or FolderSource(folder, self._now, self._state, self._taking)
        if settings.feeds:
            feeds = self._begun(settings.contact)
            for feed in settings.feeds:
                known = _kept(before, feed)
                self._known[feed.id] = feed, known or feeds.source(feed, memory(feed.id))
        for plugin in settings.plugins:
            from sitmon.collector.plugins import PluginSource  # noqa: PLC0415

            known = _kept(before, plugin)
            self._known[plugin.id] = plugin, known or PluginSource(plugin, memory(plugin.id), self._now)
        return [source for _, source in self._known.values()]

    def forget(self) -> None:
        """Forget them: all begin anew with what is on the record."""
        self._known = {}

    async def close(self) -> None:
        """End the processes that were begun for them."""
        await self._taking.close()
        if self._feeds is not None:
            await self._feeds.close()

    def _begun(self, contact: str | None) -> Feeds:
        from sitmon.collector.feeds import Feeds  # noqa: PLC0415

        self._feeds = self._feeds or Feeds(self._now)
        self._feeds.begin(contact)
        return self._feeds


def _kept(before: Mapping[str, tuple[Configured, Source]], one: Configured) -> Source | None:
    was, source = before.get(one.id, (None, None))
    return source if was == one else None
