"""What a feed's server answers, and what must come of it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.hostile.outcome import Outcome
from tests.newsroom import Drawn, Part, Reply

TOWNS = 12


@dataclass(frozen=True, slots=True)
class Told:
    """One answer to whoever asks for a feed.

    Attributes:
        name: Tells it from all others.
        answer: What is answered.
        outcome: RECORDED: articles, and its source answers; REFUSED: none, and its source says why; NOTHING: neither.
        says: What its source's error must hold.
        sentences: Those that must stand in the record once, word for word.
        articles: How many there must be.
        drawn: Writes to the socket itself, in place of the answer.
    """

    name: str
    answer: Reply | Part
    outcome: Outcome
    says: str = ""
    sentences: tuple[str, ...] = ()
    articles: int = 0
    drawn: Drawn | None = None
