"""The diagnostics: how the desk itself is, for whoever looks after it."""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.app.diagnosing import measured, sections
from sitmon.app.display import Row
from sitmon.app.screens.page import PageScreen
from sitmon.app.views.diagnostics import diagnostics_rows
from sitmon.store.record import Counts


class DiagnosticsScreen(PageScreen, inherit_bindings=True):
    """Processes, record, painting, machine; counted anew each time it is opened."""

    _found: tuple[Counts, list[tuple[str, str]]] | None = None

    def begin(self) -> None:
        """Find out what takes a moment."""
        self.desk.archive.ask("diagnostics", measured, self._tell, self.desk.say)

    def rows(self, width: int) -> Sequence[Row]:
        """Return what there is to tell."""
        return diagnostics_rows(sections(self.desk, self._found), width)

    def _tell(self, found: tuple[Counts, list[tuple[str, str]]]) -> None:
        self._found = found
        if self.is_mounted:
            self.renew()
