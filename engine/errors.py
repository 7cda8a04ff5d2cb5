"""Every refusal, listed at the top; each message is one sentence that a tired person can act on (`engine.sentences`).

MusterError      something a person must be told; `sentence(language)` says it
├ Refused        a proposal that may not happen now; nothing was changed
├ BookBroken     a plan book with faults; carries all of them
├ Conflict       somebody was faster; carries their entries
└ RecordTrouble  the record could not be written or read
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.sentences import SENTENCES
from engine.text import Text, clean

if TYPE_CHECKING:
    from engine.events import Entry
    from engine.plan import Place


class MusterError(Exception):
    """Something a person must be told, by the id of its sentence and what fills it."""

    def __init__(self, sentence_id: str, /, **facts: Any) -> None:
        super().__init__(sentence_id)
        self.id = sentence_id
        self.facts = facts

    def sentence(self, language: str) -> str:
        """One sentence in `language`."""
        return say(self.id, language, **self.facts)

    def __str__(self) -> str:
        return self.sentence("en")


class Refused(MusterError):
    """A proposal that may not happen now; nothing was changed."""


class Conflict(MusterError):
    """Entries came between what the author had seen and what they proposed."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__("conflict", count=len(entries))
        self.entries = tuple(entries)


class RecordTrouble(MusterError):
    """The record could not be written or read; nothing was acknowledged."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file, at the place where it stands."""

    rule: str
    place: Place
    facts: tuple[tuple[str, Any], ...] = ()
    advice: bool = False

    def sentence(self, language: str) -> str:
        """One sentence, without the place."""
        return say(self.rule, language, **dict(self.facts))


class BookBroken(MusterError):
    """A plan book with structure errors."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("book-broken", count=len(faults))
        self.faults = tuple(faults)


def say(sentence_id: str, language: str, /, **facts: Any) -> str:
    """The sentence of that id, filled; a fact that is a `Text` is said in `language`."""
    filled = {name: _word(fact, language) for name, fact in facts.items()}
    return SENTENCES[sentence_id].of(language).format(**filled)


def _word(fact: Any, language: str) -> Any:
    """A fact as it stands in a sentence; what a plan or a person wrote passes the gate here."""
    if isinstance(fact, Text):
        return clean(fact.of(language))
    if isinstance(fact, str):
        return clean(fact)
    if isinstance(fact, (list, tuple)):
        return ("、" if language == "zh" else ", ").join(str(_word(one, language)) for one in fact)
    return fact
