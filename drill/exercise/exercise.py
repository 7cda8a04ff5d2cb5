"""How a drill begins, and how it is taken up again from its record."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from zoneinfo import ZoneInfo

from drill.attendance import own_hands
from drill.case import case_of
from drill.evaluation import BEFORE, TRAINER, Book
from drill.exercise.judging import Judging
from drill.exercise.marks import NOT_AGAIN_BELOW, Copying, Mark, begun_from, marks_of, of_the_script, set_to
from drill.exercise.sitting import company_of
from drill.scenario.values import Scenario
from engine.desk import Desk, Opening, Record, Surroundings, new_run_id
from engine.errors import Refused
from engine.events import DrillPlanned, Entry, PersonJoined, RoleTaken, RunOpened, Stage, whole_ms
from engine.run import in_order


class Exercise(Judging):
    """One drill at one terminal."""

    @classmethod
    def begin(
        cls,
        record: Record,
        scenario: Scenario,
        source: bytes,
        opening: Opening,
        around: Surroundings,
        trainer: str,
        *,
        seed: str | None = None,
        by_machine: bool = False,
        by_hand: bool | None = None,
    ) -> Exercise:
        """Write the evaluation first, which names the drill, then open the drill; a crash between is seen.

        `by_hand`: a hand moves the clock, as in every drill that a machine plays alone.
        """
        if not by_machine and trainer in company_of(scenario).players:
            raise Refused("trainer-plays", person=trainer)
        if not by_machine:
            _must_know(scenario, trainer)
        chosen = seed if seed is not None else scenario.seed
        graph = opening.graphs[opening.runbook]
        zone = ZoneInfo(graph.site.timezone)
        now = whole_ms(around.now())
        drill_id = new_run_id("D", now.astimezone(zone), around.entropy)
        evaluation_id = f"E{drill_id[1:]}"
        salt = around.entropy(16).hex()
        book = Book(record, evaluation_id, trainer, around.entropy)
        opened = RunOpened(
            scenario.runbook,
            graph.runbook.revision,
            graph.digest,
            ((scenario.source, sha256(source).hexdigest()),),
            room=scenario.room,
            parent=drill_id,
        )
        planned = DrillPlanned(
            drill_id,
            scenario.id,
            sha256(source).hexdigest(),
            chosen,
            salt,
            scenario.form,
            by_machine,
            notice=None if scenario.secret is None else scenario.notice,
        )
        company = company_of(scenario)
        book.write(opened, now, company, [source, graph.to_bytes()])
        book.write(planned, now, company)
        sealed = seal_of(salt, planned.digest, chosen)
        drill = replace(opening, kind="D", sealed=sealed, room=scenario.room, run_id=drill_id)
        desk = Desk.open_run(record, drill, trainer, around)
        made = cls(desk, book, scenario, chosen)
        made.by_hand = by_machine if by_hand is None else by_hand
        made._take_part(trainer)
        return made

    def _take_part(self, trainer: str) -> None:
        """The trainer takes their role, and the players their places."""
        self._say(RoleTaken(TRAINER, trainer))
        people = self.desk.state.graph.people
        joined = dict.fromkeys(person for _, person in self.scenario.people)
        self.desk.propose(
            [
                *(PersonJoined(one, people[one].name if one in people else one) for one in joined),
                *(RoleTaken(role, person) for role, person in self.scenario.people),
            ]
        )

    @classmethod
    def take_up(cls, record: Record, run_id: str, around: Surroundings, trainer: str) -> Exercise:
        """Take a drill up where the record left it; `trainer` sits here and need not hold the role yet."""
        case = case_of(record, run_id)
        if trainer in company_of(case.scenario).players:
            raise Refused("trainer-plays", person=trainer)
        if not case.by_machine and case.evaluation.stage in BEFORE:
            _must_know(case.scenario, trainer)
        desk = Desk.resume(record, case.state.run_id, trainer, around)
        book = Book(record, case.evaluation.run_id, trainer, around.entropy)
        return cls(desk, book, case.scenario, case.seed)

    def marks(self) -> list[Mark]:
        """The moments that were marked."""
        start = self.desk.state.opened_at or self.now
        return marks_of(self.book.record.entries(self.book.state.run_id), start)

    def begin_again(self, mark: Mark, opening: Opening, around: Surroundings) -> Exercise:
        """A new drill from a mark of this one, its clock standing there; this one stays as it is."""
        if self.scenario.assessed:
            raise Refused("not-in-assessed")
        planned, start = self.book.state.planned, self.desk.state.opened_at
        source = self.book.record.text(planned.digest) if planned is not None else None
        if source is None or start is None:
            raise Refused("no-such-drill", run=self.desk.run_id)
        record, trainer = self.desk.record, self.book.actor
        made = Exercise.begin(record, self.scenario, source, opening, around, trainer, seed=self.seed)
        began = made.desk.state.opened_at or made.now
        copying = Copying(record, start + mark.elapsed, began - start)
        acts = _acts(record.entries(self.desk.run_id))
        self._name_anew(copying, made, around)
        copying.into(made.desk.run_id, acts, in_order(record.entries(made.desk.run_id)))
        for old in self.team.below:
            copying.into(copying.names[old], record.entries(old), [], NOT_AGAIN_BELOW)
        script = of_the_script(record.entries(self.book.state.run_id))
        copying.into(made.book.state.run_id, script, in_order(record.entries(made.book.state.run_id)))
        made.stand_at(mark, self.desk.run_id)
        return made

    def _name_anew(self, copying: Copying, made: Exercise, around: Surroundings) -> None:
        """What the runs of this drill are called in the new one."""
        copying.names[self.desk.run_id] = made.desk.run_id
        today = made.now.astimezone(ZoneInfo(made.desk.state.graph.site.timezone))
        for old in self.team.below:
            copying.names[old] = new_run_id(old[0], today, around.entropy)

    def stand_at(self, mark: Mark, run: str) -> None:
        """Say where this drill comes from, and wait there, frozen, for its trainer."""
        self.look()
        self._say(begun_from(mark, run))
        for stage in ("approved", "briefed", "running"):
            self._say(Stage(stage))
        self._say(Stage("frozen", reason=f"{run} {mark.name}"))
        self.desk.propose([set_to(mark, run)])
        self.look()
        self.since = self.now

    def take_over(self) -> None:
        """Whoever sits here is the trainer from now on."""
        if not self.holds_trainer:
            self._say(RoleTaken(TRAINER, self.book.actor))


def _must_know(scenario: Scenario, trainer: str) -> None:
    """A drill without notice is led by one of those who may know of it, and by nobody else."""
    if scenario.secret is not None and trainer not in scenario.secret.agents:
        raise Refused("only-agents", people=scenario.secret.agents)


def _acts(entries: list[Entry]) -> list[Entry]:
    """What was done in a drill; the people of the new one have taken their places, and sign in anew."""
    placed = (PersonJoined, RoleTaken)
    return [one for one in entries if not isinstance(one.event, placed) and not own_hands([one])]


def seal_of(salt: str, digest: str, seed: str) -> str:
    """What a drill pins before anybody may read its scenario: SHA-256 of salt, digest and seed."""
    return sha256(f"{salt}|{digest}|{seed}".encode()).hexdigest()
