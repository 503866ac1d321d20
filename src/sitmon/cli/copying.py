"""`sitmon db copy`: a record and what people wrote, from a file into a database, back, or to another one."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Annotated

import typer

from sitmon.cli.invocation import Invocation
from sitmon.cli.printing import print_text
from sitmon.collector.lock import held
from sitmon.config.author import author_of
from sitmon.errors import ConfigurationError
from sitmon.store.copying import Copy
from sitmon.store.copying import copy as copy_record
from sitmon.store.opening import is_url, source_of, state_of, target_of
from sitmon.text.sanitise import sanitise

_BAR = 30  # columns
_EVERY = 5.0  # seconds between two lines of progress
_PLACE = "A state directory, its record.db, or a postgresql:// URL."


def copy(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FROM", help=_PLACE)],
    target: Annotated[str, typer.Argument(metavar="TO", help=f"{_PLACE} There must be no record yet.")],
    anew: Annotated[
        bool, typer.Option("--anew", help="Throw away what an interrupted copy has left in TO; begin again.")
    ] = False,
    person: Annotated[str | None, typer.Option(help="Whose marks of what was seen are meant [default: as in the log].")] = None,
) -> int:
    """Copy a record with marks, pins, log and answers, and compare the two. Interrupted and run again, it goes on.

    Example: sitmon db copy ~/.local/state/sitmon postgresql://sitmon@db.example.org/sitmon
    """
    invocation: Invocation = context.obj
    if _same(source, target):
        raise ConfigurationError("FROM and TO are the same place: name two.")
    who = person or author_of(invocation.settings) or ""
    shown = _Bar() if sys.stderr.isatty() else _Lines()
    with closing(source_of(source)) as one, _reserved(target), closing(target_of(target, anew=anew)) as other:
        done = copy_record(one, other, who, shown.show)
    shown.end()
    print_text("".join(f"{sanitise(line)}\n" for line in _in_words(done, other.name)))
    return int(bool(done.differences or done.damaged))


def _same(source: str, target: str) -> bool:
    if is_url(source) or is_url(target):
        return source == target
    return state_of(source).resolve() == state_of(target).resolve()


@contextmanager
def _reserved(target: str) -> Iterator[None]:
    """Keep collectors out of a directory that is copied into."""
    if is_url(target):
        yield
        return
    state = state_of(target)
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with held(state):
        yield


def _in_words(done: Copy, target: str) -> Iterator[str]:
    if done.found:
        yield f"went on with an interrupted copy: {done.found:,} rows were there"
    for table in done.tables:
        if table.rows:
            yield f"{table.table:12s}{table.rows:>12,} rows  sha256 {table.digest[:16]}"
    if done.others:
        yield f"what {done.others} other people have seen stays behind: a file is one person's"
    yield from done.damaged
    yield from done.differences
    if done.differences:
        yield f"{target} is not the same and was not finished: run it again, or begin again (--anew)"
    else:
        yield f"{target}: copied, compared, the same"


class _Bar:
    """Progress for a terminal: one line that is written over."""

    def show(self, what: str, done: int, of: int) -> None:
        """See copying.Progress."""
        full = _BAR * done // max(of, 1)
        print(
            f"\r[{'#' * full}{'.' * (_BAR - full)}] {100 * done // max(of, 1):3d} %  {what:24s}",
            end="",
            file=sys.stderr,
            flush=True,
        )

    def end(self) -> None:
        """Leave the line."""
        print(file=sys.stderr)


class _Lines:
    """Progress for logs and pipes: a line now and then, and none of what is soon done."""

    def __init__(self, every: float = _EVERY) -> None:
        self._every = every
        self._not_before = time.monotonic() + every

    def show(self, what: str, done: int, of: int) -> None:
        """See copying.Progress."""
        if time.monotonic() >= self._not_before:
            self._not_before = time.monotonic() + self._every
            print(f"{what}: {done:,} of {of:,} rows done", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Add nothing."""
