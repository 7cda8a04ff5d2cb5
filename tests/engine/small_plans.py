"""Random plans of at most twelve steps that use every construct, sound and unsound, for brute force.

small_plan(seed)            any of them: loops, lanes, watches, limits, conditions, marks, resources
constructs(runbook)         every construct of the language that a plan uses, by name
ALL_CONSTRUCTS              every one there is, from the fields of `engine.plan`
walkable(runbook)           its graph, also when roads of it are unsound; None when nobody could walk it
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from decimal import Decimal
from random import Random
from typing import Any

from engine.graph import StepGraph, compile_graph
from engine.graph.edges import edges_of, in_order
from engine.graph.stepgraph import digraph
from engine.plan import (
    KINDS,
    MAIN,
    RESTORE,
    After,
    Answer,
    Back,
    Expect,
    Reading,
    Repeat,
    Runbook,
    Sign,
    Step,
    Takes,
    Watch,
)
from tests.engine.build import SITE, ask, contact, do, hold, plan, promise, promises, run, tell, text, wait

MOST_STEPS = 12
KEPT = promises(
    promise("first", to="m1", within="40m"), promise("maybe", to="m2", within="20m", if_on_road=True)
)
READINGS = (
    *(Reading(name, text(name), unit="u") for name in ("x", "y")),
    Reading("racks", text("racks"), kind="list"),
)
NOT_WALKED = ("cycle", "unreachable", "back-other-lane", "back-not-here")
"""Faults of graphs that nobody can walk to an end."""


@dataclass
class _Bench:
    """Where a small plan is put together: `ways` are the endings that nothing follows yet."""

    draw: Random
    steps: list[dict[str, Any]] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    lanes: int = 0
    inside: Random = field(default_factory=Random)
    """Who is inside is drawn apart, so that it changes nothing else of a plan."""

    def name(self) -> str:
        return f"s{len(self.steps)}"

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def add(self, one: dict[str, Any], **said: Any) -> str:
        self.steps.append({**_dressed(self, one), **said})
        return str(one["id"])

    def after(self) -> str:
        """What the next step comes after: some of the loose endings, sometimes any other as well."""
        count = min(len(self.ways), self.draw.choice([1, 1, 1, 2, 2, 3]))
        taken = self.draw.sample(self.ways, count)
        if not self.chance(0.2):
            self.ways = [way for way in self.ways if way not in taken]
        if self.chance(0.12):
            taken.append(self.draw.choice(self.steps)["id"])
        if not taken:
            taken = [str(self.draw.choice(self.steps)["id"])]
        return " ".join(dict.fromkeys(taken))


def small_plan(seed: int) -> Runbook:
    """A plan of that number; mostly sound, sometimes with a loose end or a list that decides nothing."""
    draw = Random(f"small {seed}")
    bench = _Bench(draw, inside=Random(f"inside {seed}"))
    bench.add(do(bench.name()), after="", **({"marks": "m1"} if bench.chance(0.4) else {}))
    bench.ways = ["s0"]
    for _ in range(draw.randint(1, 5)):
        if len(bench.steps) < MOST_STEPS - 4:
            _block(bench)
    if bench.chance(0.25):
        _watched(bench)
    if bench.chance(0.1):
        _watched(bench)
    ways = [way for way in bench.ways if not bench.chance(0.04)] or bench.ways
    bench.add(do("nearly"), after=" ".join(ways), lane="")
    bench.steps.append(do("close", after="all"))
    _cross(bench)
    for one in bench.steps[:-1]:
        if one["kind"] in ("do", "ask", "run") and "withdraw" not in one and bench.inside.random() < 0.15:
            one["inside"] = True
    restore = [do("rearm")] if bench.chance(0.1) else []
    return plan(*bench.steps, restore=restore, readings=READINGS, watches=bench.watches, hazard="leak")


def walkable(runbook: Runbook, *, proven: bool = True) -> tuple[StepGraph | None, list[str]]:
    """The graph of a plan and the rules its structure breaks; no graph when it cannot be walked.

    With `proven` false it is not even asked whether it is sound.
    """
    made, faults = compile_graph(runbook, SITE, KEPT) if proven else (None, [])
    rules = [fault.rule for fault in faults]
    if made is not None or set(rules) & set(NOT_WALKED):
        return made, rules
    dag = digraph(runbook, edges_of(runbook))
    order = in_order(runbook, dag)
    assert order is not None
    return StepGraph(runbook, SITE, KEPT, dag, order), rules


# --- what a plan uses

WORDS_ONLY = frozenset(
    "id text target where tag tag_names check_tag warn detail why evidence evidence_required message was says"
    " irreversible roles lane name unit declare_level needs first nowhere".split()
)
"""Fields of a step and of its parts on which no road depends: who does it, where, and what they are told."""

PARTS = {
    "step": Step,
    "expect": Expect,
    "repeat": Repeat,
    "answer": Answer,
    "back": Back,
    "after": After,
    "sign": Sign,
    "watch": Watch,
}
KINDS_OF_END = ("step", "mark", "condition")
ALL_CONSTRUCTS = frozenset(
    {f"{name}.{one.name}" for name, part in PARTS.items() for one in fields(part)}
    - {f"{name}.{one}" for name in PARTS for one in (*WORDS_ONLY, "of", "kind", "until_is", "cls", "verify")}
    | {f"kind {kind}" for kind in KINDS}
    | {f"until a {kind}" for kind in KINDS_OF_END}
    | {"class safety", "class optional", "verify independent", "verify together", "restore", "lane"}
    | {"back from ask", "back from do", "back from hold", "back from contact"}
    | {"role is told", "hold that stays shut", "contact that stays open", "ends in a lane"}
)


def constructs(runbook: Runbook) -> Iterator[str]:
    """Every construct this plan uses, once for each use."""
    for step in runbook.steps:
        yield from _said_in("step", step)
        yield from _of_step(step)
        parts: list[tuple[str, Any]] = [("expect", step.expect), ("repeat", step.repeat), ("sign", step.sign)]
        parts += [("after", one) for one in step.after]
        for answer in step.answers:
            parts += [("answer", answer), ("back", answer.back)]
        for name, part in parts:
            yield from _said_in(name, part)
    for watch in runbook.watches:
        yield from _said_in("watch", watch)


def _said_in(name: str, part: Any) -> Iterator[str]:
    """The fields in which it says something else than what is not said."""
    for one in fields(part) if part is not None else ():
        least = () if one.default is MISSING else one.default
        if getattr(part, one.name) != least and f"{name}.{one.name}" in ALL_CONSTRUCTS:
            yield f"{name}.{one.name}"


def _of_step(step: Step) -> Iterator[str]:
    yield f"kind {step.kind}"
    yield from (f"class {step.cls}",) if step.cls != "mandatory" else ()
    yield from (f"verify {step.verify}",) if step.verify is not None else ()
    yield from (f"until a {step.repeat.until_is}",) if step.repeat is not None and step.repeat.until else ()
    yield from (f"back from {step.kind}" for answer in step.answers if answer.back is not None)
    yield from ("role is told",) if step.missed == "IC" else ()
    yield from ("hold that stays shut",) if step.kind == "hold" and not step.answers else ()
    yield from ("contact that stays open",) if step.kind == "contact" and not step.answers else ()
    yield from ("restore",) if step.lane == RESTORE else ("lane",) if step.lane != MAIN else ()
    yield from ("ends in a lane",) if step.ends and step.lane != MAIN else ()


# --- blocks


def _block(bench: _Bench) -> None:
    usual = (_plain, _plain, _plain, _other, _decision, _decision)
    rarer = (_expects, _permit, _call, _late, _beside, _stop, _early)
    bench.draw.choice((*usual, *rarer))(bench)


def _plain(bench: _Bench) -> None:
    name, draw = bench.name(), bench.draw
    one = draw.choice(
        [
            lambda: do(name),
            lambda: do(name, record=draw.choice(["x", "y"])),
            lambda: wait(name, span="10m"),
            lambda: tell(name),
            lambda: contact(name, "PWR"),
            lambda: hold(name, "PWR ENG"),
            lambda: do(name, every="5m", times=2),
        ]
    )()
    bench.ways.append(bench.add(one, after=bench.after(), lane=_lane(bench)))


def _other(bench: _Bench) -> None:
    """What says more of one step than its kind, and changes nothing of its road."""
    name, draw = bench.name(), bench.draw
    one = draw.choice(
        [
            lambda: run(name),
            lambda: run(name, hand_over=True),
            lambda: wait(name, until="x < 3", steady="5m"),
            lambda: wait(name, until="x < 3", steady="5m", restart=True),
            lambda: hold(name, "2 PWR ENG SEC", cls="safety"),
            lambda: do(name, every="5m", span="20m"),
            lambda: do(name, record="x", every="5m", until="x < 3"),
            lambda: do(name, record="racks", each="racks"),
            lambda: do(name, expect="x < 3", expect_in="5m"),
            lambda: do(name, expect=Expect(that="x < 3", finding=True)),
            lambda: do(name, record="y", verify="independent", roles="ENG"),
            lambda: do(name, verify="together", never_alone=True, cls="safety"),
            lambda: do(name, cls="optional", check="one two"),
            lambda: do(name, defer="nearly"),
            lambda: do(name, within="5m", missed="IC"),
            lambda: do(name, within="5m", within_from="s0", missed="IC"),
            lambda: ask(name, (Answer("a", text("a"), when="x >= 1"), Answer("b", text("b"), level=1))),
        ]
    )()
    bench.ways.append(bench.add(one, after=bench.after(), lane=_lane(bench)))


def _early(bench: _Bench) -> None:
    """A lane that begins with the run, beside what opens it."""
    bench.lanes += 1
    bench.ways.append(bench.add(do(bench.name()), after="", lane=f"early{bench.lanes}"))


def _lane(bench: _Bench) -> str:
    return bench.draw.choice(["", "", "", "l1", "l2"])


def _decision(bench: _Bench) -> None:
    """A question; its answers go on, and one may go back."""
    name = bench.name()
    answers = ["a", "b", "c"][: bench.draw.choice([2, 2, 3])]
    back = bench.draw.choice(bench.steps)
    said = [*answers[:-1], f"{answers[-1]}:{back['id']}:1"] if bench.chance(0.2) else answers
    bench.add(ask(name, " ".join(said)), after=bench.after(), lane=back.get("lane", ""))
    bench.ways += [f"{name}.{answer}" for answer in answers]


def _pair(bench: _Bench, make: Any, good: str) -> None:
    """A step that ends well or badly; badly leads to another step, or back."""
    name, other = bench.name(), f"s{len(bench.steps) + 1}"
    lane = _lane(bench)
    here = [one for one in bench.steps if one.get("lane", "") == lane]
    if here and bench.chance(0.3):
        bench.add(make(name, (bench.draw.choice(here)["id"], 1)), after=bench.after(), lane=lane)
        bad = {"met": "unmet", "signed": "refused", "reached": "nobody"}[good]
        bench.ways += [f"{name}.{good}", f"{name}.{bad}"]
        return
    bench.add(make(name, other), after=bench.after(), lane=lane)
    bench.add(do(other), lane=lane, after=None)
    bench.ways += [f"{name}.{good}", other]


def _expects(bench: _Bench) -> None:
    _pair(bench, lambda name, way: do(name, expect="x < 3", otherwise=way), "met")


def _permit(bench: _Bench) -> None:
    _pair(bench, lambda name, way: hold(name, "PWR ENG", refused=way), "signed")


def _call(bench: _Bench) -> None:
    _pair(bench, lambda name, way: contact(name, "ENG", otherwise=way), "reached")


def _late(bench: _Bench) -> None:
    """A step with a limit, and one that opens when it is missed."""
    name, other = bench.name(), f"s{len(bench.steps) + 1}"
    since = {"within_from": "s0"} if bench.chance(0.3) else {}
    bench.add(do(name, within="10m", missed=other, **since), after=bench.after(), lane=_lane(bench))
    bench.add(do(other), lane=f"late{name}", after=None)
    bench.ways.append(name)


def _beside(bench: _Bench) -> None:
    """Something that is repeated beside the road until a step of it."""
    until = str(bench.draw.choice(bench.steps)["id"])
    if bench.chance(0.4) and any("m1" in one.get("marks", "").split() for one in bench.steps):
        until = "m1"
    bench.lanes += 1
    lane = f"round{bench.lanes}"
    bench.steps.append(
        do(
            bench.name(),
            record="x",
            every="5m",
            until=until,
            after=bench.draw.choice(bench.steps)["id"],
            lane=lane,
        )
    )


def _stop(bench: _Bench) -> None:
    bench.add(do(bench.name(), ends=True), after=bench.after(), lane=_lane(bench))
    if not bench.ways:
        bench.ways.append("s0")


def _watched(bench: _Bench) -> None:
    """Something that may happen at any time: seen or read, and what it opens; sometimes only a level or a run."""
    name = f"w{len(bench.watches)}"
    words: dict[str, Any] = {"words": text("smoke")}
    ended = {**words, "until_words": text("no smoke")}
    seen: dict[str, Any] = bench.draw.choice(
        [words, ended, {"when": "x > 5"}, {"when": "y > 5", "until": "y < 3"}, {**words, "when": "x > 5"}]
    )
    done: dict[str, Any] = bench.draw.choice([{}, {}, {"level": "I"}, {"run": "fire"}])
    bench.watches.append(Watch(name, **seen, **done))
    if not done or bench.chance(0.5):
        bench.ways.append(bench.add(do(bench.name()), after=name, lane=f"smoke{name}"))
        if bench.inside.random() < 0.6:
            _calls_out(bench)


def _calls_out(bench: _Bench) -> None:
    """The step before gets everybody out; a hold of its own lets them in again, now and then behind work inside."""
    first = bench.steps[-1]
    if bench.inside.random() < 0.15:
        bench.steps.append(do(bench.name(), lane=first["lane"], after=None, inside=True))
    bench.steps.append(hold(bench.name(), "PWR ENG", lane=first["lane"], after=None))
    first["withdraw"] = bench.ways[-1] = bench.steps[-1]["id"]


def _dressed(bench: _Bench, one: dict[str, Any]) -> dict[str, Any]:
    """With some of the keys that any step may have."""
    draw = bench.draw
    least, likely, most = sorted(draw.randint(0, 20) for _ in range(3))
    one["takes"] = Takes(Decimal(least), Decimal(likely), Decimal(most))
    if bench.chance(0.12):
        one["marks"] = draw.choice(["m1", "m1", "m2"])
    if bench.chance(0.15):
        one["touches"] = (("R", draw.choice(["on", "off"])),)
    return one


def _cross(bench: _Bench) -> None:
    """Conditions on readings, and on answers where nothing else hangs on them.

    The proof takes any condition for one that may hold or not; the engine knows an answer, and does a
    safety step when it does not know.
    """
    decisions = [one for one in bench.steps if one["kind"] == "ask"]
    for one in bench.steps[1:-1]:
        if not _has_answers(one) and one.get("cls") != "safety" and bench.chance(0.15):
            texts = ["x >= 1", "y >= 1"] if not decisions else ["x >= 1"]
            for decision in decisions:
                if decision is not one and not {"marks", "missed", "ends", "touches"} & one.keys():
                    texts += [f"{decision['id']}.a", f"not {decision['id']}.a"]
            one["only_when"] = bench.draw.choice(texts)


def _has_answers(one: dict[str, Any]) -> bool:
    return "answers" in one or "refused" in one or "otherwise" in one
