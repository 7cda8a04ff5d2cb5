"""Everything that is wrong, or could be better, in a plan book or in one of its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import networkx as nx

from engine.book import folder_of, read_book, read_file
from engine.errors import Fault
from engine.graph import StepGraph, compile_graph, road_faults
from engine.lint.across import across_faults
from engine.lint.advise import Drilled, advice
from engine.lint.limits import limit_faults
from engine.lint.safety import safety_faults
from engine.lint.safety_site import loosened_site
from engine.lint.unheard import idle, unguarded, unheard_marks, unheard_site
from engine.lint.values import unfinished_site, unheard_escalations
from engine.lint.waiting import road_waits
from engine.plan import Book, Runbook

SITE, PROMISES = "site.yaml", "promises.yaml"


def lint(target: Path, day: date, drilled: Drilled | None = None) -> list[Fault]:
    """Every fault and all advice, by file, line and column; `target` is a book or one of its files.

    `day`: the day by which review dates are judged.
    """
    if target.is_dir():
        return lint_book(target, *read_book(target), day, drilled)
    book, faults = read_file(target)
    if book is not None:
        more = [*book_faults(book, day, drilled), *_beside(folder_of(target), book)]
        faults = [*faults, *(fault for fault in more if fault.place.file == str(target))]
    return in_order(faults)


def lint_book(
    folder: Path, book: Book | None, faults: Iterable[Fault], day: date, drilled: Drilled | None = None
) -> list[Fault]:
    """The same for a book that was read: what its reader found, and what is found in the whole of it."""
    read = list(faults)
    more = [] if book is None else [*book_faults(book, day, drilled), *_beside(folder, book)]
    return in_order([*read, *_without_echo(more, read)])


def _without_echo(found: Iterable[Fault], read: Iterable[Fault]) -> Iterator[Fault]:
    """What was found, but for roads that lack a mark that only a misspelt promise asks for."""
    misspelt = {dict(one.facts)["found"] for one in read if one.rule == "undefined-mark"}
    return (one for one in found if one.rule != "mark-missed" or dict(one.facts)["mark"] not in misspelt)


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """By file, line and column."""
    return sorted(faults, key=lambda one: (one.place.file, one.place.line, one.place.column, one.rule))


def book_faults(book: Book, day: date, drilled: Drilled | None = None) -> list[Fault]:
    """What is unsound in the graphs of a book, what goes wrong on their roads, and what is advised."""
    found, graphs = list[Fault](), dict[str, StepGraph]()
    for runbook in book.runbooks:
        graph, unsound = compile_graph(runbook, book.site, book.promises)
        found += unsound
        if graph is not None:
            graphs[runbook.id] = graph
            found += [*road_faults(graph), *road_waits(graph), *unguarded(graph), *safety_faults(graph)]
        found += [*limit_faults(runbook, book.site), *idle(runbook), *unheard_marks(runbook, book.promises)]
        found += advice(runbook, day, book.site.languages, drilled)
    return [*found, *run_rings(book.runbooks), *across_faults(book.runbooks, graphs)]


def run_rings(runbooks: Iterable[Runbook]) -> Iterator[Fault]:
    """One fault for each ring of runbooks that wait for each other's end; what a watch opens closes none."""
    known = {runbook.id: runbook for runbook in runbooks}
    opens: nx.DiGraph[str] = nx.DiGraph()
    for runbook in known.values():
        targets = (step.target for step in runbook.steps if step.kind == "run")
        opens.add_edges_from((runbook.id, target) for target in targets if target in known)
    for knot in nx.strongly_connected_components(opens):
        first = min(knot)
        if len(knot) > 1 or opens.has_edge(first, first):
            ring = nx.find_cycle(opens.subgraph(knot), first)
            yield _ring_fault(known[ring[0][0]], [earlier for earlier, *_ in ring])


def _ring_fault(runbook: Runbook, ring: list[str]) -> Fault:
    following = [*ring[1:], ring[0]][0]
    step = next(one for one in runbook.steps if one.kind == "run" and one.target == following)
    said = " → ".join([*ring, ring[0]])
    return Fault("run-ring", runbook.where(f"{step.id}.run"), (("ring", said),))


def _beside(folder: Path, book: Book) -> Iterator[Fault]:
    """What is found in the site and the promises of a book."""
    looks = (
        (SITE, unfinished_site),
        (SITE, unheard_site),
        (SITE, loosened_site),
        (PROMISES, unheard_escalations),
    )
    for name, look in looks:
        path = folder / name
        try:
            data = path.read_bytes()
        except OSError:
            continue  # that it cannot be read was told by the reader of the book
        yield from look(data, str(path), book)
