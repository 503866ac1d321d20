"""What may be done at this desk, and why the rest may not: the one place that says so. Pure.

key, palette ──► Everywhere.run_action ──► Permission.refusal ──► the action, or the reason in the footer
Marking, Remembering and Notifying ask as well, so that nothing is written or started by a way that no key goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from sitmon.model.noun import dataclass


class Need(StrEnum):
    """What a command needs the desk to be allowed to do; most need nothing."""

    WRITE = "write"
    """Add to what people wrote: marks, answers, decisions, the log."""

    KEEP = "keep"
    """Change what is kept of this person: theme, searches, where they were."""

    START = "start"
    """Start another program on the machine of the desk, or step aside for its shell."""

    MACHINE = "machine"
    """Tell of that machine: directories, processes, versions."""


NEEDS: Mapping[str, Need] = {
    **dict.fromkeys(("seen", "seen_everywhere", "pin", "log"), Need.WRITE),
    **dict.fromkeys(("resolve", "split", "join", "undecide"), Need.WRITE),
    **dict.fromkeys(("acknowledge", "acknowledge_all", "shelve", "reopen"), Need.WRITE),
    **dict.fromkeys(("confirm", "unconfirm"), Need.WRITE),
    "keep_search": Need.KEEP,
    **dict.fromkeys(("pager", "suspend_process"), Need.START),
    "diagnostics": Need.MACHINE,
}
"""What the commands need that need anything, by their ids."""


@dataclass(frozen=True, slots=True)
class Permission:
    """What one desk may not do, each with the reason in words for the person.

    Attributes:
        refused: The reason for each need that is not met here; what is not in it is allowed.
    """

    refused: Mapping[Need, str] = field(default_factory=dict)

    def why_not(self, need: Need) -> str | None:
        """Return why this desk may not do something of this kind, or None if it may."""
        return self.refused.get(need)

    def refusal(self, action: str) -> str | None:
        """Say why an action may not be done at this desk, or None if it may.

        Args:
            action: As Textual has it: "seen", "screen.seen", "region(3)".
        """
        id = action.partition("(")[0].rpartition(".")[2]
        need = NEEDS.get(id)
        reason = self.refused.get(need) if need else None
        return f"Not here ({_title(id)}): {reason}" if reason else None

    @property
    def idle_commands(self) -> frozenset[str]:
        """Ids of the commands that cannot be given here: footer and palette leave them out."""
        return frozenset(id for id, need in NEEDS.items() if need in self.refused)


def read_only(because: str) -> Permission:
    """Return what a desk may do that writes nothing.

    Args:
        because: Why, as the end of a sentence: "this desk was opened with --read-only, nothing is written."
    """
    return Permission({Need.WRITE: because, Need.KEEP: because})


def _title(id: str) -> str:
    from sitmon.app.commands import COMMANDS  # noqa: PLC0415 - plain lines have no keys, and need no terminal library

    return next(command.title for command in COMMANDS if command.id == id)


EVERYTHING = Permission()
OPENED_SO = read_only("this desk was opened with --read-only, nothing is written.")
IN_A_BROWSER = Permission(
    {
        Need.WRITE: "a desk in a browser only reads; whoever keeps the watch writes at a terminal.",
        Need.KEEP: "a desk in a browser keeps nothing.",
        Need.START: "it would run on the server, not on your machine.",
        Need.MACHINE: "what the server is like is told at a terminal only.",
    }
)
