"""What a plan book says, as frozen values without behaviour.

`book` makes these from YAML, `graph` proves and orders them, and every room to the right reads
them. Durations are timedeltas, numbers are Decimals, texts are `Text`, ids are plain strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from engine.text import Text, clean

Kind = Literal["do", "ask", "hold", "wait", "contact", "tell", "run"]
KINDS: tuple[Kind, ...] = ("do", "ask", "hold", "wait", "contact", "tell", "run")

StepClass = Literal["safety", "mandatory", "optional"]
ReadingKind = Literal["number", "text", "yes-no", "time", "list"]

LEVELS = ("IV", "III", "II", "I")
"""Severity, lowest first: the index is the rank (IV is 0, I is 3)."""

PERIODS = (
    "shift", "daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "pre-season", "on-event", "part",
)  # fmt: skip
"""How often a patrol is walked; a `part` holds rows that several patrols run."""

NO_OTHER_WAY = "none"
"""``else: none``: said on purpose; what is seen is written down by whoever goes on, or it could not be done."""

PART = PERIODS[-1]
"""The period of rows that several patrols share."""

FINDING = "finding"
"""Where an expectation leads when what is wrong is left as an open finding: ``else: finding``."""

MAIN = ""
"""The lane of steps that name none."""

RESTORE = "restore"
"""The lane that the steps under `restore:` stand in."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file: line and column counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{clean(self.file)}:{self.line}:{self.column}"


NOWHERE = Place("", 0, 0)


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time: written out, or taken from a site parameter (`site.NAME`)."""

    length: timedelta
    parameter: str | None = None
    """The site parameter it was taken from; the screen then says "site value"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Something that is measured, counted, or noted."""

    id: str
    label: Text
    kind: ReadingKind = "number"
    unit: str | None = None
    precision: int | None = None
    """Digits kept after the point."""
    least: Decimal | None = None
    most: Decimal | None = None
    """The range that is believable; a value outside is taken only with a reason."""
    warn: str | None = None
    act: str | None = None
    """Conditions without a left side: ``> 27``."""
    fresh: timedelta | None = None
    """Older than this, the reading is UNKNOWN."""
    rise: timedelta | None = None
    """The window over which ``ID-rise`` is reckoned."""
    ahead: bool = False
    """A time that is agreed on and lies ahead: now is never meant."""
    at_least: int = 0
    """A list of fewer items is not taken."""


@dataclass(frozen=True, slots=True)
class Back:
    """Going back: to `step`, at most `at_most` times in one visit of the loop around it."""

    step: str
    at_most: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One way a step with answers can end."""

    id: str
    says: Text
    when: str | None = None
    """The condition that suggests this answer; it is never taken for the person."""
    back: Back | None = None
    level: int = 0
    """How many levels it raises the incident by."""


@dataclass(frozen=True, slots=True)
class Expect:
    """What should be seen after the act."""

    that: str | None = None
    says: Text | None = None
    within: Limit | None = None
    """`in:` how long after the act it may take."""
    otherwise: str | Back | None = None
    """`else:` the step it leads to, or the way back."""
    finding: bool = False
    """``else: finding``: what is not as it should be is left open with place, value and limit; the step goes on."""
    nowhere: bool = False
    """``else: none``: there is no other way, and the plan says so."""

    @property
    def says_what_else(self) -> bool:
        """Whether it says what follows where it is not so; words that should follow are for people to judge."""
        return self.that is None or self.otherwise is not None or self.finding or self.nowhere


@dataclass(frozen=True, slots=True)
class Sign:
    """Whose signatures a hold needs: `need` of the roles `of`, each by another person."""

    of: tuple[str, ...]
    need: int


@dataclass(frozen=True, slots=True)
class After:
    """One thing a step comes after."""

    name: str
    """A step or a watch."""
    answer: str | None = None
    """Only when that answer was given; None: whatever the outcome."""


@dataclass(frozen=True, slots=True)
class Takes:
    """PERT minutes: optimistic, likely, pessimistic."""

    least: Decimal
    likely: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Repeat:
    """A step that comes again every `every` until its end."""

    every: Limit
    until: str | None = None
    """A step, a mark, or a condition."""
    until_is: Literal["step", "mark", "condition"] | None = None
    span: Limit | None = None
    """`for:` how long."""
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a runbook. Every field that was not said has the safe meaning."""

    id: str
    kind: Kind
    text: Text
    """What the person reads first; for contact, tell and run it is `says:` or made from the target."""
    target: str | None = None
    """The role to reach, the group to tell, or the runbook to run."""
    lane: str = MAIN
    after: tuple[After, ...] = ()
    """What it comes after: written, or by default the step above it in its lane."""
    after_all: bool = False
    starts: bool = False
    """It said ``after: []``, or is the first of the main lane."""
    first: bool = False
    """While it is open it stands in front before everything else that whoever does it has to do."""
    roles: tuple[str, ...] = ()
    where: Text | None = None
    """`place:` where it is done."""
    tag: str | None = None
    """The plate on the equipment; ``site.room.NAME`` until the graph is bound to a room."""
    tag_names: tuple[str, ...] = ()
    """What may be typed for the tag, where the room says it otherwise in each language."""
    check_tag: bool = False
    declare_level: bool = False
    """It is done by declaring the level, and not before a person has."""
    warn: Text | None = None
    detail: Text | None = None
    why: Text | None = None
    record: tuple[str, ...] = ()
    expect: Expect | None = None
    check: tuple[Text, ...] = ()
    each: str | None = None
    """The list reading whose items are ticked one by one."""
    evidence: Literal["photo", "file"] | None = None
    evidence_required: bool = False
    answers: tuple[Answer, ...] = ()
    """Every way it can end, in the author's order; empty for a step without answers."""
    sign: Sign | None = None
    needs: str | None = None
    """The condition that must not be false when a hold is signed: what its signers say is so."""
    refused: str | Back | None = None
    otherwise: str | Back | None = None
    """`else:` of a contact: where it leads when nobody answers."""
    span: Limit | None = None
    """`for:` of a wait."""
    wait_until: str | None = None
    steady: Limit | None = None
    restart: bool = False
    takes: Takes | None = None
    within: Limit | None = None
    within_from: str | None = None
    """The step or mark from which `within` counts; None: from the opening of the step."""
    missed: str | None = None
    """The step that opens, or the role that is told, when `within` has passed."""
    repeat: Repeat | None = None
    only_when: str | None = None
    cls: StepClass = "mandatory"
    verify: Literal["independent", "together"] | None = None
    irreversible: bool = False
    never_alone: bool = False
    inside: bool = False
    """It is done inside the endangered room: held back while everybody is out."""
    withdraw: str | None = None
    """It gets everybody out; the hold that lets people in again."""
    defer: str | None = "end"
    """None: may not be deferred; "end", or the step before which it must come back."""
    ends: bool = False
    marks: tuple[str, ...] = ()
    touches: tuple[tuple[str, str], ...] = ()
    """Resource and the state the step puts it in."""
    message: Text | None = None
    hand_over: bool = False
    was: tuple[str, ...] = ()

    @property
    def decides(self) -> bool:
        """Whether it ends by one of several answers."""
        return bool(self.answers)

    @property
    def guarded(self) -> bool:
        """Whether lives may hang on it: passing it by takes a second person, and a voice wants confirming."""
        return self.cls == "safety" or self.kind == "hold" or self.never_alone


@dataclass(frozen=True, slots=True)
class Watch:
    """Something that may happen at any time while the run is open.

    It raises itself by `when`, a person raises it by what `if` says; one that has both is raised by either.
    """

    id: str
    when: str | None = None
    words: Text | None = None
    """`if:` words for a person to judge; beside a `when` also what the watch is called."""
    level: str | None = None
    run: str | None = None
    until: str | None = None
    until_words: Text | None = None

    @property
    def title(self) -> Text:
        """What it is called: its words, or where nobody wrote any its condition."""
        condition = self.when or self.id
        return self.words or Text(condition, condition)


@dataclass(frozen=True, slots=True)
class LevelRule:
    """One ground for a level: a condition, or words that a person confirms."""

    level: str
    when: str | None = None
    words: Text | None = None


@dataclass(frozen=True, slots=True)
class SafetyClaim:
    """What must be so of some steps on every road, or of a parameter at every site; proven by `muster lint`."""

    steps: tuple[str, ...] = ()
    never_before: tuple[str, ...] = ()
    """Guards, `step` or `step.answer`: none of the steps opens before one of them was met."""
    on: str | None = None
    """`step.answer`: said only of the roads with it."""
    leads_to: tuple[str, ...] = ()
    """Whoever comes to one of the steps (`step`, `step.answer` or a watch) comes to one of these."""
    at_once: tuple[str, ...] | None = None
    """Nobody is waited for between these signs, or a watch, and the step."""
    waits_for: tuple[str, ...] = ()
    """What is over when the step opens, where it is on the road."""
    cls: Literal["safety"] | None = None
    never_alone: bool = False
    inside: bool | None = None
    """Held back while everybody is out, or never held back."""
    restart: bool = False
    """A wait that begins again."""
    only_by: tuple[str, ...] = ()
    """No other role does them."""
    anybody: bool = False
    """Not kept for a few roles."""
    signed_by: tuple[str, ...] = ()
    """A hold that nobody passes without each of these roles, and never by one person."""
    signatures: int = 0
    """A hold that so many different people sign, or more."""
    not_signed_by: tuple[str, ...] = ()
    lets_in: str | None = None
    """They get everybody out, and this hold lets people in again."""
    runs: str | None = None
    """They end only when that runbook has ended."""
    hands_over: str | None = None
    """They open that runbook and wait for nothing in it."""
    ticked: bool = False
    """They are done line by line."""
    ticks: tuple[str, ...] = ()
    """Words that stand in the lines that are ticked, in either language."""
    refuses: tuple[str, ...] = ()
    """Values with which none of the steps is signed, met or over."""
    lasts: str | None = None
    """A wait that is as long as that parameter of the site."""
    parameter: str | None = None
    least: Decimal | timedelta | None = None
    most: Decimal | timedelta | None = None
    """No site may set the parameter outside these."""


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """A numbered line of the operator's safety rules, and what the plan claims so that it holds."""

    line: str
    says: Text
    claims: tuple[SafetyClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Runbook:
    """One plan for one event, or a procedure that others run (no hazard)."""

    id: str
    revision: int
    title: Text
    steps: tuple[Step, ...]
    """In the author's order, the steps of `restore:` last but before nothing: they keep their lane."""
    hazard: str | None = None
    released_by: str | None = None
    released_at: date | None = None
    review_by: date | None = None
    symptoms: tuple[Text, ...] = ()
    roles: tuple[tuple[str, Text], ...] = ()
    readings: tuple[Reading, ...] = ()
    levels: tuple[LevelRule, ...] = ()
    entry: tuple[Text, ...] = ()
    goals: tuple[tuple[str, str], ...] = ()
    watches: tuple[Watch, ...] = ()
    exit: tuple[str, ...] = ()
    inhibits: tuple[str, ...] = ()
    safety: tuple[SafetyLine, ...] = ()
    patrol: str | None = None
    """How often this patrol is walked; its runs are of kind P. None: no patrol."""
    source: str = ""
    """The file it was read from, for messages only."""
    digest: str = ""
    """SHA-256 of the bytes of that file."""
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)
    """Line and column of everything it says, by path: ``source``, ``source.after.0``,
    ``source.answers.unknown.back_to``, ``megger.expect.else``, ``watch.hot.when``. Not kept in the record."""

    def where(self, path: str) -> Place:
        """Where `path` stands; the nearest enclosing thing when it was not written itself."""
        while path and path not in self.places:
            path = path.rpartition(".")[0]
        line, column = self.places.get(path, (1, 1))
        return Place(self.source, line, column)

    @property
    def saves_lives(self) -> bool:
        """Whether somebody's life may hang on it: a step of class safety, or one that gets everybody out."""
        return any(step.cls == "safety" or step.withdraw is not None for step in self.steps)

    def role(self, role_id: str) -> Text:
        """The title of a role; the id itself when the plan does not declare it."""
        return dict(self.roles).get(role_id, Text(role_id, role_id))


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach a person."""

    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the site, with the columns of the operator's contact table."""

    id: str
    name: str
    roles: tuple[str, ...] = ()
    category: str = ""
    work: str = ""
    phone: str = ""
    email: str = ""
    remark: str = ""
    skills: tuple[str, ...] = ()
    base: str | None = None
    channels: tuple[Channel, ...] = ()
    deputy: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something true of a room or set for a site: a number with its unit, a length of time, or words."""

    id: str
    label: Text
    number: Decimal | None = None
    unit: str | None = None
    length: timedelta | None = None
    words: Text | None = None
    default: Decimal | timedelta | None = None
    least: Decimal | timedelta | None = None
    most: Decimal | timedelta | None = None
    at_default: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the site."""

    id: str
    title: Text
    where: Text | None = None
    facts: tuple[Fact, ...] = ()
    travel: tuple[tuple[str, timedelta], ...] = ()
    """How long it takes from each base."""
    tags: tuple[tuple[str, Text], ...] = ()
    """Valves and breakers by the tag that hangs on them."""


@dataclass(frozen=True, slots=True)
class Group:
    """Whom a `tell` step tells."""

    id: str
    title: Text
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """Where the plan is used: rooms, people, and the values that differ from site to site."""

    id: str
    title: Text
    timezone: str
    languages: tuple[str, ...]
    rooms: tuple[Room, ...] = ()
    people: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    parameters: tuple[Fact, ...] = ()
    bases: tuple[tuple[str, Text], ...] = ()
    stop_conditions: tuple[Text, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What the operator has promised: a limit between two marks, or a word at every interval."""

    id: str
    title: Text
    start: str
    """The mark it counts from (`from:`); `reported` is the opening of the run."""
    to: tuple[str, ...] = ()
    """Every one of these marks keeps it."""
    within: timedelta | None = None
    every: timedelta | None = None
    until: str | None = None
    kept_by: Literal["mark", "told", "report-issued"] = "mark"
    if_on_road: bool = False
    """It stands only while a step that carries its mark can still come."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who is told next while an incident of `level` is not restored."""

    level: str
    after: timedelta
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promises:
    """`promises.yaml`: promises, the escalation table and the message templates."""

    promises: tuple[Promise, ...] = ()
    escalation: tuple[Escalation, ...] = ()
    messages: tuple[tuple[str, Text], ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A whole plan book: every runbook, the site and the promises."""

    folder: str
    runbooks: tuple[Runbook, ...]
    site: Site
    promises: Promises

    def runbook(self, runbook_id: str) -> Runbook | None:
        """The runbook of that id, or None."""
        return next((one for one in self.runbooks if one.id == runbook_id), None)
