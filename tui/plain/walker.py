"""One turn after the other: take in, show, ask, do."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from engine.acts import Act
from engine.text import clean
from tui import view
from tui.plain.commands import Commands
from tui.terminal import Left, wrapped
from tui.typed import narrow
from tui.view import Offer, Turn
from tui.view.cards import cards_of

HELD_S = 0.4
"""Seconds. An empty line that comes sooner after a turn was shown is the Enter of before: nobody has read yet."""

NEW_S = 1.0
"""The same where another step has come in front: it takes longer to read than to see that nothing changed."""

LOOKS_S, DRILL_LOOKS_S = 5.0, 0.5
"""How often the record is looked at while somebody thinks; in a drill a card must not wait."""

KEPT_IN_SIGHT = 4
"""So many lines of what was just said are kept above a turn."""


class Walker(Commands):
    """Walks one run, and the runs it opens, at one terminal."""

    _seen: tuple[str, str | None] | None = None
    """What was in front of the person at the last turn."""

    def walk(self) -> None:
        """Until the person leaves. Leaving never ends a run."""
        self.terminal.forget_typed()
        try:
            if self.around.last is not None:
                self.show("last-act", what=self.teller.line(self.around.last))
            while True:
                try:
                    self._turn()
                except KeyboardInterrupt:
                    self.terminal.show()
                    self.obey("leave", "")
        except (Left, KeyboardInterrupt):
            self.terminal.show()
        self._say_farewell()

    def _say_farewell(self) -> None:
        """What becomes of the run, and how to come back to it."""
        if self.around.pass_time is not None:
            self.show("rehearsal-left")
        elif self.desk.state.ended is None:
            run = self.desk.run_id
            self.show("left", run=run)
            self.terminal.show_whole(self.around.come_back(run))

    def _turn(self) -> None:
        self.catch_up()
        self.see_to_watches()
        if self.desk.state.ended is not None and self.parent() is not None:
            self.forget_place()
            self.terminal.show(view.ending_lines(self.look))
            self.go_back()
            return
        self.keep_place()
        turn = self._show_place()
        self._obey(self._typed(turn), turn)

    def _typed(self, turn: Turn) -> str:
        """What the person types at this turn, or has typed already where they read something."""
        if self.typed_ahead:
            typed, self.typed_ahead = self.typed_ahead, ""
            self.terminal.show(f"> {clean(typed)}")
            return typed
        held = HELD_S if self._in_front() == self._seen else NEW_S
        self._seen = self._in_front()
        while True:
            shown_at = monotonic()
            every = DRILL_LOOKS_S if self.desk.state.kind == "D" else LOOKS_S
            typed = narrow(self.terminal.ask(self._prompt(turn), idle=self._idle, every=every))
            if typed or not self.terminal.is_live or monotonic() - shown_at >= held:
                return typed
            self.show("too-early")

    def _show_place(self) -> Turn:
        """What stands in front of the person; what was just said is still seen above it."""
        look, terminal = self.look, self.terminal
        news = self.around.news
        terminal.show(self.untold(news(look)) if news is not None else [])
        self.untold_alarms()
        terminal.show(self.untold_cards())
        room = terminal.height - 1 - min(terminal.shown, KEPT_IN_SIGHT)
        acts, current = self.desk.possible(), self.current()
        turn = view.turn_of(
            look,
            acts,
            current,
            more=[*self._cards(), *self._runs()],
            numbers=self.numbers,
            width=terminal.width,
            height=room,
        )
        self.numbers = turn.numbers
        self.turn_at = terminal.printed
        terminal.show(turn.lines)
        terminal.show(view.ending_lines(look))
        self._note_shown(turn)
        return turn

    def _note_shown(self, turn: Turn) -> None:
        """When the warning of the step in front was first seen whole, with the prompt still under it."""
        name, high = self.current(), self.terminal.height
        one = self.desk.state.steps.get(name or "")
        fits = sum(len(wrapped(line, self.terminal.width)) for line in turn.lines) < high
        if name is None or one is None or one.step.warn is None or not fits:
            return
        key = (self.desk.run_id, name)
        first = self.shown_at.get(key)
        if first is None or one.warned or (one.opened_at is not None and first < one.opened_at):
            self.shown_at[key] = self.desk.now()

    def _cards(self) -> list[Offer]:
        """What a drill has given whoever sits here: it is acknowledged by its number."""
        look, desk = self.look, self.desk
        if desk.above is not None or desk.state.kind != "D":
            return []
        return [
            Offer(
                look.say("card-ack", title=look.text(card.title)),
                Act("ack", card.alarm, (), card.title),
                decides=True,
            )
            for card in cards_of(desk.state, desk.actor)
        ]

    def _runs(self) -> list[Offer]:
        """The runs that this one has opened and that go on: the person can go there."""
        look, ended = self.look, self.desk.state.ended is not None
        children = [] if ended else self.desk.open_children()
        return [
            Offer(look.say("go-to-child", run=clean(one.run), runbook=clean(one.runbook)), run=one.run)
            for one in children
        ]

    def _prompt(self, turn: Turn) -> str:
        by_enter = turn.by_enter
        if self.desk.state.ended is not None:
            enter = self.look.say("prompt-leave")
        elif by_enter is None:
            enter = self.look.say("prompt-number")
        else:
            enter = self.look.say("prompt-enter", number=turn.numbers.of(by_enter))
        return enter + self.look.say("prompt-main" if self.around.pass_time is None else "prompt-rehearsal")

    def _idle(self) -> Iterator[str]:
        """While the person thinks: what others wrote and alarms that are new."""
        last = self.desk.state.last
        self.catch_up()
        if self.desk.state.last is not last:
            yield from view.open_rows(self.look, None)
        yield from self.untold_alarms()
        yield from self.untold_cards()

    def _obey(self, typed: str, turn: Turn) -> None:
        word, _, rest = typed.partition(" ")
        command = self.command_of(word)
        if command is not None:
            self.obey(command, rest.strip())
        elif not typed:
            self._by_enter(turn)
        elif word.isdecimal():
            self._by_number(int(word), rest, turn)
        else:
            self.by_words(typed)

    def _by_enter(self, turn: Turn) -> None:
        if self.desk.state.ended is not None:
            self.obey("leave", "")
        elif turn.by_enter is None:
            resting = view.not_due(self.look, self.current())
            self.show(resting if turn.rests else "anothers-act" if turn.of_another else "needs-number")
        elif self.unconfirmed:
            self.unconfirmed = False
            self.show("place-confirmed", act=turn.by_enter.label)
        else:
            self.choose(turn.by_enter)

    def _by_number(self, number: int, rest: str, turn: Turn) -> None:
        """A number, with `14:20` behind it when it was done then, `paper` when it stands on paper, or a name."""
        offer, past = turn.numbers.offer(number), turn.numbers.past(number)
        if offer is not None:
            self.choose(offer, rest)
        elif past is not None and not self.is_there(past):
            self.show("offer-gone", label=past.label)
        else:
            is_step = number in self.desk.state.graph.number.values()
            step = self.look.say("no-number-step", typed=number) if is_step else ""
            self.show("no-number-here", typed=number, step=step)
