"""Readings and lines: what was read, what it comes to, and what is done of a list.

What is given is written at once, as an entry of its own, before the next question: a kill loses none of it.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial

from engine.acts import Act, Given, Need
from engine.events import ReadingTaken
from engine.plan import Reading, Step
from engine.rules import Proposal, expectation, items_of, needed_readings, ticked_of
from engine.run.situation import value_of
from engine.state import Value
from engine.text import clean
from tui.asking.answers import Question, Taken
from tui.asking.fields import Rows, Unfit, out_of_range
from tui.asking.one_act import Asks
from tui.asking.people import People
from tui.typed import narrow, pick, plain_number
from tui.view import panel, way
from tui.view.values import taken

AT_ONCE = ("do", "visit", "answer", "tell", "sign", "try", "tick", "read")
"""Acts on a step whose readings and lines are written as they are given."""


class Values(People):
    """Asks for readings and lines."""

    looked = False
    """The readings of this act were asked for."""

    def ask_readings(self) -> Asks:
        """Every reading of the act, and a look at what they come to before the act is recorded."""
        if self.looked:
            return
        self.looked = True
        before = self.taken_before()
        todo = [need.reading for need in self.act.needs if need.reading is not None]
        if before:
            self.above += self._not_written(todo)
            yield from self._keep_or_take_anew(before)
        # What decides about the step is looked at before the last value is written.
        last = todo[-1] if todo and self._expects() else None
        for name in todo:
            yield from self.ask_reading(name, at_once=name != last)
        yield from self._look_at_values([*before, *todo])
        yield from self._write([name for name in self.answers.values if name not in self.answers.written])

    def _not_written(self, todo: list[str]) -> list[str]:
        """The values that were typed and refused: they stand in no list of what was taken, and are asked anew."""
        look, known = self.look, self.look.state.graph.readings
        typed = [(known[name], self.again[name]) for name in todo if name in self.again]
        values = [f"{look.text(reading.label)} {taken(look, reading, text)}" for reading, text in typed]
        return [f"  {self.word('not-written-yet', values=look.join(values))}"] if values else []

    def taken_before(self) -> list[str]:
        """What was read for this step in this visit already, and need not be asked again."""
        one = self.one
        if one is None or self.act.verb not in ("do", "visit", "answer", "tell", "sign") or one.awaits_second:
            return []
        asked = {need.reading for need in self.act.needs}
        needed = needed_readings(one.step, self.look.state)
        return [name for name in needed if name in one.readings and name not in asked]

    def _keep_or_take_anew(self, names: list[str]) -> Asks:
        """What is known of this visit, when and by whom; Enter keeps it, and any of it can be typed anew."""
        if len(names) == 1 and self.look.state.graph.readings[names[0]].kind == "number":
            yield from self._keep_or_new_number(names[0])
            return
        while True:
            self.above.append(f"  {self.word('taken-before')}")
            self.above += [f"    {at}  {self._known(name)}" for at, name in enumerate(names, start=1)]
            anew = yield from self._one_of_them(names, self.word("need-keep"))
            if anew is None:
                return
            yield from self.ask_reading(anew)

    def _keep_or_new_number(self, name: str) -> Asks:
        self.above.append(f"  {self.word('taken-before')} {self._known(name)}")
        number = yield from self._another_number(name, self.word("need-keep-or-value"))
        if number is not None:
            yield from self.ask_reading(name, typed=number)

    def _known(self, name: str) -> str:
        """A value of this visit with when and by whom it was taken."""
        one, look = self.one, self.look
        assert one is not None
        said, reading = one.readings[name], look.state.graph.readings[name]
        words = f"{look.text(reading.label)} {taken(look, reading, said.value.text)}"
        return look.join([words, look.clock(said.at), look.name(said.by)])

    def ask_reading(self, name: str, *, at_once: bool = True, typed: str | None = None) -> Asks:
        """One reading; a value outside the believable range is taken with a reason, or typed anew."""
        reading = self.look.state.graph.readings[name]
        value = typed if typed is not None else (yield from self.value(reading))
        reason = ""
        while reading.kind == "number" and out_of_range(reading, value) and not reason:
            bounds = {"least": _shown(reading.least), "most": _shown(reading.most)}
            refused = self.unfit("out-of-range", reading=reading.label, text=value, **bounds)
            self.above.append(f"  {refused}")
            label = self.word("need-range-reason")
            said = yield from self._range_reason(f"{name}-reason", label, reading)
            number = plain_number(said, reading.unit)
            if number is not None:
                value = number  # a number at this place is the right value, never a reason
            elif said and (yield from self.yes(f"{name}-sure", self._said_back(reading, value, said))):
                reason = said
            else:
                self.again.pop(name, None)
                value = yield from self.value(reading)
            self.again.pop(f"{name}-reason", None)
            self.typed[f"{name}-reason"] = reason
        if reading.kind == "list":
            value = yield from self._list_as_meant(reading, value)
            reason = self._why_short(reading, value)
        self.answers.values[name] = self.typed[name] = value
        self.answers.written.discard(name)
        self.reasons[name] = reason
        self.filled[name] = self._as_given(reading)
        if at_once:
            yield from self._write([name])

    def _range_reason(self, key: str, label: str, reading: Reading) -> Generator[Question, str, str]:
        """The right number, or why the other is so in two letters or more; nothing for an empty line."""

        def accept(typed: str) -> str:
            word = narrow(typed)
            if plain_number(typed, reading.unit) is not None:
                return typed
            if len(word) < 2 and (word.isascii() or self.is_command(word)):
                raise Unfit(self.word("reason-too-short"))
            return typed

        return (yield from self.until(key, label, accept, must=False, says_enter=True)) or ""

    def _said_back(self, reading: Reading, value: str, reason: str) -> str:
        """A value that nobody would believe, as it would be recorded."""
        words = f"{self.look.text(reading.label)} {taken(self.look, reading, value)}"
        return self.word("range-sure", value=words, reason=clean(reason))

    def _list_as_meant(self, reading: Reading, value: str) -> Generator[Question, str, str]:
        """A list that has fewer items than there are things to look at is taken only when that is meant."""
        while True:
            question = self._asked_of_list(reading, value)
            self.again.pop(f"{reading.id}-short", None)
            if question is None or (yield from self.yes(f"{reading.id}-short", question)):
                return value
            value = yield from self.value(reading)

    def _asked_of_list(self, reading: Reading, value: str) -> str | None:
        """What is asked about a list: it leaves a step nothing to do, or it has not a value for each item."""
        done, count = self._counted(reading, value)
        if done < count:
            return self.word("list-short", done=done, count=count)
        emptied = [one for one in self.look.state.graph.runbook.steps if one.each == reading.id]
        if not value and emptied:
            label, step = self.look.text(reading.label), self.look.text(emptied[0].text)
            return self.word("list-none", label=label, step=step)
        return None

    def _why_short(self, reading: Reading, value: str) -> str:
        """What the record says of a list that has not a value for each item."""
        done, count = self._counted(reading, value)
        return self.word("list-short-reason", done=done, count=count) if done < count else ""

    def _counted(self, reading: Reading, value: str) -> tuple[int, int]:
        """How many values there are, and for how many items; as many where the list is of no items."""
        step, done = self.step, len(_lines(value))
        if step is None or step.each is None or step.each == reading.id:
            return done, done
        listed = self.answers.values.get(step.each)
        items = _lines(listed) if listed is not None else items_of(self.look.state, step)
        return done, len(items)

    def _write(self, names: list[str]) -> Asks:
        """Write these values down now. One that is refused now goes with the act, which then says why."""
        for name in names:
            value, reason = self.answers.values[name], self.reasons.get(name) or None
            if self._is_at_once and not (
                yield Taken(
                    Act("read", self.act.step),
                    Given({name: value}, reason=reason, by=self.by, basis=self.basis),
                )
            ):
                self.answers.written.add(name)
            elif reason:
                self.given["reason"] = "; ".join([*filter(None, [self.given.get("reason")]), reason])
        if self.act.verb == "read" and self._is_at_once:
            asked = {need.reading for need in self.act.needs}
            self.answers.done = asked <= self.answers.written

    @property
    def _is_at_once(self) -> bool:
        return self.one is not None and self.act.verb in AT_ONCE

    def _expects(self) -> bool:
        """Whether the values decide how the step ends."""
        one = self.one
        expect = one.step.expect if one is not None else None
        return expect is not None and expect.that is not None and self.act.verb not in ("verify", "read")

    def _look_at_values(self, names: list[str]) -> Asks:
        """What the values come to is said before they are recorded; any of them can be typed anew."""
        one = self.one
        if one is None or one.step.expect is None or one.step.expect.that is None or not self._expects():
            return
        while True:
            self.met = expectation(self.look.state, one, self._proposal())
            if self.met is True:
                return
            self.above += [
                f"    {line}"
                for line in panel(self.look, one.step.expect.that, one.step.id, self.values_given())
            ]
            self.above.append(f"  {self._consequence(one.step)}")
            if (yield from self._records_it_so(names)):
                return

    def _consequence(self, step: Step) -> str:
        """What follows when these values are recorded."""
        expect = step.expect
        assert expect is not None
        if expect.finding:
            return self.word("not-met-finding")
        if self.met is None:
            return self.word("not-known")
        if not step.decides:
            return self.word("not-met-say")
        return self.word(
            "ends-unmet", text=way(self.look, expect.otherwise) if expect.otherwise is not None else "-"
        )

    def _records_it_so(self, names: list[str]) -> Generator[Question | Taken, str, bool]:
        """Whether the values are to be recorded as they are; else one of them was typed anew."""
        readings = self.look.state.graph.readings
        if len(names) == 1 and readings[names[0]].kind == "number":
            number = yield from self._another_number(names[0], self.word("need-other-value"))
            if number is not None:
                yield from self.ask_reading(names[0], at_once=False, typed=number)
            return number is None
        shown = [self._as_given(readings[name]) for name in names]
        self.above += [f"    {number}  {words}" for number, words in enumerate(shown, start=1)]
        wrong = yield from self._one_of_them(names, self.word("need-wrong"))
        if wrong is not None:
            self.again.pop(wrong, None)
            yield from self.ask_reading(wrong)
        return wrong is None

    def _as_given(self, reading: Reading) -> str:
        """A value of this act: just typed, or taken before."""
        one = self.one
        text = self.answers.values.get(reading.id)
        if text is None and one is not None:
            text = one.readings[reading.id].value.text
        return f"{self.look.text(reading.label)} {taken(self.look, reading, text or '')}"

    def _one_of_them(self, names: list[str], label: str) -> Generator[Question, str, str | None]:
        """One of the readings by its number; None for Enter."""
        self.again.pop("wrong", None)

        def accept(typed: str) -> str:
            found = pick(typed, names)
            if found is None:
                raise self.no_choice(typed)
            return found

        return (yield from self.until("wrong", label, accept, must=False, says_enter=True))

    def _another_number(self, name: str, label: str) -> Generator[Question, str, str | None]:
        """Another value for the one there is; None for Enter, which keeps it."""
        reading = self.look.state.graph.readings[name]
        self.again.pop("wrong", None)

        accept = partial(self.number, reading)
        return (yield from self.until("wrong", label, accept, must=False, says_enter=True))

    def values_given(self) -> dict[str, Value]:
        readings = self.look.state.graph.readings
        return {event.reading: value_of(readings[event.reading], event) for event in self._events()}

    def _events(self) -> list[ReadingTaken]:
        readings = self.look.state.graph.readings
        values = self.answers.values.items()
        return [ReadingTaken(name, value, readings[name].unit, self.act.step) for name, value in values]

    def _proposal(self) -> Proposal:
        return Proposal(tuple(self._events()), self.look.person, "", self.look.now, self.look.now)

    # --- lines

    def ask_items(self, need: Need) -> Asks:
        """The lines that are done. When some are not, those that are can be recorded alone."""
        if not self._lines_left(need):
            self.given["items"] = (1,)
            return
        left, done, first = self._lines_left(need), list[int](), True
        whole = sorted({**dict(self._ticked()), **dict(left)}.items(), key=lambda row: int(row[0]))
        while left:
            label = self.word("need-items" if first else "need-items-left")
            self.so_far = [f"[x] {number}  {words}" for number, words in whole if number not in dict(left)]
            done_before = [int(number) for number, _ in whole if number not in dict(left)]
            numbers = yield from self.lines("items", label, left, must=first, ticked=done_before)
            self.so_far, first = [], False
            self.again.pop("items", None)
            if not numbers:
                self.answers.act = Act("tick", self.act.step)
                break
            written = self._is_at_once and not (
                yield Taken(Act("tick", self.act.step), Given(items=numbers, by=self.by, basis=self.basis))
            )
            done += () if written else numbers
            left = [row for row in left if int(row[0]) not in numbers]
            if self.act.verb == "tick":
                break
        self.given["items"] = tuple(done)
        self.answers.done = self.answers.act.verb == "tick" and not done

    def _ticked(self) -> Rows:
        """The lines that are ticked already, likewise."""
        one = self.one
        if one is None:
            return []
        items = items_of(self.look.state, one.step)
        said = [self.look.text(line) for line in one.step.check or items]
        return [(str(number), said[number - 1]) for number in ticked_of(one, items)]

    def _lines_left(self, need: Need) -> Rows:
        """The lines by number; those of the plan in the language of whoever reads them."""
        step = self.step
        said = step.check if step is not None else ()
        typed = self.answers.values.get(step.each or "") if step is not None else None
        if typed is not None:
            return [(str(number), clean(line)) for number, line in enumerate(typed.split("\n"), 1) if line]
        if not said:
            return self.rows(need.choices)
        return [(number, self.look.text(said[int(number) - 1])) for number, _ in need.choices]


def _lines(value: str) -> list[str]:
    return [line for line in value.split("\n") if line.strip()]


def _shown(bound: object) -> str:
    return "…" if bound is None else str(bound)
