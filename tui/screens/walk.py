"""The walk screen: one run, driven by keys. Everything it shows comes from `frame`; every act from `Desk.possible`."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message
from textual.screen import Screen

from engine.acts import Act
from engine.desk import Arrival, Desk
from engine.errors import MusterError, RecordTrouble
from engine.text import clean
from tui import frame
from tui.asking import Answers, Asking, Question, Questions, perform
from tui.frame import Glass
from tui.view import Looking
from tui.widgets.canvas import Canvas

POLL_S = 0.5
TICK_S = 1.0
SLOW_S = 5.0
"""After so long an append that has not come back is called not recorded."""
HELD_S = 0.4
"""A held key counts once."""

class Happened(Message):
    """Something another thread has finished; `then` runs here, where the screen may be touched."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self.then = then


class WalkScreen(Screen[None], inherit_bindings=False):
    """One run at this terminal."""

    def __init__(
        self, desk: Desk, questions_for: Callable[[Looking], Questions], go_to: Callable[[str], Desk]
    ) -> None:
        super().__init__()
        self.desk = desk
        self._parents: list[Desk] = []
        self._questions_for = questions_for
        self._go_to = go_to
        self._glass = Glass(unconfirmed=desk.state.last is not None)
        self._asking: Asking | None = None
        self._job: Future[Any] | None = None
        self._job_began = 0.0
        self._last_enter = 0.0

    # --- life

    def compose(self) -> ComposeResult:
        yield Canvas(self.app.style_of)  # type: ignore[attr-defined]

    def on_mount(self) -> None:
        self.set_interval(TICK_S, self._tick)
        self.set_interval(POLL_S, self._poll)

    def on_resize(self, event: events.Resize) -> None:
        self._glass.width, self._glass.height = event.size.width, event.size.height
        self._canvas.forget()
        self.paint()

    @property
    def _canvas(self) -> Canvas:
        return self.query_one(Canvas)

    @property
    def look(self) -> Looking:
        desk = self.desk
        return Looking(desk.state, desk.now(), self.app.language, desk.actor)  # type: ignore[attr-defined]

    def paint(self) -> None:
        """Show what holds now; the canvas sends only what changed."""
        with self.desk.lock:
            if self._glass.panel != "acts":
                self._glass.acts = self.desk.possible()
            shown = frame.walk_frame(self.look, self._glass, self.desk.current())
        self._canvas.show(shown.rows)
        if shown.input_at is not None:
            row, column = shown.input_at
            # Where an input method opens its window.
            self.app.cursor_position = Offset(column, row)

    def _tick(self) -> None:
        if self._job is not None and time.monotonic() - self._job_began > SLOW_S:
            self._glass.record = "not-recorded"
        self.paint()

    # --- the record, in the desk's one worker

    def _poll(self) -> None:
        if self._job is None:
            self._submit(self._catch_up, self._caught_up, quiet=True)

    def _catch_up(self) -> Arrival | None:
        arrival = self.desk.refresh()
        self.desk.settle()
        return arrival

    def _caught_up(self, arrival: Arrival | None) -> None:
        if arrival is not None:
            self._glass.said = self.look.say("merged", count=arrival.count, journals="")
            self.paint()

    def _submit(self, work: Callable[[], Any], then: Callable[[Any], None], quiet: bool = False) -> None:
        if not quiet:
            self._glass.record = "recording"
        self._job_began = time.monotonic()
        self._job = self.app.worker.submit(work)  # type: ignore[attr-defined]
        self._job.add_done_callback(
            lambda done: self._later(lambda: self._finished(done, then, quiet))
        )

    def _later(self, then: Callable[[], None]) -> None:
        """Called in any thread: `then` runs where the screen may be touched."""
        self.post_message(Happened(then))

    def on_happened(self, happened: Happened) -> None:
        happened.then()

    def _finished(self, done: Future[Any], then: Callable[[Any], None], quiet: bool) -> None:
        self._job = None
        error = done.exception()
        if isinstance(error, RecordTrouble):
            self._glass.record = "not-recorded"
            self._glass.said = error.sentence(self.app.language)  # type: ignore[attr-defined]
        elif isinstance(error, MusterError):
            self._glass.record = "saved"
            self._glass.said = error.sentence(self.app.language)  # type: ignore[attr-defined]
        elif error is not None:
            raise error
        else:
            self._glass.record = "saved"
            then(done.result())
        if not quiet or error is not None:
            self.paint()

    # --- keys

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if self._glass.said:
            self._glass.said = ""
        action = self._typing(event) if self._glass.question is not None else None
        if action is None:
            action = KEYS.get(event.key)
        if action is not None:
            getattr(self, f"_{action}")()
        elif event.character and event.character.isdigit() and self._glass.panel == "acts":
            self._choose(int(event.character))
        self.paint()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self._glass.question is not None:
            self._glass.typed += clean(event.text.split("\n")[0])
            self.paint()

    def _typing(self, event: events.Key) -> str | None:
        """While a question is open, signs belong to it; Tab and the F-keys still work."""
        glass = self._glass
        if event.key == "enter":
            return "answer"
        if event.key == "escape":
            return "cancel"
        if event.key == "backspace":
            glass.typed = glass.typed[:-1]
            return "nothing"
        if event.key in ("tab", "shift+tab") or event.key.startswith("f"):
            return None if event.key != "f" else self._type(event)
        return self._type(event)

    def _type(self, event: events.Key) -> str:
        if event.character and event.is_printable:
            self._glass.typed += clean(event.character)
        return "nothing"

    def _nothing(self) -> None:
        """The key has done what it does."""

    # --- acting

    def _act(self) -> None:
        now = time.monotonic()
        held, self._last_enter = now - self._last_enter < HELD_S, now
        if held or self._job is not None and self._glass.record == "recording":
            return
        if self._glass.unconfirmed:
            self._glass.unconfirmed = False
            return
        if self._glass.panel != "step" or self._glass.looking is not None:
            self._back()
            return
        main = next((act for act in self.desk.possible() if act.main and act.step in (self.desk.current(), None)), None)
        entry = next((act for act in self.desk.possible() if act.verb == "entry"), None)
        if entry or main:
            self._begin(entry or main)  # type: ignore[arg-type]

    def _begin(self, act: Act) -> None:
        """Ask for everything an act needs, then do it."""
        asking = self._questions_for(self.look).ask_for(act)
        self._asking = asking
        self._glass.panel, self._glass.typed = "step", ""
        self._advance(lambda: next(asking))

    def _answer(self) -> None:
        asking = self._asking
        if asking is not None:
            said, self._glass.typed = self._glass.typed.strip(), ""
            self._advance(lambda: asking.send(said))

    def _advance(self, step: Callable[[], Question]) -> None:
        """The next question; when all are answered the act is done."""
        try:
            with self.desk.lock:
                self._glass.question = step()
        except StopIteration as done:
            self._glass.question, self._asking = None, None
            self._do(done.value)

    def _do(self, answers: Answers) -> None:
        desk = self.desk
        self._submit(lambda: self._done_by(desk, answers), lambda _: self._did(answers.act))

    def _done_by(self, desk: Desk, answers: Answers) -> None:
        perform(desk, answers)
        desk.settle()

    def _did(self, act: Act) -> None:
        if act.verb == "open-child":
            child = list(self.desk.state.children.values())[-1]
            self._parents.append(self.desk)
            self.desk = self._go_to(child.run)
            self._glass.unconfirmed = True
        elif self.desk.state.ended is not None and self._parents:
            self.desk = self._parents.pop()
            self._glass.unconfirmed = True

    def _cancel(self) -> None:
        """Esc closes the question; nothing was recorded."""
        if self._asking is not None:
            self._asking.close()
        self._asking, self._glass.question = None, None
        self._glass.said = self.look.say("cancelled")

    def _list(self) -> None:
        """Tab: every act allowed now, by number."""
        if self._glass.panel == "acts":
            self._glass.panel = "step"
            return
        self._glass.acts, self._glass.top, self._glass.panel = self.desk.possible(), 0, "acts"

    def _choose(self, number: int) -> None:
        index = self._glass.top + number - 1
        if 0 < number <= 9 and index < len(self._glass.acts):
            self._begin(self._glass.acts[index])

    def _of_current(self, verb: str) -> None:
        """Begin an act of the current step by its verb, when it is allowed."""
        current = self.desk.current()
        act = next((one for one in self.desk.possible() if one.verb == verb and one.step in (current, None)), None)
        if act is None:
            self._glass.said = self.look.say("not-now")
        else:
            self._begin(act)

    def _fail(self) -> None:
        self._of_current("fail")

    def _defer(self) -> None:
        self._of_current("defer")

    def _note(self) -> None:
        self._of_current("note")

    # --- looking

    def _back(self) -> None:
        self._glass.looking, self._glass.panel, self._glass.top = None, "step", 0

    def _move(self, by: int) -> None:
        glass = self._glass
        if glass.panel != "step":
            glass.top = max(0, glass.top + by)
            if glass.panel == "acts":
                glass.top = min(glass.top, max(len(glass.acts) - 1, 0))
            return
        names = frame.on_the_road(self.look)
        focus = glass.looking or self.desk.current()
        index = names.index(focus) if focus in names else 0
        glass.looking = names[min(max(index + by, 0), len(names) - 1)] if names else None

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _page_up(self) -> None:
        self._move(-8)

    def _page_down(self) -> None:
        self._move(8)

    def _first(self) -> None:
        self._move(-100_000)

    def _last(self) -> None:
        self._move(100_000)

    def _map(self) -> None:
        self._glass.panel = "step" if self._glass.panel == "map" else "map"
        self._glass.top = 0

    def _why(self) -> None:
        self._glass.panel = "step" if self._glass.panel == "why" else "why"
        self._glass.top = 0

    def _language(self) -> None:
        self.app.switch_language()  # type: ignore[attr-defined]

    def _emergency(self) -> None:
        self.app.go_home()  # type: ignore[attr-defined]

    def _leave(self) -> None:
        self.app.exit()


KEYS = {
    "enter": "act",
    "tab": "list",
    "up": "up",
    "k": "up",
    "down": "down",
    "j": "down",
    "pageup": "page_up",
    "pagedown": "page_down",
    "space": "page_down",
    "home": "first",
    "end": "last",
    "escape": "back",
    "f4": "back",
    "f2": "language",
    "f3": "note",
    "n": "note",
    "f5": "fail",
    "x": "fail",
    "f6": "defer",
    "d": "defer",
    "f7": "why",
    "question_mark": "why",
    "f8": "map",
    "m": "map",
    "f9": "emergency",
    "e": "emergency",
    "f12": "leave",
    "q": "leave",
    "ctrl+c": "leave",
}
"""What each key does on the walk screen; vital keys need no letter."""

