"""Random plans that use the whole language, and somebody who fills in whatever an act asks for.

random_graph(seed)             a sound plan of 8 to 40 steps
Filler(random, device)         what a sensible person would give for an act; None when they could not
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from engine.acts import Act, Given
from engine.condition import parse_duration
from engine.graph import StepGraph, compile_graph
from engine.plan import Escalation, Reading, Runbook, Watch
from engine.rules import expectation, items_of, missing_roles, tries_in_vain
from engine.rules.proposal import Proposal
from engine.rules.signatures import may_be_second
from engine.rules.steps import can_come_back_before
from engine.state import COMMAND, StepState
from tests.engine.build import (
    PEOPLE,
    SITE,
    Device,
    ask,
    contact,
    do,
    hold,
    level_rule,
    plan,
    promise,
    promises,
    run,
    tell,
    text,
    wait,
)

READINGS = (
    Reading(
        "depth", text("depth"), unit="cm", fresh=parse_duration("20m"), rise=parse_duration("30m"), act=">= 4"
    ),
    Reading("flow", text("flow"), unit="l"),
    Reading("dry", text("dry"), "yes-no"),
    Reading("racks", text("racks"), "list"),
    Reading("words", text("words"), "text"),
)
CONDITIONS = ("depth >= 2", "flow < 3", "dry", "depth-rise > 1 or flow > 4", "not dry and flow < 4")
KEPT = promises(
    promise("respond", to="responded", within="20m"),
    promise("arrive", to="arrived", within="1h", if_on_road=True),
    promise("inform", until="recovered", every="60m", kept_by="told"),
    promise("report", start="closed", within="48h", kept_by="report-issued"),
    escalation=[Escalation("I", parse_duration("15m"), ("IC",))],
)
MARKS = ("responded", "arrived", "recovered")


def random_graph(seed: int) -> StepGraph:
    """A sound plan; the same for the same seed."""
    draw = Random(f"plan {seed}")
    while True:
        made, _ = compile_graph(_random_plan(draw), SITE, KEPT)
        if made is not None:
            return made


@dataclass
class _Yard:
    """Where a plan is put together: each block takes what it comes after, and gives what follows it."""

    draw: Random
    steps: list[dict[str, Any]] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    marks: list[str] = field(default_factory=lambda: list(MARKS))
    lanes: int = 0

    def name(self) -> str:
        return f"s{len(self.steps)}"

    def add(self, one: dict[str, Any], after: list[str], lane: str) -> str:
        self.steps.append({**one, "after": " ".join(after), "lane": lane})
        return str(one["id"])

    def chance(self, share: float) -> bool:
        return self.draw.random() < share


def _random_plan(draw: Random) -> Runbook:
    yard = _Yard(draw)
    first = yard.add(_plain(yard), [], "")
    ways = _blocks(yard, [first], "", draw.randint(2, 5))
    if yard.chance(0.5):
        ways = _stops_here(yard, ways)
    yard.add(do("nearly"), ways, "")
    for number in range(draw.randint(0, 2)):
        _watched(yard, number)
    _cross_over(yard)
    steps = [*yard.steps, do("close", after="all", marks="closed")]
    return plan(
        *steps,
        restore=[do("rearm", cls="safety"), do("tidy")] if yard.chance(0.4) else [],
        readings=READINGS,
        watches=yard.watches,
        levels=(level_rule("II", "depth >= 3"), level_rule("I", "depth >= 5")),
        entry=(text("called"),) if yard.chance(0.5) else (),
        exit=("depth < 6",) if yard.chance(0.3) else (),
    )


def _blocks(yard: _Yard, ways: list[str], lane: str, count: int) -> list[str]:
    for _ in range(count):
        if len(yard.steps) > 30:
            break
        blocks = (_act, _act, _diamond, _loop, _lane, _repeat, _expects, _permit, _call, _late)
        ways = yard.draw.choice(blocks)(yard, ways, lane)
    return ways


# --- one step


def _plain(yard: _Yard) -> dict[str, Any]:
    """A step that ends in one way only, of any kind."""
    draw, name = yard.draw, yard.name()
    made = draw.choice(
        [
            lambda: do(name),
            lambda: do(name, record=draw.choice(["depth", "flow dry", "words"])),
            lambda: do(name, check="left right"),
            lambda: do(name, each="racks"),
            lambda: do(name, expect="flow < 4"),
            lambda: do(name, record="depth", verify="independent"),
            lambda: do(name, verify="together"),
            lambda: do(name, tag="V-1", irreversible=True),
            lambda: do(name, tag="V-2", check_tag=True),
            lambda: do(name, evidence="photo", evidence_required=True),
            lambda: wait(name, span="10m", restart=yard.chance(0.5)),
            lambda: wait(name, until="flow < 4", steady="10m"),
            lambda: wait(name, until="dry"),
            lambda: tell(name),
            lambda: contact(name, "PWR"),
            lambda: hold(name, "PWR ENG"),
            lambda: hold(name, "PWR ENG", tag="V-3", irreversible=True, record="flow"),
            lambda: run(name, hand_over=True),
        ]
    )()
    return _dressed(yard, made)


def _dressed(yard: _Yard, one: dict[str, Any]) -> dict[str, Any]:
    """With some of the keys that any step may have."""
    draw = yard.draw
    one["cls"] = draw.choice(["mandatory", "mandatory", "optional", "safety"])
    if one["kind"] in ("do", "ask", "hold"):
        one["never_alone"] = yard.chance(0.3 if one["kind"] == "hold" else 0.1)
    if yard.chance(0.2):
        one["warn"] = "live"
    if yard.chance(0.2):
        one["only_when"] = draw.choice(CONDITIONS)
    if yard.marks and yard.chance(0.2):
        one["marks"] = yard.marks.pop()
    if yard.chance(0.2):
        one["within"] = draw.choice(["5m", "30m"])
        one["within_from"] = draw.choice([None, "reported"])
    if yard.chance(0.1):
        one["defer"] = None
    return one


# --- blocks


def _act(yard: _Yard, ways: list[str], lane: str) -> list[str]:
    return [yard.add(_plain(yard), ways, lane)]


def _diamond(yard: _Yard, ways: list[str], lane: str) -> list[str]:
    """A decision; its roads meet again."""
    answers = ["yes", "no", "perhaps"][: yard.draw.randint(2, 3)]
    name = yard.name()
    yard.add(ask(name, " ".join([f"1+{answers[0]}", *answers[1:]]), verify=_second(yard)), ways, lane)
    found = []
    for answer in answers:
        found += _blocks(yard, [f"{name}.{answer}"], lane, yard.draw.randint(0, 1))
    return found


def _second(yard: _Yard) -> str | None:
    return yard.draw.choice([None, None, None, "independent", "together"])


def _loop(yard: _Yard, ways: list[str], lane: str) -> list[str]:
    """Something is done until somebody says that it is enough."""
    first = yard.add(_without_condition(yard), ways, lane)
    inside = _blocks(yard, [first], lane, yard.draw.randint(0, 2))
    name = yard.name()
    yard.add(ask(name, f"enough again:{first}:{yard.draw.randint(1, 2)}"), inside, lane)
    return [f"{name}.enough", f"{name}.again"]


def _without_condition(yard: _Yard) -> dict[str, Any]:
    return {key: value for key, value in _plain(yard).items() if key != "only_when"}


def _lane(yard: _Yard, ways: list[str], lane: str) -> list[str]:
    """Beside the road something else goes on, which the road may wait for."""
    yard.lanes += 1
    own = f"lane{yard.lanes}"
    first = yard.add(_plain(yard), ways, own)
    ends = _blocks(yard, [first], own, yard.draw.randint(0, 2))
    here = yard.add(_plain(yard), ways, lane)
    return [here, *ends] if yard.chance(0.4) else [here]


def _repeat(yard: _Yard, ways: list[str], lane: str) -> list[str]:
    """A repeated step in a lane of its own, or on the road when it ends by itself."""
    draw = yard.draw
    end: dict[str, Any] = draw.choice([{"times": 2}, {"span": "15m"}, {"until": "flow < 3"}])
    kind = draw.choice([do, tell])
    one = kind(yard.name(), every="5m", **end)
    if kind is do and yard.chance(0.4):
        one |= {"expect": "depth < 5"}
    return [yard.add(_dressed(yard, one), ways, lane)]


def _expects(yard: _Yard, ways: list[str], lane: str) -> list[str]:
    """An act of which something is expected; else another one, or once more."""
    first = yard.add(_without_condition(yard), ways, lane)
    name, other = yard.name(), f"s{len(yard.steps) + 1}"
    again = yard.chance(0.5)
    kind = yard.draw.choice([do, tell])
    one = kind(name, expect="flow < 3", otherwise=(first, 2) if again else other)
    if yard.chance(0.2):
        one |= {"every": "5m", "times": 2}
    yard.add(one, [first], lane)
    if again:
        return [f"{name}.met", f"{name}.unmet"]
    yard.steps.append({**do(other), "after": None, "lane": lane})
    return [f"{name}.met", other]


def _permit(yard: _Yard, ways: list[str], lane: str) -> list[str]:
    """A hold that may be refused, to another step or back."""
    first = yard.add(_without_condition(yard), ways, lane)
    name, other = yard.name(), f"s{len(yard.steps) + 1}"
    again = yard.chance(0.5)
    refused = (first, 1) if again else other
    sign = yard.draw.choice(["PWR ENG", "2 PWR ENG SEC", "PWR ENG IC"])
    alone = yard.chance(0.4)
    yard.add(hold(name, sign, refused=refused, cls="safety", never_alone=alone), [first], lane)
    if again:
        return [f"{name}.signed", f"{name}.refused"]
    yard.steps.append({**do(other), "after": None, "lane": lane})
    return [f"{name}.signed", other]


def _call(yard: _Yard, ways: list[str], lane: str) -> list[str]:
    """Somebody is called; else something else is done."""
    name, other = yard.name(), f"s{len(yard.steps) + 1}"
    yard.add(contact(name, "ENG", otherwise=other), ways, lane)
    yard.steps.append({**do(other), "after": None, "lane": lane})
    return [f"{name}.reached", other]


def _late(yard: _Yard, ways: list[str], lane: str) -> list[str]:
    """A step with a limit, and one that opens when it is missed, in a lane of its own."""
    yard.lanes += 1
    name, other = yard.name(), f"s{len(yard.steps) + 1}"
    yard.add(do(name, within="10m", missed=other), ways, lane)
    yard.steps.append({**do(other), "after": None, "lane": f"lane{yard.lanes}"})
    return [name]


def _stops_here(yard: _Yard, ways: list[str]) -> list[str]:
    name = yard.name()
    yard.add(ask(name, "stop go"), ways, "")
    yard.add(do(yard.name(), ends=True), [f"{name}.stop"], "")
    return [f"{name}.go"]


def _watched(yard: _Yard, number: int) -> None:
    """A lane that sleeps until a watch is raised."""
    when = yard.draw.choice(["depth >= 4", "since-reported > 40m", None])
    ends = "depth < 1" if yard.chance(0.5) else None
    words = None if when and yard.chance(0.5) else text("smoke")
    watch = Watch(f"w{number}", when, words, level="I", until=ends)
    yard.watches.append(watch)
    yard.lanes += 1
    first = yard.add(_plain(yard), [watch.id], f"lane{yard.lanes}")
    _blocks(yard, [first], f"lane{yard.lanes}", yard.draw.randint(0, 1))


def _cross_over(yard: _Yard) -> None:
    """Repetitions that go on until another step or a mark, and steps that come back before a later one."""
    carried = [mark for mark in MARKS if mark not in yard.marks]
    for one in list(yard.steps):
        if yard.chance(0.06):
            until = yard.draw.choice([*carried, str(yard.draw.choice(yard.steps)["id"])])
            yard.lanes += 1
            lane = f"lane{yard.lanes}"
            yard.add(do(yard.name(), record="depth", every="5m", until=until), [one["id"]], lane)
        elif yard.chance(0.05) and one["kind"] == "do" and one.get("cls") == "mandatory":
            one.setdefault("defer", str(yard.draw.choice(yard.steps)["id"]))


# --- filling in


@dataclass
class Filler:
    """Somebody who gives what an act asks for, as far as it can be given now."""

    draw: Random
    device: Device

    def given(self, act: Act) -> Given | None:
        """What a sensible person gives; None when the act cannot be done sensibly now."""
        said: dict[str, Any] = {"values": {}}
        for need in act.needs:
            if need.kind == "reading" and need.reading is not None:
                said["values"][need.reading] = self._value(act, need.reading)
            elif need.kind == "choice" and need.choices:
                said[need.name] = self.draw.choice(need.choices)[0]
        filled = _SPECIAL.get(act.verb, Filler._plainly)(self, act, said)
        return None if filled is None else Given(**filled)

    @property
    def _state(self) -> Any:
        return self.device.state

    def _one(self, act: Act) -> StepState:
        found: StepState = self._state.steps[act.step]
        return found

    def _value(self, act: Act, name: str) -> str:
        kind = self._state.graph.readings[name].kind
        if act.verb == "verify" and self.draw.random() < 0.8:
            first = self._one(act).readings.get(name)
            return first.value.text if first is not None else "1"
        values = {"number": str(self.draw.randint(0, 5)), "yes-no": self.draw.choice(["yes", "no"])}
        return values.get(kind, self.draw.choice(["one", "one\ntwo"]))

    def _plainly(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        names = {need.name for need in act.needs}
        said |= {"reason": "because", "text": "words", "channel": "radio", "to": "Chen"}
        said |= dict.fromkeys(names & {"evidence"}, "file.jpg")
        if act.step in self._state.steps:
            self._about_a_step(act, said, names)
        if "second" in names and not self._with_a_second(act, said):
            return None
        return said

    def _about_a_step(self, act: Act, said: dict[str, Any], names: set[str]) -> None:
        one = self._one(act)
        said |= {"tag": one.step.tag}
        if "items" in names or (one.step.each is not None and one.step.each in said["values"]):
            lines = [line for line in said["values"].get(one.step.each, "").split("\n") if line]
            count = len(lines) or len(items_of(self._state, one.step))
            said["items"] = tuple(range(1, count + 1))
        if one.step.expect is not None and not one.step.decides:
            said["deviation"] = "not as planned"
        if any(need.name == "answer" and need.optional for need in act.needs):
            said["answer"] = None  # as the value says

    def _with_a_second(self, act: Act, said: dict[str, Any]) -> bool:
        one, state = self._one(act), self._state
        others = [name for name in state.people if name != self.device.actor]
        if act.verb != "override":
            others = [name for name in others if name not in state.commanders]
        purpose = "override" if act.verb == "override" else "together"
        others = [name for name in others if may_be_second(state, one.step, name, purpose)]
        here = {self.device.actor, str(said.get("by") or self.device.actor)}
        wanted = {need.name: need.optional for need in act.needs}
        dared = wanted.get("read_back") is False
        said["read_back"] = one.step.text.en if dared else None
        alone = wanted.get("read_back") and wanted["second"] and tries_in_vain(state, one, here) >= 3
        if alone and self.draw.random() < 0.5:
            said["read_back"] = one.step.text.en
            return True
        if not others:
            return False
        strength = self.draw.choice(["pin", "voice"])
        said |= {"second": self.draw.choice(others), "second_strength": strength, "second_channel": "radio"}
        return True

    def _override(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        said |= {"mark_at": self.draw.choice([None, self.device.now])}
        return self._plainly(act, said)

    def _sign(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        one, state = self._one(act), self._state
        signed = {sign.person for sign in one.signatures if sign.purpose == "hold"}
        for role in missing_roles(state, one):
            operator = role != COMMAND and one.step.sign is not None and one.step.sign.need > 1
            barred = signed | set(state.commanders if operator else ())
            for person in state.holders(role):
                if state.holds(person, role) and person not in barred:
                    strength = self.draw.choice(["pin", "voice"])
                    said |= {"role": role, "person": person, "strength": strength}
                    return self._plainly(act, said)
        return None

    def _verify(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        one, state = self._one(act), self._state
        barred = {*state.commanders, *(who for head in one.heads for who in (head.by, head.actor))}
        others = [name for name in state.people if name not in barred]
        others = [name for name in others if may_be_second(state, one.step, name, "verify")]
        if not others:
            return None
        said |= {"person": self.draw.choice(others), "strength": "pin"}
        return said

    def _confirm_voice(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        return {**said, "strength": "pin"}

    def _try(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        person = next((need for need in act.needs if need.name == "person"), None)
        if person is not None and act.verb == "try":
            said["person"] = person.default or (person.choices[0][0] if person.choices else "li")
        else:
            said["person"] = "li"
        return self._plainly(act, said)

    def _answer(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        chosen = said["answer"]
        filled = self._plainly(act, said)
        return None if filled is None else {**filled, "answer": chosen}

    def _defer(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        fixed = next(need.default for need in act.needs if need.name == "until")
        steps = tuple(self._state.steps)
        fitting = can_come_back_before(self._state, act.step or "", steps)
        said["until"] = fixed or self.draw.choice([None, None, *fitting[:3]])
        return self._plainly(act, said)

    def _read(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        if act.step is None:
            said = {"values": {said["target"]: self._value(act, said["target"])}}
        return said

    def _role(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        free = [one.id for one in PEOPLE if not self._state.holds(one.id, said["role"])]
        return {**said, "person": self.draw.choice(free), "reason": "needed"} if free else None

    def _handover(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        givers = [name for name in self._state.holders(said["role"]) if self._state.holds(name, said["role"])]
        others = [name for name in self._state.people if name not in givers]
        if not givers or not others:
            return None
        said |= {"owner": givers[0], "person": self.draw.choice(others)}
        return {**said, "strength": "pin", "second_strength": "pin"}

    def _end(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        return {"target": act.needs[0].default, "reason": "done"}

    def _open_child(self, act: Act, said: dict[str, Any]) -> dict[str, Any] | None:
        return {**said, "child": f"H-20261122-{self.draw.randint(1000, 9999)}", "answer": "joined"}


_SPECIAL: dict[str, Any] = {
    "override": Filler._override,
    "sign": Filler._sign,
    "verify": Filler._verify,
    "confirm-voice": Filler._confirm_voice,
    "try": Filler._try,
    "try-anytime": Filler._try,
    "answer": Filler._answer,
    "change": Filler._answer,
    "entry": Filler._answer,
    "whether": Filler._answer,
    "put-back": Filler._answer,
    "defer": Filler._defer,
    "read": Filler._read,
    "role": Filler._role,
    "handover": Filler._handover,
    "end": Filler._end,
    "open-child": Filler._open_child,
}


def fits(device: Device, act: Act, given: Given) -> bool:
    """Whether what is given does not contradict itself: a value that is met is not called unmet."""
    if act.step not in device.state.steps:
        return True
    one = device.state.steps[act.step]
    nothing = Proposal((), device.actor, "", device.now, device.now)
    return not (given.answer == "met" and expectation(device.state, one, nothing) is False)


LATER = timedelta(days=3)
