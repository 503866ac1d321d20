"""Plug-ins: what a source of a person's own has to be, and one turn of it, taken in a process of its own (apart.py).

An entry point of the group `sitmon.sources` is a `Plugin`: a function that is called with a `Turn` and gives articles.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Protocol

from sitmon.errors import ArticleError, MisreadError
from sitmon.sources.drafts import Origin, Part, identity_of
from sitmon.sources.objects import draft_of

GROUP = "sitmon.sources"
# Of one turn: articles, and characters of all of them together.
_MOST, _LARGEST = 5000, 32 * 1024 * 1024
_LONGEST_MEMORY = 1024 * 1024


@dataclass
class Turn:
    """What a plug-in is called with.

    Attributes:
        options: As configured; dates are text.
        memory: What it set here in the last turn whose articles are on the record, or None; to be set anew, or left as it is.
        answered_at: When it last came to a good end, UTC; None in its first turn.
    """

    options: Mapping[str, Any]
    memory: str | None = None
    answered_at: datetime | None = None


class Plugin(Protocol):
    """A source of a person's own."""

    def __call__(self, turn: Turn) -> Iterable[Mapping[str, Any]]:
        """Give what there is now, one mapping for each article, in the names of `articles.jsonl` (docs/commands.md).

        `text` is needed; `id` should be there, for by it an article is known again. What was given before may be given again.
        Whatever is raised is said of the source in words; what was given until then is kept.
        """


@dataclass(frozen=True, slots=True)
class Given:
    """What a turn has brought.

    Attributes:
        parts: One for each article, or the sentence that says why it is none; keyed by id.
        memory: As the plug-in left it; as it was if it came to no good end.
        trouble: What is wrong, in words, or None.
    """

    parts: tuple[Part, ...]
    memory: str | None = None
    trouble: str | None = None


def given(name: str, turn: Turn, origin: Origin) -> Given:
    """Take a plug-in's turn; called in a process of its own.

    Args:
        name: Of the entry point.
        turn: What it is called with.
        origin: What the configuration says of the source.
    """
    memory, parts = turn.memory, dict[bytes, Part]()
    try:
        _take(_found(name).load()(turn), parts, origin)
    except ArticleError as error:
        return Given(tuple(parts.values()), memory, f"the plug-in {name} {error}")
    except MemoryError:
        raise
    except (Exception, SystemExit) as error:
        words = " ".join(str(error).split())[:300]
        told = f"{type(error).__name__}: {words}" if words else type(error).__name__
        return Given(tuple(parts.values()), memory, f"the plug-in {name} failed ({told})")
    left: object = turn.memory
    if left is not None and (not isinstance(left, str) or len(left) > _LONGEST_MEMORY):
        return Given(tuple(parts.values()), memory, f"the plug-in {name} wants to remember what is no text, or too long")
    return Given(tuple(parts.values()), turn.memory)


def _found(name: str) -> EntryPoint:
    installed = {one.name: one for one in entry_points(group=GROUP)}
    if name not in installed:
        known = ", ".join(sorted(installed)) or "none"
        raise ArticleError(f"is not installed beside sitmon; installed: {known}")
    return installed[name]


def _take(articles: object, parts: dict[bytes, Part], origin: Origin) -> None:
    if not isinstance(articles, Iterable) or isinstance(articles, str | bytes | Mapping):
        raise ArticleError(f"gave {type(articles).__name__} and not a list of articles")
    size = 0
    for number, article in enumerate(articles, 1):
        if number > _MOST:
            raise ArticleError(f"gave more than {_MOST:,d} articles at once; the first of them are read")
        written, part = _part(number, article, origin)
        size += len(written)
        if size > _LARGEST:
            raise ArticleError(f"gave more than {_LARGEST // 1_048_576} MB at once; what came before is read")
        parts[part.key] = part


def _part(number: int, article: object, origin: Origin) -> tuple[str, Part]:
    where = f"article {number}"
    try:
        written = json.dumps(article, default=_plain, sort_keys=True)
    except (TypeError, ValueError, RecursionError) as error:
        return "", Part(None, f"it is no article object ({str(error)[:200]})", str(number).encode(), where)
    fingerprint = sha256(written.encode()).hexdigest()
    try:
        draft = draft_of(json.loads(written), origin)
    except ArticleError as error:
        return written, Part(None, str(error), fingerprint.encode(), where)
    except Exception as fault:  # one article is no reason to lose the others
        return written, Part(None, str(MisreadError(fault)), fingerprint.encode(), where)
    shown = draft.title or draft.id or where
    return written, Part(draft, None, identity_of(draft).encode("utf-8", "replace"), shown[:200], fingerprint)


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is none of text, number, list and date")
