"""The map at 120 columns and more: rails of lanes side by side, a box a step, the step in front in the middle."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from engine.road import Place
from engine.run import new_state
from engine.text import cells
from tests.tui.screen_table import Seen, seat
from tests.tui.table import SHIPPED, WALKED, opening_at
from tui.frame.map import map_rows
from tui.locale import say
from tui.view import BOXES, Looking

ROWS = 31


def drawn(step=None, *, width=53, count=ROWS, folder=SHIPPED, runbook="leak"):
    graph = opening_at(folder, runbook).graphs[runbook]
    look = Looking(new_state(graph, "R-"), datetime(2026, 11, 22, 6, tzinfo=UTC), "en", "li")
    rows = map_rows(look, step, width, count)
    return graph, ["".join(span.text for span in row) for row in rows]


@pytest.mark.parametrize("at", [40, 70, 100])
def test_the_step_in_front_stands_in_the_middle_of_the_map(at):
    graph, _ = drawn()
    step = graph.order[at] if graph.order[at] in graph.steps else graph.order[at + 1]

    _, rows = drawn(step)

    (here,) = (row for row, line in enumerate(rows) if line.startswith(">"))
    assert abs(here - 2 - (ROWS - 2) // 2) <= 1
    assert f" {graph.number[step]}  " in rows[here]


def test_lanes_that_go_on_at_the_same_time_stand_side_by_side():
    _, rows = drawn(count=300)

    box = BOXES["waiting"]
    columns = {line.index(box) for line in rows[2:] if box in line}
    assert len(columns) > 4
    beside = [line for line in rows if line.count(" | ") >= 3]
    assert beside
    branches = [line for line in rows if re.search(r"\+-+\[ \]", line)]
    assert len(branches) > 5


def test_a_lane_keeps_its_rail_from_its_first_step_to_its_last():
    graph, rows = drawn(count=300)

    named = {str(number): name for name, number in graph.number.items()}
    lanes: dict[str, set[int]] = {}
    for line in rows[2:]:
        name = named[re.findall(r"[0-9]+(?=  )", line)[0]]
        lanes.setdefault(graph.steps[name].lane, set()).add(line.index(BOXES["waiting"]))
    assert {len(columns) for lane, columns in lanes.items()} == {1}


@pytest.mark.parametrize("width", [45, 53, 105])
def test_the_map_is_seven_bits_but_the_words_of_the_plan_and_never_wider_than_its_place(width):
    _, rows = drawn(count=300, width=width)

    assert max(map(cells, rows)) < width
    strokes = "".join(line[:24] for line in rows[2:])
    assert strokes.isascii()


@pytest.mark.parametrize("runbook", ["fire", "outage"])
def test_wherever_one_stands_the_map_is_as_high_and_as_wide_as_its_place(runbook):
    graph, _ = drawn(runbook=runbook)

    for step in list(graph.steps)[::5]:
        _, rows = drawn(step, width=45, count=14, runbook=runbook)
        assert len(rows) == 14
        assert max(map(cells, rows)) < 45
        assert sum(row.startswith(">") for row in rows) == 1


@pytest.mark.requirement("E4")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_map_counts_what_the_engine_counts_after_every_act(language):
    async def script(seen: Seen):
        found = []
        for keys in ((), ("enter",), ("enter",), ("f6",)):
            await seen.keys(*keys)
            if seen.question is not None:
                await seen.types("x")
                await seen.keys("escape")
            places = [seen.desk.state.place(name) for name in seen.desk.state.graph.steps]
            wanted = say(
                "screen-map-counts",
                language,
                settled=places.count(Place.SETTLED),
                open=places.count(Place.OPEN),
                waiting=places.count(Place.WAITING),
                off=places.count(Place.OFF),
            )
            found.append(wanted in seen.text())
        return found

    with seat("leak", WALKED) as (at, run):
        at.do("entry", "entry.0", answer="yes")
        assert all(run(script, language=language, size=(140, 40)))
