"""`sitmon read`: how articles are read; nothing is stored."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from sitmon.assessment.report_time import report_time
from sitmon.cli.invocation import Invocation, now
from sitmon.cli.printing import print_json, print_text
from sitmon.errors import ArticleError
from sitmon.extraction.explanation import explanations_of
from sitmon.extraction.reader import Reader, reader_for
from sitmon.extraction.trace import Trace
from sitmon.model.article import Article
from sitmon.sitrep.contract import reading_json
from sitmon.sitrep.explaining import explanation_json, explanation_text
from sitmon.sitrep.reading import reading_text
from sitmon.sources.documents import articles_of, documents_in
from sitmon.sources.files import read_all
from sitmon.text.sanitise import sanitise

_PLAIN = b"given.txt"  # what has no file is read as plain text


def add_to(commands: typer.Typer) -> None:
    """Add this group's commands."""
    commands.command()(read)


def read(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Articles: text, pages, mail, what agencies deliver; a folder for the files in it; - for standard input.",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        str,
        typer.Option(
            metavar="SENTENCE",
            help="Say of one sentence why it is read so: its number, its beginning, or words in it. Without files, any text.",
        ),
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object for each article, in the order given.")] = False,
) -> int:
    """Show how articles are read: each claim with its region and the reason, its source, cue, modality and event.

    Example: sitmon read inbox/dispatch.txt

    Example: sitmon read inbox/dispatch.txt --explain 3

    Example: sitmon read --explain "The dam has fallen, residents say."
    """
    if not files and not explain.strip():
        raise typer.BadParameter("name the articles' files, or a sentence with --explain", param_hint="files")
    invocation: Invocation = context.obj
    reader = reader_for(invocation.settings.situation)
    failed, found = False, False
    wanted = explain if files else None
    for article in _articles(files) if files else _given(explain):
        if isinstance(article, ArticleError):
            failed = True
            print(f"sitmon: {sanitise(str(article))}", file=sys.stderr)
            continue
        if explain:
            found = _explain(reader, article, wanted, json) or found
            continue
        reading = reader.read(article)
        if json:
            basis = report_time(article, invocation.settings.situation.limits.future_minutes).basis
            print_json(reading_json(article, reading, basis))
        else:
            print_text(reading_text(article, reading))
    if explain and not found and not failed:
        failed = True
        print(
            f"sitmon: no sentence has the number or the words {sanitise(explain)!r}; `sitmon read` numbers them.",
            file=sys.stderr,
        )
    return int(failed)


def _explain(reader: Reader, article: Article, wanted: str | None, json: bool) -> bool:
    """Explain the sentences of an article that are asked for, all for None; False if it has none of them."""
    traces: list[Trace] = []
    reading = reader.read(article, traces)
    explanations = list(explanations_of(reading, traces, wanted))
    for explanation in explanations:
        if json:
            print_json({"article": article.id} | explanation_json(explanation))
        else:
            print_text(explanation_text(article, explanation))
    return bool(explanations)


def _articles(files: list[Path]) -> Iterator[Article | ArticleError]:
    """Yield every article of the files, and an error in the place of each that cannot be read."""
    for file in files:
        if str(file) == "-":
            yield from _piped()
        else:
            yield from documents_in(file, now())


def _piped() -> Iterator[Article | ArticleError]:
    """Yield the text that comes from the standard input, or why it cannot be read."""
    if sys.stdin is None:  # it was closed
        yield ArticleError("-: there is no standard input")
        return
    try:
        data = read_all(sys.stdin.fileno())
    except ArticleError as error:
        yield ArticleError(f"-: {error}")
    else:
        yield from articles_of(data, _PLAIN, "-", now())


def _given(text: str) -> Iterator[Article | ArticleError]:
    """Yield a text that stands on the command line."""
    return articles_of(os.fsencode(text), _PLAIN, "the text given", now())
