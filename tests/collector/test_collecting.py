"""A folder becomes the record: everything once, every change a version, and a sentence for whatever is no article."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from sitmon.collector.voice import Aloud
from sitmon.model.article import TimeBasis
from sitmon.model.health import Finding, FindingKind
from tests.collector.bench import SOURCE, Bench, is_root, versions
from tests.waiting import soon

TEXT = "The river rose by two metres."
ARABIC = "ارتفاع النهر\n\nقال متحدث إن السد صامد.\n"


async def test_what_lies_there_is_recorded_once_however_often_it_is_looked_at(bench: Bench) -> None:
    bench.put("a.txt", TEXT)
    bench.put("below/deep/b.md", "# Dam\n\nThe dam holds.\n")
    for _ in range(3):
        assert await bench.once()
    assert versions(bench.articles()) in ([("a.txt", 1), ("below/deep/b.md", 1)], [("below/deep/b.md", 1), ("a.txt", 1)])
    assert len(bench.heard.articles) == 2
    assert bench.findings() == {}


async def test_a_dropped_file_is_on_the_record_long_before_the_next_scan(bench: Bench) -> None:
    async with bench.running():
        await soon(lambda: bench.heard.changes)
        for number in range(12):
            bench.put(f"{number}.txt", f"{TEXT} {number}")
            await soon(lambda count=number: len(bench.heard.articles) > count)  # type: ignore[misc]
            assert bench.heard.articles[-1].article.path == f"{number}.txt"


async def test_a_changed_file_is_the_next_version_and_an_edit_taken_back_the_one_after(bench: Bench) -> None:
    async with bench.running():
        for number, text in enumerate((TEXT, "The river rose by three metres.", TEXT), 1):
            bench.put("a.txt", text)
            await soon(lambda count=number: len(bench.heard.articles) == count)  # type: ignore[misc]
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
    await bench.once()
    assert (list(bench.findings()), bench.heard.unread) == (["a.txt"], ["a.txt"])
    bench.put("a.txt", TEXT)
    await bench.once()
    assert bench.findings() == {}
    assert bench.texts() == [TEXT]


@pytest.mark.parametrize(("batches", "lines", "ends"), [((20,), 20, False), ((20, 1), 21, True), ((13, 100, 100), 21, True)])
def test_of_a_heap_of_documents_that_cannot_be_read_the_first_are_named(
    batches: tuple[int, ...], lines: int, ends: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    voice, unread = (
        Aloud(lambda _: None),
        Finding("inbox", "a\nb\x1b.txt", FindingKind.REFUSED, "it is empty", datetime.now(UTC)),
    )
    for number in batches:
        voice.refused([unread] * number)
    said = capsys.readouterr().err.splitlines()
    assert (len(said), said[0]) == (lines, "sitmon: a b\u241b.txt could not be read: it is empty")
    assert ("sitmon doctor" in said[-1]) is ends


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
        await soon(lambda: bench.heard.articles)
        path.unlink()
        await soon(bench.findings)
    assert bench.findings()["a.txt"].kind is FindingKind.ARCHIVED
    assert bench.texts() == [TEXT]
    bench.put("a.txt", TEXT)
    await bench.once()
    assert bench.findings() == {}
    assert bench.texts() == [TEXT]


async def test_a_renamed_file_is_the_same_article_and_its_next_edit_a_version_of_it(bench: Bench) -> None:
    async with bench.running():
        path = bench.put("a.txt", TEXT)
        await soon(lambda: bench.heard.articles)
        path.rename(bench.inbox / "b.txt")
        await soon(lambda: "a.txt" in bench.findings())
        bench.put("b.txt", "The river rose by three metres.")
        await soon(lambda: len(bench.heard.articles) == 2)
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
