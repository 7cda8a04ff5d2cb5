"""Which requirement is proven by which tests: `make conformance`, or `make conformance ARGS=tests/system`.

One run of every test that is marked `requirement("E12")`; then each requirement with its tests and how they
ended, and those that no test names. Fails when a test fails or names a requirement there is none of.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

FAMILIES = {
    "E": [f"E{number}" for number in range(1, 59)],
    "R": [f"R{number:02}" for number in range(1, 61)],
}
"""E: following a runbook. R: drills; these are asked for from the first test that names one of them."""


@dataclass
class Ledger:
    """What pytest tells us as it goes along."""

    names: dict[str, list[str]] = field(default_factory=dict)
    """The requirements of each test, by its node id."""
    ended: dict[str, str] = field(default_factory=dict)
    """passed, failed or skipped, by node id; a failure in setup or teardown is a failure."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            said = [str(name) for mark in item.iter_markers("requirement") for name in mark.args]
            self.names[item.nodeid] = list(dict.fromkeys(said))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            worse = self.ended.get(report.nodeid) == "failed"
            self.ended[report.nodeid] = "failed" if worse else report.outcome

    def by_requirement(self) -> dict[str, list[tuple[str, str]]]:
        """Each requirement's tests with how they ended; the cases of one test are one test."""
        cases: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for node, names in self.names.items():
            for name in names:
                cases[name][node.partition("[")[0]].add(self.ended.get(node, "not run"))
        return {
            name: [(test, _worst(outcomes)) for test, outcomes in tests.items()]
            for name, tests in cases.items()
        }


def _worst(outcomes: Iterable[str]) -> str:
    return max(outcomes, key=("passed", "skipped", "not run", "failed").index)


def table(found: dict[str, list[tuple[str, str]]]) -> list[str]:
    """The lines to print."""
    known = [
        name
        for family, names in FAMILIES.items()
        if family == "E" or set(names) & set(found)
        for name in names
    ]
    strangers = [name for name in found if name not in known]
    lines = []
    for name in [*known, *strangers]:
        for number, (test, ended) in enumerate(found.get(name, [("", "no test")])):
            lines.append(f"{'' if number else name:<5}{ended:<9}{test}".rstrip())
    proven = [name for name in known if name in found and all(ended == "passed" for _, ended in found[name])]
    missing = [name for name in known if name not in found]
    lines.append(f"\n{len(proven)} of {len(known)} requirements proven; {len(missing)} without a test.")
    if strangers:
        lines.append(f"No such requirement: {', '.join(strangers)}")
    return lines


def main(words: list[str]) -> int:
    ledger = Ledger()
    code = pytest.main(["-m", "requirement", "-q", "--no-header", *words], plugins=[ledger])
    found = ledger.by_requirement()
    print("\n" + "\n".join(table(found)))
    strangers = set(found) - {name for names in FAMILIES.values() for name in names}
    nothing_marked = code == pytest.ExitCode.NO_TESTS_COLLECTED
    return 1 if strangers else 0 if nothing_marked else int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
