"""Line mode, driven by typed lines: what is seen, what is recorded, and what is never lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from engine.acts import Given
from engine.clocks import promises
from engine.events import AnswerGiven, NoteAdded, ReadingTaken, SignedOff, StepDone, StepOverridden
from engine.plan import Book, Channel, Person
from engine.text import Text, cells
from tests.hostile import HOSTILE, leaks
from tests.tui.bot import Patient
from tests.tui.screens import GOLDEN, LANGUAGES, SCREENS, drawn, file_of
from tests.tui.table import KINDS, START, WALKED, Bot, Table, Typist, events, table
from tui.locale import say
from tui.plain import COMMANDS
from tui.view import Looking, alarm_rows, turn_of
from tui.view.head import promise_line

WATER = {
    "zones": "A1",
    "metres": "12",
    "second-signal": "1",
    "rh-jump": "20",
    "crew": "李明、周凯",
    "headcount": "2",
    "depth": "1",
    "gap": "20",
    "wet-area": "5",
    "drips": "2",
    "flow": "0",
    "residual": "10",
    "megohm": "50",
    "inlet": "24",
    "humidity": "45",
    "dew": "10",
    "chw-pressure": "0.4",
}
"""What is read in the leak that the patient one walks; everything else is 1, yes or the first."""


SMELL = "2"
"""The number of the burning smell in the list of watches: its place in the plan."""

REPORT, END, CALLED = "46", "50", "64"
"""The numbers of acts of the whole run; the last opens the run that the burning smell calls for."""


def number_of(at: Table, words: str, *typed: str) -> str:
    """What stands before a row once these words were typed."""
    return str(re.findall(rf"^ +(\d+)  {words}", at.types(*typed, "0"), re.MULTILINE)[0])


# --- the whole walk


@pytest.mark.requirement("E5")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_leak_is_walked_to_its_end_and_every_turn_fits_the_terminal(language):
    with table(WALKED, "leak", "li", kind="H") as at:
        walker = Patient(at, language, WATER, {})

        seen = walker.walk()

        # Holds were signed by voice, and nobody has confirmed it.
        assert at.desk.state.ended is not None and at.desk.state.ended.how == "complete-except"
        assert len(set(walker.steps)) > 60
        high = [turn for turn in turns_of(seen, language) if len(turn) > 24]
        # A decision shows every value it rests on; there are few of them, and they scroll.
        assert len(high) <= 6, ["\n".join(turn) for turn in high]
        assert max(len(turn) for turn in high) <= 36
        assert max(cells(line) for turn in turns_of(seen, language) for line in turn) <= 80


def turns_of(seen: str, language: str) -> list[list[str]]:
    """The lines of each turn, from its header to its prompt."""
    kind = say("kind-H", language)
    parts = seen.split(f"\n{kind}")[1:]
    prompt = say("prompt-rehearsal", language)
    return [(kind + part.split(prompt)[0] + prompt).split("\n") for part in parts]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_what_it_was(name, language):
    kept = (GOLDEN / file_of(name, language)).read_text("utf-8")

    assert drawn(name, language) == kept


# --- what is said before it is recorded


def test_a_value_that_does_not_meet_is_said_before_it_is_recorded_and_can_be_typed_anew(at):
    at.join("zhao", "PWR")

    seen = at.types("0", at.label("do", "valve", "zh"), "1", "1", "3", "0.2", "V-12")

    assert say("not-met-say", "zh") in seen.split("0.2")[0]
    assert [one.value for one in events(at, ReadingTaken)] == ["0.2"]
    assert events(at, StepDone)[-1].deviation is None


def test_a_value_that_does_not_meet_ends_the_step_only_when_the_person_says_so(at):
    decided(at)

    seen = at.types("1", "2", "")

    assert say("ends-unmet", "zh", text="").split("，")[0] in seen
    assert [(one.step, one.answer) for one in events(at, AnswerGiven)][-1] == ("mop", "unmet")


def decided(at: Table) -> None:
    values = {"depth": "0", "drips": "no", "cause": "?", "seen-at": "2026-11-22T06:00:00.000Z"}
    at.do("do", "look", values=values)
    at.do("answer", "source", answer="crac", deviation="seen dripping from the unit")
    at.do("do", "crac-off")


def test_a_value_out_of_range_is_kept_with_a_reason_or_typed_anew(at):
    at.types("1", "900", "", "9", "2", "软管", "")
    at.types("0", at.label("read", None, "zh"), "1", "300", "量尺没入水下", "1")

    taken = [(one.value, one.reason) for one in events(at, ReadingTaken) if one.reading == "depth"]
    assert taken == [("9", None), ("300", "量尺没入水下")]


def test_a_wrong_thing_typed_loses_nothing_of_what_was_typed_before(at):
    seen = at.types("1", "水", "2", "也许", "1", "软管", "25:00", "13:30")

    assert seen.count("积水深度 (cm)，0 到 200 >") == 2
    assert seen.count("机柜上方滴水（1 是，2 否） >") == 2
    assert [one.value for one in events(at, ReadingTaken)][:3] == ["2", "yes", "软管"]
    assert events(at, ReadingTaken)[3].value == "2026-11-22T05:30:00.000Z"


def test_a_refused_act_is_mended_with_everything_typed_still_there(at):
    at.join("zhao", "PWR")

    seen = at.types("0", at.label("do", "valve", "zh"), "1", "1", "0.2", "V-21", "", "", "", "", "V-12")

    assert "漏水流量 0.2 L/min、14:00:00、赵刚" in seen
    assert [one.value for one in events(at, ReadingTaken)] == ["0.2"]
    assert [one.text for one in events(at, NoteAdded)] == ["V-21 ≠ V-12"]
    assert events(at, StepDone)[-1].tag == "V-12"


def test_the_tag_is_never_proposed_again(at):
    at.join("zhao", "PWR")

    seen = at.types("0", at.label("do", "valve", "zh"), "1", "1", "0.2", "V-21", "", "", "", "", "")

    assert seen.count(say("need-tag", "zh")) == 3
    assert events(at, StepDone) == []


def test_a_refused_act_can_be_left(at):
    at.join("zhao", "PWR")

    seen = at.types("0", at.label("do", "valve", "zh"), "1", "1", "0.2", "V-21", "0")

    assert say("stopped", "zh") in seen
    assert events(at, StepDone) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_taken_back_and_bears_no_tag_wants_a_word(at, language):
    label, word = at.label("do", "cut", language), say("word-done", language)

    at.types("0", label, "x", "", language=language)
    assert events(at, StepDone) == []

    at.types("0", label, "好", word, language=language)
    assert [one.step for one in events(at, StepDone)] == ["cut"]


def test_enter_never_chooses_an_answer(at):
    values = {"depth": "2", "drips": "no", "cause": "?", "seen-at": "2026-11-22T06:00:00.000Z"}
    at.do("do", "look", values=values)

    seen = at.types("")

    assert say("needs-number", "zh") in seen
    assert [one.step for one in events(at, AnswerGiven)] == ["entry.0"]


def test_enter_makes_no_visit_that_is_not_due(at):
    at.do("visit", "rounds", values={"inlet": "24"})

    seen = at.types("o", "16", "")

    assert say("not-due", "zh") in seen
    assert len(events(at, StepDone)) == 1


# --- cancelling and leaving


class Interrupting(Bot):
    """Types the lines; where one of them is None, it presses Ctrl-C."""

    def __init__(self, *lines: str | None) -> None:
        self._left = list(lines)
        super().__init__(self._next)

    def _next(self, prompt: str, shown: list[str]) -> str:
        line = self._left.pop(0) if self._left else None
        if line is None:
            raise KeyboardInterrupt
        return line


def test_ctrl_c_at_a_question_cancels_the_act_and_nothing_is_recorded(at):
    before = len(at.entries())
    terminal = Interrupting("1", None, "n 水在涨", None)

    at.walker(terminal).walk()

    assert say("cancelled", "zh") in terminal.seen
    assert [type(one.event) for one in at.entries()[before:]] == [NoteAdded]


def test_ctrl_c_after_a_value_keeps_the_value_and_says_so(at):
    terminal = Interrupting("1", "2", None, None)

    at.walker(terminal).walk()

    assert say("stopped", "zh") in terminal.seen
    assert say("cancelled", "zh") not in terminal.seen
    assert [one.value for one in events(at, ReadingTaken)] == ["2"]
    assert events(at, StepDone) == []


def test_ctrl_c_where_a_refused_act_could_be_mended_leaves_the_act_and_not_the_run(at):
    at.join("zhao", "PWR")
    terminal = Interrupting("0", at.label("do", "valve", "zh"), "1", "1", "0.2", "V-21", None, "n 还在", None)

    at.walker(terminal).walk()

    assert [one.text for one in events(at, NoteAdded)][-1] == "还在"


# --- coming back


def test_who_comes_back_stands_on_the_step_they_had_gone_to(at):
    at.types("m", "7", "n 这里是馈线")

    assert "> 7  断开馈线" in at.types()


def test_what_was_typed_by_another_does_not_move_anybody(at):
    zhao = at.at("zhao")
    zhao.do(next(one for one in zhao.possible() if one.key == ("start", "valve")))

    assert "> 1  站在门口看" in at.types()


def test_a_finished_step_is_left_for_the_last_one_that_was_begun(at):
    at.types("m", "22", "2", "")
    at.do("read", values={"depth": "0"})
    at.do("fail", "look", reason="门打不开")
    at.do("visit", "rounds", values={"inlet": "24"})

    assert "> 1  站在门口看" in at.types()


def test_who_comes_back_stands_on_what_a_watch_has_opened_for_them_since(at):
    at.do("start", "look")
    at.clock.move(START + timedelta(minutes=1))
    at.do("read", values={"inlet": "40"})

    assert "> 26  降负荷" in at.types()
    at.clock.move(START + timedelta(minutes=2))
    at.do("note", text="看", target="look")
    assert "> 1  站在门口看" in at.types()


def test_values_of_a_visit_that_was_broken_off_are_not_asked_again(at):
    at.types("1", "2.0", "1")

    seen = at.types("1", "", "软管", "")

    assert say("taken-before", "zh") in seen
    assert "积水深度 (cm)，0 到 200 >" not in seen
    assert at.desk.state.steps["look"].status == "done"


# --- the end of a long run


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stays_open_is_listed_by_its_first_five(at, language):
    word = say("word-end", language)

    seen = at.types("0", at.label("end", None, language), "x", word, language=language)

    count = len(at.desk.state.ended.open) - 5
    assert seen.count(say("and-left", language, count=count)) == 3
    assert {"zh": "收拾工具", "en": "Tidy the tools"}[language] not in seen.split(
        say("stays-open", language)
    )[1]


def test_ctrl_c_at_the_prompt_and_the_end_of_input_leave_and_say_how_to_come_back(at):
    interrupted = Interrupting(None)
    at.walker(interrupted).walk()

    for seen in (interrupted.seen, at.types()):
        assert f"muster walk {at.desk.run_id}" in seen
    assert at.desk.state.ended is None


def test_the_command_to_come_back_is_the_one_that_was_given(at):
    terminal = Typist([])
    at.walker(terminal, "en", come_back=lambda run: f"muster walk {run} --store '/a b/x.db'").walk()

    assert f"muster walk {at.desk.run_id} --store '/a b/x.db'" in terminal.seen.replace("\n", " ")
    terminal.close()


def test_on_return_the_last_act_is_said_and_the_first_enter_only_confirms_the_place(at):
    decided(at)
    entries = at.entries()
    terminal = Typist(["", ""])
    at.walker(terminal, last=entries[-1]).walk()

    assert "11-22 14:00:00  李明  完成“停空调”" in terminal.seen
    assert say("place-confirmed", "zh", act="").split("：")[0] in terminal.seen
    assert at.entries() == entries
    terminal.close()


# --- by whom, when, on what


def test_whose_step_it_is_is_always_said(at):
    yours = at.types()
    at.types("o", "6")
    nobody = at.types("o", "6")
    at.join("zhao", "PWR")
    other = at.types("o", "6")

    assert say("by-you", "zh", roles="现场工程师") in yours
    assert say("by-nobody", "zh", roles="动力工程师", reach="赵刚 0851-3") in nobody
    assert say("by-others", "zh", names="动力工程师 赵刚") in other


def test_behind_a_number_stand_when_on_paper_and_by_whom(at):
    at.join("zhao", "PWR")
    at.clock.move(START + timedelta(hours=1))

    at.types("o", "7", "1 14:20 纸 赵刚", "做了")

    done = at.entries()[-1]
    assert (done.event.basis, done.by, done.actor) == ("paper", "zhao", "li")
    assert done.at == START + timedelta(minutes=20)


def test_a_word_behind_a_number_that_is_not_understood_records_nothing(at):
    seen = at.types("1 明天")

    assert say("not-understood", "zh", typed="明天") in seen
    assert events(at, ReadingTaken) == []


def test_who_signs_in_a_role_not_taken_takes_it_first(at):
    at.types("o", "8", "1", "赵刚", "1", "1")

    assert at.desk.state.holders("PWR") == ("zhao",)
    assert [(one.person, one.role, one.strength) for one in events(at, SignedOff)] == [
        ("zhao", "PWR", "voice")
    ]


def test_whoever_was_reached_for_a_role_that_nobody_holds_takes_it(at):
    at.types("o", "12", "1", "2", "", "")

    assert at.desk.state.commanders == ("wang",)


def test_somebody_alone_passes_a_hold_only_after_three_calls_and_by_reading_it_back(at):
    label = at.label("override", "permit", "zh")

    at.types("0", label, "2", "没有人来", "1", "准许进入")
    assert events(at, StepOverridden) == []
    for _ in range(3):
        at.do("try-anytime", person="zhao", role="PWR", channel="电话", outcome="no-answer")
    at.types("0", label, "2", "没有人来", "1", "准许，进入。")

    assert [(one.alone, one.answer) for one in events(at, StepOverridden)] == [(True, "signed")]


# --- other runs


def test_a_run_that_a_step_opens_is_walked_and_left_for_its_parent_again(at):
    seen = at.types("o", "24", "1", "", "", "0")
    [child] = at.desk.state.children.values()

    assert f"回到 {at.desk.run_id}" in at.types("1", "1", "0") or seen
    assert child.runbook == "sub"


def test_the_child_comes_back_when_it_has_ended_and_the_step_is_done(at):
    word = say("word-end", "zh")

    at.types("o", "24", "1", "", "1", END, "1", word)

    assert [one.status for one in [at.desk.state.steps["aside"]]] == ["done"]


def test_one_can_go_back_to_the_parent_and_to_the_child_again(at):
    seen = at.types("o", "24", "1", "b", "", "", "b")

    run = next(iter(at.desk.state.children))
    assert seen.count(f"从 {run} 回到 {at.desk.run_id}") == 2
    assert say("go-to-child", "zh", run=run, runbook="sub") in seen


def test_a_watch_that_calls_for_a_runbook_offers_it_first(at):
    seen = at.types("w", "焦糊", SMELL, "1", CALLED)

    [child] = at.desk.state.children.values()
    assert (child.runbook, child.watch) == ("smoke", "smell")
    assert "烟雾处置" in seen


def test_a_step_that_a_watch_opens_is_put_in_front(at):
    seen = at.types("0", at.label("read", None, "zh"), "2", "40")

    assert "> 26  降负荷" in seen


# --- what is told once


def test_what_others_wrote_is_told_once(at):
    other = at.at("zhao")
    other.do(next(one for one in other.possible() if one.key == ("note", None)), Given(text="我在路上"))

    seen = at.types("?", "", "?", "")

    assert seen.count(say("merged", "zh", count=1)) == 1


def test_news_of_the_plan_is_told_once(at):
    terminal = Typist(["?", "", "?", ""])
    at.walker(terminal, news=lambda look: [look.say("source-gone")]).walk()

    assert terminal.seen.count(say("source-gone", "zh")) == 1
    terminal.close()


@pytest.mark.parametrize(
    ("language", "whom"), [("zh", "网管中心值班主任 高远"), ("en", "vice general manager 彭涛")]
)
def test_who_is_told_next_is_said_by_title_and_name(language, whom):
    with table(WALKED, "leak", "li") as at:
        at.do("level", target="I")
        at.clock.move(START + timedelta(minutes=61))

        said = " ".join(alarm_rows(Looking(at.desk.state, at.desk.now(), language, "li")))

        assert whom in said
        assert not re.search(r"\b(DUTY|NOC|VGM|GM)\b", said)


def test_a_number_of_persons_is_said_in_chinese():
    with table(WALKED, "leak", "li") as at:
        seen = at.types("0", at.label("read", None, "zh"), "室内人数", "水", "2")

        assert "室内人数 = 2 人" in seen
        assert "persons" not in seen


# --- looking


def test_words_find_an_act_and_the_person_says_whether_that_is_meant(at):
    seen = at.types("收拾", "略过", number_of(at, "略过   第 22 步", "收拾"), "用不着")

    assert say("acts-with", "zh", words="收拾") in seen
    assert at.desk.state.steps["tidy"].status == "skipped"


def test_words_that_nobody_understands_say_so_and_change_nothing(at):
    before = len(at.entries())

    assert say("not-understood", "zh", typed="呜呼") in at.types("呜呼")
    assert len(at.entries()) == before


def test_keys_that_write_nothing_are_neither_text_nor_an_enter(at):
    """F5, an arrow, F1 as some terminals send it."""
    before = len(at.entries())

    at.types("\x1b[15~", "\x1b[A\x1bOP", "n 水\x1b[15~在涨", "1", "\x1b[15~２")

    assert [type(one.event) for one in at.entries()[before:]] == [NoteAdded, ReadingTaken]
    assert [one.text for one in events(at, NoteAdded)] == ["水在涨"]
    assert [one.value for one in events(at, ReadingTaken)] == ["2"]


def test_full_width_digits_and_commands_are_understood(at):
    seen = at.types("？", "", "Ｌ", "０", "0")

    assert say("came-after", "zh") in seen
    assert say("all-acts", "en") in seen


def test_every_command_has_a_word_that_a_chinese_input_method_types():
    without = [name for name, words in COMMANDS.items() if all(word.isascii() for word in words)]

    assert without == []


def test_the_map_goes_to_an_open_step_and_only_shows_another(at):
    seen = at.types("m", "7", "m", "2", "")

    assert "> 7  断开馈线" in seen
    assert "> 2  水从哪里来" in seen
    assert events(at, StepDone) == []


def test_what_gives_way_on_a_small_terminal_is_never_the_warning_or_the_act(at):
    walker = at.walker(Typist([]))
    look, acts = walker.look, at.desk.possible()

    lines = turn_of(look, acts, "look", height=12).lines

    assert any(line.startswith("警告") for line in lines)
    assert any(line.startswith("> 1") for line in lines)
    assert not any(line.startswith(" [x]") for line in lines)


# --- the end


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_end_lists_what_stays_open_and_wants_a_word(at, language):
    seen = at.types(
        "0", at.label("end", None, language), "x", "y", say("word-end", language), language=language
    )

    assert say("stays-open", language) in seen
    assert {"zh": "关进水阀", "en": "Close the feed valve"}[language] in seen.split(
        say("stays-open", language)
    )[1]
    assert at.desk.state.ended is not None
    assert say("how-abandoned", language, reason="x") in seen


def test_the_written_report_can_still_be_issued_after_the_end(at):
    at.do("end", target="abandoned", reason="误报")

    at.types(REPORT, "F-7", "客户", "1")

    assert [number for _, number in at.desk.state.reports] == ["F-7"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_or_a_level_is_said_back_before_it_is_recorded_and_0_leaves_it(at, language):
    at.do("end", target="abandoned", reason="x")

    seen = at.types(REPORT, "F-7", "ops", "0", REPORT, "0", REPORT, "F-8", "ops", "2", language=language)

    assert say("said-back", language, what="|").split("|")[0] in seen and "F-7" in seen
    assert at.desk.state.reports == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_end_enter_leaves_and_records_nothing(at, language):
    at.do("end", target="abandoned", reason="x")
    before = len(at.entries())

    seen = at.types("", language=language)

    assert say("prompt-leave", language) in seen
    assert len(at.entries()) == before


@pytest.mark.parametrize(("language", "word"), [("zh", "读数"), ("en", "reading")])
def test_a_word_finds_every_act_that_holds_the_beginning_of_it(at, language, word):
    seen = at.types(word, "0", language=language)

    listed = seen.split(say("acts-with", language, words=word))[1]
    assert at.label("do", "look", language).split("   ")[0] in listed
    assert at.label("read", None, language) in listed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_of_a_rehearsal_says_that_nothing_is_kept_and_t_that_nothing_is_due(language):
    with table(KINDS, "sub", "li", kind="H") as at:
        terminal = Typist(["h", "", "t", ""])
        at.walker(terminal, language, hand=True).walk()
        seen = terminal.seen
        terminal.close()

    assert say("help-leave-rehearsal", language) in seen and say("help-leave", language) not in seen
    assert say("nothing-due", language) in seen


# --- hostile text


def spoiled(value: Any, word: str) -> Any:
    """A plan value with every text in it replaced, and every name of a person and number to call."""
    if isinstance(value, Text):
        return Text(word, word)
    if isinstance(value, tuple):
        return tuple(spoiled(one, word) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    made = {
        one.name: spoiled(getattr(value, one.name), word) for one in fields(value) if one.name != "places"
    }
    if isinstance(value, Person):
        made |= {"name": word, "phone": word}
    elif isinstance(value, Channel):
        made |= {"address": word}
    return replace(value, **made)


def with_words(word: str) -> Callable[[Book], Book]:
    return lambda book: replace(book, runbooks=spoiled(book.runbooks, word), site=spoiled(book.site, word))


# What UTF-8 cannot carry is in no plan; a few together, so that each of them is in every field of some run.
WORDS = [word.encode("utf-8", "replace").decode() for word in HOSTILE.values()]
MIXED = [" ".join(["x", *WORDS[first : first + 6]]) for first in range(0, len(WORDS), 6)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", MIXED, ids=range(len(MIXED)))
def test_hostile_text_of_plan_people_and_notes_never_reaches_the_terminal_raw(words, language):
    with table(KINDS, "kinds", "li", alter=with_words(words)) as at:
        at.do("note", text=words)
        at.do("read", values={"cause": words, "depth": "5", "circuits": f"{words}\nb"})
        at.do("hold", reason=words)

        seen = at.types(
            "1", "?", "", "m", "0", "w", "0", "o", "8", "1", "1", "o", "23", "1", "0", "", "0", language=language
        )  # fmt: skip

        assert len(seen) > 5000
        assert leaks(seen, lines=True) == set()


@pytest.mark.parametrize("words", MIXED, ids=range(len(MIXED)))
def test_hostile_text_that_is_typed_is_not_shown_raw_by_us(words, at):
    typed = "".join(sign for sign in words if sign not in "\r\n")

    ours = at.types(f"n {typed}", typed, "1", "2", "1", typed, "30:00", "", echo=False)

    assert leaks(ours, lines=True) == set()


@pytest.mark.parametrize(("language", "said"), [("zh", "（事后补记）"), ("en", "(by a late entry)")])
def test_a_promise_that_a_late_entry_keeps_is_shown_as_such(at, language, said):
    reading = promises(at.desk.state, at.desk.now())[0]
    look = Looking(at.desk.state, at.desk.now(), language, "li")

    assert promise_line(look, replace(reading, status="kept", written_late=True)).endswith(said)
    assert said not in promise_line(look, replace(reading, status="kept"))
