"""What cannot be read is said in a sentence as long as it lies there, and is read as soon as it can be."""

from __future__ import annotations

import asyncio
import errno
import os
from typing import Any

import pytest

from sitmon.model.article import Notice
from sitmon.model.health import FindingKind
from tests.collector.bench import Bench

TEXT = "The river rose by two metres."


@pytest.mark.parametrize(
    ("name", "broken", "sentence", "mended"),
    [
        (
            "a.xml",
            "<nitf><body>",
            "not well-formed XML",
            f"<nitf><body><body.content><p>{TEXT}</p></body.content></body></nitf>",
        ),
        ("a.json", '{"text": ', "not JSON", f'{{"text": "{TEXT}"}}'),
        ("a.eml", TEXT, "it is no mail", f"From: a@demo.example\n\n{TEXT}"),
        ("a.html", "<!-- -->", "it is empty", f"<p>{TEXT}</p>"),
        (
            "a.rss",
            "<rss/>",
            "without any item",
            f"<rss><channel><item><title>Rain</title><description>{TEXT}</description></item></channel></rss>",
        ),
    ],
)
async def test_a_broken_document_is_quarantined_and_read_when_it_is_corrected(
    bench: Bench, name: str, broken: str, sentence: str, mended: str
) -> None:
    bench.put(name, broken)
    await bench.once()
    finding = bench.findings()[name]
    assert finding.kind is FindingKind.REFUSED
    assert sentence in finding.sentence
    bench.put(name, mended)
    await bench.once()
    assert bench.findings() == {}
    assert TEXT in "\n".join(bench.texts())


async def test_a_file_refused_for_what_the_machine_lacked_for_a_moment_is_read_at_the_next_look(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.put("a.txt", TEXT)
    # Longer than the grain of the clock that tells an untouched file.
    await asyncio.sleep(0.15)
    record = bench.record()
    session = bench.session(record)
    real = os.open

    def lacking(path: Any, *given: Any, **named: Any) -> int:
        if os.fsencode(path).endswith(b"a.txt"):
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return real(path, *given, **named)

    with monkeypatch.context() as patched:
        patched.setattr("os.open", lacking)
        await session.once()
    [finding] = record.findings()
    assert "is tried again" in finding.sentence
    await session.once()
    assert record.findings() == ()
    assert record.counts().articles == 1
    record.close()


async def test_nothing_is_said_any_more_of_a_refused_file_that_is_gone(bench: Bench) -> None:
    path = bench.put("a.docx", "x")
    await bench.once()
    assert list(bench.findings()) == ["a.docx"]
    path.unlink()
    await bench.once()
    assert bench.findings() == {}


async def test_what_stands_against_lines_of_a_file_goes_and_comes_with_it(bench: Bench) -> None:
    lines = f'{{"text": "{TEXT}"}}\nno object\n'
    path = bench.put("a.jsonl", lines)
    await bench.once()
    assert list(bench.findings()) == ["a.jsonl, line 2"]
    path.unlink()
    await bench.once()
    assert "a.jsonl, line 2" not in bench.findings()
    bench.put("a.jsonl", lines)
    await bench.once()
    assert list(bench.findings()) == ["a.jsonl, line 2"]
    assert bench.texts() == [TEXT]


async def test_a_new_version_in_another_file_is_a_version_of_the_same_article(bench: Bench) -> None:
    def item(version: int, text: str, status: str = "usable") -> str:
        return f'{{"uri": "urn:demo:1", "version": "{version}", "body_text": "{text}", "pubstatus": "{status}"}}'

    bench.put("1.json", item(1, TEXT))
    await bench.once()
    bench.put("2.json", item(2, "The river rose by three metres."))
    await bench.once()
    bench.put("3.json", item(3, "The river rose by three metres.", "canceled"))
    await bench.once()
    found = [(one.id, one.version, one.notice) for one in bench.articles()]
    assert found == [("urn:demo:1", 1, None), ("urn:demo:1", 2, None), ("urn:demo:1", 3, Notice.WITHDRAWN)]


async def test_versions_that_lie_there_together_do_not_overtake_the_newest(bench: Bench) -> None:
    def item(hour: int, text: str) -> str:
        created = f"2024-12-08T{hour:02}:00:00Z"
        return f'{{"uri": "urn:demo:1", "version": "{hour}", "versioncreated": "{created}", "body_text": "{text}"}}'

    for hour, metres in ((1, "one metre"), (2, "two metres"), (3, "three metres")):
        path = bench.put(f"{hour}.json", item(hour, f"The river rose by {metres}."))
        # The freshest file is read first.
        os.utime(path, (1_700_000_000 + hour, 1_700_000_000 + hour))
    await bench.once()
    newest = max(bench.articles(), key=lambda one: one.version)
    assert newest.text == "The river rose by three metres."
    assert "an older version of urn:demo:1" in bench.findings()["2.json"].sentence
    bench.put("4.json", item(4, "The river fell."))
    await bench.once()
    assert max(bench.articles(), key=lambda one: one.version).text == "The river fell."
