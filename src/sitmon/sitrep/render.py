"""A paper as Markdown, HTML, plain text or JSON. Layout is in templates/; here is what they may ask for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from sitmon.assessment.changes import Change
from sitmon.assessment.decided import family
from sitmon.assessment.sides import TOLL
from sitmon.model.board import Board, Issue
from sitmon.model.claim import RecordedClaim
from sitmon.sitrep.brief import freshness_words, own_words
from sitmon.sitrep.contract import Json, board_json, issue_json, line_json
from sitmon.sitrep.facts import counted, facts, short, since
from sitmon.sitrep.jsontext import as_json
from sitmon.sitrep.paper import Paper
from sitmon.sitrep.watch import Watch
from sitmon.sitrep.watchjson import alarms_json, entry_json, indicator_json, mended_json, span_json
from sitmon.text.bylines import named
from sitmon.text.sanitise import sanitise
from sitmon.text.times import BASIS, dtg, rfc3339

FORMATS = ("md", "html", "txt", "json")
# CommonMark's ASCII punctuation that could begin markup inside a line.
MARKUP = re.compile(r"([\\`*_\[\]<>#|~&])")
SCHEMA = "sitmon/sitrep-2"


def render(paper: Paper, form: str) -> str:
    """Return the paper in one of FORMATS; JSON follows `schema/sitrep.schema.json`.

    Outside text is sanitised, and escaped as the format needs: a title cannot become markup, a link cannot become a script.
    """
    if form == "json":
        return as_json(paper_json(paper)) + "\n"
    name = "handover" if paper.is_handover and paper.watch else "sitrep"
    return _templates().get_template(f"{name}.{form}.j2").render(paper=paper)


def board_page(board: Board, *, script: str | None = None, is_past: bool = False) -> str:
    """Return the board as a page of its own, readable on a phone, without a script, and by a screen reader.

    Args:
        board: As it may be told to whoever reads it.
        script: Address of what keeps the page up to date; without it, and without scripts, it is loaded anew every minute.
        is_past: It is the board of a moment of the past, which does not change any more.
    """
    return _templates().get_template("board.html.j2").render(board=board, script=script, is_past=is_past)


def paper_json(paper: Paper) -> Json:
    """Return the paper for programs: the board as in `brief --json`, and what a watch hands over beside it."""
    bottom = paper.bottom_line
    return {
        "schema": SCHEMA,
        "handover": paper.is_handover,
        "as_of": rfc3339(paper.board.as_of),
        "since": rfc3339(paper.since) if paper.since else None,
        "bottom_line": line_json(bottom) if bottom else None,
        "board": board_json(paper.board),
        "changes": [_change(change) for change in (*paper.changes, *paper.mended)],
        "log": [entry_json(entry) for entry in paper.log],
        "watch": _watch(paper.watch) if paper.watch else None,
    }


def _watch(watch: Watch) -> Json:
    return {
        "histories": [span_json(span) for history in watch.histories for span in history],
        "mended": [mended_json(one) for one in watch.mended],
        "ended": [issue_json(issue) | {"region": issue.region} for issue in watch.ended],
        "alarms": alarms_json(watch.alarms) if watch.alarms else None,
        "indicators": [indicator_json(one) for one in watch.indicators],
    }


def _change(change: Change) -> Json:
    return {
        "kind": change.kind.value,
        "region": change.region,
        "line": line_json(change.line) if change.line else None,
        "before": line_json(change.before) if change.before else None,
        "issue": issue_json(change.issue) if change.issue else None,
    }


@lru_cache(maxsize=1)
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("sitmon.sitrep"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {
        "clean": clean,
        "named": named,
        "md": markdown,
        "dtg": dtg,
        "rfc3339": rfc3339,
        "own": own_words,
        "who": who,
        "when": when,
        "basis": lambda recorded: BASIS[recorded.time_basis],
        "link": link,
        "stands": stands,
        "bars": bars,
        "counted": counted,
        "facts": facts,
        "short": short,
        "since": since,
    }
    templates.globals |= {"freshness_words": freshness_words}
    return templates


def clean(text: object) -> str:
    """Outside text on one line, without anything that could steer a terminal."""
    return " ".join(sanitise(str(text)).split())


def markdown(text: object) -> str:
    """Outside text on one line, nothing of it markup."""
    return MARKUP.sub(r"\\\1", clean(text))


def who(recorded: RecordedClaim) -> str:
    """Who says it, the outlet where nobody else does."""
    attribution = recorded.claim.attribution
    return named(attribution.text) if attribution else named(recorded.article.outlet or "the outlet itself")


def when(recorded: RecordedClaim) -> str:
    """The report time with its basis."""
    return f"{BASIS[recorded.time_basis]} {dtg(recorded.report_time)}"


def link(address: str) -> str | None:
    """An address that a reader may follow: http or https and nothing else."""
    return address if re.match(r"https?://[^\s\"'<>]+\Z", address) else None


def stands(issue: Issue, side: int) -> str:
    """How a side of a contested proposition, the first or the second, stands to it."""
    return (("the higher", "the lower") if family(issue.id) == TOLL else ("for it", "against it"))[side]


def bars(activity: Sequence[int]) -> list[int]:
    """Heights of an activity plot's bars, 0 to 20."""
    top = max(activity, default=0) or 1
    return [round(20 * count / top) for count in activity]
