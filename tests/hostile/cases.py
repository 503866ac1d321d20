"""The cases: what lies in the folder, and what must come of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from tests.hostile.answers import TOWNS
from tests.hostile.odd_documents import odd_documents
from tests.hostile.odd_files import ODD
from tests.hostile.outcome import Outcome
from tests.hostile.payloads import ALL


class Place(Enum):
    """Where in a document a payload stands."""

    TEXT = "text"
    TITLE = "title"
    OUTLET = "outlet"
    AUTHOR = "author"
    URL = "url"
    ID = "id"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Case:
    """One thing laid into the folder.

    Attributes:
        name: Tells it from all others.
        lay: Puts it there, given the folder.
        outcome: What must come of it.
        says: What the finding on it must hold.
        sentence: The sentence that must stand in the record word for word, for those that are recorded.
    """

    name: str
    lay: Callable[[Path], object]
    outcome: Outcome
    says: str = ""
    sentence: str | None = None


def cases() -> list[Case]:
    """Return all cases, the same ones in the same order each time."""
    return [*_carried(), *_odd(), *_controls()]


def _carried() -> Iterator[Case]:
    number = 0
    for kind, payload in ALL.items():
        for place in Place:
            if place is Place.NAME and ("\x00" in payload or "/" in payload or len(payload.encode()) > 200):
                continue
            number += 1
            yield _case(number, kind, payload, place)


def _case(number: int, kind: str, payload: str, place: Place) -> Case:
    said = payload if place is Place.TEXT else "heavily"
    text = f"Case {number}: rebels shelled Town{number % TOWNS:02d} {said} today, the army said."
    given = {"id": f"case-{number}", "title": f"Title {number}", "outlet": f"Outlet {number}", "text": text}
    if place not in (Place.TEXT, Place.NAME):
        given[place.value] = f"{payload} {number}"
    name = f"{payload[:40]}{number}" if place is Place.NAME else f"case-{number:03d}"
    lay = _jsonl(name, given) if place is not Place.NAME and (number % 2 or len(payload) > 10_000) else _markdown(name, given)
    shown = text if payload.isprintable() and len(payload) < 1000 else f"Case {number}: rebels shelled"
    return Case(f"{kind} in {place.value} ({number})", lay, Outcome.RECORDED, sentence=shown)


def _jsonl(name: str, given: dict[str, str]) -> Callable[[Path], None]:
    return lambda folder: _write(folder / f"{name}.jsonl", json.dumps(given).encode() + b"\n")


def _markdown(name: str, given: dict[str, str]) -> Callable[[Path], None]:
    front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in given.items() if key not in ("text", "id"))
    return lambda folder: _write(folder / f"{name}.md", f"---\n{front}---\n{given['text']}\n".encode("utf-8", "surrogatepass"))


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def _odd() -> Iterator[Case]:
    for odd in (*ODD, *odd_documents()):
        yield Case(odd.name, odd.lay, odd.outcome, odd.says, odd.sentence)


def _controls() -> Iterator[Case]:
    for number in range(TOWNS):
        text = f"Control {number}: residents fled Town{number:02d} this morning, the mayor said."
        yield Case(f"control {number}", _plain(f"control-{number}", text), Outcome.RECORDED, sentence=text)


def _plain(name: str, text: str) -> Callable[[Path], None]:
    return lambda folder: _write(folder / f"{name}.txt", f"{text}\n".encode())
