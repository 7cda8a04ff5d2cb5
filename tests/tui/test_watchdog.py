"""The watchdog: it says so when the screen stands still, cleans up when it is gone, and else says nothing."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from engine.text import Text
from tests.tui.ptys import PATIENCE_S, Pty, on_a_pty
from tui import watchdog
from tui.heart import Stand, last_words
from tui.watchdog import SILENT_S, Terminal, Watchdog

PROBE = (sys.executable, str(Path(__file__).with_name("pty_probe.py")))
STAND = Stand("leak", 4, "/x/sheets/R-1.txt", "muster walk R-1", 7, Text("关 V-12", "Close V-12"))
PASTE, SCREEN, CURSOR = "2004", "1049", "25"


@pytest.fixture
def probe(tmp_path):
    os.mkfifo(tmp_path / "hold")
    with on_a_pty(PROBE, tmp_path, HOLD=str(tmp_path / "hold")) as one:
        one.sees("bottom row")
        yield one


def is_as_before(one: Pty) -> bool:
    """Whether the terminal is as it was before the program."""
    clean = {SCREEN, PASTE}.isdisjoint(one.glass.modes) and CURSOR in one.glass.modes
    return clean and one.modes == one.modes_before


# --- on a real terminal


def test_a_program_that_is_killed_leaves_a_usable_terminal_and_the_place_on_paper(probe):
    assert not is_as_before(probe)
    probe.signal(signal.SIGKILL)
    probe.sees("PROCEDURE SYSTEM FAILED", "第 7 步", "from step 7: Close V-12", "R-1.txt", "muster walk R-1")

    assert is_as_before(probe)


def test_a_screen_that_stands_still_says_so_on_the_last_row_and_is_painted_anew_afterwards(probe, tmp_path):
    probe.key("f5")
    probe.sees("NOT RESPONDING")
    assert "NOT RESPONDING" in probe.glass.lines[-1]
    assert "bottom row" not in probe.glass.text

    (tmp_path / "hold").write_bytes(b".")
    probe.sees("bottom row")
    assert "NOT RESPONDING" not in probe.glass.text


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM, None])
def test_a_program_that_leaves_by_itself_is_not_spoken_of(probe, how):
    if how is None:
        probe.key("f12")
    else:
        probe.signal(how)
    probe.rest()

    assert probe.glass.text.strip() == "left in order"
    assert is_as_before(probe)
    assert probe.process.returncode == 0


def test_a_program_that_ends_by_a_fault_of_ours_is_spoken_of(tmp_path):
    with on_a_pty([*PROBE, "--fault"], tmp_path) as one:
        one.sees("bottom row")
        one.key("f12")
        one.sees("left in order", "PROCEDURE SYSTEM FAILED")

        assert is_as_before(one)


def test_a_terminal_that_is_lost_ends_program_and_watchdog(probe):
    dogs = children_of(probe.pid)
    assert len(dogs) == 1
    probe.lose()
    probe.process.wait(PATIENCE_S)

    assert all(is_gone(dog) for dog in dogs)


def children_of(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()]


def is_gone(pid: int) -> bool:
    """Whether a process that is nobody's child here ends; it may go a moment after the one that it watched."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], PATIENCE_S)[0])
    finally:
        os.close(process)


# --- by itself, over a pair of pipe and terminal


class Kennel:
    """A watchdog with its pipe and its terminal at hand."""

    def __init__(self) -> None:
        reading, self.pipe = os.pipe()
        self.reading = reading
        self.master, self.slave = pty.openpty()
        self.terminal = Terminal(self.slave)
        self.dog = Watchdog(reading, self.terminal)

    def says(self, **said: object) -> None:
        self.dog._take_in(json.dumps(said).encode() + b"\n")

    def silence(self, seconds: float) -> None:
        self.dog._hear_nothing(seconds)

    def written(self) -> bytes:
        ready, _, _ = select.select([self.master], [], [], 0)
        return os.read(self.master, 65536) if ready else b""

    def close(self) -> None:
        for fd in (self.reading, self.pipe, self.master, self.slave):
            os.close(fd)


@pytest.fixture
def kennel():
    one = Kennel()
    one.says(pid=os.getpid(), silent="NOT RESPONDING", failed=["FAILED"])
    yield one
    one.close()


def test_it_waits_three_seconds_and_says_it_once(kennel):
    kennel.says(screen=True)
    kennel.silence(SILENT_S - 0.1)
    assert kennel.written() == b""
    kennel.silence(0.2)
    assert b"NOT RESPONDING" in kennel.written()
    kennel.silence(60)
    assert kennel.written() == b""


def test_a_beat_ends_the_silence(kennel):
    kennel.says(screen=True)
    for _ in range(5):
        kennel.silence(SILENT_S - 0.1)
        kennel.says(screen=True)

    assert kennel.written() == b""


def test_a_screen_that_is_still_being_made_or_was_left_is_not_silent(kennel):
    kennel.silence(SILENT_S * 10)
    kennel.says(screen=True)
    kennel.says(screen=False)
    kennel.silence(SILENT_S * 10)

    assert kennel.written() == b""


def test_a_program_that_was_stopped_is_not_silent(kennel):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stopped:
        stopped.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, stopped.pid, os.WSTOPPED)
        kennel.says(pid=stopped.pid, screen=True)
        kennel.silence(SILENT_S * 2)
        assert kennel.written() == b""
        assert watchdog._is_stopped_by_ps(stopped.pid)

        stopped.send_signal(signal.SIGCONT)
        os.waitid(os.P_PID, stopped.pid, os.WCONTINUED)
        kennel.silence(SILENT_S * 2)
        assert b"NOT RESPONDING" in kennel.written()
        stopped.kill()


def test_a_shell_that_has_the_terminal_back_keeps_its_own_settings(kennel):
    kennel.says(modes=watchdog.modes_of(kennel.slave))
    prompt = termios.tcgetattr(kennel.slave)
    prompt[3] &= ~(termios.ECHO | termios.ICANON)  # as a shell that reads its line does
    termios.tcsetattr(kennel.slave, termios.TCSANOW, prompt)
    prompt = termios.tcgetattr(kennel.slave)
    kennel.terminal.clean_up(["FAILED"])

    assert termios.tcgetattr(kennel.slave) == prompt
    assert b"FAILED" in kennel.written()


def test_a_terminal_that_was_given_back_is_only_written_to(kennel):
    kennel.terminal.clean_up(["FAILED"], screen=False)

    assert kennel.written() == b"\r\r\nFAILED\r\r\n"


def test_settings_of_a_terminal_survive_the_way_through_the_pipe(kennel):
    before = termios.tcgetattr(kennel.slave)

    assert watchdog.modes_from(json.loads(json.dumps(watchdog.modes_of(kennel.slave)))) == before


def test_a_message_cut_in_two_is_one_message(kennel):
    said = json.dumps({"silent": "漏水"}).encode() + b"\n"
    kennel.dog._take_in(said[:7])
    kennel.dog._take_in(said[7:])

    assert kennel.dog._silent_line == "漏水"


def test_the_last_row_is_never_wider_than_the_terminal():
    assert watchdog._fitting("漏水漏水", 5) == "漏水"
    assert watchdog._fitting("NOT", 5) == "NOT"


def test_it_needs_nothing_but_the_standard_library():
    ask = "import sys, runpy; runpy.run_path(sys.argv[1], run_name='x'); print(*sorted(sys.modules))"
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", ask, watchdog.__file__], capture_output=True, text=True, check=True
    )

    loaded = {name.partition(".")[0] for name in told.stdout.split()}
    assert {name for name in loaded if name in ("engine", "tui", "textual", "rich")} == set()


# --- its words


def test_the_last_words_are_said_in_every_language_the_terminal_carries():
    both, english = last_words(STAND, ("zh", "en")), last_words(STAND, ("en",))

    assert "程序已停 PROCEDURE SYSTEM FAILED" in both
    assert "PROCEDURE SYSTEM FAILED" in both
    assert all(line.isascii() for line in english)
    assert "Go on with paper leak rev 4 from step 7: Close V-12" in english


def test_a_message_always_fits_into_what_a_pipe_takes_whole():
    long = Stand("leak", 4, "/" + "x" * 250, "muster walk " + "y" * 200, 7, Text("水" * 999, "w" * 999))

    said = json.dumps({"silent": "", "failed": last_words(long, ("zh", "en"))}, ensure_ascii=False)
    assert len(said.encode()) < select.PIPE_BUF
