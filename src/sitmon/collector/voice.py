"""The collector's voice: what it says on its way out, to a person, a program, or its desk."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from sitmon.collector.batch import Acknowledged
from sitmon.model.health import Finding
from sitmon.text.sanitise import flowing, sanitise

# Of the documents that could not be read; where none can be, nobody reads on.
_MOST_NAMED = 20

Emit = Callable[[dict[str, object]], None]


class Voice(Protocol):
    """Whom the collector speaks to."""

    def acknowledge(self, articles: Sequence[Acknowledged]) -> None:
        """Say which articles are on disk now."""

    def changed(self) -> None:
        """Say that there is something new to see that is no article: a source's health."""

    def trouble(self, sentence: str) -> None:
        """Say what keeps the collector from its work."""

    def unwell(self, sentence: str) -> None:
        """Say what keeps a source from being read."""

    def refused(self, documents: Sequence[Finding]) -> None:
        """Say which documents could not be read, now that the record has it."""


class Aloud:
    """Speaks to a person or a program: every article, in order, none left out; troubles on stderr."""

    def __init__(self, emit: Emit) -> None:
        """Hand every acknowledgement to `emit`: row, source, id, version, title and path."""
        self._emit = emit
        self._named = 0

    def acknowledge(self, articles: Sequence[Acknowledged]) -> None:
        """Emit one acknowledgement for each article."""
        for one in articles:
            self._emit(acknowledgement(one))

    def changed(self) -> None:
        """Say nothing: only articles are asked for."""

    def trouble(self, sentence: str) -> None:
        """Print the sentence on stderr."""
        print(f"sitmon: {sanitise(sentence)}", file=sys.stderr, flush=True)

    def unwell(self, sentence: str) -> None:
        """Print the sentence on stderr."""
        self.trouble(sentence)

    def refused(self, documents: Sequence[Finding]) -> None:
        """Print a line for each on stderr; of a heap of them the first, and where the others stand."""
        for one in documents[: max(_MOST_NAMED - self._named, 0)]:
            self.trouble(flowing(f"{one.locator} could not be read: {one.sentence}"))
        if self._named <= _MOST_NAMED < self._named + len(documents):
            self.trouble("there are more that could not be read; sitmon doctor lists them all")
        self._named += len(documents)


class ToDesk:
    """Wakes a desk: one line a commit on its pipe. A desk that does not read is not waited for; it reads from its cursor."""

    def __init__(self, pipe: int) -> None:
        """Write to a pipe, which from now on never blocks."""
        self._pipe = pipe
        os.set_blocking(pipe, False)

    def acknowledge(self, articles: Sequence[Acknowledged]) -> None:
        """Write a line for the last of the articles; the others were committed with it."""
        if articles:
            receipt = articles[-1].receipt
            self._line({"row": receipt.row, "source": receipt.source, "id": receipt.id, "version": receipt.version})

    def changed(self) -> None:
        """Write a line."""
        self._line({"changed": "health"})

    def trouble(self, sentence: str) -> None:
        """Print the sentence on stderr, whose last line the desk shows if this process ends."""
        print(f"sitmon: {sanitise(sentence)}", file=sys.stderr, flush=True)

    def unwell(self, sentence: str) -> None:
        """Say nothing: the desk has it from the source's health, and sees when it is over."""

    def refused(self, documents: Sequence[Finding]) -> None:
        """Say nothing: the desk has it from the record."""

    def _line(self, value: dict[str, object]) -> None:
        # Lines up to PIPE_BUF are written whole or not at all (POSIX); a full pipe has woken the desk already.
        with suppress(BlockingIOError):
            os.write(self._pipe, json.dumps(value).encode() + b"\n")


def acknowledgement(one: Acknowledged) -> dict[str, object]:
    """Return an acknowledgement as it is printed."""
    receipt, article = one.receipt, one.article
    told: dict[str, object] = {"row": receipt.row, "source": receipt.source, "id": receipt.id, "version": receipt.version}
    return told | {"title": article.title, "path": article.path}
