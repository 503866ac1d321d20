"""Who writes in the log: as configured, else the name of whoever is logged in."""

from __future__ import annotations

import getpass

from sitmon.config.settings import Settings


def author_of(settings: Settings) -> str | None:
    """Return the author of what is written at this desk; None where the machine has no name for its user."""
    if settings.author:
        return settings.author
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None
