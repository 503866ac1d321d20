"""What a pane says, as text: every state, every size, nothing outside the frame and the quote never changed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sitmon.app.display import Item, Row, width_of
from sitmon.app.glyphs import ASCII, UNICODE, Glyphs
from sitmon.app.views.frame import Frame
from sitmon.app.views.pane import items_of, pane_rows
from sitmon.app.views.words import stamp
from sitmon.model.article import TimeBasis
from sitmon.model.board import Freshness, RegionStatus, Why
from sitmon.model.claim import Modality
from tests.app.boards import ARABIC, BRIDGE, DAM, FAILS, HOLDS, ISSUE, NOW, OLD, board, line, recorded, region
from tests.effort import effort

SIZES = [
    (width, height) for width in (20, 30, 38, 40, 58, 80, 100, 200) for height in (1, 2, 3, 4, 5, 8, 9, 11, 15, 19, 29, 58)
]


def rows(area: RegionStatus, width: int = 60, height: int = 19, **more: Any) -> list[Row]:
    frame = Frame(width, height, 1, NOW, UNICODE)
    return pane_rows(area, frame._replace(**more))


def text(area: RegionStatus, width: int = 60, height: int = 19, **more: Any) -> str:
    return "\n".join("".join(part.text for part in row.line).rstrip() for row in rows(area, width, height, **more))


def words(shown: str) -> str:
    return " ".join(shown.split())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_a_pane_fills_its_frame_exactly_whatever_it_shows(size: tuple[int, int], glyphs: Glyphs) -> None:
    for area in board().regions:
        for selected in (None, *items_of(area)):
            for is_alone in (False, True):
                frame = Frame(*size, 1, NOW, glyphs, True, selected, is_alone)
                shown = pane_rows(area, frame)
                assert len(shown) == size[1]
                wide = [row for row in shown if width_of(row.line) > size[0]]
                assert not wide or size[0] < 38


def test_a_status_is_told_in_the_order_of_the_design() -> None:
    area = region(status=line(DAM, is_new=True), recent=(line(HOLDS, is_new=True), line(FAILS)), contested=(ISSUE,), new=2)
    shown = words(text(area))
    order = [
        "1 North shore", "● 2 new", "2 min", "◇ CLAIMED", "The river council", "~F6",
        f"“{DAM.quote}”",
        "DEMO Lake Wire", "published", "1430Z", "1 outlet, 1 origin", "≠ CONTESTED", "the old dam holds", "1 : 1",
        "1402Z CLAIMED", "1352Z RUMOURED", "24 h, 7 claims",
    ]  # fmt: skip
    places = [shown.index(each) for each in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("freshness", "why", "new", "minutes", "says"),
    [
        (Freshness.CURRENT, None, 0, 0.5, "─ now"),
        (Freshness.CURRENT, None, 0, 14, "─ 14 min"),
        (Freshness.CURRENT, None, 1, 2, "● new · 2 min"),
        (Freshness.CURRENT, None, 3, 2, "● 3 new · 2 min"),
        (Freshness.AGEING, Why.QUIET, 0, 7 * 60, "◐ ageing quiet · 7 h"),
        (Freshness.AGEING, Why.QUIET, 2, 7 * 60, "● 2 new · ◐ ageing quiet · 7 h"),
        (Freshness.STALE, Why.QUIET, 0, 60 * 30, "○ STALE quiet · 30 h"),
        (Freshness.STALE, Why.UNDATED, 0, 60 * 80, "○ STALE undated · 3 d"),
        (Freshness.CURRENT, Why.BLIND, 0, 31, "✗ BLIND · 31 min"),
        (Freshness.STALE, Why.BLIND, 0, 60 * 72, "✗ BLIND · 3 d"),
    ],
)
def test_each_state_is_a_word_and_a_sign_with_its_age(
    freshness: Freshness, why: Why | None, new: int, minutes: float, says: str
) -> None:
    area = region(status=line(recorded(1, "Water rose.", minutes=minutes)), freshness=freshness, why=why, new=new)
    assert text(area).splitlines()[0].rstrip().endswith(says)


@pytest.mark.parametrize("modality", Modality)
def test_every_modality_is_its_word_with_a_sign(modality: Modality) -> None:
    shown = text(region(status=line(recorded(1, "Water rose.", modality=modality))))
    assert f"{UNICODE.modality[modality]} {modality.value.upper()}" in shown


@pytest.mark.parametrize(
    ("basis", "says"),
    [
        (TimeBasis.PUBLISHED, "published 081422ZDEC24"),
        (TimeBasis.SEEN, "seen 081422ZDEC24"),
        (TimeBasis.CLAMPED, "FUTURE-DATED, seen 081422ZDEC24"),
        (TimeBasis.DAY, "dated by day, 081422ZDEC24"),
    ],
)
def test_the_time_stands_with_the_clock_it_was_taken_from(basis: TimeBasis, says: str) -> None:
    assert says in text(region(status=line(recorded(1, "Water rose.", minutes=10, basis=basis))), 90)


def test_a_region_nobody_reported_on_says_so_and_whether_it_could_be_known() -> None:
    empty = region(title="Capital", activity=(0,) * 24, freshness=Freshness.STALE, why=Why.QUIET)
    assert "○ no report" in text(empty)
    assert "Nobody has reported on Capital yet." in text(empty)
    assert "No source can be read" in text(replace(empty, why=Why.BLIND))


@pytest.mark.parametrize(("width", "height"), [(40, 11), (38, 9), (40, 5), (40, 3), (60, 7)])
def test_a_quote_is_cut_only_at_a_word_and_only_with_a_sign(width: int, height: int) -> None:
    quote = "The river council said on Sunday that " + "the water at the bridge was rising and " * 8 + "nobody was hurt."
    lines = text(region(status=line(recorded(1, quote))), width, height).splitlines()
    start = next(n for n, each in enumerate(lines) if "“" in each)
    end = next(n for n, each in enumerate(lines) if "…" in each)
    shown = words(" ".join(lines[start : end + 1]))
    assert shown.startswith("“The river")
    kept = shown.removeprefix("“").removesuffix(" …")
    assert quote.startswith(kept)
    assert quote[len(kept)] == " "


def test_a_long_sentence_is_shown_from_its_claim_on() -> None:
    claim = "others say the crown is already gone"
    quote = (
        "Though the council and the engineers of the district kept saying all through Saturday that the dam stands, "
        + claim
        + "."
    )
    shown = text(region(status=line(recorded(1, quote, claim=claim))), 40, 5)
    assert "… others say the crown is already gone.”" in words(shown)


def test_right_to_left_quotes_stand_behind_a_bar_with_nothing_to_their_right() -> None:
    said = replace(line(ARABIC), attribution="فرق الإنقاذ")
    area = region(status=said, recent=(line(replace(ARABIC, id=9)),))
    for width, height in ((40, 11), (60, 19), (100, 29)):
        for row in rows(area, width, height, is_alone=width == 100):
            parts = [part.text for part in row.line]
            arabic = [n for n, part in enumerate(parts) if any("\u0600" <= letter <= "\u06ff" for letter in part)]
            assert not arabic or not any(part.strip(" …") for part in parts[arabic[-1] + 1 :])
    assert "│ أعلنت فرق" in text(area)


def test_earlier_claims_are_newest_first_and_say_what_was_superseded() -> None:
    area = region(status=line(DAM), recent=(line(BRIDGE), line(OLD, superseded=True)))
    shown = text(area, 60, 19)
    assert shown.index("1420Z REPORTED") < shown.index("061232Z SUPERSEDED REPORTED")
    looks = {part.role for row in rows(area) for part in row.line if "Shops in" in part.text}
    assert looks == {"struck"}


@pytest.mark.parametrize(("width", "height"), [(40, 7), (40, 9), (40, 11), (60, 9), (100, 11)])
def test_an_earlier_line_keeps_who_says_it_and_the_quote_is_cut_instead(width: int, height: int) -> None:
    lines = (HOLDS, FAILS, OLD, BRIDGE)
    shown = text(region(status=line(DAM), recent=tuple(map(line, lines))), width, height).splitlines()
    names = {HOLDS: "Engineers", FAILS: "DEMO", OLD: "DEMO", BRIDGE: "DEMO"}
    told = [each for each in lines if any(re.search(rf"{stamp(each.report_time, NOW)} [A-Z]{{4}}", row) for row in shown)]
    assert told
    for each in told:
        row = next(row for row in shown if stamp(each.report_time, NOW) + " " in row and "published" not in row)
        assert names[each] in row or "outlet’s own" in row, row


def test_the_selected_claim_is_always_shown_and_marked_by_a_sign() -> None:
    many = tuple(line(recorded(n, f"Claim number {n} of the river.", minutes=n)) for n in range(2, 22))
    area = region(status=line(recorded(1, "Water rose.")), recent=many)
    for height in (9, 11, 19):
        for n in (2, 10, 21):
            chosen: Item = ("claim", n)
            shown = rows(area, 60, height, is_current=True, selected=chosen)
            marked = [row for row in shown if any("▸" in part.text for part in row.line)]
            assert [row.item for row in marked] == [chosen]
    assert "17 more" in text(area, 60, 11)


@pytest.mark.parametrize("width", [38, 58, 66])
def test_an_earlier_claim_has_the_whole_name_and_words_enough_to_be_understood(width: int) -> None:
    said = "Two hospitals in the lower town are out of fuel, the council of the valley said."
    many = tuple(line(recorded(n, said, who="the council of the valley", minutes=n)) for n in range(2, 12))
    shown = text(region(status=line(recorded(1, "Water rose.")), recent=many), width, 19)
    assert shown.count("“Two hospitals in the lower") == shown.count("REPORTED ") - 1 > 2
    assert shown.count("the council of the valley") >= shown.count("REPORTED ") - 1 or width < 58


@pytest.mark.parametrize("height", range(2, 20))
def test_that_something_is_contested_is_told_on_the_lowest_of_panes_and_only_once(height: int) -> None:
    area = region(status=line(DAM), recent=(line(HOLDS), line(FAILS)), contested=(ISSUE,))
    assert text(area, 40, height).count("CONTESTED") == 1


@pytest.mark.parametrize(
    ("said", "denied", "who"),
    [
        (
            "The harbour board denied that the quay had been lost to the river.",
            "the quay had been lost to the river",
            "The harbour board",
        ),
        ("Reports that the quay had been lost are false, the board said.", "the quay had been lost", "the board"),
    ],
)
def test_what_is_denied_is_never_set_off_or_shown_without_the_words_that_deny_it(said: str, denied: str, who: str) -> None:
    claim = recorded(1, said, who=who, modality=Modality.DENIED, claim=denied)
    at = claim.start + said.index(who)
    spoken = claim.claim.attribution
    assert spoken is not None
    claim = replace(claim, claim=replace(claim.claim, attribution=replace(spoken, start=at, end=at + len(who))))
    area = region(status=line(claim))
    bold = "".join(part.text for row in rows(area) for part in row.line if part.role == "quote")
    assert who in bold
    for width, height in ((38, 4), (30, 4), (58, 5)):
        shown = words(text(area, width, height))
        assert "denied" in shown or "“Reports that" in shown


def test_the_current_pane_is_known_by_its_rule_not_only_by_colour() -> None:
    area = region(status=line(DAM))
    assert text(area).startswith("─ 1 North shore ──")
    assert text(area, is_current=True).startswith("━ 1 North shore ━━")


def test_a_status_older_than_the_newest_claim_carries_its_own_age() -> None:
    area = region(status=line(recorded(1, "Water rose.", minutes=200)), recent=(line(BRIDGE),))
    assert "(3 h)" in text(area)
    assert text(area).splitlines()[0].endswith("─ 12 min")


def test_old_news_of_a_stale_or_blind_region_wears_the_old_look_but_stays() -> None:
    for area in (region(status=line(OLD), freshness=Freshness.STALE, why=Why.QUIET), region(status=line(OLD), why=Why.BLIND)):
        roles = {part.role for row in rows(area) for part in row.line if "Shops" in part.text}
        assert roles == {"quote.old"}


def test_hostile_text_stays_in_its_place_and_is_made_visible() -> None:
    hostile = "[@click=app.quit]x[/] \x1b]52;c;eA==\x07 \u202eabc [Reuters] said"
    area = region(title="[b]\x1b[2J", status=line(recorded(1, hostile, who="[/]\x9b", outlet="[red]\n\x1b")))
    shown = text(area, 100)
    for visible in ("[@click=app.quit]x[/] ␛]52;c;eA==␇ ⇐abc [Reuters] said", "[/]�", "[red] ␛", "[b]␛[2J"):
        assert visible in shown


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(0, "1432Z"), (60 * 14, "0032Z"), (60 * 15, "072332Z"), (60 * 24 * 26, "121432Z"), (60 * 24 * 40, "291432ZOCT24")],
)
def test_a_time_is_as_short_as_it_is_clear(minutes: int, shown: str) -> None:
    assert stamp(NOW - timedelta(minutes=minutes), NOW) == shown


def test_the_activity_strip_shows_each_hour_and_an_empty_day_in_words() -> None:
    shown = text(region(status=line(DAM), activity=(0,) * 22 + (4, 8))).splitlines()[-1]
    assert shown.strip() == "▁" * 22 + "▅█ 24 h, 12 claims"
    assert "24 h: no claims" in text(region(status=line(DAM), activity=(0,) * 24))


def test_a_sentence_of_ten_megabytes_costs_no_more_than_what_is_shown_of_it() -> None:
    area = region(status=line(recorded(1, "water " * 1_700_000)), recent=(line(recorded(2, "\u0301" * 10_000_000)),))
    assert effort(lambda: text(area)) < 1


@pytest.mark.parametrize("who", ["A1", "~A1 officials", "CONFIRMED"])
def test_a_speaker_that_imitates_what_the_desk_says_stands_in_quotation_marks(who: str) -> None:
    told = line(recorded(9, f"{who} says that the dam holds.", who=who))
    for area in (region(status=told), region(status=line(DAM), recent=(told,))):
        assert f"‘{who}’" in text(area, 80)
