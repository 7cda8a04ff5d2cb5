"""audit: what an auditor sees first, over any line. It opens the store for reading and has nothing to write with."""

from __future__ import annotations

import json
from typing import Any

from engine.errors import Refused
from engine.events import stamp
from engine.store import Reader, RunRow, open_reader
from engine.text import Text, clean
from tui import machine
from tui.auditor import OTHERS, WORD_OF, Filters, TitlesOf, Wanted, day_of
from tui.locale import say
from tui.logbook import Titles, when
from tui.unannounced import listed
from tui.verbs.records import ended_word, how_it_stands, key_folder_here

_NAMES = {"R": "real", "D": "drill", "other": "other"}
"""What the groups of the list are called in JSON."""


ONE_RUN = Text("一次处置用 who:li 这样的条件筛选", "one run is filtered by words like who:li")


def audit(
    run: str | None,
    words: list[str],
    wanted: Wanted,
    as_json: bool,
    store_named: str | None,
    lang: str | None,
) -> int:
    """List the runs, or open one."""
    language = machine.language(lang)
    filters = Filters.of(words)
    if run is not None and wanted != Wanted():
        raise Refused("option-does-nothing", option=wanted.first, why=ONE_RUN)
    with open_reader(machine.store_path(store_named), key_folder=key_folder_here()) as reader:
        if run is None:
            return _list(reader, wanted, as_json, language)
        from tui.verbs.auditing_run import look_at  # a list needs no graph

        return look_at(reader, run, filters, as_json, language)


def _list(reader: Reader, wanted: Wanted, as_json: bool, language: str) -> int:
    """Real runs and drills each from their own view: nothing can be counted among the others."""
    titles = TitlesOf(reader)
    since = day_of(wanted.since) if wanted.since is not None else None
    found = {
        kind: [row for row in rows if wanted.fits(row, titles.of(row), since)]
        for kind, rows in _groups(reader).items()
    }
    if wanted.flags:
        from tui.drill_kinds import of_these  # reads YAML, which a list needs for nothing else

        found = {"D": of_these(reader, found["D"], wanted.flags)}
    if as_json:
        print(json.dumps(_list_json(found, titles), ensure_ascii=False, indent=1))
        return 0
    for kind, rows in found.items():
        if rows or kind != "other":
            print(say(f"audit-kind-{kind}", language, count=len(rows)))
            print("".join(f"{_row_line(row, titles.of(row), language)}\n" for row in rows))
    print(say("audit-look", language))
    return 0


def _groups(reader: Reader) -> dict[str, list[RunRow]]:
    return {
        "R": reader.real_runs(),
        "D": listed(reader, reader.drill_runs()),
        "other": [row for row in reader.runs() if row.kind in OTHERS],
    }


def _list_json(found: dict[str, list[RunRow]], titles: TitlesOf) -> dict[str, Any]:
    return {
        _NAMES[kind]: {"count": len(rows), "runs": [_row_json(row, titles.of(row)) for row in rows]}
        for kind, rows in found.items()
    }


def _row_line(row: RunRow, titles: Titles, language: str) -> str:
    word = say(WORD_OF[row.kind], language)
    opened = when(row.opened_at, titles.zone)[:16] if row.opened_at else "-"
    title = clean(titles.runbook.of(language)) if row.graph else clean(row.runbook or "?")
    how = how_it_stands(row, language)
    parts = [word, clean(row.run), opened, f"{title} r{row.revision}", clean(row.room or "-"), how]
    return "  ".join(parts)


def _row_json(row: RunRow, titles: Titles) -> dict[str, Any]:
    return {
        "run": row.run,
        "kind": row.kind,
        "word": WORD_OF[row.kind],
        "runbook": row.runbook,
        "revision": row.revision,
        "site": titles.site,
        "room": row.room,
        "opened_at": stamp(row.opened_at) if row.opened_at else None,
        "ended": ended_word(row),
        "last_at": stamp(row.last_at),
        "entries": row.entries,
    }
