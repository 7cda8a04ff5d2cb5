"""One commander alone at one screen, who does nothing but what stands in front: people come before papers."""

from __future__ import annotations

from engine.acts import current_step
from engine.events import AnswerGiven, PersonJoined, RoleTaken, RunOpened, StepDone, WatchRaised
from tests.content import book
from tests.engine.build import Device

STEPS = 60
"""More than any of these plans needs before everybody is known to be out."""


def alone(plan: str, answers: dict[str, str], *, raised: str = "") -> list[str]:
    """The steps in the order in which they stood in front; `raised` is a watch that comes when three are done."""
    device = Device(book.graph(plan), actor="wang")
    device.record(RunOpened(plan, 1, "", ()), PersonJoined("wang", "王强"), RoleTaken("IC", "wang"))
    stood = list[str]()
    for count in range(STEPS):
        if raised and count == 3:
            device.record(WatchRaised(raised))
        name = current_step(device.state, "wang", device.now)
        assert name is not None
        stood.append(name)
        step = device.state.steps[name].step
        if not step.decides:
            device.record(StepDone(name))
            continue
        device.record(AnswerGiven(name, answers.get(name, step.answers[0].id)))
    return stood


def before(stood: list[str], first: str, *later: str) -> bool:
    """Whether all of the later ones stood in front behind the first."""
    return all(stood.index(first) < stood.index(one) for one in later if one in stood)


def test_in_a_fire_nobody_is_told_anything_but_119_before_it_is_asked_who_is_still_inside():
    stood = alone("fire", {"first-word": "seen", "small": "leave", "inside": "clear"})

    assert stood[:6] == ["first-word", "fire-declared", "fire-119", "small", "fight-leave", "sweep"]
    assert before(stood, "inside", "reach-ic", "declare", "sitrep", "first-notice", "key-customers", "shift")


def test_in_a_fire_the_air_the_gas_and_the_heads_come_before_every_notice():
    stood = alone("fire", {"first-word": "seen", "small": "leave", "inside": "clear", "gas-mode": "gone"})

    for first in ("exits", "hvac-off", "dampers", "gas-mode", "gas-out", "muster"):
        assert before(stood, first, "reach-ic", "declare", "sitrep", "first-notice", "key-customers", "shift")


def test_gas_that_has_to_be_started_by_hand_is_started_before_any_paper():
    answers = {"first-word": "seen", "small": "leave", "inside": "clear", "gas-mode": "manual"}
    stood = alone("fire", answers | {"discharged": "no", "discharged-late": "no"})

    for first in ("gas-start", "gas-mechanical", "stay-out"):
        assert before(stood, first, "declare", "sitrep", "first-notice")


def test_whoever_is_still_inside_is_fetched_before_any_paper():
    stood = alone(
        "fire", {"first-word": "seen", "small": "leave", "inside": "someone", "rescue-result": "out"}
    )

    assert before(stood, "rescue-result", "declare", "sitrep", "first-notice", "key-customers")


def test_in_a_thunderstorm_everybody_is_in_and_warned_before_a_notice_is_written():
    stood = alone("lightning", {"how": "strike"})

    assert before(stood, "roof-shut", "reach-pwr", "reach-ic", "declare", "sitrep", "first-notice")
    assert before(stood, "heads", "indoors")


def test_at_a_leak_the_water_is_measured_from_the_door_before_a_notice_is_written():
    stood = alone("leak", {"confirm": "wet"})

    assert before(stood, "arrive", "doorway")
    assert not {"sitrep", "first-notice", "doors"} & set(
        stood[stood.index("arrive") : stood.index("doorway")]
    )


def test_whoever_was_shocked_is_touched_by_nobody_and_then_helped_before_anything_else():
    stood = alone("leak", {"confirm": "wet"}, raised="shock")

    assert stood[3:7] == ["shock-epo", "shock-120", "shock-dead", "shock-aid"]


def test_a_commander_with_people_at_their_own_terminals_keeps_what_is_the_commanders():
    device = Device(book.graph("fire"), actor="wang")
    device.record(RunOpened("fire", 1, "", ()))
    for person, role in (("wang", "IC"), ("li", "ENG"), ("feng", "SEC"), ("sun", "MON")):
        device.record(PersonJoined(person, person), RoleTaken(role, person), by=person)
    device.record(AnswerGiven("first-word", "seen"), StepDone("fire-declared"), StepDone("fire-119"))
    device.record(AnswerGiven("reach-ic", "reached"))

    assert current_step(device.state, "wang", device.now) == "declare"
    assert current_step(device.state, "li", device.now) == "small"
