"""What becomes of a step."""

from __future__ import annotations

from dataclasses import dataclass

from engine.events.base import Event


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
