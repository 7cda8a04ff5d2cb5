"""The table of `make conformance` says of a requirement neither more nor less than its tests do."""

from __future__ import annotations

from tests.conformance import Ledger, table

PROVEN = "tests/test_yard.py::test_the_gate_shuts"
BROKEN = "tests/test_yard.py::test_the_gate_opens"


def lines_of(**names: list[str]) -> list[str]:
    ledger = Ledger(
        names={f"{PROVEN}[a]": names["proven"], f"{PROVEN}[b]": names["proven"], BROKEN: names["broken"]},
        ended={f"{PROVEN}[a]": "passed", f"{PROVEN}[b]": "passed", BROKEN: "failed"},
    )
    return table(ledger.by_requirement())


def test_the_cases_of_a_test_are_one_line_and_a_requirement_without_a_test_is_named():
    lines = lines_of(proven=["E1"], broken=["E3"])
    assert lines[0].split() == ["E1", "passed", PROVEN]
    assert lines[1].split() == ["E2", "no", "test"]
    assert lines[2].split() == ["E3", "failed", BROKEN]


def test_a_requirement_with_a_failing_test_is_not_proven():
    lines = lines_of(proven=["E1"], broken=["E1"])
    assert "0 of 58 requirements proven; 57 without a test." in lines[-1]


def test_drills_are_asked_for_from_the_first_test_that_names_one():
    assert "1 of 118 requirements proven" in lines_of(proven=["R01"], broken=[])[-1]


def test_a_requirement_there_is_none_of_is_named():
    assert lines_of(proven=["E59"], broken=[])[-1] == "No such requirement: E59"
