"""How a verbatim sentence stands on the screen: between quotation marks, its claim set off, cut only at a word and with a sign.

Right-to-left sentences stand behind a bar instead, on lines of their own with nothing to their right. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitmon.app.display import Line, Span, span
from sitmon.app.glyphs import Glyphs
from sitmon.app.wrapping import Excerpt, Stretch, excerpt, is_right_to_left
from sitmon.model.claim import Modality, RecordedClaim
from sitmon.text.sanitise import flowing

_MARK = 1
_ENDLESS = 50_000


def quote_lines(recorded: RecordedClaim, width: int, most: int, glyphs: Glyphs, role: str = "quote") -> list[Line]:
    """Return the sentence of a claim as at most `most` lines of `width` cells.

    Args:
        recorded: Whose sentence; where there is no room for all of it, it is shown from its claim on.
        width: Cells.
        most: Lines.
        glyphs: The signs to use.
        role: The look of the claim's own words; the rest of the sentence wears "<role>.rest".
    """
    text, claim = _shown(recorded)
    if is_right_to_left(text):
        found = excerpt(text, claim, width - 2, most, len(glyphs.ellipsis) + 1)
        return [(span(f"{glyphs.bar} ", "dim"), *line) for line in _lines(text, claim, found, glyphs, role)]
    closed = text + glyphs.closing
    found = excerpt(closed, claim, width - _MARK, most, len(glyphs.ellipsis) + 1)
    opening = " " if found.before else glyphs.opening
    return [
        (span(" " if number else opening, "dim"), *line)
        for number, line in enumerate(_lines(closed, claim, found, glyphs, role))
    ]


def first_words(recorded: RecordedClaim, width: int, glyphs: Glyphs, role: str) -> Line:
    """Return one line of a claim's sentence, from the claim on if it comes late.

    It begins with a mark, closed or not: a sentence such as "1402Z CONFIRMED Eastham" would else be taken for the desk's words.
    """
    text, claim = _shown(recorded)
    is_to_the_left = is_right_to_left(text)
    mark, text = (f"{glyphs.bar} ", text) if is_to_the_left else (glyphs.opening, text + glyphs.closing)
    found = excerpt(text, claim, width - len(mark), 1, len(glyphs.ellipsis) + 1)
    return (span(mark, "dim"), *next(_lines(text, claim, found, glyphs, role), ()))


def _shown(recorded: RecordedClaim) -> tuple[str, Stretch]:
    """Return the sentence fit to be shown and the claim's stretch in it; of one without an end, more than any screen holds."""
    claim = recorded.claim.start - recorded.start, recorded.claim.end - recorded.start
    if recorded.claim.modality is Modality.DENIED:
        claim = _with_denial(recorded, claim)
    return flowing(recorded.quote[: claim[0] + _ENDLESS]), claim


def _with_denial(recorded: RecordedClaim, claim: Stretch) -> Stretch:
    """Widen what is denied to whoever denies it: set off or cut out alone it would be read as the opposite."""
    said = recorded.claim.attribution
    if said is None:
        return 0, max(claim[1], len(recorded.quote))
    start, end = said.start - recorded.start, said.end - recorded.start
    if start < 0 or end > len(recorded.quote):
        return claim
    # Where the denial comes late, what is denied keeps what leads it in: "Reports that …".
    return (start if start < claim[0] else 0), max(claim[1], end)


def _lines(text: str, claim: Stretch, found: Excerpt, glyphs: Glyphs, role: str) -> Iterator[Line]:
    for number, line in enumerate(found.lines):
        parts = tuple(_looks(text, line, claim, role))
        if found.before:
            parts = (span(f"{glyphs.ellipsis} " if number == 0 else " " * (len(glyphs.ellipsis) + 1), "dim"), *parts)
        if found.after and number == len(found.lines) - 1:
            parts = (*parts, span(f" {glyphs.ellipsis}", "dim"))
        yield parts


def _looks(text: str, line: Stretch, claim: Stretch, role: str) -> Iterator[Span]:
    """Split a line where the claim begins and ends."""
    start, end = line
    inner = max(start, min(claim[0], end)), max(start, min(claim[1], end))
    for (a, b), look in (((start, inner[0]), f"{role}.rest"), (inner, role), ((inner[1], end), f"{role}.rest")):
        if a < b:
            yield span(text[a:b], look)
