"""A run at this screen: the record in one worker, what other terminals write, and painting what holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from engine.clocks import DRILL, alarms
from engine.desk import Desk
from engine.errors import MusterError
from engine.events import Entry
from engine.state import Child
from tui import view
from tui.frame.glass import WIDE, Glass
from tui.frame.rows import Frame
from tui.frame.told import told
from tui.frame.walk import inner_width, walk_frame
from tui.notices import Notice
from tui.screens.fresh import InSight
from tui.screens.in_a_drill import InADrill
from tui.screens.keys import AWAY_S
from tui.screens.logged import LOG_KEPT, LastAct, ToldLog
from tui.screens.lost import Lost
from tui.screens.news import News
from tui.screens.warned import Warned
from tui.screens.working import CLOCK_ROWS, POLL_S, TICK_S, WorkingScreen
from tui.view import Looking, Numbers, Offer, SevenBits
from tui.view.numbers import answers_among

if TYPE_CHECKING:
    from tui.session import Session

QUICK_S = 0.3
"""An append that comes back within this time is not worth two paintings of the card."""

SLOW_S = 5.0
"""After so long an append that has not come back is called not recorded."""


class SeatScreen(InADrill, WorkingScreen, inherit_bindings=False):
    """Somebody at a screen, before a run and the runs it has opened."""

    glass: Glass

    def __init__(self, session: Session, desk: Desk, last: str = "", step: str | None = None) -> None:
        """`step` is where whoever comes back stands, when that is not the step of the plan."""
        super().__init__()
        self.session = session
        self._desks = [desk]
        self._places: list[str | None] = []
        """The step at which each run below was left."""
        self._log: list[Entry] = []
        self._children: tuple[Child, ...] = ()
        self._open = set(desk.state.open_steps())
        self._began: float | None = None
        """When the append that is on its way was begun."""
        self._quick = False
        """The append that is on its way is expected back before anything is painted."""
        self._polling = False
        self._shown: tuple[Any, ...] = ()
        self._in_front: str | None = desk.current()
        self._warned = Warned()
        self._pages = 1
        self._told_log = ToldLog()
        self.lost = Lost()
        self._told: set[str] = set()
        """What was said once already of what is new about the record."""
        self._notices: tuple[Notice, ...] = ()
        self._known: set[Notice] = set()
        """What somebody has said here that they know."""
        self._last_act = LastAct(desk)
        self._behind = False
        self._numbers: dict[tuple[str, str | None], Numbers] = {}
        """What the numbers of a card stand for, by run and step."""
        self.in_sight = InSight()
        self.glass = Glass(unconfirmed=bool(last), last=last, focus=step)
        self._seated: float | None = None
        """When this screen came, in the seconds of `ticks`."""
        self._placed: tuple[object, ...] = ()
        """What was kept last of the step in front."""

    # --- what there is

    @property
    def desk(self) -> Desk:
        """The run in front of the person."""
        return self._desks[-1]

    @property
    def look(self) -> Looking:
        desk = self.desk
        make = SevenBits if self.muster.ascii_only else Looking
        return make(desk.state, desk.now(), self.muster.language, desk.actor, desk.beside, live=True)

    def current(self) -> str | None:
        """The step in front: the one the person has put there while it is open, else the one of the plan."""
        state, glass = self.desk.state, self.glass
        if glass.focus is not None and glass.focus not in [*state.open_steps(), *state.come_back()]:
            glass.focus = None
        return glass.focus or self.desk.current()

    def say(self, word_id: str, /, **facts: object) -> None:
        """One sentence of news under the card, until the next key."""
        self.glass.said = self.look.say(word_id, **facts)

    # --- life

    def on_mount(self) -> None:
        self.glass.one_language = len(self.muster.languages) == 1
        self._seated = self.muster.ticks()
        self.set_interval(TICK_S, self.tick)
        self.set_interval(POLL_S, self.poll)
        self.poll()

    def on_screen_suspend(self) -> None:
        """Another screen has come before this one."""
        self._behind = True

    def on_screen_resume(self) -> None:
        """Back from another screen: the same step, painted anew."""
        if self._behind:
            self._behind = False
            self.forget()
            self.paint()

    # --- painting

    def show_all(self) -> None:
        """Show what holds now; while an append is on its way that will soon be back, when it is."""
        if self._quick and not self.glass.said:
            return
        shown = self._drawn()
        self.canvas.show(shown.rows, shown.input_at)

    def show_clocks(self) -> None:
        """The clocks alone, unless there is something to be told."""
        before = self._shown
        self._see_to_absence()
        shown = self._drawn()
        if self._shown != before:
            self.canvas.show(shown.rows, shown.input_at)
        else:
            self.canvas.tick(shown.rows, CLOCK_ROWS)

    def _see_to_absence(self) -> None:
        """After so long without a key the first one only confirms the place; that it will stands there before it."""
        last = self._key_at if self._key_at is not None else self._seated
        if last is not None and self.muster.ticks() - last > AWAY_S and not self.types():
            self.glass.unconfirmed = True

    def _keep_place(self) -> None:
        """The step somebody has gone to is kept beside the record: a kill does not lead them elsewhere."""
        desk, step = self.desk, self.glass.focus
        placed = (desk.run_id, desk.actor, step, None if step is None else desk.state.lam)
        if placed != self._placed:
            self._placed = placed
            self.submit(lambda: self.session.keep_place(desk, step), lambda _: None, lambda _: None)

    def _drawn(self) -> Frame:
        glass, desk = self.glass, self.desk
        glass.record = self.record_state()
        with desk.lock:
            step, look = self.current(), self.look
            acts = desk.possible(look.now, look.once(alarms))
            glass.acts = acts
            offers = view.offers_of(look, acts, step)
            glass.choices = self._numbered(answers_among(offers), step)
            glass.rests = self._rests(step)
            glass.notices = [one.words(look.language) for one in self.news()]
            glass.troubles = self.lost.rows(look, glass.width)
            self.see_to_the_drill()
            glass.answers = self.answers_the_row(look)
            if self._last_act.entry is not None:
                glass.last = self._told_log.line(self.session, desk, look, self._last_act.entry)
            glass.log = (
                self._told_log.lines(self.session, desk, look, self._log) if glass.width >= WIDE else ()
            )
            read_on = self.must_read(step)
            shown = walk_frame(look, glass, step, self._enter_words(offers, step))
            self._saw(glass.looking or step, shown)
            if read_on and not self.must_read(step):
                # Its warning stands there whole: Enter is called after the act at once.
                shown = walk_frame(look, glass, step, self._enter_words(offers, step))
            standing = tuple(one.name for one in look.once(alarms))
        self._pages = shown.pages
        cards = tuple(one.alarm for one in glass.cards)
        self._shown = (
            *(standing, tuple(glass.notices), tuple(glass.troubles), glass.record, glass.said, step),
            *(cards, glass.drill[0][:12], glass.unconfirmed),
        )
        self._in_front = step
        self._keep_place()
        self._see(step, offers, (*standing, *cards))
        return shown

    def _numbered(self, choices: list[Offer], step: str | None) -> list[tuple[int, Offer]]:
        """The answers of a card; of two calls in turn each person has numbers of their own."""
        place = view.stands_in_front(self.desk.run_id, self.desk.state, step)
        numbers = self._numbers.setdefault(place, Numbers())
        return [(numbers.of(one), one) for one in choices]

    def _see(self, step: str | None, offers: list[Offer], alarms: tuple[str, ...]) -> None:
        """Remember since when what Enter does has been in sight, and every alarm."""
        glass, now = self.glass, self.muster.ticks()
        self.in_sight.alarms(alarms, now)
        if glass.panel == "step" and glass.looking is None and glass.question is None:
            act = (self.desk.run_id, step, offers[0].key if offers else None, glass.rests)
            self.in_sight.shows(act, now)

    def news(self) -> list[Notice]:
        """What is new about plan and record, and nobody has said here that they know."""
        return [one for one in self._notices if one not in self._known]

    def answers_the_row(self, look: Looking) -> bool:
        """Whether something in the list on Tab answers what stands in the alarm row."""
        return False

    def _saw(self, step: str | None, shown: Frame) -> None:
        if step is not None and (glass := self.glass).panel == "step" and glass.question is None:
            self._warned.drew(step, glass.page, (glass.width, glass.height), shown)

    def must_read(self, step: str | None) -> bool:
        """Whether a step warns of something that was not yet shown here to its end."""
        warns = step in self.desk.state.steps and self.desk.state.steps[step or ""].step.warn is not None
        return warns and step not in self._warned

    def _rests(self, step: str | None) -> bool:
        if step is None or step not in self.desk.state.steps:
            return False
        return view.rests(self.look, self.glass.acts, self.desk.state.steps[step])

    def _enter_words(self, offers: list[Offer], step: str | None) -> str:
        """What Enter does, in the words of a button."""
        look, glass = self.look, self.glass
        if glass.unconfirmed:
            return look.say("key-confirm")
        if glass.looking is not None:
            return look.say(
                "key-front" if glass.looking in self.desk.state.open_steps() else "key-to-current"
            )
        if self.must_read(step):
            return look.say("key-next-page")
        if glass.choices:
            picked = self.picked_choice()
            return look.say("key-digit") if picked is None else picked.label.partition("   ")[0]
        child = self.child_of(step)
        if child is not None:
            return look.say("screen-go-to", run=child.run, title=child.runbook)
        if glass.rests:
            return look.say("key-wait")
        if not offers and self.desk.state.ended is not None:
            return look.say("key-leave")
        return offers[0].label if offers else ""

    def picked_choice(self) -> Offer | None:
        """The answer whose digit was typed."""
        glass = self.glass
        number = int(glass.typed) if glass.typed.isdecimal() else 0
        return dict(glass.choices).get(number)

    def child_of(self, step: str | None) -> Child | None:
        """The run that a step has opened and that goes on."""
        one = self.desk.state.steps.get(step or "")
        run = one.child if one is not None else None
        return next((child for child in self._children if child.run == run), None)

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
        self.submit(whole, lambda done: self._written(done, then), self._not_written)

    def _no_longer_quick(self) -> None:
        if self._quick and self._began is not None:
            self._quick = False
            self.paint()

    def _written(self, done: tuple[Any, News], then: Callable[[Any], None]) -> None:
        self._began, self._quick = None, False
        self.lost.wrote(None)
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
        self.submit(lambda: self._catch_up(desk), self._caught_up, self._not_caught_up)

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

    def _caught_up(self, news: News) -> None:
        self._polling = False
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

    # --- from run to run

    def enter_run(self, desk: Desk, word: str) -> None:
        """Another run in front of the person; this one goes on meanwhile."""
        self._places.append(self.current())
        self._desks.append(desk)
        self._arrive(word)

    def go_back(self) -> None:
        """To the run that opened this one, at the step where it was left."""
        if len(self._desks) > 1:
            self._desks.pop()
            self._arrive("screen-back-from-child", self._places.pop())

    def _arrive(self, word: str, step: str | None = None) -> None:
        """At a run, and at the step of it where it was left."""
        glass = self.glass
        glass.focus, glass.looking, glass.panel, glass.page, glass.at = step, None, "step", 0, None
        glass.unconfirmed, glass.last, glass.typed = True, "", ""
        self._log, self._children, self._last_act = [], (), LastAct(self.desk)
        self._open = set(self.desk.state.open_steps())
        self.say(word, run=self.desk.run_id)
        self.forget()
        self.paint()
