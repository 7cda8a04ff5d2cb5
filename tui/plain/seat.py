"""Where somebody sits in line mode: the terminal, the run in front of them, and how things are shown there."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from engine.clocks import alarms
from engine.desk import Desk
from engine.errors import MusterError, RecordTrouble
from engine.events import Entry
from engine.graph import StepGraph
from engine.run import in_order
from tui import view
from tui.asking import Question
from tui.asking.fields import BACK, Fields, Instead, Listed
from tui.chosen import Choice, Chosen, still_holds
from tui.logbook import Teller, Titles, titles_of
from tui.sheets import KeepSheet
from tui.terminal import Terminal, unbroken, wrapped
from tui.typed import narrow
from tui.view import Looking, Numbers
from tui.view.cards import card_head, card_text, cards_of, drill_word

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Around:
    """What line mode is given by the verb that starts it."""

    has_pin: Callable[[str], bool]
    keep: Callable[[bytes], str]
    """Stores a file and gives its digest."""
    go_to: Callable[[str], Desk]
    """Opens another run at this terminal."""
    pass_time: Callable[[Desk, datetime], None] | None = None
    """There only in a rehearsal, where a hand moves the clock."""
    news: Callable[[Looking], list[str]] | None = None
    """What is new about the plan; each line is told once."""
    come_back: Callable[[str], str] = "muster walk {} --plain".format
    """The command that leads back to a run."""
    last: Entry | None = None
    """What was done last before this terminal was opened."""
    is_here: Callable[[Desk], None] | None = None
    """Says beside the record that somebody sits at this run."""
    chosen: Chosen | None = None
    """Keeps the step that somebody has gone to; None where there is no record beside which it could lie."""
    keep_sheet: KeepSheet | None = None
    """Keeps the status sheet of the run; None where there is no record beside which it could lie."""


class Seat:
    """Somebody at a terminal, before a run and the runs it has opened."""

    def __init__(self, terminal: Terminal, desk: Desk, language: str, around: Around) -> None:
        self.terminal = terminal
        self.language = language
        self.around = around
        self.focus: str | None = None
        """Another open step that the person has put in front of them."""
        self.unconfirmed = around.last is not None
        """The place has changed behind the person's back: the first Enter only confirms it."""
        self.turn_at = 0
        """Where the step in front was shown last (see `Terminal.printed`)."""
        self.typed_ahead = ""
        """A command that was typed on a page or in a list: it is obeyed next."""
        self.shown_at: dict[tuple[str, str], datetime] = {}
        """When the warning of a step, by run and step, was first seen whole in this visit."""
        self._numbers: dict[tuple[str, str | None], Numbers] = {}
        self._desks = [desk]
        self._open = set(desk.state.open_steps())
        self._words: tuple[StepGraph, Titles] | None = None
        self._told: set[str] = set()
        self._drill = ""
        self.terminal.mark = self.look.say("DRILL") if desk.state.kind == "D" else ""
        self.terminal.too_early = lambda count: self.look.say("typed-too-early", count=count)
        self._stand()

    @property
    def desk(self) -> Desk:
        """The run that is in front of the person."""
        return self._desks[-1]

    @property
    def look(self) -> Looking:
        desk = self.desk
        return Looking(
            desk.state,
            desk.now(),
            self.language,
            desk.actor,
            desk.beside,
            across=desk.across,
            endings=desk.endings(),
        )

    @property
    def teller(self) -> Teller:
        """Says entries of this run."""
        graph = self.desk.state.graph
        if self._words is None or self._words[0] is not graph:
            self._words = (graph, titles_of(graph.to_bytes()))
        return Teller(self._words[1], self.language)

    def show(self, word_id: str, /, **facts: object) -> None:
        """Say one of the sentences of line mode."""
        self.terminal.show(self.look.say(word_id, **facts))

    def current(self) -> str | None:
        """The step in front: the one the person has chosen as long as it is open, else the one of the plan."""
        state = self.desk.state
        if self.focus is not None and self.focus not in [*state.open_steps(), *state.come_back()]:
            self.focus = None
        return self.focus or self.desk.current()

    @property
    def numbers(self) -> Numbers:
        """What the numbers stand for on the step in front."""
        return self._numbers.setdefault(self._in_front(), Numbers(self.desk.state.graph))

    @numbers.setter
    def numbers(self, numbers: Numbers) -> None:
        self._numbers[self._in_front()] = numbers

    def _in_front(self) -> tuple[str, str | None]:
        """The run, and the step; the entry conditions stand before any step, and the end behind all."""
        return view.stands_in_front(self.desk.run_id, self.desk.state, self.current())

    # --- what comes in

    def catch_up(self) -> None:
        """What others wrote, and what the clock brought about."""
        before = self.desk.current()
        try:
            with unbroken():
                if self.around.is_here is not None:
                    self.around.is_here(self.desk)
                arrival = self.desk.refresh()
                self.desk.settle()
                self.desk.look_beside()
        except RecordTrouble as trouble:
            self.terminal.show([self.look.say("not-recorded"), trouble.sentence(self.language)])
            return
        if arrival is not None:
            if not self._new_cards():
                self.show("merged", count=arrival.count)
            if arrival.replayed:
                self.show("replayed")
            self.unconfirmed = self.unconfirmed or self.desk.current() != before
        self._keep_sheet()

    def _keep_sheet(self) -> None:
        """The status sheet is kept up; that it cannot be is an alarm, told once."""
        keep = self.around.keep_sheet
        trouble = keep(self.desk, self.language) if keep is not None else None
        if trouble is not None:
            self.terminal.show(self.untold([f"!! {trouble.sentence(self.language)}"]))

    @property
    def top(self) -> Desk:
        """The drill itself, also where a run that it opened stands in front."""
        return self.desk.top

    def _new_cards(self) -> list[str]:
        cards = cards_of(self.top.state, self.desk.actor) if self.top.state.kind == "D" else []
        return [one.alarm for one in cards if one.alarm not in self._told]

    def untold_cards(self) -> list[str]:
        """What a drill has given whoever sits here, and how it stands, as far as it was not shown yet."""
        top, look = self.top, self.look
        if top.state.kind != "D":
            return []
        new = [one for one in cards_of(top.state, self.desk.actor) if one.alarm not in self._told]
        self._told |= {one.alarm for one in new}
        lines = [
            line
            for one in reversed(new)
            for line in (f"!! {card_head(look, one)}", f"   {card_text(look, one)}")
        ]
        word, _ = drill_word(top.state, look)
        if word != self._drill:
            self._drill = word
            lines += [word] if word else []
        return lines

    def see_to_watches(self) -> None:
        """A step of theirs that a watch has just opened comes before everything else."""
        state, opened = self.desk.state, set(self.desk.state.open_steps())
        roles = set(state.roles_of(self.desk.actor))
        for name in sorted(opened - self._open, key=state.graph.number.__getitem__):
            if roles & set(state.graph.steps[name].roles) and view.watches_before(state.graph, name):
                self.focus, self.unconfirmed = name, True
                break
        self._open = opened

    def untold(self, lines: list[str]) -> list[str]:
        """Those of the lines that were not told yet; they are now."""
        new = [line for line in lines if line not in self._told]
        self._told |= set(lines)
        return new

    def untold_alarms(self) -> list[str]:
        """The alarms that were not shown yet; they are now."""
        look = self.look
        standing = alarms(look.state, look.now)
        new = [view.alarm_row(look, one) for one in standing if one.name not in self._told]
        self._told |= {one.name for one in standing}
        return new

    # --- from run to run

    def parent(self) -> str | None:
        """The run that opened this one."""
        return self._desks[-2].run_id if len(self._desks) > 1 else self.desk.state.parent

    def enter(self, run: str) -> None:
        """Go to another run; this one goes on meanwhile. One that cannot be opened keeps nobody from this one."""
        try:
            self._desks.append(self.around.go_to(run))
        except MusterError as error:
            self.terminal.show(error.sentence(self.language))
        else:
            self._arrive()

    def go_back(self) -> None:
        """To the run that opened this one."""
        parent = self.parent()
        assert parent is not None
        left = self._desks.pop()
        if not self._desks:
            self._desks.append(self.around.go_to(parent))
        self._arrive()
        self.show("back-in", run=parent, left=left.run_id)

    def _arrive(self) -> None:
        self.unconfirmed = True
        self._open = set(self.desk.state.open_steps())
        self._stand()

    def _stand(self) -> None:
        """Stand on the step where the person had gone to, as far as the record and what lies beside it know."""
        desk, look = self.desk, self.look
        entries = in_order(desk.record.entries(desk.run_id))
        found = view.standing(look, entries)
        chosen = self.around.chosen.of(desk.run_id, desk.actor) if self.around.chosen is not None else None
        if chosen is not None and still_holds(chosen, look, entries, found):
            self.focus = chosen.step
            return
        # On the step of the plan nobody has chosen anything: what opens before it comes before it.
        self.focus = found if found != desk.current() else None

    def is_command(self, typed: str) -> bool:
        """Whether that is a command of this terminal, which leaves a list or a question."""
        raise NotImplementedError  # who walks has the commands (`Commands`); a seat alone is never sat in

    def keep_place(self) -> None:
        """Which step the person has gone to is kept before they see it: a kill does not lead them elsewhere."""
        kept, state = self.around.chosen, self.desk.state
        self.current()
        if state.ended is not None:
            self.forget_place()
            return
        choice = None if self.focus is None else Choice(self.focus, state.lam, self.desk.now())
        if kept is not None:
            kept.keep(self.desk.run_id, self.desk.actor, choice)

    def forget_place(self) -> None:
        """A run that has ended keeps nobody's place."""
        if self.around.chosen is not None:
            self.around.chosen.forget([self.desk.run_id])

    # --- lists and pages

    def read(self, lines: list[str]) -> None:
        """Lines to be read, a page at a time. Enter goes on; a command leaves the page and is obeyed."""
        room = max(self.terminal.height - 3, 5)
        parts = [part for line in lines for part in wrapped(line, self.terminal.width)]
        for top in range(0, len(parts), room):
            self.terminal.show(parts[top : top + room])
            last = top + room >= len(parts)
            try:
                typed = narrow(self.terminal.ask(self.look.say("prompt-read" if last else "prompt-more")))
            except KeyboardInterrupt:
                self.terminal.show()
                return
            if typed:
                self.typed_ahead = "" if typed in BACK else typed
                return

    def pick(
        self, title: str, rows: list[tuple[str, str]], listed: Listed, start: str | None = None
    ) -> str | None:
        """One of many rows, by pages; None when the person goes back, or types a command instead."""
        if not listed.first:
            self.terminal.show()
        try:
            return self.ask(Fields(self.look).by_page("row", title, rows, start=start, listed=listed)) or None
        except Instead as instead:
            self.typed_ahead = narrow(instead.typed)
            return None

    def ask(self, asking: Generator[Question, str, T], *, zero: bool = False) -> T | None:
        """Ask questions at this terminal until there is an answer; None when the person gives up (Ctrl-C).

        With `zero` a 0 gives up too.
        """
        try:
            question = next(asking)
            while True:
                self.terminal.show(question.lines)
                typed = self.terminal.ask(question.prompt)
                if zero and narrow(typed) == "0":
                    return None
                question = asking.send(typed)
        except StopIteration as done:
            found: T = done.value
            return found
        except KeyboardInterrupt:
            self.terminal.show()
            return None
