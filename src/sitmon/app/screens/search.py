"""Search as you type, over everything ever seen: every key asks anew, and only the last question is answered.

key ──► Entry ──► Archive (a thread) ──► Found ──► rows
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sitmon.app.archive import Wanted
from sitmon.app.commands import COMMANDS
from sitmon.app.display import Item, Row
from sitmon.app.entry import Entry
from sitmon.app.screens.typed import TypedScreen
from sitmon.app.views.search import MOST_COUNTED, Found, count_words, found_rows, item_of, saved_item
from sitmon.store.record import RecordReader

_SUBJECT = "search"
_FIRST, _MOST = 20, 640
_IDLE = frozenset(command.id for command in COMMANDS if len(command.keys[0]) == 1)


class SearchScreen(TypedScreen, inherit_bindings=True):
    """What the record holds of the words that are typed."""

    PROMPT = "Search"

    def __init__(self) -> None:
        """Make the screen with nothing typed."""
        super().__init__()
        self._found = Found("")
        self._limit = _FIRST

    def begin(self, query: str | None = None) -> None:
        """Open with a query, or with nothing typed."""
        self.line = Entry(query or "")
        self.typed()

    def typed(self) -> None:
        """Ask for the newest that hold the words."""
        self._limit = _FIRST
        self._ask()

    def count_words(self) -> str:
        """Return how many articles were found."""
        return count_words(self._found)

    def rows(self, width: int) -> Sequence[Row]:
        """Return the results."""
        desk = self.desk
        now, keep = desk.present.now(), self.key_of("keep_search")
        return found_rows(self._found, desk.kept.searches, now, width, desk.looks.glyphs, keep)

    def items(self) -> Sequence[Item]:
        """Return the hits; before anything is typed, the searches that were kept."""
        if self.line.text.strip():
            return [item_of(hit.article) for hit in self._found.hits]
        return [saved_item(query) for query in self.desk.kept.searches]

    def open(self, item: Item) -> None:
        """Open the article at the passage that was found, or do a search that was kept."""
        if item[0] == "saved":
            self.begin(str(item[1]))
            return
        hit = next((hit.article for hit in self._found.hits if item_of(hit.article) == item), None)
        if hit:
            self.desk.pages.passage(hit, self._found.query)

    def idle_commands(self) -> frozenset[str]:
        """Leave out of the footer what letters would do elsewhere."""
        return _IDLE if self._found.hits else _IDLE | {"choose"}

    def action_keep_search(self) -> None:
        """Keep the search that is typed, or let go of it."""
        query = self.line.text.strip()
        if not query:
            self.say("Type something first: then it can be kept.")
        elif self.desk.kept.keep_search(query):
            self.say(f"Kept: “{query}”. It stands here whenever nothing is typed.")
        else:
            self.say(f"No longer kept: “{query}”.")

    def step(self, steps: int) -> bool:
        """Choose another hit; at the last one, look for more."""
        moved = super().step(steps)
        is_more = len(self._found.hits) < min(self._found.total, _MOST)
        if steps > 0 and is_more and self.chosen == item_of(self._found.hits[-1].article):
            self._limit = min(self._limit * 2, _MOST)
            self._ask()
        return moved

    def _ask(self) -> None:
        query = self.line.text
        if not _begun(query).strip():
            self.desk.archive.forget(_SUBJECT)
            self._show(Found(""))
            return
        if self.is_mounted:
            self.bar.renew()
        question = _question(query, self._limit)
        self.desk.archive.ask(_SUBJECT, question, self._show, lambda words: self._show(Found(query, trouble=words)))

    def _show(self, found: Found) -> None:
        is_other = found.query != self._found.query
        self._found = found
        if not self.is_mounted:
            return
        if is_other:
            self.chosen = None
            self.page.go(0)
        self.renew()
        self.bar.renew()


def _question(query: str, limit: int) -> Callable[[RecordReader, Wanted], Found]:
    """Return what the thread is to find: the last word may be only begun."""
    begun = _begun(query)

    def find(record: RecordReader, wanted: Wanted) -> Found:
        total = record.matches(begun, MOST_COUNTED)
        hits = tuple(record.search(begun, limit)) if wanted() and total else ()
        return Found(query, hits, total)

    return find


def _begun(query: str) -> str:
    """Return what to look for: the last word may be only begun, a Latin one from its second letter on; nothing before that.

    Half of all articles hold a word with a given first letter: the list takes 30 MiB for a moment, and tells nothing.
    """
    if not query or query.endswith((" ", "*", '"', "”")):
        return query
    before, space, last = query.rpartition(" ")
    return before + space if len(last) == 1 and last.isascii() and last.isalpha() else f"{query}*"
