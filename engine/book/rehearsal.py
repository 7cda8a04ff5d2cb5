"""A rehearsal: who does what when, and what must come of it. Played without a terminal, or on one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.book.amounts import Length, Moment, Whole
from engine.book.page import Page
from engine.book.parse import parse
from engine.book.rehearsal_names import check_names
from engine.book.shapes import Choice, Flag, Id, Line, Ref, Schema, free
from engine.book.tables import Field, Many, Named, Record
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.plan import LEVELS, NOWHERE, Book, Place
from engine.text import Text

Value = str | tuple[str, ...]
"""A reading as it is typed; of a list its items."""

ENDINGS = ("complete", "complete-except", "abandoned")

STATUSES = (
    "done", "provisional", "failed", "skipped", "deferred", "overridden", "passed", "active", "ready", "waiting",
    "asleep", "not-applicable", "awaiting-second", "contradicted", "left-over", "held-back", "overdue",
)  # fmt: skip
"""How a step may stand at the end."""

PROMISE_READINGS = ("idle", "running", "kept", "broken", "not-needed")


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the script: when, who, and what they do."""

    verb: str | None
    """One of VERBS; None when time passes, or values are read, and nothing else."""
    target: str | None = None
    """What the verb is done to: a step, watch, role, person, level, ending, or words."""
    answer: str | None = None
    """Of `answer` and of an overridden step."""
    at: timedelta | None = None
    """When, counted from the report."""
    after: timedelta | None = None
    """`pass:` how long after the line before; just one of `at` and `after` is there."""
    by: str | None = None
    values: tuple[tuple[str, Value], ...] = ()
    items: tuple[int, ...] = ()
    """The lines that are ticked, counted from 1; none: all of them."""
    reason: str | None = None
    until: str | None = None
    """The step before which a deferred one comes back."""
    outcome: str | None = None
    channel: str | None = None
    to: str | None = None
    """Who confirmed that they heard it."""
    person: str | None = None
    """Somebody else than `by`: who takes the role, or owns what is deferred."""
    second: str | None = None
    """The second person of a check or of an override."""
    strength: str | None = None
    role: str | None = None
    """As which role `by` signs, where they hold several."""
    tag: str | None = None
    text: str | None = None
    evidence: str | None = None
    deviation: str | None = None
    mark_at: timedelta | None = None
    """When the mark of an overridden or skipped step happened all the same, counted from the report."""
    alone: bool = False
    inside: str | None = None
    """`in:` the runbook in whose open run, opened by this one, it is done; None: in the run itself."""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class AtEnd:
    """What must hold when the script is over."""

    steps: tuple[tuple[str, str], ...] = ()
    promises: tuple[tuple[str, str], ...] = ()
    readings: tuple[tuple[str, Value], ...] = ()
    level: str | None = None
    ended: str | None = None
    """How the run ended: one of ENDINGS, or ``no`` when it must still be open."""
    children: tuple[str, ...] | None = None
    """The runbooks it opened; None: nothing is said about them."""
    findings: tuple[str, ...] | None = None
    """The steps that left an open finding; None: nothing is said about them."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A script for one runbook and what must come of it."""

    id: str
    runbook: str
    reported_at: datetime
    script: tuple[Act, ...]
    site: str | None = None
    room: str | None = None
    people: tuple[tuple[str, str], ...] = ()
    """Who holds each role from the beginning."""
    must_reach: tuple[str, ...] = ()
    """Steps, answers (``source.crac``), marks or watches that must have been reached once; those of a run that
    the script acts in stand behind its runbook: ``call-119/brigade-met``."""
    never: tuple[str, ...] = ()
    """The same, that must not be reached at any instant."""
    at_end: AtEnd = AtEnd()
    source: str = ""
    places: tuple[tuple[tuple[str, str], Place], ...] = ()
    """Where it says that something must come of it: (must_reach, never, or the part of at_end; name)."""

    def place_of(self, part: str, name: str) -> Place:
        """Where the file says this; the file itself when it does not."""
        return dict(self.places).get((part, name), Place(self.source, 1, 1))


@dataclass(frozen=True, slots=True)
class Taken:
    """The value of a reading, as typed: words, or a list of them."""

    def read(self, node: Node, page: Page) -> Value | None:
        if type(node) is Sequence:
            listed: Value | None = Many(Line(), once=False, may_be_empty=True).read(node, page)
            return listed
        if type(node) is Scalar and not node.empty:
            return free(node.text, node, page)
        page.wrong_type(node, "word-or-list")
        return None

    def schema(self) -> Schema:
        return {"anyOf": [Line().schema(), {"type": "array", "items": Line().schema()}]}


VERBS: dict[str, Field] = {
    one.key: one
    for one in (
        Field("done", Ref("step"), Text("做完一步", "finishes a step")),
        Field("start", Ref("step"), Text("开始一步", "begins a step")),
        Field("answer", Ref("answer"),
              Text("回答：步骤.回答", "answers: STEP.ANSWER, entry.N.yes, STEP.do or STEP.pass")),
        Field("sign", Ref("step"), Text("在关口签字", "signs a hold or a check")),
        Field("refuse", Ref("step"), Text("拒签", "refuses a hold")),
        Field("fail", Ref("step"), Text("没做成", "could not do it")),
        Field("skip", Ref("step"), Text("跳过", "skips it")),
        Field("defer", Ref("step"), Text("推迟", "puts it off")),
        Field("override", Ref("step"), Text("决定通过", "passes it by decision")),
        Field("reopen", Ref("step"), Text("重新打开", "opens it again")),
        Field("tick", Ref("step"), Text("打勾", "ticks lines of it")),
        Field("try", Ref("person"), Text("试着联系某人", "tries to reach a person")),
        Field("tell", Ref("step-or-group"), Text("通知", "tells a group, or does a tell step")),
        Field("level", Choice(LEVELS), Text("定级", "declares the level")),
        Field("raise", Ref("watch"), Text("触发监视项", "raises a watch")),
        Field("retire", Ref("watch"), Text("解除监视项", "retires a watch")),
        Field("role", Ref("role"), Text("担任角色", "takes a role")),
        Field("handover", Ref("role"), Text("交接角色", "hands this role over to `person`")),
        Field("put-back", Ref("step"), Text("遗留已复原", "puts back what this step left over")),
        Field("ticket", Ref("step"), Text("遗留已登记工单", "tickets what this step left over")),
        Field("confirm-voice", Ref("step"), Text("本人确认口头签字", "confirms a signature by voice")),
        Field("hold", Line(), Text("挂起：理由", "puts the run on hold, and why")),
        Field("resume", Flag(), Text("继续处置", "goes on with a run on hold")),
        Field("note", Line(), Text("记事", "writes a note")),
        Field("report", Line(), Text("发出故障报告", "issues the fault report of this number")),
        Field("end", Choice(ENDINGS), Text("结束", "ends the run")),
    )
}  # fmt: skip

_OPTIONS = (
    Field("values", Named(Ref("reading"), Taken(), may_be_empty=True), Text("读数", "readings"), to="values"),
    Field("items", Many(Whole(1, 10_000), one=True), Text("第几条", "which lines"), to="items"),
    Field("reason", Line(), Text("理由", "why"), to="reason"),
    Field("until", Ref("step"),
          Text("推迟到哪一步之前", "the step before which it comes back"), needs="defer", to="until"),
    Field("outcome", Choice(("answered", "no-answer", "busy", "off", "refused", "voice", "sent", "failed")),
          Text("结果", "what came of it"), to="outcome"),
    Field("channel", Line(), Text("渠道", "by which channel"), to="channel"),
    Field("to", Line(), Text("谁听到并确认", "who confirmed that they heard it"), to="to"),
    Field("person", Ref("person"), Text("另一人", "somebody else than `by`"), to="person"),
    Field("second", Ref("person"), Text("第二人", "the second person"), to="second"),
    Field("strength", Choice(("own-device", "pin", "voice")),
          Text("签字方式", "how it is signed"), to="strength"),
    Field("tag", Line(), Text("输入的标牌", "the tag that is typed"), to="tag"),
    Field("text", Line(), Text("文字", "the words"), to="text"),
    Field("evidence", Line(), Text("证据文件名", "the name of the evidence"), to="evidence"),
    Field("deviation", Line(), Text("与预案不同之处", "what was different from the plan"), to="deviation"),
    Field("mark_at", Length(), Text("里程碑发生的时间", "when its mark happened"), to="mark_at"),
    Field("alone", Flag(), Text("独自通过", "passed alone"), to="alone"),
)  # fmt: skip

ACT = Record(
    Field("at", Length(), Text("报告后多久", "when, counted from the report"), to="at"),
    Field("pass", Length(), Text("再过多久", "how long after the line before"), to="after"),
    Field("by", Ref("person"), Text("谁", "who"), to="by"),
    Field(
        "in",
        Ref("runbook"),
        Text("在哪个子预案的处置里做", "the runbook in whose open run, opened by this one, it is done"),
        to="inside",
    ),
    *VERBS.values(),
    *_OPTIONS,
    one_of=("at", "pass"),
)

AT_END = Record(
    Field("steps", Named(Ref("step"), Choice(STATUSES)), Text("步骤的状态", "how steps stand")),
    Field("promises", Named(Ref("promise"), Choice(PROMISE_READINGS)), Text("承诺", "how promises stand")),
    Field("readings", Named(Ref("reading"), Taken()), Text("读数", "the latest readings")),
    Field("level", Choice(LEVELS), Text("级别", "the level"), to="level"),
    Field("ended", Choice((*ENDINGS, "no")), Text("如何结束", "how it ended"), to="ended"),
    Field("children", Many(Ref("runbook"), one=True, may_be_empty=True),
          Text("启动的预案", "what it opened"), to="children"),
    Field("findings", Many(Ref("step"), one=True, may_be_empty=True),
          Text("留下待处理问题的步骤", "the steps that left an open finding"), to="findings"),
)  # fmt: skip

REHEARSAL = Record(
    Field("rehearsal", Id(), Text("排练编号", "its name"), required=True),
    Field("runbook", Ref("runbook"), Text("排练的预案", "the runbook that is rehearsed"), required=True),
    Field("site", Ref("site"), Text("站点", "the site")),
    Field("room", Ref("room"), Text("机房", "the room")),
    Field("reported_at", Moment(), Text("报告时间", "when it was reported"), required=True),
    Field("people", Named(Ref("role"), Ref("person"), may_be_empty=True),
          Text("谁担任什么", "who holds each role")),
    Field("script", Many(ACT, once=False), Text("剧本", "who does what when"), required=True),
    Field("must_reach", Many(Ref("reached"), one=True, may_be_empty=True),
          Text("必须到达", "what must be reached")),
    Field("never", Many(Ref("reached"), one=True, may_be_empty=True),
          Text("绝不到达", "what must never be reached")),
    Field("at_end", AT_END, Text("最后应如何", "what must hold at the end")),
)  # fmt: skip

_TO = {one.key: one.to for one in ACT.fields if one.to}


def rehearsal_schema() -> Schema:
    """The schema of a rehearsal."""
    return REHEARSAL.schema()


def rehearsal_of(data: bytes, page: Page, book: Book | None) -> Rehearsal | None:
    """The rehearsal in `data`; its names are looked up in `book` when there is one."""
    root = parse(data, page)
    if root is None:
        return None
    said = REHEARSAL.read(root, page) or {}
    script = root.get("script")
    nodes = script.items if isinstance(script, Sequence) else []
    for node in nodes:
        _check_verbs(node, page)
    if book is not None:
        check_names(said, root, page, book)
    if page.spoiled:
        return None
    acts = [_act(one, node, page) for one, node in zip(said["script"], nodes, strict=True)]
    return Rehearsal(
        id=said["rehearsal"],
        runbook=said["runbook"],
        reported_at=said["reported_at"],
        script=tuple(acts),
        site=said.get("site"),
        room=said.get("room"),
        people=tuple(said.get("people", {}).items()),
        must_reach=said.get("must_reach", ()),
        never=said.get("never", ()),
        at_end=_at_end(said.get("at_end", {})),
        source=page.file,
        places=tuple(_places(root, page.file)),
    )


def _places(root: Table, file: str) -> Iterator[tuple[tuple[str, str], Place]]:
    """Where each thing stands that must come of the rehearsal."""

    def at(node: Node) -> Place:
        return Place(file, node.line, node.column)

    for part in ("must_reach", "never"):
        listed = root.get(part)
        nodes = listed.items if isinstance(listed, Sequence) else [listed]
        yield from (((part, node.text), at(node)) for node in nodes if isinstance(node, Scalar))
    at_end = root.get("at_end")
    for part, (key, said) in at_end.entries.items() if isinstance(at_end, Table) else ():
        yield (part, ""), at(key)
        entries = said.entries if isinstance(said, Table) else {}
        yield from (((part, name), at(named)) for name, (named, _) in entries.items())


_DETAILS = {"override": {"answer"}, "sign": {"role"}, "refuse": {"role"}, "try": {"role"}}
"""What is a verb when it stands alone, and beside these says more: with which answer, as which role."""


def _verbs_of(node: Table) -> list[str]:
    """The verbs of a line, without those that only say more about another."""
    said = [key for key in node.entries if key in VERBS]
    details = {detail for key in said for detail in _DETAILS.get(key, ())}
    return [key for key in said if key not in details]


def _check_verbs(node: Node, page: Page) -> None:
    if not isinstance(node, Table):
        return
    verbs = _verbs_of(node)
    if len(verbs) > 1:
        page.fault("two-verbs", node.entries[verbs[1]][0], first=verbs[0], second=verbs[1])
    if not verbs and "values" not in node.entries and "at" in node.entries:
        page.fault("no-verb", node, verbs=tuple(VERBS))


def _act(said: dict[str, Any], node: Node, page: Page) -> Act:
    assert isinstance(node, Table)
    verb = next(iter(_verbs_of(node)), None)
    target = None if verb is None or verb == "resume" else said[verb]
    made = {_TO[key]: value for key, value in said.items() if key in _TO}
    made["values"] = tuple(said.get("values", {}).items())
    answer = said.get("answer")
    if verb == "answer":
        target, _, answer = said["answer"].rpartition(".")
    if verb != "role":
        made["role"] = said.get("role")
    return Act(verb, target, answer, **made, place=Place(page.file, node.line, node.column))


def _at_end(said: dict[str, Any]) -> AtEnd:
    tables = {key: tuple(said.get(key, {}).items()) for key in ("steps", "promises", "readings")}
    return AtEnd(
        **tables,
        level=said.get("level"),
        ended=said.get("ended"),
        children=said.get("children"),
        findings=said.get("findings"),
    )
