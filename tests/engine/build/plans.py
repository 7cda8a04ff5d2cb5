"""Small plans from short Python values, with the default `after` of the language; and the site they are of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.condition import parse_duration
from engine.errors import Fault
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


ABC = (do("a"), do("b"), do("c"))
"""Three steps in a row."""

A_GATE_ASIDE = (
    do("a"),
    ask("q", "x y"),
    hold("h", "PWR ENG", after="q.x", lane="side", cls="safety"),
    do("enter", after="h", lane="side"),
    ask("d", "on again:a:3", after="q"),
    do("close", after="d.on d.again enter"),
)
"""A hold on a road that is left and taken again, because somebody goes back to the question."""
