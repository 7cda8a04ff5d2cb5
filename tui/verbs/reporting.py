"""report: one run as one file that can be read and printed anywhere, from the record alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from drill.case import Case, case_of
from engine.errors import Refused
from engine.journal import Note
from engine.report.html import page
from engine.report.markdown import document
from engine.report.sections import Report
from engine.run import in_order
from engine.store import Reader, open_reader
from engine.text import LANGUAGES
from tui import __version__, machine
from tui.amiss import Places, faulty_of
from tui.locale import say
from tui.reports.kept import Kept, Proof, kept
from tui.reports.of_drill import drill_report
from tui.reports.of_run import run_report
from tui.verbs.records import key_folder_here, own_checkpoint

RENDERERS = {"html": page, "md": document}

WORDS_IN_NAMES = {"D": "DRILL", "R": "REAL", "H": "REHEARSAL", "P": "PATROL"}
"""What stands in the name of a file that we name; plain letters, for every disk and every mail."""


def report(
    run: str, form: str, output: str | None, deep: bool, store_named: str | None, lang: str | None
) -> int:
    """Write the report of a run to a file, or print it."""
    if form not in RENDERERS:
        raise Refused("unknown-report-form", form=form, forms=tuple(RENDERERS))
    path = machine.store_path(store_named)
    with open_reader(path, key_folder=key_folder_here()) as reader:
        made = report_of(reader, path, run, deep=deep)
    text = RENDERERS[form](made)
    if output is None:
        print(text, end="")
        return 0
    target = Path(output)
    if target.is_dir():
        target /= f"{WORDS_IN_NAMES.get(run[:1], 'DRILL')}-{_run_id(run)}.{form}"
    target.write_text(text, encoding="utf-8")
    print(say("report-saved", machine.language(lang), path=target))
    return 0


def report_of(reader: Reader, path: Path, run: str, *, deep: bool = False) -> Report:
    """The report of a run. Of a drill only when it is over: until then nobody reads its script and seed."""
    run_id = _run_id(run)
    if not reader.entries(f"E{run_id[1:]}"):
        # No drill, or a run that a drill has opened: it has no script and no score of its own.
        found = kept(reader, run_id)
        proof = _proof(reader, path, deep=deep)
        return run_report(_marked(found, proof), proof)
    case = over_case(reader, run_id)
    found = kept(reader, run_id)
    judged = in_order(reader.entries(f"E{run_id[1:]}"))
    proof = _proof(reader, path, deep=deep)
    return drill_report(_marked(found, proof), case, judged, proof)


def _marked(found: Kept, proof: Proof) -> Kept:
    """The same, and which of its entries are not what was signed."""
    return replace(found, faulty=faulty_of(proof.report.findings))


def over_case(reader: Reader, run: str) -> Case:
    """A drill that is over; Refused while it runs, because its players may be looking."""
    case = case_of(reader, run)
    if not case.over and case.state.ended is None:
        raise Refused("drill-not-over", run=run)
    return case


def _run_id(run: str) -> str:
    """The run that is meant: of an evaluation, its drill."""
    return f"D{run[1:]}" if run[:1] == "E" else run


def _proof(reader: Reader, path: Path, *, deep: bool) -> Proof:
    """Is the record intact, and the newest checkpoint of every journal; a fresh one of our own."""
    verified = reader.verify(deep=deep)
    newest: dict[str, Note] = {}
    own = own_checkpoint(path, verified, reader.trust().journal)
    for note in [*reader.notes(), *([own] if own is not None else [])]:
        if note.journal not in newest or newest[note.journal].size <= note.size:
            newest[note.journal] = note
    places = tuple(Places(reader, one) for one in LANGUAGES)
    return Proof(verified, tuple(newest.values()), machine.wall_now(), f"muster {__version__}", places)
