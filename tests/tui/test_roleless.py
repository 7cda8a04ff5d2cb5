"""Who did a step without its role is said so wherever the record is read."""

from __future__ import annotations

from engine.run import in_order
from tests.tui.table import KINDS, table
from tui.logbook import titles_of
from tui.roleless import Holders


def test_a_step_done_by_somebody_without_its_role_is_known_by_the_record_alone():
    with table(KINDS, "kinds", "li") as at:
        at.do("start", "valve")
        at.join("zhao", "PWR")
        at.do("start", "gauge", by="zhao")
        at.do("start", "cut")
        at.do("start", "look", by="zhao")
        holders = Holders(titles_of(at.desk.state.graph.to_bytes()).roles_of)
        without = [getattr(one.event, "step", None) for one in in_order(at.entries()) if holders.lacks(one)]

    assert without == ["valve", "look"]
