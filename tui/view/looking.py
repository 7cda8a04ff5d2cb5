"""Who looks at a run, when, and in which language: every line shown is worked out from this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from engine.condition import say_clock, say_length
from engine.plan import Reading
from engine.rules import name_of
from engine.sentences.usual import unit_words
from engine.state import NOTHING, Across, RunState
from engine.text import Text, clean
from tui.locale import WORDS, join, role_words, say

if TYPE_CHECKING:
    from engine.clocks import Beside

V = TypeVar("V")

PLACES = {"clock": "log-clock", "trainer": "trainer-name", "machine": "by-machine"}
"""Who acts in a run and is no person, in words."""


MINUTE = timedelta(minutes=1)

FINE = timedelta(minutes=10)
"""What is nearer than this is told to the second where it matters."""


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at a run, when, and in which language."""

    state: RunState
    now: datetime
    language: str
    person: str
    beside: tuple[Beside, ...] = ()
    """What presses in the other runs of the incident."""
    live: bool = False
    """It stands there and goes on: a time that nobody needs to the second is told in minutes, which hold longer."""
    across: Across = NOTHING
    """What the runs that go on beside this one have to say."""
    endings: Mapping[str, str] = field(default_factory=dict)
    """How the runs that this one opened have ended, of those that have."""
    _worked_out: dict[object, tuple[object, Any]] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    def once(self, what: Callable[[RunState, datetime], V]) -> V:
        """What holds at this moment (the alarms, a suggestion), worked out once for everything that shows it.

        An entry that is applied meanwhile makes it out of date.
        """
        known = self._worked_out.get(what)
        if known is None or known[0] is not self.state.present:
            known = self._worked_out[what] = self.state.present, what(self.state, self.now)
        found: V = known[1]
        return found

    def text(self, text: Text | str) -> str:
        """A text of the plan or of a person on one line, safe to show."""
        said = text.of(self.language) if isinstance(text, Text) else text
        return " ".join(clean(said, lines=True).split("\n"))

    def say(self, word_id: str, /, **facts: object) -> str:
        return say(word_id, self.language, **facts)

    def said(self, kind: str, name: str) -> str:
        """A name the program gives to a thing (a strength, an outcome), in words; as it is when unknown."""
        return self.say(f"{kind}-{name}") if f"{kind}-{name}" in WORDS else clean(name)

    def join(self, parts: list[str]) -> str:
        return join(parts, self.language)

    def in_brackets(self, text: str, note: str) -> str:
        """`text` with a note behind it; only the text when there is no note."""
        if not note:
            return text
        return f"{text}（{note}）" if self.language == "zh" else f"{text} ({note})"

    def labelled(self, label: str, text: str) -> str:
        """`label: text`."""
        return f"{label}：{text}" if self.language == "zh" else f"{label}: {text}"

    def clock(self, at: datetime) -> str:
        """A moment in the zone of the site."""
        local = at.astimezone(self.zone)
        today = local.date() == self.now.astimezone(self.zone).date()
        return f"{local:%H:%M:%S}" if today else f"{local:%m-%d %H:%M}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.state.graph.site.timezone)

    def name(self, person: str) -> str:
        """A person by name, the clock as such."""
        if person in PLACES:
            return self.say(PLACES[person])
        return self.text(name_of(self.state, person))

    def role(self, role: str) -> str:
        """A role by the title that the runbook gives it, else by its usual one."""
        named = dict(self.state.graph.runbook.roles).get(role)
        return self.text(role_words(role) if named is None else named)

    def title(self, step_id: str) -> str:
        return self.text(self.state.graph.steps[step_id].text)

    def unit(self, reading: Reading) -> str:
        """The unit of a reading as a person says it; empty when it has none."""
        return unit_words(reading.unit, self.language)

    def length(self, length: timedelta) -> str:
        """A length that runs: as a clock shows it, and in whole minutes where it stands there and goes on."""
        return self.minutes(length) if self.live else say_clock(length)

    def soon(self, length: timedelta) -> str:
        """The same for what is watched to the second once it is near."""
        return say_clock(length) if abs(length) < FINE else self.length(length)

    def minutes(self, length: timedelta) -> str:
        """A length in whole minutes, never more of them than have passed or are left."""
        whole = abs(length) // MINUTE * MINUTE
        sign = "-" if length < timedelta() else ""
        return sign + (self.span(whole) if whole else self.say("under-a-minute"))

    def age(self, length: timedelta) -> str:
        """How old something is, in words."""
        return self.minutes(length) if self.live else self.span(length)

    def span(self, length: timedelta) -> str:
        """A length in words."""
        return say_length(length, self.language)


@dataclass(frozen=True, slots=True)
class SevenBits(Looking):
    """On a terminal that shows no more than ASCII: whoever cannot be written there is called by their id."""

    def name(self, person: str) -> str:
        said = Looking.name(self, person)
        return said if said.isascii() else clean(person)
