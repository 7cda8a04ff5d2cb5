"""A run at this screen: painting what holds of it, what Enter does, and the way from one run to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.clocks import alarms
from engine.desk import Desk
from engine.state import Child
from tui import view
from tui.frame.glass import WIDE
from tui.frame.rows import Frame
from tui.frame.walk import walk_frame
from tui.notices import Notice
from tui.screens.fresh import InSight
from tui.screens.keys import AWAY_S
from tui.screens.logged import LastAct, ToldLog
from tui.screens.recording import RecordingScreen
from tui.screens.warned import Warned
from tui.screens.working import CLOCK_ROWS, POLL_S, TICK_S
from tui.view import Looking, Numbers, Offer
from tui.view.numbers import answers_among

if TYPE_CHECKING:
    from tui.session import Session


class SeatScreen(RecordingScreen):
    """Somebody at a screen, before a run and the runs it has opened."""

    def __init__(self, session: Session, desk: Desk, last: str = "", step: str | None = None) -> None:
        super().__init__(session, desk, last, step)
        self._places: list[str | None] = []
        """The step at which each run below was left."""
        self._shown: tuple[Any, ...] = ()
        self._warned = Warned()
        self._pages = 1
        self._told_log = ToldLog()
        self._behind = False
        self._numbers: dict[tuple[str, str | None], Numbers] = {}
        """What the numbers of a card stand for, by run and step."""
        self.in_sight = InSight()
        self._seated: float | None = None
        """When this screen came, in the seconds of `ticks`."""
        self._placed: tuple[object, ...] = ()
        """What was kept last of the step in front."""

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
        if view.leaves_by_enter(look):
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
