"""Cold start: the program as a person starts it, beside Python importing the one library that verb stands on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.bench.measure import at_most, beside, heading, medians, show

ROOT = Path(__file__).parents[2]
ROUNDS = 9
HELP_LIMIT, READ_LIMIT = 1.5, 1.3


def start(words: Sequence[str | Path], env: dict[str, str]) -> None:
    """Run it to its end; what it says is thrown away."""
    subprocess.run(words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)


def measure() -> None:
    muster = Path(sys.executable).with_name("muster")
    heading("cold start", "python -c 'import typer', and for log and runs 'import sqlalchemy'")
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        env = {
            "PATH": os.environ["PATH"],
            "HOME": named,
            "LANG": "C.UTF-8",
            "MUSTER_STORE": str(folder / "bench.db"),
        }
        run = _made_run(muster, env)
        empty, typer, sqlalchemy = (
            [sys.executable, "-c", code] for code in ("", "import typer", "import sqlalchemy")
        )
        works: list[list[str | Path]] = [
            [*empty],
            [*typer],
            [*sqlalchemy],
            [muster, "--version"],
            [muster, "--help"],
            [muster, "runs"],
            [muster, "log", run],
        ]
        taken = medians(ROUNDS, *(partial(start, words, env) for words in works))
    show(beside("python -c ''", taken[0]))
    for index, control, limit in (
        (3, 1, HELP_LIMIT),
        (4, 1, HELP_LIMIT),
        (5, 2, READ_LIMIT),
        (6, 2, READ_LIMIT),
    ):
        words = " ".join(["muster", *map(str, works[index][1:2])])
        show(at_most(words, taken[index], taken[control], limit))


def _made_run(muster: Path, env: dict[str, str]) -> str:
    """A record with one run of the shipped leak runbook in it; the id of the run."""
    opening = [muster, "open", "leak", "--room", "A1", "--as", "li", "--plain", "--lang", "en"]
    subprocess.run(opening, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    told = subprocess.run(
        [muster, "runs", "--all"], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    return next(word for word in told.stdout.split() if word.startswith("R-"))
