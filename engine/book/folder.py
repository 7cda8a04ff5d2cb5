"""A plan book as it lies in a folder: every file read, and every name that one file leaves to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.book.across import check_site_uses, check_uses, roles_of
from engine.book.binding import bind
from engine.book.page import Page
from engine.book.parse import LARGEST, parse
from engine.book.promises import check_marks, check_roles, promises_of
from engine.book.rehearsal import Rehearsal, rehearsal_of
from engine.book.runbook import runbook_of
from engine.book.saying import Said
from engine.book.site import site_of
from engine.book.tree import Scalar, Table
from engine.errors import BookBroken, Fault
from engine.plan import Book, Promises, Runbook, Site
from engine.text import LANGUAGES, Text

SITE, PROMISES = "site.yaml", "promises.yaml"

PATROLS = "patrols"
"""The folder of a book in which its patrols lie; what lies there, and only that, says `patrol`."""


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
    """Every `*.yaml` at the top of `folder` and in its `patrols` as one book, and all that is wrong in it.

    The book has every runbook that could be understood, so that more can be found out about them; use
    it only when no fault is an error (`load_book`). None when the folder itself cannot be read.
    """
    try:
        files = files_of(folder)
    except OSError as error:
        return None, [_unreadable(str(folder), error)]
    site_page, site = _site(folder)
    promises_page, promises = _promises(folder, site_page.languages)
    sheets = [_sheet(path, site_page.languages, site) for path in files if path.name not in (SITE, PROMISES)]
    pages = (site_page, promises_page, *(sheet.page for sheet in sheets))
    titles = _titles(sheets)
    for page in pages:
        check_uses(page, site, titles, promises)
    _check_ids(sheets)
    _check_promises(promises_page, sheets, site)
    runbooks = [sheet.runbook for sheet in sheets if sheet.runbook is not None]
    book = _book(folder, runbooks, site, promises, titles)
    return book, in_order(fault for page in pages for fault in page.faults)


def files_of(folder: Path) -> list[Path]:
    """The files of a book: those at its top, then its patrols. OSError when it cannot be listed."""
    at_top = sorted(path for path in folder.iterdir() if path.suffix == ".yaml")
    patrols = folder / PATROLS
    beside = sorted(path for path in patrols.iterdir() if path.suffix == ".yaml") if patrols.is_dir() else []
    return [*at_top, *beside]


def folder_of(path: Path) -> Path:
    """The folder of the book that a file belongs to."""
    return path.parent.parent if path.parent.name == PATROLS else path.parent


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
    found = book or read_book(folder_of(path))[0]
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
    folder = folder_of(path)
    _, site = _site(folder)
    languages = LANGUAGES if site is None else site.languages
    _, promises = _promises(folder, languages)
    page = Page(str(path), languages)
    runbook = runbook_of(data, page, site)
    _check_folder(path, runbook, page)
    beside = _titles_beside(path)
    if page.defines in beside:
        other = beside[page.defines][0].name
        page.fault("double-runbook", _place_of_id(page), found=page.defines, file=other)
    titles = {name: title for name, (_, title) in beside.items()}
    titles |= {} if runbook is None else {runbook.id: runbook.title}
    check_uses(page, site, titles, promises)
    alone = [] if runbook is None else [runbook]
    return _book(folder, alone, site, promises, titles), in_order(page.faults)


def read_runbook(
    data: bytes, file: str, *, languages: tuple[str, ...] = LANGUAGES, site: Site | None = None
) -> tuple[Runbook | None, list[Fault]]:
    """One runbook, with all that can be known from itself alone, and from `site` when it is given."""
    page = Page(file, languages if site is None else site.languages)
    runbook = runbook_of(data, page, site)
    if site is not None:
        check_site_uses(page, site)
        runbook = None if runbook is None else bind(runbook, site)
    return runbook, in_order(page.faults)


def read_site(data: bytes, file: str) -> tuple[Site | None, list[Fault]]:
    """A site, and all that is wrong in it."""
    page = Page(file)
    site = site_of(data, page)
    if site is not None:
        check_site_uses(page, site)
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


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True  # reading it will tell what is wrong


def _site(folder: Path) -> tuple[Page, Site | None]:
    """The site of the book; a book without one has an empty site, and a broken one has None."""
    page = Page(str(folder / SITE))
    if not _is_there(folder / SITE):
        return page, _no_site(folder)
    data = _bytes(folder / SITE, page)
    return page, None if data is None else site_of(data, page)


def _no_site(folder: Path) -> Site:
    name = folder.resolve().name or "site"
    return Site(id=name, title=Text(name, name), timezone="UTC", languages=LANGUAGES)


def _promises(folder: Path, languages: tuple[str, ...]) -> tuple[Page, Promises | None]:
    page = Page(str(folder / PROMISES), languages)
    if not _is_there(folder / PROMISES):
        return page, Promises()
    data = _bytes(folder / PROMISES, page)
    return page, None if data is None else promises_of(data, page)


def _sheet(path: Path, languages: tuple[str, ...], site: Site | None) -> _Sheet:
    page = Page(str(path), languages)
    data = _bytes(path, page)
    runbook = None if data is None else runbook_of(data, page, site)
    _check_folder(path, runbook, page)
    return _Sheet(page, runbook)


def _check_folder(path: Path, runbook: Runbook | None, page: Page) -> None:
    """Whoever looks for a patrol looks in one place, and nothing there is taken for an emergency."""
    if runbook is None:
        return
    if runbook.patrol is not None and path.parent.name != PATROLS:
        place = runbook.where("patrol")
        page.fault("patrol-misplaced", (place.line, place.column), file=path.name, folder=PATROLS)
    elif runbook.patrol is None and path.parent.name == PATROLS:
        place = runbook.where("runbook")
        page.fault("missing-key", (place.line, place.column), key="patrol")


def _titles_beside(path: Path) -> dict[str, tuple[Path, Text]]:
    """The runbooks of the folder by id, read no further than their titles; the first of an id counts."""
    titles: dict[str, tuple[Path, Text]] = {}
    for other in files_of(folder_of(path)):
        root = None
        if other != path and other.name not in (SITE, PROMISES):
            page = Page(str(other))
            data = _bytes(other, page)
            root = None if data is None else parse(data, page)
        name = None if root is None else root.get("runbook")
        if root is not None and isinstance(name, Scalar) and "rehearsal" not in root.entries:
            title = root.get("title")
            said = Said().read(title, Page(str(other))) if isinstance(title, Table) else None
            titles.setdefault(name.text, (other, said or Text(name.text, name.text)))
    return titles


# --- all runbooks together


def _titles(sheets: list[_Sheet]) -> dict[str, Text]:
    """The title of each runbook, also of those that could not be understood."""
    known = {sheet.page.defines: sheet.runbook for sheet in sheets if sheet.page.defines}
    return {name: Text(name, name) if one is None else one.title for name, one in known.items()}


def _check_promises(page: Page, sheets: list[_Sheet], site: Site | None) -> None:
    """The marks and roles of the promises; only when everything that may have them was understood."""
    runbooks = [sheet.runbook for sheet in sheets if sheet.runbook is not None]
    if len(runbooks) == len(sheets):
        check_marks(page, {mark for one in runbooks for step in one.steps for mark in step.marks})
        if site is not None:
            check_roles(page, roles_of(runbooks, site))


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
