"""Limits that contradict themselves: what never changes, bands in the wrong order, alarms that are wished for.

What can be so at all is worked out from what a reading can be (`min`, `max`), and from the values the site has set.
A comparison is never held against a value that some other site may set otherwise: see `_any_site` and `_this_site`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from itertools import product

from engine.condition import Condition, Span, Spans, parse, parse_band, parts, together
from engine.errors import Fault
from engine.plan import LEVELS, Fact, Reading, Runbook, Site, Step
from engine.text import Text, clean

Read = tuple[str, Condition]
"""Where a condition stands in the file, and what it says."""

_HOW = {
    frozenset({True}): Text("一直成立", "always so"),
    frozenset({False}): Text("永远不成立", "never so"),
}


def limit_faults(runbook: Runbook, site: Site) -> list[Fault]:
    """Every such fault of a runbook, by the kind of fault."""
    here, anywhere = _spans(runbook, site, _this_site), _spans(runbook, site, _any_site)
    crossed = dict(_crossed(runbook, here))
    return [
        *_constant(runbook, anywhere),
        *crossed.values(),
        *_idle_levels(runbook, here),
        # Where the limit itself is wrong, whatever is held against it would be told too.
        *_alarms_wished_for(runbook, here, crossed.keys()),
    ]


def _fault(runbook: Runbook, rule: str, path: str, **facts: object) -> Fault:
    return Fault(rule, runbook.where(path), tuple(facts.items()))


# --- what a name can be


def _this_site(fact: Fact) -> Span | None:
    value = fact.length if fact.number is None else fact.number
    return None if value is None else Span(least=value, most=value)


def _any_site(fact: Fact) -> Span | None:
    return None if fact.least is None or fact.most is None else Span(least=fact.least, most=fact.most)


def spans_anywhere(runbook: Runbook, site: Site) -> Spans:
    """What every name of a runbook can be, whatever a site sets within what it may."""
    return _spans(runbook, site, _as_far_as_known)


def _as_far_as_known(fact: Fact) -> Span | None:
    """What any site may set; a parameter without any bound has the value of this one."""
    if fact.least is None and fact.most is None:
        return _this_site(fact)
    return Span(least=fact.least, most=fact.most)


def _spans(runbook: Runbook, site: Site, of_fact: Callable[[Fact], Span | None]) -> Spans:
    """What every name of a runbook can be; a fact of a room, a text or a list can be anything."""
    known: dict[str, Span | None] = {f"site.{fact.id}": of_fact(fact) for fact in site.parameters}
    known |= {reading.id: _of_reading(reading) for reading in runbook.readings}
    known |= {mark: Span(truth=True) for step in runbook.steps for mark in ("reported", *step.marks)}
    known["waited"] = Span(least=timedelta())

    def of(name: str) -> Span | None:
        if name.startswith("since-"):
            return known["waited"]
        is_answer = "." in name and not name.startswith("site.")
        return Span(truth=True) if is_answer else known.get(name)

    return of


def _of_reading(reading: Reading) -> Span | None:
    if reading.kind == "yes-no":
        return Span(truth=True)
    return Span(least=reading.least, most=reading.most) if reading.kind == "number" else None


# --- what never changes


def _constant(runbook: Runbook, spans: Spans) -> Iterator[Fault]:
    """The first part of each condition that comes to one and the same whatever is read."""
    for path, condition in [*_conditions(runbook), *_bands(runbook)]:
        idle = next((one for one in parts(condition, spans) if len(one.comes_to) == 1), None)
        if idle is not None:
            facts = {"part": clean(idle.text), "how": _HOW[idle.comes_to]}
            yield _fault(runbook, "condition-constant", path, **facts)


def _conditions(runbook: Runbook) -> Iterator[Read]:
    said = [pair for step in runbook.steps for pair in _of_step(step)]
    for watch in runbook.watches:
        said += [(f"watch.{watch.id}.when", watch.when), (f"watch.{watch.id}.until", watch.until)]
    said += [(f"exit.{number}", text) for number, text in enumerate(runbook.exit)]
    said += [(path, text) for path, _, text in _grounds(runbook)]
    return ((path, parse(text)) for path, text in said if text is not None)


def _of_step(step: Step) -> Iterator[tuple[str, str | None]]:
    yield f"{step.id}.only_when", step.only_when
    yield f"{step.id}.needs", step.needs
    yield f"{step.id}.until", step.wait_until
    if step.repeat is not None and step.repeat.until_is == "condition":
        yield f"{step.id}.until", step.repeat.until
    if step.expect is not None:
        yield f"{step.id}.expect.that", step.expect.that
    for answer in step.answers:
        yield f"{step.id}.answers.{answer.id}.when", answer.when


def _bands(runbook: Runbook) -> Iterator[Read]:
    for reading in runbook.readings:
        for key, text in (("warn", reading.warn), ("act", reading.act)):
            if text is not None and reading.kind == "number":
                yield f"readings.{reading.id}.{key}", parse_band(text, reading.id)


def _grounds(runbook: Runbook) -> Iterator[tuple[str, str, str]]:
    """Every condition for a level: where it stands, the level, and what it says."""
    counted: dict[str, int] = {}
    for one in runbook.levels:
        number = counted[one.level] = counted.get(one.level, -1) + 1
        if one.when is not None:
            yield f"levels.{one.level}.{number}", one.level, one.when


# --- what is in the wrong order


def _crossed(runbook: Runbook, spans: Spans) -> Iterator[tuple[str, Fault]]:
    """By reading: a value at which action begins and attention does not."""
    read = dict(_bands(runbook))
    for reading in runbook.readings:
        path = f"readings.{reading.id}."
        warn, act = read.get(path + "warn"), read.get(path + "act")
        if warn is not None and act is not None and together([act], [warn], spans) is True:
            facts = {"name": reading.label, "warn": clean(warn.text), "act": clean(act.text)}
            yield reading.id, _fault(runbook, "bands-crossed", path + "act", **facts)


def _idle_levels(runbook: Runbook, spans: Spans) -> Iterator[Fault]:
    """A ground of a level that only holds where that of a higher level holds too, so that nobody ever sees it."""
    grounds = [(path, level, parse(text)) for path, level, text in _grounds(runbook)]
    for (path, level, one), (_, higher, other) in product(grounds, repeat=2):
        above = LEVELS.index(higher) > LEVELS.index(level)
        if above and _asked(one) == _asked(other) and together([one], [other], spans) is False:
            facts = {"level": level, "higher": higher, "ground": clean(one.text)}
            yield _fault(runbook, "level-idle", path, **facts)


def _asked(condition: Condition) -> set[str]:
    return {name for name, _ in condition.names if not name.startswith("site.")}


# --- what is wished for, and is an alarm


def _alarms_wished_for(runbook: Runbook, spans: Spans, unclear: Collection[str]) -> Iterator[Fault]:
    """An expectation, or a condition for signing or for going on safely, that an alarm value fulfils."""
    alarms = {
        reading.id: (reading, parse_band(reading.act, reading.id))
        for reading in runbook.readings
        if reading.act is not None and reading.kind == "number" and reading.id not in unclear
    }
    for step in runbook.steps:
        for path, wished in _wishes(step):
            for name in sorted(_asked(wished) & alarms.keys()):
                reading, alarm = alarms[name]
                alone = wished.about(name)
                if alone is not None and together([alone, alarm], [], spans) is True:
                    facts = {"step": step.text, "name": reading.label, "act": clean(alarm.text)}
                    yield _fault(runbook, "alarm-wished-for", path, **facts, said=clean(alone.text))


def _wishes(step: Step) -> Iterator[Read]:
    said = [(f"{step.id}.needs", step.needs)]
    if step.expect is not None:
        said.append((f"{step.id}.expect.that", step.expect.that))
    if step.cls == "safety":
        said.append((f"{step.id}.until", step.wait_until))
    return ((path, parse(text)) for path, text in said if text is not None)
