"""The walk screen: one run, driven by keys. What it shows comes from `frame`; every act from `Desk.possible`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events

from engine.acts import Act
from engine.clocks import alarms as alarms_of
from engine.text import clean
from tui import view
from tui.asking.people import ASKS_WHO
from tui.frame.around import list_names
from tui.frame.glass import PAGE_STEPS
from tui.frame.walk import acts_on_a_page
from tui.machine import program
from tui.screens.doing import DONE_BY, DONE_EARLIER, PASS_TIME, DoingScreen
from tui.screens.keys import AWAY_S, Pressed
from tui.view import Looking, Offer
from tui.view.grouped import Line, first_alarm, grouped, matching

FAR = 100_000
"""More steps than any plan has."""

CARD = "inject:"
"""How the name of a card begins."""

COULD_NOT = ("fail", "refuse", "nobody")
"""How a step is said not to have come off, by its kind."""


class WalkScreen(DoingScreen):
    """One run at this terminal."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._sure_of_real = False
        """F9 was pressed once in a drill: pressed again it is the real event."""
        self.listed: list[Offer] = []
        """What stands behind the numbers of the list on Tab."""

    # --- a key

    def types(self) -> bool:
        return self.glass.question is not None

    def obey(self, pressed: Pressed) -> None:
        does = pressed.does()
        if self.idle_s > AWAY_S and not self.types():
            self.glass.unconfirmed = True
        self._sure_of_real = self._sure_of_real and does == "emergency"
        if self.glass.question is not None and self.typing(pressed):
            return
        if does == "enter" and self._is_fresh():
            self.say("screen-fresh")
        elif self.glass.unconfirmed and does not in ("leave", "language", "emergency"):
            self.glass.unconfirmed = False
            self.say("screen-confirmed")
        elif pressed.digit:
            self._digit(pressed.digit)
        elif self.glass.panel == "acts" and pressed.sign.strip():
            self._seek(self.glass.sought + clean(pressed.sign))
        elif pressed.key == "backspace" and self.glass.panel == "acts" and not self.glass.typed:
            self._seek(self.glass.sought[:-1])
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
        moves = {"up": -1, "down": 1, "first": -FAR, "last": FAR}
        if does in moves:
            self._move(moves[does])
        else:
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
            glass.looking, glass.panel, glass.page = list_names(self.look)[self._at()], "step", 0
        elif glass.panel == "acts":
            self._choose()
        elif glass.panel == "why":
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
            self.say("not-due")
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
        """A digit marks a row of a list, or an answer of the card; Enter takes it."""
        glass = self.glass
        if glass.panel == "acts":
            glass.typed = (glass.typed + digit)[-3:].lstrip("0")
            rows = [at for at, one in enumerate(glass.listed) if str(one.number) == glass.typed]
            glass.at = None
            if rows:
                self._show_row(rows[0])
        elif glass.panel == "step" and glass.looking is None and glass.choices:
            # The digits of one number, as far as there is one that begins so.
            longer = glass.typed + digit
            known = any(str(number).startswith(longer) for number, _ in glass.choices)
            glass.typed = longer if known else digit

    # --- the list on Tab

    def _list(self) -> None:
        """Every act allowed now, by number; those of the step in front first."""
        glass = self.glass
        if glass.panel == "acts":
            self._back()
            return
        glass.panel, glass.page, glass.at, glass.typed, glass.sought = "acts", 0, None, "", ""
        self._list_anew()

    def _list_anew(self) -> None:
        """The rows as they are offered now, as far as they hold the words that were typed."""
        glass = self.glass
        lines = matching(self._all_lines(), glass.sought)
        self.listed = [one.offer for one in lines]
        glass.listed = lines
        glass.at = 0 if glass.sought and len(lines) == 1 else None

    def by_number(self) -> list[tuple[int, Offer]]:
        """The rows of the list, each with its number."""
        return [(one.number, one.offer) for one in self.glass.listed]

    def _seek(self, words: str) -> None:
        """Words leave only the rows that hold them; a number, or the one row that is left, is taken by Enter."""
        glass = self.glass
        glass.sought, glass.typed, glass.page = words, "", 0
        self._list_anew()
        if not glass.listed:
            self.say("screen-none-found", words=words)

    def _all_lines(self) -> list[Line]:
        """Those of the step in front, that somebody else did it, the alarms, all others, other runs."""
        look, step = self.look, self.glass.looking or self.current()
        acts = self._own_acts()
        front, alarms, rest = _in_order(look, acts, step)

        def offered(those: list[Act]) -> list[Offer]:
            return [Offer(view.act_label(look, act, with_step=act.step != step), act) for act in those]

        own = [*offered(front), *self._by_another(front, step)]
        others = [
            *self._cards(),
            *offered(alarms),
            *self._about_news(acts),
            *offered(rest),
            *self._elsewhere(),
        ]
        return grouped(look, [*own, *others], own)

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

    def number_of_answer(self, look: Looking) -> int:
        """The number in the list on Tab that answers what stands in the alarm row; 0: none does."""
        standing = look.once(alarms_of)
        if not standing and not self.news():
            return 0
        acts, step = _but_cards(self.glass.acts), self.glass.looking or self.current()
        front, alarms, _ = _in_order(look, acts, step)
        own = len(front) + len(self._by_another(front, step))
        before = first_alarm(own) + len(self._cards())
        names = [act.step for act in alarms]
        if not standing:
            return before + len(alarms)
        return before + names.index(standing[0].name) if standing[0].name in names else 0

    def _cards(self) -> list[Offer]:
        """What a drill has given whoever sits here: acknowledged first of all."""
        look = self.look
        return [
            Offer(look.say("card-ack", title=look.text(card.title)), Act("ack", card.alarm))
            for card in self.glass.cards
        ]

    def _card(self) -> None:
        """Back to the current step; there, the card of a drill that is shown is acknowledged."""
        glass = self.glass
        if glass.cards and glass.panel == "step" and glass.looking is None:
            self._acknowledge(glass.cards[0].alarm)
        else:
            self._back()

    def _acknowledge(self, alarm: str) -> None:
        top, actor = self.top, self.desk.actor
        top.actor = actor
        self.write(lambda: top.do(Act("ack", alarm)), lambda _: None)

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
        marked = glass.listed[glass.at].number if glass.at is not None else 0
        number = int(glass.typed) if glass.typed else marked
        offer = dict(self.by_number()).get(number)
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

    # --- looking

    def _back(self) -> None:
        glass = self.glass
        glass.looking, glass.panel, glass.page, glass.at, glass.typed = None, "step", 0, None, ""

    def _at(self) -> int:
        """The row of the list of steps that is marked."""
        names, glass = list_names(self.look), self.glass
        if glass.at is not None:
            return min(glass.at, len(names) - 1)
        step = glass.looking or self.current()
        return names.index(step) if step in names else 0

    def _move(self, by: int) -> None:
        glass = self.glass
        if glass.panel == "acts":
            last = len(glass.listed) - 1
            if last < 0:
                return
            start = glass.at if glass.at is not None else (-1 if by > 0 else 0)
            glass.typed = ""
            self._show_row(min(max(start + by, 0), last))
        elif glass.panel == "why":
            glass.page = min(max(glass.page + (1 if by > 0 else -1), 0), self._pages - 1)
        else:
            count, at = len(list_names(self.look)), self._at()
            glass.panel, glass.at = "steps", min(max(at + by, 0), count - 1)

    def _show_row(self, row: int) -> None:
        glass = self.glass
        glass.at, glass.page = row, row // acts_on_a_page(self.look, glass, self.current())

    def _turn(self) -> None:
        """The next page of a card or a list; it never acts."""
        if self._pages > 1:
            self.glass.page = (self.glass.page + 1) % self._pages
        elif self.glass.panel == "steps":
            self._move(PAGE_STEPS)

    def _page_down(self) -> None:
        if self._pages > 1:
            self._turn()
        else:
            self._move(PAGE_STEPS)

    def _page_up(self) -> None:
        if self._pages > 1:
            self.glass.page = (self.glass.page - 1) % self._pages
        else:
            self._move(-PAGE_STEPS)

    def _steps(self) -> None:
        """Every step, the one in front marked; the same key closes it."""
        if self.glass.panel == "steps":
            self._back()
        else:
            self.glass.at = self._at()
            self.glass.panel, self.glass.page = "steps", 0

    def _why(self) -> None:
        glass = self.glass
        glass.panel, glass.page = ("step" if glass.panel == "why" else "why"), 0

    # --- around

    def _language(self) -> None:
        """The other language, at once and everywhere; what is being typed stays."""
        if not self.muster.switch_language():
            self.say("screen-no-chinese", command=self._way_by_lines())
            return
        self.speak_anew()
        if self.glass.panel == "acts":
            self._seek("")

    def _way_by_lines(self) -> str:
        """The command that walks this run in Chinese lines, on a terminal that shows them."""
        return f"{program()} walk {self.desk.run_id} --lang zh --plain"

    def _emergency(self) -> None:
        """Another procedure; in a drill the real event, which is asked about once."""
        if self.desk.state.kind != "D" or self.session.real is not None:
            self.muster.emergency(self.desk)
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

    def _leave(self) -> None:
        self.muster.leave(self.desk)


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
