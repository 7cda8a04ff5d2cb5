"""'Why' says what the machine decided: by which rule, on which values, when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.acts import Given
from engine.desk import Desk, Surroundings, opening_of
from engine.journal import Moment
from engine.text import cells
from tests import stores
from tests.engine.records import entropy
from tests.tui.table import SITE, START, Typist, book_at
from tui import view
from tui.plain import Around, Walker
from tui.view import Looking

PLAN = """\
runbook: cooling
revision: 1
released: {by: li, at: 2026-11-01}
title: {zh: 制冷, en: cooling}
roles: {ENG: {zh: 工程师, en: engineer}}
readings:
  inlet: {label: {zh: 进风温度, en: inlet}, unit: "°C", min: 0, max: 90}
steps:
  - {id: look, do: {zh: 读温度, en: Read it}, role: ENG, record: inlet}
  - {id: again, lane: a, after: look, do: {zh: 再读, en: Read again}, role: ENG, record: inlet}
  - {id: rest, lane: b, after: look, wait: {zh: 等一等, en: Let it rest}, for: 10m}
  - {id: cool, lane: c, after: look, wait: {zh: 等它凉, en: Let it cool}, until: "inlet <= 27"}
  - {id: fans, lane: d, after: look, do: {zh: 加风扇, en: Fetch fans}, role: ENG, only_when: "inlet > 50"}
  - id: source
    lane: e
    after: look
    ask: {zh: 哪里来的, en: Where from}
    role: ENG
    answers: {crac: {zh: 空调, en: the CRAC}, roof: {zh: 屋顶, en: the roof}}
  - {id: valve, lane: e, after: source.crac, do: {zh: 关阀, en: Shut it}, role: ENG}
  - {id: after-valve, lane: e, after: valve, do: {zh: 擦干, en: Wipe}, role: ENG}
  - {id: tarp, lane: e, after: source.roof, do: {zh: 盖布, en: Cover it}, role: ENG}
  - {id: call, lane: f, after: look, do: {zh: 打电话, en: Call}, role: ENG, within: 3m, missed: call-boss}
  - {id: call-boss, lane: g, do: {zh: 打给领导, en: Call the boss}, role: ENG}
  - {id: close, after: all, do: {zh: 收尾, en: Close out}, role: ENG}
  - {id: shed, lane: h, after: hot, do: {zh: 降负荷, en: Shed load}, role: ENG}
watch:
  - {id: hot, when: "inlet > 35", until: "inlet <= 30"}
"""


class Run:
    """A run that went on by itself while one person read a temperature twice."""

    def __init__(self, folder) -> None:
        (folder / "site.yaml").write_text(SITE, "utf-8")
        (folder / "cooling.yaml").write_text(PLAN, "utf-8")
        self.now = START
        store = stores.memory(wall=self._moment, entropy=entropy(1))
        self.around = Surroundings(lambda: self.now, entropy(2), lambda person, pin: None)
        book = book_at(folder)
        self.desk = Desk.open_run(store, opening_of(book, "cooling", room="A1"), "li", self.around)
        self.desk.join(book.site.people[0], ("ENG",))
        self.does(1, "do", "look", values={"inlet": "40"})
        self.does(1, "answer", "source", answer="roof")
        self.passes(13)

    def _moment(self) -> Moment:
        return Moment(self.now, ("boot", (self.now - START) // timedelta(microseconds=1) * 1000), "ntp")

    def passes(self, minutes: int) -> None:
        for _ in range(minutes):
            self.now += timedelta(minutes=1)
            self.desk.settle()

    def does(self, minutes: int, verb: str, step: str, **given) -> None:
        self.passes(minutes)
        act = next(one for one in self.desk.possible() if one.key == (verb, step))
        self.desk.do(act, Given(**given))
        self.desk.settle()

    def why(self, step: str | None, language: str = "en") -> list[str]:
        look = Looking(self.desk.state, self.desk.now(), language, "li")
        lines = view.why_lines(look, step)
        assert [line for line in lines if cells(line) > 78] == []
        return [line.strip() for line in lines]


def unbroken(lines: list[str]) -> str:
    """Without spaces and line ends."""
    return "".join("".join(lines).split())


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def test_the_book_of_this_test_makes_the_machine_decide_everything_it_can(run):
    state = run.desk.state
    run.does(1, "do", "again", values={"inlet": "25"})

    ended = {name for name, one in state.steps.items() if one.last is not None and one.last.by == "clock"}
    assert (ended, state.steps["fans"].passed) == ({"rest", "cool"}, True)


@pytest.mark.requirement("E18")
def test_a_wait_that_the_clock_ended_says_rule_length_and_time(run):
    assert "14:11:00 rule rest.for: 10 min from 14:01:00 were over" in run.why("rest")
    assert "14:11:00 规则 rest.for：从 14:01:00 起等满了 10 分钟" in run.why("rest", "zh")


@pytest.mark.requirement("E18")
def test_a_wait_that_a_value_ended_says_the_condition_the_value_and_when_both_were(run):
    run.does(1, "do", "again", values={"inlet": "25"})
    lines = run.why("cool")
    at = lines.index("14:16:00 rule cool.until: 'inlet <= 27 °C' held")

    assert lines[at + 1] == "inlet <= 27 °C   25 °C   14:16:00   MET"


@pytest.mark.requirement("E18")
@pytest.mark.parametrize("reads_again", [False, True])
def test_a_step_that_was_passed_by_says_the_value_of_then_also_when_it_was_read_again(run, reads_again):
    if reads_again:
        run.does(1, "do", "again", values={"inlet": "55"})
    rule = "14:01:00 rule fans.only_when: 'inlet > 50 °C' did not hold, so it was passed by"
    value = "inlet > 50 °C   40 °C   14:01:00   NOT MET"

    assert unbroken([rule, value]) in unbroken(run.why("fans"))


@pytest.mark.requirement("E18")
def test_a_watch_that_a_value_raised_says_so_under_the_watch(run):
    lines = run.why("shed")
    at = lines.index("14:01:00 rule hot.when: 'inlet > 35 °C' held")

    assert lines[at + 1] == "inlet > 35 °C   40 °C   14:01:00   MET"
    assert "14:01:00 规则 hot.when：“进风温度 > 35 °C”成立" in run.why(None, "zh")


@pytest.mark.requirement("E18")
def test_a_watch_that_a_value_has_ended_says_so_too(run):
    run.does(1, "do", "again", values={"inlet": "25"})
    lines = run.why(None)
    at = lines.index("14:16:00 rule hot.until: 'inlet <= 30 °C' held")

    assert lines[at + 1] == "inlet <= 30 °C   25 °C   14:16:00   MET"


@pytest.mark.requirement("E18")
def test_a_step_that_a_limit_opened_says_whose_and_when(run):
    assert "14:04:00 rule call.within: the limit of 'Call' had passed" in run.why("call-boss")


@pytest.mark.requirement("E18")
@pytest.mark.parametrize("step", ["valve", "after-valve"])
def test_a_step_that_does_not_apply_says_which_answer_led_elsewhere_and_whose(run, step):
    said = "14:02:00 rule source.roof: 'Where from' was answered 'the roof' by 李明, so it does not apply"

    assert unbroken([said]) in unbroken(run.why(step))


@pytest.mark.requirement("E18")
def test_of_what_a_person_did_no_rule_is_told_and_line_mode_says_why_too(run):
    assert not [line for line in run.why("look") if "rule look" in line]

    typist = Typist(["?", ""])
    around = Around(has_pin=lambda _: False, keep=lambda _: "", go_to=lambda _: run.desk)
    walker = Walker(typist, run.desk, "en", around)
    walker.focus = "call-boss"
    walker.walk()
    typist.close()
    assert "rule call.within" in typist.seen
