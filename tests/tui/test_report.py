"""The report of a run, made from the record alone."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from drill.case import case_of
from drill.scoring import score
from engine.acts import Act, Given
from engine.desk import Desk, opening_of
from engine.errors import Refused
from engine.journal import read_notes
from engine.report.html import page
from engine.report.markdown import document
from engine.report.sections import Paragraph, Report, Row, Section, Table, Timeline
from engine.run import in_order
from tests import stores
from tests.drill.small import SCENARIO, World, begun
from tests.engine.records import entropy
from tests.tui.past import drilled, handled, report_of_drill, report_of_run
from tests.tui.programs import environment, within
from tests.tui.table import KINDS, SHIPPED, book_at, opening_at
from tui.logbook import titles_of
from tui.reports.branches import coverage, ranges
from tui.reports.kept import kept
from tui.reports.speaking import Speaker
from tui.verbs.reporting import over_case


@pytest.fixture(scope="module")
def past():
    return drilled()


@pytest.fixture(scope="module")
def drill(past):
    return report_of_drill(*past)


@pytest.fixture(scope="module")
def real():
    return report_of_run(*handled())


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A store with the shipped drill, played by machine."""
    folder = tmp_path_factory.mktemp("played")
    told = within(folder, "drill", "leak-night", "--auto", "--seed", "7", "--json", "--book", SHIPPED)
    assert told.returncode == 0, told.stderr
    return folder


def chapter(report: Report, title: str) -> Section:
    return next(one for one in report.sections if one.title.en == title)


def words(section: Section) -> str:
    return " ".join(one.words.en for one in section.parts if isinstance(one, Paragraph))


def rows(section: Section) -> list[Row]:
    return [row for part in section.parts if isinstance(part, Table) for row in part.rows]


def cells_of(section: Section) -> list[list[str]]:
    return [[cell.en for cell in row.cells] for row in rows(section)]


def run_of(folder) -> str:
    listed = json.loads(within(folder, "runs", "--all", "--json").stdout)
    return next(str(one["run"]) for one in listed if one["kind"] == "D")


# --- a drill


@pytest.mark.requirement("R50")
def test_the_number_never_stands_without_what_it_was_made_of(drill, past):
    said = words(chapter(drill, "Result"))
    case = case_of(past[1], past[0].desk.run_id)
    number = score(case.inputs(case.ended_at)).number

    assert f"score {number}" in said
    assert "model gsr-1" in said and "seed 7" in said and "coverage" in said and "freeze 120 s" in said
    assert re.search(r"100 x \(0\.50 x done [\d.]+ \+ 0\.30 x in time [\d.]+ \+ 0\.20 x rated [\d.]+\)", said)
    assert "Failed at the gate: E2, unsafe-act" in said


@pytest.mark.requirement("R06")
def test_the_head_says_which_plan_and_scenario_and_that_they_are_those_that_were_sealed(drill, past):
    facts = dict(cells_of(chapter(drill, "At a glance")))
    opened = kept(past[1], past[0].desk.run_id).opened

    assert facts["Digest of the plan (SHA-256)"] == opened.graph
    assert facts["Runbook"].endswith("(spill, revision 3)")
    assert "those that were sealed" in facts["Seal"]
    assert facts["Form"].startswith("functional") and facts["Seed of chance"] == "7"


@pytest.mark.requirement("R24")
def test_every_freeze_is_printed_with_its_length_and_reason(drill):
    facts = dict(cells_of(chapter(drill, "At a glance")))

    assert facts["Frozen"].split("\n") == ["120 s in all", "T+00:04:00 for 2 min: somebody fell"]


def test_objectives_are_in_five_parts(drill):
    assert cells_of(chapter(drill, "Objectives, in five parts")) == [
        ["O1", "isolate", "the engineer", "at night", "finds the source", "10 minutes", "the water stops"]
    ]


def test_every_finding_names_what_shows_it_and_an_evaluators_word_its_reason(drill, past):
    found = {row[0]: row for row in cells_of(chapter(drill, "Findings"))}
    shown = {one.finding.id: one for one in past[0].findings()}

    assert found["E1"][4] == "late" and "the machine found met" in found["E1"][7]
    assert "only guessed from the door" in found["E1"][7]
    assert found["E2"][4] == "wrong" and shown["E2"].seen.hash[:12] in found["E2"][7]
    assert found["E3"][4] == "missed" and found["E3"][7] == "nothing in the record"
    tones = {row.cells[0].en: row.tone for row in rows(chapter(drill, "Findings"))}
    assert tones == {"E1": "plain", "E2": "alarm", "E3": "alarm"}


@pytest.mark.requirement("R49")
def test_the_proposed_rating_and_every_given_one_are_there_with_the_reason(drill):
    first, final = cells_of(chapter(drill, "Ratings"))

    assert first[1].startswith("U ") and first[2].startswith("M ")
    assert first[4] == "they found it in the end"
    assert final[2].startswith("U ") and "lead, final" in final[3]


def test_deviations_and_unsafe_acts_are_listed_and_an_unsafe_act_is_loud(drill):
    listed = cells_of(chapter(drill, "Deviations, unsafe acts and notes"))
    tones = [row.tone for row in rows(chapter(drill, "Deviations, unsafe acts and notes"))]

    assert [row[1] for row in listed] == ["deviation, moderate", "unsafe act", "finding, late"]
    assert tones == ["plain", "alarm", "plain"]


@pytest.mark.requirement("R19")
def test_what_was_not_exercised_is_listed_and_counted(drill):
    section = chapter(drill, "Not exercised")
    decision = next(row for row in cells_of(section) if row[2] != "-")

    assert re.search(r"(\d+) of (\d+) decisions were made, (\d+) of (\d+) branches taken", words(section))
    assert decision[2] and decision[3] and decision[2] != decision[3]
    assert "Injects that were not presented" in words(section)


@pytest.mark.requirement("R19")
def test_an_inject_that_was_not_presented_says_why(drill):
    standing = {row[1]: row[5] for row in cells_of(chapter(drill, "Injects"))}

    assert standing["a call"] == "skipped\nthe line is dead"
    assert standing["pressure"] == "the trainer did not give it"
    assert standing["a smell"] == "delivered"


def test_a_trigger_is_said_in_words_and_what_belongs_together_stands_in_brackets():
    when = "{any: [{manual: true}, {all: [{at: 2m}, {chance: 50}]}]}"
    exercise, store = begun(World(), SCENARIO.replace("{all: [{at: 2m}, {chance: 50}]}", when))
    exercise.start()
    exercise.end()
    said = {row[1]: row[3] for row in cells_of(chapter(report_of_drill(exercise, store), "Injects"))}

    assert said["luck"] == "when the trainer gives it, or (at T+00:02:00, and by chance, 50 %)"
    assert said["a smell"].startswith("30 s after '")


def test_the_timeline_holds_injects_marks_freezes_findings_and_acts(drill):
    (picture,) = [part for part in chapter(drill, "Timeline").parts if isinstance(part, Timeline)]
    shapes = {point.shape for lane in picture.lanes for point in lane.points}

    assert shapes == {"inject", "mark", "freeze", "act", "late", "wrong"}
    assert all(0 <= point.ms <= picture.length_ms for lane in picture.lanes for point in lane.points)
    (froze,) = [point for lane in picture.lanes for point in lane.points if point.shape == "freeze"]
    assert (froze.ms, froze.label.en) == (240_000, "2 min")


def test_a_mark_of_the_plans_own_is_said_by_the_step_that_brings_it():
    graph = opening_at(SHIPPED, "leak").graphs["leak"]
    [step] = [one for one in graph.steps.values() if "stopped" in one.marks]

    assert Speaker(titles_of(graph.to_bytes())).mark("stopped") == step.text


def test_what_nobody_filled_in_is_not_invented(drill):
    assert [row[1] for row in cells_of(chapter(drill, "Restore list"))] == ["not filled in"]


def test_a_checkpoint_can_be_read_back_out_of_either_form(drill):
    assert read_notes(page(drill)) == read_notes(document(drill)) != ()


@pytest.mark.requirement("R30")
def test_a_drill_is_marked_over_every_chapter_and_nothing_in_it_says_real(drill):
    made = page(drill)

    assert [one for one in re.findall(r"<h2>.*?</h2>", made) if "DRILL" not in one] == []
    assert [one for one in document(drill).splitlines() if one.startswith("#") and "DRILL" not in one] == []
    assert "实战 REAL" not in made and "REAL 实战" not in made


@pytest.mark.requirement("R27")
def test_there_is_no_report_of_a_drill_that_is_not_over():
    exercise, store = begun(World())
    exercise.start()

    with pytest.raises(Refused) as refused:
        over_case(store, exercise.desk.run_id)
    exercise.end("early", "rain")

    assert refused.value.id == "drill-not-over"
    assert over_case(store, exercise.desk.run_id).over


def test_coverage_counts_the_branches_that_were_taken(past):
    exercise, store = past
    found = coverage(exercise.desk.state.graph, in_order(store.entries(exercise.desk.run_id)))
    (source,) = [one for one in found.decisions if one.step == "source"]

    assert source.taken == ("roof",) and "crac" in source.others
    assert found.taken == sum(len(one.taken) for one in found.decisions) <= found.branches
    assert ranges([1, 2, 3, 5, 8, 9]) == "1-3, 5, 8-9"


# --- a real run


def test_a_real_run_says_what_was_passed_alone_what_is_open_and_which_promises_are_broken(real):
    passed = rows(chapter(real, "Not done as the plan says"))
    promised = {row.cells[0].en: (row.cells[1].en, row.tone) for row in rows(chapter(real, "Promises"))}

    assert [(row.cells[3].en, row.tone) for row in passed] == [("PASSED ALONE, nobody else agreed", "alarm")]
    assert promised["respond"] == ("BROKEN", "alarm")
    assert words(chapter(real, "At a glance")).startswith("STILL OPEN")


def test_a_voice_that_nobody_confirmed_is_said_to_be_so(real):
    (signed,) = rows(chapter(real, "Signatures"))
    listed = [row.cells[0].en for row in rows(chapter(real, "Left open"))]

    assert (signed.cells[4].en, signed.tone) == ("BY VOICE, NEVER CONFIRMED", "alarm")
    assert "VOICE NEVER CONFIRMED" in listed


def test_a_report_says_who_typed_both_voices_of_a_hold_at_one_device():
    desk, store = handled()
    act = next(one for one in desk.possible() if one.key == ("sign", "permit"))
    desk.do(Act("role"), Given(person="chen", role="ENG"))
    desk.do(act, Given(person="chen", role="ENG", strength="voice", channel="phone"))

    made = report_of_run(desk, store)

    both = "BOTH NAMES TYPED BY 李明 ALONE, at one device"
    assert [both in row.cells[4].en for row in rows(chapter(made, "Signatures"))] == [False, True]
    assert [
        row.tone for row in rows(chapter(made, "Everything that was done")) if both in row.cells[3].en
    ] == ["alarm"]


@pytest.mark.requirement("R30")
def test_a_real_run_is_marked_real_and_nowhere_a_drill(real):
    made = page(real)

    assert "实战 REAL" in made and "REAL 实战" in made
    assert "DRILL" not in made and "演练" not in made


# --- the verb


def test_the_report_needs_no_plan_book_and_a_file_we_name_says_what_it_is(played, tmp_path):
    run = run_of(played)
    env = environment(played, MUSTER_BOOK=str(tmp_path / "nowhere"))

    told = within(played, "report", run, "-o", tmp_path, env=env)
    printed = within(played, "report", f"E{run[1:]}", "--format", "md", env=env)

    assert (told.returncode, [one.name for one in tmp_path.iterdir()]) == (0, [f"DRILL-{run}.html"])
    number = json.loads(within(played, "score", run, "--json").stdout)["score"]
    assert "Leak at night" in printed.stdout and f"score {number}" in printed.stdout
    assert "Played by machine" in printed.stdout


def test_a_checkpoint_in_a_report_is_one_to_verify_against(played, tmp_path):
    (tmp_path / "r.html").write_text(within(played, "report", run_of(played)).stdout, "utf-8")

    told = within(played, "verify", "--since", tmp_path / "r.html")

    assert (told.returncode, "Agrees" in told.stdout or "agrees" in told.stdout) == (0, True), told.stdout


def test_a_run_that_a_drill_opened_has_a_report_that_says_drill():
    world = World()
    store = stores.memory(wall=world.moment, entropy=entropy(1))
    opening = replace(opening_of(book_at(KINDS), "smoke", room="A1"), kind="D")
    desk = Desk.open_run(store, opening, "li", world.around())
    made = report_of_run(desk, store)

    assert (made.mark.en, made.is_real) == ("DRILL 演练", False)
    assert "REAL" not in page(made)
