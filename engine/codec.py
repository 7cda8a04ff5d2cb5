"""Plan values as JSON and back, by the types of their fields; so a run opens without parsing YAML.

Decimals and dates are strings, durations whole milliseconds, and what has its default is left out.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Hashable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_MILLISECOND = timedelta(milliseconds=1)
_NOT_KEPT = {"places", "source"}
"""Fields that belong to the file and not to the plan."""
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


def to_json(value: Any) -> Any:
    """A plan value as plain JSON."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if isinstance(value, (tuple, list)):
        return [to_json(one) for one in value]
    if dataclasses.is_dataclass(kind):
        return {
            name: to_json(kept)
            for name, default in _kept(_hashable(kind))
            if (kept := getattr(value, name)) != default
        }
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, timedelta):
        return {"ms": value // _MILLISECOND}
    if isinstance(value, date):
        return value.isoformat()
    return value


def _hashable(hint: Any) -> Hashable:
    """A type, as what it also is: something a cache can know again."""
    known: Hashable = hint
    return known


@cache
def _kept(cls: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((one.name, one.default) for one in dataclasses.fields(cls) if one.name not in _NOT_KEPT)


def from_json(cls: type[T], value: Any) -> T:
    """The plan value of type `cls` that `to_json` wrote; KeyError or TypeError when it is none."""
    made: T = _reader(_hashable(cls))(value)
    return made


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    if dataclasses.is_dataclass(hint):
        return _record_reader(hint)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _union_reader(hint)
    if origin is tuple:
        return _tuple_reader(get_args(hint))
    if hint is Decimal:
        return lambda value: Decimal(value["decimal"])
    if hint is timedelta:
        return lambda value: timedelta(milliseconds=value["ms"])
    if hint is date:
        return date.fromisoformat
    if origin is Literal or hint in (str, int, bool):
        return _same
    raise TypeError(f"{hint} is not a plan value")


def _same(value: Any) -> Any:
    return value


def _record_reader(cls: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(cls)
    readers = {name: _reader(hints[name]) for name, _ in _kept(cls)}
    return lambda value: cls(**{name: readers[name](one) for name, one in value.items()})


def _tuple_reader(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    if parts[1:] == (...,):
        item = _reader(parts[0])
        return lambda value: tuple([item(one) for one in value])
    readers = [_reader(part) for part in parts]
    return lambda value: tuple(read(one) for read, one in zip(readers, value, strict=True))


def _union_reader(hint: Any) -> Callable[[Any], Any]:
    """None, text, and the tagged forms tell themselves apart; at most one record may be among them."""
    parts = [part for part in get_args(hint) if part is not type(None)]
    tagged = {"decimal": Decimal, "ms": timedelta}
    record = next((part for part in parts if dataclasses.is_dataclass(part)), None)
    plain = next((part for part in parts if part is not record and part not in tagged.values()), None)

    def read(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, dict):
            tag = next(iter(value)) if len(value) == 1 else ""
            kind = tagged.get(tag)
            return _reader(_hashable(kind if kind in parts else record))(value)
        return _reader(plain)(value)

    return read
