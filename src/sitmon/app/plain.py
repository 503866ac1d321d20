"""`sitmon watch --plain`: the desk as lines, one for each change, for screen readers, logs and pipes."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from sitmon.app.alarming import Alarming
from sitmon.app.archive import Archive
from sitmon.app.collecting import Command
from sitmon.app.following import TICK_SECONDS, Following
from sitmon.app.permission import OPENED_SO
from sitmon.app.plainly import alarm_line, change_lines, freshness_lines, opening_lines
from sitmon.app.present import Present
from sitmon.app.reloading import Reloading
from sitmon.app.replaying import Replay
from sitmon.app.terminal import when_gone
from sitmon.assessment.changes import changes_between
from sitmon.config.settings import Settings
from sitmon.model.alarm import AlarmState
from sitmon.model.board import Board
from sitmon.store.opening import open_all, open_reader
from sitmon.text.sanitise import flowing

Holder = Callable[[], int | None]
_READER_GONE = 0


def run(
    settings: Settings,
    state: Path,
    *,
    collector: Sequence[str] | None = None,
    holder: Holder | None = None,
    replay: Replay | None = None,
) -> int:
    """Print the board, then one line for each change, until a signal ends it or nobody reads any more.

    Args:
        settings: The situation.
        state: The state directory.
        collector: Command line of the collector to keep at work, or None to start none.
        holder: Tells which process collects onto the same record, so that this desk takes over soon when that one has gone.
        replay: The clock of a past stretch of time to be shown as if it were now, or None for the present.

    Returns:
        128 + the signal that ended it; 0 if the reader has gone, or a replay is over.
    """
    opened = open_all(settings, state)
    now = replay.now if replay else opened.now
    if replay:
        # Nothing is played before the first board is printed: what it begins with is told as it comes.
        replay.pause()
    present = Present(settings, opened.record, opened.desk, now, permission=OPENED_SO, replay=replay, mirror=opened.mirror)
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]
    try:
        archive = Archive(lambda: open_reader(settings, state))
        command = Command(collector, holder) if collector else None
        return asyncio.run(_watch(_Lines(present, archive, command, None if replay else state)))
    except BrokenPipeError:
        # Nobody reads any more; what Python would still flush at its end has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _READER_GONE
    finally:
        present.close()


class _Lines:
    """Prints what changed since it last printed."""

    def __init__(self, present: Present, archive: Archive, collector: Command | None, state: Path | None = None) -> None:
        self._present = present
        self._shown: Board | None = None
        self._troubles: list[str] = []
        self._alarms: dict[str, AlarmState] = {}
        self.alarming = Alarming(present, archive, self._print_alarms)
        reloading = Reloading(present.settings, state, self._adopt, self._print) if state else None
        self.following = Following(present, collector, self._look, reloading, lambda: self.alarming.trouble)

    def _adopt(self, settings: Settings) -> None:
        self._present.settings = settings
        self.following.look()

    def _look(self) -> None:
        self._print()
        self.alarming.look()

    def _print(self) -> None:
        before, board = self._shown, self._present.board
        now = board.as_of if self._present.replay else self._present.now()
        changed = (
            (change_lines(changes_between(before, board), board, now), freshness_lines(before, board, now)) if before else ()
        )
        for line in chain(*changed) if before else opening_lines(board, now):
            self._say(line)
        self._shown = board
        self._print_troubles(self.following.troubles(is_steady=True))

    def _print_alarms(self) -> None:
        """Print each alarm once when it is raised, and once more for each answer it is given."""
        alarms = {alarm.id: alarm for alarm in self._present.alarms.listed}
        for id, alarm in reversed(alarms.items()):
            if self._alarms.get(id) is not alarm.state:
                self._say(alarm_line(alarm, self._present.board, self._present.now()))
        self._alarms = {id: alarm.state for id, alarm in alarms.items()}

    def _say(self, line: str) -> None:
        print(f"REPLAY {line}" if self._present.replay else line)

    def play(self) -> None:
        """Let the clock of a replay go on from where it began."""
        if self._present.replay and self._present.replay.is_paused:
            self._present.replay.pause()

    @property
    def is_replay(self) -> bool:
        """Whether it is a past stretch of time that is shown."""
        return self._present.replay is not None

    @property
    def is_over(self) -> bool:
        """Whether a replay has been played and printed to its end."""
        replay, shown = self._present.replay, self._shown
        return replay is not None and shown is not None and shown.as_of >= replay.end

    def _print_troubles(self, troubles: list[str]) -> None:
        for trouble in troubles:
            if trouble not in self._troubles:
                print(f"TROUBLE {flowing(trouble)}")
        if self._troubles and not troubles:
            print("No trouble any more.")
        self._troubles = troubles


async def _watch(lines: _Lines) -> int:
    loop = asyncio.get_running_loop()
    end: asyncio.Future[int] = loop.create_future()

    def stop(status: int) -> None:
        if not end.done():
            end.set_result(status)

    def fail(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        if not end.done():
            end.set_exception(error if isinstance(error, Exception) else RuntimeError(str(context.get("message"))))

    loop.set_exception_handler(fail)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        loop.add_signal_handler(number, stop, 128 + number)
    when_gone(sys.stdout.fileno(), partial(loop.call_soon_threadsafe, stop, _READER_GONE))
    try:
        lines.following.look()
        lines.play()
        lines.alarming.look()
        lines.following.start()
        while not lines.is_over:
            done, _ = await asyncio.wait({end}, timeout=TICK_SECONDS if lines.is_replay else None)
            if done:
                return await end
        print("REPLAY at its end.")
        return 0
    finally:
        lines.following.stop()
