"""The scenarios beside a plan book: where they lie, and what of the book they drill."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from drill.book.reading import read_scenario
from drill.scenario.values import Scenario

DRILLS = "drills"
"""The folder of a plan book in which its scenarios lie."""


def scenario_files(book: Path) -> list[Path]:
    """The files of the scenarios of the book in this folder."""
    return sorted((book / DRILLS).glob("*.yaml"))


def drilled_in(book: Path) -> dict[str, set[str]] | None:
    """By runbook the answers that the scenarios of this folder take; None while it has no scenario.

    One that cannot be understood drills nothing; what is wrong in it is told where it is read.
    """
    paths = scenario_files(book)
    read = (read_scenario(path.read_bytes(), str(path))[0] for path in paths)
    return drilled_by(one for one in read if one is not None) if paths else None


def drilled_by(scenarios: Iterable[Scenario]) -> dict[str, set[str]]:
    """By runbook every answer that a scenario says is given in it, like ``source.crac``.

    By what is written: the facts, what is expected, and what people rightly refuse.
    """
    found: dict[str, set[str]] = {}
    for one in scenarios:
        taken = found.setdefault(one.runbook, set())
        taken |= {f"{step}.{answer}" for step, listed in one.facts.answers for answer in listed}
        taken |= {expected.by.what for expected in one.expectations if expected.by.kind == "answer"}
        taken |= {f"{hold}.refused" for hold in one.facts.refuses}
    return found
