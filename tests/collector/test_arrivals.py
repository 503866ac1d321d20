"""What comes first, what is the baseline, many articles in one file, and readers that fail."""

from __future__ import annotations

import json
from datetime import tzinfo

import apsw
import pytest

from sitmon.config.settings import FolderSource as Configured
from sitmon.model.health import FindingKind, Health
from sitmon.sources.folder import FolderSource
from sitmon.sources.particulars import Particulars, particulars_of
from tests.collector.bench import SOURCE, Bench
from tests.waiting import soon

TEXT = "The river rose by two metres."
ARABIC = "ارتفاع النهر\n\nقال متحدث إن السد صامد.\n"


async def test_lines_are_articles_and_each_comes_once(bench: Bench) -> None:
    lines = [json.dumps({"text": f"Report {number}."}) for number in range(3)]
    bench.put("a.jsonl", "\n".join([*lines[:2], "{broken"]))
    await bench.once()
    assert bench.texts() == ["Report 0.", "Report 1."]
    assert bench.findings()["a.jsonl, line 3"].sentence.startswith("it is not JSON")
    bench.put("a.jsonl", "\n".join([lines[2], *lines[:2]]))
    await bench.once()
    assert bench.texts() == ["Report 0.", "Report 1.", "Report 2."]
    assert bench.findings() == {}
    bench.put("copy.jsonl", "\n".join(lines))
    await bench.once()
    assert len(bench.texts()) == 3
    assert {finding.kind for finding in bench.findings().values()} == {FindingKind.DUPLICATE}


async def test_lines_with_one_id_are_versions_in_their_order(bench: Bench) -> None:
    one, two, three = (json.dumps({"id": "r", "text": f"The river rose by {depth} m."}) for depth in (1, 2, 3))
    bench.put("a.jsonl", f"{one}\n{two}\n")
    await bench.once()
    bench.put("a.jsonl", f"{one}\n{two}\n{three}\n")
    await bench.once()
    assert [(article.id, article.version, article.text[18]) for article in bench.articles()] == [
        ("r", 1, "1"),
        ("r", 2, "2"),
        ("r", 3, "3"),
    ]


async def test_a_thousand_bad_lines_are_not_a_thousand_findings(bench: Bench) -> None:
    for number in (1000, 1001):
        # A line more, and what was said of the others still stands.
        bench.put("a.jsonl", "\n".join(f"{{broken {line}" for line in range(number)))
        await bench.once()
        assert len(bench.findings()) == 21
        more = f"{number - 20} more lines of it cannot be read, the first of them line 21"
        assert bench.findings()["a.jsonl"].sentence == more
    record = bench.record()
    # Of a file that is no list of articles, nothing but what is said of it is remembered.
    assert len(list(record.sightings(SOURCE))) == 21
    record.close()


async def test_what_arrives_is_read_before_what_lies_there(bench: Bench) -> None:
    bench.put("many.jsonl", "\n".join(json.dumps({"text": f"Report {number}."}) for number in range(1500)))
    for number in range(300):
        bench.put(f"{number}.txt", f"{TEXT} {number}")
    async with bench.running():
        await soon(lambda: len(bench.heard.articles) > 20)
        bench.put("urgent.txt", "The dam has broken.")
        await soon(lambda: any(one.article.path == "urgent.txt" for one in bench.heard.articles))
        place = next(place for place, one in enumerate(bench.heard.articles) if one.article.path == "urgent.txt")
        assert place < 900
        await soon(lambda: len(bench.heard.articles) == 1801, 60)
    assert len(bench.texts()) == 1801


async def test_the_first_look_is_the_baseline_and_what_comes_later_is_not(bench: Bench) -> None:
    bench.put("old.txt", TEXT)
    async with bench.running() as record:
        await soon(lambda: record.sources() and record.sources()[0].last_success)
        bench.put("new.txt", "The dam holds.")
        await soon(lambda: len(bench.heard.articles) == 2)
        (health,) = record.sources()
        assert (health.health, health.kind, health.error) == (Health.OK, "folder", None)
    bench.put("while away.txt", "Two boats sank.")
    await bench.once()
    assert _baselines(bench) == {"old.txt": True, "new.txt": False, "while away.txt": False}


async def test_a_second_look_while_the_first_is_still_being_read_does_not_end_the_baseline(bench: Bench) -> None:
    for number in range(30):
        bench.put(f"{number}.txt", f"{TEXT} {number}")
    record = bench.record()
    session, source = bench.session(record), FolderSource(Configured(SOURCE, bench.inbox))
    await source.look(session)
    bench.put("later.txt", "The dam holds.")
    await source.look(session)
    await session.once()
    record.close()
    flags = _baselines(bench)
    assert flags.pop("later.txt") is False
    assert all(flags.values())


async def test_a_fault_in_the_rules_that_read_a_document_costs_that_document_and_no_other(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def misread(text: str, zone: tzinfo) -> Particulars:
        if "odd" in text:
            raise KeyError("apri̇l")
        return particulars_of(text, zone)

    bench.put("odd.txt", "Something odd.")
    bench.put("lines.jsonl", '{"text": "First line."}\n{"text": "An odd one."}\n{"text": "Last line."}\n')
    bench.put("good.txt", TEXT)
    with monkeypatch.context() as patched:
        patched.setattr("sitmon.sources.drafts.particulars_of", misread)
        await bench.once()
    assert bench.texts() == ["First line.", "Last line.", TEXT]
    findings = bench.findings()
    for place in ("odd.txt", "lines.jsonl, line 2"):
        assert findings[place].kind is FindingKind.REFUSED
        assert "a fault in sitmon" in findings[place].sentence
    # A later sitmon that knows better reads it without anybody touching the file.
    await bench.once()
    assert "Something odd." in bench.texts()


async def test_what_is_found_together_was_first_seen_together_however_long_the_reading_takes(bench: Bench) -> None:
    for number in range(120):
        bench.put(f"{number}.txt", f"{TEXT} {number}")
    await bench.once()
    assert len({article.first_seen_at for article in bench.articles()}) == 1


async def test_a_reader_that_fails_on_one_article_does_not_lose_it(bench: Bench) -> None:
    bench.put("bad.txt", "This will explode.")
    bench.put("good.txt", TEXT)
    await bench.once()
    assert bench.texts() == [TEXT, "This will explode."]
    assert "ZeroDivisionError" in bench.findings()["bad.txt"].sentence


async def test_of_an_endless_article_all_is_recorded_and_its_beginning_read(bench: Bench) -> None:
    bench.put("long.txt", "The dam holds.\n" * 60_000)
    await bench.once()
    (article,) = bench.articles()
    assert len(article.text) == 900_000
    assert "only its first 300,000 characters" in bench.findings()["long.txt"].sentence


async def test_with_new_rules_everything_is_read_again_and_keeps_its_times(bench: Bench) -> None:
    for text in ("The dam holds.\nTwo boats sank.\n", "The dam holds.\nThree boats sank.\n"):
        bench.put("a.txt", text)
        await bench.once()
    id = bench.heard.articles[0].article.id
    record = bench.record()
    before = [record.article(SOURCE, id, number) for number in (1, 2)]
    record.close()
    bench.fingerprint = "reading two"
    await bench.once()
    record = bench.record()
    after = [record.article(SOURCE, id, number) for number in (1, 2)]
    assert record.unread(10) == []
    record.close()
    assert after == before
    assert len(bench.heard.articles) == 2


def _baselines(bench: Bench) -> dict[str | None, bool]:
    connection = apsw.Connection(str(bench.root / "record.db"))
    return {path: bool(flag) for path, flag in connection.execute("SELECT path, baseline FROM version")}
