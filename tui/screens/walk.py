"""The walk screen: one run, driven by keys. What it shows comes from `frame`; every act from `Desk.possible`."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual import events

from engine.text import Text
from tui import view
from tui.machine import program
from tui.screens.incident import WHOLE_LIST, incident_of
from tui.screens.keys import AWAY_S, Pressed
from tui.screens.looking import LookingScreen

COULD_NOT = ("fail", "refuse", "nobody")
"""How a step is said not to have come off, by its kind."""


NEVER_EATEN = ("leave", "ask_leave", "language", "emergency")
"""What a key does also where the first one only confirms the place."""


class WayBack(NamedTuple):
    """What leads back to a run that goes on."""

    run: str
    actor: str
    title: Text


class WalkScreen(LookingScreen):
    """One run at this terminal."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._sure_of_real = False
        """F9 was pressed once in a drill: pressed again it is the real event."""

    # --- a key

    def types(self) -> bool:
        return self.glass.question is not None

    def obey(self, pressed: Pressed) -> None:
        does = pressed.does()
        if self.glass.leaving and self._stays(does, pressed):
            return
        if self.idle_s > AWAY_S and not self.types():
            self.glass.unconfirmed = True
        self._sure_of_real = self._sure_of_real and does == "emergency"
        if self.glass.question is not None and self.typing(pressed):
            return
        if does == "enter" and self._is_fresh():
            self.say("screen-fresh")
        elif self.glass.unconfirmed and does not in NEVER_EATEN:
            self.glass.unconfirmed = False
            self.say("screen-confirmed")
        elif self.seeks(pressed):
            return
        elif pressed.digit:
            self._digit(pressed.digit)
        elif pressed.key == "backspace":
            self.glass.typed = self.glass.typed[:-1]
        elif does is not None:
            self._do_key(does)

    def _is_fresh(self) -> bool:
        """Whether what this Enter would do, or an alarm, has only just come: it was on its way to something else."""
        glass = self.glass
        on_card = glass.panel == "step" and glass.looking is None and not glass.typed
        return on_card and self.in_sight.is_fresh(self.muster.ticks())

    def _do_key(self, does: str) -> None:
        """What the names in `keys` stand for."""
        if not self.moves(does):
            getattr(self, f"_{does}")()

    def on_paste(self, event: events.Paste) -> None:
        """A pasted text is typed into the open field, and nowhere else."""
        event.stop()
        self.pasted(event.text)
        self.paint()

    # --- Enter, and digits

    def _enter(self) -> None:
        glass = self.glass
        if glass.panel == "steps":
            self.look_at_marked()
        elif glass.panel == "acts":
            self._choose()
        elif glass.panel in ("why", "keys"):
            self._back()
        elif glass.looking is not None:
            self._enter_looking(glass.looking)
        else:
            self._act()

    def _enter_looking(self, step: str) -> None:
        """Looking is not moving; an open step can be put in front, and then it is."""
        if step in [*self.desk.state.open_steps(), *self.desk.state.come_back()]:
            self.put_in_front(step)
        else:
            self._back()

    def _act(self) -> None:
        """The one act of the step in front."""
        glass = self.glass
        if self.must_read(self.current()):
            self.say("screen-read-on")
        elif glass.choices:
            self._take_choice()
        elif (child := self.child_of(self.current())) is not None:
            self._go_to(child.run)
        elif glass.rests:
            self.say(view.not_due(self.look, self.current()))
        elif view.leaves_by_enter(self.look):
            self._ask_leave()
        elif offers := view.offers_of(self.look, self.desk.possible(), self.current()):
            self.take(offers[0])

    def _take_choice(self) -> None:
        picked = self.picked_choice()
        if picked is not None:
            self.take(picked)
        else:
            self.say("screen-no-such" if self.glass.typed else "screen-digit", typed=self.glass.typed)
            self.glass.typed = ""

    def _digit(self, digit: str) -> None:
        """A digit marks a row of a list, or an answer of the card; Enter takes it. Elsewhere it finds a step."""
        glass = self.glass
        if glass.panel == "acts":
            self.type_number(digit)
        elif glass.panel == "steps" or (glass.panel == "step" and not glass.choices):
            self.find_step(digit)
        elif glass.panel == "step" and glass.looking is None and glass.choices:
            # The digits of one number, as far as there is one that begins so.
            longer = glass.typed + digit
            known = any(str(number).startswith(longer) for number, _ in glass.choices)
            glass.typed = longer if known else digit

    # --- acts of the step in front by their key

    def _of_current(self, *verbs: str) -> None:
        step = self.current()
        acts = [one for one in self.desk.possible() if one.verb in verbs and one.step in (step, None)]
        if acts:
            self.begin(acts[0])
        else:
            self.say("screen-not-now")

    def _fail(self) -> None:
        self._of_current(*COULD_NOT)

    def _defer(self) -> None:
        self._of_current("defer")

    def _note(self) -> None:
        """A note, anchored to the step in front."""
        act, step = next(one for one in self.desk.possible() if one.verb == "note"), self.current()
        self.begin(act, {"target": step} if step is not None else {})

    # --- around

    def _language(self) -> None:
        """The other language, at once and everywhere; what is being typed stays."""
        if not self.muster.switch_language():
            self.say("screen-no-chinese", command=self._way_by_lines())
            return
        self.speak_anew()
        if self.glass.panel == "acts":
            self.list_anew()

    def _way_by_lines(self) -> str:
        """The command that walks this run in Chinese lines, on a terminal that shows them."""
        return f"{program()} walk {self.desk.run_id} --lang zh --plain"

    def _emergency(self) -> None:
        """The watches of this run and other procedures; in a drill the real event, which is asked about once."""
        if self.desk.state.kind != "D" or self.session.real is not None:
            self.muster.emergency(self.desk, incident_of(self.look, self.current()))
        elif self._sure_of_real or self.top.state.ended is not None:
            self._stop_for_real()
        else:
            self._sure_of_real = True
            self.say("screen-real-sure")

    def _stop_for_real(self) -> None:
        """The drill stops here and at every other terminal, and the list of emergencies is there."""
        from drill.exercise.stopping import stop_for_real

        desk, run = self.desk, self.top.run_id
        self.write(lambda: stop_for_real(desk), lambda _: self.muster.real_event(desk, run))

    def report(self, watch: str) -> None:
        """A watch that was chosen on F9 is asked about; of one that is raised, whether it has happened again.

        Whoever says no to that stands at the step that it has opened.
        """
        self._back()
        if watch == WHOLE_LIST:
            self.list_from("raise")
            return
        opened = [name for name in self.desk.state.open_steps() if self._comes_after(name, watch)]
        if opened:
            self.put_in_front(opened[0])
        keys = (("raise", watch), ("raise-again", watch))
        act = next((one for one in self.desk.possible() if one.key in keys), None)
        if act is not None:
            self.begin(act)
        elif not opened:
            self.say("screen-raised-already")

    # --- leaving

    def _ask_leave(self) -> None:
        """A letter is pressed by accident: it asks, and F12 does not."""
        self.glass.leaving = True
        self.say("screen-leave-sure")

    def _stays(self, does: str | None, pressed: Pressed) -> bool:
        """Whether this key was the answer: Enter leaves, Esc and whatever is typed stay; an F-key does what it does."""
        self.glass.leaving = False
        if does == "enter":
            self._leave()
        elif does == "back" or pressed.sign:
            self.say("screen-stays")
        return does in ("enter", "back") or bool(pressed.sign)

    def going_on(self) -> list[WayBack]:
        """The runs of this screen that go on, those that they have opened among them, and who walks them here."""
        actor = self.desk.actor
        walked = [
            WayBack(one.run_id, one.actor, one.state.graph.runbook.title)
            for one in reversed(self._desks)
            if one.state.ended is None
        ]
        return walked + [WayBack(one.run, actor, Text(one.runbook, one.runbook)) for one in self._children]

    def _leave(self) -> None:
        self.muster.leave(self.desk)
