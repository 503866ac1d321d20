"""`sitmon collect`: the collector without a desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from sitmon.cli.invocation import Invocation, now
from sitmon.cli.printing import print_json
from sitmon.extras import needing
from sitmon.text.hosting import in_brackets

if TYPE_CHECKING:
    from sitmon.collector.measuring import Measures


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    commands.command()(collect)


def collect(
    context: typer.Context,
    once: Annotated[bool, typer.Option(help="Read what is there, then leave.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object for each committed article.")] = False,
    metrics: Annotated[
        str | None, typer.Option(metavar="[ADDRESS:]PORT", help="Tell figures of its work there, in OpenMetrics text.")
    ] = None,
    metrics_anywhere: Annotated[
        bool, typer.Option("--metrics-anywhere", help="Tell them to other machines too, if the address is not a loopback one.")
    ] = False,
) -> int:
    """Collect without a desk; one line for each committed article is its acknowledgement.

    Example: sitmon collect --once
    """
    # The collector's imports are of no use to other commands. What asks for nothing else never comes this way: see entry.py.
    from sitmon.cli.gathering import told  # noqa: PLC0415
    from sitmon.collector.measuring import Measures  # noqa: PLC0415
    from sitmon.collector.process import run  # noqa: PLC0415

    invocation: Invocation = context.obj
    if metrics is None:
        return run(invocation.settings, invocation.state, once=once, emit=print_json if json else told)
    measures = Measures(now())
    with _figures(measures, metrics, anywhere=metrics_anywhere):
        return run(invocation.settings, invocation.state, once=once, emit=print_json if json else told, measures=measures)


@contextmanager
def _figures(measures: Measures, address: str, *, anywhere: bool) -> Iterator[None]:
    with needing("metrics", "--metrics"):
        from sitmon.collector import metrics  # noqa: PLC0415 - an extra
    with metrics.told(measures, address, anywhere=anywhere) as (host, port):
        print(f"sitmon: figures of this collector at http://{in_brackets(host)}:{port}/metrics", file=sys.stderr, flush=True)
        yield
