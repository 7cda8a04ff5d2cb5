"""doctor: is this machine fit, and what to do where it is not. It changes nothing, and it never breaks off.

Exit code 0 when all is well, 1 when something is ill, 2 when it is well with warnings. Advice counts as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from engine.errors import MusterError
from engine.text import clean_json
from tui import machine
from tui.checkup import here, place, plans, record
from tui.checkup.line import Level, Line, safely, told
from tui.locale import say

MARKS = {Level.WELL: "+", Level.ADVICE: "-", Level.WARNING: "!", Level.ILL: "x"}


def doctor(store: str | None, book: str | None, as_json: bool, lang: str | None) -> int:
    """One line for each check; what is ill names its remedy."""
    lines = list(_checks(store, book))
    language, unknown = _language(lang)
    lines += unknown
    if as_json:
        # Programs read UTF-8, whatever the terminal; where that is not what goes out, plain ASCII is both.
        plain = not machine.is_utf8(machine.terminal_encoding())
        print(clean_json(json.dumps(_as_json(lines), ensure_ascii=plain, indent=1)))
    else:
        for one in lines:
            print(said(one, language))
        count = {level.value: sum(one.level is level for one in lines) for level in Level}
        is_only_advice = outcome(lines) == "well" and count["advice"]
        print(say(f"doctor-sum-{'advice' if is_only_advice else outcome(lines)}", language, **count))
    return {"well": 0, "ill": 1, "warnings": 2}[outcome(lines)]


def _checks(store: str | None, book: str | None) -> Iterator[Line]:
    yield from safely("programs", here.programs)
    yield from safely("terminal", here.terminal)
    yield from safely("clock", here.clock)
    found = _path(store)
    path = None if isinstance(found, Line) else found[0]
    yield from safely("book", partial(_of_the_book, book, path))
    yield from safely("state", place.state_lines)
    if isinstance(found, Line):
        yield found
    else:
        yield from safely("store", partial(place.lines, *found))
        if place.is_readable(found[0]):
            yield from safely("content", partial(record.lines, found[0]))


def _path(named: str | None) -> tuple[Path, str] | Line:
    """Where the record is and which rule says so, or why there can be none."""
    try:
        path, rule = machine.store_place(named)
        return path.absolute(), rule
    except MusterError as error:
        return told("store", "store-nowhere", error)
    except OSError:
        return told("store", "store-nowhere", MusterError("folder-gone"))


def _of_the_book(named: str | None, path: Path | None) -> Iterator[Line]:
    found = plans.read(named)
    yield from plans.book_lines(found)
    yield from plans.zone_lines(found)
    yield from plans.signer_lines(found, record.with_pin(path) if path and place.is_readable(path) else ())


def _language(named: str | None) -> tuple[str, list[Line]]:
    """The language to speak; one that Muster does not speak keeps every other verb from working."""
    try:
        return machine.language(named), []
    except MusterError as error:
        return "en", [told("language", "language-unknown", error)]


def said(line: Line, language: str) -> str:
    """A mark, a word, what was found, and the remedy."""
    found = f"{MARKS[line.level]} {say(f'doctor-level-{line.level}', language)}  {line.found.of(language)}"
    if line.remedy is None:
        return found
    return f"{found}{'。' if language == 'zh' else '. '}{line.remedy.of(language)}"


def outcome(lines: Sequence[Line]) -> str:
    """The worst of them: ill, warnings or well."""
    levels = {one.level for one in lines}
    if Level.ILL in levels:
        return "ill"
    return "warnings" if Level.WARNING in levels else "well"


def _as_json(lines: Sequence[Line]) -> dict[str, Any]:
    checks = [
        {
            "check": one.check,
            "level": one.level.value,
            "found": {"zh": one.found.zh, "en": one.found.en},
            "remedy": None if one.remedy is None else {"zh": one.remedy.zh, "en": one.remedy.en},
        }
        for one in lines
    ]
    return {"outcome": outcome(lines), "checks": checks}
