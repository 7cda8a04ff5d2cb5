"""What is shown of a run, decided without a terminal: line mode prints it, the screens draw it.

Everything that comes from a plan, a person or a peer passes `clean` here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from engine.acts import Act, current_step, next_call
from engine.clocks import Alarm, PromiseReading, alarms, missed_rounds, promises, suggested_level, timers
from engine.condition import Missing, Reason, say_clock, say_duration
from engine.facts import band, judge, reading_at
from engine.plan import Answer, Back, Reading, Step
from engine.rules import items_of, missing_roles, name_of, needed_readings, waits_for
from engine.state import RunState, Signature, StepState, status
from engine.text import Text, clean
from tui.locale import join, say


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at a run, when, and in which language."""

    state: RunState
    now: datetime
    language: str
    person: str

    def text(self, text: Text | str) -> str:
        """A text of the plan or of a person, safe to show."""
        return clean(text.of(self.language) if isinstance(text, Text) else text)

    def say(self, word_id: str, /, **facts: object) -> str:
        return say(word_id, self.language, **facts)

    def join(self, parts: list[str]) -> str:
        return join(parts, self.language)

    def clock(self, at: datetime) -> str:
        """A moment in the zone of the site."""
        local = at.astimezone(self.zone)
        return f"{local:%H:%M:%S}" if local.date() == self.now.astimezone(self.zone).date() else f"{local:%m-%d %H:%M}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.state.graph.site.timezone)

    def name(self, person: str) -> str:
        return clean(name_of(self.state, person))

    def role(self, role: str) -> str:
        return self.text(self.state.graph.runbook.role(role))

    def title(self, step_id: str) -> str:
        return self.text(self.state.graph.steps[step_id].text)

    def length(self, length: timedelta) -> str:
        return say_clock(length)


# --- the header


def header(look: Looking) -> list[str]:
    """Identity, place, time, promises and who you are: always shown."""
    state = look.state
    book = state.graph.runbook
    room = next((one for one in state.graph.site.rooms if one.id == state.room), None)
    first = [
        look.say(f"kind-{state.kind}"),
        look.text(book.title),
        f"{clean(book.id)} r{book.revision}",
        look.text(room.title) if room is not None else "",
        state.run_id,
    ]
    elapsed = look.now - (state.opened_at or look.now)
    level = look.say("level", level=state.level) if state.level else look.say("level-none")
    second = [
        f"{look.now.astimezone(look.zone):%H:%M:%S %z}",
        look.say("elapsed", time=look.length(elapsed)),
        place(look),
        level,
    ]
    lines = ["  ".join(one for one in first if one), "  ".join(second)]
    running = [promise_line(look, one) for one in promises(state, look.now) if one.status in ("running", "broken")]
    who = you(look)
    lines.append("  ".join([*running, who]))
    if state.held is not None:
        at, by, reason = state.held
        lines.append(look.say("held", reason=clean(reason), name=look.name(by), time=look.clock(at)))
    return lines


def place(look: Looking) -> str:
    """Step n of m, where m is what is on the road now."""
    current = current_step(look.state, look.person, look.now)
    total = len(look.state.graph.steps)
    if current is None:
        return look.say("place-end")
    return look.say("place-of", number=look.state.graph.number[current], total=total)


def you(look: Looking) -> str:
    roles = [look.role(role) for role in look.state.roles_of(look.person)]
    return look.say("you-are", name=look.name(look.person), roles=look.join(roles) or look.say("no-role"))


def promise_line(look: Looking, reading: PromiseReading) -> str:
    """A promise in a few words: what is left, or how it stands."""
    left = reading.remaining(look.now)
    return look.say(
        f"promise-{reading.status}",
        title=look.text(reading.promise.title),
        left=look.length(left) if left is not None else "",
    )


def goals(look: Looking) -> str:
    """The few things that matter, with value and band."""
    parts = []
    for goal, name in look.state.graph.runbook.goals:
        reading = look.state.graph.readings.get(name)
        if reading is None:
            continue
        parts.append(f"{clean(goal)}: {value_line(look, reading)}")
    return "  ".join(parts)


def value_line(look: Looking, reading: Reading) -> str:
    """The latest value of a reading with unit, age and band."""
    found = reading_at(look.state, reading.id, look.now)
    if isinstance(found, Missing):
        why = look.say(f"why-{found.why}")
        return f"{look.say('unknown')}（{why}）" if look.language == "zh" else f"{look.say('unknown')} ({why})"
    value = show_value(look, found.value)
    unit = f" {clean(reading.unit)}" if reading.unit else ""
    where = band(look.state, reading, look.now)
    words = {"act": "!!", "warn": "!", "normal": "", "unknown": ""}[where]
    return f"{value}{unit} {words}".rstrip()


def show_value(look: Looking, value: object) -> str:
    """A value of a condition as a person reads it."""
    if isinstance(value, bool):
        return look.say("true" if value else "false")
    if isinstance(value, timedelta):
        return say_duration(value)
    return clean(str(value), lines=True).replace("\n", "、" if look.language == "zh" else ", ")


# --- one step


def step_lines(look: Looking, step_id: str) -> list[str]:
    """The step in front of a person: warning first, then the act and everything that belongs to it."""
    one = look.state.steps[step_id]
    step = one.step
    lines = []
    if step.warn is not None:
        lines += [f"{look.say('warning')}  {look.text(step.warn)}", ""]
    number = look.state.graph.number[step_id]
    tag = f"   [{clean(step.tag)}]" if step.tag else ""
    lines.append(f"> {number}  {look.text(step.text)}{tag}")
    details = [*_who_and_where(look, step), *_asked(look, one), *_expected(look, one), *_times(look, one)]
    return lines + [f"    {line}" for line in details + _situation_of(look, one)]


def _who_and_where(look: Looking, step: Step) -> Iterator[str]:
    if step.roles:
        yield look.say("by-role", role=look.join([look.role(role) for role in step.roles]))
    if step.where is not None:
        yield look.say("at-place", place=look.text(step.where))
    if step.detail is not None:
        yield look.say("detail", text=look.text(step.detail))


def _asked(look: Looking, one: StepState) -> Iterator[str]:
    asked = [reading_label(look, name) for name in needed_readings(one.step, look.state) if name not in one.readings]
    if asked:
        yield look.say("record", readings=look.join(asked))
    for number, line in enumerate(items_of(look.state, one.step), start=1):
        said = one.step.check[number - 1] if one.step.check else line
        yield f"{'[x]' if number in one.ticks else '[ ]'} {number} {look.text(said)}"
    if one.step.sign is not None:
        missing = [look.role(role) for role in missing_roles(look.state, one)]
        if missing:
            yield look.say("signs", roles=look.join(missing))
        if one.signatures:
            yield look.say("signed-by", names=look.join([signature_line(look, sign) for sign in one.signatures]))


def signature_line(look: Looking, sign: Signature) -> str:
    """A name with its role; a voice says that it is not confirmed."""
    mark = "" if sign.confirmed else f"（{look.say('voice-unconfirmed')}）"
    return f"{look.name(sign.person)} {look.role(sign.role) if sign.role else ''}{mark}".strip()


def reading_label(look: Looking, name: str) -> str:
    """A reading with its unit."""
    reading = look.state.graph.readings[name]
    label = look.text(reading.label)
    return f"{label} ({clean(reading.unit)})" if reading.unit else label


def _expected(look: Looking, one: StepState) -> Iterator[str]:
    expect = one.step.expect
    if expect is None:
        yield from _answers(look, one)
        return
    text = condition_line(look, expect.that) if expect.that else look.text(expect.says or Text("", ""))
    if expect.within is not None:
        yield look.say("expect-in", time=say_duration(expect.within.length), text=text)
    else:
        yield look.say("expect", text=text)
    if expect.that is not None:
        yield from (f"  {line}" for line in panel(look, expect.that, one.step.id))
    if expect.otherwise is not None:
        yield look.say("if-not", text=_way(look, expect.otherwise))


def _way(look: Looking, way: str | Back) -> str:
    if isinstance(way, Back):
        return look.say("goes-back", step=look.title(way.step), times=way.at_most)
    return look.title(way)


def _answers(look: Looking, one: StepState) -> Iterator[str]:
    if one.step.kind != "ask":
        return
    for answer in one.step.answers:
        yield f"- {answer_line(look, one, answer)}"
        if answer.when is not None:
            yield from (f"    {line}" for line in panel(look, answer.when, one.step.id))


def answer_line(look: Looking, one: StepState, answer: Answer) -> str:
    """An answer, where it goes back to, and what suggests it."""
    line = look.text(answer.says)
    if answer.back is not None:
        line += f"（{_way(look, answer.back)}）" if look.language == "zh" else f" ({_way(look, answer.back)})"
    if answer.when is not None and judge(look.state, answer.when, look.now, one.step.id).value is True:
        line += look.say("suggested", why=condition_line(look, answer.when))
    return line


def condition_line(look: Looking, text: str) -> str:
    """A condition with the labels of its readings in place of their ids."""
    words = []
    for word in text.split(" "):
        reading = look.state.graph.readings.get(word)
        words.append(look.text(reading.label) if reading is not None else clean(word))
    return " ".join(words)


def panel(look: Looking, condition: str, step_id: str) -> list[str]:
    """Criterion, value, source, age and result of every comparison in a condition."""
    verdict = judge(look.state, condition, look.now, step_id)
    return [reason_line(look, reason) for reason in verdict.reasons]


def reason_line(look: Looking, reason: Reason) -> str:
    """One comparison: what it asks, what was found, how old, and what follows."""
    result = {True: look.say("met"), False: look.say("not-met"), None: look.say("unknown")}[reason.result]
    found = reason.found
    if isinstance(found, Missing):
        shown = look.say(f"why-{found.why}")
        if found.value is not None:
            shown = f"{show_value(look, found.value)}，{shown}" if look.language == "zh" else f"{show_value(look, found.value)}, {shown}"
    else:
        shown = show_value(look, found.value)
    parts = [condition_line(look, reason.text), shown]
    if found.at is not None:
        parts.append(look.say("age", age=say_duration(_seconds(look.now - found.at))))
    if not isinstance(found, Missing) and found.source is not None:
        parts.append(clean(found.source))
    return "   ".join([*parts, result])


def _seconds(length: timedelta) -> timedelta:
    return timedelta(seconds=max(int(length.total_seconds()), 0))


def _times(look: Looking, one: StepState) -> Iterator[str]:
    for timer in timers(look.state):
        if timer.step == one.step.id:
            left = timer.at - look.now
            yield _timer_line(look, one, timer.kind, left, timer.at, timer.from_site)


def _timer_line(look: Looking, one: StepState, kind: str, left: timedelta, at: datetime, from_site: bool) -> str:
    site = look.say("limit-site") if from_site else ""
    if kind in ("limit", "expect"):
        word = "limit" if left >= timedelta() else "limit-over"
        return look.say(word, left=look.length(abs(left))) + site
    if kind == "wait":
        return look.say("wait-until", time=look.clock(at), left=look.length(left))
    number = len(one.rounds) + 1
    missed = missed_rounds(one, look.now)
    late = f"  {look.say('rounds-missed', count=missed)}" if missed else ""
    if left > timedelta():
        return look.say("next-round", number=number, left=look.length(left)) + site + late
    if left > -timedelta(seconds=60):
        return look.say("round-due", number=number) + site + late
    return look.say("round-late", number=number, left=look.length(-left)) + site + late


def _situation_of(look: Looking, one: StepState) -> list[str]:
    """What is special about it now."""
    lines = []
    if one.asks_whether:
        lines.append(look.say("whether", condition=condition_line(look, one.step.only_when or "")))
        lines += panel(look, one.step.only_when or "", one.step.id)
    if one.recheck:
        lines.append(look.say("recheck"))
    if one.awaits_second:
        lines.append(look.say("second-person"))
    if one.contradicted:
        versions = [f"{look.say('status-' + _kind_word(head.value.kind))} {look.name(head.by)}" for head in one.heads]
        lines.append(look.say("contradicted", versions=look.join(versions)))
    if one.step.kind == "contact":
        lines += _calls(look, one)
    if one.step.kind == "wait" and one.step.wait_until is not None:
        lines.append(look.say("wait-for", text=condition_line(look, one.step.wait_until)))
        lines += panel(look, one.step.wait_until, one.step.id)
    return lines


def _kind_word(kind: str) -> str:
    return "ready" if kind == "reopened" else kind


def _calls(look: Looking, one: StepState) -> list[str]:
    person = next_call(look.state, one)
    lines = []
    if person is not None:
        known = look.state.graph.people.get(person)
        number = sum(tried.person == person for tried in one.tries) + 1
        phone = clean(known.phone) if known is not None else ""
        lines.append(look.say("call-next", name=look.name(person), phone=phone, number=number))
    if one.tries and all(tried.outcome != "answered" for tried in one.tries):
        lines.append(look.say("tries", count=len(one.tries)))
    return lines


# --- every step


MARKS = {
    "ready": "[ ]",
    "active": "[.]",
    "waiting": "[ ]",
    "done": "[x]",
    "failed": "[F]",
    "not-applicable": "[-]",
    "asleep": "[-]",
    "passed": "[-]",
    "skipped": "[s]",
    "deferred": "[~]",
    "overridden": "[O]",
    "awaiting-second": "[2]",
    "contradicted": "[?]",
    "to-confirm": "[?]",
    "left-over": "[!]",
}


def step_row(look: Looking, step_id: str, current: str | None) -> str:
    """One step in one line: mark, number, title, value, who and when."""
    state = look.state
    word = status(state, step_id)
    one = state.steps[step_id]
    lead = ">" if step_id == current else " "
    row = f"{lead}{MARKS[word]} {state.graph.number[step_id]:>2}  {look.title(step_id)}"
    return row + _row_tail(look, one, word)


def _row_tail(look: Looking, one: StepState, word: str) -> str:
    parts = []
    if one.answer is not None and one.status is not None:
        says = next((answer.says for answer in one.step.answers if answer.id == one.answer), None)
        parts.append(f"= {look.text(says) if says is not None else clean(one.answer)}")
    for name, said in one.readings.items():
        unit = f" {clean(said.value.unit)}" if said.value.unit else ""
        if not one.awaits_second:
            parts.append(f"= {show_value(look, said.value.text)}{unit}" if name in look.state.graph.readings else "")
    last = one.last
    if one.status is not None and last is not None:
        parts.append(f"{look.clock(last.at)} {look.name(last.by)}")
    if word not in ("ready", "done"):
        parts.append(look.say(f"status-{word}"))
    if word == "waiting":
        parts.append(look.say("waits-for-steps", steps=look.join([look.text(one) for one in waits_for(look.state, one.step.id)][:2])))
    return "   " + "  ".join(part for part in parts if part) if parts else ""


def all_rows(look: Looking, current: str | None) -> list[str]:
    """Every step in the author's order."""
    return [step_row(look, name, current) for name in look.state.graph.steps]


def recent_rows(look: Looking, current: str | None, count: int = 2) -> list[str]:
    """The steps finished last, the latest at the end."""
    finished = [(one.last.recorded_at, name) for name, one in look.state.steps.items() if one.status and one.last]
    return [step_row(look, name, current) for _, name in sorted(finished)[-count:]]


def open_rows(look: Looking, current: str | None) -> list[str]:
    """What else is to be done now, in the other lanes."""
    return [step_row(look, name, current) for name in look.state.open_steps() if name != current]


def watch_rows(look: Looking) -> list[str]:
    """The watch list: what may happen at any time."""
    rows = []
    for watch_id, watch in look.state.graph.watches.items():
        known = look.state.watches[watch_id]
        subject = look.text(watch.words) if watch.words is not None else condition_line(look, watch.when or watch_id)
        raised = f"   {look.say('watch-raised', time=look.clock(known.raised_at))}" if known.raised_at else ""
        rows.append(f"{'!!' if known.raised_at else '  '} {subject}{raised}")
    return rows


def alarm_rows(look: Looking) -> list[str]:
    """The alarms that stand, the gravest first."""
    return [f"!! {look.clock(one.at)}  {alarm_line(look, one)}" for one in alarms(look.state, look.now)]


def alarm_line(look: Looking, alarm: Alarm) -> str:
    subject = look.text(alarm.subject)
    detail = look.name(alarm.detail) if alarm.kind == "voice" else clean(alarm.detail)
    return look.say(f"alarm-{alarm.kind}", subject=subject, detail=detail)


# --- acts


def act_label(look: Looking, act: Act, with_step: bool = False) -> str:
    """What an act does, in the words of a button."""
    label = _act_words(look, act)
    if act.subject is not None:
        label = f"{label}：{look.text(act.subject)}" if look.language == "zh" else f"{label}: {look.text(act.subject)}"
    elif with_step and act.step in look.state.steps:
        number = look.state.graph.number[act.step]
        label = f"{label}   {number} {look.title(act.step)}"
    return label


def _act_words(look: Looking, act: Act) -> str:
    readings = [reading_label(look, need.reading) for need in act.needs if need.reading is not None]
    if act.verb in ("do", "visit") and readings:
        return look.say(f"act-{act.verb}-values", readings=look.join(readings))
    if act.verb == "fail" and act.step in look.state.steps and look.state.steps[act.step].step.decides:
        return look.say("act-fail-unmet")
    if act.verb == "level":
        suggested = suggested_level(look.state, look.now)
        if suggested is not None and suggested != look.state.level:
            return look.say("act-level") + look.say("suggested", why=suggested)
    return look.say(f"act-{act.verb}")
