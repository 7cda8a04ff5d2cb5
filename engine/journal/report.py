"""What verification found, how much it weighs, and how it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.errors import say
from engine.journal.notes import Claim
from engine.journal.sealing import Head


class Weight(StrEnum):
    """What a finding does to the outcome."""

    BROKEN = "broken"
    UNCLEAR = "unclear"
    EXCEPTION = "exception"
    NOTICE = "notice"


# The machine id of a finding is also the id of its sentence in engine.errors.
WEIGHTS = {
    "entry-gap": Weight.BROKEN,
    "entry-order": Weight.BROKEN,
    "entry-header": Weight.BROKEN,
    "entry-hash": Weight.BROKEN,
    "entry-prev": Weight.BROKEN,
    "entry-payload": Weight.BROKEN,
    "entry-payload-missing": Weight.BROKEN,
    "entry-column": Weight.BROKEN,
    "entry-signature": Weight.BROKEN,
    "entry-canonical": Weight.BROKEN,
    "journal-key": Weight.BROKEN,
    "journal-cut": Weight.BROKEN,
    "journal-history": Weight.BROKEN,
    "journal-absent": Weight.BROKEN,
    "text-changed": Weight.BROKEN,
    "text-missing": Weight.BROKEN,
    "journal-key-gone": Weight.UNCLEAR,
    # Whose it is cannot be told; that nobody declared it makes it more than an exception.
    "journal-foreign": Weight.UNCLEAR,
    "note-signature": Weight.UNCLEAR,
    "entry-erased": Weight.EXCEPTION,
    "journal-went-back": Weight.EXCEPTION,
    "clock-back": Weight.NOTICE,
    "guards-missing": Weight.NOTICE,
    "runs-differ": Weight.NOTICE,
}


class Outcome(StrEnum):
    """What verification found, in one word; the worst thing found decides."""

    INTACT = "intact"
    NOT_ENROLLED = "intact-not-enrolled"
    EXCEPTIONS = "intact-with-exceptions"
    UNCLEAR = "could-not-tell"
    BROKEN = "broken"


_EXIT_CODES = {
    Outcome.INTACT: 0,
    Outcome.NOT_ENROLLED: 0,
    Outcome.BROKEN: 1,
    Outcome.EXCEPTIONS: 2,
    Outcome.UNCLEAR: 3,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was signed, or that a reader must know."""

    id: str
    facts: tuple[tuple[str, Any], ...]

    @property
    def weight(self) -> Weight:
        """What it does to the outcome."""
        return WEIGHTS[self.id]

    def sentence(self, language: str) -> str:
        """It in one sentence."""
        return say(self.id, language, **dict(self.facts))


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim that was held against the entries here."""

    claim: Claim
    agrees: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, what was found, and what was not checked."""

    entries: int
    heads: Mapping[str, Head]
    """The last entry of every journal, as it was found."""
    findings: tuple[Finding, ...]
    findings_more: int
    """How many more there were than are listed."""
    weights: frozenset[Weight]
    """How heavy all of them are, listed or not."""
    compared: tuple[Compared, ...]
    signatures: int
    """How many signatures were checked."""
    deep: bool
    enrolled: bool
    """Every journal's key is one that the organisation has enrolled."""
    own: bool = False
    """Every journal was written by the device that looks: it has the keys, or they vouch for it."""

    @property
    def outcome(self) -> Outcome:
        """The worst that was found."""
        for weight, outcome in _WORST_FIRST:
            if weight in self.weights:
                return outcome
        return Outcome.INTACT if self.enrolled else Outcome.NOT_ENROLLED

    @property
    def exit_code(self) -> int:
        """0 intact, 1 broken, 2 intact with declared exceptions, 3 could not tell."""
        return _EXIT_CODES[self.outcome]

    @property
    def unchecked(self) -> tuple[Finding, ...]:
        """What this verification says nothing about."""
        return tuple(self._unchecked())

    def first(self, language: str) -> str:
        """The outcome in one sentence."""
        outcome = self.outcome
        return say(
            "verify-intact-own" if outcome is Outcome.NOT_ENROLLED and self.own else f"verify-{outcome}",
            language,
        )

    def lines(self, language: str, place: Callable[[Finding], str] | None = None) -> list[str]:
        """All of it in sentences: the outcome first, then what was found, and what was not checked.

        `place` says where an entry that a finding names stands, for whoever knows more than its number.
        """
        heads = [
            say("verify-journal", language, journal=journal, size=head.size, head=head.hash)
            for journal, head in self.heads.items()
        ]
        done = Finding("verify-deep" if self.deep else "verify-default", (("signatures", self.signatures),))
        more = [Finding("verify-more", (("count", self.findings_more),))] if self.findings_more else []
        found = [_with(one.sentence(language), "" if place is None else place(one)) for one in self.findings]
        said = (*more, done, *map(_comparison, self.compared), *self.unchecked)
        counted = say("verify-counted", language, entries=self.entries, journals=len(self.heads))
        return [self.first(language), counted, *heads, *found, *(one.sentence(language) for one in said)]

    def as_json(self) -> dict[str, Any]:
        """The same for another program."""
        return {
            "outcome": self.outcome,
            "exit_code": self.exit_code,
            "entries": self.entries,
            "journals": {name: {"size": head.size, "head": head.hash} for name, head in self.heads.items()},
            "findings": [{"id": one.id, "weight": one.weight} | dict(one.facts) for one in self.findings],
            "findings_more": self.findings_more,
            "compared": [
                {"journal": one.claim.journal, "size": one.claim.size, "source": one.claim.source}
                | {"agrees": one.agrees}
                for one in self.compared
            ],
            "signatures": self.signatures,
            "deep": self.deep,
            "unchecked": [{"id": one.id} | dict(one.facts) for one in self.unchecked],
        }

    def _unchecked(self) -> Iterator[Finding]:
        if not self.deep:
            yield Finding("unchecked-signatures", (("count", self.entries - self.signatures),))
        covered = {one.claim.journal for one in self.compared if one.claim.source in ("given", "remembered")}
        for journal in self.heads:
            if journal not in covered:
                yield Finding("unchecked-tail", (("journal", journal),))
        if self.heads and not self.enrolled and not self.own:
            yield Finding("unchecked-enrolment", ())


_WORST_FIRST = (
    (Weight.BROKEN, Outcome.BROKEN),
    (Weight.UNCLEAR, Outcome.UNCLEAR),
    (Weight.EXCEPTION, Outcome.EXCEPTIONS),
)


def _with(sentence: str, place: str) -> str:
    """The sentence with a place before its full stop."""
    return f"{sentence[:-1]}{place}{sentence[-1]}"


def _comparison(one: Compared) -> Finding:
    claim = one.claim
    facts = (("journal", claim.journal), ("size", claim.size))
    return Finding(f"compared-{claim.source}" if one.agrees else f"compared-{claim.source}-differs", facts)
