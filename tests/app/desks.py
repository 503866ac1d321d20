"""A desk on a hand-made board, driven without a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from textual.pilot import Pilot

from sitmon.app.app import DeskApp
from sitmon.app.archive import Archive
from sitmon.app.glyphs import UNICODE
from sitmon.app.looks import Looks
from sitmon.app.present import Present
from sitmon.app.screens.board import BoardScreen
from sitmon.app.themes import load_theme
from sitmon.assessment.pieces import Pieces
from sitmon.config.settings import Notify, Settings
from sitmon.model.board import Board, RegionStatus, StatusLine
from sitmon.model.health import AtWork, Finding, FindingKind, SourceHealth
from sitmon.model.person import Answer, Attention, Decision, LogEntry, Mark
from sitmon.model.situation import Region, Situation
from sitmon.store.record import Arrived, StoredArticle
from tests.app.boards import NOW, SITUATION, board

NOBODY = Notify()


class Shelf:
    """A record of a few articles."""

    def __init__(self, *articles: StoredArticle, findings: tuple[Finding, ...] = ()) -> None:
        self._articles = {(each.article.source, each.article.id): each for each in articles}
        self._findings = findings

    def cursor(self) -> int:
        return 1

    def article(self, source: str, id: str, version: int | None = None) -> StoredArticle | None:
        return self._articles.get((source, id))

    def collectors(self) -> tuple[AtWork, ...]:
        return ()

    def findings(self, source: str | None = None) -> tuple[Finding, ...]:
        return self._findings

    def arrived(self, since: datetime, until: datetime, *_: object, **__: object) -> Arrived:
        return Arrived()

    def sources(self, at: datetime | None = None) -> tuple[SourceHealth, ...]:
        return ()

    def refused(self) -> int:
        return sum(finding.kind is FindingKind.REFUSED for finding in self._findings)

    def close(self) -> None:
        pass


class Notebook:
    """Marks on paper."""

    def __init__(self) -> None:
        self.made: list[Mark] = []
        self.given: list[Answer] = []
        self.decided: list[Decision] = []
        self.entries: list[LogEntry] = []

    def cursor(self) -> int:
        return len(self.made) + len(self.decided)

    def mark(self, mark: Mark) -> None:
        self.made.append(mark)

    def attention(self) -> Attention:
        return Attention({mark.region: mark.claim for mark in self.made}, decisions=self.decisions())

    def marks(self, since: datetime | None = None) -> tuple[Mark, ...]:
        return tuple(self.made)

    def answer(self, *answers: Answer) -> None:
        self.given += answers

    def decide(self, decision: Decision) -> None:
        self.decided.append(decision)

    def decisions(self) -> tuple[Decision, ...]:
        return tuple(self.decided)

    def answers(self, since: datetime | None = None, until: datetime | None = None) -> tuple[Answer, ...]:
        return tuple(self.given)

    def write(self, entry: LogEntry) -> None:
        self.entries.append(entry)

    def log(self, since: datetime | None = None, until: datetime | None = None) -> tuple[LogEntry, ...]:
        return tuple(self.entries)

    def close(self) -> None:
        pass


class Stage:
    """What the desk is shown; `board` may be changed at any time."""

    def __init__(self, first: Board | None = None, shelf: Shelf | None = None) -> None:
        self.board = first or board()
        self.now = NOW
        self.notebook = Notebook()
        self.shelf = shelf or Shelf()

    def assess(self, _record: Any, _settings: Settings, at: datetime, attention: Attention) -> Pieces[Board]:
        yield
        return replace(self.board, as_of=at, regions=tuple(_seen(each, attention) for each in self.board.regions))

    def app(self, notify: Notify = NOBODY, **more: Any) -> DeskApp:
        regions = tuple(Region(each.region, each.title) for each in self.board.regions)
        settings = Settings(None, Situation(SITUATION, regions=regions), notify=notify)
        record: Any = self.shelf
        notebook: Any = self.notebook
        present = Present(settings, record, notebook, lambda: self.now, assess=self.assess)
        return DeskApp(present, Looks(UNICODE, load_theme("dark")), Archive(lambda: record), **more)


def _seen(region: RegionStatus, attention: Attention) -> RegionStatus:
    upto = attention.seen.get(region.region, 0)

    def looked_at(line: StatusLine) -> StatusLine:
        return replace(line, is_new=line.is_new and line.recorded.id > upto)

    return replace(
        region,
        status=looked_at(region.status) if region.status else None,
        recent=tuple(map(looked_at, region.recent)),
        new=region.new if region.last > upto else 0,
    )


def text_of(app: DeskApp) -> str:
    """Return what is on the screen, line by line."""
    _width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    assert len(lines) == height
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines[:height])


@asynccontextmanager
async def desk(stage: Stage, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    """Open the desk on a stage; what would be a toast or a crash of one is a failure."""
    async with stage.app().run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield pilot


def shown(pilot: Pilot[None]) -> str:
    """Return what the desk shows."""
    return text_of(pilot.app)  # type: ignore[arg-type]


def title(text: str) -> str:
    """Return the title line of the current pane: the one with the heavy rule."""
    return next(line for line in text.splitlines() if "━" in line)


def current(pilot: Pilot[None]) -> str:
    """Return the id of the region that the keys go to."""
    screen = pilot.app.screen
    assert isinstance(screen, BoardScreen)
    return screen.area.region


def marked(text: str) -> list[str]:
    """Return the lines that are chosen."""
    return [line for line in text.splitlines() if "▸" in line]
