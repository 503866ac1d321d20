"""Identity: which article each item of a feed is, whatever its publisher changes of it. Pure.

| an item | is the article |
| --- | --- |
| has a guid (else a link) of its own in this document | of that guid (that link) |
| shares its guid with another link of the same document | of guid and link together |
| shares guid and link with another title (without one: text) there | of all three together |
| shares its link, without a guid, with another item | of its title and text |
| has a new guid, but link and title of the one known item that had them, now gone from the document | that was known |
| the same, where several have them (a live page) | that was known if all it says is the same too |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from sitmon.collector.feedstate import Known
from sitmon.model.noun import dataclass
from sitmon.sources.feeds.feed import Item

# Items that left the document are still known for so many of its lengths, and at least so many.
_REMEMBERED, _LEAST = 3, 100
# What a publisher gives as an id may be as long as it likes; the record's are lines.
_LONGEST_ID = 500


@dataclass(frozen=True, slots=True)
class Identified:
    """An item and the article it is.

    Attributes:
        is_changed: It is new, or says something else than when it was last seen.
        is_new: It was not known.
    """

    item: Item
    known: Known
    is_changed: bool
    is_new: bool


def identified(items: Sequence[Item], before: Sequence[Known]) -> tuple[list[Identified], tuple[Known, ...]]:
    """Tell the items of a document from each other and from those seen before.

    Args:
        items: Of the whole document.
        before: What was known of its feed.

    Returns:
        Each article once, in the document's order, and what is known from now on.
    """
    telling = _Telling(items, before)
    found: dict[str, Identified] = {}
    for item in items:
        one = telling.tell(item)
        found.setdefault(one.known.id, one)
    here = [one.known for one in found.values()]
    gone = (one for one in before if one.id not in found)
    largest = max(_LEAST, _REMEMBERED * len(here))
    return list(found.values()), tuple([*here, *gone][: len(here) + largest])


class _Telling:
    def __init__(self, items: Sequence[Item], before: Sequence[Known]) -> None:
        self._by_id = {one.id: one for one in before}
        self._by_guid: dict[str, list[Known]] = {}
        for one in before:
            self._by_guid.setdefault(one.guid, []).append(one)
        self._by_page: dict[str, list[Known]] = {}
        for one in before:
            self._by_page.setdefault(one.page, []).append(one)
        self._guids = {_hash(item.guid) for item in items}
        named = {(item.guid, item.link, _page(item)) for item in items if item.guid}
        self._links_of_guid = Counter(guid for guid, _ in {(guid, link) for guid, link, _ in named})
        self._of_guid_and_link = Counter((guid, link) for guid, link, _ in named)
        self._with_page = Counter(page for _, _, page in named)
        self._with_link = Counter(item.link for item in items if not item.guid and item.link)

    def tell(self, item: Item) -> Identified:
        guid, link, page = _hash(item.guid), _hash(item.link), _page(item)
        print = _print(item)
        id = _line(self._id(item, guid, link, page, print))
        known = Known(id, guid, link, page, print)
        earlier = self._by_id.get(id)
        return Identified(item, known, is_changed=earlier is None or earlier.print != known.print, is_new=earlier is None)

    def _id(self, item: Item, guid: str, link: str, page: str, print: str) -> str:
        if not item.guid:
            return self._id_of_nameless(item)
        same = self._by_guid.get(guid, ())
        near = [one for one in same if one.link == link]
        is_shared = self._of_guid_and_link[item.guid, item.link] > 1
        known = next((one for one in near if one.page == page), None if is_shared else next(iter(near), None))
        if known is not None:
            return known.id
        if is_shared:
            return " ".join(filter(None, (item.guid, item.link, page)))
        if self._links_of_guid[item.guid] > 1:
            return f"{item.guid} {item.link or ''}".strip()
        if same:
            return same[0].id
        twin = self._twin(page, print) if item.link and page else None
        return twin.id if twin is not None else item.guid

    def _twin(self, page: str, print: str) -> Known | None:
        """Return the item that had another guid. What several items have alike, as those of a live page, tells none of them."""
        had = self._by_page.get(page, ())
        gone = [one for one in had if one.guid not in self._guids]
        if len(had) == 1 and self._with_page[page] == 1:
            return next(iter(gone), None)
        return next((one for one in gone if one.print == print), None)

    def _id_of_nameless(self, item: Item) -> str:
        if item.link and self._with_link[item.link] == 1:
            return item.link
        return _hash(f"{item.title or ''}\0{item.text}")


def _line(id: str) -> str:
    return id if len(id) <= _LONGEST_ID else id[: _LONGEST_ID - 16] + _hash(id)


def _page(item: Item) -> str:
    said = item.title or item.text
    return _hash(f"{item.link or ''}\0{said}") if said else ""


def _print(item: Item) -> str:
    # Without dates: many feeds stamp every item with the present moment at each poll.
    said = (item.title, item.text, item.link, item.author, item.is_withdrawn)
    return _hash("\0".join(str(one) for one in said))


def _hash(text: str | None) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] if text else ""
