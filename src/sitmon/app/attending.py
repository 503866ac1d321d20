"""The person at the desk: how they left it, whether they are there, what is told when they are back, how they are called.

key, focus ──► Absence ──► a line in the header     alarms ──► title, Notifying     leaving ──► Remembering
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sitmon.app.absence import Absence
from sitmon.app.archive import Archive
from sitmon.app.notifying import Notifying
from sitmon.app.permission import Need, Permission
from sitmon.app.present import Present
from sitmon.app.remembering import Remembering
from sitmon.app.waking import Repeating
from sitmon.app.wrapping import cut
from sitmon.config.settings import Notify
from sitmon.model.board import Board
from sitmon.text.sanitise import flowing

_SUBJECT = "since"
_LONGEST_TITLE = 80


class Attending:
    """Attends to the person. Lives on the running loop.

    Attributes:
        remembering: How they left the desk.
        absence: Whether they are there.
        is_paused: The rotation is held.
    """

    def __init__(self, present: Present, archive: Archive, remembering: Remembering, send: Callable[[str], None]) -> None:
        """Prepare; nothing runs before `begin`.

        Args:
            present: What the desk knows.
            archive: Where the board of the past is looked up.
            remembering: How the person left.
            send: Writes a sequence to the terminal.
        """
        self.remembering = remembering
        self.absence = Absence(lambda: present.board, present.now)
        self.is_paused = False
        self._present, self._archive = present, archive
        settings = present.settings
        self._notifying = Notifying(
            _allowed(settings.notify, present.permission), settings.situation.title, send, self.absence.is_away
        )
        self._rotation: Repeating | None = None
        self._turns: Callable[[], None] = lambda: None

    def begin(self, show: Callable[[], None], turn: Callable[[], None], say: Callable[[str], None]) -> None:
        """The board is painted: look what changed since the person last left, and begin to rotate if that is wanted.

        Args:
            show: Called when there is something to tell.
            turn: Goes to the next region.
            say: Says something to the person.
        """
        if self.remembering.trouble:
            say(self.remembering.trouble)
        left = self.remembering.habits.looked_at
        if left is not None and left < self._present.now():
            self._archive.ask(
                _SUBJECT,
                lambda record, _wanted: self._present.board_at(record, left),
                lambda board: self._compare(board, left, show),
                lambda _words: None,
            )
        self._turns = turn
        self._rotate()

    def adopt(self) -> None:
        """Go by the present's settings from now on."""
        settings = self._present.settings
        self._notifying.adopt(_allowed(settings.notify, self._present.permission), settings.situation.title)
        self._rotate()

    def troubles(self) -> list[str]:
        """Return what is wrong with what is kept of the person and with how they are called, in words."""
        return [each for each in (self.remembering.trouble, self._notifying.trouble) if each]

    def title(self) -> str:
        """Return the title of the terminal's window: the alarms that nobody has answered, and what is watched."""
        waiting = len(self._present.alarms.unacknowledged)
        alarms = f"({waiting} alarm{'' if waiting == 1 else 's'}) " if waiting else ""
        return cut(flowing(f"{alarms}sitmon: {self._present.settings.situation.title}"), _LONGEST_TITLE, "…")

    def look(self) -> None:
        """Something may have changed: call the person if there is an alarm, keep what could not be kept before."""
        self.remembering.catch_up()
        self._notifying.look(self._present.alarms.unacknowledged)

    def choose_theme(self, theme: str) -> None:
        """Remember a theme; once the configuration names another one than now, that counts again."""
        self.remembering.change(theme=theme, instead_of=self._present.settings.desk.theme)

    def pause(self) -> str:
        """Hold the rotation, or let it go on; what it is now, in words."""
        if not self._rotation:
            return "Nothing rotates here: [desk] rotate in the configuration sets a time."
        self.is_paused = not self.is_paused
        return (
            "The rotation is held; the same key lets it go on."
            if self.is_paused
            else "The rotation goes on when nobody is there."
        )

    def end(self, region: str, *, is_alone: bool, is_wall: bool | None) -> None:
        """The person leaves: keep where they were and when they last looked."""
        self._notifying.stop()
        if self._rotation:
            self._rotation.stop()
        looked_at = self._present.now() - self.absence.idle_for() if self.absence.is_away() else self._present.now()
        self.remembering.change(region=region, is_alone=is_alone, is_wall=is_wall, looked_at=looked_at)

    def _compare(self, board: Board, left: datetime, show: Callable[[], None]) -> None:
        if self.absence.come_back(board, left):
            show()

    def _rotate(self) -> None:
        if self._rotation:
            self._rotation.stop()
        seconds = self._present.settings.desk.rotate
        self._rotation = Repeating(lambda: self._turn(seconds or 0.0)) if seconds else None
        if self._rotation and seconds:
            self._rotation.every(seconds)

    def _turn(self, seconds: float) -> None:
        if not self.is_paused and self.absence.idle_for() >= timedelta(seconds=seconds):
            self._turns()


def _allowed(notify: Notify, permission: Permission) -> Notify:
    """Return how a person may be called at a desk: without a command where none may be started."""
    return notify if permission.why_not(Need.START) is None else replace(notify, command=())
