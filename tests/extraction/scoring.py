"""How well articles are read: compares readings with the labelled sentences of tests/data, field by field.

Used by `bench/quality.py`, which prints the table of `make eval`, and by `test_quality.py`, which holds its floor.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sitmon.model.article import Article
from sitmon.model.claim import Claim, Reading, Report, RouteKind

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
FIELDS = ("modality", "polarity", "certainty", "auxiliary", "event")
_SEEN = datetime(2024, 12, 8, 12, tzinfo=UTC)
_ARTICLES = frozenset({"the", "a", "an", "of", "by"})
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Miss:
    """One label that a reading does not meet."""

    id: str
    kind: str
    wanted: str
    found: str


@dataclass(slots=True)
class Tally:
    """Counts over many sentences: for each measure how often right and how often asked; for the two kinds of attribution
    true, found and wanted."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def accuracy(self, measure: str) -> float:
        """Give right / asked, 1 where nothing was asked."""
        return self.right[measure] / self.asked[measure] if self.asked[measure] else 1.0

    def f1(self, measure: str) -> float:
        """Give F1 of "reportable", "attributed" or "source" from true, found and wanted."""
        found, wanted = self.asked[f"{measure} found"], self.asked[f"{measure} wanted"]
        return 2 * self.right[measure] / (found + wanted) if found + wanted else 1.0


def labelled(language: str, half: str | None = None) -> list[Row]:
    """Load the labelled sentences of a language ("en", "ar"); `half` is "learn", "held", "fresh" or "wire"."""
    lines = (DATA / f"reading-{language}.jsonl").read_text("utf-8").splitlines()
    return [row for row in map(json.loads, lines) if half is None or row["half"] == half]


def tally_of(rows: Iterable[Row], read: Callable[[Article], Reading], language: str | None = None) -> Tally:
    """Read every labelled article and count what its labelled sentence got right."""
    tally = Tally()
    for row in rows:
        article = Article(source="test", id=row["id"], text=row["text"], first_seen_at=_SEEN, language=language)
        _judge(row, read(article), tally)
    return tally


def same_source(found: str | None, wanted: str | None) -> bool:
    """Tell whether two namings of a source mean the same: all words of one in the other, or half of all words shared."""
    if found is None or wanted is None:
        return found is wanted
    one, other = _source_words(found), _source_words(wanted)
    common = {word for word in one if any(_same_word(word, its) for its in other)}
    return bool(common) and (len(common) >= min(len(one), len(other)) or 2 * len(common) >= len(one | other))


def _judge(row: Row, reading: Reading, tally: Tally) -> None:
    reports = list(_reports_of(row, reading))
    classes = Counter({report.kind.value: _shared(row["begin"], row["end"], report.start, report.end) for report in reports})
    found_class = classes.most_common(1)[0][0] if classes else "none"
    _check(tally, row, "class", found_class, [row["class"], *row.get("accept", {}).get("class", [])])
    if "class" not in row.get("accept", {}):
        _count(tally, "reportable", found_class == "claim", row["class"] == "claim")
    if not row["claims"]:
        return
    claims = [claim for report in reports for claim in report.claims]
    pairs = _pairs(row["claims"], claims)
    for number, label in enumerate(row["claims"]):
        _judge_claim(tally, row, label, pairs.get(number), row["text"])
    used = {id(claim) for claim in pairs.values()}
    known = [label["source"] for label in row["claims"]]
    for claim in claims:
        said = _said(claim) if id(claim) not in used else None
        if said is not None and not any(same_source(said, source) for source in known):
            _count(tally, "attributed", True, False)
            _count(tally, "source", True, False)
            tally.misses.append(Miss(row["id"], "extra source", "-", said))


def _judge_claim(tally: Tally, row: Row, label: Row, claim: Claim | None, text: str) -> None:
    accept: Mapping[str, Sequence[Any]] = label.get("accept", {})
    tally.asked["claim"] += 1
    if claim is None:
        tally.misses.append(Miss(row["id"], "claim not found", label["span"], "-"))
    else:
        tally.right["claim"] += 1
    _judge_source(tally, row, label, claim, [label["source"], *accept.get("source", [])])
    found: dict[str, Any] = {} if claim is None else {name: _value(getattr(claim, name)) for name in FIELDS}
    for name in FIELDS:
        _check(tally, row, name, found.get(name, "no claim"), [label[name], *accept.get(name, [])], label[name])
    if label["source"] is not None and claim is not None and claim.attribution is not None:
        _check(
            tally, row, "source_class", claim.attribution.kind.value, [label["source_class"], *accept.get("source_class", [])]
        )
    if label["regions"] is not None:
        regions = [] if claim is None else sorted({route.region for route in claim.regions if route.kind is RouteKind.PRIMARY})
        wanted = [sorted(one) for one in (label["regions"], *accept.get("regions", []))]
        _check(tally, row, "region", regions if claim is not None else "no claim", wanted)


def _judge_source(tally: Tally, row: Row, label: Row, claim: Claim | None, accepted: Sequence[str | None]) -> None:
    said = _said(claim)
    right = any(same_source(said, one) for one in accepted)
    if right and said is None and label["source"] is not None:
        return
    if right and said is not None and label["source"] is None:
        return
    wanted = label["source"] is not None
    _count(tally, "attributed", said is not None, wanted)
    tally.asked["source found"] += said is not None
    tally.asked["source wanted"] += wanted
    tally.right["source"] += right and wanted
    if not right:
        kind = "no source" if said is None else "other source" if wanted else "source where none is"
        tally.misses.append(Miss(row["id"], kind, str(label["source"]), str(said)))


def _said(claim: Claim | None) -> str | None:
    """Give who says a claim: as written, else whom the sentence leaves unsaid; None if nobody is named."""
    attribution = claim.attribution if claim is not None else None
    return (attribution.text or attribution.resolved or None) if attribution is not None else None


def _reports_of(row: Row, reading: Reading) -> Iterator[Report]:
    """Give the reports that are the labelled sentence: half of the shorter lies in the other."""
    for report in reading.reports:
        common = _shared(row["begin"], row["end"], report.start, report.end)
        if 2 * common >= min(row["end"] - row["begin"], report.end - report.start):
            yield report


def _pairs(labels: Sequence[Row], claims: Sequence[Claim]) -> dict[int, Claim]:
    """Pair every label with the claim that covers its content best, a right source first; each claim serves once."""
    ranked = sorted(
        ((_fit(label, claim), number, place) for number, label in enumerate(labels) for place, claim in enumerate(claims)),
        reverse=True,
    )
    pairs: dict[int, Claim] = {}
    taken: set[int] = set()
    for fit, number, place in ranked:
        if fit > 0 and number not in pairs and place not in taken:
            pairs[number] = claims[place]
            taken.add(place)
    return pairs


def _fit(label: Row, claim: Claim) -> float:
    start, end = int(label["start"]), int(label["end"])
    common = _shared(start, end, claim.start, claim.end)
    if not common:
        return 0.0
    said = _said(claim)
    return common / (max(end, claim.end) - min(start, claim.start)) + same_source(said, label["source"])


def _count(tally: Tally, measure: str, found: bool, wanted: bool) -> None:
    tally.right[measure] += found and wanted
    tally.asked[f"{measure} found"] += found
    tally.asked[f"{measure} wanted"] += wanted


def _check(tally: Tally, row: Row, measure: str, found: Any, accepted: Sequence[Any], part: str | None = None) -> None:
    right = found in accepted
    for name in (measure, f"{measure} {part}") if part else (measure,):
        tally.asked[name] += 1
        tally.right[name] += right
    if not right:
        tally.misses.append(Miss(row["id"], measure, " or ".join(map(str, accepted)), str(found)))


def _value(field_value: Any) -> Any:
    return getattr(field_value, "value", field_value)


def _shared(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(0, min(end, other_end) - max(start, other_start))


def _source_words(text: str) -> set[str]:
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return {word for word in re.findall(r"\w+", re.sub(r"['’]s\b", "", plain)) if word not in _ARTICLES}


def _same_word(one: str, other: str) -> bool:
    """Compare words; Arabic writes "for" and "and" onto the word, which may or may not count as part of the source."""
    return one == other or (
        not one.isascii() and abs(len(one) - len(other)) <= 2 and (one.endswith(other) or other.endswith(one))
    )
