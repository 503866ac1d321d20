"""What changed since somebody looked, as of their return."""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.app.display import Row
from sitmon.app.screens.page import PageScreen
from sitmon.app.views.changes import changes_rows


class ChangesScreen(PageScreen, inherit_bindings=True):
    """Each change with its quote, under its region."""

    def idle_commands(self) -> frozenset[str]:
        """Leave out of the footer the way to where one is."""
        return frozenset({"since"})

    def rows(self, width: int) -> Sequence[Row]:
        """Return the changes."""
        desk = self.desk
        titles = {region.region: region.title for region in desk.present.board.regions}
        return changes_rows(desk.attending.absence.returned, titles, desk.present.now(), width, desk.looks.glyphs)
