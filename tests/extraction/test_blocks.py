"""A text falls into title, headings, paragraphs and furniture, however it was written down."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.extraction.blocks import blocks_of, credits_in
from sitmon.extraction.furniture import Credits
from sitmon.model.article import Article

CREDITS = Credits(["Example News"])
DISPATCH = """The bridge at Eastham is lost

Troops left the bridge before dawn on Friday, after three days of shelling, residents said. Nobody knew where they had gone.

The situation in Eastham: fear and rumours

Shops stayed shut. A teacher who asked not to be named said that the road to the north was open. CNN, Turkey Today

What happens next

Both sides say that they will hold talks in the town hall on Sunday. No agenda has been published so far.

Follow us on Telegram
"""
KINDS = ["title", "claim", "heading", "claim", "citation", "heading", "claim", "boilerplate"]


def article(text: str, title: str | None = None) -> Article:
    return Article("folder:x", "1", text, datetime(2024, 12, 8, tzinfo=UTC), title=title)


def read(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(block.kind.value, text[block.start : block.end]) for block in blocks_of(article(text, title), CREDITS)]


def kinds(text: str, title: str | None = None) -> list[str]:
    return [kind for kind, _ in read(text, title)]


def wrapped(text: str, width: int = 72) -> str:
    return "\n".join(textwrap.fill(line, width) for line in text.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        DISPATCH,
        DISPATCH.replace("\n", "\r\n"),
        DISPATCH.replace("\n", "\r"),
        wrapped(DISPATCH),
        wrapped(DISPATCH).replace("\n", "\r\n"),
        DISPATCH.replace("\n\n", "\n \t \n\n"),
        "\ufeff\n\n" + DISPATCH,
        DISPATCH.replace("\n\n", "\n\n\t"),
        "# " + DISPATCH.replace("The situation", "## The situation").replace("What happens", "## What happens"),
        DISPATCH.replace("rumours\n", "rumours:\n").replace("next\n", "next\n---------\n"),
    ],
    ids=["plain", "crlf", "cr", "wrapped", "wrapped crlf", "ragged", "bom", "indented", "markdown", "underlined"],
)
def test_one_dispatch_has_one_structure(text: str) -> None:
    assert [kind for kind, written in read(text) if written.strip("-\ufeff")] == KINDS


def test_without_blank_lines_headings_are_told_by_their_capitals() -> None:
    text = DISPATCH.replace("fear and rumours", "Fear and Rumours").replace("\n\n", "\n")
    assert kinds(text)[:5] == KINDS[:5]


def test_paragraphs_know_the_heading_they_stand_under() -> None:
    sections = [block.section for block in blocks_of(article(DISPATCH), CREDITS)]
    assert sections[1] is None
    assert sections[3] == "The situation in Eastham: fear and rumours"
    assert sections[6] == "What happens next"


@pytest.mark.parametrize("title", [None, "Rebels enter Eastham"])
@pytest.mark.parametrize("text", ["Rebels enter Eastham", "  Rebels enter Eastham\n\n"])
def test_a_text_of_one_line_is_read_as_what_it_claims_not_as_a_title(text: str, title: str | None) -> None:
    assert read(text, title) == [("claim", "Rebels enter Eastham")]


def test_a_delivered_title_is_found_at_the_head_even_where_the_text_runs_on() -> None:
    text = "Toll of Eastham blast rises The toll of the blast at Eastham rose to nine. --AFP"
    assert read(text, "Toll of Eastham Blast Rises") == [
        ("title", "Toll of Eastham blast rises"),
        ("claim", "The toll of the blast at Eastham rose to nine."),
        ("citation", "--AFP"),
    ]


def test_a_title_that_the_text_does_not_begin_with_makes_none() -> None:
    assert kinds("It rained in Eastham all day long.\n\nIt went on.", "Weather") == ["claim", "claim"]


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("DAMASCUS (Reuters) - ", ("Reuters",)),
        ("BEIRUT, Dec. 7 (AP) — ", ("AP",)),
        ("ALEPPO, Syria — ", ()),
        ("Beirut, Lebanon (CNN) -- ", ("CNN",)),
        ("(AFP) - ", ("AFP",)),
        ("EASTHAM (Example News) – ", ("Example News",)),
    ],
)
def test_a_dateline_is_the_reporter_s_desk_and_no_part_of_the_news(line: str, credits: tuple[str, ...]) -> None:
    text = line + "Rebels took the bridge."
    assert read(text) == [("citation", line.rstrip()), ("claim", "Rebels took the bridge.")]
    assert credits_in(article(text), blocks_of(article(text), CREDITS), CREDITS) == credits


@pytest.mark.parametrize(
    "text",
    [
        "Damascus: a city on edge",
        "Rebels: the bridge has fallen",
        "U.S. officials - two of them - said so.",
        "NATO - which did not answer - left.",
    ],
)
def test_a_colon_or_a_dash_alone_makes_no_dateline(text: str) -> None:
    assert read(text) == [("claim", text)]


@pytest.mark.parametrize(
    "tail",
    ["CNN, Turkey Today", "--Reuters", "– AP", "Source: SANA", "(Reuters)", "Example News and AFP", "Foo Post, Bar Times"],
)
def test_outlets_named_after_the_last_sentence_are_a_citation(tail: str) -> None:
    assert read(f"It is over in the country. {tail}")[1:] == [("citation", tail)]


@pytest.mark.parametrize("tail", ["AFP contributed", "President Smith", "residents, he said", "They left in 2012"])
def test_other_words_after_the_last_stop_are_none(tail: str) -> None:
    assert kinds(f"It is over in the country. {tail}") == ["claim"]


@pytest.mark.parametrize(
    "line",
    [
        "Follow Us",
        "Do follow for more news: Daily",
        "By Jane Doe and John Roe in Beirut",
        "Sunday 22 Feb 2015",
        "8 December 2024, 10:30 GMT",
        "Published February 23 2015",
        "3 min read",
        "Reporting by A B; editing by C D.",
        "© 2024 Daily",
        "***",
        "BREAKING",
        "Share this article",
    ],
)
def test_share_lines_bylines_and_dates_are_furniture(line: str) -> None:
    assert read(f"A title of it\n\nIt rained.\n\n{line}\n\nIt went on.")[2] == ("boilerplate", line)


@pytest.mark.parametrize(
    "line",
    [
        "Facebook said it closed the page.",
        "Topics of the talks included Eastham.",
        "Published reports speak of nine dead.",
        "By Saturday the rebels held it.",
        "Breaking through the lines, they reached Eastham.",
    ],
)
def test_news_that_begins_like_furniture_is_news(line: str) -> None:
    assert read(f"A title of it\n\nIt rained.\n\n{line}\n\nIt went on.")[2] == ("claim", line)


@pytest.mark.parametrize("label", ["BREAKING:", "CORRECTED:", "UPDATE 2:", "UPDATE 2-", "Just in:", "WRAPUP 1 –"])
def test_a_label_of_urgency_is_no_news_and_its_line_no_heading(label: str) -> None:
    lead, line, rest = (
        "Eastham is lost",
        "Army Withdraws From Eastham Bridge",
        "The road to the north was open on Friday, a teacher said.",
    )
    found = read(f"{lead}\n\n{label} {line}\n\n{rest}")
    assert found == [("title", lead), ("boilerplate", label), ("claim", line), ("claim", rest)]


@pytest.mark.parametrize("line", ["Breaking-point talks went on", "Update the list", "Flash floods: Eastham under water"])
def test_words_that_only_look_like_a_label_stay_in_their_line(line: str) -> None:
    assert line in [text for _, text in read(f"Eastham is lost\n\n{line}\n\nThe road was open on Friday, a teacher said.")]


def test_items_of_a_list_are_no_headings() -> None:
    assert (
        kinds("A title\n\n- Bridge lost in Eastham\n- Road open\n\nIt rained all day in the valley.")
        == ["title"] + ["claim"] * 3
    )


PIECES = [
    "Rebels",
    "left.",
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "\t",
    "# ",
    "* ",
    "(AP)",
    " - ",
    "CNN, X",
    "By ",
    "---",
    "😀",
    "e\u0301",
    "دمشق",
    "\x00",
    "\x85",
    "؟",
    "“",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=30).map("".join), st.text(max_size=12))
def test_every_character_that_is_not_white_space_lies_in_exactly_one_block(text: str, title: str) -> None:
    end = 0
    for block in blocks_of(article(text, title), CREDITS):
        assert not text[end : block.start].strip()
        assert text[block.start : block.end].strip()
        end = block.end
    assert not text[end:].strip()
