"""The real program on a real terminal: the leak is walked, the program is killed, nothing that was said is lost."""

from __future__ import annotations

import os
import pty
import random
import re
import select
import signal
import struct
import subprocess
import termios
from contextlib import contextmanager
from dataclasses import dataclass, field
from fcntl import ioctl
from pathlib import Path

import pytest

from tests.tui.programs import PATIENCE_S, PROGRAM, environment, muster, within
from tests.tui.table import KINDS, WALKED
from tui.locale import say

OPEN = ("open", "leak", "--as", "li", "--room", "A1", "--plain", "--book", str(WALKED))

TYPED = (
    # the entry condition; the alarm, noted as done by the monitoring desk, who said so
    "1", "1", "1", "1", "A1 东、A1 西", "", "１２", "",
    # a second signal; it is water
    "1", "1", "1", "1", "20", "60", "18", "26", "0.4", "1", "1", "1",
    # two are sent; the first is at the door, and measures
    "1", "1", "1", "李明、周凯", "", "1", "1", "2", "3", "50", "2", "1", "",
    # the power engineer signs by voice, then the one who types
    "1", "2", "1", "1", "1", "1",
)  # fmt: skip
"""The leak up to the entry of the room, as an engineer types it."""

KILLS = [(seed, ("zh", "en")[seed % 2]) for seed in range(5)]


@dataclass
class Screen:
    """A program on a terminal of 80 by 24."""

    master: int
    process: subprocess.Popen[bytes]
    text: str = ""
    _raw: bytes = field(default=b"", repr=False)

    def until_asked(self) -> str:
        """Everything shown until the next prompt; the rest of it when the program has ended."""
        mark = len(self.text)
        while not self.text.endswith("> ") or len(self.text) == mark:
            if not self._read():
                break
        return self.text[mark:]

    def until_bytes(self, count: int) -> None:
        """So many more bytes, or a prompt, whatever comes first."""
        end = len(self._raw) + count
        while len(self._raw) < end and (len(self._raw) == end - count or not self.text.endswith("> ")):
            self._read()

    def _read(self) -> bool:
        ready, _, _ = select.select([self.master], [], [], PATIENCE_S)
        assert ready, self.text[-2000:]
        try:
            more = os.read(self.master, 65536)
        except OSError:
            more = b""
        self._raw += more
        self.text = self._raw.decode("utf-8", "ignore").replace("\r\n", "\n")
        return bool(more)

    def types(self, line: str) -> None:
        os.write(self.master, f"{line}\n".encode())

    def kill(self) -> None:
        """Not a word of farewell; what was on its way to the screen is still read."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE_S)
        while self._read():
            pass


@contextmanager
def on_a_terminal(folder: Path, language: str, *words: str):
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    env = environment(folder, MUSTER_LANG=language, TERM="xterm-256color")
    process = subprocess.Popen(
        [PROGRAM, *words],
        cwd=folder,
        env=env,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    screen = Screen(master, process)
    try:
        yield screen
    finally:
        process.kill()
        process.wait(PATIENCE_S)
        os.close(master)


def place_in(shown: str) -> str:
    """The number of the step in front: its line begins with > and a number."""
    return str(re.findall(r"^> (\d+)  ", shown, re.MULTILINE)[-1])


def acknowledged(text: str, language: str) -> list[str]:
    """What the screen said was recorded, without the spaces and line ends of the screen."""
    word = say("recorded-as", language, what="").strip()
    end = rf"(?=\n\n|\n  |\n{re.escape(word)})"
    blocks = re.findall(rf"^{re.escape(word)}(.*?){end}", f"{text}\n\n", re.MULTILINE | re.DOTALL)
    return ["".join(block.split()) for block in blocks]


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """The step in front after each line, when nothing goes wrong, and what was said: by language."""
    return {language: walk_on(tmp_path_factory.mktemp(language), language) for language in ("zh", "en")}


@dataclass(frozen=True)
class Before:
    """How things stand before a line is typed."""

    place: str
    acknowledged: int


def walk_on(folder: Path, language: str) -> tuple[list[Before], str]:
    stands: list[Before] = []
    with on_a_terminal(folder, language, *OPEN) as screen:
        for line in (*TYPED, "q"):
            screen.until_asked()
            stands.append(Before(place_in(screen.text), len(acknowledged(screen.text, language))))
            screen.types(line)
        screen.until_asked()
        return stands, screen.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_leak_is_walked_on_a_real_terminal(walked, language):
    stands, text = walked[language]

    assert list(dict.fromkeys(one.place for one in stands)) == ["1", "2", "3", "17", "18", "37", "38", "47"]
    assert len(acknowledged(text, language)) == 9 + 14  # the acts, and every value of its own
    assert say("left", language, run="|").split("|")[1].strip() in " ".join(text.split("\n"))


@pytest.mark.parametrize(("seed", "language"), KILLS)
def test_what_was_acknowledged_survives_a_kill_at_any_instant(seed, language, walked, tmp_path):
    draw = random.Random(seed)
    last = draw.randrange(3, len(TYPED))
    before, _ = walked[language]

    with on_a_terminal(tmp_path, language, *OPEN) as screen:
        screen.until_asked()
        for line in TYPED[:last]:
            screen.types(line)
            screen.until_asked()
        screen.types(TYPED[last])
        # Somewhere between the key and the answer to it: no instant is a wrong one.
        screen.until_bytes(draw.choice((0, 1, 20, 80, 200, 2000)))
        screen.kill()
        said = acknowledged(screen.text, language)

    log = "".join(within(tmp_path, "log", "--lang", language).stdout.split())
    at = [log.find(sentence) for sentence in said]
    assert -1 not in at, (said, log)
    assert at == sorted(at)
    assert within(tmp_path, "verify", "--deep").returncode == 0

    back = muster(tmp_path, "walk", "--plain", "--lang", language)
    place = place_in(back.stdout)
    assert place in {before[last].place, before[last + 1].place}
    if len(said) > before[last].acknowledged:
        assert place == before[last + 1].place
    assert say("last-act", language, what="").strip() in back.stdout


@pytest.mark.parametrize("language", ["zh", "en"])
def test_values_that_were_acknowledged_in_the_middle_of_a_step_survive_a_kill(language, walked, tmp_path):
    """Step 2 asks for six readings; the program is killed after four of them, at the question for the fifth."""
    _, whole = walked[language]
    until = TYPED.index("0.4") - 1

    with on_a_terminal(tmp_path, language, *OPEN) as screen:
        screen.until_asked()
        for line in TYPED[:until]:
            screen.types(line)
            asked = screen.until_asked()
        screen.kill()
        said = acknowledged(screen.text, language)

    log = "".join(within(tmp_path, "log", "--lang", language).stdout.split())
    assert [sentence for sentence in said if sentence not in log] == []
    heard = f"（{say('basis-voice', language)}）" if language == "zh" else f"({say('basis-voice', language)})"
    values = [sentence.rpartition("=")[2].removesuffix(heard) for sentence in said[-3:]]
    assert values == ["20%RH", "60%RH", "18C"]

    with on_a_terminal(tmp_path, language, "walk", "--plain") as back:
        comes_back(back, language)
        assert place_in(back.text) == "2"
        for line in ("1", "1", "1", ""):
            back.types(line)
            back.until_asked()
        assert say("taken-before", language) in back.text
        assert asked.strip().split("\n")[-1] == back.text.strip().split("\n")[-1]
    assert say("taken-before", language) not in whole


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_step_that_was_only_gone_to_is_in_front_again_after_a_kill(language, tmp_path):
    """Nothing was done to it: the record knows nothing of that."""
    begun = ("open", "kinds", "--as", "li", "--room", "A1", "--plain", "--book", str(KINDS))
    with on_a_terminal(tmp_path, language, *begun) as screen:
        screen.until_asked()
        places = []
        for line in ("1", "o", "19"):
            screen.types(line)
            places.append(place_in(screen.until_asked()) if line != "o" else screen.until_asked())
        screen.kill()

    with on_a_terminal(tmp_path, language, "walk", "--plain") as back:
        comes_back(back, language)
        assert (places[0], places[-1], place_in(back.text)) == ("1", "19", "19")


def test_an_enter_that_is_held_down_does_one_thing_only(tmp_path):
    """Coming back, the first Enter confirms the place; those that follow at once do nothing."""
    with on_a_terminal(tmp_path, "en", *OPEN) as screen:
        for line in ("1", "q"):
            screen.until_asked()
            screen.types(line)
        screen.until_asked()

    with on_a_terminal(tmp_path, "en", "walk", "--plain") as back:
        comes_back(back, "en")
        back.types("\n" * 8 + "1")
        while say("typed-too-early", "en", count=1)[:20] not in back.text:
            back.until_asked()
        assert "place along the rope (m)," not in back.text
    lines = within(tmp_path, "log").stdout.strip().split("\n")
    assert "a leak alarm came" in lines[-1]


def comes_back(screen: Screen, language: str) -> None:
    """Whoever typed here last is asked whether they are that, and says so by Enter."""
    asked = say("who-is-right", language, name="李明", roles="|").split("|")[0]
    assert asked in screen.until_asked()
    screen.types("")
    screen.until_asked()


def test_the_enter_that_says_who_sits_here_does_nothing_else(tmp_path):
    with on_a_terminal(tmp_path, "en", *OPEN) as screen:
        for line in ("1", "q"):
            screen.until_asked()
            screen.types(line)
        screen.until_asked()
    before = within(tmp_path, "log").stdout

    with on_a_terminal(tmp_path, "en", "walk", "--plain") as back:
        comes_back(back, "en")
        assert place_in(back.text) == "1"
        assert within(tmp_path, "log").stdout == before


def test_somebody_else_who_comes_back_says_who_they_are(tmp_path):
    with on_a_terminal(tmp_path, "en", *OPEN) as screen:
        screen.until_asked()
        screen.types("q")
        screen.until_asked()

    with on_a_terminal(tmp_path, "en", "walk", "--plain") as back:
        back.until_asked()
        back.types("2")
        assert say("choose-person", "en") in back.until_asked()
        back.types("赵刚")
        assert "赵刚 (power engineer)" in back.until_asked()

    with on_a_terminal(tmp_path, "en", "walk", "--plain", "--as", "zhou") as named:
        assert "You are 周凯" in named.until_asked()
        assert "is that right" not in named.text


@pytest.mark.parametrize(("language", "other"), [("zh", "en"), ("en", "zh")])
def test_whoever_reads_the_other_language_changes_it_at_the_first_question(language, other, tmp_path):
    words = [word for word in OPEN if word not in ("--as", "li")]
    with on_a_terminal(tmp_path, language, *words) as screen:
        assert say("choose-person", language) in screen.until_asked()
        screen.types("l")
        assert say("choose-person", other) in screen.until_asked()
        screen.types("li")
        assert say("entry-first", other) in screen.until_asked()


@pytest.mark.parametrize("answered", [0, 1], ids=["who", "which room"])
def test_ctrl_c_before_there_is_a_run_opens_none(answered, tmp_path):
    words = [word for word in OPEN if word not in ("--as", "li", "--room", "A1")]
    with on_a_terminal(tmp_path, "en", *words) as screen:
        for _ in range(answered):
            screen.until_asked()
            screen.types("3")
        screen.until_asked()
        screen.process.send_signal(signal.SIGINT)
        screen.until_asked()

        assert (screen.process.wait(PATIENCE_S), "Traceback" in screen.text) == (130, False)
    assert within(tmp_path, "runs", "--all").stdout == f"{say('no-runs', 'en')}\n"


def test_ctrl_c_loses_nothing_of_a_run_at_any_prompt_and_the_way_back_is_said(tmp_path):
    """At a question it gives up the act, on a page and in a list it goes back, at the main prompt it leaves."""
    with on_a_terminal(tmp_path, "en", *OPEN) as screen:
        screen.until_asked()
        for typed in ("1", "?", "m", "w", "t", "1 paper", "1"):
            screen.types(typed)
            screen.until_asked()
            if typed not in ("1", "t") or "Who did it" in screen.text[-60:]:
                screen.process.send_signal(signal.SIGINT)
                screen.until_asked()
        before = within(tmp_path, "log").stdout
        screen.process.send_signal(signal.SIGINT)
        screen.until_asked()
        assert screen.process.wait(PATIENCE_S) == 0

    way_back = screen.text.strip().split("\n")[-1]
    assert way_back.split()[1:] == f"walk {run_in(before)} --as li --lang en --plain --book {WALKED}".split()
    assert within(tmp_path, "log").stdout == before and len(before.splitlines()) > 4

    with on_a_terminal(tmp_path, "en", "walk", "--plain") as back:
        back.until_asked()
        back.process.send_signal(signal.SIGINT)
        back.until_asked()
        assert back.process.wait(PATIENCE_S) == 130
    assert within(tmp_path, "log").stdout == before


def run_in(log: str) -> str:
    """A log of the only run begins with its id."""
    return log.split(maxsplit=1)[0]


FAR = ("open", "leak", "--as", "li", "--book", str(WALKED), "--plain")


def test_a_report_of_long_ago_is_asked_about_on_a_terminal(tmp_path):
    with on_a_terminal(tmp_path, "en", *FAR, "--room", "A1", "--reported-at", "3h") as screen:
        assert "(3 h ago)" in screen.until_asked()
        screen.types("")
        screen.until_asked()
        screen.types("2")
        screen.until_asked()
        assert screen.process.wait(PATIENCE_S) == 1
    assert within(tmp_path, "runs").stdout == f"{say('no-runs', 'en')}\n"


def test_a_report_of_a_moment_ago_is_said_and_not_asked_about(tmp_path):
    with on_a_terminal(tmp_path, "en", *FAR, "--room", "A1", "--reported-at", "5m") as screen:
        assert "(5 min ago)" in screen.until_asked()
        assert say("reported-sure", "en").strip() not in screen.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_room_is_taken_by_an_empty_line(language, tmp_path):
    with on_a_terminal(tmp_path, language, *FAR) as screen:
        assert say("choose-room", language) in screen.until_asked()
        screen.types("")
        assert say("needs-number", language) in screen.until_asked()
        assert within(tmp_path, "runs").stdout == f"{say('no-runs', 'en')}\n"
        screen.types("２")
        screen.until_asked()
        said = (
            say("opened-here", language, runbook="", room="|", run="")
            .split("|")[0]
            .split("：" if language == "zh" else ":")[0]
        )
        assert re.search(rf"{said}.*A2", screen.text)
