"""Apart: what outsiders have made is taken apart in a process of its own, which may hang, swell or die without harm.

collector ─► one task on its stdin ─► the function, under an alarm ─► its result, or a sentence ─► collector

The process is started when it is first needed, ends by itself when a task takes too long, when its collector is gone, or when
it was idle, and is made anew for the next task.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import pickle
import resource
import select
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from sitmon.errors import SourceError

# Seconds for one task; a hundred times what the largest sound feed takes.
LONGEST = 8
_LENGTH = struct.Struct("<I")
# Of memory, for all it may hold; a sound task needs a fifth of it.
_MOST_MEMORY = 1024 * 1024 * 1024
# What libraries leave behind is cleared by a new process after so many tasks, and after so many seconds without one.
_MOST_TASKS, _IDLE = 2000, 60


class Apart:
    """One process for one thing after another."""

    def __init__(self, longest: float = LONGEST) -> None:
        """Allow so many seconds for a task."""
        self._longest = longest
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def call(self, function: str, *given: Any, **named: Any) -> Any:
        """Return what a function says of the arguments.

        Args:
            function: "module:name"; the module is not imported here, nor what it needs.
            given: For it.
            named: The same.

        Raises:
            SourceError: As the function raises it, or because it took too long, too much memory, or died.
        """
        task = pickle.dumps((*function.split(":"), given, named, self._longest))
        async with self._turn:
            answer = await self._ask(task)
        # It comes from our own code in our own child.
        is_fault, result = pickle.loads(answer)  # noqa: S301
        if is_fault:
            raise SourceError(result)
        return result

    async def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
        if process is not None:
            await process.wait()

    async def _ask(self, task: bytes) -> bytes:
        for is_last in (False, True):
            was_running = self._process is not None and self._process.returncode is None
            process = self._process if self._process is not None and was_running else await self._start()
            assert process.stdin is not None  # noqa: S101 - it was asked for
            assert process.stdout is not None  # noqa: S101
            try:
                process.stdin.write(_LENGTH.pack(len(task)) + task)
                await process.stdin.drain()
                (length,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
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
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            __name__,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # The signals that a terminal sends to all its processes are the collector's.
            start_new_session=True,
        )
        return self._process


def serve(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Do one task after another, until there are no more."""
    for _ in range(_MOST_TASKS):
        if not select.select([tasks], [], [], _IDLE)[0]:
            return
        head = tasks.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return
        task = tasks.read(*_LENGTH.unpack(head))
        if not task:
            return
        answer = _done(task)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(_LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _done(task: bytes) -> bytes:
    module, name, given, named, longest = pickle.loads(task)  # noqa: S301 - from the collector that started us
    # An alarm that nobody catches ends the process even where it is deep in a library.
    signal.setitimer(signal.ITIMER_REAL, longest)
    try:
        answer = False, getattr(importlib.import_module(module), name)(*given, **named)
    except SourceError as error:
        answer = True, str(error)
    except MemoryError:
        answer = True, "it needs more memory than is allowed"
    except Exception as fault:  # whatever it is, it is said of that document
        answer = True, f"a fault in sitmon keeps it from being read ({type(fault).__name__}: {str(fault)[:200]}); report this"
    return pickle.dumps(answer)


def _why(code: int | None, longest: float) -> str:
    if code == -signal.SIGALRM:
        return f"it took longer than {longest:g} s to take apart, and is not read"
    return "it brought down the process that was to take it apart, and is not read"


if __name__ == "__main__":
    # A pipe that closes means that the collector is gone.
    with suppress(BrokenPipeError, KeyboardInterrupt):
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        # What the code that is called prints is no answer, and what it might read is no task of its.
        tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
        with Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        os.dup2(2, 1)
        serve(tasks, answers)
