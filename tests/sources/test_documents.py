"""Documents as articles: the text verbatim, the rest by fields, by configuration, or by the text's own signs."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitmon.errors import ArticleError
from sitmon.model.article import Article, Notice
from sitmon.sources.documents import documents_in, parts_of
from sitmon.sources.drafts import Draft, Origin, article_of, content_key, identity_of
from sitmon.text.moments import Moment

ORIGIN = Origin("folder:inbox", zone=ZoneInfo("Asia/Damascus"))  # UTC+3 in December 2024
NOW = datetime(2024, 12, 9, tzinfo=UTC)
NOON = datetime(2024, 12, 8, 12, 0, tzinfo=UTC)
END_OF_DAY = Moment(datetime(2024, 12, 8, 20, 59, 59, tzinfo=UTC), is_day=True)
BODY = "The river rose by two metres, officials said.\r\n\r\nNobody was hurt.\r\n"


def draft_of(text: str | bytes, name: bytes = b"a.txt", origin: Origin = ORIGIN) -> Draft:
    (part,) = parts_of(text if isinstance(text, bytes) else text.encode(), name, origin)
    assert part.draft is not None, part.fault
    return part.draft


def test_a_plain_text_is_kept_verbatim_with_its_line_ends() -> None:
    text = "  River rises\r\n\r\n" + BODY
    assert draft_of(text).text == text
    assert draft_of(text).title == "River rises"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("River rises\n\nThe river rose.\n", "River rises"),
        ("# River rises\nThe river rose.\n", "River rises"),
        ("River rises\n===========\nThe river rose.\n", "River rises"),
        ("Published: 8 December 2024\n\nRiver rises\n\nThe river rose.\n", "River rises"),
        ("River rises\nPublished: 8 December 2024\n\nThe river rose.\n", "River rises"),
        ("Will it rise?\n\nThe river rose.\n", "Will it rise?"),
        ("The river rose by two metres.\n\nNobody was hurt.\n", None),
        ("The river rose by two metres, and the engineers at\nthe dam opened two gates.\n", None),
        ("River rises\n", None),
        ("x" * 300 + "\n\nThe river rose.\n", None),
    ],
)
def test_the_title_is_the_first_line_if_it_stands_alone(text: str, title: str | None) -> None:
    assert draft_of(text).title == title


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (f"River rises\n\nPublished: 8 December 2024, 15:00\n\n{BODY}", Moment(NOON)),
        (f"River rises\n\nPosted on Sunday, December 8, 2024 12:00 PM GMT\n\n{BODY}", Moment(NOON)),
        (f"River rises\n\n{BODY}\n\nDate: 2024-12-08\n", END_OF_DAY),
        (f"River rises\n\nSunday, 8 December 2024\n\n{BODY}", END_OF_DAY),
        (f"River rises\n\nHAMA, Dec 8, 2024 (Agency) - {BODY}", END_OF_DAY),
        (f"ارتفاع النهر\n\nتاريخ النشر: 8 ديسمبر 2024\n\n{BODY}", END_OF_DAY),
        (f"River rises\n\nThe dam broke on 8 December 2024, officials said. {BODY}", None),
        (f"River rises\n\nHAMA, Dec 8 (Agency) - {BODY}", None),
        (f"River rises\n\nPublished: 2024\n\n{BODY}", None),
        (f"Updated plans for 8 December 2024 were shown.\n\n{BODY}", None),
        (f"River rises\n\nUpdated: 8 December 2024\n\n{BODY}", None),
    ],
)
def test_a_date_of_publication_is_a_full_one_that_is_said_to_be_it(text: str, published: Moment | None) -> None:
    assert draft_of(text).published == published


def test_when_it_was_updated_is_not_when_it_was_published() -> None:
    draft = draft_of(f"River rises\n\nPublished: 7 December 2024, 15:00 | Updated: 8 December 2024, 15:00\n\n{BODY}")
    assert (draft.published, draft.updated_at) == (Moment(NOON.replace(day=7)), NOON)


@pytest.mark.parametrize(
    ("ending", "outlet"),
    [
        ("Do follow for more news: RiverWatch", "RiverWatch"),
        ("Follow us on all channels: River Watch", "River Watch"),
        ("Source: River Watch", "River Watch"),
        ("المصدر: وكالة النهر", "وكالة النهر"),
        ("© 2024 River Watch. All rights reserved.", "River Watch"),
        ("Follow us: @riverwatch", None),
        ("Follow us: https://example.org", None),
        ("Source: Alpha, Beta and others", None),
        ("Follow Us", None),
        ("", None),
    ],
)
def test_the_outlet_is_a_line_that_names_it(ending: str, outlet: str | None) -> None:
    assert draft_of(f"River rises\n\n{BODY}\n\n{ending}\n\nFollow Us").outlet == outlet


def test_a_field_comes_before_the_configuration_and_that_before_the_text() -> None:
    origin = Origin("folder:inbox", outlet="Configured", language="fr")
    text = f"{BODY}\n\nSource: Written"
    assert draft_of(text, origin=origin).outlet == "Configured"
    assert draft_of(text, origin=origin).language == "fr"
    assert draft_of(f"---\noutlet: Given\nlang: en-GB\n---\n{text}", b"a.md", origin).outlet == "Given"
    assert draft_of(f"---\noutlet: Given\nlang: en-GB\n---\n{text}", b"a.md", origin).language == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        ("قال متحدث إن السد صامد.", "ar"),
        ("سخنگوی دولت گفت که سد پابرجاست و پل‌ها بسته شدند.", None),
        ("Le barrage tient, selon les ingénieurs.", None),
        ("Dam.", None),
    ],
)
def test_a_language_is_told_only_where_it_is_plain(text: str, language: str | None) -> None:
    assert draft_of(text).language == language


@pytest.mark.parametrize(
    ("title", "notice"),
    [
        ("CORRECTED-River rises by two metres", Notice.CORRECTED),
        ("(CORRECTED) River rises", Notice.CORRECTED),
        ("Correction: River rises", Notice.CORRECTED),
        ("تصحيح: ارتفاع النهر", Notice.CORRECTED),
        ("UPDATE 2-River rises", Notice.UPDATE),
        ("REFILE-River rises", Notice.REFILE),
        ("RPT-River rises", Notice.REPEAT),
        ("WITHDRAWN: River rises", Notice.WITHDRAWN),
        ("KILL - River rises", Notice.WITHDRAWN),
        ("HOLD: River rises", Notice.HOLD),
        ("Editor's note: an earlier version misstated the depth", Notice.CORRECTED),
        ("Editor’s note: this story has been withdrawn", Notice.WITHDRAWN),
        ("Hold the line, engineers say", None),
        ("KILLED: ten horses", None),
        ("KILL THE LIGHTS, says the mayor", None),
        ("Updated plans for the dam", None),
        ("Withdrawn from the bank, boats wait", None),
        ("Corrected figures show more rain", None),
    ],
)
def test_a_notice_to_editors_is_told_by_how_the_title_begins(title: str, notice: Notice | None) -> None:
    assert draft_of(f"{title}\n\n{BODY}").notice is notice


def test_a_notice_to_editors_may_stand_below_a_title_given_apart() -> None:
    written = f"---\ntitle: The dam holds\n---\nCORRECTED: {BODY}"
    assert draft_of(written, b"a.md").notice is Notice.CORRECTED


def test_front_matter_gives_fields_and_leaves_the_text_as_written() -> None:
    fields = (
        "title: 'River: it rises'",
        "date: 2024-12-08T12:00:00Z",
        "outlet: DEMO River Watch",
        "url: https://example.org/a",
        "id: 7",
    )
    front = "\n".join(("---", *fields, "---\n\n"))
    draft = draft_of(front + "# River: it rises\r\n\r\n## At the dam\r\n" + BODY, b"A.MD")
    assert draft.text == "# River: it rises\r\n\r\n## At the dam\r\n" + BODY
    assert (draft.title, draft.outlet, draft.url, draft.id) == (
        "River: it rises",
        "DEMO River Watch",
        "https://example.org/a",
        "7",
    )
    assert (draft.published, draft.notes) == (Moment(NOON), ())


def test_a_title_given_apart_is_put_before_the_text() -> None:
    assert draft_of(f"---\ntitle: River rises\n---\n{BODY}", b"a.md").text == f"River rises\n\n{BODY}"
    assert draft_of(json.dumps({"title": "River rises", "text": BODY}), b"a.jsonl").text == f"River rises\n\n{BODY}"
    assert (
        draft_of(json.dumps({"title": "River rises", "text": f"RIVER RISES: {BODY}"}), b"a.jsonl").text
        == f"RIVER RISES: {BODY}"
    )


def test_front_matter_is_read_as_people_write_it() -> None:
    draft = draft_of(f"---\ntitle: River: it rises\npublished: 8 December 2024\ntime: 12:30\n---\n{BODY}", b"a.md")
    assert (draft.title, draft.published) == ("River: it rises", END_OF_DAY)
    assert draft_of(f"---\ndate: 1000\n---\n{BODY}", b"a.md").published is None
    assert draft_of("---\n\nThe river rose.\n\n---\n\nNobody was hurt.\n", b"a.md").text.startswith("---")


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("[unclosed", "front matter cannot be read"),
        ("a: &a [x]\nb: *a", "front matter cannot be read"),
        ("x" * 20_000, "longer than"),
        ("[" * 9_000, "front matter cannot be read"),
    ],
)
def test_front_matter_that_cannot_be_read_is_refused_in_words(front: str, words: str) -> None:
    with pytest.raises(ArticleError, match=words):
        draft_of(f"---\n{front}\n---\n{BODY}", b"a.md")


def test_the_same_text_is_the_same_article_in_any_encoding_and_with_any_line_ends() -> None:
    text = "ارتفاع النهر\n\nقال متحدث إن السد صامد.\n"
    copies = [
        text.encode(),
        text.encode("utf-16"),
        text.encode("cp1256"),
        text.replace("\n", "\r\n").encode(),
        b"\n\n" + text.encode(),
    ]
    assert len({identity_of(draft_of(copy)) for copy in copies}) == 1
    assert identity_of(draft_of(text + "لم يصب أحد.")) != identity_of(draft_of(text))


def test_a_corrected_date_makes_another_content_as_a_corrected_word_does() -> None:
    def key(date: str) -> str:
        return content_key(article_of(draft_of(f"---\ndate: {date}\n---\n{BODY}", b"a.md"), "inbox", "a", 1, NOW))

    assert key("2024-12-08") != key("2024-12-07")
    assert key("2024-12-08") == key("8 December 2024")


@pytest.mark.parametrize("name", [b"a.docx", b"a", b".txt", b"a.txt.gz"])
def test_an_unknown_kind_of_file_is_refused_with_the_known_ones(name: bytes) -> None:
    with pytest.raises(ArticleError, match=r"\.txt, .*\.md, .*\.jsonl"):
        list(parts_of(b"text", name, ORIGIN))


def test_a_folder_is_read_by_name_and_odd_files_are_errors_in_their_place(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.txt").write_text("The dam holds.\n")
    (tmp_path / "a.txt").write_text("The river rose.\n")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / ".hidden.txt").write_text("secret\n")
    (tmp_path / "draft.txt~").write_text("unfinished\n")
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    (tmp_path / "big.txt").touch()
    os.truncate(tmp_path / "big.txt", 200_000_000)
    os.mkfifo(tmp_path / "pipe.txt")
    found = list(documents_in(tmp_path, NOW))
    assert [article.text for article in found if isinstance(article, Article)] == ["The river rose.\n", "The dam holds.\n"]
    words = [str(error).rpartition("/")[2] for error in found if isinstance(error, ArticleError)]
    assert words == [
        "b.txt: it is empty",
        "big.txt: it is larger than 10 MB (191 MB); split it",
        "link.txt: it is a symbolic link, and links are not followed",
        "pipe.txt: it is a named pipe",
    ]


def test_a_file_that_a_person_names_is_read_through_a_link_and_under_any_name(tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text("The river rose.\n")
    (tmp_path / "link.txt").symlink_to(".hidden.txt")
    for name in (".hidden.txt", "link.txt"):
        (article,) = documents_in(tmp_path / name, NOW)
        assert isinstance(article, Article)
        assert (article.text, article.path, article.first_seen_at) == ("The river rose.\n", str(tmp_path / name), NOW)
    (missing,) = documents_in(tmp_path / "none.txt", NOW)
    assert "there is no such file" in str(missing)


def test_a_name_that_leads_nowhere_is_an_error_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    for name in ("loop.txt", f"{'long' * 100}.txt"):
        (error,) = documents_in(tmp_path / name, NOW)
        assert isinstance(error, ArticleError)


def test_a_number_that_json_has_not_is_no_value_and_costs_nothing_else() -> None:
    draft = draft_of('{"text": "It rained.", "published_at": NaN, "score": -Infinity}', b"a.json")
    assert (draft.text, draft.published) == ("It rained.", None)


def test_two_long_ids_that_begin_alike_are_two() -> None:
    ids = [draft_of(json.dumps({"id": "i" * 600 + end, "text": "It rained."}), b"a.json").id or "" for end in "ab"]
    assert ids[0] != ids[1]
    assert [len(each) for each in ids] == [500, 500]
