"""Where a person stands on the board: the current region, and in each region the selected line, held by its id."""

from __future__ import annotations

from sitmon.app.display import Item
from sitmon.app.views.pane import items_of
from sitmon.model.board import Board, RegionStatus


class Selection:
    """The current region and the chosen item of each.

    A region nobody has moved about in is at its status line, whichever claim that becomes. Once a line was chosen, it stays
    chosen by the id of its claim, wherever it moves; leaving the region at its status line lets go of it.

    Attributes:
        current: Index of the current region.
    """

    def __init__(self) -> None:
        """Begin at the first region's status line."""
        self.current = 0
        self._chosen: dict[str, Item] = {}

    def region(self, board: Board) -> RegionStatus:
        """Return the current region's status."""
        return board.regions[self.current]

    def item(self, region: RegionStatus) -> Item | None:
        """Return what is selected in a region, or None if there is nothing in it."""
        items = items_of(region)
        chosen = self._chosen.get(region.region)
        return chosen if chosen in items else next(iter(items), None)

    def go(self, board: Board, index: int) -> None:
        """Make another region current; indexes wrap around."""
        left = self.region(board)
        items = items_of(left)
        if items and self._chosen.get(left.region) == items[0]:
            del self._chosen[left.region]
        self.current = index % len(board.regions)

    def stay(self, before: tuple[str, ...], board: Board) -> None:
        """Stay at the region that was current among those before, wherever it stands on a board of other regions."""
        current, after = before[self.current], ids_of(board)
        self.current = after.index(current) if current in after else min(self.current, len(after) - 1)

    def choose(self, region: RegionStatus, item: Item) -> None:
        """Select an item of a region."""
        self._chosen[region.region] = item

    def step(self, board: Board, steps: int) -> bool:
        """Select the line so many below (negative: above) the selected one; whether there was one."""
        region = self.region(board)
        items = items_of(region)
        selected = self.item(region)
        if selected is None:
            return False
        before = items.index(selected)
        after = min(max(before + steps, 0), len(items) - 1)
        self.choose(region, items[after])
        return after != before

    def go_to_next_new(self, board: Board) -> bool:
        """Go to the next claim that nobody has seen, in this region or the ones after it; whether there is one."""
        places = [
            (index, ("claim", line.recorded.id))
            for index, region in enumerate(board.regions)
            for line in (*([region.status] if region.status else []), *region.recent)
            if line.is_new
        ]
        if not places:
            return False
        order = [(index, item) for index, region in enumerate(board.regions) for item in items_of(region)]
        selected = self.item(self.region(board))
        here = order.index((self.current, selected)) if selected else self._end_of(board)
        ranks = {place: order.index(place) for place in places}
        index, item = min(places, key=lambda place: (ranks[place] <= here, ranks[place]))
        self.go(board, index)
        self.choose(board.regions[index], item)
        return True

    def _end_of(self, board: Board) -> int:
        return sum(len(items_of(region)) for region in board.regions[: self.current]) - 1


def ids_of(board: Board) -> tuple[str, ...]:
    """Return the ids of a board's regions, in their order."""
    return tuple(region.region for region in board.regions)
