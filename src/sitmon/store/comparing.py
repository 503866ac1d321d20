"""Whether two records are the same: row by row, with a digest of each table and every text under its hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sitmon.store.rows import Row, digest

# Of each table, so many differences are named; the others are counted.
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Compared:
    """How a table compares.

    Attributes:
        rows: How many there are in the source.
        digest: SHA-256 over the rows of the source in their order, hexadecimal.
        differences: Rows that are not the same on both sides, in sentences.
        damaged: Texts that are not what was written, on both sides, in sentences.
    """

    table: str
    rows: int
    digest: str
    differences: tuple[str, ...]
    damaged: tuple[str, ...]


def compare(table: str, columns: Sequence[str], order: str, source: Iterable[Row], target: Iterable[Row]) -> Compared:
    """Compare a table of two records; both sides are read once, in step.

    Args:
        table: Its name.
        columns: Those of each row, in order.
        order: By which both sides are ordered ("region, report_time DESC"): numbers only.
        source: Rows of the one.
        target: Rows of the other.
    """
    named = _Named()
    sums = sha256(), sha256()
    rows = 0
    damaged = _Named()
    text, text_digest = (columns.index("text"), columns.index("text_digest")) if table == "version" else (None, None)
    for key, one, other in _in_step(_keyed(columns, order, source), _keyed(columns, order, target)):
        rows += one is not None
        for sum_, row in zip(sums, (one, other), strict=True):
            if row is not None:
                sum_.update(repr(row).encode("utf-8", "surrogatepass"))
        if one != other:
            named.add(f"{table}, row {_shown(key)}: {_difference(columns, one, other)}")
        elif text is not None and text_digest is not None and one is not None and digest(one[text]) != one[text_digest]:
            damaged.add(f"{table}, row {_shown(key)}: its text is not what was written, in the source already")
    if not named.sentences and sums[0].digest() != sums[1].digest():
        named.add(f"{table}: its rows come in another order")
    return Compared(table, rows, sums[0].hexdigest(), named.all(table), damaged.all(table))


class _Named:
    """Sentences, of which only the first are kept."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self._further = 0

    def add(self, sentence: str) -> None:
        """Add one."""
        if len(self.sentences) < _MOST_NAMED:
            self.sentences.append(sentence)
        else:
            self._further += 1

    def all(self, table: str) -> tuple[str, ...]:
        """Return those that were kept, and how many more there were."""
        return (*self.sentences, *((f"{table}: and {self._further} more rows",) if self._further else ()))


_Key = tuple[int, ...]


def _keyed(columns: Sequence[str], order: str, rows: Iterable[Row]) -> Iterator[tuple[_Key, Row]]:
    """Yield each row with what it is ordered by, made to rise."""
    by = [(columns.index(name.removesuffix(" DESC")), -1 if name.endswith(" DESC") else 1) for name in order.split(", ")]
    for row in rows:
        yield tuple([row[at] * sign for at, sign in by]), tuple(row)


def _in_step(
    source: Iterator[tuple[_Key, Row]], target: Iterator[tuple[_Key, Row]]
) -> Iterator[tuple[_Key, Row | None, Row | None]]:
    one, other = next(source, None), next(target, None)
    while one is not None or other is not None:
        is_missing = one is not None and (other is None or one[0] < other[0])
        is_further = other is not None and (one is None or other[0] < one[0])
        key = one[0] if one is not None and not is_further else other[0] if other is not None else ()
        yield key, None if is_further else one and one[1], None if is_missing else other and other[1]
        one = one if is_further else next(source, None)
        other = other if is_missing else next(target, None)


def _shown(key: _Key) -> str:
    return " ".join(str(abs(part)) for part in key)


def _difference(columns: Sequence[str], one: Row | None, other: Row | None) -> str:
    if one is None or other is None:
        return "is only in the target" if one is None else "is only in the source"
    names = [name for name, left, right in zip(columns, one, other, strict=True) if left != right]
    return f"differs in {', '.join(names)}"
