"""The book on another site than the shipped one: it lints clean there, and says nothing that is not so in a room."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from drill.rehearsal import play
from engine.book import read_book, read_rehearsal
from engine.desk import opening_of
from engine.graph import compile_graph
from engine.graph.binding import bound
from engine.lint import lint
from engine.plan import Book
from engine.store import memory_store
from engine.text import Text
from tests.content.book import REHEARSALS
from tests.content.other_site import NONE, ROOMS, SET_HERE, write
from tests.engine.records import Wall, entropy

SHIPPED = {"xu": "nie", "wang": "an", "li": "cao", "zhou": "dai", "zhao": "fu", "qian": "guo", "sun": "he"} | {
    "feng": "jin", "han": "kang", "chen": "liao", "luo": "bai", "deng": "mo", "ma": "ren", "yang": "ou",
}  # fmt: skip
"""Who does here what somebody of the shipped site does there."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("other"))


@pytest.fixture(scope="module")
def book(folder: Path) -> Book:
    read, faults = read_book(folder)
    assert read is not None and faults == []
    return read


def texts_of(thing: object) -> Iterator[Text]:
    """Every text in a value of the plan, however deep."""
    if isinstance(thing, Text):
        yield thing
    elif dataclasses.is_dataclass(thing):
        for one in dataclasses.fields(thing):
            yield from texts_of(getattr(thing, one.name))
    elif isinstance(thing, tuple | list):
        for one in thing:
            yield from texts_of(one)


def test_the_whole_book_lints_without_an_error_on_a_site_that_is_not_the_shipped_one(folder: Path) -> None:
    found = [one for one in lint(folder, date(2026, 11, 23)) if not one.advice]

    assert [f"{one.place}: {one.sentence('en')}" for one in found] == []


def test_every_word_of_an_example_is_gone_from_it(folder: Path) -> None:
    assert "placeholder" not in {one.rule for one in lint(folder, date(2026, 11, 23))}


def test_what_the_site_has_decided_is_what_the_plans_go_by(book: Book) -> None:
    known = {one.id: one for one in book.site.parameters}

    assert {name for name, one in known.items() if not one.at_default} == set(SET_HERE)


def test_every_text_is_said_with_the_values_of_each_room_and_nothing_with_those_of_the_shipped_site(
    book: Book,
) -> None:
    for plan in book.runbooks:
        graph, _ = compile_graph(plan, book.site, book.promises)
        assert graph is not None
        for room in ROOMS:
            steps = [replace(step, message=None) for step in bound(graph, room).steps.values()]
            assert [text for text in texts_of(steps) if "{{" in text.zh + text.en] == []
        said = [f"{text.zh} {text.en}" for text in texts_of(list(plan.steps))]
        assert [one for one in said if re.search(r"\b0851-\d|贵阳 A|Guiyang site", one)] == []


def test_a_room_without_chilled_water_sprinkler_or_ups_is_never_asked_for_their_plates(book: Book) -> None:
    leak = next(one for one in book.runbooks if one.id == "leak")
    facts = {one.id: one for one in next(room for room in book.site.rooms if room.id == "D2").facts}

    asked = {one.tag for one in leak.steps if one.tag is not None and one.only_when is None}
    assert "site.room.crac-tag" not in asked
    for count in ("crac-valves", "chw-valves", "sprinkler-zones", "ups-sets"):
        assert facts[count].number == 0


def test_whoever_reports_a_manual_panel_in_the_room_without_gas_is_led_to_no_start_and_told_so_first(
    book: Book,
) -> None:
    fire, _ = compile_graph(next(one for one in book.runbooks if one.id == "fire"), book.site, book.promises)
    assert fire is not None
    here = bound(fire, "D2").steps

    none = {"site.room.gas-tag", "site.room.bottles-tag", NONE[1]}
    assert {name for name, one in fire.steps.items() if one.tag in none} == {"gas-start", "gas-mechanical"}
    assert {here[name].only_when for name in ("gas-start", "gas-mechanical")} == {"site.room.gas-zones > 0"}
    assert here["gas-mode"].text.en.endswith("This room: none; no gas in this room")


def test_a_fire_in_the_room_without_gas_is_walked_to_its_end_there(tmp_path: Path, book: Book) -> None:
    script = (REHEARSALS / "fire-no-gas-late.yaml").read_text(encoding="utf-8")
    script = script.replace("site: demo", "site: changling").replace("room: A1", "room: D2")
    here = re.sub(r"(?<=[ :])([a-z]+)(?=[,}])", lambda one: SHIPPED.get(one[1], one[1]), script)
    found, faults = read_rehearsal(here.encode(), "here.yaml", book=book)
    assert found is not None and faults == []

    opening = replace(opening_of(book, "fire", room="D2", kind="H"), reported_at=found.reported_at)
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        came = play(found, opening, store, entropy(2))
    assert [f"{one.place}: {one.sentence('en')}" for one in came.faults] == []
