"""How the nouns are made: frozen dataclasses with slots, quick to define and quick to make. Below everything else.

`@dataclass(frozen=True, slots=True)` from here means what it means in the standard library, to readers, to mypy and at run
time. The library's own compiles six methods a class when it is defined (0.43 ms a class, here 0.02: it was a quarter of the
desk's way to its first paint) and sets each field of a frozen noun through `object.__setattr__` (1.1 µs for a claim's fifteen,
here 0.3). Here a method is compiled when it is first called, and a noun's fields are set while it is still of a class that is
not frozen. Why, and what would end it: docs/decisions/093.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, field, fields, make_dataclass
from inspect import get_annotations
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

__all__ = ["dataclass"]
Noun = TypeVar("Noun")


def _noun(*, frozen: Literal[True], slots: Literal[True]) -> Callable[[type[Noun]], type[Noun]]:
    """Make a class whose annotations are its fields a frozen noun with slots, as `dataclasses.dataclass` would."""
    del frozen, slots
    return _made


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _noun


def _made(cls: type[Noun]) -> type[Noun]:
    """Return the class anew, with slots: they can only be given to a class when it is made.

    Raises:
        TypeError: It has a base, a method that a dataclass would call, or a field that asks for more than a default or to be
            left out of what is shown; no noun needs any of these.
    """
    if hasattr(cls, "__mypyc_attrs__"):
        # A compiled class has its fields in place and cannot be made anew; mypy alone keeps it from being changed.
        return dataclasses.dataclass(unsafe_hash=True)(cls)
    if cls.__bases__ != (object,) or hasattr(cls, "__post_init__"):
        raise TypeError(f"{cls.__name__}: a noun has neither base nor __post_init__")
    kinds = get_annotations(cls)
    names = tuple(kinds)
    given = {name: value for name, value in cls.__dict__.items() if name not in {*names, "__dict__", "__weakref__"}}
    told = {name: _as_field(cls, name, cls.__dict__.get(name, MISSING)) for name in names}
    own = {
        "__slots__": names,
        "__match_args__": names,
        "__dataclass_fields__": _Fields(kinds, told),
        "__repr__": _repr_of(name for name in names if told[name].repr),
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        "__reduce__": _reduced,
    }
    noun = cast("type[Noun]", type(cls.__name__, cls.__bases__, own | given))
    noun.__qualname__ = cls.__qualname__
    for name, source in (("__new__", _constructor), ("__eq__", _equality), ("__hash__", _hashing)):
        if name not in given or given[name] is None:
            setattr(noun, name, _once_called(noun, name, source, told))
    return noun


def _as_field(cls: type, name: str, default: Any) -> Field[Any]:
    """Return what is told of a field; refuse what would otherwise be passed over without a word."""
    told = default if isinstance(default, Field) else field(default=default)
    is_plain = told.init and told.compare and told.hash is None and told.kw_only is MISSING
    if not is_plain or told.default.__class__.__hash__ is None:
        raise TypeError(f"{cls.__name__}.{name}: a noun's field has a default that cannot change, and is shown or not")
    return told


class _Fields:
    """What `dataclasses.fields`, `replace` and `asdict` go by; made by the library itself when one of them first asks."""

    def __init__(self, kinds: Mapping[str, Any], told: Mapping[str, Field[Any]]) -> None:
        self._kinds = kinds
        self._told = told

    def __get__(self, noun: object, cls: Any) -> dict[str, Field[Any]]:
        asked = [(name, kind, self._told[name]) for name, kind in self._kinds.items()]
        # A text of its own keeps the library from writing one, which takes longer than all the rest.
        made = make_dataclass(cls.__name__, asked, namespace={"__doc__": cls.__name__}, init=False, repr=False, eq=False)
        cls.__dataclass_fields__ = known = {one.name: one for one in fields(made)}
        return known


def _once_called(
    cls: type, name: str, source: Callable[[Mapping[str, Field[Any]]], str], told: Mapping[str, Field[Any]]
) -> Callable[..., Any]:
    """Return a method that, when it is first called, is compiled, takes its own place and does what was asked."""

    def first(*given: Any, **named: Any) -> Any:
        method = _compiled(cls, name, source(told), told)
        setattr(cls, name, staticmethod(method) if name == "__new__" else method)
        return method(*given, **named)

    first.__name__, first.__qualname__ = name, f"{cls.__qualname__}.{name}"
    return first


def _compiled(cls: type, name: str, source: str, told: Mapping[str, Field[Any]]) -> Callable[..., Any]:
    known: dict[str, Any] = {"_missing": MISSING, "_unfrozen": type(cls.__name__, (), {"__slots__": tuple(told)})}
    known |= {f"_default_{one}": each.default for one, each in told.items()}
    known |= {f"_factory_{one}": each.default_factory for one, each in told.items()}
    exec(compile(source, f"<{cls.__qualname__}>", "exec"), known)  # noqa: S102 - made of the class's own field names
    method: Callable[..., Any] = known[name]
    method.__qualname__, method.__module__ = f"{cls.__qualname__}.{name}", cls.__module__
    return method


def _constructor(told: Mapping[str, Field[Any]]) -> str:
    """Write the constructor: an object of a class with the same slots becomes one of ours once its fields are set."""
    heads, lines = [], []
    for name, each in told.items():
        is_made = each.default_factory is not MISSING
        default = "=_missing" if is_made else f"=_default_{name}" if each.default is not MISSING else ""
        heads.append(name + default)
        lines.append(f" _noun.{name} = " + (f"_factory_{name}() if {name} is _missing else {name}" if is_made else name))
    # Classes come first, as the library's constructor has `self` first: a field may have any name but these two.
    return "\n".join(
        [
            f"def __new__({', '.join(['_class', *heads])}):",
            " _noun = _unfrozen()",
            *lines,
            " _noun.__class__ = _class",
            " return _noun",
        ]
    )


def _equality(told: Mapping[str, Field[Any]]) -> str:
    head = "def __eq__(self, other):\n if other.__class__ is not self.__class__: return NotImplemented\n return "
    return f"{head}{_values(told, 'self')} == {_values(told, 'other')}"


def _hashing(told: Mapping[str, Field[Any]]) -> str:
    return f"def __hash__(self): return hash({_values(told, 'self')})"


def _values(told: Mapping[str, Field[Any]], whose: str) -> str:
    return f"({''.join(f'{whose}.{name}, ' for name in told)})"


def _repr_of(names: Any) -> Callable[[object], str]:
    shown = tuple(names)

    def __repr__(self: object) -> str:  # noqa: N807
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    return __repr__


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _reduced(self: Any) -> tuple[Any, tuple[Any, ...]]:
    """Say how a copy is made, for pickle and copy."""
    return type(self), tuple(getattr(self, name) for name in self.__slots__)
