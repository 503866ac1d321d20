"""Who says what in one sentence: sources, cues and contents, constructions that attribute and those that do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitmon.extraction.attribution.sentence import attributions_of
from sitmon.extraction.attribution.speakers import KnownSources, Memory
from sitmon.extraction.statement import Attributed, Block, Sentence
from sitmon.extraction.words.lexicon import lexicon_of
from sitmon.model.claim import ReportClass
from sitmon.model.situation import Outlet
from tests.extraction.ardania import ARDANIA

ENGLISH = lexicon_of("en")
OFFSET = 7  # Sentences never begin an article here, so that offsets are tested too.


def sentence_of(text: str, position: int = 0, paragraph: int = 0, quoted: bool = False) -> Sentence:
    block = Block(OFFSET, OFFSET + len(text), ReportClass.CLAIM, None)
    return Sentence(text, OFFSET, OFFSET + len(text), block, position, paragraph, "en", quoted)


def read(text: str, memory: Memory | None = None, paragraph: int = 0, quoted: bool = False) -> tuple[Attributed, ...]:
    return attributions_of(sentence_of(text, 0, paragraph, quoted), ENGLISH, memory)


def told(text: str) -> list[tuple[str, str, str]]:
    """Everything somebody says: source, cue, content."""
    return [
        (one.attribution.text, one.attribution.cue, text[one.start - OFFSET : one.end - OFFSET])
        for one in read(text)
        if one.attribution is not None
    ]


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
    found = told(text)
    assert (source, cue) in [(one[0], one[1]) for one in found]
    assert content in [one[2] for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Troops have maintained control of the airport.",
        "The blast claimed the lives of ten people.",
        "No group has claimed responsibility for the blast.",
        "Rebels captured the town, adding pressure on the army.",
        "The army withdrew, adding to fears that the port could fall.",
        "Rebels captured the town, highlighting the complexity of the war.",
        "CORRECTED: Rebels have entered the city",
        "UPDATE 2: Rebels have entered the city",
        "No official has confirmed that the army had left.",
        "Nobody from the village has confirmed the deaths.",
        "None of the parties said when talks would start.",
        "The claims office in the city has no staff.",
        "The states are in the north.",
        "Damascus: a city on edge",
        "The Rebel Surge: A Swift Offensive Across Syria",
        "Planes attacked the city for three days.",
        "The news reports were long.",
        "The government push for the town kills ten",
        "Rebels entered the town on Saturday.",
        "Residents are worried about the dam.",
        "Don't blame the mayor.",
        "Read more: the town in pictures",
    ],
)
def test_what_looks_like_a_cue_and_is_none(text: str) -> None:
    assert told(text) == []


def test_a_sentence_without_a_cue_is_the_outlets_own() -> None:
    text = "Rebels entered the town on Saturday."
    assert [(one.start, one.end, one.attribution) for one in read(text)] == [(OFFSET, OFFSET + len(text), None)]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "Despite claims by officials that the leader has not fled, some sources suggest he is gone.",
            [("officials", "the leader has not fled"), ("some sources", "he is gone")],
        ),
        (
            "Though the office and its allies maintain that he remains, the silence has led many to doubt it.",
            [("the office and its allies", "he remains"), (None, "the silence has led many to doubt it")],
        ),
        (
            "Officials assert that he is in the capital, but some reports indicate that he has fled.",
            [("Officials", "he is in the capital"), ("some reports", "he has fled")],
        ),
        (
            "The army left the town, but state media denied that it had.",
            [(None, "The army left the town"), ("state media", "it had")],
        ),
    ],
)
def test_a_contrast_frame_sets_its_sides_against_each_other(text: str, sides: list[tuple[str | None, str]]) -> None:
    found = read(text)
    said = [(one.attribution.text if one.attribution else None, text[one.start - OFFSET : one.end - OFFSET]) for one in found]
    assert said == sides
    assert {one.frame for one in found} == {1}


@pytest.mark.parametrize(
    "text",
    [
        "Rebels said they had taken the port, a claim the army denied.",
        "Rebels said they had taken the port, something the army denies.",
        "Rebels said they had taken the port, which the army has denied.",
    ],
)
def test_who_denies_a_claim_behind_it_denies_what_was_claimed(text: str) -> None:
    found = [(source, content) for source, _, content in told(text)]
    assert found == [("Rebels", "they had taken the port"), ("the army", "they had taken the port")]
    assert [one.stance_cue for one in read(text)] == ["reported", "denied"]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("“We lost all,” Jane Doe told Reuters as she swept her shop.", []),
        ("The army took the port, state TV said on Friday, though fighting continued nearby.", ["fighting continued nearby"]),
        ("State TV showed men on what it said were barricades.", ["State TV showed men on what it said were barricades."]),
    ],
)
def test_to_whom_and_when_it_was_said_is_no_part_of_what_the_outlet_says(text: str, own: list[str]) -> None:
    found = [text[one.start - OFFSET : one.end - OFFSET] for one in read(text) if one.attribution is None]
    assert found == own


def test_statements_that_are_only_joined_share_no_frame() -> None:
    assert {one.frame for one in read("The army said it won, and the militia said it held the town.")} == {None}


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("The mayor said the army claimed it had won.", ["The mayor"]),
        ("The spokesman said the governor had told him the city was lost.", ["The spokesman"]),
        ("He said the rebels, who say they won, had left.", ["He"]),
        ("The rebels say they won; the army says they lost.", ["The rebels", "the army"]),
        ("“We won,” he said, adding that the army had fled.", ["he", "he"]),
        ("The mayor accused the army of looting and demanded an inquiry.", ["The mayor", "The mayor"]),
        ("Speaking in Rome, the envoy said talks had failed.", ["the envoy"]),
        ("Flood: mayor says worst is over", ["mayor"]),
        ("There was no confirmation of the army's claim that it had won.", ["the army"]),
        ("The army rejected claims that the rebels had won.", ["The army"]),
        ("The mayor dismissed reports that he had fled.", ["The mayor"]),
        ("The army said claims that the town had fallen were false.", ["The army"]),
        ("Officials interviewed claim that the town has fallen.", ["Officials"]),
    ],
)
def test_only_the_outermost_cue_attributes_and_joined_cues_share_their_source(text: str, sources: list[str]) -> None:
    assert [source for source, _, _ in told(text)] == sources


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        ("U.S. officials, citing intelligence sources, said he could flee.", "U.S. officials", "intelligence sources"),
        ("An official, citing satellite images, said tanks had moved.", "An official", "satellite images"),
        ("The daily, quoting a diplomat in Rome, reported that he fled.", "The daily", "a diplomat in Rome"),
        ("Iran said it had evacuated its staff, state TV reported.", "Iran", "state TV"),
        ("The army was quoted as saying by local media that it had won.", "The army", "local media"),
        ("The army was quoted by state television as saying it had won.", "The army", "state television"),
    ],
)
def test_whom_a_source_relies_on_stands_beside_it(text: str, source: str, via: str) -> None:
    (said,) = [one.attribution for one in read(text) if one.attribution]
    assert (said.text, said.via) == (source, via)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The army said it had won.", "reported"),
        ("The army insists it has won.", "claimed"),
        ("The army denied that it had lost.", "denied"),
        ("The army did not deny that it had lost.", "reported"),
        ("The army confirmed that it had lost.", "confirmed"),
        ("The army could not confirm that it had lost.", "rumoured"),
        ("Diplomats believe that he has fled.", "assessed"),
        ("There are rumours that he has fled.", "rumoured"),
        ("There was no independent confirmation of the claim.", "rumoured"),
        ("The army plans to leave the town.", None),
    ],
)
def test_the_cue_says_how_firmly_its_source_stands_behind_it(text: str, stance: str | None) -> None:
    assert [one.stance_cue for one in read(text) if one.attribution] == [stance]


def test_what_a_claim_is_called_that_somebody_denies_is_said_by_one_and_denied_by_the_other() -> None:
    text = "According to an envoy, the port has fallen, a claim Coast officials reject."
    assert told(text) == [
        ("an envoy", "According to", "the port has fallen"),
        ("Coast officials", "reject", "the port has fallen"),
    ]


def test_the_outlets_own_claim_stands_beside_its_denial() -> None:
    text = "The port has fallen, a claim officials reject."
    first, second = read(text)
    assert first.attribution is None
    assert second.attribution is not None
    assert second.attribution.text == "officials"
    assert (first.start, first.end) == (second.start, second.end)


def test_nothing_but_the_verb_of_a_carried_denial_is_no_statement() -> None:
    text = "A paper carried a denial from an officer, who called it a lie."
    (denial, _) = read(text)
    assert denial.attribution is not None
    assert denial.attribution.text == "an officer"


def test_a_subject_of_hearsay_belongs_to_the_hearsay() -> None:
    text = "The mayor has fled, local media reported, and protesters were said to have taken the port."
    assert told(text)[1][2] == "protesters were said to have taken the port"


def test_who_means_the_author_of_the_words_before_it() -> None:
    text = "The reports from residents, who said the army had left, are many."
    (said,) = (one.attribution for one in read(text) if one.attribution and one.attribution.cue == "said")
    assert said.resolved == "residents"


def test_a_question_put_before_an_answer_says_nothing() -> None:
    text = "Asked whether the president would go, the minister said only that “the coming hours will decide”."
    assert told(text) == [("the minister", "said", "“the coming hours will decide”")]


def test_what_nobody_announced_is_nobodys_announcement() -> None:
    assert told("Talks were held; no truce was announced.") == []


def test_a_toll_that_is_called_fantasy_is_denied() -> None:
    text = "The army said it killed 300 rebels, a toll the opposition called “pure fantasy”."
    first, second = read(text)
    assert (first.start, first.end) == (second.start, second.end)
    assert (first.stance_cue, second.stance_cue) == ("reported", "denied")


def test_a_second_speaker_of_a_headline_has_a_label_too() -> None:
    assert told("US says not involved in raid; Porter: “let it play out”") == [
        ("US", "says", "not involved in raid"),
        ("Porter", ":", "“let it play out”"),
    ]


def test_a_known_name_behind_a_dash_is_who_says_it() -> None:
    situation = replace(ARDANIA, outlets=(Outlet("Coast Wire", ("CWA",)),))
    said = attributions_of(sentence_of("Army retakes two villages – CWA"), ENGLISH, Memory(KnownSources(situation)))
    assert [one.attribution and one.attribution.text for one in said] == ["CWA"]
    nobody = attributions_of(sentence_of("Army retakes two villages – Hill"), ENGLISH, Memory(KnownSources(situation)))
    assert [one.attribution for one in nobody] == [None]


def test_fears_that_follow_a_preposition_are_nobodys() -> None:
    assert told("Coast closes crossing with Hill over security fears") == []


def test_who_will_defend_the_coast_says_nothing() -> None:
    assert told("It remains unclear whether Russia will defend the coast.") == []


def test_an_accuser_is_named_without_the_deed() -> None:
    assert told("The rebels were accused by the army of shelling Homs.")[0][0] == "the army"
