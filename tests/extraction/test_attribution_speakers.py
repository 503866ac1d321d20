"""Whose words they are: kinds of sources, whom "he" and "the monitor" stand for, quotations that run on."""

from __future__ import annotations

import pytest

from sitmon.extraction.attribution.sentence import attributions_of
from sitmon.extraction.attribution.speakers import KnownSources, Memory
from sitmon.model.claim import Attribution, SourceClass
from sitmon.model.situation import Named, Outlet, Place, Region, Situation
from tests.extraction.telling import ENGLISH, read, sentence_of

SITUATION = Situation(
    title="A valley at war",
    parties=(Named("the northern front", ("northern rebels", "the rebels")), Named("the government", ("state media",))),
    outlets=(Outlet("Valley News", ("VN",)),),
    regions=(Region("abroad", "Abroad", actors=(Named("United States", ("U.S. officials", "Washington")),)),),
    gazetteer=(Place("Rastan", ("Rastan",), "locality"),),
)


def source_of(text: str, memory: Memory | None = None) -> Attribution:
    (found,) = [one.attribution for one in read(text, memory) if one.attribution]
    return found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The army said it had won.", SourceClass.PARTY),
        ("The governor said it was over.", SourceClass.NAMED_OFFICIAL),
        ("Lt. Col. Jane Doe said it was over.", SourceClass.NAMED_OFFICIAL),
        ("Two senior officials said it was over.", SourceClass.UNNAMED_OFFICIALS),
        ("An official said it was over.", SourceClass.UNNAMED_OFFICIALS),
        ("The Syrian Observatory for Human Rights said it was over.", SourceClass.ORGANISATION),
        ("The Pentagon said it was over.", SourceClass.ORGANISATION),
        ("A resident of the city said it was over.", SourceClass.EYEWITNESS),
        ("Witnesses said they saw tanks.", SourceClass.EYEWITNESS),
        ("Some sources suggest it is over.", SourceClass.UNNAMED_SOURCES),
        ("Reports suggest it is over.", SourceClass.UNNAMED_REPORTS),
        ("It was reported that he had fled.", SourceClass.UNNAMED_REPORTS),
    ],
)
def test_a_source_is_of_the_kind_its_head_noun_names(text: str, kind: SourceClass) -> None:
    assert source_of(text).kind is kind


@pytest.mark.parametrize(
    ("text", "kind", "origin"),
    [
        ("A spokesman for the northern rebels said it was over.", SourceClass.PARTY, "the northern front"),
        ("State media said it was over.", SourceClass.PARTY, "the government"),
        ("Valley News reported that it was over.", SourceClass.ORGANISATION, "Valley News"),
        ("U.S. officials said it was over.", SourceClass.UNNAMED_OFFICIALS, None),
        ("Washington said it was over.", SourceClass.NAMED_OFFICIAL, "United States"),
        ("Residents of the rebels’ quarter said it was over.", SourceClass.EYEWITNESS, None),
        ("Jane Doe, the mayor, said it was over.", SourceClass.NAMED_OFFICIAL, "Jane Doe"),
        ("Jane Doe, a teacher, said it was over.", SourceClass.EYEWITNESS, None),
    ],
)
def test_a_source_collapses_to_what_the_situation_knows(text: str, kind: SourceClass, origin: str | None) -> None:
    said = source_of(text, Memory(KnownSources(SITUATION)))
    assert (said.kind, said.origin) == (kind, origin)


def test_a_place_before_a_colon_is_no_source() -> None:
    assert [one.attribution for one in read("Rastan: The rebels have won", Memory(KnownSources(SITUATION)))] == [None]


@pytest.mark.parametrize(
    ("sentences", "text", "resolved"),
    [
        (["Governor Jane Doe said the dam held."], "She added that help was near.", "Governor Jane Doe"),
        (["The Syrian Observatory for Human Rights said ten died."], "The monitor said more were hurt.", "Observatory"),
        (["The Syrian Observatory for Human Rights said ten died."], "The Observatory said more were hurt.", "Observatory"),
        (["Mustafa Sino said ten died."], "Most are children, Sino said.", "Mustafa Sino"),
        (["Two farmers said ten died."], "They said more were hurt.", "Two farmers"),
        (["Jane Doe said ten died.", "The army said it was calm."], "She said it was not.", "Jane Doe"),
        (["State media said ten died."], "The Observatory said more were hurt.", None),
        (["The Syrian Observatory for Human Rights said ten died."], "The army said it was calm.", None),
        (["An opposition official said ten died."], "The commander of a rebel group said it was calm.", None),
        (["The foreign minister of Ardania said ten died."], "The mayor said it was calm.", None),
        (["Jane Doe said ten died."], "The mayor said it was calm.", "Jane Doe"),
        (["Jane Doe said ten died.", "Sources close to the mayor said it was calm."], "She said it was not.", "Jane Doe"),
        (["Men on the ground said ten died."], "The army said it was calm.", None),
        (["The Syrian army said ten died."], "The army said more were hurt.", "The Syrian army"),
        (["The mayor said ten died."], "The mayor, who is ill, said it was calm.", None),
    ],
)
def test_a_pronoun_stands_for_the_last_source_it_fits(sentences: list[str], text: str, resolved: str | None) -> None:
    memory = Memory()
    for earlier in sentences:
        read(earlier, memory)
    said = source_of(text, memory)
    assert said.text in text
    assert (said.resolved or "").find(resolved or "") >= 0
    assert (said.resolved is None) == (resolved is None)


def test_who_stands_for_the_name_before_it() -> None:
    said = source_of("They met Jane Doe, who said the dam would hold.")
    assert (said.text, said.resolved) == ("who", "Jane Doe")


def test_a_pronoun_with_nobody_before_it_is_nobody() -> None:
    said = source_of("They said the dam would hold.")
    assert (said.resolved, said.origin, said.kind) == (None, None, SourceClass.UNNAMED_SOURCES)


def test_a_quotation_over_several_sentences_keeps_its_speaker() -> None:
    memory = Memory()
    read("“The dam will hold,” Jane Doe said. “It was built to last.", memory)
    (running,) = [one.attribution for one in read("We have checked every gate.", memory, quoted=True)]
    assert running is not None
    assert (running.text, running.resolved, running.origin) == ("", "Jane Doe", "Jane Doe")


def test_a_quotation_whose_speaker_is_named_at_its_end_is_his_from_its_beginning() -> None:
    texts = ["“The dam will hold.", "We have checked every gate,” said Jane Doe, the engineer."]
    sentences = [sentence_of(text, position=at, quoted=at > 0) for at, text in enumerate(texts)]
    memory = Memory(sentences=sentences)
    said = [one.attribution for sentence in sentences for one in attributions_of(sentence, ENGLISH, memory)]
    assert [one and (one.resolved or one.text) for one in said] == ["Jane Doe, the engineer"] * 2


def test_a_second_quotation_of_the_same_paragraph_keeps_its_speaker() -> None:
    memory = Memory()
    read("“The dam will hold,” Jane Doe said.", memory, paragraph=3)
    (same,) = [one.attribution for one in read("“It was built to last.”", memory, paragraph=3)]
    assert same is not None
    assert same.resolved == "Jane Doe"


def test_a_quotation_goes_on_with_whom_its_pronoun_stands_for() -> None:
    memory = Memory()
    read("Jane Doe said the dam held.", memory)
    read("The army said it was calm.", memory)
    read("“The dam will hold,” she said.", memory, paragraph=3)
    (same,) = [one.attribution for one in read("“It was built to last.”", memory, paragraph=3)]
    assert same is not None
    assert same.resolved == "Jane Doe"


def test_a_quotation_in_another_paragraph_is_not_given_to_the_last_speaker() -> None:
    memory = Memory()
    read("“The dam will hold,” Jane Doe said.", memory, paragraph=3)
    assert [one.attribution for one in read("“It was built to last.”", memory, paragraph=4)] == [None]
