"""One viewer: the process of their desk, what goes into it and what comes out. It ends with them, however they go.

browser ──► websocket ──► Viewer ──► stdin of `sitmon watch --for-browser` ──► stdout ──► Viewer ──► websocket ──► browser
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from textual_serve.app_service import AppService

from sitmon.web.access import VARIABLE

READY = b"__GANGLION__\n"
"""What Textual's driver for the web says before anything else."""

GROUNDS = {"0": "15;0", "1": "0;15"}
"""What the page says of the device, dark or light, in the words of terminals (COLORFGBG: letters; ground)."""

_LARGEST_PACKET = 16 * 2**20
_LAST_WORDS = 4096
_PATIENCE_SECONDS = 0.6
_COLUMNS, _ROWS = (20, 400), (6, 200)
# What a desk of the server's own terminal would go by, and what is nobody's business but the server's.
_NOT_HANDED_ON = (
    VARIABLE,
    "PAGER",
    "BROWSER",
    "DISPLAY",
    "TMUX",
    "STY",
    "NO_COLOR",
    "FORCE_COLOR",
    "LINES",
    "SSH_CONNECTION",
    "COLORFGBG",
)


class Viewer:
    """The desk of one viewer, while somebody looks at it.

    Attributes:
        fault: The last words of a desk that ended by a fault of its own, or None.
    """

    def __init__(
        self, command: Sequence[str], paint: Callable[[bytes], Awaitable[None]], tell: Callable[[str], Awaitable[None]]
    ) -> None:
        """Prepare a desk.

        Args:
            command: Starts it.
            paint: Hands on what it paints.
            tell: Hands on a message for the page, as JSON.
        """
        self.fault: str | None = None
        self._command, self._paint, self._tell = command, paint, tell
        self._process: Process | None = None
        self._words = b""
        self._stopping: asyncio.Task[None] | None = None

    async def start(self, columns: int, rows: int, ground: str | None = None) -> None:
        """Start it at the size of the browser's window, in cells, and for the ground that the device wants (one of GROUNDS)."""
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=environment_for(os.environ, _within(columns, _COLUMNS), _within(rows, _ROWS), ground),
            # Its own session: what ends the server from the keyboard is not sent to the desks, which the server sees out.
            start_new_session=True,
        )

    async def run(self) -> None:
        """Hand on what it paints until it ends."""
        process = self._running
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        listening = asyncio.create_task(self._listen())
        is_open = False
        with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            await process.stdout.readuntil(READY)
            is_open = True
            while await self._hand_on(process.stdout):
                pass
        await self.stop()
        if not is_open:
            with suppress(ConnectionError):
                await self._paint(
                    said_alone("The desk cannot be opened; why, is said where sitmon serve runs. There is /board.")
                )
        await listening
        if process.returncode not in (0, None, -signal.SIGTERM, -signal.SIGKILL) and self._words:
            self.fault = self._words.decode("utf-8", "replace").strip().splitlines()[-1]

    async def do(self, message: object) -> None:
        """Do what the page asks for: keys, another size, whether somebody looks. What is none of these is left aside."""
        match message:
            case ["stdin", str(typed)]:
                await self._send(b"D", typed.encode("utf-8", "replace"))
            case ["resize", {"width": int(columns), "height": int(rows)}]:
                size = {"type": "resize", "width": _within(columns, _COLUMNS), "height": _within(rows, _ROWS)}
                await self._send(b"M", json.dumps(size).encode())
            case ["focus" | "blur" as what, *_]:
                await self._send(b"M", json.dumps({"type": what}).encode())
            case _:
                pass

    async def stop(self) -> None:
        """See it out: its stdin ends, then it is told (SIGTERM), then ended (SIGKILL); takes less than two seconds."""
        if self._process is None:
            return
        # Whoever asks first does it, and no cancelled request may leave it half done.
        self._stopping = self._stopping or asyncio.create_task(_seen_out(self._process))
        await asyncio.shield(self._stopping)

    @property
    def _running(self) -> Process:
        if self._process is None:
            raise RuntimeError("not started")
        return self._process

    async def _send(self, kind: Any, payload: bytes) -> None:
        stdin = self._running.stdin
        if stdin is None or stdin.is_closing():
            return
        stdin.write(AppService.encode_packet(kind, payload))
        # One that has ended meanwhile is noticed by `run`.
        with suppress(ConnectionError):
            await stdin.drain()

    async def _hand_on(self, stdout: asyncio.StreamReader) -> bool:
        """Hand on one packet; whether there may be more."""
        head = await stdout.readexactly(5)
        size = int.from_bytes(head[1:], "big")
        if size > _LARGEST_PACKET:
            return False
        payload = await stdout.readexactly(size)
        if head[:1] == b"D":
            await self._paint(payload)
        elif head[:1] == b"M":
            match json.loads(payload):
                case {"type": "exit"}:
                    return False
                case {"type": "open_url", "url": str(url)} if url.startswith(("https://", "http://")):
                    await self._tell(json.dumps(["open_url", {"url": url, "new_tab": True}]))
        return True

    async def _listen(self) -> None:
        """Read what it complains of, so that it never waits for that; the end of it is kept."""
        stderr = self._running.stderr
        while stderr and (said := await stderr.read(_LAST_WORDS)):
            self._words = (self._words + said)[-_LAST_WORDS:]


async def _seen_out(process: Process) -> None:
    if process.stdin:
        process.stdin.close()
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            await asyncio.wait_for(process.wait(), _PATIENCE_SECONDS)
        except TimeoutError:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)
    await process.wait()


def said_alone(words: str) -> bytes:
    """Return what paints a sentence on an empty terminal."""
    return b"\x1b[2J\x1b[H\r\n  " + words.encode()


def environment_for(server: Mapping[str, str], columns: int, rows: int, ground: str | None = None) -> dict[str, str]:
    """Return the environment of a viewer's desk: the server's, without its password and its terminal."""
    kept = {name: value for name, value in server.items() if name not in _NOT_HANDED_ON and not name.startswith("TEXTUAL")}
    return kept | {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "COLUMNS": str(columns),
        "ROWS": str(rows),
        "PYTHONUTF8": "1",
        **({"COLORFGBG": ground} if ground else {}),
    }


def _within(number: int, limits: tuple[int, int]) -> int:
    return min(max(number, limits[0]), limits[1])
