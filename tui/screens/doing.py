"""Asking for everything an act needs, one field at a time, and doing it. Nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from engine.acts import Act
from engine.condition import ConditionFault, parse_duration
from engine.desk import Desk
from engine.errors import MusterError
from engine.text import clean
from tui import view
from tui.asking import Answers, Performed, Question, Taken, narrow, perform, pick
from tui.asking.when import When, ask_when
from tui.screens.begun import Aside, Begun, Kept
from tui.screens.keys import Pressed
from tui.screens.seat import SeatScreen
from tui.typed import pick_by_words
from tui.view import Offer

PASS_TIME = "pass-time"  # noqa: S105 - a verb
"""What only a rehearsal can do: let its clock run."""


DONE_BY = "done-by"
"""The act of the step in front, done by somebody else than who is noted."""


DONE_EARLIER = "done-earlier"
"""The act of the step in front, done at another time than now or known from paper."""


WARNED = (
    "do", "visit", "answer", "tell", "start", "tick", "sign", "try", "verify", "open-child", DONE_BY, DONE_EARLIER,
)  # fmt: skip
"""Acts that are not done before the warning of their step was shown to its end."""


class DoingScreen(SeatScreen):
    """Somebody who acts."""

    _begun: Begun | None = None
    _aside: Aside | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._kept: dict[tuple[str, str | None], Kept] = {}

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
            self._ask_when(Aside(ask_when(self.look), lambda then: self._begin_then(act, preset, then)))
            return
        if act.verb == DONE_EARLIER:
            glass.asked = act
            self._ask_when(Aside(ask_when(self.look), lambda when: self._done_earlier(act.step, when)))
            return
        if act.verb == DONE_BY:
            rows = [f"    {number}  {words}" for number, (_, words) in enumerate(self._everybody(), 1)]
            glass.asked, glass.question = act, Question(tuple(rows), self.look.say("screen-who"))
            return
        if act.step in self.desk.state.steps and act.step != self.current():
            glass.looking = None
        kept = self._kept.get(act.key)
        questions = self.session.questions_for(self.look)
        asking = questions.ask_for(act, preset, kept.answers if kept is not None else None)
        known = when or (kept.when if kept is not None else When())
        self._begun, glass.asked = Begun(act, preset or {}, questions, asking, when=known), act
        self._show_when()
        self._step(lambda: next(asking))

    def _step(self, step: Callable[[], Question | Taken]) -> None:
        """The next question; when all are answered the act is done."""
        glass, begun = self.glass, self._begun
        assert begun is not None
        try:
            with self.desk.lock:
                asked = step()
        except StopIteration as done:
            self._close()
            self._do(done.value, begun)
            return
        except MusterError as error:
            # The record has failed between two questions: what was typed is proposed when it is begun anew.
            self._keep(begun)
            self._close()
            self._not_written(error)
            return
        if isinstance(asked, Taken):
            self._take_down(asked, begun)
            return
        glass.question = _with_its_choices(asked, glass.question)
        kept = self._kept.get(begun.act.key)
        same = kept is not None and glass.question.prompt == kept.prompt and not glass.question.hidden
        glass.typed, glass.page = kept.half if same and kept is not None else "", 0

    def _take_down(self, taken: Taken, begun: Begun) -> None:
        """What was given between two questions is written at once, in the worker; then the next is asked."""
        desk, language, when = self.desk, self.muster.language, begun.when

        def work() -> MusterError | None:
            try:
                desk.do(taken.act, replace(taken.given, basis=when.basis), at=when.at)
            except MusterError as error:
                return error
            return None

        def then(error: MusterError | None) -> None:
            self.lost.wrote(error)
            begun.wrote = begun.wrote or error is None
            if self._begun is begun:
                begun.questions.look = self.look
                refused = "" if error is None else error.sentence(language)
                self._step(lambda: begun.asking.send(refused))

        self.write(work, then)

    def _close(self) -> None:
        glass = self.glass
        self._begun, glass.question, glass.asked, glass.typed, glass.page = None, None, None, "", 0
        self._aside, glass.when, glass.may_say_when = None, "", False

    # --- a field is open

    def typing(self, pressed: Pressed) -> bool:
        """Whether the key belongs to the open field; Tab and the F-keys never do."""
        glass = self.glass
        if pressed.key == "enter":
            self._answer()
        elif pressed.key == "escape":
            self._escape_field()
        elif pressed.key == "backspace":
            glass.typed = glass.typed[:-1]
        elif pressed.key == "up" and glass.may_say_when:
            self._when_of_begun()
        elif pressed.key in ("pageup", "pagedown", "up", "down"):
            glass.page = max(glass.page + (1 if pressed.key in ("pageup", "up") else -1), 0)
        elif pressed.sign:
            glass.typed += clean(pressed.sign)
        else:
            return self._is_swallowed(pressed.key)
        return True

    def _is_swallowed(self, key: str) -> bool:
        """A key that does nothing in a field; Tab and the F-keys do what they do elsewhere."""
        if key == "tab" or (key.startswith("f") and key[1:].isdecimal()):
            if key not in ("f2", "f12"):
                self.close_field()
            return False
        return not key.startswith("ctrl+")

    def _escape_field(self) -> None:
        """Back to the question behind, or out of the field."""
        if self._aside is not None and self._begun is not None:
            self._after_aside()
        else:
            self.close_field()
            self.say("screen-kept")

    def pasted(self, text: str) -> None:
        """The first line of what was pasted, cleaned, goes into the open field."""
        if self.glass.question is not None:
            self.glass.typed += clean(text.partition("\n")[0].rstrip("\r"))

    def _answer(self) -> None:
        begun, said = self._begun, self.glass.typed.strip()
        if self._aside is not None:
            self._answer_aside(self._aside, said)
            return
        if begun is None:
            self._answer_ours(said)
            return
        if self._began is not None:
            self.say("screen-still-recording")
            return
        self.glass.typed = ""
        begun.said.append(said)
        self._step(lambda: begun.asking.send(said))

    def _answer_ours(self, said: str) -> None:
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
        self._close()
        act = next((one for one in self.desk.possible() if one.main and one.step == step), None)
        if act is None:
            self.say("screen-gone")
        else:
            self.begin(act, {"by": found[0]})

    # --- when it was done

    def _when_of_begun(self) -> None:
        """One key from any field of an act asks when it was done."""
        begun, glass = self._begun, self.glass
        if begun is not None:
            self._ask_when(Aside(ask_when(self.look), self._set_when, glass.question, glass.typed))

    def _ask_when(self, aside: Aside) -> None:
        glass = self.glass
        self._aside, glass.may_say_when = aside, False
        glass.question, glass.typed, glass.page = next(aside.asking), "", 0

    def _answer_aside(self, aside: Aside, said: str) -> None:
        glass = self.glass
        try:
            glass.question, glass.typed = aside.asking.send(said), ""
        except StopIteration as done:
            aside.then(done.value)

    def _set_when(self, when: When) -> None:
        if self._begun is not None:
            self._begun.when = when
        self._after_aside()

    def _after_aside(self) -> None:
        """Back at the question behind, with what was typed there."""
        aside, glass = self._aside, self.glass
        if aside is not None:
            aside.asking.close()
            self._aside, glass.question, glass.typed = None, aside.behind, aside.half
            self._show_when()

    def _show_when(self) -> None:
        begun = self._begun
        self.glass.when = begun.when.words(self.look) if begun is not None else ""
        self.glass.may_say_when = begun is not None

    def _begin_then(self, act: Act, preset: Mapping[str, Any] | None, when: When) -> None:
        self._close()
        self.begin(act, preset, when)

    def _done_earlier(self, step: str | None, when: When) -> None:
        """The main act of the step, as it was done then."""
        self._close()
        act = next((one for one in self.desk.possible() if one.main and one.step == step), None)
        if act is None:
            self.say("screen-gone")
        else:
            self.begin(act, None, when)

    def close_field(self) -> None:
        """Nothing is recorded by closing, and what was typed is kept for the next time."""
        self._after_aside()
        begun, question = self._begun, self.glass.question
        if begun is not None and question is not None:
            half = "" if question.hidden else self.glass.typed
            self._keep(begun, question.prompt, half)
            begun.asking.close()
        self._close()

    def _keep(self, begun: Begun, prompt: str = "", half: str = "") -> None:
        self._kept[begun.act.key] = Kept(dict(begun.questions.answers.typed), prompt, half, begun.when)

    def speak_anew(self) -> None:
        """The open question in the language that was just chosen, as far as nothing was recorded on the way."""
        begun, glass = self._begun, self.glass
        self._after_aside()
        if begun is None or begun.wrote:
            return  # what is asked next is asked in the new language
        half, said = glass.typed, begun.said
        questions = self.session.questions_for(self.look)
        kept = self._kept.get(begun.act.key)
        asking = questions.ask_for(begun.act, begun.preset, kept.answers if kept is not None else None)
        try:
            with self.desk.lock:
                question = next(asking)
                for one in said:
                    question = asking.send(one)
        except MusterError as error:
            self._not_written(error)  # the question stays as it stands
            return
        assert isinstance(question, Question), "nothing was written, so nothing is asked to be"
        begun.asking.close()
        self._begun = Begun(begun.act, begun.preset, questions, asking, said, when=begun.when)
        glass.question, glass.typed = question, half
        self._show_when()

    # --- doing

    def _do(self, answers: Answers, begun: Begun) -> None:
        desk, when = self.desk, begun.when

        def work() -> Performed:
            performed = perform(desk, answers, when.at, when.basis)
            desk.settle()
            return performed

        def then(performed: Performed) -> None:
            self._did(answers, begun)
            self._say_missing(performed)

        # Kept until it stands in the record: what is refused can be mended.
        self._keep(begun)
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
        self._kept.pop(begun.act.key, None)
        if act.verb == "note":
            said = answers.given.get("text")
            self._known |= {one for one in self.news() if one.words(self.muster.language) == said}
        glass.looking, glass.page = None, 0
        if answers.went_back:
            self.say("cancelled")
        elif act.verb == "open-child":
            child = next(
                one for one in reversed(state.children.values()) if act.step in (one.step, one.watch)
            )
            self._go_to(child.run)
        elif act.verb in ("raise", "raise-again"):
            opened = [name for name in state.open_steps() if self._comes_after(name, act.step)]
            glass.focus = opened[0] if opened else glass.focus
        elif answers.then_end:
            end = next(one for one in self.desk.possible() if one.verb == "end")
            self.begin(end, {"target": "abandoned"})
        elif act.verb == "entry" and answers.given.get("answer") == "no":
            self.say("screen-entry-no")
        elif state.ended is not None and len(self._desks) > 1:
            self.go_back()

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
        self._close()
        if pass_time is not None:
            self.write(lambda: pass_time(desk, length), lambda _: None)


def _with_its_choices(asked: Question, before: Question | None) -> Question:
    """A question that is asked again, why it is, and once more what can be chosen."""
    if before is None or asked.prompt != before.prompt:
        return asked
    rows = [line for line in before.lines if line.strip().partition("  ")[0].isdecimal()]
    return asked._replace(lines=(*asked.lines, *(row for row in rows if row not in asked.lines)))
