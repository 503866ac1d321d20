"""The window against a plain reading: at any moment of any history it shows what walking over all filings shows."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from sitmon.model.article import SentenceTime, TimeBasis
from sitmon.store.record import Filing
from tests.store.making import AT, article, at, filing, reading
from tests.store.places import Database, Folder, Place
from tests.store.postgres import Server


@dataclass(frozen=True)
class Told:
    """One filing of the property test: article, sentences with region and route, when seen, when reported."""

    id: int
    sentences: tuple[tuple[int, str, str], ...]
    seen: int
    reported: int


_Place = tuple[tuple[float, int, int], bool, bool, tuple[object, ...]]
_SENTENCES = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["town", "coast", ""]), st.sampled_from(["primary", "secondary"])),
    min_size=1, max_size=4, unique_by=lambda sentence: sentence[0],
)  # fmt: skip
_TOLD = st.builds(Told, st.integers(0, 3), _SENTENCES.map(tuple), st.integers(0, 300), st.integers(-50, 5))


@settings(max_examples=120, deadline=None)
@given(
    st.lists(_TOLD, max_size=12),
    st.lists(st.integers(-5, 310), min_size=1, max_size=6),
    st.integers(1, 9),
    st.sampled_from([1, 3, 4000]),
)
def test_any_moment_shows_what_a_plain_reading_of_all_filings_shows(
    told: list[Told], moments: list[int], depth: int, patience: int
) -> None:
    with TemporaryDirectory() as directory, patch("sitmon.store.placing.PATIENCE", patience):
        assert _shows_what_was_filed(Folder(Path(directory)), told, moments, depth)


@settings(max_examples=25, deadline=None)
@given(
    told=st.lists(_TOLD, max_size=8),
    moments=st.lists(st.integers(-5, 310), min_size=1, max_size=6),
    depth=st.integers(1, 9),
    patience=st.sampled_from([1, 3, 4000]),
)
def test_a_database_shows_at_any_moment_what_a_plain_reading_of_all_filings_shows(
    server: Server, told: list[Told], moments: list[int], depth: int, patience: int
) -> None:
    with patch("sitmon.store.placing.PATIENCE", patience):
        assert _shows_what_was_filed(Database(server.url()), told, moments, depth)


def _shows_what_was_filed(place: Place, told: list[Told], moments: list[int], depth: int) -> bool:
    """Whether each window of these moments, in any order, is what the plain reading tells."""
    filings = [_filed(one) for one in told]
    with closing(place.writer()) as record:
        record.begin_reading("first", AT)
        for one in filings:
            record.file([one])
        order = random.Random(1).sample(moments, len(moments))
        for minutes in order:
            window = record.window(at(minutes), ["town", "coast", ""], depth)
            claims, unrouted = _plainly(filings, at(minutes), depth)
            found = [(c.quote, c.article.id, c.article.version, c.article.latest, c.report_time) for c in window.claims]
            assert sorted(found) == sorted(claims)
            assert [c.report_time for c in window.claims] == sorted((c.report_time for c in window.claims), reverse=True)
            assert window.unrouted == unrouted
        return record.check() == []


def _filed(told: Told) -> Filing:
    words = [f"Sentence {number} is so." for number, _, _ in told.sentences]
    text = " ".join(words)
    read = reading(text)
    reports = tuple(
        replace(report, claims=reading(text, [(region, kind)] if region else []).reports[place].claims)
        for place, (report, (_, region, kind)) in enumerate(zip(read.reports, told.sentences, strict=True))
    )
    filed = filing(article(text, told.seen, id=str(told.id)), replace(read, reports=reports))
    time = SentenceTime(at(told.seen + told.reported), TimeBasis.PUBLISHED, at(told.seen))
    return replace(filed, times=(time,) * len(reports))


def _plainly(filings: list[Filing], moment: datetime, depth: int) -> tuple[list[tuple[object, ...]], int]:
    """The same window, told by walking over everything: what the record has to agree with."""
    versions: dict[str, list[tuple[datetime, Filing]]] = {}
    for one in filings:
        known = versions.setdefault(one.article.id, [])
        if one.content_key not in {filed.content_key for _, filed in known}:
            seen = max([one.article.first_seen_at, *(when for when, _ in known[-1:])])
            known.append((seen, one))
    order = {one.content_key + one.article.id: place for place, one in enumerate(filings[::-1])}
    places: dict[str, list[_Place]] = {}
    unrouted = 0
    for id, known in versions.items():
        visible = [filed for when, filed in known if when <= moment]
        for number, one in enumerate(visible, 1):
            after = {report.quote for report in visible[number].reading.reports} if number < len(visible) else set()
            for position, (report, time) in enumerate(zip(one.reading.reports, one.times, strict=True)):
                regions = report.claims[0].regions
                unrouted += not regions and number == len(visible)
                if report.quote in after:
                    continue
                key = (-time.report_time.timestamp(), order[one.content_key + id], position)
                shown = (report.quote, id, number, len(visible), time.report_time)
                is_superseded = number < len(visible)
                region, is_secondary = (regions[0].region, regions[0].kind == "secondary") if regions else ("", False)
                places.setdefault(region, []).append((key, is_secondary, is_superseded, shown))
    return [shown for place in places.values() for shown in _cut(sorted(place, key=lambda one: one[0]), depth)], unrouted


def _cut(place: list[_Place], depth: int) -> list[tuple[object, ...]]:
    taken: Counter[bool] = Counter()
    kept, spare, superseded = [], [], []
    for one in place:
        _, is_secondary, is_superseded, _ = one
        if is_superseded:
            superseded.append(one)
        elif is_secondary and taken[True] >= depth // 4:
            spare.append(one)
        else:
            taken[is_secondary] += 1
            kept.append(one)
    stand = kept[:depth] + spare[: max(0, depth - len(kept))]
    among = [one for one in superseded if len(stand) < depth or one[0] < max(stand)[0]]
    return [shown for *_, shown in (*stand, *among[: depth // 4])]
