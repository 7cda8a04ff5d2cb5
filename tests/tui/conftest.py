"""A run before somebody, in lines or on the screen, and a healthy machine: what many files of tests begin with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from engine.people import set_pin
from tests.tui.machines import DOOR, SITE, Machine, noted, opened
from tests.tui.table import KINDS, Table, table


@pytest.fixture
def at() -> Iterator[Table]:
    """Li before a run of the small book, its entry condition answered."""
    with table(KINDS, "kinds", "li") as made:
        made.do("entry", "entry.0", answer="yes")
        yield made


@pytest.fixture
def sitting() -> Iterator[Any]:
    """The same at the screen: the table, and what runs a script of keys."""
    from tests.tui.screen_table import seat  # the screens are loaded by the tests that sit at one

    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        yield at, run


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine on which all is well: a record of three notes, and a PIN for who may have to sign."""
    one = Machine(tmp_path_factory.mktemp("healthy"))
    one.book.mkdir()
    (one.book / "site.yaml").write_text(SITE, "utf-8")
    (one.book / "door.yaml").write_text(DOOR, "utf-8")
    with opened(one) as store:
        set_pin(store, "wang", "482916", os.urandom)
        for text in ("first", "second", "third"):
            noted(store, text)
    return one
