"""Arabic articles, read whole: places behind clitics and beside ambiguous words, negation, futures, the words of the outlet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitmon.config import load
from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article
from sitmon.model.claim import Auxiliary, Claim, Modality, Polarity, ReportClass, RouteKind
from sitmon.model.situation import Situation


@pytest.fixture(scope="module")
def situation() -> Situation:
    return load(Path(__file__).parents[2] / "config.toml").situation


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("انفجرت عبوة بحمص صباح الأحد.", "west"),
        ("وبالسويداء أُحرق مركز للشرطة ليلاً.", "south"),
        ("وصلت شاحنات للقنيطرة فجراً.", "south"),
        ("قُتل جندي قرب إزرع أمس.", "south"),
        ("فرّ مئات من سكان نوى بعد القصف.", "south"),
        ("نزحت عائلات من السلمية ليلاً.", "west"),
        ("توقفت العمليات في مستشفى تدمر أمس.", "west"),
        ("سقط صاروخ غربي دمشق مساءً.", "damascus"),
        ("قُطع الطريق في ريف درعا الغربي صباحاً.", "south"),
        ("دمّرت غارة جسراً في بلدة تقع على بعد 160 كيلومتراً شمالي دمشق.", None),
        ("شنّ مقاتلو أحرار الشام هجوماً على بلدة صوران بريف حماة.", "west"),
        ("قصفت الطائرات مدينة الرقة ظهراً.", None),
        ("توفي جريحان في مشفى نوى الوطني.", "south"),
        ("نُقل الجرحى إلى شهبا مساءً.", "south"),
        ("اندلعت معارك جنوب السلمية.", "west"),
        ("وصلت تعزيزات إلى مدينة إزرع قادمة من دمشق.", "south"),
        ("اصطفت السيارات في شارع بغداد بالعاصمة السورية.", "damascus"),
        ("نقلت مجلة عن مسؤولين أميركيين قولهم إن الأسد قد يستقيل.", "international"),
        ("تصرّ دمشق على أن الجبهات متماسكة في حماة.", "west"),
        ("قصف مدفعي على بلدة الغارية الغربية.", "south"),
        ("يخلي الأمن العسكري مقره في السويداء.", "south"),
    ],
)
def test_a_place_is_found_behind_its_clitics_and_a_reference_is_none(
    situation: Situation, text: str, region: str | None
) -> None:
    routes = [route.region for claim in _claims(situation, text) for route in claim.regions if route.kind is RouteKind.PRIMARY]
    assert routes == ([region] if region else [])


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("لم يدخل الجيش المدينة.", Polarity.NEGATIVE),
        ("لن تغادر القوات المطار.", Polarity.NEGATIVE),
        ("لا يزال الجيش يسيطر على المطار.", Polarity.POSITIVE),
        ("ما زالت القوات في القاعدة.", Polarity.POSITIVE),
        ("سلّم الجنود أسلحتهم.", Polarity.POSITIVE),
        ("دخل المقاتلون المدينة بلا قتال.", Polarity.POSITIVE),
        ("قُصفت القرية من مسافة 20 كلم.", Polarity.POSITIVE),
        ("الخبز متوفر في الأفران ولا داعي للهلع.", Polarity.POSITIVE),
        ("لم تسيطر القوات على الجسر فحسب، بل دخلت المدينة.", Polarity.POSITIVE),
        ("نأمل ألا تسقط المدينة.", Polarity.NEGATIVE),
        ("لم يبق في القرية إلا تجار.", Polarity.NEGATIVE),
        ("خلافاً لما أعلنته البلدية، لا تزال القرية بيد الفصائل.", Polarity.POSITIVE),
        ("أسقطت الدفاعات مسيّرتين في سماء جبلة، ولا أنباء عن إصابات.", Polarity.POSITIVE),
    ],
)
def test_negation_is_literal_and_no_letter_of_another_word(situation: Situation, text: str, polarity: Polarity) -> None:
    assert [claim.polarity for claim in _claims(situation, text)] == [polarity]


@pytest.mark.parametrize(
    ("text", "auxiliary"),
    [
        ("ستغلق البلدية الجسر غداً.", Auxiliary.FUTURE),
        ("سيحاكم المتهمون في العاصمة.", Auxiliary.FUTURE),
        ("سيدخل المراقبون المدينة.", Auxiliary.FUTURE),
        ("سيرسل المجلس وفدا إلى درعا.", Auxiliary.FUTURE),
        ("لو أن الجيش صمد في القرية لتغير كل شيء.", Auxiliary.HYPOTHETICAL),
        ("سُمع دوي انفجار خلال ساعات الليل.", Auxiliary.NONE),
        ("أصدر قائد الشرطة تعميماً يمنع التجول ليلاً.", Auxiliary.NONE),
        ("سيطر مسلحون على الجسر أمس.", Auxiliary.NONE),
        ("انفجرت سيارة في السوق أمس.", Auxiliary.NONE),
        ("من المقرر أن يعقد المجلس جلسة طارئة.", Auxiliary.FUTURE),
        ("قال المحافظ إنه لن يغادر إلا إذا طُلب منه ذلك.", Auxiliary.FUTURE),
    ],
)
def test_the_letter_of_the_future_is_told_from_the_first_of_a_word(
    situation: Situation, text: str, auxiliary: Auxiliary
) -> None:
    assert [claim.auxiliary for claim in _claims(situation, text)] == [auxiliary]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("أشار المحافظ إلى أن المياه مقطوعة.", Modality.REPORTED),
        ("تشير تقارير إلى أن القوات انسحبت.", Modality.RUMOURED),
        ("نفت الوزارة سقوط الجسر.", Modality.DENIED),
        ("يُعتقد أن القائد غادر البلاد.", Modality.RUMOURED),
        ("رجّح خبراء انهيار السد.", Modality.ASSESSED),
        ("أقرّ المحافظ بانقطاع المياه.", Modality.CONFIRMED),
        ("زعم التنظيم أنه سيطر على الجسر.", Modality.CLAIMED),
        ("قال المحافظ إن ما يُنشر عن الجسر غير دقيق.", Modality.DENIED),
        ("لا معلومات مؤكدة عن مصير قائد الفرقة.", Modality.RUMOURED),
        ("لا يزال الغموض يلف مصير الوزير.", Modality.RUMOURED),
        ("أسقطت الدفاعات مسيّرة، ولا أنباء عن إصابات.", Modality.REPORTED),
    ],
)
def test_the_cue_decides_how_firmly_it_is_said(situation: Situation, text: str, modality: Modality) -> None:
    assert [claim.modality for claim in _claims(situation, text)] == [modality]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("مقتل أربعة عشر مدنياً وإصابة نحو ثلاثين آخرين.", [(14, "killed"), (30, "wounded")]),
        ("مقتل أحد عشر جندياً وجرح مئة وخمسة وثلاثين.", [(11, "killed"), (135, "wounded")]),
        ("قُتل أحد الجنود وجُرح عشرة.", [(10, "wounded")]),
        ("مقتل 5 أشخاص و12 جريحاً في درعا.", [(5, "killed"), (12, "wounded")]),
        ("تسعة عشر قتيلاً وثلاثة وأربعون جريحاً في حمص.", [(19, "killed"), (43, "wounded")]),
        ("مقتل ثلاثمئة وخمسين شخصاً.", [(350, "killed")]),
        ("مقتل اثني عشر شخصاً.", [(12, "killed")]),
        ("مقتل شخصين وجرح ثلاثة.", [(2, "killed"), (3, "wounded")]),
        ("نزوح خمسة وعشرين ألف شخص.", [(25_000, "displaced")]),
        ("نزح ٣ آلاف و٤٠٠ شخص.", [(3_400, "displaced")]),
        ("نحو مليون و200 ألف نازح.", [(1_200_000, "displaced")]),
        ("ارتفع عدد القتلى إلى ٢٦، بينهم ٧ أطفال.", [(26, "killed")]),
        ("سيطروا على 14 قرية و3 حواجز.", [(14, "places")]),
    ],
)
def test_numbers_are_read_whole_in_words_and_digits(situation: Situation, text: str, numbers: list[tuple[float, str]]) -> None:
    assert [(one.value, one.unit) for claim in _claims(situation, text) for one in claim.quantities] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "نظفت البلدية شوارع حمص.",
        "وصلت حافلات المدرسة إلى درعا.",
        "هرعت العائلات في درعا إلى الأفران.",
        "اصطفّت عشرات السيارات أمام محطات الوقود في دمشق.",
    ],
)
def test_a_verb_at_the_head_tells_news_though_no_list_has_it(situation: Situation, text: str) -> None:
    assert [report.kind for report in reader_for(situation).read(_article(text)).reports] == [ReportClass.CLAIM]


@pytest.mark.parametrize("label", ["عاجل |", "عاجل..", "#عاجل:", "🔴 عاجل |", "14:05 |", "10:42 بتوقيت دمشق -", "9:30 مساءً:"])
def test_a_label_of_urgency_and_an_hour_are_no_part_of_the_news(situation: Situation, label: str) -> None:
    label_report, news = reader_for(situation).read(_article(f"{label} المرصد: قصف على درعا")).reports
    assert (label_report.quote, label_report.kind) == (label, ReportClass.BOILERPLATE)
    assert news.claims[0].attribution is not None
    assert news.claims[0].attribution.text == "المرصد"
    assert [route.region for route in news.claims[0].regions] == ["south"]


def test_a_verb_without_a_subject_before_a_quotation_is_of_whoever_spoke_last(situation: Situation) -> None:
    text = (
        'قال مدير المرصد: "الوضع صعب".\n\nوأضاف: "الطيران نفّذ غارات على حماة".\n\nوتابع أن القصف مستمر، محذراً من انهيار السد.'
    )
    said = [(claim.attribution, claim.modality) for claim in _claims(situation, text)]
    assert [one and (one.resolved or one.text) for one, _ in said] == ["مدير المرصد"] * 4
    assert said[-1][1] is Modality.ASSESSED


def test_a_configured_name_before_a_colon_speaks_and_an_outlet_hands_on_who_told_it(situation: Situation) -> None:
    said = [claim.attribution for claim in _claims(situation, "بوتين: لن نغادر قاعدة حميميم")]
    assert [one and one.text for one in said] == ["بوتين"]
    told = [claim.attribution for claim in _claims(situation, "Reuters: مصدران أمنيان يؤكدان انسحاب الحزب من القصير")]
    assert [one and one.text for one in told] == ["مصدران أمنيان"]
    assert [claim.attribution for claim in _claims(situation, "درعا: سقوط قذيفتين على حي السد")] == [None]


def test_a_line_that_ends_with_its_source_is_news_and_only_a_place_alone_is_a_dateline(situation: Situation) -> None:
    reader = reader_for(situation)
    (report,) = reader.read(_article("مقتل جنديين في درعا – المرصد السوري")).reports
    assert [claim.attribution and claim.attribution.text for claim in report.claims] == ["المرصد السوري"]
    dateline, news = reader.read(_article("دمشق – أعلنت الوزارة إغلاق المطار.")).reports
    assert (dateline.kind, news.kind) == (ReportClass.CITATION, ReportClass.CLAIM)
    citation = reader.read(_article("سقطت قذيفة على درعا. (رويترز، فرانس برس)")).reports[-1]
    assert (citation.quote, citation.kind) == ("(رويترز، فرانس برس)", ReportClass.CITATION)


def test_the_hours_of_a_page_that_goes_on_being_written_are_no_headings(situation: Situation) -> None:
    text = "تطورات\n\n18:20\nسقطت قذيفة على درعا.\n\n17:05 مساءً\nانفجرت سيارة في حمص."
    assert [report.kind for report in reader_for(situation).read(_article(text)).reports][1::2] == [ReportClass.BOILERPLATE] * 2


def test_headings_furniture_and_questions_of_an_arabic_page_are_told_apart(situation: Situation) -> None:
    text = "ليلة أخرى في حمص\n\nالوضع في المدينة\n\nقُتل جنديان في كمين أمس.\n\nهل تصمد المدينة؟\n\nتابعونا على تلغرام"
    reading = reader_for(situation).read(_article(text))
    assert [report.kind for report in reading.reports] == [
        ReportClass.TITLE,
        ReportClass.HEADING,
        ReportClass.CLAIM,
        ReportClass.QUESTION,
        ReportClass.BOILERPLATE,
    ]


def _claims(situation: Situation, text: str) -> list[Claim]:
    return [claim for report in reader_for(situation).read(_article(text)).reports for claim in report.claims]


def _article(text: str) -> Article:
    return Article(source="test", id="1", text=text, first_seen_at=datetime(2024, 12, 8, tzinfo=UTC), language="ar")
