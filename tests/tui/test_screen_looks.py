"""Looking is not moving: panels, lists, languages and sizes change nothing of where somebody stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.clocks import overdue
from engine.road import Place
from engine.text import cells
from tests.tui.screen_table import Seen, seat
from tests.tui.table import SITE, WALKED
from tui.frame.around import names_listed
from tui.frame.card import step_card
from tui.locale import say
from tui.screens.doing import DONE_BY, DONE_EARLIER
from tui.screens.walk import WalkScreen
from tui.view import BOXES, Looking, has_more, is_for, status

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
        listed = seen.walk.by_number()
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

    # The keys themselves stand at the end of what F7 shows, too.
    assert {one.removeprefix("ask_") for one in LETTERS.values()} - {"keys"} <= set(KEYS.values())
    assert all(key in KEYS for key in ("enter", "tab", "space", "escape", "f2", "f3", "f5", "f9", "f12"))
    assert not {"f1", "f10", "f11"} & set(KEYS)


@pytest.mark.parametrize("key", ["h", "f1"])
def test_help_is_one_key_away_and_the_same_key_closes_it(sitting, key):
    _, run = sitting

    async def script(seen: Seen):
        before = seen.text()
        await seen.keys(key)
        shown = seen.text()
        await seen.keys(key)
        return before, shown, seen.text()

    before, shown, after = run(script, language="en", size=(80, 34))

    assert all(line in shown for line in say("screen-keys-help", "en").split("\n"))
    assert after == before


def test_the_number_of_a_step_finds_it_and_the_enter_behind_it_does_nothing_to_the_run(sitting):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        assert not seen.walk.glass.choices
        await seen.keys("1", "2")
        marked = next(line for line in seen.lines() if line.startswith("=>"))
        await seen.keys("enter")
        looked = seen.walk.glass.looking
        await seen.keys("f4", "9", "9")
        return marked, looked, seen.walk.current(), seen.text()

    marked, looked, current, shown = run(script)

    names = list(at.desk.state.graph.steps)
    assert " 12  " in marked and looked == names[11]
    assert current == "look"
    assert say("screen-no-step", "zh", number=99, last=len(names)) in shown
    assert len(at.entries()) == before


# --- less and more


@pytest.mark.requirement("E13")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_card_without_its_longer_text_keeps_all_that_is_there_for_safety(language):
    """For every step of the leak: the two cards differ by the text that explains, and by nothing else."""

    async def script(seen: Seen):
        walk, found = seen.walk, list[str]()
        for name, step in seen.desk.state.graph.steps.items():
            walk.glass.looking = name
            whole = rows_of(walk, name)
            await seen.keys("left")
            assert walk.glass.looking == name
            short = rows_of(walk, name)
            await seen.keys("right")
            assert rows_of(walk, name) == whole
            if not has_more(step):
                assert short == whole
                continue
            told = [step.detail and step.detail.of(language), step.why and step.why.of(language)]
            longer = squeezed("".join(text for text in told if text))
            gone = squeezed("".join(line for line in whole if line not in short))
            assert all(sign in longer or sign in LABELS for sign in gone), (name, gone)
            assert [line for line in short if line not in whole] == [say("screen-short", language)]
            found.append(name)
        return found

    with seat("leak", WALKED) as (at, run):
        at.do("entry", "entry.0", answer="yes")
        assert len(run(script, language=language)) > 20


LABELS = "说明：为什么：Detail:Why:"


def rows_of(walk: WalkScreen, name: str) -> list[str]:
    card = step_card(walk.look, walk.glass, name, 400)
    rows = [*card.warning, *card.act, *card.under]
    return ["".join(span.text for span in row).strip() for row in rows]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.requirement("E16")
def test_the_list_of_ones_own_steps_counts_the_others_and_hides_nothing_that_is_late():
    async def script(seen: Seen):
        walk, shown = seen.walk, dict[str, str]()
        before = walk.current()
        await seen.keys("f8", "home")
        shown["all"] = seen.text()
        await seen.keys("left")
        names = names_listed(walk.look, walk.current(), mine=True)
        for _ in range(8):
            shown["mine"] = shown.get("mine", "") + seen.text()
            await seen.keys("pagedown")
        await seen.keys("right", "home")
        shown["again"] = seen.text()
        assert walk.current() == before
        return {*names} - {before}, before, shown

    with seat("leak", WALKED) as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.clock.move(at.clock.now + timedelta(minutes=40))
        at.desk.settle()
        names, front, shown = run(script, language="en")
        state = at.desk.state
        look = Looking(state, at.clock.now, "en", at.desk.actor)
        late = {one.step for one in overdue(state, look.now)} & state.graph.steps.keys()

    others = [name for name in state.graph.steps if name not in {*names, front}]
    opened = [name for name in others if state.place(name) is Place.OPEN]
    assert late and late <= {*names, front}
    assert all(is_for(look, state.graph.steps[name]) for name in names if name not in late)
    assert not any(is_for(look, state.graph.steps[name]) for name in others)
    assert f"{len(others)} of others not listed ({len(opened)} to do)" in shown["mine"]
    assert all(f"{state.graph.number[name]:>2}  " in shown["mine"] for name in late)
    assert shown["again"] == shown["all"]


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


NOBODYS = """\
runbook: nobodys
revision: 1
released: {by: li, at: 2026-11-01}
title: {zh: 别人的事, en: for others}
hazard: leak
roles: {PWR: {zh: 动力, en: power}}
steps:
  - {id: off, do: {zh: 断电, en: switch off}, role: PWR}
"""


def test_where_no_step_is_ones_own_and_none_is_in_front_the_list_has_them_all(tmp_path):
    for name, text in (("site", SITE), ("nobodys", NOBODYS)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")

    async def script(seen: Seen):
        await seen.keys("f8", "left", "down", "enter")
        return seen.walk.current(), seen.walk.glass.looking

    with seat("nobodys", tmp_path) as (at, run):
        at.do("do", "off")
        assert run(script) == (None, "off")
