"""The same asked of another process, in which what must not matter is otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def said_elsewhere(program: str) -> list[str]:
    """The words that a program prints with another hash seed and in another time zone."""
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Kathmandu"},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    return told.stdout.split()
