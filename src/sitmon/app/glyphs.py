"""The signs of the desk, one set for Unicode and one of plain ASCII; each says what a word beside it says."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping
from typing import Final, NamedTuple

from sitmon.model.claim import Modality


class Glyphs(NamedTuple):
    """One set of signs; each takes one cell, but for the ellipsis.

    Attributes:
        keys: Signs of keys that have one; the others are written out.
        instead: What is painted in the place of characters that a terminal of this set may not have.
    """

    new: str
    ageing: str
    stale: str
    blind: str
    contested: str
    resolved: str
    selected: str
    trouble: str
    alarm: str
    shelved: str
    answered: str
    sighted: str
    unseen: str
    claim: str
    bar: str
    rule: str
    heavy: str
    dot: str
    ellipsis: str
    opening: str
    closing: str
    levels: str
    modality: dict[Modality, str]
    keys: dict[str, str]
    instead: dict[int, int]


UNICODE: Final = Glyphs(
    new="●",
    ageing="◐",
    stale="○",
    blind="✗",
    contested="≠",
    resolved="=",
    selected="▸",
    trouble="!",
    alarm="▲",
    shelved="▽",
    answered="✓",
    sighted="◆",
    unseen="·",
    claim="┃",
    bar="│",
    rule="─",
    heavy="━",
    dot="·",
    ellipsis="…",
    opening="“",
    closing="”",
    levels="▁▂▃▄▅▆▇█",
    modality={
        Modality.REPORTED: "•",
        Modality.CLAIMED: "◇",
        Modality.CONFIRMED: "✓",
        Modality.DENIED: "✗",
        Modality.RUMOURED: "?",
        Modality.ASSESSED: "≈",
    },
    keys={"enter": "⏎", "left": "←", "right": "→", "up": "↑", "down": "↓"},
    instead={},
)
ASCII: Final = Glyphs(
    new="*",
    ageing="~",
    stale="o",
    blind="x",
    contested="#",
    resolved="=",
    selected=">",
    trouble="!",
    alarm="^",
    shelved="v",
    answered="+",
    sighted="*",
    unseen="-",
    claim="|",
    bar="|",
    rule="-",
    heavy="=",
    dot="-",
    ellipsis="...",
    opening='"',
    closing='"',
    levels="_.:-=+*#",
    modality={
        Modality.REPORTED: ".",
        Modality.CLAIMED: "<",
        Modality.CONFIRMED: "+",
        Modality.DENIED: "x",
        Modality.RUMOURED: "?",
        Modality.ASSESSED: "~",
    },
    keys={},
    # What typesetters write, one cell for one cell, as a typewriter has it. Letters of other scripts stay as they are.
    instead=str.maketrans("‘’‚‛“”„‟‐‑‒–—―•·≠≈«»←→↑↓×", "''''\"\"\"\"------*-#~<><>^vx"),
)


def glyphs_for_here(wanted: str = "auto", environment: Mapping[str, str] = os.environ) -> Glyphs:
    """Choose the set: the one wanted, or with "auto" Unicode, but for a locale without it and the console's few letters."""
    if wanted != "auto":
        return ASCII if wanted == "ascii" else UNICODE
    written = sys.__stdout__.encoding if sys.__stdout__ else locale.getpreferredencoding(False)
    encoding = written.lower().replace("-", "")
    has_few = environment.get("TERM", "").startswith(("linux", "vt"))
    return ASCII if has_few or not encoding.startswith("utf") else UNICODE
