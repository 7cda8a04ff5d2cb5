"""The store of this machine, opened to be written in, and what every run beside it is given of the world."""

from __future__ import annotations

import shlex

from engine.desk import Surroundings
from engine.people import check_pin
from engine.store import Store, make_folder, open_store
from tui import __version__, machine


def open_the_store(named: str | None) -> Store:
    """The store, made when there is none; its default folder too."""
    path, rule = machine.store_place(named)
    if rule == "default":
        make_folder(path.parent)
    return open_store(
        path,
        key_folder=machine.state_folder(),
        wall=machine.moment,
        entropy=machine.entropy,
        software=f"muster {__version__}",
    )


def surroundings(store: Store) -> Surroundings:
    """The real clock, real chance, and the PINs of this store."""
    return Surroundings(
        machine.wall_now,
        machine.entropy,
        lambda person, pin: check_pin(store, person, pin, machine.wall_now()),
        lambda: machine.moment().mono,
    )


def options_of(store_named: str | None, book_named: str | None) -> str:
    """The options that lead back to this store and book, as they are typed."""
    named = (("--store", store_named), ("--book", book_named))
    return "".join(f" {option} {shlex.quote(path)}" for option, path in named if path is not None)
