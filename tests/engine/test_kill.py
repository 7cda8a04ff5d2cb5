"""Killed at any instant: what was acknowledged is there, nothing is half, and the chain is clean."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from engine.store import open_reader
from tests.engine.programs import child
from tests.engine.records import open_file

LIVES = 35
BATCH = 3


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_acknowledged_before_a_kill_is_recorded_whole(tmp_path: Path, seed: int) -> None:
    """210 lives in all: some end while the store is made or opened, most between or within appends."""
    said = child("kill", folder=str(tmp_path), seed=seed, lives=LIVES)["acknowledged"]

    with open_reader(tmp_path / "muster.db") as reader:
        rows = list(reader.all_rows())
        report = reader.verify(deep=True)
    assert ["rollback"] not in said
    acknowledged = {hash_ for batch in said for hash_ in batch}
    assert len(acknowledged) > LIVES
    assert acknowledged <= {row.hash.hex() for row in rows}
    # Each command was three entries, so what is there of a run can be divided by three.
    assert {count % BATCH for run, count in Counter(row.run for row in rows).items() if run} == {0}
    assert (report.exit_code, report.findings, len(report.heads)) == (0, (), 1)


def test_after_a_kill_the_store_goes_on_where_it_was(tmp_path: Path) -> None:
    said = child("kill", folder=str(tmp_path), seed=99, lives=5)["acknowledged"]

    with open_file(tmp_path) as store:
        before = store.last_pos()
        assert store.rollback is None
        assert store.verify(deep=True).exit_code == 0
        assert sum(row.entries for row in store.runs()) == before - 1
    assert said
