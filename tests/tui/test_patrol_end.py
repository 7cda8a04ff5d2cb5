"""A patrol that has ended owes no customer anything: it is called what it is, and there is nothing but to leave."""

from __future__ import annotations

import pytest

from engine.acts import Given
from tests.tui.screen_table import Seen, drive, session_at
from tests.tui.table import SITE, Table, table
from tui.locale import say
from tui.view import Looking, act_label, ending_lines, offers_of

ROUND = """\
runbook: round
revision: 1
released: {by: li, at: 2026-11-01}
title: {zh: 转一圈, en: one round}
roles: {ENG: {zh: 工程师, en: engineer}}
patrol: PERIOD
steps:
  - {id: air, do: {zh: 闻一闻, en: smell the air}, role: ENG}
"""


def walked(folder, period: str):
    (folder / "patrols").mkdir(exist_ok=True)
    (folder / "site.yaml").write_text(SITE, encoding="utf-8")
    (folder / "patrols" / "round.yaml").write_text(ROUND.replace("PERIOD", period), encoding="utf-8")
    return table(folder, "round", "li", kind="P")


def looks(at: Table, language: str) -> Looking:
    return Looking(at.desk.state, at.desk.now(), language, "li")


def end(at: Table):
    at.do("do", "air")
    act = next(one for one in at.desk.possible() if one.verb == "end")
    at.desk.do(act, Given(target="complete"))


@pytest.mark.parametrize(
    ("period", "language", "button", "said"),
    [
        ("daily", "zh", "结束巡检", "巡检已结束：完成。"),
        ("daily", "en", "End the patrol", "The patrol has ended: COMPLETE."),
        ("part", "zh", "结束本部分", "本部分已结束：完成。"),
        ("part", "en", "End this part", "This part has ended: COMPLETE."),
    ],
)
def test_its_end_is_called_the_end_of_a_patrol_or_of_a_part(tmp_path, period, language, button, said):
    with walked(tmp_path, period) as at:
        act = next(one for one in at.desk.possible() if one.verb == "end")
        label = act_label(looks(at, language), act)
        end(at)

        assert (label, ending_lines(looks(at, language))[1]) == (button, said)


def test_when_it_has_ended_no_word_to_a_customer_is_asked_for(tmp_path):
    with walked(tmp_path, "daily") as at:
        end(at)
        acts = at.desk.possible()

        assert "report" not in [act.verb for act in acts]
        # A note for whoever takes over is still written; Enter leaves.
        offered = offers_of(looks(at, "zh"), acts, None)
        assert [one.act.verb for one in offered if one.act is not None] == ["note"]


def test_on_the_screen_enter_then_asks_whether_to_leave(tmp_path):
    with walked(tmp_path, "daily") as at:
        end(at)

        async def script(seen: Seen):
            foot = seen.lines()[-1]
            await seen.keys("enter")
            return foot, seen.walk.glass.leaving

        foot, leaving = drive(lambda: session_at(at), script)

    assert foot.split()[:2] == ["Enter", say("key-leave", "zh")]
    assert leaving
