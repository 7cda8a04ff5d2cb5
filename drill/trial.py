"""Whether a scenario can be played at all: by the best crew, and by one that does nothing.

A drill in which not even quick people who make no mistake meet every expectation judges its own author;
one that does not fail a crew that never moves judges nobody. Both are errors of the scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from drill.auto import Auto, crew_of
from drill.exercise import Exercise
from drill.rehearsal import HandClock
from drill.scenario.facts import Player
from drill.scenario.values import Scenario
from drill.scoring import score
from engine.desk import Opening, Record, Surroundings
from engine.errors import Fault
from engine.text import Text

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
"""When every trial begins: what comes of it must not hang on the day."""

TRIES = 5
"""With how many seeds the best crew may try."""

GOOD = ("met", "not-presented")


@dataclass(frozen=True, slots=True)
class Stage:
    """Where trials are played: a store for each, that is thrown away, and what the drill rests on."""

    opening: Opening
    record: Callable[[], AbstractContextManager[Record]]


def faults_of(scenario: Scenario, stage: Stage) -> Iterator[Fault]:
    """What is wrong with a scenario that only shows when it is played."""
    best = _best(scenario, stage)
    missed = best.unmet
    for one in scenario.expectations:
        if one.id in missed:
            facts = (("expectation", one.id), ("text", one.text), ("hint", _because(best.refused)))
            yield Fault("expectation-unmeetable", one.place, facts)
    idle = _played(scenario, stage, scenario.seed, idle=True)
    if idle.verdict != "failed":
        place = scenario.expectations[0].place
        yield Fault("idle-not-failed", place, (("verdict", idle.verdict),))


@dataclass(frozen=True, slots=True)
class _Outcome:
    unmet: frozenset[str]
    refused: tuple[str, ...]
    verdict: str


def _best(scenario: Scenario, stage: Stage) -> _Outcome:
    """What the best of a few runs left unmet; the first that leaves nothing is enough."""
    seeds = [scenario.seed, *(str(number) for number in range(1, TRIES))]
    found: list[_Outcome] = []
    for seed in seeds:
        found.append(_played(scenario, stage, seed))
        if not found[-1].unmet:
            break
    return min(found, key=lambda one: len(one.unmet))


def _played(scenario: Scenario, stage: Stage, seed: str, idle: bool = False) -> _Outcome:
    people = dict.fromkeys(person for _, person in scenario.people)
    quick = replace(scenario, crew=tuple(Player(one, "quick") for one in people))
    clock = HandClock(BEGIN)
    around = Surroundings(clock, _counted(seed), lambda person, pin: None)
    with stage.record() as record:
        exercise = Exercise.begin(
            record, quick, b"", stage.opening, around, "machine", seed=seed, by_machine=True
        )
        crew = crew_of(quick, seed)
        if idle:
            crew.players.clear()
        auto = Auto(exercise, clock, around, crew)
        for _ in auto.play():
            pass
        inputs = exercise.inputs()
        judged = [one for one in inputs.findings if one.outcome not in GOOD]
        by_hand = {one.id for one in scenario.expectations if one.by.kind == "evaluator"}
        return _Outcome(
            frozenset(one.id for one in judged if one.id not in by_hand),
            tuple(auto.refused[:3]),
            score(inputs).verdict,
        )


def _counted(seed: str) -> Callable[[int], bytes]:
    """Bytes for ids and salts of a run that nobody keeps; the same each time."""
    number = 0

    def bytes_of(count: int) -> bytes:
        nonlocal number
        number += 1
        return sha256(f"{seed}|{number}".encode()).digest()[:count]

    return bytes_of


def _because(refused: tuple[str, ...]) -> Text:
    if not refused:
        return Text("。", ".")
    return Text(f"；机器人没做成：{refused[0]}。", f"; the crew was not allowed: {refused[0]}.")
