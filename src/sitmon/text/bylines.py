"""Names from outside among the desk's own words: what imitates those is set in quotation marks, and is not taken for them.

An outlet may call itself "Reuters · published 081000ZDEC24 · 9 outlets"; where the desk puts a time and a count behind each
outlet, the name would bring its own.
"""

from __future__ import annotations

import re
import unicodedata

from sitmon.text.sanitise import flowing

# What the desk and its papers set between facts or draw with, and what looks like it; a time, a count of outlets, a grade, and
# the words by which the board says how firm or how fresh something is.
_IMITATES = re.compile(
    r"[·∙•‧⋅・᛫⸱ꞏ●◦;“”„│─━≠✓]|\d\d:?\d\dZ|\b\d+ (?:outlets?|origins?)\b|(?<!\w)~?[A-F][1-6](?!\w)"
    r"|\b(?:REPORTED|CLAIMED|CONFIRMED|DENIED|RUMOURED|ASSESSED|CONTESTED|RESOLVED|SUPERSEDED|CORRECTED|WITHDRAWN|STALE|BLIND"
    r"|FUTURE-DATED|AS OF)\b|^(?:[Nn]ew|[Aa]geing|[Qq]uiet|[Uu]ndated)$"
)
_MARKS = str.maketrans(dict.fromkeys("“”„‘’", "'"))


def named(name: str) -> str:
    """Return a name fit to be shown beside the desk's own words: one line, in single quotation marks if it imitates them."""
    shown = " ".join(flowing(name).split())
    # Wide and mathematical letters look like plain ones, and are them by their compatibility.
    return f"‘{shown.translate(_MARKS)}’" if _IMITATES.search(unicodedata.normalize("NFKC", shown)) else shown
