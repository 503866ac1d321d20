"""Turns of phrase of wires, read from one end to the other with the built-in situation."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitmon.config import load
from sitmon.extraction.reader import Reader, reader_for
from sitmon.model.article import Article
from sitmon.model.claim import Auxiliary, Claim, Modality, Report, ReportClass, RouteKind, Stance


@pytest.fixture(scope="module")
def reader() -> Reader:
    return reader_for(load(Path(__file__).parents[2] / "config.toml").situation)


def reports(reader: Reader, text: str, title: str | None = None) -> tuple[Report, ...]:
    return reader.read(
        Article(source="test", id="1", text=text, title=title, first_seen_at=datetime(2024, 12, 8, tzinfo=UTC))
    ).reports


def last_claim(reader: Reader, text: str) -> Claim:
    return reports(reader, text)[-1].claims[-1]


@pytest.mark.parametrize(
    ("text", "subject", "stance"),
    [
        ("Fighting raged around Homs. The city has fallen to the rebels, a commander said.", "homs", Stance.AGAINST),
        ("Rebels shelled Rastan overnight. The army said it still controlled the town.", "rastan", Stance.FOR),
        ("Clashes spread in Daraa. The army denied that the province was under rebel control.", "daraa", Stance.FOR),
        ("Shells fell near Hama on Monday. Rebels captured the besieged city by nightfall.", "hama", Stance.AGAINST),
        ("Rebels captured the town.", None, None),
        ("Rebels shelled Rastan overnight. A town fell, residents said.", None, None),
    ],
)
def test_the_city_is_contested_by_the_name_it_stands_for(
    reader: Reader, text: str, subject: str | None, stance: Stance | None
) -> None:
    proposition = last_claim(reader, text).proposition
    assert (proposition and proposition.subject, proposition and proposition.stance) == (subject, stance)


@pytest.mark.parametrize(
    ("text", "source", "via", "said"),
    [
        (
            "According to Reuters, citing two officials, the army has left Hama.",
            "Reuters",
            "two officials",
            "the army has left Hama",
        ),
        ("According to AFP, quoting medics, four people died in Rastan.", "AFP", "medics", "four people died in Rastan"),
        (
            "The army, according to Reuters, citing two officials, has not left Hama.",
            "Reuters",
            "two officials",
            "The army, according to Reuters, citing two officials, has not left Hama",
        ),
        ("According to residents, fighting continues in Rastan.", "residents", None, "fighting continues in Rastan"),
        ("Media quoted an official as saying the airport had closed.", "an official", "Media", "the airport had closed"),
        (
            "Local radio quoted a security source as saying that troops had left Daraa.",
            "a security source",
            "Local radio",
            "troops had left Daraa",
        ),
        (
            "Reuters quoted the defence minister on Friday as saying that Homs would hold.",
            "the defence minister",
            "Reuters",
            "Homs would hold",
        ),
        (
            "A security source quoted by AFP said the army had left Daraa.",
            "A security source",
            "AFP",
            "the army had left Daraa",
        ),
        ("Officials cited by local media said Rastan was calm.", "Officials", "local media", "Rastan was calm"),
        (
            "The foreign minister said Tehran would send troops to Homs if Damascus asked.",
            "The foreign minister",
            None,
            "Tehran would send troops to Homs if Damascus asked",
        ),
        ("The agency quoted the minister as a hero.", None, None, None),
        ("Two officers told Al Jazeera troops had left the base.", "Two officers", None, "troops had left the base"),
        ("A medic told Reuters civilians were trapped in Rastan.", "A medic", None, "civilians were trapped in Rastan"),
        ("The governor told reporters he would stay in Homs.", "The governor", None, "he would stay in Homs"),
        ("ذكرت قناة الجزيرة نقلا عن مصدر أمني أن الجيش انسحب من حماة.", "قناة الجزيرة", "مصدر أمني", "الجيش انسحب من حماة"),
        ("قالت وكالة رويترز نقلا عن مسؤولين إن القوات غادرت درعا.", "وكالة رويترز", "مسؤولين", "القوات غادرت درعا"),
        ("قال ناشطون إن القصف توقف في الرستن.", "ناشطون", None, "القصف توقف في الرستن"),
    ],
)
def test_who_tells_by_way_of_whom(reader: Reader, text: str, source: str | None, via: str | None, said: str | None) -> None:
    claim = last_claim(reader, text)
    if source is None:
        assert claim.attribution is None or claim.attribution.via is None
        return
    assert claim.attribution is not None
    assert (claim.attribution.text, claim.attribution.via, text[claim.start : claim.end]) == (source, via, said)


@pytest.mark.parametrize(
    "text",
    [
        "State TV denied as baseless a report by a London newspaper that Assad had left Damascus.",
        "State TV dismissed as false reports that Assad had left Damascus.",
    ],
)
def test_who_calls_a_report_baseless_denies_it_and_not_whoever_made_it(reader: Reader, text: str) -> None:
    claim = last_claim(reader, text)
    assert (claim.attribution and claim.attribution.text, claim.modality) == ("State TV", Modality.DENIED)
    assert "baseless" not in text[claim.start : claim.end]


@pytest.mark.parametrize(
    ("text", "regions", "event"),
    [
        ("The rebels, who seized Daraa last week, are now 5 km from Homs.", ["west"], "advance"),
        ("Opposition fighters, who took Daraa on Thursday, entered Homs on Saturday.", ["west"], "advance"),
        ("Rebels who seized Daraa last week are now 5 km from Homs.", ["west"], "advance"),
        ("The fighters who had taken Daraa have entered Homs.", ["west"], "advance"),
        ("An air strike killed two farmers who had fled Daraa for Rastan.", ["south"], "strike"),
        ("Rebels entered Homs, where guards had left the prison.", ["west"], "advance"),
    ],
)
def test_what_only_says_who_somebody_is_takes_the_news_nowhere_else(
    reader: Reader, text: str, regions: list[str], event: str
) -> None:
    claim = last_claim(reader, text)
    assert [route.region for route in claim.regions if route.kind is RouteKind.PRIMARY] == regions
    assert claim.event == event


@pytest.mark.parametrize(
    ("text", "auxiliary"),
    [
        ("If the rebels take Homs, the coast will be cut off.", Auxiliary.HYPOTHETICAL),
        ("Should Homs fall, Damascus would be cut off from the coast.", Auxiliary.HYPOTHETICAL),
        ("Unless reinforcements arrive, Homs will fall within hours.", Auxiliary.HYPOTHETICAL),
        ("Homs will fall within hours, a commander said.", Auxiliary.FUTURE),
        ("The rebels said they would stop if the army left Homs.", Auxiliary.HYPOTHETICAL),
        ("The rebels said they would attack Homs.", Auxiliary.NONE),
        ("If the rebels wanted Homs, they have it: the city fell at noon.", Auxiliary.NONE),
    ],
)
def test_what_would_come_if_something_else_came_is_hypothetical(reader: Reader, text: str, auxiliary: Auxiliary) -> None:
    assert last_claim(reader, text).auxiliary is auxiliary


@pytest.mark.parametrize(
    ("text", "weighs"),
    [
        ("Nobody has claimed responsibility for the strike on Rastan.", False),
        ("No group has claimed responsibility for the attack on the convoy near Palmyra.", False),
        ("There was no immediate claim of responsibility for the bombing in Homs.", False),
        ("لم تعلن أي جهة مسؤوليتها عن القصف في الرستن.", False),
        ("Rebels claimed responsibility for the strike on Rastan.", True),
        ("A strike on Rastan killed six people.", True),
    ],
)
def test_that_nobody_owns_to_a_strike_weighs_less_than_the_strike(reader: Reader, text: str, weighs: bool) -> None:
    claim = last_claim(reader, text)
    assert claim.event in ("strike", "clash")
    assert (claim.tier > 1) is weighs


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Syria live: Rebels enter Homs", ReportClass.TITLE),
        ("Rebels enter Homs – as it happened", ReportClass.TITLE),
        ("LIVE: Rebels enter Homs", ReportClass.TITLE),
        ("مباشر: المعارضة تدخل حمص", ReportClass.TITLE),
        ("Rebels enter Homs", ReportClass.CLAIM),
        ("Rebels enter Homs, broadcast scenes live on television", ReportClass.CLAIM),
    ],
)
def test_the_headline_of_a_live_page_is_no_claim(reader: Reader, title: str, kind: ReportClass) -> None:
    body = "Fighters reached the edge of the city on Friday."
    assert reports(reader, f"{title}\n\n{body}", title)[0].kind is kind


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("It was reported that troops had left Daraa.", Modality.RUMOURED),
        ("Assad is believed to have left Damascus.", Modality.RUMOURED),
        ("Assad is said to have left Damascus.", Modality.RUMOURED),
        ("وردت أنباء غير مؤكدة عن دخول الفصائل إلى حمص.", Modality.RUMOURED),
        ("In a statement, the army command said its forces had left Hama.", Modality.REPORTED),
        ("In a post on X, the ministry said the bridge at Rastan had been hit.", Modality.REPORTED),
        ("The army said on Telegram that it had retaken Talbiseh.", Modality.REPORTED),
    ],
)
def test_hearsay_is_a_rumour_and_a_statement_is_none(reader: Reader, text: str, modality: Modality) -> None:
    assert last_claim(reader, text).modality is modality


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("The defence minister said Hama was safe. He added that troops were near.", "The defence minister"),
        ("Residents of Rastan said the bridge was hit. They said three people died.", "Residents of Rastan"),
        (
            "The Syrian Observatory for Human Rights said rebels were in Homs. It said 30 soldiers were captured.",
            "The Syrian Observatory for Human Rights",
        ),
    ],
)
def test_he_they_and_it_are_whoever_spoke_before(reader: Reader, text: str, resolved: str) -> None:
    attribution = last_claim(reader, text).attribution
    assert attribution is not None
    assert attribution.resolved == resolved


def test_a_village_that_no_list_has_is_not_the_village_named_before(reader: Reader) -> None:
    text = "Rebels shelled Rastan overnight. Fighters then took the village of Umm Zlakh, residents said."
    assert "Rastan" not in "".join(route.reason for route in last_claim(reader, text).regions if "definite" in route.reason)
    again = "Rebels shelled Rastan overnight. Fighters then took the village, residents said."
    assert [route.reason for route in last_claim(reader, again).regions] == ["definite: the village = Rastan"]


def test_elders_in_a_town_broker_and_what_a_capital_brokered_is_not_there(reader: Reader) -> None:
    broker = last_claim(reader, "Elders in Suwayda brokered a local truce on Friday.")
    assert [route.region for route in broker.regions] == ["south"]
    assert not last_claim(reader, "A Suwayda-brokered truce held in the villages on Friday.").regions


def test_a_place_that_only_says_who_somebody_is_is_not_the_city_of_the_next_sentence(reader: Reader) -> None:
    text = "The rebels, who seized Daraa last week, are now 5 km from Homs. Troops have left the city."
    assert [route.reason for route in last_claim(reader, text).regions] == ["definite: the city = Homs"]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("The town is 30 km from Homs.", None),
        ("The base lies about 40 km from Damascus.", None),
        ("The rebels are 30 km from Homs.", "advance"),
        ("Fighters are now just five kilometres from Homs.", "advance"),
    ],
)
def test_how_far_a_town_is_from_another_is_no_news_and_how_far_rebels_are_is(
    reader: Reader, text: str, event: str | None
) -> None:
    assert last_claim(reader, text).event == event
