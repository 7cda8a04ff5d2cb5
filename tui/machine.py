"""This machine: its clocks, its chance, its folders, its language. Everything the core is given comes from here."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import MusterError
from engine.events import whole_ms

if TYPE_CHECKING:
    from engine.journal import Moment

APP = "muster"


def wall_now() -> datetime:
    """What the wall clock says, in UTC and whole milliseconds."""
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
    """ntp when the kernel says its clock is kept by one, free when it says it is not, else unknown."""
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
    """Where records are kept when nobody says otherwise."""
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def state_folder() -> Path:
    """Where the key of this device is kept."""
    named = os.environ.get("MUSTER_STATE")
    if named:
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path(APP, appauthor=False)


def store_path(named: str | None) -> Path:
    """The store: named, else MUSTER_STORE, else ./muster.db when it is there, else the data folder."""
    if named:
        return Path(named)
    if os.environ.get("MUSTER_STORE"):
        return Path(os.environ["MUSTER_STORE"])
    here = Path("muster.db")
    return here if here.exists() else data_folder() / "muster.db"


def book_folder(named: str | None) -> Path:
    """The plan book: named, else MUSTER_BOOK, else ./runbooks when it is there, else the shipped one."""
    if named:
        return Path(named)
    if os.environ.get("MUSTER_BOOK"):
        return Path(os.environ["MUSTER_BOOK"])
    here = Path("runbooks")
    if (here / "site.yaml").is_file():
        return here
    import runbooks

    return Path(runbooks.__file__).parent


# --- language and terminal


def language(named: str | None, of_site: str = "zh") -> str:
    """The language of this person: named, else MUSTER_LANG, else a zh or en locale, else the site's first."""
    for said in (named, os.environ.get("MUSTER_LANG")):
        if said:
            if said not in ("zh", "en"):
                raise MusterError("unknown-language", language=said)
            return said
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = os.environ.get(name, "")
        if locale:
            return next((one for one in ("zh", "en") if locale.startswith(one)), of_site)
    return of_site


SAMPLES = {"zh": "漏水，“应急”处置 Ω °", "en": "Ω ° “ → ≥"}
"""What a terminal must be able to show for each language."""


def can_show(encoding: str | None, wanted: str) -> bool:
    """Whether an output encoding carries the signs of a language."""
    try:
        SAMPLES[wanted].encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def soften_output() -> None:
    """Signs that the terminal cannot carry are shown by number; printing never fails."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
