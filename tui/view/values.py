"""Readings and conditions in words: what is asked, what was found, how old it is, what it comes to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from engine.condition import Known, Missing, Reason, Verdict, evaluate, parse
from engine.events import moment_of
from engine.facts import band, facts_at, last_band, reading_at
from engine.graph import say_fact
from engine.plan import Fact, Reading
from engine.sentences.usual import MARK_WORDS, unit_words
from engine.state import Value
from engine.text import cells, clean, cut
from tui.view.layout import pack
from tui.view.looking import Looking

SECONDS_UNTIL = timedelta(minutes=2)
"""A time that a condition asks for is told to the second below this."""


def reading_label(look: Looking, name: str) -> str:
    """A reading with its unit."""
    reading = look.state.graph.readings[name]
    label, unit = look.text(reading.label), look.unit(reading)
    return f"{label} ({unit})" if unit else label


def with_unit(look: Looking, reading: Reading, value: object) -> str:
    """A value with the unit of its reading."""
    unit = look.unit(reading)
    shown = show_value(look, value)
    return f"{shown} {unit}" if unit else shown


def taken(look: Looking, reading: Reading, text: str) -> str:
    """A value as it stands in the record, in words."""
    if reading.kind == "yes-no":
        return look.said("answer", text)
    if reading.kind == "list" and not text.strip():
        return look.say("none")
    if reading.kind == "time":
        return _moment(look, text)
    return with_unit(look, reading, text)


def _moment(look: Looking, text: str) -> str:
    try:
        return look.clock(moment_of(text))
    except ValueError:
        return clean(text)


def value_line(look: Looking, reading: Reading) -> str:
    """The latest value of a reading with unit and band; ? where nothing may be relied on."""
    found = reading_at(look.state, reading.id, look.now)
    if isinstance(found, Missing):
        if found.value is None:
            return "?"
        said = f"? {with_unit(look, reading, found.value)}{_band_mark(look, reading)}"
        return look.in_brackets(said, _why_missing(look, found))
    return with_unit(look, reading, found.value) + _band_mark(look, reading)


def _band_mark(look: Looking, reading: Reading) -> str:
    where = value_band(look, reading)
    return f" {look.say(f'band-{where}')}" if where in ("warn", "act") else ""


def _why_missing(look: Looking, found: Missing) -> str:
    """Why a value may not be relied on; on a screen, where it stands there, also how old it is."""
    why = look.say(f"why-{found.why}")
    if found.why != "stale" or found.at is None or not look.live:
        return why
    return look.join([why, look.say("age", age=look.age(max(look.now - found.at, timedelta())))])


def value_band(look: Looking, reading: Reading) -> str:
    """Where the latest value lies; what was out of range stays so while it only grows old."""
    found = reading_at(look.state, reading.id, look.now)
    old = isinstance(found, Missing) and found.why == "stale"
    return (last_band if old else band)(look.state, reading, look.now)


def show_value(look: Looking, value: object) -> str:
    """A value of a condition as a person reads it."""
    if isinstance(value, bool):
        return look.say("true" if value else "false")
    if isinstance(value, timedelta):
        return look.age(value) if look.live and abs(value) >= SECONDS_UNTIL else look.span(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return look.join([clean(line) for line in str(value).split("\n") if line.strip()])


# --- conditions

_PARTS = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?:\.[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)*)"
    r"|(?P<number>-?[0-9]+(?:\.[0-9]+)?(?![0-9A-Za-z.]))"
    r"|(?P<rest>[0-9A-Za-z.]+|.)",
    re.DOTALL,
)


def condition_line(look: Looking, text: str) -> str:
    """A condition as a person says it: labels for readings, values for site values, units behind numbers."""
    words, unit = [], ""
    for part in _PARTS.finditer(text):
        found = part.group()
        if part.lastgroup == "name":
            words.append(name_words(look, found))
            unit = _unit_of(look, found) or unit
        elif part.lastgroup == "number":
            words.append(f"{found} {unit}".rstrip())
        else:
            words.append(clean(found))
    return "".join(words)


def _unit_of(look: Looking, name: str) -> str:
    reading = look.state.graph.readings.get(name.removesuffix("-rise"))
    return "" if reading is None else look.unit(reading)


def name_words(look: Looking, name: str) -> str:
    """One name of a condition in words."""
    graph = look.state.graph
    if name in graph.readings:
        return look.text(graph.readings[name].label)
    if name in ("and", "or", "not"):
        return look.say(f"word-{name}")
    if name == "waited":
        return look.say("waited")
    if name.startswith("site."):
        return _site(look, name)
    if name.startswith("since-"):
        return look.say("since", mark=_mark(look, name.removeprefix("since-")))
    if name.removesuffix("-rise") in graph.readings:
        return look.say("rise", label=look.text(graph.readings[name.removesuffix("-rise")].label))
    step, dot, answer = name.partition(".")
    return _answer(look, step, answer) if dot else _mark(look, name)


def _site(look: Looking, name: str) -> str:
    """A site value with its unit, and that it is one: the example site's may not be yours."""
    fact = look.state.graph.site_fact(name.removeprefix("site."), look.state.room)
    return clean(name) if fact is None else look.in_brackets(_fact(look, fact), look.say("site-value"))


def _fact(look: Looking, fact: Fact) -> str:
    return f"{clean(say_fact(fact, look.language))} {unit_words(fact.unit, look.language)}".rstrip()


def _answer(look: Looking, step_id: str, answer: str) -> str:
    step = look.state.graph.steps.get(step_id)
    if step is None:
        return clean(f"{step_id}.{answer}")
    says = next((one.says for one in step.answers if one.id == answer), None)
    words = look.text(says) if says is not None else look.said("answer", answer)
    return look.say("answered", step=look.text(step.text), answer=words)


def _mark(look: Looking, mark: str) -> str:
    """A mark in words: the usual ones have a name, of others the step that carries it says it."""
    if mark in MARK_WORDS:
        return MARK_WORDS[mark].of(look.language)
    carrier = next(iter(look.state.graph.carriers.get(mark, ())), None)
    return clean(mark) if carrier is None else look.say("mark-of", step=look.title(carrier))


# --- what they come to

LEAST_OF_TITLE = 16
"""So much of the title of a step tells it from the others."""

CRITERION_CELLS = 70
"""How wide a line of a decision is: it stands indented under its step."""


def verdict(look: Looking, condition: str, step_id: str, given: Mapping[str, Value] | None = None) -> Verdict:
    """What a condition comes to now, as seen from a step, with values that are just being given."""
    return evaluate(parse(condition), facts_at(look.state, look.now, step_id, given))


def panel(look: Looking, condition: str, step_id: str, given: Mapping[str, Value] | None = None) -> list[str]:
    """Criterion, value, source, age and result of every comparison in a condition."""
    return [reason_line(look, reason) for reason in verdict(look, condition, step_id, given).reasons]


def result_word(look: Looking, result: bool | None) -> str:
    return {True: look.say("met"), False: look.say("not-met"), None: look.say("unknown")}[result]


def reason_line(look: Looking, reason: Reason) -> str:
    """One comparison: what it asks, what was found, whence and how old, and what follows."""
    found = reason.found
    asked = f"not {reason.text}" if reason.denied else reason.text
    parts = [condition_line(look, asked), _found(look, reason.left, found)]
    if found.at is not None:
        parts.append(_source(look, reason.left, found.at))
    return "   ".join([*parts, result_word(look, reason.speaks_for)])


def reason_lines(look: Looking, reasons: Sequence[Reason]) -> list[str]:
    """Everything a decision asks of one thing: what it is, whence, and every limit with its result."""
    first = reasons[0]
    step_id, dot, _ = first.left.partition(".")
    if dot and step_id in look.state.steps:
        return [_answer_given(look, step_id)]
    label = name_words(look, first.left)
    parts = [f"{label} {_found(look, first.left, first.found)}"]
    if first.found.at is not None and first.left.removesuffix("-rise") in look.state.graph.readings:
        parts.append(_source(look, first.left, first.found.at))
    limits = [_limit(look, reason) for reason in reasons]
    return pack(
        [*parts, *dict.fromkeys(limit for limit in limits if limit)], CRITERION_CELLS, first="", rest="    "
    )


def _limit(look: Looking, reason: Reason) -> str:
    """What a thing was compared with, and the result; empty when it is only a yes or no."""
    said = limit_words(look, reason)
    return f"{said} {result_word(look, reason.speaks_for)}" if said else ""


def limit_words(look: Looking, reason: Reason) -> str:
    """What a thing was compared with; empty when it is only a yes or no."""
    label = name_words(look, reason.left)
    said = condition_line(look, reason.text).removeprefix(label).strip()
    return f"{look.say('word-not')} {said}" if said and reason.denied else said


def _answer_given(look: Looking, step_id: str) -> str:
    """What another decision came to."""
    one = look.state.steps[step_id]
    says = next((known.says for known in one.step.answers if known.id == one.answer), None)
    answered = says is not None and one.status is not None
    facts = {"answer": look.text(says)} if says is not None and answered else {}
    word = "answered" if answered else "unanswered"
    # The whole title stands in the list of steps; of a long one this line shows what tells it from others.
    room = max(CRITERION_CELLS - cells(look.say(word, step="", **facts)), LEAST_OF_TITLE)
    return look.say(word, step=cut(look.text(one.step.text), room), **facts)


def _found(look: Looking, name: str, found: Known | Missing) -> str:
    reading = look.state.graph.readings.get(name.removesuffix("-rise"))

    def shown(value: object) -> str:
        return show_value(look, value) if reading is None else with_unit(look, reading, value)

    if isinstance(found, Known):
        return shown(found.value)
    why = look.say(f"why-{found.why}")
    return why if found.value is None else look.in_brackets(shown(found.value), why)


def found_words(look: Looking, reason: Reason) -> str:
    """The value that a comparison found, or why there is none."""
    return _found(look, reason.left, reason.found)


def age_words(look: Looking, reason: Reason) -> str:
    """How long ago it was found; empty where nothing was."""
    at = reason.found.at
    return "" if at is None else look.say("age", age=look.age(max(look.now - at, timedelta())))


def _source(look: Looking, name: str, at: datetime) -> str:
    """Who or what gave the latest value, and how long ago."""
    age = look.say("age", age=look.age(max(look.now - at, timedelta(0))))
    heads = look.state.readings.get(name.removesuffix("-rise"), ())
    if not heads:
        return age
    source = heads[-1].value.source
    return f"{look.name(heads[-1].by) if source is None else clean(source)} {age}"
