"""When something was done, and whence that is known: now and seen, unless it is entered late or from paper."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime

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


def ask_when(look: Looking) -> Generator[Question, str, When]:
    """A time, `paper`, or both in any order; an empty answer is now."""
    fields = Fields(look)

    def accept(typed: str) -> When:
        words = typed.split()
        times = [word for word in words if word not in PAPER]
        basis = "paper" if len(times) < len(words) else "asserted"
        return When(_moment(fields, " ".join(times)) if times else None, basis)

    found = yield from fields.until("when", look.say("need-when"), accept, must=False, says_enter=True)
    return found or When()


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
