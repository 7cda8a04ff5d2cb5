"""Taking what is offered: whether it is still there, and what was said behind its number."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from engine.errors import Refused
from engine.text import clean
from tui.asking.fields import Fields
from tui.asking.when import PAPER, ask_when
from tui.plain.doing import Doing
from tui.typed import clock_time, pick_by_words
from tui.view import Offer

NO_OTHER = ("sign", "verify", "confirm-voice")
"""Acts that nobody does in another's name: who signs is asked, and stands in the record as such."""


class Said(NamedTuple):
    """What was said behind a number: when it was done, how somebody knows, and who did it."""

    at: datetime | None
    basis: str
    by: dict[str, str]


class Taking(Doing):
    """Somebody who chooses among what they were shown."""

    def choose(self, offer: Offer, rest: str = "") -> None:
        """Take an offer: another run, another step, or an act, if it is still there to be taken."""
        self.catch_up()
        self.unconfirmed = False
        if not self.is_there(offer):
            self.show("offer-gone", label=offer.label)
        elif rest and offer.act is None:
            self.show("not-understood", typed=clean(rest))
        elif offer.run is not None:
            self.enter(offer.run)
        elif offer.step is not None:
            self.focus = offer.step
        else:
            self._choose_act(offer, rest)

    def is_there(self, offer: Offer) -> bool:
        """What was shown a moment ago may be over: somebody else did it, or a step was left."""
        state = self.desk.state
        if offer.act is not None:
            return self.as_offered(offer.act) is not None
        return offer.step is None or offer.step in (*state.open_steps(), *state.come_back())

    def _choose_act(self, offer: Offer, rest: str) -> None:
        act = self.as_offered(offer.act) if offer.act is not None else None
        said = self._said_behind(rest)
        if act is None or said is None:
            return
        if said.by and act.verb in NO_OTHER:
            self.show("signs-themselves", label=offer.label)
            return
        at, basis = said.at, said.basis
        if act.earlier and not self.is_before_out(act, at):
            # Everybody is out: it is nothing to be done now, so what is asked first is when it was.
            when = self.ask(ask_when(self.look, act.step), zero=True)
            if when is None:
                self.show("cancelled")
                return
            at, basis = when.at, when.basis if basis == "asserted" else basis
        self.do(act, {**offer.preset, **said.by}, at, basis)

    def _said_behind(self, rest: str) -> Said | None:
        """When, on what basis and by whom, as said behind a number; None when that cannot be."""
        at, basis, by = None, "asserted", dict[str, str]()
        for word in rest.split():
            moment, person = clock_time(word, self.look), self._person(word)
            if word.casefold() in PAPER:
                basis = "paper"
            elif moment is not None:
                at = moment
            elif person is not None:
                by = {"by": person}
            else:
                self.show("not-understood", typed=clean(word))
                return None
        if basis == "paper" and at is None:
            at = self._when_on_paper()
            if at is None:
                return None
        elif at is not None and not self._may_have_been(at):
            return None
        return Said(at, basis, by)

    def _when_on_paper(self) -> datetime | None:
        """What stands on paper was done before it is typed: when, is asked; None when the person gives up."""
        while True:
            at = self.ask(
                Fields(self.look).time("at", self.look.say("need-when-on-paper"), must=True), zero=True
            )
            if at is None:
                self.show("cancelled")
            if at is None or self._may_have_been(at):
                return at

    def _may_have_been(self, at: datetime) -> bool:
        """Whether something can have been done at that moment; said before anything else is asked."""
        opened_at, now = self.desk.state.opened_at, self.desk.now()
        if opened_at is not None and opened_at <= at <= now:
            return True
        refused = Refused("in-the-future" if at > now else "before-the-run")
        self.terminal.show(refused.sentence(self.language))
        return False

    def _person(self, word: str) -> str | None:
        state = self.desk.state
        names = dict.fromkeys([*state.people, *state.graph.people])
        found = (
            [word] if word in names else pick_by_words(word, [(one, self.look.name(one)) for one in names])
        )
        return found[0] if len(found) == 1 else None
