"""'None' is never an item of a list, and a list that must have items is not taken without them."""

from __future__ import annotations

import pytest

from engine.errors import MusterError
from engine.plan import Reading
from engine.text import Text
from tests.content import book
from tests.engine.build import Device, do, graph
from tests.tui.asked import drive
from tests.tui.table import KINDS, table
from tui.asking.fields import Fields
from tui.locale import say
from tui.view import Looking

TAGS = Reading("circuits", Text("标牌", "tags"), kind="list", at_least=1)
FREE = Reading("circuits", Text("标牌", "tags"), kind="list")


@pytest.fixture(scope="module")
def look():
    with table(KINDS, "kinds", "li") as made:
        yield Looking(made.desk.state, made.desk.now(), "zh", "li")


@pytest.mark.parametrize("said", ["无", "没有", "none"])
def test_none_behind_items_is_no_item_and_is_said_to_be_none(look, said):
    value, asked = drive(Fields(look).value(FREE), "Q1", said, "")

    assert value == "Q1"
    assert say("none-is-no-item", "zh", item=said) in asked[2].lines[0]


def test_a_list_that_must_have_items_takes_no_none_and_no_empty_line(look):
    value, asked = drive(Fields(look).value(TAGS), "无", "", "Q1、Q2", "")
    sentence = MusterError("too-few-items", reading=TAGS.label, count=1).sentence("zh")

    assert value == "Q1\nQ2"
    assert [sentence in one.lines[0] for one in asked[1:3]] == [True, True]
    assert "没有就写" not in asked[0].prompt


@pytest.mark.parametrize(
    ("value", "refused"),
    [("无", "none-is-no-item"), ("Q1\nnone", "none-is-no-item"), ("", "too-few-items"), ("Q1", "")],
)
def test_the_rules_refuse_it_wherever_it_is_typed(value, refused):
    device = Device(graph(do("cut", record="circuits"), readings=[TAGS])).open()

    assert device.refused("do", "cut", values={"circuits": value}) == refused


def test_the_switches_of_a_burning_row_are_named_before_they_count_as_open():
    assert book.graph("fire").readings["breakers"].at_least == 1
