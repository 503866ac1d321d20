"""Sentences and headlines that have lost their commas, dashes and apostrophes: who says what in them."""

from __future__ import annotations

import pytest

from tests.extraction.telling import told


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        # a verb before a number that a preposition begins
        ("The monitor said Kurdish forces killed at least 70 men in the village.", ["The monitor"]),
        ("The army said the strikes killed over 200 fighters.", ["The army"]),
        ("Fighters killed at dawn were buried the army said.", ["the army"]),
        # headlines that lost the mark before their label, or that end with the name of a site
        ("Mine blast kills six Syrian state TV", ["Syrian state TV"]),
        ("Car bomb kills 15 in Homs NGO - Region - World - Example Online", ["NGO"]),
        ("Raids kill 18 in Raqqa \ufffd_ monitor | Example Times", ["monitor"]),
        ("At least 45 killed in raid on Raqqa Local reports", ["Local reports"]),
        ("Rebel fire kills 14 State media", ["State media"]),
        ("Shelling kills 20 civilians activists", ["activists"]),
        ("Ten dead in raid on Homs market Monitor", ["Monitor"]),
        ("Mine kills four in Hama province NGO", ["NGO"]),
        ("Guns Kill Nine in Homs by Dawn Strikes Report", ["Report"]),
        ("Tue 4 Aug 2015 Mine blast kills six Syrian state TV.", ["Syrian state TV"]),
        ("Mine blast kills six near a state TV.", []),
        ("Gunmen storm office of UN", []),
        ("Rebels shell 2 Syrian activists", []),
        ("Shelling kills two media activists", []),
        ("Gunmen storm Syrian state TV", []),
        ("Rebels seize Hama | Reuters", []),
        # a second verb of saying, or how it was said, behind the first where commas were lost
        ("Four men were killed he said adding that nine others were hurt.", ["he", "he"]),
        (
            "Jets hit a post in the area of Izraa the ministry said adding that forty men fell.",
            ["the ministry", "the ministry"],
        ),
        ('"The bridge is ours" the elder said adding that two posts had fallen.', ["the elder", "the elder"]),
        (
            "A blast killed six men in the Midan district of Aleppo Syrian state television reported without giving details.",
            ["Syrian state television"],
        ),
        ("The dead included two nurses said local sources speaking on condition of anonymity.", ["local sources"]),
        # whoever speaks behind a name, or behind a phrase of place
        ("More than ten men were killed in shelling of Aleppo local officials told reporters.", ["local officials"]),
        ("Jets struck two depots in the Homs region the statement said.", ["the statement"]),
        ("Gunmen injured five other people with a rocket shelling SANA news agency reported.", ["SANA news agency"]),
        (
            "Planes fired rockets on parts of Douma said Omar Roe director of the Example Observatory a monitor in exile.",
            ["Omar Roe director of the Example Observatory"],
        ),
        ("UNHCR say the camp is full.", ["UNHCR"]),
        ("A UN push for talks failed.", []),
        (
            "The office which oversees a dozen camps in the north said it had closed two.",
            ["The office which oversees a dozen camps in the north"],
        ),
        ("Jane Roe who runs the Example Observatory said nine men fell.", ["Jane Roe"]),
        ("Troops took the town which links two highways rebels said.", ["rebels"]),
        (
            "Ten men fell in shelling of Izraa local officials told reporters on Friday stressing nine were farmers.",
            ["local officials"] * 2,
        ),
        ("The group is in the battle but with few men he continued.", ["he"]),
        ("The town is calm but for the eastern road where the shelling continued.", []),
        # what stands beside whoever speaks: a connective, a date, an apposition, a deed with its count
        ("The council however said it had left.", ["The council"]),
        ("The council however has put the toll from the flood at as many as 900.", ["The council"]),
        ("The Centre for River Studies a think tank said the dam holds.", ["The Centre for River Studies a think tank"]),
        ("The clashes in Homs a monitor said were over.", ["a monitor"]),
        ("A mine killed two and wounded ten others the council said.", ["the council"]),
        ("A mine wounded dozens a monitor said.", ["a monitor"]),
        ("All the mayors said the dam holds.", ["All the mayors"]),
        ("August 4 2015 Reyes says he will go.", ["Reyes"]),
        ("Tuesday 4 August 2015 10:15 Farmers say the well is dry.", ["Farmers"]),
        (
            "Mines hit a lorry known as the Mule in the gorge killing eight porters local elders said Saturday.",
            ["local elders"],
        ),
        ("The count has risen to 61 a monitor said on Tuesday a sign of how frail the truce is.", ["a monitor"]),
        ("A monitor on Tuesday raised the death toll from the flood to 61 as divers went on searching.", ["A monitor"]),
        ("The mayor raised the bridge to 12 metres.", []),
        # labels at the end of headlines, behind a place or those who are counted
        ("Bomb kills 18 in Hama suburb state TV", ["state TV"]),
        ("Clashes kill rebels in Hama province ambush NGO", ["NGO"]),
        ("Clashes kill eight army recruits Report", ["Report"]),
        ("Forty farmers killed by air strikes in Syria UN", ["UN"]),
        ("Minister resigns after a damning report", []),
        ("Opposition calls for end to siege of Homs", ["Opposition"]),
        ("Opposition calls for truce in Homs ignored", []),
        # a toll speaks no more than a year; a subject that swallowed its verb
        ("The monitor updated its toll of the strike on Homs saying ten more men had died.", ["The monitor"]),
        (
            "Moscows army which has been fighting beside rebels since March 2014 denied striking a market.",
            ["Moscows army which has been fighting beside rebels"],
        ),
        ("Mondays raid cut the road for good said the rebels chief envoy Omar Roe.", ["the rebels chief envoy Omar Roe"]),
        ('"Helicopters struck a quarter of Homs" John Roe a local official reportedly said.', ["John Roe a local official"]),
        # verbs that say nothing here
        ("Jets pound Homs as rebels advance", []),
        ("Jets pounded Homs as clashes raged in Hama.", []),
        ("The inaction would be understood by the rebels as a licence for raids.", []),
        ("The attack threatens aid deliveries to the town.", []),
        ("Rebels threatened to destroy the bridge.", ["Rebels"]),
        ("The town is supposed to be part of a truce.", []),
        ('Homs once dubbed the "jewel" of the plain has been shelled for a week.', []),
        ("A group called the White Hats has rescued nine people.", []),
    ],
)
def test_who_says_it_where_marks_were_lost(text: str, sources: list[str]) -> None:
    assert [source for source, _, _ in told(text)] == sources


@pytest.mark.parametrize("number", ["more than 30", "up to 30", "nearly 30", "almost all", "at least 30", "about 30"])
def test_what_is_said_begins_with_its_number(number: str) -> None:
    assert told(f"The army said {number} men were killed.") == [("The army", "said", f"{number} men were killed")]
