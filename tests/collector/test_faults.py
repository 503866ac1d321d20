"""The record fails at every call there is, before and after it took effect: nothing is lost, nothing comes twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sitmon.collector.session import Session
from sitmon.config.settings import FolderSource as Configured
from sitmon.errors import StoreError
from sitmon.model.health import Health
from sitmon.sources.folder import FolderSource
from sitmon.store.sqlite import SqliteRecord
from tests.collector.bench import SOURCE, Bench, Lines

WRITES = frozenset({"file", "saw_all", "archive", "report_health", "reread"})


class Failing:
    """A record whose n-th write fails; afterwards it is as good as new."""

    def __init__(self, record: SqliteRecord, number: int, is_after: bool) -> None:
        self.calls, self.has_failed = 0, False
        self._record, self._number, self._is_after = record, number, is_after

    def __getattr__(self, name: str) -> Any:
        method: Callable[..., Any] = getattr(self._record, name)
        return self._counted(method) if name in WRITES else method

    def _counted(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self.calls += 1
            is_due = self.calls == self._number
            if is_due and not self._is_after:
                self._fail()
            result = method(*arguments)
            if is_due:
                self._fail()
            return result

        return call

    def _fail(self) -> None:
        self.has_failed = True
        raise StoreError("the disk is full")


async def collect(bench: Bench, number: int, is_after: bool) -> bool:
    """Collect with a record whose n-th write fails; say whether it came to that."""
    record = bench.record()
    failing = Failing(record, number, is_after)
    try:
        with suppress(StoreError):
            await bench.session(failing).once()
    finally:
        record.close()
    return failing.has_failed


def change(bench: Bench) -> None:
    """Everything that can happen in a folder between two looks."""
    bench.put("edited.txt", "The dam has broken.")
    bench.put("lines.jsonl", '{"text": "Report 1."}\n{"text": "Report 2."}\n{mended not')
    bench.put("copy.txt", "The river rose by two metres.")
    (bench.inbox / "deleted.txt").unlink()
    (bench.inbox / "renamed.txt").rename(bench.inbox / "with a new name.txt")
    bench.put("odd.txt", "")


@pytest.mark.parametrize("is_after", [False, True])
async def test_whichever_write_fails_the_next_run_puts_everything_right(tmp_path: Path, is_after: bool) -> None:
    number = 0
    while True:
        number += 1
        bench = Bench(tmp_path / f"{number}")
        bench.inbox.mkdir(parents=True)
        for name in ("edited", "deleted", "renamed"):
            bench.put(f"{name}.txt", f"The dam holds, says the {name} report.")
        bench.put("original.txt", "The river rose by two metres.")
        bench.put("lines.jsonl", '{"text": "Report 0."}\n{broken')
        await bench.once()
        change(bench)
        bench.fingerprint = "other rules"
        has_failed = await collect(bench, number, is_after)
        for _ in range(2):
            await bench.once()
        assert bench.texts() == sorted(
            [
                "The dam has broken.",
                "The dam holds, says the deleted report.",
                "The dam holds, says the edited report.",
                "The dam holds, says the renamed report.",
                "The river rose by two metres.",
                *(f"Report {number}." for number in range(3)),
            ]
        )
        # Each was acknowledged at most once, and what was not is on the record all the same.
        said = [(one.receipt.source, one.receipt.id, one.receipt.version) for one in bench.heard.articles]
        assert len(said) == len(set(said)) <= 8
        assert set(bench.findings()) >= {"copy.txt", "deleted.txt", "odd.txt", "lines.jsonl, line 3"}
        assert "lines.jsonl, line 2" not in bench.findings()
        if not has_failed:
            break
    assert number > 5


async def test_a_fault_in_one_source_is_said_of_it_and_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(tmp_path)
    bench.put("one.txt", "The dam holds.")
    other = FolderSource(Configured("folder:other", tmp_path / "other"))

    async def fail(_: object) -> bool:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(other, "look", fail)
    inbox = FolderSource(Configured(SOURCE, bench.inbox), apart=bench.root)
    record = bench.record()
    session = Session(record, Lines(), [inbox, other], bench.heard, lambda: datetime.now(UTC))
    assert not await session.once()
    health = {one.id: one for one in record.sources()}
    record.close()
    assert len(bench.articles()) == 1
    assert (health[SOURCE].health, health["folder:other"].health) == (Health.OK, Health.FAILING)
    assert any("a fault in sitmon stopped this source" in said for said in bench.heard.troubles)
