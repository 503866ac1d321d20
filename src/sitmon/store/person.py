"""How a person left the desk: theme, region, layout, searches, when they last looked. A small file of its own (`person.json`).

Any number of desks may share it: each change is laid over what the file holds at that moment, key by key, under a lock, and the
file is replaced whole. What is damaged is set aside, never deleted.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sitmon.config.private import write_private
from sitmon.errors import StoreError
from sitmon.model.noun import dataclass
from sitmon.text.times import rfc3339

PERSON_NAME = "person.json"
_FORMAT = 1
_LARGEST = 256 * 1024
_MOST_SEARCHES = 50
_TRIES, _PAUSE_SECONDS = 4, 0.01


@dataclass(frozen=True, slots=True)
class Habits:
    """How a person left the desk.

    Attributes:
        theme: The theme they chose, or None for the configuration's.
        instead_of: The configuration's theme at that time: once that is another one, it counts again.
        region: Id of the region they were in, or None.
        is_alone: That region had the whole screen.
        is_wall: The side of a wall display is shown or not, or None for as there is room.
        looked_at: When they last looked, UTC, or None.
        searches: What they kept, the newest first.
    """

    theme: str | None = None
    instead_of: str | None = None
    region: str | None = None
    is_alone: bool = False
    is_wall: bool | None = None
    looked_at: datetime | None = None
    searches: tuple[str, ...] = ()


class PersonFile:
    """The file in use.

    Attributes:
        notices: What happened to the file, in sentences for a person.
    """

    def __init__(self, path: Path) -> None:
        """Use this file; it is made by the first change."""
        self.notices: tuple[str, ...] = ()
        self._path = path
        self._searches: tuple[str, ...] = ()

    def read(self) -> Habits:
        """Return how the person left; of a damaged file, which is set aside, as if they came for the first time.

        Raises:
            StoreError: It was written by a newer sitmon, or cannot be read.
        """
        try:
            with self._path.open("rb") as file:
                # More than anybody keeps is no JSON once it is cut here, and is set aside as such.
                habits = _habits(json.loads(file.read(_LARGEST)))
        except FileNotFoundError:
            habits = Habits()
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            habits = self._set_aside(error)
        except OSError as error:
            raise StoreError(f"{self._path} cannot be read ({error.strerror}): mend its permissions") from error
        self._searches = habits.searches
        return habits

    def change(self, **changes: Any) -> Habits:
        """Change some of it; what another desk changed meanwhile stays, key by key, and searches are added to and taken from.

        Args:
            changes: Attributes of Habits with their new values.

        Raises:
            StoreError: It cannot be written; nothing was changed.
        """
        before = self._searches
        with self._locked():
            present = self.read()
            if "searches" in changes:
                changes["searches"] = merged(present.searches, before, changes["searches"])
            habits = replace(present, **changes)
            if habits != present or not self._path.exists():
                self._write(habits)
        self._searches = habits.searches
        return habits

    def _write(self, habits: Habits) -> None:
        try:
            write_private(self._path, json.dumps(_written(habits), ensure_ascii=False, indent=1).encode("utf-8", "replace"))
        except OSError as error:
            raise StoreError(
                f"{self._path} cannot be written ({error.strerror}): what you chose holds, and is written once it can be"
            ) from error

    def _set_aside(self, error: Exception) -> Habits:
        number = next(n for n in range(1, 1000) if not self._path.with_name(f"{PERSON_NAME}.damaged-{n}").exists())
        aside = self._path.with_name(f"{PERSON_NAME}.damaged-{number}")
        try:
            self._path.rename(aside)
        except OSError as failed:
            raise StoreError(f"{self._path} is damaged and cannot be set aside ({failed.strerror})") from failed
        self.notices += (f"{PERSON_NAME} was damaged ({error}): it is kept as {aside.name}, and a fresh one begun",)
        return Habits()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other desks from changing it meanwhile; one that hangs keeps nobody waiting for long."""
        try:
            number = os.open(self._path.with_name(f".{PERSON_NAME}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(
                f"{self._path} cannot be written ({error.strerror}): what you chose holds, and is written once it can be"
            ) from error
        try:
            for tried in range(_TRIES):
                try:
                    fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if tried == _TRIES - 1:
                        raise StoreError(f"{self._path} is held by another desk: try again") from None
                    time.sleep(_PAUSE_SECONDS)
            yield
        finally:
            os.close(number)


def merged(present: Sequence[str], before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Lay one desk's change of the searches over what another one made of them: what it added comes first, what it let go goes.

    Args:
        present: What the file holds.
        before: What this desk knew.
        after: What this desk made of it.
    """
    added = [each for each in after if each not in before]
    gone = set(before) - set(after)
    return tuple(dict.fromkeys([*added, *(each for each in present if each not in gone)]))[:_MOST_SEARCHES]


def _habits(written: Mapping[str, Any]) -> Habits:
    if written["sitmon"] > _FORMAT:
        raise StoreError(f"{PERSON_NAME} was written by a newer sitmon (format {written['sitmon']}): update sitmon")
    looked_at = written.get("looked_at")
    searches = written.get("searches", [])
    if not isinstance(searches, list) or not all(isinstance(each, str) for each in searches):
        raise ValueError("its searches are no list of texts")
    texts = {key: written.get(key) for key in ("theme", "instead_of", "region")}
    if not all(text is None or isinstance(text, str) for text in texts.values()):
        raise ValueError("a text in it is none")
    wall = written.get("is_wall")
    at = datetime.fromisoformat(looked_at) if looked_at else None
    if at is not None and at.tzinfo is None:
        raise ValueError("its time has no zone")
    return Habits(
        **texts,
        is_alone=written.get("is_alone") is True,
        is_wall=wall if isinstance(wall, bool) else None,
        looked_at=at,
        searches=tuple(searches)[:_MOST_SEARCHES],
    )


def _written(habits: Habits) -> dict[str, Any]:
    kept = {
        "theme": habits.theme,
        "instead_of": habits.instead_of,
        "region": habits.region,
        "is_alone": habits.is_alone or None,
        "is_wall": habits.is_wall,
        "looked_at": rfc3339(habits.looked_at) if habits.looked_at else None,
        "searches": list(habits.searches),
    }
    return {"sitmon": _FORMAT, **{key: value for key, value in kept.items() if value is not None}}
