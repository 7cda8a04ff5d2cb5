"""Whether a scenario can be played at all: by the best crew, and by one that does nothing.

A drill in which not even quick people who make no mistake meet every expectation judges its own author;
one that does not fail a crew that never moves judges nobody. Both are errors of the scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from drill.auto import Auto, crew_of
from drill.exercise import Exercise
from drill.findings import Shown
from drill.rehearsal import HandClock
from drill.scenario.facts import Player
from drill.scenario.values import Expectation, Scenario
from drill.scoring import score
from engine.condition import say_clock
from engine.desk import Opening, Record, Surroundings
from engine.errors import Fault
from engine.journal import Moment
from engine.store import memory_store
from engine.text import Text

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
"""When every trial begins: what comes of it must not hang on the day."""

GOOD = ("met", "not-presented")
KEPT_BACK = ("manual", "skipped", "held", "not-drawn")
"""Injects that nobody is given: by the trainer's choice, or by chance."""

TRIES = 5
"""With how many seeds the best crew may try."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where trials are played: a store for each, that is thrown away, and what the drill rests on."""

    opening: Opening
    record: Callable[[], AbstractContextManager[Record]]


def stage_of(opening: Opening) -> Stage:
    """A stage on which nothing hangs on the day, the machine or chance."""
    still = Moment(BEGIN, ("trial", 0), "ntp")
    return Stage(opening, lambda: memory_store(wall=lambda: still, entropy=_counted("store")))


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of playing a scenario."""

    faults: tuple[Fault, ...]
    answers: frozenset[str]
    """The answers the best crew gave, like ``source.crac``: the branches the drill exercises."""


@dataclass(frozen=True, slots=True)
class Played:
    """What came of one drill, from its beginning to its end."""

    met: frozenset[str]
    unmet: frozenset[str]
    excused: frozenset[str]
    """What hung on an inject that chance or the trainer kept back."""
    how: dict[str, Shown]
    """What was not met, with what shows it."""
    refused: tuple[str, ...]
    verdict: str
    length: timedelta
    answers: frozenset[str]
    came: frozenset[str]
    """The injects that were given."""


def tried(scenario: Scenario, stage: Stage) -> Tried:
    """Play a scenario with the best crew and with one that does nothing, and say what is wrong with it."""
    plays = _of_the_best(scenario, stage)
    faults = [_unmeetable(one, why) for one, why in _unmet(scenario, plays)]
    idle = played(scenario, stage, scenario.seed, idle=True)
    if idle.verdict != "failed":
        place = scenario.expectations[0].place
        faults.append(Fault("idle-not-failed", place, (("verdict", idle.verdict),)))
    return Tried(tuple(faults), frozenset().union(*(one.answers for one in plays)))


def _of_the_best(scenario: Scenario, stage: Stage) -> list[Played]:
    """A few plays of quick people who make no mistake; the first that leaves nothing is enough."""
    people = dict.fromkeys(person for _, person in scenario.people)
    best = replace(scenario, crew=tuple(Player(one, "quick") for one in people))
    plays: list[Played] = []
    for seed in (scenario.seed, *(str(number) for number in range(1, TRIES))):
        plays.append(played(best, stage, seed))
        if not plays[-1].unmet and not _never_came(scenario, plays):
            break
    return plays


def _unmet(scenario: Scenario, plays: list[Played]) -> Iterator[tuple[Expectation, Text]]:
    best = min(plays, key=lambda one: len(one.unmet))
    never = _never_came(scenario, plays)
    for one in scenario.expectations:
        if one.id in best.unmet:
            yield one, _both(_why(best.how[one.id]), _refused(best.refused))
        elif one.id in never:
            yield one, _no_way_there(one.start)


def _no_way_there(start: str) -> Text:
    """What the author can do about a moment that no road of the crew's came to."""
    return Text(
        f"；它起算的时刻“{start}”从没到过：在 facts 的 answers、readings 里写明走到那里的回答和读数。",
        f"; '{start}', from which it counts, never came: say in facts (answers, readings) what leads there.",
    )


def _never_came(scenario: Scenario, plays: list[Played]) -> set[str]:
    """What no play presented, although neither chance nor the trainer kept it back."""
    judged = {one.id for one in scenario.expectations if one.by.kind != "evaluator"}
    tries = ({*one.met, *one.unmet, *one.excused} for one in plays)
    return judged.difference(*tries)


def _unmeetable(one: Expectation, why: Text) -> Fault:
    return Fault(
        "expectation-unmeetable", one.place, (("expectation", one.id), ("text", one.text), ("hint", why))
    )


def played(scenario: Scenario, stage: Stage, seed: str, *, idle: bool = False) -> Played:
    """Play it once as its crew plays, or with nobody."""
    clock = HandClock(BEGIN)
    around = Surroundings(clock, _counted(seed), lambda person, pin: None)
    with stage.record() as record:
        exercise = Exercise.begin(
            record, scenario, b"", stage.opening, around, "machine", seed=seed, by_machine=True
        )
        crew = crew_of(scenario, seed)
        if idle:
            crew.players.clear()
        auto = Auto(exercise, clock, around, crew)
        for _ in auto.play():
            pass
        return _what_came(auto)


def _what_came(auto: Auto) -> Played:
    exercise = auto.exercise
    shown, inputs = exercise.findings(), exercise.inputs()
    kept_back = {line.inject.id for line in exercise.lines() if line.standing in KEPT_BACK}
    by_hand = {one.id for one in exercise.scenario.expectations if one.by.kind == "evaluator"}
    starts = {one.id: one.start for one in exercise.scenario.expectations}
    judged = [one for one in inputs.findings if one.id not in by_hand]
    never = {one.id for one in judged if one.outcome == "not-presented"}
    return Played(
        met=frozenset(one.id for one in judged if one.outcome == "met"),
        unmet=frozenset(one.id for one in judged if one.outcome not in GOOD),
        excused=frozenset(name for name in never if starts[name] in kept_back),
        how={one.finding.id: one for one in shown if one.finding.outcome not in GOOD},
        refused=tuple(auto.refused[:3]),
        verdict=score(inputs).verdict,
        length=exercise.elapsed,
        answers=frozenset(name for name in exercise.moments.found if "." in name),
        came=frozenset(line.inject.id for line in exercise.lines() if line.deliveries),
    )


def _counted(seed: str) -> Callable[[int], bytes]:
    """Bytes for ids and salts of a run that nobody keeps; the same each time."""
    number = 0

    def bytes_of(count: int) -> bytes:
        nonlocal number
        number += 1
        return sha256(f"{seed}|{number}".encode()).digest()[:count]

    return bytes_of


def _both(one: Text, other: Text) -> Text:
    return Text(one.zh + other.zh, one.en + other.en)


def _why(shown: Shown) -> Text:
    """What came of it in the best play."""
    one, finding = shown.expectation, shown.finding
    if shown.people:
        names = ", ".join(person for person, outcome in shown.people if outcome != "met")
        return Text(
            f"：mode: all 要每个人自己做到，{names} 没有。一个普通步骤只由一个人做，"
            "请换成几个人都要签的停止点、两人一起做的步骤，或 evaluator: true。",
            f": with mode: all each of them must do it, and {names} did not. An ordinary step is done by one "
            "person; choose a hold that all of them sign, a step done by two, or evaluator: true.",
        )
    if finding.took_ms is not None and one.target is not None:
        took, target = say_clock(timedelta(milliseconds=finding.took_ms)), say_clock(one.target)
        return Text(
            f"：最好的一次用了 {took}，目标是 {target}。",
            f": at best it took {took}, and the target is {target}.",
        )
    if finding.outcome == "wrong":
        did = ", ".join(one.wrong)
        return Text(
            f"：照 facts，队伍做的正是 wrong 里的（{did}）。",
            f": by the facts the crew does what is wrong ({did}).",
        )
    what = f"{one.by.kind}: {one.by.what}"
    return Text(
        f"：演的时候“{what}”一次也没有发生。看看 facts 是否把路引到那里。",
        f": '{what}' never happened when it was played; do the facts lead the road there?",
    )


def _refused(refused: tuple[str, ...]) -> Text:
    """What the crew wanted and was not allowed; it may be why something else never came."""
    if not refused:
        return Text("", "")
    return Text(f"机器人没做成：{refused[0]}。", f" The crew was not allowed: {refused[0]}.")
