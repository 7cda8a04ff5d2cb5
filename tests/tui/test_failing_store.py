"""A store that is full, or fails, throws nobody out of an act: it is said, and what was typed is not lost."""

from __future__ import annotations

from typing import Any

import pytest

from engine.acts import Act
from engine.desk import Desk
from engine.errors import Refused
from engine.events import ContactTried, EvidenceAttached, NoteAdded, RoleTaken, SignedOff
from tests.tui.failing import DISK_FULL, Failing
from tests.tui.screen_table import Seen, seat
from tests.tui.table import Typist, events
from tui.locale import say

LANGUAGES = ("zh", "en")


def sentence(language: str) -> str:
    return DISK_FULL.sentence(language)


# --- line mode


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_cannot_be_kept_is_said_and_its_path_proposed_again(at, tmp_path, language):
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"wet floor")
    store = Failing(at.store, "put_blob")

    def keep(data: bytes) -> str:
        return str(store.put_blob(data))

    class Mending(Typist):
        def ask(self, prompt: str, *more: Any, **named: Any) -> str:
            if prompt == say("prompt-mend", language):
                store.broken = False
            return super().ask(prompt, *more, **named)

    terminal = Mending([str(photo), "", "", "", ""])
    walker = at.walker(terminal, language, keep=keep)
    walker.do(next(act for act in at.desk.possible() if act.verb == "evidence"))
    terminal.close()

    assert say("not-recorded", language) in terminal.seen
    assert sentence(language) in " ".join(terminal.seen.split("\n"))
    assert [one.name for one in events(at, EvidenceAttached)] == ["photo.jpg"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pin_that_cannot_be_looked_up_does_not_end_line_mode(at, language):
    store = Failing(at.store, "pin")
    terminal = Typist(["o 8", "1", "2", "李明", "0", "n still here"])

    at.walker(terminal, language, has_pin=lambda person: store.pin(person) is not None).walk()
    terminal.close()

    assert say("not-recorded", language) in terminal.seen
    assert (events(at, SignedOff), [one.text for one in events(at, NoteAdded)]) == ([], ["still here"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_to_follow_and_failed_is_told_apart_from_the_act_that_was_recorded(at, language):
    """The call stands in the record; that whoever was reached takes the role does not."""
    written = at.desk.propose_made

    def fails_for_roles(made: Any, **named: Any) -> Any:
        if any(isinstance(event, RoleTaken) for event in made()):
            raise DISK_FULL
        return written(made, **named)

    at.desk.propose_made = fails_for_roles
    seen = at.types("o 12", "1", "1", "", "", "n still here", language=language)

    missing = say("follows-not", language, label=say("act-role", language))
    assert missing in seen.replace("\n", " " if language == "en" else "")
    assert [one.outcome for one in events(at, ContactTried)] == ["answered"]
    assert (len(events(at, RoleTaken)), len(events(at, NoteAdded))) == (1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_that_cannot_be_opened_keeps_nobody_from_the_one_in_front(at, language):
    def go_to(run: str) -> Desk:
        raise Refused("graph-missing", run=run)

    terminal = Typist(["o 24", "1", "n still here"])
    at.walker(terminal, language, go_to=go_to).walk()
    terminal.close()

    assert [one.text for one in events(at, NoteAdded)] == ["still here"]


# --- the screen


def test_at_the_screen_a_pin_that_cannot_be_looked_up_is_told_and_nobody_is_thrown_out():
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")

        async def script(seen: Seen):
            store: Any = Failing(at.store, "pin")
            seen.session.store = store
            act = next(one for one in at.desk.possible() if one.key == ("sign", "permit"))
            seen.walk.begin(Act(act.verb, act.step, act.needs), {"role": "ENG", "person": "li"})
            seen.walk.paint()
            failed = seen.text()
            store.broken = False
            await seen.keys("f3")
            await seen.types("还在")
            return failed, seen.text()

        failed, after = run(script)

    assert say("record-not-recorded", "zh") in failed
    assert say("record-saved", "zh") in after
