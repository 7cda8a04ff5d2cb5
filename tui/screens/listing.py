"""The list on Tab: every act that is allowed now behind a number, what answers an alarm always behind the 0."""

from __future__ import annotations

from collections.abc import Sequence

from engine.acts import Act
from engine.clocks import alarms as alarms_of
from engine.text import clean
from tui import view
from tui.asking import Answers
from tui.asking.people import ASKS_WHO
from tui.frame.walk import acts_on_a_page
from tui.screens.begun import Begun
from tui.screens.doing import DONE_BY, DONE_EARLIER, PASS_TIME, DoingScreen
from tui.screens.keys import Pressed
from tui.view import Looking, Offer
from tui.view.grouped import Line, grouped, matching

CARD = "inject:"
"""How the name of a card begins."""


class ListingScreen(DoingScreen):
    """Somebody who chooses among everything that is allowed."""

    @property
    def listed(self) -> list[Offer]:
        """What stands behind the numbers of the list on Tab."""
        return [one.offer for one in self.glass.listed]

    def _back(self) -> None:
        """To the card of the step in front."""
        glass = self.glass
        glass.looking, glass.panel, glass.page, glass.at, glass.typed = None, "step", 0, None, ""
        glass.sought = ""

    def _list(self) -> None:
        """Every act allowed now, by number; those of the step in front first."""
        if self.glass.panel == "acts":
            self._back()
        else:
            glass = self.glass
            glass.panel, glass.page, glass.typed, glass.sought = "acts", 0, "", ""
            self.list_anew()

    def list_anew(self) -> None:
        """The rows as they are offered now, in the words of now, as far as they hold what was typed."""
        glass = self.glass
        lines = matching(self._all_lines(), glass.sought)
        glass.listed = lines
        glass.at = 0 if glass.sought and len(lines) == 1 else None

    def list_from(self, verb: str) -> None:
        """The list, with the first act of this kind marked."""
        self._list()
        rows = [at for at, one in enumerate(self.listed) if one.act is not None and one.act.verb == verb]
        if rows:
            self.show_row(rows[0])

    def show_row(self, row: int) -> None:
        """That row of the list is marked, on its page."""
        glass = self.glass
        glass.at, glass.page = row, row // acts_on_a_page(self.look, glass, self.current())

    def move_row(self, by: int) -> None:
        """To the row above or below; a number that was typed is gone."""
        glass, last = self.glass, len(self.glass.listed) - 1
        glass.typed = ""
        if last >= 0:
            start = glass.at if glass.at is not None else (-1 if by > 0 else last + 1)
            self.show_row(min(max(start + by, 0), last))

    def seeks(self, pressed: Pressed) -> bool:
        """Whether the key belongs to the words that are looked for in the list: there no letter is a shortcut."""
        glass = self.glass
        if glass.panel != "acts":
            return False
        if glass.sought and pressed.key == "escape":
            self._seek("")
        elif glass.sought and not glass.typed and pressed.key == "backspace":
            self._seek(glass.sought[:-1])
        elif pressed.sign.strip() and not pressed.digit:
            self._seek(glass.sought + clean(pressed.sign))
        else:
            return False
        return True

    def _seek(self, words: str) -> None:
        """Words leave only the rows that hold them; a number, or the one row that is left, is taken by Enter."""
        glass = self.glass
        glass.sought, glass.typed, glass.page = words, "", 0
        self.list_anew()
        if not glass.listed:
            self.say("screen-none-found", words=words)

    def type_number(self, digit: str) -> None:
        """A digit of a number of the list; its row is shown. A number means its row, whatever is looked for."""
        glass = self.glass
        glass.typed = str(int((glass.typed + digit)[-3:]))
        if glass.sought and not self._row_of(glass.typed) and self._is_number(glass.typed):
            glass.sought = ""
            self.list_anew()
        rows = self._row_of(glass.typed)
        glass.at = None
        if rows:
            self.show_row(rows[0])

    def _row_of(self, number: str) -> list[int]:
        return [at for at, one in enumerate(self.glass.listed) if str(one.number) == number]

    def _is_number(self, number: str) -> bool:
        return any(str(one.number) == number for one in self._all_lines())

    def by_number(self) -> list[tuple[int, Offer]]:
        """The rows of the list, each with its number."""
        return [(one.number, one.offer) for one in self.glass.listed]

    def _all_lines(self) -> list[Line]:
        """What answers the alarm row as the 0; then all others in their groups."""
        look, step = self.look, self.glass.looking or self.current()
        acts = self._own_acts()
        answer = self._answer_of_the_row(look, acts)
        front, alarms, rest = _in_order(look, acts, step)

        def offered(those: list[Act]) -> list[Offer]:
            return [Offer(view.act_label(look, act, with_step=act.step != step), act) for act in those]

        own = [*offered(front), *self._by_another(front, step)]
        every = [
            *self._cards(),
            *own,
            *offered(alarms),
            *self._about_news(acts),
            *offered(rest),
            *self._elsewhere(),
        ]
        others = [
            one for one in every if answer is None or one.key != answer.key or one.preset != answer.preset
        ]
        first = [] if answer is None else [Line(0, "alarms", answer)]
        return [*first, *grouped(look, others, own)]

    def _own_acts(self) -> list[Act]:
        """What is allowed now; the cards of a drill have lines of their own."""
        return _but_cards(self.desk.possible())

    def _about_news(self, acts: list[Act]) -> list[Offer]:
        """That somebody knows what is new about plan and record: it becomes a note, so the record says who did."""
        note = next((act for act in acts if act.verb == "note"), None)
        said = [one.words(self.look.language) for one in self.news()]
        return [
            Offer(self.look.say("act-seen", what=what), note, {"text": what})
            for what in said
            if note is not None
        ]

    def answers_the_row(self, look: Looking) -> bool:
        """Whether something in the list answers what stands in the alarm row: it is the 0, always."""
        return self._answer_of_the_row(look, _but_cards(self.glass.acts)) is not None

    def _answer_of_the_row(self, look: Looking, acts: list[Act]) -> Offer | None:
        """What says that somebody knows of the gravest alarm, or else of what is new about plan and record."""
        standing = look.once(alarms_of)
        if not standing:
            return next(iter(self._about_news(acts)), None)
        ack = next((act for act in acts if act.verb == "ack" and act.step == standing[0].name), None)
        return None if ack is None else Offer(view.act_label(look, ack), ack)

    def _cards(self) -> list[Offer]:
        """What a drill has given whoever sits here: acknowledged first of all."""
        look = self.look
        return [
            Offer(look.say("card-ack", title=look.text(card.title)), Act("ack", card.alarm))
            for card in self.glass.cards
        ]

    def _acknowledge(self, alarm: str) -> None:
        top, actor = self.top, self.desk.actor
        top.actor = actor
        self.write(lambda: top.do(Act("ack", alarm)), lambda _: self.say("screen-acked"))

    def _did(self, answers: Answers, begun: Begun) -> None:
        """That an alarm was acknowledged is said: nothing else on the screen need change by it.

        Whoever has just raised a watch themselves knows why another step stands there: no key of theirs is eaten.
        """
        super()._did(answers, begun)
        if answers.act.verb == "ack":
            self.say("screen-acked")
        elif answers.act.verb == "raise" and not answers.went_back:
            self.glass.unconfirmed = False

    def _by_another(self, front: list[Act], step: str | None) -> list[Offer]:
        """That somebody else did the step in front than who will be noted, or that it was done earlier."""
        asks = any(act.main and act.step == step and act.verb in ASKS_WHO for act in front)
        if not asks:
            return []
        say = self.look.say
        earlier = Offer(say("act-done-earlier"), Act(DONE_EARLIER, step))
        return [Offer(say("act-done-by"), Act(DONE_BY, step)), earlier]

    def _elsewhere(self) -> list[Offer]:
        """What is no act of this run: other runs, and the hand clock of a rehearsal."""
        look, parent = self.look, self.desk.state.parent
        offers = [
            Offer(look.say("screen-go-to", run=one.run, title=one.runbook), run=one.run)
            for one in self._children
        ]
        if parent is not None:
            offers.append(Offer(look.say("screen-go-parent", run=parent), run=parent))
        if self.session.pass_time is not None:
            offers.append(Offer(look.say("act-pass-time"), Act(PASS_TIME)))
        return offers

    def _choose(self) -> None:
        """The numbered or the marked row of the list, if it is still possible."""
        glass = self.glass
        marked = None if glass.at is None else glass.listed[glass.at].number
        number = int(glass.typed) if glass.typed else marked
        offer = None if number is None else dict(self.by_number()).get(number)
        if offer is None:
            self.say("screen-no-such" if glass.typed else "screen-digit", typed=glass.typed)
            glass.typed = ""
            return
        if offer.act is not None and (offer.act.step or "").startswith(CARD):
            self._back()
            self._acknowledge(offer.act.step or "")
            return
        if offer.act is not None and offer.act.verb not in (PASS_TIME, DONE_BY, DONE_EARLIER):
            act = next((one for one in self.desk.possible() if one.key == offer.act.key), None)
            if act is None:
                self._list()
                self._list()
                self.say("screen-gone")
                return
            offer = Offer(offer.label, act, offer.preset)
        self._back()
        self.take(offer)


def _but_cards(acts: Sequence[Act]) -> list[Act]:
    return [act for act in acts if not (act.step or "").startswith(CARD)]


def _in_order(look: Looking, acts: list[Act], step: str | None) -> tuple[list[Act], list[Act], list[Act]]:
    """Those of the step in front, the alarms, all others."""
    front = _whole(view.front_of(look, acts, step), acts)
    own = {act.key for act in front}
    others = [act for act in acts if act.key not in own]
    return front, [act for act in others if act.verb == "ack"], [act for act in others if act.verb != "ack"]


def _whole(front: list[Act], acts: list[Act]) -> list[Act]:
    """The acts in front as they stand among all: what was narrowed for the card is offered whole in the list."""
    known = {act.key: act for act in acts}
    return list({act.key: known[act.key] for act in front if act.key in known}.values())
