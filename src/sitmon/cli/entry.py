"""Where `sitmon` begins: straight to the desk or its collector when nothing else is asked, else to the commands.

Their way imports neither the command-line library nor the configuration's: the desk's first screen is there in little more
than the time the terminal library takes to load, and the collector does not carry them about for weeks.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from errno import EMFILE

from sitmon.cli.wanted import collector_wanted, desk_wanted
from sitmon.errors import ConfigurationError, SitmonError
from sitmon.text.sanitise import sanitise

DONE, FAILED, WRONG_USAGE = 0, 1, 2
COMPLETING = "_SITMON_COMPLETE"
"""Set by a shell that asks how a command line may go on."""


def main() -> None:
    """Run the command line and exit with the contract's codes: 0 done, 1 failed, 2 wrong usage or configuration."""
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:  # noqa: PLR0911 - one way out for each kind of end
    """Run one command line; errors become one sentence on stderr."""
    try:
        return _begun(words)
    except SitmonError as error:
        return _failed(str(error), WRONG_USAGE if isinstance(error, ConfigurationError) else FAILED)
    except BrokenPipeError:
        # The reader of our output has gone (`sitmon export | head`): not worth a word.
        _say_no_more()
        return FAILED
    except OSError as error:
        # Such as a full disk under our output.
        _say_no_more()
        _let_go(error)
        if error.errno == EMFILE:
            return _failed("there are too few files that it may open at once: raise the limit (ulimit -n, LimitNOFILE)")
        where = f"{error.filename}: " if error.filename else ""
        return _failed(f"{where}{error.strerror or error}")
    except MemoryError:
        return _failed(
            "there is not enough memory for this: end what else takes some, or raise the limit (ulimit -v, MemoryMax)"
        )
    except KeyboardInterrupt:
        return 128 + 2
    except Exception as fault:
        if sys.flags.dev_mode:
            # python -X dev -m sitmon: for whoever mends it.
            raise
        return _failed(_fault_in_words(fault))


def _begun(words: Sequence[str]) -> int:
    """Import what was asked for, and nothing else."""
    is_completing = COMPLETING in os.environ
    if not is_completing and (desk := desk_wanted(words)) is not None:
        from sitmon.cli.watching import watch  # noqa: PLC0415

        return watch(desk)
    if not is_completing and (collector := collector_wanted(words)) is not None:
        from sitmon.cli.gathering import gather  # noqa: PLC0415

        return gather(collector)
    from sitmon.cli.commands import dispatch  # noqa: PLC0415

    return dispatch(words)


def _failed(sentence: str, code: int = FAILED) -> int:
    print(f"sitmon: {sanitise(sentence)}", file=sys.stderr)
    return code


def _fault_in_words(fault: Exception) -> str:
    """Say what a fault of our own was, and in which of our lines."""
    where, step = "", fault.__traceback__
    while step is not None:
        module = str(step.tb_frame.f_globals.get("__name__"))
        where = f" at {module}:{step.tb_lineno}" if module.startswith("sitmon") else where
        step = step.tb_next
    said = " ".join(str(fault).split())[:200]
    return f"a fault in sitmon stopped it ({type(fault).__name__}{where}{': ' if said else ''}{said}); report this"


def _say_no_more() -> None:
    """Let go of what is still to be printed: Python would try once more at its end, and complain."""
    output = sys.stdout.fileno()
    # Closed first: where no more files may be opened, this one still may.
    os.close(output)
    nothing = os.open(os.devnull, os.O_WRONLY)
    if nothing != output:
        os.dup2(nothing, output)


def _let_go(error: OSError) -> None:
    """Let go of what was half made when it failed: an event loop that got too few files complains of them as it goes."""
    hook, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            error.__traceback__ = None
    finally:
        sys.unraisablehook = hook


if __name__ == "__main__":
    main()
