"""In line mode: what was done inside before everybody went out is asked for its time first, and only for that anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.acts import Given
from engine.events import StepDone
from tests.tui.table import KINDS, Bot, events, table
from tests.tui.test_screen_when import in_the_room
from tui.locale import say
from tui.terminal import Left

LANGUAGES = ("zh", "en")


@pytest.fixture
def out():
    """Everybody was called out five minutes ago; to look is done inside."""
    with table(KINDS, "kinds", "li", alter=in_the_room) as at:
        at.do("entry", "entry.0", answer="yes")
        at.clock.move(at.clock.now + timedelta(minutes=10))
        at.do("raise", "hot")
        at.clock.move(at.clock.now + timedelta(minutes=5))
        yield at


def looked(at):
    """The entry that says the step was done."""
    return next(one for one in at.entries() if isinstance(one.event, StepDone) and one.event.step == "look")


def look_of(at, language: str) -> str:
    return str(at.label("do", "look", language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_time_is_asked_first_and_one_after_the_withdrawal_is_refused_there(out, language):
    seen = out.types("0", look_of(out, language), "1m", "8m", "3", "1", "hose", "", language=language)

    asked = say("need-when-before", language, time="14:10:00", cause="")[-24:]
    assert seen.count(asked) == 2
    assert seen.index(asked) < seen.index(say("need-time", language, label="")[-12:])
    entry = looked(out)
    assert entry.at == out.clock.now - timedelta(minutes=8)


@pytest.mark.parametrize("typed", ["0", "now"])
def test_0_leaves_the_question_for_the_time_and_now_is_no_time_before_the_withdrawal(out, typed):
    out.types("0", look_of(out, "en"), typed, "0", language="en")

    assert "look" not in {one.step for one in events(out, StepDone)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_called_out_while_they_type_is_asked_for_the_time_alone(language):
    """The watch is raised at another terminal when everything has been typed."""
    with table(KINDS, "kinds", "li", alter=in_the_room) as at:
        at.do("entry", "entry.0", answer="yes")
        at.clock.move(at.clock.now + timedelta(minutes=10))
        lines = iter(["1", "3", "1", "hose", ""])
        asked: list[str] = []

        def answer(prompt: str, _shown: list[str]) -> str:
            asked.append(prompt)
            if say("need-time", language, label="")[-8:] in prompt:
                desk = at.at("chen")
                desk.do(next(one for one in desk.possible() if one.key == ("raise", "hot")), Given())
                at.clock.move(at.clock.now + timedelta(minutes=5))
                return ""
            if say("need-when-before", language, time="14:10:00", cause="")[-24:] in prompt:
                return "8m"
            if prompt == say("prompt-mend", language):
                return ""
            typed = next(lines, None)
            if typed is None:
                raise Left
            return typed

        at.walker(Bot(answer), language).walk()

        entry = looked(at)
        assert entry.at == at.clock.now - timedelta(minutes=8)
        assert asked.count(say("prompt-mend", language)) == 1
        assert sum(say("need-time", language, label="")[-8:] in one for one in asked) == 1
