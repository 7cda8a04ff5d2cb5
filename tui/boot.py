"""Before anything else: an environment that can be relied on, and one place where trouble becomes a sentence.

prepare()          once, before a verb is chosen
run(verb)          the verb; its exit code, whatever happens in it
must_carry()       refuse a terminal on which nobody can be walked through anything
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from engine.errors import MusterError

LEFT = 130
"""Exit code when a person interrupts."""
NOBODY_READS = 141
"""Exit code when whoever read our output has gone."""


def prepare() -> None:
    """Make printing safe, and an empty HOME the same as none."""
    from tui.machine import soften_output

    _hold_standard_files()
    soften_output()
    if not os.environ.get("HOME"):
        os.environ.pop("HOME", None)


def _hold_standard_files() -> None:
    """Nothing else may get the number of an output that was closed: what is printed would land in it."""
    for fd in range(3):
        try:
            os.fstat(fd)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
    if sys.stdout is None:
        sys.stdout = _nothing(1)
    if sys.stderr is None:
        sys.stderr = _nothing(2)


def _nothing(fd: int) -> TextIO:
    """The closed output of that number, which now leads nowhere."""
    return os.fdopen(fd, "w", encoding="utf-8", closefd=False)


def must_carry() -> None:
    """Refuse a terminal that is not UTF-8, with the command that repairs it.

    A plan may use any character, and what a person types is read as UTF-8.
    """
    from engine.errors import MusterError
    from tui.machine import is_utf8, repair_of_encoding, terminal_encoding

    encoding = terminal_encoding()
    if not is_utf8(encoding):
        raise MusterError("terminal-cannot", encoding=encoding, command=repair_of_encoding())


def run(verb: Callable[[], object]) -> int:
    """Run it and say on standard error what went wrong; the exit code. A fault of ours is raised again."""
    try:
        code = verb()
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = LEFT
    except BrokenPipeError:
        code = NOBODY_READS
    except Exception as error:  # noqa: BLE001 - `tell` raises again what is not for a person
        code = tell(error)
    _give_up_output()
    return code if isinstance(code, int) else 0


def _give_up_output() -> None:
    """What cannot be written is let go of here; else Python complains once more on the way out."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(error: Exception) -> int:
    """Say on standard error what a person can mend; the exit code. A fault of ours is raised again."""
    from typer import Abort

    from engine.errors import MusterError
    from engine.text import clean

    usage = getattr(error, "format_message", None)
    if isinstance(error, Abort):
        return LEFT
    if usage is not None:
        _say([clean(usage(), lines=True)])
        return 1  # not the 2 of the parser, which here says "fine, with declared exceptions"
    said = error if isinstance(error, MusterError) else in_words(error)
    if said is None:
        raise error
    _say(_lines(said))
    return 1


def in_words(error: BaseException) -> MusterError | None:
    """What the system refused, as a sentence; None when it is not the system that refused."""
    from zoneinfo import ZoneInfoNotFoundError

    from engine.errors import MusterError
    from engine.text import Text, clean

    if isinstance(error, ZoneInfoNotFoundError):
        return MusterError("no-zones", why=clean(str(error.args[0])))
    if not isinstance(error, OSError):
        return None
    path = clean(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else None
    if path is None and error.errno == errno.ENOENT:
        return MusterError("folder-gone")  # only the current folder can be missing without a name
    id_ = _BY_ERRNO.get(error.errno or 0, "system-refused")
    return MusterError(id_, path=path or Text("输出", "the output"), error=error.strerror or str(error))


_BY_ERRNO = {
    errno.EACCES: "not-allowed",
    errno.EPERM: "not-allowed",
    errno.EROFS: "not-allowed",
    errno.ENOENT: "no-such-file",
    errno.ENOTDIR: "no-such-file",
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
}


def _lines(error: MusterError) -> Iterator[str]:
    """The sentence, after the faults of a book; of a terminal in every language that it carries."""
    from engine.errors import BookBroken, MusterError
    from tui.machine import SAMPLES, can_show, language, terminal_encoding

    try:
        said_in = language(_lang_option())
    except MusterError:
        said_in = "en"
    if isinstance(error, BookBroken):
        yield from (f"{fault.place}: {fault.sentence(said_in)}" for fault in error.faults)
    if error.id == "terminal-cannot":
        # English always: it is plain ASCII.
        others = [one for one in SAMPLES if one != "en" and can_show(terminal_encoding(), one)]
        yield from (error.sentence(one) for one in ("en", *others))
    else:
        yield error.sentence(said_in)


def _say(lines: list[str] | Iterator[str]) -> None:
    with suppress(OSError):  # when nobody can be told, the exit code still says it
        for line in lines:
            print(line, file=sys.stderr)


def _lang_option() -> str | None:
    words = sys.argv
    for index, word in enumerate(words):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and index + 1 < len(words):
            return words[index + 1]
    return None
