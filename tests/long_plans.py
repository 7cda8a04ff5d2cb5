"""Plans made by the yard, as YAML, each with a walk from its opening to its end.

They are what the engine must stand (`tests/engine/test_growth.py`) and what is measured (`tests/bench`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from engine.book import read_runbook
from engine.events import AnswerGiven, Entry, Event, RunOpened, StepDone
from engine.graph import StepGraph, compile_graph
from engine.plan import Promises, Site
from engine.rules import Proposal, check
from engine.run import apply, new_state
from engine.state import RunState
from engine.text import Text

RUN = "H-20261122-K7QM"
DEVICE = "c69885ca82bc971c710fe7b97f5bb914"
START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SITE = Site(id="yard", title=Text("试验场", "the yard"), timezone="UTC", languages=("zh", "en"))

TURNS = 999
"""How often the inner loop goes back before the outer one does; a plan may say at most 1000."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A runbook as YAML, and the events of one walk through it, the opening left out."""

    name: str
    size: int
    text: bytes
    walk: tuple[Event, ...]


# --- the plans


def chain(steps: int) -> Plan:
    """One step after the other."""
    names = [f"s{number}" for number in range(steps)]
    rows = [f"  - {{id: {name}, do: {{zh: 做这一步, en: do this}}}}" for name in names]
    return _plan(f"a chain of {steps:,} steps", steps, rows, map(StepDone, names))


def diamonds(count: int) -> Plan:
    """Decisions one after the other, each with two roads that meet again: 2 to the power of `count` roads."""
    rows, walk = [], list[Event]()
    for number in range(count):
        rows += _diamond(number)
        side = "ab"[number % 2]
        walk += [AnswerGiven(f"q{number}", side), StepDone(f"{side}{number}"), StepDone(f"j{number}")]
    return _plan(f"{count:,} chained diamonds", count, rows, walk)


def _diamond(number: int) -> list[str]:
    return [
        f"  - id: q{number}",
        "    ask: {zh: 走哪一边, en: which side}",
        "    answers: {a: {zh: 左, en: left}, b: {zh: 右, en: right}}",
        f"  - {{id: a{number}, after: q{number}.a, do: {{zh: 走左边, en: go left}}}}",
        f"  - {{id: b{number}, after: q{number}.b, do: {{zh: 走右边, en: go right}}}}",
        f"  - {{id: j{number}, after: [a{number}, b{number}], do: {{zh: 会合, en: meet}}}}",
    ]


def forks(count: int) -> Plan:
    """Forks one after the other, both sides of each walked before they join."""
    rows, walk = [], list[Event]()
    for number in range(count):
        names = [f"{name}{number}" for name in "fabj"]
        split, left, right, join = names
        rows += [
            f"  - {{id: {split}, do: {{zh: 分开, en: part}}}}",
            f"  - {{id: {left}, after: {split}, do: {{zh: 左边, en: the left side}}}}",
            f"  - {{id: {right}, after: {split}, do: {{zh: 右边, en: the right side}}}}",
            f"  - {{id: {join}, after: [{left}, {right}], do: {{zh: 会合, en: meet}}}}",
        ]
        walk += map(StepDone, names)
    return _plan(f"{count:,} chained forks", count, rows, walk)


def loop(rounds: int) -> Plan:
    """A loop inside a loop: the inner one runs its turns, the outer one sets it going again."""
    most = max(1, rounds // (TURNS + 1))
    rows = [
        "  - {id: measure, do: {zh: 测量, en: measure}}",
        "  - id: dry",
        *_back_to_measuring("dry", TURNS),
        "  - id: sure",
        "    after: [dry.no, dry.yes]",
        *_back_to_measuring("sure", most),
        "  - {id: leave, after: [sure.no, sure.yes], do: {zh: 离开, en: leave}}",
    ]
    return _plan(f"{rounds:,} rounds of a loop", rounds, rows, _rounds(rounds))


def _back_to_measuring(name: str, at_most: int) -> list[str]:
    """The rest of a step that goes back to the first one."""
    return [
        f"    ask: {{zh: {name}, en: {name}}}",
        "    answers:",
        f"      no: {{says: {{zh: 否, en: no}}, back_to: measure, at_most: {at_most}}}",
        "      yes: {zh: 是, en: yes}",
    ]


def _rounds(rounds: int) -> Iterator[Event]:
    for number in range(1, rounds + 1):
        yield StepDone("measure")
        if number % (TURNS + 1) and number < rounds:
            yield AnswerGiven("dry", "no", ("measure", "dry"))
            continue
        yield AnswerGiven("dry", "yes")
        again = number < rounds
        yield AnswerGiven("sure", "no", ("measure", "dry", "sure")) if again else AnswerGiven("sure", "yes")
    yield StepDone("leave")


def lanes(count: int, length: int = 4) -> Plan:
    """Lanes side by side, walked in turn, and one step that waits for all of them."""
    names = [[f"l{lane}-{number}" for number in range(length)] for lane in range(count)]
    rows = []
    for lane in names:
        for name in lane:
            after = "after: [], " if name is lane[0] else ""
            rows.append(f"  - {{id: {name}, lane: {lane[0]}-lane, {after}do: {{zh: 做, en: do}}}}")
    rows.append("  - {id: close, after: all, do: {zh: 收尾, en: close out}}")
    walk = [StepDone(lane[number]) for number in range(length) for lane in names]
    return _plan(f"{count:,} parallel lanes", count, rows, [*walk, StepDone("close")])


def rich(steps: int) -> Plan:
    """What a plan is really made of: readings, limits, decisions, signatures, lanes. It is only read."""
    rows = [line for number in range(steps // len(_KINDS)) for line in _bundle(number)]
    return _plan(f"a plan of {steps:,} steps", steps, rows, (), _RICH_HEAD)


_RICH_HEAD = """roles:
  IC: {zh: 指挥, en: commander}
  ENG: {zh: 工程师, en: engineer}
  PWR: {zh: 动力, en: power engineer}
readings:
  depth: {label: {zh: 水深, en: depth}, unit: cm, warn: "> 0", act: ">= 3", fresh: 10m, rise: 10m}
  flow: {label: {zh: 流量, en: flow}, unit: L/min}
levels: {II: ["depth >= 1", "depth-rise > 1"], I: ["depth > 5"]}
"""

_KINDS = (
    """- id: look{n}
    warn: {{zh: 积水可能带电，触电致死, en: Standing water may be live. Electric shock kills}}
    do: {{zh: 站在门口测量水深, en: Measure the depth from the doorway}}
    role: ENG
    record: [depth, flow]
    class: safety""",
    """- id: source{n}
    ask: {{zh: 水从哪里来, en: Where does the water come from}}
    role: ENG
    takes: 2/5/15
    answers:
      crac: {{says: {{zh: 空调冷凝水, en: air conditioner}}, when: "flow > 1 and depth < 2"}}
      pipe: {{zh: 其他管道, en: another pipe}}
      unknown: {{says: {{zh: 找不到, en: not found}}, back_to: look{n}, at_most: 2}}""",
    """- id: stop{n}
    after: source{n}.crac
    do: {{zh: 停机并关闭加湿进水阀, en: Stop the unit and close its feed valve}}
    role: PWR
    tag: V-12
    record: flow
    expect: {{that: "flow < 0.5", in: 60s, else: riser{n}}}""",
    """- id: riser{n}
    after: [source{n}.pipe, source{n}.unknown]
    do: {{zh: 关闭立管阀门, en: Close the riser valve}}
    role: PWR
    irreversible: true
    within: 5m
    missed: IC
    touches: {{V-03: closed}}""",
    """- id: permit{n}
    after: [stop{n}, riser{n}]
    hold: {{zh: 已验明无电，准许进入, en: Proved dead. Entry permitted}}
    sign: [PWR, ENG]
    class: safety""",
)


def _bundle(number: int) -> list[str]:
    """One step of every kind; the next bundle comes after its last."""
    return ["  " + kind.format(n=number) for kind in _KINDS]


def _plan(name: str, size: int, rows: Iterable[str], walk: Iterable[Event], head: str = "") -> Plan:
    top = "runbook: yard\nrevision: 1\ntitle: {zh: 试验, en: a trial}\n"
    return Plan(name, size, f"{top}{head}steps:\n{chr(10).join(rows)}\n".encode(), tuple(walk))


# --- the way through them


def compiled(plan: Plan) -> StepGraph:
    """The graph of a plan that has nothing wrong in it."""
    runbook, faults = read_runbook(plan.text, "yard.yaml", site=SITE)
    assert runbook is not None and not [one for one in faults if not one.advice], faults[:3]
    graph, unsound = compile_graph(runbook, SITE, Promises())
    assert graph is not None, unsound[:3]
    return graph


def entries_of(events: Sequence[Event]) -> list[Entry]:
    """The events as one device records them, a second apart, the opening before them."""
    opening = RunOpened("yard", 1, "0" * 64, ())
    return [_entry(number, event) for number, event in enumerate([opening, *events], start=1)]


def _entry(number: int, event: Event) -> Entry:
    at = START + timedelta(seconds=number)
    after = (f"{number - 1:064x}",) if number > 1 else ()
    return Entry(
        pos=number,
        hash=f"{number:064x}",
        journal=DEVICE,
        jseq=number,
        prev=f"{number - 1:064x}",
        run=RUN,
        lam=number,
        after=after,
        at=at,
        recorded_at=at,
        mono=("yard", number),
        clk="ntp",
        actor="wang",
        cmd=None,
        event=event,
    )


def opened(graph: StepGraph, entries: Sequence[Entry]) -> RunState:
    """A run with its opening applied."""
    return apply(new_state(graph, RUN), entries[0])


def step_on(state: RunState, entry: Entry) -> None:
    """One event as a desk takes it: may it happen, then it has happened."""
    check(state, Proposal((entry.event,), entry.actor, DEVICE, entry.at, entry.at))
    apply(state, entry)


def walked(graph: StepGraph, entries: Sequence[Entry]) -> RunState:
    """The whole walk, every event checked before it is applied."""
    state = opened(graph, entries)
    for entry in entries[1:]:
        step_on(state, entry)
    return state
