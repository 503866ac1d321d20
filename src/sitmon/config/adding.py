"""Adding to a configuration: tables of sources, written after what a person wrote, of which not a byte is changed."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sitmon.config.paths import Located
from sitmon.config.template import toml_string
from sitmon.errors import ConfigurationError
from sitmon.model.noun import dataclass
from sitmon.text.sanitise import flowing


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed that is to be followed.

    Attributes:
        outlet: Its publisher, or None to take the feed's own title.
        full_text: As in schema.FeedTable.
        note: Stands above it as a comment, or None.
    """

    url: str
    outlet: str | None = None
    full_text: str = "never"
    note: str | None = None


def tables_of(feeds: Sequence[NewFeed]) -> str:
    """Return feeds as tables for `config.toml`, parted by blank lines."""
    return "\n".join(map(_table, feeds))


def append(path: Path, tables: str) -> None:
    """Write tables after what stands in a configuration: all of them or none, in one step.

    Args:
        path: The configuration; a link to it is followed, and stays.
        tables: As `tables_of` makes them.

    Raises:
        ConfigurationError: The configuration cannot be read or written, or would not be valid with them; it is as it was.
    """
    from sitmon.config.reading import read  # noqa: PLC0415 - it needs pydantic, which who only prints tables need not load

    target = path.resolve()
    read(Located(target))
    trial = _trial(target, os.getpid())
    try:
        _sweep(target)
        before, mode = target.read_bytes(), stat.S_IMODE(target.stat().st_mode)
        gap = b"" if before.endswith(b"\n") or not before else b"\n"
        _write(trial, before + gap + b"\n" + tables.encode(), mode)
        try:
            read(Located(trial))
        except ConfigurationError as error:
            words = str(error).replace(str(trial), str(target))
            raise ConfigurationError(f"with these feeds it would not be valid, and nothing was written: {words}") from None
        if target.read_bytes() != before:
            raise ConfigurationError(f"{target}: was changed by somebody at this moment; nothing was written, try again.")
        trial.replace(target)
    except OSError as error:
        raise ConfigurationError(f"{target}: cannot be written ({error.strerror}); nothing was changed.") from error
    finally:
        with suppress(OSError):
            trial.unlink()


def _trial(target: Path, process: int) -> Path:
    return target.with_name(f".{target.name}.{process}.toml")


def _sweep(target: Path) -> None:
    """Remove what others left that were killed in the midst of this, each of whom had a number that nobody has now."""
    name = re.compile(rf"\.{re.escape(target.name)}\.([0-9]{{1,9}})\.toml")
    for found in filter(None, [name.fullmatch(beside.name) for beside in target.parent.iterdir()]):
        try:
            os.kill(int(found[1]), 0)
        except ProcessLookupError:
            target.with_name(found[0]).unlink(missing_ok=True)
        except PermissionError:
            # Somebody else's, and at work.
            continue


def _write(file: Path, content: bytes, mode: int) -> None:
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(number, "wb") as opened:
        os.fchmod(number, mode)
        opened.write(content)
        opened.flush()
        os.fsync(number)


def _table(feed: NewFeed) -> str:
    lines = [f"# {flowing(feed.note)}"] if feed.note else []
    lines += ["[[sources]]", 'kind = "feed"', f"url = {toml_string(feed.url)}"]
    lines += [f"outlet = {toml_string(feed.outlet)}"] if feed.outlet else []
    lines += [f"full_text = {toml_string(feed.full_text)}"] if feed.full_text != "never" else []
    return "".join(f"{line}\n" for line in lines)
