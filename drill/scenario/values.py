"""What a scenario says: frozen values, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from drill.scenario.facts import Facts, Player
from engine.plan import NOWHERE, Place
from engine.text import Text

Form = Literal["tabletop", "functional", "full"]

FORMS: tuple[str, ...] = ("tabletop", "functional", "full")
NOTICES = ("announced", "no-notice")
PURPOSES = ("check", "demo", "research")
SCOPES = ("single-item", "comprehensive")
CAPABILITIES = ("detect", "report", "isolate", "protect", "restore", "communicate", "keep-safe")
CHANNELS = ("screen", "radio", "phone", "paper")
GRADES = ("critical", "major", "normal")
PACES = ("quick", "steady", "slow")
EVERYBODY = ("all", "any")


@dataclass(frozen=True, slots=True)
class Objective:
    """What the drill is to show, in five parts; the text of each part is said in every language."""

    id: str
    capability: str
    who: Text
    given: Text
    """Under what condition."""
    does: Text
    standard: Text
    effect: Text
    place: Place = NOWHERE


# --- when an inject is due


@dataclass(frozen=True, slots=True)
class At:
    """At a time of the exercise clock, counted from its start."""

    at: timedelta


@dataclass(frozen=True, slots=True)
class After:
    """So long after a step, answer, mark or watch was reached, or another inject delivered."""

    what: str
    delay: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Chance:
    """Whether it comes at all is drawn once, at the moment everything else is true."""

    percent: Decimal


@dataclass(frozen=True, slots=True)
class Manual:
    """The trainer gives it, or nobody does."""


@dataclass(frozen=True, slots=True)
class Together:
    """Several triggers: `all` of them, or any one."""

    parts: tuple[Trigger, ...]
    all: bool


Trigger = At | After | Chance | Manual | Together


@dataclass(frozen=True, slots=True)
class Inject:
    """Something the players are told or shown."""

    id: str
    number: str
    """The control number people say over the radio."""
    title: Text
    to: str
    """The role it is for."""
    channel: str
    trigger: Trigger
    objectives: tuple[str, ...] = ()
    """The objectives it gives an occasion for."""
    sender: Text = Text("导调", "control")
    text: Text | None = None
    """None: the trainer says it."""
    expects: Text | None = None
    """What the players should do; never shown to them."""
    hint: Text | None = None
    """For the trainer, when nothing happens; never shown to players."""
    storyline: str = ""
    move: int = 1
    group: str = ""
    major: bool = False
    """Evaluators are told a minute before."""
    complication: bool = False
    approved: bool = True
    """One that is not approved never comes by itself, as if it were skipped."""
    attachments: tuple[str, ...] = ()
    place: Place = NOWHERE


# --- what is expected


JudgedBy = Literal["step", "answer", "mark", "told", "watch", "level", "value", "evaluator"]


@dataclass(frozen=True, slots=True)
class Judged:
    """How an expectation is judged: by one of these, in the record, or by an evaluator."""

    kind: JudgedBy
    what: str = ""
    """The step, ``step.answer``, mark, group, watch, level or condition."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the players should have done, from which moment, and how soon."""

    id: str
    objective: str
    text: Text
    grade: str
    by: Judged
    start: str = "reported"
    """The step, mark, answer, watch or inject from which time counts."""
    target: timedelta | None = None
    limit: timedelta | None = None
    owner: str | None = None
    """The role that answers for it."""
    mode: str = "any"
    wrong: tuple[str, ...] = ()
    """What would be the wrong thing: steps or answers."""
    evidence: Text | None = None
    place: Place = NOWHERE


# --- how it is kept


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody who must be told before a drill that is announced begins."""

    who: Text
    mandatory: bool = True


@dataclass(frozen=True, slots=True)
class Secret:
    """What a no-notice drill needs: who knows, when it may be, and the word that calls it off."""

    agents: tuple[str, ...]
    code_word: str
    opens: date | None = None
    closes: date | None = None
    blackout: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One drill as it is written."""

    id: str
    revision: int
    title: Text
    story: Text
    runbook: str
    room: str | None
    form: str
    people: tuple[tuple[str, str], ...]
    """Who plays each role of the runbook."""
    objectives: tuple[Objective, ...]
    injects: tuple[Inject, ...]
    expectations: tuple[Expectation, ...]
    facts: Facts
    restore: tuple[Text, ...]
    """What must be back as it was before the drill is closed."""
    stop_conditions: tuple[Text, ...]
    notice: str = "announced"
    purpose: str = "check"
    scope: str = "single-item"
    assessed: bool = False
    """Nobody may move the clock but to freeze it."""
    notify: tuple[Notice, ...] = ()
    secret: Secret | None = None
    crew: tuple[Player, ...] = ()
    length: timedelta = timedelta(hours=4)
    """When the drill is over at the latest, on its own clock."""
    seed: str = "1"
    source: str = ""
    digest: str = ""
    """SHA-256 of the file it was read from."""

    def inject(self, inject_id: str) -> Inject | None:
        return next((one for one in self.injects if one.id == inject_id), None)
