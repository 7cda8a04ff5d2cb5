"""Steps, watches and alarms in one line each; and the lists made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.acts import Act, gets_people_out
from engine.clocks import Alarm, alarms, next_round_at
from engine.condition import Condition, ConditionFault, parse
from engine.facts import wait_holds
from engine.plan import Reading
from engine.rules import wait_is_over, waits_for
from engine.state import BOXES, Said, StepState, Value, held_back, status
from engine.text import cells, clean, cut, pad
from tui.view.across import kept_back_short, stands_back
from tui.view.by_machine import decided_lines, raised_lines
from tui.view.judged import judged
from tui.view.looking import Looking
from tui.view.people import by_site
from tui.view.step import answer_line, criteria
from tui.view.values import condition_line, taken

# --- steps


def step_row(look: Looking, step_id: str, current: str | None) -> str:
    """One step in one line: mark, number, title, value, who and when."""
    values, standing = _tail(look, step_id)
    tail = "  ".join([*values, *standing])
    head = _head(look, step_id, current)
    return f"{head}   {tail}" if tail else head


def row_line(look: Looking, step_id: str, current: str | None, width: int = 78) -> str:
    """The same in exactly one line of the terminal: who and when at the right.

    What it waits for gives way first, then title and values.
    """
    head = _head(look, step_id, current)
    values, standing = ("  ".join(part) for part in _tail(look, step_id))
    wide = cells(head) + (cells(values) + 2 if values else 0)
    if wide + cells(standing) + 2 > width:
        standing = "  ".join(_tail(look, step_id, width - wide - 2)[1])
    room = width - cells(standing) - (2 if standing else 0)
    if values:
        head = cut(head, max(room - cells(values) - 2, room // 2)) + f"  {values}"
    return f"{pad(head, room)}  {standing}" if standing else cut(head, room)


def _head(look: Looking, step_id: str, current: str | None) -> str:
    lead = ">" if step_id == current else " "
    mark, number = BOXES[status(look.state, step_id)], look.state.graph.number[step_id]
    return f"{lead}{mark} {number:>2}  {look.title(step_id)}"


def _tail(look: Looking, step_id: str, room: int | None = None) -> tuple[list[str], list[str]]:
    """What came of a step; and how it stands, when and by whom, or what it waits for, in `room` cells if given."""
    one, word = look.state.steps[step_id], status(look.state, step_id)
    standing = [] if word in ("ready", "done", "waiting", "held-back") else [look.say(f"status-{word}")]
    last = one.last
    if one.status is not None and last is not None:
        standing.append(f"{look.clock(last.at)} {look.name(last.by)}")
    standing += held_back_lines(look, step_id)
    if word == "waiting":
        standing += _waits(look, step_id, room)
    return list(_what_came_of_it(look, one)), standing


NAME_CELLS, NAME_LEAST = 30, 8
"""Of the name of a step that is waited for; in less than the least it says nothing, and is left out."""


def _waits(look: Looking, step_id: str, room: int | None) -> list[str]:
    """What a step waits for, in no more than `room` cells where a line is short."""
    names = [look.text(title) for title in waits_for(look.state, step_id)]
    if not names:
        return []
    more = look.say("and-more", count=len(names) - 1) if len(names) > 1 else ""
    if room is None:
        return [look.say("waits-for-steps", steps=cut(names[0], NAME_CELLS) + more)]
    left = min(room - cells(look.say("waits-for-steps", steps=more)), NAME_CELLS)
    short = cut(names[0], left) if left >= min(NAME_LEAST, cells(names[0])) else ""
    return [look.say("waits-for-steps", steps=short + more)] if short else []


def held_back_lines(look: Looking, step_id: str) -> list[str]:
    """Since when and why a step inside is held back; nothing when it is not."""
    found = held_back(look.state, step_id)
    if found is None:
        return []
    return [look.say("held-back", time=look.clock(found.since), cause=look.text(found.cause))]


def _what_came_of_it(look: Looking, one: StepState) -> Iterator[str]:
    if one.answer is not None and one.status is not None:
        says = next((answer.says for answer in one.step.answers if answer.id == one.answer), None)
        yield f"= {look.text(says) if says is not None else look.said('answer', one.answer)}"
    if one.awaits_second:
        return  # the second person must not see what the first has read
    for name, said in one.readings.items():
        yield f"= {_value_now(look, look.state.graph.readings[name], said)}"


def _value_now(look: Looking, reading: Reading, said: Said[Value]) -> str:
    """What a step took; what was read anew later, beside any step, stands behind it, of a list in its place."""
    latest = look.state.readings.get(reading.id, (said,))[-1]
    if latest.value.text == said.value.text or latest.at < said.at:
        return taken(look, reading, said.value.text)
    if any(other.readings.get(reading.id) == latest for other in look.state.steps.values()):
        return taken(look, reading, said.value.text)  # another step has a list of its own
    if reading.kind != "list":
        since = look.say("read-since", value=taken(look, reading, latest.value.text))
        return look.in_brackets(taken(look, reading, said.value.text), since)
    corrected = look.say("corrected-at", time=look.clock(latest.at))
    return look.in_brackets(taken(look, reading, latest.value.text), corrected)


def all_rows(look: Looking, current: str | None) -> list[str]:
    """Every step in the author's order."""
    return [step_row(look, name, current) for name in look.state.graph.steps]


def recent(look: Looking, count: int = 2) -> list[str]:
    """The steps finished last, the latest at the end."""
    finished = [
        (one.last.recorded_at, name) for name, one in look.state.steps.items() if one.status and one.last
    ]
    return [name for _, name in sorted(finished)[-count:]]


def recent_rows(look: Looking, current: str | None, count: int = 2) -> list[str]:
    """The steps finished last, in one line each."""
    return [row_line(look, name, current) for name in recent(look, count) if name != current]


def others(look: Looking, current: str | None) -> list[str]:
    """What else is to be done now: getting people out, what comes first, what needs hands, what waits last."""
    state = look.state
    names = [name for name in dict.fromkeys([*state.come_back(), *state.open_steps()]) if name != current]

    def place(name: str) -> tuple[bool, bool, bool]:
        one = state.steps[name]
        return not gets_people_out(state, name, look.now), is_idle(look, one), not one.step.first

    return sorted(names, key=place)


def is_idle(look: Looking, one: StepState) -> bool:
    """Whether a step needs nobody's hands now: it waits for a time, a condition, another run, its next visit.

    So does what is inside while everybody is out, and what another run keeps back or has locked.
    """
    if held_back(look.state, one.step.id) is not None or stands_back(look, one):
        return True
    waits = (one.step.kind == "wait" and not wait_is_over(look.state, one, look.now)) or one.child is not None
    return waits or (one.step.repeat is not None and one.opened and next_round_at(one) > look.now)


def rests(look: Looking, acts: Iterable[Act], one: StepState) -> bool:
    """Whether Enter has nothing to do on a step: it is idle, and neither of these is to be done by hand.

    A run that it opened has ended and a person must say so; or it waits for a value that nobody has read yet,
    that is too old, or that is not yet as it should be, and is read again.
    """
    mine = {act.verb for act in acts if act.main and act.step == one.step.id}
    ended = one.step.kind == "run" and "do" in mine
    to_read = "read" in mine and wait_holds(look.state, one, look.now) is not True
    return is_idle(look, one) and not ended and not to_read


def open_rows(look: Looking, current: str | None) -> list[str]:
    """What else is to be done now, one a line."""
    return [step_row(look, name, current) for name in others(look, current)]


# --- watches


def watch_rows(look: Looking) -> list[str]:
    """The watch list: what may happen at any time."""
    return [watch_row(look, watch_id) for watch_id in look.state.graph.watches]


def watch_row(look: Looking, watch_id: str) -> str:
    """One watch: what it is about, and since when it is raised."""
    known = look.state.watches[watch_id]
    words = watch_words(look, watch_id)
    if known.raised_at is None:
        return f"   {words}"
    runbook = look.state.graph.watches[watch_id].run if known.child is None else None
    since = look.say("watch-raised", time=look.clock(known.raised_at))
    return "   ".join([f"!! {words}", *kept_back_short(look, runbook), since])


def watch_words(look: Looking, watch_id: str) -> str:
    watch = look.state.graph.watches[watch_id]
    return look.text(watch.words) if watch.words is not None else condition_line(look, watch.when or watch_id)


# --- alarms


def alarm_rows(look: Looking) -> list[str]:
    """The alarms that stand, the gravest first."""
    return [alarm_row(look, one) for one in look.once(alarms)]


def alarm_row(look: Looking, alarm: Alarm) -> str:
    return f"!! {look.clock(alarm.at)}  {alarm_line(look, alarm)}"


def alarm_line(look: Looking, alarm: Alarm) -> str:
    """An alarm in one sentence."""
    return look.say(f"alarm-{alarm.kind}", subject=_subject(look, alarm), detail=_detail(look, alarm))


def _subject(look: Looking, alarm: Alarm) -> str:
    # A watch without words of its own is said by its condition.
    if alarm.kind == "watch" and isinstance(alarm.subject, str):
        return _if_condition(look, alarm.subject)
    if alarm.kind == "escalate":
        return look.join([_whom(look, role) for role in _told_next(look, alarm)]) or look.text(alarm.subject)
    return look.text(alarm.subject)


def _told_next(look: Looking, alarm: Alarm) -> tuple[str, ...]:
    """The roles that are to be told when a level was not restored in time: ``escalate:II:900``."""
    _, level, after = alarm.name.split(":")
    rows = look.state.graph.promises.escalation
    found = (one.tell for one in rows if (one.level, f"{one.after.total_seconds():.0f}") == (level, after))
    return next(found, ())


def _whom(look: Looking, role: str) -> str:
    """A role by its title, with whoever holds it here or acts in it at the site."""
    people = look.state.holders(role) or tuple(one.id for one in by_site(look, role))
    return " ".join([look.role(role), *(look.name(one) for one in people[:1])])


def _if_condition(look: Looking, text: str) -> str:
    try:
        found: Condition = parse(text)
    except ConditionFault:
        return look.text(text)
    return condition_line(look, found.text)


def _detail(look: Looking, alarm: Alarm) -> str:
    if alarm.kind in ("voice", "two-commanders"):
        return look.join([look.name(person) for person in alarm.detail.split("、")])
    if alarm.kind in ("second-differs", "act-band"):
        return _of_reading(look, alarm)
    return clean(alarm.detail)


def _of_reading(look: Looking, alarm: Alarm) -> str:
    """The reading that two people differ in, or the value that came into its band."""
    subject = alarm.name.split(":")[1]
    if alarm.kind == "act-band":
        heads = look.state.readings.get(subject, ())
        known = look.state.graph.readings.get(subject)
        return (
            taken(look, known, heads[-1].value.text) if known is not None and heads else clean(alarm.detail)
        )
    one = look.state.steps.get(subject)
    labels = [look.text(look.state.graph.readings[name].label) for name in one.second_differs] if one else []
    return look.join(labels) or clean(alarm.detail)


# --- lists


def why_lines(look: Looking, step_id: str | None) -> list[str]:
    """Why a step is here: its reason, what it came after, what the machine decided, watches, what is put off."""
    state, lines = look.state, list[str]()
    if step_id is not None:
        step = state.graph.steps[step_id]
        lines += [] if step.why is None else [look.say("why", text=look.text(step.why))]
        lines += [] if step.detail is None else [look.say("detail", text=look.text(step.detail))]
        if step.needs is not None:
            lines += judged(look, "sign-needs", step.needs, step_id, told="whole")
        if step.kind == "ask":
            one = state.steps[step_id]
            lines += criteria(look, one)
            lines += [
                f"  {at}  {answer_line(look, one, known)}" for at, known in enumerate(one.step.answers, 1)
            ]
        lines += [look.say("came-after"), *_came_after(look, step_id)]
        decided = decided_lines(look, step_id)
        lines += ["", look.say("decided"), *decided] if decided else []
    lines += ["", look.say("watch-list")]
    for watch_id in state.graph.watches:
        lines += [watch_row(look, watch_id), *raised_lines(look, watch_id)]
    for word, names in (("deferred-list", state.deferred_steps()), ("left-over-list", state.left_over())):
        if names:
            lines += ["", look.say(word), *(step_row(look, name, None) for name in names)]
    return lines


def _came_after(look: Looking, step_id: str) -> list[str]:
    rows = []
    for edge in look.state.graph.into[step_id]:
        if edge.earlier in look.state.watches:
            rows.append(watch_row(look, edge.earlier))
        elif edge.leads:
            rows.append(step_row(look, edge.earlier, step_id))
    return rows or [f"   {look.say('starts')}"]


def turnover(look: Looking) -> list[str]:
    """What somebody who takes over must know: open, put off, overridden, watches, alarms."""
    state = look.state
    overridden = [name for name, one in state.steps.items() if one.status == "overridden"]
    raised = [watch_row(look, name) for name, watch in state.watches.items() if watch.raised_at is not None]
    parts = [
        ("open-steps", open_rows(look, None)),
        ("deferred-list", [step_row(look, name, None) for name in state.deferred_steps()]),
        ("left-over-list", [step_row(look, name, None) for name in state.left_over()]),
        ("overridden-list", [step_row(look, name, None) for name in overridden]),
        ("watch-list", raised),
        ("alarms", alarm_rows(look)),
    ]
    return [line for word, rows in parts if rows for line in (look.say(word), *rows)]
