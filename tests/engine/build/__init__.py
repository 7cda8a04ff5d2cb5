"""Small plans and runs for the tests of the engine: made from short Python values, without a store.

plan(do("a"), ask("q", yes_no), ...)    a runbook, with the default `after` of the language
graph(...)                              the same, compiled; a fault fails the test
Device(graph)                           a run at one device: propose, check, record, apply
opened(do("a"), ...)                    the same of a small plan, opened
plain(state)                            everything a run knows, as plain data to compare
"""

from __future__ import annotations

from tests.engine.build.device import Device, apart, opened
from tests.engine.build.holds import assert_road_is_sweep, digest, operations, plain
from tests.engine.build.plans import (
    A_GATE_ASIDE,
    ABC,
    CUSTOMERS,
    MS,
    PEOPLE,
    ROLES,
    RUN,
    SITE,
    T0,
    ask,
    compiled,
    contact,
    do,
    faults_of,
    graph,
    hold,
    level_rule,
    limit,
    minutes,
    plan,
    promise,
    promises,
    run,
    tell,
    text,
    wait,
)

__all__ = [
    "ABC",
    "A_GATE_ASIDE",
    "CUSTOMERS",
    "MS",
    "PEOPLE",
    "ROLES",
    "RUN",
    "SITE",
    "T0",
    "Device",
    "apart",
    "ask",
    "assert_road_is_sweep",
    "compiled",
    "contact",
    "digest",
    "do",
    "faults_of",
    "graph",
    "hold",
    "level_rule",
    "limit",
    "minutes",
    "opened",
    "operations",
    "plain",
    "plan",
    "promise",
    "promises",
    "run",
    "tell",
    "text",
    "wait",
]
