"""What the palette offers and finds: commands, regions, sources, places, claims, searches, themes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sitmon.app.commands import Command, label
from sitmon.app.display import BLANK, Item, Line, Row, span, spread, width_of
from sitmon.app.glyphs import Glyphs
from sitmon.app.views.words import outlet, speaker
from sitmon.app.wrapping import cut, is_right_to_left
from sitmon.model.board import Board, RegionStatus
from sitmon.model.claim import RecordedClaim
from sitmon.model.situation import Region
from sitmon.text.fold import fold

_MOST = 200
_REGIONS = "region"
"""The group of the commands that go to a region by its number."""
_KINDS = ("region", "command", "source", "place", "claim", "search", "theme")


class Offer(NamedTuple):
    """One thing that can be found.

    Attributes:
        kind: One of region, command, source, place, claim, search, theme.
        key: What it is, among its kind.
        words: What is shown, and looked through.
        hint: Stands beside it: a key, who says it.
        also: Looked through, too.
    """

    kind: str
    key: str
    words: str
    hint: str = ""
    also: str = ""

    @property
    def item(self) -> Item:
        """What the row of it is known by."""
        return self.kind, self.key


def offers(
    commands: Iterable[Command],
    board: Board,
    regions: Iterable[Region],
    searches: Iterable[str],
    themes: Iterable[str],
    rebound: Mapping[str, str],
    glyphs: Glyphs,
) -> list[Offer]:
    """Return everything there is to find, in the order of its kinds."""
    commands = list(commands)
    # What the foot of a screen names is looked for more often than how to go down a line.
    given = sorted((each for each in commands if each.group != _REGIONS), key=lambda each: not each.footer)
    keys = {each.id: label([each], rebound, glyphs) for each in commands}
    # A region is offered by its name, with the key that goes there.
    found = [
        Offer("region", each.region, each.title, keys.get(f"region_{number}", ""), each.region)
        for number, each in enumerate(board.regions, 1)
    ]
    found += [Offer("command", each.id, f"{each.title}: {each.help}", keys[each.id]) for each in given]
    found += [Offer("source", each.id, each.title, f"{each.kind}, {each.health.value}") for each in board.sources]
    found += [Offer("place", name, name, "search") for name in _places(board, regions)]
    found += [Offer("claim", str(claim.id), claim.quote, _who(claim), area.title) for area, claim in _claims(board)]
    found += [Offer("search", query, query, "kept") for query in searches]
    found += [Offer("theme", name, f"Theme {name}") for name in themes]
    return found


def matching(offered: Sequence[Offer], query: str) -> list[Offer]:
    """Return the offers that hold every word of a query, those first in which a word begins with each of them."""
    wanted = fold(query).split()
    if not wanted:
        return [each for each in offered if each.kind in ("command", "region", "search")][:_MOST]
    ranked = []
    for number, offer in enumerate(offered):
        text = " " + fold(f"{offer.words} {offer.hint} {offer.also} {offer.kind}")
        if all(word in text for word in wanted):
            begun = sum(f" {word}" in text for word in wanted)
            ranked.append((-begun, not fold(offer.words).startswith(wanted[0]), _KINDS.index(offer.kind), number, offer))
    return [entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:-1])[:_MOST]]


def palette_rows(found: Sequence[Offer], width: int, glyphs: Glyphs) -> list[Row]:
    """Return one row for each offer: what kind it is, what it says, its key or who says it."""
    if not found:
        return [
            BLANK,
            Row((span("  Nothing of that name; the search finds whatever was ever reported.", "empty"),)),
        ]
    return [Row(_row(offer, width, glyphs), offer.item) for offer in found]


def _row(offer: Offer, width: int, glyphs: Glyphs) -> Line:
    head = (span(f"  {offer.kind:<9}", "dim"),)
    look = "key" if offer.kind in ("command", "region") else "meta"
    hint = span(cut(span(offer.hint).text, max(width // 3, 6), glyphs.ellipsis), look)
    room = width - width_of((*head, hint)) - 4
    words = span(cut(span(offer.words).text, max(room, 8), glyphs.ellipsis), "who")
    if is_right_to_left(words.text + hint.text):
        return (*head, hint, span("  "), words)
    return spread((*head, words), (hint, span("  ")), width)


def _places(board: Board, regions: Iterable[Region]) -> Iterator[str]:
    """Yield the places that are spoken of now, and those that the configuration names."""
    spoken = (claim.claim.place for _, claim in _claims(board))
    named = (place.name for region in regions for place in region.places)
    yield from dict.fromkeys(place for place in (*spoken, *named) if place)


def _claims(board: Board) -> Iterator[tuple[RegionStatus, RecordedClaim]]:
    seen: set[int] = set()
    for area in board.regions:
        for line in (*([area.status] if area.status else []), *area.recent):
            if line.recorded.id not in seen:
                seen.add(line.recorded.id)
                yield area, line.recorded


def _who(claim: RecordedClaim) -> str:
    return speaker(claim) if claim.claim.attribution else outlet(claim)
