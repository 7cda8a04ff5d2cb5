"""What home knows: what can be chosen, under which number, and what was typed so far. Nothing of it is recorded.

A number belongs to one thing for good: the emergencies have theirs by the plan book whatever else goes on, the
runs that go on come behind them. On F9 the watches of the run that was left stand first, each behind a 0 and a
digit; every plan stays two keys away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from engine.text import Text
from tui.locale import say
from tui.typed import narrow

Stage = Literal["home", "room", "person", "sure", "force"]

Due = tuple[Text, datetime]
"""A promise, or the limit of a step, and its moment."""

KEPT_BACK = "kept-back"
"""The refusal of a plan that another run keeps back and for which nobody has given a reason."""

WATCH = "W"
"""The kind of a watch of the run that was left, among the kinds of runs."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something behind a number: an open run, a runbook, a watch, a room or a person. Its words have passed `clean`."""

    name: str
    title: Text
    words: tuple[Text, ...] = ()
    """What stands behind the title and is searched: symptoms, or the roles of a person."""
    level: str | None = None
    opened_at: datetime | None = None
    people: str = ""
    goes_on: bool = False
    """An open run; a watch that is raised."""
    kind: str = "R"
    """Its letter; a drill is marked wherever it stands."""
    late: Sequence[Due] = ()
    """What is overdue in that run, the longest first."""
    due: Due | None = None
    """What falls due in it next."""
    grave: Text | None = None
    """What was raised in that run last and is not yet dealt with, where people's safety hangs on it."""
    step: Text | None = None
    """The title of the step where whoever acted last in that run stands."""
    everybody: str = ""
    """Everybody who takes part in that run, in full."""
    kept: Text | None = None
    """Which run keeps this plan back."""

    def fits(self, typed: str) -> bool:
        """Whether what was typed stands in its name, title or words, in either language."""
        wanted = narrow(typed).casefold()
        said = [self.name, *(one for text in self._said() for one in (text.zh, text.en))]
        said += [say("kind-P", "zh")] if self.kind == "P" else []
        return any(wanted in narrow(one).casefold() for one in said)

    def _said(self) -> tuple[Text, ...]:
        """What can be looked for."""
        return (self.title, *self.words, *([self.grave] if self.grave is not None else []))

    def nearness(self, typed: str) -> int:
        """How much of what somebody said in their own words stands here: Han signs, and words of some length."""
        said = " ".join(one for text in self._said() for one in (text.zh, text.en)).casefold()
        return sum(one in said for one in _signs_and_words(typed))


def _signs_and_words(typed: str) -> set[str]:
    return set(SIGN_OR_WORD.findall(narrow(typed).casefold())) - SAYS_NOTHING


SIGN_OR_WORD = re.compile(r"[\u4e00-\u9fff]|[a-z]{4,}")
"""A Han sign says something by itself; of other scripts a word of four letters or more."""

SAYS_NOTHING = frozenset("了的有在是我们这那里上下和与吗呢啊")
"""Signs that stand in any sentence."""


@dataclass(frozen=True, slots=True)
class Incident:
    """The run that was left for this list, as it stands at this moment."""

    title: Text
    where: Text
    watches: tuple[Choice, ...] = ()
    """Those with a digit of their own."""
    more: int = 0
    """How many others there are; all of them stand in the list on Tab."""


@dataclass(slots=True)
class HomeGlass:
    """What home knows."""

    width: int = 80
    height: int = 24
    site: Text = field(default_factory=lambda: Text("", ""))
    zone: str = "UTC"
    who: str = ""
    now: datetime | None = None
    stage: Stage = "home"
    over: Literal["", "emergency", "real"] = ""
    """A run goes on behind this list."""
    incident: Incident | None = None
    """That run, where its watches can be raised from here."""
    runs: Sequence[Choice] = ()
    reads: bool = False
    """The open runs are still being read: what stood there before is not what holds now."""
    starts: Sequence[Choice] = ()
    """The runbooks; in another stage the rooms, or the people."""
    asks_why: str = ""
    """Which run keeps back what was chosen, while it is asked why it is begun all the same."""
    chosen: Sequence[Text] = ()
    """The plan and the room that were chosen already: what is about to begin, named wherever more is asked."""
    begins: str = ""
    """The kind of the run that the next choice begins; nothing where more is asked before."""
    typed: str = ""
    at: int | None = None
    said: str = ""
    faults: int = 0
    findings: int = 0
    """What patrols left open, in the whole record."""
    patrols: Sequence[Text] = ()
    """The patrols that should have been walked by now, the longest overdue first."""
    one_language: bool = False
    """This terminal shows only one, so there is no key for the other."""
    busy: bool = False

    def watches(self) -> Sequence[Choice]:
        """The watches of the run that was left."""
        return self.incident.watches if self.incident is not None and self.stage == "home" else ()

    def is_number(self) -> bool:
        """Whether a number was typed, and no words."""
        return narrow(self.typed).isdecimal()

    def searches(self) -> bool:
        """Whether words were typed."""
        return bool(self.typed) and not self.is_number()

    def shown(self) -> list[Choice]:
        """What can be chosen now, from the top."""
        if self.stage in ("sure", "force"):
            return []
        starts = [one for one in self.starts if self.searches() or one.kind != "P"]
        everything = starts
        if self.stage == "home":
            everything = [*self.watches(), *starts, *self.runs] if self.over else [*self.runs, *starts]
        if not self.searches():
            return everything
        return [one for one in everything if one.fits(self.typed)] or self.near(everything)

    def near(self, everything: list[Choice]) -> list[Choice]:
        """What comes nearest where nothing fits as it was typed; else all: nobody looks at an empty page."""
        found = {one.name: one.nearness(self.typed) for one in everything}
        best = max(found.values(), default=0)
        return [one for one in everything if found[one.name] == best]

    def nothing_fits(self) -> bool:
        """Whether what is shown is only near to what was typed."""
        return self.searches() and not any(one.fits(self.typed) for one in self.shown())

    def nothing_is_near(self) -> bool:
        """Whether what is shown has nothing at all to do with what was typed."""
        return self.nothing_fits() and not any(one.nearness(self.typed) for one in self.shown())

    # --- numbers

    def numbers(self) -> dict[tuple[str, str], int]:
        """The number of everything that has one, by kind and name; a patrol is found by its name."""
        starts = [one for one in self.starts if one.kind != "P" or self.stage != "home"]
        numbered = [*starts, *(self.runs if self.stage == "home" else ())]
        return {(one.kind, one.name): number for number, one in enumerate(numbered, 1)}

    def label_of(self, one: Choice) -> str:
        """The number as it stands there and is typed: a 0 stands before that of a watch."""
        if one.kind == WATCH:
            return f"0{[known.name for known in self.watches()].index(one.name) + 1}"
        number = self.numbers().get((one.kind, one.name))
        return "" if number is None else str(number)

    def at_once(self) -> bool:
        """Whether a digit alone begins: the real thing instead of an exercise must be two keys away."""
        waits = self.stage != "home" or bool(self.typed) or bool(self.watches())
        return bool(self.over) and not waits and len(self.shown()) < 10

    def takes_digits(self) -> bool:
        """Whether what is typed next may be the whole number of a watch or a plan, so that nobody needs Enter."""
        return bool(self.watches()) and self.typed in ("", "0")

    def of_number(self, typed: str) -> Choice | None:
        """What stands behind a number."""
        if typed.startswith("0"):
            found = [one for one in self.watches() if self.label_of(one) == typed]
            return found[0] if found else None
        number, known = int(typed), self.numbers()
        return next((one for one in self.shown() if known.get((one.kind, one.name)) == number), None)

    def picked(self) -> Choice | None:
        """What Enter chooses: the number typed, else who is called just so, the one row left, the marked one."""
        shown = self.shown()
        if self.is_number():
            return self.of_number(narrow(self.typed))
        named = [one for one in shown if one.name.casefold() == narrow(self.typed).casefold()]
        if named and self.at is None:
            return named[0]
        if self.typed and len(shown) == 1 and not self.nothing_fits():
            return shown[0]
        return shown[self.at] if self.at is not None and self.at < len(shown) else None
