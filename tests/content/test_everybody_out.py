"""Everybody is called out of the wet room in the middle of the work: the shipped leak, played up to there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from drill.rehearsal import play
from engine.acts import Act, Given
from engine.book.rehearsal import Act as Line
from engine.desk import Desk, opening_of
from engine.errors import Refused
from engine.state import status
from engine.store import memory_store
from tests.content import book
from tests.content.book import REHEARSALS
from tests.engine.records import Wall, entropy


@contextmanager
def played(name: str, before: str, *more: Line) -> Iterator[Desk]:
    """A rehearsal of the leak, up to the first line about that step, and some lines more."""
    script = book.rehearsal(REHEARSALS / f"{name}.yaml")
    turn = next(number for number, line in enumerate(script.script) if line.target == before)
    opening = opening_of(book.read(), "leak", room=script.room, kind="H")
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        at = replace(opening, reported_at=script.reported_at)
        yield play(replace(script, script=(*script.script[:turn], *more)), at, store, entropy(2)).desk


def refusal(desk: Desk, act: Act, given: Given) -> str:
    """The id of the sentence with which it is refused; "" when it was done."""
    try:
        desk.do(act, given)
    except Refused as refused:
        return refused.id
    return ""


def signed(desk: Desk, hold: str, person: str, role: str) -> None:
    desk.do(Act("sign", hold), Given(person=person, role=role, strength="pin"))


BAILED = Given(
    values={"litres": "85", "depth": "0", "wet-area": "14", "surface-dry": "yes"}, items=(1, 2, 3, 4, 5)
)


def test_at_smoke_nobody_bails_on_until_three_have_let_them_in_again() -> None:
    bail = Act("do", "pump-out")
    with played("leak-chilled-water", "pump-out") as desk:
        desk.do(Act("raise", "smoke"), Given())
        called = refusal(desk, bail, BAILED)
        desk.do(Act("do", "fire-out"), Given())
        signed(desk, "fire-return", "wang", "IC")
        signed(desk, "fire-return", "qian", "PWR")
        by_two = refusal(desk, bail, BAILED)
        signed(desk, "fire-return", "feng", "SEC")

        assert (called, by_two, refusal(desk, bail, BAILED)) == ("everybody-out", "everybody-out", "")


def test_water_that_rises_fast_again_calls_out_again_whoever_went_back_in() -> None:
    higher = Line(None, after=timedelta(minutes=1), by="zhao", values=(("depth", "5"),))
    with played("leak-sprinkler", "survey") as back_in:
        quiet = back_in.state.watches["rising"].raised_at is None
        before = (status(back_in.state, "return-in"), status(back_in.state, "survey"))
    with played("leak-sprinkler", "survey", higher) as again:
        raised = again.state.watches["rising"].raised_at is not None
        after = (status(again.state, "pull-out"), status(again.state, "survey"))

    assert (quiet, *before) == (True, "done", "ready")
    assert (raised, *after) == (True, "ready", "held-back")
