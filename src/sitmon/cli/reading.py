"""`sitmon read`: how articles are read; nothing is stored."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from sitmon.assessment.report_time import report_time
from sitmon.cli.invocation import Invocation, now
from sitmon.cli.printing import print_json, print_text
from sitmon.errors import ArticleError
from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article
from sitmon.sitrep.contract import reading_json
from sitmon.sitrep.reading import reading_text
from sitmon.sources.documents import documents_in
from sitmon.text.sanitise import sanitise


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    commands.command()(read)


def read(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Articles: .txt, .md, .jsonl; a folder stands for the files in it.")],
    json: Annotated[bool, typer.Option("--json", help="One JSON object for each article, in the order given.")] = False,
) -> int:
    """Show how articles are read: each claim with its region and the reason, its source, cue, modality and event.

    Example: sitmon read inbox/dispatch.txt
    """
    invocation: Invocation = context.obj
    reader = reader_for(invocation.settings.situation)
    failed = False
    for article in _articles(files):
        if isinstance(article, ArticleError):
            failed = True
            print(f"sitmon: {sanitise(str(article))}", file=sys.stderr)
            continue
        reading = reader.read(article)
        if json:
            basis = report_time(article, invocation.settings.situation.limits.future_minutes).basis
            print_json(reading_json(article, reading, basis))
        else:
            print_text(reading_text(article, reading))
    return int(failed)


def _articles(files: list[Path]) -> Iterator[Article | ArticleError]:
    """Yield every article of the files, and an error in the place of each that cannot be read."""
    for file in files:
        yield from documents_in(file, now())
