"""The record's door: what comes in is made storable without losing an article or moving an offset, and it is said.

Lone surrogates (half of a pair, from careless JSON) cannot be written as UTF-8: each becomes U+FFFD, one for one, so that every
offset still holds. A sentence that is no slice of its article, or a claim outside its sentence, is left out of the pass; the
article itself is always recorded.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from sitmon.model.article import Article, SentenceTime
from sitmon.model.claim import Claim, Reading, Report
from sitmon.store.rows import claim_texts

_SURROGATE = re.compile("[\ud800-\udfff]")
_T = TypeVar("_T")


def is_storable(article: Article, reading: Reading) -> bool:
    """Say whether an article and its reading can be stored as they are: the quick look before `storable` does it thoroughly."""
    of_article = (article.source, article.id, article.title, article.outlet, article.url, article.path, article.author)
    texts = [article.text, *of_article, article.language, *reading.credits, *reading.unknown]
    for report in reading.reports:
        texts += (report.quote, report.section)
        for claim in report.claims:
            texts += claim_texts(claim)
    try:
        "".join(filter(None, texts)).encode()
    except UnicodeEncodeError:
        return False
    return True


def storable(value: _T) -> tuple[_T, str | None]:
    """Return a value with all its texts fit to be stored, and what had to be done, in words, or None."""
    clean = _clean(value)
    if clean is value:
        return value, None
    return clean, "half characters (lone surrogates) were replaced by the sign U+FFFD; all else is as the source wrote it"


def sound(
    article: Article, reading: Reading, times: tuple[SentenceTime, ...]
) -> tuple[Reading, tuple[SentenceTime, ...], str | None]:
    """Return a reading and its times without what contradicts the article's text, and what was left out, in words."""
    if len(times) != len(reading.reports):
        lost = "the reading was left out: it does not have one time for each sentence"
        return Reading((), reading.credits, reading.unknown), (), lost
    kept = [(report, clocks) for report, clocks in zip(reading.reports, times, strict=True) if _is_slice(article, report)]
    reports = tuple(_with_sound_claims(article, report) for report, _ in kept)
    lost_claims = sum(len(report.claims) for report in reading.reports) - sum(len(report.claims) for report in reports)
    if len(kept) == len(reading.reports) and not lost_claims:
        return reading, times, None
    lost_reports = len(reading.reports) - len(kept)
    words = f"{lost_reports} sentences and {lost_claims} claims were left out: they do not match the article's text"
    return replace(reading, reports=reports), tuple(clocks for _, clocks in kept), words


def _is_slice(article: Article, report: Report) -> bool:
    return 0 <= report.start <= report.end and report.quote == article.text[report.start : report.end]


def _with_sound_claims(article: Article, report: Report) -> Report:
    claims = tuple(claim for claim in report.claims if _fits(article, report, claim))
    return report if len(claims) == len(report.claims) else replace(report, claims=claims)


def _fits(article: Article, report: Report, claim: Claim) -> bool:
    said = claim.attribution
    is_inside = report.start <= claim.start <= claim.end <= report.end
    return is_inside and (said is None or (said.start >= 0 and said.text == article.text[said.start : said.end]))


def _clean(value: Any) -> Any:
    """Return the value itself if it is clean, else a copy with its texts replaced, however deep they lie."""
    if isinstance(value, str):
        return value if isinstance(value, Enum) or not _SURROGATE.search(value) else _SURROGATE.sub("\ufffd", value)
    if isinstance(value, tuple):
        parts = tuple(_clean(part) for part in value)
        return value if all(new is old for new, old in zip(parts, value, strict=True)) else parts
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for field in fields(value):
            old = getattr(value, field.name)
            if (new := _clean(old)) is not old:
                changed[field.name] = new
        return replace(value, **changed) if changed else value
    return value
