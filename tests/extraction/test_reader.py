"""An article is read from top to bottom: nothing lost, every quote a slice, the same article always the same reading."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitmon.extraction.reader import Reader, reader_for
from sitmon.model.article import Article
from sitmon.model.claim import Auxiliary, Modality, Reading, ReportClass
from tests.effort import grows_no_faster
from tests.extraction.ardania import ARDANIA

READER = Reader(ARDANIA)
DISPATCH = """OSTER (Reuters) - Rebels shelled Marwick on Friday, residents said. Nobody could say how many were hurt.

In Kirkholm: fear

Shops stayed shut. “We are staying,” a baker told Reuters. Rebels hold the road to Tal Zafran. Oster Times, AFP

Follow us on Telegram
"""


def article(text: str, title: str | None = None) -> Article:
    return Article("folder:x", "1", text, datetime(2024, 12, 8, tzinfo=UTC), title=title)


def read(text: str, title: str | None = None) -> Reading:
    return READER.read(article(text, title))


def test_a_dispatch_is_read_in_order_with_its_sections_and_credits() -> None:
    reading = read(DISPATCH)
    assert [report.kind for report in reading.reports][:3] == [ReportClass.CITATION, ReportClass.CLAIM, ReportClass.CLAIM]
    assert [report.quote for report in reading.reports if report.kind is ReportClass.HEADING] == ["In Kirkholm: fear"]
    assert {report.section for report in reading.reports[4:]} == {"In Kirkholm: fear"}
    assert reading.reports[-1].kind is ReportClass.BOILERPLATE
    assert reading.credits == ("Reuters", "Oster Times", "AFP")


def test_titles_say_something_and_furniture_nothing() -> None:
    reading = read("Why rebels seized Marwick\n\nIt rained.\n\nBy Jane Doe", "Why rebels seized Marwick")
    title, _, byline = reading.reports
    assert title.kind is ReportClass.TITLE
    assert [route.region for claim in title.claims for route in claim.regions] == ["north"]
    assert byline.claims == ()


def test_a_single_line_is_a_claim() -> None:
    (report,) = read("Rebels seize Marwick").reports
    assert report.kind is ReportClass.CLAIM
    assert report.claims[0].place == "Marwick"


@pytest.mark.parametrize(
    "text",
    [
        "The royal army withdrew from Marwick, but state media denied that the city had fallen.",
        "State media denied that Marwick had fallen, but the royal army has withdrawn from the city.",
    ],
)
def test_a_denial_denies_its_own_side_only(text: str) -> None:
    claims = [claim for report in read(text).reports for claim in report.claims]
    held = {claim.attribution.text.casefold() if claim.attribution else "": claim.modality for claim in claims}
    assert held == {"": Modality.REPORTED, "state media": Modality.DENIED}


def test_an_attributed_event_is_a_claim_whatever_else_is_told_of_its_source() -> None:
    (report,) = read("The monitor, which relies on a network of sources, reported clashes in Marwick.").reports
    assert report.kind is ReportClass.CLAIM


def test_what_has_a_day_is_of_now_though_it_tells_of_an_older_year() -> None:
    (report,) = read("The bridge, built in 1962, collapsed on Tuesday night, killing nine, the ministry said.").reports
    assert (report.kind, report.claims[0].auxiliary) == (ReportClass.CLAIM, Auxiliary.NONE)


def test_what_counts_the_actors_is_no_part_of_them() -> None:
    (claim,) = read("More than 100 soldiers surrendered at Marwick.").reports[0].claims
    assert claim.actor == "soldiers"


def test_the_words_before_an_article_are_no_actor() -> None:
    (claim,) = read("Nobody has confirmed the attack on Marwick.").reports[0].claims
    assert (claim.event, claim.actor) == ("clash", None)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Rebels captured Tal Beshr.", "tal bishr"),
        ("The army denied that it had lost Tal Bishr.", "tal bishr"),
        ("سيطرت الفصائل على تل بشر.", "tal bishr"),
        ("Rebels captured Nowhereville.", "nowhereville"),
    ],
)
def test_a_place_of_which_something_is_said_has_one_name_however_it_is_spelled(text: str, subject: str) -> None:
    (claim,) = [claim for report in read(text).reports for claim in report.claims]
    assert claim.proposition is not None
    assert claim.proposition.subject == subject


def test_the_dead_of_a_place_are_counted_under_one_name() -> None:
    texts = ("Shelling killed four people in Tal Beshr.", "Shelling killed nine people in Tal Bishr.")
    subjects = {claim.proposition.subject for text in texts for claim in read(text).reports[0].claims if claim.proposition}
    assert len(subjects) == 1


def test_what_looks_like_a_place_and_is_in_no_list_is_told() -> None:
    assert read("Rebels took the town of Zafran. The city of Marwick held.").unknown == ("Zafran",)


def test_a_reader_is_made_once_for_a_situation() -> None:
    assert reader_for(ARDANIA) is reader_for(ARDANIA)


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff", "\x00", "😀", "...", "؟", "“", "#", "-\n-\n-", "\u202e\u202d"])
def test_nothing_is_too_little_to_be_read(text: str) -> None:
    assert "".join(report.quote for report in read(text).reports) == "".join(text.split())


PIECES = [
    "Rebels ",
    "shelled Marwick ",
    "said ",
    "“",
    "”",
    '"',
    ". ",
    "? ",
    "\n\n",
    "\r\n",
    "# ",
    "the city ",
    "U.S. officials ",
    "according to ",
    "but ",
    "سيطرت الفصائل على مارويك. ",
    "قال ",
    "وفي أوستر ",
    "e\u0301",
    "😀",
    "\x00",
    "\x1c",
    "\u200f",
    "ـ",
    "(AP) ",
    " - ",
    "As rebels advance, ",
    "10 km ",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40).map("".join),
    st.none() | st.text(max_size=10),
)
def test_every_character_lies_in_one_report_every_claim_in_its_sentence_and_every_quote_is_its_slice(
    text: str, title: str | None
) -> None:
    reading = read(text, title)
    spans = [(report.start, report.end) for report in reading.reports]
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join("".join(report.quote.split()) for report in reading.reports) == "".join(text.split())
    for report in reading.reports:
        assert report.quote == text[report.start : report.end]
        for claim in report.claims:
            assert report.start <= claim.start <= claim.end <= report.end
            if claim.attribution:
                assert claim.attribution.text == text[claim.attribution.start : claim.attribution.end]
            assert len({route.region for route in claim.regions}) == len(claim.regions)
            assert all(": " in route.reason for route in claim.regions)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
@settings(max_examples=30, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


def test_reading_is_linear_in_the_length_of_the_text() -> None:
    assert grows_no_faster(lambda times: read(DISPATCH * times), (20, 160))
