"""`sitmon issue`: what is contested, and what a person decides on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from sitmon.assessment.decided import family
from sitmon.cli.invocation import Invocation
from sitmon.cli.listing import WholeSentences
from sitmon.cli.printing import print_json, print_text
from sitmon.config.author import author_of
from sitmon.model.board import Issue
from sitmon.model.claim import RecordedClaim
from sitmon.model.person import Decision, DecisionKind
from sitmon.sitrep.contract import issue_json
from sitmon.sitrep.current import board_now, matters_now
from sitmon.text.sanitise import sanitise
from sitmon.text.times import dtg

_NOTE = typer.Option(help="Why, in your own words; kept with the decision.")
_AUTHOR = typer.Option(help="Who decides it [default: as configured, else the user's name].")
Note = Annotated[str | None, _NOTE]
Author = Annotated[str | None, _AUTHOR]


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    words = "Show what is contested, and decide on it: join, split, resolve."
    group = typer.Typer(help=words, cls=WholeSentences, rich_markup_mode=None)
    group.command("list")(list_)
    for command in (join, split, resolve, reopen):
        group.command()(command)
    commands.add_typer(group, name="issue")


def list_(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="One JSON object for each.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Also what is on one side only, to be joined with another.")] = False,
) -> None:
    """Print what is contested or has just ceased to be, each with its id and the numbers of its claims.

    Example: sitmon issue list --all
    """
    invocation: Invocation = context.obj
    at, attention = invocation.now(), invocation.attention()
    with invocation.record() as record:
        board = board_now(record, invocation.settings, at, attention)
        matters = matters_now(record, invocation.settings, at, attention) if every else {}
    issues = [issue for region in board.regions for issue in region.contested]
    others = {id: claims for id, claims in sorted(matters.items()) if id not in {issue.id for issue in issues}}
    if json:
        for issue in issues:
            print_json(issue_json(issue) | {"region": issue.region})
        for id, claims in others.items():
            print_json({"id": id, "state": "uncontested", "claims": [claim.id for claim in claims]})
    else:
        print_text("".join(_listed(issue) for issue in issues) + _others(others) or "Nothing is contested.\n")


def join(
    context: typer.Context,
    issue: Annotated[str, typer.Argument(help="Id of the matter that is part of the other.")],
    into: Annotated[str, typer.Argument(help="Id of the other.")],
    note: Note = None,
    author: Author = None,
) -> None:
    """Join two matters: what one is about is what the other is about.

    Example: sitmon issue join "control:the old bridge" "control:the bridge"
    """
    invocation: Invocation = context.obj
    _known(invocation, issue, into)
    if family(issue) != family(into):
        raise typer.BadParameter(f"{issue!r} and {into!r} are of two kinds; only matters of one kind can be joined")
    if issue == into:
        raise typer.BadParameter(f"{issue!r} is one matter already")
    _decide(
        invocation,
        Decision(DecisionKind.JOINED, issue, invocation.now(), into=into, note=note, author=_by(invocation, author)),
    )


def split(
    context: typer.Context,
    issue: Annotated[str, typer.Argument(help="Id of the matter.")],
    claims: Annotated[list[int], typer.Argument(help="Numbers of its claims that are about something else.")],
    note: Note = None,
    author: Author = None,
) -> None:
    """Split claims off a matter: they are about something else, together.

    Example: sitmon issue split "control:the bridge" 4711 4715
    """
    invocation: Invocation = context.obj
    there = {claim.id for claim in _known(invocation, issue)[issue]}
    if strange := sorted(set(claims) - there):
        numbers = ", ".join(map(str, strange))
        raise typer.BadParameter(f"{numbers} is no claim on {issue!r}; `sitmon issue list --all` shows their numbers")
    decision = Decision(
        DecisionKind.SPLIT,
        issue,
        invocation.now(),
        claims=tuple(claims),
        note=note,
        author=_by(invocation, author),
    )
    _decide(invocation, decision)


def resolve(
    context: typer.Context,
    issue: Annotated[str, typer.Argument(help="Id of the matter.")],
    note: Annotated[str, typer.Option(help="How it was resolved, in your own words; shown with it.")],
    author: Author = None,
) -> None:
    """Resolve a matter: it is shown as resolved with the note for six hours, then closed, until it is contested anew.

    Example: sitmon issue resolve "control:the bridge" --note "Two of ours crossed it at noon."
    """
    invocation: Invocation = context.obj
    _known(invocation, issue)
    _decide(
        invocation,
        Decision(DecisionKind.RESOLVED, issue, invocation.now(), note=note, author=_by(invocation, author)),
    )


def reopen(
    context: typer.Context,
    issue: Annotated[str, typer.Argument(help="Id of the matter.")],
    note: Note = None,
    author: Author = None,
) -> None:
    """Take back what was decided on a matter: joined, split or resolved.

    Example: sitmon issue reopen "control:the bridge"
    """
    invocation: Invocation = context.obj
    with invocation.desk() as desk:
        decided = {id for one in desk.decisions() for id in (one.issue, one.into) if id}
    if issue not in decided:
        raise typer.BadParameter(f"nothing was decided on {issue!r}")
    _decide(
        invocation,
        Decision(DecisionKind.REOPENED, issue, invocation.now(), note=note, author=_by(invocation, author)),
    )


def _by(invocation: Invocation, author: str | None) -> str | None:
    return author or author_of(invocation.settings)


def _known(invocation: Invocation, *ids: str) -> Mapping[str, Sequence[RecordedClaim]]:
    """Return the matters there are; raises a usage error for an id that is none."""
    with invocation.record() as record:
        matters = matters_now(record, invocation.settings, invocation.now(), invocation.attention())
    for id in ids:
        if id not in matters:
            raise typer.BadParameter(f"there is no matter {id!r}; `sitmon issue list --all` shows all ids")
    return matters


def _decide(invocation: Invocation, decision: Decision) -> None:
    with invocation.desk() as desk:
        desk.decide(decision)
    print_text(f"{sanitise(decision.issue)}: {decision.kind.value} {dtg(decision.at)}\n")


def _listed(issue: Issue) -> str:
    ending = f", {issue.ending.value}" if issue.ending else ""
    note = f" ({sanitise(issue.note)})" if issue.note else ""
    since = f" since {dtg(issue.since)}" if issue.since else ""
    lines = [f"{sanitise(issue.id)}  {issue.state.value.upper()}{ending}{note}{since}: {sanitise(issue.proposition)}"]
    lines += [_voice(mark, claim) for mark, side in zip("+-", issue.sides, strict=False) for claim in side]
    return "\n".join(lines) + "\n"


def _others(matters: Mapping[str, Sequence[RecordedClaim]]) -> str:
    lines = []
    for id, claims in matters.items():
        lines += [f"{sanitise(id)}  uncontested", *(_voice(" ", claim) for claim in claims)]
    return "".join(f"{line}\n" for line in lines)


def _voice(mark: str, recorded: RecordedClaim) -> str:
    said = recorded.claim.attribution
    who = said.text if said else recorded.article.outlet or recorded.article.source
    return f"  {mark} {recorded.id}  {dtg(recorded.report_time)} {sanitise(who)}: “{sanitise(recorded.quote)}”"
