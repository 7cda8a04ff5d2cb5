"""What this machine gives the core: its clocks, its chance, its folders, its language and its terminal."""

from __future__ import annotations

import codecs
import io
import os
import shlex
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import MusterError

if TYPE_CHECKING:
    from engine.journal import Moment

APP = "muster"


def wall_now() -> datetime:
    """What the wall clock says, in UTC and whole milliseconds."""
    from engine.events import whole_ms  # the events are slow to load, and `--version` wants none

    return whole_ms(datetime.now(UTC))


def entropy(count: int) -> bytes:
    """That many bytes nobody can foresee."""
    return os.urandom(count)


@cache
def boot_id() -> str:
    """What tells one start of this machine from another; of a machine that does not say, of this program."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return f"{os.getppid()}"


@cache
def clock_source() -> str:
    """The kernel's word on its clock: ntp when it is kept by one, free when it is not, else unknown."""
    try:
        import ctypes

        libc = ctypes.CDLL(None, use_errno=True)
        buffer = ctypes.create_string_buffer(512)
        state = libc.adjtimex(buffer)
    except (OSError, AttributeError):
        return "unknown"
    # adjtimex(2): 5 is TIME_ERROR, "the clock is not synchronised"; the call only reads when modes is 0.
    if state < 0:
        return "unknown"
    return "free" if state == 5 else "ntp"


def moment() -> Moment:
    """What every clock of this machine says at this instant, as the journal wants it."""
    from engine.journal import Moment

    return Moment(wall_now(), (boot_id(), time.monotonic_ns()), clock_source())


# --- folders


def data_folder() -> Path:
    """Where records are kept when nobody says otherwise; MusterError when there is no home for them."""
    from platformdirs import user_data_path

    return _at_home(user_data_path)


def state_folder() -> Path:
    """Where the key of this device is kept; MusterError when there is no home for it."""
    named = os.environ.get("MUSTER_STATE")
    if named:
        return Path(named)
    from platformdirs import user_state_path

    return _at_home(user_state_path)


def _at_home(which: Callable[..., Path]) -> Path:
    """One of the folders of this user."""
    try:
        folder = which(APP, appauthor=False)
    except RuntimeError:  # neither HOME nor an entry in passwd
        raise MusterError("no-home") from None
    # An older platformdirs leaves "~" as it is then, and a folder of that name would be made here.
    if not folder.is_absolute():
        raise MusterError("no-home")
    return folder


def store_path(named: str | None) -> Path:
    """The store: named, else MUSTER_STORE, else ./muster.db when it is there, else the data folder."""
    return store_place(named)[0]


def store_place(named: str | None) -> tuple[Path, str]:
    """The store, and the rule that chose it: named, variable, here or default."""
    of_variable = os.environ.get("MUSTER_STORE")
    if named or of_variable:
        return Path(named or of_variable or ""), "named" if named else "variable"
    # Not Path.exists, which raises where this folder may not be entered.
    if os.path.lexists("muster.db"):
        return Path("muster.db"), "here"
    return data_folder() / "muster.db", "default"


def program() -> str:
    """How this program is called from here: its name where the shell finds it, else the way to it.

    Started as a module (``python -m tui``) it is started so again: the file of a module cannot be run by itself.
    """
    started, module = Path(sys.argv[0]), started_module()
    found = shutil.which("muster")
    if module is not None:
        return f"{_python()} -m {module}"
    if not started.is_file() or (found is not None and Path(found).resolve() == started.resolve()):
        return "muster"
    there = os.path.relpath(started)
    return shlex.quote(there if not there.startswith("..") else str(started.absolute()))


def started_module() -> str | None:
    """The module of ours that Python was told to run by ``-m``; None where a file was started."""
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    name = "" if spec is None else str(spec.name)
    return name.removesuffix(".__main__") if name.partition(".")[0] == __package__ else None


def _python() -> str:
    """The Python that runs this: by its name where the shell finds the same one, else the way to it."""
    name = Path(sys.executable).name
    return name if shutil.which(name) == sys.executable else shlex.quote(sys.executable)


def book_folder(named: str | None) -> Path:
    """The plan book: named, else MUSTER_BOOK, else ./runbooks when it is there, else the shipped one."""
    return book_place(named)[0]


def book_place(named: str | None) -> tuple[Path, str]:
    """The plan book, and the rule that chose it: named, variable, here or shipped."""
    of_variable = os.environ.get("MUSTER_BOOK")
    if named or of_variable:
        return Path(named or of_variable or ""), "named" if named else "variable"
    if os.access("runbooks/site.yaml", os.F_OK):
        return Path("runbooks"), "here"
    import runbooks

    return Path(runbooks.__file__).parent, "shipped"


# --- language and terminal


def language(named: str | None, of_site: str = "zh") -> str:
    """The language of this person: named, else MUSTER_LANG, else a zh or en locale, else the site's first.

    What was not asked for by name is English on a terminal that cannot show it.
    """
    wished = wished_language(named, of_site)
    by_name = bool(named or os.environ.get("MUSTER_LANG"))
    return wished if by_name or shows(wished) else "en"


def wished_language(named: str | None, of_site: str = "zh") -> str:
    """The same, whether or not this terminal can show it."""
    for said in (named, os.environ.get("MUSTER_LANG")):
        if said:
            if said not in SAMPLES:
                raise MusterError("unknown-language", language=said)
            return said
    locales = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    return next((one for locale in locales for one in SAMPLES if locale.startswith(one)), of_site)


SAMPLES = {"zh": "漏水，“应急”处置 Ω °", "en": "Ω ° “ → ≥"}
"""What a terminal must be able to show for each language."""


def shows(wanted: str) -> bool:
    """Whether this terminal shows a language: its encoding carries it, and its font has the signs."""
    if wanted == "zh" and is_linux_console():
        return False
    return wanted == "en" or can_show(terminal_encoding(), wanted)


def is_linux_console() -> bool:
    """The screen of a Linux machine without a desktop: its font has 512 signs, and none is Chinese."""
    return os.environ.get("TERM") == "linux" and sys.stdout is not None and sys.stdout.isatty()


def can_show(encoding: str, wanted: str) -> bool:
    """Whether an encoding carries the signs of a language."""
    try:
        SAMPLES[wanted].encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def is_utf8(encoding: str) -> bool:
    """Whether an encoding is UTF-8, under whatever name."""
    return _codec(encoding) == "utf-8"


def terminal_encoding() -> str:
    """The encoding of the terminal: what the person says it is, else what Python found.

    Python takes UTF-8 when the locale is not installed on this machine. The terminal, which may stand on
    another one, is still what LANG says: somebody's PuTTY speaks GBK whether or not this machine knows it.
    """
    found = getattr(sys.stdout, "encoding", None) or "ascii"
    declared = None if _python_was_told() else _declared_encoding()
    return declared or _codec(found) or found


def _python_was_told() -> bool:
    return bool(os.environ.get("PYTHONIOENCODING") or os.environ.get("PYTHONUTF8") == "1")


def _declared_encoding() -> str | None:
    """The encoding in the name of the locale; None when it names none that can be used."""
    names = ["LC_ALL", "LC_CTYPE", "LANG"]
    if sys.flags.utf8_mode:
        # Python found no locale and has set this one by itself.
        names.remove("LC_CTYPE")
    locale = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return _codec(locale.partition("@")[0].partition(".")[2])


def _codec(name: str) -> str | None:
    """The one name by which Python knows an encoding of text; None when it is not one for a terminal."""
    try:
        return codecs.lookup(name).name if " ~".encode(name) == b" ~" else None
    except (LookupError, UnicodeError, ValueError):
        return None


def repair_of_encoding() -> str:
    """The command that makes this program speak UTF-8."""
    told = "unset PYTHONIOENCODING && " if os.environ.get("PYTHONIOENCODING") else ""
    return f"{told}export LC_ALL=C.UTF-8 PYTHONUTF8=1"


def soften_output() -> None:
    """Print as the terminal reads; signs that it cannot carry are shown by number. Printing never fails."""
    codecs.register_error("muster-by-number", _by_number)
    encoding = terminal_encoding()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="muster-by-number")


def _by_number(error: UnicodeError) -> tuple[str, int]:
    r"""``\u6f0f``, in units of sixteen bits: inside a string of JSON that is still the same sign."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(rf"\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2)), error.end
