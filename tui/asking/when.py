"""When something was done, and whence that is known: now and seen, unless it is entered late or from paper."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime

from engine.rules.inside import out_since
from engine.state import Withdrawal, held_back
from engine.text import clean
from tui.asking.answers import Question
from tui.asking.fields import Fields, Unfit
from tui.typed import clock_time
from tui.view import Looking

PAPER = ("paper", "纸", "纸上")
"""Said instead of a time, or behind it: it was done by the paper copy."""


@dataclass(frozen=True, slots=True)
class When:
    """A moment, where it is another than that of the entry; and on what basis."""

    at: datetime | None = None
    basis: str = "asserted"

    def words(self, look: Looking) -> str:
        """As it stands above a field; empty where it is done and entered now."""
        time = look.say("done-at", time=look.clock(self.at)) if self.at is not None else ""
        paper = look.said("basis", self.basis) if self.basis != "asserted" else ""
        return "  ".join(part for part in (time, paper) if part)


def ask_when(look: Looking, step: str | None = None) -> Generator[Question, str, When]:
    """A time, `paper`, or both in any order; an empty answer is now.

    `step` is one that is held back while everybody is out: it was done before they were called, so a time is
    needed, and one from before that.
    """
    fields, out = Fields(look), held_back(look.state, step) if step in look.state.steps else None

    def accept(typed: str) -> When:
        words = typed.split()
        times = [word for word in words if word not in PAPER]
        basis = "paper" if len(times) < len(words) else "asserted"
        at = _moment(fields, " ".join(times)) if times else None
        if step is not None and out is not None and (at is None or at >= out.since):
            raise too_late(fields, step, out)
        return When(at, basis)

    label = (
        look.say("need-when") if out is None else look.say("need-when-before", **out_since(look.state, out))
    )
    found = yield from fields.until("when", label, accept, must=out is not None, says_enter=True)
    return found or When()


def too_late(fields: Fields, step: str, out: Withdrawal) -> Unfit:
    """Why nothing can have been done at that step since everybody was called out."""
    graph = fields.look.state.graph
    hold, title = graph.steps[out.hold].text, graph.steps[step].text
    return fields.unfit("everybody-out", **out_since(fields.look.state, out), step=title, hold=hold)


def _moment(fields: Fields, typed: str) -> datetime:
    moment = clock_time(typed, fields.look)
    if moment is None:
        raise Unfit(fields.word("not-a-moment", typed=clean(typed)))
    if moment > fields.look.now:
        raise fields.unfit("in-the-future")
    opened = fields.look.state.opened_at
    if opened is not None and moment < opened:
        # Typed before midnight or a little too far ahead: yesterday was not meant.
        raise fields.unfit("before-the-run")
    return moment
