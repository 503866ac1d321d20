"""An article on the desk: the whole text, its claims marked, region and reason beside each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitmon.app.display import Row, width_of
from sitmon.app.glyphs import ASCII, UNICODE
from sitmon.app.views.article import Reading, article_rows, claims_of, item_of
from sitmon.store.record import StoredArticle
from tests.app.articles import FIRST, PLAIN, SECOND, THIRD, TITLE, article
from tests.effort import effort

REGIONS = {"north": "North shore", "east": "East villages", "town": "Lower town"}


def rows(stored: StoredArticle, width: int = 120, chosen: int | None = None, latest: int = 1) -> list[Row]:
    return article_rows(Reading(stored, latest, REGIONS, chosen), width, UNICODE)


def lines(stored: StoredArticle, width: int = 120, **more: int) -> list[str]:
    return ["".join(part.text for part in row.line).rstrip() for row in rows(stored, width, **more)]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_the_whole_text_is_there_and_nothing_is_wider_than_the_page(width: int) -> None:
    found = rows(article(filler=20), width)
    assert all(width_of(row.line) <= width for row in found)
    roles = ("marked", "marked.chosen", "note", "heading")
    text = " ".join(part.text for row in found for part in row.line if part.role in roles)
    for sentence in (TITLE, FIRST, PLAIN, SECOND, THIRD):
        assert "".join(sentence.split()) in "".join(text.split()).replace("namesالجسر", "") or width >= 76


@pytest.mark.parametrize("width", [80, 120, 200])
def test_region_and_reason_stand_beside_the_line_where_the_claim_begins(width: int) -> None:
    shown = lines(article(), width)
    first = next(line for line in shown if "The river council, after" in line)
    assert "◇ CLAIMED  displacement" in first
    assert any("North shore · names the old" in line for line in shown[shown.index(first) :])


def test_only_claims_are_marked_and_by_a_sign_too() -> None:
    found = rows(article(), 60)
    for row in found:
        worn = {part.role for part in row.line}
        signs = "".join(part.text for part in row.line[:2])
        assert ("marked" in worn) == ("┃" in signs)
    background = [part.role for row in found for part in row.line if "ninety years" in part.text]
    assert background == ["note"]


def test_notes_of_right_to_left_text_stand_below_it() -> None:
    for width in (80, 120, 200):
        line = next(line for line in lines(article(), width) if THIRD[:12] in line)
        assert line.rstrip().endswith(THIRD.split()[-1])


def test_the_chosen_claim_is_found_by_its_item_and_marked_by_a_sign() -> None:
    stored = article(filler=30)
    report = claims_of(stored)[1]
    found = rows(stored, 80, chosen=report.start)
    chosen = [row for row in found if row.item == item_of(report) and any("▸" in part.text for part in row.line)]
    assert len(chosen) == 1
    assert "Families" in "".join(part.text for part in chosen[0].line)


def test_an_older_version_says_so() -> None:
    assert "version 1 of 3: SUPERSEDED by a later one" in " ".join(" ".join(lines(article(), latest=3)).split())


def test_brackets_and_controls_of_the_text_are_shown_as_they_are() -> None:
    stored = article(title="[b]\x1b]0;x\x07 \u202e[/]")
    shown = "\n".join(lines(stored))
    assert "[b]␛]0;x␇ ⇐[/]" in shown
    assert "leaving [Reuters] for the school." in shown


@pytest.mark.parametrize("is_of_line_ends", [False, True])
def test_a_huge_article_is_shown_in_the_blink_of_an_eye_and_says_what_it_leaves_out(is_of_line_ends: bool) -> None:
    stored = article(filler=0 if is_of_line_ends else 100_000)
    if is_of_line_ends:
        stored = replace(stored, article=replace(stored.article, text=stored.article.text + "\n" * 1_000_000))
    shown = article_rows(Reading(stored, 1, REGIONS), 80, ASCII)
    assert len(shown) < 50_000
    assert effort(lambda: article_rows(Reading(stored, 1, REGIONS), 80, ASCII), 1) < 2
    assert "more characters are in the record" in "".join(part.text for part in shown[-2].line)
