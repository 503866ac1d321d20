"""Nine ways in which a file goes bad, the same way for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable

PAGE = 4096


def _flipped(body: bytearray, chance: random.Random) -> None:
    for _ in range(16):
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)


def _zeroed(body: bytearray, chance: random.Random) -> None:
    start = chance.randrange(max(1, len(body) // PAGE)) * PAGE
    body[start : start + PAGE] = bytes(len(body[start : start + PAGE]))


def _cut(body: bytearray, chance: random.Random) -> None:
    del body[chance.randrange(1, len(body)) :]


def _headless(body: bytearray, chance: random.Random) -> None:
    body[:100] = chance.randbytes(100)


def _followed(body: bytearray, chance: random.Random) -> None:
    body += chance.randbytes(chance.randrange(1, 3 * PAGE))


def _exchanged(body: bytearray, chance: random.Random) -> None:
    one, other = (number * PAGE for number in chance.sample(range(1, len(body) // PAGE), 2))
    body[one : one + PAGE], body[other : other + PAGE] = body[other : other + PAGE], body[one : one + PAGE]


def _emptied(body: bytearray, chance: random.Random) -> None:
    body.clear()


def _replaced(body: bytearray, chance: random.Random) -> None:
    body[:] = b"no database at all\n" * 1000


def _uneven(body: bytearray, chance: random.Random) -> None:
    body += bytes(777)


WAYS: dict[str, Callable[[bytearray, random.Random], None]] = {
    "bits flipped": _flipped,
    "a page zeroed": _zeroed,
    "cut short": _cut,
    "its head lost": _headless,
    "bytes behind": _followed,
    "pages exchanged": _exchanged,
    "emptied": _emptied,
    "replaced by words": _replaced,
    "of uneven size": _uneven,
}


def damaged(data: bytes, way: str, seed: int = 1) -> bytes:
    """Return a file's bytes as they would be after that."""
    body = bytearray(data)
    WAYS[way](body, random.Random(f"{way}:{seed}"))
    return bytes(body)
