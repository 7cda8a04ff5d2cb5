"""Readings and lines: what was read, what it comes to, and what is done of a list."""

from __future__ import annotations

from collections.abc import Generator

from engine.acts import Act, Need
from engine.events import ReadingTaken
from engine.plan import Step
from engine.rules import Proposal, expectation
from engine.run.situation import value_of
from engine.state import Value
from engine.text import clean
from tui.asking.answers import Question
from tui.asking.fields import Rows, out_of_range
from tui.asking.one_act import Asks, OneAct
from tui.typed import pick, plain_number
from tui.view import panel, way
from tui.view.values import taken


class Values(OneAct):
    """Asks for readings and lines."""

    def ask_readings(self) -> Asks:
        """Every reading of the act, and a look at what they come to before they are recorded."""
        names = [need.reading for need in self.act.needs if need.reading is not None]
        todo = [name for name in names if name not in self.answers.values]
        if not todo:
            return
        for name in todo:
            yield from self.ask_reading(name)
        yield from self._look_at_values(names)

    def ask_reading(self, name: str) -> Asks:
        """One reading; a value outside the believable range is taken with a reason."""
        reading = self.look.state.graph.readings[name]
        while True:
            value = yield from self.value(reading)
            reason = ""
            if reading.kind == "number" and out_of_range(reading, value):
                bounds = {"least": _shown(reading.least), "most": _shown(reading.most)}
                self.above.append(
                    f"  {self.unfit('out-of-range', reading=reading.label, text=value, **bounds)}"
                )
                reason = yield from self.line(
                    f"{name}-reason", self.word("need-range-reason"), must=False, says_enter=True
                )
                if not reason:
                    self.again.pop(name, None)
                    continue
            self.answers.values[name] = value
            if reason:
                self.given["reason"] = "; ".join([*filter(None, [self.given.get("reason")]), reason])
            return

    def _look_at_values(self, names: list[str]) -> Asks:
        """What the values come to is said before they are recorded; any of them can be typed anew."""
        one = self.one
        if (
            one is None
            or one.step.expect is None
            or one.step.expect.that is None
            or self.act.verb == "verify"
        ):
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

    def _records_it_so(self, names: list[str]) -> Generator[Question, str, bool]:
        """Whether the values are to be recorded as they are; else one of them was typed anew."""
        readings = self.look.state.graph.readings
        if len(names) == 1 and readings[names[0]].kind == "number":
            return (yield from self._new_number(names[0]))
        shown = [
            (
                name,
                f"{self.look.text(readings[name].label)} {taken(self.look, readings[name], self.answers.values[name])}",
            )
            for name in names
        ]
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
            yield from self.ask_reading(wrong)
        return wrong is None

    def _new_number(self, name: str) -> Generator[Question, str, bool]:
        """Enter records the one value there is; anything typed is another one."""
        reading = self.look.state.graph.readings[name]
        self.again.pop("wrong", None)

        def accept(typed: str) -> str:
            number = plain_number(typed, reading.unit)
            if number is None:
                raise self.unfit(
                    "not-a-number", reading=reading.label, text=clean(typed), unit=reading.unit or ""
                )
            return number

        number = yield from self.until(
            "wrong", self.word("need-other-value"), accept, must=False, says_enter=True
        )
        if number is not None and out_of_range(reading, number):
            self.again[name] = number
            yield from self.ask_reading(name)
        elif number is not None:
            self.answers.values[name] = self.typed[name] = number
        return number is None

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
        left, done = self._lines_left(need), list[int]()
        while left:
            label = self.word("need-items") if not done else self.word("need-items-left")
            numbers = yield from self.lines("items", label, left, must=not done)
            self.again.pop("items", None)
            if not numbers:
                self.answers.act = Act("tick", self.act.step)
                break
            done += numbers
            left = [row for row in left if int(row[0]) not in done]
            if self.act.verb == "tick":
                break
        self.given["items"] = tuple(done)

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


def _shown(bound: object) -> str:
    return "…" if bound is None else str(bound)
