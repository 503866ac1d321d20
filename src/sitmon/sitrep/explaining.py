"""Why a sentence was read as it was, as plain text of 80 columns and as JSON; printed by `sitmon read --explain`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Any

from sitmon.extraction.explanation import Explanation, Remark
from sitmon.model.article import Article
from sitmon.text.sanitise import sanitise

WIDTH = 80
_MARGIN = 14
_OF_CLAIM = 2


def explanation_text(article: Article, explanation: Explanation, width: int = WIDTH) -> str:
    """Return a sentence and, line by line, what was found in it and what each finding decided."""
    report = explanation.report
    head = f"{_flat(article.path or article.id)}, sentence {explanation.number}"
    lines = [head, "-" * min(width, len(head)), *_wrapped("", report.quote, 0, width), ""]
    lines += _remarks(explanation.remarks, 0, width)
    for number, (claim, remarks) in enumerate(zip(report.claims, explanation.claims, strict=True), start=1):
        words = f"“{article.text[claim.start : claim.end]}”"
        lines += ["", *_wrapped(f"claim {number}", words, 0, width), *_remarks(remarks, _OF_CLAIM, width)]
    return "\n".join(lines) + "\n\n"


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """Return what was found in a sentence, as `sitmon read --explain … --json` prints it."""
    return {
        "sentence": explanation.number,
        "quote": explanation.report.quote,
        "start": explanation.report.start,
        "end": explanation.report.end,
        "remarks": [_remark(one) for one in explanation.remarks],
        "claims": [[_remark(one) for one in remarks] for remarks in explanation.claims],
    }


def _remark(remark: Remark) -> dict[str, str]:
    return {"about": remark.about, "text": remark.text}


def _remarks(remarks: Iterable[Remark], indent: int, width: int) -> Iterator[str]:
    """Give one paragraph for each remark; what several are about is said once."""
    before = None
    for remark in remarks:
        yield from _wrapped("" if remark.about == before else remark.about, remark.text, indent, width)
        before = remark.about


def _wrapped(label: str, text: str, indent: int, width: int) -> list[str]:
    first = f"{'':{indent}}{label:{_MARGIN - indent}}" if label or indent or text else ""
    return wrap(_flat(text), width, initial_indent=first, subsequent_indent=" " * _MARGIN)


def _flat(text: str) -> str:
    return " ".join(sanitise(text).split())
