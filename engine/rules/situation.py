"""What may be read, ticked, written down, told, raised and acknowledged."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.errors import Refused
from engine.events import (
    Acknowledged,
    EvidenceAttached,
    FindingClosed,
    ItemTicked,
    LevelDeclared,
    NoteAdded,
    ReadingTaken,
    ReportIssued,
    Told,
    WarningShown,
    WatchRaised,
    WatchRetired,
)
from engine.plan import FINDING, LEVELS, Reading
from engine.rules.finishing import check_warned, items_of
from engine.rules.proposal import Proposal, a_moment, known, need_reason, open_now
from engine.run import PUT_BACK
from engine.run.situation import number_of
from engine.state import RunState
from engine.template import left_open
from engine.text import Text

PIN_SET = "pin"
"""A PIN was set while the run went on; the text is the id of whose it is."""

SIGN_IN = "sign-in"
"""Somebody signed in to a drill at their own terminal; the text is their id."""

NOTE_KINDS = ("note", "mismatch", "proposal", PIN_SET, SIGN_IN, FINDING, *PUT_BACK)

TOLD = ("voice", "sent", "failed")
"""How telling somebody ended."""

SUPPRESSED = "suppressed"
"""What a drill would have sent, and did not; its full text stands in the record."""

NO_ITEM = ("无", "没有", "none")
"""That there is none: what a list is empty by, never one of its items."""

LONGEST_NUMBER = 30

_PLAIN_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
"""How a number is written so that whoever reads the record reads the same: no 1_000, no digits of other scripts."""


# --- readings


def reading_taken(state: RunState, _proposal: Proposal, event: ReadingTaken) -> None:
    reading = state.graph.readings.get(event.reading)
    if reading is None:
        raise Refused("unknown-reading", reading=event.reading)
    if event.step is not None and not event.second:
        open_now(state, event.step)
    if event.second and (event.step is None or not state.steps[event.step].awaits_second):
        title = event.step if event.step is None else state.steps[event.step].step.text
        raise Refused("nothing-to-verify", step=title or reading.label)
    if event.unit != reading.unit:
        raise Refused("wrong-unit", reading=reading.label, unit=reading.unit or "-")
    _check_value(reading, event.value, event.reason)


def _check_value(reading: Reading, text: str, reason: str | None) -> None:
    if reading.kind == "number":
        _check_number(reading, text, reason)
    elif reading.kind == "yes-no" and text not in ("yes", "no"):
        raise Refused("not-yes-no", reading=reading.label)
    elif reading.kind == "time":
        a_moment(text)
    elif reading.kind == "text" and not text.strip():
        raise Refused("empty-text", reading=reading.label)
    elif reading.kind == "list":
        _check_list(reading, [line.strip() for line in text.split("\n") if line.strip()])


def _check_list(reading: Reading, items: list[str]) -> None:
    stray = next((one for one in items if one.casefold() in NO_ITEM), None)
    if stray is not None:
        raise Refused("none-is-no-item", reading=reading.label, item=stray)
    if len(items) < reading.at_least:
        raise Refused("too-few-items", reading=reading.label, count=reading.at_least)


def _check_number(reading: Reading, text: str, reason: str | None) -> None:
    value = number_of(text)
    if value is None or len(text) > LONGEST_NUMBER or not _PLAIN_NUMBER.fullmatch(text):
        raise Refused("not-a-number", reading=reading.label, text=text, unit=reading.unit or "")
    if reading.precision == 0 and value != value.to_integral_value():
        raise Refused("whole-number", reading=reading.label, text=text)
    low = reading.least is not None and value < reading.least
    high = reading.most is not None and value > reading.most
    if (low or high) and not (reason or "").strip():
        least, most = _bound(reading.least), _bound(reading.most)
        raise Refused("out-of-range", reading=reading.label, text=text, least=least, most=most)


def _bound(value: Decimal | None) -> str:
    return "…" if value is None else str(value)


# --- lines, files, words


def item_ticked(state: RunState, proposal: Proposal, event: ItemTicked) -> None:
    one = open_now(state, event.step)
    items = items_of(state, one.step, proposal)
    # An empty list has one line: somebody confirms that there was nothing to do.
    if not 1 <= event.item <= max(len(items), 1):
        raise Refused("unknown-item", step=one.step.text, item=event.item)
    check_warned(proposal, one)


def evidence_attached(state: RunState, _proposal: Proposal, event: EvidenceAttached) -> None:
    if not event.name.strip():
        raise Refused("empty-note")
    if event.step is not None:
        known(state, event.step)


def warning_shown(state: RunState, _proposal: Proposal, event: WarningShown) -> None:
    known(state, event.step)


def note_added(state: RunState, _proposal: Proposal, event: NoteAdded) -> None:
    if not event.text.strip():
        raise Refused("empty-note")
    if event.kind not in NOTE_KINDS:
        raise Refused("unknown-note", kind=event.kind)
    if event.kind == SIGN_IN and state.kind != "D":
        raise Refused("unknown-note", kind=event.kind)
    if event.kind in PUT_BACK and event.step not in state.left:
        one = state.steps.get(event.step or "")
        raise Refused("not-left-over", step=event.step or "-" if one is None else one.step.text)


def finding_closed(state: RunState, _proposal: Proposal, event: FindingClosed) -> None:
    found = state.findings.get(event.finding)
    if found is None:
        raise Refused("no-such-finding", finding=event.finding)
    if found.closed_at is not None:
        raise Refused("finding-closed", person=found.closed_by, reason=found.reason)
    need_reason(event.reason)


def told(state: RunState, _proposal: Proposal, event: Told) -> None:
    if not event.text.strip():
        raise Refused("empty-note")
    _nothing_left_open(state, event)
    if event.outcome == SUPPRESSED and state.kind == "D":
        return
    if event.outcome not in TOLD:
        raise Refused("unknown-telling", outcome=event.outcome)
    if event.outcome == "voice" and not (event.to or "").strip():
        raise Refused("told-whom")


def _nothing_left_open(state: RunState, event: Told) -> None:
    """What the template leaves to a person was said: a report of headings alone tells nobody anything."""
    step = state.graph.steps.get(event.step or "")
    if step is None or step.message is None:
        return
    lines = left_open(f"{step.message.zh}\n{step.message.en}", event.text)
    if lines:
        raise Refused("words-missing", step=step.text, lines=lines)


def report_issued(_state: RunState, _proposal: Proposal, event: ReportIssued) -> None:
    if not event.number.strip():
        raise Refused("report-number")


# --- levels, watches, alarms


def level_declared(_state: RunState, _proposal: Proposal, event: LevelDeclared) -> None:
    if event.level not in LEVELS:
        raise Refused("unknown-level", level=event.level)


def watch_raised(state: RunState, _proposal: Proposal, event: WatchRaised) -> None:
    watch = state.watches.get(event.watch)
    if watch is None:
        raise Refused("unknown-watch", watch=event.watch)
    if watch.raised_at is not None and event.again != watch.times:
        raise Refused("already-raised", watch=_title_of(state, event.watch))


def watch_retired(state: RunState, _proposal: Proposal, event: WatchRetired) -> None:
    watch = state.watches.get(event.watch)
    if watch is None:
        raise Refused("unknown-watch", watch=event.watch)
    if watch.raised_at is None:
        raise Refused("not-raised", watch=_title_of(state, event.watch))
    need_reason(event.reason)


def _title_of(state: RunState, watch_id: str) -> Text:
    return state.graph.watches[watch_id].title


def acknowledged(state: RunState, _proposal: Proposal, event: Acknowledged) -> None:
    if event.alarm in state.acknowledged:
        raise Refused("already-acknowledged", subject=_subject_of(state, event.alarm))


def _subject_of(state: RunState, alarm: str) -> Text:
    """What an alarm is about: the step, watch, reading or promise that stands second in its name."""
    known: dict[str, Text] = {one.id: one.title for one in state.graph.promises.promises}
    known |= {name: reading.label for name, reading in state.graph.readings.items()}
    known |= {name: _title_of(state, name) for name in state.graph.watches}
    known |= {name: step.text for name, step in state.graph.steps.items()}
    kind, _, rest = alarm.partition(":")
    return known.get(rest.partition(":")[0], Text(kind, kind))
