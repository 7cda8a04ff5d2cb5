"""With nothing else alive: what is lost is named on the screen with what is to be done, and the walk goes on."""

from __future__ import annotations

import subprocess
import sys

import pytest

from engine.errors import RecordTrouble
from engine.events import NoteAdded
from tests.tui.failing import DISK_FULL, Failing
from tests.tui.programs import PATIENCE_S, environment
from tests.tui.screen_table import Seen, drive, seat, session_at
from tests.tui.table import KINDS, ROOT
from tui.locale import say
from tui.sheets import sheet_keeper

TROUBLES = [
    DISK_FULL,
    RecordTrouble("store-read-only", path="x.db"),
    RecordTrouble("store-vanished", path="x.db"),
    RecordTrouble("store-busy", path="x.db"),
]
"""What keeps an append from being written."""

NO_NETWORK = """\
import sys
def heard(event, _):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "socket.sendmsg"):
        raise SystemExit(f"the network was asked for: {event}")
sys.addaudithook(heard)
from tui.cli import main
main()
"""


def unbroken(text: str) -> str:
    """Without the spaces and line ends of the screen."""
    return "".join(text.split())


@pytest.mark.requirement("E55")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda one: one.id)
def test_a_record_that_takes_nothing_is_named_with_what_to_do_and_the_walk_goes_on(trouble, language):
    async def script(seen: Seen):
        await seen.keys("f3")
        await seen.types("smoke")
        named = seen.text()
        await seen.keys("f7")
        goes_on = seen.walk.glass.panel
        record.broken = False
        await seen.keys("f7", "f3", "enter")
        return named, goes_on, seen.text()

    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.desk.record = record = Failing(at.desk.record, "append", trouble=trouble)
        named, goes_on, mended = run(script, language=language)

        assert unbroken(trouble.sentence(language)) in unbroken(named)
        assert say("record-not-recorded", language) in named
        assert goes_on == "why"
        assert say("record-saved", language) in mended
        assert [one.event.text for one in at.entries() if isinstance(one.event, NoteAdded)] == ["smoke"]


@pytest.mark.requirement("E55")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sheet_that_cannot_be_written_says_to_keep_the_place_on_paper_and_the_record_goes_on(
    language, tmp_path
):
    (tmp_path / "sheets").write_text("", "utf-8")

    async def script(seen: Seen):
        return seen.text()

    with seat() as (at, _):
        session = session_at(at)
        session.keep_sheet = sheet_keeper(tmp_path / "x.db")
        shown = drive(lambda: session, script, language=language)

    assert {"zh": "请改用纸笔记位置", "en": "Keep the place on paper"}[language] in " ".join(shown.split())
    assert say("record-saved", language) in shown


@pytest.mark.requirement("E55")
def test_a_run_is_opened_walked_and_read_back_without_asking_for_a_network(tmp_path):
    walked, read = (
        subprocess.run(
            [sys.executable, "-c", NO_NETWORK, *words],
            cwd=tmp_path,
            input="1\nn still here\nq\n",
            capture_output=True,
            encoding="utf-8",
            env=environment(tmp_path, PYTHONPATH=str(ROOT)),
            timeout=PATIENCE_S,
            check=False,
        )
        for words in (
            ("open", "kinds", "--as", "li", "--room", "A1", "--plain", "--book", str(KINDS)),
            ("log",),
        )
    )

    assert (walked.returncode, read.returncode) == (0, 0), walked.stderr + read.stderr
    assert "still here" in read.stdout
