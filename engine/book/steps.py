"""A step as it was read: what may not be said of it together, its answers, and the `Step` that is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from engine.book.page import Page
from engine.book.step_keys import NO_WAY, STEP
from engine.book.tables import exactly_one
from engine.book.tree import Node, Table
from engine.plan import (
    FINDING,
    KINDS,
    MAIN,
    NO_OTHER_WAY,
    RESTORE,
    After,
    Answer,
    Back,
    Expect,
    Kind,
    Repeat,
    Step,
)
from engine.text import Text

_NO_TEXT = Text("", "")
_KINDS_OF = {one.key: one.kinds for one in STEP.fields if one.kinds}
_ATTRIBUTES = {one.key: one.to for one in STEP.fields if one.to}
_KIND_KEYS = frozenset(KINDS)
_RESTRICTED = frozenset(_KINDS_OF)
_SAID_OF = {
    "met": Text("符合", "met"),
    "unmet": Text("不符合", "not met"),
    "signed": Text("已签字", "signed"),
    "refused": Text("拒签", "refused"),
    "reached": Text("已联系上", "reached"),
    "nobody": Text("无人应答", "nobody answered"),
}


@dataclass(slots=True)
class Draft:
    """A step as it was read, before its neighbours are known."""

    id: str
    kind: Kind
    lane: str
    node: Table
    said: dict[str, Any]
    answers: tuple[Answer, ...] = ()
    after: tuple[After, ...] = ()
    after_all: bool = False
    starts: bool = False
    until_is: Literal["step", "mark", "condition"] | None = None
    """What the word after `until` is."""

    @property
    def unanswered(self) -> bool:
        """Whether it asks and its answers are missing: that is told there, and not wherever one is named."""
        return self.kind == "ask" and "answers" not in self.said

    def value(self, key: str) -> Node:
        """The node that was written under `key`."""
        return self.node.entries[key][1]

    def leads_to(self) -> list[str]:
        """The steps that else, refused and missed open: they have no default `after`."""
        expect = self.said.get("expect")
        ways = [
            expect.get("else") if isinstance(expect, dict) else None,
            self.said.get("refused"),
            self.said.get("else"),
            self.said.get("missed"),
        ]
        return [way for way in ways if isinstance(way, str) and way not in NO_WAY]


def read_step(node: Node, page: Page, *, restore: bool) -> Draft | None:
    """One step; None when it has no name, or not just one kind."""
    said = STEP.read(node, page)
    if said is None:
        return None
    assert isinstance(node, Table)
    kind = _kind(node, page)
    if kind is None:
        return None
    _check_keys(node, kind, page)
    step_id = said.get("id")
    if step_id is None:
        return None
    lane = RESTORE if restore else said.get("lane", MAIN)
    draft = Draft(step_id, kind, lane, node, said)
    draft.answers = _answers(draft)
    _check_sense(draft, page, restore=restore)
    return draft


def _kind(node: Table, page: Page) -> Kind | None:
    kinds = [key for key in node.entries if key in _KIND_KEYS]
    if not kinds:
        page.fault("no-kind", node, kinds=KINDS)
        return None
    if len(kinds) > 1:
        page.fault("two-kinds", node.entries[kinds[1]][0], first=kinds[0], second=kinds[1])
        return None
    return next(kind for kind in KINDS if kind == kinds[0])


def _check_keys(node: Table, kind: Kind, page: Page) -> None:
    """No key of another kind, and every key this kind cannot be without."""
    for key in node.entries.keys() & _RESTRICTED:
        if kind not in _KINDS_OF[key]:
            owner = Text(f"{kind} 步骤", f"a step of kind {kind}")
            page.fault("key-not-here", node.entries[key][0], key=key, owner=owner)
    needed = {"ask": "answers", "hold": "sign"}.get(kind)
    if needed is not None and needed not in node.entries:
        page.fault("missing-key", node, key=needed)
    if kind == "wait":
        exactly_one(node, ("for", "until"), page)
    elif "every" in node.entries:
        exactly_one(node, ("until", "for", "times"), page)
    else:
        for key in ("until", "for"):
            if key in node.entries and kind in _KINDS_OF[key]:
                page.fault("key-alone", node.entries[key][0], key=key, needed="every")


def _check_sense(draft: Draft, page: Page, *, restore: bool) -> None:
    """What may not be said of the same step."""
    said, safety = draft.said, draft.said.get("class") == "safety"
    if draft.answers and "only_when" in said:
        page.fault("only-when-answers", draft.value("only_when"), step=draft.id)
    by_two = safety or said.get("never_alone", False)
    if by_two and draft.kind == "hold" and "sign" in said and said["sign"].need < 2:
        page.fault("few-signers", draft.value("sign"), step=draft.id)
    if "every" in said:
        _check_repeated(draft, page)
    if said.get("defer", "no") != "no":
        if safety:
            page.fault("safety-defer", draft.value("defer"), step=draft.id)
        elif draft.answers:
            owner = Text("有回答的步骤", "a step with answers")
            page.fault("key-not-here", draft.node.entries["defer"][0], key="defer", owner=owner)
    if restore and "lane" in said:
        owner = Text("restore 下的步骤", "a step under restore")
        page.fault("key-not-here", draft.node.entries["lane"][0], key="lane", owner=owner)
    elif said.get("lane") == RESTORE:
        page.fault("reserved-name", draft.value("lane"), found=RESTORE)


def _check_repeated(draft: Draft, page: Page) -> None:
    """A repeated step has many values and no one moment at which they could decide or be verified."""
    expect = draft.node.get("expect")
    if draft.answers and isinstance(expect, Table):
        page.fault("every-else", expect.entries["else"][0], step=draft.id)
    if draft.said.get("verify") == "independent":
        page.fault("every-verify", draft.value("verify"), step=draft.id)


def _answers(draft: Draft) -> tuple[Answer, ...]:
    """Every way the step can end; none when it can end in one way only."""
    said = draft.said
    if draft.kind == "ask":
        return tuple(_answer(name, one) for name, one in said.get("answers", {}).items())
    if draft.kind == "hold":
        return _pair("signed", "refused", said.get("refused"))
    if draft.kind == "contact":
        return _pair("reached", "nobody", said.get("else"))
    expect = said.get("expect")
    return _pair("met", "unmet", expect.get("else")) if isinstance(expect, dict) else ()


def _pair(good: str, bad: str, way: Any) -> tuple[Answer, ...]:
    if way is None or way in NO_WAY:
        return ()
    return Answer(good, _SAID_OF[good]), Answer(
        bad, _SAID_OF[bad], back=_way(way) if isinstance(way, dict) else None
    )


def _answer(name: str, said: Any) -> Answer:
    if isinstance(said, Text):
        return Answer(name, said)
    back = _way(said) if said.keys() >= {"back_to", "at_most"} else None
    says = said.get("says", _NO_TEXT)
    return Answer(name, says, when=said.get("when"), back=back, level=said.get("level", 0))


def _way(said: Any) -> Any:
    """A step, or the way back."""
    return Back(said.get("back_to", ""), said.get("at_most", 1)) if isinstance(said, dict) else said


def made_text(kind: str, title: Text) -> Text:
    """What a contact, tell or run step says when its author wrote no words for it."""
    if kind == "contact":
        return Text(f"联系 {title.zh}", f"Reach the {title.en}")
    if kind == "tell":
        return Text(f"通知 {title.zh}", f"Tell {title.en}")
    return Text(f"执行 {title.zh}", f"Run {title.en}")


def make_step(draft: Draft, roles: dict[str, Text]) -> Step:
    """The step, with every default filled in."""
    said = draft.said
    made = {_ATTRIBUTES[key]: value for key, value in said.items() if key in _ATTRIBUTES}
    for way in ("refused", "otherwise"):
        if way in made:
            made[way] = _way(made[way])
    if "expect" in said:
        made["expect"] = _expect(said["expect"])
    if "every" in said:
        made["repeat"] = _repeat(draft)
    elif draft.kind == "wait":
        made |= {"span": said.get("for"), "wait_until": said.get("until")}
    if "touches" in said:
        made["touches"] = tuple(said["touches"].items())
    if "message" in said:
        message = said["message"]
        made["message"] = message if isinstance(message, Text) else Text(message, message)
    if "evidence" in said:
        made |= _evidence(said["evidence"])
    return Step(
        id=draft.id,
        kind=draft.kind,
        lane=draft.lane,
        after=draft.after,
        after_all=draft.after_all,
        starts=draft.starts,
        answers=draft.answers,
        defer=_defer(draft),
        **_target(draft, roles),
        **made,
    )


def _target(draft: Draft, roles: dict[str, Text]) -> dict[str, Any]:
    what = draft.said.get(draft.kind)
    if draft.kind not in ("contact", "tell", "run"):
        return {"text": what or _NO_TEXT}
    target = str(what)
    text = draft.said.get("says") or made_text(draft.kind, roles.get(target, Text(target, target)))
    return {"text": text, "target": target}


def _expect(said: Any) -> Expect:
    if isinstance(said, Text):
        return Expect(says=said)
    way = said.get("else")
    otherwise = None if way in NO_WAY else _way(way)
    return Expect(
        that=said.get("that"),
        within=said.get("in"),
        otherwise=otherwise,
        finding=way == FINDING,
        nowhere=way == NO_OTHER_WAY,
    )


def _repeat(draft: Draft) -> Repeat:
    said = draft.said
    return Repeat(said["every"], said.get("until"), draft.until_is, said.get("for"), said.get("times"))


def _evidence(said: Any) -> dict[str, Any]:
    if isinstance(said, str):
        return {"evidence": said}
    return {"evidence": said.get("kind"), "evidence_required": said.get("required", False)}


def _defer(draft: Draft) -> str | None:
    """Until when it may be put off; None for safety steps and steps with answers, which never may."""
    said = draft.said.get("defer")
    if said == "no" or draft.answers or draft.said.get("class") == "safety":
        return None
    return "end" if said is None else str(said)
