"""`sitmon backup` and `sitmon restore`: what a state directory holds, in one file and back."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from sitmon.cli.invocation import Invocation, now
from sitmon.cli.printing import print_text
from sitmon.collector.lock import held
from sitmon.errors import ConfigurationError, StoreError
from sitmon.store.backup import Kept, back_up
from sitmon.store.backup import restore as put_back
from sitmon.store.sqlite import RECORD_NAME, check_record
from sitmon.text.sanitise import sanitise
from sitmon.text.times import dtg

_MEGABYTE = 1_000_000


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    commands.command()(backup)
    commands.command()(restore)


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The archive to make, a tar; compressed if its name ends in .gz.")],
) -> None:
    """Write record, marks and log into one file. The desk and the collector may go on working meanwhile.

    Example: sitmon backup /media/stick/sitmon-22nov.tar.gz
    """
    invocation: Invocation = context.obj
    if _is_in_database(invocation):
        raise ConfigurationError(
            "the record is in the database that [store] url names: back it up with PostgreSQL's own pg_dump --schema=sitmon."
        )
    with _leaving_nothing():
        kept = back_up(invocation.state, file, now(), _show if sys.stderr.isatty() else lambda *_: None)
    print_text(f"{sanitise(str(file))}: {_in_words(kept)}\n")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An archive that `sitmon backup` made.")],
) -> int:
    """Put a backup into a state directory that has no record yet, and check it.

    Example: sitmon --state ~/restored restore /media/stick/sitmon-22nov.tar.gz
    """
    invocation: Invocation = context.obj
    if not file.is_file():
        raise StoreError(f"{file} is no file: name an archive that `sitmon backup` made")
    invocation.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _leaving_nothing(), held(invocation.state):
        kept = put_back(file, invocation.state)
    print_text(f"{sanitise(str(invocation.state))}: restored as of {dtg(kept.made_at)}, {_in_words(kept)}\n")
    faults = check_record(invocation.state / RECORD_NAME)
    print_text("".join(f"record: {sanitise(fault)}\n" for fault in faults) or "record: whole\n")
    return int(bool(faults))


def _is_in_database(invocation: Invocation) -> bool:
    try:
        return invocation.settings.store is not None
    except ConfigurationError:
        # A configuration that is being edited must not keep anybody from a backup.
        return False


@contextmanager
def _leaving_nothing() -> Iterator[None]:
    """End at a signal by way of everybody who has something to put away: half a copy may be as large as the record."""

    def leave(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    # Who runs it under nohup wants it to go on.
    heard = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    for number in heard:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number])


def _in_words(kept: Kept) -> str:
    return ", ".join(f"{name} {size / _MEGABYTE:,.1f} MB" for name, size in kept.files.items())


def _show(name: str, done: int, of: int) -> None:
    end = "\n" if done >= of else ""
    print(f"\r{name}: {100 * done // max(of, 1)} %", end=end, file=sys.stderr, flush=True)
