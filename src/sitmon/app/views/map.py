"""The map: borders, and the places that were reported on, each with how many claims; beside it the places as a list. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sitmon.app.display import BLANK, Item, Line, Row, Span, span, spread, width_of
from sitmon.app.glyphs import ASCII, Glyphs
from sitmon.app.views.drawing import Ground, Point, drawn, ground_for
from sitmon.app.views.quotes import quote_lines
from sitmon.app.views.words import counted, modality, outlet, speaker, stamp
from sitmon.app.wrapping import cut, is_right_to_left, wrap
from sitmon.model.claim import RecordedClaim
from sitmon.model.noun import dataclass

_LONGEST_NAME = 18


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that was reported on.

    Attributes:
        area: The first-level area it lies in, or None.
        point: Longitude and latitude, or None where the gazetteer gives none.
        claims: How many claims name it.
        newest: The newest of them.
        regions: Ids of the regions of its claims.
    """

    name: str
    area: str | None
    point: Point | None
    claims: int
    newest: RecordedClaim
    regions: tuple[str, ...] = ()

    @property
    def item(self) -> Item:
        """What it is known by."""
        return "place", f"{self.name}\x1f{self.area or ''}"


@dataclass(frozen=True, slots=True)
class Scene:
    """What the map shows.

    Attributes:
        outlines: Borders.
        spots: The most reported first.
        placeless: Claims that name no place.
    """

    outlines: tuple[Sequence[Point], ...] = ()
    spots: tuple[Spot, ...] = ()
    placeless: int = 0


def map_lines(scene: Scene, chosen: Item | None, size: tuple[int, int], glyphs: Glyphs) -> Sequence[Line]:
    """Return the map as `size` cells: borders, numbers where claims were made, names where there is room for them."""
    width, height = size
    spots = [spot for spot in scene.spots if spot.point]
    points = [point for line in scene.outlines for point in line] or [spot.point for spot in spots if spot.point]
    if not points or width < 4 or height < 2:
        words = "Nothing to draw: no place that was reported on has coordinates, and no outlines are configured."
        return [(span(" "), span(words[start:end], "empty")) for start, end in wrap(words, max(width - 2, 4))][:height]
    ground = ground_for(points, width, height, is_braille=glyphs is not ASCII)
    rows = drawn(scene.outlines, ground, ".")
    marks = _marks(spots, chosen, ground)
    return [tuple(_over(row, marks.get(number, []))) for number, row in enumerate(rows)]


def place_rows(
    scene: Scene, titles: Mapping[str, str], since_words: str, now: datetime, width: int, glyphs: Glyphs
) -> list[Row]:
    """Return the list beside the map: what the numbers mean, then each place with its count and its newest line."""
    named = sum(spot.claims for spot in scene.spots)
    head = f"{counted(named, 'claim')} in {counted(len(scene.spots), 'place')}, the last {since_words}"
    legend = "A number on the map is how many claims name the place."
    rows = [BLANK, *_wrapped(head, width, "heading"), *_wrapped(legend, width, "dim"), BLANK]
    for spot in scene.spots:
        rows += [*_spot(spot, titles, now, width, glyphs), BLANK]
    if scene.placeless:
        verb = "names" if scene.placeless == 1 else "name"
        rows += _wrapped(f"{counted(scene.placeless, 'further claim')} {verb} no place.", width, "dim")
    return rows


def _spot(spot: Spot, titles: Mapping[str, str], now: datetime, width: int, glyphs: Glyphs) -> Iterator[Row]:
    where = ", ".join(titles.get(region, region) for region in spot.regions)
    without = "" if spot.point else f" {glyphs.dot} no coordinates"
    number = span(f"  {spot.claims:>3}  ", "new")
    right = span(cut(span(f"{where}{without}").text, width // 2, glyphs.ellipsis), "dim")
    name = span(cut(span(spot.name).text, width - width_of((number, right)) - 3, glyphs.ellipsis), "marked")
    if is_right_to_left(name.text + right.text):
        yield Row((number, right, span("  "), name), spot.item)
    else:
        yield Row(spread((number, name), (right, span(" ")), width - 1), spot.item)
    newest = spot.newest
    word = modality(newest.claim.modality, glyphs, "earlier.")[1]
    lead: Line = (span(" " * 7), span(stamp(newest.report_time, now), "time"), span(" "), word, span(" "))
    said = newest.claim.attribution
    # Whose words they are stands above them: cut from a page, a quote without its speaker is the outlet's.
    who = cut(span(speaker(newest) if said else outlet(newest)).text, width - width_of(lead) - 2, glyphs.ellipsis)
    yield Row((*lead, span(who, "who")), spot.item)
    for words in quote_lines(newest, width - 9, 1, glyphs, "earlier"):
        yield Row((span(" " * 7), *words), spot.item)


def _marks(spots: Sequence[Spot], chosen: Item | None, ground: Ground) -> dict[int, list[tuple[int, Span]]]:
    """Return by row what is put over the borders: the chosen place first, then the most reported; names only where free."""
    taken: dict[int, list[tuple[int, int]]] = {}
    marks: dict[int, list[tuple[int, Span]]] = {}

    def put(row: int, column: int, mark: Span) -> bool:
        end = column + width_of((mark,))
        # A free cell on either side: two numbers side by side would be read as one.
        if column < 0 or end > ground.width or any(column <= other[1] and other[0] <= end for other in taken.get(row, [])):
            return False
        taken.setdefault(row, []).append((column, end))
        marks.setdefault(row, []).append((column, mark))
        return True

    for spot in sorted(spots, key=lambda each: each.item != chosen):
        if spot.point is None:
            continue
        number, name = str(spot.claims), span(spot.name).text
        column, row = ground.cell(spot.point)
        column = min(max(column, 0), ground.width - len(number))
        numeral, word = ("title.current", "title.current") if spot.item == chosen else ("new", "who")
        has_name = len(name) <= _LONGEST_NAME and not is_right_to_left(name)
        with_name = span(f"{number} {name}", word), span(f"{name} {number}", word)
        if not 0 <= row < ground.height:
            continue
        if has_name and put(row, column, with_name[0]):
            continue
        if has_name and put(row, column + len(number) - width_of((with_name[1],)), with_name[1]):
            continue
        put(row, column, span(number, numeral))
    return marks


def _over(row: str, marks: list[tuple[int, Span]]) -> Iterator[Span]:
    """Yield a row of borders with marks over it."""
    at = 0
    for column, mark in sorted(marks):
        if column > at:
            yield span(row[at:column], "rule")
        yield mark
        at = column + width_of((mark,))
    if at < len(row):
        yield span(row[at:], "rule")


def _wrapped(text: str, width: int, role: str) -> Iterator[Row]:
    clean = span(text).text
    for start, end in wrap(clean, max(width - 4, 10)):
        yield Row((span("  "), span(clean[start:end], role)))
