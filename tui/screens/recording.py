"""A run and its record at this screen: what is done here is written in the worker, what others write is taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from engine.clocks import DRILL
from engine.desk import Desk
from engine.errors import MusterError
from engine.events import Entry
from engine.state import Child
from tui import view
from tui.frame.glass import Glass
from tui.frame.told import told
from tui.frame.walk import inner_width
from tui.notices import Notice
from tui.screens.in_a_drill import InADrill
from tui.screens.logged import LOG_KEPT, LastAct
from tui.screens.lost import Lost
from tui.screens.news import News
from tui.screens.working import WorkingScreen
from tui.view import Looking, SevenBits

if TYPE_CHECKING:
    from tui.session import Session

QUICK_S = 0.3
"""An append that comes back within this time is not worth two paintings of the card."""

SLOW_S = 5.0
"""After so long an append that has not come back is called not recorded."""


class RecordingScreen(InADrill, WorkingScreen, inherit_bindings=False):
    """A screen before a run and those that it has opened, with the one worker that holds their record."""

    glass: Glass

    def __init__(self, session: Session, desk: Desk, last: str = "", step: str | None = None) -> None:
        """`step` is where whoever comes back stands, when that is not the step of the plan."""
        super().__init__()
        self.session = session
        self._desks = [desk]
        self._log: list[Entry] = []
        self._children: tuple[Child, ...] = ()
        self._open = set(desk.state.open_steps())
        self._began: float | None = None
        """When the append that is on its way was begun."""
        self._quick = False
        """The append that is on its way is expected back before anything is painted."""
        self._polling = False
        self._in_front: str | None = desk.current()
        self.lost = Lost()
        self._told: set[str] = set()
        """What was said once already of what is new about the record."""
        self._notices: tuple[Notice, ...] = ()
        self._known: set[Notice] = set()
        """What somebody has said here that they know."""
        self._last_act = LastAct(desk)
        self.glass = Glass(unconfirmed=bool(last), last=last, focus=step)

    # --- what there is

    @property
    def desk(self) -> Desk:
        """The run in front of the person."""
        return self._desks[-1]

    @property
    def look(self) -> Looking:
        desk = self.desk
        make = SevenBits if self.muster.ascii_only else Looking
        language, actor = self.muster.language, desk.actor
        around = desk.beside, True, desk.across, desk.endings()
        return make(desk.state, desk.now(), language, actor, *around)

    def current(self) -> str | None:
        """The step in front: the one the person has put there while it is open, else the one of the plan."""
        state, glass = self.desk.state, self.glass
        if glass.focus is not None and glass.focus not in [*state.open_steps(), *state.come_back()]:
            glass.focus = None
        return glass.focus or self.desk.current()

    def say(self, word_id: str, /, **facts: object) -> None:
        """One sentence of news under the card, until the next key."""
        self.glass.said = self.look.say(word_id, **facts)

    # --- the record

    def record_state(self) -> Literal["saved", "recording", "not-recorded"]:
        """Whether what was done at this screen stands in the record."""
        if self._began is not None:
            slow = self.muster.ticks() - self._began > SLOW_S
            return "not-recorded" if slow else "recording"
        return "not-recorded" if self.lost.record is not None else "saved"

    def write(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Append in the worker; `then` runs when it stands in the record."""
        self._began, desk = self.muster.ticks(), self.desk

        def whole() -> tuple[Any, News]:
            done = work()
            return done, self._look_up(desk, [])

        self._quick = True
        self.set_timer(QUICK_S, self._no_longer_quick)
        self.submit(whole, lambda done: self._written(desk, done, then), self._not_written)

    def _no_longer_quick(self) -> None:
        if self._quick and self._began is not None:
            self._quick = False
            self.paint()

    def _written(self, desk: Desk, done: tuple[Any, News], then: Callable[[Any], None]) -> None:
        self._began, self._quick = None, False
        self.lost.wrote(None)
        if desk is self.desk:
            self._take(done[1])
        then(done[0])
        self.paint()

    def _not_written(self, error: BaseException) -> None:
        self._began, self._quick = None, False
        self.lost.failed(error)
        self.tell(error)
        # Somebody else was faster: the next Enter must not act on a step that nobody has looked at.
        self.glass.unconfirmed = self.glass.unconfirmed or self.current() != self._in_front
        self.paint()

    def poll(self) -> None:
        """Twice a second: what others wrote, and what the clock has brought about."""
        if self._polling or self._began is not None:
            return
        self._polling, desk = True, self.desk
        self.submit(
            lambda: self._catch_up(desk), lambda news: self._caught_up(desk, news), self._not_caught_up
        )

    def _catch_up(self, desk: Desk) -> News:
        above = desk.above.state.last if desk.above is not None else None
        self.session.is_here(desk)
        arrival = desk.refresh()
        settled = desk.settle()
        news = self._look_up(desk, settled)
        if desk.above is not None and desk.above.state.last is not above:
            news = replace(news, above=True)
        if desk.state.kind == DRILL:
            news = replace(news, trainer_age=self.session.trainer_age(desk))
        if arrival is None:
            return news
        return replace(news, arrived=arrival.count, replayed=arrival.replayed)

    def _look_up(self, desk: Desk, settled: Iterable[Entry]) -> News:
        """In the worker: what the screen shows of the record beside the state."""
        since = self._log[-1].pos if self._log and desk is self.desk else 0
        log = desk.record.entries(desk.run_id, since)
        chosen = self.glass.focus if desk is self.desk else None
        trouble = self.session.stands(desk, self.muster.language, chosen)
        desk.look_beside()
        children, notices = tuple(desk.open_children()), self.session.notices(desk)
        return News(0, False, tuple(settled), tuple(log), children, trouble, notices)

    def _caught_up(self, desk: Desk, news: News) -> None:
        self._polling = False
        if desk is not self.desk:
            return  # whoever has gone to another run meanwhile is told nothing of this one as if it were that
        before = self._in_front
        changed = bool(news.arrived or news.settled or news.above or news.children != self._children)
        changed = changed or news.notices != self._notices
        self.trainer_age = news.trainer_age
        self._take(news)
        if news.arrived and (news.replayed or not self.only_cards(news.log[-news.arrived :])):
            self.say("replayed" if news.replayed else "merged", count=news.arrived)
            self.glass.unconfirmed = self.glass.unconfirmed or self.current() != before
        if changed or news.log:
            self.paint()

    def _not_caught_up(self, error: BaseException) -> None:
        self._polling = False
        if not self.glass.said:
            self.tell(error)
            self.paint()

    def tell(self, error: BaseException) -> None:
        """What went wrong, in the rows of news; what to do about it is never cut off. A fault of ours is raised."""
        if not isinstance(error, MusterError):
            raise error
        self.glass.said = told(error, self.muster.language, inner_width(self.glass))

    def _take(self, news: News) -> None:
        self._last_act.took(news.log)
        self._log = [*self._log, *news.log][-LOG_KEPT:]
        self._children, self._notices = news.children, news.notices
        self._see_to_watches()
        if news.trouble is not None and self.lost.sheet is None:
            self.tell(news.trouble)
        self.lost.sheet = news.trouble
        for said in news.grave(self._told, self.muster.language):
            self.glass.said = said

    def _see_to_watches(self) -> None:
        """A step of theirs that a watch has just opened comes before everything else."""
        state, opened = self.desk.state, set(self.desk.state.open_steps())
        roles = set(state.roles_of(self.desk.actor))
        for name in sorted(opened - self._open, key=state.graph.number.__getitem__):
            if roles & set(state.graph.steps[name].roles) and view.watches_before(state.graph, name):
                self.glass.focus, self.glass.unconfirmed = name, True
                break
        self._open = opened
