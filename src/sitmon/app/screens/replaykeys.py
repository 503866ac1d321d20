"""What the keys of a replay do on the board; the clock they play with is in replaying.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, cast

from sitmon.app.replaying import Replay

if TYPE_CHECKING:
    from sitmon.app.archive import Wanted
    from sitmon.app.opendesk import OpenDesk
    from sitmon.app.screens.framed import FramedScreen
    from sitmon.store.record import RecordReader


class ReplayKeys:
    """What the keys of a replay do, for the board's screen."""

    def action_replay_pause(self) -> None:
        """Let the clock of the replay stand still, or go on."""
        self._played(Replay.pause)

    def action_replay_faster(self) -> None:
        """Play faster."""
        self._played(Replay.faster)

    def action_replay_slower(self) -> None:
        """Play slower."""
        self._played(Replay.slower)

    def action_replay_step(self) -> None:
        """Go on to the next dispatch at once."""
        desk = self._desk
        if desk.present.replay is None:
            self._played(Replay.pause)
            return
        here = desk.present.replay.now()

        def find(record: RecordReader, _wanted: Wanted) -> datetime | None:
            return record.turn_after(here)

        desk.archive.ask("replay", find, self._arrived, desk.say)

    def _arrived(self, at: datetime | None) -> None:
        if at is None:
            self._desk.say("There is nothing more to play.")
        else:
            self._played(lambda replay: replay.to(at))

    def _played(self, act: Callable[[Replay], None]) -> None:
        desk = self._desk
        if desk.present.replay is None:
            desk.say("This is no replay: sitmon replay and sitmon demo play the past.")
            return
        act(desk.present.replay)
        desk.following.begin_to_look()

    @property
    def _desk(self) -> OpenDesk:
        return cast("FramedScreen", self).desk
