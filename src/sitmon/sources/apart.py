"""Apart: what outsiders have made is taken apart in a process of its own, which may hang, swell or die without harm.

collector ─► one task on its stdin ─► the function, under an alarm ─► its result as plain data, or a sentence ─► collector

The process is started when it is first needed, ends by itself when a task takes too long, when its collector is gone, or when
it was idle, and is made anew for the next task.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import sys
from contextlib import suppress
from typing import Any, TypeVar

from sitmon.errors import SourceError
from sitmon.sources.serving import LENGTH, RESULT
from sitmon.sources.shapes import OtherShapeError, read

# Seconds for one task; a hundred times what the largest sound feed takes.
LONGEST = 8
# Seconds for one that was killed to be gone.
_FAREWELL = 1.0
# Bytes of an answer; of the largest sound document it takes a fifth.
_LARGEST = 256 * 1024 * 1024
_LONGEST_SENTENCE = 2000
# Where the process begins: without what only this side needs.
_SERVING = "sitmon.sources.serving"

_T = TypeVar("_T")


class NoProcessError(SourceError):
    """The machine has no process to spare just now; it is no fault of what was to be taken apart."""


class Apart:
    """One process for one thing after another."""

    def __init__(self, longest: float = LONGEST) -> None:
        """Allow so many seconds for a task."""
        self._longest = longest
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def call(self, shape: type[_T], function: str, *given: Any, **named: Any) -> _T:
        """Return what a function says of the arguments.

        Args:
            shape: What it returns (see shapes.py).
            function: "module:name"; the module is not imported here, nor what it needs.
            given: For it.
            named: The same.

        Raises:
            NoProcessError: None can be begun just now.
            SourceError: As the function raises it, or because it took too long, too much memory, or died, or gave what is none.
        """
        task = pickle.dumps((*function.split(":"), given, named, self._longest))
        async with self._turn:
            answer = await self._ask(task)
            # It comes from our own child, which a document may have got hold of.
            try:
                if answer.startswith(RESULT):
                    return read(answer[len(RESULT) :], shape)
                sentence = read(answer[len(RESULT) :], str)
            except OtherShapeError as error:
                await self.close()
                raise SourceError(f"what came of it is not what was asked for ({error}), and is not read") from error
        raise SourceError(sentence[:_LONGEST_SENTENCE])

    async def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            # With what it has begun itself, which holds its pipes open.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        if process is not None:
            # What has fled into a session of its own is not waited for.
            with suppress(TimeoutError):
                async with asyncio.timeout(_FAREWELL):
                    await process.wait()

    async def _ask(self, task: bytes) -> bytes:
        for is_last in (False, True):
            was_running = self._process is not None and self._process.returncode is None
            process = self._process if self._process is not None and was_running else await self._start()
            assert process.stdin is not None  # noqa: S101 - it was asked for
            assert process.stdout is not None  # noqa: S101
            try:
                process.stdin.write(LENGTH.pack(len(task)) + task)
                await process.stdin.drain()
                (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
                if length > _LARGEST:
                    await self.close()
                    raise SourceError("more came of it than of any document, and is not read")
                return await process.stdout.readexactly(length)
            except asyncio.CancelledError:
                await self.close()
                raise
            except (OSError, asyncio.IncompleteReadError) as error:
                await self.close()
                # One that had been idle may have ended just then.
                if is_last or not was_running or process.returncode == -signal.SIGALRM:
                    raise SourceError(_why(process.returncode, self._longest)) from error
        raise SourceError("it cannot be read")

    async def _start(self) -> asyncio.subprocess.Process:
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                _SERVING,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                # The signals that a terminal sends to all its processes are the collector's.
                start_new_session=True,
            )
        except OSError as error:
            words = f"this machine can begin no process to take it apart ({error.strerror}); it is tried again"
            raise NoProcessError(words) from error
        return self._process


def _why(code: int | None, longest: float) -> str:
    if code == -signal.SIGALRM:
        return f"it took longer than {longest:g} s to take apart, and is not read"
    return "it brought down the process that was to take it apart, and is not read"
