"""A folder becomes the record: everything once, every change a version, and a sentence for whatever is no article."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import time
import tracemalloc
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from types import SimpleNamespace

import apsw
import pytest

from sitmon.config.settings import FolderSource as Configured
from sitmon.model.article import TimeBasis
from sitmon.model.health import FindingKind, Health
from sitmon.sources.folder import FolderSource
from sitmon.sources.particulars import Particulars, particulars_of
from sitmon.sources.source import Gone, Offer
from tests.collector.bench import SOURCE, Bench, is_root, until, versions

TEXT = "The river rose by two metres."
ARABIC = "ارتفاع النهر\n\nقال متحدث إن السد صامد.\n"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.inbox.mkdir()
    return bench


async def test_what_lies_there_is_recorded_once_however_often_it_is_looked_at(bench: Bench) -> None:
    bench.put("a.txt", TEXT)
    bench.put("below/deep/b.md", "# Dam\n\nThe dam holds.\n")
    for _ in range(3):
        assert await bench.once()
    assert versions(bench.articles()) in ([("a.txt", 1), ("below/deep/b.md", 1)], [("below/deep/b.md", 1), ("a.txt", 1)])
    assert len(bench.heard.articles) == 2
    assert bench.findings() == {}


async def test_a_dropped_file_is_on_the_record_within_a_blink(bench: Bench) -> None:
    delays = []
    async with bench.running():
        await until(lambda: bench.heard.changes)
        for number in range(12):
            began = time.perf_counter()
            bench.put(f"{number}.txt", f"{TEXT} {number}")
            await until(lambda count=number: len(bench.heard.articles) > count)  # type: ignore[misc]
            delays.append(time.perf_counter() - began)
            await asyncio.sleep(0.05)
    assert statistics.median(delays) < 0.15, delays


async def test_a_changed_file_is_the_next_version_and_an_edit_taken_back_the_one_after(bench: Bench) -> None:
    async with bench.running():
        for number, text in enumerate((TEXT, "The river rose by three metres.", TEXT), 1):
            bench.put("a.txt", text)
            await until(lambda count=number: len(bench.heard.articles) == count)  # type: ignore[misc]
    articles = bench.articles()
    assert [(article.id, article.version) for article in articles] == [(articles[0].id, number) for number in (1, 2, 3)]
    assert [article.text for article in articles] == [TEXT, "The river rose by three metres.", TEXT]


async def test_a_correction_of_the_same_length_at_the_same_time_is_seen(bench: Bench) -> None:
    path = bench.put("a.txt", "Ten houses.\n")
    before = path.stat()
    await bench.once()
    path.write_text("Two houses.\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    await bench.once()
    assert bench.texts() == ["Ten houses.", "Two houses."]


async def test_a_corrected_date_is_a_version_whose_sentences_take_the_new_time(bench: Bench) -> None:
    for day in (7, 8):
        bench.put("a.md", f"---\ndate: 2024-12-{day:02}T12:00:00Z\n---\n{TEXT}\n")
        await bench.once()
    record = bench.record()
    newest = record.article(SOURCE, bench.heard.articles[0].article.id)
    record.close()
    assert newest is not None
    assert (newest.article.version, newest.times[0].report_time) == (2, datetime(2024, 12, 8, 12, tzinfo=UTC))


async def test_in_a_new_version_unchanged_sentences_keep_their_time(bench: Bench) -> None:
    bench.put("a.txt", "The dam holds.\n\nTwo boats sank.\n")
    await bench.once()
    bench.put("a.txt", "The dam holds.\n\nThree boats sank.\n")
    await bench.once()
    record = bench.record()
    first, second = (record.article(SOURCE, bench.heard.articles[0].article.id, number) for number in (1, 2))
    record.close()
    assert first is not None
    assert second is not None
    assert second.times[0] == first.times[0]
    assert second.times[1].report_time == second.article.first_seen_at > first.times[1].report_time
    assert second.times[1].basis is TimeBasis.SEEN


async def test_copies_in_any_encoding_are_one_article_and_a_line_each(bench: Bench) -> None:
    bench.put("a.txt", ARABIC)
    await bench.once()
    bench.put("b.txt", ARABIC)
    bench.put("c.txt", ARABIC.encode("utf-16"))
    bench.put("d.txt", ARABIC.replace("\n", "\r\n"))
    bench.put("e.txt", ARABIC.encode("cp1256"))
    bench.put("f.txt", "حمص: مطر غزير في المدينة\n".encode("cp1256"))
    await bench.once()
    assert bench.texts() == sorted([ARABIC.strip(), "حمص: مطر غزير في المدينة"])
    findings = bench.findings()
    for name in ("b.txt", "c.txt", "d.txt", "e.txt"):
        assert (findings[name].kind, findings[name].sentence) == (FindingKind.DUPLICATE, "it holds the same text as a.txt")
    assert findings["f.txt"].kind is FindingKind.NOTED
    assert "windows-1256" in findings["f.txt"].sentence


async def test_of_copies_of_one_age_the_first_by_name_is_the_article(bench: Bench) -> None:
    for name in ("c.txt", "a.txt", "b.txt"):
        os.utime(bench.put(name, TEXT), (0, 0))
    await bench.once()
    assert versions(bench.articles()) == [("a.txt", 1)]
    assert set(bench.findings()) == {"b.txt", "c.txt"}


async def test_odd_files_have_one_line_each_and_stop_nothing(bench: Bench) -> None:
    bench.put("empty.txt", "")
    bench.put("binary.txt", bytes(range(256)) * 40)
    bench.put("paper.pdf", b"%PDF-1.7")
    bench.put("noname", "text\n")
    bench.put(".hidden.txt", "secret\n")
    bench.put("unfinished.txt.part", "half\n")
    (bench.inbox / "big.txt").touch()
    os.truncate(bench.inbox / "big.txt", 200_000_000)
    os.mkfifo(bench.inbox / "pipe.txt")
    (bench.inbox / "link.txt").symlink_to("/etc/hostname")
    (bench.inbox / "away").symlink_to("/etc")
    (bench.inbox / "loop").symlink_to(bench.inbox)
    bench.put("good.txt", TEXT)
    for _ in range(2):
        assert await bench.once()
    assert bench.texts() == [TEXT]
    findings = bench.findings()
    assert {name: finding.sentence.split(";")[0] for name, finding in findings.items()} == {
        "empty.txt": "it is empty",
        "binary.txt": "it is binary data, not text",
        "paper.pdf": "files of this kind are not read",
        "noname": "files of this kind are not read",
        "big.txt": "it is larger than 10 MB (191 MB)",
        "pipe.txt": "it is a named pipe",
        "link.txt": "it is a symbolic link, and links are not followed",
        "away": "it is a symbolic link, and links are not followed",
        "loop": "it is a symbolic link, and links are not followed",
    }
    assert {finding.kind for finding in findings.values()} == {FindingKind.REFUSED}


async def test_a_refused_file_that_is_mended_is_read_and_its_line_goes(bench: Bench) -> None:
    bench.put("a.txt", "")
    await bench.once()
    assert "a.txt" in bench.findings()
    bench.put("a.txt", TEXT)
    await bench.once()
    assert bench.findings() == {}
    assert bench.texts() == [TEXT]


async def test_a_file_that_was_emptied_on_the_way_goes_on_as_the_same_article(bench: Bench) -> None:
    for text in (TEXT, "", "The river rose by three metres."):
        bench.put("a.txt", text)
        await bench.once()
    assert versions(bench.articles()) == [("a.txt", 1), ("a.txt", 2)]


@pytest.mark.skipif(is_root(), reason="root may read everything")
async def test_a_file_that_may_not_be_read_is_said(bench: Bench) -> None:
    bench.put("a.txt", TEXT).chmod(0)
    await bench.once()
    assert "Permission denied" in bench.findings()["a.txt"].sentence


async def test_a_deleted_file_is_archived_and_its_article_stays(bench: Bench) -> None:
    async with bench.running():
        path = bench.put("a.txt", TEXT)
        await until(lambda: bench.heard.articles)
        path.unlink()
        await until(bench.findings)
    assert bench.findings()["a.txt"].kind is FindingKind.ARCHIVED
    assert bench.texts() == [TEXT]
    bench.put("a.txt", TEXT)
    await bench.once()
    assert bench.findings() == {}
    assert bench.texts() == [TEXT]


async def test_a_renamed_file_is_the_same_article_and_its_next_edit_a_version_of_it(bench: Bench) -> None:
    async with bench.running():
        path = bench.put("a.txt", TEXT)
        await until(lambda: bench.heard.articles)
        path.rename(bench.inbox / "b.txt")
        await until(lambda: "a.txt" in bench.findings())
        bench.put("b.txt", "The river rose by three metres.")
        await until(lambda: len(bench.heard.articles) == 2)
    assert versions(bench.articles()) == [("a.txt", 1), ("b.txt", 2)]
    assert set(bench.findings()) == {"a.txt"}


async def test_when_the_original_goes_its_copy_takes_its_place(bench: Bench) -> None:
    original = bench.put("a.txt", TEXT)
    await bench.once()
    bench.put("b.txt", TEXT)
    await bench.once()
    original.unlink()
    await bench.once()
    assert {name: finding.kind for name, finding in bench.findings().items()} == {"a.txt": FindingKind.ARCHIVED}
    bench.put("b.txt", "The river rose by three metres.")
    await bench.once()
    assert versions(bench.articles()) == [("a.txt", 1), ("b.txt", 2)]


async def test_a_folder_that_comes_goes_and_comes_again_is_followed(bench: Bench) -> None:
    bench.inbox.rmdir()
    async with bench.running() as record:
        await until(record.sources)
        assert record.sources()[0].health is Health.FAILING
        assert "does not exist" in (record.sources()[0].error or "")
        for round in range(3):
            bench.put(f"{round}.txt", f"{TEXT} {round}")
            await until(lambda count=2 * round: len(bench.heard.articles) > count)  # type: ignore[misc]
            await until(lambda: record.sources()[0].health is Health.OK)
            bench.put(f"{round} more.txt", f"{TEXT} {round} more")
            await until(lambda count=2 * round + 1: len(bench.heard.articles) > count)  # type: ignore[misc]
            for path in bench.inbox.iterdir():
                path.unlink()
            bench.inbox.rmdir()
            await until(lambda: record.sources()[0].health is Health.FAILING)
    assert len(bench.texts()) == 6


async def test_a_folder_that_is_missing_archives_nothing(bench: Bench) -> None:
    bench.put("a.txt", TEXT)
    await bench.once()
    bench.inbox.rename(bench.root / "away")
    assert not await bench.once()
    assert bench.findings() == {}


async def test_a_file_in_a_folder_made_a_moment_ago_is_not_lost(bench: Bench) -> None:
    async with bench.running():
        await until(lambda: bench.heard.changes)
        for number in range(5):
            folder = bench.inbox / f"{number}" / "deep" / "deeper"
            folder.mkdir(parents=True)
            (folder / "a.txt").write_text(f"{TEXT} {number}")
            await until(lambda count=number: len(bench.heard.articles) > count)  # type: ignore[misc]
            (folder / "b.txt").write_text(f"{TEXT} {number} again")
        await until(lambda: len(bench.heard.articles) == 10)


async def test_names_that_are_not_utf_8_are_read_and_do_not_end_the_watch(bench: Bench) -> None:
    async with bench.running():
        await until(lambda: bench.heard.changes)
        bench.put(os.fsdecode(b"\xff\x1b.txt"), "A name of bytes.")
        await until(lambda: bench.heard.articles)
        (bench.inbox / os.fsdecode(b"\xfe")).mkdir()
        bench.put("a.txt", TEXT)
        await until(lambda: len(bench.heard.articles) == 2)
    assert {path for path, _ in versions(bench.articles())} == {"\\xff\\x1b.txt", "a.txt"}


async def test_a_link_to_a_folder_outside_is_neither_read_nor_watched(bench: Bench) -> None:
    outside = bench.root / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("Not for the desk.")
    (bench.inbox / "way out").symlink_to(outside)
    async with bench.running():
        await until(lambda: bench.heard.changes)
        (outside / "more.txt").write_text("Nor this.")
        bench.put("a.txt", TEXT)
        await until(lambda: bench.heard.articles)
        await asyncio.sleep(0.2)
    assert bench.texts() == [TEXT]


async def test_a_folder_that_becomes_a_link_out_before_its_files_are_read_leads_nowhere(bench: Bench) -> None:
    outside = bench.root / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text("Not for the desk.")
    bench.put("below/a.txt", TEXT)
    record = bench.record()
    session, source = bench.session(record), FolderSource(Configured(SOURCE, bench.inbox))
    await source.look(session)
    (bench.inbox / "below").rename(bench.root / "was below")
    (bench.inbox / "below").symlink_to(outside)
    await session.once()
    record.close()
    assert bench.texts() == []


async def test_files_that_are_gone_before_their_turn_leave_nothing_behind(bench: Bench) -> None:
    source, offers = FolderSource(Configured(SOURCE, bench.inbox)), list[Offer]()
    inbox = SimpleNamespace(offer=offers.append, survey=lambda _: None, health=lambda _: None)

    async def come_and_go(names: range) -> None:
        for number in names:
            bench.put(f"{number}.txt", TEXT)
        await source.look(inbox)
        for number in names:
            (bench.inbox / f"{number}.txt").unlink()
        while offers:
            with pytest.raises(Gone):
                offers.pop().open()
        await source.look(inbox)

    tracemalloc.start()
    try:
        await come_and_go(range(1000))
        before = tracemalloc.get_traced_memory()[0]
        await come_and_go(range(1000, 2000))
        assert tracemalloc.get_traced_memory()[0] - before < 100_000
    finally:
        tracemalloc.stop()


async def test_a_folder_whose_name_cannot_be_watched_is_looked_over_again_and_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path, name=os.fsdecode(b"\xff"))
    bench.inbox.mkdir()
    async with bench.running() as record:
        await until(lambda: record.sources() and record.sources()[0].last_success)
        assert "cannot be watched" in (record.sources()[0].error or "")
        bench.put("a.txt", TEXT)
        await until(lambda: bench.heard.articles, 8)


async def test_a_log_that_grows_in_the_folder_is_noted_once(bench: Bench) -> None:
    async with bench.running() as record:
        await until(lambda: bench.heard.changes)
        bench.put("sitmon.log", "a line\n")
        await until(record.findings)
        before = record.cursor()
        for _ in range(20):
            with (bench.inbox / "sitmon.log").open("a") as log:
                log.write("a line\n")
            await asyncio.sleep(0.02)
        assert record.cursor() == before


async def test_what_sitmon_writes_below_a_watched_folder_is_not_looked_at(tmp_path: Path) -> None:
    outer = Bench(tmp_path)
    outer.inbox.mkdir()
    bench = Bench(outer.inbox / "state", name="..")
    bench.root.mkdir()
    outer.put("a.txt", TEXT)
    async with bench.running() as record:
        await until(lambda: bench.heard.articles and record.sources()[0].last_success)
        await asyncio.sleep(0.3)
        before = record.cursor()
        await asyncio.sleep(0.3)
        assert (record.cursor(), record.findings()) == (before, ())


async def test_a_file_is_read_when_its_writer_is_done_with_it(bench: Bench) -> None:
    async with bench.running():
        await until(lambda: bench.heard.changes)
        with (bench.inbox / "a.txt").open("w") as file:
            for word in TEXT.split():
                file.write(f"{word} ")
                file.flush()
                await asyncio.sleep(0.15)
            assert bench.heard.articles == []
        await until(lambda: bench.heard.articles)
    assert bench.texts() == [TEXT]


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
    assert len(record.sightings(SOURCE)) == 21
    record.close()


async def test_what_arrives_is_read_before_what_lies_there(bench: Bench) -> None:
    bench.put("many.jsonl", "\n".join(json.dumps({"text": f"Report {number}."}) for number in range(1500)))
    for number in range(300):
        bench.put(f"{number}.txt", f"{TEXT} {number}")
    async with bench.running():
        await until(lambda: len(bench.heard.articles) > 20)
        bench.put("urgent.txt", "The dam has broken.")
        await until(lambda: any(one.article.path == "urgent.txt" for one in bench.heard.articles))
        place = next(place for place, one in enumerate(bench.heard.articles) if one.article.path == "urgent.txt")
        assert place < 900
        await until(lambda: len(bench.heard.articles) == 1801, 60)
    assert len(bench.texts()) == 1801


async def test_the_first_look_is_the_baseline_and_what_comes_later_is_not(bench: Bench) -> None:
    bench.put("old.txt", TEXT)
    async with bench.running() as record:
        await until(lambda: record.sources() and record.sources()[0].last_success)
        bench.put("new.txt", "The dam holds.")
        await until(lambda: len(bench.heard.articles) == 2)
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
    assert "only its first 399,997 characters" in bench.findings()["long.txt"].sentence


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
