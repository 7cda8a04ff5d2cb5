"""A fault of ours on the screen: what the person is told, and what is kept of it. Nothing that was typed is in either.

A traceback with its values would show names and PINs on a terminal that anybody may read. Kept are the kind of
the fault and the places in our source; what the fault says is left out, for it may quote what was typed.
"""

from __future__ import annotations

import os
import platform
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from engine.errors import MusterError
from tui import __version__
from tui.locale import say

FOLDER = "crashes"


def is_fault(error: BaseException) -> bool:
    """Whether it is one of ours: nothing that a person or the system has refused."""
    from tui.boot import in_words

    return not isinstance(error, MusterError | KeyboardInterrupt) and in_words(error) is None


def fault_lines(language: str, record: str, command: str, file: Path | None) -> list[str]:
    """What the person is told: that it has stopped, how the record stands, how to come back.

    `record` is saved, recording or not-recorded; `command` leads back to the run and is empty without one.
    """
    lines = [say("fault-stopped", language)]
    if command:
        lines += [say(f"fault-{record}", language), say("fault-back", language), f"    {command}"]
    if file is not None:
        lines += [say("fault-file", language), f"    {file}"]
    return lines


def keep(error: BaseException, folder: Path, at: datetime) -> Path | None:
    """The file that was written for whoever mends it; None where it could not be."""
    file = folder / FOLDER / f"muster-{at:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text("\n".join(_story(error, at)) + "\n", "utf-8")
        return file
    return None


def _story(error: BaseException, at: datetime) -> Iterator[str]:
    yield f"Muster {__version__}  Python {platform.python_version()}  {sys.platform}  {at:%Y-%m-%d %H:%M:%S} UTC"
    yield f"TERM={os.environ.get('TERM', '')}"
    yield ""
    cause: BaseException | None = error
    while cause is not None:
        yield f"{type(cause).__module__}.{type(cause).__qualname__}"
        for frame in traceback.extract_tb(cause.__traceback__):
            yield f"    {_short(frame.filename)}:{frame.lineno}  {frame.name}"
        cause = cause.__cause__ or cause.__context__


def _short(name: str) -> str:
    """A source file from its package on: no folder of this machine."""
    parts = Path(name).parts
    packages = [at for at, part in enumerate(parts) if part in ("tui", "engine", "drill", "site-packages")]
    return "/".join(parts[packages[-1] :]) if packages else parts[-1]
