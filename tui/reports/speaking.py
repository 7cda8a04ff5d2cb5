"""The words of one run in both languages: its titles, its people, its entries as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.condition import say_clock, say_length
from engine.events import Entry
from engine.report.sections import same
from engine.sentences.usual import MARK_WORDS
from engine.text import Text
from tui.locale import WORDS, join, role_words, say
from tui.logbook import Teller, Titles, when

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Speaker:
    """Says things of one run as `Text`."""

    titles: Titles

    def say(self, word_id: str, /, **facts: object) -> Text:
        return Text(say(word_id, "zh", **facts), say(word_id, "en", **facts))

    def named(self, kind: str, name: str) -> Text:
        """A name the program gives, in words; as it is when it is not known."""
        return self.say(f"{kind}-{name}") if f"{kind}-{name}" in WORDS else same(name)

    def because(self, reason: str) -> Text:
        """A reason; one that the program wrote, in both languages."""
        return self.named("because", reason)

    def sentence(self, entry: Entry) -> Text:
        """What an entry says."""
        return Text(*(Teller(self.titles, one).sentence(entry) for one in ("zh", "en")))

    def corrected(self, entry: Entry) -> Text:
        """That a value was corrected, and what stood there before."""
        return Text(*(Teller(self.titles, one).corrected(entry) for one in ("zh", "en")))

    def name(self, person: str) -> Text:
        return Text(*(Teller(self.titles, one).name(person) for one in ("zh", "en")))

    def step(self, step_id: str) -> Text:
        return self.titles.steps.get(step_id, same(step_id))

    def answer(self, step_id: str, answer: str) -> Text:
        return self.titles.answers.get((step_id, answer)) or self.named("answer", answer)

    def role(self, role: str) -> Text:
        return self.titles.roles.get(role) or role_words(role)

    def mark(self, mark: str) -> Text:
        """A mark in words; one of the plan's own by the step that brings it."""
        return MARK_WORDS.get(mark) or self.titles.marks.get(mark) or same(mark)

    def names(self, people: Iterable[str]) -> Text:
        return listed(self.name(one) for one in people)

    def moment(self, at: datetime | None) -> Text:
        """A moment with its day, in the zone of the site."""
        return same("-" if at is None else when(at, self.titles.zone))

    def time(self, at: datetime) -> Text:
        """The time of day alone."""
        return same(f"{at.astimezone(self.titles.zone):%H:%M:%S}")

    def length(self, length: timedelta) -> Text:
        return Text(say_length(length, "zh"), say_length(length, "en"))


def listed(texts: Iterable[Text]) -> Text:
    """Several texts in a row, as a person writes them."""
    known = list(texts)
    return Text(join([one.zh for one in known], "zh"), join([one.en for one in known], "en"))


def below(texts: Iterable[Text]) -> Text:
    """Several texts, each on its own line."""
    known = list(texts)
    return Text("\n".join(one.zh for one in known), "\n".join(one.en for one in known))


def clock(milliseconds: int | None) -> Text:
    """A time of the run's clock or a length of it, as a clock shows it."""
    return same("-" if milliseconds is None else say_clock(milliseconds * _MS))


def since(start: datetime, at: datetime) -> int:
    """Whole milliseconds from the opening of a run to a moment."""
    return (at - start) // _MS
