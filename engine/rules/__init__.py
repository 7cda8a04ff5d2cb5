"""What may happen now. `check` refuses with one sentence; it changes nothing.

Several events that are written together (a value and the answer it decides, signatures and what they
release) are checked together: each may rest on those beside it.

    proposal     what is put forward, and what every rule asks of a step
    finishing    what must be there before a step may end well
    steps        begun, done, failed, skipped, deferred, overridden, reopened
    answers      how steps with answers end, and the way back
    signatures   who may sign what
    standing     whether what the signers of a hold say is so
    inside       what is held back while everybody is out
    situation    readings, lines, words, watches, levels
    people       who takes part, in which role
    runs         opening, holding and ending a run
    table        which rule is asked of which event
"""

from engine.rules.answers import call_list, calls_used_up, reopens
from engine.rules.finishing import (
    expectation,
    items_of,
    missing_readings,
    needed_readings,
    repeat_is_over,
    same_tag,
    ticked_of,
    wait_is_over,
)
from engine.rules.people import OUTCOMES
from engine.rules.proposal import Proposal, name_of, waits_for
from engine.rules.runs import (
    AFTER_THE_END,
    exits_unmet,
    left_by,
    may_end_complete,
    still_open,
    voices_to_confirm,
)
from engine.rules.signatures import (
    STRENGTHS,
    TRIES_BEFORE_ALONE,
    doers,
    hold_is_signed,
    missing_roles,
    same_words,
    second_roles,
    signer_allowed,
    signers,
    tries_in_vain,
)
from engine.rules.situation import NOTE_KINDS, PIN_SET, SIGN_IN, TOLD
from engine.rules.table import check
from engine.run import ENTRY, PUT_BACK

__all__ = [
    "AFTER_THE_END",
    "ENTRY",
    "NOTE_KINDS",
    "OUTCOMES",
    "PIN_SET",
    "PUT_BACK",
    "SIGN_IN",
    "STRENGTHS",
    "TOLD",
    "TRIES_BEFORE_ALONE",
    "Proposal",
    "call_list",
    "calls_used_up",
    "check",
    "doers",
    "exits_unmet",
    "expectation",
    "hold_is_signed",
    "items_of",
    "left_by",
    "may_end_complete",
    "missing_readings",
    "missing_roles",
    "name_of",
    "needed_readings",
    "reopens",
    "repeat_is_over",
    "same_tag",
    "same_words",
    "second_roles",
    "signer_allowed",
    "signers",
    "still_open",
    "ticked_of",
    "tries_in_vain",
    "voices_to_confirm",
    "wait_is_over",
    "waits_for",
]
