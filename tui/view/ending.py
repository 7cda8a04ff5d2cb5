"""How a run ended, and what of it goes on after its end."""

from __future__ import annotations

from engine.clocks import promises
from tui.logbook import MOST_LISTED
from tui.view.head import promise_line
from tui.view.looking import Looking


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
    lines = ["", look.say("run-ended", how=how)]
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
