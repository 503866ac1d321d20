"""Shapes: what comes back from the process that takes outsiders' work apart (apart.py), as plain data. Pure.

result ─► JSON without a word of which classes ─► the shape that was asked for, or no answer at all

Whoever has got hold of that process by a document can so give wrong words, which it could before, and have nothing run here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

_T = TypeVar("_T")
_Reader = Callable[[Any], Any]
_PLAIN = (str, int, float, bool, NoneType)


class OtherShapeError(ValueError):
    """What came is not of the shape that was asked for."""


def written(value: object) -> bytes:
    """Return a value as it is sent: texts, numbers, moments, bytes, lists of them, and nouns as lists of their fields.

    Raises:
        TypeError: It holds anything else.
    """
    return json.dumps(value, default=_as_plain, ensure_ascii=False, check_circular=False).encode("utf-8", "surrogatepass")


def read(data: bytes, shape: type[_T]) -> _T:
    """Return what was sent.

    Args:
        data: As `written` makes it, or whatever a process has sent that is in other hands.
        shape: What it must be: a noun, list or tuple of nouns, plain values, or one of them or None.

    Raises:
        OtherShapeError: It is anything else.
    """
    kind: Any = shape
    try:
        value: _T = _reader(kind)(json.loads(data.decode("utf-8", "surrogatepass")))
    except (ValueError, TypeError, RecursionError) as error:
        raise OtherShapeError(str(error)[:200]) from error
    return value


def _as_plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if is_dataclass(value):
        kind: Any = type(value)
        return [getattr(value, name) for name in _names(kind)]
    raise TypeError(f"{type(value).__name__} is not sent")


@cache
def _names(noun: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(noun))


@cache
def _reader(shape: Any) -> _Reader:  # noqa: PLR0911 - one for each kind
    """Return what makes a value of a shape from what JSON made of it."""
    if shape in _PLAIN:
        return _only(shape)
    if shape is bytes:
        return lambda value: _only(str)(value).encode("latin-1")
    if shape is datetime:
        return lambda value: datetime.fromisoformat(_only(str)(value))
    origin, inner = get_origin(shape), get_args(shape)
    if origin in (Union, UnionType):
        (one,) = (_reader(each) for each in inner if each is not NoneType)
        return lambda value: None if value is None else one(value)
    if origin is list or (origin is tuple and inner[-1] is Ellipsis):
        one = _reader(inner[0])
        return lambda value: origin(map(one, _only(list)(value)))
    if origin is tuple:
        return _each(tuple, tuple(map(_reader, inner)), is_spread=False)
    if isinstance(shape, type) and issubclass(shape, Enum):
        return lambda value: shape(_only(str)(value))
    hints = get_type_hints(shape)
    names = shape._fields if issubclass(shape, tuple) else _names(shape)
    return _each(shape, tuple(_reader(hints[name]) for name in names), is_spread=True)


def _only(kind: type) -> _Reader:
    def checked(value: Any) -> Any:
        if type(value) is not kind:
            raise OtherShapeError(f"{type(value).__name__} instead of {kind.__name__}")
        return value

    return checked


def _each(make: Callable[..., Any], readers: tuple[_Reader, ...], *, is_spread: bool) -> _Reader:
    def made(value: Any) -> Any:
        parts = [read(part) for read, part in zip(readers, _only(list)(value), strict=True)]
        return make(*parts) if is_spread else make(parts)

    return made
