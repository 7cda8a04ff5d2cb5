"""Line mode: walk a run in full sentences, one question a line. It does everything a screen does.

For screen readers, dumb terminals, and the day the screen fails. Enter does the main act of the step;
digits choose; nothing needs a letter that an input method could swallow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from engine.acts import Act
from engine.clocks import alarms
from engine.condition import ConditionFault, parse_duration, say_duration
from engine.desk import Desk
from engine.errors import MusterError, RecordTrouble, Refused
from engine.messages import message_for
from engine.rules import exits_unmet, still_open
from engine.text import clean
from tui import view
from tui.asking import Answers, Asker, Cancelled, clock_time, narrow, pick
from tui.terminal import Left, Terminal
from tui.view import Looking

PAPER = ("paper", "纸")

GoTo = Callable[[str], Desk]


class Walker:
    """Walks one run, and the runs it opens, at one terminal."""

    def __init__(
        self,
        terminal: Terminal,
        desk: Desk,
        language: str,
        *,
        has_pin: Callable[[str], bool],
        keep: Callable[[bytes], str],
        go_to: GoTo,
        pass_time: Callable[[Desk, datetime], None] | None = None,
        news: Callable[[Looking], list[str]] | None = None,
    ) -> None:
        """`keep` stores a file and gives its digest; `go_to` opens another run at this terminal;
        `pass_time` is there only in a rehearsal, where a hand moves the clock."""
        self._terminal = terminal
        self._desks = [desk]
        self._language = language
        self._has_pin = has_pin
        self._keep = keep
        self._go_to = go_to
        self._pass_time = pass_time
        self._news = news
        self._told_alarms: set[str] = set()

    @property
    def desk(self) -> Desk:
        """The run that is in front of the person."""
        return self._desks[-1]

    @property
    def look(self) -> Looking:
        desk = self.desk
        return Looking(desk.state, desk.now(), self._language, desk.actor)

    def walk(self) -> None:
        """Until the person leaves or the run has ended. Leaving never ends a run."""
        try:
            while self._turn():
                pass
        except (Left, KeyboardInterrupt):
            self._terminal.show()
        if self.desk.state.ended is None:
            command = f"muster walk {self.desk.run_id} --plain"
            self._terminal.show(self.look.say("left", run=self.desk.run_id, command=command))

    # --- one turn

    def _turn(self) -> bool:
        """Take in, show, ask, do. False when there is nothing more to walk."""
        self._catch_up()
        if self.desk.state.ended is not None and len(self._desks) > 1:
            self._show_ending()
            self._desks.pop()
            return True
        self._show_place()
        acts = self.desk.possible()
        front = self._front(acts)
        self._show_choices(front)
        prompt = self.look.say("prompt-main")
        if self._pass_time is not None:
            prompt = f"{self.look.say('pass-time')}；{prompt}" if self._language == "zh" else f"{self.look.say('pass-time')}; {prompt}"
        typed = self._terminal.ask(prompt, idle=self._idle)
        return self._obey(typed, front, acts)

    def _obey(self, typed: str, front: list[Act], acts: list[Act]) -> bool:
        word = narrow(typed)
        if word in ("q", "quit", "exit"):
            raise Left
        if word in ("l", "lang"):
            self._language = "en" if self._language == "zh" else "zh"
        elif word in ("m", "map"):
            self._terminal.show(view.all_rows(self.look, self.desk.current()))
            self._terminal.ask(self.look.say("prompt-list").split(";")[-1].split("；")[-1])
        elif word in ("?", "why"):
            self._show_why()
        elif word == "t" and self._pass_time is not None:
            self._let_time_pass()
        elif word == "0":
            self._choose_any(acts)
        else:
            self._choose(word or "1", front)
        return True

    def _choose(self, word: str, front: list[Act]) -> None:
        """A number, with `14:20` behind it when it was done then, and `paper` when it stands on paper."""
        number, _, rest = word.partition(" ")
        name = pick(number, [str(index) for index in range(1, len(front) + 1)])
        if name is None or not front:
            self._terminal.show(self.look.say("not-a-choice", typed=clean(word)))
            return
        at, basis = self._when(rest)
        self._do(front[int(name) - 1], at, basis)

    def _when(self, rest: str) -> tuple[datetime | None, str]:
        words = rest.split()
        basis = "paper" if any(word in PAPER for word in words) else "asserted"
        times = [clock_time(word, self.look) for word in words if word not in PAPER]
        return next((at for at in times if at is not None), None), basis

    def _choose_any(self, acts: list[Act]) -> None:
        look = self.look
        for number, act in enumerate(acts, start=1):
            self._terminal.show(f"  {number:>3}  {view.act_label(look, act, with_step=True)}")
        word = narrow(self._terminal.ask(look.say("prompt-list")))
        if word:
            self._choose(word, acts)

    def _front(self, acts: list[Act]) -> list[Act]:
        """What stands behind the first digits: entry conditions, the current step's acts, new alarms."""
        current = self.desk.current()
        entry = [act for act in acts if act.verb == "entry"]
        own = [act for act in acts if act.step is not None and act.step == current]
        ending = [act for act in acts if act.verb in ("end", "report") and (act.main or self.desk.state.ended)]
        acks = [act for act in acts if act.verb == "ack"][:3]
        return [*entry, *sorted(own, key=lambda act: not act.main), *ending, *acks]

    # --- doing

    def _do(self, act: Act, at: datetime | None = None, basis: str = "asserted") -> None:
        try:
            answers = self._ask_for(act)
            if act.verb == "end" and not self._end_is_meant(answers):
                self._terminal.show(self.look.say("cancelled"))
                return
            given = replace(answers.made(), basis=basis)
            self.desk.do(act, given, at=at, pin=answers.pin)
        except (Cancelled, KeyboardInterrupt):
            self._terminal.show(["", self.look.say("cancelled")])
        except Refused as refused:
            self._terminal.show(refused.sentence(self._language))
        except RecordTrouble as trouble:
            self._terminal.show([self.look.say("not-recorded"), trouble.sentence(self._language)])
        except MusterError as error:
            self._terminal.show(error.sentence(self._language))
        else:
            self._terminal.show(self.look.say("recorded"))
            self._follow_child(act)

    def _ask_for(self, act: Act) -> Answers:
        look = self.look
        if act.step in look.state.steps:
            one = look.state.steps[act.step]
            if act.step != self.desk.current():
                self._terminal.show(["", *view.step_lines(look, act.step)])
            if one.step.kind == "hold" and act.verb == "override":
                self._terminal.show("  " + look.title(act.step))
        asker = Asker(self._terminal, look, self._has_pin, self._keep, self._message)
        answers = asker.ask_for(act)
        self._ask_doer(act, answers)
        return answers

    def _ask_doer(self, act: Act, answers: Answers) -> None:
        """Who did it, when the step is another role's than that of whoever types."""
        state = self.desk.state
        if act.verb not in ("do", "visit", "answer", "tell", "start") or act.step not in state.steps:
            return
        roles = state.steps[act.step].step.roles
        if not roles or any(state.holds(self.desk.actor, role) for role in roles):
            return
        holders = [person for role in roles for person in state.holders(role)]
        if holders:
            answers.given["by"] = holders[0] if len(holders) == 1 else self._which(holders)

    def _which(self, people: list[str]) -> str:
        look = self.look
        for number, person in enumerate(people, start=1):
            self._terminal.show(f"    {number}  {look.name(person)}")
        while True:
            found = pick(self._terminal.ask(f"  {look.say('need-person')} > ") or "1", people)
            if found is not None:
                return found

    def _message(self, act: Act) -> str:
        """The words a `tell` step proposes; none when its template cannot be filled."""
        state = self.desk.state
        if act.step not in state.steps or state.steps[act.step].step.kind != "tell":
            return ""
        try:
            return message_for(state, state.steps[act.step].step, self.desk.now(), self._language)
        except Refused as refused:
            self._terminal.show("  " + refused.sentence(self._language))
            return ""

    def _end_is_meant(self, answers: Answers) -> bool:
        """Ending lists what stays open, and an ending with something open wants a word typed."""
        look, state = self.look, self.desk.state
        if answers.given.get("target") == "complete":
            return True
        left = [*still_open(state), *state.deferred_steps(), *state.left_over()]
        if left:
            self._terminal.show(look.say("stays-open"))
            self._terminal.show(f"    {look.title(name)}" for name in dict.fromkeys(left))
        for condition in exits_unmet(state, look.now):
            self._terminal.show(f"    {view.condition_line(look, condition)}")
        word = look.say("word-end")
        return self._terminal.ask(look.say("type-word", word=word)).casefold() == word.casefold()

    def _follow_child(self, act: Act) -> None:
        """Opening another runbook brings the person there; when it ends they come back."""
        if act.verb != "open-child":
            return
        child = list(self.desk.state.children.values())[-1]
        self._desks.append(self._go_to(child.run))

    # --- looking

    def _catch_up(self) -> None:
        """What others wrote, and what the clock brought about."""
        try:
            arrival = self.desk.refresh()
            self.desk.settle()
        except RecordTrouble as trouble:
            self._terminal.show([self.look.say("not-recorded"), trouble.sentence(self._language)])
            return
        if arrival is not None:
            journals = ", ".join(journal[:8] for journal in arrival.journals)
            self._terminal.show(self.look.say("merged", count=arrival.count, journals=journals))
            if arrival.replayed:
                self._terminal.show(self.look.say("replayed"))

    def _idle(self) -> Iterator[str]:
        """While the person thinks: what others wrote and alarms that are new."""
        pos = self.desk.state.last
        self._catch_up()
        look = self.look
        if self.desk.state.last is not pos:
            yield from view.open_rows(look, None)
        yield from self._new_alarms(look)

    def _new_alarms(self, look: Looking) -> list[str]:
        standing = alarms(look.state, look.now)
        new = [one for one in standing if one.name not in self._told_alarms]
        self._told_alarms |= {one.name for one in standing}
        return [f"!! {look.clock(one.at)}  {view.alarm_line(look, one)}" for one in new]

    def _show_place(self) -> None:
        look = self.look
        current = self.desk.current()
        lines = ["", *view.header(look)]
        strip = view.goals(look)
        lines += [strip] if strip else []
        lines += self._news(look) if self._news is not None else []
        lines += ["", *view.recent_rows(look, current)]
        if current is not None:
            lines += ["", *view.step_lines(look, current)]
        elif self.desk.state.ended is None:
            lines += ["", look.say("place-end")]
        others = view.open_rows(look, current)
        lines += ["", *others] if others else []
        lines += view.alarm_rows(look)[:3]
        self._told_alarms |= {one.name for one in alarms(look.state, look.now)}
        self._terminal.show(lines)
        if self.desk.state.ended is not None:
            self._show_ending()

    def _show_ending(self) -> None:
        look, ended = self.look, self.desk.state.ended
        if ended is None:
            return
        how = look.say(f"how-{ended.how}", count=len(ended.open), reason=clean(ended.reason or ""))
        overridden = sum(one.status == "overridden" for one in self.desk.state.steps.values())
        if overridden:
            how += "，" if self._language == "zh" else ", "
            how += look.say("overridden-count", count=overridden)
        self._terminal.show(look.say("run-ended", how=how))

    def _show_choices(self, front: list[Act]) -> None:
        look = self.look
        self._terminal.show(["", f"{look.say('acts')}："] if self._language == "zh" else ["", f"{look.say('acts')}:"])
        for number, act in enumerate(front, start=1):
            self._terminal.show(f"  {number:>3}  {view.act_label(look, act)}")

    def _show_why(self) -> None:
        """Why this step is here: its reason, what it waited for, watches, and what is put off."""
        look, current = self.look, self.desk.current()
        lines = []
        if current is not None:
            step = look.state.graph.steps[current]
            if step.why is not None:
                lines.append(look.say("why", text=look.text(step.why)))
            for edge in look.state.graph.into[current]:
                if edge.leads and edge.earlier in look.state.steps:
                    lines.append(view.step_row(look, edge.earlier, current))
        lines += ["", look.say("watch-list"), *view.watch_rows(look)]
        for word, names in (("deferred-list", look.state.deferred_steps()), ("left-over-list", look.state.left_over())):
            if names:
                lines += ["", look.say(word), *(view.step_row(look, name, None) for name in names)]
        self._terminal.show(lines)

    # --- the hand clock of a rehearsal

    def _let_time_pass(self) -> None:
        assert self._pass_time is not None
        typed = narrow(self._terminal.ask(self.look.say("prompt-time")))
        if not typed:
            return
        try:
            length = parse_duration(typed)
        except ConditionFault as fault:
            self._terminal.show(fault.sentence(self._language))
            return
        self._pass_time(self.desk, self.desk.now() + length)
        moment = f"{self.desk.now().astimezone(self.look.zone):%m-%d %H:%M:%S}"
        self._terminal.show(f"+{say_duration(length)}  {self.look.say('time-jump', time=moment)}")
