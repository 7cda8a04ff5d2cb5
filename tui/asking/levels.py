"""What is said before a level is declared: the grounds of each, what is suggested, and by what."""

from __future__ import annotations

from collections.abc import Iterator

from engine.clocks import suggested_level
from engine.clocks.levels import raised_by_answers
from engine.condition import evaluate, parse
from engine.facts import last_known
from engine.plan import LEVELS
from tui.view import Looking, condition_line
from tui.view.rows import watch_words


def before_level(look: Looking) -> list[str]:
    """The grounds of each level, the highest first; then what is suggested, and why."""
    lines = []
    for level in reversed(LEVELS):
        grounds = [rule for rule in look.state.graph.runbook.levels if rule.level == level]
        words = [
            look.text(one.words) if one.words is not None else condition_line(look, one.when or "")
            for one in grounds
        ]
        lines += [f"    {look.say('level', level=level)}  {look.say('or').join(words)}"] if words else []
    suggested = suggested_level(look.state, look.now)
    if suggested is None:
        return lines
    why = look.join(list(dict.fromkeys(_because(look, suggested))))
    return [*lines, f"    {look.labelled(look.say('suggests', level=suggested), why)}"]


def _because(look: Looking, suggested: str) -> Iterator[str]:
    """What holds now and speaks for that level: conditions, raised watches, answers that raise it."""
    state, facts = look.state, last_known(look.state, look.now)
    for rule in state.graph.runbook.levels:
        holds = rule.when is not None and evaluate(parse(rule.when), facts).value is True
        if holds and rule.level == suggested:
            yield condition_line(look, rule.when or "")
    for name, watch in state.graph.watches.items():
        if watch.level == suggested and state.watches[name].raised_at is not None:
            yield watch_words(look, name)
    if raised_by_answers(state):
        yield from _raising(look)
    if state.level == suggested:
        yield look.say("level-in-force")


def _raising(look: Looking) -> Iterator[str]:
    for name in look.state.graph.raisers:
        one = look.state.steps[name]
        found = next((answer for answer in one.step.answers if answer.id == one.answer), None)
        if found is not None and found.level:
            yield look.say("answered", step=look.title(name), answer=look.text(found.says))
