"""Items as drafts: what a feed says of an article in the words of sitmon."""

from __future__ import annotations

from sitmon.model.article import Extent, Notice
from sitmon.sources.decoding import cleaned
from sitmon.sources.drafts import Draft, Origin, complete
from sitmon.sources.feeds.feed import Feed, Item
from sitmon.sources.particulars import language_in

# What stands in the place of an article that its publisher took back and of which nothing else is known here.
WITHDRAWN = "[Withdrawn by its publisher.]"
# So many letters tell a language.
_BEGIN = 600


def draft_of(item: Item, id: str, feed: Feed, origin: Origin, extent: Extent | None = None) -> Draft:
    """Return an item as a draft.

    Args:
        item: One of the feed's.
        id: Of its article.
        feed: Its title is the outlet where neither item nor configuration names one, its language the language.
        origin: What the configuration says of the feed.
        extent: How much of the article its text is.

    Raises:
        ArticleError: It has neither title nor text.
    """
    outlet = item.outlet or origin.outlet or feed.title
    clean = cleaned(item.text if not item.is_withdrawn else item.text or WITHDRAWN)
    told = _subtag(item.language) or origin.language or _subtag(feed.language)
    language = told or language_in(clean.text[:_BEGIN] or item.title or "")
    draft = Draft(
        clean.text,
        id=id,
        title=cleaned(item.title).text if item.title else None,
        outlet=cleaned(outlet).text if outlet else None,
        url=item.link,
        author=cleaned(item.author).text if item.author else None,
        language=language,
        published=item.published_at,
        updated_at=item.updated_at.at if item.updated_at else None,
        notice=Notice.WITHDRAWN if item.is_withdrawn else None,
        extent=extent,
        notes=clean.notes,
    )
    return complete(draft, origin)


def _subtag(written: str | None) -> str | None:
    subtag = (written or "").replace("_", "-").partition("-")[0].strip().lower()
    return subtag if 2 <= len(subtag) <= 3 and subtag.isalpha() and subtag.isascii() else None
