"""Cold start: the program as a person starts it, beside Python importing the library that verb stands on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from engine.book import load_book
from engine.desk import Desk, Surroundings, opening_of
from tests.bench.bench_store import new_store
from tests.bench.measure import at_most, beside, heading, medians, show

ROOT = Path(__file__).parents[2]
ROUNDS = 7
HELP_LIMIT, READ_LIMIT = 1.5, 1.3


def start(words: Sequence[str], env: dict[str, str]) -> None:
    """Run it to its end; what it says is thrown away."""
    subprocess.run(words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)


def measure() -> None:
    heading("cold start", "python -c, importing what the verb stands on")
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        env = {
            "PATH": os.environ["PATH"],
            "HOME": named,
            "LANG": "C.UTF-8",
            "MUSTER_STORE": str(folder / "bench.db"),
        }
        run = _one_run(folder / "bench.db")
        verbs = [["--version"], ["--help"], ["runs"], ["log", run]]
        controls = ["", "import typer", "import sqlalchemy", "import typer, sqlalchemy.dialects.sqlite"]
        # As a module, because what is installed may be another tree than this one.
        programs = [[sys.executable, "-m", "tui", *verb] for verb in verbs]
        programs += [[sys.executable, "-c", code] for code in controls]
        *ours, bare, typer, sqlalchemy, both = medians(
            ROUNDS, *(partial(start, words, env) for words in programs)
        )
    show(beside("python -c ''", None, bare))
    for verb, taken in zip(verbs[:2], ours[:2], strict=True):
        show(at_most(f"muster {verb[0]}, beside import typer", taken, typer, HELP_LIMIT))
    for verb, taken in zip(verbs[2:], ours[2:], strict=True):
        # `import sqlalchemy` alone knows no database, and no verb is read from a command line without typer.
        show(at_most(f"muster {verb[0]}, typer + SQLite dialect", taken, both, READ_LIMIT))
        show(beside("  beside import sqlalchemy alone", taken, sqlalchemy))


def _one_run(path: Path) -> str:
    """Make a record with one run of the shipped leak runbook in it; the id of the run."""
    around = Surroundings(lambda: datetime.now(UTC), os.urandom, lambda person, pin: None)
    opening = opening_of(load_book(ROOT / "runbooks"), "leak", room="A1")
    with new_store(path) as store:
        return Desk.open_run(store, opening, "li", around).run_id
