"""Words, messages, tags, files, moments, and the step before which something comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from pathlib import Path
from typing import Any

from engine.acts import Need
from engine.plan import Step
from engine.rules.standing import why_not
from engine.rules.steps import can_come_back_before
from engine.text import LINE_CELLS, clean
from tui.asking.answers import Question
from tui.asking.one_act import OneAct
from tui.typed import narrow, pick, pick_by_words
from tui.view.calling import dial_line, in_the_other_language
from tui.view.layout import pack

EVIDENCE_MOST = 8 * 1024 * 1024
"""Bytes of a photo or file that the record keeps."""


class Words(OneAct):
    """Asks for what is said, typed from a plate, or lies in a file."""

    def ask_text(self, need: Need) -> Generator[Question, str, str | None]:
        telling = self.act.verb in ("tell", "visit", "tell-anytime")
        if need.name == "text" and telling:
            return (yield from self._message(need))
        if need.name == "to" and telling:
            return (yield from self._heard_by(need))
        if need.name == "read_back" and self.step is not None:
            return (yield from self._read_back(need, self.step))
        must = not need.optional or self._must_say(need)
        return (yield from self._in_words(need, must=must, default=need.default)) or None

    def _read_back(self, need: Need, step: Step) -> Generator[Question, str, str]:
        """The words of the step; what was measured against it, or by nobody, is read once more before them."""
        against = why_not(self.look.state, self.look.state.steps[step.id], self.look.now)
        self.above += [] if against is None else [f"  {against.sentence(self.look.language)}"]
        self.above.append(f"    {self.look.text(step.text)}")
        label = self.label(need) if need.optional else self.word("need-dared")
        return (yield from self.line(need.name, label))

    def _message(self, need: Need) -> Generator[Question, str, str]:
        """The words of a message; what its template leaves blank behind a colon is asked for."""
        proposed = self.propose_text(self.act)
        if not proposed:
            return (yield from self._in_words(need))
        lines = [line for line in proposed.split("\n") if line.strip()]
        self.above += self._call_card([clean(line) for line in lines])
        blanks = any(_is_blank(line) for line in lines)
        shown = self.word("as-above-blanks" if blanks else "as-above")
        said = yield from self._in_words(need, default=proposed, shown=shown)
        if said != proposed:
            self.above += [f"  {self.word('own-words')}"] if blanks else []
            return said
        # The draft is made anew when the form is opened again; as words of one's own it would be taken whole.
        self.typed.pop(need.name, None)
        filled = list[str]()
        for number, line in enumerate(lines):
            filled.append((yield from self._filled(number, line)))
        return "\n".join(filled)

    def _in_words(
        self, need: Need, *, must: bool = True, default: str | None = None, shown: str | None = None
    ) -> Generator[Question, str, str]:
        """What is said to somebody, or a reason. A letter alone was meant as a command, and a number says nothing."""

        def accept(typed: str) -> str:
            word = narrow(typed)
            number = word.isdecimal() and need.name == "text" and self.act.verb != "report"
            if number or (len(word) == 1 and self.is_command(word)):
                raise self.no_choice(typed)
            return typed

        label = self.label(need)
        said = yield from self.until(need.name, label, accept, must=must, default=default, shown=shown)
        return said or ""

    def _call_card(self, words: list[str]) -> list[str]:
        """What is said on the telephone, for whoever answers in both languages; of anything else its words."""
        step = self.step
        dial = dial_line(self.look, step.target if step is not None else None)
        if step is None or not dial:
            return [f"    {line}" for line in words]
        return [f"  {dial}", *(f"    {line}" for line in (*words, *in_the_other_language(self.look, step)))]

    def _filled(self, number: int, line: str) -> Generator[Question, str, str]:
        """A line of a template, its blank filled."""
        if not _is_blank(line):
            return line
        said = yield from self.line(f"blank-{number}", clean(line.strip()))
        return f"{line.rstrip()} {said}".rstrip()

    def _must_say(self, need: Need) -> bool:
        """What the plan leaves open, and the situation does not."""
        expect = self.step.expect if self.step is not None else None
        if need.name == "deviation":
            left_open = expect is not None and (expect.that is None or expect.finding)
            return expect is not None and not left_open and self.met is not True
        return need.name == "reason" and self.act.verb in ("end", "role")

    def _heard_by(self, need: Need) -> Generator[Question, str, str | None]:
        """Who heard it; 0 means that it was only sent. An empty line tells nobody anything.

        A number is one of those who are listed, never a name. Of our own people a name that nobody knows here is
        asked about once; who answers a telephone outside is known to nobody.
        """
        names = self._who_may_hear()
        listed = [f"{number}  {name}" for number, name in enumerate(names, start=1)]
        self.above += pack(listed, LINE_CELLS, first="    ", rest="    ")

        def accept(typed: str) -> str:
            if narrow(typed).isdecimal() and narrow(typed) != "0" and pick(typed, names) is None:
                raise self.no_choice(typed)
            return pick(typed, names) or typed

        while True:
            heard = (yield from self.until(need.name, self.label(need), accept)) or ""
            if narrow(heard) == "0":
                self.given["outcome"] = "sent"
                return None
            self.again.pop(need.name, None)
            known = not names or self.is_somebody(heard)
            if known or (yield from self.yes("to-sure", self.word("nobody-known", item=clean(heard)))):
                return heard

    def _who_may_hear(self) -> list[str]:
        """The names of those in the run, but for whoever types; nobody's where a group outside is telephoned."""
        target = self.step.target if self.step is not None else self.given.get("target")
        if dial_line(self.look, target):
            return []
        return [self.look.name(one) for one in self.look.state.people if one != self.look.person]

    def ask_tag(self, need: Need) -> Generator[Question, str, str | None]:
        """The tag as it hangs there; of one that the plan writes in two languages either will do."""
        typed = yield from self.line(need.name, self.label(need))
        tag = self.step.tag if self.step is not None else None
        said = [part.strip().casefold() for part in (tag or "").split(" / ")]
        return tag if narrow(typed).casefold() in said else typed

    def ask_file(self, need: Need) -> Generator[Question, str, str | None]:
        """A file is kept in the record; what is no file here is noted only when it is said to be a number."""
        while True:
            typed = yield from self.line(need.name, self.label(need), must=not need.optional)
            if not typed:
                return None
            path = Path(typed).expanduser()
            data = _file_at(path)
            if data is not None:
                self.keep(data)
                self.given.update(digest=hashlib.sha256(data).hexdigest(), size=len(data))
                return path.name
            self.again.pop(need.name, None)
            if (yield from self.yes("no-file", self.word("no-file", typed=clean(typed)))):
                return typed

    def ask_moment(self, need: Need) -> Generator[Question, str, Any]:
        return (yield from self.time(need.name, self.label(need), must=not need.optional))

    def ask_until_step(self, need: Need) -> Generator[Question, str, str | None]:
        """The step before which a deferred one comes back: by number, id or words."""
        state = self.look.state
        if need.default is not None:
            self.above.append(f"  {self.word('until-step', step=self.look.title(need.default))}")
            return need.default
        names = can_come_back_before(state, self.act.step or "", tuple(state.graph.steps))
        rows = [(name, self.look.title(name)) for name in names]

        def accept(typed: str) -> str:
            numbered = next((name for name in names if str(state.graph.number[name]) == narrow(typed)), None)
            found = [numbered] if numbered is not None else pick_by_words(typed, rows)
            if len(found) != 1 and typed not in names:
                raise self.no_choice(typed)
            return typed if typed in names else found[0]

        return (yield from self.until(need.name, self.label(need), accept, must=False, says_enter=True))


def _is_blank(line: str) -> bool:
    """Whether a line of a template asks for something."""
    return line.rstrip().endswith((":", "："))


def _file_at(path: Path) -> bytes | None:
    """What lies there; None where nothing does that can be kept."""
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= EVIDENCE_MOST else None
    except (OSError, ValueError):
        return None
