"""What brings nothing about, and what nobody would ever hear of or reach: questions, watches, marks, people, tags."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from engine.book.page import Page
from engine.book.parse import parse
from engine.book.promises import KNOWN_MARKS
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.condition import parse as read
from engine.errors import Fault
from engine.graph import StepGraph
from engine.graph.binding import SITE_TAG
from engine.graph.sweeps import past, way_to
from engine.plan import Book, Person, Place, Promises, Runbook, Step

NO_PLATE = frozenset({"无", "none"})
"""What stands for the tag of equipment that a room has not."""


def _advice(runbook: Runbook, rule: str, path: str, **facts: object) -> Fault:
    return Fault(rule, runbook.where(path), tuple(facts.items()), advice=True)


# --- of one runbook


def idle(runbook: Runbook) -> Iterator[Fault]:
    """Every question with a single answer, and every watch that brings nothing about."""
    named = {after.name for step in runbook.steps for after in step.after}
    for step in runbook.steps:
        if step.kind == "ask" and len(step.answers) == 1:
            yield Fault("one-answer", runbook.where(f"{step.id}.answers"), (("step", step.text),))
    for watch in runbook.watches:
        if watch.level is None and watch.run is None and watch.id not in named:
            yield Fault("watch-idle", runbook.where(f"watch.{watch.id}.id"), (("found", watch.id),))


def unguarded(graph: StepGraph) -> Iterator[Fault]:
    """Every step that cannot be taken back and that some road reaches without a signed hold.

    What sleeps behind a watch is left out: the button for somebody in shock waits for nobody.
    """
    lasting = [step for step in graph.steps.values() if step.irreversible and step.sign is None]
    free = past(graph, lambda node, ending: _signs(graph.steps.get(node), ending)) if lasting else {}
    for step in lasting:
        road = way_to(graph, step.id, free, late=False)
        if road is not None and graph.watches.keys().isdisjoint(road):
            said = ", ".join(road) or step.id
            yield _advice(
                graph.runbook, "unguarded-irreversible", f"{step.id}.irreversible", step=step.text, road=said
            )


def _signs(step: Step | None, ending: str) -> bool:
    return step is not None and step.sign is not None and ending in ("", "signed")


def unheard_marks(runbook: Runbook, promises: Promises) -> Iterator[Fault]:
    """Every mark that nothing asks for, where a name that is asked for is spelt alike."""
    asked = {*KNOWN_MARKS, *_asked(runbook), *_promised(promises)}
    for step in runbook.steps:
        for number, mark in enumerate(step.marks):
            near = [] if mark in asked else difflib.get_close_matches(mark, asked - {mark}, 1, 0.8)
            if near:
                path = f"{step.id}.marks.{number}"
                yield _advice(runbook, "mark-unheard", path, mark=mark, near=near[0])


def _asked(runbook: Runbook) -> Iterator[str]:
    """What conditions, limits and repetitions of the plan name."""
    texts = [watch.when for watch in runbook.watches] + [watch.until for watch in runbook.watches]
    texts += [*runbook.exit, *(one.when for one in runbook.levels)]
    for step in runbook.steps:
        yield from (name for name in (step.within_from, step.repeat and step.repeat.until) if name)
        texts += [step.only_when, step.needs, step.wait_until]
        texts += [None if step.expect is None else step.expect.that]
        texts += [answer.when for answer in step.answers]
        if step.repeat is not None and step.repeat.until_is == "condition":
            texts.append(step.repeat.until)
    for text in texts:
        yield from (name.removeprefix("since-") for name, _ in (read(text).names if text else ()))


def _promised(promises: Promises) -> Iterator[str]:
    for one in promises.promises:
        yield from (one.start, *one.to, *((one.until,) if one.until else ()))


# --- of the site


def unheard_site(data: bytes, file: str, book: Book) -> Iterator[Fault]:
    """What is advised about people, groups and tags of site.yaml beside the runbooks."""
    root = parse(data, Page(file))
    if root is not None:
        yield from _unreached(root, file, book)
        yield from _roles_nobody_knows(root, file, book)
        yield from _tags_nobody_lists(root, file, book)


def _at(rule: str, file: str, node: Node, **facts: object) -> Fault:
    return Fault(rule, Place(file, node.line, node.column), tuple(facts.items()), advice=True)


def _keys(root: Table, *path: str) -> dict[str, tuple[Scalar, Node]]:
    node: Node | None = root
    for key in path:
        node = node.get(key) if isinstance(node, Table) else None
    return node.entries if isinstance(node, Table) else {}


def _unreached(root: Table, file: str, book: Book) -> Iterator[Fault]:
    people, groups = _keys(root, "people"), _keys(root, "groups")
    for person in book.site.people:
        if person.id in people and not (person.phone or person.channels):
            yield _at("no-way-to-reach", file, people[person.id][0], who=person.name)
    for group in book.site.groups:
        if group.id in groups and not group.channels:
            yield _at("no-way-to-reach", file, groups[group.id][0], who=group.title)


def _roles_nobody_knows(root: Table, file: str, book: Book) -> Iterator[Fault]:
    """Nothing while the book has no runbook that declares a role."""
    declared = {role for runbook in book.runbooks for role, _ in runbook.roles}
    told = {role for one in book.promises.escalation for role in one.tell}
    for person in book.site.people if declared else ():
        node = _keys(root, "people", person.id).get("roles")
        for role in _scalars(node[1] if node else None, person):
            if role.text not in declared | told:
                yield _at("role-unheard", file, role, role=role.text)


def _scalars(node: Node | None, person: Person) -> list[Scalar]:
    nodes = node.items if isinstance(node, Sequence) else [node]
    return [one for one in nodes if isinstance(one, Scalar) and one.text in person.roles]


def _tags_nobody_lists(root: Table, file: str, book: Book) -> Iterator[Fault]:
    """A tag that a step takes from its room, and that no row of the room's tags lists."""
    typed = _typed(book)
    for room in book.site.rooms:
        nodes, listed = _keys(root, "rooms", room.id, "facts"), dict(room.tags).keys()
        for fact in room.facts if listed else ():
            step = typed.get(fact.id)
            words = set() if fact.words is None else {fact.words.zh, fact.words.en}
            if step is not None and words and words.isdisjoint(listed | NO_PLATE) and fact.id in nodes:
                facts = {"step": step.text, "tag": fact.words, "room": room.title}
                yield _at("tag-unlisted", file, nodes[fact.id][0], **facts)


def _typed(book: Book) -> dict[str, Step]:
    """By fact of a room: a step at which its words are typed."""
    before = f"{SITE_TAG}room."
    steps = [step for runbook in book.runbooks for step in runbook.steps if step.tag is not None]
    return {step.tag.removeprefix(before): step for step in steps if step.tag and step.tag.startswith(before)}
