"""Who came to a drill: the sign-in sheet, worked out from both its records.

A player signs by sitting down at the drill at a terminal of their own; whom the trainer counted, or who signed
on paper, stands in the evaluation. Of two signatures the earlier counts.

Late and absent are said, not left blank. Credit for taking part has whoever signed in and held a role of the
plan; who was listed and did not sign has none, and neither has who watched, judged or led.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from drill.evaluation import METHODS, Evaluation, Signed
from drill.scenario.values import Scenario
from engine.events import Entry, NoteAdded
from engine.rules import SIGN_IN
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


def take_signature(found: dict[str, Entry], entry: Entry) -> None:
    """One entry more of the players' record: who signed there, each by themselves and once."""
    event = entry.event
    if isinstance(event, NoteAdded) and event.kind == SIGN_IN and event.text == entry.actor:
        found.setdefault(event.text, entry)


def own_hands(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Who signed in at a terminal of their own, from the players' record."""
    found: dict[str, Entry] = {}
    for entry in entries:
        take_signature(found, entry)
    return found


def attendance(
    scenario: Scenario, state: RunState, evaluation: Evaluation, own_hand: Mapping[str, Entry]
) -> list[Attended]:
    """Everybody who was to come, who leads or judges, and whoever else signed in; players first."""
    staff = _staff(evaluation)
    planned = (person for _, person in scenario.people)
    signed = _signed(state, evaluation, own_hand)
    everybody = dict.fromkeys([*planned, *staff, *signed])
    machine = evaluation.planned is not None and evaluation.planned.by_machine
    return [
        _line(one, state, evaluation, signed.get(one), tuple(staff.get(one, ())), machine)
        for one in everybody
    ]


def _signed(state: RunState, evaluation: Evaluation, own_hand: Mapping[str, Entry]) -> dict[str, Signed]:
    """Every signature, of two of one person the earlier."""
    found = dict(evaluation.signed)
    for person, entry in own_hand.items():
        late = state.opened_at is not None and entry.at > state.opened_at
        known = found.get(person)
        if known is None or entry.recorded_at < known.entry.recorded_at:
            found[person] = Signed(entry, METHODS[0], "", late)
    return found


def _staff(evaluation: Evaluation) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for role, members in evaluation.staff.items():
        for person in sorted(members):
            found.setdefault(person, []).append(role)
    return found


def _line(
    person: str,
    state: RunState,
    evaluation: Evaluation,
    signed: Signed | None,
    staff: tuple[str, ...],
    machine: bool,
) -> Attended:
    known = state.graph.people.get(person)
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
