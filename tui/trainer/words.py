"""The console in words: rows, moves and questions as a person reads them, the same on screen and line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from drill.exercise import Exercise
from drill.scenario.values import After, At, Chance, Inject, Manual, Together, Trigger
from drill.script import Line
from engine.condition import say_clock
from engine.sentences.usual import MARK_WORDS
from engine.text import Text, clean
from tui.locale import WORDS
from tui.trainer.board import Board, Rateable
from tui.trainer.move import Ask, Given, Move
from tui.trainer.rows import Pick
from tui.typed import narrow
from tui.view import Looking

STYLES = {"met": "green", "late": "amber", "missed": "red", "wrong": "red"}


@dataclass(frozen=True, slots=True)
class Speaking:
    """Somebody before a console, in one language."""

    exercise: Exercise
    board: Board
    look: Looking

    def say(self, word_id: str, /, **facts: object) -> str:
        return self.look.say(word_id, **facts)

    def text(self, text: Text | str) -> str:
        return self.look.text(text)

    @property
    def start(self) -> datetime:
        return self.exercise.desk.state.opened_at or self.look.now

    def clock(self, at: datetime) -> str:
        """A moment of the exercise clock, counted from the start."""
        return say_clock(max(at - self.start, timedelta()))

    # --- rows

    def row(self, pick: Pick) -> str:
        """A row that can be chosen, in a line."""
        if pick.kind == "inject":
            line = self.board.line(pick.key)
            return (
                ""
                if line is None
                else "  ".join([self.inject(line.inject), self.due(line), self.standing(line)])
            )
        if pick.kind in ("notice", "restore"):
            return f"{self.box(pick)} {self.listed(pick)}"
        if pick.kind == "expectation":
            return self.finding(pick.key)
        if pick.kind == "objective":
            found = next(one for one in self.board.ratings if one.objective.id == pick.key)
            return "  ".join([found.objective.id, self.objective(found), self.rating(found)])
        if pick.kind in ("gap-still", "gap-on") and self.board.gap is not None:
            gap = self.board.gap
            return self.say(
                f"console-{pick.kind}", length=say_clock(gap.length), clock=f"T+{self.clock(gap.at)}"
            )
        return self.say(f"console-{pick.kind}")

    def inject(self, inject: Inject) -> str:
        return f"{clean(inject.number)} {self.text(inject.title)}"

    def box(self, pick: Pick) -> str:
        done = self.board.told if pick.kind == "notice" else self.board.restored
        return "[x]" if pick.key in done else "[ ]"

    def listed(self, pick: Pick) -> str:
        """A line of the notice list or the restore list, which the record knows by its Chinese words."""
        scenario = self.exercise.scenario
        if pick.kind == "notice":
            one = next(one for one in scenario.notify if one.who.zh == pick.key)
            words = self.text(one.who)
            return words if one.mandatory else self.look.in_brackets(words, self.say("console-optional"))
        return self.text(next(line for line in scenario.restore if line.zh == pick.key))

    # --- injects

    def standing(self, line: Line) -> str:
        """How an inject stands, in a word."""
        if line.standing == "delivered":
            read = any(
                card.alarm in self.board.acknowledged
                for card in self.exercise.desk.state.cards
                if card.inject == line.inject.id
            )
            word = self.say("line-acknowledged" if read else "line-delivered")
            return word if line.deliveries < 2 else f"{word} x{line.deliveries}"
        if self.waits_for_something(line):
            return self.say("line-condition")
        if line.standing == "due" and self.board.stage == "frozen":
            return self.say("line-after-freeze")
        return self.say(f"line-{line.standing}")

    def waits_for_something(self, line: Line) -> bool:
        """Whether the time at which it comes is not known yet: then what it waits for says all there is to say."""
        return line.standing == "waiting" and line.due is None

    def due(self, line: Line) -> str:
        """When it was given, when it comes, or what it waits for."""
        given = [card.at for card in self.exercise.desk.state.cards if card.inject == line.inject.id]
        if given:
            return self.clock(given[-1])
        if line.due is not None:
            return self.clock(line.due)
        return self._trigger(line.inject.trigger)

    def _trigger(self, trigger: Trigger) -> str:
        if isinstance(trigger, After):
            return self.say("due-after", what=self.thing(trigger.what))
        if isinstance(trigger, At):
            return say_clock(trigger.at)
        if isinstance(trigger, Chance):
            return f"{trigger.percent} %"
        if isinstance(trigger, Manual):
            return self.say("due-hand")
        return self._together(trigger)

    def _together(self, trigger: Together) -> str:
        waits = [one for one in trigger.parts if isinstance(one, After)]
        return self._trigger(waits[0]) if waits else self.say("due-some")

    def thing(self, name: str) -> str:
        """A step, answer, mark, watch or inject in words."""
        graph = self.exercise.desk.state.graph
        runbook, slash, below = name.partition("/")
        if slash:
            opened = (one.graph for one in self.exercise.team.states)
            found = next((one for one in opened if one.runbook.id == runbook), None)
            graph, name = (found, below) if found is not None else (graph, name)
        step = name.partition(".")[0]
        if step in graph.steps:
            return self.text(graph.steps[step].text)
        if name in MARK_WORDS:
            return self.text(MARK_WORDS[name])
        inject = next((one for one in self.exercise.scenario.injects if one.id == name), None)
        if inject is not None:
            return self.text(inject.title)
        marked = next((one for one in graph.steps.values() if name in one.marks), None)
        if marked is not None:
            return self.text(marked.text)
        watch = graph.watches.get(name)
        return clean(name) if watch is None or watch.words is None else self.text(watch.words)

    # --- judged

    def judged(self, pick: Pick) -> tuple[str, str, str]:
        """An expectation or objective: what it is, how it came out, and the style of that."""
        if pick.kind == "expectation":
            shown = next(one for one in self.board.findings if one.expectation.id == pick.key)
            outcome = shown.finding.outcome
            mark = "!" if shown.finding.grade == "critical" else " "
            words = f"{pick.key} {mark}{self.text(shown.expectation.text)}"
            return words, self.say(f"outcome-{outcome}"), STYLES.get(outcome, "amber")
        found = next(one for one in self.board.ratings if one.objective.id == pick.key)
        style = "green" if found.given is not None else "amber"
        return f"{pick.key}  {self.objective(found)}", self.rating(found), style

    def finding(self, name: str) -> str:
        shown = next(one for one in self.board.findings if one.expectation.id == name)
        outcome = self.say(f"outcome-{shown.finding.outcome}")
        return f"{name}  [{outcome}]  {self.text(shown.expectation.text)}"

    def objective(self, one: Rateable) -> str:
        return self.text(one.objective.does)

    def rating(self, one: Rateable) -> str:
        """What is proposed, and what was given."""
        proposed = one.proposed or "-"
        given = one.given.rating if one.given is not None else "_"
        return f"{self.say('console-proposed')} {proposed}  {self.say('console-yours')} {given}"

    # --- moves and questions

    def move(self, move: Move, as_id: str = "") -> str:
        facts = {name: self.text(one) if isinstance(one, Text) else one for name, one in move.facts.items()}
        return self.say(f"move-{as_id or move.id}", **facts).strip()

    def done(self, move: Move, given: Given) -> str:
        """That a move was made, and which of its ways."""
        return self.say("move-done", what=self.move(move, move.as_done(given)))

    def question(self, ask: Ask) -> str:
        said = self.say(ask.word)
        if ask.choices and ask.default is not None:
            return self.look.in_brackets(said, self.choice_default(ask))
        return said

    def choice_default(self, ask: Ask) -> str:
        return next((self.choice(word) for value, word in ask.choices if value == ask.default), "")

    def choice(self, word: str) -> str:
        """A choice by its word: of the locale, or of the drill (``role:ENG``, ``person:li``, ``text:E4``)."""
        kind, colon, name = word.partition(":")
        if not colon:
            code = f"{word[-1]}  " if word.startswith("rating-") else ""
            return code + (self.say(word) if word in WORDS else clean(word))
        if kind == "role":
            return self.look.role(name)
        if kind == "person":
            return self.look.name(name)
        found = next((one for one in self.board.findings if one.expectation.id == name), None)
        if found is not None:
            return f"{name}  {self.text(found.expectation.text)}"
        rateable = next((one for one in self.board.ratings if one.objective.id == name), None)
        return name if rateable is None else f"{name}  {self.objective(rateable)}"

    def answer(self, ask: Ask, typed: str, given: Given) -> str | None:
        """What a typed line says to a question; None when it is no answer to it."""
        said = typed.strip()
        if not said:
            return ask.default
        if not ask.choices:
            return said
        values = [value for value, _ in ask.choices]
        digit = narrow(said)
        if digit.isdecimal() and 0 < int(digit) <= len(values):
            return values[int(digit) - 1]
        return next((one for one in values if one.casefold() == said.casefold()), None)
