"""A headless Chromium, driven by its DevTools protocol: opens a page, presses keys, keeps what it asked for."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import shutil
import struct
import zlib
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pyte

ABSENT = "Chromium is not on this machine (Debian: apt-get install chromium)"
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# It asks nobody for anything of its own; a name of the world outside could not be looked up if a page tried.
_WORDS = (
    "--headless=new", "--no-sandbox", "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--disable-sync", "--disable-dev-shm-usage", "--mute-audio",
    "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--remote-debugging-port=0",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)  # fmt: skip
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*(?:u|\$p|m|t|q)|\x1b\[[0-9;]*\$p")
_KEYS = {"Escape": (27, ""), "Enter": (13, "\r"), "Tab": (9, "\t")}


def program() -> str | None:
    """Where it is."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


class Page:
    """One page of it.

    Attributes:
        asked: Addresses of everything it asked for.
        complaints: What its console said of errors and of what it was not allowed.
        screen: The terminal that came in over its websocket.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, process: Process) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.process = process
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self._socket, self._number = socket, 0
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._reading = asyncio.create_task(self._read())

    async def do(self, method: str, **parameters: Any) -> Any:
        """Give one command of the protocol."""
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        return await asyncio.wait_for(answer, 30)

    async def open(self, address: str, *, size: tuple[int, int] = (1200, 800), dark: bool = False) -> None:
        """Open an address in a window of so many pixels."""
        for domain in ("Page", "Network", "Runtime", "Log"):
            await self.do(f"{domain}.enable")
        await self.window(*size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.do("Emulation.setEmulatedMedia", features=[scheme])
        await self.do("Page.navigate", url=address)
        await self.until(lambda: self.run("document.readyState"), lambda state: state == "complete", "the page was not loaded")

    async def window(self, width: int, height: int) -> None:
        await self.do("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)

    async def run(self, script: str) -> Any:
        """Return what a script in the page comes to."""
        return (await self.do("Runtime.evaluate", expression=script, awaitPromise=True))["result"].get("value")

    async def press(self, *keys: str) -> None:
        """Press keys: letters, or names such as Escape."""
        for key in keys:
            code, text = _KEYS[key] if key in _KEYS else (ord(key.upper()), key)
            given = {"key": key, "windowsVirtualKeyCode": code, "text": text, "unmodifiedText": text}
            await self.do("Input.dispatchKeyEvent", type="keyDown", **given)
            await self.do("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    async def columns(self) -> int:
        """How many columns the desk in it was told to paint."""
        return int(self.screen.columns)

    async def sees(self, words: str, seconds: float = 20.0) -> None:
        """Wait until the desk in it shows words."""

        async def shown() -> str:
            return self.text

        await self.until(shown, lambda text: words in text, f"{words!r} was not seen", seconds)

    async def until(self, ask: Callable[[], Any], is_so: Callable[[Any], bool], complaint: str, seconds: float = 20.0) -> Any:
        end = asyncio.get_running_loop().time() + seconds
        while not is_so(found := await ask()):
            assert asyncio.get_running_loop().time() < end, (
                f"{complaint} within {seconds} s; the desk shows:\n{self.text}\n{found}"
            )
            await asyncio.sleep(0.1)
        return found

    async def picture(self, **clip: float) -> bytes:
        """Return a PNG of the window, or of a part of it (x, y, width, height)."""
        part = {"clip": clip | {"scale": 1}} if clip else {}
        return base64.b64decode((await self.do("Page.captureScreenshot", format="png", **part))["data"])

    def outside(self) -> list[str]:
        """Return what it asked for elsewhere than on this machine."""
        return [url for url in self.asked if not url.startswith("data:") and urlsplit(url).hostname != "127.0.0.1"]

    async def close(self) -> None:
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading

    async def _read(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            if "id" in said:
                answer = self._answers.pop(said["id"])
                if not answer.done():
                    answer.set_result(said.get("result", said))
            else:
                self._hear(said["method"], said["params"])

    def _hear(self, what: str, told: dict[str, Any]) -> None:
        match what:
            case "Network.requestWillBeSent":
                self.asked.append(told["request"]["url"])
            case "Network.webSocketCreated":
                self.asked.append(told["url"])
            case "Network.webSocketFrameReceived" if told["response"]["opcode"] == 2:
                self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", base64.b64decode(told["response"]["payloadData"])))
            case "Network.webSocketFrameSent" if told["response"]["payloadData"].startswith('["resize"'):
                size = json.loads(told["response"]["payloadData"])[1]
                self.screen.resize(size["height"], size["width"])
            case "Runtime.exceptionThrown":
                self.complaints.append(str(told["exceptionDetails"]))
            case "Log.entryAdded" if told["entry"]["level"] == "error":
                self.complaints.append(told["entry"]["text"])


@asynccontextmanager
async def chromium(folder: Path) -> AsyncIterator[Page]:
    """A browser with nothing remembered, and one page; it is ended with all its processes."""
    found = program()
    assert found, ABSENT
    process = await asyncio.create_subprocess_exec(
        found, *_WORDS, f"--user-data-dir={folder}", "about:blank", stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
    )
    try:
        port = await _port(folder / "DevToolsActivePort")
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                target = next(each for each in await answer.json() if each["type"] == "page")
            async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=2**26) as socket:
                page = Page(socket, process)
                yield page
                await page.close()
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _port(file: Path) -> int:
    for _ in range(300):
        with suppress(OSError, IndexError, ValueError):
            return int(file.read_text().splitlines()[0])  # noqa: ASYNC240 - one line
        await asyncio.sleep(0.1)
    raise AssertionError("Chromium did not start within 30 s")


def colours(png: bytes) -> int:
    """Return how many colours a PNG has (RGB or RGBA, 8 bits, not interlaced: what Chromium writes)."""
    place, data, width, height, kind = 8, b"", 0, 0, 0
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        name, body = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        if name == b"IHDR":
            width, height, _, kind = struct.unpack(">IIBB", body[:10])
        elif name == b"IDAT":
            data += body
        place += size + 12
    step = {2: 3, 6: 4}[kind]
    raw, before, seen = zlib.decompress(data), bytes(width * step), set[bytes]()
    for row in range(height):
        start = row * (width * step + 1)
        line = bytearray(raw[start + 1 : start + 1 + width * step])
        _unfilter(raw[start], line, before, step)
        seen |= {bytes(line[at : at + 3]) for at in range(0, len(line), step)}
        before = bytes(line)
    return len(seen)


def _unfilter(kind: int, line: bytearray, above: bytes, step: int) -> None:
    """Undo a row's filter in place (PNG specification, section 9)."""
    for at in range(len(line)):
        left = line[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        if kind == 1:
            line[at] = (line[at] + left) & 255
        elif kind == 2:
            line[at] = (line[at] + above[at]) & 255
        elif kind == 3:
            line[at] = (line[at] + (left + above[at]) // 2) & 255
        elif kind == 4:
            guess = left + above[at] - corner
            nearest = min((left, above[at], corner), key=lambda each: abs(guess - each))
            line[at] = (line[at] + nearest) & 255
