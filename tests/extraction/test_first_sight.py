"""Kinds of sentences that were misread when first seen: who says it, how firmly, what happens and where."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from sitmon.config import load
from sitmon.extraction.reader import reader_for
from sitmon.model.article import Article
from sitmon.model.claim import Auxiliary, Claim, Modality, Reading, RouteKind
from tests.extraction.scoring import ROOT
from tests.extraction.telling import told


@cache
def reading_of(text: str) -> Reading:
    reader = reader_for(load(ROOT / "examples" / "syria-all-regions.toml").situation)
    return reader.read(Article(source="test", id="1", text=text, first_seen_at=datetime(2024, 12, 7, tzinfo=UTC)))


def claims_of(text: str) -> tuple[Claim, ...]:
    return tuple(claim for report in reading_of(text).reports for claim in report.claims)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        # whoever says it stands behind the verb, in the present
        ("“We are afraid to leave,” say residents.", ["residents"]),
        ("The shelling stopped at noon, say residents.", ["residents"]),
        ("Army chief seen boarding helicopter, say guards", ["guards"]),
        # a quotation mark that closes nothing
        ("Troops had left the town, officials said.”", ["officials"]),
        ('Troops have left the town, an officer told Reuters."', ["an officer"]),
        # headlines: two names by a comma, a label with a title, a verb that could be a noun
        ("Egypt, Jordan urged calm as rebels neared the city", ["Egypt, Jordan"]),
        ("Turkey, Qatar deny arming factions", ["Turkey, Qatar"]),
        ("In Egypt, Jordan urged calm", ["Jordan"]),
        ("Opposition calls figure of 30 dead a lie", ["Opposition"]),
        ("Government reports heavy losses in the north", ["Government"]),
        ("Army calls grow louder", []),
        ("Opposition sources: army convoy left the town", ["Opposition sources"]),
        ("Army spokesman John Roe: our troops have entered the town", ["Army spokesman John Roe"]),
        ("Sources: our troops have entered the town", []),
        # nobody says it
        ("Army said to have left the port", [""]),
        ("Three men said to be spies were shot.", [""]),
        ("Nobody in the city knows whom to believe", []),
        ("The governor was reported captured by the militants on Monday.", []),
        ("Fighters hold the town, contrary to what state media are saying.", []),
        ("Despite what state media say, the army has left.", []),
        # names: what introduces them, what is written before or behind them
        ("Gunmen attacked the prison, the local outlet Harbour 24 reported.", ["the local outlet Harbour 24"]),
        ("The U.S.-led coalition said its jets had destroyed two tunnels.", ["The U.S.-led coalition"]),
        ("al-Watan said the army had left.", ["al-Watan"]),
        ("A man who gave his name only as Omar said he had fled.", ["A man who gave his name only as Omar"]),
        # by way of whom, and where it was said
        ("The staff left, according to the report, which cited three officials.", ["the report"]),
        ("The army said in a statement posted online that it had left.", ["The army"]),
        ("“Not true,” the mayor said when asked about reports of a retreat.", ["the mayor"]),
        (
            "The envoy said his staff remain, dismissing as psychological warfare reports that they had left.",
            ["The envoy", "The envoy"],
        ),
        # verbs that lead on to another, and those who say nothing
        ("The army has continued to deny that the base had fallen.", ["The army"]),
        ("The mayor's office was quick to deny that he had resigned.", ["The mayor's office"]),
        ("The ministry was forced to admit that the base had fallen.", ["The ministry"]),
        ("Neither the ministry nor the army would confirm that the base had fallen.", []),
        ("By the army's own admission, the town is lost.", ["the army"]),
        ("The envoy has been trying to question two officers.", []),
        ("She recalled hearing three explosions, then silence.", ["She"]),
        ("The ministry recalled its envoy.", []),
        (
            "Officials in three ministries, none of whom agreed to be named, described a government in panic.",
            ["Officials in three ministries, none of whom agreed to be named"],
        ),
        ("In a voice message sent to this newspaper, a nurse pleaded for oxygen.", ["a nurse"]),
        ("“The people have spoken,” reads a banner at the gate.", ["a banner at the gate"]),
        ("They agreed, the envoy said, that the fighting must stop.", ["the envoy"]),
        ("It has been clear for months, diplomats say, that the two sides talk.", ["diplomats"]),
        ("He said, speaking to reporters, that the army had left.", ["He"]),
        # what tells more of a source, or of how it was said, is nothing of its own
        ("“I counted nine,” said a resident, who declined to give her name for fear of reprisals.", ["a resident"]),
        ("The ministry declined to name a successor.", []),
        ("The convoy was turned back, the office said, without saying who was responsible.", ["the office"]),
        # words run together where commas were lost
        ("The blast wounded a dozen others two officials said.", ["two officials"]),
        ("They were clearing the quarry and the workers housing he added.", ["he"]),
        ("A bomber blew up a van on Saturday killing dozens rescue workers and a monitor said.", ["a monitor"]),
        ("The envoy will revive his plan, a plan the opposition has dismissed.", ["the opposition"]),
        ("Rebels entered the town at dawn said a resident.", ["a resident"]),
        ("Those who hold the town have run out of food said a fighter.", ["a fighter"]),
        ("Residents who fled the town said the army had burnt it.", ["Residents who fled the town"]),
        ("The truce took hold said the rescuers known as the White Hats.", ["the rescuers known as the White Hats"]),
        ("Gunmen set up a post near the dam and took nine hostages elders said.", ["elders"]),
        ("The doctors went on strike over pay, an orderly said.", ["an orderly"]),
        ("They have retaken the dam said the head of the council.", ["the head of the council"]),
        ("The hospital was hit said the Example Network for Human Rights.", ["the Example Network for Human Rights"]),
        ("Half stayed while the residents said the same of the mayor.", ["the residents"]),
        ("Troops are close to encircling the town analysts said.", ["analysts"]),
        ("Troops have entered the city residents say.", ["residents"]),
        ("Prices have doubled in the city residents complain", ["residents"]),
        ("Guns responded with heavy fire to the rockets military sources said.", ["military sources"]),
        ("Troops killed four of five alleged rebels a monitor said.", ["a monitor"]),
        ("The bomb went off near the mosque; Example TV reported.", ["Example TV"]),
        ("Jets reportedly hit a base the agency said.", ["the agency"]),
        ("The price is expected to rise because so many shops are shut added the Observatory.", ["the Observatory"]),
        ("The fire was first thought to be arson but neighbours later said a lamp fell.", ["", "neighbours"]),
        (
            "The army said the general was alive but one of his aides told AFP that he was dead.",
            ["The army", "one of his aides"],
        ),
        ("In Hama city army units hit two posts destroying all of the cars there ANA reported.", ["ANA"]),
        ('"The strike was wanted by our friends" the office said in a note referring to the guards.', ["the office"]),
        ("Nine men were killed near the bridge local media reported on Monday citing a nurse.", ["local media"]),
        ("The truce announced by Hill on Sunday has changed nothing.", []),
        ("The Grey Hats a group of rescuers said on Twitter one of their cars was hit.", ["The Grey Hats a group of rescuers"]),
        ('"We hit nothing" Colonel John Roe a spokesman told Reuters.', ["Colonel John Roe a spokesman"]),
        ("The Example Network which relies on people in the city said a bridge fell.", ["The Example Network"]),
        ("The group which has called for talks denied the claims.", ["The group which has called for talks"]),
        # verbs and what makes them none
        ("The envoy went on by saying that the road was watched.", ["The envoy"]),
        ("The charity did not specify who was to blame.", ["The charity"]),
        ("The siege has put it under pressure.", []),
        ("Hill hit out at Coast for shelling the dam.", ["Hill"]),
        ("Many pointed the finger at the governor.", ["Many"]),
        ("Published October 2 2017 Ten people were killed a monitor said Monday.", ["a monitor"]),
        ("A shell hit houses in the divided city state media said.", ["state media"]),
        ("The mayor dismissed as absurd claims that he had fled.", ["The mayor"]),
    ],
)
def test_who_says_it(text: str, sources: list[str]) -> None:
    assert [source for source, _, _ in told(text)] == sources


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Army said to have left Hama", Modality.RUMOURED),
        ("Neither the ministry nor the army would confirm that Hama had fallen.", Modality.RUMOURED),
        ("Word reached Hama at dusk that the road was open again.", Modality.RUMOURED),
        ("The governor of Raqqa was reported captured by the militants on Monday.", Modality.RUMOURED),
        ("Nobody in Damascus knows whom to believe", Modality.RUMOURED),
        ("It was not clear who had fired the rocket that hit Homs.", Modality.RUMOURED),
        ("An explosion rocked Homs, but its cause was not immediately clear.", Modality.REPORTED),
        (
            "“Not true,” the governor of Hama said when asked about reports that the airport had been evacuated.",
            Modality.DENIED,
        ),
        ("Opposition calls figure of 30 dead in Ariha a lie", Modality.DENIED),
        ("The envoy is due on Saturday to revive his plan, a plan the opposition has dismissed.", Modality.DENIED),
    ],
)
def test_how_firmly_it_is_said(text: str, modality: Modality) -> None:
    assert claims_of(text)[-1].modality is modality


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Police stations in Sweida have been abandoned.", "control_change"),
        ("The regime was slow to acknowledge that the town had been lost.", "control_change"),
        ("A nurse in Homs pleaded for oxygen.", "humanitarian"),
        ("Assad has left Damascus for an unknown destination, two officers said.", "leadership"),
        ("Homs and Hama governors replaced, state TV says", "leadership"),
        ("Pentagon says 900 troops to stay in east", "force_posture"),
        ("In Quneitra, police stations stood empty.", "control_change"),
        ("Local factions now hold almost all of Daraa province.", "control_status"),
        ("Rebels claim their men are already inside Jaramana.", "advance"),
        ("Iran has begun to pull its commanders out.", "force_posture"),
        ("The army began to pull its troops out of Hama.", "control_change"),
        ("Arab villagers were driven out of Tel Hamis, activists said.", "displacement"),
        ("Rebels claim to have downed a MiG-23 over Idlib.", "strike"),
        ("Partners reached 84,000 people with ready-to-eat rations in Idlib.", "humanitarian"),
        ("Rebels say they have reached the outskirts of Homs", "advance"),
        ("Tanks rolled into Jarabulus at dawn.", "advance"),
        ("Our men reached the river at noon, the commander said.", "advance"),
        ("A convoy of 40 vehicles left Deir Ezzor.", "force_posture"),
        ("The army used chlorine in Sarmin, the ministry said.", "strike"),
        ("Helicopters dropped barrels on Aleppo.", "strike"),
        ("Rockets had fallen near the station in Homs.", "strike"),
        ("Snipers were firing on anyone who stepped out in Homs.", "clash"),
        ("Jets destroyed a fighting position near Homs.", "strike"),
        ("An improvised device went off in Homs.", "strike"),
        ("Bombs with poison gas were dropped on Homs.", "strike"),
        ("A helicopter came down in flames near Homs.", "strike"),
        ("Snipers are picking off anyone who crosses the square in Homs.", "clash"),
        ("Seven of its men had fallen in Homs.", "clash"),
        ("Agents hauled away thirty men in Homs.", "detention"),
        ("Eighty prisoners walked out of the jail in Homs.", "detention"),
        ("The first aid trucks crossed the line into Homs.", "humanitarian"),
        ("Trucks loaded with flour rolled into Homs.", "humanitarian"),
        ("At least nine graves have been dug in a park in Homs.", "humanitarian"),
        ("Tanks have been massing outside Homs for days.", "force_posture"),
        ("A colonel deserted to the rebels in Homs.", "force_posture"),
        ("The army sealed off the old town of Homs.", "force_posture"),
        ("The town sent tanks to help retake Homs.", "support_supply"),
        ("Crowds in Homs were calling for the fall of the president.", "protest"),
        ("Nobody is left in Homs.", "displacement"),
        ("Thousands reached the border near Homs on foot.", "displacement"),
        ("The dollar bought 2,300 pounds in Homs.", "civil_condition"),
        ("Electricity was back in Homs by nightfall.", "civil_condition"),
        ("Parliament stripped the general of his rank.", "leadership"),
        ("The unit in Homs was ordered to hold its fire.", "agreement"),
        ("Damascus has no intention of attending the round.", "diplomatic"),
        ("The army eliminated scores of terrorists on the outskirts of Homs.", "clash"),
    ],
)
def test_what_happens(text: str, event: str) -> None:
    assert claims_of(text)[-1].event == event


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        # the halves of a city, which are no parts of the country
        ("Aleppo was split between the army in the west and rebels in the east.", {"north"}),
        ("Homs has been divided with rebels holding the north and troops in the south since May.", {"west"}),
        ("The road from Homs was shelled and villages in the south were hit.", {"west", "south"}),
        # a seat of government that is made to do something
        ("Clashes in Hasakah went on, prompting Damascus to bomb rebel positions.", {"east"}),
        ("Rockets had fallen near the Russian embassy in Damascus.", {"damascus"}),
        ("DAMASCUS (Reuters) The army fired ten missiles at a base near Aleppo.", {"north"}),
        ("Ten men fell in Idlib. HOMS (Reuters) The army shelled a base near Aleppo.", {"north"}),
        ("A shell fell on a school in Homs. The teacher said pupils were bleeding from the nose.", {"west"}),
        ("Washington believes Damascus used chlorine in Sarmin.", {"north"}),
        ("Rebel rockets hit Syria's largest city, killing 31.", {"north"}),
        ("Pentagon says 900 troops to stay in east", {"east"}),
        ("Two shops burned down in east London, police said.", set()),
        ("If Homs falls, the coast will be cut off from Damascus.", {"west"}),
        ("Troops are three kilometres from the ruins, a Syrian officer in Palmyra told AFP.", {"east"}),
        ("Clashes broke out in the Yarmouk valley.", {"south"}),
        ("The Observatory, which is based in Britain, said a boy was killed.", set()),
        ("The SDF backed by U.S. special forces is trying to cut a road.", set()),
        ("A bomb hit Hama, the Britain-based group said. It said a clash followed.", {"west"}),
        ("Neither Moscow nor Damascus has commented on the strike near Khan Shaykhun.", {"north"}),
    ],
)
def test_where_it_happens(text: str, regions: set[str]) -> None:
    found = {route.region for claim in claims_of(text) for route in claim.regions if route.kind is RouteKind.PRIMARY}
    assert found == regions


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("All options remain on the table he added.", "All options remain on the table"),
        (
            "The strikes hit an area near the dam killing seven the monitor said.",
            "The strikes hit an area near the dam killing seven",
        ),
        ("In a televised address the president said.", "the president said"),
    ],
)
def test_what_is_said_though_its_verb_could_be_a_noun(text: str, content: str) -> None:
    assert [said for _, _, said in told(text)] == [content]


def test_the_envoy_is_not_denied_with_his_plan() -> None:
    claims = claims_of("The envoy is due in Damascus on Saturday to revive his plan, a plan the opposition has dismissed.")
    assert [claim.modality for claim in claims] == [Modality.REPORTED, Modality.DENIED]


def test_the_hour_of_an_entry_ends_the_section_above() -> None:
    text = "Sweida falls quiet\nPolice left their posts in Sweida.\n12:20 GMT\nA convoy of 40 vehicles was seen on the road.\n"
    assert claims_of(text + "The UN said it was concerned.")[-2].regions == ()


def test_what_follows_a_verdict_on_reports_is_told_by_the_outlet() -> None:
    text = "The ministry described the reports as part of a psychological war, though residents posted photographs of the town."
    assert [text[claim.start : claim.end] for claim in claims_of(text)] == [
        "the reports",
        "residents posted photographs of the town",
    ]


def test_what_somebody_should_have_to_do_is_no_forecast() -> None:
    (claim,) = claims_of("The senator wrote that the United States should have nothing to do with Syria.")
    assert (claim.modality, claim.auxiliary) == (Modality.REPORTED, Auxiliary.NEGATION)


def test_what_a_relative_clause_says_ends_with_it() -> None:
    text = "A second officer, who said he had deserted in Homs, described being ordered to fire on mourners."
    assert [text[claim.start : claim.end] for claim in claims_of(text)] == [
        "he had deserted in Homs",
        "being ordered to fire on mourners",
    ]
