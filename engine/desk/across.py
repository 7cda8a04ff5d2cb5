"""What other open runs have to say to one: which runbooks they keep back, and which steps get in each other's way.

A plan that `inhibits` another keeps it back for as long as its run goes on: of two faults of which one is only what
the other brings about, the first is dealt with. Whoever knows better opens it all the same and says why.

Two runs get in each other's way when a step here puts a thing into another state than a step there has put it into
or is about to, or when the one person who can do a step here is at a step there. People are told and decide; only
what was locked there for somebody's life (a step of class safety) is switched back by nobody but two, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from engine.acts import current_step
from engine.desk.opening import opens
from engine.desk.others import Others
from engine.errors import Refused
from engine.events import (
    AnswerGiven,
    ChildOpened,
    Event,
    RunOpened,
    SignedOff,
    StepDone,
    StepOverridden,
    StepStarted,
)
from engine.graph.switched import Switch
from engine.plan import Runbook
from engine.road import Place
from engine.state import BAD_ANSWERS, Across, Clash, KeptBack, RunState, StepState

HAND_IN_HAND = ("wait", "run")
"""Kinds of steps at which nobody stands."""

Thing = tuple[str | None, str]
"""A tag is the same thing everywhere; what only a plan names is a thing of its room."""


class _There(NamedTuple):
    """What another run has done to a thing, or is about to do."""

    run: RunState
    step: str
    state: str
    done_at: datetime | None = None

    @property
    def kind(self) -> Literal["switched", "to-switch", "locked"]:
        """What a step of class safety has done is a lock: somebody's life hangs on it."""
        if self.done_at is None:
            return "to-switch"
        return "locked" if self.run.steps[self.step].step.cls == "safety" else "switched"


class AcrossRuns:
    """What the runs beside one run have to say to it. It reads records and changes none."""

    def __init__(self, others: Others) -> None:
        self._others = others

    def look(self, state: RunState, now: datetime) -> Across:
        """Everything they say now."""
        if state.opened_at is None or state.ended is not None:
            return Across()
        going_on = list(self._others.going_on(state))
        unread = tuple(run_id for run_id, opened in going_on if self._others.plan_of(opened) is None)
        return Across(self._kept_back(state, going_on), tuple(self._clashes(state, going_on, now)), unread)

    # --- runbooks that are kept back

    def _kept_back(
        self, state: RunState, going_on: Iterable[tuple[str, RunOpened]]
    ) -> Mapping[str, KeptBack]:
        wanted, found = opens(state.graph.runbook), dict[str, KeptBack]()
        if not wanted:
            return found
        plans = [(state.run_id, state.graph.runbook), *self._plans(going_on)]
        for run_id, plan in plans:
            for name in plan.inhibits:
                if name in wanted and name not in found and self._may_be_kept_back(state, name):
                    found[name] = KeptBack(run_id, plan.title)
        return found

    def _plans(self, going_on: Iterable[tuple[str, RunOpened]]) -> Iterator[tuple[str, Runbook]]:
        for run_id, opened in going_on:
            plan = self._others.plan_of(opened)
            if plan is not None:
                yield run_id, plan

    def _may_be_kept_back(self, state: RunState, name: str) -> bool:
        """Never what somebody's life may hang on; and what goes on already is joined, not opened."""
        graph = self._others.graph(state.uses.get(name, ""))
        if graph is None or graph.runbook.saves_lives:
            return False
        hazard = graph.runbook.hazard
        return hazard is None or hazard not in self._hazards_of_the_incident(state)

    def _hazards_of_the_incident(self, state: RunState) -> set[str | None]:
        """The hazards of its runs that go on."""
        incident = self._others.incident
        going_on = (one for one in incident.runs(state) if not incident.has_ended(one[0]))
        return {plan.hazard for _, plan in self._plans(going_on)}

    # --- steps that get in each other's way

    def _clashes(
        self, state: RunState, going_on: Iterable[tuple[str, RunOpened]], now: datetime
    ) -> Iterator[Clash]:
        ours = list(_switching(state))
        alone = _alone_at(state, now)
        if not ours and not alone:
            return
        states = [self._others.state_of(run_id, opened) for run_id, opened in going_on]
        others = [one for one in states if one is not None]
        for whole in self._wholes(state, others):
            yield from _switched(state, ours, whole)
        for other in others:
            yield from _busy(alone, other)

    def _wholes(self, state: RunState, others: Sequence[RunState]) -> Iterator[list[RunState]]:
        """Each other run with its procedures, ended ones too: what they switched, it has switched.

        Not the one that this run is a part of, nor its own procedures: those are in the order of one plan.
        """
        parts = {one.run_id: self._procedures(one) for one in (state, *others)}
        below = {part.run_id for found in parts.values() for part in found}
        for other in others:
            whole = [other, *parts[other.run_id]]
            if other.run_id not in below and all(one.run_id != state.run_id for one in whole):
                yield whole

    def _procedures(self, state: RunState) -> list[RunState]:
        """The runs of procedures that the steps of a run have opened, near or far."""
        found, todo = list[RunState](), [state]
        while todo:
            children = todo.pop().children.values()
            for child in (one for one in children if one.step is not None and one.link == "child"):
                part = self._state(child.run)
                if part is not None and part.graph.runbook.hazard is None:
                    found.append(part)
                    todo.append(part)
        return found

    def _state(self, run_id: str) -> RunState | None:
        opened = self._others.incident.run(run_id).opened
        return None if opened is None else self._others.state_of(run_id, opened)

    # --- what may not be done for that

    def nothing_against(self, state: RunState, events: Iterable[Event], at: datetime, now: datetime) -> None:
        """Refuse to open what is kept back without a reason, and to switch back what is locked elsewhere."""
        batch = tuple(events)
        for event in batch:
            if isinstance(event, ChildOpened) and event.link == "child":
                self._not_kept_back(state, event, now)
        touching = {switch.step for switch in state.graph.switches}
        if any(getattr(event, "step", None) in touching for event in batch):
            self._not_locked(state, batch, at, now)

    def _not_kept_back(self, state: RunState, event: ChildOpened, now: datetime) -> None:
        found = self._kept_back(state, self._others.going_on(state)).get(event.runbook)
        if found is not None and not (event.forced or "").strip():
            plan = self._others.graph(state.uses[event.runbook])
            title = event.runbook if plan is None else plan.runbook.title
            raise Refused("kept-back", runbook=title, title=found.title, run=found.run)

    def _not_locked(self, state: RunState, batch: tuple[Event, ...], at: datetime, now: datetime) -> None:
        locks = {one.step: one for one in self.look(state, now).clashes if one.kind == "locked"}
        signed = {one.step for one in batch if isinstance(one, SignedOff) and one.purpose == "override"}
        for event in batch:
            lock = locks.get(getattr(event, "step", None) or "")
            if lock is None or (lock.since is not None and at < lock.since):
                continue
            facts = {"step": state.graph.steps[lock.step].text, "other": lock.other, "run": lock.run}
            if _does_it(event):
                raise Refused("locked-elsewhere", **facts, thing=lock.subject)
            if isinstance(event, StepOverridden) and lock.step not in signed:
                raise Refused("lock-by-two", **facts)


def _does_it(event: Event) -> bool:
    """Whether somebody switches it by what they say."""
    if isinstance(event, StepStarted):
        return event.missed is None
    if isinstance(event, StepDone):
        return event.confirms is None
    return isinstance(event, AnswerGiven) and event.answer not in BAD_ANSWERS


# --- things


def _thing(state: RunState, switch: Switch) -> Thing:
    return (None if switch.by_tag else state.room or "", switch.thing)


def _is_at_hand(state: RunState, name: str) -> bool:
    return state.place(name) is Place.OPEN or state.is_put_off(name)


def _switching(state: RunState) -> Iterator[Switch]:
    """What the steps that could be done now would switch."""
    return (one for one in state.graph.switches if _is_at_hand(state, one.step))


def _switched(state: RunState, ours: Iterable[Switch], whole: Sequence[RunState]) -> Iterator[Clash]:
    """One clash for each pair of steps."""
    there, told = _there(whole), set[tuple[str, str, str]]()
    for switch in ours:
        for found in there.get(_thing(state, switch), ()):
            pair = (switch.step, found.run.run_id, found.step)
            if found.state == switch.state or pair in told:
                continue
            told.add(pair)
            graph = found.run.graph
            yield Clash(
                switch.step,
                found.kind,
                found.run.run_id,
                graph.runbook.title,
                graph.steps[found.step].text,
                subject=switch.thing,
                ours=switch.state,
                theirs=found.state,
                since=found.done_at,
            )


def _there(whole: Iterable[RunState]) -> dict[Thing, list[_There]]:
    """Of each thing what was done to it last, and what is to be done to it now."""
    last: dict[Thing, _There] = {}
    todo: dict[Thing, list[_There]] = {}
    for run in whole:
        for switch in run.graph.switches:
            thing, done_at = _thing(run, switch), _done_at(run, run.steps[switch.step])
            found = _There(run, switch.step, switch.state, done_at)
            if done_at is not None:
                known = last.get(thing)
                if known is None or known.done_at is None or known.done_at <= done_at:
                    last[thing] = found
            elif run.ended is None and run.place(switch.step) is Place.OPEN:
                todo.setdefault(thing, []).append(found)
    done = {thing: [found] for thing, found in last.items()}
    return {thing: [*done.get(thing, ()), *todo.get(thing, ())] for thing in {**done, **todo}}


def _done_at(other: RunState, one: StepState) -> datetime | None:
    """When a step was done that still stands; what was put back since stands no more."""
    if one.status != "done" or one.answer in BAD_ANSWERS or one.last is None:
        return None
    is_off = other.place(one.step.id) is Place.OFF
    return None if is_off and one.step.id not in other.left else one.last.at


# --- people


def _alone_at(state: RunState, now: datetime) -> dict[str, str]:
    """Who stands before a step here that nobody else can do, and that step."""
    found = {}
    for person in state.people:
        name = current_step(state, person, now)
        one = state.steps.get(name or "")
        if one is not None and one.step.kind not in HAND_IN_HAND and person in _only_ones(state, one):
            found[person] = one.step.id
    return found


def _busy(alone: Mapping[str, str], other: RunState) -> Iterator[Clash]:
    """They have begun a step in another run, and it is not finished."""
    if not any(person in other.people for person in alone):
        return
    for name in other.open_steps():
        one = other.steps[name]
        person = one.started_by
        if one.started_at is None or person not in alone or one.step.kind in HAND_IN_HAND:
            continue
        if person in _only_ones(other, one):
            title, step = other.graph.runbook.title, one.step.text
            yield Clash(alone[person], "busy", other.run_id, title, step, person, since=one.started_at)


def _only_ones(state: RunState, one: StepState) -> set[str]:
    """Those without whom the step cannot be done: of its roles, or of one that signs it, the only holder."""
    sign = one.step.sign
    if sign is not None:
        each = [state.holders(role) for role in sign.of] if len(sign.of) == sign.need else []
        return {holders[0] for holders in each if len(holders) == 1}
    everybody = {person for role in one.step.roles for person in state.holders(role)}
    return everybody if len(everybody) == 1 else set()
