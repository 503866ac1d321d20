"""Outside text made fit to be shown: no character of it can command a terminal or turn the order of a line around.

The record keeps every text verbatim; whatever reaches a person goes through here. Each character becomes exactly one
character, so offsets into a text hold for the sanitised text too. Letters of every script stay, marks included.
"""

from __future__ import annotations

_REPLACEMENT = 0xFFFD
_PICTURES = 0x2400  # U+2400 SYMBOL FOR NULL, and so on through the C0 controls.
_PICTURE_OF_DELETE = 0x2421
_PICTURE_OF_NEWLINE = 0x2424

# What a bidi control does, as an arrow that a reader can see: marks, embeddings, overrides, isolates and their ends.
_TO_THE_RIGHT = (0x200E, 0x202A, 0x202D, 0x2066)
_TO_THE_LEFT = (0x061C, 0x200F, 0x202B, 0x202E, 0x2067)
_EITHER_WAY = (0x2068,)
_BACK = (0x202C, 0x2069)

_TABLE: dict[int, int] = {
    **{code: _PICTURES + code for code in range(0x20)},
    0x7F: _PICTURE_OF_DELETE,
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys((0x2028, 0x2029), _PICTURE_OF_NEWLINE),
    **dict.fromkeys(_TO_THE_RIGHT, ord("⇒")),
    **dict.fromkeys(_TO_THE_LEFT, ord("⇐")),
    **dict.fromkeys(_EITHER_WAY, ord("⇔")),
    **dict.fromkeys(_BACK, ord("⇑")),
    # Deprecated format characters, interlinear annotation, surrogates and invisible tags: nothing that a reader could see.
    **dict.fromkeys(range(0x206A, 0x2070), _REPLACEMENT),
    **dict.fromkeys(range(0xFFF9, 0xFFFC), _REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
    **dict.fromkeys(range(0xE0000, 0xE0080), _REPLACEMENT),
}
_SPACES: dict[int, int] = dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), 0x20)


def sanitise(text: str) -> str:
    """Return the text with every control made visible; as long as it was, and unchanged if it holds none.

    C0 controls and DEL become their pictures (ESC is "␛"), C1 controls and surrogates "�", bidi controls arrows.
    """
    # A printable text holds no character of the categories Cc, Cf and Cs: by far the most common case costs no copy.
    return text if text.isprintable() else text.translate(_TABLE)


def flowing(text: str) -> str:
    """Return running text for one line or one paragraph: line ends and tabs are spaces, the rest as `sanitise` has it."""
    return text if text.isprintable() else text.translate(_SPACES).translate(_TABLE)
