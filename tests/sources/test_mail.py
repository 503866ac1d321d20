"""A mail gives its text, whatever it is packed in; what is attached stays closed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitmon.errors import ArticleError
from sitmon.sources.documents import parts_of
from sitmon.sources.drafts import Draft, Origin

SAMPLES = Path(__file__).parents[1] / "data" / "documents"


def read(data: bytes, origin: Origin | None = None) -> Draft:
    [part] = parts_of(data, b"x.eml", origin or Origin("inbox"))
    assert part.draft is not None
    return part.draft


def sample(name: str) -> Draft:
    return read((SAMPLES / name).read_bytes())


def test_a_newsletter_whose_text_part_only_leads_elsewhere_is_read_from_its_html() -> None:
    assert sample("newsletter.eml").text == (
        "Column reaches the ‘ring’ road\n\n## Alfa City\n\n"
        "A column of the northern force reached the ‘ring’ road on Sunday, residents said.\n\n"
        "It counted 14 vehicles & stopped at the bridge."
    )


def test_a_mail_says_in_its_headers_what_it_is() -> None:
    draft = sample("newsletter.eml")
    assert (draft.title, draft.outlet, draft.id) == (
        "Column reaches the ‘ring’ road",
        "DEMO Wire",
        "column-1@demo-wire.example",
    )
    assert draft.published is not None
    assert draft.published.at == datetime(2024, 12, 8, 14, 30, tzinfo=UTC)


def test_the_configured_name_of_an_outlet_goes_before_that_of_who_sends_for_it() -> None:
    data = (SAMPLES / "newsletter.eml").read_bytes()
    assert read(data, Origin("inbox", outlet="DEMO Agency")).outlet == "DEMO Agency"


def test_headers_and_text_in_an_old_encoding_are_readable() -> None:
    draft = sample("arabic-cp1256.eml")
    assert (draft.title, draft.outlet, draft.language) == ("الرتل يصل إلى الطريق", "وكالة تجريبية", "ar")
    assert draft.text.endswith("قال السكان إن الرتل وصل إلى الطريق.\n\nوأضافوا أن الجسر مغلق.")


def test_the_text_part_of_a_wire_mail_is_taken_before_its_html() -> None:
    text = "It rained in Alfa City on Sunday. " * 30
    mail = (
        'From: a@b\nContent-Type: multipart/alternative; boundary="x"\n\n--x\nContent-Type: text/plain\n\n'
        f"{text}\n--x\nContent-Type: text/html\n\n<p>Another text.</p>\n--x--\n"
    )
    assert read(mail.encode()).text == text.strip()


def test_lines_broken_only_for_the_journey_are_joined() -> None:
    mail = b"From: a@b\nContent-Type: text/plain; format=flowed\n\nThe column reached \nthe road.\n\nIt stopped.\n"
    assert read(mail).text == "The column reached the road.\n\nIt stopped."


def test_an_attached_mail_stays_closed() -> None:
    mail = (
        b'From: a@b\nContent-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain\n\nIt rained.\n'
        b"--x\nContent-Type: message/rfc822\n\nSubject: inner\n\nNot a word of this.\n--x--\n"
    )
    assert read(mail).text == "It rained."


def test_a_character_set_that_no_machine_can_look_up_costs_a_mail_nothing() -> None:
    head = b'From: a@b\nContent-Type: text/plain; charset="utf\0-8"\n\n'
    assert read(head + "It rained in ‘Alfa’ City.".encode()).text == "It rained in ‘Alfa’ City."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"It rained in Alfa City.", "it is no mail"),
        (b"", "it is no mail"),
        (b"From: a@b\n\n", "it is empty"),
        (b"A: b\n" * 20_000 + b"\nx", "its headers are longer"),
        (b'From: a@b\nContent-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n\n" * 30_000, "it has more parts"),
        (b'Content-Type: multipart/mixed; boundary="x"\n\n--x\n' * 200, "it has more parts"),
        (b"From: a@b\nContent-Type: image/png\n\nxxxx", "it is empty"),
    ],
)
def test_what_is_no_mail_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(ArticleError, match=sentence):
        read(data)
