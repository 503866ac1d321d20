"""The six families of contested matters, in English and Arabic, from sentences to issues; and what must not contest.

One test a row: what one outlet says, what another says an hour later, and how many issues there are.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from sitmon.assessment.contested import issues_of
from sitmon.assessment.origins import Provenance
from sitmon.collector.careful import Reader
from sitmon.config import load
from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article, ArticleRef, TimeBasis
from sitmon.model.claim import RecordedClaim
from sitmon.model.situation import Situation

ROOT = Path(__file__).parents[1]
NOON = datetime(2024, 12, 7, 12, tzinfo=UTC)


@cache
def situation() -> Situation:
    return load(ROOT / "config.toml").situation


@cache
def reader() -> Reader:
    return reader_for(situation())


def claims(outlet: str, text: str, minutes: float) -> list[RecordedClaim]:
    language = "ar" if any("\u0600" <= letter <= "\u06ff" for letter in text) else "en"
    at = NOON + timedelta(minutes=minutes)
    reading = reader().read(Article("folder:in", outlet, text, at, outlet=outlet, language=language, published_at=at))
    ref = ArticleRef("folder:in", outlet, 1, None, outlet, None, None, language, 1)
    return [
        RecordedClaim(int(minutes) * 100 + place, ref, report.quote, report.start, report.end, place, report.kind, claim, at,
                      TimeBasis.PUBLISHED, at)
        for place, (report, claim) in enumerate((report, claim) for report in reading.reports for claim in report.claims)
    ]  # fmt: skip


def families(one: str, other: str) -> list[str]:
    found = [*claims("DEMO One", one, 0), *claims("DEMO Two", other, 60)]
    return [
        issue.id.partition(":")[0]
        for issue in issues_of(found, NOON + timedelta(hours=2), situation(), Provenance(situation()))
    ]


CONTESTED = [
    (
        "whereabouts",
        "President Assad is in Damascus, the presidency said.",
        "President Assad has fled Damascus, two diplomats said.",
    ),
    (
        "whereabouts",
        "President Assad has not left the country, his office said.",
        "Assad has left Damascus, the Observatory said.",
    ),
    (
        "whereabouts",
        "قالت الرئاسة إن الرئيس بشار الأسد موجود في دمشق.",
        "فرار الرئيس بشار الأسد من دمشق، بحسب المرصد.",
    ),
    (
        "control",
        "Rebel fighters captured Hama, the rebel alliance said.",
        "The army denied that Hama had been captured.",
    ),
    (
        "control",
        "The army withdrew from Hama, the Observatory said.",
        "The army still controls Hama, the defence ministry said.",
    ),
    (
        "control",
        "سيطرت الفصائل على حماة، بحسب المرصد.",
        "نفت وزارة الدفاع سيطرة الفصائل على حماة.",
    ),
    (
        "casualties",
        "A strike on Daraa killed 14 people, rescue workers said.",
        "The army said nobody was killed in Daraa.",
    ),
    (
        "casualties",
        "قتل 20 شخصا في درعا، بحسب الدفاع المدني.",
        "أعلن الجيش أنه لم تقع إصابات في درعا.",
    ),
    (
        "responsibility",
        "Israel was behind the strike on Daraa, the army said.",
        "Israel was not behind the strike on Daraa, Israel said.",
    ),
    (
        "responsibility",
        "The Red Front claimed responsibility for the blast in Homs.",
        "The Red Front was not behind the blast in Homs, police said.",
    ),
    (
        "agreement",
        "The two sides agreed to a ceasefire in Daraa, mediators said.",
        "The ceasefire in Daraa is over, residents said.",
    ),
    (
        "agreement",
        "The ceasefire in Daraa took effect, mediators said.",
        "The ceasefire in Daraa has collapsed, residents said.",
    ),
    (
        "agreement",
        "أعلن الوسطاء التوصل إلى هدنة في درعا.",
        "انهارت الهدنة في درعا، بحسب السكان.",
    ),
    (
        "office",
        "Governor Khaled Masri has resigned in Daraa, the rebel alliance said.",
        "The governor, Khaled Masri, remains in office, residents of Daraa said.",
    ),
]
UNCONTESTED = [
    (
        "President Assad is in Damascus, the presidency said.",
        "The foreign minister has fled Damascus, two diplomats said.",
    ),
    (
        "President Assad is in Damascus, the presidency said.",
        "President Assad may leave Damascus within days, diplomats said.",
    ),
    (
        "President Assad is in Damascus, the presidency said.",
        "Residents have fled Damascus, the Observatory said.",
    ),
    (
        "قالت الرئاسة إن الرئيس بشار الأسد موجود في دمشق.",
        "قال المرصد إن آلاف السكان غادروا دمشق.",
    ),
    (
        "Rebel fighters captured Hama, the rebel alliance said.",
        "The army denied that Homs had been captured.",
    ),
    (
        "Rebel fighters captured Hama, the rebel alliance said.",
        "Rebel fighters are trying to capture Homs, the Observatory said.",
    ),
    (
        "Rebel fighters captured Hama, the rebel alliance said.",
        "The capture of Hama was confirmed by the Observatory.",
    ),
    (
        "سيطرت الفصائل على حماة، بحسب المرصد.",
        "نفت وزارة الدفاع سيطرة الفصائل على حمص.",
    ),
    (
        "A strike on Daraa killed at least 10 people, rescue workers said.",
        "A strike on Daraa killed 14 people, a doctor said.",
    ),
    (
        "A strike on Daraa killed 14 people, rescue workers said.",
        "A strike on Nawa killed four people, the army said.",
    ),
    (
        "A strike in Daraa killed 14 people, rescue workers said.",
        "A strike in Daraa wounded four people, the army said.",
    ),
    (
        "قتل 20 شخصا في درعا، بحسب الدفاع المدني.",
        "أعلن الجيش أنه لم تقع إصابات في السويداء.",
    ),
    (
        "Israel was behind the strike on Daraa, the army said.",
        "Russia was not behind the strike on Daraa, Russia said.",
    ),
    (
        "The two sides agreed to a ceasefire in Daraa, mediators said.",
        "The ceasefire in Daraa is holding, residents said.",
    ),
    (
        "The two sides agreed to a ceasefire in Daraa, mediators said.",
        "A ceasefire could collapse within days, analysts said.",
    ),
    (
        "Governor Khaled Masri has resigned in Daraa, the rebel alliance said.",
        "Governor Hadi Saleh remains in office in Daraa, his office said.",
    ),
]


@pytest.mark.parametrize(("family", "one", "other"), CONTESTED, ids=lambda value: None)
def test_two_sayings_that_cannot_both_be_so_are_one_issue(family: str, one: str, other: str) -> None:
    assert families(one, other) == [family]


@pytest.mark.parametrize(("one", "other"), UNCONTESTED, ids=lambda value: None)
def test_two_sayings_that_may_both_be_so_are_none(one: str, other: str) -> None:
    assert families(one, other) == []
