"""What every screen has: the header, the footer with its keys, and a word in the footer when a key could do nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.screen import Screen

from sitmon.app.commands import Scope, key_of
from sitmon.app.display import Line, span
from sitmon.app.views.footer import footer_line
from sitmon.app.views.header import header_lines
from sitmon.app.widgets.bar import Bar
from sitmon.app.wrapping import cut

if TYPE_CHECKING:
    from sitmon.app.entry import Entry
    from sitmon.app.opendesk import OpenDesk

_ROOM_FOR_NEWS = 15
"""Rows of a screen on which a line tells what changed; on a lower one the panes need each row."""


class FramedScreen(Screen[None], inherit_bindings=False):
    """A screen between header and footer."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ()

    def __init__(self) -> None:
        """Make header and footer."""
        super().__init__()
        self._said: str | None = None
        self._entry: Entry | None = None
        self._prompt = ""
        self._entered: Callable[[str], None] | None = None

    @property
    def desk(self) -> OpenDesk:
        """The app, by its own type."""
        return cast("OpenDesk", self.app)

    def make_header(self) -> Bar:
        """Return the header, to be composed first."""
        self._header = Bar(self.desk.looks, self._header_lines, "header")
        return self._header

    def make_footer(self) -> Bar:
        """Return the footer, to be composed last."""
        self._footer = Bar(self.desk.looks, self._footer_lines, "footer")
        return self._footer

    def renew(self) -> None:
        """Show what is true now: the board has changed, or time has passed."""
        self._header.renew()
        self._footer.renew()

    def say(self, words: str) -> None:
        """Say something in the footer until the next key."""
        self._said = words
        if self.is_mounted:
            # Else the footer says it as soon as there is one.
            self._footer.renew()

    def ask(self, prompt: str, entered: Callable[[str], None], text: str = "") -> None:
        """Let the person type a line in the footer; enter gives it to `entered`, escape to nobody."""
        from sitmon.app.entry import Entry  # noqa: PLC0415 - after the first paint

        self._said, self._prompt, self._entry, self._entered = None, prompt, Entry(text), entered
        self._footer.renew()

    def key_of(self, command: str) -> str:
        """Return the key of a command as this person has it, for a sentence that names it."""
        return key_of(command, self.desk.rebound, self.desk.looks.glyphs)

    def copied(self) -> str | None:
        """Return what is selected, fit to be pasted, or None if nothing is."""
        return None

    def paged(self) -> str | None:
        """Return what the pager is to show, sanitised, or None if there is nothing to be read at length."""
        return None

    def idle_commands(self) -> frozenset[str]:
        """Return the ids of commands that can do nothing now, which the footer leaves out."""
        return frozenset()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Catch up with what happened while another screen was shown."""
        event.stop()
        self.renew()

    def on_key(self, event: events.Key) -> None:
        """Type what is being typed; else take back what was said: a key has been pressed since."""
        if self.types(event):
            event.stop()
            event.prevent_default()
        elif self._said:
            self._said = None
            self._footer.renew()

    def types(self, event: events.Key) -> bool:
        """Type a key where something is being typed; whether it was.

        The app asks too: who types fast has pressed the first letters before there was a line to type them on.
        """
        if self._entry is None:
            return False
        self._typed(self._entry, event)
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Put pasted words where the cursor is."""
        if self._entry:
            event.stop()
            self._entry.insert(event.text)
            self._footer.renew()

    def write_in_log(self, about: str = "", region: str | None = None, claim: int | None = None) -> None:
        """Let the person write an entry in the log, about a region or a claim if one is given; `about` names it."""

        def entered(words: str) -> None:
            if words.strip():
                self.desk.alarming.write(words.strip(), region, claim)
                self.say(f"Written in the log{about}. A correction is a further entry.")

        if self.desk.travel.at:
            self.say(f"The log is written now: {self.key_of('back')} goes back to it.")
        else:
            self.ask(f"Log{about}: ", entered)

    def action_search(self) -> None:
        """Search everything ever seen."""
        self.desk.pages.search()

    def action_diagnostics(self) -> None:
        """Show how the desk itself is."""
        self.desk.pages.diagnostics()

    def action_map(self) -> None:
        """Show where it is reported from."""
        self.desk.pages.map()

    def action_travel(self) -> None:
        """Leave the live board for the past; there, go to a moment that is typed."""
        if self.desk.travel.at is None:
            self.desk.travel.depart()
        else:
            self.ask("Go to (081430Z, 14:30, -2h, 2024-12-08 06:00): ", self._go_to)

    def action_change_before(self) -> None:
        """Go back to the last change of a status."""
        self.desk.travel.to_change(-1)

    def action_change_after(self) -> None:
        """Go on to the next change of a status."""
        self.desk.travel.to_change(1)

    def action_hour_before(self) -> None:
        """Go an hour back."""
        self.desk.travel.by(timedelta(hours=-1))

    def action_hour_after(self) -> None:
        """Go an hour on."""
        self.desk.travel.by(timedelta(hours=1))

    def _go_to(self, words: str) -> None:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - after the first paint

        from sitmon.text.when import typed_moment  # noqa: PLC0415

        present = self.desk.present
        at = typed_moment(words, present.now(), ZoneInfo(present.settings.situation.zone))
        if at is None:
            self.say(f"“{words}” is no time: write 081430ZDEC24, 1430Z, 14:30, -2h or 2024-12-08 06:00.")
        else:
            self.desk.travel.to(at)

    def _typed(self, entry: Entry, event: events.Key) -> None:
        if event.key == "enter" and self._entered:
            self._entry = None
            self._entered(entry.text)
        elif event.key in ("escape", "ctrl+c"):
            self._entry = None
        else:
            entry.press(event.key, event.character)
        self._footer.renew()

    def _header_lines(self, width: int) -> Sequence[Line]:
        desk = self.desk
        now, glyphs = desk.present.now(), desk.looks.glyphs
        alarms = len(desk.present.alarms.unacknowledged)
        board, troubles, refused = desk.present.board, desk.following.troubles(), desk.present.refused
        lines = header_lines(board, now, troubles, width, glyphs, alarms, refused, self.key_of("sources"))
        if desk.present.replay:
            from sitmon.app.views.replay import replay_line  # noqa: PLC0415 - only there

            lines.append(replay_line(desk.present.replay, desk.rebound, width, glyphs))
        if desk.travel.at:
            from sitmon.app.views.past import past_line  # noqa: PLC0415 - after the first paint

            lines.append(past_line(desk.travel.at, now, desk.travel.arrivals(), desk.rebound, width, glyphs))
        if self.app.size.height >= _ROOM_FOR_NEWS and (returned := desk.attending.absence.line()):
            from sitmon.app.views.changes import since_line  # noqa: PLC0415 - after the first paint

            lines.append(since_line(returned, desk.rebound, width, glyphs))
        return lines

    def _footer_lines(self, width: int) -> Sequence[Line]:
        if self._entry:
            return [self._entry.line(f" {self._prompt}", width)]
        if self._said:
            return [(span(" " + cut(span(self._said).text, width - 2, self.desk.looks.glyphs.ellipsis), "said"),)]
        alarms = frozenset({"alarms"})
        is_there = Scope.ALARMS in self.SCOPES
        may_not = self.desk.present.permission.idle_commands
        # Where nothing can be selected, nothing can be copied.
        nothing = frozenset({"copy"}) if type(self).copied is FramedScreen.copied else frozenset()
        idle = self.idle_commands() | may_not | nothing | (alarms if is_there else frozenset())
        urgent = alarms if self.desk.present.alarms.unacknowledged else frozenset()
        return [footer_line(self.SCOPES, self.desk.rebound, width, idle, self.desk.looks.glyphs, urgent)]
