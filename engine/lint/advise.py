"""Advice about one runbook: its words, what may wait for ever in it, and whether it is finished."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from engine.condition import ConditionFault, ends_of_waiting, parse
from engine.errors import Fault
from engine.graph.sweeps import BAD_ENDINGS
from engine.lint import style
from engine.plan import Answer, Runbook, Step
from engine.text import LINE_CELLS, Text, wrap

BEST_LINES = 3
"""How many lines of 76 cells the text of a step should have at most."""

Drilled = Mapping[str, Collection[str]]
"""What the drills of a book take: by runbook the answers, like ``source.crac``."""

_OF_ACTIONS: tuple[tuple[str, Callable[[str, str], str]], ...] = (
    ("two-actions", style.two_actions),
    ("condition-last", style.condition_last),
    ("passive-voice", style.passive_voice),
    ("all-except", style.all_except),
)
_WRITTEN = {"contact": "says", "tell": "says", "run": "says"}


def advice(
    runbook: Runbook, day: date, languages: tuple[str, ...], drilled: Drilled | None = None
) -> list[Fault]:
    """All advice about a runbook, in the order of the file."""
    found = [
        *_of_the_whole(runbook, day),
        *_of_drills(runbook, drilled),
        *(fault for step in runbook.steps for fault in _of_step(runbook, step, languages)),
        *_of_watches(runbook),
    ]
    return sorted(found, key=lambda fault: (fault.place.line, fault.place.column, fault.rule))


def _advice(runbook: Runbook, rule: str, path: str, **facts: object) -> Fault:
    return Fault(rule, runbook.where(path), tuple(facts.items()), advice=True)


def _of_the_whole(runbook: Runbook, day: date) -> Iterator[Fault]:
    if runbook.released_by is None:
        yield _advice(runbook, "unreleased", "runbook")
    if runbook.review_by is not None and runbook.review_by < day:
        yield _advice(runbook, "review-passed", "review_by", date=str(runbook.review_by))
    yield from _inside_alone(runbook)


def _inside_alone(runbook: Runbook) -> Iterator[Fault]:
    """What says that everybody is out, and nothing that would be held back by it; or the other way round."""
    inside = next((f"{step.id}.inside" for step in runbook.steps if step.inside), None)
    withdraw = next((f"{step.id}.withdraw" for step in runbook.steps if step.withdraw is not None), None)
    if (inside is None) != (withdraw is None):
        said, lacking = ("inside", "withdraw") if withdraw is None else ("withdraw", "inside")
        yield _advice(runbook, "inside-alone", inside or withdraw or "", said=said, lacking=lacking)


def _of_drills(runbook: Runbook, drilled: Drilled | None) -> Iterator[Fault]:
    """What no drill covers; nothing while there are no drills, or for a procedure that others run."""
    if drilled is None or runbook.hazard is None:
        return
    if runbook.id not in drilled:
        what = Text(f"预案“{runbook.title.zh}”", f"the runbook '{runbook.title.en}'")
        yield _advice(runbook, "no-drill", "runbook", what=what, which=runbook.id)
        return
    for step in runbook.steps:
        for answer in step.answers:
            if not _goes_well(step, answer) and f"{step.id}.{answer.id}" not in drilled[runbook.id]:
                what = Text(
                    f"“{step.text.zh}”的回答“{answer.says.zh}”",
                    f"the answer '{answer.says.en}' of '{step.text.en}'",
                )
                which = f"{step.id}.{answer.id}"
                yield _advice(runbook, "no-drill", f"{step.id}.answers.{answer.id}", what=what, which=which)


def _goes_well(step: Step, answer: Answer) -> bool:
    """What every drill of the plan walks that does not say otherwise: met, signed, reached."""
    return step.kind != "ask" and answer.id not in BAD_ENDINGS


# --- one step


def _of_step(runbook: Runbook, step: Step, languages: tuple[str, ...]) -> Iterator[Fault]:
    yield from _of_words(runbook, step, languages)
    if _waits_for_others(step) and step.within is None:
        yield _advice(runbook, "no-time-limit", f"{step.id}.{step.kind}", step=step.text)
    if _guards_lives(step) and step.cls != "safety":
        yield _advice(runbook, "not-safety", f"{step.id}.class", step=step.text)
    if not step.roles and step.kind != "hold":
        yield _advice(runbook, "step-without-role", f"{step.id}.id", step=step.text)
    if step.within is not None and step.missed is None and step.otherwise is None:
        yield _advice(runbook, "limit-unheard", f"{step.id}.within", step=step.text)
    if step.takes is None and step.kind not in ("wait", "run") and step.repeat is None:
        yield _advice(runbook, "no-takes", f"{step.id}.id", step=step.text)


def _guards_lives(step: Step) -> bool:
    """A hold that two must pass or that rests on readings, and a step that calls everybody out."""
    hold = step.sign is not None and (step.never_alone or step.needs is not None)
    return hold or step.withdraw is not None


def _waits_for_others(step: Step) -> bool:
    """Whether it goes on for as long as others please; a wait that time alone ends too does not."""
    waits = step.kind == "wait" and step.wait_until is not None
    return step.kind in ("hold", "contact") or (waits and not _time_ends(step.wait_until or ""))


def _time_ends(until: str) -> bool:
    try:
        return any(True for _ in ends_of_waiting(parse(until)))
    except ConditionFault:
        return False  # that it cannot be read is told at its place


def _of_words(runbook: Runbook, step: Step, languages: tuple[str, ...]) -> Iterator[Fault]:
    """Each rule at most once for a step, in the first language where it finds something."""
    path = f"{step.id}.{_WRITTEN.get(step.kind, step.kind)}"
    lines = max(len(wrap(step.text.of(one), LINE_CELLS)) for one in languages)
    if lines > BEST_LINES:
        yield _advice(runbook, "step-text-long", path, lines=lines, most=BEST_LINES)
    if step.kind == "do":
        for rule, look in _OF_ACTIONS:
            yield from _first(runbook, rule, look, path, step.text, languages)
    if step.warn is not None:
        path = f"{step.id}.warn"
        yield from _first(runbook, "warning-instructs", style.warning_instructs, path, step.warn, languages)


def _first(
    runbook: Runbook,
    rule: str,
    look: Callable[[str, str], str],
    path: str,
    text: Text,
    languages: tuple[str, ...],
) -> Iterator[Fault]:
    for language in languages:
        found = look(text.of(language), language)
        if found:
            yield _advice(runbook, rule, f"{path}.{language}", found=found)
            return


# --- watches


def _of_watches(runbook: Runbook) -> Iterator[Fault]:
    """One that only opens something is over when that is; one that raises the level stays raised."""
    for watch in runbook.watches:
        if watch.until is None and watch.until_words is None:
            yield _advice(runbook, "watch-without-until", f"watch.{watch.id}.id")
