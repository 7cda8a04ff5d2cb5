"""The walk screen, driven by keys: what is recorded, what is seen, and what a key never does."""

from __future__ import annotations

import pytest
from textual import events as events_of_terminal

from engine.errors import RecordTrouble
from engine.events import (
    AnswerGiven,
    NoteAdded,
    ReadingTaken,
    StepDone,
    StepOverridden,
    WarningShown,
    WatchRaised,
)
from engine.text import cells
from tests.tui.screen_table import SIZES, Seen, seat
from tui.locale import WORDS, say
from tui.screens.doing import DONE_BY, DONE_EARLIER
from tui.view import BOXES, status


def events(at, kind):
    return [one.event for one in at.entries() if isinstance(one.event, kind)]


@pytest.fixture
def sitting():
    """Li before the run of the small book, its entry condition answered."""
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        yield at, run


# --- keys in, entries out


@pytest.mark.requirement("E1")
def test_a_step_is_done_by_enter_and_its_values_and_the_next_one_is_in_front(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter")
        for value in ("2", "1", "软管", ""):
            await seen.types(value)
        return seen.text()

    shown = run(script)

    assert [(one.reading, one.value) for one in events(at, ReadingTaken)][:3] == [
        ("depth", "2"),
        ("drips", "yes"),
        ("cause", "软管"),
    ]
    assert [one.step for one in events(at, StepDone)] == ["look"]
    assert "[x]  1  站在门口看" in shown
    assert "> 2  水从哪里来" in shown


@pytest.mark.requirement("E10")
def test_the_warning_stands_directly_above_the_act_at_every_size(sitting):
    _, run = sitting

    async def script(seen: Seen):
        return seen.lines()

    for size in SIZES:
        lines = run(script, size=size)
        warned = next(row for row, line in enumerate(lines) if "积水可能带电" in line)
        acted = next(row for row, line in enumerate(lines) if "> 1  站在门口看" in line)
        assert acted == warned + 1


def test_enter_alone_never_decides_and_a_digit_with_enter_does(sitting):
    at, run = sitting
    at.do(
        "do",
        "look",
        values={"depth": "2", "drips": "yes", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
    )

    async def script(seen: Seen):
        await seen.keys("enter")
        said = seen.text()
        await seen.keys("1", "enter")
        return said

    said = run(script)

    assert say("screen-digit", "zh") in said
    assert [(one.step, one.answer) for one in events(at, AnswerGiven)][1:] == [("source", "crac")]


def test_a_wide_digit_of_an_input_method_is_a_digit(sitting):
    at, run = sitting
    at.do(
        "do",
        "look",
        values={"depth": "2", "drips": "yes", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
    )

    async def script(seen: Seen):
        await seen.keys("２", "enter")

    run(script)

    assert [one.answer for one in events(at, AnswerGiven)][1:] == ["pipe"]


def test_a_key_that_is_held_down_counts_once(sitting):
    at, run = sitting
    at.do(
        "do",
        "look",
        values={"depth": "0", "drips": "no", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
    )
    at.do("answer", "source", answer="crac", deviation="看到滴水")

    async def script(seen: Seen):
        await seen.keys(*["enter"] * 30, every=0.03)

    run(script)

    assert [one.step for one in events(at, StepDone)] == ["look", "crac-off"]


def test_a_held_enter_does_not_run_through_the_fields(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys(*["enter"] * 30, every=0.03)
        return seen.question

    question = run(script)

    assert question is not None
    assert "积水深度" in question.prompt


# --- a field is open


def test_in_a_field_digits_space_and_letters_belong_to_it(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("f3")
        await seen.types("q m 9 漏")
        return seen.text()

    run(script)

    assert [one.text for one in events(at, NoteAdded)] == ["q m 9 漏"]


def test_escape_closes_a_field_records_nothing_and_keeps_what_was_typed(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter")
        await seen.types("2")
        await seen.types("1")
        await seen.keys("软", "管", "escape")
        closed = seen.text()
        await seen.keys("enter")
        first = seen.question
        await seen.keys("enter")
        return closed, first, seen.walk.glass.typed

    closed, first, typed = run(script)

    assert say("screen-kept", "zh") in closed
    assert events(at, StepDone) == []
    assert first is not None
    assert "积水深度 2 cm" in "".join(first.lines)
    assert typed == "软管"


def test_tab_and_function_keys_work_while_a_field_is_open(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter", "1", "tab")
        panel = seen.walk.glass.panel
        await seen.keys("escape", "enter", "f7")
        return panel, seen.walk.glass.panel

    assert run(script) == ("acts", "why")


def test_a_paste_goes_into_the_field_as_one_clean_line_and_does_nothing_else(sitting):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        walk = seen.walk
        walk.on_paste(events_of_terminal.Paste("1\r\n2\n"))
        shut = walk.glass.typed
        await seen.keys("f3")
        walk.on_paste(events_of_terminal.Paste("漏水\x1b[2J\n第二行"))
        return shut, walk.glass.typed

    assert run(script) == ("", "漏水<001B>[2J")
    assert len(at.entries()) == before


def test_a_refusal_is_said_under_the_card_and_the_typed_values_are_proposed_again(sitting):
    at, run = sitting
    at.join("zhao", "PWR")

    async def script(seen: Seen):
        await put_in_front(seen, "valve")
        await seen.keys("enter")
        await seen.types("1")
        await seen.types("1")
        await seen.types("0.2")
        await seen.types("V-99")
        refused = seen.text()
        await seen.keys("enter", "enter", "enter")
        question = seen.question
        return refused, question

    refused, question = run(script)

    assert "V-99" in refused
    assert events(at, StepDone) == []
    assert [one.kind for one in events(at, NoteAdded)] == ["mismatch"]
    assert question is not None
    assert "0.2" in "".join(question.lines)


async def put_in_front(seen: Seen, step: str) -> None:
    """Go through the list of steps to one that is open, and put it in front."""
    await seen.keys("f8", "home")
    names = list(seen.desk.state.graph.steps)
    for _ in range(names.index(step)):
        await seen.keys("down")
    await seen.keys("enter", "enter")


def test_a_step_can_be_noted_as_done_by_somebody_else(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        rows = [
            index for index, one in seen.walk.by_number() if one.act is not None and one.act.verb == DONE_BY
        ]
        await seen.keys(*str(rows[0]), "enter")
        await seen.types("")
        still = seen.question
        await seen.types("王强")
        for value in ("2", "1", "软管", ""):
            await seen.types(value)
        return still

    assert run(script) is not None
    assert [entry.by for entry in at.entries() if isinstance(entry.event, StepDone)] == ["wang"]


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

    assert set(LETTERS.values()) <= set(KEYS.values())
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


# --- the place is confirmed first


@pytest.mark.requirement("E6")
def test_after_coming_back_the_first_key_only_confirms_the_place():
    with seat(last="14:02 李明 开始处置") as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.do(
            "do",
            "look",
            values={"depth": "0", "drips": "no", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
        )
        at.do("answer", "source", answer="crac", deviation="看到滴水")
        before = len(at.entries())

        async def script(seen: Seen):
            first = seen.text()
            await seen.keys("enter")
            confirmed = len(at.entries())
            await seen.keys("enter")
            return first, confirmed

        first, confirmed = run(script)
        done = [one.step for one in events(at, StepDone)]

    assert "14:02 李明 开始处置" in first
    assert say("screen-confirm", "zh", number=3) in first
    assert confirmed == before
    assert done[-1] == "crac-off"


def test_after_a_long_absence_the_first_key_only_confirms_the_place(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("f7", "f7")
        seen.ticks.now += 600
        await seen.keys("enter")
        asked = seen.question
        await seen.keys("enter")
        return asked, seen.question

    asked, then = run(script)

    assert asked is None
    assert then is not None


def test_what_another_terminal_writes_is_taken_in_and_the_changed_place_is_confirmed(sitting):
    at, run = sitting

    async def script(seen: Seen):
        other = at.at("wang")
        act = next(one for one in other.possible() if one.key == ("do", "look"))
        from engine.acts import Given

        other.do(
            act,
            Given(
                values={"depth": "1", "drips": "no", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
                by="li",
            ),
        )
        seen.walk.poll()
        await seen.settle()
        return seen.text(), seen.walk.glass.unconfirmed

    shown, unconfirmed = run(script)

    assert "> 2  水从哪里来" in shown
    assert unconfirmed


# --- the record


class SlowRecord:
    """A store whose append fails, or waits until it is let go."""

    def __init__(self, record, gate=None) -> None:
        self._record = record
        self._gate = gate
        self.broken = False

    def __getattr__(self, name):
        return getattr(self._record, name)

    def append(self, *given, **named):
        if self._gate is not None:
            self._gate.wait(30)
        if self.broken:
            raise RecordTrouble("disk-full", path="x", error="no space")
        return self._record.append(*given, **named)


def test_what_could_not_be_recorded_is_said_and_can_be_done_again(sitting):
    at, run = sitting
    record = SlowRecord(at.desk.record)
    at.desk.record = record

    async def script(seen: Seen):
        record.broken = True
        await seen.keys("f3")
        await seen.types("烟")
        failed = seen.text()
        record.broken = False
        await seen.keys("f3", "enter")
        return failed, seen.text()

    failed, mended = run(script)

    assert say("record-not-recorded", "zh") in failed
    assert say("record-saved", "zh") in mended
    assert [one.text for one in events(at, NoteAdded)] == ["烟"]


def test_an_append_that_does_not_come_back_is_called_not_recorded_after_five_seconds(sitting):
    at, run = sitting
    from threading import Event

    gate = Event()
    at.desk.record = SlowRecord(at.desk.record, gate)

    async def script(seen: Seen):
        await seen.keys("f3")
        for sign in "烟":
            seen.press(sign)
        seen.ticks.now += 1
        seen.press("enter")
        states = [seen.walk.record_state()]
        seen.ticks.now += 6
        states.append(seen.walk.record_state())
        seen.walk.tick()
        shown = seen.text()
        seen.ticks.now += 1
        seen.press("f7")
        painted = seen.walk.glass.panel
        gate.set()
        await seen.settle()
        states.append(seen.walk.record_state())
        return states, shown, painted

    states, shown, painted = run(script)

    assert states == ["recording", "not-recorded", "saved"]
    assert say("record-not-recorded", "zh") in shown
    assert painted == "why"


# --- children


@pytest.mark.requirement("E7")
def test_a_child_run_is_entered_and_left_for_the_exact_step(sitting):
    at, run = sitting
    graph = at.desk.state.graph
    step = next((name for name, one in graph.steps.items() if one.kind == "run" and not one.hand_over), None)
    assert step is not None

    async def script(seen: Seen):
        parent = seen.desk.run_id
        await put_in_front(seen, step)
        await seen.keys("enter")
        await seen.settle()
        child = seen.desk.run_id
        await seen.keys("enter")
        await seen.keys("tab")
        rows = [index for index, one in seen.walk.by_number() if one.run == parent]
        await seen.keys(*str(rows[0]), "enter")
        await seen.settle()
        return parent, child, seen.desk.run_id, seen.text(), seen.walk.current()

    parent, child, back, shown, here = run(script)

    assert child != parent
    assert back == parent
    assert here == step
    assert say("screen-back-from-child", "zh", run=parent) in shown


# --- words


def test_every_word_of_the_screens_is_said_in_both_languages():
    from tui.locale.screen import SCREEN

    assert all(text.zh and text.en for text in SCREEN.values())
    assert set(SCREEN) <= set(WORDS)


def test_overriding_a_step_by_the_list_asks_for_its_reason(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        number = next(
            index
            for index, one in seen.walk.by_number()
            if one.act is not None and one.act.key == ("override", "look")
        )
        await seen.keys(*str(number), "enter")
        await seen.types("没有必要")
        while seen.question is not None:
            await seen.types("")
        return seen.text()

    run(script)

    assert [one.reason for one in events(at, StepOverridden)] == ["没有必要"]


def test_a_warning_is_recorded_as_shown_when_its_step_is_done(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter")
        for value in ("2", "1", "软管", ""):
            await seen.types(value)

    run(script)

    assert [one.step for one in events(at, WarningShown)] == ["look"]


def test_a_question_that_is_asked_again_says_why_and_still_shows_what_can_be_chosen(sitting):
    at, run = sitting
    at.join("zhao", "PWR")

    async def script(seen: Seen):
        seen.walk.put_in_front("permit")
        await seen.keys("enter", "enter")
        return seen.text()

    shown = run(script, language="en")

    assert say("must-say", "en") in shown
    assert "1  I sign: 李明  on-site engineer" in shown
    assert "2  赵刚  power engineer" in shown


# --- watches


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_watch_is_raised_at_the_screen_by_one_key_more_with_its_title(sitting, language):
    at, run = sitting
    watch = {"zh": "有焦糊味", "en": "a burning smell"}[language]

    async def script(seen: Seen):
        act = next(one for one in at.desk.possible() if one.key == ("raise", "smell"))
        seen.walk.begin(act)
        seen.walk.paint()
        asked = seen.text()
        await seen.types("2")
        refused = seen.text(), len(events(at, WatchRaised))
        seen.walk.begin(act)
        await seen.types("1")
        return asked, refused

    asked, (left, raised) = run(script, language=language)

    assert say("raise-sure", language, watch=watch) in asked
    assert (say("cancelled", language) in left, raised) == (True, 0)
    assert len(events(at, WatchRaised)) == 1
