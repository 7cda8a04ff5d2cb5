"""The leak in a real tmux of 80 by 24: what a person sees there, and what they come back to."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.programs import PATIENCE_S, PROGRAM, environment, within
from tests.tui.table import WALKED
from tui.locale import say

WALK = f"{PROGRAM} walk --plain"
OPEN = f"{PROGRAM} open leak --as li --room A1 --plain --book {shlex.quote(str(WALKED))}"


class Tmux:
    """A server of tmux of its own, with one window."""

    def __init__(self, folder: Path, language: str) -> None:
        self._socket = str(folder / "tmux.sock")
        self._env = environment(folder, MUSTER_LANG=language, TERM="screen-256color", LC_ALL="C.UTF-8")
        self.shown = ""
        self._tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-c", str(folder), "/bin/sh"
        )

    def _tmux(self, *words: str) -> str:
        told = subprocess.run(
            ["tmux", "-u", "-S", self._socket, *words],
            capture_output=True,
            encoding="utf-8",
            env=self._env,
            timeout=PATIENCE_S,
            check=False,
        )
        assert told.returncode == 0, told.stderr
        return told.stdout

    def types(self, line: str) -> None:
        self._tmux("send-keys", "-l", line)
        self._tmux("send-keys", "Enter")

    def until(self, words: str, *, lines_of_history: int = 0) -> str:
        """What is shown once these words stand there with a prompt under them; fails after a minute."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            self.shown = self._tmux("capture-pane", "-p", "-S", str(-lines_of_history))
            if words in self.shown and self.shown.rstrip("\n").endswith(">"):
                return self.shown
        raise AssertionError(f"{words!r} never came:\n{self.shown}")

    def kill(self) -> None:
        """The program that reads the keys, without a farewell; the shell below it stays."""
        shell = self._tmux("list-panes", "-F", "#{pane_pid}").strip()
        for child in Path(f"/proc/{shell}/task/{shell}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
        self.types("clear")

    def close(self) -> None:
        self._tmux("kill-server")


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tmux(tmp_path: Path, language: str) -> Iterator[Tmux]:
    window = Tmux(tmp_path, language)
    try:
        yield window
    finally:
        window.close()


def cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def test_the_same_step_stands_there_after_a_kill(tmux: Tmux, language: str, tmp_path: Path) -> None:
    first = {"zh": "确认告警", "en": "Acknowledge the alarm"}[language]
    tmux.types(OPEN)
    tmux.until("> ")
    tmux.types("1")
    tmux.until(first)
    tmux.kill()
    tmux.types(WALK)
    tmux.until({"zh": "只确认身份", "en": "this does nothing"}[language])
    tmux.types("")
    back = tmux.until(first)

    assert max(cells(line) for line in back.splitlines()) <= 80
    assert say("last-act", language, what="").strip() in tmux.until(first, lines_of_history=200)
    assert within(tmp_path, "verify", "--deep").returncode == 0
