"""What holds of every run whatever happens in it, and how much work something is, counted and not timed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from engine.events import Entry
from engine.road import Count, may_open, sweep
from engine.state import FINISHED, RunState, Said


def operations(work: Callable[[], object]) -> int:
    """How many functions, of ours and of Python, are called: the same on every machine."""
    count = 0

    def counts(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counts)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


# --- holding the invariants


def assert_road_is_sweep(state: RunState) -> None:
    """The road that is kept is the road as it is defined, and nothing that should open is shut."""
    if state.opened_at is None:
        return
    assert state.road.outcomes == sweep(state.graph, state)
    assert _ready_to_open(state) == []
    places = [state.place(name).name for name in state.graph.order]
    assert sorted(state.road.open) == sorted(n for n in state.graph.order if state.place(n).name == "OPEN")
    assert state.road.waiting == places.count("WAITING")
    _assert_lists_are_kept(state)


def _ready_to_open(state: RunState) -> list[str]:
    """Steps that should have opened and have not; there are none on a road that is kept."""
    found = []
    for node in state.graph.order:
        count = Count()
        for edge in state.graph.into[node]:
            count.add(edge, state.road.outcomes[edge.earlier])
        found += [node] if may_open(node, state.road.shape[node], count, state) else []
    return found


def _assert_lists_are_kept(state: RunState) -> None:
    """The lists that are kept are what looking at every step would find."""
    steps = state.steps.items()
    said = [name for name, one in steps if (one.status is not None or one.passed) and not one.only_to_confirm]
    assert list(state.lists.said) == [name for name in said if state.place(name).name != "OFF"]
    asked = [name for name, one in steps if one.step.kind == "ask" and one.status in FINISHED]
    assert list(state.lists.decided) == [name for name in asked if state.place(name).name == "SETTLED"]
    deferred = [name for name, one in steps if one.status == "deferred"]
    assert state.deferred_steps() == [name for name in deferred if state.is_put_off(name)]


_NOT_TOLD = {"graph", "opener", "causes", "road", "lists", "step", "waits", "strand"}


def plain(state: RunState) -> Any:
    """Everything a run knows, as plain data: two states are the same when this is."""
    road = {node: tuple(outcome) for node, outcome in state.road.outcomes.items()}
    names = [one.name for one in dataclasses.fields(state) if one.name not in _NOT_TOLD]
    known = {name: getattr(state, name) for name in names}
    return _plain({**known, "road": road, "open": sorted(state.road.open), "waits": sorted(state.waits)})


def _plain(value: Any) -> Any:
    if isinstance(value, Entry):
        return value.hash
    if isinstance(value, Said):
        return {name: _plain(one) for name, one in value._asdict().items() if name not in _NOT_TOLD}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [one.name for one in dataclasses.fields(value) if one.name not in _NOT_TOLD]
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in sorted(value.items(), key=lambda pair: str(pair[0]))}
    if isinstance(value, set | frozenset):
        return sorted(str(one) for one in value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, datetime | timedelta | Decimal) else value


def digest(state: RunState) -> str:
    """One word for everything a run knows."""
    return hashlib.sha256(json.dumps(plain(state), sort_keys=True).encode()).hexdigest()
