"""`sitmon db`: setting up the database that several desks and collectors share."""

from __future__ import annotations

from typing import Annotated

import typer

from sitmon.cli.copying import copy
from sitmon.cli.invocation import Invocation
from sitmon.cli.listing import WholeSentences
from sitmon.cli.printing import print_text
from sitmon.errors import ConfigurationError
from sitmon.store.opening import set_up_database
from sitmon.text.sanitise import sanitise

Users = list[str]


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    words = "The database that several desks and collectors share."
    group = typer.Typer(help=words, cls=WholeSentences, rich_markup_mode=None)
    group.command("init")(init)
    group.command("copy")(copy)
    commands.add_typer(group, name="db")


def init(
    context: typer.Context,
    collector: Annotated[
        Users, typer.Option(metavar="NAME", help="A user who is to collect; may be given several times.")
    ] = [],  # noqa: B006
    desk: Annotated[
        Users, typer.Option(metavar="NAME", help="A user who is to sit at a desk; may be given several times.")
    ] = [],  # noqa: B006
    viewer: Annotated[Users, typer.Option(metavar="NAME", help="A user who is only to look; may be given several times.")] = [],  # noqa: B006
) -> None:
    """Make tables, roles and rights in the database that [store] url names. What is there stays: it may be run at any time.

    Example: sitmon db init --collector collect1 --desk ada --desk bo --viewer wall
    """
    invocation: Invocation = context.obj
    url = invocation.settings.store
    if url is None:
        raise ConfigurationError(
            f'{invocation.located.path} names no database: write url = "postgresql://user@host/name" under [store].'
        )
    for line in set_up_database(url, {"collector": collector, "desk": desk, "viewer": viewer}):
        print_text(f"{sanitise(line)}\n")
