"""PINs: what is a good one, how many tries there are, and that nobody gets more of them by hurrying."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import Refused
from engine.people import CLOSED_FOR, TRIES, check_pin, set_pin
from engine.store import memory_store
from tests.engine.records import NOW, Wall, entropy, open_file

GOOD, WRONG = "482915", "000000"


def said_to(box, pin, now=NOW) -> str:
    """The id of the sentence with which a PIN is refused; "" when it is right."""
    try:
        check_pin(box, "li", pin, now)
    except Refused as refused:
        return refused.id
    return ""


@pytest.fixture
def box():
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        set_pin(store, "li", GOOD, entropy(3))
        yield store


def test_five_wrong_tries_close_it_for_a_minute_also_to_the_right_one(box):
    assert [said_to(box, WRONG) for _ in range(TRIES)] == ["pin-wrong"] * TRIES
    assert said_to(box, GOOD) == "pin-closed"
    assert said_to(box, GOOD, NOW + CLOSED_FOR - timedelta(seconds=1)) == "pin-closed"

    assert said_to(box, GOOD, NOW + CLOSED_FOR) == ""


def test_the_right_one_gives_all_tries_back_also_when_it_is_the_last_try(box):
    assert [said_to(box, WRONG) for _ in range(TRIES - 1)] == ["pin-wrong"] * (TRIES - 1)
    assert said_to(box, GOOD) == ""

    assert [said_to(box, WRONG) for _ in range(TRIES)] == ["pin-wrong"] * TRIES


def test_the_sentence_says_how_many_tries_are_left(box):
    left = []
    for _ in range(TRIES):
        with pytest.raises(Refused) as refused:
            check_pin(box, "li", None, NOW)
        left.append(refused.value.facts["left"])

    assert left == [4, 3, 2, 1, 0]


def test_who_has_no_pin_is_told_so_and_nothing_is_kept(box):
    with pytest.raises(Refused) as refused:
        check_pin(box, "wang", GOOD, NOW)

    assert (refused.value.id, box.pin("wang")) == ("pin-none", None)


def test_a_pin_that_is_changed_while_the_old_one_is_tried_stays_changed(box):
    class Changed:
        """A box in which somebody sets a new PIN between the try and what comes of it."""

        tries = 0

        def change_pin(self, person, change):
            self.tries += 1
            if self.tries == 2:
                set_pin(box, "li", "517390", entropy(4))
            return box.change_pin(person, change)

        def set_pin(self, pin):
            box.set_pin(pin)

    check_pin(Changed(), "li", GOOD, NOW)

    assert (said_to(box, GOOD), said_to(box, "517390")) == ("pin-wrong", "")


def test_who_tries_from_many_terminals_at_once_has_five_tries_all_the_same(tmp_path: Path):
    stores = [open_file(tmp_path, seed=1) for _ in range(8)]
    set_pin(stores[0], "li", GOOD, entropy(3))
    with ThreadPoolExecutor(len(stores)) as pool:
        told = pool.map(lambda store: [said_to(store, WRONG) for _ in range(3)], stores)
        said = [one for each in told for one in each]
    for store in stores:
        store.close()

    assert (said.count("pin-wrong"), said.count("pin-closed")) == (TRIES, 24 - TRIES)
