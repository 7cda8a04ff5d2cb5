"""The pen that every drawing is made with: what a graph holds, said in one language and cleaned."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from engine.condition import say_length
from engine.graph import Edge, StepGraph, say_fact, unsaid
from engine.plan import MAIN, RESTORE, Limit, Reading
from engine.sentences.usual import mark_words, unit_words
from engine.text import Text, clean, cut

WIDTH = 76
"""Cells of a line, when nothing else is said."""

NARROWEST = 40
"""No drawing is made for fewer cells than this."""

MANY = 8
"""More steps than this are not listed one by one where a step says what it comes after."""

_TITLE_CELLS = 40
"""How much of the title of another step is repeated where it is referred to."""

_NAME = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?:\.[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)*"
)
"""A name in a condition; the unit behind a number is none."""

_SITE = "site."

_CONDITION_WORDS = ("and", "or", "not", "waited")

_SLOT = re.compile(r"\{\{\s*([a-z][a-z0-9_.-]*)\s*\}\}")
"""A value in a message template."""

_OF_A_RUN = {
    "run.id": "run-id",
    "run.opened_at": "run-opened",
    "run.now": "run-now",
    "run.level": "run-level",
    "run.room": "run-room",
    "site.room.id": "run-room",
    "site.room.title": "run-room",
}
"""What only a run can say, by the word that stands for it on paper."""

WORDS: dict[str, Text] = {
    "run-id": Text("[编号]", "[number]"),
    "run-opened": Text("[开始时间]", "[start]"),
    "run-now": Text("[现在时间]", "[time now]"),
    "run-level": Text("[级别]", "[level]"),
    "run-room": Text("[机房]", "[room]"),
    "and": Text("且", "and"),
    "not": Text("非", "not"),
    "waited": Text("已等", "waited"),
    "rise": Text("{label}升幅", "rise of {label}"),
    "step-answers": Text("第 {number} 步答“{answer}”", "step {number} answers '{answer}'"),
    "list": Text("、", ", "),
    "comma": Text("，", ", "),
    "colon": Text("：", ": "),
    "measured": Text("{label}（{unit}）", "{label} ({unit})"),
    "or": Text("或", " or "),
    "either": Text("；或 ", "; or "),
    "head": Text("预案 {id}，第 {revision} 版", "Runbook {id}, revision {revision}"),
    "released": Text("，{name} 于 {date} 发布", ", released by {name} on {date}"),
    "not-released": Text("，未发布", ", not released"),
    "review": Text("，{date} 前复审", ", to be reviewed by {date}"),
    "symptoms": Text("现象", "Signs"),
    "entry": Text("启动条件", "Begins when"),
    "roles": Text("角色", "Roles"),
    "readings": Text("读数", "Readings"),
    "levels": Text("响应级别", "Levels"),
    "goals": Text("关键状态", "Goals"),
    "watches": Text("监视", "Watch"),
    "exit": Text("结束条件", "Before it is complete"),
    "inhibits": Text("期间压住的预案", "Held back meanwhile"),
    "safety-lines": Text("安全条款（已逐条证明）", "Safety lines, each proven"),
    "lane": Text("线：{lane}", "Lane: {lane}"),
    "main": Text("主线", "Main lane"),
    "restore": Text("复原", "Restore"),
    "do": Text("做", "do"),
    "ask": Text("判断", "decide"),
    "hold": Text("停止点", "hold"),
    "wait": Text("等待", "wait"),
    "contact": Text("联系", "reach"),
    "tell": Text("告知", "tell"),
    "run": Text("转入预案", "run"),
    "safety": Text("安全步骤", "safety step"),
    "optional": Text("可略过", "may be skipped"),
    "at": Text("地点 {place}", "at {place}"),
    "tag": Text("标牌 {tag}", "tag {tag}"),
    "takes": Text("{least}/{likely}/{most} 分钟", "{least}/{likely}/{most} min"),
    "warning": Text("警告：{text}", "WARNING: {text}"),
    "step": Text("第 {number} 步“{title}”", "step {number} '{title}'"),
    "raised": Text("监视“{watch}”触发", "the watch '{watch}' is raised"),
    "answered": Text("{step}回答“{answers}”", "{step} ends in '{answers}'"),
    "late": Text("{step}超过时限", "{step} is past its limit"),
    "starts": Text("一开始就做。", "Starts with the run."),
    "after": Text("在此之后：{list}。", "After: {list}."),
    "after-all": Text("在所有线都做完之后。", "After every lane and loose end."),
    "after-many": Text("在 {count} 步之后。", "After {count} steps."),
    "only-when": Text("只在 {condition} 时做。", "Only when {condition}."),
    "first": Text("打开着就先做。", "It comes first while it is open."),
    "declare-level": Text("宣布了级别才算完成。", "It is done by declaring the level."),
    "check-tag": Text("开始前先输入标牌 {tag}。", "Type the tag {tag} before it begins."),
    "record": Text("读数：{list}。", "Read: {list}."),
    "tick": Text("勾选：", "Tick:"),
    "each": Text("逐项做：{reading}。", "Once for each of: {reading}."),
    "expect": Text("应达到：{text}。", "Expect: {text}."),
    "expect-none": Text(
        "应达到：{text}；没有别的步骤，写明所见。",
        "Expect: {text}; no other step, what is seen is written down.",
    ),
    "expect-finding": Text("应达到：{text}；否则留为待处理问题。", "Expect: {text}; else an open finding."),
    "expect-in": Text("应在 {time}内达到：{text}。", "Expect within {time}: {text}."),
    "photo": Text("附照片", "Attach a photo"),
    "file": Text("附文件", "Attach a file"),
    "must": Text("（必须）。", " (required)."),
    "may": Text("（可不附）。", " (may be left out)."),
    "wait-for": Text("等 {time}。", "Wait {time}."),
    "wait-until": Text("等到 {condition}。", "Wait until {condition}."),
    "steady": Text("等到 {condition}，并保持 {time}。", "Wait until {condition}, steady for {time}."),
    "whom": Text("找：{who}。", "Whom: {who}."),
    "which": Text("预案：{runbook}。", "Runbook: {runbook}."),
    "hand-over": Text("预案：{runbook}，打开后就算完成。", "Runbook: {runbook}; finished once it is open."),
    "words": Text("内容：{text}", "Words: {text}"),
    "every": Text("每隔 {time}{end}。", "Every {time}{end}."),
    "every-until": Text("，直到{what}", ", until {what}"),
    "every-when": Text("，直到 {condition}", ", until {condition}"),
    "every-span": Text("，共 {time}", ", for {time}"),
    "every-times": Text("，共 {count} 次", ", {count} times"),
    "needs": Text("签字条件：{condition}。", "Signed only where {condition}."),
    "sign": Text("签字：{roles}，各由不同的人。", "Signed by: {roles}, each another person."),
    "sign-some": Text(
        "签字：{roles}中的 {need} 个，各由不同的人。", "Signed by {need} of: {roles}, each another person."
    ),
    "independent": Text(
        "由第二个人之后独立复核。", "Verified later by a second person, blind to the first value."
    ),
    "together": Text("两个人一起做。", "Done by two people together."),
    "inside": Text("在危险区内做，全员撤出时不得做。", "Done inside; held back while everybody is out."),
    "withdraw": Text("全员撤出，签了{hold}才能再进。", "Everybody is out until {hold} is signed."),
    "irreversible": Text("做了就收不回。", "Cannot be taken back."),
    "never-alone": Text("任何时候都不准一个人通过。", "May never be passed alone."),
    "within": Text("时限 {time}。", "Within {time}."),
    "within-from": Text("时限 {time}，从{start}算起。", "Within {time} of {start}."),
    "missed": Text("超时：{what}。", "When that has passed: {what}."),
    "site-value": Text("（站点值）", " (site value)"),
    "no-defer": Text("不能暂缓。", "May not be deferred."),
    "defer": Text("最多暂缓到{step}之前。", "May be deferred until before {step}."),
    "marks": Text("里程碑：{list}。", "Marks: {list}."),
    "touches": Text("改变：{list}。", "Changes: {list}."),
    "why": Text("为什么：{text}", "Why: {text}"),
    "detail": Text("说明：{text}", "Detail: {text}"),
    "suggested": Text("（{condition} 时建议）", " (suggested when {condition})"),
    "raises": Text("，级别升 {count}", ", the level rises by {count}"),
    "goes-back": Text(
        "退回{step}，最多 {times} 次；用完后{rest}",
        "back to {step}, at most {times} times; after that {rest}",
    ),
    "then": Text("接着{list}", "on to {list}"),
    "road-ends": Text("这条路到此为止", "this road ends here"),
    "run-ends": Text("处置到此结束", "the run ends here"),
    "lane-ends": Text("这条线到此为止", "this lane ends here"),
    "aware": Text("注意 {band}", "aware at {band}"),
    "act": Text("处置 {band}", "act at {band}"),
    "fresh": Text("{time}内有效", "good for {time}"),
    "range": Text("可信 {least} 到 {most}", "believable {least} to {most}"),
    "text": Text("文字", "words"),
    "yes-no": Text("是/否", "yes or no"),
    "time": Text("时间", "a time"),
    "number": Text("数值", "a number"),
    "list-kind": Text("清单", "a list"),
    "watch-when": Text("{condition} 时触发", "raised when {condition}"),
    "watch-if": Text("看到时触发：{words}", "raised when you see: {words}"),
    "watch-level": Text("级别到 {level}", "level {level}"),
    "watch-until": Text("直到 {condition}", "until {condition}"),
    "opened": Text("处置开始", "the opening of the run"),
    "marked": Text("里程碑“{mark}”", "the mark '{mark}'"),
    "map-starts": Text("开始", "start"),
    "map-all": Text("全部", "all"),
    "map-marks": Text(
        "* 做  ? 判断  # 停止点  ~ 等待  @ 联系  = 告知  > 转入预案  ! 监视",
        "* do  ? decide  # hold  ~ wait  @ reach  = tell  > run  ! watch",
    ),
    "map-signs": Text(
        "< 3,1.wet：在第 3 步之后，且第 1 步回答 wet；~ 到那一步为止；^ 退回",
        "< 3,1.wet after step 3 and answer wet of step 1; ~ goes on until; ^ goes back",
    ),
    "edge-missed": Text("超时", "too late"),
    "edge-until": Text("到此为止", "ends it"),
    "edge-back": Text("{answer}：退回，最多 {times} 次", "{answer}: back, at most {times} times"),
}


@dataclass(frozen=True)
class Pen:
    """Says what a graph holds in one language."""

    graph: StepGraph
    language: str
    room: str | None = None
    """The room whose values are said; without one they stand in brackets."""

    def word(self, word_id: str, **facts: object) -> str:
        return WORDS[word_id].of(self.language).format(**facts)

    def said(self, text: Text) -> str:
        """A text of the plan, cleaned, its lines kept."""
        return clean(text.of(self.language), lines=True)

    def message(self, template: Text) -> str:
        """A message as it will read: what stands in the plan and the site, and in brackets what a run says."""
        words = _SLOT.sub(lambda found: self._in_message(found[1], found[0]), template.of(self.language))
        return clean(words, lines=True)

    def _in_message(self, name: str, slot: str) -> str:
        room = next((one for one in self.graph.site.rooms if one.id == self.room), None)
        if room is not None and _OF_A_RUN.get(name) == "run-room":
            return clean(room.id) if name == "site.room.id" else self.title(room.title)
        if name in _OF_A_RUN:
            return self.word(_OF_A_RUN[name])
        of_the_plan = {
            "plan.id": self.graph.runbook.id,
            "plan.title": self.graph.runbook.title.of(self.language),
            "plan.revision": str(self.graph.runbook.revision),
            "site.id": self.graph.site.id,
            "site.title": self.graph.site.title.of(self.language),
        }
        if name in of_the_plan:
            return of_the_plan[name]
        if not name.startswith(_SITE):
            return slot
        fact = self.graph.site_fact(name.removeprefix(_SITE), self.room)
        if fact is None:
            return unsaid(self.graph.site, name.removeprefix(_SITE), self.language)
        return say_fact(fact, self.language)

    def title(self, text: Text) -> str:
        """A text of the plan on one line."""
        return clean(one_line(text.of(self.language)))

    def list(self, parts: Iterable[str]) -> str:
        return self.word("list").join(parts)

    def limit(self, limit: Limit) -> str:
        return say_length(limit.length, self.language) + (self.word("site-value") if limit.parameter else "")

    def role(self, role_id: str) -> str:
        return self.title(self.graph.runbook.role(role_id))

    def condition(self, text: str) -> str:
        """A condition in words, with the values of the site; those of a room are known only in a run."""
        return clean(_NAME.sub(lambda found: self._in_words(found[0]), text))

    def _in_words(self, name: str) -> str:
        """One name of a condition: a reading, an answer, a mark, or a value of the site."""
        rise, step, answer = name.removesuffix("-rise"), *name.partition(".")[::2]
        if name in _CONDITION_WORDS:
            return self.word(name).strip()
        if name.startswith(_SITE):
            return self._site_value(name)
        if rise in self.graph.readings:
            label = self.title(self.graph.readings[rise].label)
            return label if rise == name else self.word("rise", label=label)
        if step in self.graph.steps:
            says = {one.id: self.title(one.says) for one in self.graph.steps[step].answers}
            number = self.graph.number[step]
            return self.word("step-answers", number=number, answer=says.get(answer, clean(answer)))
        return self.word("marked", mark=self.mark(name)) if name in self.graph.carriers else name

    def _site_value(self, name: str) -> str:
        """What the site says; of a fact that each room says for itself, what is asked, in brackets."""
        known = name.removeprefix(_SITE)
        fact = self.graph.site_fact(known, self.room)
        if fact is None:
            return clean(unsaid(self.graph.site, known, self.language))
        number_and_unit = f"{say_fact(fact, self.language)} {unit_words(fact.unit, self.language)}"
        return number_and_unit.rstrip() + self.word("site-value")

    def tag(self, tag: str) -> str:
        """A tag as it hangs there; of one that the room says, what is tagged, in brackets."""
        return (
            clean(unsaid(self.graph.site, tag.removeprefix(_SITE), self.language))
            if tag.startswith(_SITE)
            else clean(tag)
        )

    def reading(self, reading_id: str) -> str:
        """A reading by its label, with its unit."""
        found = self.graph.readings.get(reading_id)
        if found is None:
            return clean(reading_id)
        label, unit = self.title(found.label), self.unit(found)
        return self.word("measured", label=label, unit=unit) if unit else label

    def unit(self, reading: Reading) -> str:
        """The unit of a reading, or what is written instead of a number."""
        if reading.unit is not None:
            return unit_words(reading.unit, self.language)
        return self.word("list-kind" if reading.kind == "list" else reading.kind)

    def mark(self, name: str) -> str:
        """A mark in words."""
        return self.title(mark_words(name))

    def ref(self, node: str) -> str:
        """Another step by number and title, or a watch."""
        step = self.graph.steps.get(node)
        if step is None:
            return self.word("raised", watch=clean(node))
        title = cut(self.title(step.text), _TITLE_CELLS)
        return self.word("step", number=self.graph.number[node], title=title)

    def named(self, name: str) -> str:
        """A step, a mark, or the opening of the run."""
        if name == "reported":
            return self.word("opened")
        return self.ref(name) if name in self.graph.steps else self.word("marked", mark=self.mark(name))

    def answers(self, edge: Edge) -> str:
        """The answers an edge is followed on, as they are said."""
        step = self.graph.steps.get(edge.earlier)
        says = {one.id: self.title(one.says) for one in step.answers} if step is not None else {}
        return self.word("or").join(says.get(name, clean(name)) for name in edge.answers or ())

    @cached_property
    def gathering(self) -> frozenset[str]:
        """The steps that wait for every loose end: `after: all`, or the first that restores before one."""
        graph = self.graph
        found = {step.id for step in graph.runbook.steps if step.after_all}
        restoring = (step.id for step in graph.runbook.steps if step.lane == RESTORE)
        return frozenset(found | {next(restoring, graph.closing)} if graph.closing in found else found)

    @cached_property
    def tags(self) -> frozenset[str]:
        """What no line may be broken inside."""
        steps = {clean(step.tag) for step in self.graph.runbook.steps if step.tag}
        return frozenset(steps | {clean(tag) for room in self.graph.site.rooms for tag, _ in room.tags})

    def title_of(self, node: str) -> str:
        """What a step or watch says, on one line."""
        step = self.graph.steps.get(node)
        if step is not None:
            return self.title(step.text)
        watch = self.graph.watches[node]
        return self.title(watch.words) if watch.words is not None else self.condition(watch.when or "")

    def lane(self, lane: str | None) -> str:
        """The name of a lane."""
        if lane in (MAIN, RESTORE):
            return self.word("main" if lane == MAIN else "restore")
        return clean(one_line(lane or ""))


def lane_name(pen: Pen, lane: str) -> str:
    """How a lane is headed."""
    return pen.lane(lane) if lane in (MAIN, RESTORE) else pen.word("lane", lane=pen.lane(lane))


def one_line(text: str) -> str:
    return text.replace("\r\n", " ").replace("\n", " ").strip()


def lane_of(graph: StepGraph, node: str) -> str | None:
    """The lane of a step; None for a watch, which stands in none."""
    step = graph.steps.get(node)
    return None if step is None else step.lane
