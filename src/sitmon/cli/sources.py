"""`sitmon sources`: how the sources are, what a feed is before it is followed, and subscription lists in and out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sitmon.cli.invocation import Invocation, now
from sitmon.cli.listing import WholeSentences
from sitmon.cli.printing import print_json, print_text
from sitmon.config.adding import NewFeed, append, tables_of
from sitmon.config.settings import Settings
from sitmon.errors import ArticleError, SitmonError, SourceError
from sitmon.model.health import Finding, SourceHealth
from sitmon.sitrep.current import health_of
from sitmon.sitrep.sourcelist import source_json, source_lines
from sitmon.sitrep.subscriptions import opml_of
from sitmon.text.sanitise import flowing, sanitise

Json = Annotated[bool, typer.Option("--json", help="JSON, one object a line.")]


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    words = "The sources: how they are, what a feed is, lists of feeds in and out."
    group = typer.Typer(help=words, cls=WholeSentences, invoke_without_command=True, rich_markup_mode=None)
    group.callback()(sources)
    group.command("list")(list_)
    group.command()(check)
    group.command("import")(import_)
    group.command()(export)
    commands.add_typer(group, name="sources")


def sources(context: typer.Context) -> None:
    """Print how every source is; the same as `sitmon sources list`.

    Example: sitmon sources
    """
    if not context.invoked_subcommand:
        list_(context)


def list_(context: typer.Context, json: Json = False) -> None:
    """Print how every source is: when it answered, when it is asked again, what is wrong, what of it could not be read.

    Example: sitmon sources list --json
    """
    invocation: Invocation = context.obj
    found, findings = _health(invocation)
    if json:
        for source in found:
            print_json(source_json(source, findings, invocation.settings))
    else:
        print_text("".join(f"{line}\n" for line in source_lines(found, findings, invocation.settings, invocation.now())))


def check(
    context: typer.Context,
    addresses: Annotated[list[str] | None, typer.Argument(help="Of feeds or sites. Left out: every configured feed.")] = None,
    json: Json = False,
) -> int:
    """Ask a feed once and say what it is, with a table to paste into the configuration; of a site, find its feeds.

    Nothing is stored. What a configured feed's server asked for (not to be asked before some time) is kept.

    Example: sitmon sources check https://example.org/
    """
    from sitmon.cli.checking import checked  # noqa: PLC0415 - the network is of no use to the other commands

    invocation: Invocation = context.obj
    return checked(invocation, addresses or (), is_json=json)


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="OPML", help="A feed reader's export; - reads standard input.")],
    into: Annotated[Path | None, typer.Option(help="The configuration to which the feeds are added.")] = None,
) -> None:
    """Print the feeds of a subscription list as tables for the configuration, or add them to it; known ones are left out.

    What stands in the configuration is not changed: the tables are written after it, all of them or none.

    Example: sitmon sources import subscriptions.opml --into config.toml
    """
    from sitmon.sources.addresses import address_of  # noqa: PLC0415 - parsers are of no use to the other commands
    from sitmon.sources.opml import subscriptions  # noqa: PLC0415

    invocation: Invocation = context.obj
    try:
        found = subscriptions(_content(file))
    except (SourceError, ArticleError) as error:
        raise SourceError(f"{file}: {error}") from error
    for sentence in found.refused:
        _say(f"left out: {sentence}")
    known = {address_of(feed.url).url for feed in _settings(invocation, into).feeds}
    new = [one for one in found.feeds if address_of(one.url).url not in known]
    tables = tables_of([NewFeed(one.url, one.title, note=" / ".join(one.folders) or None) for one in new])
    if into is not None and new:
        append(into, tables)
    elif new:
        print_text(tables)
    done = f"added to {into}" if into is not None and new else "new"
    same = f", {len(found.feeds) - len(new)} configured already" if len(new) < len(found.feeds) else ""
    twice = f", {found.repeated} more than once in the list" if found.repeated else ""
    refused = f", {len(found.refused)} left out" if found.refused else ""
    _say(f"{len(new)} feed{'' if len(new) == 1 else 's'} {done}{same}{twice}{refused}")


def export(context: typer.Context) -> None:
    """Print the configured feeds as OPML, which every feed reader takes.

    Example: sitmon sources export > subscriptions.opml
    """
    invocation: Invocation = context.obj
    titles = {source.id: source.title for source in _health(invocation)[0]}
    print_text(opml_of(invocation.settings, titles, now()))


def _health(invocation: Invocation) -> tuple[tuple[SourceHealth, ...], tuple[Finding, ...]]:
    if invocation.has_record:
        with invocation.record() as record:
            return health_of(record, invocation.settings), record.findings()
    return health_of(None, invocation.settings), ()


def _settings(invocation: Invocation, into: Path | None) -> Settings:
    return invocation.settings if into is None else Invocation(into, None).settings


def _content(file: Path) -> bytes:
    from sitmon.sources.files import LARGEST, read_regular  # noqa: PLC0415

    if str(file) != "-":
        return read_regular(bytes(file))
    content = sys.stdin.buffer.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise SitmonError(f"standard input holds more than {LARGEST // 1_048_576} MB")
    return content


def _say(sentence: str) -> None:
    print(f"sitmon: {sanitise(flowing(sentence))}", file=sys.stderr)
