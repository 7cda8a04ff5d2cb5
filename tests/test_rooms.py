"""The line of rooms, and what the rooms on it never do. See ARCHITECTURE.md."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Nobody imports to the right of itself: from left to right, packages in the order of this table and
# rooms in the order of their names. A bar begins the next group and means nothing else; a room is a
# module or a folder, and inside its own folder a room is free. `tui` is held as one room.
LINE = {
    "engine": "text sentences errors | plan condition template events codec | book graph drawings lint forecast"
    " | road state facts run rules clocks acts messages | journal store sync | desk | people outbox report",
    "drill": "rehearsal endings reasons | scenario draws moments team script | scoring agreement findings | crew"
    " | book evaluation attendance case | exercise auto trial review programme",
}
PACKAGES = ("runbooks", "engine", "drill", "tui")

# Written `room: the room to its right`, under TYPE_CHECKING only, so that nothing is loaded.
FOR_ANNOTATIONS = {
    ("engine.errors", "engine.events"): "Conflict carries the entries that came between",
    ("engine.errors", "engine.plan"): "a Fault stands at a place in a file",
}

# These may ask for the time, a draw, a file or the network; every other room on the line is given them,
# and stands only on rooms that are.
MAY_ASK = set(
    "engine.book engine.lint engine.store engine.sync engine.desk engine.people engine.outbox engine.report"
    " drill.rehearsal drill.book drill.evaluation drill.attendance drill.case drill.exercise drill.auto drill.trial"
    " drill.review drill.programme runbooks tui".split()
)
PURE_IN_TUI = "tui.view"
OUTSIDE = set(
    "time random secrets uuid socket pathlib os io sys tempfile shutil subprocess threading asyncio"
    " sqlite3 sqlalchemy urllib http logging platform getpass glob".split()
)
ASKS_OUTSIDE = {"open", "input", "print"}
ASKS_THE_TIME = {"now", "utcnow", "today"}


@dataclass(frozen=True)
class Import:
    """One imported module, by its full name, and where that is written."""

    line: int
    module: str
    for_annotations: bool
    """Written under `if TYPE_CHECKING`."""


# --- reading source


@cache
def sources() -> list[tuple[str, str, ast.Module]]:
    """Every module of ours: its name, its file from the root, its tree."""
    files = [
        file.relative_to(ROOT) for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))
    ]
    return [
        (".".join(file.with_suffix("").parts), file.as_posix(), ast.parse((ROOT / file).read_bytes()))
        for file in files
    ]


def imports(module: str, tree: ast.Module) -> Iterator[Import]:
    """Every import of a module, wherever it is written; `from x import y` gives x and x.y."""
    annotated = {id(node) for block in ast.walk(tree) if _for_checkers(block) for node in ast.walk(block)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            home = _home(module, node)
            names = [home, *(f"{home}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (Import(node.lineno, name, id(node) in annotated) for name in names)


def _home(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    above = module.split(".")[: -node.level]
    return ".".join([*above, *(node.module or "").split(".")]).rstrip(".")


def _for_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def room_of(module: str) -> str | None:
    """`engine.book.tree` → `engine.book`; a package itself, and what is not ours, is no room."""
    parts = module.removesuffix(".__init__").split(".")
    if parts[0] in ("tui", "runbooks"):
        return parts[0]
    return ".".join(parts[:2]) if parts[0] in LINE and len(parts) > 1 else None


def line() -> list[str]:
    """The rooms from left to right."""
    rooms = [f"{package}.{room}" for package in LINE for room in LINE[package].split() if room != "|"]
    return ["runbooks", *rooms, "tui"]


# --- finding faults


def to_the_right(module: str, file: str, tree: ast.Module) -> list[str]:
    """Each import that leads to the right of its room."""
    order = line()
    here = room_of(module)
    faults = []
    for one in imports(module, tree):
        there = room_of(one.module)
        if there not in order or (here in order and order.index(there) <= order.index(here)):
            continue
        if not (one.for_annotations and (here, there) in FOR_ANNOTATIONS):
            faults.append(f"{file}:{one.line}: {here or module} imports {there}, which stands to its right")
    return sorted(set(faults))


def asks_outside(module: str, file: str, tree: ast.Module) -> list[str]:
    """Each place where a pure room asks for the time, a draw, a file or the network itself."""
    faults = [
        f"{file}:{one.line}: imports {one.module}"
        for one in imports(module, tree)
        if one.module.split(".")[0] in OUTSIDE or room_of(one.module) in MAY_ASK - {"tui"}
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ASKS_OUTSIDE:
            faults.append(f"{file}:{node.lineno}: calls {ast.unparse(node.func)}")
        if isinstance(node, ast.Attribute) and node.attr in ASKS_THE_TIME and _is_a_date(node.value):
            faults.append(f"{file}:{node.lineno}: asks {ast.unparse(node)}")
    return faults


def _is_a_date(node: ast.expr) -> bool:
    return ast.unparse(node).split(".")[-1] in ("datetime", "date")


def is_pure(module: str) -> bool:
    """Whether that module belongs to a room that is given everything."""
    return room_of(module) in set(line()) - MAY_ASK or module.startswith(PURE_IN_TUI)


def found(check: Iterable[list[str]]) -> str:
    """All faults, one a line; empty when there is none."""
    return "\n".join(fault for faults in check for fault in faults)


# --- the house


def test_every_room_stands_on_the_line() -> None:
    strangers = [file for module, file, _ in sources() if room_of(module) not in {None, *line()}]
    assert strangers == []


def test_nobody_imports_to_the_right_of_itself() -> None:
    assert found(to_the_right(*source) for source in sources()) == ""


def test_every_exception_for_annotations_is_still_used() -> None:
    used = {
        (room_of(module), room_of(one.module))
        for module, _, tree in sources()
        for one in imports(module, tree)
    }
    assert set(FOR_ANNOTATIONS) <= used


def test_a_pure_room_never_asks_for_time_chance_files_or_network() -> None:
    pure = [source for source in sources() if is_pure(source[0])]
    assert len(pure) > 5
    assert set(line()) >= MAY_ASK
    assert found(asks_outside(*source) for source in pure) == ""


def test_the_plan_book_holds_no_code() -> None:
    statements = {
        f"{file}:{node.lineno}"
        for module, file, tree in sources()
        if module.startswith("runbooks")
        for node in tree.body[1 if ast.get_docstring(tree) else 0 :]
    }
    assert statements == set()


def test_importing_the_command_line_loads_nothing_heavy(tmp_path: Path) -> None:
    """Cold start: a verb imports what it needs when it is chosen."""
    heavy = "textual networkx sqlalchemy pydantic yaml cryptography jinja2"
    ask = f"import sys, tui.cli; print(*sorted(set({heavy.split()!r}) & set(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout.strip(), told.stderr) == (0, "", "")


# --- the walker itself: what it must see, and what it must leave alone


def faults_of(module: str, source: str) -> list[str]:
    return to_the_right(module, "here.py", ast.parse(source))


def test_an_import_to_the_right_is_seen_wherever_it_is_written() -> None:
    for written in (
        "import engine.run",
        "import engine.run as r",
        "from engine import run",
        "from engine.run import check",
        "from . import run",
        "from .run import check",
        "def later():\n    from engine.run import check",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from engine.run import check",
    ):
        assert len(faults_of("engine.plan", written)) == 1, written
    assert faults_of("engine.plan", "import engine.run") == [
        "here.py:1: engine.plan imports engine.run, which stands to its right"
    ]


def test_the_packages_point_one_way() -> None:
    assert faults_of("engine.report", "from drill.scenario import Scenario")
    assert faults_of("drill.programme", "import tui.view")
    assert faults_of("runbooks.__init__", "from engine.plan import Step")
    assert faults_of("engine.__init__", "from engine.plan import Step")
    assert (
        faults_of("tui.cli", "from drill.scoring import score\nfrom engine.desk import Desk\nimport runbooks")
        == []
    )


def test_a_room_may_look_left_and_into_itself() -> None:
    assert faults_of("engine.book.tree", "from engine.book.rules import RULES\nfrom .page import Page") == []
    assert faults_of("engine.run", "from engine.road import sweep\nimport networkx\nimport json") == []


def test_an_exception_holds_for_annotations_only() -> None:
    written = "from engine.plan import Place"
    guarded = f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {written}"
    assert faults_of("engine.errors", guarded) == []
    assert len(faults_of("engine.errors", written)) == 1


def test_asking_outside_is_seen() -> None:
    for written in (
        "import time",
        "from os import path",
        "def f():\n    import random",
        "from datetime import datetime\nstamp = datetime.now",
        "import datetime as dt\nday = dt.date.today()",
        "text = open('plan')",
        "from engine.store import Store",
    ):
        assert len(set(asks_outside("engine.run", "here.py", ast.parse(written)))) >= 1, written

    allowed = "from datetime import UTC, datetime\nfrom engine.graph import StepGraph\nclock.now(open=True)"
    assert asks_outside("engine.run", "here.py", ast.parse(allowed)) == []
