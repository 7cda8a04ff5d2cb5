"""Before anything else: an environment that can be relied on, and one place where trouble becomes a sentence."""

from __future__ import annotations

import os
import sys


def prepare() -> None:
    """Make printing safe, and an empty HOME the same as none."""
    from tui.machine import soften_output

    soften_output()
    if not os.environ.get("HOME"):
        os.environ.pop("HOME", None)


def tell(error: Exception) -> int:
    """One sentence on standard error for what a person can mend; the exit code. A fault of ours is raised again."""
    from engine.errors import BookBroken, MusterError
    from tui.machine import language

    try:
        said_in = language(_lang_option())
    except MusterError:
        said_in = "en"
    if isinstance(error, BookBroken):
        for fault in error.faults:
            print(f"{fault.place}: {fault.sentence(said_in)}", file=sys.stderr)
    if isinstance(error, MusterError):
        print(error.sentence(said_in), file=sys.stderr)
        return 1
    usage = getattr(error, "format_message", None)
    if usage is not None:
        print(usage(), file=sys.stderr)
        return int(getattr(error, "exit_code", 1))
    raise error


def _lang_option() -> str | None:
    words = sys.argv
    for index, word in enumerate(words):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and index + 1 < len(words):
            return words[index + 1]
    return None
