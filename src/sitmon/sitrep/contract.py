"""Board, readings and articles as the JSON that programs rely on (the contract in docs/commands.md)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sitmon.model.article import Article, ArticleRef, TimeBasis
from sitmon.model.board import Board, Issue, RegionStatus, StatusLine
from sitmon.model.claim import Attribution, Claim, Reading, RecordedClaim, Report
from sitmon.model.health import SourceHealth
from sitmon.text.times import rfc3339

Json = dict[str, Any]


def board_json(board: Board, region: str | None = None) -> Json:
    """Return the board, or one region of it, as `sitmon brief --json` prints it."""
    return {
        "situation": board.situation,
        "as_of": _time(board.as_of),
        "regions": [_region(status) for status in board.regions if region in (None, status.region)],
        "unrouted": board.unrouted,
        "sources": [_source(source) for source in board.sources],
    }


def reading_json(article: Article, reading: Reading, basis: TimeBasis) -> Json:
    """Return an article and how it is read, as `sitmon read --json` prints it."""
    return {
        "article": article_json(article) | {"time_basis": basis.value},
        "reports": [_report(report) for report in reading.reports],
    }


def article_json(article: Article) -> Json:
    """Return one article version with its text, as `sitmon export` prints it and a folder source reads it back."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "path": article.path,
        "author": article.author,
        "language": article.language,
        "published_at": _time(article.published_at),
        "updated_at": _time(article.updated_at),
        "first_seen_at": _time(article.first_seen_at),
        "source": article.source,
        "version": article.version,
        "notice": article.notice.value if article.notice else None,
        **({"extent": article.extent.value} if article.extent else {}),
        "text": article.text,
    }


def _region(status: RegionStatus) -> Json:
    return {
        "region": status.region,
        "title": status.title,
        "status": line_json(status.status) if status.status else None,
        "contested": [issue_json(issue) for issue in status.contested],
        "freshness": status.freshness.value,
        "why": status.why.value if status.why else None,
        "new": status.new,
        "recent": [line_json(line) | {"superseded": line.superseded} for line in status.recent],
    }


def line_json(line: StatusLine) -> Json:
    """Return one status line."""
    recorded, claim = line.recorded, line.recorded.claim
    return {
        "quote": recorded.quote,
        "article": article_ref(recorded.article),
        "start": recorded.start,
        "end": recorded.end,
        "report_time": _time(recorded.report_time),
        "time_basis": recorded.time_basis.value,
        "attribution": line.attribution,
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "event": claim.event,
        "grade": line.grade,
        "outlets": line.outlets,
        "origins": line.origins,
        "reason": list(line.reason),
    }


def article_ref(article: ArticleRef) -> Json:
    """Return what an article is known by and found under."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "path": article.path,
        "version": article.version,
    }


def issue_json(issue: Issue) -> Json:
    """Return one contested proposition with its sides."""
    sentences = [{(claim.article, claim.start) for claim in side} for side in issue.sides]
    both = set.intersection(*sentences) if sentences else set()
    return {
        "id": issue.id,
        "proposition": issue.proposition,
        "state": issue.state.value,
        "ending": issue.ending.value if issue.ending else None,
        "note": issue.note,
        "since": _time(issue.since),
        "sides": [[_side(claim, (claim.article, claim.start) in both) for claim in side] for side in issue.sides],
    }


def _side(recorded: RecordedClaim, is_on_both: bool) -> Json:
    """One voice of a side; of a sentence that holds both sides, only the words of this one."""
    claim = recorded.claim
    own = recorded.quote[claim.start - recorded.start : claim.end - recorded.start]
    return {
        "quote": own if is_on_both else recorded.quote,
        "attribution": claim.attribution.text if claim.attribution else None,
        "article": article_ref(recorded.article),
        "report_time": _time(recorded.report_time),
    }


def _source(source: SourceHealth) -> Json:
    return {
        "id": source.id,
        "kind": source.kind,
        "health": source.health.value,
        "last_success": _time(source.last_success),
        "next_poll": _time(source.next_poll),
        "error": source.error,
    }


def _report(report: Report) -> Json:
    return {
        "quote": report.quote,
        "start": report.start,
        "end": report.end,
        "class": report.kind.value,
        "section": report.section,
        "claims": [_claim(claim) for claim in report.claims],
    }


def _claim(claim: Claim) -> Json:
    return {
        "start": claim.start,
        "end": claim.end,
        "regions": [{"region": route.region, "route": route.kind.value, "reason": route.reason} for route in claim.regions],
        "place": claim.place,
        "attribution": _attribution(claim.attribution) if claim.attribution else None,
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "certainty": claim.certainty.value,
        "auxiliary": claim.auxiliary.value,
        "event": claim.event,
    }


def _attribution(attribution: Attribution) -> Json:
    return {
        "text": attribution.text,
        "start": attribution.start,
        "end": attribution.end,
        "cue": attribution.cue,
        "class": attribution.kind.value,
        "via": attribution.via,
        "resolved": attribution.resolved,
    }


def _time(at: datetime | None) -> str | None:
    return rfc3339(at) if at else None
