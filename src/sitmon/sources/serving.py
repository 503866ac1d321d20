"""Serving: the other end of apart.py, the process in which one task after another is done, and which may be ended at any.

It imports what its tasks need and no more: it is begun anew whenever one has brought it down.
"""

from __future__ import annotations

import importlib
import os
import pickle
import resource
import select
import signal
import struct
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from sitmon.errors import SourceError
from sitmon.sources.shapes import written

# Stands before each task and each answer: its length in bytes.
LENGTH = struct.Struct("<I")
# What an answer begins with: the result, or the sentence that says why there is none.
RESULT, _SENTENCE = b"=", b"!"
# Of memory, for all it may hold; a sound task needs a fifth of it.
_MOST_MEMORY = 1024 * 1024 * 1024
# What libraries leave behind is cleared by a new process after so many tasks, and after so many seconds without one.
_MOST_TASKS, _IDLE = 2000, 60


def serve(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Do one task after another, until there are no more."""
    for _ in range(_MOST_TASKS):
        if not select.select([tasks], [], [], _IDLE)[0]:
            return
        head = tasks.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return
        task = tasks.read(*LENGTH.unpack(head))
        if not task:
            return
        answer = _done(task)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _done(task: bytes) -> bytes:
    module, name, given, named, longest = pickle.loads(task)  # noqa: S301 - from the collector that started us
    # An alarm that nobody catches ends the process even where it is deep in a library.
    signal.setitimer(signal.ITIMER_REAL, longest)
    try:
        return RESULT + written(getattr(importlib.import_module(module), name)(*given, **named))
    except SourceError as error:
        sentence = str(error)
    except MemoryError:
        sentence = "it needs more memory than is allowed"
    except Exception as fault:  # whatever it is, it is said of that document
        sentence = f"a fault in sitmon keeps it from being read ({type(fault).__name__}: {str(fault)[:200]}); report this"
    return _SENTENCE + written(sentence)


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
    if os.getpgrp() == os.getpid():
        # Nothing that a task has begun outlives what it was begun in.
        os.killpg(0, signal.SIGKILL)
