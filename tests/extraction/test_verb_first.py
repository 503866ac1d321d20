"""Who says what where the verb stands first, as in Arabic: source, beginning of what is said, and stance of each sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.extraction.attribution.verb_first.sentence import verb_first_attributions
from sitmon.extraction.statement import Block, Sentence
from sitmon.model.claim import Attribution, ReportClass, SourceClass
from tests.effort import grows_no_faster

CASES = [
    ("قال مصدر عسكري إن الطريق قُطع صباحاً.", "مصدر عسكري", "الطريق قُطع", "reported"),
    ("وقالت وزيرة الصحة، في مؤتمر صحافي، إن المستشفيات تعمل.", "وزيرة الصحة", "المستشفيات تعمل", "reported"),
    ("أعلنت الفصائل انسحابها من القرية.", "الفصائل", "انسحابها من القرية", "reported"),
    ("أقرّت قيادة الشرطة بفرار السجناء.", "قيادة الشرطة", "بفرار السجناء", "confirmed"),
    ("نفى الناطق باسم الحكومة الأنباء عن إغلاق المعبر.", "الناطق باسم الحكومة", "إغلاق المعبر", "denied"),
    ("حذّر خبراء من انهيار السد.", "خبراء", "انهيار السد", "assessed"),
    ("زعم التنظيم أنه أسقط طائرة.", "التنظيم", "أسقط طائرة", "claimed"),
    ("لم تتمكن البعثة من تأكيد وقوع الهجوم.", "البعثة", "وقوع الهجوم", "rumoured"),
    ("انقطعت المياه، بحسب شهود، منذ يومين.", "شهود", "انقطعت المياه", "reported"),
    ("وفق تقرير للأمم المتحدة، نزح ألف شخص.", "تقرير للأمم المتحدة", "نزح ألف شخص", "reported"),
    ("«رأينا الدخان من بعيد»، يقول صاحب مقهى.", "صاحب مقهى", "رأينا الدخان", "reported"),
    ("الحكومة: المدارس تفتح أبوابها الأحد", "الحكومة", "المدارس تفتح", "reported"),
    ("حريق في مصنع للورق – الدفاع المدني", "الدفاع المدني", None, None),
    ("الجيش ينفي سقوط القاعدة", "الجيش", "سقوط القاعدة", "denied"),
    ("أكد لصحيفة محلية مسؤول في البلدية أن الجسر آمن.", "مسؤول في البلدية", "الجسر آمن", "confirmed"),
    ("وقال والي الإقليم للصحافيين إن الطريق سالك.", "والي الإقليم", "الطريق سالك", "reported"),
    ("قدّرت الأمم المتحدة عدد المتضررين بألف شخص.", "الأمم المتحدة", "عدد المتضررين", "assessed"),
    ("وكان الوزير قد دعا السكان إلى الهدوء.", "الوزير", "السكان إلى الهدوء", "reported"),
    ("أعلنت هيئة تحرير الإقليم سيطرتها على الميناء.", "هيئة تحرير الإقليم", "سيطرتها على الميناء", "reported"),
    ("أدانت الخارجية الفرنسية القصف على المدينة.", "الخارجية الفرنسية", "القصف على المدينة", "reported"),
    ("ونفت وزارة المالية ما تداولته مواقع محلية عن إغلاق المصارف.", "وزارة المالية", "إغلاق المصارف", "denied"),
    ("أكد شهود لوكالة محلية رؤية مسلحين في السوق.", "شهود", "رؤية مسلحين", "confirmed"),
    ("عاجل | المرصد: مقتل خمسة في انهيار مبنى", "المرصد", "مقتل خمسة", "reported"),
    ("14:05 | نفى مصدر أمني لوكالة محلية إغلاق الجسر.", "مصدر أمني", "إغلاق الجسر", "denied"),
    ("عاجل: مصادر: إغلاق الجسر أمام السيارات", "مصادر", "إغلاق الجسر", "reported"),
    ("يتوقع محللون ألا يصمد السد طويلا.", "محللون", "ألا يصمد السد", "assessed"),
    ("تعهدت الشركة بألا تقطع المياه.", "الشركة", "بألا تقطع", "claimed"),
    ("وأردف الضابط قائلاً: لم نجد أحداً في الثكنة.", "الضابط", "لم نجد أحداً", "reported"),
    ("وأضاف المحافظ: الطريق مفتوح منذ الصباح.", "المحافظ", "الطريق مفتوح", "reported"),
    ('أعلن فصيل "حراس السهل" النفير العام.', 'فصيل "حراس السهل"', "النفير العام", "reported"),
    ("ونقلت صحيفة «الوادي» عن مصدر في البلدية قوله إن الخبز متوفر.", "صحيفة «الوادي»", "الخبز متوفر", "reported"),
    ('"لن نرحل"، قالت معلمة لـ"صوت الوادي".', "معلمة", "لن نرحل", "reported"),
    ("أما في الجنوب فقد أعلنت الشرطة إغلاق الطرق.", "الشرطة", "إغلاق الطرق", "reported"),
    ("أما الشرطة فقد أعلنت إغلاق الطرق.", "الشرطة", "إغلاق الطرق", "reported"),
    ("توقفت الحافلات، بحسب ما أفادت به شركة النقل.", "شركة النقل", "توقفت الحافلات", "reported"),
    ("الوادي.. الفصائل تعلن إغلاق الجسر", "الفصائل", "إغلاق الجسر", "reported"),
    ("تأجيل الامتحانات إلى الأحد (وزارة التربية)", "وزارة التربية", "تأجيل الامتحانات", "reported"),
    ("نُقل عن ضابط متقاعد أن المخازن فارغة.", "ضابط متقاعد", "المخازن فارغة", "reported"),
    ("صرّح لنا مصدر طبي بأن الجرحى عشرة.", "مصدر طبي", "الجرحى عشرة", "reported"),
    ("أقرّ ضابط، تحدث إلى وكالة محلية شريطة عدم ذكر اسمه، بأن الخطوط انهارت.", "ضابط", "الخطوط انهارت", "confirmed"),
    ("وصف التلفزيون الأنباء عن إغلاق الجسر بأنها كاذبة.", "التلفزيون", "إغلاق الجسر", "denied"),
    ("طالب الأهالي بإطلاق سراح أبنائهم.", "الأهالي", "بإطلاق سراح", "reported"),
    ("شكك مراقبون في رواية البلدية عن إصلاح الجسر.", "مراقبون", "إصلاح الجسر", "assessed"),
    ("الطريق مقطوع، على ما يروي أحدهم.", "أحدهم", "الطريق مقطوع", "reported"),
    ("الطريق مقطوع، بحسب ما ذكرت صفحة محلية.", "صفحة محلية", "الطريق مقطوع", "reported"),
    ("اكتفى الوزير بالقول إن الأمر قيد الدرس.", "الوزير", "الأمر قيد الدرس", "reported"),
    ("أعلنت الوزارة عن إغلاق المطار.", "الوزارة", "إغلاق المطار", "reported"),
    ("كشف مسؤول عن الملف أن الجسر انهار.", "مسؤول عن الملف", "الجسر انهار", "reported"),
    ("كما نوّه المتحدث إلى أن المعبر يعمل.", "المتحدث", "المعبر يعمل", "reported"),
    ("الطريق مقطوع منذ الفجر، تروي سيدة لبي بي سي.", "سيدة", "الطريق مقطوع", "reported"),
    ("الطريق مقطوع، اعترف ضابط متقاعد.", "ضابط متقاعد", "الطريق مقطوع", "confirmed"),
    ("الجسر مغلق، بحسب ما نقله تلفزيون محلي.", "تلفزيون محلي", "الجسر مغلق", "reported"),
    ("أُعلن في العاصمة عن إغلاق المطار.", None, None, None),
    ("كانت الساعة تشير إلى الثالثة حين انهار الجسر.", None, None, None),
    ("طالت الغارات، التي يُعتقد أنها أجنبية، ثلاثة مواقع.", None, None, None),
    ("سُجّلت حركة نزوح، دون أن تُعرف الأسباب.", None, None, None),
    ("نشرت وزارة الدفاع مقاطع قالت إنها توثق استهداف تجمعات.", "وزارة الدفاع", "توثق استهداف", "reported"),
    ("الأهالي يناشدون إدخال الدواء.", "الأهالي", "إدخال الدواء", "reported"),
    ('هدد قائد "اللواء الثامن" بالرد على أي اعتداء.', 'قائد "اللواء الثامن"', "بالرد على", "claimed"),
    ("حركة الفلاحين تعلن وقوفها على الحياد", "حركة الفلاحين", "وقوفها على", "reported"),
    ("نزح ألف شخص، وفقاً لما وثّقه ناشطون.", "ناشطون", "نزح ألف", "reported"),
    ("الحواجز خالية، وفق ما لاحظ مراسل محلي.", "مراسل محلي", "الحواجز خالية", "reported"),
    ("وقال مسؤولان طلبا عدم نشر اسميهما إن الجسر مغلق.", "مسؤولان", "الجسر مغلق", "reported"),
    ("أكدت لنا عائلة محاصرة في الحي أنها باقية.", "عائلة محاصرة في الحي", "باقية", "confirmed"),
    ("ضابط في الجيش لـ BBC: تلقينا أوامر بالانسحاب", "ضابط في الجيش", "تلقينا أوامر", "reported"),
    ("نشرت صفحة محلية أن الجسر مغلق.", "صفحة محلية", "الجسر مغلق", "reported"),
    ("قد ينهار السد، حذّر مكتب الإغاثة.", "مكتب الإغاثة", "قد ينهار", "assessed"),
    ("لم يعلق الجيش، لكن مصدراً في المطار أكد هبوط طائرتين.", "مصدراً في المطار", None, None),
    ("نفى الكرملين علمه بمكان القائد.", "الكرملين", "علمه بمكان", "denied"),
    ("والإعلام الرسمي: لا إصابات في القصف", "الإعلام الرسمي", "لا إصابات", "reported"),
    ("قُتل خمسة أشخاص في انهيار مبنى.", None, None, None),
    ("يُذكر أن المدينة بنيت قبل قرون.", None, None, None),
    ("لم تعلن أي جهة مسؤوليتها.", None, None, None),
]


@pytest.mark.parametrize(("text", "source", "begins", "stance"), CASES)
def test_a_source_is_found_behind_before_and_around_its_verb(
    text: str, source: str | None, begins: str | None, stance: str | None
) -> None:
    found = verb_first_attributions(_sentence(text))
    named = [one.attribution.text for one in found if one.attribution and one.attribution.text]
    if source is None:
        assert named == []
    elif begins is None:
        assert named in ([source], [])
    else:
        assert named == [source]
        assert text[found[0].start : found[0].end].startswith(begins)
        assert found[0].stance_cue == stance


def test_a_source_is_the_slice_its_offsets_say() -> None:
    text = "ذكرت الوكالة أن المطار أُغلق."
    said = verb_first_attributions(_sentence(text, 7))[0].attribution
    assert said is not None
    assert text[said.start - 7 : said.end - 7] == said.text == "الوكالة"


def test_a_word_with_the_article_is_no_verb_however_it_reads_without() -> None:
    said = [one.attribution for one in verb_first_attributions(_sentence("رغم الهدوء الحذر يقول سكان البلدة إنهم باقون."))]
    assert [one and (one.text, one.cue) for one in said] == [None, ("سكان البلدة", "يقول")]


def test_a_verb_without_a_subject_keeps_the_last_speaker() -> None:
    last = Attribution("المحافظ", 0, 7, "قال", SourceClass.NAMED_OFFICIAL)
    said = verb_first_attributions(_sentence("وأضاف أن الطريق سالك.", 20), last)[0].attribution
    assert said is not None
    assert (said.text, said.start, said.cue, said.resolved) == ("", 20, "وأضاف", "المحافظ")


def test_two_speakers_against_each_other_share_a_frame() -> None:
    found = verb_first_attributions(_sentence("تقول الحكومة إن الوضع مستقر، لكن سكاناً يؤكدون أن المحال مغلقة."))
    assert [one.attribution.text for one in found if one.attribution] == ["الحكومة", "سكاناً"]
    assert {one.frame for one in found} == {1}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "الرئاسة تنفي مغادرة الوزير وتؤكد أنه في مكتبه",
            [("الرئاسة", "denied", "مغادرة الوزير"), (">الرئاسة", "confirmed", "في مكتبه")],
        ),
        (
            "قال مسؤول لشفق نيوز إن الحدود مغلقة، نافياً دخول مسلحين.",
            [("مسؤول", "reported", "الحدود مغلقة"), (">مسؤول", "denied", "دخول مسلحين")],
        ),
        (
            "رجّح خبير سقوط السد، مستبعداً تدخلاً واسعاً.",
            [("خبير", "assessed", "سقوط السد"), (">خبير", "assessed", "تدخلاً واسعاً")],
        ),
        (
            "أعلنت القيادة أن الجسر آمن، ودعت المدنيين إلى الهدوء.",
            [("القيادة", "reported", "الجسر آمن"), (">القيادة", "reported", "المدنيين إلى الهدوء")],
        ),
        (
            "قال القائد إن الجسر آمن، داعياً الجنود إلى الانشقاق.",
            [("القائد", "reported", "الجسر آمن"), (">القائد", "reported", "الانشقاق")],
        ),
        (
            "الفصائل تعلن دخول القرية ووزارة الدفاع تنفي إغلاق الجسر",
            [("الفصائل", "reported", "دخول القرية"), ("وزارة الدفاع", "denied", "إغلاق الجسر")],
        ),
    ],
)
def test_whoever_goes_on_speaking_is_the_one_before_and_whoever_is_called_upon_says_nothing(
    text: str, told: list[tuple[str, str, str]]
) -> None:
    found = [(one.attribution, one.stance_cue, text[one.start : one.end]) for one in verb_first_attributions(_sentence(text))]
    assert [(said and (said.text or f">{said.resolved}"), stance, content) for said, stance, content in found] == told


def test_a_verb_of_a_relative_clause_is_not_said_by_whoever_spoke_last() -> None:
    last = Attribution("المحافظ", 0, 7, "قال", SourceClass.NAMED_OFFICIAL)
    found = verb_first_attributions(_sentence("انتشرت صور التي تتحدث عن إغلاق الجسر.", 50), last)
    assert not any(one.attribution and one.attribution.resolved for one in found)


def test_it_is_said_names_nobody() -> None:
    found = verb_first_attributions(_sentence("قيل إن المدير غادر البلاد."))
    assert [(one.attribution and one.attribution.text, one.stance_cue) for one in found] == [("", "rumoured")]


def test_a_short_name_stands_for_the_long_one_before_it() -> None:
    last = Attribution("المتحدث باسم البلدية", 0, 20, "قال", SourceClass.NAMED_OFFICIAL, origin="البلدية")
    said = verb_first_attributions(_sentence("وتابع المتحدث أن العمل مستمر.", 30), last)[0].attribution
    assert said is not None
    assert (said.text, said.resolved, said.origin) == ("المتحدث", "المتحدث باسم البلدية", "البلدية")


def test_what_stands_beside_the_words_of_a_source_is_the_outlets() -> None:
    text = "قال المحافظ إن الطريق سالك، لكن السيارات توقفت عند الجسر."
    found = verb_first_attributions(_sentence(text))
    assert [(text[one.start : one.end], one.attribution is None) for one in found] == [
        ("الطريق سالك", False),
        ("لكن السيارات توقفت عند الجسر", True),
    ]


def test_the_time_grows_with_the_length_of_a_hostile_sentence() -> None:
    assert grows_no_faster(
        lambda times: verb_first_attributions(_sentence("قال مصدر إن أن عن بحسب ، " * times)), (200, 2000), 4
    )


WORDS = """
قال وأضاف نقلت رويترز عن ضابطين قولهما إن أن بأن بحسب وفق نقلا حسبما أفاد مصدر المتحدث في بيان لوكالة أمس نفى لا صحة للأنباء
لم تتمكن من تأكيد سقوط سيطرتها بانسحاب لكن بينما رغم تأكيدات شائعات قيل يعتقد دعا إلى رعاياها وصف بأنها كاذبة على حد قول
« » “ ” ، : – . ؟ 12 ... 😀 é لَكِن
"""


@given(st.lists(st.sampled_from(re.findall(r"\S+", WORDS)), max_size=25).map(" ".join), st.integers(0, 50))
def test_whatever_the_order_of_words_a_source_is_its_slice(text: str, start: int) -> None:
    last = Attribution("المحافظ", 0, 7, "قال", SourceClass.NAMED_OFFICIAL)
    for one in verb_first_attributions(_sentence(text, start), last):
        assert start <= one.start < one.end <= start + len(text)
        if one.attribution is not None and one.attribution.text:
            assert text[one.attribution.start - start : one.attribution.end - start] == one.attribution.text


def _sentence(text: str, start: int = 0) -> Sentence:
    block = Block(start, start + len(text), ReportClass.CLAIM, None)
    return Sentence(text, start, start + len(text), block, 0, 0, "ar")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "البلدية تعلن إغلاق الجسر والشرطة تنفي",
            [("البلدية", "reported", "إغلاق الجسر"), ("الشرطة", "denied", "إغلاق الجسر")],
        ),
        (
            "مصادر: الجيش يغلق الجسر والوزارة تنفي إغلاق الطريق",
            [("مصادر", "reported", "الجيش يغلق الجسر"), ("الوزارة", "denied", "إغلاق الطريق")],
        ),
    ],
)
def test_a_headline_of_two_speakers_gives_each_their_own_words(text: str, told: list[tuple[str, str, str]]) -> None:
    found = verb_first_attributions(_sentence(text))
    assert [(one.attribution and one.attribution.text, one.stance_cue, text[one.start : one.end]) for one in found] == told


def test_what_is_denied_as_a_whole_ends_before_what_else_is_said_of_it() -> None:
    text = "تحدثت تقارير عن إغلاق الجسر، غير أن البلدية نفت ذلك ووصفته بأنه شائعات."
    denial = verb_first_attributions(_sentence(text))[-1]
    assert (denial.stance_cue, text[denial.start : denial.end]) == ("denied", "ذلك")


def test_behind_but_she_what_is_denied_may_begin_at_once() -> None:
    text = "تقول الشرطة إنها أغلقت الجسر، لكنها تنفي انسحابا كاملا."
    denial = verb_first_attributions(_sentence(text))[-1]
    assert denial.attribution is not None
    assert (denial.attribution.resolved, denial.stance_cue) == ("الشرطة", "denied")
    assert text[denial.start : denial.end] == "انسحابا كاملا"


def test_a_quotation_keeps_the_straight_mark_that_closes_it() -> None:
    text = 'صرح الوزير بأن ما يجري "إجراء مؤقت"، مؤكدا أن الجسر مفتوح.'
    said = verb_first_attributions(_sentence(text))[0]
    assert text[said.start : said.end] == 'ما يجري "إجراء مؤقت"'
