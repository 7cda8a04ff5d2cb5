"""Drawings of a runbook: whole, readable, and never more than text, whatever the plan says."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from engine.codec import to_json
from engine.drawings import as_dot, as_json, as_map, as_mermaid, as_text
from engine.drawings.pen import WORDS
from engine.graph import StepGraph, compile_graph
from engine.plan import (
    RESTORE,
    After,
    Answer,
    Back,
    Expect,
    Fact,
    Group,
    LevelRule,
    Limit,
    Promises,
    Reading,
    Repeat,
    Room,
    Runbook,
    Sign,
    Site,
    Step,
    Takes,
    Watch,
)
from engine.text import LANGUAGES, Text, cells
from tests.hostile import HOSTILE, leaks

GOLDEN = Path(__file__).parents[1] / "golden"

MINUTE = timedelta(minutes=1)

Draw = Callable[[StepGraph], str]

DRAWINGS: dict[str, Draw] = {
    "text": lambda graph: as_text(graph, "en"),
    "text-zh": lambda graph: as_text(graph, "zh"),
    "map": lambda graph: as_map(graph, "en"),
    "map-zh": lambda graph: as_map(graph, "zh"),
    "mermaid": lambda graph: as_mermaid(graph, "en"),
    "mermaid-zh": lambda graph: as_mermaid(graph, "zh"),
    "dot": lambda graph: as_dot(graph, "en"),
    "dot-zh": lambda graph: as_dot(graph, "zh"),
    "json": as_json,
}


# --- a small runbook that has everything


SITE = Site(
    id="demo",
    title=Text("演示站", "Demo site"),
    timezone="Asia/Shanghai",
    languages=("zh", "en"),
    rooms=(Room("cellar", Text("地下室", "cellar"), tags=(("V-12", Text("进水阀", "feed valve")),)),),
    groups=(Group("tenants", Text("住户", "tenants")),),
    parameters=(Fact("act-depth", Text("处置水深", "depth to act at"), number=Decimal(3), unit="cm"),),
)

READINGS = (
    Reading(
        "depth",
        Text("水深", "water depth"),
        unit="cm",
        warn="> 0",
        act=">= site.act-depth",
        fresh=10 * MINUTE,
    ),
    Reading("pumps", Text("水泵", "pumps"), kind="list"),
    Reading("dry", Text("已干", "dry to the touch"), kind="yes-no"),
)

LOOK = Step(
    "look",
    "ask",
    Text("地下室有水吗？", "Is there water in the cellar?"),
    starts=True,
    roles=("ENG",),
    record=("depth",),
    takes=Takes(Decimal(1), Decimal(2), Decimal("5.5")),
    marks=("responded",),
    answers=(
        Answer("wet", Text("有水", "water"), when="depth > 0", level=1),
        Answer("dry", Text("没有", "no water")),
    ),
)
LOG = Step(
    "log",
    "do",
    Text("登记误报", "Log a false alarm"),
    after=(After("look", "dry"),),
    roles=("ENG", "IC"),
    cls="optional",
    ends=True,
)
ENTER = Step(
    "permit",
    "hold",
    Text("水下无带电部件，准许进入", "No live part under water. Entry permitted"),
    after=(After("look", "wet"),),
    warn=Text("积水可能带电，触电致死", "Standing water may be live. Electric shock kills"),
    sign=Sign(("ENG", "IC"), 2),
    answers=(Answer("signed", Text("签了", "signed")), Answer("refused", Text("拒签", "refused"))),
    refused="cut",
    cls="safety",
    never_alone=True,
    within=Limit(10 * MINUTE, "act-time"),
    missed="IC",
)
CUT = Step(
    "cut",
    "do",
    Text("在室外断电上锁", "Cut and lock the power from outside"),
    roles=("ENG",),
    tag="FEED-1",
    check_tag=True,
    irreversible=True,
    verify="independent",
    touches=(("FEED-1", "off"),),
    cls="safety",
)
CLOSE_VALVE = Step(
    "close-valve",
    "do",
    Text("关闭进水阀 V-12", "Close the feed valve V-12"),
    after=(After("permit", "signed"), After("cut")),
    where=Text("北墙", "north wall"),
    record=("depth",),
    expect=Expect(that="depth < 3", within=Limit(MINUTE), otherwise=Back("close-valve", 2)),
    answers=(
        Answer("met", Text("达到", "met")),
        Answer("unmet", Text("未达到", "not met"), back=Back("close-valve", 2)),
    ),
    takes=Takes(Decimal(1), Decimal("1.5"), Decimal(9)),
    detail=Text("顺时针到底。\n回半圈。", "Clockwise to the end.\nHalf a turn back."),
    why=Text("水从这里来。", "The water comes from here."),
)
CALL = Step(
    "call",
    "contact",
    Text("找自来水公司", "Reach the water company"),
    after=(After("close-valve", "unmet"),),
    target="VEN",
)
PUMP = Step(
    "pump",
    "do",
    Text("抽干积水", "Pump it dry"),
    after=(After("close-valve", "met"), After("call")),
    each="pumps",
    check=(Text("软管接好", "hose fixed"), Text("泵不离人", "somebody stays")),
    evidence="photo",
    evidence_required=True,
    takes=Takes(Decimal(10), Decimal(20), Decimal(60)),
    defer=None,
)
SETTLE = Step(
    "settle",
    "wait",
    Text("等墙面干透", "Let the walls dry"),
    after=(After("pump"),),
    span=Limit(30 * MINUTE),
    within=Limit(120 * MINUTE),
    within_from="reported",
    missed="dryers",
)
DRYERS = Step(
    "dryers",
    "run",
    Text("启动除湿预案", "Start the dryers"),
    target="drying",
    hand_over=True,
    only_when="not dry",
)
NOTICE = Step(
    "notice",
    "tell",
    Text("告知住户", "Tell the tenants"),
    lane="tenants",
    after=(After("look", "wet"),),
    target="tenants",
    message=Text("地下室进水，{{ run.now }}。", "Water in the cellar, {{ run.now }}."),
    repeat=Repeat(Limit(60 * MINUTE), until="settle", until_is="step"),
)
SHED = Step(
    "shed",
    "do",
    Text("撤到高处", "Move to high ground"),
    lane="rising",
    after=(After("rising"),),
    defer="close",
)
CLOSE = Step("close", "do", Text("收尾", "Close out"), after_all=True, roles=("IC",), marks=("closed",))
REARM = Step("rearm", "do", Text("恢复漏水检测", "Re-arm the leak detection"), lane=RESTORE, cls="safety")

CELLAR = Runbook(
    id="cellar",
    revision=3,
    title=Text("地下室进水", "Water in the cellar"),
    steps=(LOOK, LOG, ENTER, CUT, CLOSE_VALVE, CALL, PUMP, SETTLE, DRYERS, NOTICE, SHED, CLOSE, REARM),
    hazard="leak",
    released_by="wang",
    released_at=date(2026, 11, 1),
    review_by=date(2027, 6, 30),
    symptoms=(Text("漏水报警", "leak alarm"),),
    roles=(
        ("ENG", Text("现场工程师", "on-site engineer")),
        ("IC", Text("现场指挥", "incident commander")),
        ("VEN", Text("自来水公司", "water company")),
    ),
    readings=READINGS,
    levels=(
        LevelRule("II", when="depth > 5"),
        LevelRule("II", words=Text("电梯井进水", "water in the lift shaft")),
    ),
    entry=(Text("接到报警", "an alarm came"),),
    goals=(("water", "depth"),),
    watches=(Watch("rising", words=Text("水涨得快", "the water rises fast"), level="I", until="dry"),),
    exit=("dry",),
)


def compiled(runbook: Runbook, site: Site = SITE) -> StepGraph:
    graph, faults = compile_graph(runbook, site, Promises())
    assert graph is not None, [fault.sentence("en") for fault in faults]
    return graph


@pytest.fixture(scope="module")
def cellar() -> StepGraph:
    return compiled(CELLAR)


def chain(length: int) -> StepGraph:
    steps = [
        Step(
            f"n{number}",
            "do",
            Text("做", "Do"),
            after=(After(f"n{number - 1}"),) if number else (),
            starts=not number,
        )
        for number in range(length)
    ]
    return compiled(Runbook("chain", 1, Text("链", "Chain"), tuple(steps)))


def overwritten(value: Any, words: str) -> Any:
    """The same plan value with `words` in the place of every text."""
    if isinstance(value, Text):
        return Text(words, words)
    if isinstance(value, tuple):
        return tuple(overwritten(one, words) for one in value)
    if hasattr(value, "__dataclass_fields__"):
        changed = {one.name: overwritten(getattr(value, one.name), words) for one in fields(value)}
        return replace(value, **changed)
    return value


def hostile(words: str) -> StepGraph:
    """The cellar with `words` in every text, tag, place, unit and lane."""
    steps = tuple(
        replace(
            overwritten(step, words),
            tag=words or None,
            touches=((words, words),),
            lane=words if step.lane == "rising" else step.lane,
        )
        for step in CELLAR.steps
    )
    readings = tuple(replace(overwritten(one, words), unit=words) for one in READINGS)
    titled = overwritten(replace(CELLAR, steps=(), readings=()), words)
    return compiled(replace(titled, steps=steps, readings=readings), overwritten(SITE, words))


# --- whole and the same


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_as_it_was_agreed(cellar: StepGraph, name: str) -> None:
    """With UPDATE_GOLDEN=1 the drawing becomes the agreed one: look at the difference before you keep it."""
    file = GOLDEN / f"cellar-{name}.txt"
    drawn = re.sub('"digest": "[0-9a-f]{64}"', '"digest": ""', DRAWINGS[name](cellar))
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(drawn, encoding="utf-8")
    assert drawn == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_step_and_watch_is_drawn(cellar: StepGraph, name: str) -> None:
    drawn = DRAWINGS[name](cellar)
    assert [node for node in cellar.order if not re.search(rf"\b{node}\b", drawn)] == []


def test_every_word_says_the_same_in_both_languages() -> None:
    def names(template: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(template) if name is not None}

    assert [word for word, text in WORDS.items() if names(text.zh) != names(text.en)] == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_ten_thousand_steps_in_a_row_are_drawn(name: str) -> None:
    graph = chain(10_000)
    drawn = DRAWINGS[name](graph)
    assert "n9999" in drawn


# --- to read aloud


def test_a_watch_that_a_value_or_a_person_raises_says_both() -> None:
    both = replace(CELLAR.watches[0], when="depth > 5")
    drawn = " ".join(as_text(compiled(replace(CELLAR, watches=(both,))), "en").split())

    assert "raised when you see: the water rises fast, raised when" in drawn


def test_a_step_that_declares_the_level_says_so() -> None:
    steps = (replace(CELLAR.steps[0], declare_level=True), *CELLAR.steps[1:])

    assert "done by declaring the level" in as_text(compiled(replace(CELLAR, steps=steps)), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 76, 120])
def test_no_line_is_wider_than_was_asked(cellar: StepGraph, language: str, width: int) -> None:
    for drawn in (as_text(cellar, language, width), as_map(cellar, language, width)):
        assert max(map(cells, drawn.split("\n"))) <= width


def test_the_warning_stands_right_above_the_action(cellar: StepGraph) -> None:
    lines = as_text(cellar, "en").split("\n")
    at = lines.index(" 3. WARNING: Standing water may be live. Electric shock kills")
    assert lines[at + 1].strip() == "No live part under water. Entry permitted"


def test_every_answer_says_where_it_leads(cellar: StepGraph) -> None:
    read = " ".join(as_text(cellar, "en").split())
    assert "-> no water: on to step 2 'Log a false alarm'" in read
    assert "-> refused: on to step 4 'Cut and lock the power from outside'" in read
    assert (
        "-> not met: back to step 5 'Close the feed valve V-12', at most 2 times; after that on to step 6"
        in read
    )


def test_a_value_of_the_site_is_read_out(cellar: StepGraph) -> None:
    assert "act at >= 3 cm (site value)" in as_text(cellar, "en")


def test_chinese_is_read_in_chinese(cellar: StepGraph) -> None:
    steps = as_text(cellar, "zh").split("\n\n== 主线\n\n")[1]
    named = "tenants rising drying depth dry not cm m h V FEED off I responded closed run now".split()
    assert set(re.findall("[A-Za-z]+(?:-[a-z]+)*", steps)) <= {*cellar.order, *named}


# --- the map


def test_the_map_is_made_of_seven_bit_characters(cellar: StepGraph) -> None:
    assert as_map(cellar, "en").isascii()


def test_a_step_stands_below_all_it_waits_for(cellar: StepGraph) -> None:
    drawn = as_map(cellar, "en").split("\n")
    row = {node: next(at for at, line in enumerate(drawn) if f" {node}  " in line) for node in cellar.order}
    above = [edge for node in cellar.order for edge in cellar.into[node] if row[edge.earlier] >= row[node]]
    assert above == []


def test_the_map_says_what_a_step_waits_for_what_ends_it_and_where_it_goes_back(cellar: StepGraph) -> None:
    drawn = as_map(cellar, "en").split("\n")
    ways = (
        "start",
        "< 1.dry",
        "< 3.refused",
        "< 3.signed,4 ^5 x2",
        "< 8+",
        "< 1.wet ~8",
        "< !rising",
        "< all",
    )
    assert [way for way in ways if not any(line.endswith(f"  {way}") for line in drawn)] == []


def test_more_lanes_than_rails_still_fit() -> None:
    first = Step("first", "do", Text("起", "Begin"), starts=True)
    lanes = [
        Step(
            f"{part}{lane}",
            "do",
            Text("做", "Do"),
            lane=f"lane-{lane}",
            after=(After("first" if part == "a" else f"a{lane}"),),
        )
        for part in "ab"
        for lane in range(30)
    ]
    close = Step("close", "do", Text("收", "End"), after_all=True)
    drawn = as_map(compiled(Runbook("many", 1, Text("多", "Many"), (first, *lanes, close))), "en", 80)
    assert max(map(cells, drawn.split("\n"))) <= 80
    assert all(f" {step.id} " in drawn for step in lanes)


# --- never more than a label

_HARMLESS = r"[ ,0-9A-Za-z\u3001-\u9fff\uac00-\ud7a3\uff01-\uff60]|(?<=[0-9A-Za-z])-(?=[0-9A-Za-z])"
_SAFE = rf'"(?:{_HARMLESS}|#[0-9]+;|<br/>)+"'
_BRACKETS = ("[ ]", "{ }", "{{ }}", "([ ])", "[/ /]", "[[ ]]", "> ]")
_NODE = "|".join(re.escape(left) + _SAFE + re.escape(right) for left, right in map(str.split, _BRACKETS))
MERMAID_LINE = re.compile(
    rf"flowchart TD|  end|  subgraph lane[0-9]+ \[{_SAFE}\]|  [sw][0-9]+(?:{_NODE})"
    rf"|  [sw][0-9]+ (?:-->|-\.->)(?:\|{_SAFE}\|)? [sw][0-9]+"
)
_QUOTED = r'"(?:[^"\\\n]|\\[\\"n])*"'
DOT_LINE = re.compile(
    r'digraph runbook \{|  graph \[charset="UTF-8"\];|  subgraph cluster_[0-9]+ \{|  \}|\}'
    rf"|  label={_QUOTED};"
    rf"|  [sw][0-9]+ \[shape=[a-z0-9]+, label={_QUOTED}\];"
    rf"|  [sw][0-9]+ -> [sw][0-9]+(?: \[(?:label={_QUOTED}|style=dotted|constraint=false|, )+\])?;"
)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_never_leave_their_label(words: str) -> None:
    graph = hostile(words)
    mermaid, dot = as_mermaid(graph, "en"), as_dot(graph, "en")
    assert [line for line in mermaid.splitlines() if not MERMAID_LINE.fullmatch(line)] == []
    assert [line for line in dot.split("\n")[:-1] if not DOT_LINE.fullmatch(line)] == []


@pytest.mark.parametrize(
    "breaking",
    [
        '"]; s1 --> s2',
        '"|',
        "%%{init: {}}%%",
        "end",
        "a\\",
        '\\"',
        "#quot;",
        "`md`",
        "<b>",
        "1. a",
        "- a",
        "\\N\\l",
    ],
)
def test_what_means_something_there_is_only_a_label(breaking: str) -> None:
    test_hostile_words_never_leave_their_label(breaking)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_drawing_can_act_on_a_terminal(words: str) -> None:
    graph = hostile(words)
    drawn = {name: draw(graph) for name, draw in DRAWINGS.items() if name != "json"}
    assert {name: found for name, shown in drawn.items() if (found := leaks(shown, lines=True))} == {}


# --- for programs


# A plan is UTF-8, so no half of a pair can be in it.
PLANNED = {name: words for name, words in HOSTILE.items() if words == words.encode(errors="ignore").decode()}


@pytest.mark.parametrize("words", PLANNED.values(), ids=PLANNED.keys())
def test_json_gives_the_plan_back_exactly_and_cannot_act_on_a_terminal(words: str) -> None:
    graph = hostile(words)
    said = as_json(graph)
    assert leaks(said, lines=True) == set()
    assert json.loads(said)["runbook"] == json.loads(json.dumps(to_json(graph.runbook)))


def test_json_counts_what_there_is_to_decide(cellar: StepGraph) -> None:
    said = json.loads(as_json(cellar))
    assert said["counts"]["decisions"] == 3
    assert said["counts"]["answers"] == 6
    assert said["starts"] == ["look"]
    assert said["closing"] == "close"
    assert said["order"] == list(cellar.order)


def test_the_likely_time_is_that_of_the_longest_way(cellar: StepGraph) -> None:
    said = json.loads(as_json(cellar))
    assert said["critical"] == {"minutes": "53.5", "steps": ["look", "close-valve", "pump", "settle"]}
