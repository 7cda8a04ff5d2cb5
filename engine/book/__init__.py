"""Reads a plan book: YAML → the frozen values of `engine.plan`, with every problem at once.

    read_book(folder)       the whole book                    → (Book | None, faults)
    read_file(path)         one file, with the site beside it → (Book | None, faults)
    load_book(folder)       a book without errors; raises BookBroken
    read_runbook, read_site, read_promises, read_rehearsal    one file from its bytes
    bind(runbook, site)     what a site says filled in
    schema(kind)            JSON Schema of one kind of file
    RULES                   every rule, with its reason and an example

Nothing that is read raises: not YAML, no UTF-8, endless nesting and files nobody may read are faults.

    tree, rules → page → parse → strays, tongues → shapes → amounts, saying → tables → step_keys → steps →
    names → order → runbook, site, promises, rehearsal → across → binding → folder
"""

from engine.book.binding import bind
from engine.book.folder import (
    files_of,
    folder_of,
    in_order,
    load_book,
    read_book,
    read_file,
    read_promises,
    read_rehearsal,
    read_runbook,
    read_site,
)
from engine.book.rehearsal import VERBS, Act, AtEnd, Rehearsal
from engine.book.rules import RULES, Rule
from engine.book.schema import KINDS_OF_FILE, schema

__all__ = [
    "KINDS_OF_FILE",
    "RULES",
    "VERBS",
    "Act",
    "AtEnd",
    "Rehearsal",
    "Rule",
    "bind",
    "files_of",
    "folder_of",
    "in_order",
    "load_book",
    "read_book",
    "read_file",
    "read_promises",
    "read_rehearsal",
    "read_runbook",
    "read_site",
    "schema",
]
