"""Reading a plan book: what good files become, and what is not said has the safe meaning."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from engine.book import bind, load_book, read_book
from engine.graph import compile_graph
from engine.plan import RESTORE, After, Back, Book, Runbook, Step, Takes
from engine.text import Text
from tests.engine.written_book import DO, EXAMPLE, HEAD, ROOT, plan, read, told


def steps_of(runbook: Runbook) -> dict[str, Step]:
    return {step.id: step for step in runbook.steps}


# --- good files


def test_the_example_of_the_language_has_no_fault(example: Book) -> None:
    leak = example.runbook("leak")

    assert leak is not None
    assert read_book(EXAMPLE)[1] == []
    assert compile_graph(leak, example.site, example.promises)[1] == []


def test_an_unquoted_comma_in_the_example_is_told_where_the_text_is_cut() -> None:
    text = (EXAMPLE / "leak.yaml").read_text()
    cut = text.replace('"Isolate from outside, lock, prove dead"', "Isolate from outside, lock, prove dead")

    assert told(read(cut)[1]) == [("text-cut", 67, 53)]


def test_the_shipped_book_has_no_fault() -> None:
    assert read_book(ROOT / "runbooks")[1] == []


def test_what_the_head_of_a_runbook_says_is_read_exactly(example: Book) -> None:
    leak = example.runbook("leak")
    assert leak is not None
    depth = next(reading for reading in leak.readings if reading.id == "depth")

    assert (leak.revision, leak.hazard, leak.released_by) == (5, "leak", "wang")
    assert (leak.released_at, leak.review_by) == (date(2026, 11, 1), date(2027, 6, 30))
    assert (depth.unit, depth.precision, depth.warn, depth.act) == ("cm", 1, "> 0", ">= 3")
    assert depth.fresh == depth.rise == timedelta(minutes=10)
    assert leak.goals == (("people", "headcount"), ("water", "depth"), ("cooling", "inlet"))
    assert [(rule.level, rule.when) for rule in leak.levels][:2] == [
        ("III", "depth > 0"),
        ("II", "depth >= 1"),
    ]
    assert leak.levels[-1].words == Text("水进入电池室", "water in the battery room")


def test_what_a_step_says_is_read_exactly(example: Book) -> None:
    leak = example.runbook("leak")
    assert leak is not None
    steps = steps_of(leak)

    assert [answer.id for answer in steps["source"].answers] == ["crac", "pipe", "unknown"]
    assert steps["source"].answers[2].back == Back("doorway", 2)
    assert [answer.id for answer in steps["megger"].answers] == ["met", "unmet"]
    assert [answer.id for answer in steps["entry-permit"].answers] == ["signed", "refused"]
    assert steps["megger"].answers[1].back == Back("dry", 3)
    assert steps["dead-permit"].answers == ()
    assert steps["isolate"].touches == (("FEED-WET", "off"),)
    assert steps["dry"].takes == Takes(Decimal(10), Decimal(30), Decimal(90))
    repeat = steps["cool-watch"].repeat
    assert repeat is not None and (repeat.every.length, repeat.until, repeat.until_is) == (
        timedelta(minutes=5),
        "re-energise",
        "step",
    )
    assert steps["power-up"].each == "circuits"
    assert steps["rearm"].lane == RESTORE


def test_texts_of_contact_tell_and_run_are_made_when_none_are_written() -> None:
    book = load_book(EXAMPLE)
    leak = book.runbook("leak")
    assert leak is not None
    text = HEAD + (
        "steps:\n  - {id: call, contact: PWR}\n  - {id: say, tell: customers}\n  - {id: hand, run: fire}\n"
        "  - {id: other, run: fire, says: {zh: 转入, en: Go over}}\n"
    )
    runbook, _ = read(text)
    assert runbook is not None

    titles = {one.id: one.title for one in book.runbooks}
    bound = bind(runbook, book.site, book.promises, titles)

    assert [step.text.en for step in bound.steps] == [
        "Reach the power",
        "Tell customers",
        "Run Machine-room fire",
        "Go over",
    ]
    assert bound.steps[0].text.zh == "联系 动力"


def test_every_scalar_is_text_first() -> None:
    runbook = plan(
        "  - id: first\n    ask: {zh: 是吗, en: Is it}\n    tag: 012\n    answers:\n"
        "      no: {zh: off, en: no}\n      on: {zh: '10:30', en: ~}\n"
    )
    step = runbook.steps[0]

    assert step.tag == "012"
    assert [answer.id for answer in step.answers] == ["no", "on"]
    assert [answer.says for answer in step.answers] == [Text("off", "no"), Text("10:30", "~")]


def test_numbers_are_decimals_with_every_digit_that_was_written() -> None:
    text = (
        HEAD.replace("unit: cm", "unit: cm, min: -0.10, max: 200.0")
        + "steps:\n  - {id: a, do: {zh: 做, en: Do}}\n"
    )
    runbook, faults = read(text)

    assert runbook is not None and faults == []
    assert str(runbook.readings[0].least) == "-0.10"
    assert runbook.readings[0].most == Decimal("200.0")


def test_a_book_of_one_language_takes_plain_strings() -> None:
    head = "runbook: one\nrevision: 1\ntitle: Leak\n"
    text = head + "steps:\n  - {id: a, do: Close it}\n  - {id: b, do: {en: Go}}\n"
    runbook, faults = read(text, languages=("en",))

    assert runbook is not None and faults == []
    assert [step.text for step in runbook.steps] == [Text("Close it", "Close it"), Text("Go", "Go")]


# --- what is not said has the safe meaning


def after_of(steps: str) -> dict[str, tuple[After, ...]]:
    return {name: step.after for name, step in steps_of(plan(steps)).items()}


def test_a_step_follows_the_one_above_it_in_its_lane() -> None:
    found = after_of(
        f"  - {{id: a, {DO}}}\n  - {{id: b, lane: side, after: a, {DO}}}\n  - {{id: c, {DO}}}\n"
        f"  - {{id: d, lane: side, {DO}}}\n"
    )

    assert found == {"a": (), "b": (After("a"),), "c": (After("a"),), "d": (After("b"),)}


def test_below_a_hold_that_may_be_refused_a_step_follows_the_signatures() -> None:
    found = after_of(
        f"  - {{id: a, hold: {{zh: 准, en: May}}, sign: [ENG, PWR], refused: no-entry}}\n"
        f"  - {{id: b, {DO}, ends: true}}\n  - {{id: no-entry, {DO}}}\n"
    )

    assert found == {"a": (), "b": (After("a", "signed"),), "no-entry": ()}


def test_steps_that_else_and_missed_lead_to_have_no_default_after() -> None:
    found = after_of(
        f'  - {{id: a, {DO}, expect: {{that: "depth < 1", else: c}}, within: 5m, missed: d}}\n'
        f"  - {{id: b, after: a.met, {DO}}}\n  - {{id: c, {DO}}}\n"
        f"  - {{id: d, {DO}}}\n  - {{id: e, after: all, {DO}}}\n"
    )

    assert (found["c"], found["d"]) == ((), ())


def test_only_the_first_main_step_and_an_empty_after_start_with_the_run() -> None:
    runbook = plan(
        f"  - {{id: a, {DO}}}\n  - {{id: b, lane: side, after: [], {DO}}}\n  - {{id: c, after: all, {DO}}}\n"
    )

    assert [step.starts for step in runbook.steps] == [True, True, False]
    assert [step.after_all for step in runbook.steps] == [False, False, True]


def test_safety_steps_and_steps_with_answers_are_never_deferred() -> None:
    runbook = plan(
        f"  - {{id: a, class: safety, {DO}}}\n  - {{id: b, {DO}}}\n  - {{id: c, defer: no, {DO}}}\n"
        f"  - {{id: d, defer: f, {DO}}}\n"
        "  - {id: e, ask: {zh: 吗, en: Is it}, answers: {x: {zh: 是, en: 1}, y: {zh: 否, en: 2}}}\n"
        f"  - {{id: f, {DO}}}\n"
    )

    assert [step.defer for step in runbook.steps] == [None, "end", None, "f", None, "end"]
