"""Beginning an act at the screen, doing it when its fields are filled, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.acts import OPENING, Act
from engine.condition import ConditionFault, parse_duration
from engine.desk import Desk
from engine.text import clean
from tui import view
from tui.asking import Answers, Performed, Question, narrow, perform, pick
from tui.asking.when import When, ask_when
from tui.screens.begun import Aside, Begun
from tui.screens.field import FieldScreen
from tui.typed import pick_by_words
from tui.view import Offer

PASS_TIME = "pass-time"  # noqa: S105 - a verb
"""What only a rehearsal can do: let its clock run."""


DONE_BY = "done-by"
"""The act of the step in front, done by somebody else than who is noted."""


DONE_EARLIER = "done-earlier"
"""The act of the step in front, done at another time than now or known from paper."""


WARNED = (
    "do", "visit", "answer", "tell", "start", "tick", "sign", "try", "verify", *OPENING, DONE_BY, DONE_EARLIER,
)  # fmt: skip
"""Acts that are not done before the warning of their step was shown to its end."""


class DoingScreen(FieldScreen):
    """Somebody who acts."""

    # --- beginning

    def take(self, offer: Offer) -> None:
        """What stands behind a number or Enter: an act, another step, or another run."""
        if offer.run is not None:
            self._go_to(offer.run)
        elif offer.step is not None:
            self.put_in_front(offer.step)
        elif offer.act is not None:
            self.begin(offer.act, offer.preset)

    def put_in_front(self, step: str) -> None:
        """Another open step is the one in front from now on: a choice of the person, never recorded."""
        glass = self.glass
        glass.focus, glass.looking, glass.panel, glass.page = step, None, "step", 0
        self.say("screen-in-front", number=self.desk.state.graph.number[step])

    def begin(self, act: Act, preset: Mapping[str, Any] | None = None, when: When | None = None) -> None:
        """Ask for everything the act needs, then do it."""
        glass = self.glass
        if self._began is not None:
            self.say("screen-still-recording")
            return
        glass.panel, glass.page, glass.at, glass.typed = "step", 0, None, ""
        if act.verb in WARNED and not act.earlier and self.must_read(act.step):
            # Never done unseen: the step is put in front, with its warning.
            self.put_in_front(str(act.step))
            self.say("screen-read-first")
            return
        if act.verb == PASS_TIME:
            glass.asked, glass.question = act, Question((), self.look.say("screen-pass-how-long"))
            return
        if act.earlier and when is None:
            # Everybody is out: it is nothing to be done now, so what is asked first is when it was.
            glass.asked = act
            self.ask_aside(
                Aside(ask_when(self.look, act.step), lambda then: self._begin_then(act, preset, then))
            )
            return
        if act.verb == DONE_EARLIER:
            glass.asked = act
            self.ask_aside(Aside(ask_when(self.look), lambda when: self._done_earlier(act.step, when)))
            return
        if act.verb == DONE_BY:
            rows = [f"    {number}  {words}" for number, (_, words) in enumerate(self._everybody(), 1)]
            glass.asked, glass.question = act, Question(tuple(rows), self.look.say("screen-who"))
            return
        if act.step in self.desk.state.steps and act.step != self.current():
            glass.looking = None
        self.open_form(act, preset, when)

    # --- questions of the screen itself

    def answer_ours(self, said: str) -> None:
        """A question of the screen itself, not of an act."""
        asked = self.glass.asked
        if asked is not None and asked.verb == DONE_BY:
            self._done_by(said, asked.step)
        else:
            self._pass_time(said)

    def _everybody(self) -> list[tuple[str, str]]:
        """The people of the run, then those of the site."""
        state = self.desk.state
        names = dict.fromkeys([*state.people, *(one.id for one in state.graph.site.people)])
        return [(one, self.look.name(one)) for one in names]

    def _done_by(self, said: str, step: str | None) -> None:
        """The main act of the step, noted as done by whoever was chosen; nobody is chosen by Enter alone."""
        rows = self._everybody()
        person = pick(said, [name for name, _ in rows])
        found = [person] if person is not None else pick_by_words(said, rows) if said else []
        if len(found) != 1:
            self.say("not-a-choice", typed=clean(said) or "-")
            self.glass.typed = ""
            return
        self.shut()
        act = next((one for one in self.desk.possible() if one.main and one.step == step), None)
        if act is None:
            self.say("screen-gone")
        else:
            self.begin(act, {"by": found[0]})

    def _begin_then(self, act: Act, preset: Mapping[str, Any] | None, when: When) -> None:
        self.shut()
        self.begin(act, preset, when)

    def _done_earlier(self, step: str | None, when: When) -> None:
        """The main act of the step, as it was done then."""
        self.shut()
        act = next((one for one in self.desk.possible() if one.main and one.step == step), None)
        if act is None:
            self.say("screen-gone")
        else:
            self.begin(act, None, when)

    # --- doing

    def do_answered(self, answers: Answers, begun: Begun) -> None:
        desk, when = self.desk, begun.when

        def work() -> Performed:
            performed = perform(desk, answers, when.at, when.basis)
            desk.settle()
            return performed

        def then(performed: Performed) -> None:
            self._kept.pop(begun.act.key, None)
            if desk is self.desk:  # whoever has gone to another run meanwhile is led nowhere from there
                self._did(answers, begun)
            self._say_missing(performed)

        # Kept until it stands in the record: what is refused can be mended.
        self.keep(begun)
        self.write(work, then)

    def _say_missing(self, performed: Performed) -> None:
        """The act stands in the record; what was to follow from it does not."""
        missing, trouble = performed.missing, performed.trouble
        if missing is not None and trouble is not None:
            self.lost.wrote(trouble)
            said = self.look.say("follows-not", label=view.act_label(self.look, missing))
            self.glass.said = f"{said} {trouble.sentence(self.muster.language)}"

    def _did(self, answers: Answers, begun: Begun) -> None:
        """What an act leads to at this screen."""
        act, state, glass = answers.act, self.desk.state, self.glass
        if act.verb == "note":
            said = answers.given.get("text")
            self._known |= {one for one in self.news() if one.words(self.muster.language) == said}
        glass.looking, glass.page = None, 0
        if answers.went_back:
            self.say("cancelled")
        elif act.verb in OPENING:
            self._go_to(view.run_opened_by(state, act.step) or self.desk.run_id)
        elif act.verb in ("raise", "raise-again"):
            opened = [name for name in state.open_steps() if self._comes_after(name, act.step)]
            glass.focus = opened[0] if opened else glass.focus
        elif answers.then_end:
            self._end_abandoned()
        elif act.verb == "entry" and answers.given.get("answer") == "no":
            self.say("screen-entry-no")
        elif state.ended is not None and len(self._desks) > 1:
            self.go_back()

    def _end_abandoned(self) -> None:
        end = next((one for one in self.desk.possible() if one.verb == "end"), None)
        if end is not None:  # somebody else may have ended it meanwhile
            self.begin(end, {"target": "abandoned"})

    def _comes_after(self, step: str, watch: str | None) -> bool:
        return any(edge.earlier == watch for edge in self.desk.state.graph.into[step])

    def _go_to(self, run: str) -> None:
        """To another run: the one that opened this one, or one that this one has opened."""
        if len(self._desks) > 1 and self._desks[-2].run_id == run:
            self.go_back()
            return
        actor = self.desk.actor
        self._fetch(lambda: self.session.go_to(run, actor))

    def _fetch(self, work: Callable[[], Desk]) -> None:
        self.submit(work, lambda desk: self.enter_run(desk, "screen-into-child"), self._not_written)

    # --- the hand clock of a rehearsal

    def _pass_time(self, said: str) -> None:
        """Let the clock run, to what is due next or for so long; nothing is asked of anybody meanwhile."""
        try:
            length = parse_duration(narrow(said)) if said else None
        except ConditionFault as fault:
            self.glass.said = fault.sentence(self.muster.language)
            return
        desk, pass_time = self.desk, self.session.pass_time
        self.shut()
        if pass_time is not None:
            self.write(lambda: pass_time(desk, length), lambda _: None)
