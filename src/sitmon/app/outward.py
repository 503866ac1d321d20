"""What the desk asks of a terminal besides its picture: clipboard, title, notifications. Pure: sequences, nothing is sent.

A multiplexer between desk and terminal hands on only what is wrapped for it; over ssh nothing changes, for the sequences travel
with the picture. What a terminal does not know it ignores.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

from sitmon.text.sanitise import flowing

_ESC, _BEL, _ST = "\x1b", "\x07", "\x1b\\"
KEEP_TITLE, GIVE_TITLE_BACK = "\x1b[22;2t", "\x1b[23;2t"
# The longest string that terminals take for their clipboard (xterm's own limit), and that GNU screen hands on in one piece.
_MOST_COPIED, _SCREENS_PIECE = 74_994, 240
_NO_TITLE = ("linux", "vt", "dumb", "cons25")


def copying(text: str, environment: Mapping[str, str]) -> str:
    """Return what puts a text on the clipboard of the terminal that a person sits at (OSC 52).

    In a multiplexer it is sent both wrapped and bare: tmux takes the bare one with `set-clipboard on`, the wrapped one with
    `allow-passthrough on`; twice the same text does no harm.
    """
    data = text.encode("utf-8", "replace")
    while len(coded := base64.b64encode(data)) > _MOST_COPIED:
        data = data[: len(data) * 9 // 10].decode("utf-8", "ignore").encode()
    bare = f"{_ESC}]52;c;{coded.decode()}{_BEL}"
    wrapped = handed_on(bare, environment)
    return bare if wrapped == bare else bare + wrapped


def notified(kind: str, title: str, words: str, environment: Mapping[str, str]) -> str:
    """Return what makes a terminal notify its person.

    Args:
        kind: "bell", "osc9" (iTerm2, kitty, WezTerm, Windows Terminal) or "osc777" (rxvt, foot, VTE).
        title: Of the notification; outside text.
        words: Outside text.
        environment: Tells what lies between desk and terminal.
    """
    if kind == "bell":
        return _BEL
    title, words = _safe(title), _safe(words)
    # A message of OSC 9 that began with a figure would be a progress bar to some terminals.
    sequence = f"{_ESC}]9;{title}: {words}{_BEL}" if kind == "osc9" else f"{_ESC}]777;notify;{title};{words}{_BEL}"
    return handed_on(sequence, environment)


def titled(words: str) -> str:
    """Return what gives the terminal's window a title; multiplexers keep one for each of their own windows."""
    return f"{_ESC}]2;{_safe(words)}{_ST}"


def has_title(environment: Mapping[str, str]) -> bool:
    """Whether this terminal has a title to set: a console has none, and might show the words instead."""
    return not environment.get("TERM", "dumb").startswith(_NO_TITLE)


def handed_on(sequence: str, environment: Mapping[str, str]) -> str:
    """Return a sequence as a multiplexer hands it on to its terminal; as it is where there is none."""
    term = environment.get("TERM", "")
    if environment.get("TMUX") or term.startswith("tmux"):
        return f"{_ESC}Ptmux;{sequence.replace(_ESC, _ESC * 2)}{_ST}"
    if environment.get("STY") or term.startswith("screen"):
        pieces = (sequence[start : start + _SCREENS_PIECE] for start in range(0, len(sequence), _SCREENS_PIECE))
        return "".join(f"{_ESC}P{piece}{_ST}" for piece in pieces)
    return sequence


def _safe(words: str) -> str:
    """Return outside words fit to stand inside a sequence: no control ends it early, no semicolon begins a new field."""
    return flowing(words).replace(";", ",")[:200]
