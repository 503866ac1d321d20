"""`sitmon collect`, with a desk or without: what it says and with what it begins. Imports as little as it can."""

from __future__ import annotations

from collections.abc import Mapping

from sitmon.cli.printing import print_json, print_text
from sitmon.cli.wanted import Collect
from sitmon.collector.process import run
from sitmon.config.paths import locate, state_directory
from sitmon.config.placing import load_placed
from sitmon.text.sanitise import sanitise


def gather(wanted: Collect) -> int:
    """Collect until a signal comes, the end of the desk, or everything is read that is there; the exit code."""
    located = locate(wanted.config)
    state = state_directory(wanted.state, located)
    tell = print_json if wanted.json else told
    return run(load_placed(wanted.config, state), state, once=wanted.once, for_desk=wanted.for_desk, emit=tell)


def told(acknowledgement: Mapping[str, object]) -> None:
    """Print one line for a committed article."""
    title = sanitise(str(acknowledgement.get("title") or acknowledgement["id"]))
    print_text(f"recorded {title} (version {acknowledgement['version']})\n")
