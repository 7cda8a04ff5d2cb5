"""Which questions an act asks, in which order, and what need not be asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from engine.acts import Act, Given, Need
from engine.clocks import suggested_level
from engine.events import ReadingTaken
from engine.plan import LEVELS, Answer, Person, Step
from engine.rules import Proposal, exits_unmet, expectation, still_open
from engine.rules.steps import can_come_back_before
from engine.run.situation import value_of
from engine.state import COMMAND, StepState, Value
from engine.text import clean
from tui.asking.answers import Answers, Asking, Question
from tui.asking.fields import Fields, Rows, Unfit, kept_of, out_of_range
from tui.typed import narrow, pick, pick_by_words, plain_number
from tui.view import Looking, condition_line, panel, step_row, turnover, way
from tui.view.people import by_site, channels, last_doer
from tui.view.step import answer_line
from tui.view.values import taken, verdict

EVIDENCE_MOST = 8 * 1024 * 1024
"""Bytes of a photo or file that the record keeps."""

ASKS_WHO = ("do", "visit", "answer", "tell", "start", "tick", "try", "fail", "skip", "confirm", "nobody")
"""Acts on a step that somebody else than who types may have done."""

PROOFS = ("tag", "read_back", "sure")
"""What shows that somebody looked: typed anew each time."""

Asks = Generator[Question, str, None]


class Questions(Fields):
    """Asks for the needs of one act."""

    def __init__(
        self,
        look: Looking,
        has_pin: Callable[[str], bool],
        keep: Callable[[bytes], str],
        propose_text: Callable[[Act], str],
    ) -> None:
        """`keep` stores a file; `propose_text` gives the words of a message."""
        super().__init__(look)
        self._has_pin = has_pin
        self._keep = keep
        self._propose_text = propose_text
        self._answers = Answers(Act(""))
        self._met: bool | None = None
        """Whether what was read is what should be; None: unknown, or nothing is expected of a reading."""

    def ask_for(
        self, act: Act, preset: Mapping[str, Any] | None = None, again: Mapping[str, str] | None = None
    ) -> Asking:
        """Everything the act needs. `preset` is known already; `again` was typed before the act was refused."""
        self._answers, self._met = Answers(act, dict(preset or {})), None
        self.above, self.typed, self.again = [], self._answers.typed, kept_of(again, PROOFS)
        yield from self._who_did_it()
        for need in (yield from self._needs()):
            if need.name not in self._answers.given and self._is_asked(need):
                yield from self._ask(need)
            if self._answers.act is not act:
                return self._answers
        yield from self._make_sure()
        return self._answers

    # --- what is known of the act

    @property
    def _act(self) -> Act:
        return self._answers.act

    @property
    def _given(self) -> dict[str, Any]:
        return self._answers.given

    @property
    def _one(self) -> StepState | None:
        return self.look.state.steps.get(self._act.step or "")

    @property
    def _step(self) -> Step | None:
        return None if self._one is None else self._one.step

    def _needs(self) -> Generator[Question, str, list[Need]]:
        """What is asked, in order: lines first, since some of them may be recorded alone; readings next."""
        act = self._act
        if act.verb == "override" and any(need.name == "second" for need in act.needs):
            return (yield from self._way_past_safety())
        if act.verb in _BEGINNINGS:
            self.above += _BEGINNINGS[act.verb](self.look)
        return sorted(act.needs, key=lambda need: {"items": 0, "reading": 1}.get(need.kind, 2))

    def _way_past_safety(self) -> Generator[Question, str, list[Need]]:
        """A safety step is passed with a second person, or alone; both are not asked for."""
        needs = [need for need in self._act.needs if need.name != "read_back"]
        alone = [need for need in self._act.needs if not need.name.startswith("second")]
        if len(needs) < len(self._act.needs):
            ways = [("second", self.word("way-second")), ("alone", self.word("way-alone"))]
            if (yield from self.choose("way", self.word("need-way"), ways)) == "alone":
                needs = alone
        return needs

    def _is_asked(self, need: Need) -> bool:
        """Whether a need is asked for, with what was given so far."""
        given, verb = self._given, self._act.verb
        if need.name in ("channel", "second_channel"):
            strength = given.get("strength" if need.name == "channel" else "second_strength")
            return strength in (None, "voice")
        if need.name in ("answer", "deviation") and need.optional:
            return self._met is not True and not (self._met is False and need.name == "answer")
        if verb == "try" and need.optional:
            return given.get("outcome") == "answered"
        if verb == "end" and need.name == "reason":
            return given.get("target") != "complete"
        if verb == "role" and need.name == "reason":
            return given.get("role") == COMMAND and bool(self.look.state.commanders)
        return True

    def _ask(self, need: Need) -> Asks:
        if need.kind == "reading":
            yield from self._ask_readings()
        elif need.kind == "value":
            yield from self._ask_reading(str(self._given.get("target")))
        elif need.kind == "items":
            yield from self._ask_items(need)
        else:
            self._given[need.name] = yield from _FORMS[need.kind](self, need)

    def _label(self, need: Need) -> str:
        word = _LABELS.get((self._act.verb, need.name)) or f"need-{need.name.replace('_', '-')}"
        return self.word({"need-second-strength": "need-strength", "need-second-channel": "need-channel"}.get(word, word))

    # --- who did it

    def _who_did_it(self) -> Asks:
        """Who did it, when the step is another role's than that of whoever types."""
        state, step = self.look.state, self._step
        if step is None or not step.roles or self._act.verb not in ASKS_WHO or "by" in self._given:
            return
        if any(state.holds(self.look.person, role) for role in step.roles):
            return
        holders = list(dict.fromkeys(person for role in step.roles for person in state.holders(role)))
        known = last_doer(self.look, step.roles)
        if len(holders) == 1 or (known is not None and not holders):
            self._given["by"] = holders[0] if holders else known
            return
        people = holders or [self.look.person, *(one.id for role in step.roles for one in by_site(self.look, role))]
        rows = self._people_rows(list(dict.fromkeys(people)))
        roles = self.look.join([self.look.role(one) for one in step.roles])
        self.above.append(f"  {self.word('who-of' if holders else 'who-does', roles=roles)}")
        self._above_people(rows)
        accept = partial(self._anybody, rows=rows)
        found = yield from self.until("by", self.word("need-doer"), accept, default="1")
        self._given["by"] = found

    # --- readings, and what is expected of them

    def _ask_readings(self) -> Asks:
        """Every reading of the act, and a look at what they come to before they are recorded."""
        names = [need.reading for need in self._act.needs if need.reading is not None]
        todo = [name for name in names if name not in self._answers.values]
        if not todo:
            return
        for name in todo:
            yield from self._ask_reading(name)
        yield from self._look_at_values(names)

    def _ask_reading(self, name: str) -> Asks:
        """One reading; a value outside the believable range is taken with a reason."""
        reading = self.look.state.graph.readings[name]
        while True:
            value = yield from self.value(reading)
            reason = ""
            if reading.kind == "number" and out_of_range(reading, value):
                bounds = {"least": _shown(reading.least), "most": _shown(reading.most)}
                self.above.append(f"  {self.unfit('out-of-range', reading=reading.label, text=value, **bounds)}")
                reason = yield from self.line(f"{name}-reason", self.word("need-range-reason"), must=False, says_enter=True)
                if not reason:
                    self.again.pop(name, None)
                    continue
            self._answers.values[name] = value
            if reason:
                self._given["reason"] = "; ".join([*filter(None, [self._given.get("reason")]), reason])
            return

    def _look_at_values(self, names: list[str]) -> Asks:
        """What the values come to is said before they are recorded; any of them can be typed anew."""
        one = self._one
        if one is None or one.step.expect is None or one.step.expect.that is None or self._act.verb == "verify":
            return
        while True:
            self._met = expectation(self.look.state, one, self._proposal())
            if self._met is True:
                return
            self.above += [f"    {line}" for line in panel(self.look, one.step.expect.that, one.step.id, self._values())]
            self.above.append(f"  {self._consequence(one.step)}")
            if (yield from self._records_it_so(names)):
                return

    def _consequence(self, step: Step) -> str:
        """What follows when these values are recorded."""
        expect = step.expect
        assert expect is not None
        if self._met is None:
            return self.word("not-known")
        if not step.decides:
            return self.word("not-met-say")
        return self.word("ends-unmet", text=way(self.look, expect.otherwise) if expect.otherwise is not None else "-")

    def _records_it_so(self, names: list[str]) -> Generator[Question, str, bool]:
        """Whether the values are to be recorded as they are; else one of them was typed anew."""
        readings = self.look.state.graph.readings
        if len(names) == 1 and readings[names[0]].kind == "number":
            return (yield from self._new_number(names[0]))
        shown = [(name, f"{self.look.text(readings[name].label)} {taken(self.look, readings[name], self._answers.values[name])}") for name in names]
        self.above += [f"    {number}  {words}" for number, (_, words) in enumerate(shown, start=1)]
        self.again.pop("wrong", None)

        def accept(typed: str) -> str:
            found = pick(typed, names)
            if found is None:
                raise self.no_choice(typed)
            return found

        wrong = yield from self.until("wrong", self.word("need-wrong"), accept, must=False, says_enter=True)
        if wrong is not None:
            self.again.pop(wrong, None)
            yield from self._ask_reading(wrong)
        return wrong is None

    def _new_number(self, name: str) -> Generator[Question, str, bool]:
        """Enter records the one value there is; anything typed is another one."""
        reading = self.look.state.graph.readings[name]
        self.again.pop("wrong", None)

        def accept(typed: str) -> str:
            number = plain_number(typed, reading.unit)
            if number is None:
                raise self.unfit("not-a-number", reading=reading.label, text=clean(typed), unit=reading.unit or "")
            return number

        number = yield from self.until("wrong", self.word("need-other-value"), accept, must=False, says_enter=True)
        if number is not None and out_of_range(reading, number):
            self.again[name] = number
            yield from self._ask_reading(name)
        elif number is not None:
            self._answers.values[name] = self.typed[name] = number
        return number is None

    def _values(self) -> dict[str, Value]:
        readings = self.look.state.graph.readings
        return {event.reading: value_of(readings[event.reading], event) for event in self._events()}

    def _events(self) -> list[ReadingTaken]:
        readings = self.look.state.graph.readings
        values = self._answers.values.items()
        return [ReadingTaken(name, value, readings[name].unit, self._act.step) for name, value in values]

    def _proposal(self) -> Proposal:
        return Proposal(tuple(self._events()), self.look.person, "", self.look.now, self.look.now)

    # --- lines

    def _ask_items(self, need: Need) -> Asks:
        """The lines that are done. When some are not, those that are can be recorded alone."""
        if not need.choices:
            self._given["items"] = (1,)
            return
        left, done = self._lines_left(need), list[int]()
        while left:
            label = self.word("need-items") if not done else self.word("need-items-left")
            numbers = yield from self.lines("items", label, left, must=not done)
            self.again.pop("items", None)
            if not numbers:
                self._answers.act = Act("tick", self._act.step)
                break
            done += numbers
            left = [row for row in left if int(row[0]) not in done]
            if self._act.verb == "tick":
                break
        self._given["items"] = tuple(done)

    def _lines_left(self, need: Need) -> Rows:
        """The lines by number; those of the plan in the language of whoever reads them."""
        said = self._step.check if self._step is not None else ()
        if not said:
            return self.rows(need.choices)
        return [(number, self.look.text(said[int(number) - 1])) for number, _ in need.choices]

    # --- words, tags, files

    def _text(self, need: Need) -> Generator[Question, str, str | None]:
        telling = self._act.verb in ("tell", "visit", "tell-anytime")
        if need.name == "text" and telling:
            return (yield from self._message(need))
        if need.name == "to" and telling:
            return (yield from self._heard_by(need))
        if need.name == "read_back" and self._step is not None:
            self.above.append(f"    {self.look.text(self._step.text)}")
        must = not need.optional or need.name == "read_back" or self._must_say(need)
        return (yield from self.line(need.name, self._label(need), must=must, default=need.default)) or None

    def _message(self, need: Need) -> Generator[Question, str, str]:
        """The words of a message; what its template leaves blank behind a colon is asked for."""
        proposed = self._propose_text(self._act)
        if not proposed:
            return (yield from self.line(need.name, self._label(need)))
        lines = [line for line in proposed.split("\n") if line.strip()]
        self.above += [f"    {clean(line)}" for line in lines]
        shown = self.word("as-above")
        said = yield from self.line(need.name, self._label(need), default=proposed, shown=shown)
        if said != proposed:
            return said
        filled = list[str]()
        for number, line in enumerate(lines):
            filled.append((yield from self._filled(number, line)))
        return "\n".join(filled)

    def _filled(self, number: int, line: str) -> Generator[Question, str, str]:
        """A line of a template, its blank filled."""
        if not line.rstrip().endswith((":", "：")):
            return line
        said = yield from self.line(f"blank-{number}", clean(line.strip()), must=False)
        return f"{line.rstrip()} {said}".rstrip()

    def _must_say(self, need: Need) -> bool:
        """What the plan leaves open, and the situation does not."""
        expect = self._step.expect if self._step is not None else None
        if need.name == "deviation":
            return expect is not None and expect.that is not None and self._met is not True
        return need.name == "reason" and self._act.verb in ("end", "role")

    def _heard_by(self, need: Need) -> Generator[Question, str, str | None]:
        """Who heard it; nobody means that it was only sent."""
        heard = yield from self.line(need.name, self._label(need), must=False, says_enter=True)
        if not heard:
            self._given["outcome"] = "sent"
        return heard or None

    def _tag(self, need: Need) -> Generator[Question, str, str | None]:
        """The tag as it hangs there; of one that the plan writes in two languages either will do."""
        typed = yield from self.line(need.name, self._label(need))
        tag = self._step.tag if self._step is not None else None
        said = [part.strip().casefold() for part in (tag or "").split(" / ")]
        return tag if narrow(typed).casefold() in said else typed

    def _file(self, need: Need) -> Generator[Question, str, str | None]:
        """A file is kept in the record; what is no file here is noted by its name."""
        typed = yield from self.line(need.name, self._label(need), must=not need.optional)
        if not typed:
            return None
        path = Path(typed).expanduser()
        try:
            data = path.read_bytes() if path.is_file() and path.stat().st_size <= EVIDENCE_MOST else None
        except (OSError, ValueError):
            data = None
        if data is None:
            return typed
        self._keep(data)
        self._given.update(digest=hashlib.sha256(data).hexdigest(), size=len(data))
        return path.name

    def _moment(self, need: Need) -> Generator[Question, str, Any]:
        return (yield from self.time(need.name, self._label(need), must=not need.optional))

    # --- choices

    def _choice(self, need: Need) -> Generator[Question, str, str | None]:
        rows, one = self.rows(need.choices), self._one
        if need.name == "answer" and one is not None and self._act.verb in ("answer", "change"):
            rows = [(name, self._answer_words(one, name, words)) for name, words in rows]
        must = not need.optional or need.name == "answer"
        default = need.default
        if need.name == "role" and self._act.verb == "sign":
            default = next((role for role, _ in rows if self.look.state.holds(self.look.person, role)), None)
        if self._act.verb == "end" and len(rows) > 1:
            default = "complete" if not self._left_open() else "complete-except"
        return (yield from self.choose(need.name, self._label(need), rows, must=must, default=default))

    def _left_open(self) -> bool:
        """Whether anything keeps the run from ending complete."""
        state = self.look.state
        return bool(state.deferred_steps() or state.left_over() or exits_unmet(state, self.look.now))

    def _answer_words(self, one: StepState, name: str, words: str) -> str:
        answer: Answer | None = next((known for known in one.step.answers if known.id == name), None)
        if answer is None:
            return words
        if answer.when is not None and self._answers.values:
            met = verdict(self.look, answer.when, one.step.id, self._values()).value
            return f"{words}   {self.word('suggested')}" if met else words
        return answer_line(self.look, one, answer)

    def _until_step(self, need: Need) -> Generator[Question, str, str | None]:
        """The step before which a deferred one comes back: by number, id or words."""
        state = self.look.state
        if need.default is not None:
            self.above.append(f"  {self.word('until-step', step=self.look.title(need.default))}")
            return need.default
        names = can_come_back_before(state, self._act.step or "", tuple(state.graph.steps))
        rows = [(name, self.look.title(name)) for name in names]

        def accept(typed: str) -> str:
            numbered = next((name for name in names if str(state.graph.number[name]) == typed.strip()), None)
            found = [numbered] if numbered is not None else pick_by_words(typed, rows)
            if len(found) != 1 and typed not in names:
                raise self.no_choice(typed)
            return typed if typed in names else found[0]

        return (yield from self.until(need.name, self._label(need), accept, must=False, says_enter=True))

    # --- people and signatures

    def _person(self, need: Need) -> Generator[Question, str, str | None]:
        if need.choices:
            return (yield from self.choose(need.name, self._label(need), self.rows(need.choices), must=not need.optional, default=need.default))
        role = self._role_of(need)
        while True:
            rows = self._people_rows(self._candidates(need, role))
            self._above_people(rows)
            accept = partial(self._anybody, rows=rows)
            default = "1" if role is not None and rows else None
            label, must = self._label(need), not need.optional
            person = yield from self.until(need.name, label, accept, must=must, default=default)
            if person is None or (yield from self._may_act(need, person, role)):
                return person
            self.again.pop(need.name, None)

    def _role_of(self, need: Need) -> str | None:
        """The role that somebody is asked for; None where anybody will do."""
        return self._given.get("role") if self._act.verb in ("sign", "role", "handover") else None

    def _candidates(self, need: Need, role: str | None) -> list[str]:
        """Who is proposed: those of the role, else those of the run; never who has done the first part."""
        state = self.look.state
        if role is not None and not (self._act.verb == "handover" and need.name == "person"):
            here = list(state.holders(role)) if self._act.verb != "role" else []
            site = [] if need.name == "owner" else [one.id for one in by_site(self.look, role)]
            people = [*(one for one in here if one == self.look.person), *here, *site]
        else:
            people = list(state.people)
        return [one for one in dict.fromkeys(people) if one not in self._not_again(need)]

    def _not_again(self, need: Need) -> set[str]:
        """Who cannot be the second, because they are the first."""
        one = self._one
        if need.name == "second":
            return {self._given.get("by") or self.look.person}
        if need.name == "person" and self._act.verb == "verify" and one is not None and one.last is not None:
            return {one.last.by}
        if need.name == "person" and self._act.verb == "handover":
            return {str(self._given.get("owner"))}
        if self._act.verb == "sign" and one is not None:
            return {sign.person for sign in one.signatures if sign.purpose == "hold"}
        return set()

    def _may_act(self, need: Need, person: str, role: str | None) -> Generator[Question, str, bool]:
        """Whether that person may: who signs in a role they have not taken takes it now, if the person says so."""
        state = self.look.state
        if self._act.verb == "sign" and role is not None and not state.holds(person, role):
            return (yield from self._take_role(person, role))
        joins = need.name == "second" or self._act.verb in ("verify", "handover")
        if joins and person not in state.people:
            known = state.graph.people.get(person)
            role = next((one for one in known.roles if one in dict(state.graph.runbook.roles)), None) if known else None
            return role is not None and (yield from self._take_role(person, role))
        return True

    def _take_role(self, person: str, role: str) -> Generator[Question, str, bool]:
        name, title = self.look.name(person), self.look.role(role)
        if not (yield from self.yes("takes-role", self.word("takes-role", name=name, role=title), default=True)):
            return False
        reason = None
        if role == COMMAND and self.look.state.commanders:
            reason = yield from self.line("role-reason", self.word("need-reason"))
        self._answers.before.append((Act("role"), Given(person=person, role=role, reason=reason)))
        return True

    def _people_rows(self, people: list[str]) -> Rows:
        return [(person, self._person_words(person)) for person in people]

    def _person_words(self, person: str) -> str:
        roles = self.look.state.roles_of(person)
        known: Person | None = self.look.state.graph.people.get(person)
        held = roles or (known.roles if known is not None else ())
        words = [self.look.role(role) for role in held]
        reach = channels(self.look, known)[:1] if known is not None and not roles else []
        return "  ".join([self.look.name(person), *words, *reach])

    def _above_people(self, rows: Rows) -> None:
        self.above += [f"    {number}  {words}" for number, (_, words) in enumerate(rows, start=1)]

    def _anybody(self, typed: str, rows: Rows) -> str:
        """One of the rows by number; anybody of the run or the site by id, name, or a part of it."""
        found = pick(typed, [name for name, _ in rows]) or self._by_name(typed)
        if found is not None:
            return found
        if self._act.verb == "role":
            self._given["name"] = typed
            return typed
        raise self.no_choice(typed)

    def _by_name(self, typed: str) -> str | None:
        state = self.look.state
        names = dict.fromkeys([*state.people, *(person.id for person in state.graph.site.people)])
        if typed in names:
            return typed
        found = pick_by_words(typed, [(person, self.look.name(person)) for person in names])
        return found[0] if len(found) == 1 else None

    def _strength(self, need: Need) -> Generator[Question, str, str | None]:
        """How somebody signs: only what they can do here is proposed."""
        signer = self._signer(need)
        rows = [row for row in self.rows(need.choices) if self._can_sign(row[0], signer)] or self.rows(need.choices)
        if self._act.verb == "confirm-voice":
            self._given["person"] = signer
        strength = yield from self.choose(need.name, self._label(need), rows, default=rows[0][0])
        if strength == "pin" and signer is not None and self._has_pin(signer):
            pin = yield from self.hidden(self.word("need-pin", name=self.look.name(signer)))
            if need.name == "second_strength":
                self._answers.second_pin = pin
            else:
                self._answers.pin = pin
        return strength

    def _can_sign(self, strength: str, signer: str | None) -> bool:
        if strength == "own-device":
            return signer == self.look.person
        return strength == "voice" or (signer is not None and self._has_pin(signer))

    def _signer(self, need: Need) -> str | None:
        if need.name == "second_strength":
            return self._given.get("owner" if self._act.verb == "handover" else "second")
        if self._act.verb == "confirm-voice":
            signs = [sign for one in self.look.state.steps.values() for sign in one.signatures]
            return next((sign.person for sign in signs if sign.hash == self._given.get("target")), None)
        return self._given.get("person")

    def _channel(self, need: Need) -> Generator[Question, str, str | None]:
        return (yield from self.line(need.name, self._label(need), default=self.word("telephone")))

    # --- before it is recorded

    def _make_sure(self) -> Asks:
        """What cannot be taken back is typed, and whoever was reached may take the role."""
        step, act = self._step, self._act
        if act.verb == "end":
            yield from self.word_typed("sure", self.word("type-word", word=self.word("word-end")), self.word("word-end"))
        tagged = any(need.name == "tag" for need in act.needs)
        if step is not None and step.irreversible and act.verb in ("do", "visit", "answer") and not tagged:
            self.above.append(f"  {self.word('irreversible')}")
            yield from self.word_typed("sure", self.word("type-word", word=self.word("word-done")), self.word("word-done"))
        if act.verb == "try" and self._given.get("outcome") == "answered":
            yield from self._reached()
        if act.verb == "handover":
            self._given["text"] = yield from self.line("note", self.word("need-handover-note"), must=False)

    def _reached(self) -> Asks:
        """Whoever was reached for a role that nobody holds yet may take it at once."""
        step, person, state = self._step, str(self._given.get("person")), self.look.state
        role = step.target if step is not None else None
        if role is None or role not in dict(state.graph.runbook.roles) or state.holders(role):
            return
        question = self.word("takes-role", name=self.look.name(person), role=self.look.role(role))
        if (yield from self.yes("reached", question, default=True)):
            self._answers.after.append((Act("role"), Given(person=person, role=role)))


def _shown(bound: object) -> str:
    return "…" if bound is None else str(bound)


# --- what is shown before an act asks anything


def _before_end(look: Looking) -> list[str]:
    """What stays open when the run ends."""
    state = look.state
    left = dict.fromkeys([*still_open(state), *state.deferred_steps(), *state.left_over()])
    rows = [f"   {step_row(look, name, None)}" for name in left]
    rows += [f"    {look.say('exit-not-met')} {condition_line(look, text)}" for text in exits_unmet(look.state, look.now)]
    return [look.say("stays-open"), *rows] if rows else [look.say("nothing-stays-open")]


def _before_level(look: Looking) -> list[str]:
    """The grounds of each level, the highest first."""
    lines = []
    for level in reversed(LEVELS):
        grounds = [rule for rule in look.state.graph.runbook.levels if rule.level == level]
        words = [look.text(one.words) if one.words is not None else condition_line(look, one.when or "") for one in grounds]
        lines += [f"    {look.say('level', level=level)}  {look.say('or').join(words)}"] if words else []
    suggested = suggested_level(look.state, look.now)
    return lines + ([] if suggested is None else [f"    {look.say('suggests', level=suggested)}"])


_BEGINNINGS: dict[str, Callable[[Looking], list[str]]] = {
    "end": _before_end,
    "level": _before_level,
    "handover": turnover,
}

_LABELS = {
    ("handover", "owner"): "need-giver",
    ("handover", "person"): "need-taker",
    ("report", "text"): "need-report",
    ("report", "to"): "need-report-to",
    ("read", "target"): "need-target-reading",
    ("level", "target"): "need-target-level",
    ("end", "target"): "need-target-ending",
    ("reopen", "target"): "need-target-step",
    ("confirm-voice", "target"): "need-target-signature",
    ("tell-anytime", "target"): "need-target-group",
    ("sign", "role"): "need-sign-role",
    ("sign", "person"): "need-signer",
    ("verify", "person"): "need-second",
    ("role", "person"): "need-role-person",
    ("leave", "person"): "need-leaver",
    ("try", "person"): "need-called",
    ("try-anytime", "person"): "need-called",
    ("whether", "answer"): "need-whether",
    ("put-back", "text"): "need-put-back",
}

_FORMS: dict[str, Callable[[Questions, Need], Generator[Question, str, Any]]] = {
    "choice": Questions._choice,
    "text": Questions._text,
    "tag": Questions._tag,
    "person": Questions._person,
    "time": Questions._moment,
    "file": Questions._file,
    "word": Questions._until_step,
    "channel": Questions._channel,
    "strength": Questions._strength,
}
