"""drill: play a scenario; score: reckon a drill's score from its record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from drill import scoring
from drill.auto import Auto, crew_of
from drill.book.reading import read_scenario
from drill.book.shelf import DRILLS, scenario_files
from drill.case import Case, case_of
from drill.exercise import Exercise
from drill.rehearsal import HandClock
from drill.scenario.values import Scenario
from engine.condition import say_clock
from engine.desk import Opening, Surroundings
from engine.errors import BookBroken, Refused
from engine.events import Entry
from engine.plan import Book
from engine.run import in_order
from engine.state import RunState
from engine.store import open_reader
from engine.text import clean, clean_json
from tui import machine
from tui.locale import say
from tui.logbook import Teller, titles_of
from tui.scored import score_lines
from tui.verbs.playable import Whole, opening_from, read_whole_book, texts_of
from tui.verbs.storing import open_the_store

MACHINE = "machine"
"""Who sits at the trainer's place when nobody does."""


def drill(
    name: str,
    seed: str | None,
    as_json: bool,
    store_named: str | None,
    book_named: str | None,
    lang: str | None,
) -> int:
    """Play a scenario by machine, and print its score."""
    whole = read_whole_book(book_named)
    book, folder = whole.book, whole.folder
    language = machine.language(lang, book.site.languages[0])
    scenario, source = scenario_named(name, folder, book)
    with open_the_store(store_named) as record:
        # It runs ahead of the wall: begun so much earlier, no entry says that something happened in the future.
        clock = HandClock(machine.wall_now() - scenario.length)
        around = Surroundings(clock, machine.entropy, _no_pin)
        opening = opening_of_drill(whole, scenario)
        exercise = Exercise.begin(
            record, scenario, source, opening, around, MACHINE, seed=seed, by_machine=True
        )
        played = Auto(exercise, clock, around, crew_of(scenario, exercise.seed))
        shown = _Shown(exercise, language, quiet=as_json)
        shown.begins()
        for _ in played.play():
            shown.more()
        shown.ends()
        case = exercise.case
    print_score(case, exercise.desk.run_id, language, as_json)
    return 0


def score(run: str, as_json: bool, store_named: str | None, lang: str | None) -> int:
    """The score of a drill, from its record alone; the same today and in ten years."""
    with open_reader(machine.store_path(store_named)) as reader:
        case = case_of(reader, run)
    if not case.over:
        # Whoever asks may be a player.
        raise Refused("drill-not-over", run=case.state.run_id)
    language = machine.language(lang, case.state.graph.site.languages[0])
    print_score(case, case.state.run_id, language, as_json)
    return 0


def opening_of_drill(whole: Whole, scenario: Scenario) -> Opening:
    """What the players' run is opened with: the plan book, and nothing of the scenarios beside it."""
    texts = tuple(one for one in texts_of(whole.folder) if not one[0].startswith(f"{DRILLS}/"))
    return replace(opening_from(whole, scenario.runbook, room=scenario.room), texts=texts)


def scenario_named(name: str, folder: Path, book: Book) -> tuple[Scenario, bytes]:
    """A scenario of the book, or of a file; what is wrong in it is said all at once."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else folder / DRILLS / f"{name}.yaml"
    try:
        source = path.read_bytes()
    except OSError:
        known = tuple(one.stem for one in scenario_files(folder))
        raise Refused("no-such-scenario", scenario=name, scenarios=known) from None
    scenario, faults = read_scenario(source, str(path), book=book, languages=book.site.languages)
    errors = [fault for fault in faults if not fault.advice]
    if scenario is None or errors:
        raise BookBroken(errors)
    return scenario, source


class _Shown:
    """The drill as it goes by: what the players did and were given, each line marked."""

    def __init__(self, exercise: Exercise, language: str, quiet: bool) -> None:
        self._exercise = exercise
        self._language = language
        self._quiet = quiet
        self._told: dict[str, int] = {}
        """By run: how far it was shown."""
        self._tellers: dict[str, Teller] = {}

    def begins(self) -> None:
        scenario = self._exercise.scenario
        runbook = self._exercise.desk.state.graph.runbook
        self._say(
            say(
                "drill-begins",
                self._language,
                title=clean(scenario.title.of(self._language)),
                runbook=clean(runbook.title.of(self._language)),
                revision=runbook.revision,
                seed=clean(self._exercise.seed),
            )
        )

    def more(self) -> None:
        for state, entry in self._new():
            teller, below = self._teller(state), ""
            if state.parent is not None:
                below = f"[{clean(state.graph.runbook.title.of(self._language))}]  "
            self._say(f"T+{self._clock(entry)}  {teller.name(entry.by)}  {below}{teller.sentence(entry)}")

    def ends(self) -> None:
        self.more()
        state = self._exercise.book.state
        how = say(f"ended-{state.how}", self._language)
        self._say(say("drill-ended", self._language, how=how, length=say_clock(self._exercise.elapsed)))

    def _new(self) -> Iterator[tuple[RunState, Entry]]:
        """What was written since, in the drill and in the runs that it has opened, as it was recorded."""
        exercise = self._exercise
        found = []
        for state in [exercise.desk.state, *exercise.team.states]:
            came = exercise.desk.record.entries(state.run_id, self._told.get(state.run_id, 0))
            self._told[state.run_id] = max((one.pos for one in came), default=self._told.get(state.run_id, 0))
            found += [(state, entry) for entry in in_order(came)]
        return iter(sorted(found, key=lambda one: one[1].pos))

    def _teller(self, state: RunState) -> Teller:
        if state.run_id not in self._tellers:
            titles = titles_of(state.graph.to_bytes(), state.room)
            self._tellers[state.run_id] = Teller(titles, self._language)
        return self._tellers[state.run_id]

    def _clock(self, entry: Entry) -> str:
        return say_clock(entry.at - (self._exercise.desk.state.opened_at or entry.at))

    def _say(self, line: str) -> None:
        if not self._quiet:
            print(f"{say('drill-word', self._language)}  {line}")


def print_score(case: Case, run_id: str, language: str, as_json: bool = False) -> None:
    """The whole page of a score, every line of it marked."""
    now = case.ended_at
    found, inputs = case.findings(now), case.inputs(now)
    if as_json:
        print(clean_json(json.dumps(_json(run_id, case, inputs), ensure_ascii=False, indent=1)))
        return
    word = say("drill-word", language)
    for line in score_lines(case, found, inputs, language):
        print(f"{word}  {line}".rstrip())
    print(f"{word}  {say('drill-kept', language, run=run_id)}")


def _json(run_id: str, case: Case, inputs: scoring.Inputs) -> dict[str, object]:
    result = scoring.score(inputs)
    return {
        "drill": "演练 DRILL",
        "run": run_id,
        "scenario": case.scenario.id,
        "model": result.model,
        "seed": inputs.seed,
        "score": None if result.number is None else str(result.number),
        "verdict": result.verdict,
        "gates": list(result.gates),
        "caps": list(result.caps),
        "freeze_s": inputs.freeze_ms // 1000,
        "by_machine": case.by_machine,
        "ratings": dict(inputs.ratings),
        "findings": [
            {
                "id": one.id,
                "objective": one.objective,
                "class": one.grade,
                "outcome": one.outcome,
                "took_ms": one.took_ms,
                "target_ms": one.target_ms,
                "limit_ms": one.limit_ms,
            }
            for one in inputs.findings
        ],
        "deviations": [[one.objective, one.weight, one.what] for one in inputs.deviations],
    }


def _no_pin(person: str, pin: str | None) -> None:
    """Simulated people sign without a PIN, and the record says so."""
