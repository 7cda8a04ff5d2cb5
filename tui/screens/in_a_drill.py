"""What a drill adds to a seat: its cards, how it stands, and whether its trainer is still there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.condition import say_clock
from engine.desk import Desk
from engine.events import ClockSet, Entry, InjectSet
from tui.frame.glass import Glass
from tui.presence import SILENT
from tui.view import Looking
from tui.view.cards import cards_of, drill_word


class InADrill:
    """Somebody at a screen, perhaps in a drill."""

    glass: Glass
    trainer_age: timedelta | None = None
    """How long the trainer of this drill has been silent."""

    if TYPE_CHECKING:  # what the seat has

        @property
        def desk(self) -> Desk:
            """The run in front of the person."""

        @property
        def look(self) -> Looking:
            """That run at this moment, in the language of the person."""

    @property
    def top(self) -> Desk:
        """The drill itself, also where a run that it opened stands in front."""
        return self.desk.top

    def see_to_the_drill(self) -> None:
        """Its cards for whoever sits here, and how it stands."""
        top, glass = self.top, self.glass
        if top.state.kind != "D":
            return
        glass.cards = cards_of(top.state, self.desk.actor)
        glass.drill = drill_word(top.state, self.look)
        if not glass.drill[0] and self.trainer_age is not None and self.trainer_age > SILENT:
            glass.drill = (
                self.look.say("drill-trainer-silent", age=say_clock(self.trainer_age)),
                "amber",
            )

    def only_cards(self, came: Sequence[Entry]) -> bool:
        """Whether nothing came but what the trainer gave: a card says so itself, and moves nobody."""
        return all(isinstance(one.event, (InjectSet, ClockSet)) for one in came)
