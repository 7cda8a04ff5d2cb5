"""Line mode: walk a run in full sentences, one question a line. It does everything a screen does.

For screen readers, dumb terminals, and the day the screen fails. Enter does the main act of the step;
digits choose; nothing needs a letter that an input method could swallow.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from engine.acts import Act
from engine.clocks import alarms, timers
from engine.condition import ConditionFault, parse_duration
from engine.desk import Desk
from engine.errors import MusterError, RecordTrouble, Refused
from engine.events import Entry
from engine.graph import StepGraph
from engine.messages import message_for
from engine.text import clean
from tui import view
from tui.asking import Answers, Asker, Cancelled, Question, perform
from tui.asking.fields import Fields
from tui.logbook import Teller, Titles, titles_of
from tui.terminal import Left, Terminal, unbroken, wrapped
from tui.typed import clock_time, narrow, pick_by_words
from tui.view import Looking, Offer, Turn

PAPER = ("paper", "纸", "纸上")
"""Said behind a number: it was done by the paper copy."""

KEPT_IN_SIGHT = 4
"""So many lines of what was just said are kept above the turn."""

T = TypeVar("T")


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
        go_to: Callable[[str], Desk],
        pass_time: Callable[[Desk, datetime], None] | None = None,
        news: Callable[[Looking], list[str]] | None = None,
        come_back: Callable[[str], str] | None = None,
        last: Entry | None = None,
    ) -> None:
        """Everything the walker is given.

        `keep` stores a file and gives its digest;
        `go_to` opens another run at this terminal;
        `pass_time` is there only in a rehearsal, where a hand moves the clock;
        `come_back` is the command that leads back to a run;
        `last` is what was done last before this terminal was opened.
        """
        self._terminal = terminal
        self._desks = [desk]
        self._language = language
        self._has_pin = has_pin
        self._keep = keep
        self._go_to = go_to
        self._pass_time = pass_time
        self._news = news
        self._come_back = come_back or (lambda run: f"muster walk {run} --plain")
        self._last = last
        self._focus: str | None = None
        """Another open step that the person has put in front of them."""
        self._open = set(desk.state.open_steps())
        """The steps that were open at the last turn."""
        self._unconfirmed = last is not None
        """The place has changed behind the person's back: the first Enter only confirms it."""
        self._words: tuple[StepGraph, Titles] | None = None
        self._told: set[str] = set()
        """News and alarms that were shown."""

    @property
    def desk(self) -> Desk:
        """The run that is in front of the person."""
        return self._desks[-1]

    @property
    def look(self) -> Looking:
        desk = self.desk
        return Looking(desk.state, desk.now(), self._language, desk.actor)

    def walk(self) -> None:
        """Until the person leaves. Leaving never ends a run."""
        try:
            self._say_last()
            while self._turn():
                pass
        except (Left, KeyboardInterrupt):
            self._terminal.show()
        self._say_farewell()

    def _say_farewell(self) -> None:
        run = self.desk.run_id
        if self.desk.state.ended is None and self._pass_time is None:
            self._show("left", run=run, command=self._come_back(run))

    def _show(self, word_id: str, /, **facts: object) -> None:
        self._terminal.show(self.look.say(word_id, **facts))

    # --- one turn

    def _turn(self) -> bool:
        """Take in, show, ask, do."""
        self._catch_up()
        self._see_to_what_a_watch_opened()
        if self.desk.state.ended is not None and self._parent() is not None:
            self._show_ending()
            self._back()
            return True
        turn = self._show_place()
        typed = narrow(self._terminal.ask(self._prompt(turn), idle=self._idle))
        return self._obey(typed, turn)

    def _see_to_what_a_watch_opened(self) -> None:
        """A step of theirs that a watch has just opened comes before everything else."""
        state, roles = self.desk.state, set(self.desk.state.roles_of(self.desk.actor))
        opened = set(state.open_steps())
        for name in sorted(opened - self._open, key=state.graph.number.__getitem__):
            mine = roles & set(state.graph.steps[name].roles)
            if mine and _watches_before(state.graph, name):
                self._focus, self._unconfirmed = name, True
                break
        self._open = opened

    def _prompt(self, turn: Turn) -> str:
        enter = self.look.say("prompt-number" if turn.by_enter is None else "prompt-enter")
        return enter + self.look.say("prompt-main" if self._pass_time is None else "prompt-rehearsal")

    def _show_place(self) -> Turn:
        look, terminal = self.look, self._terminal
        news = [
            line for line in (self._news(look) if self._news is not None else []) if line not in self._told
        ]
        terminal.show(news)
        self._told |= {*news, *(one.name for one in alarms(look.state, look.now))}
        # What was just said must still be seen above the turn.
        room = terminal.height - 1 - min(terminal.shown, KEPT_IN_SIGHT)
        acts, current = self.desk.possible(), self._current()
        turn = view.turn_of(look, acts, current, more=self._runs(), width=terminal.width, height=room)
        terminal.show(turn.lines)
        if self.desk.state.ended is not None:
            self._show_ending()
        return turn

    def _current(self) -> str | None:
        """The step in front: the one the person has chosen as long as it is open, else the one of the plan."""
        state = self.desk.state
        if self._focus is not None and self._focus not in [*state.open_steps(), *state.come_back()]:
            self._focus = None
        return self._focus or self.desk.current()

    def _runs(self) -> list[Offer]:
        """The runs that this one has opened and that go on: the person can go there."""
        look = self.look
        children = self.desk.open_children() if self.desk.state.ended is None else []
        return [
            Offer(look.say("go-to-child", run=clean(child.run), runbook=clean(child.runbook)), run=child.run)
            for child in children
        ]

    # --- what was typed

    def _obey(self, typed: str, turn: Turn) -> bool:
        word, _, rest = typed.partition(" ")
        command = next((name for name, words in COMMANDS.items() if word.casefold() in words), None)
        if command is not None:
            getattr(self, f"_go_{command}")(rest.strip())
        elif not typed:
            self._by_enter(turn)
        elif word.isdecimal():
            self._by_number(int(word), rest, turn)
        else:
            self._by_words(typed)
        return True

    def _by_enter(self, turn: Turn) -> None:
        if turn.by_enter is None:
            self._show("not-due" if turn.rests else "needs-number")
        elif self._unconfirmed:
            self._unconfirmed = False
            self._show("place-confirmed", act=turn.by_enter.label)
        else:
            self._choose(turn.by_enter, "")

    def _by_number(self, number: int, rest: str, turn: Turn) -> None:
        """A number, with `14:20` behind it when it was done then, `paper` when it stands on paper, or a name."""
        if not 1 <= number <= len(turn.offers):
            self._show("not-a-choice", typed=number)
            return
        self._choose(turn.offers[number - 1], rest)

    def _by_words(self, typed: str) -> None:
        """A few words of an act; the person says whether that is what they meant."""
        look, acts = self.look, self.desk.possible()
        rows = [(str(index), view.act_label(look, act, with_step=True)) for index, act in enumerate(acts)]
        found = [row for row in rows if row[0] in pick_by_words(typed, rows)]
        if not found:
            self._show("not-understood", typed=clean(typed))
            return
        title = look.say("acts-with", words=clean(typed))
        chosen = self._pick("acts", title, found)
        if chosen:
            self._choose(Offer("", acts[int(chosen)]), "")

    def _choose(self, offer: Offer, rest: str) -> None:
        self._unconfirmed = False
        if offer.run is not None:
            self._enter(self._go_to(offer.run))
        elif offer.step is not None:
            self._focus = offer.step
        elif offer.act is not None:
            said = self._said_behind(rest)
            if said is not None:
                at, basis, by = said
                self._do(offer.act, {**offer.preset, **by}, at, basis)

    def _said_behind(self, rest: str) -> tuple[datetime | None, str, dict[str, str]] | None:
        """When, on what basis and by whom, as said behind a number; None when a word of it is not understood."""
        at, basis, by = None, "asserted", dict[str, str]()
        for word in rest.split():
            moment = clock_time(word, self.look)
            person = self._person(word)
            if word in PAPER:
                basis = "paper"
            elif moment is not None:
                at = moment
            elif person is not None:
                by = {"by": person}
            else:
                self._show("not-understood", typed=clean(word))
                return None
        return at, basis, by

    def _person(self, word: str) -> str | None:
        state = self.desk.state
        names = dict.fromkeys([*state.people, *state.graph.people])
        found = (
            [word] if word in names else pick_by_words(word, [(one, self.look.name(one)) for one in names])
        )
        return found[0] if len(found) == 1 else None

    # --- commands

    def _go_leave(self, rest: str) -> None:
        raise Left

    def _go_language(self, rest: str) -> None:
        self._language = "en" if self._language == "zh" else "zh"

    def _go_help(self, rest: str) -> None:
        lines = self.look.say("help").split("\n")
        self._read(lines + ([self.look.say("help-time")] if self._pass_time is not None else []))

    def _go_why(self, rest: str) -> None:
        self._read(view.why_lines(self.look, self._current()))

    def _go_map(self, rest: str) -> None:
        """Every step; the number of an open one puts it in front, of another one shows it."""
        look, state = self.look, self.desk.state
        width = self._terminal.width - 2
        rows = [(name, view.row_line(look, name, self._current(), width)) for name in state.steps]
        chosen = self._pick("map", look.say("all-steps"), rows, start=self._current(), by_step=True)
        if not chosen:
            return
        if chosen in state.open_steps() or chosen in state.come_back():
            self._focus = chosen
        else:
            self._read(view.step_lines(look, chosen))

    def _go_watch(self, rest: str) -> None:
        """What may happen at any time: choosing one raises it, or retires it."""
        look, acts = self.look, [act for act in self.desk.possible() if act.verb in ("raise", "retire")]
        rows = [(str(index), view.watch_row(look, str(act.step))) for index, act in enumerate(acts)]
        if not rows:
            self._show("no-watches")
            return
        chosen = self._pick("watch", look.say("watch-which"), rows)
        if chosen:
            self._do(acts[int(chosen)])

    def _go_open(self, rest: str) -> None:
        look = self.look
        rows = [(name, view.step_row(look, name, self._current())) for name in view.others(look, None)]
        chosen = self._pick("open", look.say("open-steps"), rows, by_step=True) if rows else None
        self._focus = chosen or self._focus

    def _go_note(self, rest: str) -> None:
        act = next(one for one in self.desk.possible() if one.verb == "note")
        current = self._current()
        preset = {"target": current} if current is not None else {}
        self._do(act, {**preset, "text": rest} if rest else preset)

    def _go_everything(self, rest: str) -> None:
        """Every act that is allowed now."""
        look, acts = self.look, self.desk.possible()
        rows = [(str(index), view.act_label(look, act, with_step=True)) for index, act in enumerate(acts)]
        chosen = self._pick("acts", look.say("all-acts"), rows)
        if chosen:
            self._choose(Offer("", acts[int(chosen)]), "")

    def _go_back(self, rest: str) -> None:
        """To the run that opened this one; it goes on meanwhile."""
        if self._parent() is None:
            self._show("no-parent")
        else:
            self._back()

    def _go_time(self, rest: str) -> None:
        """Let the hand clock of a rehearsal run: to the next thing that falls due, or for some time."""
        if self._pass_time is None:
            self._show("only-rehearsal")
            return
        length = self._length(rest)
        if length is not None:
            self._pass_time(self.desk, self.desk.now() + length)
            moment = f"{self.desk.now().astimezone(self.look.zone):%m-%d %H:%M:%S}"
            self._show("time-jump", length=self.look.span(length), time=moment)

    def _length(self, typed: str) -> Any:
        look = self.look
        due = next((timer for timer in timers(look.state) if timer.at > look.now), None)
        if not typed:
            hint = (
                look.say("next-due", left=look.length(due.at - look.now), step=look.title(due.step))
                if due
                else ""
            )
            typed = narrow(self._terminal.ask(look.say("prompt-time", hint=hint)))
        if not typed:
            return None if due is None else due.at - look.now
        try:
            return parse_duration(typed)
        except ConditionFault as fault:
            self._terminal.show(fault.sentence(self._language))
            return None

    # --- doing

    def _do(
        self,
        act: Act,
        preset: Mapping[str, Any] | None = None,
        at: datetime | None = None,
        basis: str = "asserted",
    ) -> None:
        """Ask for everything the act needs and do it. What is refused can be mended: nothing typed is lost."""
        again: dict[str, str] | None = None
        self._show_step_of(act)
        while True:
            try:
                answers = self._ask_for(act, preset, again)
                entries = self._perform(answers, at, basis)
            except Cancelled:
                self._terminal.show(["", self.look.say("cancelled")])
                return
            if entries is not None:
                self._tell_recorded(entries)
                self._after(answers)
                self._let_go_of(answers.act.step)
                return
            again = answers.typed
            offered = self._mend(act, again)
            if offered is None:
                return
            act = offered

    def _show_step_of(self, act: Act) -> None:
        """An act on another step than the one in front is shown with that step."""
        if act.step in self.desk.state.steps and act.step != self._current():
            self._terminal.show(["", *view.step_lines(self.look, act.step)])

    def _ask_for(
        self, act: Act, preset: Mapping[str, Any] | None, again: Mapping[str, str] | None
    ) -> Answers:
        asker = Asker(self._terminal, self.look, self._has_pin, self._keep, self._message)
        return asker.ask_for(act, preset, again)

    def _perform(self, answers: Answers, at: datetime | None, basis: str) -> list[Entry] | None:
        """What was written; None when it was refused or could not be written, and the person was told."""
        try:
            with unbroken():
                return perform(self.desk, answers, at, basis)
        except Refused as refused:
            self._terminal.show(refused.sentence(self._language))
        except RecordTrouble as trouble:
            self._terminal.show([self.look.say("not-recorded"), trouble.sentence(self._language)])
        except MusterError as error:
            self._terminal.show(error.sentence(self._language))
        return None

    def _mend(self, act: Act, typed: Mapping[str, str]) -> Act | None:
        """The same act as it is offered now, when the person wants to mend it; None when they leave it."""
        offered = next((one for one in self.desk.possible() if one.key == act.key), None)
        if offered is None or not typed:
            return None
        if narrow(self._terminal.ask(self.look.say("prompt-mend"))) == "0":
            self._show("cancelled")
            return None
        return act if act.verb == "read" else offered

    def _tell_recorded(self, entries: list[Entry]) -> None:
        """What now stands in the record, in a sentence for the last of it."""
        self._show("recorded-as", what=self._teller().sentence(entries[-1]) if entries else "")

    def _teller(self) -> Teller:
        graph = self.desk.state.graph
        if self._words is None or self._words[0] is not graph:
            self._words = (graph, titles_of(graph.to_bytes()))
        return Teller(self._words[1], self._language)

    def _after(self, answers: Answers) -> None:
        """What an act leads to at this terminal: another run, the step a watch has opened, or leaving off."""
        act, state = answers.act, self.desk.state
        if act.verb == "open-child":
            child = next(
                one for one in reversed(state.children.values()) if act.step in (one.step, one.watch)
            )
            self._enter(self._go_to(child.run))
        elif act.verb == "raise":
            opened = [name for name in state.open_steps() if act.step in _watches_before(state.graph, name)]
            self._focus = opened[0] if opened else self._focus
        elif act.verb == "entry" and answers.given.get("answer") == "no":
            self._ask_whether_to_go_on()

    def _let_go_of(self, step: str | None) -> None:
        """A step that somebody has put in front of them goes back when it only waits for its next time."""
        if step == self._focus and step in self.desk.state.steps:
            one = self.desk.state.steps[step]
            self._focus = None if view.is_idle(self.look, one) else step

    def _ask_whether_to_go_on(self) -> None:
        """An entry condition does not hold: the person says whether the run goes on."""
        asked = Fields(self.look).yes("go-on", self.look.say("go-on"), default=True)
        if self._drive(asked):
            return
        end = next(act for act in self.desk.possible() if act.verb == "end")
        self._do(end, {"target": "abandoned"})

    def _message(self, act: Act) -> str:
        """The words a `tell` step proposes; none when its template cannot be filled."""
        state = self.desk.state
        step = state.graph.steps.get(act.step or "")
        if step is None or step.kind != "tell":
            return ""
        try:
            return message_for(state, step, self.desk.now(), self._language)
        except Refused as refused:
            self._terminal.show("  " + refused.sentence(self._language))
            return ""

    # --- from run to run

    def _parent(self) -> str | None:
        """The run that opened this one."""
        return self._desks[-2].run_id if len(self._desks) > 1 else self.desk.state.parent

    def _enter(self, desk: Desk) -> None:
        self._desks.append(desk)
        self._focus, self._unconfirmed = None, True
        self._open = set(desk.state.open_steps())

    def _back(self) -> None:
        parent = self._parent()
        assert parent is not None
        left = self._desks.pop()
        if not self._desks:
            self._desks.append(self._go_to(parent))
        self._focus, self._unconfirmed = None, True
        self._open = set(self.desk.state.open_steps())
        self._show("back-in", run=parent, left=left.run_id)

    # --- looking

    def _say_last(self) -> None:
        """On coming back: the last act, who and when."""
        if self._last is not None:
            self._show("last-act", what=self._teller().line(self._last))

    def _catch_up(self) -> None:
        """What others wrote, and what the clock brought about."""
        before = self.desk.current()
        try:
            with unbroken():
                arrival = self.desk.refresh()
                self.desk.settle()
        except RecordTrouble as trouble:
            self._terminal.show([self.look.say("not-recorded"), trouble.sentence(self._language)])
            return
        if arrival is None:
            return
        self._show("merged", count=arrival.count)
        if arrival.replayed:
            self._show("replayed")
        self._unconfirmed = self._unconfirmed or self.desk.current() != before

    def _idle(self) -> Iterator[str]:
        """While the person thinks: what others wrote and alarms that are new."""
        last = self.desk.state.last
        self._catch_up()
        look = self.look
        if self.desk.state.last is not last:
            yield from view.open_rows(look, None)
        standing = alarms(look.state, look.now)
        yield from (view.alarm_row(look, one) for one in standing if one.name not in self._told)
        self._told |= {one.name for one in standing}

    def _show_ending(self) -> None:
        self._terminal.show(view.ending_lines(self.look))

    def _read(self, lines: list[str]) -> None:
        """Lines to be read, a page at a time; the turn comes back when the person says so."""
        room = max(self._terminal.height - 3, 5)
        parts = [part for line in lines for part in wrapped(line, self._terminal.width)]
        for top in range(0, len(parts), room):
            self._terminal.show(parts[top : top + room])
            last = top + room >= len(parts)
            if narrow(self._terminal.ask(self.look.say("prompt-read" if last else "prompt-more"))):
                return

    def _pick(
        self,
        key: str,
        title: str,
        rows: list[tuple[str, str]],
        start: str | None = None,
        *,
        by_step: bool = False,
    ) -> str | None:
        """One of many rows, by pages; None when the person goes back. Steps are chosen by their own numbers."""
        self._terminal.show(["", title])
        numbers = [str(self.desk.state.graph.number[name]) for name, _ in rows] if by_step else None
        asking = Fields(self.look).by_page(key, "", rows, back=True, start=start, numbers=numbers)
        try:
            return self._drive(asking) or None
        except KeyboardInterrupt:
            self._terminal.show()
            return None

    def _drive(self, asking: Generator[Question, str, T]) -> T:
        try:
            question = next(asking)
            while True:
                self._terminal.show(question.lines)
                question = asking.send(self._terminal.ask(question.prompt))
        except StopIteration as done:
            found: T = done.value
            return found


def _watches_before(graph: StepGraph, step_id: str) -> set[str]:
    """The watches that a step comes after."""
    return {edge.earlier for edge in graph.into[step_id] if edge.earlier in graph.watches}


COMMANDS = {
    "leave": ("q", "quit", "exit", "离开", "退出"),
    "language": ("l", "lang", "语言", "中文", "en", "zh", "english"),
    "help": ("h", "help", "帮助"),
    "why": ("?", "why", "为什么"),
    "map": ("m", "map", "步骤", "全部步骤"),
    "watch": ("w", "watch", "监视"),
    "open": ("o", "open", "现在要做"),
    "note": ("n", "note", "备注"),
    "everything": ("0", "全部", "全部操作"),
    "back": ("b", "back", "返回"),
    "time": ("t", "time", "走时间"),
}
"""What can be typed beside numbers; each has a word of both languages, and none is vital."""
