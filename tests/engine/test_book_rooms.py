"""The site, rehearsals, and tags that follow the room."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.book import read_rehearsal, read_runbook, read_site
from engine.plan import Book, Fact, Limit, Room, Site
from engine.text import Text
from tests.engine.written_book import DO, HEAD, REHEARSAL_FILE, SITE_TEXT, plan, read, told

# --- the site


def the_site() -> Site:
    site, faults = read_site(SITE_TEXT.encode(), "site.yaml")
    assert site is not None and faults == []
    return site


def test_a_limit_takes_its_length_from_the_site() -> None:
    steps = f"  - {{id: a, within: site.pause, every: site.pause, times: 2, {DO}}}\n"

    alone, bound = plan(steps).steps[0], plan(steps, site=the_site()).steps[0]

    assert alone.within == Limit(timedelta(), "pause")
    assert bound.within == Limit(timedelta(minutes=4), "pause")
    assert bound.repeat is not None and bound.repeat.every == Limit(timedelta(minutes=4), "pause")


def test_a_parameter_knows_whether_it_is_still_at_its_default() -> None:
    pause, warm = the_site().parameters

    assert (pause.length, pause.default, pause.at_default) == (
        timedelta(minutes=4),
        timedelta(minutes=3),
        False,
    )
    assert (warm.number, warm.unit, warm.at_default) == (Decimal(27), "C", True)


def test_a_site_value_in_a_condition_is_found_with_its_unit() -> None:
    text = HEAD + f'steps:\n  - {{id: a, only_when: "depth > site.warm", {DO}}}\n  - {{id: b, {DO}}}\n'

    assert read(text)[1] == []
    assert told(read(text, site=the_site())[1]) == [("units-differ", 9, 25)]


def test_a_site_without_groups_leaves_the_group_of_a_tell_open() -> None:
    assert plan("  - {id: a, tell: customers}\n", site=the_site()).steps[0].target == "customers"


# --- rehearsals


def test_a_rehearsal_is_read_exactly(example: Book) -> None:
    rehearsal, faults = read_rehearsal(REHEARSAL_FILE.encode(), "r.yaml", book=example)

    assert rehearsal is not None and faults == []
    assert rehearsal.reported_at.isoformat() == "2026-11-22T02:10:00+08:00"
    done, sign, answer, override, passing = rehearsal.script
    assert (done.verb, done.target, done.at, done.by) == ("done", "doorway", timedelta(minutes=3), "li")
    assert done.values == (("depth", "2"), ("headcount", "0"), ("circuits", ("QF-1", "QF-2")))
    assert (sign.verb, sign.by) == ("sign", "zhao")
    assert (answer.verb, answer.target, answer.answer) == ("answer", "source", "crac")
    assert (override.verb, override.target, override.answer) == ("override", "source", "pipe")
    assert (passing.verb, passing.at, passing.after) == (None, None, timedelta(days=1))
    assert str(answer.place) == "r.yaml:10:5"
    assert rehearsal.at_end.promises == (("respond", "kept"),)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("depth: 2", "depth: deep", ("bad-number", 8, 53)),
        ("source.crac", "source.crack", ("undefined-answer", 10, 30)),
        ("answer: pipe", "answer: pip", ("undefined-answer", 11, 50)),
        ("never: [close-riser]", "never: [close-risr]", ("undefined-step", 14, 9)),
        ("IC: wang", "IC: wnag", ("undefined-person", 6, 14)),
        ("{pass: 24h}", "{pas: 24h}", ("unknown-key", 12, 6)),
    ],
)
def test_a_rehearsal_names_only_what_is_there(
    before: str, after: str, fault: tuple[str, int, int], example: Book
) -> None:
    text = REHEARSAL_FILE.replace(before, after)

    assert fault in told(read_rehearsal(text.encode(), "r.yaml", book=example)[1])


# --- tags that follow the room


TAGGED = "steps:\n  - {id: a, do: {zh: 关阀, en: Close it}, tag: SAID, check_tag: true}\n"


COLUMN = TAGGED.splitlines()[1].index("SAID") + 1


LINE = HEAD.count("\n") + 2


@pytest.mark.requirement("E14")
@pytest.mark.parametrize(
    ("said", "rule", "hint"),
    [
        ("site.room.ryser", "undefined-value", "site.room.riser"),
        ("site.isolate-wiat", "undefined-value", "site.isolate-wait"),
        ("site.room.agent", "room-lacks-value", "A2"),
        ("site.room.ups", "not-a-tag", "words"),
        ("site.isolate-wait", "not-a-tag", "words"),
    ],
)
def test_a_tag_of_the_site_must_be_there_in_every_room_and_be_words(said: str, rule: str, hint: str) -> None:
    _, faults = read_runbook((HEAD + TAGGED.replace("SAID", said)).encode(), "t.yaml", site=TWO_ROOMS)

    assert told(faults) == [(rule, LINE, COLUMN)]
    assert hint in faults[0].sentence("en")


@pytest.mark.requirement("E14")
@pytest.mark.parametrize("said", ["V-12", "site.room.riser", "SITE.room.x"])
def test_a_tag_is_a_plate_or_the_words_of_a_room(said: str) -> None:
    runbook, faults = read_runbook((HEAD + TAGGED.replace("SAID", said)).encode(), "t.yaml", site=TWO_ROOMS)

    assert faults == [] and runbook is not None
    assert runbook.steps[0].tag == said


def fact(name: str, **value: Any) -> Fact:
    return Fact(name, Text(name, name), **value)


TWO_ROOMS = Site(
    "demo",
    Text("站", "site"),
    "UTC",
    ("zh", "en"),
    (
        Room(
            "A1",
            Text("A1", "A1"),
            facts=(
                fact("riser", words=Text("V-02", "V-02")),
                fact("ups", words=Text("一刻钟", "a quarter")),
                fact("agent", words=Text("七氟丙烷", "HFC")),
            ),
        ),
        Room(
            "A2",
            Text("A2", "A2"),
            facts=(fact("riser", words=Text("无", "none")), fact("ups", length=timedelta(minutes=20))),
        ),
    ),
    parameters=(fact("isolate-wait", length=timedelta(minutes=3)),),
)
