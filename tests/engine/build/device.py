"""A run of a small plan at one device: propose, check, record, apply, without a store.

Sealing is only pretended: what the state needs of an entry (hash, journal, causal links) is honest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from engine.acts import Act, Given, events_of, possible
from engine.clocks import due
from engine.condition import parse_duration
from engine.errors import Refused
from engine.events import (
    Entry,
    Event,
    PersonJoined,
    ReadingTaken,
    RoleTaken,
    RunOpened,
    SignedOff,
    StepDone,
    name_of,
    to_payload,
)
from engine.graph import StepGraph
from engine.rules import Proposal, check
from engine.run import apply, in_order, new_state, replay
from engine.state import status
from tests.engine.build.plans import PEOPLE, RUN, T0, graph


class Device:
    """One run at one device: what it knows of the record, and the state it folds from that."""

    def __init__(self, plan_graph: StepGraph, journal: str = "laptop-1", actor: str = "li") -> None:
        self.graph = plan_graph
        self.journal = journal
        self.actor = actor
        self.now = T0
        self.entries: list[Entry] = []
        self.state = new_state(plan_graph, RUN)
        self._jseq = 0

    # Writing.

    def record(self, *events: Event, at: datetime | None = None, by: str | None = None) -> list[Entry]:
        """It happened: sealed and applied, whatever it is."""
        return [self._write(event, at or self.now, by or self.actor) for event in events]

    def _write(self, event: Event, at: datetime, actor: str) -> Entry:
        self._jseq += 1
        body = to_payload(event).decode() if not hasattr(event, "payload") else repr(event)
        known = (self.journal, str(self._jseq), *self.state.tips, name_of(event), body, actor, at.isoformat())
        entry = Entry(
            pos=len(self.entries) + 1,
            hash=hashlib.sha256("\n".join(known).encode()).hexdigest(),
            journal=self.journal,
            jseq=self._jseq,
            prev="",
            run=RUN,
            lam=self.state.lam + 1,
            after=self.state.tips,
            at=at,
            recorded_at=self.now,
            mono=("boot", self._jseq),
            clk="ntp",
            actor=actor,
            cmd=None,
            event=event,
        )
        self.entries.append(entry)
        apply(self.state, entry)
        return entry

    def propose(self, *events: Event, at: datetime | None = None, by: str | None = None) -> list[Entry]:
        """Checked first: Refused when it may not happen."""
        check(self.state, Proposal(events, by or self.actor, self.journal, at or self.now, self.now))
        return self.record(*events, at=at, by=by)

    def refusal(self, *events: Event, at: datetime | None = None, by: str | None = None) -> str:
        """The id of the sentence with which this is refused; "" when it is not. Nothing is written."""
        try:
            check(self.state, Proposal(events, by or self.actor, self.journal, at or self.now, self.now))
        except Refused as refused:
            return refused.id
        return ""

    # Acting, as a person does.

    def act(self, verb: str, step: str | None = None) -> Act:
        found = [one for one in possible(self.state, self.now) if one.key == (verb, step)]
        assert found, f"{verb} {step} is not possible"
        return found[0]

    def may(self, verb: str, step: str | None = None) -> bool:
        return any(one.key == (verb, step) for one in possible(self.state, self.now))

    def do(
        self,
        verb: str,
        step: str | None = None,
        *,
        at: datetime | None = None,
        actor: str | None = None,
        **given: Any,
    ) -> list[Entry]:
        """Choose a possible act, give what it needs, and write what it becomes."""
        act = self.act(verb, step)
        events = events_of(self.state, act, Given(**given), actor or self.actor, at or self.now)
        return self.propose(*events, at=at, by=actor)

    def refused(self, verb: str, step: str | None = None, *, actor: str | None = None, **given: Any) -> str:
        """The id of the sentence with which the act is refused; "" when it is not. Nothing is written."""
        try:
            act = self.act(verb, step)
            events = events_of(self.state, act, Given(**given), actor or self.actor, self.now)
        except Refused as refused:
            return refused.id
        return self.refusal(*events, by=actor)

    # Short ways to say what a test is not about.

    def open(self, at: datetime | None = None) -> Device:
        """The run is opened, and everybody takes their role."""
        self.propose(RunOpened("plan", 1, "", (), uses=(("fire", ""),)), at=at)
        for person in PEOPLE:
            self.propose(PersonJoined(person.id, person.name))
            for role in person.roles:
                self.propose(RoleTaken(role, person.id))
        return self

    def done(self, *steps: str, at: datetime | None = None) -> None:
        """These steps are done, whatever they ask for."""
        self.record(*(StepDone(step) for step in steps), at=at)

    def answer(self, step: str, answer: str) -> None:
        """Answered, as the plan asks: going back where the answer does."""
        self.do("answer" if self.may("answer", step) else "change", step, answer=answer, reason="r")

    def read(self, name: str, value: object, step: str | None = None, at: datetime | None = None) -> None:
        self.record(ReadingTaken(name, str(value), self.graph.readings[name].unit, step), at=at)

    def sign(self, step: str, person: str, role: str, strength: str = "pin", **said: Any) -> SignedOff:
        return SignedOff(step, person, role, "hold", strength, **said)

    def signed(self, step: str, *signs: tuple[str, str]) -> None:
        """A hold is signed by each person as each role, and passes."""
        for person, role in signs:
            self.do("sign", step, person=person, role=role, strength="pin")

    # Time.

    def pass_time(self, length: timedelta | str) -> list[Event]:
        """The clock goes on; what falls due is written at its moment, as a desk does."""
        end = self.now + (parse_duration(length) if isinstance(length, str) else length)
        self.now = end
        return self.settle()

    def settle(self) -> list[Event]:
        written: list[Event] = []
        refused: list[Event] = []
        while facts := [one for one in due(self.state, self.now) if one.event not in refused]:
            fact = facts[0]
            if self.refusal(fact.event, at=fact.at, by="clock"):
                refused.append(fact.event)
            else:
                self.record(fact.event, at=fact.at, by="clock")
                written.append(fact.event)
        return written

    # Others.

    def take(self, entries: Iterable[Entry]) -> None:
        """Entries of others come in; what belongs into the past is folded from the start."""
        known = {one.hash for one in self.entries}
        new = [one for one in entries if one.hash not in known]
        if not new:
            return
        self.entries += new
        last = self.state.last_order
        if last is not None and min(one.order for one in new) < last:
            self.state = replay(self.graph, RUN, self.entries)
        else:
            for entry in in_order(new):
                apply(self.state, entry)

    def sync(self, other: Device) -> None:
        """Both know the same afterwards."""
        mine = list(self.entries)
        self.take(other.entries)
        other.take(mine)
        self.now = other.now = max(self.now, other.now)

    def twin(self, journal: str = "laptop-2", actor: str = "zhao") -> Device:
        """Another device that knows what this one knows."""
        other = Device(self.graph, journal, actor)
        other.now = self.now
        other.take(self.entries)
        return other

    # Looking.

    def place(self, step: str) -> str:
        return self.state.place(step).name

    def places(self) -> dict[str, str]:
        return {name: self.place(name) for name in self.graph.steps}

    def word(self, step: str) -> str:
        return status(self.state, step)

    def open_steps(self) -> list[str]:
        return self.state.open_steps()


def apart(*steps: dict[str, Any], **said: Any) -> tuple[Device, Device]:
    """Two devices of one open run, which know of each other until now."""
    one = Device(graph(*steps, **said)).open()
    return one, one.twin()


def opened(*steps: dict[str, Any], actor: str = "li", **said: Any) -> Device:
    """An open run of a small plan, with everybody in their role."""
    return Device(graph(*steps, **said), actor=actor).open()
