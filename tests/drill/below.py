"""A small plan whose second step is a run of its own, and a drill of it: what a team does in several runs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from drill.exercise import Exercise
from engine.book import read_book
from engine.desk import Desk, Opening, opening_of
from engine.plan import Book
from tests import stores
from tests.drill.small import BOOK, SCENARIO, World, scenario_of
from tests.engine.records import entropy

RING = """\
runbook: ring
revision: 1
released: {by: wang, at: 2026-11-01}
title: {zh: 打电话, en: ring up}
roles: {ENG: {zh: 工程师, en: engineer}, PWR: {zh: 动力, en: power}}
readings:
  heads: {label: {zh: 人数, en: heads}, unit: persons, precision: 0, min: 0, max: 9}
steps:
  - id: dial
    tell: customers
    says: {zh: 打给客户, en: ring the customers}
    role: ENG
    message: notice
    takes: 1/2/4
  - id: look
    lane: heads
    after: []
    do: {zh: 数人, en: count heads}
    role: ENG
    record: heads
    takes: 1/2/4
    marks: arrived
  - id: gate
    lane: heads
    ask: {zh: 门开了吗, en: is the gate open}
    role: PWR
    takes: 1/2/4
    answers:
      open: {zh: 开了, en: open}
      shut: {zh: 没开, en: shut}
watch:
  - {id: engaged, if: {zh: 占线, en: the line is engaged}}
"""

PROMISES = """\
promises: {}
messages:
  notice: {zh: "漏水", en: "water"}
"""

SPILL = (
    (BOOK / "spill.yaml")
    .read_text("utf-8")
    .replace(
        "  - id: source\n",
        "  - id: ring-up\n    run: ring\n    says: {zh: 打电话, en: ring up}\n    hand_over: true\n    role: ENG\n"
        "    takes: 1/2/4\n  - id: source\n    after: look\n",
    )
    .replace("    after: all\n", "    after: permit\n")
)

OF_THE_TEAM = """\
  - {id: E4, objective: O1, text: {zh: 告知, en: told}, class: critical, told: customers, target: 2m, limit: 4m}
  - {id: E5, objective: O1, text: {zh: 门, en: gate}, class: major, answer: ring/gate.open, wrong: ring/gate.shut,
     from: ring/look, target: 2m, limit: 4m}
  - {id: E6, objective: O1, text: {zh: 数人, en: heads}, class: normal, value: "heads >= 2"}
  - {id: E7, objective: O1, text: {zh: 到场, en: there}, class: normal, mark: ring/arrived}
stop_conditions:"""

OF_THE_WATCH = """\
  - {id: E8, objective: O1, text: {zh: 报了占线, en: said engaged}, class: normal, watch: ring/engaged, from: busy}
"""

BUSY = """\
  - {id: busy, title: {zh: 占线, en: engaged}, to: ENG, when: {after: ring-up, delay: 10s}, objectives: O1}
"""

WITH_TEAM = SCENARIO.replace("stop_conditions:", OF_THE_TEAM).replace(
    "answers: {source: crac}", "answers: {source: crac, ring/gate: open}"
)

WITH_WATCH = (
    WITH_TEAM.replace("stop_conditions:", f"{OF_THE_WATCH}stop_conditions:")
    .replace("    depth:\n", "    ring/heads: 4\n    depth:\n")
    .replace("raises: {smell: smoke}", "raises: {smell: smoke, busy: ring/engaged}")
    .replace("  - {id: press,", f"{BUSY}  - {{id: press,")
)
"""The same, with a reading and a watch of the run below among its facts."""


@cache
def book() -> Book:
    with TemporaryDirectory() as folder:
        files = {"spill.yaml": SPILL, "ring.yaml": RING, "promises.yaml": PROMISES}
        files["site.yaml"] = (BOOK / "site.yaml").read_text("utf-8")
        for name, text in files.items():
            (Path(folder) / name).write_text(text, "utf-8")
        made, faults = read_book(Path(folder))
    assert made is not None, [fault.sentence("en") for fault in faults]
    assert [fault.sentence("en") for fault in faults if not fault.advice] == []
    return made


def opening() -> Opening:
    return opening_of(book(), "spill", room="A1")


def begun(world: World, text: str = WITH_TEAM) -> Exercise:
    """A drill of that plan, started, with a second terminal's worth of nobody."""
    store = stores.memory(wall=world.moment, entropy=entropy(1))
    scenario = scenario_of(text, book())
    made = Exercise.begin(store, scenario, text.encode(), opening(), world.around(), "deng", seed="7")
    made.start()
    return made


def below(exercise: Exercise, world: World, seed: int = 9) -> Desk:
    """The run that the drill has opened, at a terminal of its own."""
    (child,) = exercise.desk.state.children.values()
    return Desk.resume(exercise.desk.record, child.run, "li", world.around(seed))
