"""Calling a person who looks elsewhere: only for alarms that nobody has answered, only when unfocused, never too often.

unacknowledged alarms, at each look ──► new ones? away? not too soon? ──► bell, OSC 9, OSC 777, a command
"""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence

from sitmon.app.outward import notified
from sitmon.config.settings import Notify
from sitmon.model.alarm import Alarm
from sitmon.text.sanitise import flowing

_KINDS = ("bell", "osc9", "osc777")


class Notifying:
    """Decides when to call, and calls. Lives on the running loop; never raises.

    Attributes:
        trouble: Why the command could not be run when it last should have been, in words, or None.
    """

    def __init__(self, notify: Notify, situation: str, send: Callable[[str], None], is_away: Callable[[], bool]) -> None:
        """Prepare to call.

        Args:
            notify: By what means and how often.
            situation: Title of the situation, the head of every notification.
            send: Writes a sequence to the terminal.
            is_away: Whether the person looks elsewhere.
        """
        self.trouble: str | None = None
        self._notify = notify
        self._situation = situation
        self._send = send
        self._is_away = is_away
        self._told: set[str] | None = None
        self._waiting: list[Alarm] = []
        self._timer: asyncio.TimerHandle | None = None
        self._not_before = 0.0
        self._called: list[subprocess.Popen[bytes]] = []

    def adopt(self, notify: Notify, situation: str) -> None:
        """Call by these means from now on."""
        self._notify, self._situation = notify, situation

    def look(self, unacknowledged: Sequence[Alarm]) -> None:
        """Look at the alarms that nobody has answered, newest first, and call for those that are new."""
        ids = {alarm.id for alarm in unacknowledged}
        if self._told is None or not self._is_away():
            # What stands at the start, and what comes in before the person's eyes, needs no calling.
            self._told, self._waiting = ids, []
            return
        fresh = [alarm for alarm in unacknowledged if alarm.id not in self._told]
        self._told |= ids
        # One that was answered on another desk meanwhile calls nobody any more.
        self._waiting = [*fresh, *(alarm for alarm in self._waiting if alarm.id in ids)]
        if self._waiting and self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(loop.time(), self._not_before), self._call)

    def stop(self) -> None:
        """Call nobody any more."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _call(self) -> None:
        self._timer = None
        alarms, self._waiting = self._waiting, []
        if not alarms or not self._is_away():
            return
        self._not_before = asyncio.get_running_loop().time() + self._notify.every
        words = flowing(alarms[0].sentence)
        if len(alarms) > 1:
            words = f"{len(alarms)} alarms; the newest: {words}"
        for kind in _KINDS:
            if getattr(self._notify, kind):
                self._send(notified(kind, self._situation, words, os.environ))
        if self._notify.command:
            self._run(words, len(alarms))

    def _run(self, words: str, count: int) -> None:
        # Those that have ended are asked for their status here, or they would stay as zombies.
        self._called = [process for process in self._called if process.poll() is None]
        arguments = filled(self._notify.command, {"title": flowing(self._situation), "text": words, "count": str(count)})
        try:
            process = subprocess.Popen(  # noqa: S603 - an argument list from the configuration
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            # The alarm stands on the board and in the title either way.
            self.trouble = f"[notify] command: {arguments[0]!r} cannot be started: {getattr(error, 'strerror', None) or error}"
            return
        self.trouble = None
        self._called.append(process)


def filled(command: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """Return a command with {title}, {text} and {count} put in; outside text stays inside its argument.

    An argument never begins with a dash because of what was put in: it would be read as an option.
    """
    return [command[0], *(_argument(each, values) for each in command[1:])]


def _argument(written: str, values: Mapping[str, str]) -> str:
    whole = written
    for name, value in values.items():
        whole = whole.replace(f"{{{name}}}", value.replace("{", "("))
    return f" {whole}" if whole.startswith("-") and not written.startswith("-") else whole
