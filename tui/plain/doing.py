"""Asks for what an act needs, does it, and lets it be mended when it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.acts import Act
from engine.errors import MusterError, RecordTrouble, Refused
from engine.events import Entry
from engine.messages import message_for
from tui import view
from tui.asking import Answers, Asker, Cancelled, perform
from tui.asking.fields import Fields
from tui.plain.seat import Seat, watches_before
from tui.terminal import unbroken
from tui.typed import narrow


class Doing(Seat):
    """Somebody who acts."""

    def do(
        self,
        act: Act,
        preset: Mapping[str, Any] | None = None,
        at: datetime | None = None,
        basis: str = "asserted",
    ) -> None:
        """Ask for everything the act needs and do it. What is refused can be mended: nothing typed is lost."""
        again: Mapping[str, str] | None = None
        offered: Act | None = act
        self._show_step_of(act)
        while offered is not None:
            try:
                answers = self._ask_for(offered, preset, again)
                entries = self._perform(answers, at, basis)
            except Cancelled:
                self.terminal.show(["", self.look.say("cancelled")])
                return
            if entries is not None:
                self.show("recorded-as", what=self.teller.sentence(entries[-1]) if entries else "")
                self._after(answers)
                return
            again = answers.typed
            offered = self._mend(offered, again)

    def _show_step_of(self, act: Act) -> None:
        """An act on another step than the one in front is shown with that step."""
        if act.step in self.desk.state.steps and act.step != self.current():
            self.terminal.show(["", *view.step_lines(self.look, act.step)])

    def _ask_for(
        self, act: Act, preset: Mapping[str, Any] | None, again: Mapping[str, str] | None
    ) -> Answers:
        asker = Asker(self.terminal, self.look, self.around.has_pin, self.around.keep, self._message)
        return asker.ask_for(act, preset, again)

    def _message(self, act: Act) -> str:
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

    def _perform(self, answers: Answers, at: datetime | None, basis: str) -> list[Entry] | None:
        """What was written; None when it was refused or could not be written, and the person was told."""
        try:
            with unbroken():
                return perform(self.desk, answers, at, basis)
        except RecordTrouble as trouble:
            self.terminal.show([self.look.say("not-recorded"), trouble.sentence(self.language)])
        except MusterError as error:
            self.terminal.show(error.sentence(self.language))
        return None

    def _mend(self, act: Act, typed: Mapping[str, str]) -> Act | None:
        """The same act as it is offered now, when the person wants to mend it; None when they leave it."""
        offered = next((one for one in self.desk.possible() if one.key == act.key), None)
        if offered is None or not typed:
            return None
        if narrow(self.terminal.ask(self.look.say("prompt-mend"))) == "0":
            self.show("cancelled")
            return None
        # A reading that was asked for by name stays that reading.
        return act if act.verb == "read" else offered

    # --- what follows

    def _after(self, answers: Answers) -> None:
        """What an act leads to at this terminal: another run, the step a watch has opened, or leaving off."""
        act, state = answers.act, self.desk.state
        if act.verb == "open-child":
            child = next(
                one for one in reversed(state.children.values()) if act.step in (one.step, one.watch)
            )
            self.enter(child.run)
        elif act.verb == "raise":
            opened = [name for name in state.open_steps() if act.step in watches_before(state.graph, name)]
            self.focus = opened[0] if opened else self.focus
        elif act.verb == "entry" and answers.given.get("answer") == "no":
            self._ask_whether_to_go_on()
        elif act.step == self.focus and act.step in state.steps:
            # A step that only waits for its next time goes back behind the others.
            self.focus = None if view.is_idle(self.look, state.steps[act.step]) else act.step

    def _ask_whether_to_go_on(self) -> None:
        """An entry condition does not hold: the person says whether the run goes on."""
        if self.drive(Fields(self.look).yes("go-on", self.look.say("go-on"), default=True)):
            return
        end = next(act for act in self.desk.possible() if act.verb == "end")
        self.do(end, {"target": "abandoned"})
