"""A hand-made article with its reading, to be read on the desk."""

from __future__ import annotations

from datetime import timedelta

from sitmon.model.article import Article, SentenceTime, TimeBasis
from sitmon.model.claim import (
    Attribution,
    Auxiliary,
    Certainty,
    Claim,
    Modality,
    Polarity,
    Report,
    ReportClass,
    Route,
    RouteKind,
    SourceClass,
)
from sitmon.store.record import StoredArticle
from tests.app.boards import DAM, NOW

TITLE = "DEMO: The old dam above the lower town"
FIRST = DAM.quote
SECOND = "Families on the east bank are leaving [Reuters] for the school."
THIRD = "قالت فرق الإنقاذ إن المياه بلغت الجسر"
PLAIN = "The dam was built ninety years ago."


def article(*, url: str | None = "https://example.org/dam", title: str = TITLE, filler: int = 0) -> StoredArticle:
    """Return the article; its first claim is DAM of boards.py, with `filler` plain sentences before the last."""
    # DAM stands at offset 100 of its article, so a rule fills the space up to there.
    pieces = [f"{title}\n\n", "-" * (96 - len(title)) + "\n\n"]
    reports = [Report(title, 0, len(title), ReportClass.TITLE, None)]
    at = 100

    def add(sentence: str, after: str = " ", claim: tuple[str, str, str | None, Modality] | None = None) -> None:
        nonlocal at
        claims = (_claim(at, at + len(sentence), *claim),) if claim else ()
        kind = ReportClass.CLAIM if claims else ReportClass.BACKGROUND
        reports.append(Report(sentence, at, at + len(sentence), kind, None, claims))
        pieces.append(sentence + after)
        at += len(sentence) + len(after)

    add(FIRST, claim=("north", "explicit: the old dam", "The river council", Modality.CLAIMED))
    add(PLAIN, "\n\n")
    for number in range(filler):
        add(f"Sentence {number} of the history of the valley says nothing of today.")
    add(SECOND, "\n\n", ("east", "definite: the east bank", None, Modality.REPORTED))
    add(THIRD, claim=("town", "explicit: الجسر", "فرق الإنقاذ", Modality.REPORTED))
    text = "".join(pieces)
    made = Article(
        "folder:seeds", "a1", text, NOW - timedelta(minutes=1), title=title, outlet="DEMO Lake Wire", url=url,
        path="a1.txt", published_at=NOW - timedelta(minutes=2),
    )  # fmt: skip
    times = tuple(SentenceTime(NOW, TimeBasis.PUBLISHED, NOW) for _ in reports)
    return StoredArticle(made, tuple(reports), times)


def _claim(start: int, end: int, region: str, reason: str, who: str | None, modality: Modality) -> Claim:
    said = Attribution(who, start, start + len(who), "says", SourceClass.PARTY) if who else None
    return Claim(
        start, end, (Route(region, RouteKind.PRIMARY, reason),), None, said, modality, Polarity.POSITIVE, Certainty.CERTAIN,
        Auxiliary.NONE, "displacement",
    )  # fmt: skip
