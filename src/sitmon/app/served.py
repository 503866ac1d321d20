"""The desk for one viewer in a browser: the same screens, painted into a pipe that the web server hands on; it only reads.

web server ── stdin: keys, size (its end is this desk's end) ──► served desk ── stdout: pictures ──► web server ──► browser
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from textual.drivers.web_driver import WebDriver

from sitmon.app.app import DeskApp
from sitmon.app.archive import Archive
from sitmon.app.commands import keymap
from sitmon.app.looks import looks_for_here
from sitmon.app.marking import PATIENCE_MILLISECONDS
from sitmon.app.permission import IN_A_BROWSER
from sitmon.app.present import Present
from sitmon.app.terminal import when_gone
from sitmon.app.themes import theme_on
from sitmon.assessment.pieces import Pieces
from sitmon.config.settings import Settings
from sitmon.errors import SitmonError, StoreError
from sitmon.model.board import Board
from sitmon.model.health import Finding
from sitmon.sitrep.current import board_in_pieces
from sitmon.sitrep.discreet import Discretion
from sitmon.store.opening import open_all, open_reader
from sitmon.store.record import RecordReader

_GRACE_SECONDS = 1.0
_GONE = 129


def run_served(settings: Settings, state: Path) -> int:
    """Show the desk to one viewer until they go, or the server does.

    Args:
        settings: The situation, with or without its gazetteer.
        state: The state directory; nothing is written to it.

    Returns:
        The exit status: 0, or 129 if the server has gone.

    Raises:
        SitmonError: Keys or theme cannot be used, the record cannot be meant, or the desk met a fault of its own.
    """
    gc.disable()
    telling = Telling(settings, state)
    keys = keymap(settings.keys, str(settings.origin or "config.toml"))
    beside = settings.origin.parent if settings.origin else None
    # The terminal in a browser leaves right-to-left letters as they are stored; `[desk] bidi` is about the one at the desk.
    looks = looks_for_here(theme_on(os.environ.get("COLORFGBG"), settings.desk.theme), beside, settings.desk.glyphs, "desk")

    def reader() -> RecordReader:
        return cast("RecordReader", Discreet(open_reader(settings, state), telling))

    def assess(record: RecordReader, current: Settings, *asked: Any) -> Pieces[Board]:
        telling.go_by(current)
        board = yield from board_in_pieces(record, current, *asked)
        return telling.discretion.board(board)

    opened = open_all(settings, state, PATIENCE_MILLISECONDS)
    record, desk = (cast("Any", Discreet(door, telling)) for door in (opened.record, opened.desk))
    present = Present(settings, record, desk, opened.now, permission=IN_A_BROWSER, assess=assess, mirror=opened.mirror)
    present.tells = telling.words
    app = DeskApp(
        present,
        looks,
        Archive(reader),
        rebound=settings.keys,
        bound=keys,
        guard=_guard,
        state=state,
        driver=WebDriver,
    )
    try:
        app.run(mouse=settings.desk.mouse)
    finally:
        app.following.stop()
        present.close()
    return _status_of(app)


def _status_of(app: DeskApp) -> int:
    if app.fault:
        # The end of the traceback, on one line: where, and what.
        raise SitmonError(f"the desk ended by a fault of its own ({' '.join(app.fault.split()[-40:])})")
    return app.return_code or 0


def _guard(leave: Callable[[int], None]) -> None:
    """Leave when the server has gone, however it went; without Textual, should that not get there."""

    def begin() -> None:
        watchdog = threading.Timer(_GRACE_SECONDS, os._exit, (_GONE,))
        watchdog.daemon = True
        watchdog.start()
        leave(_GONE)

    when_gone(0, begin)


class Telling:
    """What may be told of the machine as it is configured at present: an edited configuration names other folders.

    Attributes:
        discretion: Goes by the settings of now.
    """

    def __init__(self, settings: Settings, state: Path) -> None:
        """Begin with these settings."""
        self.discretion = Discretion(settings, state)
        self._settings, self._state = settings, state

    def go_by(self, settings: Settings) -> None:
        """Go by these settings from now on."""
        if settings is not self._settings:
            self._settings, self.discretion = settings, Discretion(settings, self._state)

    def words(self, text: str) -> str:
        """Return a sentence as it may be told now."""
        return self.discretion.words(text)


class Discreet:
    """A record, or what people wrote, that tells nothing of the machine it lies on."""

    def __init__(self, inner: object, telling: Telling) -> None:
        """Ask `inner`, and hand on its answers."""
        self._inner, self._telling = inner, telling

    def collectors(self) -> tuple[()]:
        """Return no collectors: on which machines they are at work is nobody's business here."""
        return ()

    def __getattr__(self, name: str) -> object:
        asked = getattr(self._inner, name)
        return self._asking(asked) if callable(asked) else asked

    def _asking(self, asked: Callable[..., object]) -> Callable[..., object]:
        def ask(*words: Any, **named: Any) -> object:
            try:
                return self._told(asked(*words, **named))
            except StoreError as error:
                raise StoreError(self._telling.words(str(error))) from error

        return ask

    def _told(self, answer: object) -> object:
        if isinstance(answer, tuple) and answer and isinstance(answer[0], Finding):
            told = self._telling.discretion
            found = cast("tuple[Finding, ...]", answer)
            return tuple(replace(one, source=told.named(one.source), sentence=told.words(one.sentence)) for one in found)
        # Sources keep their ids until the board is made of them (Discretion.board).
        return answer
