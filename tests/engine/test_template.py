"""Message templates: what may stand in one, what is told of one that cannot be filled, and where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.book import read_book, read_file, read_promises
from engine.errors import Fault, Refused
from engine.messages import render
from engine.plan import Fact, Room
from engine.template import NAMES, fault_of, fill
from engine.text import Text
from tests.engine.build import SITE, T0, Device, graph, tell, text
from tests.hostile import HOSTILE

BOOK = Path(__file__).parents[1] / "fixtures" / "kinds"
SHIPPED = Path(__file__).parents[2] / "runbooks"


def place_of(template: str) -> tuple[int, int, str]:
    """Where a template of promises.yaml is at fault, and what is said of it."""
    lines = "".join(f"      {line}\n" for line in template.split("\n"))
    data = f"messages:\n  notice:\n    zh: 通知\n    en: |\n{lines}"
    [fault] = read_promises(data.encode(), "promises.yaml")[1]
    assert fault.rule == "bad-template"
    return fault.place.line, fault.place.column, fault.sentence("en")


@pytest.mark.parametrize(
    ("template", "line", "column", "said"),
    [
        ("Run {{ run.id }}\nof {{ plan.titel }}", 6, 13, "there is no value 'plan.titel'; did you mean"),
        ("{{ feed }}", 5, 10, "there is no value 'feed'"),
        ("a\n\n{{ run }}", 7, 10, "there is no value 'run'"),
        ("{% if run.level %}x", 5, 7, "the template cannot be read"),
        ("{{ run.id }", 5, 7, "the template cannot be read"),
        ("a\n{% for x in run.id %}{{ x }}{% endfor %}", 6, 7, "for has no place in a template"),
        ("{{ range(9) }}", 5, 7, "call has no place in a template"),
        ("{{ 'x' * 1000000000 }}", 5, 7, "mul has no place in a template"),
        ("{{ run.id|center(1000000000) }}", 5, 7, "center has no place in a template"),
        ("{{ plan.__class__ }}", 5, 10, "there is no value 'plan.__class__'"),
        ("{{ plan['id'] }}", 5, 10, "there is no value"),
        ("{% if false %}{{ run.nothing }}{% endif %}", 5, 24, "there is no value 'run.nothing'"),
        ("{% include 'x' %}", 5, 7, "include has no place in a template"),
        ("{% set x = 1 %}", 5, 7, "assign has no place in a template"),
    ],
)
def test_what_cannot_be_filled_is_told_at_its_place(template, line, column, said):
    found = place_of(template)

    assert found[:2] == (line, column)
    assert said in found[2]


def test_every_value_of_a_template_is_there_when_it_is_sent():
    device = Device(graph(tell("t"), site=SITE)).open()
    template = " ".join(f"{{{{ {name} }}}}" for name in NAMES if not name.startswith("site.room"))

    assert render(device.state, text(template), T0, "en").startswith("plan plan 1 s site H-20261122")


def write_book(folder: Path, message: str, rooms: str) -> list[Fault]:
    (folder / "site.yaml").write_text(f"site: demo\ntitle: {{zh: 站, en: site}}\nrooms:\n{rooms}")
    (folder / "promises.yaml").write_text(f"messages:\n  notice: {{zh: 通知, en: '{message}'}}\n")
    return read_book(folder)[1]


FEED = "    facts: {feed: {label: {zh: 断电点, en: feed}, says: {zh: 一层, en: floor 1}}}\n"


def test_a_message_is_filled_for_every_room(tmp_path):
    rooms = "  A1:\n    title: {zh: 甲, en: A1}\n" + FEED + "  A2: {title: {zh: 乙, en: A2}}\n"

    [fault] = write_book(tmp_path, "at {{ site.room.feed }}", rooms)

    assert (fault.rule, fault.place.line, fault.place.column) == ("room-lacks-value", 2, 31)


def test_values_that_cannot_be_used_as_the_message_does_are_told(tmp_path):
    [fault] = write_book(
        tmp_path, "{% if plan.revision > run.level %}x{% endif %}", "  A1: {title: {zh: 甲, en: A1}}\n"
    )

    assert fault.rule == "bad-template"
    assert (fault.place.line, fault.place.column) == (2, 24)


def test_a_message_of_a_step_is_checked_as_one_of_the_promises_is(tmp_path):
    file = tmp_path / "leak.yaml"
    file.write_text(
        "runbook: leak\nrevision: 1\ntitle: {zh: 漏水, en: leak}\nsteps:\n  - id: say\n    tell: customers\n"
        "    message: {zh: '{{ run.id }}', en: '{{ run.ID }}'}\n"
    )

    [fault] = read_file(file)[1]

    assert (fault.rule, fault.place.line, fault.place.column) == ("bad-template", 7, 43)


@pytest.mark.parametrize("folder", [BOOK, SHIPPED])
def test_every_message_of_the_books_can_be_filled(folder):
    assert [fault for fault in read_book(folder)[1] if fault.rule == "bad-template"] == []


@pytest.mark.parametrize("words", ["{{ run.id }}", "{% for x in y %}", "{# gone #}", "}}"])
def test_what_a_site_says_is_never_taken_for_a_template(words):
    fact = Fact("feed", text("feed"), words=Text(words, words))
    site = replace(SITE, rooms=(Room("A1", text("A1"), facts=(fact,)),))
    state = Device(graph(tell("t"), site=site)).state
    state.room = "A1"

    assert render(state, text("at {{ site.room.feed }}."), T0, "en") == f"at {words}."


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_template_is_filled_as_it_is_or_told_in_a_sentence(name):
    fault = fault_of(HOSTILE[name])

    if fault is None:
        assert fill(HOSTILE[name], {}, lambda value: None).split() == HOSTILE[name].split()
    else:
        assert fault.why.zh and fault.why.en and 0 <= fault.offset <= len(HOSTILE[name])


def test_a_message_that_cannot_be_filled_in_a_run_is_refused_in_one_sentence():
    state = Device(graph(tell("t"))).open().state

    with pytest.raises(Refused, match=r"site\.room\.feed"):
        render(state, text("at {{ site.room.feed }}"), T0, "en")
