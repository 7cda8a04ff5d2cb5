"""Asks for what an act needs, does it, and lets it be mended when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from engine.acts import OPENING, Act
from engine.errors import MusterError, RecordTrouble, Refused
from engine.events import Entry, WarningShown
from engine.messages import message_for
from engine.state import held_back
from tui import view
from tui.asking import Answers, Asker, Cancelled, Performed, Taken, perform
from tui.asking.answers import on_basis
from tui.asking.fields import Fields, Instead
from tui.asking.when import ask_when, too_late
from tui.plain.seat import Seat
from tui.terminal import unbroken
from tui.typed import narrow

WITH_WARNING = ("do", "visit", "answer", "tell", "start", "tick", "sign", "refuse", "try", *OPENING)
"""Acts that carry the warning of their step."""

SAID_BACK = (("report", None), ("level", None))
"""Acts about the whole run that nothing else keeps from being done by a wrong number; the end has its word."""


class Doing(Seat):
    """Somebody who acts."""

    _taken = 0
    """How many entries were written while the present act was asked for."""

    _is_too_late = False
    """It was refused because everybody was out by then."""

    _answered: Answers | None = None
    """What was given for the act that is asked for; None while something is still asked."""

    def do(
        self,
        act: Act,
        preset: Mapping[str, Any] | None = None,
        at: datetime | None = None,
        basis: str = "asserted",
    ) -> None:
        """Ask for everything the act needs and do it. What is refused can be mended: nothing typed is lost."""
        again: Mapping[str, str] | None = None
        ask: Callable[[], Answers] | None = None
        offered: Act | None = act
        self._taken = 0
        self._show_step_of(act)
        try:
            while offered is not None:
                asker = self._asker(at, basis)
                asker.title, asker.title_at = self._title_of(act), self.turn_at
                if self._is_done(ask or partial(asker.ask_for, offered, preset, again), at, basis):
                    return
                again, ask = asker.typed or again, None
                offered = self._mend(offered, again or {})
                if offered is not None and self._answered is not None and self._is_too_late:
                    # Only when it was is wrong: nothing else is asked once more.
                    at, ask = self._when_before(offered), partial(replace, self._answered)
        except Cancelled:
            self._say_cancelled()
        except Instead as instead:
            self._say_cancelled()
            self.typed_ahead = narrow(instead.typed)

    def _is_done(self, ask: Callable[[], Answers], at: datetime | None, basis: str) -> bool:
        """Ask, do, and go on to what follows; False when that could not be, and the person was told why."""
        self._answered = None
        try:
            answers = self._answered = ask()
            if answers.act.key in SAID_BACK and not self._is_meant(answers):
                raise Cancelled
            with unbroken():
                self._note_warning(answers.act, answers.given.get("by"), at)
                performed = perform(self.desk, answers, at, basis)
        except MusterError as error:
            self._is_too_late = error.id == "everybody-out"
            self._say_refused(error)
            return False
        self._say_recorded(performed.entries[-1:])
        self._say_missing(performed)
        self._after(answers)
        return True

    def is_before_out(self, act: Act, at: datetime | None) -> bool:
        """Whether that moment lies before everybody was called out; why not, is said."""
        out = held_back(self.desk.state, act.step or "")
        if at is None or out is None:
            return at is not None
        if at >= out.since:
            self.terminal.show(f"  {too_late(Fields(self.look), act.step or '', out)}")
        return at < out.since

    def _when_before(self, act: Act) -> datetime | None:
        """When it was done, asked anew. Raises Cancelled when the person gives up."""
        when = self.ask(ask_when(self.look, act.step), zero=True)
        if when is None:
            raise Cancelled
        return when.at

    def _is_meant(self, answers: Answers) -> bool:
        """What weighs on the whole run is said back, as the record would say it, before it is recorded."""
        look = self.look
        said = [
            look.text(dict(need.choices).get(str(value), str(value)))
            for need in answers.act.needs
            if (value := answers.given.get(need.name))
        ]
        what = look.labelled(look.say(f"act-{answers.act.verb}"), look.join(said))
        return bool(self.ask(Fields(look).yes("sure", look.say("said-back", what=what)), zero=True))

    def _note_warning(self, act: Act, by: str | None, at: datetime | None) -> None:
        """A warning was seen when it was shown, not when the act behind it was typed to its end.

        What was done earlier than it is entered keeps the moment of its act, as does what did not fit the terminal.
        """
        one = self.desk.state.steps.get(act.step or "")
        shown_at = self.shown_at.get((self.desk.run_id, act.step or ""))
        if at is not None or one is None or shown_at is None or one.warned or one.step.warn is None:
            return
        if one.opened_at is not None and act.verb in WITH_WARNING:
            self.desk.propose([WarningShown(one.step.id, by=by)], at=max(shown_at, one.opened_at))

    def _say_refused(self, error: MusterError) -> None:
        """Why nothing was recorded; where the record itself has failed, the person takes to paper."""
        loud = [self.look.say("not-recorded")] if isinstance(error, RecordTrouble) else []
        self.terminal.show([*loud, error.sentence(self.language)])

    def _say_missing(self, performed: Performed) -> None:
        """The act stands in the record; what was to follow from it does not."""
        if performed.missing is not None and performed.trouble is not None:
            label = view.act_label(self.look, performed.missing)
            self.show("follows-not", label=label)
            self._say_refused(performed.trouble)

    def _say_cancelled(self) -> None:
        """Nothing was recorded, or what was written meanwhile stays."""
        self.terminal.show(["", self.look.say("stopped" if self._taken else "cancelled")])

    def _show_step_of(self, act: Act) -> None:
        """An act on another step than the one in front is shown with that step."""
        if act.step in self.desk.state.steps and act.step != self.current():
            self.turn_at = self.terminal.printed
            self.terminal.show(["", *view.step_lines(self.look, act.step)])

    def _title_of(self, act: Act) -> str:
        """What is done, and on which step."""
        look = self.look
        if act.step not in self.desk.state.steps:
            return view.act_label(look, act)
        label = view.act_label(look, replace(act, subject=None))
        number, title = self.desk.state.graph.number[act.step], look.title(act.step)
        return look.labelled(look.say("step-n", number=number, title=title), label)

    def _asker(self, at: datetime | None, basis: str) -> Asker:
        def take(taken: Taken) -> str:
            return self._take(taken, at, basis)

        around = self.around
        return Asker(
            self.terminal,
            lambda: self.look,
            around.has_pin,
            around.keep,
            self.propose,
            take,
            self.is_command,
            self.desk.record.journal,
        )

    def _take(self, taken: Taken, at: datetime | None, basis: str) -> str:
        """Write down what was given between two questions; the sentence when that may not be."""
        try:
            with unbroken():
                self._note_warning(taken.act, taken.given.by, at)
                entries = self.desk.do(taken.act, on_basis(taken.given, basis), at=at)
        except RecordTrouble as trouble:
            self._say_refused(trouble)
            return trouble.sentence(self.language)
        except MusterError as error:
            return error.sentence(self.language)
        self._taken += len(entries)
        self._say_recorded(entries)
        return ""

    def _say_recorded(self, entries: Sequence[Entry]) -> None:
        """What stands in the record now; that a warning was seen comes with the act behind it."""
        for entry in entries:
            if not isinstance(entry.event, WarningShown):
                self.show("recorded-as", what=self.teller.brief(entry))

    def propose(self, act: Act) -> str:
        """The words a `tell` step proposes; none when its template cannot be filled."""
        state = self.desk.state
        step = state.graph.steps.get(act.step or "")
        if step is None or step.kind != "tell":
            return ""
        try:
            return message_for(state, step, self.desk.now(), self.language)
        except Refused as refused:
            self.terminal.show(f"  {refused.sentence(self.language)}")
            return ""

    def _mend(self, act: Act, typed: Mapping[str, str]) -> Act | None:
        """The same act as it is offered now, when the person wants to mend it; None when they leave it."""
        offered = self.as_offered(act)
        if offered is None or not typed:
            return None
        try:
            left = narrow(self.terminal.ask(self.look.say("prompt-mend"))) == "0"
        except KeyboardInterrupt:
            raise Cancelled from None
        if left:
            raise Cancelled
        return offered

    def as_offered(self, act: Act) -> Act | None:
        """The act as it is possible now; None when it is not any more."""
        found = next((one for one in self.desk.possible() if one.key == act.key), None)
        # A reading that was asked for by name stays that reading.
        return act if found is not None and act.verb == "read" else found

    # --- what follows

    def _after(self, answers: Answers) -> None:
        """What an act leads to at this terminal: another run, the step a watch has opened, or leaving off."""
        act, state = answers.act, self.desk.state
        if answers.went_back:
            self._say_cancelled()
        elif act.verb in OPENING:
            # A run that was open already and is joined may have been opened by another step or watch.
            self.enter(view.run_opened_by(state, act.step) or self.desk.run_id)
        elif act.verb in ("raise", "raise-again"):
            opened = [
                name for name in state.open_steps() if act.step in view.watches_before(state.graph, name)
            ]
            self.focus = opened[0] if opened else self.focus
            if act.verb == "raise":
                self.show("raise-undo", watch=self.look.text(act.subject or ""))
        elif answers.then_end:
            self._end_abandoned()
        elif act.step == self.focus and act.step in state.steps:
            # A step that only waits for its next time goes back behind the others.
            self.focus = None if view.is_idle(self.look, state.steps[act.step]) else act.step

    def _end_abandoned(self) -> None:
        end = next((act for act in self.desk.possible() if act.verb == "end"), None)
        if end is not None:  # somebody else may have ended it meanwhile
            self.do(end, {"target": "abandoned"})
