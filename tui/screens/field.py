"""An open field: what is typed into it, the field before it, the time of the act, and nothing typed is ever lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.acts import Act
from engine.errors import MusterError
from engine.text import clean
from tui.asking import Answers, Form, Question, Taken
from tui.asking.answers import on_basis
from tui.asking.when import When, ask_when
from tui.screens.begun import Aside, Begun, Kept
from tui.screens.keys import Pressed
from tui.screens.seat import SeatScreen
from tui.typed import narrow

NUMBER = re.compile(r"-?[0-9]+([.,:][0-9]+)*")
"""What is typed anew rather than gone on with."""


class FieldScreen(SeatScreen):
    """Somebody who is asked, one field at a time."""

    _begun: Begun | None = None
    _aside: Aside | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._kept: dict[tuple[str, str | None], Kept] = {}
        self._offered = ""
        """What was typed in the open field before one went back, as long as it stands there untouched."""

    # --- what is answered is done elsewhere

    def do_answered(self, answers: Answers, begun: Begun) -> None:
        """Every field of an act is filled."""
        raise NotImplementedError  # as `paint`: Textual's metaclass leaves no room for an ABC

    def answer_ours(self, said: str) -> None:
        """A question of the screen itself, not of an act, was answered."""
        raise NotImplementedError  # as `do_answered`

    # --- one field after the other

    def open_form(self, act: Act, preset: Mapping[str, Any] | None, when: When | None) -> None:
        """The first field of an act, with what was typed there before it was left."""
        kept = self._kept.get(act.key)
        again = kept.answers if kept is not None else None
        form = Form(lambda: self.session.questions_for(self.look), act, preset, again)
        known = when or (kept.when if kept is not None else When())
        self._begun, self.glass.asked = Begun(act, form, when=known), act
        self._show_when()
        self._step(form.begin)

    def _step(self, step: Callable[[], Question | Taken]) -> None:
        """The next question; when all are answered the act is done."""
        begun = self._begun
        assert begun is not None
        try:
            with self.desk.lock:
                asked = step()
        except StopIteration as done:
            self.shut()
            self.do_answered(done.value, begun)
            return
        except MusterError as error:
            # The record has failed between two questions: what was typed is proposed when it is begun anew.
            self.keep(begun)
            self.shut()
            self._not_written(error)
            return
        if isinstance(asked, Taken):
            self._take_down(asked, begun)
        else:
            self._show_field(asked, begun)

    def _show_field(self, asked: Question, begun: Begun) -> None:
        """The field of a question, with what was typed there before."""
        glass, kept = self.glass, self._kept.get(begun.act.key)
        glass.question = _with_its_choices(asked, glass.question)
        same = kept is not None and glass.question.prompt == kept.prompt and not asked.hidden
        self._offered = begun.form.proposed()
        glass.typed, glass.page = self._offered or (kept.half if same and kept is not None else ""), 0
        self._show_when()

    def _take_down(self, taken: Taken, begun: Begun) -> None:
        """What was given between two questions is written at once, in the worker; then the next is asked."""
        desk, language, when = self.desk, self.muster.language, begun.when

        def work() -> MusterError | None:
            try:
                desk.do(taken.act, on_basis(taken.given, when.basis), at=when.at)
            except MusterError as error:
                return error
            return None

        def then(error: MusterError | None) -> None:
            self.lost.wrote(error)
            if self._begun is begun:
                begun.form.questions.look = self.look
                refused = "" if error is None else error.sentence(language)
                self._step(lambda: begun.form.wrote(refused))

        self.write(work, then)

    def shut(self) -> None:
        """No field is open any more."""
        glass = self.glass
        self._begun, glass.question, glass.asked, glass.typed, glass.page = None, None, None, "", 0
        self._aside, glass.when, glass.may_say_when, glass.may_go_back = None, "", False, False

    # --- keys

    def typing(self, pressed: Pressed) -> bool:
        """Whether the key belongs to the open field; Tab and the F-keys never do."""
        glass = self.glass
        if pressed.key == "enter":
            self._answer()
        elif pressed.key == "escape":
            self._escape_field()
        elif pressed.key == "backspace":
            glass.typed, self._offered = glass.typed[:-1], ""
        elif pressed.key == "ctrl+u":
            glass.typed = ""
        elif pressed.key == "up" and glass.may_go_back:
            self._field_before()
        elif pressed.key == "up" and glass.may_say_when:
            self._when_of_begun()
        elif pressed.key in ("pageup", "pagedown", "up", "down"):
            by = 1 if pressed.key in ("pageup", "up") else -1
            glass.page = min(max(glass.page + by, 0), self._pages - 1)
        elif pressed.sign:
            # A number that was typed before one went back gives way to the next: 3 and 5 are not 35.
            given_way = glass.typed == self._offered and bool(NUMBER.fullmatch(narrow(self._offered)))
            glass.typed, self._offered = ("" if given_way else glass.typed) + clean(pressed.sign), ""
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

    def pasted(self, text: str) -> None:
        """What was pasted goes into the open field, cleaned and on one line; the lines of a list are its items."""
        if self.glass.question is not None:
            reading = self.desk.state.graph.readings.get(self.glass.question.key)
            between = "；" if reading is not None and reading.kind == "list" else " "
            lines = (clean(line.strip()) for line in text.splitlines())
            self.glass.typed += between.join(line for line in lines if line)

    def _answer(self) -> None:
        begun, said = self._begun, self.glass.typed.strip()
        if self._aside is not None:
            self._answer_aside(self._aside, said)
        elif begun is None:
            self.answer_ours(said)
        elif self._began is not None:
            self.say("screen-still-recording")
        else:
            self.glass.typed = ""
            self._step(lambda: begun.form.answer(said))

    # --- the field before

    def _field_before(self) -> None:
        """Back by one field; what was typed here and there is kept."""
        begun, half = self._begun, self.glass.typed
        if begun is None or self._began is not None:
            self.say("screen-still-recording")
            return
        try:
            with self.desk.lock:
                found = begun.form.back(half)
        except MusterError as error:
            self._not_written(error)  # the question stays as it stands
            return
        if found is None:
            self.say("no-way-back")
        else:
            self.glass.question = None
            self._show_field(found, begun)

    # --- when it was done

    def _when_of_begun(self) -> None:
        """One key from the first field of an act asks when it was done."""
        glass = self.glass
        if self._begun is not None:
            self.ask_aside(Aside(ask_when(self.look), self._set_when, glass.question, glass.typed))

    def ask_aside(self, aside: Aside) -> None:
        """A question beside those of an act."""
        glass = self.glass
        self._aside, glass.may_say_when, glass.may_go_back = aside, False, False
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
        """What stands above the field of when, and what the key Up does."""
        begun, glass = self._begun, self.glass
        glass.when = begun.when.words(self.look) if begun is not None else ""
        glass.may_go_back = begun is not None and begun.form.can_go_back()
        glass.may_say_when = begun is not None and not glass.may_go_back

    # --- leaving it

    def _escape_field(self) -> None:
        """Back to the question behind, or out of the field."""
        if self._aside is not None and self._begun is not None:
            self._after_aside()
        else:
            begun = self._begun
            self.close_field()
            self.say("screen-kept-part" if begun is not None and begun.form.has_written else "screen-kept")

    def _arrive(self, word: str, step: str | None = None) -> None:
        """A field that was opened while another run was fetched belongs to the one that is left."""
        self.close_field()
        super()._arrive(word, step)

    def close_field(self) -> None:
        """Nothing is recorded by closing, and what was typed is kept for the next time."""
        self._after_aside()
        begun, question = self._begun, self.glass.question
        if begun is not None and question is not None:
            half = "" if question.hidden else self.glass.typed
            self.keep(begun, question.prompt, half)
            begun.form.close()
        self.shut()

    def keep(self, begun: Begun, prompt: str = "", half: str = "") -> None:
        """What was typed is proposed when the act is begun anew."""
        self._kept[begun.act.key] = Kept(dict(begun.form.questions.answers.typed), prompt, half, begun.when)

    def speak_anew(self) -> None:
        """The open question in the language that was just chosen, where the questions before it can be asked anew."""
        begun, glass = self._begun, self.glass
        self._after_aside()
        if begun is None:
            return  # what is asked next is asked in the new language
        half = glass.typed
        try:
            with self.desk.lock:
                question = begun.form.anew()
        except MusterError as error:
            self._not_written(error)  # the question stays as it stands
            return
        if question is not None:
            glass.question, glass.typed = question, half
        self._show_when()


def _with_its_choices(asked: Question, before: Question | None) -> Question:
    """A question that is asked again: why it is, and once more all that stood above it, choices and drafts."""
    if before is None or not asked.refused or asked.key != before.key:
        return asked
    shown = before.lines[1:] if before.refused else before.lines
    return asked._replace(lines=(*asked.lines, *(line for line in shown if line not in asked.lines)))
