"""What was given already of a list stays in sight while the rest of it is typed."""

from __future__ import annotations

import pytest

from engine.events import ItemTicked
from tests.tui.screen_table import Seen, seat


@pytest.fixture
def sitting():
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        yield at, run


def above_the_field(seen: Seen) -> str:
    """The rows between the act in front and the field."""
    lines = [line.strip() for line in seen.lines()]
    start = next(row for row, line in enumerate(lines) if line.startswith("> "))
    assert seen.walk.glass.question is not None
    return "\n".join(line for line in lines[start + 1 : -4] if line)


@pytest.mark.parametrize(("language", "line"), [("zh", "[x] 1  量尺"), ("en", "[x] 1  ruler")])
def test_a_line_that_is_ticked_stands_above_the_question_for_the_others(sitting, language, line):
    at, run = sitting

    async def script(seen: Seen):
        seen.walk.put_in_front("tidy")
        await seen.keys("enter")
        before = above_the_field(seen)
        await seen.types("1")
        return before, above_the_field(seen)

    before, after = run(script, language=language)

    assert [one.event.item for one in at.entries() if isinstance(one.event, ItemTicked)] == [1]
    assert line not in before
    assert line in after
    assert line.removeprefix("[x] ") not in after.replace(line, "")


def test_a_line_that_was_ticked_another_time_stands_there_too(sitting):
    at, run = sitting
    at.do("tick", "tidy", items=(2,))

    async def script(seen: Seen):
        seen.walk.put_in_front("tidy")
        await seen.keys("enter")
        return above_the_field(seen)

    assert "[x] 2  吸水条" in run(script)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_items_of_a_list_stand_under_its_name_while_the_next_is_typed(sitting, language):
    at, run = sitting
    label = next(one.label for one in at.desk.state.graph.runbook.readings if one.id == "circuits")

    async def script(seen: Seen):
        seen.walk.put_in_front("each-one")
        await seen.keys("enter")
        await seen.types("A1")
        await seen.types("B[/x]2")
        return above_the_field(seen)

    shown = run(script, language=language)

    assert f"{label.of(language)}" in shown
    assert "+   A1\n+   B[/x]2" in shown
