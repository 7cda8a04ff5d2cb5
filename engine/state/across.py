"""What the runs beside this one have to say to it: which runbooks they keep back, which steps get in their way.

Worked out from their own records (`engine.desk.across`) and handed to whoever asks what may be done; nothing
of it is stored in a run, so a record is replayed as if it stood alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from engine.text import Text


@dataclass(frozen=True, slots=True)
class KeptBack:
    """A runbook that is not put forward while another run goes on: that run's plan inhibits it."""

    run: str
    title: Text
    """Of the plan that keeps it back."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A step of this run and one of another that get in each other's way."""

    step: str
    kind: Literal["switched", "to-switch", "locked", "busy"]
    """Put into the other state there; to be put into it there; locked in it there; the one person is there."""
    run: str
    title: Text
    """Of the other run's plan."""
    other: Text
    """Its step."""
    subject: str
    """The thing as the plan or its tag names it; the id of the person."""
    ours: str = ""
    """The state into which this step puts it."""
    theirs: str = ""
    since: datetime | None = None
    """When it was done, or begun, there."""


@dataclass(frozen=True, slots=True)
class Across:
    """What other open runs say of one run at a moment."""

    kept_back: Mapping[str, KeptBack] = field(default_factory=dict)
    """By runbook."""
    clashes: tuple[Clash, ...] = ()
    unread: tuple[str, ...] = ()
    """Runs that go on and of which nothing is known: their plan is not here, or cannot be read."""

    def of_step(self, step: str) -> tuple[Clash, ...]:
        """Whatever gets in the way of a step."""
        return tuple(one for one in self.clashes if one.step == step)

    def lock_on(self, step: str) -> Clash | None:
        """What another run has locked for somebody's life, and this step would switch back."""
        return next((one for one in self.clashes if one.step == step and one.kind == "locked"), None)


NOTHING = Across()
"""No other run has anything to say."""
