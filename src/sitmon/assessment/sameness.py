"""Is this sentence the one of the earlier version? Typography never makes it new, a mended spelling hardly, a number always."""

from __future__ import annotations

import unicodedata
from itertools import zip_longest

# Quotation marks, apostrophes, dashes and the soft hyphen: what an editor's software changes by itself.
_TYPOGRAPHY = str.maketrans(
    {**dict.fromkeys("‘’‚‛´`ʼ", "'"), **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‐‑–—―", "-"), "\xad": None}
)
# In shorter words one letter is another word: Homs and Hama, now and not.
_SHORTEST_MENDED = 5
_MOST_MENDED = 2


def normal_form(sentence: str) -> str:
    """Return a sentence without regard to case, white space and typography: equal forms are one sentence."""
    return " ".join(unicodedata.normalize("NFKC", sentence).translate(_TYPOGRAPHY).casefold().split())


def same_but_for_spelling(one: str, other: str) -> bool:
    """Say whether two normal forms differ in at most two words, each of five letters or more, by one letter each.

    A word more or less, a figure, or a first letter that changed ("armed", "unarmed") is another statement.
    """
    if abs(len(one) - len(other)) > _MOST_MENDED:
        return False
    pairs = list(zip_longest(one.split(), other.split(), fillvalue=""))
    mended = [pair for pair in pairs if pair[0] != pair[1]]
    return len(mended) <= _MOST_MENDED < len(pairs) and all(_is_mended(*pair) for pair in mended)


def _is_mended(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST_MENDED or short[0] != long[0] or not (short.isalpha() and long.isalpha()):
        return False
    begin = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest, longer_rest = short[begin:], long[begin:]
    if len(short) != len(long):
        return rest == longer_rest[1:]
    is_substituted = rest[1:] == longer_rest[1:]
    is_transposed = rest[:2] == longer_rest[1::-1] and rest[2:] == longer_rest[2:]
    return is_substituted or is_transposed
