"""Search as you type, over everything ever seen: every key asks anew, and only the last question is answered.

key ──► Entry ──► Archive (a thread) ──► Found ──► rows
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult

from sitmon.app.archive import Wanted
from sitmon.app.commands import COMMANDS, Scope, bindings_for
from sitmon.app.display import Item, Line, Row, span, spread
from sitmon.app.entry import Entry
from sitmon.app.screens.listed import ListScreen
from sitmon.app.views.search import MOST_COUNTED, Found, count_words, found_rows, item_of, saved_item
from sitmon.app.widgets.bar import Bar
from sitmon.app.widgets.page import Page
from sitmon.store.record import RecordReader

_SUBJECT = "search"
_FIRST, _MOST = 20, 640
_IDLE = frozenset(command.id for command in COMMANDS if len(command.keys[0]) == 1)


class SearchScreen(ListScreen, inherit_bindings=True):
    """A line to type on, and what it finds. While it is open, letters are typed; arrows, enter and escape are commands."""

    BINDINGS = bindings_for(Scope.SEARCH)
    SCOPES = (Scope.SEARCH, Scope.LIST, Scope.PAGE)

    def __init__(self) -> None:
        """Make the screen with nothing typed."""
        super().__init__()
        self._line = Entry()
        self._found = Found("")
        self._limit = _FIRST

    def compose(self) -> ComposeResult:
        """Lay out header, the line that is typed on, results and footer."""
        self.page = Page(self.desk.looks, self.rows)
        self._bar = Bar(self.desk.looks, self._bar_lines, "search")
        yield self.make_header()
        yield self._bar
        yield self.page
        yield self.make_footer()

    def begin(self, query: str | None = None) -> None:
        """Open with a query, or with nothing typed."""
        self._line, self._limit = Entry(query or ""), _FIRST
        self._ask()

    def rows(self, width: int) -> Sequence[Row]:
        """Return the results."""
        desk = self.desk
        now, keep = desk.present.now(), self.key_of("keep_search")
        return found_rows(self._found, desk.kept.searches, now, width, desk.looks.glyphs, keep)

    def items(self) -> Sequence[Item]:
        """Return the hits; before anything is typed, the searches that were kept."""
        if self._line.text.strip():
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

    def types(self, event: events.Key) -> bool:
        """Type; what is no letter is a command."""
        before = self._line.text
        if super().types(event):
            return True
        if not self._line.press(event.key, event.character):
            return False
        if self.is_mounted:
            self._bar.renew()
        if self._line.text != before:
            self._limit = _FIRST
            self._ask()
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Type what is pasted."""
        event.stop()
        self._line.insert(event.text)
        self._limit = _FIRST
        self._ask()

    def action_keep_search(self) -> None:
        """Keep the search that is typed, or let go of it."""
        query = self._line.text.strip()
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
        query = self._line.text
        if not _begun(query).strip():
            self.desk.archive.forget(_SUBJECT)
            self._show(Found(""))
            return
        if self.is_mounted:
            self._bar.renew()
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
        self._bar.renew()

    def _bar_lines(self, width: int) -> Sequence[Line]:
        counted = count_words(self._found)
        room = width - len(counted) - 4
        return [spread(self._line.line("  Search  ", room, "marked"), (span(counted, "dim"), span("  ")), width)]


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
