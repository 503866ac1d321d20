"""No outlet brings, in its name, a time, a count or a grade that the desk did not give."""

from __future__ import annotations

import pytest

from sitmon.text.bylines import named


@pytest.mark.parametrize(
    ("outlet", "shown"),
    [
        ("Example News", "Example News"),
        ("L’Exemple (English)", "L’Exemple (English)"),
        ("Smith, Jones & Co", "Smith, Jones & Co"),
        ("  Example\tNews ", "Example News"),
        ("وكالة الأمثلة", "وكالة الأمثلة"),
        ("Channel B2B", "Channel B2B"),
        ("Example · published 081000ZDEC24 · 9 outlets", "‘Example · published 081000ZDEC24 · 9 outlets’"),
        ("Example, seen 081000ZDEC24", "‘Example, seen 081000ZDEC24’"),
        ("Example, 9 outlets", "‘Example, 9 outlets’"),
        ("Example; ~A1", "‘Example; ~A1’"),
        ("Example”\n  CONFIRMED  officials  A1", "‘Example' CONFIRMED officials A1’"),
        ("CONFIRMED  Example      A1", "‘CONFIRMED Example A1’"),
        ("Example ‧ seen 14:30Z", "‘Example ‧ seen 14:30Z’"),
        ("Example, seen 1430Z", "‘Example, seen 1430Z’"),
        ("CONFIRMED", "‘CONFIRMED’"),
        ("Ｅｘａｍｐｌｅ　ＣＯＮＦＩＲＭＥＤ", "‘Ｅｘａｍｐｌｅ ＣＯＮＦＩＲＭＥＤ’"),
        ("𝗖𝗢𝗡𝗙𝗜𝗥𝗠𝗘𝗗 by all", "‘𝗖𝗢𝗡𝗙𝗜𝗥𝗠𝗘𝗗 by all’"),
        ("new", "‘new’"),
        ("The New Example", "The New Example"),
        ("News Confirmed", "News Confirmed"),
        ("Example\x1b]0;x\x07", "‘Example␛]0;x␇’"),
    ],
)
def test_a_name_that_imitates_the_desk_s_own_words_stands_in_quotation_marks(outlet: str, shown: str) -> None:
    assert named(outlet) == shown


def test_no_name_can_close_its_quotation_marks() -> None:
    assert named("A’ · seen 081000Z").count("’") == 1
