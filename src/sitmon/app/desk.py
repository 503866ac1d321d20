"""Opening the desk: from settings and a state directory to a painted board, and orderly out again."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sitmon.app.permission import EVERYTHING, OPENED_SO, Need, Permission
from sitmon.config.private import write_private
from sitmon.text.sanitise import sanitise

if TYPE_CHECKING:
    from sitmon.app.app import DeskApp
    from sitmon.app.replaying import Replay
    from sitmon.app.terminal import Terminal
    from sitmon.config.settings import Settings

# Textual paints at the next tick of a clock that runs only while something is to be painted. Its own 60 a second let a key
# wait 12 ms (measured); at idle neither costs anything. Read once, when Textual is imported.
_FRAMES = "240"

Holder = Callable[[], int | None]
FAULT_FILE = "desk-fault.txt"


def run(
    settings: Settings,
    state: Path,
    *,
    read_only: bool = False,
    collector: Sequence[str] | None = None,
    holder: Holder | None = None,
    replay: Replay | None = None,
) -> int:
    """Show the desk until the person leaves it; the last known board is painted before anything else happens.

    Args:
        settings: The situation, with or without its gazetteer.
        state: With or without a record in it.
        read_only: Write nothing, marks included.
        collector: Command line of the collector to keep at work, or None to start none.
        holder: Tells which process collects onto the same record, so that this desk takes over soon when that one has gone.
        replay: The clock of a past stretch of time to be shown as if it were now, or None for the present.

    Returns:
        The exit status: 0, 1 after a fault of the desk itself, 128 + the signal that ended it.

    Raises:
        SitmonError: Keys or theme cannot be used, or there is no terminal to read keys from.
    """
    # What is made before the first paint, most of it by imports, is kept: looking for garbage costs 8 ms of 120 (measured).
    gc.disable()
    app, terminal = _opened(settings, state, collector, holder, replay, OPENED_SO if read_only else EVERYTHING)
    try:
        app.run(mouse=settings.desk.mouse)
    finally:
        app.following.stop()
        app.present.close()
    terminal.let_go()
    # A write that a dying terminal no longer takes is no fault of the desk.
    return terminal.leaving or (_report(app.fault, state) if app.fault else app.return_code or 0)


def _opened(
    settings: Settings,
    state: Path,
    collector: Sequence[str] | None,
    holder: Holder | None,
    replay: Replay | None,
    permission: Permission,
) -> tuple[DeskApp, Terminal]:
    """Make the app on the last known board, and the guard of its terminal."""
    os.environ.setdefault("TEXTUAL_FPS", _FRAMES)
    from sitmon.app.app import DeskApp  # noqa: PLC0415
    from sitmon.app.archive import Archive  # noqa: PLC0415
    from sitmon.app.collecting import Command  # noqa: PLC0415
    from sitmon.app.commands import keymap  # noqa: PLC0415
    from sitmon.app.driver import StdoutDriver, go_by_the_terminal  # noqa: PLC0415
    from sitmon.app.looks import looks_for_here  # noqa: PLC0415
    from sitmon.app.marking import PATIENCE_MILLISECONDS  # noqa: PLC0415
    from sitmon.app.present import Present  # noqa: PLC0415
    from sitmon.app.remembering import Remembering  # noqa: PLC0415
    from sitmon.app.replaying import reader_of  # noqa: PLC0415
    from sitmon.app.terminal import Terminal  # noqa: PLC0415
    from sitmon.store.opening import open_all, open_reader  # noqa: PLC0415
    from sitmon.store.person import PERSON_NAME, PersonFile  # noqa: PLC0415

    keys = keymap(settings.keys, str(settings.origin or "config.toml"))
    beside = settings.origin.parent if settings.origin else None
    remembering = Remembering(PersonFile(state / PERSON_NAME), is_read_only=permission.why_not(Need.KEEP) is not None)
    looks = looks_for_here(settings.desk.theme, beside, settings.desk.glyphs, settings.desk.bidi)
    remembering.dress(looks, settings.desk.theme)
    opened = open_all(settings, state, PATIENCE_MILLISECONDS)
    now = replay.now if replay else opened.now
    present = Present(settings, opened.record, opened.desk, now, permission=permission, replay=replay, mirror=opened.mirror)
    go_by_the_terminal()
    terminal = Terminal()
    archive = Archive(lambda: reader_of(open_reader(settings, state), replay), state)
    app = DeskApp(
        present,
        looks,
        archive,
        collector=Command(collector, holder) if collector else None,
        rebound=settings.keys,
        bound=keys,
        remembering=remembering,
        guard=terminal.guard,
        state=None if replay else state,
        driver=StdoutDriver,
    )
    return app, terminal


def _report(fault: str, state: Path) -> int:
    """Say in one sentence that the desk met a fault of its own, and keep the traceback where a developer finds it."""
    file = state / FAULT_FILE
    what = sanitise(fault.strip().splitlines()[-1])
    try:
        write_private(file, fault.encode("utf-8", "backslashreplace"))
        where = f"the details are in {file}"
    except OSError as error:
        where = f"the details could not be written to {file} ({error.strerror})"
    print(f"sitmon: the desk ended by a fault of its own ({what}); {where}. Nothing recorded is lost.", file=sys.stderr)
    return 1
