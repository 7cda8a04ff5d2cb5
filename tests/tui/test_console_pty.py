"""A trainer and a player at two terminals, two processes on one record: cards, acts, a kill, a real event."""

from __future__ import annotations

import signal

import pytest

from tests.tui.drill_terminals import a_second_later, begun, console, drill_clock, line_of, player
from tests.tui.programs import within
from tui.screens.working import POLL_S


@pytest.mark.requirement("R26")
@pytest.mark.requirement("R30")
def test_a_card_reaches_the_player_and_an_act_the_trainer_over_two_processes(tmp_path):
    with console(tmp_path, "spill-drill") as trainer:
        run = begun(trainer)
        with player(tmp_path, run) as one:
            a_second_later(one)  # sooner it would be an Enter that was on its way to something else
            one.key("enter")
            one.until(lambda seen: "The first key only" not in seen.glass.text)
            trainer.sees("1 player online")
            trainer.key("1", "enter")
            one.sees("pressure", "F4: acknowledge")
            one.key("f4")
            trainer.until(lambda seen: "read" in line_of(seen, "pressure"))
            one.until(lambda seen: "F4: acknowledge" not in seen.glass.text)
            shown = one.glass.text.splitlines()
            trainer.key("f5")
            one.sees("The drill is frozen")  # before anybody has typed why
            trainer.sees("Why was it stopped")
            trainer.key("t", "e", "a", "enter")
            one.sees("The drill is frozen: tea")

    assert POLL_S <= 0.5
    assert shown[0].count("DRILL") == 2


@pytest.mark.requirement("R21")
def test_a_trainer_whose_program_is_killed_comes_back_and_says_what_the_gap_was(tmp_path):
    with console(tmp_path, "spill-drill") as trainer:
        run = begun(trainer)
        trainer.until(lambda seen: drill_clock(seen) >= 3)
        trainer.process.send_signal(signal.SIGKILL)
        trainer.process.wait()
    for sign_of_life in (tmp_path / "here").glob("*-trainer-*.json"):
        sign_of_life.unlink()  # what was said last is then where the program was alive
    with console(tmp_path, run) as trainer:
        trainer.sees("The program was stopped for")
        trainer.key("enter")
        trainer.sees("script", "running  1x")
        after = trainer.glass.text.splitlines()[0]
    said = within(tmp_path, "log", run).stdout

    assert "T+00:00:0" in after
    assert "stopped; confirmed by the trainer" in said


@pytest.mark.requirement("E57")
@pytest.mark.requirement("R33")
def test_f9_twice_at_a_players_screen_stops_the_drill_and_opens_the_list_of_emergencies(tmp_path):
    with console(tmp_path, "spill-drill") as trainer:
        run = begun(trainer)
        with player(tmp_path, run, "li") as one:
            one.key("f9")
            one.sees("F9 again")
            a_second_later(one)  # sooner it would be the same press, held down
            one.key("f9")
            one.sees("a real event")
            trainer.sees("REAL EVENT: the drill is stopped")
    said = within(tmp_path, "log", run).stdout

    assert "真实事件 REAL EVENT" in said
    assert all(line.startswith("DRILL 演练") for line in said.splitlines())
