"""The trainer's console line by line: for screen readers, dumb terminals, and the day the screen fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.errors import MusterError
from engine.text import clean
from tui.locale import say
from tui.terminal import Left, Terminal, unbroken
from tui.trainer.live import Live
from tui.trainer.move import Move
from tui.trainer.moves import (
    freeze_or_resume,
    main_move,
    moves_for,
    note_move,
    numbered,
    real_event_move,
)
from tui.trainer.rows import Pick, first_pick, picks_of
from tui.trainer.words import Speaking
from tui.typed import narrow
from tui.view import Looking, place

LOOKS_EVERY_S = 0.5

COMMANDS = {
    "q": "leave",
    "quit": "leave",
    "离开": "leave",
    "t": "moves",
    "能做的": "moves",
    "n": "note",
    "观察": "note",
    "f": "freeze",
    "冻结": "freeze",
    "继续": "freeze",
    "e": "real_event",
    "真实事件": "real_event",
    "l": "language",
    "语言": "language",
    "s": "everything",
    "全部": "everything",
    "h": "help",
    "帮助": "help",
}


class PlainConsole:
    """One drill before its trainer, in lines; every one of them says that it is a drill."""

    def __init__(self, live: Live, language: str, way_back: str, terminal: Terminal | None = None) -> None:
        self.live = live
        self.language = language
        self.terminal = terminal or Terminal()
        self._way_back = way_back
        self._chosen: Pick | None = None
        self._given = self._cards()
        self._told: set[str] = set()
        self._real = False

    @property
    def speaking(self) -> Speaking:
        desk = self.live.exercise.desk
        look = Looking(desk.state, desk.now(), self.language, self.live.exercise.book.actor)
        return Speaking(self.live.exercise, self.live.board, look)

    def run(self) -> str | None:
        """Until the trainer leaves; the drill that a real event has stopped here, if one did."""
        self.show(self.speaking.say("plain-console-help"))
        self._everything()
        try:
            while not self._real:
                self._turn()
        except (Left, KeyboardInterrupt):
            self.terminal.show()
        self.live.leave()
        word = "console-kept" if self.live.board.over else "console-leaves"
        self.show(say(word, self.language, run=self.live.run, command=self._way_back))
        self.terminal.mark = ""
        return self.live.run if self._real else None

    def show(self, *lines: str) -> None:
        """Lines of a drill."""
        self.terminal.mark = f"{say('drill-word', self.language)} "
        self.terminal.show(lines)

    # --- a turn

    def _turn(self) -> None:
        self._look()
        picks = picks_of(self.live.exercise, self.live.board)
        at = (
            picks.index(self._chosen)
            if self._chosen in picks
            else first_pick(self.live.exercise, self.live.board, picks)
        )
        speaking = self.speaking
        move = main_move(self.live.exercise, self.live.board, picks[at])
        does = "-" if move is None else speaking.move(move)
        prompt = f"{self._clock()}  {at + 1} [{does}] > "
        typed = self.terminal.ask(prompt, self._idle, LOOKS_EVERY_S)
        self._obey(typed, picks, move)

    def _clock(self) -> str:
        board = self.live.board
        word = "over" if board.over else board.stage if board.begun else "draft"
        return f"T+{self.speaking.clock(self.speaking.look.now)} {self.speaking.say(f'clock-{word}')}"

    def _obey(self, typed: str, picks: list[Pick], move: Move | None) -> None:
        word = narrow(typed).casefold()
        if word.isdecimal():
            if 0 < int(word) <= len(picks):
                self._chosen = picks[int(word) - 1]
                self.show(f"{int(word)}  {self.speaking.row(self._chosen)}")
            else:
                self.show(self.speaking.say("screen-no-such", typed=word))
        elif not word and move is not None:
            self._make(move)
        elif word in COMMANDS:
            getattr(self, f"_{COMMANDS[word]}")()
        elif word:
            self.show(self.speaking.say("not-understood", typed=clean(typed)))

    def _leave(self) -> None:
        raise Left

    def _language(self) -> None:
        self.language = "en" if self.language == "zh" else "zh"

    def _help(self) -> None:
        self.show(self.speaking.say("plain-console-help"))

    def _note(self) -> None:
        self._make(note_move())

    def _freeze(self) -> None:
        if self.live.board.begun and not self.live.board.over:
            self._make(freeze_or_resume(self.live.exercise, self.live.board))
        else:
            self.show(self.speaking.say("screen-not-now"))

    def _real_event(self) -> None:
        move = real_event_move()
        if not self.live.board.over and self._make(move):
            self._real = True

    def _moves(self) -> None:
        """The list of all that can be done, by number."""
        picks = picks_of(self.live.exercise, self.live.board)
        at = (
            picks.index(self._chosen)
            if self._chosen in picks
            else first_pick(self.live.exercise, self.live.board, picks)
        )
        listed = moves_for(self.live.exercise, self.live.board, picks[at])
        self.show(*(f"{number:>2}  {self.speaking.move(move)}" for number, move in numbered(listed)))
        typed = narrow(self.terminal.ask("> ", self._idle, LOOKS_EVERY_S))
        found = next((move for number, move in numbered(listed) if number == typed), None)
        if found is not None:
            self._make(found)

    def _everything(self) -> None:
        """Every row with its number, and the players' place."""
        speaking = self.speaking
        board = speaking.board
        picks = picks_of(self.live.exercise, board)
        self.show(*(f"{number:>2}  {speaking.row(one)}" for number, one in enumerate(picks, 1)))
        if not board.begun:
            self.show(speaking.say("console-starts-hint", command=f"muster walk {self.live.run}"))
        if board.begun and not board.over:
            self.show(f"{speaking.say('console-mirror')}  {self._standing()}")
            self.show(*(f"    {speaking.finding(one.expectation.id)}" for one in board.findings))

    # --- moves

    def _make(self, move: Move) -> bool:
        """Ask for everything a move needs, then make it; whether it was made."""
        given: dict[str, str] = {}
        try:
            while (ask := move.next_ask(given)) is not None:
                speaking = self.speaking
                self.show(
                    *(
                        f"{number:>2}  {speaking.choice(word)}"
                        for number, (_, word) in enumerate(ask.choices, 1)
                    )
                )
                typed = self.terminal.ask(f"{speaking.question(ask)} > ", self._idle, LOOKS_EVERY_S)
                said = speaking.answer(ask, typed, given)
                if said is None:
                    self.show(speaking.say("ask-choose" if ask.choices else "ask-must"))
                else:
                    given[ask.name] = said
        except KeyboardInterrupt:
            self.terminal.show()
            return False
        return self._made(move, given)

    def _made(self, move: Move, given: dict[str, str]) -> bool:
        try:
            with unbroken():
                self.live.make(move, given)
        except MusterError as error:
            self.show(error.sentence(self.language))
            return False
        self.show(self.speaking.done(move, given))
        self._chosen = None
        if move.then is not None:
            self._make(move.then())
        return True

    # --- what comes in

    def _look(self) -> None:
        try:
            with unbroken():
                self.live.look()
        except MusterError as error:
            self.show(*self._untold([error.sentence(self.language)]))

    def _idle(self) -> Iterator[str]:
        """While the trainer thinks: what was given, what the players did, what comes in a minute."""
        before, done = self._standing(), self.live.board.acts
        self._look()
        for one in reversed([act for act in self.live.board.acts if act not in done]):
            speaking = self.speaking
            yield f"T+{speaking.clock(one.at)}  {speaking.text(one.by)}  {speaking.text(one.words)}"
        given, self._given = self._given, self._cards()
        for title in self._given[len(given) :]:
            yield self.speaking.say("plain-console-given", title=title)
        if self._standing() != before:
            yield self._standing()
        yield from self._untold(self._heads_up())

    def _standing(self) -> str:
        """Where the players stand, also in the runs that they have opened."""
        look = self.speaking.look
        below = (replace(look, state=state) for state in self.live.exercise.team.going_on)
        its = [look.labelled(look.text(one.state.graph.runbook.title), place(one)) for one in below]
        return "  ".join([place(look), *its])

    def _cards(self) -> list[str]:
        look = Looking(self.live.exercise.desk.state, self.live.exercise.now, self.language, "")
        return [look.text(card.title) for card in self.live.exercise.desk.state.cards]

    def _heads_up(self) -> list[str]:
        speaking, now = self.speaking, self.speaking.look.now
        coming = speaking.board.heads_up(now) if speaking.board.stage == "running" else []
        going_on = speaking.board.real_runs
        real = [speaking.say("console-real-run", runs=", ".join(going_on))] if going_on else []
        return real + [
            speaking.say("console-heads-up", seconds=60, title=speaking.text(one.inject.title))
            for one in coming
        ]

    def _untold(self, lines: list[str]) -> list[str]:
        new = [line for line in lines if line not in self._told]
        self._told |= set(lines)
        return new
