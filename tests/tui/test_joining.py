"""An emergency that goes on already is joined; another run of it is opened only on purpose."""

from __future__ import annotations

import pytest

from engine.errors import Refused
from tests.tui.screen_table import session_at
from tests.tui.table import KINDS, Typist, book_at, table
from tui.verbs.joining import run_to_join


class Live(Typist):
    """Somebody sits there."""

    @property
    def is_live(self) -> bool:
        return True


def asked(at, runbook: str, room: str, *lines: str) -> str | None:
    terminal = Live(lines)
    try:
        return run_to_join(terminal, at.store, book_at(KINDS), runbook, room, "zh")
    finally:
        terminal.close()


@pytest.mark.parametrize(("line", "joins"), [("1", True), ("2", False)])
def test_who_opens_what_goes_on_in_that_room_is_asked_whether_it_is_that(line, joins):
    with table(KINDS, "kinds", "li") as at:
        assert asked(at, "kinds", "A1", "", line) == (at.desk.run_id if joins else None)


def test_where_nobody_can_be_asked_it_is_refused_with_the_command_that_joins():
    with table(KINDS, "kinds", "li") as at:
        terminal = Typist()
        with pytest.raises(Refused) as refused:
            run_to_join(terminal, at.store, book_at(KINDS), "kinds", "A1", "zh")
        terminal.close()

        said = refused.value.sentence("en")
        assert f"muster walk {at.desk.run_id}" in said and "--another" in said


@pytest.mark.parametrize(
    ("kind", "room", "ended"), [("H", "A1", False), ("R", "A2", False), ("R", "A1", True)]
)
def test_a_rehearsal_another_room_and_what_has_ended_are_opened_past(kind, room, ended):
    with table(KINDS, "kinds", "li", kind=kind) as at:
        if ended:
            at.do("end", target="abandoned", reason="x")

        assert asked(at, "kinds", room) is None


# --- on the screen


def test_at_the_screen_a_second_run_of_one_hazard_in_one_room_is_opened_by_asking_once_more():
    with table(KINDS, "kinds", "li") as at:
        session = session_at(at, book=book_at(KINDS))
        with pytest.raises(Refused) as refused:
            session.begin("kinds", "A1", "li")
        before = len(at.store.runs())
        session.begin("kinds", "A1", "li")

        assert (refused.value.id, before, len(at.store.runs())) == ("goes-on-once-more", 1, 2)


def test_at_the_screen_who_said_another_is_not_asked_and_another_hazard_is_another_matter():
    with table(KINDS, "kinds", "li") as at:
        insisting = session_at(at, book=book_at(KINDS))
        insisting.wish.another = True
        insisting.begin("kinds", "A1", "li")
        session_at(at, book=book_at(KINDS)).begin("smoke", "A1", "li")

        assert len(at.store.runs()) == 3
