"""Small expressions of a plan: is it so, and for which reasons.

    parse(text)                  "depth >= 3 and not hot" as a Condition; ConditionFault at the first fault
    parse_band(text, name)       ">= 3": the limit of a reading, which stands left of every comparison
    check_sorts(condition, …)    are its names declared, do units and kinds fit
    evaluate(condition, facts)   true, false or UNKNOWN (None), with every comparison met
    ends_of_waiting(condition)   the lengths of time that make it true by themselves
    parts(condition, spans)      what each part of it can come to at all; together(…) whether several can be so at once
    parse_duration, say_duration, say_length, say_clock

A condition is made of names (``depth``, ``depth-rise``, ``source.crac``, ``waited``, ``site.inlet-act``),
numbers without a unit, lengths of time, one comparison at a time, ``and``, ``or``, ``not`` and
parentheses. Nothing is calculated. Numbers are Decimals and compared exactly. UNKNOWN is never taken
for false: an ``and`` is false only when some part is, an ``or`` true only when some part is.
No clock and no file: what is known at the moment comes in as `facts`.
"""

from engine.condition.holding import evaluate
from engine.condition.lengths import LONGEST_DURATION, parse_duration, say_clock, say_duration, say_length
from engine.condition.possible import Part, Span, Spans, parts, together
from engine.condition.reading import DEEPEST, LONGEST_NUMBER, parse, parse_band
from engine.condition.sorts import check_sorts
from engine.condition.tree import (
    Condition,
    ConditionFault,
    Facts,
    Known,
    Missing,
    Reason,
    Sort,
    Truth,
    Value,
    Verdict,
    ends_of_waiting,
)

__all__ = [
    "DEEPEST",
    "LONGEST_DURATION",
    "LONGEST_NUMBER",
    "Condition",
    "ConditionFault",
    "Facts",
    "Known",
    "Missing",
    "Part",
    "Reason",
    "Sort",
    "Span",
    "Spans",
    "Truth",
    "Value",
    "Verdict",
    "check_sorts",
    "ends_of_waiting",
    "evaluate",
    "parse",
    "parse_band",
    "parse_duration",
    "parts",
    "say_clock",
    "say_duration",
    "say_length",
    "together",
]
