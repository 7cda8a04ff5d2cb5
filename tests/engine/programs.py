"""Runs `store_child.py`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("store_child.py")


def child(mode: str, **arguments: Any) -> Any:
    """What the program says of `mode`; its own errors are ours."""
    done = subprocess.run(
        [sys.executable, str(CHILD), mode],
        input=json.dumps(arguments),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)
