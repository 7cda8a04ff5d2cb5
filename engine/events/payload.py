"""Events as bytes and back, by the names and types of their fields."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from engine.events import drills, journals, runs, situation, steps
from engine.events.base import Event, Unknown
from engine.events.canonical import canonical


def type_of(event: type[Event]) -> str:
    """The type text: the class name in snake case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event.__name__).lower()


FAMILIES = (runs, steps, situation, drills, journals)
"""Where the events stand."""

TYPES: dict[str, type[Event]] = {
    type_of(cls): cls
    for family in FAMILIES
    for cls in vars(family).values()
    if isinstance(cls, type) and issubclass(cls, Event) and cls is not Event
}
"""Every event by the text of its type."""

_NAMES = {cls: name for name, cls in TYPES.items()}
_HINTS = {cls: {one.name: str(one.type) for one in fields(cls)} for cls in TYPES.values()}
_FIELDS = {cls: tuple(one.name for one in fields(cls)) for cls in TYPES.values()}


def name_of(event: Event) -> str:
    """The type text of an event, also of one that is not known here."""
    return event.type if isinstance(event, Unknown) else _NAMES[type(event)]


def version_of(event: Event) -> int:
    """The version of its payload."""
    return event.tv if isinstance(event, Unknown) else event.VERSION


def to_payload(event: Event) -> bytes:
    """The canonical bytes of an event's content; absent is what was not said."""
    said = {name: getattr(event, name) for name in _FIELDS[type(event)]}
    return canonical({name: value for name, value in said.items() if value is not None})


def from_payload(type_text: str, tv: int, payload: bytes | None) -> Event:
    """The event of a payload; `Unknown` when the type, the version or the shape is not known here."""
    cls = TYPES.get(type_text)
    if cls is not None and tv == cls.VERSION and payload is not None:
        try:
            said = json.loads(payload)
            known = {name: _freeze(said[name]) for name in _FIELDS[cls] if name in said}
            if isinstance(said, dict) and all(
                _fits(_HINTS[cls][name], value) for name, value in known.items()
            ):
                return cls(**known)
        except (ValueError, TypeError, RecursionError):
            pass  # An entry nobody can read any more still counts as an entry: it is shown raw.
    raw = None if payload is None else payload.decode("utf-8", "backslashreplace")
    return Unknown(type_text, tv, raw)


def _fits(hint: str, value: Any) -> bool:
    """Whether a value of a payload is what its field takes; a field's type is one of a few words."""
    return any(_FITS[part](value) for part in hint.split(" | "))


def _is_texts(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(one, str) for one in value)


_FITS: dict[str, Callable[[Any], bool]] = {
    "str": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "bool": lambda value: isinstance(value, bool),
    "None": lambda value: value is None,
    "tuple[str, ...]": _is_texts,
    "tuple[tuple[str, str], ...]": lambda value: (
        isinstance(value, tuple) and all(_is_texts(one) and len(one) == 2 for one in value)
    ),
}


def _freeze(value: Any) -> Any:
    return tuple(_freeze(one) for one in value) if isinstance(value, list) else value
