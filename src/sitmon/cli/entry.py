"""Where `sitmon` begins: straight to the desk when nothing else is asked, else to the commands.

The desk's way imports neither the command-line library nor the configuration's: its first screen is there in little more
than the time the terminal library takes to load.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sitmon.errors import ConfigurationError, SitmonError
from sitmon.text.sanitise import sanitise

DONE, FAILED, WRONG_USAGE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Watch:
    """The desk as asked for on the command line."""

    config: Path | None = None
    state: Path | None = None
    plain: bool = False
    read_only: bool = False


def main() -> None:
    """Run the command line and exit with the contract's codes: 0 done, 1 failed, 2 wrong usage or configuration."""
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """Run one command line; errors become one sentence on stderr."""
    try:
        wanted = desk_wanted(words)
        if wanted is None:
            from sitmon.cli.commands import dispatch  # noqa: PLC0415 - typer is not needed for the desk

            return dispatch(words)
        from sitmon.cli.watching import watch  # noqa: PLC0415

        return watch(wanted)
    except SitmonError as error:
        return _failed(str(error), WRONG_USAGE if isinstance(error, ConfigurationError) else FAILED)
    except BrokenPipeError:
        # The reader of our output has gone (`sitmon export | head`): not worth a word.
        _say_no_more()
        return FAILED
    except OSError as error:
        # Such as a full disk under our output.
        _say_no_more()
        where = f"{error.filename}: " if error.filename else ""
        return _failed(f"{where}{error.strerror or error}")
    except KeyboardInterrupt:
        return 128 + 2


def desk_wanted(words: Sequence[str]) -> Watch | None:
    """Return what the desk is asked to be if the words ask for nothing but the desk, else None."""
    left, wanted, is_command_seen = list(words), Watch(), False
    while left:
        word = left.pop(0)
        name, has_value, value = word.partition("=")
        if name in ("--config", "--state") and not is_command_seen and (has_value or left):
            path = Path(value if has_value else left.pop(0))
            wanted = Watch(path, wanted.state) if name == "--config" else Watch(wanted.config, path)
        elif word == "watch" and not is_command_seen:
            is_command_seen = True
        elif word == "--plain" and is_command_seen:
            wanted = Watch(wanted.config, wanted.state, True, wanted.read_only)
        elif word == "--read-only" and is_command_seen:
            wanted = Watch(wanted.config, wanted.state, wanted.plain, True)
        else:
            return None
    return wanted


def _failed(sentence: str, code: int = FAILED) -> int:
    print(f"sitmon: {sanitise(sentence)}", file=sys.stderr)
    return code


def _say_no_more() -> None:
    """Let go of what is still to be printed: Python would try once more at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
