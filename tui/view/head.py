"""Identity, place, time, promises and who you are: always shown, in at most three lines."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.acts import current_step
from engine.clocks import Beside, PromiseReading, promises
from engine.state import RunState
from engine.text import Text, cells, clean, cut
from tui.view.layout import GAP
from tui.view.looking import Looking
from tui.view.values import value_line

PROMISES_SHOWN = 3


def header(look: Looking, width: int = 78, step: str | None = None) -> list[str]:
    """Three lines; more while the run is on hold, or goes on though an entry condition does not hold.

    `step` is the one in front, when it was chosen.
    """
    state = look.state
    lines = [
        _identity(look, width),
        _place_and_time(look, step, width),
        cut(_promises(look, width), width),
    ]
    lines += [cut(f"!! {line}", width) for line, _ in beside_lines(look)]
    if state.held is not None:
        at, by, reason = state.held
        held = look.say("held", reason=look.text(reason), name=look.name(by), time=look.clock(at))
        lines.append(cut(held, width))
    denied = [look.text(words) for words in entries_denied(state)]
    lines += [cut(look.say("entry-not-so", words=words), width) for words in denied]
    return [line for line in lines if line]


def beside_lines(look: Looking) -> list[tuple[str, str]]:
    """What presses in each other run of the incident: what is overdue, the longest first by name, or its alarms.

    Of each the whole line, and the few words that say that there is something.
    """
    return [_beside_line(look, one) for one in look.beside]


def _beside_line(look: Looking, one: Beside) -> tuple[str, str]:
    plan = clean(one.state.graph.runbook.id)
    if not one.late:
        brief = look.say("beside-alarms", plan=plan, count=len(one.alarms))
        return brief, brief
    first, brief = one.late[0], look.say("beside-late", plan=plan, count=len(one.late))
    title = look.labelled(brief, look.text(first.title))
    return f"{title} -{look.soon(look.now - first.at)}", brief


def entries_denied(state: RunState) -> list[Text]:
    """The entry conditions that somebody has said do not hold."""
    said = state.entry_answers
    return [words for number, words in enumerate(state.graph.runbook.entry) if said.get(number) == "no"]


def _identity(look: Looking, width: int) -> str:
    """What kind of run, of what, where: a long title gives way, the rest never does."""
    state, book = look.state, look.state.graph.runbook
    room = next((one for one in state.graph.site.rooms if one.id == state.room), None)
    around = [f"{clean(book.id)} r{book.revision}"]
    around += [look.text(room.title)] if room is not None else []
    around.append(clean(state.run_id))
    kind = look.said("kind", state.kind)
    taken = cells("  ".join([kind, "", *around]))
    return "  ".join([kind, cut(look.text(book.title), max(width - taken, 8)), *around])


def _place_and_time(look: Looking, step: str | None, width: int) -> str:
    """When, how long, where, how grave, who. Half a role is no role: what is needed least gives way before it."""
    state = look.state
    elapsed = f"T+{look.length(look.now - (state.opened_at or look.now))}"
    level = look.say("level", level=state.level) if state.level else look.say("level-none")
    local = f"{look.now.astimezone(look.zone):%H:%M:%S}"
    codes = " ".join(clean(role) for role in state.roles_of(look.person))
    name = look.name(look.person)
    ways = (
        (_time(look, look.now), you(look)),
        (local, you(look)),
        (local, look.in_brackets(name, codes)),
        (local, name),
    )
    lines = ["  ".join([time, elapsed, place(look, step), level, who]) for time, who in ways]
    return next((line for line in lines if cells(line) <= width), cut(lines[-1], width))


def _time(look: Looking, at: datetime) -> str:
    """The time of day with its zone: +08 where the zone has whole hours."""
    local = at.astimezone(look.zone)
    return f"{local:%H:%M:%S} {f'{local:%z}'.removesuffix('00')}"


def _promises(look: Looking, width: int) -> str:
    """The promises that run or are broken, the next one first."""
    standing = [one for one in look.once(promises) if one.status in ("running", "broken")]
    standing.sort(key=lambda one: (one.deadline is None, one.deadline or look.now))
    said = [promise_line(look, one) for one in standing[:PROMISES_SHOWN]]
    # Half a time is no time: a promise that does not fit is left out whole, the later ones first.
    while len(said) > 1 and cells(GAP.join(said)) > width:
        said.pop()
    return GAP.join(said)


def place(look: Looking, step: str | None = None) -> str:
    """Step n of m, where m is every step of the plan."""
    current = step or current_step(look.state, look.person, look.now, look.across)
    if current is None:
        return look.say("place-ended" if look.state.ended is not None else "place-end")
    total = len(look.state.graph.steps)
    return look.say("place-of", number=look.state.graph.number[current], total=total)


def you(look: Looking) -> str:
    """Your name and the roles you act in."""
    roles = [look.role(role) for role in look.state.roles_of(look.person)]
    return look.in_brackets(look.name(look.person), look.join(roles) or look.say("no-role"))


def promise_line(look: Looking, reading: PromiseReading, *, near: bool = False) -> str:
    """A promise in a few words: what is left, or how it stands; to the second where it is `near` and alone."""
    left = reading.remaining(look.now)
    shown = (look.soon(left) if near else look.length(left)) if left is not None else ""
    # Broken once, the next word is still to come: what is left of it is no time that it is late.
    again = reading.status == "broken" and left is not None and left > timedelta()
    word = "promise-broken-before" if again else f"promise-{reading.status}"
    said = look.say(word, title=look.text(reading.promise.title), left=shown).strip()
    return look.in_brackets(said, look.say("written-late")) if reading.written_late else said


def goals(look: Looking) -> str:
    """The few things that matter, by the label of their reading, with value and band."""
    return "  ".join(goal_parts(look))


def goal_parts(look: Looking) -> list[str]:
    """The same one by one."""
    known = look.state.graph.readings
    names = dict.fromkeys(name for _, name in look.state.graph.runbook.goals if name in known)
    return [f"{look.text(known[name].label)} {value_line(look, known[name])}" for name in names]
