"""Outside text made fit to be shown: no character of it can command a terminal or turn the order of a line around.

The record keeps every text verbatim; whatever reaches a person goes through here. Each character becomes exactly one
character, so offsets into a text hold for the sanitised text too. Letters of every script stay, marks included.
"""

from __future__ import annotations

import re

_REPLACEMENT = 0xFFFD
_UNSEEN = ord("¦")
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
    **dict.fromkeys((*range(0xE0000, 0xE0100), *range(0xE01F0, 0xE1000)), _REPLACEMENT),
    # What has no look and takes no room, or only room: "Reu\u200bters" is not to be taken for "Reuters".
    **dict.fromkeys((0x00AD, 0x034F, 0x180E, 0x200B, 0xFEFF, *range(0x2060, 0x2066)), _UNSEEN),
    **dict.fromkeys((0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0), _UNSEEN),
    **dict.fromkeys((*range(0x13430, 0x13440), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)), _UNSEEN),
    **dict.fromkeys(range(0xFDD0, 0xFDF0), _REPLACEMENT),
    **dict.fromkeys((plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)), _REPLACEMENT),
}
_SPACES: dict[int, int] = dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), 0x20)
# Marks that letters bear, joiners (Persian, the scripts of India and emoji are wrong without them) and selectors of a look.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7-\u06ed\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
_IDEOGRAPH = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# No printable text without one of these needs to be looked at any closer.
_SUSPECT = re.compile(f"[{_MARKS}\u115f\u1160\u17b4\u17b5\u3164\uffa0\U000e0100-\U000e01ef]")
# Joiners and selectors where they do nothing but hide, and marks beyond the eighth: no letter of any language bears as many,
# and a hundred are painted over the lines above and below. Strokes through letters: so the desk shows what was superseded.
_STRAY = re.compile(
    "(?<=[0-9A-Za-z\u00a6\u00c0-\u024f\u0370-\u052f\u200c\u200d])[\u200c\u200d]|(?<=[A-Za-z\u00a6\u00c0-\u024f])[\ufe00-\ufe0f]"
    f"|(?<![{_IDEOGRAPH}])[\U000e0100-\U000e01ef]|(?<=[{_MARKS}]{{8}})[{_MARKS}]|[\u0335\u0336]"
)


def sanitise(text: str) -> str:
    """Return the text with every control made visible; as long as it was, and unchanged if it holds none.

    C0 controls and DEL become their pictures (ESC is "␛"), C1 controls and surrogates "�", bidi controls arrows, what has no
    look "¦", and marks that are heaped on one letter "�".
    """
    # A printable text holds no character of the categories Cc, Cf and Cs: by far the most common case costs no copy.
    if text.isprintable() and (text.isascii() or not _SUSPECT.search(text)):
        return text
    return _STRAY.sub(_sign, text.translate(_TABLE))


def flowing(text: str) -> str:
    """Return running text for one line or one paragraph: line ends and tabs are spaces, the rest as `sanitise` has it."""
    return sanitise(text if text.isprintable() else text.translate(_SPACES))


def _sign(stray: re.Match[str]) -> str:
    return chr(_UNSEEN) if stray[0] in "\u200c\u200d" else chr(_REPLACEMENT)
