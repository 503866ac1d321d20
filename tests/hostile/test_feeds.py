"""The hostile answers, each a feed's: asked by the collector, kept in the record, shown on a desk whose bytes are judged."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitmon.model.health import Health
from sitmon.store.sqlite import check_record
from tests.hostile.answers import Told
from tests.hostile.feeds_with import feeds_with
from tests.hostile.judging import (
    PEAK_MEGABYTES,
    Aftermath,
    aftermath,
    collecting,
    commands_in,
    configuration,
    written_by_a_desk,
)
from tests.hostile.odd_answers import odd_answers
from tests.hostile.odd_feeds import feed as document
from tests.hostile.odd_feeds import item, odd_feeds, said
from tests.hostile.outcome import Outcome
from tests.newsroom import Newsroom, Reply, Visit, newsroom

CONTROLS = [
    Told(f"control {n}", Reply(document(item(f"control{n}")).encode()), Outcome.RECORDED, "", (said(f"control{n}"),), 1)
    for n in range(5)
]
ANSWERS = [*feeds_with(), *odd_feeds(), *odd_answers(), *CONTROLS]
SECONDS = 180


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking.

    Attributes:
        visits: All requests, in order.
        again: What the second look said, a moment later.
        port: Of the server.
    """

    aftermath: Aftermath
    visits: list[Visit]
    again: tuple[int, bytes]
    port: int

    def id_of(self, number: int) -> str:
        return f"feed:http://127.0.0.1:{self.port}/{number}"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return asyncio.run(_asked(tmp_path_factory.mktemp("hostile")))


async def _asked(here: Path) -> Asked:
    async with newsroom() as room:
        for number, told in enumerate(ANSWERS):
            room.parts[f"/{number}"] = told.answer
            if told.drawn is not None:
                room.drawn[f"/{number}"] = told.drawn
        found = next(told for told in ANSWERS if told.name == "on with a login")
        room.parts["/found"] = Reply(document(item("found")).encode())
        assert found.sentences == (said("found"),)
        options = ["--config", str(here / "config.toml"), "--state", str(here / "state")]
        _configure(here, room, "1s", range(len(ANSWERS)))
        code, _, stderr = await _collected(here, options)
        after = aftermath(here, options, stderr)
        # Some sources fail, and a single look says so.
        assert code == 1, stderr[-2000:]
        visits = list(room.visits)
        _configure(here, room, "1s", [number for number, told in enumerate(ANSWERS) if told.drawn is None])
        again = await _collected(here, options)
        _configure(here, room, "60m", range(len(ANSWERS)))
        return Asked(after, visits + room.visits[len(visits) :], again[:2], room.port)


def _configure(here: Path, room: Newsroom, interval: str, numbers: Iterable[int]) -> None:
    tables = (f'[[sources]]\nkind = "feed"\nurl = "{room.url(f"/{n}")}"\ninterval = "{interval}"\n' for n in numbers)
    (here / "config.toml").write_text(configuration("".join(tables)))


async def _collected(here: Path, options: list[str]) -> tuple[int, bytes, bytes]:
    words = collecting(options)
    running = await asyncio.create_subprocess_exec(*words, cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    stdout, stderr = await asyncio.wait_for(running.communicate(), SECONDS)
    return running.returncode or 0, stdout, stderr


def test_there_are_as_many_answers_as_are_promised() -> None:
    assert len(ANSWERS) >= 200
    assert len({told.name for told in ANSWERS}) == len(ANSWERS)


def test_every_sentence_that_should_be_recorded_is_recorded_word_for_word_and_once(asked: Asked) -> None:
    texts = [article.text for article in asked.aftermath.articles]
    missed = [
        (told.name, sentence) for told in ANSWERS for sentence in told.sentences if sum(sentence in text for text in texts) != 1
    ]
    assert missed == []


def test_nothing_else_is_recorded(asked: Asked) -> None:
    counted = {told.name: 0 for told in ANSWERS}
    names = {asked.id_of(number): told.name for number, told in enumerate(ANSWERS)}
    for article in asked.aftermath.articles:
        counted[names[article.source]] += 1
    assert {name: count for name, count in counted.items() if count != _told(name).articles} == {}


def _told(name: str) -> Told:
    return next(told for told in ANSWERS if told.name == name)


@pytest.mark.parametrize("number", range(len(ANSWERS)), ids=[told.name for told in ANSWERS])
def test_a_source_answers_or_says_in_a_sentence_why_not(asked: Asked, number: int) -> None:
    told, health = ANSWERS[number], asked.aftermath.sources[asked.id_of(number)]
    if told.outcome is Outcome.REFUSED:
        assert health.health in (Health.FAILING, Health.STOPPED)
        assert health.error
        assert told.says in health.error
        assert "\n" not in health.error
        assert len(health.error) < 400
    else:
        assert (health.health, health.error) == (Health.OK, None)


def test_the_record_is_whole_and_the_collector_stayed_small(asked: Asked) -> None:
    assert check_record(asked.aftermath.state / "record.db") == []
    assert asked.aftermath.peak_megabytes < PEAK_MEGABYTES


def test_nothing_but_feeds_was_asked_for_and_nothing_of_the_machine_is_told(asked: Asked) -> None:
    own = {f"/{number}" for number in range(len(ANSWERS))} | {"/found", "/missing%EF%BF%BD%EF%BF%BD[b]", "/x"}
    assert {visit.path for visit in asked.visits} - own == set()
    assert [visit.path for visit in asked.visits if "cookie" in visit.headers or "authorization" in visit.headers] == []
    assert [article.id for article in asked.aftermath.articles if "root:" in article.text] == []
    assert [article.url for article in asked.aftermath.articles if article.url and not article.url.startswith("http")] == []


def test_nothing_was_run_or_written_elsewhere(asked: Asked) -> None:
    assert not list(asked.aftermath.here.rglob("pwned"))
    assert sorted(path.name for path in asked.aftermath.here.iterdir()) == ["config.toml", "state"]


def test_asked_again_nothing_comes_twice(asked: Asked) -> None:
    assert asked.again == (1, b"")


@pytest.mark.terminal
def test_a_desk_shows_it_and_the_terminal_obeys_none_of_it(asked: Asked) -> None:
    assert commands_in(written_by_a_desk(asked.aftermath)) == []
