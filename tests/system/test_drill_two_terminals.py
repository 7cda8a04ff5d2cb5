"""A whole drill at two terminals, by keys alone: STARTEX, a card, an act, a freeze, ENDEX, judged, put away.

How soon one terminal shows what was done at the other is counted in turns of its own clock, which is painted
once a second: on a machine that has no time for the program both are late, and the count stays.
"""

from __future__ import annotations

import re

import pytest

from tests.tui.drill_terminals import a_second_later, begun, console, player
from tests.tui.programs import within
from tests.tui.ptys import Pty

CLOCK = re.compile(r"T\+\d\d:\d\d:\d\d")
WITHIN_TURNS = 4
"""One or two on a machine with time to spare; the record is read beside the clock, which may go on meanwhile."""


def turns_until(pty: Pty, *words: str) -> int:
    """How often the clock of that screen went on before the words stood there."""
    shown = [CLOCK.findall(pty.glass.text)]

    def there(seen: Pty) -> bool:
        clock = CLOCK.findall(seen.glass.text)
        if clock and clock != shown[-1]:
            shown.append(clock)
        return all(word in seen.glass.text for word in words)

    pty.until(there)
    return len(shown) - 1


def enter(pty: Pty, *, then: str) -> None:
    """Enter as a press of its own: sooner it would be the last one, held down or on its way."""
    a_second_later(pty)
    a_second_later(pty)
    pty.key("enter")
    pty.sees(then)


def answers(trainer: Pty, question: str, *keys: str, then: str) -> None:
    """What is typed once the console asks that."""
    trainer.sees(question)
    trainer.key(*keys, "enter")
    trainer.sees(then)


def acts_and_is_seen(one: Pty, trainer: Pty) -> int:
    """The player reads the depth and says so; how many turns later the console shows it."""
    enter(one, then="0 to 100")
    trainer.read(0)
    one.key("2", "enter")
    one.sees("[x]  1  look")
    return turns_until(trainer, "did 'look'")


@pytest.mark.requirement("R15")
@pytest.mark.requirement("R26")
@pytest.mark.requirement("R28")
@pytest.mark.requirement("R39")
def test_from_startex_to_the_score_trainer_and_player_see_each_other_within_a_second(tmp_path):
    with console(tmp_path, "spill-drill") as trainer:
        run = begun(trainer)
        with player(tmp_path, run, "li") as one:
            enter(one, then="Record depth")  # the first key only confirms the place
            trainer.sees("1 player online")
            trainer.key("down", "enter")
            trainer.sees("done: give 'a smell' now")
            card = turns_until(one, "a smell", "F4: acknowledge")
            one.key("f4")
            one.until(lambda seen: "F4: acknowledge" not in seen.glass.text)
            act = acts_and_is_seen(one, trainer)
            trainer.key("f5")
            one.sees("The drill is frozen")
            answers(trainer, "Why was it stopped", "t", "e", "a", then="done: say why")
            trainer.key("f5")
            answers(trainer, "why it goes on", "o", "n", then="done: resume")
            trainer.key("tab")
            trainer.sees("0  end the drill")
            trainer.key("0")
            answers(trainer, "how it ends", "1", then="a word on it")
            answers(trainer, "a word on it", "o", "k", then="done: end the drill")
            one.sees("ENDEX: the drill is over")
            judged_and_put_away(trainer)
    scored = within(tmp_path, "score", run).stdout

    assert max(card, act) <= WITHIN_TURNS
    assert "E1" in scored and "[met]" in scored and "gsr-1" in scored
    assert "freeze" in scored and "seed 1" in scored


def judged_and_put_away(trainer: Pty) -> None:
    """What ENDEX has cut off is judged, the objective rated, the valve ticked; then the drill is put away."""
    for _ in range(2):
        chooses(trainer, then="how did it come out")
        answers(trainer, "how did it come out", "1", then="what was seen")
        answers(trainer, "what was seen", "o", "k", then="done: judge")
    chooses(trainer, then="Enter agrees")
    answers(trainer, "Enter agrees", "1", then="done: rate")
    for done in ("evaluation done", "it is back", "close the drill"):
        chooses(trainer, then=f"done: {done}")


def chooses(trainer: Pty, *, then: str) -> None:
    """Enter on what matters most; F4 before it, so that it is a press of its own where no clock goes any more."""
    trainer.key("f4", "enter")
    trainer.sees(then)
