"""A condition and what it comes to, said once: each thing it asks about with value, age and every limit.

One line where there is one comparison. Of several that must all hold, a line for each thing. Where one of
several will do, those of which something is known, and the others folded into one line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from engine.condition import Reason, parse
from engine.text import cells, cut
from tui.view.layout import GAP, pack
from tui.view.looking import Looking
from tui.view.values import (
    CRITERION_CELLS,
    age_words,
    condition_line,
    found_words,
    limit_words,
    name_words,
    reason_line,
    reason_lines,
    result_word,
    verdict,
)

ALL_CELLS = 72
"""How wide the line is in which alternatives are folded."""

SHORT_CELLS = 30
"""How much of each of them is shown there."""

Told = Literal["usual", "brief", "whole"]
"""How a condition is told: in one line for each thing where there is no room, or without anything folded."""


def judged(
    look: Looking,
    label: str,
    condition: str,
    step_id: str,
    *,
    more: str = "",
    told: Told = "usual",
    facts: Mapping[str, str] | None = None,
) -> list[str]:
    """The lines of a condition under `label`, a word that takes `text` and `facts`; rows under it are indented.

    `more` is said of the whole condition, behind it.
    """
    word, parts = parts_of(condition)
    if not word:
        return [look.say(label, text=_one_line(look, condition, step_id, more), **(facts or {}))]
    rows = _any_of(look, parts, step_id, told) if word == "or" else _all_of(look, parts, step_id, told)
    heading = look.say(f"judged-{word}") + more
    heading = look.in_brackets(heading, look.say("shows-all")) if told == "brief" else heading
    return [look.say(label, text=heading, **(facts or {})), *(f"  {row}" for row in rows)]


def parts_of(condition: str) -> tuple[str, list[str]]:
    """What a condition is joined of: `and` or `or` and its parts; of a single one no word and itself."""
    text = condition.strip()
    while _encloses(text):
        text = text[1:-1].strip()
    for word in ("or", "and"):
        parts = _split(text, word)
        if len(parts) > 1:
            return word, parts
    return "", [text]


def names_in(condition: str) -> set[str]:
    """The readings that a condition asks about, and whatever else it names."""
    return {name.removesuffix("-rise") for name, _ in parse(condition).names}


def _split(text: str, word: str) -> list[str]:
    """The parts between a word that stands in no brackets."""
    parts, depth, start = list[str](), 0, 0
    for found in re.finditer(rf"[()]|(?<![\w.-]){word}(?![\w.-])", text):
        sign = found.group()
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == word and depth == 0:
            parts.append(text[start : found.start()].strip())
            start = found.end()
    return [*parts, text[start:].strip()]


def _encloses(text: str) -> bool:
    """Whether the first bracket is closed by the last sign."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for at, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth == 0:
            return at == len(text) - 1
    return False


def _one_line(look: Looking, condition: str, step_id: str, more: str) -> str:
    """A single comparison: what is asked, what was found, and what it comes to."""
    said = [reason_line(look, reason) for reason in verdict(look, condition, step_id).reasons]
    asked, gap, found = (said[0] if said else condition_line(look, condition)).partition(GAP)
    return f"{asked}{more}{gap}{found}"


# --- everything must hold


def _all_of(look: Looking, parts: Sequence[str], step_id: str, told: Told) -> list[str]:
    """A line for each thing; alternatives among the parts stand on one."""
    things: dict[str, list[Reason]] = {}
    rows = list[str]()
    for part in parts:
        if parts_of(part)[0] == "or":
            rows += _any_of(look, parts_of(part)[1], step_id, told, first=look.say("judged-or-of"))
            continue
        for reason in verdict(look, part, step_id).reasons:
            things.setdefault(reason.left, []).append(reason)
    tell = _briefly if told == "brief" else _thing
    return [*(line for group in things.values() for line in tell(look, group)), *rows]


def _briefly(look: Looking, reasons: Sequence[Reason]) -> list[str]:
    """One thing in one line: its name gives way, its value never. Whence it is stands elsewhere."""
    first, mark = reasons[0], look.in_brackets("", look.say("site-value"))
    limits = look.join(
        list(dict.fromkeys(limit_words(look, reason).removesuffix(mark) for reason in reasons))
    )
    denied = [look.say("word-not")] if first.denied and not limits else []
    said = [found_words(look, first), age_words(look, first)]
    word = result_word(look, all_of([reason.speaks_for for reason in reasons]))
    rest = GAP.join(filter(None, [limits, *said, word]))
    name = " ".join([*denied, name_words(look, first.left)])
    return [f"{cut(name, max(ALL_CELLS - cells(rest) - 1, 12))}{' ' if limits else GAP}{rest}"]


def _thing(look: Looking, reasons: Sequence[Reason]) -> list[str]:
    """What a condition asks of one thing: a yes or no, an answer, or a value within its limits.

    Limits that all come to the same are told together, with the result once.
    """
    first, results = reasons[0], {reason.speaks_for for reason in reasons}
    bare = first.text == first.left or first.left.partition(".")[0] in look.state.steps
    if bare or len(reasons) == 1:
        return [reason_line(look, reason) for reason in reasons]
    if len(results) > 1:
        return reason_lines(look, reasons)
    said = reason_line(look, first).split(GAP)[1:-1]
    asked = f"{name_words(look, first.left)} {_limits(look, reasons)}"
    return pack([asked, *said, result_word(look, results.pop())], CRITERION_CELLS, first="", rest="    ")


def _limits(look: Looking, reasons: Sequence[Reason]) -> str:
    """The limits of one thing side by side; that they are those of the site is said once."""
    limits = list(dict.fromkeys(limit_words(look, reason) for reason in reasons))
    mark = look.in_brackets("", look.say("site-value"))
    of_site = all(one.endswith(mark) for one in limits)
    return look.join([one.removesuffix(mark) for one in limits]) + mark if of_site else look.join(limits)


# --- one of them will do


def _any_of(look: Looking, parts: Sequence[str], step_id: str, told: Told, first: str = "") -> list[str]:
    """The alternatives of which something is known, else the first; the others in one line."""
    found = [verdict(look, part, step_id) for part in parts]
    known = [at for at, one in enumerate(found) if one.value is not None or told == "whole"] or [0]
    rows = [first + GAP.join(reason_line(look, reason) for reason in found[at].reasons) for at in known]
    others = [part for at, part in enumerate(parts) if at not in known]
    return [*rows, *([_folded(look, others)] if others else [])]


def _folded(look: Looking, others: Sequence[str]) -> str:
    """Alternatives of which nothing is known, in one line."""
    what = look.join([cut(condition_line(look, part), SHORT_CELLS) for part in others])
    return cut(
        look.say("judged-unknown", count=len(others), shows=look.say("shows-all"), what=what), ALL_CELLS
    )


def all_of(results: Sequence[bool | None]) -> bool | None:
    """What several results come to where all must hold."""
    if False in results:
        return False
    return None if None in results else True
