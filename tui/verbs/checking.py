"""drill NAME --check: a scenario looked at before the day, without a record.

Its injects and when they come, the roles nobody plays, and how it comes out when its own crew plays it by
many seeds: the earliest and latest end, how often each inject came, which answers were never given.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from drill.scenario.values import After, At, Chance, Inject, Manual, Scenario, Together, Trigger
from drill.trial import Played, played, stage_of
from engine.condition import say_clock, say_duration
from engine.plan import Runbook
from engine.text import clean, clean_json
from tui import machine
from tui.locale import join, role_words, say
from tui.verbs.drilling import scenario_named
from tui.verbs.playable import opening_from, read_whole_book

SEEDS = 200
"""How many seeds a check plays when nobody says."""

QUIET_SECONDS = 1.0
"""How long it may take before somebody is told how far it is."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A scenario, its runbook, and what came of every play."""

    scenario: Scenario
    runbook: Runbook
    plays: tuple[Played, ...]

    @property
    def unplayed(self) -> list[str]:
        """Roles of the runbook's steps that nobody has in this drill."""
        given = {role for role, _ in self.scenario.people}
        needed = dict.fromkeys(role for step in self.runbook.steps for role in step.roles)
        return [role for role in needed if role not in given]

    @property
    def lengths(self) -> list[timedelta]:
        return sorted(one.length for one in self.plays)

    @property
    def came(self) -> Counter[str]:
        """In how many plays each inject was given."""
        return Counter(name for one in self.plays for name in one.came)

    @property
    def branches(self) -> list[str]:
        """Every answer of the runbook, as ``step.answer``."""
        return [f"{step.id}.{answer.id}" for step in self.runbook.steps for answer in step.answers]

    @property
    def untaken(self) -> list[str]:
        """The answers that no play gave."""
        given = frozenset().union(*(one.answers for one in self.plays))
        return [name for name in self.branches if name not in given]


def check(
    name: str, seeds: int, as_json: bool, book_named: str | None, lang: str | None, seed: str | None
) -> int:
    """The dry check; BookBroken with file and line when something in the scenario leads nowhere."""
    whole = read_whole_book(book_named)
    language = machine.language(lang, whole.book.site.languages[0])
    scenario, _ = scenario_named(name, whole.folder, whole.book)
    opening = opening_from(whole, scenario.runbook, room=scenario.room)
    stage = stage_of(opening)
    chosen = [seed] if seed is not None else [str(number) for number in range(1, seeds + 1)]
    plays = []
    for one in _told(chosen, language):
        plays.append(played(scenario, stage, one))
    found = Checked(scenario, opening.graphs[scenario.runbook].runbook, tuple(plays))
    if as_json:
        print(clean_json(json.dumps(_json(found), ensure_ascii=False, indent=1)))
    else:
        for line in check_lines(found, language):
            print(f"{say('drill-word', language)}  {line}".rstrip())
    return 0


def _told(seeds: list[str], language: str) -> Iterator[str]:
    """Each seed; over a second it is said how far it is."""
    began = said = time.monotonic()
    for number, seed in enumerate(seeds, 1):
        now = time.monotonic()
        if now - began > QUIET_SECONDS and now - said > QUIET_SECONDS:
            said = now
            print(say("check-plays", language, number=number, count=len(seeds)), file=sys.stderr, flush=True)
        yield seed


def check_lines(found: Checked, language: str) -> Iterator[str]:
    """The check as people read it."""
    scenario = found.scenario
    yield clean(scenario.title.of(language))
    yield say("check-length", language, **_ends(found))
    if found.unplayed:
        roles = join([_role(found, one, language) for one in found.unplayed], language)
        yield say("check-unplayed", language, roles=roles)
    yield ""
    came = found.came
    for inject in scenario.injects:
        to = _role(found, inject.to, language)
        yield _inject_line(inject, to, f"{came[inject.id]}/{len(found.plays)}", language)
    yield ""
    yield from _expected(found, language)
    yield ""
    taken = len(found.branches) - len(found.untaken)
    yield say("check-branches", language, taken=taken, count=len(found.branches))
    yield from (f"  {name}" for name in found.untaken)


def _ends(found: Checked) -> dict[str, object]:
    lengths = found.lengths
    return {
        "earliest": say_clock(lengths[0]),
        "middle": say_clock(lengths[len(lengths) // 2]),
        "latest": say_clock(lengths[-1]),
        "count": len(lengths),
    }


def _role(found: Checked, role: str, language: str) -> str:
    """A role by the title that the runbook gives it, else by its usual one."""
    named = dict(found.runbook.roles).get(role)
    return clean((role_words(role) if named is None else named).of(language))


def _inject_line(inject: Inject, to: str, came: str, language: str) -> str:
    when = trigger_words(inject.trigger, language)
    parts = [when, join([to, say(f"channel-{inject.channel}", language)], language), came]
    return f"{clean(inject.number)}  {clean(inject.title.of(language))}  ({'; '.join(parts)})"


def _expected(found: Checked, language: str) -> Iterator[str]:
    for one in found.scenario.expectations:
        met = sum(one.id in play.met for play in found.plays)
        unmet = sum(one.id in play.unmet for play in found.plays)
        text = clean(one.text.of(language))
        yield say("check-expected", language, id=one.id, text=text, met=met, judged=met + unmet)


def trigger_words(trigger: Trigger, language: str) -> str:
    """When an inject comes, in words."""
    if isinstance(trigger, At):
        return say("check-trigger-at", language, at=say_clock(trigger.at))
    if isinstance(trigger, After):
        if not trigger.delay:
            return say("check-trigger-after", language, what=trigger.what)
        return say("check-trigger-later", language, what=trigger.what, delay=say_duration(trigger.delay))
    if isinstance(trigger, Chance):
        return say("check-trigger-chance", language, percent=trigger.percent)
    if isinstance(trigger, Manual):
        return say("check-trigger-manual", language)
    assert isinstance(trigger, Together)
    word = say("check-trigger-all" if trigger.all else "check-trigger-any", language)
    return word.join(
        f"({inner})" if isinstance(one, Together) else inner
        for one, inner in ((one, trigger_words(one, language)) for one in trigger.parts)
    )


def _json(found: Checked) -> dict[str, object]:
    came = found.came
    return {
        "drill": "演练 DRILL",
        "scenario": found.scenario.id,
        "plays": len(found.plays),
        "ends_s": [int(one.total_seconds()) for one in found.lengths],
        "unplayed_roles": found.unplayed,
        "injects": [
            {
                "id": one.id,
                "number": one.number,
                "when": trigger_words(one.trigger, "en"),
                "to": one.to,
                "channel": one.channel,
                "came": came[one.id],
            }
            for one in found.scenario.injects
        ],
        "expectations": [
            {
                "id": one.id,
                "met": sum(one.id in p.met for p in found.plays),
                "unmet": sum(one.id in p.unmet for p in found.plays),
            }
            for one in found.scenario.expectations
        ],
        "branches": len(found.branches),
        "branches_not_taken": found.untaken,
    }
