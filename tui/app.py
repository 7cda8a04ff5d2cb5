"""The app on the screen: home and walk over one store. Imported only after `boot` has prepared the terminal.

Nothing heavy is imported here: the first frame is on the terminal before plan book and store are opened.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual.app import App
from textual.screen import Screen

from tui.driver import Driver
from tui.locale.screen import SCREEN
from tui.screens.opening import OpeningScreen
from tui.theme import style_of
from tui.widgets.canvas import Canvas
from tui.widgets.pen import fills_ground

if TYPE_CHECKING:
    from engine.desk import Desk
    from tui.frame.home_glass import Incident
    from tui.screens.walk import WalkScreen, WayBack
    from tui.session import Sat, Session


class MusterApp(App[None], inherit_bindings=False):
    """One terminal."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    CSS = "Screen { background: ansi_default; }"

    def __init__(
        self,
        prepare: Callable[[], Session],
        language: str,
        palette: str,
        *,
        ascii_only: bool = False,
        languages: Sequence[str] = ("zh", "en"),
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """`prepare` opens plan book and record, in another thread; `ticks` are seconds that only go forward.

        `languages` are those that this terminal shows.
        """
        super().__init__(driver_class=Driver, ansi_color=True)
        self.language = language
        self.languages = tuple(dict.fromkeys((language, "en"))) if ascii_only else languages
        self.style_of = style_of(palette)
        self.ascii_only = ascii_only
        self.ticks = ticks
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="record")
        """The one thread in which anything is read from or written to the record."""
        self.session: Session | None = None
        self.others: list[Session] = []
        """Sessions that another one has taken the place of: a rehearsal, when the real thing came."""
        self.left: Desk | None = None
        """The run that the person has left; it goes on."""
        self.beside: list[WayBack] = []
        """The other runs of this terminal, which go on too."""
        self.error: BaseException | None = None
        """What made the app end; it is raised again where the terminal is whole."""
        self.record = "saved"
        """How the record stood when a fault made the app end; `left` is then the run that was walked."""
        self._awaits_real = False
        self._prepare = prepare
        self._erases = fills_ground(os.environ, palette)

    def get_default_screen(self) -> Screen[Any]:
        return OpeningScreen()

    def on_mount(self) -> None:
        # After the first frame: it is what the person waits for.
        self.call_after_refresh(self._begin)

    def opening_words(self) -> str:
        """What is being done before there is anything to show."""
        return SCREEN["home-opening"].of(self.language)

    def switch_language(self) -> bool:
        """The other language, everywhere at once; False where this terminal cannot show it."""
        other = "en" if self.language == "zh" else "zh"
        if other in self.languages:
            self.language = other
        return self.language == other

    # --- painting

    def canvas(self) -> Canvas:
        """A canvas on this terminal."""
        send = None if self.is_headless else self.send
        return Canvas(
            self.style_of, ascii_only=self.ascii_only, erases=self._erases, send=send, held=self._is_held
        )

    def _is_held(self) -> bool:
        """Whether frames wait for a slow line, or for one another."""
        return self._batch_count > 0

    def send(self, data: str) -> None:
        """To the terminal, at once."""
        if self._driver is not None and self._running:
            self._driver.write(data)
            self._driver.flush()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Where the terminal library would paint, our canvas does: see `widgets.pen`."""
        found = screen.query(Canvas)
        if self.is_headless or not found or renderable is None:
            super()._display(screen, renderable)
        elif not self._is_held():
            found.first().send()

    # --- the worker

    def in_worker(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        trouble: Callable[[BaseException], None],
        back: Callable[[Callable[[], None]], object] | None = None,
    ) -> None:
        """Do it in the worker; `back` brings what follows to whoever asked: the app, where nothing is said."""
        to_us = back or self.call_later

        def finished(done: Future[Any]) -> None:
            if done.cancelled():
                return
            error = done.exception()
            to_us(lambda: then(done.result()) if error is None else trouble(error))

        self.worker.submit(work).add_done_callback(finished)

    def finish_record(self) -> None:
        """Wait for all that was handed to the worker; called when the app is gone and can hand over no more.

        Nothing is cancelled: an append that stands behind a look at the record is what somebody has just done.
        """
        self.worker.shutdown(wait=True)

    # --- from screen to screen

    def _begin(self) -> None:
        self.in_worker(self._made, self._prepared, self.fail)

    def _made(self) -> Session:
        """In the worker: the session, as this terminal can show it."""
        session = self._prepare()
        session.ascii_only = self.ascii_only
        if session.ascii_only and session.runs_first:
            session.runs_first = session.open_runs()  # whoever takes part is called as it can be written here
        return session

    def _prepared(self, session: Session) -> None:
        from tui.frame.home_glass import HomeGlass
        from tui.screens.home import HomeScreen
        from tui.screens.walk import WalkScreen

        self.session = session
        session.watch(is_headless=self.is_headless)
        if session.live is not None:
            from tui.screens.console import ConsoleScreen

            self.push_screen(ConsoleScreen(session, session.live))
            return
        if session.sat is not None:
            self.push_screen(WalkScreen(session, session.sat.desk, session.sat.last, session.sat.step))
            return
        self.push_screen(HomeScreen(session, session.wanted(), self._glass(session, HomeGlass)))

    def _glass(self, session: Session, make: Callable[..., Any]) -> Any:
        return make(
            site=session.site(),
            zone=session.zone(),
            who=session.person_name(),
            runs=session.runs_first,
            faults=session.fault_count,
        )

    def sit_down(self, home: Screen[Any], sat: Sat) -> None:
        """The run that was chosen, in front of the person."""
        from tui.screens.walk import WalkScreen

        below = [one for one in self.screen_stack if isinstance(one, WalkScreen)]
        known = next((one for one in below if one.desk.run_id == sat.desk.run_id), None)
        if known is not None:
            while self.screen is not known:
                self.pop_screen()
            # Whoever meant a watch and typed its digit without the 0 must know that nobody heard of it.
            known.say("screen-back-unreported")
            known.paint()
            return
        session = getattr(home, "session", self.session)
        self.switch_screen(WalkScreen(session, sat.desk, sat.last, sat.step))

    def emergency(self, desk: Desk, incident: Incident) -> None:
        """What may be reported in this run, and other procedures; or from a rehearsal the real thing.

        The run goes on behind the list.
        """
        session = self.session
        assert session is not None
        if session.real is None and desk.state.kind in ("R", "P"):
            self._over(session, "emergency", desk, incident)
        elif session.real is None:
            self._over(session, "real", desk)
        elif not self._awaits_real:
            # Pressed twice it is opened once.
            self._awaits_real = True
            real = session.real
            self.in_worker(real, lambda made: self._over(made, "real", desk), self._not_real)

    def real_event(self, desk: Desk | None, drill: str) -> None:
        """A drill was stopped by a real event: the list of emergencies, at once, over what is left of the drill."""
        session = self.session
        assert session is not None
        session.stopped = drill
        self._over(session, "real", desk)

    def _not_real(self, error: BaseException) -> None:
        self._awaits_real = False
        screen: WalkScreen = self.screen  # type: ignore[assignment]  # only from there
        screen.tell(error)
        screen.paint()

    def _over(self, session: Session, how: str, desk: Desk | None, incident: Incident | None = None) -> None:
        from tui.frame.home_glass import HomeGlass
        from tui.screens.home import HomeScreen, Wanted

        self._awaits_real, session.ascii_only = False, self.ascii_only
        if self.session is not None and self.session is not session:
            # One watchdog for one terminal; it is told of the real run from now on.
            session.heart = self.session.heart
            self.others.append(self.session)
        self.session = session
        glass = self._glass(session, HomeGlass)
        glass.over, glass.incident = how, incident
        # What was read before the walk is old by now: nothing is said of the runs until they were read anew.
        glass.runs, glass.reads = [], True
        home = HomeScreen(session, Wanted() if desk is None else session.wanted_after(desk), glass)
        if how == "real" and desk is not None:
            home.expected = desk.state.graph.runbook.id
        walk: WalkScreen = self.screen  # type: ignore[assignment]  # only from there with an incident
        home.reports = walk.report if incident is not None else None
        self.push_screen(home)

    def leave(self, desk: Desk | None) -> None:
        """The person leaves; the run goes on, and so do those that stand behind it at this terminal."""
        self.left, self.beside = desk, self._runs_beside(desk)
        self.exit()

    def _runs_beside(self, left: Desk | None) -> list[WayBack]:
        """The other runs of this terminal that go on, the latest first."""
        walks: list[Any] = [one for one in self.screen_stack if hasattr(one, "going_on")]
        known = {one.run: one for walk in walks for one in reversed(walk.going_on())}
        out = left.run_id if left is not None else None
        return [one for run, one in reversed(known.items()) if run != out]

    def fail(self, error: BaseException) -> None:
        """End, and raise this where the terminal is whole again."""
        self.error = error
        self.exit()

    def _handle_exception(self, error: Exception) -> None:
        """A fault of ours: end. The terminal library would print every value on its way, names and PINs too."""
        self._return_code = 1
        if self.error is None:
            self.error = self._exception = error
            self._remember_the_record()
        self._close_messages_no_wait()
        self._exception_event.set()

    def _remember_the_record(self) -> None:
        """Which run stood before the person, and whether what they did last is in the record."""
        walked = next((one for one in reversed(self._screen_stack) if hasattr(one, "record_state")), None)
        if walked is not None:
            self.left, self.record = walked.desk, walked.record_state()
