"""The web server, put together and run until a signal ends it.

request ──► Gate (name, origin, password) ──┬──► BoardRoutes ◄── Boards ◄── record
                                            └──► DeskRoutes ──► a Viewer with a desk's process each
"""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from sitmon.config.settings import Settings
from sitmon.errors import SitmonError
from sitmon.store.opening import open_clock
from sitmon.text.hosting import in_brackets
from sitmon.web.access import access_for, password_from
from sitmon.web.boardroutes import BoardRoutes
from sitmon.web.boards import Boards
from sitmon.web.deskroutes import DeskRoutes
from sitmon.web.gate import Gate

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_GRACE_SECONDS = 0.3
# A request without a body, and headers of our own pages.
_LARGEST_BODY, _LONGEST_LINE = 1024, 8190


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the server listens, and how others reach it.

    Attributes:
        port: 0 for any that is free.
        public: The address that people elsewhere type, or None if there are none.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    public: str | None = None


def serve(settings: Settings, state: Path, command: Sequence[str], listening: Listening, notice: str | None = None) -> int:
    """Serve until a signal ends it.

    Args:
        settings: The situation.
        state: The state directory.
        command: Starts one viewer's desk.
        listening: Where.
        notice: What else whoever starts it should know, said on stderr once it listens.

    Returns:
        128 and the number of the signal.

    Raises:
        ConfigurationError: Others could look who should not, or the password cannot be used.
        SitmonError: The port is taken, or the address is not this machine's.
    """
    return asyncio.run(_serve(settings, state, command, listening, notice))


async def _serve(settings: Settings, state: Path, command: Sequence[str], listening: Listening, notice: str | None) -> int:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    by: list[int] = []

    def end(number: int) -> None:
        by.append(number)
        ended.set()

    # Before it listens: whoever was told the address may end it.
    for number in _SIGNALS:
        loop.add_signal_handler(number, end, number)
    password = password_from(settings.serve.password_file)
    boards = Boards(settings, state, open_clock)
    desks = DeskRoutes(command, settings.serve.viewers, lambda: boards.title)

    def app(port: int) -> web.Application:
        made = web.Application(client_max_size=_LARGEST_BODY)
        Gate(access_for(listening.host, port, listening.public, password)).stand_before(made)
        made.add_routes([*BoardRoutes(boards).routes(), *desks.routes(), web.get("/{path:.*}", _lost)])
        return made

    # Asked before anything listens: what is not allowed is said, not begun.
    access_for(listening.host, listening.port, listening.public, password)
    runner = await _started(app, listening)
    if notice:
        print(notice, file=sys.stderr, flush=True)
    try:
        await ended.wait()
    finally:
        await desks.close()
        await runner.cleanup()
        is_closed = boards.close()
    if not is_closed:
        # Python would wait for the thread that a database keeps waiting; nothing is written that could be lost.
        sys.stderr.flush()
        os._exit(128 + by[0])
    return 128 + by[0]


async def _lost(request: web.Request) -> web.Response:
    del request
    raise web.HTTPNotFound(text="Nothing is here: the desk is at /, the board at /board, for programs at /board.json.\n")


async def _started(app: Callable[[int], web.Application], listening: Listening) -> web.AppRunner:
    """Listen, and print where."""
    try:
        family, *_, address = socket.getaddrinfo(listening.host, listening.port, type=socket.SOCK_STREAM)[0]
        door = socket.create_server((str(address[0]), int(address[1])), family=family)
    except (OSError, UnicodeError) as error:
        raise SitmonError(_why(error, listening)) from error
    port = door.getsockname()[1]
    runner = web.AppRunner(
        app(port), access_log=None, handle_signals=False, shutdown_timeout=_GRACE_SECONDS, max_line_size=_LONGEST_LINE
    )
    await runner.setup()
    await web.SockSite(runner, door).start()
    name = in_brackets(listening.host)
    where = (listening.public or f"http://{name}:{port}").rstrip("/")
    print(f"The desk: {where}/  The board: {where}/board  It listens on {name}:{port}; ctrl+c ends it.", flush=True)
    if listening.public and listening.public.startswith("http:"):
        print("sitmon: the password travels unencrypted: put TLS before this server (docs/web.md)", file=sys.stderr)
    return runner


def _why(error: OSError | UnicodeError, listening: Listening) -> str:
    where = f"port {listening.port} of {listening.host}"
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return f"{where} is taken: end what listens there, or choose another with --port"
    if isinstance(error, OSError) and error.errno == errno.EACCES:
        return (
            f"{where} may only be used by root: choose one above 1023 with --port, and put a web server before it (docs/web.md)"
        )
    reason = getattr(error, "strerror", None) or error
    return f"{where} cannot be listened on ({reason}): --host takes an address of this machine"
