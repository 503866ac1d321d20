"""The board as the record has it: a pane that once had a status is never blank, whatever leaves the board above it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitmon.config.settings import Settings
from sitmon.model.article import Notice
from sitmon.model.situation import Region, Situation
from sitmon.sitrep.current import DEPTH, board_now
from sitmon.store.record import RecordReader
from sitmon.store.sqlite import RECORD_NAME, open_writer
from tests.store.making import article, at, filing, reading

SETTINGS = Settings(None, Situation("Lake country", regions=(Region("town", "Town"), Region("coast", "Coast"))))
PAGE = " ".join(f"Shots were heard, said report number {number}." for number in range(DEPTH + 100))


def statuses(record: RecordReader, minutes: float) -> list[str | None]:
    board = board_now(record, SETTINGS, at(minutes))
    return [region.status.recorded.quote if region.status else None for region in board.regions]


@pytest.mark.parametrize(
    ("text", "notice"),
    [(PAGE, Notice.WITHDRAWN), (PAGE, Notice.HOLD), ("A new day begins here.", None)],
    ids=["withdrawn", "on hold", "begun anew"],
)
def test_a_long_page_that_leaves_the_board_gives_it_back_to_what_was_there_before(
    tmp_path: Path, text: str, notice: Notice | None
) -> None:
    record = open_writer(tmp_path / RECORD_NAME)
    record.begin_reading("rules", at(0))
    record.file([filing(article("The town was taken.", 0, id="old"))])
    record.file([filing(article(PAGE, 10, id="page"))])
    first = f"{PAGE.partition('.')[0]}."
    gone = article(text, 20, id="page", notice=notice)
    record.file([filing(gone, reading(text, [("coast", "primary")]) if notice is None else None, again=True)])
    after: list[str | None] = ["The town was taken.", None if notice else "A new day begins here."]
    assert [statuses(record, minutes) for minutes in (5, 15, 25)] == [["The town was taken.", None], [first, None], after]
    record.close()
