"""What is copied of a line: the quote as its source has it, who says it, who published it, when, and its address. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from sitmon.app.display import Item
from sitmon.app.views.words import outlet, speaker, timed
from sitmon.model.article import Article
from sitmon.model.board import Issue, RegionStatus
from sitmon.model.claim import RecordedClaim
from sitmon.text.sanitise import flowing
from sitmon.text.times import dtg, rfc3339


def citation(recorded: RecordedClaim) -> str:
    """Return a claim as it is pasted into a message or a paper: quote, source, time, address; a line each."""
    article = recorded.article
    source = f"{speaker(recorded)}, {outlet(recorded)}" if recorded.claim.attribution else outlet(recorded)
    when = f"{timed(recorded, dtg(recorded.report_time))} ({rfc3339(recorded.report_time)})"
    return _pasted(
        (f"“{recorded.quote}”", f"{recorded.claim.modality.value.upper()}: {source}", when, article.url or article.path)
    )


def citation_of(region: RegionStatus, item: Item | None) -> str | None:
    """Return what an item of a region is copied as, or None if there is nothing of that name in it any more."""
    issue = next((each for each in region.contested if item == ("issue", each.id)), None)
    if issue:
        return issue_citation(issue)
    lines = (line for line in (region.status, *region.recent) if line)
    line = next((line for line in lines if item == ("claim", line.recorded.id)), None)
    return citation(line.recorded) if line else None


def issue_citation(issue: Issue) -> str:
    """Return both sides of what is contested."""
    sides = ("\n\n".join(map(citation, side)) for side in issue.sides)
    headed = (f"Side {number}\n{side}" for number, side in enumerate(sides, 1))
    return _pasted((f"{issue.state.value.upper()}: {issue.proposition}",)) + "\n\n" + "\n\n".join(headed)


def article_citation(article: Article, quote: str | None = None) -> str:
    """Return a sentence of an article, or its title, with outlet, time and address."""
    at = article.published_at or article.first_seen_at
    basis = "published" if article.published_at else "first seen"
    return _pasted(
        (
            f"“{quote}”" if quote else article.title,
            article.outlet,
            f"{basis} {dtg(at)} ({rfc3339(at)})",
            article.url or article.path,
        )
    )


def paragraphs(text: str) -> str:
    """Return a text with its line ends, and everything else that could command a terminal made visible."""
    return "\n".join(flowing(line) for line in text.splitlines())


def _pasted(lines: Iterable[str | None]) -> str:
    return "\n".join(_verbatim(line) for line in lines if line)


def _verbatim(text: str) -> str:
    """Return a text as it was written but for controls: whatever it is pasted into, a shell among them, nothing is executed."""
    return text if text.isprintable() else "".join(each if each > "\x9f" else flowing(each) for each in text)
