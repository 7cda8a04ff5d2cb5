"""Who came to a drill: the sign-in sheet, worked out from both its records.

Late and absent are said, not left blank. Credit for taking part has whoever signed in and held a role of the
plan; who was listed and did not sign has none, and neither has who watched, judged or led.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from drill.evaluation import Evaluation
from drill.scenario.values import Scenario
from engine.events import Entry
from engine.state import RunState

Came = Literal["in-time", "late", "absent"]


@dataclass(frozen=True, slots=True)
class Attended:
    """One line of the sheet."""

    person: str
    name: str
    unit: str
    """Their column of the contact table; empty when it says nothing."""
    phone: str
    roles: tuple[str, ...]
    """The roles of the plan they held."""
    staff: tuple[str, ...]
    """Their roles of the drill, beside the plan."""
    came: Came
    signed: Entry | None
    method: str
    instead_of: str
    left: Entry | None
    credit: bool


def attendance(scenario: Scenario, state: RunState, evaluation: Evaluation) -> list[Attended]:
    """Everybody who was to come, who leads or judges, and whoever else signed in; players first."""
    staff = _staff(evaluation)
    planned = (person for _, person in scenario.people)
    everybody = dict.fromkeys([*planned, *staff, *evaluation.signed])
    machine = evaluation.planned is not None and evaluation.planned.by_machine
    return [_line(one, state, evaluation, tuple(staff.get(one, ())), machine) for one in everybody]


def _staff(evaluation: Evaluation) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for role, members in evaluation.staff.items():
        for person in sorted(members):
            found.setdefault(person, []).append(role)
    return found


def _line(
    person: str, state: RunState, evaluation: Evaluation, staff: tuple[str, ...], machine: bool
) -> Attended:
    known, signed = state.graph.people.get(person), evaluation.signed.get(person)
    roles = tuple(state.roles_of(person))
    return Attended(
        person=person,
        name=known.name if known is not None else state.people.get(person, person),
        unit="" if known is None else " ".join(part for part in (known.category, known.work) if part),
        phone="" if known is None else known.phone,
        roles=roles,
        staff=staff,
        came="absent" if signed is None else "late" if signed.late else "in-time",
        signed=None if signed is None else signed.entry,
        method="" if signed is None else signed.method,
        instead_of="" if signed is None else signed.instead_of,
        left=evaluation.left.get(person),
        credit=signed is not None and bool(roles) and not staff and not machine,
    )


def counted(sheet: Iterable[Attended]) -> dict[Came, int]:
    """How many came in time, late, and not at all."""
    found: dict[Came, int] = {"in-time": 0, "late": 0, "absent": 0}
    for one in sheet:
        found[one.came] += 1
    return found
