"""Before anything else: an environment that can be relied on, and one place where trouble becomes a sentence.

prepare()          once, before a verb is chosen
run(verb)          the verb; its exit code, whatever happens in it
must_carry()       refuse a terminal on which nobody can be walked through anything
ready(...)         screen or lines, in which language and colours; then Textual may be loaded
"""

from __future__ import annotations

import errno
import gc
import os
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from engine.errors import MusterError
    from tui.terminal import Terminal

LEFT = 130
"""Exit code when a person interrupts."""
NOBODY_READS = 141
"""Exit code when whoever read our output has gone."""

YOUNG = 50_000
"""So many new objects before Python looks for rings of garbage; at its own 700 a fifth of every start is that."""


def prepare() -> None:
    """Make printing safe, and an empty HOME the same as none."""
    gc.set_threshold(YOUNG)
    from tui.machine import soften_output

    _hold_standard_files()
    _remember_the_terminal()
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


terminal_before: list[Any] | None = None
"""How the terminal was set when the program began; None where there is none."""


def _remember_the_terminal() -> None:
    """Whoever cleans up behind a screen that is gone must know what there was before it."""
    global terminal_before  # noqa: PLW0603 - there is one terminal, and one beginning
    with suppress(termios.error):
        terminal_before = termios.tcgetattr(0)


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


@dataclass(frozen=True, slots=True)
class Face:
    """How a person is met at this terminal."""

    screen: bool
    """Else line mode."""
    language: str
    languages: tuple[str, ...]
    """Those that this terminal shows, the person's first."""
    palette: str = "dark"
    ascii_only: bool = False


def ready(
    terminal: Terminal,
    *,
    lang: str | None = None,
    of_site: str = "zh",
    plain: bool = False,
    ascii_only: bool = False,
) -> Face:
    """Decide between screen and lines, and prepare the environment for Textual; what cannot be is said.

    Raises MusterError on a terminal that is not UTF-8, and Left when the person leaves a question.
    """
    from tui import face, machine
    from tui.locale import say

    must_carry()
    language = machine.language(lang, of_site)
    shown = tuple(one for one in dict.fromkeys((language, "zh", "en")) if machine.shows(one))
    term = os.environ.get("TERM", "")
    if not plain and not face.has_terminal():
        plain = True
    elif not plain and not face.carries_screen(term):
        plain = True
        terminal.show(say("plain-because-dumb", language, term=term or "-"))
    elif machine.is_linux_console() and not machine.shows(machine.wished_language(lang, of_site)):
        language = os.environ["MUSTER_LANG"] = "en"
        plain = _asked_for_lines(terminal, offer_screen=not plain)
    palette = face.palette_of(os.environ)
    if not plain:
        prepare_for_textual()
    return Face(not plain, language, shown or ("en",), palette, ascii_only or machine.is_linux_console())


def _asked_for_lines(terminal: Terminal, *, offer_screen: bool) -> bool:
    """A console without Chinese says so; the person takes English on the screen, or lines."""
    from tui.locale import say
    from tui.typed import narrow

    terminal.show(say("linux-console", "en"))
    if not offer_screen:
        return True
    terminal.show(say("linux-console-choose", "en").split("\n"))
    return narrow(terminal.ask(say("linux-console-prompt", "en"))) == "2"


def prepare_for_textual() -> None:
    """Textual reads its settings when it is loaded: ours, and nobody else's."""
    for name in list(os.environ):
        if name.startswith("TEXTUAL_"):
            del os.environ[name]
    # Kitty keys make Chinese input methods type garbage; animations cost a serial line its minute.
    os.environ.update(TEXTUAL_DISABLE_KITTY_KEY="1", TEXTUAL_ANIMATIONS="none")
    # The driver itself waits for the rest of a sequence.
    os.environ["ESCDELAY"] = "1"
    # A number that some script exported would stand still while the window changes its size; and colours
    # are chosen here, for Textual turns NO_COLOR into shades of grey.
    for name in ("COLUMNS", "LINES", "NO_COLOR"):
        os.environ.pop(name, None)


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

    if isinstance(error, Abort):
        return LEFT
    if getattr(error, "format_message", None) is not None:
        from tui.cli.usage import in_a_sentence

        error = in_a_sentence(error)  # 1 and not the 2 of the parser: here that is "with declared exceptions"
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
        said_in = language(lang_option())
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


def lang_option() -> str | None:
    """The language that was typed behind `--lang`, before anything else has been understood."""
    words = sys.argv
    for index, word in enumerate(words):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and index + 1 < len(words):
            return words[index + 1]
    return None
