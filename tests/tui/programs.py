"""The real program, as somebody would start it: a process of its own, with an environment of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tui import cli

PROGRAM = Path(sys.executable).with_name("muster")
PATIENCE_S = 60


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Nothing of ours but the path; home and key lie in `folder`."""
    plain = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "MUSTER_STATE": str(folder / "state"),
        "MUSTER_STORE": str(folder / "x.db"),
        "MUSTER_LANG": "en",
    }
    return {**plain, **more}


def muster(
    folder: Path,
    *words: str | Path,
    typed: Iterable[str] = (),
    env: dict[str, str] | None = None,
    user: int | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a verb in `folder`, with lines typed into it."""
    return subprocess.run(
        [PROGRAM, *words],
        cwd=folder,
        input="".join(f"{line}\n" for line in typed),
        capture_output=True,
        encoding="utf-8",
        env=env or environment(folder),
        timeout=PATIENCE_S,
        check=False,
        user=user,
    )


def within(
    folder: Path, *words: str | Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The same in this process, for verbs that read nothing typed: as said, and quicker by a whole start."""
    outputs = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    kept = (dict(os.environ), sys.argv, sys.stdout, sys.stderr, Path.cwd())
    given = env or environment(folder)
    os.environ.clear()
    os.environ.update(given)
    sys.argv, sys.stdout, sys.stderr = ["muster", *map(str, words)], *outputs
    os.chdir(folder)
    try:
        cli.main()
    except SystemExit as left:
        code = int(left.code or 0)
    finally:
        os.environ.clear()
        os.environ.update(kept[0])
        sys.argv, sys.stdout, sys.stderr = kept[1:4]
        os.chdir(kept[4])
    out, err = (one.buffer.getvalue().decode("utf-8") for one in outputs)
    return subprocess.CompletedProcess(words, code, out, err)
