"""What may come of a case."""

from enum import Enum


class Outcome(Enum):
    """What a person finds of a case afterwards."""

    RECORDED = "an article, its sentence word for word"
    NOTED = "an article, and a finding that says what is odd about it"
    REFUSED = "no article, but a finding that says why"
    NOTHING = "nothing: it is not meant as an article"
