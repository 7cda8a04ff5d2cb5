"""What is said of a runbook beside its steps: signs, roles, readings, levels, watches, and when it is complete."""

from __future__ import annotations

from collections.abc import Iterator

from engine.condition import say_length
from engine.drawings.pen import Pen
from engine.plan import Reading, Watch
from engine.text import Text, clean


def preface(pen: Pen) -> Iterator[tuple[str, list[str]]]:
    """What stands before the steps, each part under the id of its word."""
    runbook = pen.graph.runbook
    yield "symptoms", [pen.title(text) for text in runbook.symptoms]
    yield "entry", [pen.title(text) for text in runbook.entry]
    yield "roles", [f"{clean(role)}: {pen.title(title)}" for role, title in runbook.roles]
    yield "readings", [_reading_line(pen, reading) for reading in runbook.readings]
    yield (
        "levels",
        [_level_line(pen, level) for level in dict.fromkeys(rule.level for rule in runbook.levels)],
    )
    yield "goals", [f"{clean(name)}: {pen.reading(reading)}" for name, reading in runbook.goals]


def ending(pen: Pen) -> Iterator[tuple[str, list[str]]]:
    """What stands behind them."""
    runbook = pen.graph.runbook
    yield "watches", [_watch_line(pen, watch) for watch in runbook.watches]
    yield "exit", [pen.condition(condition) for condition in runbook.exit]
    yield "inhibits", [clean(other) for other in runbook.inhibits]
    yield "safety-lines", [f"{clean(one.line)} {pen.title(one.says)}" for one in runbook.safety]


def _reading_line(pen: Pen, reading: Reading) -> str:
    parts = [f"{clean(reading.id)}: {pen.reading(reading.id)}"]
    if reading.least is not None or reading.most is not None:
        least, most = (".." if one is None else format(one, "f") for one in (reading.least, reading.most))
        parts.append(pen.word("range", least=least, most=most))
    if reading.warn is not None:
        parts.append(pen.word("aware", band=pen.condition(reading.warn)))
    if reading.act is not None:
        parts.append(pen.word("act", band=pen.condition(reading.act)))
    if reading.fresh is not None:
        parts.append(pen.word("fresh", time=say_length(reading.fresh, pen.language)))
    return pen.word("comma").join(parts)


def _level_line(pen: Pen, level: str) -> str:
    grounds = [
        pen.condition(rule.when) if rule.when is not None else pen.title(rule.words or Text("", ""))
        for rule in pen.graph.runbook.levels
        if rule.level == level
    ]
    return f"{clean(level)}: {pen.word('either').join(grounds)}"


def _watch_line(pen: Pen, watch: Watch) -> str:
    parts = []
    if watch.words is not None:
        parts.append(pen.word("watch-if", words=pen.title(watch.words)))
    if watch.when is not None:
        parts.append(pen.word("watch-when", condition=pen.condition(watch.when)))
    if watch.level is not None:
        parts.append(pen.word("watch-level", level=clean(watch.level)))
    if watch.run is not None:
        parts.append(f"{pen.word('run')} {clean(watch.run)}")
    opened = [pen.ref(edge.later) for edge in pen.graph.out[watch.id]]
    if opened:
        parts.append(pen.word("then", list=pen.list(opened)))
    until = (
        pen.condition(watch.until)
        if watch.until
        else pen.title(watch.until_words)
        if watch.until_words
        else ""
    )
    if until:
        parts.append(pen.word("watch-until", condition=until))
    return f"{clean(watch.id)}: {pen.word('comma').join(parts)}"
