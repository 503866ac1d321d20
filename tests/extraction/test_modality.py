"""How firmly a thing is said: by the cue, by the words around it, by the words of the statement."""

from __future__ import annotations

import pytest

from sitmon.model.claim import Auxiliary, Certainty, Modality, Polarity, SourceClass
from tests.extraction.staging import one, read


@pytest.mark.parametrize(
    ("staged", "cue", "stance", "modality"),
    [
        ("[The mayor] said {the bridge was closed}.", "said", "reported", Modality.REPORTED),
        ("[The militia] claims that {it has taken the bridge}.", "claims", "claimed", Modality.CLAIMED),
        ("[The ministry] confirmed {the bridge had collapsed}.", "confirmed", "confirmed", Modality.CONFIRMED),
        ("[The ministry] denied that {the governor had fled}.", "denied", "denied", Modality.DENIED),
        ("[The ministry] rejected reports that {the bridge had collapsed}.", "reports", "reported", Modality.DENIED),
        ("[State media] dismissed as fake claims that {the army was leaving the port}.", "claims", "claimed", Modality.DENIED),
        ("[The minister] said {reports of a coup were fabricated}.", "said", "reported", Modality.DENIED),
        ("[The ministry] could not confirm that {the bridge had collapsed}.", "confirm", "confirmed", Modality.RUMOURED),
        ("[The ministry] has not confirmed that {the bridge had collapsed}.", "confirmed", "confirmed", Modality.RUMOURED),
        ("[The ministry] did not deny that {the governor had fled}.", "deny", "denied", Modality.REPORTED),
        ("[Officials] believe {the dam could burst within days}.", "believe", "assessed", Modality.ASSESSED),
        ("[Officials] said {the dam could burst within days}.", "said", "reported", Modality.ASSESSED),
        ("[The army] said {it would send more troops on Monday}.", "said", "reported", Modality.REPORTED),
    ],
)
def test_a_named_source_means_what_its_cue_says(staged: str, cue: str, stance: str, modality: Modality) -> None:
    assert one(staged, cue=cue, stance=stance).modality is modality


@pytest.mark.parametrize(
    ("staged", "modality"),
    [
        ("[Reports] suggest that {the dam has burst}.", Modality.RUMOURED),
        ("[Some sources] said {the governor may have fled}.", Modality.RUMOURED),
        ("[Reports from the scene] said {the dam has burst}.", Modality.REPORTED),
        ("[Experts] said {the dam could burst within days}.", Modality.ASSESSED),
    ],
)
def test_an_anonymous_plural_is_a_rumour_only_with_a_hedge(staged: str, modality: Modality) -> None:
    cue = "suggest" if "suggest" in staged else "said"
    assert one(staged, cue=cue, stance="reported", kind=SourceClass.UNNAMED_REPORTS).modality is modality


def test_a_claim_noun_with_a_negation_answers_a_charge_and_denies() -> None:
    statement = one("Despite claims by [officials] that {the governor has not fled}.", cue="claims", stance="claimed")
    assert (statement.modality, statement.polarity) == (Modality.DENIED, Polarity.NEGATIVE)


def test_to_insist_that_something_did_not_happen_is_a_claim() -> None:
    statement = one("[Officials] insist that {the governor has not fled}.", cue="insist", stance="claimed")
    assert (statement.modality, statement.polarity) == (Modality.CLAIMED, Polarity.NEGATIVE)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The dam has burst.", Modality.REPORTED),
        ("The dam has reportedly burst.", Modality.RUMOURED),
        ("It was reported that the dam had burst.", Modality.RUMOURED),
        ("The governor was believed to have left the country.", Modality.RUMOURED),
        ("It was not immediately clear who fired the rockets.", Modality.RUMOURED),
        ("Nobody could say how many were hurt.", Modality.RUMOURED),
        ("The governor left for an unknown destination.", Modality.REPORTED),
        ("The governor’s whereabouts were unknown.", Modality.RUMOURED),
        ("Neither Oster nor Marwick has confirmed the fall of the port.", Modality.RUMOURED),
        ("Reports that the port had fallen were premature.", Modality.DENIED),
        ("Neither side confirmed the deal.", Modality.RUMOURED),
        ("No official has confirmed that the dam had burst.", Modality.RUMOURED),
        ("Nobody from the village has yet confirmed the deaths.", Modality.RUMOURED),
        ("The paper was able to verify none of the reports.", Modality.RUMOURED),
        ("There was no independent confirmation of the claim.", Modality.RUMOURED),
        ("The reports could not be independently verified.", Modality.RUMOURED),
        ("Reuters has not been able to independently verify the document.", Modality.RUMOURED),
        ("Twelve people were confirmed dead.", Modality.CONFIRMED),
        ("No group has claimed responsibility for the blast.", Modality.REPORTED),
        ("Troops have maintained control of the airport.", Modality.REPORTED),
    ],
)
def test_the_outlet_s_own_words_may_be_hedged_too(text: str, modality: Modality) -> None:
    assert one(text).modality is modality


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The governor has not fled.", Polarity.NEGATIVE),
        ("The governor hasn’t fled.", Polarity.NEGATIVE),
        ("Nobody was killed in the blast.", Polarity.NEGATIVE),
        ("No casualties were reported.", Polarity.NEGATIVE),
        ("Clashes in the north did not stop.", Polarity.NEGATIVE),
        ("The rebels no longer control the bridge.", Polarity.NEGATIVE),
        ("Rebels captured not only the bridge but also the port.", Polarity.POSITIVE),
        ("No fewer than 12 people were killed.", Polarity.POSITIVE),
        ("Rebels captured the bridge, which was not defended.", Polarity.POSITIVE),
        ("Rebels captured the bridge but did not enter the port.", Polarity.POSITIVE),
        ("Rebels failed to capture the bridge.", Polarity.POSITIVE),
        ("The town fell without a fight.", Polarity.POSITIVE),
    ],
)
def test_polarity_is_the_literal_negation_of_what_happened(text: str, polarity: Polarity) -> None:
    assert read(text)[0].polarity is polarity


def test_a_denied_statement_keeps_its_own_polarity() -> None:
    statement = one("[The ministry] denied that {the governor had fled}.", cue="denied", stance="denied")
    assert statement.polarity is Polarity.POSITIVE


@pytest.mark.parametrize(
    ("text", "auxiliary"),
    [
        ("Rebels captured the port on Monday.", Auxiliary.NONE),
        ("Rebels will storm the port.", Auxiliary.FUTURE),
        ("Rebels plan to control the port.", Auxiliary.FUTURE),
        ("Rebels claim to control the port.", Auxiliary.NONE),
        ("Rebel forces could reach the port within hours.", Auxiliary.FUTURE),
        ("If the bridge falls, the port would be cut off.", Auxiliary.HYPOTHETICAL),
        ("The port will be cut off unless the bridge holds.", Auxiliary.HYPOTHETICAL),
        ("Rebels captured the port after asking whether it would be defended.", Auxiliary.NONE),
        ("Talks are due to begin in Geneva on Sunday.", Auxiliary.FUTURE),
        ("Residents could hear explosions in the port.", Auxiliary.NONE),
        ("Rebels have captured the port since 7 May 2016.", Auxiliary.NONE),
        ("The army would have shelled the port.", Auxiliary.HYPOTHETICAL),
        ("Rebels captured the port in 2012.", Auxiliary.HISTORICAL),
        ("Rebels have not captured the port.", Auxiliary.NEGATION),
        ("Rebels failed to capture the port.", Auxiliary.NEGATION),
        ("The rebels will not withdraw from the port.", Auxiliary.FUTURE),
    ],
)
def test_how_a_statement_stands_to_the_present(text: str, auxiliary: Auxiliary) -> None:
    assert read(text)[-1].auxiliary is auxiliary


def test_a_source_s_own_announcement_is_no_forecast() -> None:
    statement = one("[Britain] said {it would raise the attack at the United Nations}.", cue="said", stance="reported")
    assert (statement.modality, statement.auxiliary) == (Modality.REPORTED, Auxiliary.NONE)


def test_whoever_says_we_announces_even_where_the_speaker_is_missing() -> None:
    assert one("Based on the results we will reopen the bridge.").auxiliary is Auxiliary.NONE


def test_what_somebody_threatens_to_do_is_still_to_come() -> None:
    statement = one("[The army] threatened {to shell the port}.", cue="threatened", stance="reported")
    assert statement.auxiliary is Auxiliary.FUTURE


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Rebels captured the port.", Certainty.CERTAIN),
        ("Rebels may have captured the port.", Certainty.POSSIBLE),
        ("Rebels have probably captured the port.", Certainty.PROBABLE),
        ("It is not clear who captured the port.", Certainty.UNDERSPECIFIED),
    ],
)
def test_certainty_is_that_of_the_words(text: str, certainty: Certainty) -> None:
    assert one(text).certainty is certainty
