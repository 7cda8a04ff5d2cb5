"""Whose act it is: what another does is noted by nobody's empty line, nor under a name that nobody said."""

from __future__ import annotations

import io
import os
import pty
import tty
from itertools import count

import pytest

from engine.events import StepDone
from engine.run import in_order
from tests.tui.table import KINDS, table
from tests.tui.test_asking import ask, drive, looking
from tui.asking import Question
from tui.locale import say
from tui.terminal import Terminal
from tui.view import standing


@pytest.fixture
def at():
    with table(KINDS, "kinds", "li") as made:
        made.do("entry", "entry.0", answer="yes")
        yield made


def done(at) -> list[tuple[str, str]]:
    return [(one.event.step, one.by) for one in at.entries() if isinstance(one.event, StepDone)]


def test_who_did_a_step_of_a_role_that_nobody_holds_is_asked_though_they_did_another_of_it(at):
    at.do("do", "gauge", values={"flow": "1"})

    _, asked = drive(ask(at, "do", "valve"), "", "1", "", "0.2", "V-12")

    assert asked[0].prompt == f"  {say('need-doer', 'zh')} > "
    assert say("must-say", "zh") in asked[1].lines[0]


def test_who_holds_the_role_is_taken_for_granted_only_of_what_can_be_taken_back(at):
    at.join("chen", "CS")
    at.join("zhao", "PWR")

    plain, grave = next(ask(at, "tell", "notice")), next(ask(at, "do", "valve"))

    assert isinstance(plain, Question) and isinstance(grave, Question)
    assert [say("need-doer", "zh") in one.prompt for one in (plain, grave)] == [False, True]


def test_enter_alone_notes_nothing_that_another_does(at):
    seen = at.types("m", "6", "", "")

    assert seen.count(say("anothers-act", "zh")) == 2
    assert done(at) == []


def test_enter_still_does_what_is_for_whoever_types(at):
    at.types("", "5")

    assert "5" in [getattr(one.event, "value", "") for one in at.entries()]


@pytest.fixture
def live():
    """A terminal at which somebody types, and their end of it."""
    theirs, ours = pty.openpty()
    tty.setcbreak(ours)
    terminal = Terminal(ours, io.StringIO())
    yield terminal, theirs
    os.close(theirs)
    os.close(ours)


def test_what_was_pasted_before_a_question_was_shown_answers_nothing(live):
    terminal, theirs = live
    told: list[int] = []

    def too_early(lines: int) -> str:
        told.append(lines)
        return "too early"

    terminal.too_early = too_early
    os.write(theirs, b"1\n30\nyes\n")
    shown = count()

    def then_typed() -> list[str]:
        if next(shown) == 0:
            os.write(theirs, b"2\n")
        return []

    assert terminal.ask("depth > ", idle=then_typed, every=0.01) == "2"
    assert told == [3]


def test_a_list_may_be_pasted_line_by_line(live):
    terminal, theirs = live
    terminal.too_early = lambda lines: "too early"
    os.write(theirs, b"B-2\n")

    assert terminal.ask_on("+ > ") == "B-2"


def test_who_comes_back_stands_where_they_were_and_not_on_what_they_left_open_before(at):
    at.do("start", "cut")
    values = {"depth": "0", "drips": "no", "cause": "?", "seen-at": "2026-11-22T06:00:00.000Z"}
    at.do("do", "look", values=values)
    before = at.desk.current()

    assert standing(looking(at), in_order(at.entries())) == before != "cut"
