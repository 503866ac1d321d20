"""Folders on a shared record: each machine's own, unless it is configured as one that all of them see.

The same path on two machines is two folders: what one of them no longer shows the other may, so each is a source of its own.
"""

from __future__ import annotations

import socket
from dataclasses import replace

from sitmon.config.settings import FolderSource, Settings


def with_own_folders(settings: Settings) -> Settings:
    """Return the settings as a collector on this machine has them: its own folders bear its name."""
    if settings.store is None:
        return settings
    machine = socket.gethostname()
    return replace(
        settings,
        folders=tuple(
            folder if folder.shared else replace(folder, id=f"{folder.id}@{machine}:{folder.path}")
            for folder in settings.folders
        ),
    )


def machine_of(id: str, folder: FolderSource) -> str | None:
    """Return whose folder a source is, if it is a machine's own folder of this configuration; else None."""
    machine, is_own, _ = id.removeprefix(f"{folder.id}@").partition(":")
    return machine if is_own and id.startswith(f"{folder.id}@") else None


def is_of(id: str, folder: FolderSource) -> bool:
    """Say whether a source is this configured folder, on whichever machine."""
    return id == folder.id or machine_of(id, folder) is not None
