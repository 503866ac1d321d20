"""The note beside a claim in its article: regions with their reasons, modality, who says it, what it is about. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitmon.app.display import Line, span
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.words import modality
from sitmon.app.wrapping import wrap
from sitmon.model.claim import Auxiliary, Claim, Polarity, RouteKind
from sitmon.text.naming import event_words, route_words


def note_lines(claim: Claim, regions: Mapping[str, str], width: int, glyphs: Glyphs) -> list[Line]:
    """Return the note of one claim as lines of `width` cells.

    Args:
        claim: Whose note.
        regions: Id to title.
        width: Cells.
        glyphs: The signs to use.
    """
    mark, word = modality(claim.modality, glyphs)
    lines: list[Line] = [(mark, span(" "), word, span(_qualities(claim), "note"))]
    if claim.attribution:
        via = f", {claim.attribution.via}" if claim.attribution.via else ""
        lines += _wrapped(claim.attribution.text + via, width, "who")
    for route in claim.regions:
        title = regions.get(route.region, route.region)
        touches = "" if route.kind is RouteKind.PRIMARY else "touches "
        lines += _wrapped(f"{touches}{title} {glyphs.dot} {route_words(route.reason)}", width, "note")
    if not claim.regions:
        lines.append((span("no region", "note"),))
    return lines


def _qualities(claim: Claim) -> str:
    """Return what else was read: event, negation, how it stands to the present."""
    words = [event_words(claim.event)] if claim.event else []
    if claim.polarity is Polarity.NEGATIVE:
        words.append("not so")
    if claim.auxiliary not in (Auxiliary.NONE, Auxiliary.NEGATION):
        words.append(claim.auxiliary.value)
    return "".join(f"  {word}" for word in words[:1]) + "".join(f", {word}" for word in words[1:])


def _wrapped(text: str, width: int, role: str) -> Iterator[Line]:
    clean = span(text).text
    yield from ((span(clean[start:end], role),) for start, end in wrap(clean, width))
