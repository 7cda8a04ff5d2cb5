"""`muster lint` reads the drills of a book and plays them; `drill --check` looks at one before the day."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from tests.drill.small import BOOK, SCENARIO
from tests.tui.programs import within

HURRIED = SCENARIO.replace("step: look, target: 5m, limit: 10m", "step: look, target: 1s, limit: 2s")
RENAMED = SCENARIO.replace("when: {after: look,", "when: {after: looked,")


@pytest.fixture
def place(tmp_path):
    """A folder with the small book in it."""
    shutil.copytree(BOOK, tmp_path / "book")
    return tmp_path


def written(place, text):
    (place / "book" / "drills" / "spill-drill.yaml").write_text(text, "utf-8")
    return place


def lint(place, *words):
    return within(place, "lint", *(words or ("book",)), "--lang", "en")


def at(text, word):
    row = next(number for number, line in enumerate(text.splitlines()) if word in line)
    return f"{row + 1}:{text.splitlines()[row].index(word) + 1}"


def test_a_book_with_a_sound_drill_has_no_error(place):
    told = lint(place)

    assert told.returncode == 0
    assert "0 errors" in told.stdout


def test_a_trigger_on_a_renamed_step_is_an_error_of_the_book_at_its_line_and_column(place):
    told = lint(written(place, RENAMED))

    assert told.returncode == 1
    assert f"spill-drill.yaml:{at(RENAMED, 'looked')}: " in told.stdout
    assert "[undefined-moment]" in told.stdout


@pytest.mark.parametrize("target", ["book", "book/drills", "book/drills/spill-drill.yaml"])
def test_what_nobody_can_meet_is_found_by_playing_and_not_without(place, target):
    written(place, HURRIED)
    played, read = lint(place, target), lint(place, target, "--no-trials")

    assert (played.returncode, read.returncode) == (1, 0)
    assert "[expectation-unmeetable]" in played.stdout
    assert "unmeetable" not in read.stdout


def test_what_the_drills_do_not_exercise_is_advised_by_what_was_played_or_else_by_what_they_say(place):
    told = [
        json.loads(within(place, "lint", "book", "--json", *words).stdout) for words in ((), ("--no-trials",))
    ]
    said = [{one["en"] for one in faults if one["rule"] == "no-drill"} for faults in told]

    assert said[0] == said[1] == {"No drill covers the answer 'roof' of 'where from'."}


def test_a_drill_alone_is_read_with_the_book_it_lies_in(place):
    told = lint(written(place, RENAMED), "book/drills/spill-drill.yaml")

    assert (told.returncode, told.stdout.count("[undefined-moment]")) == (1, 1)


def test_both_rules_of_playing_are_explained(place):
    for rule in ("expectation-unmeetable", "idle-not-failed"):
        assert lint(place, "--explain", rule).stdout.startswith(f"{rule}: ")


# --- the dry check


def checked(place, *words):
    return within(
        place, "drill", "spill-drill", "--check", "--seeds", "4", "--book", "book", "--lang", "en", *words
    )


@pytest.mark.requirement("R18")
def test_the_dry_check_lists_injects_missing_roles_and_the_earliest_and_latest_end(place):
    plan = place / "book" / "spill.yaml"
    plan.write_text(
        plan.read_text("utf-8")
        .replace("    role: IC\n    takes: 1/2/3", "    role: [IC, UTIL]\n    takes: 1/2/3")
        .replace("roles: {IC:", "roles: {UTIL: {zh: 供电局, en: utility}, IC:"),
        "utf-8",
    )
    told = checked(place)

    assert told.returncode == 0, told.stderr
    ends = re.search(r"ends after (\S+) at the earliest, (\S+) as a rule, (\S+) at the latest", told.stdout)
    assert ends and ends[1] <= ends[2] <= ends[3] and ends[1] < ends[3]
    assert "nobody plays: utility" in told.stdout
    assert "(T+00:01:00; commander, screen; 4/4)" in told.stdout
    assert "30s after 'look'" in told.stdout and "T+00:02:00 and chance 50 %" in told.stdout
    assert "by the trainer" in told.stdout
    assert all(line.startswith("DRILL 演练") for line in told.stdout.splitlines())


@pytest.mark.requirement("R18")
def test_the_dry_check_tells_a_broken_name_with_file_and_line(place):
    told = checked(written(place, RENAMED))

    assert told.returncode == 1
    assert f"spill-drill.yaml:{at(RENAMED, 'looked')}" in told.stderr


@pytest.mark.requirement("R18")
@pytest.mark.requirement("R19")
def test_the_dry_check_says_which_branches_no_play_took_and_leaves_no_record(place):
    said = json.loads(checked(place, "--json").stdout)

    assert (said["plays"], len(said["ends_s"])) == (4, 4)
    assert "source.roof" in said["branches_not_taken"] and "source.crac" not in said["branches_not_taken"]
    assert {one["id"]: one["came"] for one in said["injects"]}["call"] == 4
    assert 0 < {one["id"]: one["came"] for one in said["injects"]}["luck"] < 4
    assert list(place.glob("*.db")) == []
