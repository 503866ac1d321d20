"""What a document is to the record: a table of everything that can be known about it."""

from datetime import UTC, datetime

import pytest

from sitmon.collector.decide import Decision, Known, Verdict, decide
from sitmon.model.article import Article

NOW = datetime(2024, 12, 8, tzinfo=UTC)


def article(id: str, version: int = 1) -> Article:
    return Article(source="inbox", id=id, text="", first_seen_at=NOW, version=version)


X1, X2, X3, Y1 = article("x"), article("x", 2), article("x", 3), article("y")


@pytest.mark.parametrize(
    ("words", "given", "is_same", "known", "verdict", "id", "version"),
    [
        ("never seen", None, False, Known(), Verdict.NEW, "made", 1),
        ("never seen, with an id", "x", False, Known(), Verdict.NEW, "x", 1),
        ("touched, or saved in another encoding", None, True, Known(here=X2), Verdict.SAME, "x", 2),
        ("edited in its place", None, False, Known(here=X2), Verdict.VERSION, "x", 3),
        ("an edit taken back", None, False, Known(here=X2, twin=X1, newest_of_twin=X2), Verdict.VERSION, "x", 3),
        (
            "overwritten with another article's text",
            None,
            False,
            Known(here=X1, twin=Y1, newest_of_twin=Y1, is_twin_elsewhere=True),
            Verdict.VERSION,
            "x",
            2,
        ),
        ("a copy", None, False, Known(twin=X1, newest_of_twin=X1, is_twin_elsewhere=True), Verdict.DUPLICATE, "x", 1),
        ("renamed", None, False, Known(twin=X2, newest_of_twin=X2), Verdict.MOVED, "x", 2),
        ("renamed, an edit taken back", None, False, Known(twin=X1, newest_of_twin=X2), Verdict.VERSION, "x", 3),
        ("an older version that came late", "x", False, Known(named=X2, is_overtaken=True), Verdict.OLDER, "x", 2),
        ("dated back in its place", "x", False, Known(here=X2, named=X2, is_overtaken=True), Verdict.VERSION, "x", 3),
        ("a new version by its id", "x", False, Known(named=X1), Verdict.VERSION, "x", 2),
        ("the same by its id, its place gone", "x", True, Known(named=X1, twin=X1, newest_of_twin=X1), Verdict.SAME, "x", 1),
        (
            "the same by its id, in a second place",
            "x",
            True,
            Known(named=X1, twin=X1, newest_of_twin=X1, is_twin_elsewhere=True),
            Verdict.DUPLICATE,
            "x",
            1,
        ),
        (
            "an earlier version by its id, in a second place",
            "x",
            False,
            Known(named=X2, twin=X1, newest_of_twin=X2, is_twin_elsewhere=True),
            Verdict.DUPLICATE,
            "x",
            1,
        ),
        (
            "another id, the same text, in a second place",
            "z",
            False,
            Known(twin=X1, newest_of_twin=X1, is_twin_elsewhere=True),
            Verdict.DUPLICATE,
            "x",
            1,
        ),
        ("another id in an article's place", "z", False, Known(here=X1), Verdict.NEW, "z", 1),
    ],
)
def test_a_document_is(
    words: str, given: str | None, is_same: bool, known: Known, verdict: Verdict, id: str, version: int
) -> None:
    assert decide("made", given, is_same, known) == Decision(verdict, id, version), words
