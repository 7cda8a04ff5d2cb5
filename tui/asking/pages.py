"""A line that is asked for, and a list too long for the screen: by pages, by number, or by its words."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.errors import MusterError
from engine.text import Text, clean, cut
from tui.asking.answers import Question
from tui.typed import narrow, pick_by_words, rows_with
from tui.view import Looking

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


class Pages:
    """Asks in the words of one person's language, and keeps what was typed."""

    def __init__(self, look: Looking) -> None:
        self.look = look
        self.above: list[str] = []
        """What is shown above the next question."""
        self.so_far: list[str] = []
        """The items given already of the list that is asked for."""
        self.filled: dict[str, str] = {}
        """The fields that were answered, by what they ask for: label and answer; empty where nothing was given."""
        self.typed: dict[str, str] = {}
        self.again: dict[str, str] = {}
        """What was typed before, by question; Enter takes it again."""
        self._refused = False
        """What was typed last is no answer: the next question is the same once more."""
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
            hint = self.word("default", default=shown if shown and taken == default else in_short(taken))
        while True:
            said = (yield self._question(f"  {label}{hint} > ", key)).strip()
            if said or taken or not must:
                self.typed[key] = said or taken or ""
                return self.typed[key]
            self._refuse(self.must_say(key))

    def must_say(self, key: str) -> str:
        """What is said where an empty line is no answer."""
        return self.word("must-say")

    def hidden(self, label: str) -> Generator[Question, str, str]:
        """A line that is not shown while it is typed."""
        return narrow((yield self._question(f"  {label} > ", "pin")._replace(hidden=True)))

    def _question(self, prompt: str, key: str = "") -> Question:
        above, self.above = tuple(self.above), []
        refused, self._refused = self._refused, False
        field, fields = self.field_of()
        filled = tuple(words for words in self.filled.values() if words)
        return Question(
            above,
            prompt,
            so_far=tuple(self.so_far),
            key=key,
            field=field,
            fields=fields,
            filled=filled,
            refused=refused,
        )

    def field_of(self) -> tuple[int, int]:
        """Which field of a form is open, and of how many; (0, 0) where there is no form."""
        return 0, 0

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
                self._refuse(str(unfit))
                # What is no answer is proposed to nobody, neither here nor when the form is opened again.
                self.again.pop(key, None)
                self.typed.pop(key, None)

    def _refuse(self, sentence: str) -> None:
        """The same is asked once more, with this sentence."""
        self.above.append(f"  {sentence}")
        self._refused = True

    # --- a list by pages

    def by_page(
        self,
        key: str,
        label: str,
        rows: Rows,
        *,
        start: str | None = None,
        listed: Listed | None = None,
        back: bool = True,
    ) -> Generator[Question, str, str]:
        """A long choice, a page at a time: Enter turns it, words leave only the rows that hold them.

        The label stands at the prompt, or above every page of a list that a command has led to: two pages
        push everything else off the screen. `start` is the row whose page comes first. In a list that a
        command has led to a 0 chooses nothing (the empty string), and another command leaves it: Instead is
        raised. Without `back` it is a question like others, which a 0 does not answer.
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
                    key, label if listed is None else "", len(shown), back=listed is not None and back
                )
                typed = (yield self._question(prompt, key)).strip() or self.again.get(key, "")
            if listed is not None and back and narrow(typed) in BACK:
                return ""
            if not typed:
                top = top + PAGE if top + PAGE < len(shown) else 0
                continue
            by_number = listed is not None and listed.by_number
            found = self._found(typed, shown, numbered, by_number=by_number)
            if listed is not None and (len(narrow(typed)) == 1 or not found) and listed.leaves(typed, shown):
                raise Instead(typed)
            if len(found) == 1 and (not by_number or _is_named(found[0], typed)):
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
        label += self.word("default", default=in_short(kept)) if kept else ""
        hint = self.word("find-or-page", count=count) if count > PAGE else self.word("find")
        hint += self.word("or-back") if back else ""
        return f"  {self.look.labelled(label, hint) if label else hint} > "

    def _found(
        self,
        typed: str,
        shown: list[tuple[str, str, str]],
        numbered: list[tuple[str, str, str]],
        *,
        by_number: bool = False,
    ) -> list[tuple[str, str, str]]:
        """A row that is shown by its number, else the rows of the whole list that hold these words.

        `by_number`: words only leave fewer rows, so all that hold them stay.
        """
        number = narrow(typed)
        # A number is the number that stands before the row, never an id that looks like one.
        if number.isdecimal():
            return [row for row in shown if row[0] == number]
        exact = [row for row in numbered if row[1] == number]
        find = rows_with if by_number else pick_by_words
        wanted = set(find(typed, [(name, words) for _, name, words in numbered]))
        return exact or [row for row in numbered if row[1] in wanted]


def in_short(text: str) -> str:
    """A text as it is proposed in a prompt: of several lines the first, and that more follow."""
    lines = [clean(line.strip()) for line in text.split("\n") if line.strip()]
    return " ".join([*lines[:1], *(["…"] if len(lines) > 1 else [])])


def _never(_typed: str) -> bool:
    return False


def _is_named(row: tuple[str, str, str], typed: str) -> bool:
    """Whether a row was named by its number, or by all its words and not by some of them."""
    return narrow(typed).casefold() in (row[0], narrow(row[2]).casefold())
