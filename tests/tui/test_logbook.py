"""Every entry is a sentence in both languages; what nobody knows here is shown raw and safe."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from drill.reasons import REASON_FOLLOWS
from engine.events import (
    TYPES,
    Acknowledged,
    AnswerGiven,
    ClockSet,
    Entry,
    Event,
    InjectSet,
    ItemTicked,
    NoteAdded,
    ReadingTaken,
    RoleTaken,
    RunEnded,
    SignedOff,
    Stage,
    StepDone,
    StepOverridden,
    StepStarted,
    Told,
    Unknown,
    WatchRaised,
)
from tests.engine.golden import EVENTS, sample
from tests.hostile import HOSTILE, leaks
from tests.tui.table import KINDS, SHIPPED, opening_at
from tui.locale import WORDS, say
from tui.logbook import NO_TITLES, Teller, titles_of

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
LANGUAGES = ("zh", "en")


def entry(event: Event, *, late: timedelta = timedelta(), actor: str = "li") -> Entry:
    place = (1, "h", "j", 1, "p", "R-20261122-K7QM", 1, ())
    return Entry(*place, AT, AT + late, ("boot", 1), "ntp", actor, None, event)


def titles(folder: Path = KINDS, runbook: str = "kinds"):
    return titles_of(opening_at(folder, runbook).graphs[runbook].to_bytes(), "A1")


def said(event: Event, language: str = "zh") -> str:
    return Teller(titles(), language).sentence(entry(event))


# --- every type

VOCABULARY: dict[str, Any] = {
    "link": "child",
    "kind": "note",
    "purpose": "hold",
    "strength": "pin",
    "giver_strength": "voice",
    "outcome": "sent",
    "how": "complete",
    "basis": "paper",
    "rate": 1000,
    "stage": "running",
}
"""Words of the program, where a sample would only have some text."""

VOCABULARY_OF = {
    "inject_set": {"how": "delivered"},
    "observed": {"kind": "strength", "outcome": "late"},
    "stage": {"how": "early"},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(EVENTS))
def test_every_type_of_event_is_a_sentence(name, language):
    event = sample(EVENTS[name])
    known = VOCABULARY | VOCABULARY_OF.get(name, {})
    words = {one.name: known[one.name] for one in fields(event) if one.name in known}
    sentence = said(replace(event, **words), language)

    assert len(sentence) > 3
    assert "{" not in sentence and "None" not in sentence
    assert leaks(sentence) == set()
    chinese = re.search("[一-鿿]", sentence.replace("步骤", "").replace("水", ""))
    assert (chinese is not None) == (language == "zh")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(EVENTS))
def test_every_type_is_a_sentence_also_where_the_plan_is_not_here(name, language):
    assert len(Teller(NO_TITLES, language).line(entry(sample(EVENTS[name])))) > 20


def test_there_are_as_many_sentences_as_types():
    assert set(TYPES) == set(EVENTS)


@pytest.mark.parametrize(
    ("event", "zh", "en"),
    [
        (
            ReadingTaken("depth", "2.5", "cm", "look"),
            "积水深度 = 2.5 cm",
            "water depth = 2.5 cm",
        ),
        (ReadingTaken("drips", "yes"), "机柜上方滴水 = 是", "drips above racks = yes"),
        (
            ReadingTaken("circuits", "A1\nA2"),
            "受潮回路 = A1、A2",
            "wet circuits = A1, A2",
        ),
        (
            ReadingTaken("seen-at", "2026-11-22T05:55:00.000Z"),
            "发现时间 = 11-22 13:55:00",
            "seen at = 11-22 13:55:00",
        ),
        (StepDone("look"), "完成“站在门口看”", "did 'Look from the doorway'"),
        (StepDone("rounds", round=3), "完成“读冷通道温度”第 3 次", "did 'Read the cold aisle', visit 3"),
        (
            StepDone("mop", confirms="x"),
            "确认“吸干”仍算数",
            "confirmed that 'Mop up' still stands",
        ),
        (
            StepStarted("take-over", missed="reach", by="clock", basis="sensed"),
            "“呼叫指挥”超时，打开“接任指挥”（自动）",
            "'Reach the commander' is past its limit; opened 'Take command' (by itself)",
        ),
        (
            AnswerGiven("source", "unknown", ("look", "source")),
            "“水从哪里来”：不知道（退回，重新打开：站在门口看、水从哪里来）",
            (
                "'Where does the water come from': not known (goes back and reopens: Look from the doorway, "
                "Where does the water come from)"
            ),
        ),
        (AnswerGiven("entry.0", "no"), "“接到告警”：否", "'an alarm came': no"),
        (
            SignedOff("permit", "zhao", "PWR", "hold", "voice", channel="CH 3"),
            "赵刚 以动力工程师签“准许进入”（口头，待确认、通过 CH 3）",
            "赵刚 signed 'Entry permitted' as power engineer (by voice, to be confirmed, by CH 3)",
        ),
        (
            StepOverridden("permit", "没有人", "signed", alone=True, read_back="准许进入"),
            "强制通过“准许进入”：已签字（原因：没有人、独自一人）",
            "overrode 'Entry permitted': signed (because: 没有人, alone)",
        ),
        (
            Told("customers", "水已止住", "电话", to="张三"),
            "告知客户（口头）：水已止住（通过 电话、张三 听到并确认）",
            "told customers (by voice): 水已止住 (by 电话, heard by 张三)",
        ),
        (NoteAdded("V-21 ≠ V-12", "mismatch", "valve"), "标牌不符：V-21 ≠ V-12", "wrong tag: V-21 ≠ V-12"),
        (
            Acknowledged("act:depth:abc"),
            "知道了告警：到了处置限 积水深度",
            "acknowledged: act band water depth",
        ),
        (Acknowledged("level::II"), "知道了告警：建议级别 II", "acknowledged: suggested level II"),
    ],
)
def test_a_sentence_says_what_happened_in_the_words_of_the_plan(event, zh, en):
    assert (said(event, "zh"), said(event, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("event", "zh", "en"),
    [
        (RoleTaken("TRAINER", "li"), "李明 担任导调", "李明 is the trainer from now on"),
        (NoteAdded("li", "sign-in"), "签到：李明", "signed in: 李明"),
        (
            NoteAdded("li\npaper\nwang", "sign-in"),
            "签到：李明（纸上签名、代 王强）",
            "signed in: 李明 (signed on paper, for 王强)",
        ),
        (
            NoteAdded("li\nwang, zhao", "comcheck"),
            "宣布开始时在终端前：李明；不在：王强、赵刚。",
            "At a terminal at STARTEX: 李明; not: 王强, 赵刚.",
        ),
        (
            NoteAdded("360", "went-on"),
            "导调台程序停了 360 秒，演练照常进行",
            "the trainer's program was stopped for 360 s; the drill went on",
        ),
        (NoteAdded("a visitor", "freeze-reason"), "冻结原因：a visitor", "why it was frozen: a visitor"),
        (
            Stage("ended", "early", "tea"),
            "演练结束：提前结束（原因：tea）",
            "the drill ended: early (because: tea)",
        ),
        (
            ClockSet(0, 0, REASON_FOLLOWS),
            "演练时钟设为停住（原因：导调叫停，原因稍后说明）",
            f"set the exercise clock: frozen (because: {REASON_FOLLOWS})",
        ),
        (
            InjectSet("call", "held", title=(("zh", "来电"), ("en", "a call")), reason="early"),
            "注入“来电”：扣住（原因：early）",
            "inject 'a call': held (because: early)",
        ),
        (
            InjectSet("call", "skipped", reason="x"),
            "注入“call”：跳过（原因：x）",
            "inject 'call': skipped (because: x)",
        ),
    ],
)
def test_what_a_trainer_does_is_told_in_words_and_not_in_names_of_fields(event, zh, en):
    assert (said(event, "zh"), said(event, "en")) == (zh, en)


def test_the_alarm_of_every_kind_has_a_name():
    kinds = {name.removeprefix("alarm-kind-") for name in WORDS if name.startswith("alarm-kind-")}

    assert kinds >= {
        "broken",
        "promise",
        "overdue",
        "round",
        "contradicted",
        "recheck",
        "voice",
        "act",
        "watch",
    }


# --- when, who


def test_a_line_says_when_and_who_in_the_zone_of_the_site():
    assert Teller(titles(), "zh").line(entry(StepDone("look"))) == "11-22 14:00:00  李明  完成“站在门口看”"


def test_by_a_clock_that_a_hand_moves_nothing_is_written_later():
    real = entry(StepDone("look"), late=timedelta(minutes=9))
    pretended = replace(real, run="H-20261122-K7QM")
    said = [Teller(titles(), "en").line(one) for one in (real, pretended)]

    assert [say("log-late", "en", lag="9 min") in line for line in said] == [True, False]


def test_a_line_says_who_typed_it_and_how_much_later():
    late = entry(StepDone("look", by="zhao", basis="paper"), late=timedelta(minutes=95), actor="chen")

    assert Teller(titles(), "en").line(late) == (
        "11-22 14:00:00  赵刚  did 'Look from the doorway' (from paper) (typed by 陈静, written 1 h 35 min later)"
    )


def test_the_clock_is_no_person():
    line = Teller(titles(), "zh").line(entry(StepDone("rounds", by="clock", basis="sensed")))

    assert line == "11-22 14:00:00  时钟  完成“读冷通道温度”（自动）"


def test_a_unit_that_is_a_word_is_said_in_the_language():
    shipped = titles(SHIPPED, "leak")
    taken = entry(ReadingTaken("headcount", "2", "persons"))

    assert Teller(shipped, "zh").sentence(taken) == "室内人数 = 2 人"
    assert "persons" not in Teller(shipped, "en").sentence(taken)


@pytest.mark.parametrize(("language", "line"), [("zh", "两人同行"), ("en", "two people")])
def test_a_ticked_line_is_said_in_one_language(language, line):
    ticked = entry(ItemTicked("open-tile", 1, "两人同行 / two people"))

    sentence = Teller(titles(SHIPPED, "leak"), language).sentence(ticked)

    assert sentence.endswith(f" {line}" if language == "en" else f"：{line}")


def test_a_watch_without_words_is_said_by_its_condition():
    raised = entry(WatchRaised("hot"))

    assert "冷通道温度 > " in Teller(titles(), "zh").sentence(raised)
    assert "cold aisle > " in Teller(titles(), "en").sentence(raised)


def test_a_role_that_the_plan_does_not_name_is_said_by_its_usual_title():
    taken = entry(RoleTaken("DUTY", "tian"))

    assert Teller(titles(SHIPPED, "leak"), "zh").sentence(taken) == "田蕾 担任市公司值班经理"


def test_where_a_run_ends_five_steps_are_named_and_the_log_names_all():
    names = tuple(step.id for step in opening_at(KINDS, "kinds").graphs["kinds"].runbook.steps[:7])
    ended = entry(RunEnded("abandoned", "误报", names))
    teller = Teller(titles(), "zh")

    assert all(teller.titles.steps[name].zh in teller.sentence(ended) for name in names)
    assert teller.titles.steps[names[5]].zh not in teller.brief(ended)
    assert "另有 2 步" in teller.brief(ended)


def test_one_of_a_thing_is_said_as_one():
    assert say("lint-count", "en", errors=1, advice=2) == "1 error, 2 pieces of advice."
    assert say("merged", "en", count=1) == "Another terminal has written 1 entry."
    assert say("merged", "en", count=12) == "Another terminal has written 12 entries."


def test_site_values_and_facts_of_the_room_are_said_in_the_titles():
    titles_ = titles(SHIPPED, "leak")
    kept = [text.zh for text in (*titles_.steps.values(), *titles_.answers.values())]

    assert not any("{{" in text for text in kept)


# --- what is not known, and what is hostile


def test_an_unknown_type_is_shown_raw():
    raw = Unknown("hologram_shown", 3, '{"by":"li","x":1}')
    gone = Unknown("hologram_shown", 3, None)

    assert said(raw) == 'hologram_shown v3 {"by":"li","x":1}'
    assert said(gone, "en") == "hologram_shown v3 (its content is not here)"


def test_a_word_the_program_does_not_know_is_shown_as_it_is():
    assert said(NoteAdded("x", "epiphany")) == "epiphany：x"
    assert "telepathy" in said(SignedOff("permit", "zhao", "PWR", "hold", "telepathy"))
    assert "quantum" in said(SignedOff("permit", "zhao", "PWR", "quantum", "pin"))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_in_an_entry_is_never_said_raw(name):
    word = HOSTILE[name].encode("utf-8", "replace").decode()
    teller = Teller(titles(), "zh")
    texts = [one.name for one in fields(NoteAdded) if one.name in ("text", "kind", "step", "by")]
    events = [
        NoteAdded(**dict.fromkeys(texts, word)),
        Told(word, word, word, word, word, word, word),
        SignedOff(word, word, word, word, word, word, word),
        Acknowledged(f"{word}:{word}"),
        ReadingTaken(word, word, word, word, word, reason=word),
        Unknown(word, 1, json.dumps({"x": word}, ensure_ascii=False)),
    ]

    lines = [teller.line(replace(entry(event), actor=word)) for event in events]

    assert leaks("\n".join(lines), lines=True) == set()


def kept(value: Any) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize("broken", [kept({}), kept([]), b"not json", kept({"runbook": {}, "site": {}})])
def test_a_compiled_plan_that_cannot_be_read_is_an_error_its_caller_knows(broken):
    with pytest.raises((ValueError, KeyError, TypeError)):
        titles_of(broken)
