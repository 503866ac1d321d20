"""`sitmon init` and `sitmon doctor`: a new situation's configuration, and what the machine and the sources are like."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from sitmon.cli.invocation import Invocation
from sitmon.cli.printing import print_text
from sitmon.config.template import new_configuration
from sitmon.errors import ConfigurationError
from sitmon.sitrep.current import health_of
from sitmon.sitrep.machine import machine_lines
from sitmon.sitrep.sourcelist import collector_facts
from sitmon.text.sanitise import sanitise
from sitmon.text.times import dtg

_FOLDER = "articles"
"""The folder that a new configuration watches."""


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    commands.command()(init)
    commands.command()(doctor)


def init(
    file: Annotated[Path, typer.Argument(help="The file to make.")] = Path("config.toml"),
    title: Annotated[str, typer.Option(help="What the situation is called.")] = "My situation",
) -> None:
    """Make the configuration of a new situation, and the folder its articles are dropped into.

    It is a small one that works at once, every key explained in it.

    Example: sitmon init flood.toml --title "Flood on the lower river"
    """
    folder = file.with_name(_FOLDER)
    try:
        with file.open("x", encoding="utf-8") as made:
            made.write(new_configuration(title))
    except FileExistsError:
        raise ConfigurationError(f"{file} is there already and stays as it is; name another file: sitmon init FILE") from None
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be written ({error.strerror}); name another file: sitmon init FILE") from error
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"{file} is made, but not the folder {folder} that it watches ({error.strerror}): make room, then make it."
        ) from error
    config, inbox = sanitise(str(file)), sanitise(str(folder))
    print_text(
        f"{config} and the folder {inbox} are made. Name your regions and their places in the one, drop articles into the "
        f"other, then: sitmon --config {config}\n"
    )


def doctor(context: typer.Context) -> int:
    """Say what this machine, this terminal, the paths and the sources are like, each trouble in one line.

    Example: sitmon doctor
    """
    invocation: Invocation = context.obj
    print_text("".join(f"{line}\n" for line in machine_lines()))
    print_text(f"configuration  {sanitise(str(invocation.located.path))}\n")
    print_text(f"state          {sanitise(str(invocation.state))}\n")
    try:
        print_text("".join(f"{line}\n" for line in _source_lines(invocation)))
    except ConfigurationError as error:
        print_text(f"trouble        {sanitise(str(error))} A desk that runs goes on with what was configured before.\n")
        return 2
    return 0


def _source_lines(invocation: Invocation) -> Iterator[str]:
    if not invocation.has_record:
        yield "record         none yet: run `sitmon` or `sitmon collect --once`"
        return
    with invocation.record() as record:
        counts = record.counts()
        yield f"record         {counts.articles:,d} articles, {counts.claims:,d} claims, {counts.unrouted:,d} without a region"
        for source in health_of(record, invocation.settings):
            last = f"last read {dtg(source.last_success)}" if source.last_success else "not read yet"
            error = f": {sanitise(source.error)}" if source.error else ""
            yield f"source         {sanitise(source.title)}: {source.health.value}, {source.items:,d} articles, {last}{error}"
        for one in record.collectors():
            words = f"collector      {sanitise(one.machine)}: {', '.join(collector_facts(one, invocation.now()))}"
            yield f"{words}, LATE: whoever comes next takes over" if one.is_late else words
        for finding in record.findings():
            yield f"document       {finding.kind.value} {sanitise(finding.locator)}: {sanitise(finding.sentence)}"
