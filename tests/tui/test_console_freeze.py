"""A freeze at the console: it begins at the key, its reason follows, and nothing is given into it unasked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from drill.reasons import REASON_FOLLOWS
from engine.clocks import frozen_for, is_frozen
from engine.desk import Desk
from engine.errors import Refused
from engine.events import ClockSet, NoteAdded, Stage
from tests.drill.small import World
from tests.tui.consoles import At
from tests.tui.screen_table import Seen
from tests.tui.table import Typist
from tui.locale import say
from tui.reports.picture import freezes
from tui.screens.console import ConsoleScreen
from tui.trainer.plain import PlainConsole
from tui.view import Looking
from tui.view.cards import drill_word

MINUTE = timedelta(minutes=1)


@pytest.fixture
def at():
    return At(World()).started()


def given(at: At) -> list[str]:
    return [card.inject for card in at.exercise.desk.state.cards]


def clock_says(at: At) -> list[tuple[int, str]]:
    said = at.store.entries(at.exercise.desk.run_id)
    return [(one.event.rate, one.event.reason) for one in said if isinstance(one.event, ClockSet)][1:]


# --- it begins at the key


@pytest.mark.requirement("R24")
def test_the_clock_stands_at_the_key_press_and_why_is_said_afterwards(at):
    stood = []

    async def script(seen: Seen, screen: ConsoleScreen) -> None:
        await seen.keys("f5")
        stood.append(is_frozen(at.exercise.desk.state))
        at.world.passes(MINUTE)
        await seen.types("somebody slipped")
        at.world.passes(MINUTE)
        await seen.keys("f5", "enter")

    at.keys(script)
    ((_, length),) = freezes(at.exercise.desk.state.settings)
    evaluated = [one.event for one in at.store.entries(at.exercise.book.state.run_id)]

    assert stood == [True]
    assert clock_says(at) == [(0, REASON_FOLLOWS), (0, "somebody slipped"), (1000, "go on")]
    assert length == 2 * MINUTE
    assert [one.reason for one, _ in freezes(at.exercise.desk.state.settings)] == ["somebody slipped"]
    assert NoteAdded("somebody slipped", "freeze-reason") in evaluated
    assert [one.stage for one in evaluated if isinstance(one, Stage)][-2:] == ["frozen", "running"]


@pytest.mark.requirement("R24")
def test_a_freeze_without_a_reason_goes_on_only_when_one_is_given(at):
    asked = []

    async def script(seen: Seen, screen: ConsoleScreen) -> None:
        await seen.keys("f5", "enter")  # no time for words now
        await seen.keys("f5")
        asked.append(seen.text())
        await seen.keys("enter")
        asked.append(seen.text())
        await seen.types("a visitor")
        await seen.keys("enter")

    at.keys(script)

    assert say("ask-freeze-owed", "en") in asked[0]
    assert say("ask-must", "en") in asked[1]
    assert clock_says(at) == [(0, REASON_FOLLOWS), (0, "a visitor"), (1000, "go on")]


def test_the_exercise_itself_refuses_to_go_on_without_and_to_be_told_twice(at):
    at.exercise.freeze()
    with pytest.raises(Refused) as owed:
        at.exercise.resume("on")
    at.exercise.explain("a visitor")
    with pytest.raises(Refused) as told:
        at.exercise.explain("another")
    at.exercise.resume("on")

    assert (owed.value.id, told.value.id, at.exercise.stage) == (
        "reason-first",
        "nothing-to-explain",
        "running",
    )


def test_while_a_field_is_open_f5_freezes_at_once_and_keeps_what_is_typed(at):
    async def script(seen: Seen, screen: ConsoleScreen) -> None:
        await seen.keys("f3", "w", "e", "t", "f5")
        assert is_frozen(at.exercise.desk.state)
        assert screen.glass.typed == "wet"
        await seen.keys("enter")

    at.keys(script)

    assert at.exercise.book.state.observed[-1].event.text == "wet"


@pytest.mark.requirement("R33")
def test_while_a_field_is_open_f9_asks_about_the_real_event(at):
    async def script(seen: Seen, screen: ConsoleScreen) -> None:
        await seen.keys("f3", "w", "f9")
        assert "REAL EVENT" in seen.text()
        await seen.keys("enter")

    at.keys(script)

    assert at.exercise.book.state.how == "real-event"


@pytest.mark.parametrize(("language", "said"), [("zh", "原因稍后说明"), ("en", "reason follows")])
def test_players_read_that_the_reason_follows_and_then_the_reason(at, language, said):
    at.exercise.freeze()
    desk = Desk.resume(at.store, at.exercise.desk.run_id, "li", at.world.around(11))
    first, _ = drill_word(desk.state, Looking(desk.state, desk.now(), language, "li"))
    at.exercise.explain("tea")
    desk.refresh()
    then, _ = drill_word(desk.state, Looking(desk.state, desk.now(), language, "li"))

    assert said in first
    assert then == say("drill-stands", language, reason="tea")


@pytest.mark.requirement("R24")
@pytest.mark.parametrize("said", [REASON_FOLLOWS, "a visitor"])
def test_a_freeze_that_lasts_to_the_end_is_listed_with_its_length_whether_or_not_its_reason_came(at, said):
    at.exercise.freeze()
    at.world.passes(MINUTE)
    if said != REASON_FOLLOWS:
        at.exercise.explain(said)
    at.world.passes(MINUTE)
    at.exercise.end()
    settings = at.exercise.desk.state.settings

    assert [(one.reason, length) for one, length in freezes(settings)] == [(said, 2 * MINUTE)]
    assert frozen_for(settings) == 2 * MINUTE


# --- nothing is given into it unasked


@pytest.mark.requirement("R15")
@pytest.mark.requirement("R22")
def test_enter_on_an_inject_in_a_freeze_asks_and_by_a_second_enter_it_comes_when_the_drill_goes_on(at):
    asked = []

    async def script(seen: Seen, screen: ConsoleScreen) -> None:
        await seen.keys("f5")
        await seen.types("tea")
        await seen.keys("enter")
        asked.append((given(at), seen.text()))
        await seen.keys("enter")
        asked.append((given(at), seen.text()))
        await seen.keys("f5", "enter")

    at.keys(script)

    assert asked[0][0] == asked[1][0] == []
    assert "The drill is frozen" in asked[0][1] and "after the freeze" in asked[0][1]
    assert say("line-after-freeze", "en") in asked[1][1]
    assert given(at) == ["call"]


@pytest.mark.requirement("R15")
def test_in_a_freeze_it_is_given_at_once_by_whoever_says_so(at):
    async def script(seen: Seen, screen: ConsoleScreen) -> None:
        await seen.keys("f5")
        await seen.types("tea")
        await seen.keys("enter", "2", "enter")
        await seen.keys("home", "tab", "1", "enter")  # and once more, after one question

    at.keys(script)

    assert given(at) == ["call", "call"]
    assert is_frozen(at.exercise.desk.state)


@pytest.mark.parametrize("before", ["held", "skipped"])
def test_what_was_kept_back_comes_after_the_freeze_when_the_trainer_says_so(at, before):
    if before == "held":
        at.exercise.hold("call", "too early")
    else:
        at.exercise.skip("call", "no time")
    at.exercise.freeze("tea")
    at.exercise.deliver_later("call")
    at.world.passes(MINUTE)
    at.live.look()
    stood = given(at)
    at.exercise.resume("on")
    at.live.look()

    assert (stood, given(at)) == ([], ["call"])


def test_an_inject_of_ones_own_can_wait_for_the_end_of_the_freeze(at):
    async def script(seen: Seen, screen: ConsoleScreen) -> None:
        await seen.keys("f5")
        await seen.types("tea")
        await seen.keys("2", "enter", "1", "enter")
        await seen.types("the lights go out")
        await seen.keys("enter", "enter", "enter")
        assert given(at) == []
        await seen.keys("f5", "enter")

    at.keys(script)

    assert given(at) == ["live-1"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_line_by_line_it_is_the_same(at, language):
    typist = Typist(["f", "tea", "1", "", "", "f", "", "q"])
    console = PlainConsole(at.live, language, "muster drill D", typist)
    try:
        console.run()
    finally:
        typist.close()

    assert clock_says(at) == [(0, REASON_FOLLOWS), (0, "tea"), (1000, "go on")]
    assert given(at) == ["call"]
    assert ("演练冻结着" if language == "zh" else "The drill is frozen and") in typist.seen
