"""What a source wants to be given back is kept with its articles, and is nothing for a desk to look at."""

from __future__ import annotations

from sitmon.model.health import Finding, FindingKind
from sitmon.store.kept import KeptRecord
from sitmon.store.record import Sighting
from tests.store.making import article, at, filing


def test_a_poll_that_brought_nothing_wakes_no_desk(record: KeptRecord) -> None:
    before = record.cursor()
    assert record.file([], memories={"feed:x": b"etag"}) == []
    assert (record.memory("feed:x"), record.cursor()) == (b"etag", before)


def test_whatever_can_be_seen_wakes_every_desk(record: KeptRecord) -> None:
    before = record.cursor()
    record.file([filing(article("The army left."))], memories={"feed:x": b"etag"})
    brought = record.cursor()
    refused = Sighting("feed:x", b"1", "f", None), Finding("feed:x", "1", FindingKind.REFUSED, "it is empty", at(1))
    record.file([], [refused], {"feed:x": b"later"})
    assert before < brought < record.cursor()
    assert record.memory("feed:x") == b"later"
