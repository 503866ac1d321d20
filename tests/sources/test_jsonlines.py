"""JSON lines: each line an article of its own, the same wherever it stands."""

from __future__ import annotations

import json

from sitmon.sources.documents import parts_of
from sitmon.sources.drafts import Origin
from sitmon.text.moments import Moment
from tests.sources.test_documents import NOON, ORIGIN, draft_of


def test_each_line_of_json_lines_stands_for_itself() -> None:
    lines = [
        json.dumps(
            {
                "id": "one",
                "text": "The river rose.",
                "published_at": "2024-12-08T12:00:00Z",
                "first_seen_at": "2024-12-08T12:05:00Z",
            }
        ),
        "{broken",
        "",
        "[1, 2]",
        '{"title": "no text"}',
        '{"text": 5}',
        '{"text": "  "}',
        "[" * 50_000,
        '{"text": NaN}',
        json.dumps({"text": "Nobody was hurt.", "published_at": "1000", "url": "javascript:alert(1)", "publised_at": "x"}),
    ]
    parts = list(parts_of("\r\n".join(lines).encode(), b"a.jsonl", ORIGIN))
    assert [part.where for part in parts if part.draft] == ["line 1", "line 10"]
    assert [part.where for part in parts if part.fault] == [
        "line 2",
        "line 4",
        "line 5",
        "line 6",
        "line 7",
        "line 8",
        "line 9",
    ]
    assert parts[-2].fault == 'it has no "text"'
    first, last = parts[0].draft, parts[-1].draft
    assert first is not None
    assert last is not None
    assert (first.id, first.published, first.first_seen_at) == ("one", Moment(NOON), NOON.replace(minute=5))
    assert (last.published, last.url) == (None, None)
    assert len(last.notes) == 3
    assert any("publised_at" in note for note in last.notes)


def test_a_line_is_the_same_line_wherever_it_stands() -> None:
    one, two = (json.dumps({"text": text}) for text in ("The river rose.", "Nobody was hurt."))
    before = {part.key for part in parts_of(f"{one}\n{two}\n".encode(), b"a.jsonl", ORIGIN)}
    after = {part.key for part in parts_of(f"\n{two}\n\n{one}\r\n".encode(), b"a.jsonl", ORIGIN)}
    assert before == after
    assert len(before) == 2


def test_lone_surrogates_and_nul_from_json_never_reach_the_record() -> None:
    draft = draft_of(b'{"text": "a\\ud800b\\u0000c", "title": "t\\udfff"}', b"a.jsonl")
    assert draft.text == "t\ufffd\n\na\ufffdb\ufffdc"
    draft.text.encode()


def test_a_headline_may_be_all_there_is() -> None:
    line = json.dumps({"id": "a", "title": "Rebels at the gates of the town", "text": " "}).encode()
    (part,) = parts_of(line, b"wire.jsonl", Origin("in"))
    assert part.draft is not None
    assert part.draft.text == "Rebels at the gates of the town"


def test_an_id_is_kept_to_the_letter_with_all_its_blanks() -> None:
    ids = ["a  b", "a b", "a\tb", " a b "]
    lines = [json.dumps({"id": id, "text": "The river rose."}) for id in ids]
    assert [part.draft.id for part in parts_of("\n".join(lines).encode(), b"a.jsonl", ORIGIN) if part.draft] == ids
