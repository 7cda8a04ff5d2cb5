"""What was found not as it should be stays open until somebody settles it, and the record says who and how."""

from __future__ import annotations

from itertools import permutations

import pytest
from sqlalchemy import create_engine, text

from engine.events import (
    FOUND as KIND,
)
from engine.events import (
    FindingClosed,
    NoteAdded,
    RunEnded,
    StepDone,
    Unknown,
    from_payload,
    to_payload,
)
from engine.plan import FINDING
from engine.run import new_state, replay
from engine.store.findings import findings_in
from engine.store.reader import _FINDINGS
from engine.store.schema import create
from tests.engine.build import RUN, Device, do, graph, plain

FOUND = NoteAdded("A1; rh = 71 %RH; rh <= 60 %RH", "finding", "air")


@pytest.fixture
def device() -> Device:
    """A run in which two things were found not as they should be."""
    one = Device(graph(do("air"), do("floor"))).open()
    one.propose(FOUND)
    one.propose(NoteAdded("A1; wet = yes; not wet", "finding", "floor"))
    one.propose(NoteAdded("the lamp is dim", "note", "floor"))
    return one


def ids(device: Device) -> list[str]:
    return list(device.state.open_findings())


def test_what_was_found_is_open_until_it_is_settled(device):
    first, second = ids(device)

    device.do("close-finding", target=first, reason="new gasket, ticket 4711")

    assert ids(device) == [second]
    settled = device.state.findings[first]
    assert (settled.closed_by, settled.reason, settled.note.step) == ("li", "new gasket, ticket 4711", "air")
    assert device.entries[-1].event == FindingClosed(first, "new gasket, ticket 4711", "air")


def test_it_is_settled_once_with_a_reason_and_only_in_its_own_run(device):
    first, _ = ids(device)
    assert device.refusal(FindingClosed(first, "  ")) == "reason-first"
    assert device.refusal(FindingClosed("f" * 64, "done")) == "no-such-finding"

    device.propose(FindingClosed(first, "done"), by="zhao")

    assert device.refusal(FindingClosed(first, "done again")) == "finding-closed"


def test_it_can_be_settled_long_after_its_run_has_ended(device):
    device.done("air", "floor")
    device.propose(RunEnded("complete"))
    device.pass_time("2d")

    assert device.may("close-finding")
    device.do("close-finding", target=ids(device)[0], reason="done")
    assert device.refusal(StepDone("air")) == "run-ended"
    assert len(ids(device)) == 1


def test_where_nothing_is_open_there_is_nothing_to_settle(device):
    for name in ids(device):
        device.do("close-finding", target=name, reason="done")

    assert not device.may("close-finding")


def test_of_two_who_settle_it_at_two_terminals_the_first_in_the_record_counts(device):
    first, _ = ids(device)
    device.record(FindingClosed(first, "one"), by="li")
    device.record(FindingClosed(first, "two"), by="zhao")

    for order in permutations(device.entries[-3:]):
        entries = [*device.entries[:-3], *order]
        state = replay(device.graph, RUN, entries)
        assert plain(state) == plain(device.state)
        assert state.findings[first].reason == "one"
        settled = [one.closed.event for one in findings_in(entries) if one.closed is not None]
        assert settled == [FindingClosed(first, "one")]


def test_what_settles_a_finding_that_is_not_here_changes_nothing(device):
    before = plain(device.state)["findings"]
    device.record(FindingClosed("gone", "done"))

    assert plain(device.state)["findings"] == before


def test_an_older_program_shows_it_raw_and_counts_on():
    event = FindingClosed("ab", "done", "air")

    assert from_payload("finding_closed", 2, to_payload(event)) == Unknown(
        "finding_closed", 2, '{"basis":"asserted","finding":"ab","reason":"done","step":"air"}'
    )


def test_the_list_has_just_what_the_states_of_the_runs_have(device):
    device.do("close-finding", target=ids(device)[0], reason="done")
    listed = {one.id: one.closed is None for one in findings_in(device.entries)}

    assert listed == {name: one.closed_at is None for name, one in device.state.findings.items()}
    assert [one.parts for one in findings_in(device.entries)] == [
        ("A1", "rh = 71 %RH", "rh <= 60 %RH"),
        ("A1", "wet = yes", "not wet"),
    ]
    assert new_state(device.graph, RUN).findings == {}


def test_findings_are_looked_up_and_not_searched_for_among_all_entries():
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            create(connection)
            asked, *_ = _FINDINGS._compile(connection.dialect)
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {asked}")).fetchall()
    finally:
        engine.dispose()  # a pool that is only let go of leaves its connection open

    assert ["events_findings" in row[-1] for row in plan] == [True]


def test_the_word_of_a_plan_and_the_kind_of_the_note_are_one():
    assert KIND == FINDING
