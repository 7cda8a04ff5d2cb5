"""What a step may say: one table of keys, in the order of the language page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.book.amounts import Minutes, SiteLimit, Whole
from engine.book.page import Page, Use
from engine.book.saying import Asks, Said
from engine.book.shapes import ID, Choice, Flag, Id, Line, Ref, Schema, Shape, Tag, word
from engine.book.tables import ByForm, ByKey, Field, Many, Named, Record
from engine.book.tree import Node, Scalar, Table
from engine.plan import (
    FINDING,
    KINDS,
    NO_OTHER_WAY,
    Sign,
)
from engine.text import STEP_LINES, WARN_LINES, Text

WAY = ByForm(
    Ref("step"),
    Record(
        Field("back_to", Ref("step"), Text("退回到的步骤", "the step it goes back to"), required=True),
        Field("at_most", Whole(1, 1000), Text("最多退回几次", "how many times"), required=True),
    ),
)
"""Where an outcome leads: to a step, or back."""


NO_WAY = (FINDING, NO_OTHER_WAY)
"""What `else` of an expectation may say instead of where it leads."""


@dataclass(frozen=True, slots=True)
class WayOrWord:
    """A way; or `finding`: what is wrong is left open and the step goes on; or `none`: there is no other way."""

    way: Shape = WAY

    def read(self, node: Node, page: Page) -> Any:
        if type(node) is Scalar and node.text in NO_WAY:
            return node.text
        return self.way.read(node, page)

    def schema(self) -> Schema:
        return self.way.schema()


@dataclass(frozen=True, slots=True)
class Signers:
    """A list of roles, or `need` of them."""

    listed: Shape = Many(Ref("role"), one=True)
    chosen: Record = Record(
        Field("need", Whole(1, 20), Text("需要几人签字", "how many must sign"), required=True),
        Field("of", Many(Ref("role")), Text("可签字的角色", "the roles that may"), required=True),
    )

    def read(self, node: Node, page: Page) -> Sign | None:
        if type(node) is not Table:
            roles = self.listed.read(node, page)
            return Sign(roles, len(roles)) if roles else None
        said = self.chosen.read(node, page)
        if said is None or not {"need", "of"} <= said.keys():
            return None
        if said["need"] > len(said["of"]):
            need = node.entries["need"][1]
            page.fault("outside-range", need, found=str(said["need"]), least=1, most=len(said["of"]))
        return Sign(said["of"], said["need"])

    def schema(self) -> Schema:
        return {"anyOf": [self.listed.schema(), self.chosen.schema()]}


@dataclass(frozen=True, slots=True)
class Message:
    """A message, or the name of a template of promises.yaml."""

    text: Shape = Said(template=True)

    def read(self, node: Node, page: Page) -> Text | str | None:
        if isinstance(node, Scalar) and ID.fullmatch(node.text):
            page.uses.append(Use("message", node.text, node))
            return node.text
        said: Text | None = self.text.read(node, page)
        return said

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "string", "pattern": f"^{ID.pattern}$"}, self.text.schema()]}


ANSWER = ByKey(
    Record(
        Field("says", Said(), Text("回答的文字", "what the answer says"), required=True),
        Field("when", Asks(), Text("提示选此项的条件", "the condition that suggests it")),
        Field("back_to", Ref("step"), Text("退回到的步骤", "the step it goes back to"), needs="at_most"),
        Field("at_most", Whole(1, 1000), Text("最多退回几次", "how many times"), needs="back_to"),
        Field("level", Whole(1, 3, plus=True), Text("升几级", "by how many levels it raises the incident")),
    ),
    Said(),
)

EXPECT = ByKey(
    Record(
        Field("that", Asks(), Text("应成立的条件", "the condition that should hold"), required=True),
        Field("in", SiteLimit(), Text("多长时间内", "how long it may take")),
        Field("else", WayOrWord(),
              Text("不符合时去哪一步；或 finding：留为待处理问题；或 none：没有别的步骤，写明所见",
                   "where it leads when it does not hold; or `finding`: it is left open as a finding; "
                   "or `none`: there is no other step, what is seen is written down")),
    ),
    Said(),
)  # fmt: skip

EVIDENCE = ByForm(
    Choice(("photo", "file")),
    Record(
        Field("kind", Choice(("photo", "file")), Text("照片或文件", "a photo or a file"), required=True),
        Field("required", Flag(), Text("没有就不能完成", "the step cannot be done without it")),
    ),
)


@dataclass(frozen=True, slots=True)
class UntilWord:
    """A step, a mark or a condition: which of them is known when the whole file is read."""

    def read(self, node: Node, page: Page) -> str | None:
        return word(node, page, "condition")

    def schema(self) -> Schema:
        return {"type": "string", "minLength": 1}


def _only(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


_NOT_RUN = frozenset(KINDS) - {"run"}
_REPEATED = _only("do", "tell")
_TIMED = _REPEATED | {"wait"}

# `docs` of the language page, section 4, in its order.
STEP = Record(
    Field("id", Id(),
          Text("步骤编号，记录永远用它", "its name; the record refers to it for ever"), required=True),
    Field("do", Said(STEP_LINES), Text("要做的事", "what the person does")),
    Field("ask", Said(STEP_LINES), Text("要判断的问题", "what the person decides")),
    Field("hold", Said(STEP_LINES), Text("签字后才能通过的关口", "nobody passes without the signatures")),
    Field("wait", Said(STEP_LINES), Text("要等的事", "what is waited for")),
    Field("contact", Ref("contact-role"), Text("要联系的角色", "the role to reach")),
    Field("tell", Ref("group"), Text("要通知的对象组", "the group to tell (site.yaml: groups)")),
    Field("run", Ref("runbook"), Text("要启动的另一预案", "another runbook or procedure")),
    Field("says", Said(STEP_LINES), Text("代替自动生成的文字", "the text of a contact, tell or run step"),
          kinds=_only("contact", "tell", "run")),
    Field("role", Many(Ref("role"), one=True),
          Text("执行的角色，任一即可", "who does it: any of these roles"), to="roles"),
    Field("first", Flag(),
          Text("打开着就摆在最前；做的人都不在终端上时，摆在终端前的人面前",
               "it stands in front before all else; where nobody of its roles is at a terminal, before whoever is"),
          to="first"),
    Field("place", Said(), Text("地点", "where it is done"), to="where"),
    Field("tag", Tag(), Text("设备标牌，或机房的固定值", "the tag on the equipment, or a fact of the room"),
          to="tag"),
    Field("check_tag", Flag(),
          Text("先输入标牌", "the tag must be typed first"), needs="tag", to="check_tag"),
    Field("declare_level", Flag(),
          Text("宣布了级别才算完成", "it is done by declaring the level"), to="declare_level",
          kinds=_only("do")),
    Field("lane", Id(), Text("并行的一条线", "a row of steps of its own")),
    Field("after", Many(Line(), one=True, may_be_empty=True), Text("在哪些步骤之后", "what it comes after")),
    Field("warn", Said(WARN_LINES, "warning-too-long"),
          Text("危险及后果", "hazard and consequence"), to="warn"),
    Field("detail", Said(), Text("更多说明", "longer text"), to="detail"),
    Field("why", Said(), Text("理由", "the reason"), to="why"),
    Field("record", Many(Ref("reading"), one=True), Text("要记录的读数", "the readings to take"),
          kinds=_NOT_RUN, to="record"),
    Field("expect", EXPECT, Text("之后应看到什么", "what should be seen after the act"), kinds=_REPEATED),
    Field("check", Many(Said(), one=True),
          Text("逐条打勾", "texts to tick, in any order"), kinds=_NOT_RUN, to="check"),
    Field("each", Ref("list-reading"), Text("对清单中每一项做一次", "once for each item of a list reading"),
          kinds=_only("do"), to="each"),
    Field("evidence", EVIDENCE, Text("照片或文件", "a photo or a file"), kinds=_NOT_RUN),
    Field("takes", Minutes(),
          Text("乐观/可能/悲观分钟数", "optimistic/likely/pessimistic minutes"), to="takes"),
    Field("within", SiteLimit(some=True), Text("时限", "the time limit"), to="within"),
    Field("from", Ref("step-or-mark"), Text("时限从哪里算起", "the step or mark the limit counts from"),
          needs="within", to="within_from"),
    Field("missed", Ref("step-or-role"),
          Text("超时后打开的步骤或告知的角色", "the step or role when it has passed"),
          needs="within", to="missed"),
    Field("every", SiteLimit(some=True), Text("每隔多久重复", "how often it comes again"), kinds=_REPEATED),
    Field("until", UntilWord(), Text("到何时为止", "the step, mark or condition that ends it"), kinds=_TIMED),
    Field("for", SiteLimit(), Text("持续多久", "for how long"), kinds=_TIMED),
    Field("times", Whole(1, 10_000), Text("重复几次", "how many times"), kinds=_REPEATED, needs="every"),
    Field("steady", SiteLimit(), Text("须持续成立多久", "how long it must stay true"),
          kinds=_only("wait"), needs="until", to="steady"),
    Field("restart", Flag(), Text("可以重新计时", "it may begin again"), kinds=_only("wait"), to="restart"),
    Field("answers", Named(Id(), ANSWER),
          Text("可选的回答", "the answers to choose from"), kinds=_only("ask")),
    Field("sign", Signers(), Text("谁签字", "who signs"), kinds=_only("hold"), to="sign"),
    Field("needs", Asks(),
          Text("签字的条件：读数说不成立时不能签", "what must be so to sign: refused when readings deny it"),
          kinds=_only("hold"), to="needs"),
    Field("refused", WAY, Text("拒签后去哪一步", "where a refusal leads"), kinds=_only("hold"), to="refused"),
    Field("else", WAY, Text("无人应答时去哪一步", "where it leads when nobody answers"),
          kinds=_only("contact"), to="otherwise"),
    Field("only_when", Asks(),
          Text("打开时条件成立才做", "judged once, when the step would open"), to="only_when"),
    Field("class", Choice(("safety", "mandatory", "optional")),
          Text("安全步骤不得跳过或推迟", "safety is never skipped and never deferred"), to="cls"),
    Field("verify", Choice(("independent", "together")), Text("第二人复核", "a second person checks"),
          kinds=_only("do", "ask"), to="verify"),
    Field("irreversible", Flag(), Text("做了不能收回", "the act cannot be taken back"),
          kinds=_only("do", "hold", "tell", "run"), to="irreversible"),
    Field("never_alone", Flag(), Text("不得一人通过", "may not be passed by one person"),
          kinds=_only("do", "ask", "hold"), to="never_alone"),
    Field("inside", Flag(),
          Text("在危险区内做；全员撤出期间不得做",
               "it is done inside the endangered room: held back while everybody is out"),
          kinds=_only("do", "ask", "run"), to="inside"),
    Field("withdraw", Ref("step"),
          Text("全员撤出，到这个关口签了字才能再进", "it gets everybody out, until this hold is signed"),
          to="withdraw"),
    Field("defer", Ref("defer"),
          Text("no，或推迟到哪一步之前", "no, or the step before which it must come back")),
    Field("ends", Flag(), Text("可以到此结束", "a road may stop here"), to="ends"),
    Field("marks", Many(Id(), one=True),
          Text("完成时达到的里程碑", "the marks it reaches when it is done"), to="marks"),
    Field("touches", Named(Line(), Line()), Text("资源及其状态", "resources and the state they are put in")),
    Field("message", Message(), Text("消息或模板名", "the message, or the name of a template"),
          kinds=_only("tell")),
    Field("hand_over", Flag(),
          Text("打开即算完成", "finished when the other is open"), kinds=_only("run"), to="hand_over"),
    Field("was", Many(Id(), one=True), Text("旧编号", "names it had before, for statistics"), to="was"),
)  # fmt: skip


def step_schema() -> Schema:
    """The schema of one step: just one key of the seven kinds."""
    return STEP.schema() | {"oneOf": [{"required": [kind]} for kind in KINDS]}
