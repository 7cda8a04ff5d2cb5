"""Every way a small plan can be walked on the run engine: what the proof of its graph is held against.

Nothing here looks at an edge. The engine says what is open; the walker takes one of them, gives each
answer in turn, lets limits pass, raises watches, and notes what it saw.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.events import (
    AnswerGiven,
    Entry,
    Event,
    ReadingTaken,
    RunOpened,
    SignedOff,
    StepDeferred,
    StepDone,
    StepStarted,
    WatchRaised,
)
from engine.graph import StepGraph
from engine.plan import Step
from engine.road import Place
from engine.rules.steps import goes_back
from engine.run import apply
from engine.state import RunState, held_back
from tests.engine.build import RUN, T0, Device

GOOD = {"met", "signed", "reached"}
MOST_WALKS = 400
A_WHILE = timedelta(seconds=1)


class Quick(Device):
    """A device that seals nothing: a walk is one line of entries, and there are very many walks."""

    def _write(self, event: Event, at: datetime, actor: str) -> Entry:
        self._jseq += 1
        number = self._jseq
        entry = Entry(
            pos=number,
            hash=str(number),
            journal=self.journal,
            jseq=number,
            prev="",
            run=RUN,
            lam=number,
            after=self.state.tips,
            at=at,
            recorded_at=at,
            mono=("boot", number),
            clk="ntp",
            actor=actor,
            cmd=None,
            event=event,
        )
        apply(self.state, entry)
        return entry


@dataclass
class Walk:
    """One walk from the opening to the end, by a list of choices; what it saw on the way."""

    graph: StepGraph
    script: list[int]
    lazy: frozenset[str] = frozenset()
    """These are done only when nothing else is open."""
    raised: bool = False
    """Watches may be raised."""
    limits: bool = False
    """Limits may be missed."""
    backwards: bool = True
    """Answers that go back may be given; else never."""
    kept_out: bool = False
    """Nothing inside is done while everybody is out."""
    put_off: frozenset[str] = frozenset()
    """These are deferred once, and done when nothing else is open."""
    taken: list[tuple[int, int]] = field(default_factory=list)
    opened: dict[str, frozenset[str]] = field(default_factory=dict)
    """For every step that opened: what had been finished by then."""
    unread: set[tuple[str, str]] = field(default_factory=set)
    """Steps that opened while a reading had not been taken."""
    unsettled: set[tuple[str, str]] = field(default_factory=set)
    """Steps that opened while another was neither finished nor off the road."""
    together: set[frozenset[str]] = field(default_factory=set)
    """Steps that were open at one time."""
    watches: set[str] = field(default_factory=set)
    finished: bool = False

    def __post_init__(self) -> None:
        self.device = Quick(self.graph)
        self.asked: set[str] = set()

    @property
    def state(self) -> RunState:
        return self.device.state

    def choose(self, ways: int) -> int:
        """The next choice of the script; the first where it has ended."""
        number = len(self.taken)
        choice = self.script[number] if number < len(self.script) else 0
        self.taken.append((choice, ways))
        return choice

    def run(self) -> Walk:
        self.device.record(RunOpened("plan", 1, "", ()))
        for watch in self.graph.watches if self.raised else ():
            if self.choose(2):
                self.read_for(watch)
                self.device.record(WatchRaised(watch))
                self.watches.add(watch)
        self.look()
        while steps := self.to_do():
            self.miss_before_its_turn()
            self.take(steps[0])
            self.look()
        self.finished = self.state.road.finished
        return self

    def read_for(self, watch: str) -> None:
        """What raises a watch by itself was read before it; one that can be seen as well may be raised unread."""
        one = self.graph.watches[watch]
        for reading in {"x", "y"} & set((one.when or "").split()) if one.words is None else ():
            self.device.record(ReadingTaken(reading, "9", "u"))

    def to_do(self) -> list[str]:
        """What is open and needs hands, the lazy last."""
        found = [name for name in self.state.open_steps() if not self.state.road.shape[name].goes_on]
        found += [name for name in self.state.deferred_steps() if name not in found]
        if self.kept_out:
            found = [name for name in found if held_back(self.state, name) is None]
        return sorted(found, key=lambda name: name in self.lazy or self.state.is_put_off(name))

    def look(self) -> None:
        """Note what has opened, and what was open at one time."""
        steps = self.state.steps
        now_open = self.state.open_steps()
        for one in range(len(now_open)):
            self.together.update(frozenset({now_open[one], other}) for other in now_open[one + 1 :])
        for name in steps:
            if steps[name].opened and name not in self.opened:
                over = [other for other in steps if self.state.place(other) in (Place.SETTLED, Place.OFF)]
                self.opened[name] = frozenset(over)
                self.unsettled.update((name, other) for other in steps.keys() - set(over))
                unread = self.graph.readings.keys() - self.state.readings.keys()
                self.unread.update((name, reading) for reading in unread)

    # Doing.

    def take(self, name: str) -> None:
        one = self.state.steps[name]
        if one.asks_whether:
            self.device.record(AnswerGiven(name, ("do", "pass")[self.choose(2)]))
        elif self.may_be_late(one.step):
            self.asked.add(name)
            if self.choose(2):
                self.miss(one.step)
        elif name in self.put_off - self.asked:
            self.asked.add(name)
            self.device.record(StepDeferred(name, "later"))
        elif one.step.answers:
            self.answer(one.step)
        else:
            self.read(one.step)
            self.device.record(StepDone(name))
            if one.step.verify == "independent":
                self.device.record(SignedOff(name, "zhao", "PWR", "verify", "pin"))

    def miss_before_its_turn(self) -> None:
        """A limit that counts from elsewhere may pass before its step has opened; if so, as soon as it can."""
        for name in self.graph.limited if self.limits else ():
            step = self.graph.steps[name]
            since = self.state.steps.get(step.within_from or "")
            waits = self.state.place(name) is Place.WAITING and name not in self.asked
            if waits and step.missed in self.graph.steps and since is not None and since.status is not None:
                self.asked.add(name)
                if self.choose(2):
                    self.miss(step)
                    self.look()

    def miss(self, step: Step) -> None:
        self.device.record(StepStarted(step.missed or "", missed=step.id))
        self.device.now += A_WHILE  # what is done at the limit is still in time

    def may_be_late(self, step: Step) -> bool:
        return self.limits and step.missed in self.graph.steps and step.id not in self.asked

    def answer(self, step: Step) -> None:
        answers = [one for one in step.answers if self.backwards or one.back is None]
        chosen = answers[self.choose(len(answers))]
        self.read(step)
        span: tuple[str, ...] = ()
        if chosen.back is not None and goes_back(self.state, step.id, chosen.id):
            span = self.graph.between(chosen.back.step, step.id)
            self.asked.difference_update(span)  # what is opened afresh may be late again
        self.device.record(AnswerGiven(step.id, chosen.id, span, reason="r"))

    def read(self, step: Step) -> None:
        for reading in step.record or (("x",) if step.expect is not None else ()):
            value = self.choose(2) if self.is_asked_for(reading) else 0
            self.device.record(ReadingTaken(reading, str(value), "u", step.id))

    def is_asked_for(self, reading: str) -> bool:
        return any(reading in (step.only_when or "").split() for step in self.graph.runbook.steps)

    # What it came to.

    @property
    def on(self) -> frozenset[str]:
        return frozenset(name for name in self.graph.steps if self.state.place(name) is not Place.OFF)

    @property
    def answers(self) -> dict[str, str]:
        found = {name: self.state.steps[name].answer for name in self.on if self.graph.steps[name].answers}
        return {name: answer for name, answer in found.items() if answer is not None}

    def done(self, name: str) -> bool:
        """It was really done, rather than passed."""
        return name in self.on and not self.state.steps[name].passed

    def reached(self, name: str) -> bool:
        """It was done, and ended well."""
        step, answer = self.graph.steps[name], self.state.steps[name].answer
        return self.done(name) and (not step.answers or step.kind == "ask" or answer in GOOD)

    @property
    def late(self) -> frozenset[str]:
        """The steps that missed their limit, and were not opened afresh since."""
        return frozenset(name for name, one in self.state.steps.items() if one.missed)

    @property
    def stops(self) -> bool:
        return bool(self.on & set(self.graph.enders))


def walks(
    graph: StepGraph,
    *,
    lazy: Collection[str] = (),
    raised: bool = False,
    limits: bool = False,
    backwards: bool = True,
    kept_out: bool = False,
) -> Iterator[Walk]:
    """Every walk there is, as far as its choices go."""

    def walked(script: list[int]) -> Walk:
        return Walk(graph, script, frozenset(lazy), raised, limits, backwards, kept_out).run()

    return _each(walked)


def _each(walked: Callable[[list[int]], Walk]) -> Iterator[Walk]:
    """One walk for each list of choices there can be; TooMany when nobody would want to walk them all."""
    script: list[int] = []
    for _ in range(MOST_WALKS):
        walk = walked(script)
        yield walk
        left = walk.taken
        while left and left[-1][0] + 1 == left[-1][1]:
            left.pop()
        if not left:
            return
        script = [choice for choice, _ in left[:-1]] + [left[-1][0] + 1]
    raise TooMany


class TooMany(Exception):
    """There are more walks than anybody wants to walk."""


# --- with a clock


def clocked(graph: StepGraph, lengths: Mapping[str, timedelta], *, backwards: bool) -> Iterator[Walk]:
    """Every walk on which each step takes its time, all that is open is done at once, and limits are kept."""
    return _each(lambda script: _timed(graph, script, lengths, backwards=backwards))


def _timed(graph: StepGraph, script: list[int], lengths: Mapping[str, timedelta], *, backwards: bool) -> Walk:
    walk = Walk(graph, script, backwards=backwards)
    device = walk.device
    device.record(RunOpened("plan", 1, "", ()))
    due: dict[str, datetime] = {}
    while steps := walk.to_do():
        asked = next((name for name in steps if walk.state.steps[name].asks_whether), None)
        if asked is not None:
            walk.take(asked)  # to say whether takes no time
            continue
        due = {name: due.get(name, device.now + lengths[name]) for name in steps}
        name = min(due, key=lambda one: (due[one], graph.position[one]))
        device.now = due.pop(name)
        walk.take(name)
    walk.finished = device.state.road.finished
    return walk


def took(walk: Walk) -> timedelta:
    """How long a timed walk took."""
    return walk.device.now - T0
