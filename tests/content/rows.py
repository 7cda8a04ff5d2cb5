"""What a plan is asked against its table: rows, minutes, roles, limits and symptoms. Each says what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from engine.graph import StepGraph
from engine.plan import Runbook
from tests.content.book import Row, is_default, minutes, spent, step, written

Limit = tuple[str, str, str, str]
"""Row, parameter, its default as the table has it, and what uses it: a step, or a reading after ``=``."""


def unlisted(of: Runbook, rows: Iterable[Row], *others: str) -> set[str]:
    """Rows of the table that no step names, and names of steps that are no row."""
    return {name for one in of.steps for name in one.was} ^ {*(row.name for row in rows), *others}


def wrong_roles(of: Runbook, rows: Iterable[Row]) -> list[str]:
    """Rows of which a step is not for their roles first."""
    return [
        f"{row.name}: {name}"
        for row in rows
        for way in row.ways
        for name in way
        if name not in row.beside and set(step(of, name).roles[: len(row.roles)]) != set(row.roles)
    ]


def wrong_minutes(of: Runbook, rows: Iterable[Row]) -> list[str]:
    """Rows with a way whose steps do not take the minutes of the row together."""
    return [f"{row.name}: {way}" for row in rows for way in row.ways if spent(of, way) != minutes(row.takes)]


def wrong_limits(of: Runbook, limits: Iterable[Limit]) -> list[str]:
    """Limits that are no site value with the number of the table, or that nothing asks for."""
    return [
        f"{row}: {name}"
        for row, name, amount, used_by in limits
        if not (is_default(name, amount) and f"site.{name}" in asked_by(of, used_by))
    ]


def asked_by(of: Runbook, used_by: str) -> str:
    """The words of a step as they stand in the file, `runbook/step` of another one; of ``=reading`` its limits."""
    if not used_by.startswith("="):
        other, _, step_id = used_by.rpartition("/")
        return written(other or of.id, step_id)
    reading = next(one for one in of.readings if one.id == used_by[1:])
    return f"{reading.warn} {reading.act} {[rule.when for rule in of.levels]}"


def missing_symptoms(of: Runbook, words: Iterable[str]) -> list[str]:
    """Words of the section that stand beside no symptom of the start list."""
    said = [symptom.en.lower() for symptom in of.symptoms]
    return [one for one in words if not any(one.lower() in line for line in said)]


def answers(of: Runbook, step_id: str) -> list[str]:
    """The answers of a decision, in their order."""
    return [one.id for one in step(of, step_id).answers]


def ways_into(graph: StepGraph, step_id: str) -> set[str]:
    """The steps and watches that a step comes right after."""
    return {edge.earlier for edge in graph.into[step_id]}


def led_by(graph: StepGraph, step_id: str) -> set[str]:
    """What leads to a step, with the answer it needs."""
    leading = [edge for edge in graph.into[step_id] if edge.leads]
    return {
        f"{edge.earlier}.{answer}" if edge.answers else edge.earlier
        for edge in leading
        for answer in (edge.answers or ("",))
    }


def all_before(graph: StepGraph, *step_ids: str, but: Collection[str] = ()) -> set[str]:
    """Every step or watch on some way to these."""
    found: set[str] = set(but)
    todo = list(step_ids)
    while todo:
        new = {edge.earlier for edge in graph.into[todo.pop()]} - found
        found |= new
        todo += new
    return found - set(but)
