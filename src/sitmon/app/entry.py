"""A line that is being typed: what the keys do to it. It knows neither screen nor terminal."""

from __future__ import annotations

import re
import unicodedata

from sitmon.app.display import Line, span
from sitmon.app.wrapping import wrap

_MOST = 500
_WORD_BEFORE = re.compile(r"\S*\s*$")


class Entry:
    """Text and cursor.

    Attributes:
        text: What has been typed.
        at: Where the next letter goes, 0 before the first.
    """

    def __init__(self, text: str = "") -> None:
        """Begin with a text, the cursor behind it."""
        self.text = text
        self.at = len(text)

    def press(self, key: str, character: str | None) -> bool:
        """Do what a key does; whether it was one for a line.

        Args:
            key: As Textual names it.
            character: What it types, if anything.
        """
        moves = {
            "left": self.at - 1,
            "right": self.at + 1,
            "home": 0,
            "end": len(self.text),
            "ctrl+a": 0,
            "ctrl+e": len(self.text),
        }
        if key in moves:
            self.at = min(max(moves[key], 0), len(self.text))
        elif key == "backspace":
            self._cut(self.at - 1, self.at)
        elif key == "delete":
            self._cut(self.at, self.at + 1)
        elif key == "ctrl+w":
            before = _WORD_BEFORE.search(self.text[: self.at])
            self._cut(before.start() if before else 0, self.at)
        elif key == "ctrl+u":
            self._cut(0, self.at)
        elif character and character.isprintable():
            self.insert(character)
        else:
            return False
        return True

    def insert(self, words: str) -> None:
        """Type or paste words; line ends become spaces, controls nothing."""
        flat = " ".join(words.split()) if len(words) > 1 else words
        clean = "".join(each for each in flat if unicodedata.category(each) not in ("Cc", "Cs"))[: _MOST - len(self.text)]
        self.text = self.text[: self.at] + clean + self.text[self.at :]
        self.at += len(clean)

    def line(self, prompt: str, width: int, role: str = "text") -> Line:
        """Return the line as it stands on the screen: prompt, text, and the cursor as a bar of its own look.

        Where there is no room for all of it, its end nearest the cursor is shown.
        """
        room = max(width - len(prompt) - 2, 1)
        first = 0
        while first < self.at and (stretches := wrap(self.text[first : self.at], room, 2)) and len(stretches) > 1:
            first += max(stretches[0][1], 1)
        shown = self.text[first:]
        cursor = self.at - first
        return (
            span(prompt, "key"),
            span(shown[:cursor], role),
            span(shown[cursor : cursor + 1] or " ", "title.current"),
            span(shown[cursor + 1 :], role),
        )

    def _cut(self, start: int, end: int) -> None:
        start, end = max(start, 0), min(end, len(self.text))
        self.text = self.text[:start] + self.text[end:]
        self.at = start if start < end else self.at
