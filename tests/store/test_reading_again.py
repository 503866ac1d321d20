"""A new lexicon reads everything again: the board shows each version as last read, and nobody's marks are lost over it."""

from __future__ import annotations

import pytest

from sitmon.errors import StoreError
from sitmon.model.claim import Reading
from sitmon.store.kept import KeptRecord
from tests.store.making import AT, SOURCE, article, at, filing, reading
from tests.store.places import Place

TEXT = "The army took Homs. It rained."
MORE = "The army took Homs. It snowed."


def test_the_same_word_lists_go_on_with_the_reading_they_began(record: KeptRecord, place: Place) -> None:
    first = record.begin_reading("first", AT)
    assert record.begin_reading("first", at(5)) == first
    second = record.begin_reading("second", at(6))
    assert second != first
    assert record.begin_reading("first", at(7)) not in (first, second)


def test_what_a_new_reading_has_not_read_is_given_newest_first_until_it_has(record: KeptRecord) -> None:
    record.file([filing(article(f"Bridge {n} fell.", n, id=str(n))) for n in range(5)])
    assert record.unread(10) == []
    record.begin_reading("second", at(60))
    assert [stored.article.id for stored in record.unread(2)] == ["4", "3"]
    assert [stored.article.id for stored in record.unread(2)] == ["4", "3"]
    read = []
    while batch := record.unread(2):
        read += [stored.article.id for stored in batch]
        record.reread([(stored.article, stored_reading(stored.article.text), stored.times) for stored in batch])
    assert read == ["4", "3", "2", "1", "0"]
    assert record.check() == []


def stored_reading(text: str) -> Reading:
    return reading(text, [("coast", "primary")])


def test_the_board_shows_each_version_as_last_read_also_while_half_of_them_are_read_again(record: KeptRecord) -> None:
    record.file([filing(article(f"Bridge {n} fell.", n, id=str(n))) for n in range(4)])
    record.begin_reading("second", at(60))
    for stored in record.unread(2):
        record.reread([(stored.article, stored_reading(stored.article.text), stored.times)])
    assert {c.quote for c in record.window(at(60), ["town"]).claims} == {"Bridge 0 fell.", "Bridge 1 fell."}
    assert {c.quote for c in record.window(at(60), ["coast"]).claims} == {"Bridge 2 fell.", "Bridge 3 fell."}
    assert record.counts().claims == 4
    assert record.check() == []


def test_a_claim_read_again_keeps_its_id(record: KeptRecord) -> None:
    record.file([filing(article(TEXT))])
    before = {claim.quote: claim.id for claim in record.window(at(1), ["town"]).claims}
    record.begin_reading("second", at(60))
    (stored,) = record.unread(1)
    record.reread([(stored.article, reading(TEXT, [("town", "secondary")]), stored.times)])
    after = record.window(at(1), ["town"]).claims
    assert {claim.quote: claim.id for claim in after} == before
    assert all(claim.claim.regions[0].kind == "secondary" for claim in after)


def test_reading_twice_under_one_reading_changes_nothing(record: KeptRecord) -> None:
    record.file([filing(article(TEXT))])
    record.begin_reading("second", at(60))
    (stored,) = record.unread(1)
    again = [(stored.article, stored_reading(TEXT), stored.times)]
    record.reread(again)
    record.reread(again)
    assert len(record.window(at(1), ["coast"]).claims) == 2
    assert record.check() == []


def test_what_fails_halfway_leaves_nothing_of_its_first_half(record: KeptRecord) -> None:
    record.file([filing(article(TEXT))])
    record.begin_reading("second", at(60))
    (stored,) = record.unread(1)
    known, unknown = article(TEXT), article(TEXT, id="unknown")
    with pytest.raises(StoreError, match=r"unknown .* is not in the record"):
        record.reread([(one, stored_reading(TEXT), stored.times) for one in (known, unknown)])
    assert record.window(at(1), ["coast"]).claims == ()
    assert len(record.file([filing(article("The bridge fell.", id="b"))])) == 1
    assert record.check() == []


@pytest.mark.parametrize("order", [[0, 1], [1, 0], [1], [0]])
def test_versions_may_be_read_again_in_any_order(record: KeptRecord, order: list[int]) -> None:
    record.file([filing(article(TEXT, 0)), filing(article(MORE, 10))])
    shown = {minutes: _shown(record, minutes) for minutes in (5, 15)}
    record.begin_reading("second", at(60))
    versions = record.versions(SOURCE, "a")
    stored = [record.article(SOURCE, "a", number) for number in (1, 2)]
    for number in order:
        one = stored[number]
        assert one is not None
        record.reread([(versions[number], reading(versions[number].text), one.times)])
        assert {minutes: _shown(record, minutes) for minutes in (5, 15)} == shown
    assert record.check() == []


def test_unrouted_claims_are_counted_as_last_read(record: KeptRecord) -> None:
    record.file([filing(article(TEXT, 0), reading(TEXT, [])), filing(article(MORE, 10), reading(MORE, []))])
    record.begin_reading("second", at(60))
    for stored in record.unread(5):
        record.reread([(stored.article, reading(stored.article.text), stored.times)])
        assert record.check() == []
    assert record.window(at(5), []).unrouted == record.window(at(15), []).unrouted == record.counts().unrouted == 0


def test_nothing_can_be_filed_before_a_reading_is_begun(place: Place) -> None:
    record = place.writer()
    with pytest.raises(StoreError, match="begin_reading"):
        record.file([filing(article(TEXT))])
    record.close()


def _shown(record: KeptRecord, minutes: float) -> list[tuple[str, int, int, int]]:
    claims = record.window(at(minutes), ["town"]).claims
    return [(claim.quote, claim.id, claim.article.version, claim.article.latest) for claim in claims]
