"""What can happen. A key proposes an event, the same event is recorded, the same event is replayed.

An event carries only ids, whole numbers, truth values and strings; its type text is the class name
in snake case. Once recorded, a type and version is for ever: new fields get a default, a changed
meaning gets a new version. A type this program does not know decodes to `Unknown` and changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Any, ClassVar

Json = dict[str, Any]

BASES = ("asserted", "sensed", "second-person", "voice", "paper")
"""How somebody knows: they say so, a sensor or a clock says so, two said so, heard it, read it from paper."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a run or to a journal."""

    VERSION: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class Unknown(Event):
    """An entry of a type, version or shape this program cannot read; shown raw, never dropped."""

    type: str
    tv: int
    payload: str | None
    """The payload as it stands in the record; None when it was erased or not carried."""


# --- the run


@dataclass(frozen=True, slots=True)
class RunOpened(Event):
    """A run begins. `at` of the entry is when the event was reported."""

    runbook: str
    revision: int
    graph: str
    """Digest of the compiled graph, which holds runbook, site and promises."""
    texts: tuple[tuple[str, str], ...]
    """File and digest of every YAML text the graph was made from."""
    uses: tuple[tuple[str, str], ...] = ()
    """Every other runbook it can open, with the digest of its compiled graph."""
    room: str | None = None
    parent: str | None = None
    by: str | None = None
    basis: str = "asserted"
    since: tuple[tuple[str, str], ...] = ()
    """Promises that were running in the parent, and the moment (UTC) from which each of them counts."""
    sealed: str | None = None
    """Of a drill: the salted digest of its scenario and seed, which nobody may read before it has ended."""


@dataclass(frozen=True, slots=True)
class RunHeld(Event):
    """A banner and a reminder; a real run's clock goes on."""

    reason: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class RunResumed(Event):
    by: str | None = None


@dataclass(frozen=True, slots=True)
class RunEnded(Event):
    """`how` is complete, complete-except, or abandoned (which lists what was left open)."""

    how: str
    reason: str | None = None
    open: tuple[str, ...] = ()
    by: str | None = None
    unconfirmed: tuple[tuple[str, str], ...] = ()
    """Step and person of every signature by voice that its owner had not confirmed."""


@dataclass(frozen=True, slots=True)
class ChildOpened(Event):
    """Another run belongs to this one: opened by `step` or `watch`, or joined because it was open."""

    child: str
    runbook: str
    link: str = "child"
    """child, joined, or same-event."""
    step: str | None = None
    watch: str | None = None
    by: str | None = None


# --- people


@dataclass(frozen=True, slots=True)
class PersonJoined(Event):
    person: str
    name: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class PersonLeft(Event):
    person: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class RoleTaken(Event):
    """`person` acts as `role` from now on; as a deputy when `acting_for` names somebody."""

    role: str
    person: str
    acting_for: str | None = None
    reason: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class HandoverSigned(Event):
    """`person` takes `role` over from `giver`; both signed, each in the strength named.

    A voice names its channel, and stands unconfirmed until whoever it was confirms it by `SignedOff`.
    """

    role: str
    giver: str
    person: str
    giver_strength: str
    strength: str
    note: str = ""
    by: str | None = None
    giver_channel: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class ContactTried(Event):
    """One try to reach `person`; `outcome` is answered, no-answer, busy, off or refused."""

    person: str
    role: str
    channel: str
    outcome: str
    step: str | None = None
    by: str | None = None
    basis: str = "asserted"


# --- steps


@dataclass(frozen=True, slots=True)
class StepStarted(Event):
    """Somebody began; with `missed`, the clock opened it because that step's limit passed."""

    step: str
    tag: str | None = None
    """What was typed where the tag must be checked."""
    missed: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class StepDone(Event):
    """Finished; or one visit of a repeated step (`round`, from 1); or "it still stands" (`confirms`)."""

    step: str
    round: int | None = None
    confirms: str | None = None
    """Hash of the entry that is confirmed."""
    deviation: str | None = None
    """What was different from the plan."""
    tag: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class StepFailed(Event):
    step: str
    reason: str
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class StepSkipped(Event):
    """`mark_at`: when its mark happened all the same (UTC); None: it did not."""

    step: str
    reason: str
    mark_at: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class StepDeferred(Event):
    """Put off until `until` (a step; None: the end). `owner` will do it."""

    step: str
    reason: str
    until: str | None = None
    owner: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class StepOverridden(Event):
    """Passed by decision. `alone`: nobody else could be reached; red to the end, never a signature."""

    step: str
    reason: str
    answer: str | None = None
    alone: bool = False
    read_back: str | None = None
    """The step's words as they were typed, when passed alone or against what was measured."""
    mark_at: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class StepReopened(Event):
    step: str
    reason: str
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class AnswerGiven(Event):
    """A step with answers ends. `reopens`: the steps that open again when the answer goes back.

    `step` may be ``entry.N`` (answers yes, no), or a step whose `only_when` is not known (do, pass).
    """

    step: str
    answer: str
    reopens: tuple[str, ...] = ()
    reason: str | None = None
    deviation: str | None = None
    tag: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class SignedOff(Event):
    """`person` signs `step` as `role`. `purpose` is hold, verify, together or override.

    `strength` is own-device, pin or voice; a voice names its `channel` and who heard it (the actor).
    `confirms` is the hash of the voice signature that is confirmed later by the person; `step` is then
    ``handover.ROLE``, and `purpose` handover, where a role was given or taken by voice.
    """

    step: str
    person: str
    role: str
    purpose: str
    strength: str
    acting_for: str | None = None
    channel: str | None = None
    confirms: str | None = None


@dataclass(frozen=True, slots=True)
class ReadingTaken(Event):
    """`value` as text: a decimal number, words, yes/no, a UTC time, or lines of a list."""

    reading: str
    value: str
    unit: str | None = None
    step: str | None = None
    source: str | None = None
    """The sensor; None: a person read it."""
    second: bool = False
    """The blind second reading of an independent verification."""
    reason: str | None = None
    """Why a value outside the believable range is taken."""
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class ItemTicked(Event):
    """One line of `check`, or one item of `each`, counted from 1."""

    step: str
    item: int
    name: str = ""
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class EvidenceAttached(Event):
    """A photo or file kept by its digest, or only named when the file is elsewhere (`digest` None)."""

    name: str
    digest: str | None = None
    size: int | None = None
    step: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class WarningShown(Event):
    """Every page of the warning was drawn while the step was current; once per visit, with the act."""

    step: str
    by: str | None = None


# --- the situation


@dataclass(frozen=True, slots=True)
class LevelDeclared(Event):
    level: str
    reason: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class WatchRaised(Event):
    watch: str
    by: str | None = None
    basis: str = "asserted"
    again: int | None = None
    """It happens once more while it is raised: the number of the raising that whoever says so had seen."""


@dataclass(frozen=True, slots=True)
class WatchRetired(Event):
    watch: str
    reason: str
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class Acknowledged(Event):
    """Somebody has seen the alarm of this name; the next of its kind has another name."""

    alarm: str
    by: str | None = None


FOUND = "finding"
"""The kind of a note that leaves something open. The language of plans has the same word (`plan.FINDING`); said
here too, because a list of runs counts findings and need not load the values of a plan for it."""


@dataclass(frozen=True, slots=True)
class NoteAdded(Event):
    """`kind` is note, mismatch, proposal, pin, finding, put-back or ticket; the last two settle what `step` left.

    The text of a finding is ``PLACE; READING = VALUE UNIT, …; LIMIT``; that of a pin, the id of whose it is.
    """

    text: str
    kind: str = "note"
    step: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class FindingClosed(Event):
    """What a finding had left open is settled; `reason` says how."""

    finding: str
    """Hash of the entry that left it open, in the same run."""
    reason: str
    step: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class Told(Event):
    """`group` was told `text` through `channel`; `outcome` is voice (heard and confirmed), sent or failed."""

    group: str
    text: str
    channel: str
    outcome: str = "voice"
    to: str | None = None
    """Who confirmed that they heard it."""
    step: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class ReportIssued(Event):
    """The written fault report went to the customer."""

    number: str
    to: str | None = None
    by: str | None = None


# --- drills


@dataclass(frozen=True, slots=True)
class ClockSet(Event):
    """From now on the exercise clock goes from `exercise_ms` (counted from the opening) at `rate`.

    `rate` is in thousandths: 0 is a freeze, 1000 the speed of the world. `since` is the wall time (UTC) from
    which it holds when that was before the entry: the program was stopped, and nobody could say so.
    """

    exercise_ms: int
    rate: int
    reason: str
    since: str | None = None
    by_hand: bool = False
    """A machine plays, and moves the clock as it likes."""
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class DrillPlanned(Event):
    """What an evaluation is about: the drill it belongs to, and everything that was sealed for it."""

    drill: str
    """The run that the players walk."""
    scenario: str
    digest: str
    """SHA-256 of the scenario's file, which is kept beside the record."""
    seed: str
    salt: str
    form: str
    by_machine: bool = False
    """Simulated people play it, at any speed; it counts for nobody."""
    by: str | None = None
    notice: str | None = None
    """no-notice: its players may not know of it before it begins; None: they may."""


@dataclass(frozen=True, slots=True)
class InjectSet(Event):
    """What became of an inject: delivered, drawn, held, released, skipped, delayed, written or dropped.

    Delivered stands in the drill, as the players saw it; everything else only in the evaluation.
    """

    inject: str
    how: str
    number: int = 1
    """The how many-th delivery, from 1."""
    to: str = ""
    """The role it is for."""
    channel: str = ""
    sender: tuple[tuple[str, str], ...] = ()
    title: tuple[tuple[str, str], ...] = ()
    text: tuple[tuple[str, str], ...] = ()
    """Each in every language of the book: language and words."""
    due_ms: int | None = None
    """When it is, or was, due on the exercise clock."""
    draw: str | None = None
    """What chance said: 16 hex digits of SHA-256 of seed, inject and number."""
    unscripted: bool = False
    reason: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Observed(Event):
    """An evaluator saw something. `kind` is strength, gap, safety, fact, finding, deviation or unsafe-act.

    A finding judges `expectation` as `outcome`; a deviation weighs major, moderate or minor in `outcome`.
    """

    kind: str
    text: str
    expectation: str | None = None
    outcome: str | None = None
    objective: str | None = None
    inject: str | None = None
    step: str | None = None
    exercise_ms: int | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Rated(Event):
    """`rating` (P, S, M or U) of an objective, confirmed or put in place of what the machine `proposed`."""

    objective: str
    rating: str
    proposed: str | None = None
    explanation: str = ""
    final: bool = False
    """Set by the lead evaluator; it stands."""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Stage(Event):
    """A drill went on to `stage`: approved, briefed, running, frozen, ended, evaluated or closed.

    `how` says how it ended: normal, early, real-event or invalid.
    """

    stage: str
    how: str | None = None
    reason: str | None = None
    by: str | None = None


# --- the journal


@dataclass(frozen=True, slots=True)
class JournalOpened(Event):
    """The first entry of a device: its public key (hex), what it calls itself, and its program."""

    key: str
    host: str
    software: str
    before: str | None = None
    """The journal that this device had here before, when that one went back to an older state."""
    vouch: str | None = None
    """By the key of that journal (hex): this one is the same device's."""


@dataclass(frozen=True, slots=True)
class Checkpoint(Event):
    """`journal` had `size` entries and this `head`; `whose` is own or seen."""

    journal: str
    size: int
    head: str
    whose: str = "own"


def type_of(event: type[Event]) -> str:
    """The type text: the class name in snake case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event.__name__).lower()


# By name: a class with slots is made twice, and the first one may still be listed among the subclasses.
TYPES: dict[str, type[Event]] = {
    type_of(cls): cls for cls in Event.__subclasses__() if cls.__name__ != "Unknown"
}
_NAMES = {cls: name for name, cls in TYPES.items()}
_HINTS = {cls: {one.name: str(one.type) for one in fields(cls)} for cls in TYPES.values()}
_FIELDS = {cls: tuple(one.name for one in fields(cls)) for cls in TYPES.values()}


def name_of(event: Event) -> str:
    """The type text of an event, also of one that is not known here."""
    return event.type if isinstance(event, Unknown) else _NAMES[type(event)]


def version_of(event: Event) -> int:
    """The version of its payload."""
    return event.tv if isinstance(event, Unknown) else event.VERSION


def to_payload(event: Event) -> bytes:
    """The canonical bytes of an event's content; absent is what was not said."""
    said = {name: getattr(event, name) for name in _FIELDS[type(event)]}
    return canonical({name: value for name, value in said.items() if value is not None})


def from_payload(type_text: str, tv: int, payload: bytes | None) -> Event:
    """The event of a payload; `Unknown` when the type, the version or the shape is not known here."""
    cls = TYPES.get(type_text)
    if cls is not None and tv == cls.VERSION and payload is not None:
        try:
            said = json.loads(payload)
            known = {name: _freeze(said[name]) for name in _FIELDS[cls] if name in said}
            if isinstance(said, dict) and all(
                _fits(_HINTS[cls][name], value) for name, value in known.items()
            ):
                return cls(**known)
        except (ValueError, TypeError, RecursionError):
            pass  # An entry nobody can read any more still counts as an entry: it is shown raw.
    raw = None if payload is None else payload.decode("utf-8", "backslashreplace")
    return Unknown(type_text, tv, raw)


def _fits(hint: str, value: Any) -> bool:
    """Whether a value of a payload is what its field takes; a field's type is one of a few words."""
    return any(_FITS[part](value) for part in hint.split(" | "))


def _is_texts(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(one, str) for one in value)


_FITS: dict[str, Callable[[Any], bool]] = {
    "str": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "bool": lambda value: isinstance(value, bool),
    "None": lambda value: value is None,
    "tuple[str, ...]": _is_texts,
    "tuple[tuple[str, str], ...]": lambda value: (
        isinstance(value, tuple) and all(_is_texts(one) and len(one) == 2 for one in value)
    ),
}


def _freeze(value: Any) -> Any:
    return tuple(_freeze(one) for one in value) if isinstance(value, list) else value


# --- entries

_SAFE_INTEGER = 2**53 - 1


def canonical(value: Json) -> bytes:
    """RFC 8785 restricted to what every writer of JSON agrees on: no floats, ASCII keys, safe integers.

    Raises ValueError for anything outside; nothing is coerced.
    """
    _must_be_plain(value)
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")


def _must_be_plain(value: Any) -> None:
    # A lone surrogate fails in the encoding to UTF-8 (UnicodeEncodeError is a ValueError).
    if value is None or isinstance(value, (bool, str)):
        return
    if isinstance(value, int):
        if abs(value) > _SAFE_INTEGER:
            raise ValueError(f"{value} is too large to be kept exactly")
    elif isinstance(value, (list, tuple)):
        for one in value:
            _must_be_plain(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise ValueError(f"the key {key!r} is not ASCII")
            _must_be_plain(one)
    else:
        raise ValueError(f"{type(value).__name__} cannot be kept in the record")


def stamp(moment: datetime) -> str:
    """A moment as the record writes it: UTC, whole milliseconds, ``2026-11-22T10:00:29.123Z``."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def moment_of(text: str) -> datetime:
    """The moment of a stamp; ValueError when it is none."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} names no time zone")
    if not MINYEAR < moment.year < MAXYEAR:
        raise ValueError(f"{text} has no local time in some zone")
    return moment


def whole_ms(moment: datetime) -> datetime:
    """The moment in UTC, cut to whole milliseconds, as it will come back from the record."""
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


@dataclass(frozen=True, slots=True)
class Draft:
    """An event on its way into the record, with what its author had seen of the run."""

    run: str | None
    event: Event
    at: datetime
    actor: str
    lam: int = 1
    """One more than the greatest the author had seen in the run (Lamport)."""
    after: tuple[str, ...] = ()
    """Hashes of the run's tips that the author had seen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record."""

    pos: int
    """Its place in this store; never signed."""
    hash: str
    journal: str
    jseq: int
    prev: str
    run: str | None
    lam: int
    after: tuple[str, ...]
    at: datetime
    """When it happened, by the run's own clock."""
    recorded_at: datetime
    """When it was written, by the wall."""
    mono: tuple[str, int]
    """Boot id and nanoseconds since that boot."""
    clk: str
    """ntp, free or unknown: what kept the wall clock."""
    actor: str
    """Who typed it; `by` in the event says who did it."""
    cmd: str | None
    event: Event

    @property
    def by(self) -> str:
        """Who did it: said in the event, else whoever typed it."""
        return getattr(self.event, "by", None) or self.actor

    @property
    def order(self) -> tuple[int, datetime, str, int]:
        """The one order in which entries fold, on every device."""
        return (self.lam, self.recorded_at, self.journal, self.jseq)
