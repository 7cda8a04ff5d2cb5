"""Random plans of at most twelve steps that use every construct, sound and unsound, for brute force.

small_plan(seed)            any of them: loops, lanes, watches, limits, conditions, marks, resources
walkable(runbook)           its graph, also when roads of it are unsound; None when nobody could walk it
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from engine.graph import StepGraph, compile_graph
from engine.graph.edges import edges_of, in_order
from engine.graph.stepgraph import digraph
from engine.plan import Runbook, Takes, Watch
from tests.engine.build import SITE, ask, contact, do, hold, plan, promise, promises, tell, text, wait

MOST_STEPS = 12
KEPT = promises(
    promise("first", to="m1", within="40m"), promise("maybe", to="m2", within="20m", if_on_road=True)
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
    bench = _Bench(draw)
    bench.add(do(bench.name()), after="", **({"marks": "m1"} if bench.chance(0.4) else {}))
    bench.ways = ["s0"]
    for _ in range(draw.randint(1, 5)):
        if len(bench.steps) < MOST_STEPS - 4:
            _block(bench)
    if bench.chance(0.25):
        _watched(bench)
    ways = [way for way in bench.ways if not bench.chance(0.04)] or bench.ways
    bench.add(do("nearly"), after=" ".join(ways), lane="")
    bench.steps.append(do("close", after="all"))
    _cross(bench)
    restore = [do("rearm")] if bench.chance(0.1) else []
    return plan(*bench.steps, restore=restore, readings="x y", watches=bench.watches, hazard="leak")


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


# --- blocks


def _block(bench: _Bench) -> None:
    blocks = (_plain, _plain, _plain, _decision, _decision, _expects, _permit, _call, _late, _beside, _stop)
    bench.draw.choice(blocks)(bench)


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
    bench.add(do(name, within="10m", missed=other), after=bench.after(), lane=_lane(bench))
    bench.add(do(other), lane=f"late{name}", after=None)
    bench.ways.append(name)


def _beside(bench: _Bench) -> None:
    """Something that is repeated beside the road until a step of it."""
    until = str(bench.draw.choice(bench.steps)["id"])
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
    bench.watches.append(Watch("w", words=text("smoke")))
    bench.ways.append(bench.add(do(bench.name()), after="w", lane="smoke"))


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

    The proof takes any condition for one that may hold or not; the engine knows an answer.
    """
    decisions = [one for one in bench.steps if one["kind"] == "ask"]
    for one in bench.steps[1:-1]:
        if not _has_answers(one) and bench.chance(0.15):
            texts = ["x >= 1", "y >= 1"] if not decisions else ["x >= 1"]
            for decision in decisions:
                if decision is not one and not {"marks", "missed", "ends", "touches"} & one.keys():
                    texts += [f"{decision['id']}.a", f"not {decision['id']}.a"]
            one["only_when"] = bench.draw.choice(texts)


def _has_answers(one: dict[str, Any]) -> bool:
    return "answers" in one or "refused" in one or "otherwise" in one
