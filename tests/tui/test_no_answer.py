"""What was typed and was no answer is proposed to nobody; and whoever signed for two is proposed as the second."""

from __future__ import annotations

import pytest

from engine.acts import Act, Need
from engine.events import StepDone
from tests.engine.build import Device, do, graph, hold
from tests.tui.table import KINDS, Table, table
from tui.asking import Answers, Question, Questions
from tui.asking.fields import Fields
from tui.asking.form import Form
from tui.screens.field import _with_its_choices
from tui.view import Looking


@pytest.fixture
def at():
    with table(KINDS, "kinds", "li") as made:
        yield made


def questions(at: Table) -> Questions:
    look = Looking(at.desk.state, at.desk.now(), "zh", "li")
    return Questions(look, lambda person: False, lambda data: "", lambda act: "")


def test_who_signed_the_hold_before_a_step_for_two_is_proposed_first_as_the_second():
    steps = (
        hold("permit", "CS SEC"),
        do("switch", never_alone=True, roles="ENG"),
        do("aside", lane="b", after=""),
    )
    device = Device(graph(*steps, do("close", after="all"))).open()
    device.signed("permit", ("feng", "SEC"), ("chen", "CS"))
    device.record(StepDone("permit"))
    made = Questions(Looking(device.state, device.now, "en", "li"), lambda person: False, str, str)
    rows = {}
    for step in ("switch", "aside"):
        made.answers = Answers(Act("do", step), {"by": "li"})
        rows[step] = made._candidates(Need("second", "person"), None)

    assert set(rows["switch"][:2]) == {"feng", "chen"}
    assert rows["aside"][0] == "zhao"  # in the order in which they joined


# --- what is no answer


def test_what_was_no_answer_is_proposed_to_nobody_later(at):
    act = next(one for one in at.desk.possible() if one.key == ("do", "valve"))
    made = questions(at)
    asking = made.ask_for(act)
    next(asking)
    asking.send("23")
    again = dict(made.answers.typed)
    first = next(questions(at).ask_for(act, again=again))

    assert "by" not in again
    assert isinstance(first, Question)
    assert "23" not in first.prompt


def test_up_goes_past_what_was_no_answer_and_shows_the_choices_of_the_field_before(at):
    act = next(one for one in at.desk.possible() if one.key == ("sign", "permit"))
    form = Form(lambda: questions(at), act)
    who = form.begin()
    how = form.answer("赵刚")
    for _ in range(2):
        asked = form.answer("")
    back = form.back()

    assert isinstance(who, Question) and isinstance(how, Question) and isinstance(asked, Question)
    assert asked.refused and asked.key == how.key != who.key
    assert back is not None
    assert (back.key, back.lines) == (who.key, who.lines)


def test_a_line_that_is_ticked_already_may_stand_among_those_that_are_ticked_now(at):
    fields = Fields(Looking(at.desk.state, at.desk.now(), "zh", "li"))
    asking = fields.lines("items", "x", [("1", "a"), ("3", "c")], must=True, ticked=[2])
    next(asking)
    with pytest.raises(StopIteration) as done:
        asking.send("1-3")

    assert done.value.value == (1, 3)


def test_a_draft_stays_in_sight_when_what_was_typed_under_it_is_no_answer():
    first = Question(("  the draft", "    1  send it"), "What", key="text")
    again = _with_its_choices(Question(("  no such choice",), "What", key="text", refused=True), first)
    once_more = _with_its_choices(Question(("  nor that",), "What", key="text", refused=True), again)

    assert once_more.lines == ("  nor that", "  the draft", "    1  send it")
