"""How a run ends and ended: what a person is told of it, and what of it goes on after its end."""

from __future__ import annotations

from engine.clocks import promises
from engine.plan import PART
from engine.rules import may_end_complete
from engine.state.runs import REPORT
from tui.logbook import MOST_LISTED
from tui.view.head import promise_line
from tui.view.looking import Looking


def ends_by_enter(look: Looking) -> bool:
    """Whether Enter alone ends this run complete: another run opened it, and nothing of it stays open.

    A run that stands alone is ended by a typed word: nothing goes on behind it.
    """
    state = look.state
    below = state.parent is not None and state.ended is None
    return below and state.road.finished and may_end_complete(state, look.now) and not state.unconfirmed()


def of_run(look: Looking, word_id: str) -> str:
    """The sentence about the end of this run: of a patrol, of a part of one, or of anything else."""
    patrol = look.state.graph.runbook.patrol
    return word_id if patrol is None else f"{word_id}-part" if patrol == PART else f"{word_id}-patrol"


def leaves_by_enter(look: Looking) -> bool:
    """Whether Enter has nothing to do but leave: the run has ended, and no written report is waited for.

    After a false alarm, or a procedure by itself, nobody is owed one; the act stays in the list.
    """
    if look.state.ended is None:
        return False
    owed = (one for one in look.once(promises) if one.promise.kept_by == REPORT)
    return all(one.status not in ("running", "broken") or one.kept_at is not None for one in owed)


def ending_lines(look: Looking) -> list[str]:
    """The completion line, what stayed open, and the promises that outlive the run."""
    state, ended = look.state, look.state.ended
    if ended is None:
        return []
    excepted = len(ended.open) + len(ended.unconfirmed)
    how = look.say(f"how-{ended.how}", count=excepted, reason=look.text(ended.reason or ""))
    overridden = sum(one.status == "overridden" for one in state.steps.values())
    if overridden:
        how = look.join([how, look.say("overridden-count", count=overridden)])
    lines = ["", look.say(of_run(look, "run-ended"), how=how)]
    if ended.open:
        names = [name for name in ended.open if name in state.steps]
        lines += [look.say("stayed-open"), *(f"    {look.title(name)}" for name in names[:MOST_LISTED])]
        if len(names) > MOST_LISTED:
            lines.append(f"    {look.say('and-left', count=len(names) - MOST_LISTED)}")
    lines += unconfirmed_rows(look)
    running = [one for one in promises(state, look.now) if one.status == "running"]
    return lines + [promise_line(look, one) for one in running]


def unconfirmed_rows(look: Looking) -> list[str]:
    """The signatures by voice that their owners have not confirmed: of what, who, and that it is so."""
    return [
        f"    {look.text(look.state.subject_of(name))}  {look.name(person)}  {look.say('voice-unconfirmed')}"
        for name, person in look.state.voices_unconfirmed()
    ]
