"""Files of the state directory that are neither record nor log: written whole or not at all, and their owner's alone."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

_UNFINISHED = ".unfinished"


def write_private(target: Path, content: bytes) -> None:
    """Put a file in the place of another, so that whoever reads it meets the old one or the new one, never half of one.

    Args:
        target: The file; its directory exists. Its mode becomes 0600 whatever the umask is.
        content: All of it.

    Raises:
        OSError: It could not be written; the old file is as it was.
    """
    # mkstemp makes it 0600 and never follows a link that somebody laid in its way.
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=_UNFINISHED, dir=target.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _settle(target.parent)


def sweep_private(directory: Path, before: float) -> None:
    """Remove what `write_private` had begun in a directory when it was killed.

    Args:
        directory: The state directory; nothing but sitmon writes there.
        before: Seconds since the epoch; what was touched later may still be put in its place by another desk.
    """
    for left in directory.glob(f".*.*{_UNFINISHED}"):
        with suppress(OSError):
            status = left.lstat()
            if stat.S_ISREG(status.st_mode) and status.st_mtime < before:
                left.unlink()


def _settle(directory: Path) -> None:
    """Have the new name on disk, too; a file system that cannot sync a directory has its own order."""
    number = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with suppress(OSError):
            os.fsync(number)
    finally:
        os.close(number)
