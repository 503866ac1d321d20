"""The small screens that say one thing at length: why a line stands where it does, sources."""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.app.display import Row
from sitmon.app.permission import Need
from sitmon.app.screens.page import PageScreen
from sitmon.app.views.citation import citation
from sitmon.app.views.sources import sources_rows
from sitmon.app.views.why import why_rows
from sitmon.config.settings import Settings
from sitmon.model.board import RegionStatus, StatusLine


class WhyScreen(PageScreen, inherit_bindings=True):
    """Why a line stands where it does, as of the moment it was asked."""

    asked: tuple[RegionStatus, StatusLine] | None = None

    def copied(self) -> str | None:
        """Return the line that was asked about, fit to be pasted."""
        return citation(self.asked[1].recorded) if self.asked else None

    def rows(self, width: int) -> Sequence[Row]:
        """Return the reasons."""
        if self.asked is None:
            return ()
        present = self.desk.present
        decay = present.settings.situation.limits.decay_hours
        return why_rows(*self.asked, decay, self.desk.travel.now(), width, self.desk.looks.glyphs)


class SourcesScreen(PageScreen, inherit_bindings=True):
    """Every source, its health, and what it could not use; it follows the board."""

    def idle_commands(self) -> frozenset[str]:
        """Leave out of the footer the way to where one is."""
        return frozenset({"sources"})

    def rows(self, width: int) -> Sequence[Row]:
        """Return sources and findings."""
        present = self.desk.present
        board, following = present.board, self.desk.following
        return sources_rows(
            board.sources,
            present.findings(),
            following.own_troubles(),
            board.unrouted,
            present.now(),
            width,
            self.desk.looks.glyphs,
            [*following.past_troubles(), *self.desk.attending.troubles()],
            reliabilities(present.settings),
            is_past=self.desk.travel.at is not None,
            # Machines and processes are told at a terminal only.
            unplaced_key=self.key_of("unplaced"),
            collectors=present.collectors() if present.permission.why_not(Need.MACHINE) is None else (),
        )


def reliabilities(settings: Settings) -> dict[str, str]:
    """Return for each source with a configured outlet what is held of it: "Example News, reliability C"."""
    graded = {name.casefold(): outlet for outlet in settings.situation.outlets for name in (outlet.name, *outlet.aliases)}
    named = [(one.id, one.outlet) for kind in (settings.folders, settings.feeds, settings.plugins) for one in kind]
    told: dict[str, str] = {}
    for id, name in named:
        if name:
            outlet = graded.get(name.casefold())
            told[id] = f"{name}, reliability {outlet.reliability.value if outlet else 'F'}"
    return told
