"""What is shown of a run, decided without a terminal: line mode prints it, the screens draw it.

Everything that comes from a plan, a person or a peer passes `clean` here.

    looking      who looks, when, in which language
    layout       things side by side
    values       readings, conditions and what they come to, in words
    head         identity, place, promises, goals
    calling      a call out of the house: whether it is made, and its words in both languages
    people       who does it, who signs, whom to call
    step         the step in front of a person
    across       what the runs that go on beside this one have to say
    weighed      what a decision rests on, in as few lines as can be
    rows         steps, watches and alarms in one line each
    standing     the step in front of whoever comes back, by the record
    ending       how a run ended
    places       the numbers that acts of the whole run have on every step
    numbers      which number stands before what may be done
    turn         what line mode shows before it asks: it fits a terminal of 24 lines where it can
    acts         what may be done, in the words of a button
"""

from engine.acts import current_step
from engine.state import BOXES, status
from tui.view.across import not_due
from tui.view.acts import Offer, act_label, answer_label, front_of, offers_of
from tui.view.ending import ending_lines, leaves_by_enter
from tui.view.head import beside_lines, entries_denied, goals, header, place, promise_line, you
from tui.view.looking import Looking, SevenBits
from tui.view.numbers import Numbers, stands_in_front
from tui.view.people import by_line, channels, is_for, signature_line
from tui.view.rows import (
    alarm_line,
    alarm_row,
    alarm_rows,
    all_rows,
    is_idle,
    open_rows,
    others,
    recent_rows,
    rests,
    row_line,
    step_row,
    turnover,
    watch_row,
    watch_rows,
    why_lines,
)
from tui.view.standing import last_act, run_opened_by, standing, watches_before
from tui.view.step import has_more, step_lines, way
from tui.view.turn import Turn, turn_of
from tui.view.values import condition_line, panel, reading_label, reason_line, show_value, value_line

__all__ = [
    "BOXES",
    "Looking",
    "Numbers",
    "Offer",
    "SevenBits",
    "Turn",
    "act_label",
    "alarm_line",
    "alarm_row",
    "alarm_rows",
    "all_rows",
    "answer_label",
    "beside_lines",
    "by_line",
    "channels",
    "condition_line",
    "current_step",
    "ending_lines",
    "entries_denied",
    "front_of",
    "goals",
    "has_more",
    "header",
    "is_for",
    "is_idle",
    "last_act",
    "leaves_by_enter",
    "not_due",
    "offers_of",
    "open_rows",
    "others",
    "panel",
    "place",
    "promise_line",
    "reading_label",
    "reason_line",
    "recent_rows",
    "rests",
    "row_line",
    "run_opened_by",
    "show_value",
    "signature_line",
    "standing",
    "stands_in_front",
    "status",
    "step_lines",
    "step_row",
    "turn_of",
    "turnover",
    "value_line",
    "watch_row",
    "watch_rows",
    "watches_before",
    "way",
    "why_lines",
    "you",
]
