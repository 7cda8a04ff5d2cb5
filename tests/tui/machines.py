"""Machines to be looked at by the doctor: a healthy one, copies of it, and what was said of them."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import ExitStack, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from engine.events import Draft, NoteAdded
from engine.journal import Moment
from engine.store import Store, open_store
from tui.verbs.doctor import doctor

ROOT = Path(__file__).parents[2]


PROGRAM = Path(sys.executable).with_name("muster")


RUN = "R-20261122-K7QM"


LONG_AGO = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


SITE = """\
site: demo
timezone: Asia/Shanghai
people:
  wang: {name: 王强, roles: [IC]}
  li: {name: 李明, roles: [ENG]}
"""


DOOR = """\
runbook: door
revision: 1
title: {zh: 门禁报警, en: Door alarm}
roles:
  IC: {zh: 现场指挥, en: incident commander}
  ENG: {zh: 现场工程师, en: on-site engineer}
steps:
  - id: look
    do: {zh: 数清室内人数, en: Count the people inside}
    role: ENG
  - id: go
    hold: {zh: 放人进入, en: Let people in}
    role: ENG
    sign: IC
"""


@dataclass
class Examined:
    """What the doctor said, and whether the machine was the same after it."""

    code: int
    lines: dict[str, Any]
    unchanged: bool


@dataclass
class Machine:
    """A folder with a record, a state folder and a plan book, and how the program is called there."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    words: list[str] | None = None
    columns: tuple[int, int] | None = None
    """Columns and rows when it is called on a terminal."""
    held: ExitStack = field(default_factory=ExitStack)

    @property
    def store(self) -> Path:
        return self.folder / "muster.db"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def book(self) -> Path:
        return self.folder / "book"

    @property
    def key(self) -> Path:
        return next(self.state.glob("*.key"))

    def sql(self, *statements: str) -> None:
        """Do something to the record behind the back of Muster."""
        raw = sqlite3.connect(self.store)
        for statement in statements:
            raw.execute(statement)
        raw.commit()
        raw.close()

    def environment(self) -> dict[str, str]:
        """Nothing but what is said here."""
        usual = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", "TERM": "xterm"}
        return usual | {"MUSTER_STATE": str(self.state)} | self.env

    def call(self, *words: str) -> list[str]:
        usual = ["--store", str(self.store), "--book", str(self.book)]
        return [str(PROGRAM), "doctor", *(usual if self.words is None else self.words), *words]

    def examine(self, how: Callable[[Machine], tuple[int, str]] | None = None) -> Examined:
        """Call the doctor, in this process unless said otherwise, and look at the folder before and after."""
        before = everything_in(self.folder)
        code, told = (how or called)(self)
        lines = json.loads(told)["checks"]
        assert len({one["check"] for one in lines}) == len(lines)
        return Examined(code, {one["check"]: one for one in lines}, before == everything_in(self.folder))


def called(one: Machine, *, as_json: bool = True, lang: str | None = None) -> tuple[int, str]:
    """The verb, in this process: ten times as quick as the program."""
    words = one.call()[2:]
    store, book = (words[words.index(name) + 1] if name in words else None for name in ("--store", "--book"))
    output = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(output):
        patch.setattr(os, "environ", one.environment())
        patch.chdir(one.folder)
        code = doctor(store, book, as_json, lang)
    output.seek(0)
    return code, output.read()


def everything_in(folder: Path) -> dict[str, tuple[object, ...]]:
    """Every file: its rights, its times and its content."""
    found: dict[str, tuple[object, ...]] = {}
    for path in sorted(folder.rglob("*")):
        seen = path.lstat()
        content = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path)] = (seen.st_mode, seen.st_size, seen.st_mtime_ns, seen.st_nlink, content)
    return found


def opened(one: Machine, now: datetime = LONG_AGO) -> Store:
    """The record of a machine, open for writing, at a time that is given."""
    return open_store(
        one.store,
        key_folder=one.state,
        wall=lambda: Moment(now, ("boot", 1), "unknown"),
        entropy=os.urandom,
    )


def noted(store: Store, text: str, now: datetime = LONG_AGO) -> None:
    store.append([Draft(RUN, NoteAdded(text, by="li"), now, "li")], seen=None, cmd=None)


def like(healthy: Machine, folder: Path) -> Machine:
    """The same machine in another folder."""
    shutil.copytree(healthy.folder, folder)
    folder.chmod(0o755)
    return Machine(folder)
