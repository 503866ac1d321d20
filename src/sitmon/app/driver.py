"""Textual's driver on the terminal that stdout is: what is written to stderr may be going to a file."""

from __future__ import annotations

import os
import sys
from typing import Any

from textual.drivers.linux_driver import LinuxDriver


class StdoutDriver(LinuxDriver):
    """Paints on stdout, where Textual's own would paint on stderr."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Make the driver as Textual does, and go by the terminal's own size: what a shell exported of it is soon old."""
        for exported in ("COLUMNS", "LINES"):
            os.environ.pop(exported, None)
        super().__init__(*args, **options)
        self._file = sys.__stdout__
