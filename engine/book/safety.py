"""The safety lines of a runbook: the table of their keys, and how a `SafetyLine` is made of what was read.

The steps they name are looked up by `muster lint` and not here: a plan from which a guard was taken away cannot
be released, but whoever needs it at night can still open it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.book.amounts import Amount, Whole
from engine.book.page import Page
from engine.book.saying import Asks, Said
from engine.book.shapes import ID, Choice, Flag, Id, Line, Schema, word
from engine.book.tables import Field, Many, Record
from engine.book.tree import Node
from engine.plan import SafetyClaim, SafetyLine
from engine.text import Text

_SPOT = re.compile(rf"{ID.pattern}(?:\.{ID.pattern})?")


@dataclass(frozen=True, slots=True)
class Spot:
    """`step`, `step.answer` or the name of a watch."""

    def read(self, node: Node, page: Page) -> str | None:
        said = word(node, page)
        if said is not None and not _SPOT.fullmatch(said):
            page.fault("bad-id", node, found=said)
            return None
        return said

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{_SPOT.pattern}$"}


_SPOTS = Many(Spot(), one=True)
_ROLES = Many(Id(capitals=True), one=True)

CLAIM = Record(
    Field("steps", _SPOTS, Text("针对哪些步骤", "the steps that it is about"), to="steps"),
    Field("never_before", _SPOTS,
          Text("这些之一没有做到，就绝不轮到", "before one of these was met none of the steps opens, on any road"),
          needs="steps", to="never_before"),
    Field("on", Spot(), Text("只限有这个回答的路", "only on the roads with this answer"),
          needs="never_before", to="on"),
    Field("leads_to", _SPOTS, Text("之后必到其中一步", "whoever comes there comes to one of these"),
          needs="steps", to="leads_to"),
    Field("at_once", Many(Spot(), one=True, may_be_empty=True),
          Text("从这些信号到这一步不用等任何人", "from these signs to the step nobody is waited for"),
          needs="steps", to="at_once"),
    Field("waits_for", _SPOTS, Text("在路上的，都要等它做完", "what is over first, where it is on the road"),
          needs="steps", to="waits_for"),
    Field("class", Choice(("safety",)), Text("不能跳过的步骤", "steps that nobody can skip"),
          needs="steps", to="cls"),
    Field("never_alone", Flag(), Text("不得一人做", "not done by one person"), needs="steps", to="never_alone"),
    Field("inside", Flag(), Text("全员撤出时不做；false：从不拦住", "held back while everybody is out; false: never"),
          needs="steps", to="inside"),
    Field("restart", Flag(), Text("会重新计时的等候", "a wait that begins again"), needs="steps", to="restart"),
    Field("only_by", _ROLES, Text("只有这些角色能做", "no other role does them"), needs="steps", to="only_by"),
    Field("anybody", Flag(), Text("在场的人都可以做", "whoever is there may do it"), needs="steps", to="anybody"),
    Field("signed_by", _ROLES, Text("这些角色都要签字", "each of these roles must sign"),
          needs="steps", to="signed_by"),
    Field("signatures", Whole(2, 20), Text("至少几个人签字", "how many people sign at least"),
          needs="steps", to="signatures"),
    Field("not_signed_by", _ROLES, Text("这些角色不能签字", "roles that do not sign"),
          needs="steps", to="not_signed_by"),
    Field("lets_in", Spot(), Text("撤出后由哪个关口放行", "they get everybody out until this hold is signed"),
          needs="steps", to="lets_in"),
    Field("runs", Id(), Text("等那份预案做完才算完", "they end only when that runbook has ended"),
          needs="steps", to="runs"),
    Field("hands_over", Id(), Text("打开那份预案，不等它", "they open that runbook and do not wait for it"),
          needs="steps", to="hands_over"),
    Field("ticked", Flag(), Text("要逐条勾选", "done line by line"), needs="steps", to="ticked"),
    Field("ticks", Many(Line(), one=True), Text("逐条勾选的行里要有的字", "words of the lines that are ticked there"),
          needs="steps", to="ticks"),
    Field("refuses", Many(Asks(in_step=True), one=True),
          Text("出现这样的值就不能签字、通过或结束", "values with which it is not signed, met or over"),
          needs="steps", to="refuses"),
    Field("lasts", Id(), Text("等候时间取自哪个本站参数", "the parameter of the site that says how long it waits"),
          needs="steps", to="lasts"),
    Field("parameter", Id(), Text("本站参数", "a parameter of the site"), to="parameter"),
    Field("least", Amount(), Text("任何站点都不能设得更低", "no site may set it lower"),
          needs="parameter", to="least"),
    Field("most", Amount(), Text("任何站点都不能设得更高", "no site may set it higher"),
          needs="parameter", to="most"),
    some_of=("steps", "parameter"),
)  # fmt: skip

SAFETY_LINE = Record(
    Field("line", Line(), Text("安全条款的编号", "the number of the safety line"), required=True),
    Field("says", Said(), Text("这一条的意思", "what it says"), required=True),
    Field("claims", Many(CLAIM, once=False), Text("由此证明的事", "what must be so of the plan"), required=True),
)  # fmt: skip

_TO = {one.key: one.to for one in CLAIM.fields}


def safety_of(said: Iterable[dict[str, Any]]) -> tuple[SafetyLine, ...]:
    """The safety lines that were read; one that was not understood is left out, and its fault told."""
    whole = [one for one in said if {"line", "says", "claims"} <= one.keys()]
    return tuple(SafetyLine(one["line"], one["says"], tuple(map(_claim, one["claims"]))) for one in whole)


def _claim(said: dict[str, Any]) -> SafetyClaim:
    return SafetyClaim(**{_TO[key]: value for key, value in said.items()})
