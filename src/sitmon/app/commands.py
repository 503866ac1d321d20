"""Every command of the desk, declared once: from here follow bindings, footer, help screen and docs/keys.md.

A command's id is the name of its action on the screen (or, everywhere, on the app) and its name in `[keys]`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple

from textual.binding import Binding, BindingType
from textual.keys import Keys, _character_to_key

from sitmon.app.glyphs import UNICODE, Glyphs
from sitmon.errors import ConfigurationError


class Scope(StrEnum):
    """Where a command can be given."""

    BOARD = "on the board"
    ARTICLE = "in an article"
    LIST = "in a list"
    SEARCH = "in the search"
    TIMELINE = "on a timeline"
    MAP = "on the map"
    CONTESTED = "on what is contested"
    ALARMS = "among the alarms"
    INDICATORS = "on the I&W board"
    PAGE = "on every page"
    EVERYWHERE = "everywhere"


class Command(NamedTuple):
    """One thing a person can do.

    Attributes:
        keys: Keys that do it, the one to be shown first.
        title: Two or three words, for the footer.
        help: One sentence, for the help screen and the documentation.
        footer: Its place in the footer, 1 first; 0 for none.
        action: The action, if it is not the id.
        group: Commands of one group are shown as one line of the help: "1–9".
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    scopes: tuple[Scope, ...]
    footer: int = 0
    action: str | None = None
    group: str | None = None


# What can be done on one and the same screen, besides what can be done everywhere.
_TOGETHER = (
    (Scope.BOARD,),
    (Scope.PAGE, Scope.ARTICLE),
    (Scope.PAGE, Scope.LIST, Scope.SEARCH),
    (Scope.PAGE, Scope.LIST, Scope.TIMELINE),
    (Scope.PAGE, Scope.LIST, Scope.MAP),
    (Scope.PAGE, Scope.LIST, Scope.CONTESTED),
    (Scope.PAGE, Scope.LIST, Scope.ALARMS),
    (Scope.PAGE, Scope.LIST, Scope.INDICATORS),
)

_BOARD, _PAGE, _ARTICLE = (Scope.BOARD,), (Scope.PAGE,), (Scope.ARTICLE,)
_LINES = (Scope.BOARD, Scope.PAGE)

COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            f"region_{number}",
            (str(number),),
            "region",
            "Go to the region of that number.",
            _BOARD,
            footer=1,
            action=f"region({number})",
            group="region",
        )
        for number in range(1, 10)
    ),
    Command("next_region", ("tab",), "next", "Go to the next region.", _BOARD),
    Command("previous_region", ("shift+tab",), "previous", "Go to the region before.", _BOARD),
    Command("left", ("h", "left"), "left", "Go to the region on the left.", _BOARD),
    Command("right", ("l", "right"), "right", "Go to the region on the right.", _BOARD),
    Command("down", ("j", "down"), "down", "Go one line down.", _LINES),
    Command("up", ("k", "up"), "up", "Go one line up.", _LINES),
    Command("first", ("g", "home"), "first", "Go to the first line.", _LINES),
    Command("last", ("G", "end"), "last", "Go to the last line.", _LINES),
    Command("page_down", ("space", "pagedown"), "page down", "Turn one page on.", _PAGE),
    Command("page_up", ("b", "pageup"), "page up", "Turn one page back.", _PAGE),
    Command("open", ("enter",), "open", "Open the article of the selected line, or both sides of a contested one.", _BOARD, 2),
    Command("jump", (";",), "jump", "Show a letter before each line on the screen; the letter goes there.", _BOARD),
    Command("next_new", ("n",), "next new", "Go to the next claim that nobody has seen.", _BOARD, 3),
    Command("contested", ("c",), "contested", "Show both sides of what is contested here.", _BOARD, 4),
    Command("why", ("w",), "why", "Say why the selected line stands where it does.", _BOARD, 5),
    Command("seen", ("a",), "seen", "Mark everything in this region as seen.", _BOARD, 6),
    Command("seen_everywhere", ("A",), "seen all", "Mark everything in every region as seen.", _BOARD),
    Command("pin", ("*",), "pin", "Pin the selected claim to the head of its region, or release it.", _BOARD),
    Command("whole", ("f",), "full screen", "Give this region the whole screen, or the board again.", _BOARD, 7),
    Command("next_claim", ("n",), "next claim", "Go to the next claim of the article.", _ARTICLE, 2),
    Command("previous_claim", ("p",), "previous claim", "Go to the claim before.", _ARTICLE, 3),
    Command("origin", ("o",), "origin", "Show where the article comes from; once more, open it in the browser.", _ARTICLE, 4),
    Command("back", ("escape",), "back", "Go back to where you were.", _LINES, 8),
    Command("choose", ("enter",), "open", "Open what is chosen.", (Scope.LIST,), 2),
    Command("keep_search", ("ctrl+s",), "keep", "Keep the search that is typed, or let go of it.", (Scope.SEARCH,), 3),
    Command("resolve", ("r",), "resolve", "Resolve the chosen issue, with a note of how.", (Scope.CONTESTED,), 3),
    Command(
        "split", ("x",), "split", "Split claims off the chosen issue: they are about something else.", (Scope.CONTESTED,), 4
    ),
    Command("join", ("J",), "join", "Join the chosen issue to another one.", (Scope.CONTESTED,), 5),
    Command("undecide", ("u",), "take back", "Take back what was decided on the chosen issue.", (Scope.CONTESTED,), 6),
    Command("timeline", ("H",), "timeline", "Show what headed this region when, why it gave way, and the gaps.", _BOARD, 8),
    Command("longer", (">",), "longer", "Show a longer stretch of time.", (Scope.TIMELINE, Scope.MAP), 3),
    Command("shorter", ("<",), "shorter", "Show a shorter stretch of time.", (Scope.TIMELINE, Scope.MAP), 4),
    Command("board_then", ("v",), "board then", "Show the board as of when the chosen status began.", (Scope.TIMELINE,), 5),
    Command("search", ("/",), "search", "Search everything ever seen, as you type.", _LINES, 9),
    Command("wall", ("W",), "wall", "Show map, sources and what came in last beside the regions, or not.", _BOARD),
    Command("diagnostics", ("D",), "diagnostics", "Show how the desk itself is: processes, record, terminal.", _LINES),
    Command("unplaced", ("u",), "unplaced", "Show the claims that no region could be found for.", (Scope.BOARD,)),
    Command("map", ("m",), "map", "Show on a map where it is reported from.", _LINES, 9),
    Command("replay_pause", ("p",), "pause", "In a replay: let the clock stand still, or go on.", _BOARD),
    Command("replay_step", (".",), "next dispatch", "In a replay: go on to the next dispatch at once.", _BOARD),
    Command("replay_faster", ("+",), "faster", "In a replay: play faster.", _BOARD),
    Command("replay_slower", ("-",), "slower", "In a replay: play slower.", _BOARD),
    Command("travel", ("t",), "time travel", "Show the board as of a moment of the past; there, type one to go to.", _LINES, 9),
    Command("change_before", ("[",), "change before", "In the past: go back to the last change of a status.", _LINES),
    Command("change_after", ("]",), "change after", "In the past: go on to the next change of a status.", _LINES),
    Command("hour_before", ("{",), "hour before", "In the past: go an hour back.", _LINES),
    Command("hour_after", ("}",), "hour after", "In the past: go an hour on.", _LINES),
    Command("acknowledge", ("a",), "acknowledge", "Acknowledge the chosen alarm.", (Scope.ALARMS,), 3),
    Command("shelve", ("z",), "shelve", "Shelve the chosen alarm for a while, with the reason.", (Scope.ALARMS,), 4),
    Command("reopen", ("u",), "take back", "Take back the answer to the chosen alarm: it is open again.", (Scope.ALARMS,), 5),
    Command("acknowledge_all", ("A",), "acknowledge all", "Acknowledge every alarm that nobody has answered.", (Scope.ALARMS,)),
    Command(
        "confirm", ("c",), "confirm", "Confirm the chosen indicator, with a note of how it is known.", (Scope.INDICATORS,), 3
    ),
    Command("unconfirm", ("u",), "take back", "Take back the confirmation of the chosen indicator.", (Scope.INDICATORS,), 4),
    Command("alarms", ("!",), "alarms", "Show the alarms and the log.", (Scope.EVERYWHERE,), 9),
    Command("indicators", ("I",), "I&W", "Show the I&W board: which indicators were seen.", (Scope.EVERYWHERE,)),
    Command("log", ("L",), "log", "Write an entry in the log of the watch.", (Scope.EVERYWHERE,)),
    Command("sources", ("S",), "sources", "Show every source, its health, and what it could not use.", (Scope.EVERYWHERE,), 9),
    Command("copy", ("y",), "copy", "Copy quote, source, time and address of what is selected.", (Scope.EVERYWHERE,), 9),
    Command("pager", ("|",), "pager", "Read the whole text in your pager ($PAGER).", (Scope.EVERYWHERE,)),
    Command("since", ("d",), "since I looked", "Show what changed since you last looked.", (Scope.EVERYWHERE,), 9),
    Command(
        "palette", ("ctrl+p",), "find", "Find a command, region, source, place or claim by typing.", (Scope.EVERYWHERE,), 9
    ),
    Command("pause", ("P",), "hold", "Hold the rotation of regions, or let it go on.", (Scope.EVERYWHERE,)),
    Command("theme", ("T",), "theme", "Wear the next theme; it is remembered.", (Scope.EVERYWHERE,)),
    Command("help", ("?",), "help", "Show this help.", (Scope.EVERYWHERE,), 10),
    Command("quit", ("q", "ctrl+q", "ctrl+c"), "quit", "Leave sitmon.", (Scope.EVERYWHERE,), 11),
    Command("suspend_process", ("ctrl+z",), "suspend", "Step aside for the shell; fg comes back.", (Scope.EVERYWHERE,)),
)

_KNOWN = {command.id: command for command in COMMANDS}
_SHOWN = {"escape": "esc", "pageup": "page up", "pagedown": "page down"}
_MODIFIERS = ("ctrl+", "alt+", "shift+", "super+", "meta+", "hyper+")


def commands_in(*scopes: Scope) -> list[Command]:
    """Return the commands of some scopes, in the order declared."""
    return [command for command in COMMANDS if set(scopes) & set(command.scopes)]


def bindings_for(*scopes: Scope) -> list[BindingType]:
    """Return the Textual bindings of some scopes; their ids let `[keys]` re-bind them."""
    return [
        Binding(",".join(map(_key_name, command.keys)), command.action or command.id, command.title, show=False, id=command.id)
        for command in commands_in(*scopes)
    ]


def keys_of(command: Command, rebound: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys that do a command, after re-binding."""
    written = rebound.get(command.id)
    return tuple(key.strip() for key in written.split(",")) if written is not None else command.keys


def shown_key(key: str, glyphs: Glyphs = UNICODE) -> str:
    """Return a key as people read it: "⏎", "esc", "tab", "?"."""
    return glyphs.keys.get(key) or _SHOWN.get(key, key)


def label(commands: Sequence[Command], rebound: Mapping[str, str], glyphs: Glyphs = UNICODE) -> str:
    """Return the key of a command, or the first and last of a group: "1-9"."""
    keys = [shown_key(keys_of(command, rebound)[0], glyphs) for command in commands]
    return keys[0] if len(keys) == 1 else f"{keys[0]}-{keys[-1]}"


def key_of(id: str, rebound: Mapping[str, str], glyphs: Glyphs = UNICODE) -> str:
    """Return the key of the command of an id as people read it, for a sentence that names it."""
    return label([_KNOWN[id]], rebound, glyphs)


def doing_elsewhere(key: str, scopes: Sequence[Scope], rebound: Mapping[str, str], glyphs: Glyphs = UNICODE) -> str | None:
    """Say where a key does something that does nothing here, or None if it is no key of any command.

    Args:
        key: As Textual names it.
        scopes: Of the screen it was pressed on.
        rebound: The keys that a person has re-bound.
        glyphs: The signs to use.
    """
    for command in COMMANDS:
        if key in map(_key_name, keys_of(command, rebound)) and not set(scopes) & set(command.scopes):
            shown = next(each for each in keys_of(command, rebound) if _key_name(each) == key)
            where = " and ".join(scope.value for scope in command.scopes)
            return f"{shown_key(shown, glyphs)} ({command.title}) works {where}, not here."
    return None


def keymap(rebound: Mapping[str, str], origin: str) -> dict[str, str]:
    """Check the `[keys]` of the configuration and return them as Textual wants them.

    Args:
        rebound: Command id to key, or keys with commas between.
        origin: The configuration file, for errors.

    Raises:
        ConfigurationError: An unknown command, a key there is not, or one key for two commands in one place.
    """
    for id, keys in rebound.items():
        if id not in _KNOWN:
            near = get_close_matches(id, _KNOWN, 1)
            hint = f"did you mean {near[0]}?" if near else "the commands are listed in docs/keys.md."
            raise ConfigurationError(f"{origin}: [keys] {id}: there is no such command; {hint}")
        for key in keys_of(_KNOWN[id], {id: keys}):
            if not _is_key(key):
                raise ConfigurationError(f"{origin}: [keys] {id}: {key!r} is no key; write one like x, F, ?, f5 or ctrl+n.")
    _refuse_clashes(rebound, origin)
    return {id: ",".join(map(_key_name, keys_of(_KNOWN[id], rebound))) for id in rebound}


def _refuse_clashes(rebound: Mapping[str, str], origin: str) -> None:
    for scopes in _TOGETHER:
        taken: dict[str, str] = {}
        for command in commands_in(Scope.EVERYWHERE, *scopes):
            for key in map(_key_name, keys_of(command, rebound)):
                other = taken.setdefault(key, command.id)
                if other != command.id:
                    culprit = command.id if command.id in rebound else other
                    both = f"the key {key} would do both {other} and {command.id}"
                    raise ConfigurationError(f"{origin}: [keys] {culprit}: {both}; give one of them another key.")


def _key_name(key: str) -> str:
    return _character_to_key(key) if len(key) == 1 else key


def _is_key(key: str) -> bool:
    bare = key
    while bare.startswith(_MODIFIERS):
        bare = bare.partition("+")[2]
    if bare == key and len(key) == 1:
        return key.isprintable() and key != " "
    return len(bare) == 1 or bare in {each.value for each in Keys}
