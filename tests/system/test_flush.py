"""Nothing is acknowledged before the disk was told to keep it: seen by strace from outside."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.engine.programs import CHILD

APPENDS = 20


def test_the_log_is_flushed_before_each_acknowledgement(tmp_path: Path) -> None:
    """Between the last page that is written to the log and the word "recorded" there is always a flush."""
    trace = tmp_path / "trace"
    calls = "trace=pwrite64,write,fsync,fdatasync"
    told = subprocess.run(
        ["strace", "-f", "-y", "-e", calls, "-o", str(trace), sys.executable, str(CHILD), "say"],
        input=json.dumps({"folder": str(tmp_path), "appends": APPENDS}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr

    acknowledged, flushed = 0, True
    for line in trace.read_text("utf-8", "replace").splitlines():
        if re.search(r"pwrite64\(\d+<[^>]*-wal>", line):
            flushed = False
        elif re.search(r"f(?:data)?sync\(\d+<[^>]*-wal>\)\s+= 0", line):
            flushed = True
        elif re.search(r'write\(1<.*"recorded ', line):
            acknowledged += 1
            assert flushed, line
    assert acknowledged == APPENDS
