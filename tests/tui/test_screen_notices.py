"""What is new about plan and record stands in the alarm row until somebody has said that they know."""

from __future__ import annotations

import shutil

import pytest

from engine.acts import Act, Given
from engine.clocks import alarms
from engine.desk import Desk, Surroundings, opening_of
from engine.events import NoteAdded
from engine.store import open_store
from tests import stores
from tests.engine.records import Wall, entropy
from tests.engine.test_called_out_elsewhere import SIGNERS, incident
from tests.tui.screen_table import Seen, drive, seat
from tests.tui.table import KINDS, START, book_at
from tui.locale import say
from tui.notices import Notices
from tui.session import Session, Wish
from tui.verbs.playable import texts_of

ALARM_ROW = -2


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(KINDS, tmp_path / "book")


def around():
    return Surroundings(lambda: START, entropy(2), lambda person, pin: None)


def opened(folder):
    """A run of a book that lies in a folder, just begun."""
    store = stores.memory(wall=Wall(), entropy=entropy(1))
    return Session(
        store,
        around(),
        book_at(folder),
        texts_of(folder),
        wish=Wish(runbook="kinds", room="A1", person="li"),
        folder=folder,
    )


def revise(folder, revision=2):
    file = folder / "kinds.yaml"
    file.write_text(file.read_text("utf-8").replace("revision: 1", f"revision: {revision}"), "utf-8")


async def look_again(seen: Seen):
    await seen.looks()


@pytest.mark.requirement("E58")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_newer_revision_is_told_in_the_alarm_row_and_changes_nothing(folder, language):
    async def script(seen: Seen):
        await seen.settle()
        quiet = seen.lines()[ALARM_ROW].strip()
        before = seen.lines()[:-2]
        revise(folder)
        await look_again(seen)
        return (
            quiet,
            seen.lines()[ALARM_ROW],
            before == seen.lines()[:-2],
            seen.desk.state.graph.runbook.revision,
        )

    quiet, row, same, revision = drive(lambda: opened(folder), script, language=language, size=(100, 30))

    assert quiet == ""
    assert say("newer-revision", language, revision=2, pinned=1) in row
    assert (same, revision) == (True, 1)


def test_the_number_beside_it_answers_it_and_the_record_says_who_knows(folder):
    revise_at = say("newer-revision", "zh", revision=2, pinned=1)

    async def script(seen: Seen):
        await seen.keys("1", "enter")
        revise(folder)
        await look_again(seen)
        number = seen.lines()[ALARM_ROW].partition("Tab ")[2].split()[0]
        await seen.keys("tab", *number, "enter")
        await look_again(seen)
        notes = [
            one.event.text
            for one in seen.session.store.entries(seen.desk.run_id)
            if isinstance(one.event, NoteAdded)
        ]
        return notes, seen.lines()[ALARM_ROW].strip()

    notes, row = drive(lambda: opened(folder), script)

    assert (notes, row) == ([revise_at], "")


def test_while_an_alarm_stands_the_news_is_counted_behind_it(folder):
    async def script(seen: Seen):
        await seen.keys("1", "enter")
        revise(folder)
        desk = seen.desk
        act = next(one for one in desk.possible() if one.verb == "read")
        desk.do(act, Given(values={"inlet": "31.5"}))
        await look_again(seen)
        return seen.lines()[ALARM_ROW], len(alarms(desk.state, desk.now()))

    row, standing = drive(lambda: opened(folder), script, language="en")

    assert row.startswith(" !! ")
    assert say("screen-alarms-more", "en", count=standing) in row


def test_an_alarm_is_answered_by_the_number_beside_it():
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.do("read", values={"inlet": "31.5"})

        async def script(seen: Seen):
            before = [one.name for one in alarms(seen.desk.state, seen.desk.now())]
            number = seen.lines()[ALARM_ROW].partition("Tab ")[2].split()[0]
            await seen.keys("tab", *number, "enter")
            return before, [one.name for one in alarms(seen.desk.state, seen.desk.now())]

        before, after = run(script)

    assert after == before[1:]


def test_a_runbook_file_that_is_gone_is_told(folder):
    async def script(seen: Seen):
        (folder / "kinds.yaml").unlink()
        await look_again(seen)
        return seen.lines()[ALARM_ROW]

    assert say("source-gone", "zh") in drive(lambda: opened(folder), script)


# --- the record


def stored(tmp_path, device):
    return open_store(
        tmp_path / "muster.db", key_folder=tmp_path / device, wall=Wall(), entropy=entropy(3 + ord(device))
    )


def test_entries_of_a_device_that_nobody_here_knows_are_told(tmp_path):
    with stored(tmp_path, "a") as store:
        run = Desk.open_run(store, opening_of(book_at(KINDS), "kinds"), "li", around()).run_id
        assert Notices(store, None).of(Desk.resume(store, run, "li", around()).state) == []
    with stored(tmp_path, "b") as store:
        desk = Desk.resume(store, run, "li", around())
        (told,) = Notices(store, None).of(desk.state)

    assert told.words("zh") == say("foreign-journals", "zh", count=1)


@pytest.mark.requirement("E54")
def test_a_record_put_back_from_an_old_copy_is_told(tmp_path):
    with stored(tmp_path, "a") as store:
        desk = Desk.open_run(store, opening_of(book_at(KINDS), "kinds"), "li", around())
    shutil.copy(tmp_path / "muster.db", tmp_path / "old.db")
    with stored(tmp_path, "a") as store:
        desk = Desk.resume(store, desk.run_id, "li", around())
        desk.do(Act("note"), Given(text="x"))
    shutil.copy(tmp_path / "old.db", tmp_path / "muster.db")
    with stored(tmp_path, "a") as store:
        told = Notices(store, None).of(Desk.resume(store, desk.run_id, "li", around()).state)

    assert told[0].words("en") == say("rollback", "en")


# --- the room


def test_a_room_that_another_run_has_called_everybody_out_of_is_told_until_that_run_lets_them_in():
    with incident() as (leak, fire):
        notices = Notices(fire.store, None)
        quiet = notices.of(fire.desk.state)
        leak.do("raise", "live")
        (told,) = notices.of(fire.desk.state)
        leak.do("do", "clear")
        for person, role in SIGNERS:
            leak.do("sign", "permit", person=person, role=role, strength="pin")

        assert told.words("en") == (
            f"{leak.desk.run_id} has everybody out of this room since 02:00:00 ('the water is live'), until 'permit' "
            "is signed there."
        )
        assert (quiet, notices.of(fire.desk.state)) == ([], [])
