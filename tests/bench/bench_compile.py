"""From YAML to a graph that is proven, and lint, beside what PyYAML in C takes to read the same file."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import partial
from pathlib import Path

import yaml

from engine.lint import lint
from tests import long_plans
from tests.bench.measure import at_most, growth, heading, medians, show

COMPILE_LIMIT, LINT_LIMIT = 2.5, 4
ROUNDS = 7
DAY = date(2026, 11, 23)


def composed(text: bytes) -> object:
    """The nodes of a file, as PyYAML makes them in C; nothing is known of what they mean."""
    return yaml.compose(text.decode(), Loader=yaml.CSafeLoader)


def linted(folder: Path) -> int:
    """What `muster lint` does with a folder, but for printing; how many errors it found."""
    return sum(not fault.advice for fault in lint(folder, DAY))


def measure() -> None:
    heading("compile: read and prove a plan; lint", "PyYAML's C parser, compose of the same file")
    for small, large in (
        (long_plans.rich(250), long_plans.rich(2_000)),
        (long_plans.diamonds(25), long_plans.diamonds(200)),
        (long_plans.chain(1_250), long_plans.chain(10_000)),
    ):
        before = medians(ROUNDS, partial(long_plans.compiled, small), partial(composed, small.text))
        ours, control = medians(ROUNDS, partial(long_plans.compiled, large), partial(composed, large.text))
        show(at_most(large.name, ours, control, COMPILE_LIMIT))
        factor = large.size / small.size
        show(
            growth(f"  growth from {small.size:,}, exponent", (before[0], ours), (before[1], control), factor)
        )
    measure_lint()


def measure_lint() -> None:
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        plan = long_plans.rich(2_000)
        (folder / "yard.yaml").write_bytes(plan.text)
        assert linted(folder) == 0
        ours, control = medians(ROUNDS, partial(linted, folder), partial(composed, plan.text))
    show(at_most(f"{plan.name}, lint complete", ours, control, LINT_LIMIT))
