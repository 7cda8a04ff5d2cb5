"""What each event of a drill does to the run that the players walk."""

from __future__ import annotations

from datetime import timedelta

from engine.events import ClockSet, InjectSet, moment_of
from engine.run.stand import Stand, Touched
from engine.state import Card, RunState, Setting, heard
from engine.text import Text


def clock_set(state: RunState, said: Stand, event: ClockSet) -> Touched:
    entry = said.entry
    setting = Setting(
        exercise=timedelta(milliseconds=event.exercise_ms),
        rate=event.rate,
        mono=entry.mono,
        wall=entry.recorded_at if event.since is None else moment_of(event.since),
        by_hand=event.by_hand,
        reason=event.reason,
    )
    state.clock = heard(state.clock, said.about(setting), said.seen)
    state.settings.append(setting)
    return ()


def spoken(said: tuple[tuple[str, str], ...]) -> Text:
    """Words that the record holds in each language, as a text; a language that is not there says another."""
    words = dict(said)
    first = next(iter(words.values()), "")
    return Text(words.get("zh", first), words.get("en", first))


def inject_set(state: RunState, said: Stand, event: InjectSet) -> Touched:
    entry = said.entry
    known = {(card.inject, card.number) for card in state.cards}
    if event.how == "delivered" and (event.inject, event.number) not in known:
        state.cards.append(
            Card(
                inject=event.inject,
                number=event.number,
                at=entry.at,
                sender=spoken(event.sender),
                to=event.to,
                channel=event.channel,
                title=spoken(event.title),
                text=spoken(event.text),
                hash=entry.hash,
            )
        )
    return ()
