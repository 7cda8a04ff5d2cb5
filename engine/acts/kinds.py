"""What an act is, what it needs to be told, and what a person gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from engine.rules import STRENGTHS
from engine.text import Text

NeedKind = Literal[
    "reading",
    "choice",
    "text",
    "tag",
    "person",
    "items",
    "time",
    "file",
    "word",
    "channel",
    "strength",
    "value",
]


@dataclass(frozen=True, slots=True)
class Need:
    """Something the person is asked for before the act can be done. `name` is a field of `Given`."""

    name: str
    kind: NeedKind
    optional: bool = False
    choices: tuple[tuple[str, Text], ...] = ()
    reading: str | None = None
    """The reading that is asked for, when `kind` is reading."""
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person may do now. `step` is what it is about: a step, or the subject named by the verb."""

    verb: str
    step: str | None = None
    needs: tuple[Need, ...] = ()
    subject: Text | None = None
    main: bool = False
    """The one act that Enter does on its step."""
    despite: str | None = None
    """The open run that keeps back what it would open."""
    earlier: bool = False
    """Everybody is out: it is recorded only with a time before that, of what had been done by then."""

    @property
    def key(self) -> tuple[str, str | None]:
        """What tells one act from another."""
        return (self.verb, self.step)


@dataclass(frozen=True, slots=True)
class Given:
    """What the person gave. Times are stamps or None; `by` is who did it when another types it."""

    values: Mapping[str, str] = field(default_factory=dict)
    items: tuple[int, ...] = ()
    answer: str | None = None
    reason: str | None = None
    tag: str | None = None
    person: str | None = None
    level: str | None = None
    name: str | None = None
    role: str | None = None
    strength: str | None = None
    channel: str | None = None
    outcome: str | None = None
    to: str | None = None
    text: str | None = None
    target: str | None = None
    """The step, reading, level, ending or runbook that the act is about, when it is chosen at the time."""
    until: str | None = None
    owner: str | None = None
    second: str | None = None
    second_strength: str | None = None
    second_channel: str | None = None
    read_back: str | None = None
    mark_at: datetime | None = None
    deviation: str | None = None
    evidence: str | None = None
    digest: str | None = None
    size: int | None = None
    child: str | None = None
    source: str | None = None
    by: str | None = None
    basis: str = "asserted"


# --- words and needs that several acts share

OUTCOME_WORDS = {
    "answered": Text("接通", "answered"),
    "no-answer": Text("无人接听", "no answer"),
    "busy": Text("占线", "busy"),
    "off": Text("关机", "switched off"),
    "refused": Text("拒绝", "refused"),
}

_STRENGTH_WORDS = {
    "own-device": Text("本人在本机", "on their own device"),
    "pin": Text("在本机输入 PIN", "PIN on this device"),
    "voice": Text("口头，由我记录", "by voice, written down by me"),
}

STRENGTH_CHOICES = tuple((name, _STRENGTH_WORDS[name]) for name in STRENGTHS)

REASON = Need("reason", "text")

OPENING = ("open-child", "force-child")
"""The verbs that open another run: as the plan says, or although a run that goes on keeps it back."""

YES_NO = Need("answer", "choice", choices=(("yes", Text("是", "yes")), ("no", Text("否", "no"))))

WHETHER = Need(
    "answer", "choice", choices=(("do", Text("要做", "do it")), ("pass", Text("不需要", "pass it")))
)

DO_IT = Need("answer", "choice", choices=WHETHER.choices[:1])
"""The same of a step that one person may not pass."""

PUT_BACK = Need(
    "answer",
    "choice",
    choices=(("put-back", Text("已复原", "put back")), ("ticket", Text("已登记工单", "ticketed"))),
)

ENDINGS = (
    ("complete", Text("完成", "complete")),
    ("complete-except", Text("除列出的外完成", "complete, except what is listed")),
    ("abandoned", Text("中止", "abandon")),
)


def second_needs(*, optional: bool = False) -> tuple[Need, ...]:
    """A second person, how they sign, and through which channel they were heard.

    Whoever types is the first person, so the second never signs as the owner of this device.
    """
    return (
        Need("second", "person", optional=optional),
        Need("second_strength", "strength", optional=optional, choices=STRENGTH_CHOICES[1:]),
        Need("second_channel", "channel", optional=True),
    )
