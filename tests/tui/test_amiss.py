"""A record with a byte turned over is never read in silence: log, walk, screen, report, audit and verify say so."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess

import pytest

from engine.acts import Act, Given
from engine.desk import Desk, Surroundings, opening_of
from engine.events import Draft, RunEnded
from engine.store import open_store
from tests import stores
from tests.engine.records import entropy, without_guards
from tests.tui.programs import PROGRAM, environment, within
from tests.tui.screen_table import Seen, drive
from tests.tui.table import KINDS, START, Typist, book_at
from tui import machine
from tui.amiss import Amiss
from tui.locale import say
from tui.notices import BROKEN, Notices
from tui.plain import Around, Walker
from tui.session import Session, Wish
from tui.verbs.playable import texts_of

FORGED = ("2.5", "0.5")
"""What was read, and what somebody makes of it."""


def around(seed=2):
    return Surroundings(lambda: START, entropy(seed), lambda person, pin: None)


def opened(folder, name="x.db"):
    return open_store(
        folder / name, key_folder=folder / "state", wall=machine.moment, entropy=entropy(1), host="LAPTOP-1"
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A record with one run, in which a value was read, and notes behind it."""
    folder = tmp_path_factory.mktemp("whole")
    with opened(folder) as store:
        desk = Desk.open_run(store, opening_of(book_at(KINDS), "kinds", room="A1"), "li", around())
        desk.do(Act("entry", "entry.0"), Given(answer="yes"))
        desk.do(Act("read", "look"), Given(values={"depth": FORGED[0]}))
        for text in ("first", "second"):
            desk.do(Act("note"), Given(text=text))
    return folder


@pytest.fixture
def place(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "place")


def change(place, sql):
    with stores.raw(place / "x.db") as raw:
        without_guards(raw)
        raw.execute(sql)


@pytest.fixture
def forged(place):
    """Its value turned into another, with the sqlite3 program."""
    words = "', '".join(FORGED)
    change(place, f"UPDATE events SET payload = CAST(replace(CAST(payload AS TEXT), '{words}') AS BLOB)")
    return place


def run_of(place):
    [row] = json.loads(within(place, "runs", "--json").stdout)
    return row["run"]


def number_of(place, type_):
    """Journal and number of the first entry of that type."""
    with stores.raw(place / "x.db") as raw:
        return raw.execute("SELECT journal, jseq FROM events WHERE type = ?", (type_,)).fetchone()


# --- log


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_log_marks_the_line_that_was_changed_and_ends_with_the_way_to_find_out(forged, language):
    journal, jseq = number_of(forged, "reading_taken")

    told = within(forged, "log", "--lang", language)

    [line] = [one for one in told.stdout.splitlines() if "0.5 cm" in one]
    marked = [one for one in told.stdout.splitlines() if one.startswith("!")]
    assert marked == [line]
    assert line.startswith(say("log-changed", language, journal=journal[:8], jseq=jseq, line=""))
    assert told.stderr.strip() == say("log-broken", language, count=1, command="muster verify")
    assert told.returncode == 1


def test_a_log_of_what_was_signed_has_no_mark_and_no_word_of_it(place):
    told = within(place, "log")

    assert (told.returncode, told.stderr, "!" in told.stdout) == (0, "", False)


def test_where_an_entry_was_taken_out_the_next_one_says_that_something_is_missing(place):
    journal, jseq = number_of(place, "reading_taken")
    change(place, f"DELETE FROM events WHERE jseq = {jseq}")

    told = within(place, "log")

    [line] = [one for one in told.stdout.splitlines() if one.startswith("!")]
    assert line.startswith(say("log-loose", "en", journal=journal[:8], jseq=jseq + 1, line=""))
    assert (told.returncode, "in 1 place " in told.stderr) == (1, True)


def test_a_header_that_can_no_longer_be_read_keeps_nobody_from_the_other_lines(place):
    change(place, "UPDATE events SET header = x'ff' WHERE type = 'reading_taken'")

    told = within(place, "log")

    assert "first" in told.stdout and "2.5 cm" in told.stdout
    assert sum(line.startswith("! CHANGED") for line in told.stdout.splitlines()) == 1
    assert told.returncode == 1


def test_another_program_reads_of_each_line_what_is_wrong_with_it(forged):
    told = within(forged, "log", "--json")
    lines = [json.loads(line) for line in told.stdout.splitlines()]

    faults = {line["type"]: line["faults"] for line in lines if line["faults"]}
    assert faults == {"reading_taken": ["entry-payload"]}
    assert told.returncode == 1


# --- verify


@pytest.mark.parametrize("language", ["zh", "en"])
def test_verify_says_of_an_entry_its_run_its_time_and_its_kind_and_where_it_is_marked(forged, language):
    run = run_of(forged)

    told = within(forged, "verify", "--lang", language)

    [line] = [one for one in told.stdout.splitlines() if "reading_taken" in one]
    [logged] = [one for one in within(forged, "log").stdout.splitlines() if one.startswith("!")]
    moment = logged.partition(")")[2].strip().partition("  ")[0]
    assert run in line and moment in line
    assert say("see-log", language, command=f"muster log {run}") in told.stdout


def test_in_the_first_minute_verify_asks_for_nothing_on_the_device_that_wrote_it(place):
    english, chinese = (within(place, "verify", "--lang", one).stdout for one in ("en", "zh"))

    assert english.startswith("Intact; all of it was written by this device, with its own key.\n")
    assert chinese.startswith("完好；全是本机写的")
    assert "enrolled" not in english and "登记" not in chinese


def test_elsewhere_verify_says_how_to_learn_whose_it_is(place):
    shutil.rmtree(place / "state")

    told = within(place, "verify")

    assert told.stdout.startswith("Intact; the keys are not enrolled.\n")
    assert "ask that device for a checkpoint of its own and give it with --since" in told.stdout


# --- walk


@pytest.mark.parametrize("language", ["zh", "en"])
def test_line_mode_says_it_before_the_first_step_and_walks_on(forged, language):
    with opened(forged) as store:
        desk = Desk.resume(store, run_of(forged), "li", around())
        notices = Notices(store, None)
        terminal = Typist(["n the third", "q"])
        given = Around(
            has_pin=lambda person: False,
            keep=store.put_blob,
            go_to=lambda run: Desk.resume(store, run, "li", around()),
            news=lambda look: [one.words(language) for one in notices.of(look.state)],
        )
        Walker(terminal, desk, language, given).walk()
        terminal.close()
        seen, notes = terminal.seen, [getattr(one.event, "text", "") for one in store.entries(desk.run_id)]

    said = say(BROKEN, language, count=1)
    flat = "".join(seen.split())
    title = desk.state.graph.runbook.title.of(language)
    assert flat.count("".join(said.split())) == 1
    assert flat.index("".join(said.split())) < flat.index("".join(title.split()))
    assert "the third" in notes


def test_what_is_written_while_somebody_walks_is_held_too(place):
    with opened(place) as store:
        desk = Desk.resume(store, run_of(place), "li", around())
        amiss = Amiss(store, desk.run_id)
        before = amiss.look().count
        desk.do(Act("note"), Given(text="later"))
        change(
            place, "UPDATE events SET payload = CAST('{}' AS BLOB) WHERE pos = (SELECT max(pos) FROM events)"
        )
        after = amiss.look().count

    assert (before, after) == (0, 1)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_says_it_in_the_alarm_row_and_under_the_card(forged, language):
    run = run_of(forged)
    store = opened(forged)

    def session():
        book = book_at(KINDS)
        return Session(store, around(), book, texts_of(KINDS), wish=Wish(run=run, person="li"))

    async def script(seen: Seen):
        seen.walk.poll()
        await seen.settle()
        return seen.lines()

    try:
        lines = drive(session, script, language=language, size=(100, 30))
    finally:
        store.close()

    start = say(BROKEN, language, count=1)[:24]
    assert start in lines[-2]
    assert any(start in line for line in lines[:-2])


def test_a_header_that_can_no_longer_be_read_keeps_nobody_from_the_plan(place):
    change(place, "UPDATE events SET header = x'ff' WHERE type = 'reading_taken'")

    with opened(place) as store:
        desk = Desk.resume(store, run_of(place), "li", around())
        told = [one.word_id for one in Notices(store, None).of(desk.state)]
        desk.do(Act("note"), Given(text="on we go"))

    assert (told, [one.value.text for one in desk.state.readings["depth"]]) == ([BROKEN], ["2.5"])


def test_a_replay_says_it_before_the_first_entry(forged):
    told = within(forged, "replay", run_of(forged), "--speed", "0")

    assert (told.returncode, told.stderr.startswith("BROKEN: in 1 place ")) == (1, True)
    assert "0.5 cm" in told.stdout


# --- report, audit


def test_a_report_says_it_at_the_top_and_marks_the_line_in_both_languages(forged):
    told = within(forged, "report", run_of(forged), "--format", "md")

    chinese, english = (
        told.stdout.index(words) for words in ("核对记录：记录被破坏。", "The record: BROKEN.")
    )
    top = {"zh": told.stdout.index("## 时间线"), "en": told.stdout.index("## Timeline")}
    assert chinese < top["zh"] < english < top["en"]
    assert "【被改过】积水深度 = 0.5 cm" in told.stdout
    assert "\\[CHANGED\\] water depth = 0.5 cm" in told.stdout


def test_a_report_of_what_was_signed_says_so_at_the_top(place):
    told = within(place, "report", run_of(place), "--format", "md").stdout

    assert told.index("The record: Intact;") < told.index("## Timeline")
    assert "CHANGED" not in told


def test_an_audit_says_it_first_and_marks_the_line(forged):
    told = within(forged, "audit", run_of(forged))
    said = json.loads(within(forged, "audit", run_of(forged), "--json").stdout)

    assert "BROKEN." in told.stdout.splitlines()[0]
    assert sum("[CHANGED] " in line for line in told.stdout.splitlines()) == 1
    assert [one["event"] for one in said["entries"] if one["faults"]] == ["reading_taken"]


# --- which of several runs


def test_somebody_at_a_terminal_who_is_asked_which_run_has_done_nothing_wrong(place):
    with opened(place) as store:
        Desk.open_run(store, opening_of(book_at(KINDS), "kinds", room="A1"), "li", around(9))
    screen, shown = pty.openpty()
    try:
        told = subprocess.run(
            [PROGRAM, "log"], env=environment(place), stdout=shown, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(shown)
        os.close(screen)
    piped = within(place, "log")

    assert (told.returncode, b"holds 2 runs" in told.stderr) == (0, True)
    assert (piped.returncode, "holds 2 runs" in piped.stderr) == (1, True)


def test_a_list_of_open_runs_says_how_many_it_leaves_out(place):
    with opened(place) as store:
        desk = Desk.open_run(store, opening_of(book_at(KINDS), "kinds", room="A1"), "li", around(9))
        end = Draft(
            desk.run_id, RunEnded("abandoned", reason="a false alarm"), START, "li", desk.state.lam + 1
        )
        store.append([end], seen=None, cmd="end")

    english, chinese = (within(place, "runs", "--lang", one).stdout.splitlines() for one in ("en", "zh"))
    everything = within(place, "runs", "--all").stdout.splitlines()

    assert (len(english), len(everything)) == (2, 2)
    assert english[-1] == "Ended, and not listed here: 1 (drills among them: 0); muster runs --all"
    assert chinese[-1] == "另有 1 次已结束，没有列出（其中演练 0 次）：muster runs --all"
