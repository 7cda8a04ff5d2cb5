"""Small plans and runs for the tests of the engine: made from short Python values, without a store.

    plan(do("a"), ask("q", yes_no), ...)    a runbook, with the default `after` of the language
    graph(...)                              the same, compiled; a fault fails the test
    Device(graph)                           a run at one device: propose, check, record, apply
    plain(state)                            everything a run knows, as plain data to compare

Sealing is only pretended: what the state needs of an entry (hash, journal, causal links) is honest.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from engine.acts import Act, Given, events_of, possible
from engine.clocks import due
from engine.condition import parse_duration
from engine.errors import Fault, Refused
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
from engine.graph import StepGraph, compile_graph
from engine.plan import (
    LEVELS,
    MAIN,
    RESTORE,
    After,
    Answer,
    Back,
    Escalation,
    Expect,
    Group,
    LevelRule,
    Limit,
    Person,
    Promise,
    Promises,
    Reading,
    Repeat,
    Runbook,
    Sign,
    Site,
    Step,
    Watch,
)
from engine.road import Count, may_open, sweep
from engine.rules import Proposal, check
from engine.run import apply, in_order, new_state, replay
from engine.state import FINISHED, RunState, Said, status
from engine.text import Text

T0 = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
RUN = "H-20261122-K7QM"
ROLES = ("IC", "ENG", "PWR", "SEC", "CS")

PEOPLE = (
    Person("wang", "王强", ("IC",)),
    Person("li", "李明", ("ENG",), deputy="zhou"),
    Person("zhao", "赵刚", ("PWR",)),
    Person("feng", "冯涛", ("SEC",)),
    Person("chen", "陈静", ("CS",)),
    Person("zhou", "周凯", ()),
)
CUSTOMERS = Group("customers", Text("客户", "customers"))
SITE = Site("s", Text("站", "site"), "UTC", ("zh", "en"), people=PEOPLE, groups=(CUSTOMERS,))


def text(words: str) -> Text:
    return Text(words, words)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


MS = timedelta(milliseconds=1)


# --- plans


def _step(kind: str, step_id: str, target: str | None = None, **said: Any) -> dict[str, Any]:
    return {"id": step_id, "kind": kind, "target": target, **said}


def do(step_id: str, **said: Any) -> dict[str, Any]:
    """`expect="x < 1"` with `otherwise="b"`, or `otherwise=("a", 2)` to go back; `every=` and `until=`."""
    return _step("do", step_id, **said)


def ask(step_id: str, answers: str | tuple[Answer, ...], **said: Any) -> dict[str, Any]:
    """`answers` like "yes no again:a:2": the last goes back to a, at most twice; or ready made."""
    return _step("ask", step_id, answers=answers, **said)


def hold(step_id: str, sign: str, **said: Any) -> dict[str, Any]:
    """`sign` like "PWR ENG", or "2 PWR ENG SEC"; `refused="b"` or `refused=("a", 2)`."""
    return _step("hold", step_id, sign=sign, **said)


def wait(step_id: str, **said: Any) -> dict[str, Any]:
    """`span="30m"`, or `until="x < 1"` with `steady="15m"`."""
    return _step("wait", step_id, **said)


def contact(step_id: str, role: str = "ENG", **said: Any) -> dict[str, Any]:
    """`otherwise="b"` where nobody answers."""
    return _step("contact", step_id, role, **said)


def tell(step_id: str, group: str = "customers", **said: Any) -> dict[str, Any]:
    return _step("tell", step_id, group, **said)


def run(step_id: str, runbook: str = "fire", **said: Any) -> dict[str, Any]:
    return _step("run", step_id, runbook, **said)


def plan(
    *steps: dict[str, Any],
    restore: Iterable[dict[str, Any]] = (),
    readings: Iterable[Reading] | str = (),
    watches: Iterable[Watch] = (),
    **said: Any,
) -> Runbook:
    """A runbook; a step without `after` follows the one above it in its lane."""
    drafts = [*steps, *({**one, "lane": RESTORE} for one in restore)]
    led_to = {name for one in drafts for name in _ways_of(one)}
    above: dict[str, dict[str, Any]] = {}
    made = []
    for one in drafts:
        made.append(_made(one, above.get(one.get("lane", MAIN)), led_to, drafts))
        above[one.get("lane", MAIN)] = one
    if isinstance(readings, str):
        readings = [Reading(name, text(name), unit="u") for name in readings.split()]
    said.setdefault("released_by", "wang")
    said.setdefault("roles", tuple((role, text(role)) for role in ROLES))
    return Runbook(
        said.pop("id", "plan"),
        1,
        text("plan"),
        tuple(made),
        readings=tuple(readings),
        watches=tuple(watches),
        places={one["id"]: (number, 1) for number, one in enumerate(drafts, start=1)},
        **said,
    )


def _ways_of(one: dict[str, Any]) -> list[str]:
    ways = (one.get("otherwise"), one.get("refused"), one.get("missed"))
    return [way for way in ways if isinstance(way, str)]


def _made(
    one: dict[str, Any], above: dict[str, Any] | None, led_to: set[str], drafts: list[dict[str, Any]]
) -> Step:
    said = dict(one)
    after = said.pop("after", None)
    said["text"] = text(said.pop("text", said["id"]))
    said["lane"] = said.get("lane", MAIN)
    if after is None:
        said.update(_default_after(said, above, led_to))
    elif after == "all":
        said["after_all"] = True
    elif after == "":
        said["starts"] = True
    else:
        said["after"] = tuple(_after(name) for name in after.split())
    _make_ways(said)
    _make_times(said, drafts)
    for name in ("roles", "record", "marks"):
        said[name] = tuple(said.get(name, "").split())
    said["check"] = tuple(text(line) for line in said.get("check", "").split())
    said["warn"] = text(said["warn"]) if "warn" in said else None
    if said.get("cls") == "safety" or said.get("answers"):
        said["defer"] = None
    return Step(**said)


def _default_after(said: dict[str, Any], above: dict[str, Any] | None, led_to: set[str]) -> dict[str, Any]:
    if above is None:
        return {"starts": said["lane"] == MAIN}
    if said["id"] in led_to:
        return {}
    return {"after": (After(above["id"], "signed" if above.get("refused") is not None else None),)}


def _after(name: str) -> After:
    step, _, answer = name.partition(".")
    return After(step, answer or None)


def _make_ways(said: dict[str, Any]) -> None:
    """Answers, signatures and the ways of else and refused."""
    answers: Any = said.get("answers", ())
    if isinstance(answers, str):
        answers = tuple(_answer(*one.split(":")) for one in said["answers"].split())
    if isinstance(said.get("sign"), str):
        first, *rest = said["sign"].split()
        roles = tuple(rest) if first.isdigit() else (first, *rest)
        said["sign"] = Sign(roles, int(first) if first.isdigit() else len(roles))
    good, bad, way = {
        "hold": ("signed", "refused", said.get("refused")),
        "contact": ("reached", "nobody", said.get("otherwise")),
    }.get(said["kind"], ("met", "unmet", said.get("otherwise")))
    if way is not None:
        back = None if isinstance(way, str) else Back(*way)
        answers = (Answer(good, text(good)), Answer(bad, text(bad), back=back))
        said["refused" if said["kind"] == "hold" else "otherwise"] = back or way
    within = said.pop("expect_in", None)
    if isinstance(said.get("expect"), str):
        way = said.pop("otherwise", None)
        said["expect"] = Expect(that=said["expect"], within=limit(within) if within else None, otherwise=way)
    said["answers"] = answers


def _answer(name: str, back: str | None = None, at_most: str = "1") -> Answer:
    level, _, name = name.rpartition("+")
    return Answer(name, text(name), back=Back(back, int(at_most)) if back else None, level=int(level or 0))


def _make_times(said: dict[str, Any], drafts: list[dict[str, Any]]) -> None:
    until = said.pop("until", None)
    for name in ("within", "span", "steady"):
        if isinstance(said.get(name), str):
            said[name] = limit(said[name])
    every = said.pop("every", None)
    if every is not None:
        span, times = said.pop("span", None), said.pop("times", None)
        said["repeat"] = Repeat(limit(every), until, _kind_of_end(until, drafts), span, times)
    elif until is not None:
        said["wait_until"] = until


def _kind_of_end(until: str | None, drafts: list[dict[str, Any]]) -> Any:
    if until is None:
        return None
    if any(one["id"] == until for one in drafts):
        return "step"
    return "mark" if any(until in one.get("marks", "").split() for one in drafts) else "condition"


def limit(length: str) -> Limit:
    return Limit(parse_duration(length))


def promise(promise_id: str, start: str = "reported", to: str = "", **said: Any) -> Promise:
    """`within="20m"` to marks, or `every="60m"` until one."""
    for name in ("within", "every"):
        said[name] = parse_duration(said[name]) if name in said else None
    return Promise(promise_id, text(promise_id), start, tuple(to.split()), **said)


def promises(*kept: Promise, escalation: Iterable[Escalation] = ()) -> Promises:
    return Promises(kept, tuple(escalation))


def level_rule(level: str, when: str) -> LevelRule:
    assert level in LEVELS
    return LevelRule(level, when)


def graph(*steps: dict[str, Any], site: Site = SITE, kept: Promises | None = None, **said: Any) -> StepGraph:
    """A plan, compiled; it must be sound."""
    return compiled(plan(*steps, **said), site, kept)


def compiled(runbook: Runbook, site: Site = SITE, kept: Promises | None = None) -> StepGraph:
    made, faults = compile_graph(runbook, site, kept or Promises())
    assert made is not None, faults
    return made


def faults_of(*steps: dict[str, Any], **said: Any) -> list[Fault]:
    """What is unsound in a plan."""
    return compile_graph(plan(*steps, **said), SITE, Promises())[1]


# --- devices


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


# --- measuring without a clock


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
