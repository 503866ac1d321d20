"""The papers of a watch: bottom line first, every line cited, outside text never markup."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from sitmon.assessment.board import assess
from sitmon.assessment.changes import changes_between
from sitmon.model.claim import RecordedClaim, SourceClass, Stance
from sitmon.model.health import Health, SourceHealth
from sitmon.model.person import LogEntry
from sitmon.sitrep.brief import brief_text
from sitmon.sitrep.paper import Paper, paper
from sitmon.sitrep.render import FORMATS, render
from tests.assessment.claims import AT, SITUATION, claim

HOSTILE = "Rebels <script>alert(1)</script> took **the** [bridge](javascript:x) \x1b]52;c;eA==\x07 in the town."
WAS = claim("Ten were hurt in the town.", article="b", minutes=30)
NOW = claim("Two were hurt in the town.", article="b", version=2, latest=2, minutes=20)
THERE = ("whereabouts", "the mayor", Stance.FOR)
FLED = ("whereabouts", "the mayor", Stance.AGAINST)
HERE = claim("The mayor is here.", said="the army", about=THERE, region="coast", minutes=9)
GONE = claim("The mayor has fled.", said="Dr Hadi", by=SourceClass.NAMED_OFFICIAL, about=FLED, region="coast")


def a_paper(*claims: RecordedClaim, is_handover: bool = False) -> Paper:
    health = [SourceHealth("feed", "feed", "A feed", Health.FAILING, error="It answers with a page, not a feed.")]
    before = assess([WAS], AT, SITUATION, health=health)
    after = assess([replace(WAS, article=replace(WAS.article, latest=2)), NOW, *claims], AT, SITUATION, health=health)
    return paper(after, AT, changes_between(before, after), [LogEntry(AT, "Relieved by the night watch", "K.")], is_handover)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("is_handover", [False, True])
def test_every_format_holds_both_sides_the_correction_the_silent_source_and_the_log(form: str, is_handover: bool) -> None:
    text = render(a_paper(HERE, GONE, is_handover=is_handover), form)
    for wanted in (
        "The mayor is here.",
        "The mayor has fled.",
        "Ten were hurt",
        "Two were hurt",
        "A feed" if form != "json" else "feed",
        "Relieved",
    ):
        assert wanted in text


@pytest.mark.parametrize("form", ["md", "html", "txt"])
def test_the_bottom_line_stands_first_and_every_line_is_cited(form: str) -> None:
    text = render(a_paper(HERE, GONE), form)
    assert text.index("ottom line") < text.index("egions") if form != "txt" else text.index("BOTTOM LINE") < text.index("COAST")
    assert "081430ZDEC24" in text.split("ottom line" if form != "txt" else "BOTTOM")[0]
    assert text.count("[1]") >= 1


@pytest.mark.parametrize("form", ["md", "html", "txt"])
def test_a_paper_without_a_watch_counts_no_corrections(form: str) -> None:
    board = assess([NOW], AT, SITUATION, health=[])
    assert "corrected or withdrawn" in render(paper(board, AT), form)
    assert "corrected or withdrawn" not in render(paper(board), form)


def test_a_region_nobody_reported_on_is_not_called_quiet() -> None:
    health = SourceHealth("s", "folder", "s", Health.OK, last_success=AT)
    text = brief_text(assess([], AT, SITUATION, health=[health]))
    assert "no report" in text
    assert "STALE" not in text
    assert "STALE, blind" in brief_text(assess([], AT, SITUATION, health=[]))


def test_outside_text_is_neither_markup_nor_script_nor_terminal_control() -> None:
    papers = {form: render(a_paper(claim(HOSTILE, event="control_change")), form) for form in FORMATS}
    assert "<script" not in papers["html"]
    assert "\\*\\*the\\*\\* \\[bridge\\]" in papers["md"]
    assert "\\<script\\>" in papers["md"]
    for text in papers.values():
        assert not set(text) & {"\x1b", "\x07", "\x9b"}


def test_the_html_is_one_self_contained_page_whose_tags_all_close() -> None:
    text = render(a_paper(HERE, GONE), "html")
    open_tags: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not [value for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")]
            if tag not in ("meta", "br", "rect"):
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag != "rect":
                assert open_tags.pop() == tag

    Tags().feed(text)
    assert open_tags == []


def test_the_json_holds_the_board_as_brief_prints_it() -> None:
    document = json.loads(render(a_paper(HERE, GONE), "json"))
    assert [region["region"] for region in document["board"]["regions"]] == ["town", "coast"]
    assert {change["kind"] for change in document["changes"]} >= {"corrected", "contested"}
