"""The drills of the shipped plan book: what each must have, and that each can be met, failed and repeated."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from drill.auto import Auto
from drill.scenario.facts import Mistake
from drill.scenario.values import After, At, Chance, Manual, Together, Trigger
from drill.scoring import score
from drill.trial import tried
from engine.run import in_order, replay
from engine.text import Text
from tests.drill import shipped
from tests.drill.elsewhere import said_elsewhere
from tests.drill.shipped import NAMES, fingerprint, outcomes, played, scenario

HAZARDS = ("leak", "outage", "network", "lightning", "fire")
IN_ANOTHER_PROCESS = ("leak-night", "fire-lithium")

WRONG = {
    "customer-cut": (("chen", "deng"), Mistake("same", answer="other"), "E4", "missed"),
    "customer-fault-bank": (("sun", "zhou"), Mistake("fixable", answer="customer"), "E5", "wrong"),
    "fire-lithium": (("zhao", "qian"), Mistake("all-off", skips=True), "E9", "missed"),
    "fire-two-supplies": (("zhao", "qian", "xu", "deng"), Mistake("hall-reset", skips=True), "E9", "missed"),
    "leak-night": (("zhao",), Mistake("close-upstream", skips=True), "E6", "missed"),
    "leak-sprinkler": (("feng", "han", "zhao", "qian"), Mistake("pipe-kind", answer="pipe"), "E6", "wrong"),
    "lightning-breaker": (("wang",), Mistake("branch-water", answer="no"), "E8", "wrong"),
    "lightning-typhoon": (("zhao", "qian"), Mistake("hot-open", skips=True), "E9", "missed"),
    "network-duct": (("sun", "zhou"), Mistake("layer", answer="optical"), "E2", "wrong"),
    "network-loop": (("sun",), Mistake("attack-kind", answer="ddos"), "E3", "wrong"),
    "outage-ice": (("zhao", "qian", "wang"), Mistake("tanker-state", answer="coming"), "E7", "wrong"),
    "outage-noon": (("feng", "han"), Mistake("lifts", answer="empty"), "E8", "wrong"),
}
"""By drill: who makes which mistake, and how which expectation comes out by it."""


def parts(trigger: Trigger) -> Iterator[Trigger]:
    yield trigger
    if isinstance(trigger, Together):
        for one in trigger.parts:
            yield from parts(one)


# --- what they are made of


def test_there_are_two_drills_for_each_hazard_and_two_for_the_report_of_a_customer():
    found = Counter(scenario(name).runbook for name in NAMES)

    assert found == dict.fromkeys([*HAZARDS, "customer-fault"], 2)


@pytest.mark.requirement("R12")
def test_every_kind_of_trigger_and_both_ways_to_join_them_are_used():
    used = {
        (type(part), part.all) if isinstance(part, Together) else type(part)
        for name in NAMES
        for inject in scenario(name).injects
        for part in parts(inject.trigger)
    }

    assert used == {At, After, Chance, Manual, (Together, True), (Together, False)}


@pytest.mark.parametrize("name", NAMES)
def test_each_has_two_complications_a_choice_for_the_trainer_and_what_ends_and_restores_it(name):
    one = scenario(name)

    assert sum(inject.complication for inject in one.injects) >= 2
    assert any(isinstance(inject.trigger, Manual) for inject in one.injects)
    assert len(one.stop_conditions) >= 2 and len(one.restore) >= 2
    assert one.notify


@pytest.mark.requirement("R43")
@pytest.mark.parametrize("name", NAMES)
def test_every_expectation_names_what_judges_it_with_class_target_limit_and_owner(name):
    judged = [one for one in scenario(name).expectations if one.by.kind != "evaluator"]

    assert all(one.by.what and one.grade and one.owner for one in judged)
    assert all(one.target is not None and one.limit is not None for one in judged)
    assert {"critical", "major", "normal"} <= {one.grade for one in judged}


@pytest.mark.requirement("R07")
@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_said_in_both_languages(name):
    one = scenario(name)
    said: list[Text | None] = [one.title, one.story, *one.stop_conditions, *one.restore]
    said += [
        getattr(o, part) for o in one.objectives for part in ("who", "given", "does", "standard", "effect")
    ]
    said += [getattr(i, part) for i in one.injects for part in ("title", "text", "expects", "hint", "sender")]
    said += [expected.text for expected in one.expectations]

    assert all(text.zh and text.en and text.zh != text.en for text in said if text and not text.en.isdigit())


# --- playing them


@pytest.mark.parametrize("name", NAMES)
def test_quick_people_meet_everything_and_who_does_nothing_fails(name):
    one = scenario(name)

    assert [fault.sentence("en") for fault in tried(one, shipped.stage(one)).faults] == []


@cache
def mistaken(name: str) -> Auto:
    """A drill of quick people of whom some make the mistake of the table."""
    people, mistake, _, _ = WRONG[name]
    return played(name, mistakes=dict.fromkeys(people, mistake))


@pytest.mark.parametrize("name", NAMES)
def test_a_mistake_of_one_of_them_is_found(name):
    _, _, expectation, outcome = WRONG[name]
    auto = mistaken(name)

    assert outcomes(auto)[expectation] == outcome
    assert score(auto.exercise.inputs()).verdict != "excellent"


@pytest.mark.requirement("R53")
@pytest.mark.requirement("R54")
@pytest.mark.parametrize("name", [name for name in NAMES if name not in IN_ANOTHER_PROCESS])
def test_the_same_seed_gives_the_same_bytes_in_another_time_zone_and_the_record_the_same_end(
    name, monkeypatch
):
    auto = mistaken(name)
    here = shipped.payloads(auto)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "America/St_Johns")
        time.tzset()
        there = shipped.payloads(mistaken.__wrapped__(name))
    time.tzset()

    assert here == there
    for desk in auto.desks.values():
        entries = in_order(desk.record.entries(desk.run_id))
        assert replay(desk.state.graph, desk.run_id, entries).steps == desk.state.steps


@pytest.mark.requirement("R54")
@pytest.mark.parametrize("name", IN_ANOTHER_PROCESS)
def test_neither_the_hash_seed_nor_the_time_zone_changes_a_byte(name):
    program = f"from tests.drill.shipped import fingerprint; print(fingerprint({name!r}))"

    assert said_elsewhere(program) == [fingerprint(name)]
