"""findings: what patrols left open, over all runs, and who settled it; `close` settles one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from engine.condition import say_length
from engine.errors import Refused
from engine.events import FindingClosed, NoteAdded, stamp
from engine.store import Finding, Reader, open_reader
from engine.store.findings import REAL
from engine.text import clean, clean_json
from tui import machine
from tui.locale import say
from tui.logbook import NO_TITLES, SHORT_ID, Teller, when
from tui.verbs.records import key_folder_here, titles_of_row

FORMS = ("text", "json")


def findings(everything: bool, run: str | None, form: str, store_named: str | None, lang: str | None) -> int:
    """List what is open, the oldest first; with `everything` what was settled too."""
    language = machine.language(lang)
    if form not in FORMS:
        raise Refused("no-such-form", form=form, forms=FORMS)
    with open_reader(machine.store_path(store_named), key_folder=key_folder_here()) as reader:
        found = [one for one in reader.findings() if _is_wanted(one, run, everything)]
        found.sort(key=lambda one: one.opened.at)
        if form == "json":
            print(clean_json(json.dumps([_json(one) for one in found], ensure_ascii=False, indent=1)))
            return 0
        tellers = _tellers(reader, language)
        for one in found:
            print("\n".join(_lines(one, tellers(one.opened.run or ""), language)))
    if not found:
        print(say("no-findings", language))
    return 0


def _is_wanted(one: Finding, run: str | None, everything: bool) -> bool:
    """Those of real runs and patrols; those of a drill only when it is asked for by its id."""
    if run is None:
        return one.waits or (everything and (one.opened.run or "")[:1] in REAL)
    return one.opened.run == run and (everything or one.closed is None)


# --- one finding


def _tellers(reader: Reader, language: str) -> Callable[[str], Teller]:
    """Says the entries of a run; the plan of each run is read once."""
    rows = {row.run: row for row in reader.runs()}
    known: dict[str, Teller] = {}

    def teller(run: str) -> Teller:
        if run not in known:
            row = rows.get(run)
            titles = NO_TITLES if row is None else titles_of_row(reader, row.graph, row.room)
            known[run] = Teller(titles, language)
        return known[run]

    return teller


def _lines(one: Finding, teller: Teller, language: str) -> list[str]:
    opened, zone = one.opened, teller.titles.zone
    age = say_length(_rounded(machine.wall_now() - opened.at), language)
    words = teller.sentence(opened)
    listed = [
        say(
            "finding-line",
            language,
            id=_short(one),
            run=clean(opened.run or ""),
            when=when(opened.at, zone)[:16],
            age=age,
            words=words,
        )
    ]
    closed = one.closed
    if closed is not None and isinstance(closed.event, FindingClosed):
        who, reason = teller.name(closed.by), clean(closed.event.reason)
        moment = when(closed.at, zone)[:16]
        listed.append(say("finding-settled", language, when=moment, who=who, reason=reason))
    return listed


def _rounded(age: timedelta) -> timedelta:
    """Hours are enough below two days, days above; minutes only in the first hour."""
    unit = timedelta(days=1) if age >= timedelta(days=2) else timedelta(hours=1)
    return age // unit * unit if age >= unit else max(age // timedelta(minutes=1), 1) * timedelta(minutes=1)


def _short(one: Finding) -> str:
    return one.id[:SHORT_ID]


def _json(one: Finding) -> dict[str, Any]:
    opened, closed = one.opened, one.closed
    place, values, limit = one.parts
    note = opened.event
    return {
        "finding": one.id,
        "run": opened.run,
        "step": note.step if isinstance(note, NoteAdded) else None,
        "place": place,
        "values": values,
        "limit": limit,
        "at": stamp(opened.at),
        "by": opened.by,
        "closed_at": None if closed is None else stamp(closed.at),
        "closed_by": None if closed is None else closed.by,
        "reason": closed.event.reason
        if closed is not None and isinstance(closed.event, FindingClosed)
        else None,
    }


# --- settling one


def close(
    finding: str, reason: str | None, who: str | None, store_named: str | None, lang: str | None
) -> int:
    """Settle a finding, in the record of the run that left it open, also when that has long ended."""
    from engine.acts import Act, Given
    from engine.desk import Desk  # who only lists needs no graph
    from engine.run import in_order
    from tui.terminal import Left, Terminal
    from tui.verbs import seating
    from tui.verbs.seating import LEFT
    from tui.verbs.storing import open_the_store, surroundings

    language = machine.language(lang)
    with open_reader(machine.store_path(store_named)) as reader:
        one = _the(finding, reader)  # a record that is not there is not made by looking for something in it
    run = one.opened.run or ""
    terminal = Terminal()
    with open_the_store(store_named) as store:
        desk = Desk.resume(store, run, "", surroundings(store))
        try:
            desk.actor = seating.actor_of(terminal, store, desk, in_order(store.entries(run)), who, language)
            why = reason if reason is not None else terminal.ask(say("need-settled", language))
        except (Left, KeyboardInterrupt):
            return LEFT
        desk.do(Act("close-finding"), Given(target=one.id, reason=why))
        words = _tellers(store, language)(run).sentence(one.opened)
        print(say("finding-is-settled", language, id=_short(one), words=words))
    return 0


def _the(named: str, reader: Reader) -> Finding:
    """The finding whose id begins so; of settled ones too, so that it is said who was faster."""
    begins = named.strip().lower()
    found = [one for one in reader.findings() if begins and one.id.startswith(begins)]
    if len(found) > 1:
        listed = tuple(one.id[: len(begins) + SHORT_ID] for one in found[:5])
        raise Refused("several-findings", finding=clean(named), findings=listed)
    if not found:
        raise Refused("no-such-finding", finding=clean(named))
    return found[0]
