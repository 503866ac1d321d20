"""An article is its versions: each immutable, each visible from when it was seen, the newest speaking for all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from sitmon.model.article import Notice, SentenceTime
from sitmon.model.claim import RecordedClaim
from sitmon.store.kept import KeptRecord
from tests.store.making import SOURCE, article, at, filing

FIRST = "The army took Homs. It rained."
SECOND = "The army took Homs. It snowed."


def seen_at(record: KeptRecord, minutes: float) -> dict[str, RecordedClaim]:
    return {claim.quote.strip(): claim for claim in record.window(at(minutes), ["town"]).claims}


def test_a_corrected_sentence_is_shown_superseded_beside_the_new_one_and_the_unchanged_one_stands_once(
    record: KeptRecord,
) -> None:
    record.file([filing(article(FIRST, 0))])
    record.file([filing(article(SECOND, 10))])
    before, after = seen_at(record, 9), seen_at(record, 10)
    assert {quote: (one.article.version, one.article.latest) for quote, one in before.items()} == {
        "The army took Homs.": (1, 1),
        "It rained.": (1, 1),
    }
    assert {quote: (one.article.version, one.article.latest) for quote, one in after.items()} == {
        "The army took Homs.": (2, 2),
        "It rained.": (1, 2),
        "It snowed.": (2, 2),
    }


def test_an_unchanged_sentence_keeps_its_claims_id_so_that_what_was_seen_stays_seen(record: KeptRecord) -> None:
    record.file([filing(article(FIRST, 0))])
    record.file([filing(article("New lead. " + FIRST, 10))])
    before, after = seen_at(record, 9), seen_at(record, 10)
    assert after["The army took Homs."].id == before["The army took Homs."].id
    assert after["The army took Homs."].start == 10
    assert after["New lead."].id > max(one.id for one in before.values())
    assert record.check() == []


def test_a_live_page_of_many_versions_does_not_crowd_out_other_articles(record: KeptRecord) -> None:
    record.file([filing(article("Another town fell.", -1, id="other"))])
    page = [f"Entry {number} is news." for number in range(30)]
    for number in range(1, 31):
        record.file([filing(article(" ".join(page[:number]), number, id="live"))])
    claims = record.window(at(60), ["town"], depth=31).claims
    assert len(claims) == 31
    assert {claim.article.id for claim in claims} == {"live", "other"}
    assert record.check() == []


def test_an_edit_taken_back_is_a_third_version_only_if_the_source_shows_it_again(record: KeptRecord) -> None:
    one, two = filing(article(FIRST, 0)), filing(article(SECOND, 10))
    record.file([one, two])
    assert record.file([one, two]) == []
    back = filing(article(FIRST, 20), again=True)
    (receipt,) = record.file([back])
    assert receipt.version == 3
    assert record.file([back]) == []
    assert [version.text for version in record.versions(SOURCE, "a")] == [FIRST, SECOND, FIRST]
    standing = [one for one in record.window(at(20), ["town"]).claims if one.article.version == one.article.latest]
    assert [one.quote for one in standing] == ["The army took Homs.", "It rained."]
    assert record.check() == []


def test_a_withdrawal_with_the_same_words_is_recorded(record: KeptRecord) -> None:
    record.file([filing(article(FIRST, 0))])
    (receipt,) = record.file([filing(article(FIRST, 10, notice=Notice.WITHDRAWN))])
    assert receipt.version == 2
    assert not any(one.article.withdrawn for one in seen_at(record, 9).values())
    assert all(one.article.withdrawn for one in seen_at(record, 10).values())
    assert not any(one.article.withdrawn for one in seen_at(record, 9).values())
    assert record.check() == []


def test_an_article_that_comes_on_hold_is_withdrawn_until_a_version_lets_it_go(record: KeptRecord) -> None:
    record.file([filing(article(FIRST, 0, notice=Notice.HOLD)), filing(article(FIRST, 10, notice=Notice.UPDATE))])
    assert all(one.article.withdrawn for one in seen_at(record, 5).values())
    assert not any(one.article.withdrawn for one in seen_at(record, 15).values())


def test_versions_are_numbered_by_the_record_whatever_the_caller_says(record: KeptRecord) -> None:
    record.file([filing(article(FIRST, 0, version=7)), filing(article(SECOND, 1, version=7))])
    assert [version.version for version in record.versions(SOURCE, "a")] == [1, 2]
    assert record.article(SOURCE, "a", 1) is not None
    assert record.article(SOURCE, "a", 3) is None
    assert record.article(SOURCE, "nowhere") is None


def test_a_clock_set_back_does_not_let_a_version_be_seen_before_the_one_it_follows(record: KeptRecord) -> None:
    record.file([filing(article(FIRST, 0))])
    record.file([filing(article(SECOND, -60))])
    assert set(seen_at(record, -30)) == set()
    assert seen_at(record, 0)["It snowed."].article.latest == 2
    assert record.versions(SOURCE, "a")[1].first_seen_at == at(-60)
    assert record.check() == []


def test_an_inherited_time_is_kept_sentence_by_sentence(record: KeptRecord) -> None:
    record.file([filing(article(FIRST, 0))])
    newer = filing(article(SECOND, 10))
    old, new = SentenceTime(at(0), newer.times[0].basis, at(0)), newer.times[1]
    record.file([replace(newer, times=(old, new))])
    after = seen_at(record, 10)
    assert (after["The army took Homs."].report_time, after["It snowed."].report_time) == (at(0), at(10))


@pytest.mark.parametrize("table", ["article", "version", "pass", "report", "claim"])
@pytest.mark.parametrize("word", ["UPDATE {} SET row = row", "DELETE FROM {}", "REPLACE INTO {0} SELECT * FROM {0}"])
def test_what_is_recorded_can_be_neither_changed_nor_deleted(record: KeptRecord, path: Path, table: str, word: str) -> None:
    record.file([filing(article(FIRST))])
    connection = apsw.Connection(str(path))
    connection.pragma("recursive_triggers", True)
    with pytest.raises(apsw.ConstraintError, match="append-only"):
        connection.execute(word.format(table))
    connection.close()
    assert record.check() == []
