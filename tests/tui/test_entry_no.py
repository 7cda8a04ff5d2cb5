"""An entry condition that does not hold: what that means is said, and the person takes one of three roads."""

from __future__ import annotations

import pytest

from engine.events import AnswerGiven, RunEnded
from tests.tui.screen_table import Seen, seat
from tests.tui.table import KINDS, events, table
from tests.tui.test_plain import Interrupting
from tui.locale import say


@pytest.mark.requirement("E24")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_says_what_a_no_means_and_records_nothing_before_a_road_is_taken(language):
    async def script(seen: Seen):
        await seen.keys("2", "enter")
        return " ".join("".join(line.strip() for line in seen.lines()).split())

    with seat() as (at, run):
        shown = run(script, language=language)

        assert events(at, AnswerGiven) == []
    for way in ("go-on", "end", "back"):
        assert say(f"entry-no-{way}", language).replace(" ", "") in shown.replace(" ", "")
    assert (
        say("entry-no-means", language, words="接到告警" if language == "zh" else "an alarm came")[:20]
        in shown
    )


@pytest.mark.parametrize(("digit", "answers"), [("1", ["no"]), ("3", [])])
def test_on_the_screen_the_run_goes_on_with_a_no_or_nothing_was_said(digit, answers):
    async def script(seen: Seen):
        await seen.keys("2", "enter", digit, "enter")
        return seen.walk.glass.said, seen.question

    with seat() as (at, run):
        said, question = run(script)

        assert [one.answer for one in events(at, AnswerGiven)] == answers
    assert said == say("screen-entry-no" if answers else "cancelled", "zh")
    assert question is None


def test_on_the_screen_the_road_to_the_end_asks_for_its_reason_and_its_word():
    async def script(seen: Seen):
        await seen.keys("2", "enter", "2", "enter")
        await seen.types("误报")
        await seen.types("结束")
        return seen.desk.state.ended

    with seat() as (at, run):
        ended = run(script)

        assert [one.answer for one in events(at, AnswerGiven)] == ["no"]
    assert (ended.how, ended.reason) == ("abandoned", "误报")


@pytest.mark.parametrize(
    ("lines", "answers", "ends"),
    [(("2", "1"), ["no"], 0), (("2", "3"), [], 0), (("2", "2", "误报", "结束"), ["no"], 1)],
)
def test_in_lines_the_same_three_roads_stand_open(lines, answers, ends):
    with table(KINDS, "kinds", "li") as at:
        seen = at.types(*lines)

        assert [one.answer for one in events(at, AnswerGiven)] == answers
        assert len(events(at, RunEnded)) == ends
    assert say("entry-no-back", "zh") in seen


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_no_with_which_the_run_goes_on_stands_above_every_turn(language):
    with table(KINDS, "kinds", "li") as at:
        seen = at.types("2", "1", "n x", language=language)

    words = "接到告警" if language == "zh" else "an alarm came"
    assert seen.count(say("entry-not-so", language, words=words)) == 2


def test_ctrl_c_at_the_three_roads_records_nothing_and_the_condition_is_asked_again():
    with table(KINDS, "kinds", "li") as at:
        terminal = Interrupting("2", None, None)
        at.walker(terminal).walk()

        assert events(at, AnswerGiven) == []
    assert terminal.seen.count(say("entry-first", "zh")) == 2
