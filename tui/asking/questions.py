"""Which questions an act asks, in which order, and what need not be asked."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.acts import Act, Given, Need, against_needs
from engine.acts.of_steps import answer_need
from engine.plan import Answer
from engine.rules import exits_unmet, still_open
from engine.rules.suggestion import is_against
from engine.state import COMMAND, StepState
from engine.text import cut
from tui.asking.answers import Answers, Asking, Question, Taken
from tui.asking.fields import kept_of
from tui.asking.levels import before_level
from tui.asking.one_act import Asks
from tui.asking.people import SECOND, SIGNING
from tui.asking.signing import Signing
from tui.asking.values import Values
from tui.asking.words import Words
from tui.logbook import MOST_LISTED
from tui.view import Looking, condition_line, step_row, turnover
from tui.view.ending import ends_by_enter, unconfirmed_rows
from tui.view.rows import watch_words
from tui.view.step import answer_line
from tui.view.values import verdict

FILLED_CELLS = 30
"""How much of an answer stands above the fields that follow."""

PROOFS = ("tag", "read_back", "sure")
"""What shows that somebody looked: typed anew each time."""


class Questions(Values, Words, Signing):
    """Asks for the needs of one act."""

    _form: tuple[Need, ...] = ()
    """Everything the act needs, in the order it is asked for."""

    def ask_for(
        self, act: Act, preset: Mapping[str, Any] | None = None, again: Mapping[str, str] | None = None
    ) -> Asking:
        """Everything the act needs. `preset` is known already; `again` was typed before the act was refused."""
        self.answers, self.met = Answers(act, dict(preset or {})), None
        self.above, self.typed, self.reasons, self.looked = [], self.answers.typed, {}, False
        self.filled, self._form = {}, ()
        refused = (
            ("target",) if act.verb == "end" else ()
        )  # how it ends was refused: Enter does not say it again
        self.again = kept_of(again, (*PROOFS, *SECOND, *(SIGNING if self.is_signing else ()), *refused))
        yield from self.ask_who()
        self._form = tuple((yield from self._needs()))
        for need in self._form:
            if need.name not in self.answers.given and self._is_asked(need):
                yield from self._ask(self._asked_of(need))
                self._fill_in(need)
            if self.answers.act is not act or self.answers.done:
                return self.answers
        yield from self._make_sure()
        return self.answers

    def _needs(self) -> Generator[Question | Taken, str, list[Need]]:
        """What is asked, in order: lines first, since some of them may be recorded alone; readings next."""
        act = self.act
        if act.verb == "override" and any(need.name == "second" for need in act.needs):
            return (yield from self._way_past_safety())
        if act.verb in _BEGINNINGS and not (act.verb == "end" and ends_by_enter(self.look)):
            self.above += _BEGINNINGS[act.verb](self.look)
        if act.verb == "retire":
            watch = watch_words(self.look, act.step or "")
            self.above.append(f"  {self.word('retire-means', watch=watch)}")
        needs, each = list(act.needs), self.step.each if self.step is not None else None
        if self.taken_before() and all(need.kind != "reading" for need in needs):
            needs.append(Need(self.taken_before()[0], "reading"))
        written_now = each is not None and any(need.reading == each for need in needs)
        if written_now and all(need.kind != "items" for need in needs):
            needs.append(Need("items", "items"))
        # A list that is only now written down comes before the lines that are made of it.
        first = "reading" if written_now else "items"
        return sorted(needs, key=lambda need: 0 if need.kind == first else 1 if need.kind in _EARLY else 2)

    def _way_past_safety(self) -> Generator[Question, str, list[Need]]:
        """A safety step is passed with a second person, or alone; both are not asked for."""
        needs = [need for need in self.act.needs if need.name != "read_back" or not need.optional]
        alone = [need for need in self.act.needs if not need.name.startswith("second")]
        if any(need.name == "second" and need.optional for need in self.act.needs):
            ways = [("second", self.word("way-second")), ("alone", self.word("way-alone"))]
            if (yield from self.choose("way", self.word("need-way"), ways)) == "alone":
                return alone
        return [replace(need, optional=False) if need.name == "second" else need for need in needs]

    def _is_asked(self, need: Need) -> bool:
        """Whether a need is asked for, with what was given so far."""
        given, verb = self.given, self.act.verb
        if self._is_of_against(need) and not self._is_against():
            return False
        if need.name in ("channel", "second_channel"):
            strength = given.get("strength" if need.name == "channel" else "second_strength")
            return strength in (None, "voice")
        if need.name in ("answer", "deviation") and need.optional and not self._is_of_against(need):
            return self.met is not True and not (self.met is False and need.name == "answer")
        if need.name == "read_back" and given.get("answer") == "refused":
            return False
        if verb == "try" and need.optional:
            return given.get("outcome") == "answered"
        if verb == "end" and need.name == "reason":
            return given.get("target") != "complete"
        if verb == "role" and need.name == "reason":
            return given.get("role") == COMMAND and bool(self.look.state.commanders)
        return True

    def _is_of_against(self, need: Need) -> bool:
        """Whether it is asked for only where the chosen answer does not fit the readings."""
        asks = self.step is not None and self.act.verb in ("answer", "change")
        return asks and self.step is not None and replace(need, optional=True) in against_needs(self.step)

    def _asked_of(self, need: Need) -> Need:
        """What is asked for against the readings may not be left empty, but by what the second is heard."""
        must = self._is_of_against(need) and need.name != "second_channel"
        return replace(need, optional=False) if must else need

    def _is_against(self) -> bool:
        one, answer = self.one, self.given.get("answer")
        return one is not None and is_against(
            self.look.state, one, answer, self.look.now, self.values_given()
        )

    def _ask(self, need: Need) -> Asks:
        if need.kind == "reading":
            yield from self.ask_readings()
        elif need.kind == "value":
            yield from self.ask_reading(str(self.given.get("target")))
        elif need.kind == "items":
            yield from self.ask_items(need)
        elif need.name == "role" and self.act.verb == "sign":
            yield from self.ask_signer(need)
        else:
            self.above += before_level(self.look) if need.name == "level" else []
            self.given[need.name] = yield from _FORMS[need.kind](self, need)

    # --- the form

    def field_of(self) -> tuple[int, int]:
        """Which field is open; what may still turn out to be asked is not counted before it is known."""
        if not self._form:
            return 0, 0
        names = {need.reading or need.name for need in self._form if self._will_be_asked(need)}
        field = len(self.filled) + 1
        return field, max(field, len(names | self.filled.keys()) + self._sure_of_it())

    def _will_be_asked(self, need: Need) -> bool:
        given = self.answers.given
        signed = any(one.kind == "strength" for one in self._form)
        if signed and (need.kind == "channel" or (need.name == "person" and self.act.verb == "sign")):
            return False  # asked for with the name, or with how somebody signs
        if need.name == "strength" and self._signer(need) is None:
            return False
        late = need.name in ("answer", "deviation") and need.optional and not self.looked
        known = need.name in given and need.name not in self.filled
        return not late and not known and self._is_asked(need)

    def _sure_of_it(self) -> int:
        """How many questions come last, so that nothing is done by mistake."""
        tagged = any(need.name == "tag" for need in self.act.needs)
        grave = self.step is not None and self.step.irreversible and not tagged
        typed = grave and self.act.verb in ("do", "visit", "answer")
        return int(typed) + int(self.act.verb in ("end", "handover"))

    def _fill_in(self, need: Need) -> None:
        """What was given stands above the fields that follow."""
        if need.kind in ("reading", "value", "items"):
            self.filled.setdefault(need.reading or need.name, "")
            return
        value, words = self.given.get(need.name), dict(need.choices)
        said = self._answer_in_words(need, value, words)
        self.filled[need.name] = self.look.labelled(_short(self.label(need)), said) if said else ""

    def _answer_in_words(self, need: Need, value: Any, words: Mapping[str, Any]) -> str:
        """An answer in words."""
        if value is None:
            return ""
        if self.act.verb == "sign" and need.name == "role":
            return self.look.in_brackets(
                self.look.name(str(self.given.get("person"))), self.look.role(str(value))
            )
        if isinstance(value, datetime):
            return self.look.clock(value)
        if need.kind == "person":
            return self.look.name(str(value))
        return cut(self.look.text(words.get(str(value), str(value))), FILLED_CELLS)

    # --- choices

    def ask_choice(self, need: Need) -> Generator[Question, str, str | None]:
        rows, one = self.rows(need.choices), self.one
        if self.act.verb == "reopen" and need.name == "target":
            return (yield from self.choose_step(need.name, self.label(need), rows))
        changes = need.name == "answer" and one is not None and self.act.verb == "change"
        if changes and one is not None:
            # Each answer keeps the number that it has on the step; the one that stands is shown and marked.
            rows = self.rows(answer_need(one.step).choices)
        if need.name == "answer" and one is not None and self.act.verb in ("answer", "change"):
            rows = [(name, self._answer_words(one, name, words)) for name, words in rows]
        must = not need.optional or need.name == "answer"
        default = None if self.is_signing else need.default
        stands = one.answer if changes and one is not None else None
        return (
            yield from self.choose(
                need.name, self.label(need), rows, must=must, default=default, stands=stands
            )
        )

    def _answer_words(self, one: StepState, name: str, words: str) -> str:
        answer: Answer | None = next((known for known in one.step.answers if known.id == name), None)
        if answer is None:
            return words
        if answer.when is not None and self.answers.values:
            met = verdict(self.look, answer.when, one.step.id, self.values_given()).value
            return f"{words}   {self.word('suggested')}" if met else words
        return answer_line(self.look, one, answer)

    # --- before it is recorded

    def _make_sure(self) -> Asks:
        """What cannot be taken back is typed, and whoever was reached may take the role."""
        step, act = self.step, self.act
        if act.verb == "entry" and self.given.get("answer") == "no":
            yield from self._entry_does_not_hold()
        if act.verb in ("raise", "raise-again"):
            # A watch opens steps and calls people: it is raised by one key more.
            watch = watch_words(self.look, act.step or "")
            self.answers.done = not (yield from self.yes("sure", self.word(f"{act.verb}-sure", watch=watch)))
        if act.verb == "end" and not (self.given.get("target") == "complete" and ends_by_enter(self.look)):
            yield from self.word_typed("sure", "word-end")
        tagged = any(need.name == "tag" for need in act.needs)
        if step is not None and step.irreversible and act.verb in ("do", "visit", "answer") and not tagged:
            self.above.append(f"  {self.word('irreversible')}")
            yield from self.word_typed("sure", "word-done")
        if act.verb == "try" and self.given.get("outcome") == "answered":
            yield from self._reached()
        if act.verb == "handover":
            self.given["text"] = yield from self.line("note", self.word("need-handover-note"), must=False)

    def _entry_does_not_hold(self) -> Asks:
        """What it means that an entry condition does not hold, and which road the person takes."""
        self.above.append(f"  {self.word('entry-no-means', words=self.look.text(self.act.subject or ''))}")
        ways = [(way, self.word(f"entry-no-{way}")) for way in ("go-on", "end", "back")]
        way = yield from self.choose("go-on", self.word("need-go-on"), ways)
        self.answers.then_end = way == "end"
        if way == "back":
            self.answers.done = True
            self.given.clear()

    def _reached(self) -> Asks:
        """Whoever was reached for a role that nobody holds yet may take it at once."""
        step, person, state = self.step, str(self.given.get("person")), self.look.state
        role = step.target if step is not None else None
        if role is None or role not in dict(state.graph.runbook.roles) or state.holders(role):
            return
        question = self.word("takes-role", name=self.look.name(person), role=self.look.role(role))
        if (yield from self.yes("reached", question, default=True)):
            self.answers.after.append((Act("role"), Given(person=person, role=role)))


def _short(label: str) -> str:
    """A label without what explains it."""
    return label.partition("（")[0].partition(" (")[0].strip()


# --- what is shown before an act asks anything


def _before_end(look: Looking) -> list[str]:
    """What stays open when the run ends."""
    state = look.state
    left = dict.fromkeys([*still_open(state), *state.deferred_steps(), *state.left_over()])
    rows = [f"   {step_row(look, name, None)}" for name in list(left)[:MOST_LISTED]]
    if len(left) > MOST_LISTED:
        rows.append(f"    {look.say('and-left', count=len(left) - MOST_LISTED)}")
    rows += [
        f"    {look.say('exit-not-met')} {condition_line(look, text)}"
        for text in exits_unmet(look.state, look.now)
    ]
    rows += unconfirmed_rows(look)
    found = len(state.open_findings())
    staying = [look.say("findings-stay", count=found)] if found else []
    return [look.say("stays-open"), *rows, *staying] if rows else staying or [look.say("nothing-stays-open")]


_BEGINNINGS: dict[str, Callable[[Looking], list[str]]] = {
    "end": _before_end,
    "level": before_level,
    "handover": turnover,
}

_EARLY = ("items", "reading")
"""Kinds of need that are asked for before all others."""

_FORMS: dict[str, Callable[[Questions, Need], Generator[Question, str, Any]]] = {
    "choice": Questions.ask_choice,
    "text": Questions.ask_text,
    "tag": Questions.ask_tag,
    "person": Questions.ask_person,
    "time": Questions.ask_moment,
    "file": Questions.ask_file,
    "word": Questions.ask_until_step,
    "channel": Questions.ask_channel,
    "strength": Questions.ask_strength,
}
