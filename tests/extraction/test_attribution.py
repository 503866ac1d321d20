"""Who says what in one sentence: the source, its cue, and what is said, construction by construction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitmon.extraction.attribution.speakers import KnownSources, Memory
from sitmon.model.situation import Outlet
from tests.extraction.ardania import ARDANIA
from tests.extraction.telling import read, told


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # the subject before its verb
        ("The army said on Saturday it had left Daraa.", "The army", "said", "it had left Daraa"),
        ("The army claimed late on Saturday that Rashid was in Homs.", "The army", "claimed", "Rashid was in Homs"),
        ("The army insisted on Saturday that Homs was calm.", "The army", "insisted", "Homs was calm"),
        ("The ministry denied that the governor had fled.", "The ministry", "denied", "the governor had fled"),
        ("U.S. officials have suggested that the city could fall.", "U.S. officials", "have suggested", "the city could fall"),
        ("Officials continue to assert that the port is open.", "Officials", "continue to assert", "the port is open"),
        ("A spokesman for the rebels said the city was calm.", "A spokesman for the rebels", "said", "the city was calm"),
        ("Residents reached by phone described gunfire.", "Residents", "described", "gunfire"),
        ("Everyone we met said the bridge was closed.", "Everyone we met", "said", "the bridge was closed"),
        ("Officials who asked not to be named said he left.", "Officials who asked not to be named", "said", "he left"),
        ("The mayor urged residents to stay indoors.", "The mayor", "urged", "residents to stay indoors"),
        ("The envoy told reporters that talks had failed.", "The envoy", "told", "talks had failed"),
        ("The palace neither confirmed nor denied he had left.", "The palace", "neither confirmed", "he had left"),
        # names that end like verbs, and parts of a group
        ("Ahmed, a chemist, said the army had left Homs.", "Ahmed, a chemist", "said", "the army had left Homs"),
        ("Khaled Nasser said the army had left Homs.", "Khaled Nasser", "said", "the army had left Homs"),
        ("One of them, a chemist, said the army had left.", "One of them, a chemist", "said", "the army had left"),
        ("According to one of them, the army had left.", "one of them", "According to", "the army had left"),
        # what only says when hangs on the verb before it
        (
            "Troops had left, a guard told the agency, hours after the mayor had fled.",
            "a guard",
            "told",
            "Troops had left",
        ),
        ("Troops had left, a guard told the agency by phone, a day after it fell.", "a guard", "told", "Troops had left"),
        (
            "If the port falls, analysts say, the army will starve.",
            "analysts",
            "say",
            "If the port falls, analysts say, the army will starve",
        ),
        ("“We hold the port,” the colonel was quoted as saying.", "the colonel", "was quoted as saying", "“We hold the port,”"),
        (
            "According to an envoy who asked not to be named, the army had left.",
            "an envoy",
            "According to",
            "the army had left",
        ),
        # insertions between subject and verb
        ("The mayor, who was in Rome, said the bridge had gone.", "The mayor", "said", "the bridge had gone"),
        ("Jane Doe, a teacher, said the road was cut.", "Jane Doe, a teacher", "said", "the road was cut"),
        ("The front, emboldened by its gains, claims it won.", "The front", "claims", "it won"),
        ("The committee in a statement said aid was late.", "The committee", "said", "aid was late"),
        ("The ministry said on Friday its men had left.", "The ministry", "said", "its men had left"),
        ("The ministry said on Friday 30 people had died.", "The ministry", "said", "30 people had died"),
        ("The army said in a statement carried by SANA that it won.", "The army", "said", "it won"),
        ("The palace dismissed as false reports that he had fled.", "The palace", "dismissed", "reports that he had fled"),
        # what is said first
        ("The bridge is gone, the mayor said.", "the mayor", "said", "The bridge is gone"),
        ("“The bridge is gone,” said Jane Doe, the mayor.", "Jane Doe, the mayor", "said", "“The bridge is gone,”"),
        ('"We have left," a commander told Reuters.', "a commander", "told", '"We have left,"'),
        ("The bridge, the mayor said, is gone.", "the mayor", "said", "The bridge, the mayor said, is gone"),
        ("Ten were hurt, according to the Red Cross.", "the Red Cross", "according to", "Ten were hurt"),
        ("According to the Red Cross, ten were hurt.", "the Red Cross", "According to", "ten were hurt"),
        ("Hospitals lack blood, according to a doctor there.", "a doctor", "according to", "Hospitals lack blood"),
        ("Shells hit the port, according to men on the ground.", "men on the ground", "according to", "Shells hit the port"),
        ("Rebels won, according to a fighter reached by phone.", "a fighter", "according to", "Rebels won"),
        (
            "Hospitals in Hama, according to a doctor there, lack blood.",
            "a doctor",
            "according to",
            "Hospitals in Hama, according to a doctor there, lack blood",
        ),
        ("The junta closed the port, state media reported on Monday.", "state media", "reported", "The junta closed the port"),
        ("The army said it had left and warned residents not to stay.", "The army", "warned", "residents not to stay"),
        ("Doctors Without Borders said the clinic was hit.", "Doctors Without Borders", "said", "the clinic was hit"),
        ("Schools stay shut, the minister wrote on X.", "the minister", "wrote", "Schools stay shut"),
        ("The ministry would neither confirm nor deny the report.", "The ministry", "would neither confirm", "the report"),
        # passives
        ("The deal was rejected by the opposition.", "the opposition", "was rejected", "The deal"),
        ("It was reported that the governor had fled.", "", "was reported", "the governor had fled"),
        ("The army was accused of looting shops.", "", "was accused", "looting shops"),
        ("The deaths were confirmed.", "", "were confirmed", "The deaths"),
        # adjectives
        ("The mayor is convinced that the dam will hold.", "The mayor", "is convinced", "the dam will hold"),
        # nouns
        ("Papers printed the army’s claim that it had won.", "the army", "claim", "it had won"),
        ("There are rumours of a coup.", "", "rumours", "a coup"),
        ("The mayor expressed deep concern about the dam.", "The mayor", "expressed deep concern", "the dam"),
        ("State media dismissed as “fake news” claims of a rout.", "State media", "dismissed", "claims of a rout"),
        ("The monitor put the toll at more than 31.", "The monitor", "put", "the toll at more than 31"),
        ("The monitor gave a lower toll of 31 dead.", "The monitor", "gave a lower toll", "31 dead"),
        ("It has been claimed by the opposition that he left.", "the opposition", "has been claimed", "he left"),
        ("Porter wrote on social media that the port is open.", "Porter", "wrote", "the port is open"),
        ("State media spoke only of a pause.", "State media", "spoke only of", "a pause"),
        ("People who live there described shelling.", "People who live", "there described", "shelling"),
        # adverbs and labels
        ("The president reportedly boarded a plane.", "", "reportedly", "The president reportedly boarded a plane"),
        ("Rebels: Homs has fallen", "Rebels", ":", "Homs has fallen"),
        ("Mayor says peace deal 'alive' despite clashes", "Mayor", "says", "peace deal 'alive' despite clashes"),
        ("Rescuers: 12 dead in mine collapse", "Rescuers", ":", "12 dead in mine collapse"),
        ("Dozens killed in strike - monitor", "monitor", "-", "Dozens killed in strike"),
        ("Strike kills ten in Aleppo Monitor", "Monitor", "Monitor", "Strike kills ten in Aleppo"),
        ("Assad has left: senior officers", "senior officers", ":", "Assad has left"),
        ("Kremlin: no plans for talks", "Kremlin", ":", "no plans for talks"),
        ("State TV: army not withdrawn from Homs", "State TV", ":", "army not withdrawn from Homs"),
        ("Moscow says not involved in raid", "Moscow", "says", "not involved in raid"),
        ("Assad has left Damascus, says SOHR", "SOHR", "says", "Assad has left Damascus"),
        # two who say the same
        ("The army and the police maintain it is calm.", "The army and the police", "maintain", "it is calm"),
        # a text that has lost its commas
        (
            "Ten people died on Friday the Syrian Observatory said.",
            "the Syrian Observatory",
            "said",
            "Ten people died on Friday",
        ),
    ],
)
def test_a_source_its_cue_and_what_it_says(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in told(text)


def test_a_second_speaker_of_a_headline_has_a_label_too() -> None:
    assert told("US says not involved in raid; Porter: “let it play out”") == [
        ("US", "says", "not involved in raid"),
        ("Porter", ":", "“let it play out”"),
    ]


def test_a_known_name_behind_a_dash_is_who_says_it() -> None:
    situation = replace(ARDANIA, outlets=(Outlet("Coast Wire", ("CWA",)),))
    said = read("Army retakes two villages – CWA", Memory(KnownSources(situation)))
    assert [one.attribution and one.attribution.text for one in said] == ["CWA"]
    nobody = read("Army retakes two villages – Hill", Memory(KnownSources(situation)))
    assert [one.attribution for one in nobody] == [None]


def test_an_accuser_is_named_without_the_deed() -> None:
    assert told("The rebels were accused by the army of shelling Homs.")[0][0] == "the army"


def test_who_means_the_author_of_the_words_before_it() -> None:
    text = "The reports from residents, who said the army had left, are many."
    (said,) = (one.attribution for one in read(text) if one.attribution and one.attribution.cue == "said")
    assert said.resolved == "residents"


def test_a_question_put_before_an_answer_says_nothing() -> None:
    text = "Asked whether the president would go, the minister said only that “the coming hours will decide”."
    assert told(text) == [("the minister", "said", "“the coming hours will decide”")]


def test_a_subject_of_hearsay_belongs_to_the_hearsay() -> None:
    text = "The mayor has fled, local media reported, and protesters were said to have taken the port."
    assert told(text)[1][2] == "protesters were said to have taken the port"
