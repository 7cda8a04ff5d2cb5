"""A value that was typed anew before its step was over: log and report mark both."""

from __future__ import annotations

import pytest

from engine.events import ReadingTaken, StepDone
from engine.run import in_order
from tests.engine.build import Device, do, graph, wait
from tests.tui.table import KINDS, table
from tui.corrected import corrections
from tui.logbook import Teller, titles_of
from tui.reports.kept import kept
from tui.reports.record import log_section
from tui.reports.speaking import Speaker


@pytest.fixture
def at():
    """Li has read 35 for the depth, gone back, and typed 3."""
    with table(KINDS, "kinds", "li") as made:
        for value in ("35", "3"):
            made.desk.propose([ReadingTaken("depth", value, "cm", "look")])
        yield made


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "积水深度 = 3 cm（更正，原记 35 cm"), ("en", "water depth = 3 cm (corrected, was 35 cm")],
)
def test_the_log_says_beside_the_new_value_what_it_corrects(at, language, said):
    entries = in_order(at.entries())
    titles = titles_of(at.desk.state.graph.to_bytes())
    found = corrections(entries, titles.read_once)
    last = entries[-1]

    assert said in Teller(titles, language).line(last, corrects=found[last.hash])


def test_the_report_marks_both_of_them(at):
    made = kept(at.store, at.desk.run_id)
    rows = [
        row for part in log_section(made, Speaker(made.titles)).parts for row in getattr(part, "rows", ())
    ]
    said = [row.cells[-1].en for row in rows if "water depth" in row.cells[-1].en]

    assert said == ["water depth = 35 cm (CORRECTED BELOW)", "water depth = 3 cm (corrected, was 35 cm)"]


def test_what_is_measured_anew_corrects_nothing():
    device = Device(
        graph(
            do("a", record="x"),
            wait("w", until="x < 1", lane="w", after=""),
            do("z", after="a w"),
            readings="x",
        )
    ).open()
    for step in ("w", "w", "a"):
        device.read("x", 9, step)
    device.record(StepDone("a"))
    device.read("x", 8, "a")

    assert corrections(device.entries, {"a", "z"}) == {}
