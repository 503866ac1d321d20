"""`sitmon serve`: the desk in a browser, and the board as a page and as JSON."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sitmon.cli.invocation import Invocation
from sitmon.collector.lock import holder_of
from sitmon.config.compiled import load_compiled
from sitmon.extras import needing

_NOBODY = "sitmon: nobody collects at present: start sitmon collect with the same --config and --state, or open a desk."


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    commands.command()(serve)


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(help="Address to listen on; another than this machine's own needs --public.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any that is free.")] = 8765,
    public: Annotated[
        str | None, typer.Option(help="The address that people elsewhere type, https://NAME; needs a password (docs/web.md).")
    ] = None,
) -> int:
    """Show the desk in a browser, read-only, with the board as a page (/board) and as JSON (/board.json).

    Example: sitmon serve --port 8765
    """
    with needing("web", "serving"):
        from sitmon.web.server import Listening  # noqa: PLC0415 - an extra, and of no use to other commands
        from sitmon.web.server import serve as serve_the_desk  # noqa: PLC0415
    invocation: Invocation = context.obj
    # The desk's copy of the configuration is made now, so that no viewer waits for it.
    settings = load_compiled(invocation.config, invocation.state)
    is_fed = settings.store is not None or holder_of(invocation.state) is not None
    given = ("--config", str(invocation.config)) if invocation.config else ()
    command = (sys.executable, "-m", "sitmon", *given, "--state", str(invocation.state), "watch", "--for-browser")
    return serve_the_desk(settings, invocation.state, command, Listening(host, port, public), None if is_fed else _NOBODY)
