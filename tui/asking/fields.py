"""The forms of a question. Each is a generator: it yields questions until it has an answer that fits."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import TypeVar

from engine.errors import MusterError
from engine.events import stamp
from engine.plan import Reading
from engine.text import Text, clean, cut
from tui.asking.answers import Question
from tui.typed import (
    NOTHING,
    clock_time,
    lines_of,
    narrow,
    numbers_in,
    pick,
    pick_by_words,
    plain_number,
    yes_no,
)
from tui.view import Looking, reading_label

PAGE = 12
"""A choice of more than this is shown by pages, and found by its words."""

ROW_CELLS = 71
"""A row of a page is cut to one line; what it does is shown in full before it is asked for."""

BACK = ("0", "q")
"""Leaves a list or a page."""

T = TypeVar("T")
Rows = Sequence[tuple[str, str]]
"""Choices: id and words."""


class Unfit(Exception):
    """What was typed is no answer; the sentence says why, and the question is asked again."""


class Instead(Exception):
    """In a list something was typed that is no row of it but a command: the list is left for it."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


@dataclass(frozen=True, slots=True)
class Listed:
    """How a list is shown that somebody came to by a command, and leaves by 0 or by another one."""

    numbers: Sequence[str]
    """What is typed for each row."""
    in_rows: bool
    """The rows show these numbers themselves."""
    is_command: Callable[[str], bool]
    """Whether what is no row is a command."""
    first: str = ""
    """Typed already, behind the command that led here."""
    by_number: bool = False
    """Words only leave fewer rows: what a row does is recorded, so it is chosen by its number or its whole words."""

    def leaves(self, typed: str, shown: Sequence[tuple[str, str, str]]) -> bool:
        """Whether what is no row of `shown` is a command, or the number of a row with words behind it."""
        number, _, behind = narrow(typed).partition(" ")
        return self.is_command(typed) or (bool(behind) and number in {row[0] for row in shown})


class Fields:
    """Asks in the words of one person's language, and keeps what was typed."""

    def __init__(self, look: Looking) -> None:
        self.look = look
        self.above: list[str] = []
        """What is shown above the next question."""
        self.so_far: list[str] = []
        """The items given already of the list that is asked for."""
        self.typed: dict[str, str] = {}
        self.again: dict[str, str] = {}
        """What was typed before, by question; Enter takes it again."""
        self.is_command: Callable[[str], bool] = _never
        """Whether what answers no question is a command, for which the questions are left: Instead is raised."""

    def word(self, word_id: str, /, **facts: object) -> str:
        return self.look.say(word_id, **facts)

    def rows(self, choices: Sequence[tuple[str, Text]]) -> Rows:
        return [(name, self.look.text(words)) for name, words in choices]

    def unfit(self, sentence_id: str, /, **facts: object) -> Unfit:
        """A refusal in the words of the engine."""
        return Unfit(MusterError(sentence_id, **facts).sentence(self.look.language))

    def no_choice(self, typed: str) -> Unfit:
        """Why that is none of the choices. Raises Instead where it is a command."""
        self.leave_for(typed)
        return Unfit(self.word("not-a-choice", typed=clean(typed)))

    def leave_for(self, typed: str) -> None:
        """Raises Instead where what fits no question of numbers or choices is a command."""
        if self.is_command(typed):
            raise Instead(typed)

    # --- one line

    def line(
        self,
        key: str,
        label: str,
        *,
        must: bool = True,
        default: str | None = None,
        shown: str | None = None,
        says_enter: bool = False,
    ) -> Generator[Question, str, str]:
        """One line; an empty one is the default, or is asked again when something must be said.

        `shown` stands for a long default; `says_enter`: the label itself says what Enter means.
        """
        kept = self.again.get(key)
        taken = kept or default
        hint = "" if must or says_enter else self.word("optional")
        if taken:
            hint = self.word("default", default=shown if shown and taken == default else clean(taken))
        while True:
            said = (yield self._question(f"  {label}{hint} > ")).strip()
            if said or taken or not must:
                self.typed[key] = said or taken or ""
                return self.typed[key]
            self.above.append(f"  {self.word('must-say')}")

    def hidden(self, label: str) -> Generator[Question, str, str]:
        """A line that is not shown while it is typed."""
        return narrow((yield self._question(f"  {label} > ")._replace(hidden=True)))

    def _question(self, prompt: str) -> Question:
        above, self.above = tuple(self.above), []
        return Question(above, prompt, so_far=tuple(self.so_far))

    def until(
        self,
        key: str,
        label: str,
        accept: Callable[[str], T],
        *,
        must: bool = True,
        default: str | None = None,
        shown: str | None = None,
        says_enter: bool = False,
    ) -> Generator[Question, str, T | None]:
        """A line that `accept` takes; None for an empty one."""
        while True:
            typed = yield from self.line(
                key, label, must=must, default=default, shown=shown, says_enter=says_enter
            )
            if not typed:
                return None
            try:
                return accept(typed)
            except Unfit as unfit:
                self.above.append(f"  {unfit}")
                self.again.pop(key, None)

    # --- choices

    def choose(
        self, key: str, label: str, rows: Rows, *, must: bool = True, default: str | None = None
    ) -> Generator[Question, str, str | None]:
        """One of the rows by number, id or words; the only one is taken without a question."""
        if len(rows) == 1 and must:
            self.above.append(f"  {self.word('only-choice', label=label, choice=rows[0][1])}")
            return rows[0][0]
        if len(rows) > PAGE:
            return (yield from self.by_page(key, label, rows))
        self.above += [f"    {number}  {words}" for number, (_, words) in enumerate(rows, start=1)]
        number = next((str(at) for at, (name, _) in enumerate(rows, start=1) if name == default), None)
        return (
            yield from self.until(
                key, label, lambda typed: self._one_of(typed, rows), must=must, default=number
            )
        )

    def _one_of(self, typed: str, rows: Rows) -> str:
        found = pick(typed, [name for name, _ in rows])
        by_words = [] if found is not None else pick_by_words(typed, rows)
        if found is None and len(by_words) != 1:
            raise self.no_choice(typed)
        return found if found is not None else by_words[0]

    def by_page(
        self, key: str, label: str, rows: Rows, *, start: str | None = None, listed: Listed | None = None
    ) -> Generator[Question, str, str]:
        """A long choice, a page at a time: Enter turns it, words leave only the rows that hold them.

        The label stands at the prompt, or above every page of a list that a command has led to: two pages
        push everything else off the screen. `start` is the row whose page comes first. In a list that a
        command has led to a 0 chooses nothing (the empty string), and another command leaves it: Instead is
        raised.
        """
        known = listed.numbers if listed is not None else [str(at) for at in range(1, len(rows) + 1)]
        numbered = [(number, *row) for number, row in zip(known, rows, strict=True)]
        at = next((index for index, row in enumerate(numbered) if row[1] == start), 0)
        shown, top = numbered, at // PAGE * PAGE
        typed = listed.first if listed is not None else ""
        while True:
            if not typed:
                self.above += [] if listed is None else [self._page_title(label, top, len(shown))]
                self.above += self._page(
                    shown[top : top + PAGE], in_rows=listed is not None and listed.in_rows
                )
                prompt = self._page_prompt(
                    key, label if listed is None else "", len(shown), back=listed is not None
                )
                typed = (yield self._question(prompt)).strip() or self.again.get(key, "")
            if listed is not None and narrow(typed) in BACK:
                return ""
            if not typed:
                top = top + PAGE if top + PAGE < len(shown) else 0
                continue
            found = self._found(typed, shown, numbered)
            if listed is not None and (len(narrow(typed)) == 1 or not found) and listed.leaves(typed, shown):
                raise Instead(typed)
            if len(found) == 1 and (listed is None or not listed.by_number or _is_named(found[0], typed)):
                self.typed[key] = typed
                return found[0][1]
            self.again.pop(key, None)
            self.above += [] if found else [f"  {self.no_choice(typed)}"]
            if found or not narrow(typed).isdecimal():
                shown, top = found or numbered, 0
            typed = ""

    def _page(self, rows: Sequence[tuple[str, str, str]], *, in_rows: bool) -> list[str]:
        """The rows of a page, each on one line."""
        if in_rows:
            return [f" {cut(words, ROW_CELLS + 5)}" for _, _, words in rows]
        return [f"  {number:>3}  {cut(words, ROW_CELLS)}" for number, _, words in rows]

    def _page_title(self, title: str, top: int, count: int) -> str:
        """The title of a list above one of its pages; which one, behind the first."""
        page, pages = top // PAGE + 1, -(-count // PAGE)
        return (
            title if page == 1 else self.look.in_brackets(title, self.word("page-of", page=page, pages=pages))
        )

    def _page_prompt(self, key: str, label: str, count: int, *, back: bool) -> str:
        kept = self.again.get(key)
        label += self.word("default", default=clean(kept)) if kept else ""
        hint = self.word("find-or-page", count=count) if count > PAGE else self.word("find")
        hint += self.word("or-back") if back else ""
        return f"  {self.look.labelled(label, hint) if label else hint} > "

    def _found(
        self, typed: str, shown: list[tuple[str, str, str]], numbered: list[tuple[str, str, str]]
    ) -> list[tuple[str, str, str]]:
        """A row that is shown by its number, else the rows of the whole list that hold these words."""
        number = narrow(typed)
        # A number is the number that stands before the row, never an id that looks like one.
        if number.isdecimal():
            return [row for row in shown if row[0] == number]
        exact = [row for row in numbered if row[1] == number]
        wanted = set(pick_by_words(typed, [(name, words) for _, name, words in numbered]))
        return exact or [row for row in numbered if row[1] in wanted]

    def yes(self, key: str, label: str, *, default: bool | None = None) -> Generator[Question, str, bool]:
        """A yes or a no."""

        def accept(typed: str) -> bool:
            said = yes_no(typed)
            if said is None:
                raise self.no_choice(typed)
            return said

        # What was said before is proposed in words too, never as the record keeps it.
        kept = yes_no(self.again.pop(key, ""))
        default = kept if kept is not None else default
        proposed = None if default is None else "1" if default else "2"
        shown = None if default is None else self.word("true" if default else "false")
        words = self.word("yes-or-no", label=label)
        return bool((yield from self.until(key, words, accept, default=proposed, shown=shown)))

    def lines(
        self, key: str, label: str, choices: Rows, *, must: bool
    ) -> Generator[Question, str, tuple[int, ...]]:
        """The numbers of one or several lines; none for an empty answer."""
        self.above += [f"    {number}  {words}" for number, words in choices]

        def accept(typed: str) -> tuple[int, ...]:
            found = numbers_in(typed, {int(number) for number, _ in choices})
            if found is None:
                raise self.no_choice(typed)
            return found

        return (yield from self.until(key, label, accept, must=must, says_enter=True)) or ()

    def word_typed(self, key: str, label: str, word: str) -> Generator[Question, str, None]:
        """The person types that very word, or is asked again."""
        self.again.pop(key, None)

        def accept(typed: str) -> str:
            if narrow(typed).casefold() != word.casefold():
                raise self.no_choice(typed)
            return typed

        yield from self.until(key, label, accept)

    # --- values

    def time(
        self, key: str, label: str, *, must: bool = False, to_come: bool = False
    ) -> Generator[Question, str, datetime | None]:
        """A moment that has passed, or with `to_come` one of another day; None for an empty answer."""

        def accept(typed: str) -> datetime:
            moment = clock_time(typed, self.look)
            if moment is None:
                self.leave_for(typed)
                raise Unfit(self.word("not-a-moment", typed=clean(typed)))
            if moment > self.look.now and not to_come:
                raise self.unfit("in-the-future")
            return moment

        return (yield from self.until(key, label, accept, must=must, says_enter=True))

    def value(self, reading: Reading) -> Generator[Question, str, str]:
        """The value of a reading, as the record keeps it."""
        label = reading_label(self.look, reading.id)
        if reading.kind == "number":
            return (yield from self._number(reading, label))
        if reading.kind == "yes-no":
            return "yes" if (yield from self.yes(reading.id, label)) else "no"
        if reading.kind == "list":
            return (yield from self._list(reading.id, self.word("need-list", label=label)))
        if reading.kind == "time":
            # Also what was agreed on, like a call-back in three days or an announced outage.
            moment = yield from self.time(reading.id, self.word("need-time", label=label), to_come=True)
            return stamp(moment or self.look.now)
        return (yield from self.line(reading.id, label))

    def _number(self, reading: Reading, label: str) -> Generator[Question, str, str]:
        wished = label + self._range(reading)
        whole = self.word("whole") if reading.precision == 0 else ""
        return (yield from self.until(reading.id, wished + whole, partial(self.number, reading))) or ""

    def number(self, reading: Reading, typed: str) -> str:
        """The number somebody typed for that reading; its form is looked at where it is typed, not at the end."""
        number = plain_number(typed, reading.unit)
        if number is None:
            raise self.no_number(reading, typed)
        if reading.precision == 0 and Decimal(number) % 1:
            raise self.unfit("whole-number", reading=reading.label, text=number)
        return number

    def no_number(self, reading: Reading, typed: str) -> Unfit:
        """Why that is no value of this reading. Raises Instead where it is a command."""
        self.leave_for(typed)
        unit = self.look.unit(reading)
        return self.unfit("not-a-number", reading=reading.label, text=clean(typed), unit=unit)

    def _range(self, reading: Reading) -> str:
        if reading.least is None and reading.most is None:
            return ""
        return self.word("range", least=_bound(reading.least), most=_bound(reading.most))

    def _list(self, key: str, label: str) -> Generator[Question, str, str]:
        """Items on one line or on several; an empty line ends.

        That there is none is a fact like any other: it is typed, never read out of an empty line.
        """
        kept = self.again.pop(key, "")
        items: list[str] = []
        while True:
            hint = (
                self.word("default", default=clean(", ".join(kept.split("\n")))) if kept and not items else ""
            )
            asked = self._question(f"  {label}{hint} > " if not items else "  + > ")
            typed = (
                yield asked._replace(goes_on=bool(items), so_far=self._items_so_far(label, items))
            ).strip()
            if not typed and not (items or kept):
                self.above.append(f"  {self.word('must-say-list')}")
                continue
            if not items and narrow(typed).casefold() in NOTHING:
                self.typed[key] = ""
                return ""
            if not typed:
                self.typed[key] = "\n".join(items) or kept
                return self.typed[key]
            for item in lines_of(typed):
                if (yield from self._belongs(item, items)):
                    items.append(item)

    def _belongs(self, item: str, items: Sequence[str]) -> Generator[Question, str, bool]:
        """Whether an item is meant: the name nobody knows in a list of people, and a command, are asked about."""
        people = any(map(self.is_somebody, items))
        numbers = any(narrow(one).isdecimal() for one in items)
        number = narrow(item).isdecimal()
        stray = bool(items) and ((number and not numbers) or (not number and self.is_command(item)))
        if not stray and (not people or self.is_somebody(item)):
            return True
        word = "nobody-known" if people else "item-sure"
        return (yield from self.yes("item-sure", self.word(word, item=clean(item))))

    def is_somebody(self, item: str) -> bool:
        """Whether it names one or several people of the run or the site."""
        state = self.look.state
        known = dict.fromkeys([*state.people, *(person.id for person in state.graph.site.people)])
        return bool(pick_by_words(item, [(one, f"{one} {self.look.name(one)}") for one in known]))

    def _items_so_far(self, label: str, items: Sequence[str]) -> tuple[str, ...]:
        return (label, *(f"+   {clean(item)}" for item in items)) if items else ()


def _never(_typed: str) -> bool:
    return False


def _is_named(row: tuple[str, str, str], typed: str) -> bool:
    """Whether a row was named by its number, or by all its words and not by some of them."""
    return narrow(typed).casefold() in (row[0], narrow(row[2]).casefold())


def out_of_range(reading: Reading, text: str) -> bool:
    """Whether a number lies outside what is believable; it is then taken only with a reason."""
    value = Decimal(text)
    return (reading.least is not None and value < reading.least) or (
        reading.most is not None and value > reading.most
    )


def _bound(value: Decimal | None) -> str:
    return "…" if value is None else format(value, "f")


def kept_of(again: Mapping[str, str] | None, never: Sequence[str]) -> dict[str, str]:
    """What may be proposed again; what proves that somebody looked (a tag, words read back) may not."""
    return {key: typed for key, typed in (again or {}).items() if key not in never and typed}
