"""What came of a document, whatever its bytes: articles that any record can hold, or a sentence that refuses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

from sitmon.errors import ArticleError, MisreadError
from sitmon.model.article import Article
from sitmon.sources.documents import parts_of
from sitmon.sources.drafts import Origin, article_of, content_key

NOW = datetime(2024, 12, 9, tzinfo=UTC)
ORIGIN = Origin("folder:inbox")


def articles_in(data: bytes, name: bytes) -> Iterator[Article]:
    """Yield the articles of a document, none where it is refused.

    Raises:
        MisreadError: It was not refused: a fault of sitmon's own kept it from being read.
        AssertionError: The same of a part of it; or a part is neither an article nor refused.
    """
    try:
        for part in parts_of(data, name, ORIGIN):
            assert (part.draft is None) == (part.fault is not None)
            assert "a fault in sitmon" not in (part.fault or "")
            if part.draft is not None:
                yield article_of(part.draft, "inbox", part.draft.id or "made", 1, NOW)
    except MisreadError:
        raise
    except ArticleError:
        return


def can_be_stored(article: Article) -> bool:
    """Say whether there is something to read in an article, and every string of it can be written."""
    written = [value for value in (*asdict(article).values(), content_key(article)) if isinstance(value, str)]
    return bool(article.text.strip()) and all(map(can_be_written, written))


def can_be_written(text: str) -> bool:
    """Say whether databases and files take a text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and text.encode("utf-8", "replace").decode() == text
