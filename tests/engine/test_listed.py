"""Steps as they are listed in a file: their order there decides nothing, and two are two."""

from __future__ import annotations

import random

import pytest

from engine.book import read_runbook
from engine.events import AnswerGiven, RunOpened, SignedOff, StepDone
from tests.engine.build import Device, compiled

# --- the order of the file

HEAD = (
    "runbook: mixed\nrevision: 1\ntitle: {zh: 混, en: mixed}\nroles: {ENG: {zh: 工, en: engineer}}\nsteps:\n"
)
ROWS = (
    "  - {id: a, after: [], do: {zh: 甲, en: a}}\n",
    "  - {id: q, after: a, ask: {zh: 问, en: q}, answers: {yes: {zh: 是, en: y}, no: {zh: 否, en: n}}}\n",
    "  - {id: b, after: q.yes, do: {zh: 乙, en: b}, marks: recovered}\n",
    "  - {id: c, after: q.no, do: {zh: 丙, en: c}}\n",
    "  - {id: d, after: [b, c], hold: {zh: 丁, en: d}, sign: ENG}\n",
    "  - {id: side, lane: side, after: a, do: {zh: 旁, en: side}, every: 5m, until: recovered}\n",
    "  - {id: alone, lane: other, after: [], do: {zh: 另, en: alone}}\n",
    "  - {id: close, after: all, do: {zh: 收, en: close}}\n",
)


def walked_in_order(rows: list[str]) -> list[dict[str, str]]:
    """Where every step stands after each event of one walk, for a file that lists its steps like this."""
    runbook, faults = read_runbook((HEAD + "".join(rows)).encode(), "mixed.yaml")
    assert runbook is not None and faults == []
    device = Device(compiled(runbook))
    device.record(RunOpened("mixed", 1, "", ()))
    walk = [device.places()]
    answered, signed = AnswerGiven("q", "yes"), SignedOff("d", "li", "ENG", "hold", "pin")
    said = [StepDone("alone"), StepDone("a"), StepDone("side", 1), answered, StepDone("b"), signed]
    for event in [*said, StepDone("d"), StepDone("close")]:
        device.record(event)
        walk.append(device.places())
    return [dict(sorted(places.items())) for places in walk]


@pytest.mark.parametrize("seed", range(30))
def test_steps_that_say_what_they_come_after_may_stand_in_any_order_in_the_file(seed: int) -> None:
    rows = list(ROWS)
    random.Random(seed).shuffle(rows)

    assert walked_in_order(rows) == walked_in_order(list(ROWS))


# --- what two must do


def faults_in(*rows: str) -> list[tuple[str, int]]:
    """The rules that these steps break, and in which line from the first of them."""
    data = (HEAD.replace("mixed", "two") + "".join(f"  - {row}\n" for row in rows)).encode()
    return [(one.rule, one.place.line - HEAD.count("\n")) for one in read_runbook(data, "two.yaml")[1]]


def test_a_hold_that_may_never_be_passed_alone_has_two_signers() -> None:
    assert faults_in("{id: h, hold: {zh: 关, en: h}, sign: ENG, never_alone: true}") == [("few-signers", 1)]
    assert faults_in("{id: h, hold: {zh: 关, en: h}, sign: ENG}") == []


def test_a_role_is_listed_once_among_the_signers() -> None:
    assert faults_in("{id: h, hold: {zh: 关, en: h}, sign: [ENG, ENG]}") == [("listed-twice", 1)]


def test_what_nobody_does_with_their_hands_or_decides_cannot_be_done_by_two() -> None:
    waits = "{id: w, wait: {zh: 等, en: w}, for: 5m, never_alone: true}"
    acts = "{id: a, do: {zh: 做, en: a}, never_alone: true}"

    assert faults_in(waits) == [("key-not-here", 1)]
    assert faults_in(acts) == []
