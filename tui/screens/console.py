"""The trainer's console on the screen: keys, questions, and looking at both runs twice a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from engine.errors import MusterError
from engine.text import clean
from tui.frame.console import console_frame
from tui.frame.console_glass import Asking, ConsoleGlass, Shown
from tui.frame.rows import Frame
from tui.frame.told import told
from tui.screens.console_keys import ENTER_WORDS, KEYS
from tui.screens.keys import Pressed
from tui.screens.working import CLOCK_ROWS, POLL_S, TICK_S, WorkingScreen
from tui.trainer.board import Board
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
from tui.view import Looking

if TYPE_CHECKING:
    from tui.session import Session
    from tui.trainer.live import Live


class ConsoleScreen(WorkingScreen, inherit_bindings=False):
    """One drill before its trainer, or before somebody who evaluates it."""

    glass: ConsoleGlass

    def __init__(self, session: Session, live: Live) -> None:
        super().__init__()
        self.session = session
        self.live = live
        self.board: Board = live.board
        self.glass = ConsoleGlass()
        self._chosen: Pick | None = None
        """The row that was put in front; None: the one that matters most."""
        self._polling = False
        self._busy = False
        self._shown_board: Board | None = None

    @property
    def speaking(self) -> Speaking:
        desk = self.live.exercise.desk
        look = Looking(desk.state, desk.now(), self.muster.language, self.live.exercise.book.actor)
        return Speaking(self.live.exercise, self.board, look)

    # --- life and painting

    def on_mount(self) -> None:
        self.set_interval(TICK_S, self.tick)
        self.set_interval(POLL_S, self.poll)
        self.poll()

    def show_all(self) -> None:
        shown = self._drawn()
        self._shown_board = self.board
        self.canvas.show(shown.rows, shown.input_at)

    def show_clocks(self) -> None:
        """The clocks alone, unless something new is to be shown."""
        shown = self._drawn()
        canvas = self.canvas
        if self._news() or self._shown_board is not self.board:
            self._shown_board = self.board
            canvas.show(shown.rows, shown.input_at)
        else:
            canvas.tick(shown.rows, CLOCK_ROWS)

    def _news(self) -> bool:
        return bool(self.board.heads_up(self.live.exercise.now))

    def _drawn(self) -> Frame:
        with self.live.exercise.desk.lock:
            speaking, picks = self.speaking, self.picks()
            at = self._at(picks)
            return console_frame(
                Shown(speaking, picks, at, self._enter_words(speaking, picks, at)), self.glass
            )

    def picks(self) -> list[Pick]:
        """What can be chosen now."""
        return picks_of(self.live.exercise, self.board)

    def _at(self, picks: list[Pick]) -> int:
        if self._chosen in picks:
            return picks.index(self._chosen)
        self._chosen = None
        return first_pick(self.live.exercise, self.board, picks)

    def _enter_words(self, speaking: Speaking, picks: list[Pick], at: int) -> str:
        move = main_move(self.live.exercise, self.board, picks[at]) if picks else None
        if move is None:
            return ""
        return speaking.say(ENTER_WORDS[move.id]) if move.id in ENTER_WORDS else speaking.move(move)

    # --- the record

    def poll(self) -> None:
        """Twice a second: what the players did, what is due, and a sign of life."""
        if self._polling or self._busy:
            return
        self._polling = True
        self.submit(self.live.look, self._looked, self._not_looked)

    def _looked(self, board: Board) -> None:
        self._polling = False
        changed = _content(board) != _content(self.board)
        self.board = board
        if changed:
            self.paint()

    def _not_looked(self, error: BaseException) -> None:
        self._polling = False
        self._tell(error)

    def _tell(self, error: BaseException) -> None:
        if not isinstance(error, MusterError):
            raise error
        self.glass.said = told(error, self.muster.language, self.glass.width)
        self.paint()

    # --- a key

    def types(self) -> bool:
        return self.glass.asking is not None

    def obey(self, pressed: Pressed) -> None:
        if self.glass.asking is not None:
            self._type(pressed)
        elif self.glass.listed is not None and self._in_list(pressed):
            return
        elif pressed.digit:
            self._free(int(pressed.digit))
        elif pressed.key in KEYS:
            getattr(self, f"_{KEYS[pressed.key]}")()

    def on_paste(self, event: events.Paste) -> None:
        """The first line of what was pasted goes into the open field, and nowhere else."""
        event.stop()
        if self.glass.asking is not None:
            self.glass.typed += clean(event.text.partition("\n")[0].rstrip("\r"))
            self.paint()

    # --- choosing

    def _move_by(self, by: int) -> None:
        picks = self.picks()
        at = min(max(self._at(picks) + by, 0), len(picks) - 1)
        self._chosen = picks[at]

    def _up(self) -> None:
        self._move_by(-1)

    def _down(self) -> None:
        self._move_by(1)

    def _first(self) -> None:
        self._move_by(-len(self.picks()))

    def _last(self) -> None:
        self._move_by(len(self.picks()))

    def _back(self) -> None:
        """To the row that matters most."""
        self._chosen, self.glass.listed, self.glass.other_half = None, None, False

    def _half(self) -> None:
        self.glass.other_half = not self.glass.other_half

    def _free(self, number: int) -> None:
        """A digit chooses what can be given at any time; Enter gives it."""
        free = [Pick("inject", one.inject.id) for one in self.board.free] + [Pick("write")]
        if self.board.begun and not self.board.over and 0 < number <= len(free):
            self._chosen = free[number - 1]

    def _pick(self) -> Pick | None:
        picks = self.picks()
        return picks[self._at(picks)] if picks else None

    def _enter(self) -> None:
        pick = self._pick()
        move = main_move(self.live.exercise, self.board, pick) if pick is not None else None
        if move is not None:
            self.begin(move)
        else:
            self.glass.said = self.speaking.say("screen-not-now")

    def _list(self) -> None:
        pick = self._pick()
        if pick is not None:
            self.glass.listed = moves_for(self.live.exercise, self.board, pick)
            self.glass.list_at = 0

    def _in_list(self, pressed: Pressed) -> bool:
        """Whether the key belongs to the list on Tab."""
        glass, listed = self.glass, self.glass.listed or ()
        does = KEYS.get(pressed.key)
        sign = pressed.digit or pressed.sign
        picked = [move for number, move in numbered(listed) if number == sign]
        if picked:
            self.begin(picked[0])
        elif pressed.digit:
            self.glass.said = self.speaking.say("screen-no-such", typed=pressed.digit)
        elif does in ("up", "down"):
            glass.list_at = min(max(glass.list_at + (1 if does == "down" else -1), 0), len(listed) - 1)
        elif does == "enter" and listed:
            self.begin(listed[glass.list_at])
        elif does in ("back", "list"):
            glass.listed = None
        else:
            return False
        return True

    # --- keys with a move of their own

    def _note(self) -> None:
        self.begin(note_move())

    def _freeze(self) -> None:
        if not (self.board.begun and not self.board.over and self.board.holds_trainer):
            self.glass.said = self.speaking.say("screen-not-now")
            return
        move = freeze_or_resume(self.live.exercise, self.board)
        if self.glass.asking is None:
            self.begin(move)
        elif move.id == "freeze":
            self._make(Asking(move))  # at once; what is being asked stays open

    def _real(self) -> None:
        if not self.board.over:
            self.begin(real_event_move())

    def _language(self) -> None:
        self.muster.switch_language()

    def _leave(self) -> None:
        self.submit(self.live.leave, lambda _: self.muster.leave(None), self._tell)

    # --- asking and doing

    def begin(self, move: Move) -> None:
        """Ask for what a move needs, then make it."""
        self.glass.listed = None
        self.glass.asking, self.glass.typed = Asking(move), ""
        self._next()

    def _next(self) -> None:
        asking = self.glass.asking
        if asking is not None and asking.ask is None:
            self._make(asking)

    def _type(self, pressed: Pressed) -> None:
        glass = self.glass
        if pressed.key == "escape":
            glass.asking, glass.typed = None, ""
        elif pressed.key == "f2":
            self.muster.switch_language()
        elif pressed.key in ("f12", "ctrl+c"):
            self._leave()
        elif pressed.key == "f5":
            self._freeze()
        elif pressed.key == "f9":
            self._real()
        elif pressed.key == "enter":
            self._answer()
        elif pressed.key == "backspace":
            glass.typed = glass.typed[:-1]
        elif pressed.sign:
            glass.typed += clean(pressed.sign)

    def _answer(self) -> None:
        glass, asking = self.glass, self.glass.asking
        if asking is None or asking.ask is None or self._busy:
            return
        ask = asking.ask
        said = self.speaking.answer(ask, glass.typed, asking.given)
        if said is None:
            glass.said = self.speaking.say("ask-choose" if ask.choices else "ask-must")
            return
        asking.given[ask.name] = said
        glass.typed = ""
        self._next()

    def _make(self, asking: Asking) -> None:
        """In the worker; what is refused leaves what was typed as it was."""
        self._busy = True
        last = list(asking.given)[-1:]
        self.submit(
            lambda: self.live.make(asking.move, asking.given),
            lambda board: self._made(asking, board),
            lambda error: self._refused(asking, last, error),
        )

    def _made(self, asking: Asking, board: Board) -> None:
        self._busy = False
        self.board = board
        self._chosen = None
        if self.glass.asking is asking:
            self.glass.asking = None
        self.glass.said = self.speaking.done(asking.move, asking.given)
        if board.how == "real-event" and asking.move.id == "real":
            self.muster.real_event(None, self.live.run)
            return
        if asking.move.then is not None and self.glass.asking is None:
            self.begin(asking.move.then())
        self.paint()

    def _refused(self, asking: Asking, last: list[str], error: BaseException) -> None:
        self._busy = False
        if not last and self.glass.asking is asking:
            self.glass.asking = None
        for name in last:
            # Asked once more, with what was typed: the sentence says what is wrong with it.
            self.glass.typed = asking.given.pop(name)
        self._tell(error)


def _content(board: Board) -> tuple[object, ...]:
    """What is worth painting anew for; times alone are the tick's."""
    return (
        board.stage,
        tuple((one.inject.id, one.standing, one.due, one.deliveries) for one in board.lines),
        tuple(one.finding.outcome for one in board.findings),
        board.ratings,
        len(board.notes),
        board.told,
        board.restored,
        board.acknowledged,
        board.players,
        board.holds_trainer,
        board.gap is None,
        board.trainer_silent,
        board.state_mark,
        board.real_runs,
    )
