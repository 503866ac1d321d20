"""A document that is taken apart in a process of its own: begun, waited for by whoever has time, then read part by part."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Container, Iterator
from typing import Any

from sitmon.errors import ArticleError, SourceError
from sitmon.sources.apart import Apart, NoProcessError
from sitmon.sources.drafts import Origin, Part
from sitmon.sources.source import NotYet

# So many seconds until a machine that had no process to spare is asked for one again.
_AGAIN = 2.0


class TakenApart:
    """One document on its way."""

    def __init__(self, taking: Apart, data: bytes, name: bytes, origin: Origin) -> None:
        """Take a document; `taking` is the process, the rest are the arguments of `documents.parts_of`."""
        self._taking, self._data, self._name, self._origin = taking, data, name, origin
        self._task: asyncio.Task[Any] | None = None

    def begin(self, known: Collection[bytes]) -> asyncio.Future[Any]:
        """Begin; the future is done when `parts` may be called."""
        data, self._data = self._data, b""
        call = self._taking.call(
            tuple[list[Part], str | None],
            "sitmon.sources.documents:parts_apart",
            data,
            self._name,
            self._origin,
            frozenset(known),
        )
        self._task = asyncio.ensure_future(call)
        return self._task

    def parts(self, _known: Container[bytes]) -> Iterator[Part]:
        """Yield its parts.

        Raises:
            NotYet: No process can be begun for it just now.
            ArticleError: Nothing more of it can be read; it may have taken too long, too much memory, or the process down.
        """
        assert self._task is not None  # noqa: S101 - it was begun
        try:
            parts, why_no_more = self._task.result()
        except NoProcessError as failed:
            raise NotYet(_AGAIN) from failed
        except SourceError as failed:
            raise ArticleError(str(failed)) from failed
        yield from parts
        if why_no_more is not None:
            raise ArticleError(why_no_more)
