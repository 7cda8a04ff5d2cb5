"""What the machine decided by itself, so that nobody has to believe it: which rule, on which values, when.

A rule is named as it stands in the plan: ``cool.until`` is the `until` of the step or watch `cool`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime

from engine.clocks.due import CLOCK
from engine.condition import Facts, Known, Missing, Reason, evaluate, parse
from engine.facts import facts_at
from engine.road import Place
from engine.state import StepState
from engine.text import clean, wrap
from tui.view.looking import Looking
from tui.view.values import condition_line, result_word, show_value, with_unit


def decided_lines(look: Looking, step_id: str) -> list[str]:
    """Everything about a step that nobody said: it ended, it was passed by, it opened, it does not apply."""
    one = look.state.steps[step_id]
    return [*_opened(look, one), *_passed(look, one), *_ended(look, one), *_not_on_the_road(look, one)]


def raised_lines(look: Looking, watch_id: str) -> list[str]:
    """Why a watch is raised, or is over, where no person said so: its condition, and the values that made it true."""
    known, watch = look.state.watches[watch_id], look.state.graph.watches[watch_id]
    if known.raised_at is not None:
        by_value = known.by == CLOCK and watch.when is not None
        return _so(look, f"{watch_id}.when", watch.when or "", known.raised_at) if by_value else []
    if known.retired_at is None or watch.until is None:
        return []
    over = evaluate(parse(watch.until), _facts_then(look, known.retired_at, None)).value is True
    return _so(look, f"{watch_id}.until", watch.until, known.retired_at) if over else []


def _so(look: Looking, rule: str, condition: str, at: datetime) -> list[str]:
    return _by_condition(look, "rule-so", rule, condition, at, None)


CELLS = 72
"""How wide these lines are: nothing of a rule may be cut off on the screen."""


def _line(look: Looking, at: datetime, rule: str, word: str, /, **facts: object) -> list[str]:
    what = look.say(word, **facts)
    return _wrapped(look.say("by-rule", time=look.clock(at), rule=clean(rule), what=what), "   ")


def _wrapped(words: str, indent: str) -> list[str]:
    first, *rest = wrap(words, CELLS - len(indent))
    return [f"{indent}{first}", *(f"{indent}   {line}" for line in rest)]


def _by_condition(
    look: Looking, word: str, rule: str, condition: str, at: datetime, step_id: str | None
) -> list[str]:
    """The rule, and each value that it was judged by, as it was then."""
    found = evaluate(parse(condition), _facts_then(look, at, step_id))
    first = _line(look, at, rule, word, condition=condition_line(look, condition))
    return [*first, *(line for reason in found.reasons for line in _wrapped(_input(look, reason), "      "))]


def _input(look: Looking, reason: Reason) -> str:
    """One value: what was asked, what it was, when it was taken, and what came of it."""
    asked = condition_line(look, f"not {reason.text}" if reason.denied else reason.text)
    parts = [asked, _value(look, reason)]
    if reason.found.at is not None:
        parts.append(look.clock(reason.found.at))
    return "   ".join([*parts, result_word(look, reason.speaks_for)])


def _value(look: Looking, reason: Reason) -> str:
    if isinstance(reason.found, Missing):
        return look.say(f"why-{reason.found.why}")
    known = look.state.graph.readings.get(reason.left.removesuffix("-rise"))
    value = reason.found.value
    return show_value(look, value) if known is None else with_unit(look, known, value)


def _facts_then(look: Looking, at: datetime, step_id: str | None) -> Facts:
    """What was known at `at`: of a reading that was taken again since, the value of before."""
    state, now = look.state, facts_at(look.state, at, step_id)

    def look_up(name: str) -> Known | Missing:
        found = now(name)
        if found.at is None or found.at <= at:
            return found
        taken = state.history.get(name, [])
        before = bisect_right(taken, at, key=lambda one: one[0])
        return Known(taken[before - 1][1], taken[before - 1][0]) if before else Missing("not-taken")

    return look_up


# --- what became of a step


def _opened(look: Looking, one: StepState) -> Iterator[str]:
    """The limit of another step had passed."""
    for edge in look.state.graph.into[one.step.id]:
        late = look.state.steps.get(edge.earlier)
        if edge.missed and late is not None and late.missed_at is not None:
            rule, title = f"{late.step.id}.within", look.title(late.step.id)
            yield from _line(look, late.missed_at, rule, "rule-limit", step=title)


def _passed(look: Looking, one: StepState) -> Iterator[str]:
    """It was not to be done, by its `only_when`; where a person said so the log has it."""
    condition = one.step.only_when
    if one.passed and not one.whether and condition is not None and one.opened_at is not None:
        rule, step = f"{one.step.id}.only_when", one.step.id
        yield from _by_condition(look, "rule-passed", rule, condition, one.opened_at, step)


def _ended(look: Looking, one: StepState) -> Iterator[str]:
    """The clock ended it: its time was over, what it waits for came, or the run that it opened had ended."""
    last, step = one.last, one.step
    if last is None or last.by != CLOCK or one.status is None:
        return
    span = step.span if step.repeat is None else step.repeat.span
    condition = step.wait_until if step.repeat is None else step.repeat.until
    if step.kind == "run":
        yield from _line(look, last.at, f"{step.id}.run", "rule-child", run=clean(one.child or "-"))
    elif span is not None and one.opened_at is not None:
        facts = {"length": look.span(span.length), "since": look.clock(one.opened_at)}
        yield from _line(look, last.at, f"{step.id}.for", "rule-time", **facts)
    elif condition is not None:
        yield from _by_condition(look, "rule-so", f"{step.id}.until", condition, last.at, step.id)


def _not_on_the_road(look: Looking, one: StepState) -> Iterator[str]:
    """An answer led elsewhere: the nearest one above it, along steps that do not apply for the same reason."""
    state, todo, seen = look.state, [one.step.id], set[str]()
    if state.place(one.step.id) is not Place.OFF:
        return
    while todo:
        name = todo.pop(0)
        for edge in state.graph.into[name]:
            above = state.steps.get(edge.earlier)
            if above is None or not edge.after or edge.earlier in seen:
                continue
            seen.add(edge.earlier)
            if state.place(edge.earlier) is Place.OFF:
                todo.append(edge.earlier)
            elif edge.answers is not None and above.answer is not None and above.last is not None:
                yield from _answered(look, above)


def _answered(look: Looking, above: StepState) -> list[str]:
    assert above.last is not None
    says = next((known.says for known in above.step.answers if known.id == above.answer), None)
    answer = look.text(says) if says is not None else look.said("answer", above.answer or "")
    rule, name = f"{above.step.id}.{above.answer}", look.name(above.last.by)
    facts = {"step": look.title(above.step.id), "answer": answer, "name": name}
    return _line(look, above.last.at, rule, "rule-off", **facts)
