"""runs, log, verify: the verbs that read the record. They load no graph and no key."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import MusterError, RecordTrouble, Refused
from engine.events import Entry, RunOpened, Stage, Unknown, name_of, stamp, to_payload
from engine.journal import Note, read_notes
from engine.store import Reader, RunRow, open_reader, open_store
from engine.text import clean, clean_json
from tui import __version__, machine
from tui.amiss import Amiss, Places
from tui.corrected import Corrections
from tui.locale import WORDS, say
from tui.logbook import NO_TITLES, Teller, Titles, headline_of, titles_of, when
from tui.onehand import OneHand
from tui.roleless import Holders
from tui.unannounced import listed

if TYPE_CHECKING:
    from engine.journal import Report

FOLLOW_EVERY_S = 0.5


def runs(everything: bool, store_named: str | None, as_json: bool, lang: str | None) -> int:
    """List the runs, the one that was written to last first."""
    language = machine.language(lang)
    with open_reader(machine.store_path(store_named)) as reader:
        known = _runs_of(reader)
        rows = [row for row in known if everything or row.ended_how is None]
        if as_json:
            print(clean_json(json.dumps([_run_json(row) for row in rows], ensure_ascii=False, indent=1)))
            return 0
        if not rows:
            print(say("no-runs", language))
        for row in rows:
            print(_run_line(row, titles_of_row(reader, row.graph, row.room, headline_of), language))
        left = [row for row in known if row not in rows]
        if left:
            drills = sum(row.kind == "D" for row in left)
            command = f"{machine.program()} runs --all"
            print(say("runs-more", language, count=len(left), drills=drills, command=command))
        waiting = sum(one.waits for one in reader.findings())
        if waiting:
            print(say("findings-open", language, count=waiting))
    return 0


def _run_json(row: RunRow) -> dict[str, Any]:
    return {
        **({"drill": "演练 DRILL"} if row.kind == "D" else {}),
        "run": row.run,
        "kind": row.kind,
        "runbook": row.runbook,
        "revision": row.revision,
        "room": row.room,
        "parent": row.parent,
        "opened_at": stamp(row.opened_at) if row.opened_at else None,
        "ended": ended_word(row),
        "last_at": stamp(row.last_at),
        "entries": row.entries,
    }


def _run_line(row: RunRow, titles: Titles, language: str) -> str:
    title = clean(titles.runbook.of(language)) if row.graph else clean(row.runbook or "?")
    how = how_it_stands(row, language)
    opened = when(row.opened_at, titles.zone) if row.opened_at else "-"
    return (
        f"{row.run}  {say('kind-' + row.kind, language)}  {opened}  {title}  {clean(row.room or '')}  {how}"
    )


def ended_word(row: RunRow) -> str | None:
    """How a run has ended, for another program; a drill that was stopped with steps left open was not abandoned."""
    return "drill-ended" if row.kind == "D" and row.ended_how == "abandoned" else row.ended_how


def how_it_stands(row: RunRow, language: str) -> str:
    """Whether a run goes on, or how it has ended.

    Every drill stops with steps left open: how it went is said by its score, not by that.
    """
    if row.ended_how is None:
        return say("run-row-open", language)
    word = "place-ended" if row.kind == "D" else f"ended-{row.ended_how}"
    # Another version of the program, or another hand, may have written a word that is not known here.
    return say(word, language) if word in WORDS else clean(row.ended_how)


def titles_of_row(
    reader: Reader,
    graph: str | None,
    room: str | None,
    read: Callable[[bytes | None, str | None], Titles] = titles_of,
) -> Titles:
    """The words of the plan of a run; of one that cannot be read, none."""
    try:
        return read(reader.text(graph) if graph else None, room)
    except (RecordTrouble, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return NO_TITLES  # the entries are still readable without titles; verify says what was changed


def log(run: str | None, follow: bool, store_named: str | None, as_json: bool, lang: str | None) -> int:
    """The record of a run, line by line. The only run there is need not be named; it is named first."""
    language = machine.language(lang)
    with open_reader(machine.store_path(store_named), key_folder=key_folder_here()) as reader:
        rows = [] if run is not None else _runs_of(reader)
        if len(rows) > 1:
            return _say_which(reader, rows, language)
        if rows and not as_json:
            print(
                _run_line(rows[0], titles_of_row(reader, rows[0].graph, rows[0].room), language), flush=follow
            )
        run_id = run if run is not None else rows[0].run if rows else "-"
        word = f"{say('drill-word', language)}  " if run_id[:1] in "DE" else ""
        _must_be_over(reader, run_id)
        teller, foreign, holders, hand = Teller(NO_TITLES, language), _Foreign(reader), Holders({}), OneHand()
        corrected = Corrections(())
        amiss = Amiss(reader, run_id)
        for entry in _entries(reader, run_id, follow, amiss):
            if isinstance(entry.event, RunOpened):
                teller = Teller(titles_of_row(reader, entry.event.graph, entry.event.room), language)
                holders, corrected = Holders(teller.titles.roles_of), Corrections(teller.titles.read_once)
            strange = foreign.wrote(entry)
            if as_json:
                print(_entry_json(entry, strange, amiss.ids(entry)), flush=follow)
            else:
                without, both = holders.lacks(entry), hand.wrote_both(entry)
                before = corrected.replaced(entry)
                line = word + teller.line(entry, without_role=without, one_hand=both, corrects=before)
                line = amiss.line(entry, line, language)
                print(say("log-foreign", language, line=line) if strange else line, flush=follow)
    return say_broken(amiss, language)


def say_broken(amiss: Amiss, language: str) -> int:
    """In one sentence that what was read is not what was signed; the exit code that goes with it."""
    if not amiss.faults:
        return 0
    command = f"{machine.program()} verify"
    # Not among the lines: they may be read by another program.
    sys.stdout.flush()
    print(say("log-broken", language, count=amiss.count, command=command), file=sys.stderr)
    return 1


def _say_which(reader: Reader, rows: list[RunRow], language: str) -> int:
    """There are several runs: nobody guesses which is meant. On standard error, since it is no record.

    To somebody at a terminal that is an answer, and nothing went wrong; another program must not take an empty
    log for the record.
    """
    command = f"{machine.program()} log {rows[0].run}"
    print(say("log-which", language, count=len(rows), command=command), file=sys.stderr)
    for row in rows:
        print(_run_line(row, titles_of_row(reader, row.graph, row.room), language), file=sys.stderr)
    return 0 if sys.stdout.isatty() else 1


class _Foreign:
    """Who wrote an entry: somebody that is known here, or not. Asked once for each journal."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, bool] = {}

    def wrote(self, entry: Entry) -> bool:
        """True when nobody known here vouches for the journal of the entry."""
        if entry.journal not in self._known:
            self._known[entry.journal] = bool(self._reader.foreign([entry.journal]))
        return self._known[entry.journal]


def key_folder_here() -> Path | None:
    """Where this device keeps its keys; None when there is no home for them, so that it has none."""
    try:
        return machine.state_folder()
    except MusterError:
        return None


def _runs_of(reader: Reader) -> list[RunRow]:
    """Runs that people walk: the evaluation of a drill holds what its players may not see."""
    return [row for row in listed(reader, reader.runs()) if row.kind != "E"]


def _must_be_over(reader: Reader, run_id: str) -> None:
    """The script of a drill, its seed and its ratings are read when it is over: who asks may be a player."""
    if run_id[:1] != "E":
        return
    stages = [one.event.stage for one in reader.entries(run_id) if isinstance(one.event, Stage)]
    if not {"ended", "evaluated", "closed"} & set(stages):
        raise Refused("drill-not-over", run=f"D{run_id[1:]}")


def _entries(reader: Reader, run_id: str, follow: bool, amiss: Amiss) -> Iterator[Entry]:
    """The entries of a run in the order they fold, then, when following, those that come; each held first."""
    known = sorted(reader.entries(run_id), key=lambda entry: entry.order)
    if not known and not follow:
        raise Refused("unknown-run", run=run_id)
    amiss.look()
    yield from known
    pos = max((entry.pos for entry in known), default=0)
    while follow:
        time.sleep(FOLLOW_EVERY_S)
        new = reader.entries(run_id, pos)
        if new:
            amiss.look()
        for entry in new:
            pos = max(pos, entry.pos)
            yield entry


def _entry_json(entry: Entry, foreign: bool, faults: list[str]) -> str:
    event = entry.event
    content = {"raw": event.payload} if isinstance(event, Unknown) else json.loads(to_payload(event))
    said = {
        "pos": entry.pos,
        "hash": entry.hash,
        "journal": entry.journal,
        "jseq": entry.jseq,
        "lam": entry.lam,
        "type": name_of(event),
        "at": stamp(entry.at),
        "recorded_at": stamp(entry.recorded_at),
        "actor": entry.actor,
        "by": entry.by,
        "foreign": foreign,
        "faults": faults,
        "event": content,
    }
    if (entry.run or "")[:1] in ("D", "E"):
        said = {"drill": "演练 DRILL", **said}
    return clean_json(json.dumps(said, ensure_ascii=False))


# --- verify


def verify(
    what: str | None, deep: bool, since: str | None, store_named: str | None, as_json: bool, lang: str | None
) -> int:
    """Is the record what its devices signed? Prints what was found and a checkpoint to keep elsewhere.

    A file that is named is evidence: nothing is written in it, beside it, or among the keys of this device.
    """
    language = machine.language(lang)
    evidence = what is not None and Path(what).is_file()
    if what is not None and not evidence and not {"/", "."}.isdisjoint(what):
        raise Refused("no-such-file", path=what)  # no run is called so
    path = Path(str(what)) if evidence else machine.store_path(store_named)
    notes = _notes_in(since) if since is not None else ()
    with open_reader(path, key_folder=key_folder_here(), evidence=evidence) as reader:
        of_run = [] if what is None or evidence else reader.entries(what)
        if what is not None and not evidence and not of_run:
            raise Refused("unknown-run", run=what)
        report = reader.verify(notes, deep=deep)
        journal = reader.trust().journal
        places = Places(reader, language)
        lines = report.lines(language, places)
    own = None if evidence else own_checkpoint(path, report, journal)
    note = own or _kept_checkpoint(report)
    if as_json:
        print(clean_json(json.dumps(_report_json(report, note), ensure_ascii=False, indent=1)))
    else:
        print("\n".join(lines))
        if report.exit_code == 1 and places.runs and not evidence:
            print(
                say("see-log", language, command=f"{machine.program()} log {clean(next(iter(places.runs)))}")
            )
        if of_run:
            print(say("verify-of-run", language, run=what, count=len(of_run)))
        if note is not None:
            print(f"\n{say('checkpoint-keep', language)}\n\n{note.text}", end="")
    return report.exit_code


def _notes_in(name: str) -> tuple[Note, ...]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        raise Refused("no-such-file", path=name) from None
    return read_notes(text)


def own_checkpoint(path: Path, report: Report, journal: str | None) -> Note | None:
    """A fresh checkpoint of the journal of this device.

    None where it has no key yet, nothing can be written, or something is broken: what this device signs says
    "it was so", and nobody shall get that for a record that was cut.
    """
    if report.exit_code == 1 or journal not in report.heads:
        return None
    try:
        with open_store(
            path,
            key_folder=machine.state_folder(),
            wall=machine.moment,
            entropy=machine.entropy,
            create=False,
            software=f"muster {__version__}",
        ) as store:
            return store.checkpoint()
    except MusterError:
        return None


def _kept_checkpoint(report: Report) -> Note | None:
    """The latest checkpoint kept in the record that agrees with it; none when something is broken."""
    kept = [one.claim for one in report.compared if one.agrees and one.claim.source == "kept"]
    if report.exit_code == 1 or not kept:
        return None
    return max(kept, key=lambda claim: claim.size).note


def _report_json(report: Report, own: Note | None) -> dict[str, Any]:
    return {
        "outcome": str(report.outcome),
        "entries": report.entries,
        "journals": {
            journal: {"size": head.size, "head": head.hash} for journal, head in report.heads.items()
        },
        "findings": [{"id": one.id, "sentence": one.sentence("en")} for one in report.findings],
        "compared": [{"size": one.claim.size, "agrees": one.agrees} for one in report.compared],
        "not_checked": [one.sentence("en") for one in report.unchecked],
        "deep": report.deep,
        "checkpoint": own.text if own is not None else None,
    }
