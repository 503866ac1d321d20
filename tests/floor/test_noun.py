"""A noun is what the standard library's frozen dataclass with slots is; its way of being made is the only difference."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from sitmon.model import alarm, article, board, claim, health, indicator, person, situation
from sitmon.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """Fields of all the kinds that nouns have."""

    place: str
    tier: int = 0
    outlets: list[str] = dataclasses.field(default_factory=list)
    secret: str | None = dataclasses.field(default=None, repr=False)

    @property
    def words(self) -> str:
        """Say it."""
        return f"{self.place} {self.tier}"


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same by the standard library."""

    place: str
    tier: int = 0
    outlets: list[str] = dataclasses.field(default_factory=list)
    secret: str | None = dataclasses.field(default=None, repr=False)

    @property
    def words(self) -> str:
        """Say it."""
        return f"{self.place} {self.tier}"


@dataclass(frozen=True, slots=True)
class Nothing:
    """No field at all."""


SAYS: dict[str, Callable[[Any], object]] = {
    "by position": lambda kind: dataclasses.astuple(kind("Reed", 2, ["a"], "b")),
    "by name": lambda kind: dataclasses.asdict(kind(tier=2, place="Reed", secret="b")),
    "by default": lambda kind: dataclasses.astuple(kind("Reed")),
    "each its own list": lambda kind: kind("Reed").outlets is kind("Reed").outlets,
    "with a method": lambda kind: kind("Reed", 2).words,
    "shown": lambda kind: repr(kind("Reed", 2, [], "hidden")).replace(kind.__name__, ""),
    "equal": lambda kind: kind("Reed", 2) == kind("Reed", 2),
    "not equal": lambda kind: [kind("Reed") == kind("Alder"), kind("Reed") != kind("Alder"), kind("Reed") == "Reed"],
    "of another class": lambda kind: kind("Reed").__eq__(Nothing()),
    "replaced": lambda kind: dataclasses.astuple(dataclasses.replace(kind("Reed", 2), place="Alder")),
    "pickled": lambda kind: pickle.loads(pickle.dumps(kind("Reed", 2))) == kind("Reed", 2),
    "copied": lambda kind: (copy.copy(kind("Reed")) == kind("Reed"), copy.deepcopy(kind("Reed")) == kind("Reed")),
    "deeply": lambda kind: copy.deepcopy(one := kind("Reed", 1, ["a"])).outlets is one.outlets,
    "its fields": lambda kind: [(one.name, one.type, one.default) for one in dataclasses.fields(kind)],
    "a dataclass": lambda kind: (dataclasses.is_dataclass(kind), dataclasses.is_dataclass(kind("Reed"))),
    "matched": lambda kind: kind.__match_args__,
    "its slots": lambda kind: (kind.__slots__, hasattr(kind("Reed"), "__dict__")),
    "what it is": lambda kind: (kind.__doc__ is not None, kind.__module__),
}


@pytest.mark.parametrize("says", SAYS.values(), ids=SAYS)
def test_a_noun_says_what_a_dataclass_says(says: Callable[[Any], object]) -> None:
    assert says(Ours) == says(Theirs)


Errors = type[Exception] | tuple[type[Exception], ...]
REFUSED: dict[str, tuple[Callable[[Any], object], Errors]] = {
    "set": (lambda kind: setattr(kind("Reed"), "place", "Alder"), dataclasses.FrozenInstanceError),
    "set what is not there": (lambda kind: setattr(kind("Reed"), "colour", "red"), (AttributeError, TypeError)),
    "deleted": (lambda kind: delattr(kind("Reed"), "place"), dataclasses.FrozenInstanceError),
    "too little": (lambda kind: kind(), TypeError),
    "too much": (lambda kind: kind("Reed", 1, [], None, 5), TypeError),
    "twice": (lambda kind: kind("Reed", place="Alder"), TypeError),
    "unknown": (lambda kind: kind("Reed", colour="red"), TypeError),
    "hashed with a list": (lambda kind: hash(kind("Reed")), TypeError),
}


@pytest.mark.parametrize(("does", "error"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_a_noun_refuses_what_a_dataclass_refuses(kind: Any, does: Callable[[Any], object], error: Errors) -> None:
    with pytest.raises(error):
        does(kind)


def test_equal_nouns_are_one_key() -> None:
    assert {claim.Quantity(14.0, "killed"): 1}[claim.Quantity(14.0, "killed")] == 1
    assert len({Nothing(), Nothing()}) == 1


def test_a_method_that_a_class_brings_along_stays() -> None:
    @dataclass(frozen=True, slots=True)
    class Folded:
        """Equal whatever the case."""

        word: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Folded) and self.word.casefold() == other.word.casefold()

        def __hash__(self) -> int:
            return hash(self.word.casefold())

        def __repr__(self) -> str:
            return self.word

    assert (Folded("A") == Folded("a"), len({Folded("A"), Folded("a")}), repr(Folded("A"))) == (True, 1, "A")


def test_no_noun_has_a_base() -> None:
    with pytest.raises(TypeError, match="neither base"):

        @dataclass(frozen=True, slots=True)
        class Small(Ours):
            """Would be two things."""


@pytest.mark.parametrize(
    "told",
    [
        [],
        dataclasses.field(default=0, compare=False),
        dataclasses.field(default=0, init=False),
        dataclasses.field(default=0, hash=False),
        dataclasses.field(default=0, kw_only=True),
    ],
)
def test_what_a_noun_does_not_know_of_fields_is_refused(told: Any) -> None:
    with pytest.raises(TypeError, match=r"Odd\.place"):
        dataclass(frozen=True, slots=True)(type("Odd", (), {"__annotations__": {"place": "Any"}, "place": told}))


@pytest.mark.parametrize("module", [alarm, article, board, claim, health, indicator, person, situation])
def test_no_noun_of_the_model_can_be_changed(module: Any) -> None:
    nouns = [each for _, each in inspect.getmembers(module, dataclasses.is_dataclass) if isinstance(each, type)]
    assert nouns
    for noun in nouns:
        made = noun(*range(len(dataclasses.fields(noun))))
        assert made == dataclasses.replace(made)
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(made, dataclasses.fields(noun)[0].name, None)
