"""Somebody before the two runs of a drill: what has happened in both, and saying something in the second."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from drill.attendance import take_signature
from drill.case import Case
from drill.evaluation import LEAD, TRAINER, Book, Company
from drill.findings import Shown, next_limit
from drill.moments import Moments
from drill.scenario.values import Scenario
from drill.scoring import Inputs
from drill.script import Line, Script
from drill.team import Team
from engine.desk import Desk
from engine.errors import Refused
from engine.events import Entry, InjectSet, NoteAdded, Observed, Rated, RoleTaken, Stage
from engine.run import in_order
from engine.text import LANGUAGES, Text

MS = timedelta(milliseconds=1)

Sayable = Stage | InjectSet | Observed | Rated | RoleTaken | NoteAdded


@dataclass(frozen=True, slots=True)
class _Judged:
    """What came of every expectation, and how long that stays so when nobody writes anything."""

    read: tuple[object, ...]
    """How far the record was read."""
    since: datetime
    until: datetime | None
    """The next moment at which a limit decides; None: none is running."""
    found: tuple[Shown, ...]

    def holds(self, read: tuple[object, ...], now: datetime) -> bool:
        """Whether it would come out the same at `now`."""
        return self.read == read and self.since <= now and (self.until is None or now <= self.until)


class Sitting:
    """One drill at one terminal."""

    def __init__(self, desk: Desk, book: Book, scenario: Scenario, seed: str) -> None:
        self.desk = desk
        self.book = book
        self.scenario = scenario
        self.seed = seed
        self.since = desk.state.opened_at or desk.now()
        """From when on this terminal has watched the clock: what fell due before is late, and waits."""
        self._pos = 0
        self._script_pos = 0
        self.moments = Moments(desk.state.graph)
        self.script = Script(scenario, seed, self.moments)
        self.team = Team(desk.run_id)
        self.own_hand: dict[str, Entry] = {}
        """Who signed in at a terminal of their own, in the players' record."""
        self._judged: _Judged | None = None
        self.look()

    @property
    def now(self) -> datetime:
        """The exercise clock."""
        return self.desk.now()

    @property
    def elapsed(self) -> timedelta:
        """How long the drill has gone on, on its own clock."""
        return self.now - (self.desk.state.opened_at or self.now)

    @property
    def stage(self) -> str:
        """How far the drill has come."""
        return self.book.state.stage

    @property
    def company(self) -> Company:
        """What the evaluation's rules ask of the drill."""
        open_ones = tuple(one.finding.id for one in self.findings() if one.finding.outcome == "open")
        return replace(
            company_of(self.scenario),
            open_expectations=open_ones,
            unrestored=tuple(
                line for line in self.scenario.restore if line.zh not in self.book.state.restored
            ),
        )

    @property
    def restore_lines(self) -> tuple[str, ...]:
        """What must be back before the drill is closed; each line by its Chinese words."""
        return tuple(line.zh for line in self.scenario.restore)

    @property
    def must_know(self) -> tuple[str, ...]:
        """Who must be told before it begins; of a drill without notice too, for the control room knows of each."""
        return () if self.by_machine else tuple(one.who.zh for one in self.scenario.notify if one.mandatory)

    @property
    def by_machine(self) -> bool:
        """Whether simulated people play it; it counts for nobody."""
        planned = self.book.state.planned
        return planned is not None and planned.by_machine

    def look(self) -> None:
        """Take in everything that was written in both runs since the last look."""
        self.desk.refresh()
        entries = in_order(self.desk.record.entries(self.desk.run_id, self._pos))
        for entry in entries:
            self.moments.take(entry)
            self.team.take(entry)
            self.script.take(entry)
            take_signature(self.own_hand, entry)
            self._pos = max(self._pos, entry.pos)
        with self.desk.lock:
            self.team.look(self.desk.record, self.moments)
        self.book.refresh()
        for entry in in_order(self.book.record.entries(self.book.state.run_id, self._script_pos)):
            self.script.take(entry)
            self._script_pos = max(self._script_pos, entry.pos)

    def lines(self) -> list[Line]:
        """Every inject as it stands now."""
        return self.script.lines(self.now, self.since)

    @property
    def case(self) -> Case:
        """Everything a judge looks at."""
        return Case(
            self.scenario,
            self.seed,
            self.desk.state,
            self.moments,
            self.book.state,
            lambda: self.desk.record.entries(self.desk.run_id),
            self.team,
        )

    def findings(self) -> list[Shown]:
        """Every expectation as it stands now; worked out anew only when the record or a limit says so."""
        now = self.now
        read = (self._pos, self.book.state.last_order, self.team.read)
        if self._judged is None or not self._judged.holds(read, now):
            found = self.case.findings(now)
            self._judged = _Judged(read, now, next_limit(found, now), tuple(found))
        return list(self._judged.found)

    def inputs(self) -> Inputs:
        """Everything the score is made of, as it stands now."""
        return self.case.inputs_of(self.findings())

    # --- saying

    def _say(self, event: Sayable, at: datetime | None = None) -> list[Entry]:
        """In the evaluation; `at` is for what held earlier."""
        company = self.company if isinstance(event, Stage) else company_of(self.scenario)
        return self.book.write(event, at or self.now, company)

    # --- who holds what

    @property
    def holds_trainer(self) -> bool:
        """Whether whoever sits here is the trainer."""
        return self.book.actor in self.book.state.staff.get(TRAINER, set())

    def _must_hold_trainer(self) -> None:
        if not self.holds_trainer:
            raise Refused("trainer-only")

    @property
    def lead(self) -> set[str]:
        return self.book.state.staff.get(LEAD, set())


def company_of(scenario: Scenario) -> Company:
    """Who plays and what is asked, by the scenario."""
    return Company(
        players=frozenset(person for _, person in scenario.people),
        objectives=tuple(one.id for one in scenario.objectives),
        expectations=tuple(one.id for one in scenario.expectations),
    )


def spoken(text: Text) -> tuple[tuple[str, str], ...]:
    """A text as the record keeps it: language and words."""
    return tuple((language, text.of(language)) for language in LANGUAGES)
