"""`sitmon search`, `export`, `count`, `check`: the record, looked through and verified."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sitmon.cli.invocation import Invocation
from sitmon.cli.printing import print_json, print_text
from sitmon.config.settings import Settings
from sitmon.sitrep.contract import article_json
from sitmon.store.damage import is_suspected
from sitmon.store.sqlite import RECORD_NAME, sqlite_version
from sitmon.text.bylines import named
from sitmon.text.sanitise import sanitise
from sitmon.text.times import dtg

AsJson = Annotated[bool, typer.Option("--json", help="JSON, one object a line (docs/commands.md).")]


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    for command in (search, export, count, check):
        commands.command()(command)


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Words that must all occur, in title or text.")],
    json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many at most.")] = 50,
) -> None:
    """Search everything ever seen, newest first.

    Example: sitmon search "Homs bridge" --json
    """
    invocation: Invocation = context.obj
    with invocation.record() as record:
        hits = record.search(query, limit)
        if not hits:
            print(f"sitmon: nothing holds {sanitise(query)}", file=sys.stderr)
        for hit in hits:
            article = hit.article
            if json:
                stored = record.article(article.source, article.id, article.version)
                print_json(article_json(stored.article if stored else article) | {"excerpt": hit.excerpt})
            else:
                when = dtg(article.published_at or article.first_seen_at)
                head = f"{when}  {named(article.outlet or 'outlet unknown')}  {sanitise(article.title or article.id)}"
                print_text(f"{head}\n    {sanitise(' '.join(hit.excerpt.split()))}\n")


def export(context: typer.Context, json: AsJson = True) -> None:  # noqa: ARG001 - JSON lines are the only form; the flag says so
    """Print every article version with its text, in the order it was recorded, one JSON object a line.

    Example: sitmon export > everything.jsonl
    """
    invocation: Invocation = context.obj
    with invocation.record() as record:
        for article in record.articles():
            print_json(article_json(article))


def count(context: typer.Context, json: AsJson = False) -> None:
    """Count what the record holds.

    Example: sitmon count
    """
    invocation: Invocation = context.obj
    with invocation.record() as record:
        counts = record.counts()
    figures = {name: getattr(counts, name) for name in ("articles", "versions", "reports", "claims", "unrouted")}
    if json:
        print_json(figures)
    else:
        print_text("".join(f"{name:10s}{figure:>10,d}\n" for name, figure in figures.items()))


def check(context: typer.Context) -> int:
    """Verify configuration and record: every hash, every key, every slice, no duplicate. Exit code 0 if whole, else 1.

    Example: sitmon check
    """
    invocation: Invocation = context.obj
    regions = len(invocation.settings.situation.regions)
    print_text(f"configuration: {sanitise(invocation.settings.situation.title)}, {regions} regions\n")
    unknown = _unknown_events(invocation.settings)
    print_text("".join(f"configuration: {sanitise(fault)}\n" for fault in unknown))
    print_text(f"SQLite {sqlite_version()}\n")
    if not invocation.has_record:
        print_text("record: none yet\n")
        return int(bool(unknown))
    with invocation.record() as record:
        faults = record.check()
    print_text("".join(f"record: {sanitise(fault)}\n" for fault in faults) or "record: whole\n")
    if is_suspected(invocation.state / RECORD_NAME):
        print_text(
            f"record: {RECORD_NAME} is set aside, not deleted, and begun anew from what is sound when a collector starts\n"
        )
    return int(bool(faults or unknown))


def _unknown_events(settings: Settings) -> list[str]:
    """Return a sentence for each event that an indicator looks for and no word list tells: it would never be seen."""
    from sitmon.extraction.words.lexicon import languages, lexicon_of  # noqa: PLC0415 - only this command needs the word lists

    known = sorted({kind for language in languages() for kind in lexicon_of(language).section("events")["types"]})
    return [
        f'indicator "{one.title}" looks for the event {event}, which is none; there are: {", ".join(known)}'
        for one in settings.indicators
        for event in one.events
        if event not in known
    ]
