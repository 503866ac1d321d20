"""Traces: what a reading found in one sentence on its way to a report, kept for whoever asks why (explanation.py)."""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.extraction.matters.classes import Classed
from sitmon.extraction.matters.scene import Scene
from sitmon.extraction.places.routing import Routed
from sitmon.extraction.places.speaking import LocatedSentence
from sitmon.extraction.statement import Statement
from sitmon.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Trace:
    """What was found in a sentence.

    Attributes:
        located: The sentence with its names and places.
        routed: Its statements, each with where it belongs and the rungs of the ladder that were tried.
        classed: Its class, and which rule decided it.
        scene: Its words, and the phrases of the lexicon among them.
    """

    located: LocatedSentence
    routed: Sequence[tuple[Statement, Routed]]
    classed: Classed
    scene: Scene
