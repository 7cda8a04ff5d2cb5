"""What is typed in line mode does what was shown, and nothing else: numbers, pages, times, calls, watches, leaving."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from engine.acts import Act, Given, Need
from engine.errors import MusterError
from engine.events import (
    ChildOpened,
    ContactTried,
    NoteAdded,
    RoleTaken,
    SignedOff,
    StepDone,
    StepStarted,
    WarningShown,
    WatchRaised,
)
from tests.tui.table import KINDS, SHIPPED, START, Typist, events, table
from tests.tui.test_plain import SMELL, Interrupting, number_of
from tui import view
from tui.asking import Question, Questions
from tui.locale import say
from tui.view import Looking, Numbers, Offer, act_label, turn_of
from tui.view.acts import offers_of
from tui.view.grouped import grouped

LANGUAGES = ("zh", "en")


def numbers_in(seen: str) -> dict[str, str]:
    """The words behind each number of the last turn."""
    turn = seen[seen.rindex("实战 REAL") :].split(say("prompt-main", "zh"), maxsplit=1)[0]
    return dict(re.findall(r"(?:^| )(\d+)  (\S+)", turn))


# --- one number for one act


@pytest.mark.requirement("E5")
def test_what_is_left_keeps_its_number_when_an_act_is_gone(at):
    before = numbers_in(at.types())

    after = numbers_in(at.types("2"))

    assert (before["2"], "2" in after) == ("开始做", False)
    assert {number: words for number, words in before.items() if number != "2"} == after


def test_a_number_that_is_gone_is_refused_and_does_no_other_act(at):
    seen = at.types("2", "2", "3", "停电")

    assert say("offer-gone", "zh", label="开始做") in seen
    assert len(events(at, StepStarted)) == 1
    assert at.desk.state.steps["look"].status == "failed"


def test_a_number_typed_while_another_did_the_act_is_refused(at):
    """The other one writes while this one thinks; the number stands for what was seen."""

    class Slow(Typist):
        def ask(self, prompt: str, *more: Any, **named: Any) -> str:
            other = at.at("zhao")
            if "start" in {act.verb for act in other.possible() if act.step == "look"}:
                other.do(next(act for act in other.possible() if act.key == ("start", "look")))
            return super().ask(prompt, *more, **named)

    terminal = Slow(["2"])
    at.walker(terminal).walk()

    assert say("offer-gone", "zh", label="开始做") in terminal.seen
    assert [entry.actor for entry in at.entries() if isinstance(entry.event, StepStarted)] == ["zhao"]
    terminal.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_of_the_list_of_every_act_does_nothing_at_the_prompt(at, language):
    words, label = {"zh": "收拾", "en": "Tidy"}[language], at.label("skip", "tidy", language)
    seen = at.types("0", words, "0", language=language)
    number = re.findall(rf"^ +(\d+)  {re.escape(label)}", seen, re.MULTILINE)[0]
    before = len(at.entries())

    seen = at.types("0", words, "0", number, "0", language=language)

    assert say("no-number-here", language, typed=number, step="")[:-1] in seen
    assert len(at.entries()) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_concerns_the_run_has_one_number_on_every_step_and_on_the_screen(at, language):
    def fixed() -> dict[str, int]:
        look = Looking(at.desk.state, at.desk.now(), language, "li")
        offers = [Offer(act_label(look, act), act) for act in at.desk.possible()]
        found = {line.offer.act: line.number for line in grouped(look, offers, [])}
        return {
            f"{act.verb} {act.step}": number
            for act, number in found.items()
            if act is not None and (act.step is None or act.step in look.state.graph.watches)
        }

    first = fixed()
    at.join("zhao", "PWR")
    at.do("hold", reason="x")
    after = fixed()

    assert len(first) > 8
    assert {key: after[key] for key in first if key in after} == {
        key: first[key] for key in first if key in after
    }
    assert len(set(after.values())) == len(after)


def test_numbers_begin_anew_on_another_step_and_are_the_same_on_coming_back(at):
    seen = at.types("2", "o", "7", "o", "1")

    turns = [numbers_in(f"实战 REAL{part}") for part in seen.split("实战 REAL")[1:]]
    looked = [turn for turn in turns if "录入" in turn.get("1", "")]
    assert looked[-1]["3"] == "未能完成" == looked[0]["3"]
    assert any(turn["1"] == "完成本步" for turn in turns)


def test_what_comes_gets_a_number_that_nothing_had_before(at):
    walker = at.walker(Typist([]))
    look, numbers = walker.look, Numbers()
    first = turn_of(look, at.desk.possible(), "look", numbers=numbers).numbers
    given = {number for number in range(1, 60) if first.offer(number) is not None}

    run = Offer("R-1", run="R-1")
    turn = turn_of(look, at.desk.possible(), "look", more=[run], numbers=first)

    assert turn.first is run
    assert turn.numbers.of(run) not in given
    assert {number for number in given if turn.numbers.offer(number) is None} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_the_list_in_front_does_not_show_does_nothing_and_the_list_stays(at, language):
    """2 begins the step in front; the list was narrowed to others."""
    words = {"zh": "收拾", "en": "Tidy"}[language]

    seen = at.types("0", words, "2", "0", language=language)

    after = seen.split(say("not-a-choice", language, typed="2"))[1]
    assert words in after.split(say("or-back", language))[0]
    assert events(at, StepStarted) == []


def test_words_narrow_the_list_to_one_act_and_its_number_does_it(at):
    number = number_of(at, "略过   第 22 步", "0", "收拾")
    label = at.label("skip", "tidy", "zh")

    seen = at.types("0", label[:-1], "")
    assert at.desk.state.steps["tidy"].status is None
    assert seen.count(label) > 1

    at.types("0", label[:-1], number, "用不着")
    assert at.desk.state.steps["tidy"].status == "skipped"


@pytest.mark.parametrize("before", [(), ("2",), ("o 7",), ("n x",)])
def test_a_watch_has_the_same_number_whatever_stands_in_front(at, before):
    at.types(*before, "w", SMELL, "1")

    assert [one.watch for one in events(at, WatchRaised)] == ["smell"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", [("m",), ("0",), ("o 22", "0", "Skip"), ("0", "收拾")])
def test_the_key_of_the_watches_leaves_every_list(at, way, language):
    seen = at.types(*way, "w", "0", language=language)

    assert say("watch-which", language) in seen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["w", "？", "h", "n 水在涨", "q"])
@pytest.mark.parametrize("asked", ["watch", "who", "value"])
def test_a_command_typed_at_a_question_that_is_no_free_text_leaves_it(at, asked, typed, language):
    """`?` comes as a Chinese input method types it."""
    ways = {"watch": ("w", SMELL), "who": ("0", at.label("role", None, language)), "value": ("1",)}
    before = len(at.entries())

    seen = at.types(*ways[asked], typed, language=language)

    assert say("not-a-choice", language, typed=typed) not in seen
    assert say("cancelled", language) in seen
    told = {"w": "watch-which", "？": "came-after", "h": "help", "q": "left"}
    if typed in told:
        assert say(told[typed], language, run=at.desk.run_id).split("\n")[0][:20] in seen
    assert len(at.entries()) - before == (typed not in told)


# --- watches


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_watch_is_raised_by_one_key_more_with_its_title_and_says_how_to_undo_it(at, language):
    words = {"zh": "有焦糊味", "en": "a burning smell"}[language]

    seen = at.types("w", SMELL, "2", language=language)
    assert say("raise-sure", language, watch=words) in seen
    assert events(at, WatchRaised) == []

    seen = at.types("w", SMELL, "1", language=language)
    assert say("raise-undo", language, watch=words).split()[0] in seen
    assert len(events(at, WatchRaised)) == 1


@pytest.mark.parametrize("lines", [("0", "有焦糊味"), ("焦糊",)])
def test_a_watch_is_never_raised_by_a_list_alone(at, lines):
    seen = at.types(*lines, "1" if len(lines) == 1 else "")

    assert events(at, WatchRaised) == []
    assert "有焦糊味" in seen


def test_ctrl_c_where_a_watch_is_asked_about_raises_none(at):
    terminal = Interrupting("w", "焦糊", SMELL, None, "n 还在", None)
    at.walker(terminal).walk()

    assert events(at, WatchRaised) == []
    assert [one.text for one in events(at, NoteAdded)] == ["还在"]


# --- pages and lists


def test_what_is_typed_on_a_page_leaves_it_and_is_obeyed(at):
    seen = at.types("?", "n 水在涨", "h", "m", "0")

    assert [one.text for one in events(at, NoteAdded)] == ["水在涨"]
    assert say("all-steps", "zh") in seen


def test_a_number_typed_on_a_page_does_the_act_of_the_turn(at):
    at.types("?", "2")

    assert len(events(at, StepStarted)) == 1


@pytest.mark.parametrize("typed", ["", " ", "0", "q"])
def test_a_page_is_only_left_by_enter_and_back(at, typed):
    before = len(at.entries())

    seen = at.types("?", typed, "n 还在")

    assert [type(one.event) for one in at.entries()[before:]] == [NoteAdded]
    assert say("not-understood", "zh", typed="").split("“")[0] not in seen


def test_a_command_typed_in_a_list_leaves_it_and_is_obeyed(at):
    seen = at.types("0", "n 水在涨", "m", "?", "")

    assert [one.text for one in events(at, NoteAdded)] == ["水在涨"]
    assert say("came-after", "zh") in seen


def test_what_stands_behind_a_command_of_a_list_is_chosen_at_once(at):
    seen = at.types("m 7", "o 8")

    assert "> 7  断开馈线" in seen and "> 8  准许进入" in seen
    assert say("all-steps", "zh") not in seen


def test_ctrl_c_on_a_page_in_a_list_and_at_the_clock_goes_back_and_leaves_nothing(at):
    terminal = Interrupting("?", None, "m", None, "t", None, "n 还在", None, None)
    at.walker(terminal, hand=True).walk()

    assert [one.text for one in events(at, NoteAdded)] == ["还在"]


# --- when, and from what


@pytest.mark.parametrize(("words", "refused"), [("2026-11-23", "in-the-future"), ("13:59", "before-the-run")])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", ["turn", "list"])
def test_a_time_that_cannot_be_is_refused_before_anything_is_asked(at, words, refused, language, way):
    at.clock.move(START + timedelta(hours=1))
    before = [entry for entry in at.entries() if entry.by != "clock"]
    typed = (f"1 {words}",) if way == "turn" else ("0", f"1 {words}")

    seen = at.types(*typed, language=language)

    assert MusterError(refused).sentence(language) in " ".join(seen.split("\n"))
    assert [entry for entry in at.entries() if entry.by != "clock"] == before


@pytest.mark.parametrize(("language", "paper"), [("zh", "纸"), ("en", "Paper")])
def test_what_stands_on_paper_is_asked_when_it_was_done(at, language, paper):
    at.join("zhao", "PWR")
    at.clock.move(START + timedelta(hours=1))
    word = say("word-done", language)

    at.types("o 7", f"1 {paper}", "13:00", "14:20", word, language=language)

    [done] = [one for one in at.entries() if isinstance(one.event, StepDone) and one.event.step == "cut"]
    assert (done.event.basis, done.at) == ("paper", START + timedelta(minutes=20))


def test_a_time_stands_behind_a_number_of_the_list_too(at):
    at.clock.move(START + timedelta(hours=1))

    at.types("0", "2 14:10")

    [begun] = [entry for entry in at.entries() if isinstance(entry.event, StepStarted)]
    assert begun.at == START + timedelta(minutes=10)


def test_ctrl_c_at_the_time_on_paper_records_nothing(at):
    before = len(at.entries())
    terminal = Interrupting("1 纸", None, None)
    at.walker(terminal).walk()

    assert say("cancelled", "zh") in terminal.seen
    assert len(at.entries()) == before


def test_a_run_opened_earlier_stands_in_the_record_at_that_time_and_begins_there(at):
    at.clock.move(START + timedelta(hours=1))

    at.types("o 24", "1 14:20")

    [opened] = [one for one in at.entries() if isinstance(one.event, ChildOpened)]
    child = at.store.entries(opened.event.child)[0]
    assert {opened.at, child.at} == {START + timedelta(minutes=20)}


def test_a_role_taken_before_a_late_signature_or_behind_a_late_call_has_the_time_of_it(at):
    at.clock.move(START + timedelta(hours=1))

    at.types("o 8", "1 14:20", "赵刚", "1", "1", "o 12", "1 14:30", "1", "", "")

    found = {
        (type(one.event).__name__, getattr(one.event, "role", None)): one.at
        for one in at.entries()
        if isinstance(one.event, SignedOff | ContactTried | RoleTaken) and one.at != START
    }
    assert found == {
        ("RoleTaken", "PWR"): START + timedelta(minutes=20),
        ("SignedOff", "PWR"): START + timedelta(minutes=20),
        ("ContactTried", "IC"): START + timedelta(minutes=30),
        ("RoleTaken", "IC"): START + timedelta(minutes=30),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_behind_the_number_of_a_signature_is_refused_and_nobody_has_signed(at, language):
    seen = at.types("o 8", "1 赵刚", language=language)

    told = say("signs-themselves", language, label=at.label("sign", "permit", language).split("   ")[0])
    assert told in seen.replace("\n", " " if language == "en" else "")
    assert events(at, SignedOff) == []


def test_the_number_of_a_call_to_one_person_is_never_that_of_a_call_to_the_next():
    step, called = "reach", dict[str, set[int]]()
    numbers = Numbers()
    with table(KINDS, "kinds", "chen") as at:
        at.do("entry", "entry.0", answer="yes")
        walker = at.walker(Typist([]))
        for _ in range(4):
            offers = [
                one for one in offers_of(walker.look, at.desk.possible(), step) if one.preset.get("outcome")
            ]
            for offer in offers:
                called.setdefault(offer.preset["person"], set()).add(numbers.of(offer))
            at.do("try", step, **{**offers[1].preset, "channel": "电话"})

    first, second = called.values()
    assert first & second == set()


# --- an entry condition that does not hold


@pytest.fixture
def unanswered():
    with table(KINDS, "kinds", "li") as made:
        yield made


def test_an_entry_condition_stands_before_everything_the_step_asks(unanswered):
    shown = numbers_in(unanswered.types())

    assert [words for number, words in shown.items() if number in ("1", "2")] == [
        "是：接到告警",
        "否，不是这样：接到告警",
    ]
    assert "开始做" not in shown.values()


# --- calls out of the house


def calling(kind: str, language: str) -> str:
    """What is seen by whoever asks 119 to stand by for the leak: the step, and the card over the question."""
    with table(SHIPPED, "leak", "xu", kind=kind) as at:
        terminal = Typist([])
        walker = at.walker(terminal, language)
        act = Act("tell", "battery-119", (Need("text", "text"),))
        questions = Questions(walker.look, lambda _: False, lambda _: "", walker.propose)
        asked = next(questions.ask_for(act, {"by": "xu"}))
        assert isinstance(asked, Question)
        terminal.close()
        return "\n".join([*view.step_lines(walker.look, "battery-119"), *asked.lines])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["R", "H", "D"])
def test_the_words_for_119_stand_there_in_both_languages_and_whether_to_dial(kind, language):
    seen = calling(kind, language)

    assert "请备勤" in seen and "Please stand by" in seen
    dial = say("dial-now", language, number="119")
    pretended = {"H": say("REHEARSAL", language), "D": say("DRILL", language)}
    not_now = [say("do-not-dial", language, kind=word) for word in pretended.values()]
    assert (seen.count(dial), sum(seen.count(one) for one in not_now)) == ((2, 0) if kind == "R" else (0, 2))
    assert kind == "R" or pretended[kind] in seen


# --- leaving a rehearsal


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rehearsal_is_left_only_when_the_person_says_so_again(at, language):
    terminal = Typist(["q", "", "n 还在", "q", "y", "n 不在"])
    at.walker(terminal, language, hand=True).walk()

    assert terminal.seen.count(say("rehearsal-leave", language).strip()) == 2
    assert [one.text for one in events(at, NoteAdded)] == ["还在"]
    assert say("rehearsal-left", language) in terminal.seen
    terminal.close()


def test_ctrl_c_asks_too_before_a_rehearsal_is_lost_and_a_second_one_leaves(at):
    terminal = Interrupting(None, "", "n 还在", None, None)
    at.walker(terminal, hand=True).walk()

    assert terminal.seen.count(say("rehearsal-leave", "zh")) == 2
    assert [one.text for one in events(at, NoteAdded)] == ["还在"]


def test_a_real_run_is_left_at_once_for_it_goes_on(at):
    seen = at.types("q", "n 不在")

    assert events(at, NoteAdded) == []
    assert f"muster walk {at.desk.run_id}" in seen


def test_who_types_after_another_terminal_finds_their_numbers_unchanged(at):
    """News that comes between two turns moves no number."""
    before = numbers_in(at.types())
    zhao = at.at("zhao")
    zhao.do(next(one for one in zhao.possible() if one.key == ("note", None)), Given(text="我在路上"))

    assert numbers_in(at.types("?", "")) == before


def test_a_warning_was_seen_when_it_was_shown_and_not_when_the_act_was_recorded(at):
    class Slow(Typist):
        def ask(self, prompt: str, *more: Any, **named: Any) -> str:
            at.clock.move(at.clock.now + timedelta(seconds=7))
            return super().ask(prompt, *more, **named)

    shown_at, terminal = at.clock.now, Slow(["2"])
    at.walker(terminal).walk()
    terminal.close()

    [seen] = [entry for entry in at.entries() if isinstance(entry.event, WarningShown)]
    [begun] = [entry for entry in at.entries() if isinstance(entry.event, StepStarted)]
    assert (seen.at, begun.at) == (shown_at, shown_at + timedelta(seconds=7))
