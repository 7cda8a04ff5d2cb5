"""The forms of a question. Each is a generator: it yields questions until it has an answer that fits."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial

from engine.events import stamp
from engine.plan import Reading
from engine.rules.situation import NO_ITEM
from engine.text import clean
from tui.asking.answers import Question
from tui.asking.pages import BACK, PAGE, Instead, Listed, Pages, Rows, Unfit
from tui.locale import WORDS
from tui.typed import (
    NOTHING,
    clock_time,
    clock_time_ahead,
    is_day,
    is_time_of_day,
    lines_of,
    narrow,
    numbers_in,
    parts_of,
    pick,
    pick_by_words,
    plain_number,
    yes_no,
)
from tui.view import reading_label

__all__ = ["BACK", "PAGE", "Fields", "Instead", "Listed", "Rows", "Unfit", "kept_of", "out_of_range"]


class Fields(Pages):
    """Asks in the words of one person's language, and keeps what was typed."""

    # --- choices

    def choose(
        self,
        key: str,
        label: str,
        rows: Rows,
        *,
        must: bool = True,
        default: str | None = None,
        stands: str | None = None,
    ) -> Generator[Question, str, str | None]:
        """One of the rows by number, id or words; the only one is taken without a question.

        `stands` is the row that holds already: it keeps its number, and choosing it is refused.
        """
        if len(rows) == 1 and must:
            self.above.append(f"  {self.word('only-choice', label=label, choice=rows[0][1])}")
            return rows[0][0]
        if len(rows) > PAGE:
            return (yield from self.by_page(key, label, rows))
        mark = self.word("stands-now")
        said = [self.look.in_brackets(words, mark) if name == stands else words for name, words in rows]
        self.above += [f"    {number}  {words}" for number, words in enumerate(said, start=1)]
        number = next((str(at) for at, (name, _) in enumerate(rows, start=1) if name == default), None)

        def accept(typed: str) -> str:
            chosen = self._one_of(typed, rows)
            if chosen == stands:
                raise Unfit(self.word("stands-already"))
            return chosen

        return (yield from self.until(key, label, accept, must=must, default=number))

    def _one_of(self, typed: str, rows: Rows) -> str:
        found = pick(typed, [name for name, _ in rows])
        by_words = [] if found is not None else pick_by_words(typed, rows)
        if found is None and len(by_words) != 1:
            raise self.no_choice(typed)
        return found if found is not None else by_words[0]

    def choose_step(self, key: str, label: str, rows: Rows) -> Generator[Question, str, str]:
        """One of several steps, each by the number it has everywhere; which one was taken is said."""
        number = self.look.state.graph.number
        listed = Listed([str(number[name]) for name, _ in rows], in_rows=False, is_command=self.is_command)
        chosen = rows[0][0] if len(rows) == 1 else ""
        chosen = chosen or (yield from self.by_page(key, label, rows, listed=listed, back=False))
        title = self.word("step-n", number=number[chosen], title=self.look.title(chosen))
        self.above.append(f"  {self.word('only-choice', label=label, choice=title)}")
        return chosen

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
        if default is not None:
            return bool((yield from self.until(key, words, accept, default=proposed, shown=shown)))
        while (said := (yield from self.until(key, words, accept, must=False, says_enter=True))) is None:
            self._refuse(self.word("say-yes-or-no"))
        return said

    def lines(
        self, key: str, label: str, choices: Rows, *, must: bool, ticked: Collection[int] = ()
    ) -> Generator[Question, str, tuple[int, ...]]:
        """The numbers of one or several lines; none for an empty answer. One that is `ticked` may stand among them."""
        self.above += [f"    {number}  {words}" for number, words in choices]

        def accept(typed: str) -> tuple[int, ...]:
            known = {int(number) for number, _ in choices}
            found = tuple(one for one in numbers_in(typed, known | set(ticked)) or () if one in known)
            if not found:
                raise self.no_choice(typed)
            return found

        return (yield from self.until(key, label, accept, must=must, says_enter=True)) or ()

    def word_typed(self, key: str, word_id: str) -> Generator[Question, str, None]:
        """The person types that very word, or is asked again.

        In either language: where no input method is at hand, Chinese cannot be typed.
        """
        self.again.pop(key, None)
        words = {narrow(one).casefold() for one in (WORDS[word_id].zh, WORDS[word_id].en)}

        def accept(typed: str) -> str:
            if narrow(typed).casefold() not in words:
                raise Unfit(self.word("type-that-word", typed=clean(typed), word=WORDS[word_id].en))
            return typed

        label = self.word("type-word", word=self.word(word_id))
        if self.word(word_id) != WORDS[word_id].en:
            label += self.word("or-latin", latin=WORDS[word_id].en)
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
            return (yield from self._list(reading, label))
        if reading.kind == "time":
            if reading.ahead:
                return stamp(
                    (yield from self._time_ahead(reading.id, self.word("need-time-ahead", label=label)))
                )
            # Also what lies ahead without being planned, like when somebody will be back.
            moment = yield from self.time(reading.id, self.word("need-time", label=label), to_come=True)
            return stamp(moment or self.look.now)
        return (yield from self.line(reading.id, label))

    def _time_ahead(self, key: str, label: str) -> Generator[Question, str, datetime]:
        """A moment that is agreed on: now is never meant, and what has passed, today or for good, is asked about."""

        def accept(typed: str) -> datetime:
            moment = clock_time_ahead(typed, self.look)
            if moment is None:
                self.leave_for(typed)
                raise Unfit(self.word("not-a-moment-ahead", typed=clean(typed)))
            return moment

        while True:
            moment = yield from self.until(key, label, accept)
            assert moment is not None, "it must be said"
            passed = moment <= self.look.now
            word = "ahead-sure" if passed else "ahead-tomorrow" if self._is_tomorrow(key, moment) else ""
            if not word or (
                yield from self.yes(f"{key}-sure", self.word(word, time=self.look.clock(moment)))
            ):
                return moment
            self.again.pop(key, None)

    def _is_tomorrow(self, key: str, moment: datetime) -> bool:
        """Whether a time of day was typed that has passed today: perhaps today was meant."""
        zone, typed = self.look.zone, narrow(self.typed.get(key, ""))
        another_day = moment.astimezone(zone).date() != self.look.now.astimezone(zone).date()
        return another_day and is_time_of_day(typed)

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

    def _list(self, reading: Reading, label: str) -> Generator[Question, str, str]:
        """Items on one line or on several; an empty line ends.

        That there is none is a fact like any other: it is typed, never read out of an empty line. Where there must
        be some, it is no answer.
        """
        key, least = reading.id, reading.at_least
        label = self.word("need-list-some" if least else "need-list", label=label, count=least)
        kept = self.again.pop(key, "")
        items: list[str] = []
        while True:
            hint = (
                self.word("default", default=clean(", ".join(kept.split("\n")))) if kept and not items else ""
            )
            asked = self._question(f"  {label}{hint} > " if not items else "  + > ", key)
            typed = (
                yield asked._replace(goes_on=bool(items), so_far=self._items_so_far(label, items))
            ).strip()
            says_none = not items and narrow(typed).casefold() in NOTHING
            if least and (says_none or (not typed and len(items or lines_of(kept)) < least)):
                self._refuse(str(self.unfit("too-few-items", reading=reading.label, count=least)))
                continue
            if not typed and not (items or kept):
                self._refuse(self.word("must-say-list"))
                continue
            if says_none:
                self.typed[key] = ""
                return ""
            if not typed:
                self.typed[key] = "\n".join(items) or kept
                return self.typed[key]
            for item in (yield from self._parted(typed)):
                if (yield from self._belongs(item, items)):
                    items.append(item)

    def _parted(self, typed: str) -> Generator[Question, str, list[str]]:
        """The items of a line; one with commas within itself (what, who, by when) is asked about."""
        items = parts_of(typed)
        sentences = [item for item in items if self._is_one_sentence(lines_of(item))]
        if len(items) == 1 and sentences:
            parts = lines_of(typed)
            words = self.word("list-parted", count=len(parts), line=clean(typed))
            return parts if (yield from self.yes("parted", words, default=False)) else items
        return [part for item in items for part in ([item] if item in sentences else lines_of(item))]

    def _is_one_sentence(self, parts: Sequence[str]) -> bool:
        """Whether what stands between commas is a day, or a name among things that are none."""
        if len(parts) < 2:
            return False
        named = [self.is_somebody(part) for part in parts]
        return any(map(is_day, parts)) or (any(named[1:]) and not named[0])

    def _belongs(self, item: str, items: Sequence[str]) -> Generator[Question, str, bool]:
        """Whether an item is meant: the name nobody knows in a list of people, and a command, are asked about.

        That there is none is never one.
        """
        if narrow(item).casefold() in NO_ITEM:
            self._refuse(self.word("none-is-no-item", item=clean(item)))
            return False
        people = bool(items) and self.is_somebody(items[0])
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
