"""What sort of drill each was, for the auditor's list: its form and flags, from the scenario kept beside the record."""

from __future__ import annotations

from collections.abc import Iterable

from drill.book.reading import read_scenario
from drill.scenario.values import FORMS, NOTICES, PURPOSES, SCOPES
from engine.errors import Refused
from engine.events import DrillPlanned, Stage
from engine.store import Reader, RunRow
from engine.text import clean

FLAGS = (*FORMS, *NOTICES, *PURPOSES, *SCOPES)
"""A form and three flags, each chosen freely of the others; every word means one of them only."""


def of_these(reader: Reader, rows: Iterable[RunRow], wanted: Iterable[str]) -> list[RunRow]:
    """The drills that are all of what is wanted; what one that goes on is, its players may not read yet."""
    words = set(wanted)
    for word in words - set(FLAGS):
        raise Refused("unknown-flag", word=clean(word), flags=FLAGS)
    return [row for row in rows if words <= flags_of(reader, row)]


def flags_of(reader: Reader, row: RunRow) -> set[str]:
    """The form, notice, purpose and scope of a drill that is over; nothing of any other run."""
    events = [one.event for one in reader.entries(f"E{row.run[1:]}")]
    planned = next((one for one in events if isinstance(one, DrillPlanned)), None)
    over = any(isinstance(one, Stage) and one.stage == "ended" for one in events)
    source = reader.text(planned.digest) if planned is not None and over else None
    scenario = None if source is None else read_scenario(source, "scenario.yaml")[0]
    if scenario is None:
        return set()
    return {scenario.form, scenario.notice, scenario.purpose, scenario.scope}
