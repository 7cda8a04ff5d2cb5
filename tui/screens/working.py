"""What every screen beside the worker does alike: hand work over, take back what it brings, know a held key.

A Textual screen already is an object with a life of its own (it is mounted, sized, hears keys), so what all of
ours share is a screen too: the one base class of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.message import Message
from textual.screen import Screen

from tui.screens.keys import HELD_S, MAY_REPEAT, Pressed
from tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from tui.app import MusterApp

POLL_S = 0.5
TICK_S = 1.0

CLOCK_ROWS = (0, 1)
"""The rows whose clocks are painted at every tick."""


class Happened(Message):
    """Something another thread has finished; `then` runs here, where the screen may be touched."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self.then = then


class Sized(Protocol):
    """What a screen knows; its size is told by the terminal."""

    width: int
    height: int
    said: str
    """One sentence of news, until the next key."""


class WorkingScreen(Screen[None], inherit_bindings=False):
    """A canvas, one key after the other, and the one worker of the record beside them."""

    glass: Sized

    def __init__(self) -> None:
        super().__init__()
        self._key = Pressed("", "")
        self._key_at: float | None = None
        self._sized_early = False
        """The size was told before there was anything to paint on."""
        self.idle_s = 0.0
        """How long no key had been pressed before the last one."""

    @property
    def muster(self) -> MusterApp:
        """The app, as ours."""
        app: MusterApp = self.app  # type: ignore[assignment]  # the screens are made for no other app
        return app

    # --- painting

    def compose(self) -> ComposeResult:
        yield self.muster.canvas()

    def on_mount(self) -> None:
        """Now there is a canvas: what came too early to be painted is painted."""
        if self._sized_early:
            self._sized_early = False
            self.paint()

    def paint(self) -> None:
        """Show what holds now, while there is something to show it on."""
        if self.is_there():
            self.show_all()

    def tick(self) -> None:
        """A second has passed; before and after the screen nobody sees it."""
        if self.is_there():
            self.show_clocks()

    def show_all(self) -> None:
        """Every row anew; called only while there is a canvas."""
        raise NotImplementedError  # each screen paints its own; Textual's metaclass leaves no room for an ABC

    def show_clocks(self) -> None:
        """What a second has changed; called only while there is a canvas."""
        raise NotImplementedError  # as `show_all`

    @property
    def canvas(self) -> Canvas:
        return self.query_one(Canvas)

    def is_there(self) -> bool:
        """Whether there is something to paint on: what the worker brings may come when the screen is gone."""
        return bool(self.query(Canvas))

    def forget(self) -> None:
        """Everything is painted anew next time; a size may be told before there is anything to paint on."""
        if self.is_there():
            self.canvas.forget()

    def on_resize(self, event: Resize) -> None:
        self.glass.width, self.glass.height = event.size.width, event.size.height
        self._sized_early = not self.is_there()
        self.forget()
        self.paint()

    # --- the worker

    def submit(
        self, work: Callable[[], Any], then: Callable[[Any], None], trouble: Callable[[BaseException], None]
    ) -> None:
        """Do it in the worker; what follows runs as a message of this screen, and with it goes unheard."""
        self.muster.in_worker(work, then, trouble, lambda what: self.post_message(Happened(what)))

    def on_happened(self, happened: Happened) -> None:
        """Back in the thread of the screen."""
        happened.then()

    # --- a key

    def types(self) -> bool:
        """Whether a sign that is held down is typed again, as in any field."""
        return False

    def obey(self, pressed: Pressed) -> None:
        """What a key does here."""
        raise NotImplementedError  # as `paint`: each screen has its own table of keys

    def on_key(self, event: Key) -> None:
        """One key, one thing; a key that is held down counts once, but for those that only look or erase."""
        event.stop()
        event.prevent_default()
        pressed = Pressed(event.key, (event.character or "") if event.is_printable else "")
        if self._is_held(pressed) and not self._may_repeat(pressed):
            return
        self.glass.said = ""
        self.obey(pressed)
        if self.is_current:
            self.paint()

    def _may_repeat(self, pressed: Pressed) -> bool:
        """Digits make a number and never act by themselves: 88 typed fast is no 8 held down."""
        typed = bool(pressed.digit) or (bool(pressed.sign) and self.types())
        return typed or pressed.key in MAY_REPEAT

    def _is_held(self, pressed: Pressed) -> bool:
        now, before = self.muster.ticks(), self._key_at
        self.idle_s = 0.0 if before is None else now - before
        held = pressed == self._key and before is not None and self.idle_s < HELD_S
        self._key, self._key_at = pressed, now
        return held
