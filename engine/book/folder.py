"""A plan book as it lies in a folder: every file read, and every name that one file leaves to another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.book.page import Page, Use
from engine.book.parse import LARGEST, parse
from engine.book.promises import check_marks, check_roles, promises_of
from engine.book.rehearsal import Rehearsal, rehearsal_of
from engine.book.runbook import runbook_of
from engine.book.shapes import Said
from engine.book.site import site_of
from engine.book.steps import made_text
from engine.book.tree import Scalar, Table
from engine.errors import BookBroken, Fault
from engine.plan import Book, Fact, Limit, Promises, Runbook, Site, Step
from engine.text import LANGUAGES, Text

SITE, PROMISES = "site.yaml", "promises.yaml"


@dataclass(slots=True)
class _Sheet:
    """One runbook file: its page, and the runbook when it could be understood."""

    page: Page
    runbook: Runbook | None


def load_book(folder: Path) -> Book:
    """The plan book in `folder`, without any error; raises BookBroken with all of them."""
    book, faults = read_book(folder)
    errors = [fault for fault in faults if not fault.advice]
    if book is None or errors:
        raise BookBroken(errors)
    return book


def read_book(folder: Path) -> tuple[Book | None, list[Fault]]:
    """Every `*.yaml` at the top of `folder` as one book, and all that is wrong in it.

    The book has every runbook that could be understood, so that more can be found out about them; use
    it only when no fault is an error (`load_book`). None when the folder itself cannot be read.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".yaml")
    except OSError as error:
        return None, [_unreadable(str(folder), error)]
    site_page, site = _site(folder)
    promises_page, promises = _promises(folder, site_page.languages)
    sheets = [_sheet(path, site_page.languages, site) for path in files if path.name not in (SITE, PROMISES)]
    _check_ids(sheets)
    ids = {sheet.page.defines: sheet.runbook for sheet in sheets if sheet.page.defines}
    titles = {name: Text(name, name) if one is None else one.title for name, one in ids.items()}
    for page in (site_page, promises_page, *(sheet.page for sheet in sheets)):
        _check_uses(page, site, titles, promises)
    runbooks = [sheet.runbook for sheet in sheets if sheet.runbook is not None]
    if all(sheet.runbook is not None for sheet in sheets):
        check_marks(promises_page, {mark for one in runbooks for step in one.steps for mark in step.marks})
        check_roles(promises_page, _roles(runbooks, site))
    book = _book(folder, runbooks, site, promises, titles)
    pages = (site_page, promises_page, *(sheet.page for sheet in sheets))
    return book, in_order(fault for page in pages for fault in page.faults)


def read_file(path: Path, book: Book | None = None) -> tuple[Book | None, list[Fault]]:
    """One file of a book, and all that is wrong in it, with the site and the promises beside it.

    A runbook comes as a book that holds it alone. The faults of the other files are left for
    `read_book`. A rehearsal is looked up in `book`, else in the folder it lies in.
    """
    page = Page(str(path))
    data = _bytes(path, page)
    if data is None:
        return None, page.faults
    kind = _kind_of(path, data)
    if kind == "runbook":
        return _read_alone(path, data)
    if path.name in (SITE, PROMISES):
        whole, faults = read_book(path.parent)
        return whole, [fault for fault in faults if fault.place.file == str(path)]
    found = book or read_book(path.parent)[0]
    if kind == "rehearsal":
        return found, read_rehearsal(data, str(path), book=found)[1]
    return found, (read_site if kind == "site" else read_promises)(data, str(path))[1]


def _kind_of(path: Path, data: bytes) -> str:
    """What kind of file it is, by its name, else by the keys at the start of its lines."""
    if path.name in (SITE, PROMISES):
        return path.stem
    keys = {key.decode() for key in re.findall(rb"^([a-z]+) *:", data, re.MULTILINE)}
    if "runbook" in keys and "rehearsal" not in keys:
        return "runbook"
    return next((kind for kind in ("rehearsal", "site", "promises") if kind in keys), "runbook")


def _read_alone(path: Path, data: bytes) -> tuple[Book, list[Fault]]:
    """One runbook file; of the others in its folder only the titles."""
    _, site = _site(path.parent)
    languages = LANGUAGES if site is None else site.languages
    _, promises = _promises(path.parent, languages)
    page = Page(str(path), languages)
    runbook = runbook_of(data, page, site)
    titles = _titles_beside(path) | ({} if runbook is None else {runbook.id: runbook.title})
    _check_uses(page, site, titles, promises)
    alone = [] if runbook is None else [runbook]
    return _book(path.parent, alone, site, promises, titles), in_order(page.faults)


def read_runbook(
    data: bytes, file: str, *, languages: tuple[str, ...] = LANGUAGES, site: Site | None = None
) -> tuple[Runbook | None, list[Fault]]:
    """One runbook, with all that can be known from itself alone, and from `site` when it is given."""
    page = Page(file, languages if site is None else site.languages)
    runbook = runbook_of(data, page, site)
    if site is not None:
        _check_site_uses(page, site)
        runbook = None if runbook is None else bind(runbook, site)
    return runbook, in_order(page.faults)


def read_site(data: bytes, file: str) -> tuple[Site | None, list[Fault]]:
    """A site, and all that is wrong in it."""
    page = Page(file)
    site = site_of(data, page)
    if site is not None:
        _check_site_uses(page, site)
    return site, in_order(page.faults)


def read_promises(
    data: bytes, file: str, *, languages: tuple[str, ...] = LANGUAGES
) -> tuple[Promises | None, list[Fault]]:
    """The promises, and all that is wrong in them."""
    page = Page(file, languages)
    promises = promises_of(data, page)
    return promises, in_order(page.faults)


def read_rehearsal(
    data: bytes, file: str, *, book: Book | None = None
) -> tuple[Rehearsal | None, list[Fault]]:
    """A rehearsal, and all that is wrong in it; its names are looked up in `book` when there is one."""
    page = Page(file)
    rehearsal = rehearsal_of(data, page, book)
    return rehearsal, in_order(page.faults)


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Faults by file, line and column."""
    return sorted(faults, key=lambda one: (one.place.file, one.place.line, one.place.column, one.rule))


# --- files


def _bytes(path: Path, page: Page) -> bytes | None:
    """The bytes of a file, one more than it may have when it is too large."""
    try:
        if path.exists() and not path.is_file():
            page.fault("file-unreadable", (1, 1), why=Text("不是普通文件", "it is no ordinary file"))
            return None
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        page.faults.append(_unreadable(str(path), error))
        page.spoiled = True
        return None


_REASONS = {
    FileNotFoundError: Text("没有这个文件", "there is no such file"),
    PermissionError: Text("没有读取权限", "nobody gave the right to read it"),
    NotADirectoryError: Text("不是文件夹", "it is no folder"),
}
"""What a person is told of the commonest troubles; of others the words of the system."""


def _unreadable(file: str, error: OSError) -> Fault:
    page = Page(file)
    why = _REASONS.get(type(error), error.strerror or str(error))
    page.fault("file-unreadable", (1, 1), why=why)
    return page.faults[0]


def _site(folder: Path) -> tuple[Page, Site | None]:
    """The site of the book; a book without one has an empty site, and a broken one has None."""
    page = Page(str(folder / SITE))
    if not (folder / SITE).exists():
        return page, _no_site(folder)
    data = _bytes(folder / SITE, page)
    return page, None if data is None else site_of(data, page)


def _no_site(folder: Path) -> Site:
    name = folder.resolve().name or "site"
    return Site(id=name, title=Text(name, name), timezone="UTC", languages=LANGUAGES)


def _promises(folder: Path, languages: tuple[str, ...]) -> tuple[Page, Promises | None]:
    page = Page(str(folder / PROMISES), languages)
    if not (folder / PROMISES).exists():
        return page, Promises()
    data = _bytes(folder / PROMISES, page)
    return page, None if data is None else promises_of(data, page)


def _sheet(path: Path, languages: tuple[str, ...], site: Site | None) -> _Sheet:
    page = Page(str(path), languages)
    data = _bytes(path, page)
    return _Sheet(page, None if data is None else runbook_of(data, page, site))


def _titles_beside(path: Path) -> dict[str, Text]:
    """The runbooks of the folder by id, read no further than their titles."""
    titles: dict[str, Text] = {}
    for other in sorted(path.parent.glob("*.yaml")):
        root = None
        if other != path and other.name not in (SITE, PROMISES):
            page = Page(str(other))
            data = _bytes(other, page)
            root = None if data is None else parse(data, page)
        name = None if root is None else root.get("runbook")
        if root is not None and isinstance(name, Scalar):
            title = root.get("title")
            said = Said().read(title, Page(str(other))) if isinstance(title, Table) else None
            titles[name.text] = said or Text(name.text, name.text)
    return titles


# --- names across files


def _check_ids(sheets: list[_Sheet]) -> None:
    """Two files may not hold the same runbook."""
    seen: dict[str, Page] = {}
    for sheet in sheets:
        name = sheet.page.defines
        first = seen.setdefault(name, sheet.page)
        if name and first is not sheet.page:
            place = _place_of_id(sheet.page)
            sheet.page.fault("double-runbook", place, found=name, file=Path(first.file).name)


def _place_of_id(page: Page) -> tuple[int, int]:
    root = parse(page.source.encode(), Page(page.file))
    name = None if root is None else root.get("runbook")
    return (1, 1) if name is None else (name.line, name.column)


def _check_uses(page: Page, site: Site | None, titles: Collection[str], promises: Promises | None) -> None:
    messages = None if promises is None else dict(promises.messages)
    for use in page.uses:
        if use.sort == "runbook" and use.name not in titles:
            page.fault("undefined-runbook", use.node, found=use.name, hint=page.near(use.name, titles))
        elif use.sort == "message" and messages is not None and use.name not in messages:
            page.fault("undefined-message", use.node, found=use.name, hint=page.near(use.name, messages))
    if site is not None:
        _check_site_uses(page, site)


def _check_site_uses(page: Page, site: Site) -> None:
    groups = [group.id for group in site.groups]
    held = {role for person in site.people for role in person.roles}
    for use in page.uses:
        # A site that names no groups at all has not come so far: then a tell is told by voice.
        if use.sort == "group" and groups and use.name not in groups:
            page.fault("undefined-group", use.node, found=use.name, hint=page.near(use.name, groups))
        elif use.sort in ("site-value", "site-length"):
            _check_value(use, page, site)
        elif use.sort == "contact-role" and site.people and use.name not in held:
            page.fault("nobody-holds", use.node, role=use.name)


def _check_value(use: Use, page: Page, site: Site) -> None:
    """A site value must be there, in every room when it is one of rooms, and of the kind that is needed."""
    assert isinstance(use.node, Scalar)
    place = page.inside(use.node, use.offset)
    name = use.name.removeprefix("site.")
    facts = _facts(name, site)
    if not any(facts.values()):
        hint = page.near(use.name, _values(site))
        page.fault("undefined-value", place, found=use.name, hint=hint)
    elif not all(facts.values()):
        rooms = [room for room, fact in facts.items() if fact is None]
        page.fault("room-lacks-value", place, found=use.name, rooms=rooms)
    elif use.sort == "site-length" and not _is_length(name, facts):
        page.fault("not-a-length", place, found=use.name)


def _is_length(name: str, facts: Mapping[str, Fact | None]) -> bool:
    """Whether it can be a limit: facts of rooms differ from room to room."""
    return not name.startswith("room.") and all(
        fact is None or fact.length is not None for fact in facts.values()
    )


def _facts(name: str, site: Site) -> dict[str, Fact | None]:
    """The fact of that name, for the site or for each room."""
    if name.startswith("room."):
        wanted = name.removeprefix("room.")
        return {room.id: _named(wanted, room.facts) for room in site.rooms}
    return {site.id: _named(name, site.parameters)}


def _named(name: str, facts: Iterable[Fact]) -> Fact | None:
    return next((fact for fact in facts if fact.id == name), None)


def _values(site: Site) -> list[str]:
    in_rooms = {f"site.room.{fact.id}" for room in site.rooms for fact in room.facts}
    return [f"site.{fact.id}" for fact in site.parameters] + sorted(in_rooms)


def _roles(runbooks: Iterable[Runbook], site: Site | None) -> set[str]:
    held = {role for person in ([] if site is None else site.people) for role in person.roles}
    return held | {role for one in runbooks for role, _ in one.roles}


# --- filling in what only the book knows


def _book(
    folder: Path,
    runbooks: list[Runbook],
    site: Site | None,
    promises: Promises | None,
    titles: Mapping[str, Text],
) -> Book:
    known_site, known_promises = site or _no_site(folder), promises or Promises()
    bound = tuple(bind(one, known_site, known_promises, titles) for one in runbooks)
    return Book(str(folder), bound, known_site, known_promises)


def bind(
    runbook: Runbook, site: Site, promises: Promises | None = None, titles: Mapping[str, Text] | None = None
) -> Runbook:
    """The runbook with what the site and the rest of the book say: lengths of time, templates, titles.

    A parameter the site lacks leaves its limit at zero; that is a fault already.
    """
    known = {"tell": {group.id: group.title for group in site.groups}, "run": titles or {}}
    messages = dict(promises.messages) if promises is not None else {}
    steps = tuple([_bound(step, runbook, site, known, messages) for step in runbook.steps])
    return replace(runbook, steps=steps)


def _bound(
    step: Step,
    runbook: Runbook,
    site: Site,
    known: Mapping[str, Mapping[str, Text]],
    messages: Mapping[str, Text],
) -> Step:
    changed: dict[str, object] = _limits(step, site)
    title = known.get(step.kind, {}).get(step.target or "")
    if title is not None and f"{step.id}.says" not in runbook.places:
        changed["text"] = made_text(step.kind, title)
    if step.message is not None and step.message.zh in messages:
        changed["message"] = messages[step.message.zh]
    return replace(step, **changed) if changed else step  # type: ignore[arg-type]  # the fields named above


def _limits(step: Step, site: Site) -> dict[str, object]:
    changed: dict[str, object] = {}
    for name in ("within", "span", "steady"):
        limit = getattr(step, name)
        if limit is not None and limit.parameter is not None:
            changed[name] = _length(limit, site)
    if step.expect is not None and step.expect.within is not None and step.expect.within.parameter:
        changed["expect"] = replace(step.expect, within=_length(step.expect.within, site))
    if step.repeat is not None:
        every, span = _length(step.repeat.every, site), step.repeat.span
        changed["repeat"] = replace(
            step.repeat, every=every, span=None if span is None else _length(span, site)
        )
    return changed


def _length(limit: Limit, site: Site) -> Limit:
    """The limit with the length its parameter has at the site."""
    if limit.parameter is None:
        return limit
    fact = next(iter(_facts(limit.parameter, site).values()), None)
    return limit if fact is None or fact.length is None else Limit(fact.length, limit.parameter)
