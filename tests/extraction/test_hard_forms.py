"""Attributions in the forms that hide them: insertions, figures, deeds that are only claimed, passives without "be"."""

from __future__ import annotations

import pytest

from sitmon.model.claim import Modality, ReportClass, Stance
from tests.extraction.telling import told
from tests.extraction.test_first_sight import claims_of, reading_of


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        # a single word between commas, and a statement that is told about
        ("Three port workers, however, say the crane was shelled.", ["Three port workers"]),
        ("Officers, though, deny it.", ["Officers"]),
        ("The union, in a letter that named no minister, said the pits would close.", ["The union"]),
        # where it was said, and on whom it relies
        ("The dam was breached twice, the agency said in an update citing its engineers.", ["the agency", "the agency"]),
        ("The bridge is closed, the port authority wrote in a cable seen by reporters.", ["the port authority"]),
        # the comma of a quotation stands inside its marks
        ("The palace called the story “invented,” adding that its author had left.", ["The palace", "The palace"]),
        ("The count dismissed the letter as a “poor forgery,” saying he never wrote it.", ["The count", "The count"]),
        # figures that are bounds, and deeds that are only claimed
        ("The monitor, which has people in the hills, counted at least 61 dead.", ["The monitor"]),
        ("A charity recorded no fewer than 40 strikes.", ["A charity"]),
        ("The officers counted on their men.", []),
        ("Militia claims capture of river port", ["Militia"]),
        ("The militia, in a brief statement, claimed full control of the valley.", ["The militia"]),
        ("Both sides claimed victory in the valley.", ["Both sides"]),
        ("No group has claimed responsibility for the blast.", []),
        ("Farmers claimed their subsidies.", []),
        # what somebody vows to do, and what another answers behind a dash
        ("Minister vows to resist pressure", ["Minister"]),
        ("The Duke accuses the Count of burning mills – a charge the Count rejects.", ["The Duke", "the Count"]),
        ("Junta: river garrison relieved after long siege", ["Junta"]),
        ("Mines: union leader vows to go on", ["union leader"]),
        # passives without "be": nobody is named
        ("Dozens feared dead after ferry sinks", [""]),
        ("Miners believed trapped in shaft", [""]),
        ("Police reported missing persons.", ["Police"]),
        # participles that only describe a noun
        ("The truce announced on Monday has failed.", []),
        ("The reforms demanded by students were dropped.", []),
        ("Losses reported in the valley were heavy.", []),
        ("The ministry announced on Monday the town had fallen.", ["The ministry"]),
        ("The deserter described being ordered to fire.", ["The deserter"]),
    ],
)
def test_who_says_it_is_found_where_the_form_hides_it(text: str, sources: list[str]) -> None:
    assert [source for source, _, _ in told(text)] == sources


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The agency said it could not verify the footage.", Modality.RUMOURED),
        ("The Pentagon said it was not in a position to confirm that the base had been hit.", Modality.RUMOURED),
        ("The agency said that officials could not confirm the strike.", Modality.REPORTED),
        ("Dozens feared dead after ferry sinks off Latakia", Modality.RUMOURED),
        ("The rebels claimed full control of Homs.", Modality.CLAIMED),
    ],
)
def test_how_firmly_it_is_said_in_such_forms(text: str, modality: Modality) -> None:
    assert [claim.modality for claim in claims_of(text)] == [modality]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Nothing illustrates the change better than the empty palace.", ReportClass.COMMENTARY),
        ("Behind those figures lie broken homes.", ReportClass.COMMENTARY),
        ("A wall like this seldom stands for long.", ReportClass.BACKGROUND),
        ("There were claims on several channels that the harbour was on fire.", ReportClass.CLAIM),
    ],
)
def test_what_is_news_in_such_forms(text: str, kind: ReportClass) -> None:
    assert [report.kind for report in reading_of(text).reports] == [kind]


def test_who_carries_out_his_duties_somewhere_is_there() -> None:
    (claim,) = claims_of("President Assad was carrying out his duties from Damascus, the presidency said.")
    assert claim.proposition is not None
    assert (claim.proposition.family, claim.proposition.stance) == ("whereabouts", Stance.FOR)
