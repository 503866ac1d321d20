"""`sitmon log` and `sitmon alarms`: what the watch writes, and what waits for its answer."""

from __future__ import annotations

from typing import Annotated

import typer

from sitmon.cli.board import moment_of
from sitmon.cli.invocation import Invocation
from sitmon.cli.listing import WholeSentences
from sitmon.cli.printing import print_json, print_text
from sitmon.config.author import author_of
from sitmon.model.alarm import AlarmState
from sitmon.model.person import LogEntry
from sitmon.sitrep.alarms import alarms_at
from sitmon.sitrep.watchjson import alarm_json, entry_json
from sitmon.sitrep.watchtext import alarm_text, entry_text

Since = Annotated[str | None, typer.Option(help="From when on: 2024-12-08T06:30Z or 080630ZDEC24.")]
Until = Annotated[str | None, typer.Option(help="Until when, not included.")]
_HIGHEST = 2**63 - 1  # of all numbers that a record can hold
Json = Annotated[bool, typer.Option("--json", help="JSON, one object a line.")]


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    words = "The log of the watch: read it, or add to it."
    group = typer.Typer(help=words, cls=WholeSentences, invoke_without_command=True, rich_markup_mode=None)
    group.callback()(log)
    group.command()(add)
    commands.add_typer(group, name="log")
    commands.command()(alarms)


def log(context: typer.Context, since: Since = None, until: Until = None, json: Json = False) -> None:
    """Print the log of the watch, oldest first.

    Example: sitmon log --since 080600ZDEC24
    """
    if context.invoked_subcommand:
        return
    invocation: Invocation = context.obj
    with invocation.desk() as desk:
        entries = desk.log(moment_of(since, "--since"), moment_of(until, "--until"))
    for entry in entries:
        if json:
            print_json(entry_json(entry))
        else:
            print_text(entry_text(entry, _titles(invocation)))


def add(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What is to be written.")],
    region: Annotated[str | None, typer.Option(help="Id of the region it is about.")] = None,
    claim: Annotated[int | None, typer.Option(help="Number of the claim it is about.")] = None,
    author: Annotated[str | None, typer.Option(help="Who writes [default: as configured, else the user's name].")] = None,
) -> None:
    """Add an entry to the log. It is never changed; a correction is a further entry.

    Example: sitmon log add "Relieved the night watch" --region damascus
    """
    invocation: Invocation = context.obj
    if not text.strip():
        raise typer.BadParameter("an entry needs words", param_hint="TEXT")
    known = _titles(invocation)
    if region is not None and region not in known:
        raise typer.BadParameter(f"no region {region!r} is configured; there are: {', '.join(known)}", param_hint="--region")
    if claim is not None and not 0 < claim <= _HIGHEST:
        raise typer.BadParameter(
            f"{claim} is no number of a claim; `sitmon issue list` and the desk show them", param_hint="--claim"
        )
    entry = LogEntry(invocation.now(), text.strip(), author or author_of(invocation.settings), region, claim)
    with invocation.desk() as desk:
        desk.write(entry)
    print_text(entry_text(entry, known))


def alarms(
    context: typer.Context,
    as_of: Annotated[str | None, typer.Option(help="As they stood then.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Acknowledged and shelved ones too.")] = False,
    json: Json = False,
) -> None:
    """Print the alarms that wait for an answer, newest first, each with its quote and source.

    Example: sitmon alarms --all
    """
    invocation: Invocation = context.obj
    at = moment_of(as_of, "--as-of") or invocation.now()
    with invocation.record() as record, invocation.desk() as desk:
        found = alarms_at(record, invocation.settings, at, desk.answers(until=at))
    for alarm in found.listed if every else found.unacknowledged:
        if json:
            print_json(alarm_json(alarm))
        else:
            print_text(alarm_text(alarm, at))
    if not json:
        counts = ", ".join(f"{len(found.of(state))} {state.value}" for state in AlarmState)
        print_text(f"{counts}; {found.hourly[-1]} raised in the last hour, {sum(found.hourly)} in 24 hours\n")


def _titles(invocation: Invocation) -> dict[str, str]:
    return {region.id: region.title for region in invocation.settings.situation.regions}
