"""Sealed entries that must decode and hash the same for ever, one for each event type and version.

python -m tests.engine.golden      adds what is missing; what stands is never written again
"""

from __future__ import annotations

import json
import sys
from dataclasses import Field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.events import TYPES, Draft, Event, type_of
from engine.journal import Head, Key, Moment, Sealed, seal

FILE = Path(__file__).parents[1] / "golden" / "entries.json"

KEY = Key(bytes(range(32)))
HEAD = Head(41, "5e" * 32)
SALT = bytes(range(100, 116))
MOMENT = Moment(
    datetime(2026, 11, 22, 10, 0, 29, 311000, UTC), ("3f0c9a52-golden", 812_345_678_901_234), "ntp"
)
AT = datetime(2026, 11, 22, 10, 0, 29, 123000, UTC)

# One value for each kind of field that an event has; a new kind of field needs one here.
SAMPLES: dict[str, Any] = {
    "str": "水 “a” \\ \u0000",
    "str | None": "b",
    "int": 7,
    "int | None": 2**53 - 1,
    "bool": True,
    "tuple[str, ...]": ("c", "步骤"),
    "tuple[tuple[str, str], ...]": (("d", "e"), ("f", "g")),
}


# `Unknown` is what an event becomes that cannot be read; it is never sealed. (With slots, dataclass makes a
# second class, and the first one may still stand among the subclasses.)
EVENTS = {name: event for name, event in TYPES.items() if event.__name__ != "Unknown"}


def sample(event: type[Event]) -> Event:
    """An event with every field said."""
    return event(**{one.name: _value(one) for one in fields(event)})


def _value(one: Field[Any]) -> Any:
    value = SAMPLES[str(one.type)]
    return f"{one.name} {value}" if isinstance(value, str) else value


def sealed(event: Event) -> Sealed:
    """The event sealed by a key, at a place, with a salt and at a moment that never change."""
    draft = Draft("R-20261122-K7QM", event, AT, "u7f3a", 118, ("ab" * 32, "cd" * 32))
    return seal(draft, "c0ffee", HEAD, key=KEY, moment=MOMENT, salt=SALT)


def load() -> dict[str, dict[str, str]]:
    """By ``type.version``: header and payload as text, hash and signature as hex."""
    kept: dict[str, dict[str, str]] = json.loads(FILE.read_text("utf-8"))
    return kept


def as_json(one: Sealed) -> dict[str, str]:
    """What is kept of an entry."""
    return {
        "header": one.header.decode("utf-8"),
        "payload": one.payload.decode("utf-8"),
        "hash": one.hash.hex(),
        "sig": one.sig.hex(),
    }


def main() -> int:
    """Add the types and versions that are missing."""
    kept = load() if FILE.exists() else {}
    made = {f"{type_of(event)}.{event.VERSION}": as_json(sealed(sample(event))) for event in EVENTS.values()}
    added = sorted(made.keys() - kept.keys())
    text = json.dumps(
        {**kept, **{name: made[name] for name in added}}, ensure_ascii=False, indent=1, sort_keys=True
    )
    FILE.write_text(text + "\n", "utf-8")
    print("added:", ", ".join(added) or "nothing")
    return 0


if __name__ == "__main__":
    sys.exit(main())
