"""Lines of exactly one width: what matters most is whole, what matters least gives way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.state import status
from engine.text import cells
from tests.tui.table import KINDS, SHIPPED, Table, table
from tui import view
from tui.view import Looking
from tui.view.people import by_line
from tui.view.rows import row_line

WIDTH = 78

BEFORE = 10
"""What stands before a title: where one is, the mark, the number."""
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def leak():
    with table(SHIPPED, "leak", "li") as made:
        yield made


def looking(at: Table, language: str, person: str = "li") -> Looking:
    return Looking(at.desk.state, at.desk.now(), language, person)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_of_the_map_cuts_what_a_step_waits_for_and_never_its_title(leak, language):
    look = looking(leak, language)

    rows = {name: row_line(look, name, None, WIDTH) for name in look.state.steps}
    waiting = [name for name in rows if status(look.state, name) == "waiting"]
    fitting = [name for name in waiting if cells(look.title(name)) <= WIDTH - BEFORE]
    after = look.say("waits-for-steps", steps="")
    assert [name for name in fitting if look.title(name) not in rows[name]] == []
    assert max(cells(row) for row in rows.values()) <= WIDTH
    assert sum(after in row for row in rows.values()) > 60


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("roles", [(), ("PWR",), ("PWR", "IC", "NET", "SEC")], ids=" ".join)
def test_the_header_never_cuts_a_role_in_two(roles, language):
    with table(SHIPPED, "leak", "li") as at:
        for role in roles:
            at.join("li", role)
        look = looking(at, language)

        where = view.header(look, WIDTH)[1]
        whole = all(look.role(role) in where for role in look.state.roles_of("li"))
        assert cells(where) <= WIDTH
        assert whole or where.endswith(look.in_brackets(look.name("li"), " ".join(look.state.roles_of("li"))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_holds_two_roles_of_a_step_is_named_once(language):
    with table(SHIPPED, "leak", "li") as at:
        at.join("wang", "IC")
        at.join("wang", "REC")
        look = looking(at, language)
        step = look.state.graph.steps["sitrep"]

        said = by_line(look, step)
        assert step.roles == ("IC", "REC")
        assert f"{look.role('IC')}/{look.role('REC')} {look.name('wang')}" in str(said)
        assert str(said).count(look.name("wang")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_here_has_the_roles_of_a_step_one_of_each_is_called(leak, language):
    look = looking(leak, language, "he")
    step = replace(look.state.graph.steps["sitrep"], roles=("PM", "PWR"))

    said = str(by_line(look, step))
    assert [look.name(one) in said for one in ("wang", "luo", "zhao")] == [True, False, True]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", range(44, 80, 3))
def test_what_acknowledges_an_alarm_is_never_torn_in_two(alarmed, width, language):
    look = looking(alarmed, language)

    turn = view.turn_of(look, alarmed.desk.possible(), None, width=width, height=24)
    whole = [look.say("acknowledges", number=number) for number in range(1, 40)]
    told = [line for line in turn.lines if any(said in line for said in whole)]
    assert len(told) == sum(line.startswith("!! ") for line in turn.lines) > 1
    assert max(cells(line) for line in turn.lines if line.startswith("!! ")) <= width


@pytest.fixture(scope="module")
def alarmed():
    with table(KINDS, "kinds", "li") as made:
        made.do("entry", "entry.0", answer="yes")
        made.do("read", None, target="depth", values={"depth": "30"})
        yield made
