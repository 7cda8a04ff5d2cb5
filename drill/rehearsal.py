"""Plays a rehearsal: who does what when, by hand clock, on the same desk that a real run uses.

Pure but for the memory store it is given: the clock is moved by the script and by nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine.acts import Act, Given, next_call
from engine.book.rehearsal import Act as Line
from engine.book.rehearsal import Rehearsal
from engine.clocks import promises, timers
from engine.desk import Desk, Opening, Record, Surroundings
from engine.errors import Fault, MusterError, Refused
from engine.events import Entry, PersonJoined, RoleTaken
from engine.messages import message_for
from engine.plan import FINDING, Step
from engine.plan import Place as Spot
from engine.road import Place
from engine.rules import call_list, items_of, waits_for
from engine.state import RunState, status
from engine.template import filled
from engine.text import Text

STEP = timedelta(minutes=1)
"""How finely time passes where a condition asks how long something lasted."""

NO_REASON = "排练 rehearsal"
"""The reason of a line that gives none: a script is short, the rule is tested elsewhere."""


class HandClock:
    """A clock that only a hand moves, and only forward."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, to: datetime) -> None:
        """Set the clock to a later time."""
        self.now = max(self.now, to)


@dataclass
class Played:
    """What came of a rehearsal."""

    rehearsal: Rehearsal
    desk: Desk
    faults: list[Fault] = field(default_factory=list)

    children: dict[str, Desk] = field(default_factory=dict)
    """The runs it has opened, by id, as far as the script acts in runs of their runbooks."""

    @property
    def reached(self) -> AbstractSet[str]:
        """Steps that opened, answers that were given, marks, and watches that were raised, at any instant.

        Those of another run that the script acts in are ``RUNBOOK/name``.
        """
        own = self.desk.state.lists.reached.keys()
        if not self.children:
            return own
        states = [one.state for one in self.children.values()]
        return {*own, *(f"{one.graph.runbook.id}/{name}" for one in states for name in one.lists.reached)}

    @property
    def passed(self) -> bool:
        return not self.faults


def open_rehearsal(
    rehearsal: Rehearsal,
    opening: Opening,
    record: Record,
    entropy: Callable[[int], bytes],
    who: str | None = None,
) -> tuple[Desk, HandClock]:
    """A run of kind H at the moment of the report, with everybody in their roles.

    `who` opens it: whoever walks it here, as they would in earnest; else the first of its people.
    """
    clock = HandClock(rehearsal.reported_at)
    around = Surroundings(clock, entropy, _no_pin)
    people = dict(rehearsal.people)
    by_script = (line.by for line in rehearsal.script if line.by)
    first = who or next(iter(people.values()), None) or next(by_script, "clock")
    desk = Desk.open_run(record, opening, first, around)
    names = desk.state.graph.people
    joined = dict.fromkeys([*people.values(), *(line.by for line in rehearsal.script if line.by)])
    desk.propose(
        [
            *(PersonJoined(one, names[one].name if one in names else one) for one in joined if one),
            *(RoleTaken(role, person) for role, person in people.items()),
        ]
        or [PersonJoined(first, first)]
    )
    return desk, clock


def _no_pin(person: str, pin: str | None) -> None:
    """In a rehearsal the script says who signs; nobody is there to type a PIN."""


def play(rehearsal: Rehearsal, opening: Opening, record: Record, entropy: Callable[[int], bytes]) -> Played:
    """Play the whole script and judge what came of it."""
    desk, clock = open_rehearsal(rehearsal, opening, record, entropy)
    played = Played(rehearsal, desk)
    player = _Player(played, clock, Surroundings(clock, entropy, _no_pin))
    player.look()
    for line in rehearsal.script:
        player.play(line)
    player.judge()
    return played


class _Player:
    def __init__(self, played: Played, clock: HandClock, around: Surroundings) -> None:
        self._played = played
        self._clock = clock
        self._around = around
        self._told: set[str] = set()
        self._inside = {line.inside for line in played.rehearsal.script if line.inside is not None}

    @property
    def state(self) -> RunState:
        return self._played.desk.state

    def play(self, line: Line) -> None:
        """Let time pass to the line, then do what it says; what is refused is a fault at the line."""
        start = self._played.rehearsal.reported_at
        to = start + line.at if line.at is not None else self._clock.now + (line.after or timedelta())
        if to < self._clock.now:
            self._fault("rehearsal-backwards", line.place, at=str(line.at))
            return
        for _ in pass_time(self._played.desk, self._clock, to, self._open_children):
            self.look()
        if line.verb is None and not line.values:
            return
        try:
            desk = self._desk_of(line)
            if line.by is not None:
                desk.actor = line.by
            act, given = _act_of(desk.state, desk, line)
            desk.do(act, given)
            self._open_what_it_calls_for(desk, act)
        except MusterError as error:
            self._fault("rehearsal-refused", line.place, why=Text(error.sentence("zh"), error.sentence("en")))
        self.look()
        for one in [*self._open_children(), self._played.desk]:
            one.settle()
        self.look()

    def _desk_of(self, line: Line) -> Desk:
        """The run that a line is played in: this one, or the open one of another runbook that it has opened."""
        if line.inside is None:
            return self._played.desk
        found = [one for one in self._open_children() if one.state.graph.runbook.id == line.inside]
        if not found:
            raise Refused("no-such-child", runbook=line.inside)
        return found[-1]

    def _open_children(self) -> list[Desk]:
        """The runs of those runbooks that are open under this one, however deep, the youngest last."""
        if not self._inside:
            return []
        todo = [self._played.desk]
        while todo:
            desk = todo.pop()
            for child in desk.state.children.values():
                if child.run not in self._played.children:
                    self._played.children[child.run] = Desk.resume(
                        desk.record, child.run, desk.actor, self._around
                    )
                todo.append(self._played.children[child.run])
        wanted = (one for one in self._played.children.values() if one.state.graph.runbook.id in self._inside)
        return [one for one in wanted if one.state.ended is None]

    def _open_what_it_calls_for(self, desk: Desk, act: Act) -> None:
        """Whoever raises a watch that calls for another runbook opens that too."""
        if act.verb != "raise":
            return
        for called in [one for one in desk.possible() if one.key == ("open-child", act.step)]:
            desk.do(called)

    def _fault(self, rule: str, place: Spot, **facts: Any) -> None:
        self._played.faults.append(Fault(rule, place, tuple(facts.items())))

    def _place_of(self, part: str, name: str) -> Spot:
        """Where the file says what must come of the rehearsal."""
        return self._played.rehearsal.place_of(part, name)

    def look(self) -> None:
        """Refuse what must never be reached, at the moment it is."""
        reached = self._played.reached
        for name in self._played.rehearsal.never:
            if name in reached and name not in self._told:
                self._told.add(name)
                after = self._clock.now - self._played.rehearsal.reported_at
                self._fault("rehearsal-never", self._place_of("never", name), name=name, after=str(after))

    def judge(self) -> None:
        """What must have been reached, and what must hold at the end."""
        expected = self._played.rehearsal.at_end
        for name in self._played.rehearsal.must_reach:
            if name not in self._played.reached:
                self._fault("rehearsal-unreached", self._place_of("must_reach", name), name=name)
        for step_id, wanted in expected.steps:
            self._same("steps", step_id, wanted, self._status(step_id, wanted))
        standing = {one.promise.id: one.status for one in promises(self.state, self._clock.now)}
        for promise_id, wanted in expected.promises:
            self._same("promises", promise_id, wanted, standing.get(promise_id, "-"))
        for reading, value in expected.readings:
            wanted = value if isinstance(value, str) else "\n".join(value)
            heads = self.state.readings.get(reading, ())
            self._same("readings", reading, wanted, heads[-1].value.text if heads else "-")
        if expected.level is not None:
            self._same("level", "", expected.level, self.state.level or "-")
        if expected.ended is not None:
            self._same("ended", "", expected.ended, self.state.ended.how if self.state.ended else "no")
        if expected.children is not None:
            opened = sorted({child.runbook for child in self.state.children.values()})
            self._same("children", "", ", ".join(sorted(expected.children)), ", ".join(opened))
        if expected.findings is not None:
            left = sorted(note.step or "" for note in self.state.notes if note.kind == FINDING)
            self._same("findings", "", ", ".join(sorted(expected.findings)), ", ".join(left))

    def _status(self, step_id: str, wanted: str) -> str:
        if wanted == "overdue":
            late = [timer for timer in timers(self.state) if timer.step == step_id and timer.kind == "limit"]
            return (
                "overdue"
                if any(timer.at < self._clock.now for timer in late)
                else status(self.state, step_id)
            )
        return status(self.state, step_id)

    def _same(self, what: str, name: str, wanted: str, found: str) -> None:
        if wanted != found:
            subject = _WHAT[what]
            if name:
                subject = Text(f"{subject.zh} {name} ", f"{subject.en} {name}")
            self._fault("rehearsal-end", self._place_of(what, name), what=subject, wanted=wanted, found=found)


_WHAT = {
    "steps": Text("步骤", "step"),
    "promises": Text("承诺", "promise"),
    "readings": Text("读数", "reading"),
    "level": Text("级别", "level"),
    "ended": Text("结束方式", "the ending"),
    "children": Text("启动的预案", "the runbooks opened"),
    "findings": Text("待处理问题", "the open findings"),
}


def _alone() -> Sequence[Desk]:
    """Nobody looks at other runs while time passes."""
    return ()


def pass_time(
    desk: Desk, clock: HandClock, to: datetime, others: Callable[[], Sequence[Desk]] = _alone
) -> Iterator[list[Entry]]:
    """Let the hand clock run to `to`; what falls due on the way is written at its moment.

    `others`: the other runs in which it falls due too, asked anew at each stop; they settle before this one.
    """
    while True:
        desks = [*others(), desk]
        yield [entry for one in desks for entry in one.settle()]
        coming = [timer.at for one in desks for timer in timers(one.state) if clock.now < timer.at <= to]
        if any(one.state.graph.asks_how_long for one in desks) and clock.now + STEP < to:
            coming.append(clock.now + STEP)
        if clock.now >= to:
            return
        clock.move(min(coming, default=to))


# --- from a line of the script to an act

_FINISHING = ("visit", "do", "tell", "open-child", "confirm")
_OF_KIND = {"contact": ("try",), "wait": ("do", "confirm")}


def _act_of(state: RunState, desk: Desk, line: Line) -> tuple[Act, Given]:
    """The act that a line means, and what it gives."""
    verbs, step = _verbs_of(state, line)
    offered = {act.key: act for act in desk.possible()}
    found = [offered[verb, step] for verb in verbs if (verb, step) in offered]
    # Where a repetition may end, to end it is what the screen offers first.
    act = next((one for one in found if one.main), found[0] if found else None)
    if act is None:
        if step in state.steps and verbs[0] in (*_FINISHING, "answer", "sign", "verify", "fail"):
            _say_why_not(state, str(step))
        act = Act(verbs[0], step)
    return act, _given(state, desk, line, act)


def _say_why_not(state: RunState, step_id: str) -> None:
    """A step that is not open says what it waits for, rather than that the act is unknown."""
    title = state.graph.steps[step_id].text
    place = state.place(step_id)
    if place is Place.WAITING:
        raise Refused("still-waiting", step=title, waits_for=waits_for(state, step_id))
    if place is Place.OFF:
        raise Refused("not-applicable", step=title)


def _verbs_of(state: RunState, line: Line) -> tuple[tuple[str, ...], str | None]:
    """The verbs of an act that a line can mean, best first, and what the act is about."""
    target = line.target
    step = state.graph.steps.get(target or "")
    if line.verb is None:
        return ("read",), None
    if line.verb == "done":
        return _FINISHING if step is None else _OF_KIND.get(step.kind, _FINISHING), target
    if line.verb == "answer":
        return _answer_verbs(line), target
    if line.verb == "sign":
        return ("verify", "sign"), target
    if line.verb == "try":
        return _try_verbs(state, line)
    if line.verb == "tell":
        return (("visit", "tell"), target) if step is not None else (("tell-anytime",), None)
    if line.verb in ("put-back", "ticket"):
        return ("put-back",), target
    if line.verb == "raise":
        # A reading may have raised it already; then what a person still has to do is to open what it calls for.
        return ("raise", "open-child"), target
    if line.verb in ("level", "role", "handover", "hold", "resume", "note", "report", "end", "reopen"):
        return (line.verb,), None
    return (line.verb,), target


def _answer_verbs(line: Line) -> tuple[str, ...]:
    special = {"signed": ("sign",), "refused": ("refuse",), "reached": ("try",), "nobody": ("nobody",)}
    return special.get(line.answer or "", ("entry", "whether", "answer", "do", "visit", "change"))


def _try_verbs(state: RunState, line: Line) -> tuple[tuple[str, ...], str | None]:
    """A call belongs to the open contact step that has this person on its list, else to none."""
    for name in state.open_steps():
        step = state.graph.steps[name]
        if step.kind == "contact" and line.target in call_list(state, step.target or ""):
            return ("try",), name
    return ("try-anytime",), None


def _given(state: RunState, desk: Desk, line: Line, act: Act) -> Given:
    step = state.graph.steps.get(act.step or "")
    values = {name: value if isinstance(value, str) else "\n".join(value) for name, value in line.values}
    lines = items_of(state, step) if step is not None else ()
    if step is not None and step.each is not None and step.each in values:
        lines = tuple(one for one in values[step.each].split("\n") if one)
    wants_lines = act.verb in ("do", "visit", "answer", "tick")
    items = line.items or tuple(range(1, len(lines) + 1))
    return Given(
        values=values,
        items=items if wants_lines else (),
        answer=line.verb if act.verb == "put-back" else line.answer,
        reason=line.reason or (line.target if act.verb == "hold" else None) or NO_REASON,
        tag=line.tag or (step.tag if step is not None else None),
        person=_person(state, line, act),
        role=line.role or (line.target if act.verb in ("role", "handover") else None),
        strength=line.strength or "pin",
        channel=line.channel or "phone",
        outcome=line.outcome
        or ("answered" if line.verb in ("done", "answer") and act.verb == "try" else None),
        to=line.to or (step.target if step is not None and step.kind == "tell" else line.target),
        text=_text(state, desk, line, act),
        target=_voice_of(state, line) if act.verb == "confirm-voice" else line.target,
        until=line.until,
        owner=_owner(line, act),
        second=line.second,
        second_strength="pin" if line.second or act.verb == "handover" else None,
        read_back=_read_back(line, act, step),
        mark_at=None if line.mark_at is None else (state.opened_at or desk.now()) + line.mark_at,
        deviation=line.deviation,
        evidence=line.evidence or (f"{step.id}.jpg" if step is not None and step.evidence_required else None),
    )


def _read_back(line: Line, act: Act, step: Step | None) -> str | None:
    """The words of the step where they are wanted: alone, and to pass a hold against what was measured."""
    wanted = any(need.name == "read_back" and not need.optional for need in act.needs)
    return step.text.zh if step is not None and (line.alone or wanted) else None


def _voice_of(state: RunState, line: Line) -> str | None:
    """The signature by voice that somebody confirms: theirs."""
    waiting = [sign for sign in state.signatures_of(line.target or "") if not sign.confirmed]
    return next((sign.name for sign in waiting if sign.person == (line.person or line.by)), None)


def _owner(line: Line, act: Act) -> str | None:
    """Who will do what is deferred, or who hands their role over."""
    return {"defer": line.person, "handover": line.by}.get(act.verb)


def _person(state: RunState, line: Line, act: Act) -> str | None:
    if act.verb == "try":
        return line.target if line.verb == "try" else next_call(state, state.steps[act.step or ""])
    if act.verb == "try-anytime":
        return line.target
    return line.person or line.by


def _text(state: RunState, desk: Desk, line: Line, act: Act) -> str | None:
    if line.text is not None or act.step not in state.steps:
        return line.text or (line.target if act.verb in ("note", "report") else NO_REASON)
    step = state.graph.steps[act.step]
    return filled(message_for(state, step, desk.now(), "zh"), NO_REASON) if step.kind == "tell" else NO_REASON
