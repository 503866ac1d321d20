"""`sitmon` and `sitmon watch`: the desk, or its changes as plain lines. Imports as little as it can (see entry.py)."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from sitmon.collector.lock import holder_of
from sitmon.config.compiled import load_compiled
from sitmon.config.paths import locate, state_directory

if TYPE_CHECKING:
    from sitmon.cli.wanted import Watch


def watch(wanted: Watch) -> int:
    """Open the desk on the configured situation; plain lines where there is no terminal to paint on."""
    located = locate(wanted.config)
    state = state_directory(wanted.state, located)
    settings = load_compiled(wanted.config, state)
    if wanted.for_browser:
        from sitmon.app.served import run_served  # noqa: PLC0415 - of no use to other desks

        return run_served(settings, state)
    collector = None if wanted.read_only else collector_command(wanted, str(state))
    holder = partial(holder_of, state)
    if wanted.plain or not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        from sitmon.app.plain import run as run_plain  # noqa: PLC0415

        return run_plain(settings, state, collector=collector, holder=holder)
    from sitmon.app.desk import run  # noqa: PLC0415

    return run(settings, state, read_only=wanted.read_only, collector=collector, holder=holder)


def collector_command(wanted: Watch, state: str) -> tuple[str, ...]:
    """Return the command line of a collector for this desk, by the same interpreter, configuration and state."""
    config = ("--config", str(wanted.config)) if wanted.config else ()
    return (sys.executable, "-m", "sitmon", *config, "--state", state, "collect", "--for-desk")
