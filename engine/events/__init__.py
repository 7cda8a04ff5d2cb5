"""What can happen. A key proposes an event, the same event is recorded, the same event is replayed.

An event carries only ids, whole numbers, truth values and strings; its type text is the class name
in snake case. Once recorded, a type and version is for ever: new fields get a default, a changed
meaning gets a new version. A type this program does not know decodes to `Unknown` and changes nothing.
"""

from engine.events.base import BASES, Event, Unknown
from engine.events.canonical import Json, canonical, moment_of, stamp, whole_ms
from engine.events.drills import ClockSet, DrillPlanned, InjectSet, Observed, Rated, Stage
from engine.events.entries import Draft, Entry
from engine.events.journals import Checkpoint, JournalOpened
from engine.events.payload import TYPES, from_payload, name_of, to_payload, type_of, version_of
from engine.events.runs import (
    ChildOpened,
    ContactTried,
    HandoverSigned,
    PersonJoined,
    PersonLeft,
    RoleTaken,
    RunEnded,
    RunHeld,
    RunOpened,
    RunResumed,
)
from engine.events.situation import (
    FOUND,
    Acknowledged,
    FindingClosed,
    LevelDeclared,
    NoteAdded,
    ReportIssued,
    Told,
    WatchRaised,
    WatchRetired,
)
from engine.events.steps import (
    AnswerGiven,
    EvidenceAttached,
    ItemTicked,
    ReadingTaken,
    SignedOff,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepReopened,
    StepSkipped,
    StepStarted,
    WarningShown,
)

__all__ = [
    "BASES",
    "FOUND",
    "TYPES",
    "Acknowledged",
    "AnswerGiven",
    "Checkpoint",
    "ChildOpened",
    "ClockSet",
    "ContactTried",
    "Draft",
    "DrillPlanned",
    "Entry",
    "Event",
    "EvidenceAttached",
    "FindingClosed",
    "HandoverSigned",
    "InjectSet",
    "ItemTicked",
    "JournalOpened",
    "Json",
    "LevelDeclared",
    "NoteAdded",
    "Observed",
    "PersonJoined",
    "PersonLeft",
    "Rated",
    "ReadingTaken",
    "ReportIssued",
    "RoleTaken",
    "RunEnded",
    "RunHeld",
    "RunOpened",
    "RunResumed",
    "SignedOff",
    "Stage",
    "StepDeferred",
    "StepDone",
    "StepFailed",
    "StepOverridden",
    "StepReopened",
    "StepSkipped",
    "StepStarted",
    "Told",
    "Unknown",
    "WarningShown",
    "WatchRaised",
    "WatchRetired",
    "canonical",
    "from_payload",
    "moment_of",
    "name_of",
    "stamp",
    "to_payload",
    "type_of",
    "version_of",
    "whole_ms",
]
