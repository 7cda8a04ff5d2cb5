"""lint: every fault and all advice of plan books, of parts of one, and of single files of any kind."""

from __future__ import annotations

import difflib
import json
import re
from datetime import date
from pathlib import Path

from drill.book.shelf import DRILLS, drilled_in, scenario_files
from engine.book import folder_of, read_book, read_file
from engine.book.folder import PATROLS, SITE
from engine.errors import Fault, Refused
from engine.lint import RULES, in_order, lint_book, sarif
from engine.lint import lint as lint_of
from engine.plan import Book
from engine.text import clean, clean_json
from tui import __version__, machine
from tui.locale import say
from tui.verbs.trying import Trials

REHEARSAL, SCENARIO = "rehearsal", "scenario"
"""Kinds of file that are looked up in a book; all others are part of one."""


def lint(
    paths: list[str],
    explain: str | None,
    form: str,
    day: str | None,
    lang: str | None,
    book_named: str | None,
    trials: bool = True,
    each: bool = False,
) -> int:
    """Every fault of every file, with its place, and all advice; exit code 1 when there is an error.

    Drills are read and, with `trials`, played. With `each` text lists also the advice of which a file has a lot.
    """
    language = machine.language(lang)
    if explain is not None:
        return _explain(explain, language)
    if form not in PRINTED:
        raise Refused("no-such-form", form=form, forms=tuple(PRINTED))
    look = _Looking(_day(day), book_named, trials, language)
    faults: list[Fault] = []
    for target in [Path(one) for one in paths] or [machine.book_folder(book_named)]:
        if not target.exists():
            raise Refused("no-such-file", path=str(target))
        faults += look.at(target)
    printed = _each_as_text if each and form == "text" else PRINTED[form]
    printed(faults, language)
    return 1 if any(not one.advice for one in faults) else 0


def _day(said: str | None) -> date:
    """The day that was given; today where none was."""
    try:
        return date.today() if said is None else date.fromisoformat(said)  # noqa: DTZ011  # a day of this place
    except ValueError:
        raise Refused("bad-date", found=said) from None


# --- what lies where


class _Looking:
    """What is wrong at a path; every book is read once."""

    def __init__(self, day: date, book_named: str | None, plays: bool, language: str) -> None:
        self._day = day
        self._book_named = book_named
        self._plays = plays
        self._language = language
        self._read: dict[Path, tuple[Book | None, list[Fault]]] = {}

    def at(self, target: Path) -> list[Fault]:
        """A book with its scenarios, its patrols or drills alone, a folder of rehearsals, or one file."""
        if not target.is_dir():
            return self._file(target)
        if target.name == PATROLS and (target.parent / SITE).exists():
            whole = self._whole(target.parent)
            return [one for one in whole if Path(one.place.file).parent.name == PATROLS]
        files = sorted(target.glob("*.yaml"))
        if files and all(_kind_of(path) == SCENARIO for path in files):
            return in_order(self._tried(self._book_of(files[0]), files).faults)
        if files and all(_kind_of(path) for path in files):
            return in_order(fault for path in files for fault in self._file(path))
        return self._whole(target)

    def _whole(self, folder: Path) -> list[Fault]:
        """A book, and the scenarios beside it; what a drill takes is known best from playing it."""
        book, faults = self._book(folder)
        drills = self._tried(folder, scenario_files(folder))
        drilled = drills.answers or drilled_in(folder)
        return [*lint_book(folder, book, faults, self._day, drilled), *in_order(drills.faults)]

    def _file(self, path: Path) -> list[Fault]:
        kind = _kind_of(path)
        if kind == SCENARIO:
            return in_order(self._tried(self._book_of(path), [path]).faults)
        if kind == REHEARSAL:
            return in_order(read_file(path, self._book(self._book_of(path))[0])[1])
        return lint_of(path, self._day, drilled_in(folder_of(path)))

    def _tried(self, folder: Path, paths: list[Path]) -> Trials:
        """Scenarios of one book, read and played; a book that is broken can only have its drills read."""
        book, _ = self._book(folder)
        trials = Trials(book, self._plays, self._language)
        trials.look(paths)
        return trials

    def _book_of(self, path: Path) -> Path:
        """The book in which the names of a file are looked up: around it, beside it, else the one in use."""
        around = path.parent.parent if path.parent.name == DRILLS else path.parent
        return around if (around / SITE).exists() else machine.book_folder(self._book_named)

    def _book(self, folder: Path) -> tuple[Book | None, list[Fault]]:
        if folder not in self._read:
            self._read[folder] = read_book(folder)
        return self._read[folder]


_KIND = re.compile(rb"^(rehearsal|scenario) *:", re.MULTILINE)


def _kind_of(path: Path) -> str | None:
    """Rehearsal or scenario, by the key at the start of a line; None for what is part of a book."""
    try:
        found = _KIND.search(path.read_bytes())
    except OSError:
        return None  # whoever reads it says what is wrong
    return None if found is None else found[1].decode()


# --- how it is printed


def _as_text(faults: list[Fault], language: str) -> None:
    ordered = _errors_last(faults)
    _printed(faults, _in_lines(ordered, language), language)


def _each_as_text(faults: list[Fault], language: str) -> None:
    _printed(faults, [_line(one, language) for one in _errors_last(faults)], language)


def _errors_last(faults: list[Fault]) -> list[Fault]:
    """What must be mended stands above the count, however much is advised."""
    return sorted(faults, key=lambda one: not one.advice)


def _printed(faults: list[Fault], lines: list[str], language: str) -> None:
    print("\n".join(lines), end="\n" if lines else "")
    errors = sum(not one.advice for one in faults)
    summary = "lint-clean" if not faults else "lint-count"
    print(say(summary, language, errors=errors, advice=len(faults) - errors))


def _line(fault: Fault, language: str) -> str:
    return _told(fault, fault.sentence(language), language)


def _told(fault: Fault, sentence: str, language: str) -> str:
    """Place first, as editors want it; then what it is: an error keeps a plan from being released, advice nothing."""
    word = say("lint-advice" if fault.advice else "lint-error", language)
    return f"{fault.place}: {word}{sentence} [{fault.rule}]"


GATHERED = ("no-drill", "parameter-default", "placeholder")
"""Advice that a book in the making has by the hundred: one line a file, or the rest would not be read."""

MANY, NAMED = 3, 4
"""From how many of one rule in one file they are gathered, and how many of them the line names."""


def _in_lines(faults: list[Fault], language: str) -> list[str]:
    """What `lint` prints by itself: where a file has many of a gathered rule, one line at the first of them."""
    alike: dict[tuple[str, str], list[Fault]] = {}
    for one in faults:
        alike.setdefault((one.rule, one.place.file), []).append(one)
    lines = []
    for one in faults:
        same = alike[one.rule, one.place.file]
        if one.rule not in GATHERED or len(same) < MANY:
            lines.append(_line(one, language))
        elif one is same[0]:
            lines.append(_told(one, _gathered(same, language), language))
    return lines


def _gathered(same: list[Fault], language: str) -> str:
    named = [clean(str(dict(one.facts)["which"])) for one in same[:NAMED]]
    which = ("、" if language == "zh" else ", ").join([*named, *["…"][: len(same) - NAMED]])
    return say(f"lint-many-{same[0].rule}", language, count=len(same), which=which)


def _as_json(faults: list[Fault], language: str) -> None:
    print(clean_json(json.dumps([_fault_json(one) for one in faults], ensure_ascii=False, indent=1)))


def _as_sarif(faults: list[Fault], language: str) -> None:
    found = sarif(faults, RULES, __version__, language)
    print(clean_json(json.dumps(found, ensure_ascii=False, indent=1)))


PRINTED = {"text": _as_text, "json": _as_json, "sarif": _as_sarif}
"""How `lint --format` prints what was found."""


def _fault_json(fault: Fault) -> dict[str, object]:
    return {
        "rule": fault.rule,
        "file": fault.place.file,
        "line": fault.place.line,
        "column": fault.place.column,
        "level": "advice" if fault.advice else "error",
        "zh": fault.sentence("zh"),
        "en": fault.sentence("en"),
    }


ALL_RULES = "all"
"""Said instead of a rule: every one of them in a line."""

MOST_NEAR = 5
"""So many rules are named beside a name that is none."""


def _near(name: str) -> tuple[str, ...]:
    """The rules that may have been meant: one of their words is that, they hold it, or are spelt alike."""
    whole = [one for one in sorted(RULES) if name in one.split("-")]
    held = [one for one in sorted(RULES) if name in one]
    alike = difflib.get_close_matches(name, RULES, MOST_NEAR)
    return tuple(dict.fromkeys([*whole, *alike, *held]))[:MOST_NEAR] if name else ()


def _explain(name: str, language: str) -> int:
    if name == ALL_RULES:
        for one in sorted(RULES):
            print(f"{one}: {RULES[one].title.of(language)}")
        return 0
    rule = RULES.get(name)
    if rule is None:
        near = _near(name)
        raise Refused("no-such-rule-near" if near else "no-such-rule", rule=name, near=near)
    print(f"{name}: {rule.title.of(language)}\n\n{rule.explanation.of(language)}\n")
    for sign, example in (("-", rule.wrong), ("+", rule.right)):
        print("\n".join(f"  {sign} {line}" for line in example.splitlines()))
    return 0
