"""Kinds of Arabic sentences that were misread when first seen: who says it, how firmly, what happens and where."""

from __future__ import annotations

import pytest

from sitmon.model.claim import Modality, ReportClass, RouteKind
from tests.extraction.test_first_sight import claims_of, reading_of


@pytest.mark.parametrize(
    ("text", "event"),
    [
        # a town or a post is lost and won
        ("خرجت بلدة محجة من قبضة النظام صباح اليوم", "control_change"),
        ("وقعت مدينة طفس في يد المقاتلين المحليين", "control_change"),
        ("تخلى الجيش عن مواقعه في تدمر", "control_change"),
        ("كتيبة الدفاع الجوي في تل الحارة صارت بيد الثوار", "control_change"),
        ("تمكن المقاتلون من دخول مدينة صوران والسيطرة عليها", "control_change"),
        # blows and fights
        ("أمطرت قوات النظام بلدة النيرب بالقذائف", "strike"),
        ("نفذت الطائرات الحربية ثلاثين طلعة فوق حماة", "strike"),
        ("احتدمت المعارك على أطراف الرستن", "clash"),
        ("الجيش يقضي على عشرات الإرهابيين في ريف حماة", "clash"),
        ("هجوم بالأسلحة الرشاشة على دورية للشرطة في الصنمين", "clash"),
        ("أطلق عناصر الحاجز الرصاص على سيارة في نوى", "clash"),
        # whoever comes nearer
        ("الفصائل تواصل زحفها باتجاه حمص", "advance"),
        ("الفصائل توسع نطاق عملياتها إلى ريف حلب الشرقي", "advance"),
        ("انطلقت معركة تحرير درعا فجر الجمعة", "advance"),
        ("وصل رتل من المقاتلين إلى مشارف حمص", "advance"),
        # people
        ("أعفى الرئيس محافظ درعا من منصبه", "leadership"),
        ("الفصائل تطلق سراح مئات السجناء من سجن حماة", "detention"),
        ("القبض على خلية تابعة لداعش في الرقة", "detention"),
        ("اضطر آلاف المدنيين إلى ترك بيوتهم", "displacement"),
        ("توافد مئات العائلات إلى الرقة", "displacement"),
        ("المشافي في حلب تعاني نقصاً في الأدوية", "humanitarian"),
        ("الدفاع المدني ينتشل جثتين من تحت الأنقاض", "humanitarian"),
        ("دخلت إلى درعا تسع عشرة شاحنة تحمل الطحين", "humanitarian"),
        ("أوكرانيا زودت الفصائل بمسيّرات", "support_supply"),
        ("إحراق إطارات وقطع طرقات احتجاجاً على اعتقال شاب", "protest"),
        # what life is like
        ("أوقفت شركات الطيران رحلاتها إلى مطار دمشق الدولي", "civil_condition"),
        ("تعطلت شبكة الإنترنت في معظم مناطق درعا", "civil_condition"),
        ("تشهد جبهات ريف حلب هدوءاً نسبياً", "civil_condition"),
        ("ارتفعت راية الثورة فوق قلعة حلب", "control_change"),
        ("تحت ضغط الهجوم، قوات النظام تخلي خان طومان", "control_change"),
        ("كمائن تستهدف أرتال النظام على طريق السلمية", "clash"),
        ("معارك كر وفر عند جسر الرستن", "clash"),
        ("فتح محور جديد باتجاه السلمية", "advance"),
        ("رتل للفصائل يعبر جسر الرستن", "advance"),
        ("وفد من المشايخ يلتقي قائد الشرطة في السويداء", "diplomatic"),
        ("عناصر من الجيش يغادرون مواقعهم في القصير", "force_posture"),
        ("قوافل العائدين تتدفق عبر باب السلامة", "displacement"),
        ("حملة تلقيح للأطفال في مخيمات الشمال", "humanitarian"),
        ("الجيش الأميركي يزود قسد بمدرعات", "support_supply"),
        ("غياب التيار الكهربائي عن الحسكة", "civil_condition"),
        ("قتيلان في انهيار بناء سكني بحي الفردوس", "hazard"),
        ("إعلان النفير العام في مدينة تلبيسة", "alert"),
        ("طائرة استطلاع تركية في أجواء عين العرب", "force_posture"),
        ("القوات تتجاوز بلدة الدار الكبيرة", "advance"),
        # the ending of an object
        ("العراق يرسل نفطاً إلى الجيش السوري", "support_supply"),
        ("مجلس الأمن يعقد جلسة مغلقة بشأن سوريا", "diplomatic"),
        ("ألمانيا تغلق سفارتها في دمشق", "diplomatic"),
    ],
)
def test_what_happens(text: str, event: str) -> None:
    assert [claim.event for claim in claims_of(text)] == [event]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # two things that one speaker says
        (
            "قال قيادي إن المقاتلين دخلوا نوى، وإن عشرات العناصر سلّموا أنفسهم.",
            [("قيادي", "المقاتلين دخلوا نوى"), ("قيادي", "عشرات العناصر سلّموا أنفسهم")],
        ),
        ("قال قيادي إن المقاتلين دخلوا نوى، وإن لم يعلنوا ذلك بعد.", [("قيادي", "المقاتلين دخلوا نوى، وإن لم يعلنوا ذلك بعد")]),
        (
            "قال الجيش في بيان إنه عزز قواته في الجولان، وإنه لن ينسحب منها.",
            [("الجيش", "عزز قواته في الجولان"), ("الجيش", "لن ينسحب منها")],
        ),
        (
            "أعلن المتحدث سيطرة مقاتليه على المطار، وأن الطائرات بأيديهم.",
            [("المتحدث", "سيطرة مقاتليه على المطار"), ("المتحدث", "الطائرات بأيديهم")],
        ),
        # what is set against it, and what pictures show
        (
            "رغم تأكيد الوزارة استعادة الهدوء في نوى، تظهر مقاطع مصورة مسلحين في شوارعها.",
            [("الوزارة", "استعادة الهدوء في نوى"), ("مقاطع مصورة", "مسلحين في شوارعها")],
        ),
        (
            "لا تزال صوران بيد الفصائل، كما أظهرت صور نشرها ناشطون.",
            [(None, "لا تزال صوران بيد الفصائل، كما أظهرت صور نشرها ناشطون.")],
        ),
        # whoever is named behind what nobody seemed to say
        ("يُرجَّح أن يكون الأسد قد غادر البلاد، وفق دبلوماسي غربي.", [("دبلوماسي غربي", "يُرجَّح أن يكون الأسد قد غادر البلاد")]),
        ("12:10 - الفصائل: دخلنا تلبيسة", [("الفصائل", "دخلنا تلبيسة")]),
        ("اتهمت الوزارة إسرائيل بشن هجوم على القصير.", [("الوزارة", "بشن هجوم على القصير")]),
        ("خبير: سقوط القصير سيقطع طريق الإمداد", [("خبير", "سقوط القصير سيقطع طريق الإمداد")]),
    ],
)
def test_who_says_it(text: str, said: list[tuple[str | None, str]]) -> None:
    found = [
        (claim.attribution and claim.attribution.text, text[claim.start : claim.end].rstrip()) for claim in claims_of(text)
    ]
    assert found == said


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("يُرجَّح أن يكون الأسد قد غادر البلاد، وفق دبلوماسي غربي.", Modality.ASSESSED),
        ("من المتوقع أن تصل الفصائل إلى دمشق خلال ساعات، حسبما يرى الخبير أسعد الزعبي.", Modality.ASSESSED),
        ("رغم تأكيد وزارة الدفاع أن الوضع تحت السيطرة في حماة.", Modality.CONFIRMED),
    ],
)
def test_how_firmly_it_is_said(text: str, modality: Modality) -> None:
    assert [claim.modality for claim in claims_of(text)] == [modality]


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("قتل خمسة جنود وستة مدنيين في قصف على درعا.", [11]),
        ("مقتل 4 عسكريين و3 مدنيين في ريف السويداء.", [7]),
        ("قتل خمسة جنود وأصيب ستة مدنيين في درعا.", [5, 6]),
        ("قتل خمسة جنود ودمرت ست آليات في درعا.", [5]),
    ],
)
def test_numbers_that_count_the_same_are_one_toll(text: str, toll: list[int]) -> None:
    assert [quantity.value for claim in claims_of(text) for quantity in claim.quantities] == toll


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("سقطت قذائف على بلدة التل.", {"damascus"}),
        ("سقطت قذائف على التل المقابل.", set()),
        ("سقطت قذائف على بلدتي نمر والطيبة.", {"south"}),
        ("انفجرت عبوة في أطراف الطبقة.", {"east"}),
        ("خرجت مظاهرة في بلدة القريا وقرية حوط.", {"south"}),
        ("دبّ الخلاف بين الطبقة الحاكمة والشارع.", set()),
        # written onto a name of two words
        ("قتيلان بحي الفردوس", {"north"}),
        ("قصف على نبل وتل رفعت", {"north"}),
        ("انفجار بأم المياذن", {"south"}),
        # a label of a place is no dateline, and a dateline no place
        ("حمص - مقتل ثلاثة مدنيين بقصف", {"west"}),
        ("دمشق-سانا\nاستهدفت القوات تجمعات الإرهابيين.", set()),
    ],
)
def test_where_it_happens(text: str, regions: set[str]) -> None:
    found = {route.region for claim in claims_of(text) for route in claim.regions if route.kind is RouteKind.PRIMARY}
    assert found == regions


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("دمشق-سانا\nصدت الوحدات هجوماً.", ReportClass.CITATION),
        ("عنب بلدي - درعا\nصدت الوحدات هجوماً.", ReportClass.CITATION),
        ("Homs - SANA\nThe army repelled an attack.", ReportClass.CITATION),
        ("Rebels seize Homs - Reuters", ReportClass.CLAIM),
    ],
)
def test_place_and_agency_are_no_title(text: str, kind: ReportClass) -> None:
    assert reading_of(text).reports[0].kind is kind
