"""The screens as they are kept: sizes, languages, 7 bits; and what holds of every one of them."""

from __future__ import annotations

import pytest

from engine.text import cells
from tests.tui.screen_scenes import GOLDEN, every_golden

KEPT = every_golden()


@pytest.mark.parametrize("name", KEPT)
def test_a_screen_is_what_it_was_and_fits_its_window(name):
    drawn = KEPT[name]()

    assert drawn == (GOLDEN / name).read_text("utf-8")
    columns, rows = (int(part) for part in name.split("-")[-2].split("x"))
    lines = drawn.split("\n")[:-1]
    assert len(lines) == rows
    assert max(cells(line) for line in lines) <= columns


def test_every_kept_screen_is_still_drawn():
    assert {file.name for file in GOLDEN.glob("screen-*.txt")} == set(KEPT)


def test_the_same_regions_stand_in_the_same_rows_whatever_is_in_them():
    for size in ("80x24", "100x30"):
        for language, keys, watch in (("zh", " Enter ", " 监视"), ("en", " Enter ", " watch")):
            for scene in ("opening", "step", "decision", "late"):
                lines = (GOLDEN / f"screen-{scene}-{size}-{language}.txt").read_text("utf-8").split("\n")[:-1]
                assert lines[-1].startswith(keys)
                assert lines[-4].startswith(watch)
                assert next(row for row, line in enumerate(lines) if line.startswith(" > ")) in (
                    (7, 8) if size == "80x24" else (8, 9)
                )


def test_in_seven_bits_nothing_else_is_sent():
    assert (GOLDEN / "screen-late-80x24-ascii.txt").read_text("utf-8").isascii()


def test_our_own_drawing_is_in_seven_bits_without_being_asked():
    kept = (GOLDEN / "screen-late-80x24-en.txt").read_text("utf-8")

    assert {sign for sign in kept if not sign.isascii()} <= set("实战李明王强陈静赵刚中文没有钥匙“”")


@pytest.mark.requirement("E5")
@pytest.mark.parametrize("name", [name for name in KEPT if "home" not in name and "small" not in name])
def test_identity_place_time_person_and_record_stand_on_every_screen(name):
    head = "\n".join((GOLDEN / name).read_text("utf-8").split("\n")[:3])

    wanted = ("实战 REAL", "步", "已记录") if "-zh" in name else ("REAL", "step ", "saved")
    assert all(word in head for word in (*wanted, "kinds r1", "T+00:", "14:"))
    if "ascii" not in name:
        assert "李明" in head
