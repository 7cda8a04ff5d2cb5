"""Puts a sheet where it survives: after a crash there is the new one whole, or the one before it."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from engine.errors import MusterError

FOLDER = "sheets"
"""Beside the record, for whoever looks for the one when the other is out of reach."""

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]")


def sheet_path(store: Path, run_id: str) -> Path:
    """Where the sheet of a run lies: ``sheets/RUNID.txt`` beside the record; that of a drill says so in its name."""
    word = "DRILL-" if run_id.startswith("D-") else ""
    return store.absolute().parent / FOLDER / f"{word}{_NOT_IN_A_NAME.sub('_', run_id)}.txt"


def put(path: Path, text: str) -> None:
    """Write a sheet; MusterError when it cannot be written, with the old one untouched.

    For its owner's eyes only, as the record is: names and telephone numbers stand on it.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise MusterError("sheet-not-written", path=str(path), error=error.strerror or str(error)) from error
