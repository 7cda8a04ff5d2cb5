"""The questions of an act as a form: the field that is open, what was given before it, and the way back to it.

A generator of questions goes only forward. To go back, the questions are asked anew and answered as they were;
what was written down on the way is not written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from engine.acts import Act
from tui.asking.answers import Asking, Question, Taken
from tui.asking.people import SIGNING
from tui.asking.questions import PROOFS, Questions

Asked = Question | Taken

WHO = ("by", "known")
"""The questions that say who did it."""


class _Said(NamedTuple):
    """An answer with the question it was given to."""

    question: Question
    typed: str


class Form:
    """One act that is asked about. A move raises StopIteration with the answers when nothing is left to ask."""

    def __init__(
        self,
        make: Callable[[], Questions],
        act: Act,
        preset: Mapping[str, Any] | None = None,
        again: Mapping[str, str] | None = None,
    ) -> None:
        """`make` gives the questions as they are asked now; `again` was typed before the act was refused."""
        self._make = make
        self._given = (act, preset, again)
        self.questions = make()
        self._asking: Asking = self.questions.ask_for(*self._given)
        self._said: list[_Said] = []
        self._ahead: dict[str, str] = {}
        """What was typed at fields behind the open one before the person went back."""
        self._written: dict[tuple[object, ...], tuple[Taken, str]] = {}
        """The latest of everything that was to be written, by what it is about, and why it was refused."""
        self._asked: Asked | None = None
        self._floor = 0
        """Behind so many answers nobody goes: what was done there cannot be undone."""
        self._took_role = False
        """Whoever did it has taken the role, so who did it is settled, and not asked again."""

    # --- forward

    def begin(self) -> Asked:
        """The first question."""
        return self._take(next(self._asking))

    def answer(self, typed: str) -> Asked:
        """What follows from an answer to the open question."""
        question = self._asked
        assert isinstance(question, Question), "something is to be written first"
        self._said.append(_Said(question, typed))
        return self._take(self._asking.send(typed))

    def wrote(self, refused: str) -> Asked:
        """What was to be written stands in the record, or was refused with this sentence."""
        taken = self._asked
        assert isinstance(taken, Taken), "nothing was to be written"
        self._written[_about(taken)] = taken, refused
        self._took_role = self._took_role or (taken.act.verb == "role" and not refused)
        if taken.act.verb != "read":
            self._floor = len(self._said)
        return self._take(self._asking.send(refused))

    def _take(self, asked: Asked) -> Asked:
        """The next question; what stands in the record already is not asked to be written again."""
        while isinstance(asked, Taken) and self._written.get(_about(asked)) == (asked, ""):
            asked = self._asking.send("")
        self._asked = asked
        return asked

    def proposed(self) -> str:
        """What was typed at the open question before the person went back behind it."""
        asked = self._asked
        return self._ahead.pop(_name(asked), "") if isinstance(asked, Question) else ""

    # --- back

    def can_go_back(self) -> bool:
        return len(self._said) > (self._settled() if self._took_role else self._floor)

    def _settled(self) -> int:
        """How many answers it took until it was known who did it, and how that is known."""
        who = [at for at, one in enumerate(self._said, 1) if one.question.key in WHO]
        return max([self._floor, *who])

    def _without_who(self) -> None:
        """Who did it is known from here on, as it was answered: the questions behind it can be asked anew."""
        if self._took_role:
            act, preset, again = self._given
            settled = dict(preset or {})
            settled |= {name: said for name, said in self.questions.given.items() if name in ("by", "basis")}
            self._given, self._said = (act, settled, again), self._said[self._settled() :]
            self._floor, self._took_role = 0, False

    @property
    def has_written(self) -> bool:
        """Whether anything of it stands in the record already."""
        return any(not refused for _, refused in self._written.values())

    def back(self, half: str = "") -> Question | None:
        """The question before the open one, asked anew; None where it cannot be. `half` is typed at the open one."""
        if not self.can_go_back():
            return None
        self._without_who()
        said = self._answers()
        if len(said) <= self._floor:
            return None
        asked, before = self._asked, said[-1]
        if not self._replay(said[:-1]):
            return None
        self._remember(asked, half)
        self._remember(before.question, before.typed)
        found = self._asked
        return found if isinstance(found, Question) else None

    def anew(self) -> Question | None:
        """The open question as it is asked now, in another language; None where it cannot be."""
        found = self._asked if not self._floor and self._replay(self._answers()) else None
        return found if isinstance(found, Question) else None

    def close(self) -> None:
        self._asking.close()

    def _answers(self) -> list[_Said]:
        """What was typed before the open question, without what was no answer to it."""
        said, asked = list(self._said), self._asked
        while said and isinstance(asked, Question) and asked.refused:
            asked = said.pop().question
        return said

    def _remember(self, asked: Asked | None, typed: str) -> None:
        """Signatures and proofs are typed anew each time."""
        if not isinstance(asked, Question) or asked.hidden or asked.key in PROOFS:
            return
        if typed and not (asked.key in SIGNING and self.questions.is_signing):
            self._ahead[_name(asked)] = typed

    def _replay(self, said: list[_Said]) -> bool:
        """Ask anew and answer as before; nothing changes where that leads somewhere else."""
        questions = self._make()
        asking, left = questions.ask_for(*self._given), list(said)
        try:
            asked = next(asking)
            while left or isinstance(asked, Taken):
                if isinstance(asked, Taken):
                    known = self._written.get(_about(asked))
                    if known is None or known[0] != asked:
                        return False
                    asked = asking.send(known[1])
                elif asked.key != left[0].question.key:
                    return False  # what was recorded meanwhile has changed the questions
                else:
                    asked = asking.send(left.pop(0).typed)
        except StopIteration:
            return False
        self._asking.close()
        self.questions, self._asking, self._said, self._asked = questions, asking, said, asked
        return True


def _about(taken: Taken) -> tuple[object, ...]:
    """What is written: the act, and which readings."""
    return (*taken.act.key, *taken.given.values)


def _name(asked: Asked | None) -> str:
    return (asked.key or asked.prompt) if isinstance(asked, Question) else ""
