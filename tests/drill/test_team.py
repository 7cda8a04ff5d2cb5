"""What a team did and what each of them did: any of them, or all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from drill.crew.giving import SIMULATED
from engine.acts import Given
from tests.drill.small import SCENARIO, World, begun, does
from tui.scored import score_lines

TWO = SCENARIO.replace("ENG: li,", "ENG: [li, deng],")
ASKED = (
    "  - {{id: E4, objective: O1, text: {{zh: 签, en: signed}}, class: major, step: permit, owner: ENG, "
    "mode: {0}}}\n"
)


def signs(exercise, person, role):
    act = next(one for one in exercise.desk.possible() if one.key == ("sign", "permit"))
    exercise.desk.actor = person
    exercise.desk.do(act, Given(person=person, role=role, strength=SIMULATED))
    exercise.look()


def signed_by_one(mode):
    """Two engineers, of whom one signs the permit."""
    world = World()
    text = TWO.replace("stop_conditions:", ASKED.format(mode) + "stop_conditions:")
    exercise, _ = begun(world, text, trainer="trainer")
    exercise.start()
    does(exercise, "li", "do", "look", values={"depth": "2"})
    does(exercise, "li", "answer", "source", answer="crac")
    does(exercise, "zhao", "do", "valve")
    signs(exercise, "li", "ENG")
    world.passes(timedelta(minutes=1))
    signs(exercise, "zhao", "PWR")
    exercise.end()
    return exercise


@pytest.mark.requirement("R42")
@pytest.mark.parametrize(("mode", "outcome"), [("any", "met"), ("all", "missed")])
def test_one_of_two_who_fails_fails_all_and_not_any(mode, outcome):
    found = {one.finding.id: one for one in signed_by_one(mode).findings()}

    assert found["E4"].finding.outcome == outcome


@pytest.mark.requirement("R42")
def test_the_result_of_each_of_them_stands_beside_the_teams():
    exercise = signed_by_one("all")
    found = {one.finding.id: one for one in exercise.findings()}
    page = "\n".join(score_lines(exercise.case, exercise.findings(), exercise.inputs(), "en"))

    assert found["E4"].people == (("li", "met"), ("deng", "missed"))
    assert "李明  [met]" in page and "邓红  [missed]" in page
