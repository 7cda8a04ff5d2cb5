"""Every clock of the walk screen tells the same moment, within the bytes of a serial line; what is late is told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from engine.clocks import overdue
from engine.text import cells
from tests.tui.screen_scenes import LANGUAGES, begun, decided, late
from tests.tui.screen_table import SIZES, Seen, seat
from tui.frame.glass import Glass
from tui.frame.head import goal_rows, head_rows
from tui.locale import say
from tui.view import Looking
from tui.widgets.canvas import PATIENCE, Canvas

TICK_BYTES = 120
SECONDS = re.compile(r"-?\d\d:\d\d:\d\d")


def ticking(at, run, language: str, size: tuple[int, int], count: int):
    """The rows shown after each of so many ticks, those that should be, and the bytes of each tick."""

    async def script(seen: Seen):
        canvas, told = seen.walk.query_one(Canvas), []
        sent: list[str] = []
        canvas._send = sent.append
        seen.walk._polling = True  # the hand clock goes on faster than anybody reads the record
        seen.walk.tick()
        for _ in range(count):
            at.clock.move(at.clock.now + timedelta(seconds=1))
            sent.clear()
            before = seen.walk._shown
            seen.walk.tick()
            asked = ["".join(span.text for span in row).rstrip() for row in seen.walk._drawn().rows]
            told.append(([line.rstrip() for line in canvas.lines()], asked, len("".join(sent).encode())))
            if seen.walk._shown != before:
                told.pop()  # an alarm has come: that is news, not a tick
        return told

    return run(script, language=language, size=size)


@pytest.mark.parametrize("prepare", [begun, decided, late])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tick_brings_every_clock_to_one_moment_and_costs_at_most_120_bytes(language, prepare):
    with seat() as (at, run):
        prepare(at)
        told = ticking(at, run, language, (80, 24), 150)

    assert len(told) > 120
    assert max(size for _, _, size in told) <= TICK_BYTES
    behind = dict.fromkeys(range(24), 0)
    for shown, asked, _ in told:
        for y in range(24):
            behind[y] = 0 if shown[y] == asked[y] else behind[y] + 1
            assert behind[y] <= PATIENCE + 1, (y, shown[y], asked[y])
            if behind[y] > 1:
                # What waits longer than for one tick, as when a deadline passes, tells minutes.
                assert SECONDS.findall(shown[y]) == SECONDS.findall(asked[y])


# --- what the header tells


def head_of(at, language: str, width: int = 80) -> list[str]:
    look = Looking(at.desk.state, at.desk.now(), language, "li", live=True)
    rows = head_rows(look, Glass(width, 24), at.desk.current())
    return ["".join(span.text for span in row) for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_header_counts_everything_overdue_and_names_what_is_so_the_longest(language, size):
    with seat() as (at, _):
        late(at)
        found = overdue(at.desk.state, at.desk.now())
        row = head_of(at, language, size[0])[1]

    assert len(found) > 1
    assert found[0].at == min(one.at for one in found)
    assert say("overdue-count", language, count=len(found)) in row
    minutes = (at.desk.now() - found[0].at) // timedelta(minutes=1)
    assert f"-{minutes} " in row


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_level_and_what_is_suggested_always_stand_in_the_header(language):
    with seat() as (at, _):
        begun(at)
        assert say("level-none-short", language) in head_of(at, language)[1]
        late_at = at.clock.now + timedelta(minutes=19)
        at.do("read", values={"inlet": "31.5"})
        at.clock.move(late_at)
        at.desk.settle()
        row = head_of(at, language)[1]

    assert say("level-none-short", language) + say("level-suggested", language, level="I") in row


def test_home_counts_what_the_header_counts():
    from tui.board import what_is_due

    with seat() as (at, _):
        late(at)
        found = overdue(at.desk.state, at.desk.now())
        listed, _ = what_is_due(at.desk.state, at.desk.now())

    assert [at for _, at in listed] == [one.at for one in found]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 40, 30])
def test_a_label_is_cut_and_a_value_never(language, width):
    with seat() as (at, _):
        late(at)
        look = Looking(at.desk.state, at.desk.now(), language, "li", live=True)
        rows = ["".join(span.text for span in row) for row in goal_rows(look, width)]

    assert f"31.5 C {say('band-act', language)}" in "\n".join(rows)
    assert all(cells(row) <= width for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_value_out_of_range_stays_an_alarm_when_it_grows_old_and_tells_its_age(language):
    with seat() as (at, _):
        begun(at)
        at.do("read", values={"depth": "4"})
        at.clock.move(at.clock.now + timedelta(minutes=14))
        look = Looking(at.desk.state, at.desk.now(), language, "li", live=True)
        spans = [span for row in goal_rows(look, 80) for span in row if "4 cm" in span.text]

    assert [span.style for span in spans] == ["red"]
    assert say("band-act", language) in spans[0].text
    assert say("why-stale", language) in spans[0].text
    assert look.age(timedelta(minutes=14)) in spans[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_to_an_emergency_is_named_while_a_field_is_open(language):
    async def script(seen: Seen):
        await seen.keys("enter")
        assert seen.question is not None
        return seen.lines()[-1]

    with seat() as (at, run):
        begun(at)
        row = run(script, language=language)

    assert f"F9 {say('key-emergency', language)}" in row
    assert say("key-when", language) in row


def test_what_is_open_is_read_from_the_record_when_the_list_of_emergencies_opens():
    with seat() as (at, run):
        begun(at)

        async def script(seen: Seen):
            seen.session.runs_first = []  # as it was read before this run was begun
            await seen.keys("f4", "f9")
            await seen.settle()
            return [one.name for one in seen.home.glass.runs], at.desk.run_id

        names, run_id = run(script)

    assert names == [run_id]
