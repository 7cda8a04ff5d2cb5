"""An option of `muster drill` that would do nothing is refused, in a sentence that says why."""

from __future__ import annotations

import pytest

from engine.errors import Refused
from tests.tui.programs import within
from tui.verbs.drill_options import Asked, must_fit

SCENARIO, RUN = Asked(is_run=False), Asked(is_run=True)


@pytest.mark.parametrize(
    ("asked", "option"),
    [
        (Asked(False, json=True), "--json"),
        (Asked(True, json=True), "--json"),
        (Asked(False, play=True, json=True), "--json"),
        (Asked(False, check=True, auto=True), "--auto"),
        (Asked(False, check=True, play=True), "--play"),
        (Asked(False, check=True, who=True), "--as"),
        (Asked(False, auto=True, play=True), "--play"),
        (Asked(False, auto=True, who=True), "--as"),
        (Asked(False, auto=True, seeds=True), "--seeds"),
        (Asked(False, auto=True, mark=True), "--from-mark"),
        (Asked(False, play=True, who=True), "--as"),
        (Asked(False, mark=True), "--from-mark"),
        (Asked(False, seeds=True), "--seeds"),
        (Asked(True, auto=True), "--auto"),
        (Asked(True, check=True), "--check"),
        (Asked(True, play=True), "--play"),
        (Asked(True, seed=True), "--seed"),
    ],
)
def test_what_does_nothing_is_refused_by_its_name(asked, option):
    with pytest.raises(Refused) as refused:
        must_fit(asked)

    assert refused.value.id == "option-does-nothing"
    for language in ("zh", "en"):
        said = refused.value.sentence(language)
        assert option in said and "{" not in said


@pytest.mark.parametrize(
    "asked",
    [
        SCENARIO,
        RUN,
        Asked(False, seed=True, who=True),
        Asked(False, check=True, seeds=True, seed=True, json=True),
        Asked(False, auto=True, seed=True, json=True),
        Asked(False, play=True, seed=True),
        Asked(True, who=True, mark=True),
    ],
)
def test_what_goes_together_is_taken(asked):
    must_fit(asked)


def test_json_without_a_result_is_said_on_the_command_line(tmp_path):
    told = within(tmp_path, "drill", "leak-night", "--json", "--lang", "en")

    assert told.returncode != 0
    assert "--json does nothing here" in told.stderr and told.stdout == ""
