"""Names from outside among the desk's own words: what imitates those is set in quotation marks, and is not taken for them.

An outlet may call itself "Reuters · published 081000ZDEC24 · 9 outlets"; where the desk puts a time and a count behind each
outlet, the name would bring its own.
"""

from __future__ import annotations

import re

from sitmon.text.sanitise import flowing

# What the desk and its papers set between facts or draw with; a date-time group, a count of outlets, a grade.
_IMITATES = re.compile(r"[·;“”„│─≠]|\d{6}Z|\b\d+ (?:outlets?|origins?)\b|(?<!\w)~?[A-F][1-6](?!\w)")
_MARKS = str.maketrans(dict.fromkeys("“”„‘’", "'"))


def named(name: str) -> str:
    """Return a name fit to be shown beside the desk's own words: one line, in single quotation marks if it imitates them."""
    shown = " ".join(flowing(name).split())
    return f"‘{shown.translate(_MARKS)}’" if _IMITATES.search(shown) else shown
