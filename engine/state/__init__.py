"""What is known of a run: everything that was said, and what it comes to. Changed only by `run.apply`.

A statement is kept in every version that no later author had seen (`heads`). One head, or several that
say the same, is a fact; several that differ are contradicted until somebody who saw them speaks.

`said` is who said what and who had seen it, `steps` one step, `words` who heard of it, `parts` what else a run
has, `runs` the whole run, `status` how a step stands, `withdrawn` what is held back while everybody is out, `across`
what other open runs have to say.
"""

from engine.state.across import NOTHING, Across, Clash, KeptBack
from engine.state.parts import Card, Child, Ending, Finding, Holding, Note, Setting, WatchState, Word
from engine.state.runs import COMMAND, HANDOVER, REPORT, RunState
from engine.state.said import Causes, Said, Seen, has_seen, heard
from engine.state.status import BOXES, status
from engine.state.steps import (
    AGREED,
    BAD_ANSWERS,
    FINISHED,
    SAFE_ORDER,
    Round,
    Signature,
    Statement,
    StepState,
    Try,
    Value,
    strongest,
)
from engine.state.withdrawn import Withdrawal, held_back, withdrawal, withdrawals

__all__ = [
    "AGREED",
    "BAD_ANSWERS",
    "BOXES",
    "COMMAND",
    "FINISHED",
    "HANDOVER",
    "NOTHING",
    "REPORT",
    "SAFE_ORDER",
    "Across",
    "Card",
    "Causes",
    "Child",
    "Clash",
    "Ending",
    "Finding",
    "Holding",
    "KeptBack",
    "Note",
    "Round",
    "RunState",
    "Said",
    "Seen",
    "Setting",
    "Signature",
    "Statement",
    "StepState",
    "Try",
    "Value",
    "WatchState",
    "Withdrawal",
    "Word",
    "has_seen",
    "heard",
    "held_back",
    "status",
    "strongest",
    "withdrawal",
    "withdrawals",
]
