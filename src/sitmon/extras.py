"""What is only there if its extra was installed: told in a sentence where the library is missing, and only there.

What else cannot be imported is a fault of sitmon's own and stays one: nobody is sent to install what they have.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from sitmon.errors import ConfigurationError

# An extra (pyproject.toml), its libraries as they are imported, and what they are to a person.
_EXTRAS = {
    "metrics": (("prometheus_client",), "prometheus-client"),
    "postgres": (("psycopg",), "PostgreSQL's driver"),
    "web": (("aiohttp", "textual_serve"), "textual-serve"),
}
_LONGEST = 200


@contextmanager
def needing(extra: str, what: str) -> Iterator[None]:
    """Have the imports within be answered for by an extra.

    Args:
        extra: Its name.
        what: What needs it, as the sentence begins.

    Raises:
        ConfigurationError: A library of it is missing, or does not load.
        ImportError: Anything else.
    """
    try:
        yield
    except ImportError as error:
        libraries, name = _EXTRAS[extra]
        is_of_it = _package(error.name) in libraries
        if not is_of_it and _package(_raised_in(error.__traceback__)) == _package(__name__):
            raise
        is_missing = is_of_it and isinstance(error, ModuleNotFoundError)
        state = "is not installed" if is_missing else f"does not load ({' '.join(str(error).split())[:_LONGEST]})"
        raise ConfigurationError(f"{what} needs {name}, which {state}: pip install 'sitmon[{extra}]'.") from error


def _package(module: str | None) -> str:
    return (module or "").partition(".")[0]


def _raised_in(trace: TracebackType | None) -> str:
    """Return the module in which an error arose."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return str(trace.tb_frame.f_globals.get("__name__", "")) if trace is not None else ""
