"""Looking is not moving: panels, lists, languages and sizes change nothing of where somebody stands."""

from __future__ import annotations

import pytest

from engine.text import cells
from tests.tui.screen_table import Seen
from tui.locale import say
from tui.screens.doing import DONE_BY, DONE_EARLIER
from tui.view import BOXES, status

# --- looking is not moving


@pytest.mark.requirement("E2")
def test_looking_never_changes_the_step_in_front_and_escape_returns(sitting):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        start = seen.text()
        await seen.keys("down", "down", "pagedown", "end", "enter")
        away = seen.text()
        current = seen.walk.current()
        await seen.keys("escape")
        return start, away, current, seen.text()

    start, away, current, back = run(script)

    assert current == "look"
    assert "现在：第 1 步 站在门口看" in away
    assert back == start
    assert len(at.entries()) == before


def test_f4_returns_from_every_list(sitting):
    _, run = sitting

    async def script(seen: Seen):
        panels = []
        for key in ("tab", "f7", "f8", "down"):
            await seen.keys(key)
            panels.append(seen.walk.glass.panel)
            await seen.keys("f4")
            assert seen.walk.glass.panel == "step"
        return panels

    assert run(script) == ["acts", "why", "steps", "steps"]


def test_enter_on_a_step_that_is_only_looked_at_does_nothing_to_the_run(sitting):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        await seen.keys("down", "enter", "enter")
        return seen.walk.current(), seen.walk.glass.looking

    assert run(script) == ("look", None)
    assert len(at.entries()) == before


@pytest.mark.requirement("E4")
def test_every_step_with_its_status_is_one_key_away(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("f8", "home")
        pages = seen.text()
        for _ in range(12):
            await seen.keys("pagedown")
            pages += seen.text()
        return pages

    pages = run(script)

    state = at.desk.state
    for name, step in state.graph.steps.items():
        head = f"{BOXES[status(state, name)]} {state.graph.number[name]:>2}  {step.text.zh[:6]}"
        assert head in pages, name


# --- the list on Tab


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_on_tab_is_every_possible_act_by_number(sitting, language):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        listed = list(seen.walk.by_number())
        pages = ""
        for _ in range(seen.walk._pages):
            pages += seen.text()
            await seen.keys("space")
        return listed, pages

    listed, pages = run(script, language=language)

    possible = at.desk.possible()
    assert sorted(
        map(
            repr,
            (
                one.act
                for _, one in listed
                if one.act is not None and one.act.verb not in (DONE_BY, DONE_EARLIER)
            ),
        )
    ) == sorted(map(repr, possible))
    for number, offer in listed:
        assert f"{number:>3}  {offer.label[:12]}" in pages


def test_the_acts_of_the_step_in_front_come_first_in_the_list(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        return [one.act.step for one in seen.walk.listed if one.act is not None][:2]

    assert run(script) == ["look", "look"]


def test_digits_and_enter_take_the_act_of_that_number(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        number = next(
            index for index, one in seen.walk.by_number() if one.act is not None and one.act.verb == "hold"
        )
        await seen.keys(*str(number), "enter")
        await seen.types("等上级")

    run(script)

    assert at.desk.state.held is not None


def test_enter_in_the_list_without_a_number_takes_nothing(sitting):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        await seen.keys("tab", "enter")
        return seen.question, seen.text()

    question, shown = run(script)

    assert question is None
    assert say("screen-digit", "zh") in shown
    assert len(at.entries()) == before


def test_override_skip_and_end_have_no_key_of_their_own(sitting):
    from tui.screens.keys import KEYS, LETTERS

    assert not {"override", "skip", "end"} & {*KEYS.values(), *LETTERS.values()}


def test_every_vital_thing_has_a_key_that_an_input_method_lets_through():
    from tui.screens.keys import KEYS, LETTERS

    assert {one.removeprefix("ask_") for one in LETTERS.values()} <= set(KEYS.values())
    assert all(key in KEYS for key in ("enter", "tab", "space", "escape", "f2", "f3", "f5", "f9", "f12"))
    assert not {"f1", "f10", "f11"} & set(KEYS)


# --- language, sizes


def test_f2_changes_the_language_at_once_and_keeps_the_field(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter", "2", "f2")
        return seen.text(), seen.walk.glass.typed

    shown, typed = run(script)

    assert typed == "2"
    assert "Look from the doorway" in shown
    assert "water depth (cm)" in shown


@pytest.mark.parametrize("size", [(79, 23), (40, 10), (20, 4), (10, 3)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_window_that_is_too_small_says_so_and_still_shows_the_step(sitting, size, language):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab", "escape", "f8", "escape", "f7", "escape")
        return seen.lines()

    lines = run(script, size=size, language=language)

    assert len(lines) == size[1]
    assert all(cells(line) <= size[0] for line in lines)
    if size[0] >= 40:
        text = "".join("".join(lines).split())
        assert "80x24" in text
        assert "".join(say("kind-R", language).split()) in text
        assert {"zh": "积水可能带电", "en": "Standingwater"}[language] in text


@pytest.mark.requirement("E10")
def test_below_a_page_enter_acts_only_after_every_page_of_the_warning_was_shown(sitting):
    at, run = sitting
    at.do(
        "do",
        "look",
        values={"depth": "2", "drips": "yes", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
    )
    at.do("reopen", target="look", reason="再看")

    async def script(seen: Seen):
        seen.walk._warned.clear()
        seen.walk.glass.focus = "look"
        await seen.resize(24, 7)
        first = seen.walk.must_read("look")
        await seen.keys("enter")
        early = seen.question
        for _ in range(6):
            if not seen.walk.must_read("look"):
                break
            await seen.keys("space")
        await seen.keys("enter")
        return first, early, seen.question

    first, early, late = run(script)

    assert first is True
    assert early is None
    assert late is not None


@pytest.mark.requirement("E10")
def test_an_act_chosen_from_the_list_is_not_done_before_its_warning_was_shown(sitting):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        walk = seen.walk
        walk.glass.focus = "cut"
        walk._warned.clear()
        walk.paint()
        walk.begin(next(one for one in at.desk.possible() if one.key == ("do", "look")))
        first, front = seen.question, walk.current()
        walk.paint()
        await seen.keys("enter")
        return first, front, seen.question

    first, front, then = run(script)

    assert (first, front) == (None, "look")
    assert then is not None
    assert len(at.entries()) == before


def test_space_turns_pages_and_never_acts(sitting):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        await seen.keys(*["space"] * 5)
        return seen.question

    assert run(script) is None
    assert len(at.entries()) == before


def test_a_storm_of_sizes_leaves_the_same_step_in_front(sitting):
    _, run = sitting

    async def script(seen: Seen):
        for size in [(80, 24), (200, 60), (40, 10), (79, 23), (140, 40), (80, 24)] * 2:
            await seen.resize(*size)
        return seen.text()

    assert "> 1  站在门口看" in run(script)
