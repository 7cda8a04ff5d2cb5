"""Everything that can be done to a run can be done in line mode, by typing, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from engine.acts import VERBS
from engine.desk import Desk, opening_of
from engine.events import NoteAdded
from engine.people import set_pin
from tests.engine.records import entropy
from tests.tui.table import KINDS, PIN, Table, book_at, table
from tui import view
from tui.locale import say
from tui.view import Looking

# --- how a run comes to where a verb is possible


def nothing(_at: Table) -> None:
    """It is possible from the start."""


def looked(at: Table) -> None:
    values = {"depth": "0", "drips": "no", "cause": "?", "seen-at": "2026-11-22T06:00:00.000Z"}
    at.do("do", "look", values=values)


def decided(at: Table) -> None:
    looked(at)
    at.do("answer", "source", answer="crac", deviation="看到滴水")


def mopped(at: Table) -> None:
    decided(at)
    at.do("do", "crac-off")
    at.do("do", "mop", values={"depth": "0"})


def changed(at: Table) -> None:
    mopped(at)
    at.do("change", "source", answer="pipe", reason="看错了")


def to_confirm(at: Table) -> None:
    changed(at)
    at.do("do", "pipe-off")


def zhao_is_here(at: Table) -> None:
    at.join("zhao", "PWR")


def zhao_said_yes(at: Table) -> None:
    zhao_is_here(at)
    set_pin(at.store, "zhao", PIN, entropy(3))
    at.do("sign", "permit", role="PWR", person="zhao", strength="voice", channel="CH 3")


def nobody_answers(at: Table) -> None:
    for person in ("wang", "wang", "li"):
        at.do("try", "reach", person=person, channel="电话", outcome="no-answer")


def gauge_was_read(at: Table) -> None:
    zhao_is_here(at)
    at.do("do", "gauge", values={"flow": "1"})


def smell(at: Table) -> None:
    at.do("raise", "smell")


def deep_water(at: Table) -> None:
    at.do("read", values={"depth": "5"})


def damp(at: Table) -> None:
    at.desk.propose([NoteAdded("A1; rh = 71 %RH; rh <= 60", "finding", "look")])


def kept_back(at: Table) -> None:
    """A run that goes on keeps back what the step beside would open."""
    book = book_at(KINDS)
    plans = [replace(one, inhibits=("sub",)) if one.id == "smoke" else one for one in book.runbooks]
    opening = opening_of(replace(book, runbooks=tuple(plans)), "smoke", room="A1")
    Desk.open_run(at.store, opening, "zhao", at.around)
    at.desk.settle()


def on_hold(at: Table) -> None:
    at.do("hold", reason="等电工")


@dataclass(frozen=True)
class Case:
    """One verb: on what, what is typed, what it must leave in the record."""

    verb: str
    step: str | None
    typed: tuple[str, ...]
    recorded: str
    setup: Callable[[Table], None] = nothing


CASES = [
    Case("entry", "entry.0", ("1",), "AnswerGiven"),
    Case("whether", "sheet", ("1",), "AnswerGiven"),
    Case("confirm", "mop", (), "StepDone", to_confirm),
    Case("do", "cut", ("{word-done}",), "StepDone"),
    Case("do", "valve", ("2", "0.2", "V-12"), "StepDone"),
    Case("do", "lift", ("1", "1"), "StepDone", zhao_is_here),
    Case("do", "each-one", ("A1、A2", "", "1-2", "IMG 7", "1", ""), "StepDone"),
    Case("visit", "rounds", ("24",), "StepDone"),
    Case("answer", "source", ("2",), "AnswerGiven", looked),
    Case("change", "source", ("2", "看错了"), "AnswerGiven", decided),
    Case("start", "look", (), "StepStarted"),
    Case("tick", "tidy", ("1",), "ItemTicked"),
    Case("sign", "permit", ("2", "1", "1"), "SignedOff"),
    Case("refuse", "permit", ("水下有插座",), "AnswerGiven"),
    Case("confirm-voice", "permit", (PIN,), "SignedOff", zhao_said_yes),
    Case("try", "reach", ("2", "", "", "2"), "ContactTried"),
    Case("try-anytime", None, ("1", "王强", "", "1"), "ContactTried"),
    Case("nobody", "reach", ("2",), "AnswerGiven", nobody_answers),
    Case("tell", "notice", ("2", "", "没有影响", "", "张三"), "StepDone"),
    Case("tell-anytime", None, ("水已止住", "", "0"), "Told"),
    Case("open-child", "aside", (), "ChildOpened"),
    Case("force-child", "aside", ("另一路市电",), "ChildOpened", kept_back),
    Case("verify", "gauge", ("1", "1", "1"), "SignedOff", gauge_was_read),
    Case("fail", "look", ("门打不开",), "StepFailed"),
    Case("skip", "tidy", ("不用",), "StepSkipped"),
    Case("defer", "look", ("等人", "", ""), "StepDeferred"),
    Case("override", "look", ("没有必要", ""), "StepOverridden"),
    Case("reopen", None, ("再看一次",), "StepReopened", looked),
    Case("put-back", "crac-off", ("1", "已恢复"), "NoteAdded", changed),
    Case("read", None, ("1", "0.5"), "ReadingTaken"),
    Case("level", None, ("3", "", "1"), "LevelDeclared"),
    Case("raise", "smell", ("1",), "WatchRaised"),
    Case("raise-again", "smell", ("1",), "WatchRaised", smell),
    Case("retire", "smell", ("查明无烟",), "WatchRetired", smell),
    Case("ack", None, (), "Acknowledged", deep_water),
    Case("note", None, ("水从吊顶来",), "NoteAdded"),
    Case("close-finding", None, ("1", "已换垫圈"), "FindingClosed", damp),
    Case("evidence", None, ("IMG 8", "1"), "EvidenceAttached"),
    Case("report", None, ("F-1", "", "1"), "ReportIssued"),
    Case("role", None, ("3", ""), "RoleTaken"),
    Case("handover", None, ("2", "1", "1", "1", "1", ""), "HandoverSigned", zhao_is_here),
    Case("leave", None, (), "PersonLeft"),
    Case("hold", None, ("等电工",), "RunHeld"),
    Case("resume", None, (), "RunResumed", on_hold),
    Case("end", None, ("演示结束", "{word-end}"), "RunEnded"),
]


def typed(case: Case, label: str, language: str) -> list[str]:
    """The act from the list of every act, then what it asks for."""
    words = {name: say(name, language) for name in ("word-done", "word-end")}
    return ["0", label, *(line.format_map(words) for line in case.typed)]


def test_there_is_a_case_for_every_verb():
    assert {case.verb for case in CASES} == set(VERBS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.verb}-{case.step or 'run'}")
def test_every_act_can_be_done_by_typing(case, language):
    with table(KINDS, "kinds", "li") as at:
        case.setup(at)
        before = len(at.entries())

        seen = at.types(*typed(case, at.label(case.verb, case.step, language), language), language=language)

        new = [type(entry.event).__name__ for entry in at.entries()[before:]]
        assert case.recorded in new, seen[-2500:]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_handover_by_voice_asks_by_what_it_was_heard_and_is_confirmed_later(language):
    with table(KINDS, "kinds", "li") as at:
        zhao_is_here(at)
        label = at.label("handover", None, language)
        at.types("0", label, "2", "1", "1", "2", "1", "", language=language)
        (voice,) = at.desk.state.signatures_of("handover.PWR")
        assert (voice.person, voice.channel) == ("zhao", say("radio", language))

        set_pin(at.store, "zhao", PIN, entropy(3))
        label = at.label("confirm-voice", "handover.PWR", language)
        seen = at.types("0", label, PIN, language=language)

        assert at.desk.state.unconfirmed() == [], seen[-1500:]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("setup", [nothing, decided, changed, zhao_said_yes, smell, on_hold])
def test_the_list_of_every_act_is_what_the_desk_allows(setup, language):
    with table(KINDS, "kinds", "li") as at:
        setup(at)
        acts = at.desk.possible()
        look = Looking(at.desk.state, at.desk.now(), language, "li")
        labels = [view.act_label(look, act, with_step=True) for act in acts]
        pages = -(-len(acts) // 12)

        seen = at.types("0", *[""] * (pages - 1), "0", language=language)

        _, listed = seen.split(f"\n{say('all-acts', language)}\n")
        rows = re.findall(r"^ +(\d+)  (\S.*)$", listed.split(say("kind-R", language))[0], re.MULTILINE)
        assert sorted(words[:20] for _, words in rows) == sorted(label[:20] for label in labels)
        assert len({number for number, _ in rows}) == len(acts)


def test_an_act_has_one_number_in_the_turn_and_in_every_list():
    """The number of "not passed" in the turn, in the list of every act and in the one found by words."""
    with table(KINDS, "kinds", "li") as at:
        at.do("entry", "entry.0", answer="yes")
        seen = at.types("0", "0", "收拾", "0", "w", "0")

        numbers = dict(re.findall(r"(\d+)  (未能完成|暂缓)", seen.split(say("all-acts", "zh"))[0]))
        listed = dict(re.findall(r"^ +(\d+)  (\S+)   第 1 步", seen, re.MULTILINE))
        assert numbers.items() <= listed.items()
        assert len(set(re.findall(r"^ +(\d+)  略过   第 22 步", seen, re.MULTILINE))) == 1
