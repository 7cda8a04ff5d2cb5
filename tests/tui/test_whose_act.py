"""Whose act it is: what another does is noted by nobody's empty line, nor under a name that nobody said."""

from __future__ import annotations

import io
import os
import pty
import tty
from itertools import count

import pytest

from engine.acts import Act
from engine.events import ReadingTaken, StepDone
from engine.run import in_order
from tests.tui.asked import ask, drive, looking, questions
from tests.tui.table import KINDS, table
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
    assert say("must-say-or-fail", "zh") in asked[1].lines[0]


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


# --- a role that nobody holds, and what was only heard


@pytest.mark.parametrize("language", ["zh", "en"])
def test_where_a_role_is_vacant_one_number_says_who_did_it_and_that_they_take_the_role(at, language):
    name = {one.id: one.name for one in at.desk.state.graph.site.people}["zhao"]
    role = looking(at, language).role("PWR")
    words = say("doer-takes", language, name=name, role=role)
    asked = next(questions(at, language).ask_for(Act("do", "valve")))
    assert isinstance(asked, Question)
    number = next(line.split()[0] for line in asked.lines if line.endswith(words))

    seen = at.types("0", at.label("do", "valve", language), number, "", language=language)

    assert words in seen
    assert at.desk.state.holders("PWR") == ("zhao",)
    asked_again = next(ask(at, "do", "valve"))
    assert isinstance(asked_again, Question)
    assert say("who-does", "zh", roles=looking(at).role("PWR")) not in "".join(asked_again.lines)


@pytest.mark.parametrize(("known", "basis"), [("", "voice"), ("1", "voice"), ("2", "asserted")])
def test_what_another_did_is_recorded_as_heard_unless_it_was_seen(at, known, basis):
    at.join("zhao", "PWR")

    at.types("0", at.label("do", "valve", "zh"), "1", known, "0.2", "V-12")

    found = [one.event for one in at.entries() if isinstance(one.event, StepDone | ReadingTaken)]
    assert [(one.by, one.basis) for one in found] == [("zhao", basis)] * 2


def test_what_whoever_types_did_themselves_asks_for_nothing_more(at):
    question = next(ask(at, "do", "valve"))
    assert isinstance(question, Question)
    rows = [line for line in question.lines if "李明" in line]
    number = rows[0].strip().partition("  ")[0]

    _, asked = drive(ask(at, "do", "valve"), number, "0.2", "V-12")

    assert say("need-known", "zh") not in "".join(one.prompt for one in asked)
