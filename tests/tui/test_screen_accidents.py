"""Nothing happens by accident: a letter that leaves asks, what eats a key says so before, what was done is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.events import Acknowledged
from tests.tui.screen_scenes import VALUES
from tests.tui.screen_table import Seen, seat
from tui.locale import say
from tui.screens.fresh import FRESH_S
from tui.screens.keys import AWAY_S, LETTERS

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.fixture
def sitting():
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        yield at, run


def late(at) -> None:
    """A limit has passed: an alarm stands."""
    at.clock.move(at.clock.now + timedelta(minutes=19))
    at.desk.settle()


# --- leaving


@LANGUAGES
def test_the_letter_q_asks_first_and_escape_stays(sitting, language):
    _, run = sitting

    async def script(seen: Seen):
        before = seen.text()
        await seen.keys("q")
        asked = seen.text()
        await seen.keys("escape")
        left, said = seen.app.left, seen.text()
        await seen.keys("f4")
        return before, asked, left, said, seen.text()

    before, asked, left, said, after = run(script, language=language)

    assert say("screen-leave-sure", language) in asked
    assert say("key-stay", language) in asked.splitlines()[-1]
    assert say("screen-stays", language) in said
    assert left is None
    assert after == before


def test_q_and_enter_leave_the_run_which_goes_on(sitting):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        await seen.keys("q", "enter")
        return seen.app.left, len(at.entries())

    left, after = run(script)

    assert left is at.desk
    assert (after, at.desk.state.ended) == (before, None)


def test_f12_leaves_at_once(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("f12")
        return seen.app.left

    assert run(script) is at.desk


def test_a_word_that_begins_with_q_leaves_nothing_and_does_nothing(sitting):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        await seen.keys("q", "x")
        return seen.app.left, seen.question

    assert run(script) == (None, None)
    assert len(at.entries()) == before


def test_an_f_key_is_obeyed_also_while_leaving_is_asked(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("q", "f7")
        return seen.walk.glass.panel, seen.walk.glass.leaving

    assert run(script) == ("why", False)


def test_what_is_typed_into_a_field_leaves_nothing(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("f3", "q")
        return seen.walk.glass.typed, seen.walk.glass.leaving

    assert run(script) == ("q", False)


@LANGUAGES
def test_every_letter_that_acts_and_every_rule_of_a_key_stands_in_the_help(sitting, language):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("f7")
        pages = ""
        for _ in range(seen.walk._pages):
            pages += seen.text()
            await seen.keys("space")
        return pages

    words = run(script, language=language)
    letters = [one for one in LETTERS if len(one) == 1 and LETTERS[one] != "card"]

    assert [one for one in letters if f" {one} " not in words.replace("：", " ")] == []
    assert f"{FRESH_S:.0f} {'秒' if language == 'zh' else 's'}" in words
    assert f"{AWAY_S / 60:.0f} {'分钟' if language == 'zh' else 'minutes'}" in words
    assert "Tab 0" in words


@LANGUAGES
def test_the_page_why_names_the_key_that_leads_back(sitting, language):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("f7")
        return seen.lines()[-1]

    row = run(script, language=language)

    assert row.startswith(f" Esc  {say('key-to-current', language)}")
    assert "F9" in row and "F12" in row


# --- away


@pytest.mark.requirement("E6")
@LANGUAGES
def test_that_the_next_key_only_confirms_the_place_stands_there_from_the_moment_it_is_so(sitting, language):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("f4")
        seen.ticks.now += AWAY_S - 1
        seen.walk.tick()
        before = seen.text()
        seen.ticks.now += 2
        seen.walk.tick()
        notice = seen.text()
        await seen.keys("enter", every=1)
        return before, notice, seen.question

    before, notice, question = run(script, language=language)

    said = say("screen-confirm", language, number=1)
    assert (said in before, said in notice) == (False, True)
    assert say("key-confirm", language) in notice.splitlines()[-1]
    assert question is None


def test_nobody_who_types_in_a_field_is_asked_where_they_are(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("f3", "a")
        seen.ticks.now += AWAY_S + 5
        seen.walk.tick()
        await seen.keys("b", every=0.5)
        return seen.walk.glass.typed, seen.walk.glass.unconfirmed

    assert run(script) == ("ab", False)


# --- acknowledging


@LANGUAGES
def test_an_alarm_is_acknowledged_by_tab_0_wherever_and_that_it_was_is_said(sitting, language):
    at, run = sitting
    late(at)

    async def script(seen: Seen):
        await seen.keys("f4", "tab")
        first = seen.lines()[9:12], seen.walk.listed[0]
        await seen.keys("0", "enter")
        return first, seen.text()

    (rows, offer), after = run(script, language=language)

    assert offer.act is not None and offer.act.verb == "ack"
    assert any(row.split()[:1] == ["0"] for row in rows), rows
    assert say("screen-acked", language) in after
    assert [one.event.alarm for one in at.entries() if isinstance(one.event, Acknowledged)] == [
        offer.act.step
    ]


def test_while_all_is_quiet_there_is_no_0_and_the_first_act_is_the_1(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab", "0", "enter")
        return seen.text(), seen.walk.glass.panel, seen.walk.by_number()[0][0]

    shown, panel, first = run(script)

    assert say("screen-no-such", "zh", typed="0") in shown
    assert (panel, first) == ("acts", 1)


def test_no_act_is_listed_twice_and_none_is_missing_while_an_alarm_stands(sitting):
    at, run = sitting
    late(at)

    async def script(seen: Seen):
        await seen.keys("f4", "tab")
        return [one.act.key for one in seen.walk.listed if one.act is not None]

    listed = run(script)

    possible = [act.key for act in at.desk.possible()]
    assert {*possible} <= {*listed}
    assert sorted(map(str, (key for key in listed if key[0] == "ack"))) == sorted(
        map(str, (key for key in possible if key[0] == "ack"))
    )


# --- a jump


@LANGUAGES
def test_steps_that_are_jumped_over_are_named_between_the_one_before_and_this_one(sitting, language):
    at, run = sitting
    at.do("do", "look", values=VALUES)
    at.do("answer", "source", answer="pipe")

    async def script(seen: Seen):
        seen.walk.put_in_front("pipe-off")
        seen.walk.paint()
        return seen.lines()

    lines = run(script, language=language)

    at_jump = next(row for row, line in enumerate(lines) if "] " in line and " 2  " in line) + 1
    assert lines[at_jump].strip() == say("screen-do-not-apply", language, numbers="3", count=1)
    assert lines[at_jump + 2].startswith(" > 4")


def test_between_neighbours_nothing_is_said(sitting):
    at, run = sitting
    at.do("do", "look", values=VALUES)

    async def script(seen: Seen):
        seen.walk.put_in_front("source")
        seen.walk.paint()
        return seen.text()

    assert "不适用" not in run(script)


# --- finding an act


@LANGUAGES
def test_words_typed_in_the_list_find_an_act_and_one_that_is_left_needs_no_number(sitting, language):
    _, run = sitting
    words = {"zh": "焦糊", "en": "smell"}[language]

    async def script(seen: Seen):
        await seen.keys("tab", *words)
        shown = seen.lines()
        await seen.keys("enter")
        return shown, seen.walk.glass.asked

    shown, asked = run(script, language=language)

    rows = [line for line in shown if line[:2] in ("  ", "=>") and line[2:5].strip().isdecimal()]
    assert asked is not None and asked.key == ("raise", "smell")
    assert len(rows) == 1 and words in rows[0]
    assert f"{say('home-typed', language)} {words}" in "\n".join(shown)


def test_what_is_found_keeps_its_number_and_escape_lists_everything_again(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        numbers = {one.act.key: number for number, one in seen.walk.by_number() if one.act is not None}
        await seen.keys("焦", "糊")
        row = next(
            line for line in seen.lines() if line[:2] in ("  ", "=>") and line[2:5].strip().isdecimal()
        )
        await seen.keys("escape")
        glass = seen.walk.glass
        return int(row[2:5]), numbers["raise", "smell"], (glass.panel, glass.sought)

    shown, number, left = run(script)

    assert shown == number
    assert left == ("acts", "")


@LANGUAGES
def test_words_that_find_nothing_say_so_and_enter_does_nothing(sitting, language):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        await seen.keys("tab", "z", "z", "z")
        shown = seen.text()
        await seen.keys("enter", "down")
        return shown, seen.walk.glass.panel

    shown, panel = run(script, language=language)

    assert say("screen-none-found", language, words="zzz") in shown
    assert (panel, len(at.entries())) == ("acts", before)
