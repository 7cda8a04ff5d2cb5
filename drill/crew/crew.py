"""Who of the simulated people does what next, and how long it takes them.

Each person does one thing at a time, begins it when it is there to be done, and is through after a time
drawn between the optimistic and the pessimistic minutes of the step, by seed and label only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from drill.crew.giving import Giver
from drill.crew.knowing import World, names_of
from drill.crew.looking import LOOK_EVERY, awaited
from drill.draws import between
from drill.scenario.facts import Facts, Mistake, Player
from engine.acts import Act, possible
from engine.clocks import next_round_at
from engine.plan import Step
from engine.rules import exits_unmet, missing_roles
from engine.state import COMMAND, Card, RunState

MINUTE_MS = 60_000
READING_MS = 20_000
"""How long somebody takes for what has no minutes in the plan: to read a card, to say yes."""

_SHARES = {"quick": (0, 50), "steady": (25, 75), "slow": (60, 100)}
"""Between which hundredths of the way from optimistic to pessimistic a person of that pace lies."""


@dataclass(frozen=True, slots=True)
class Task:
    """A person is at it, and will be through at `due`."""

    person: str
    run: str
    verb: str
    step: str | None
    due: datetime
    number: int
    looks_at: tuple[str, ...] = ()
    """The readings they went to take, when no step asks for them."""
    names: tuple[str, ...] = ()
    """How a scenario may name the step."""


def _pressing(state: RunState, act: Act) -> int:
    """What people turn to first: safety, then the plan's order; a round can wait."""
    one = state.steps.get(act.step or "")
    if one is None:
        return 1
    if one.step.repeat is not None:
        return 2
    return 0 if one.step.cls == "safety" else 1


@dataclass
class Crew:
    """Simulated people at one or several runs of one drill."""

    facts: Facts
    players: dict[str, Player]
    seed: str
    real: tuple[str, ...] = ()
    """People who play themselves: what is theirs is left to them."""
    doing: dict[str, Task] = field(default_factory=dict)
    """What each person is at."""
    _counts: dict[tuple[str, str, str | None], int] = field(default_factory=dict)
    _skipped: dict[tuple[str, str], datetime | None] = field(default_factory=dict)
    """By person and step: until when they leave it alone; None: for good."""
    _looked: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """By run and reading: when somebody last went to look."""
    _cards: Sequence[Card] = ()
    """What was given to the players so far."""

    @property
    def next_at(self) -> datetime | None:
        """When the next of them is through."""
        return min((task.due for task in self.doing.values()), default=None)

    def assign(self, state: RunState, now: datetime, cards: Sequence[Card] | None = None) -> None:
        """Whoever has nothing to do takes up what is theirs in this run; `cards`: those of the drill above it."""
        self._cards = state.cards if cards is None else cards
        if all(person in self.doing for person in self.players):
            return
        acts = possible(state, now)
        for person in self.players:
            if person not in self.doing and person in state.people:
                wanted = self._wanted(state, person, acts, now)
                if wanted is not None:
                    self._begin(state, person, wanted, now)

    def through(self, now: datetime) -> list[Task]:
        """Who is through at `now`, the earliest first; they are free again."""
        done = sorted(
            (one for one in self.doing.values() if one.due <= now), key=lambda one: (one.due, one.person)
        )
        for task in done:
            del self.doing[task.person]
        return done

    def gives_up(self, task: Task, now: datetime) -> None:
        """It was not allowed, or did not work yet; they leave it to others for a while."""
        self._skipped[task.person, task.step or ""] = now + LOOK_EVERY

    def act_of(self, state: RunState, task: Task, now: datetime) -> Act | None:
        """What a person who is through does; None when it is no longer there to be done."""
        act = next((one for one in possible(state, now) if one.key == (task.verb, task.step)), None)
        if act is None or act.verb not in ("sign", "refuse", "verify"):
            return act
        step = state.graph.steps[act.step or ""]
        may = self._may_verify if act.verb == "verify" else self._may_sign
        return act if may(state, step, task.person) else None

    def giver(self, state: RunState, task: Task, world: World, now: datetime) -> Giver:
        """Somebody about to act."""
        return Giver(
            world,
            state,
            task.person,
            now,
            lambda step: self._beside(state, step, task.person),
            frozenset(self.facts.unreachable),
            task.looks_at,
        )

    def mistake_at(self, task: Task) -> Mistake | None:
        """What this person does wrong there, the first time they come to it."""
        if task.number > 1:
            return None
        player = self.players[task.person]
        return next((one for one in player.mistakes if one.step in task.names), None)

    # --- what somebody wants to do

    def _wanted(self, state: RunState, person: str, acts: list[Act], now: datetime) -> Act | None:
        taken = {(task.run, task.step) for task in self.doing.values()}
        free = [one for one in acts if (state.run_id, one.step) not in taken or one.verb == "sign"]
        for choose in (self._raises, self._enters, self._signs, self._works, self._looks, self._ends):
            found = choose(state, person, free, now)
            if found is not None:
                return found
        return None

    def _raises(self, state: RunState, person: str, acts: list[Act], _now: datetime) -> Act | None:
        """A card told them what must be raised at once; a watch of a run below is named by its runbook."""
        given = {card.inject for card in self._cards if card.to in state.roles_of(person)}
        told = {watch for inject, watch in self.facts.raises if inject in given}
        return next(
            (
                one
                for one in acts
                if one.verb == "raise"
                and names_of(state, one.step or "")[0] in told
                and not state.watches[one.step or ""].times
            ),
            None,
        )

    def _enters(self, state: RunState, person: str, acts: list[Act], _now: datetime) -> Act | None:
        """The first of them says that the plan is the right one; a finished run is opened by its watch."""
        first = next(iter(self.players)) == person
        return next((one for one in acts if one.verb == "entry" and first), None) or next(
            (one for one in acts if one.verb == "open-child" and one.step in state.watches and first), None
        )

    def _signs(self, state: RunState, person: str, acts: list[Act], now: datetime) -> Act | None:
        for act in acts:
            one = state.steps.get(act.step or "")
            if one is None or act.verb not in ("sign", "verify", "refuse"):
                continue
            if act.verb == "verify" and self._may_verify(state, one.step, person):
                return act
            named = not set(names_of(state, one.step.id)).isdisjoint(self.facts.refuses)
            refuses = named and one.visit <= 1
            fits = one.step.kind == "hold" and (act.verb == "refuse") == refuses
            if fits and self._may_sign(state, one.step, person):
                return act
        return None

    def _may_sign(self, state: RunState, step: Step, person: str) -> bool:
        missing = set(missing_roles(state, state.steps[step.id]))
        signed = {sign.person for sign in state.steps[step.id].signatures}
        operators = missing - {COMMAND} if COMMAND not in state.roles_of(person) else missing
        return person not in signed and bool(operators & set(state.roles_of(person)))

    def _may_verify(self, state: RunState, step: Step, person: str) -> bool:
        last = state.steps[step.id].last
        return last is None or person not in (last.by, last.actor)

    def _works(self, state: RunState, person: str, acts: list[Act], now: datetime) -> Act | None:
        """The most pressing step in front of them; and of steps nobody's role fits, the commander's."""
        mine = set(state.roles_of(person))
        played = {role for name in (*self.players, *self.real) for role in state.roles_of(name)}
        in_vain = {act.step for act in acts if act.verb == "nobody"}
        for act in sorted(acts, key=lambda one: _pressing(state, one)):
            one = state.steps.get(act.step or "")
            if one is None or not (act.main or act.verb == "nobody") or act.verb in ("sign", "verify"):
                continue
            if act.verb == "try" and act.step in in_vain:
                continue
            if self._leaves(person, act.step or "", now):
                continue
            if one.step.repeat is not None and act.verb == "visit" and next_round_at(one) > now:
                continue
            roles = set(one.step.roles)
            orphan = not roles & played and COMMAND in mine
            if not roles or roles & mine or orphan:
                return act
        return None

    def _leaves(self, person: str, step: str, now: datetime) -> bool:
        until = self._skipped.get((person, step), now)
        return until is None or until > now

    def _looks(self, state: RunState, person: str, acts: list[Act], now: datetime) -> Act | None:
        return next(
            (one for one in acts if one.key == ("read", None) and self._asked(state, person, now)), None
        )

    def _asked(self, state: RunState, person: str, now: datetime) -> tuple[str, ...]:
        """What the facts say something about, and nobody has looked at for a while."""
        known = {one.reading for one in self.facts.readings}
        asked = (
            one
            for one in awaited(state, state.roles_of(person), now)
            if not known.isdisjoint(names_of(state, one))
        )
        return tuple(one for one in asked if self._is_old(state, one, now))

    def _is_old(self, state: RunState, reading: str, now: datetime) -> bool:
        last = self._looked.get((state.run_id, reading))
        return last is None or now - last >= LOOK_EVERY

    def _ends(self, state: RunState, person: str, acts: list[Act], now: datetime) -> Act | None:
        if not state.road.finished or COMMAND not in state.roles_of(person) or exits_unmet(state, now):
            return None
        return next((one for one in acts if one.key == ("end", None)), None)

    # --- time

    def _begin(self, state: RunState, person: str, act: Act, now: datetime) -> None:
        key = (person, act.verb, act.step)
        number = self._counts[key] = self._counts.get(key, 0) + 1
        looks_at = self._asked(state, person, now) if act.key == ("read", None) else ()
        self._looked.update({(state.run_id, name): now for name in looks_at})
        names = () if act.step is None else names_of(state, act.step)
        task = Task(person, state.run_id, act.verb, act.step, now, number, looks_at, names)
        mistake = self.mistake_at(task)
        if mistake is not None and mistake.skips:
            self._skipped[person, act.step or ""] = None
            return
        late = mistake.late if mistake is not None and mistake.late is not None else timedelta()
        due = now + late + self._time_for(state, person, act, number)
        self.doing[person] = replace(task, due=due)

    def _time_for(self, state: RunState, person: str, act: Act, number: int) -> timedelta:
        step = state.graph.steps.get(act.step or "")
        takes = None if step is None else step.takes
        once_more = act.verb == "try" and number > 1
        if takes is None or once_more or act.verb in ("sign", "refuse", "verify", "entry", "raise", "nobody"):
            least, most = READING_MS // 2, READING_MS * 2
        else:
            least, most = int(takes.least * MINUTE_MS), int(takes.most * MINUTE_MS)
        low, high = _SHARES[self.players[person].pace]
        span = most - least
        label = f"{person}|{act.verb}|{act.step or ''}"
        drawn = between(self.seed, label, least + span * low // 100, least + span * high // 100, number)
        return timedelta(milliseconds=max(drawn, 1_000))

    def _beside(self, state: RunState, step: Step, person: str) -> str | None:
        """Another person who may be the second at a step."""
        others: Iterable[str] = (one for one in self.players if one != person and one in state.people)
        return next((one for one in others if COMMAND not in state.roles_of(one)), None)
