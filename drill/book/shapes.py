"""The table of a scenario's fields: it reads the YAML, says what is wrong in it, and makes its schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from drill.scenario.values import (
    CAPABILITIES,
    CHANNELS,
    EVERYBODY,
    FORMS,
    GRADES,
    NOTICES,
    PACES,
    PURPOSES,
    SCOPES,
    JudgedBy,
)
from engine.book.amounts import Day, Length, Number, Whole
from engine.book.page import Page
from engine.book.rehearsal import Taken
from engine.book.saying import Asks, Said
from engine.book.schema import published
from engine.book.shapes import Choice, Flag, Id, Line, Ref, Schema
from engine.book.tables import Field, Many, Named, Record
from engine.book.tree import Node, Sequence
from engine.plan import LEVELS
from engine.text import Text

TEXT_LINES = 6
"""How many lines of a screen a card may take."""


@dataclass(frozen=True, slots=True)
class Nested:
    """A list of triggers inside a trigger; the table that reads one is set below, for it holds itself."""

    def read(self, node: Node, page: Page) -> Any:
        return Many(TRIGGER, once=False).read(node, page)

    def schema(self) -> Schema:
        return {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/trigger"}}


TRIGGER = Record(
    Field("at", Length(), Text("演练时钟走到", "at this time of the exercise clock")),
    Field("after", Ref("moment"),
          Text("步骤、回答、里程碑、监视项或另一注入之后", "after a step, answer, mark, watch or other inject")),
    Field("delay", Length(), Text("之后多久", "how long after it"), needs="after"),
    Field("chance", Number(), Text("发生的可能，百分之几", "how likely it comes, in percent")),
    Field("manual", Flag(), Text("由导调给出", "the trainer gives it")),
    Field("all", Nested(), Text("全部成立", "all of these")),
    Field("any", Nested(), Text("任一成立", "any of these")),
    one_of=("at", "after", "chance", "manual", "all", "any"),
)  # fmt: skip

OBJECTIVE = Record(
    Field("id", Id(capitals=True), Text("目标编号", "its name"), required=True),
    Field("capability", Choice(CAPABILITIES), Text("能力", "the capability it shows"), required=True),
    Field("who", Said(), Text("谁", "who"), required=True),
    Field("given", Said(), Text("在什么条件下", "under what condition"), required=True),
    Field("does", Said(), Text("做什么", "does what"), required=True),
    Field("standard", Said(), Text("按什么标准", "by which standard"), required=True),
    Field("effect", Said(), Text("达到什么效果", "with what effect"), required=True),
)  # fmt: skip

INJECT = Record(
    Field("id", Id(), Text("注入编号", "its name"), required=True),
    Field("number", Line(), Text("电台里说的编号", "the control number people say over the radio")),
    Field("title", Said(), Text("标题", "its title"), required=True),
    Field("text", Said(lines=TEXT_LINES), Text("队员看到或听到的话", "what the players see or hear")),
    Field("sender", Said(), Text("谁发的", "from whom it comes")),
    Field("to", Ref("role"), Text("给哪个角色", "the role it is for"), required=True),
    Field("channel", Choice(CHANNELS), Text("渠道", "how it comes")),
    Field("when", TRIGGER, Text("何时", "when it comes"), required=True),
    Field("objectives", Many(Ref("objective"), one=True), Text("考哪些目标", "the objectives it tries"),
          required=True),
    Field("expects", Said(), Text("期望的行动", "what the players should do")),
    Field("hint", Said(), Text("给导调的提示", "a hint for the trainer")),
    Field("storyline", Line(), Text("情节线", "its storyline")),
    Field("move", Whole(1, 99), Text("第几幕", "its move")),
    Field("group", Line(), Text("分组", "its group")),
    Field("major", Flag(), Text("重大，提前一分钟告知评估员", "major: evaluators are told a minute before")),
    Field("complication", Flag(), Text("意外", "a complication")),
    Field("approved", Flag(), Text("已批准；没批准的不会自己来", "approved; one that is not never comes by itself")),
    Field("attachments", Many(Line(), one=True), Text("附件", "attachments")),
)  # fmt: skip

FACT = Record(
    Field("value", Taken(), Text("值", "the value"), required=True),
    Field("from", Length(), Text("从何时起", "from when on")),
    Field("after", Ref("moment"), Text("在什么之后", "after what")),
    Field("delay", Length(), Text("之后多久", "how long after it"), needs="after"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Values:
    """A reading in this drill: one value, or a list of records of which the last that holds counts."""

    def read(self, node: Node, page: Page) -> Any:
        changes = type(node) is Sequence and any(not hasattr(item, "text") for item in node.items)
        if changes:
            return Many(FACT, once=False).read(node, page)
        value = Taken().read(node, page)
        return None if value is None else ({"value": value},)

    def schema(self) -> Schema:
        return {"anyOf": [Taken().schema(), {"type": "array", "items": FACT.schema()}]}


FACTS = Record(
    Field("answers", Named(Ref("asked"), Many(Line(), one=True, once=False), may_be_empty=True),
          Text("去看的人会看到的答案", "what whoever looks will find")),
    Field("readings", Named(Ref("reading"), Values(), may_be_empty=True),
          Text("读数，可随时间或步骤变化", "readings, which may change with time or with steps")),
    Field("refuses", Many(Ref("step"), one=True), Text("应当拒签的停止点", "holds that are rightly refused")),
    Field("unreachable", Many(Ref("person"), one=True), Text("联系不上的人", "people nobody reaches")),
    Field("raises", Named(Ref("inject"), Ref("watch"), may_be_empty=True),
          Text("收到哪个注入就触发哪个监视项", "which watch an inject makes people raise")),
)  # fmt: skip

JUDGED_BY: tuple[JudgedBy, ...] = get_args(JudgedBy)

EXPECTATION = Record(
    Field("id", Id(capitals=True), Text("期望编号", "its name"), required=True),
    Field("objective", Ref("objective"), Text("属于哪个目标", "the objective it judges"), required=True),
    Field("text", Said(), Text("应当做到什么", "what should be done"), required=True),
    Field("class", Choice(GRADES), Text("分量", "how much it weighs"), required=True),
    Field("from", Ref("moment"), Text("从何时起算", "from which moment time counts")),
    Field("step", Ref("step"), Text("这一步做完", "this step is done")),
    Field("answer", Ref("answer"), Text("给出这个回答", "this answer is given")),
    Field("mark", Ref("mark"), Text("到达这个里程碑", "this mark is reached")),
    Field("told", Ref("group"), Text("告知这一组人", "this group is told")),
    Field("watch", Ref("watch"), Text("触发这个监视项", "this watch is raised")),
    Field("level", Choice(LEVELS), Text("定到这一级或更高", "this level or a higher one is declared")),
    Field("value", Asks(in_step=False), Text("读数符合这个条件", "a reading is taken for which this holds")),
    Field("evaluator", Flag(), Text("由评估员判断", "an evaluator judges")),
    Field("target", Length(), Text("目标用时", "how soon"), needs="limit"),
    Field("limit", Length(), Text("最迟", "at the latest"), needs="target"),
    Field("owner", Ref("role"), Text("谁负责", "the role that answers for it")),
    Field("mode", Choice(EVERYBODY), Text("全队都做到还是有人做到", "everybody of the team, or anybody")),
    Field("wrong", Many(Ref("deed"), one=True), Text("什么算做错", "the deeds that would be wrong")),
    Field("evidence", Said(), Text("凭什么判断", "by which evidence")),
    one_of=JUDGED_BY,
)  # fmt: skip

MISTAKE = Record(
    Field("step", Ref("step"), Text("在哪一步", "at which step"), required=True),
    Field("answer", Line(), Text("答成什么", "the answer they give")),
    Field("skips", Flag(), Text("跳过", "they skip it")),
    Field("late", Length(), Text("晚多久", "how much later they begin")),
    one_of=("answer", "skips", "late"),
)  # fmt: skip

PLAYER = Record(
    Field("pace", Choice(PACES), Text("快慢", "how quick they are")),
    Field("mistakes", Many(MISTAKE, once=False), Text("会犯的错", "the mistakes they make")),
)  # fmt: skip

NOTICE = Record(
    Field("who", Said(), Text("告知谁", "who is told"), required=True),
    Field("mandatory", Flag(), Text("必须告知", "must be told")),
)  # fmt: skip

SECRET = Record(
    Field("agents", Many(Ref("person")), Text("知情人", "who knows"), required=True),
    Field("code_word", Line(), Text("取消口令", "the word that calls it off"), required=True),
    Field("opens", Day(), Text("最早哪天", "not before")),
    Field("closes", Day(), Text("最晚哪天", "not after")),
    Field("blackout", Many(Day(), one=True), Text("哪些天不行", "days on which it may not be")),
)  # fmt: skip

SCENARIO = Record(
    Field("scenario", Id(), Text("情景编号", "its name"), required=True),
    Field("revision", Whole(1), Text("版次", "its revision"), required=True),
    Field("title", Said(), Text("标题", "its title"), required=True),
    Field("story", Said(), Text("情景概述", "the story"), required=True),
    Field("runbook", Ref("runbook"), Text("演练哪个预案", "the runbook that is drilled"), required=True),
    Field("room", Ref("room"), Text("机房", "the room")),
    Field("form", Choice(FORMS), Text("形式：桌面、功能、全面", "tabletop, functional or full"), required=True),
    Field("notice", Choice(NOTICES), Text("是否预先通知", "announced or no-notice")),
    Field("purpose", Choice(PURPOSES), Text("检验、示范或研究", "check, demo or research")),
    Field("scope", Choice(SCOPES), Text("单项或综合", "single-item or comprehensive")),
    Field("assessed", Flag(), Text("考核：时钟不许跳", "assessed: nobody may move the clock")),
    Field("people", Named(Ref("role"), Many(Ref("person"), one=True)), Text("谁担任什么", "who plays each role"),
          required=True),
    Field("objectives", Many(OBJECTIVE, once=False), Text("演练目标", "the objectives"), required=True),
    Field("facts", FACTS, Text("本次演练中的真实情况", "what is true in this drill")),
    Field("injects", Many(INJECT, once=False), Text("注入", "the injects"), required=True),
    Field("expectations", Many(EXPECTATION, once=False), Text("期望", "what is expected"), required=True),
    Field("stop_conditions", Many(Said(), one=True), Text("中止条件", "when the drill is stopped"), required=True),
    Field("restore", Many(Said(), one=True), Text("演练后恢复", "what is put back"), required=True),
    Field("notify", Many(NOTICE, once=False), Text("事先告知", "who is told before")),
    Field("no_notice", SECRET, Text("双盲演练的安排", "how a no-notice drill is kept and called off")),
    Field("crew", Named(Ref("person"), PLAYER), Text("模拟人员怎样做", "how simulated people play")),
    Field("length", Length(), Text("最长多久", "how long at most")),
    Field("seed", Line(), Text("默认种子", "the seed when none is given")),
)  # fmt: skip


def scenario_schema() -> Schema:
    """The JSON Schema of a scenario, as it is printed for editors."""
    made = SCENARIO.schema()
    made["$defs"] = {"trigger": TRIGGER.schema()}
    return published("scenario", made)
