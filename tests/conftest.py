"""For every test of these rings: nothing is skipped, and no store is left open."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tests import stores
from tui.boot import YOUNG

gc.set_threshold(YOUNG)  # as the program does: else a tenth of the ring is looking for rings of garbage


@pytest.fixture(scope="module", autouse=True)
def stores_closed() -> Iterator[None]:
    """What a file opened in memory goes with it: a Python newer than ours says so aloud."""
    yield
    stores.close_all()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test that was skipped has proven nothing, so a run with one has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why the run failed although no test did."""
    if terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("A test was skipped; nothing may be skipped here.", red=True)
