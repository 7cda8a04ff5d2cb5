"""A question on a screen of 24 lines never stands there without what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from engine.plan import Book
from engine.text import Text
from tests.tui.table import KINDS, Bot, Typist, table
from tui.verbs.seating import choose

LANGUAGES = ("zh", "en")
HEIGHT = 24


class Seen(Bot):
    """Keeps, for every prompt, the screenful that somebody reads it on."""

    def __init__(self, *typed: str) -> None:
        super().__init__(self._next)
        self._typed = list(typed)
        self.screens: list[list[str]] = []

    @property
    def height(self) -> int:
        return HEIGHT

    def _next(self, prompt: str, shown: list[str]) -> str:
        self.screens.append(self.seen.split("\n")[-HEIGHT:])
        if not self._typed:
            raise KeyboardInterrupt
        return self._typed.pop(0)


def with_lines(count: int) -> Callable[[Book], Book]:
    """The step `cut` has so many lines to tick."""

    def alter(book: Book) -> Book:
        lines = tuple(Text(f"第 {at} 行", f"line {at}") for at in range(1, count + 1))
        kinds, *others = sorted(book.runbooks, key=lambda one: one.id != "kinds")
        steps = tuple(replace(one, check=lines) if one.id == "cut" else one for one in kinds.steps)
        return replace(book, runbooks=(replace(kinds, steps=steps), *others))

    return alter


def asked(language: str, *typed: str, **given: Any) -> Seen:
    """What is on the screen at each question when this is typed; the last is left unanswered."""
    with table(KINDS, "kinds", "li", **given) as at:
        at.do("entry", "entry.0", answer="yes")
        terminal = Seen(*typed)
        at.walker(terminal, language).do(next(one for one in at.desk.possible() if one.key == ("do", "cut")))
        return terminal


@pytest.mark.parametrize(
    ("language", "title"), [("zh", "断开馈线：完成本步"), ("en", "Open the feeder: Done")]
)
def test_a_question_whose_step_has_scrolled_off_says_again_what_it_is_about(language, title):
    screen = asked(language, alter=with_lines(25)).screens[-1]

    assert title in screen[-2]


@pytest.mark.parametrize(
    ("language", "title"), [("zh", "断开馈线：完成本步"), ("en", "Open the feeder: Done")]
)
def test_a_question_under_its_step_says_it_only_once(language, title):
    screen = asked(language, alter=with_lines(3)).screens[-1]

    assert title not in "\n".join(screen)


@pytest.mark.parametrize(("language", "title"), [("zh", "全部步骤"), ("en", "Every step")])
def test_every_page_of_a_list_stands_under_its_title(language, title):
    with table(KINDS, "kinds", "li") as at:
        at.do("entry", "entry.0", answer="yes")
        terminal = Typist(["m", "", ""])
        at.walker(terminal, language).walk()
        terminal.close()
    pages = terminal.seen.split("Enter = next page" if language == "en" else "回车 = 下一页")[:3]

    assert [page.count(title) for page in pages] == [1, 1, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_to_choose_from_that_is_higher_than_the_screen_has_its_title_where_it_is_answered(language):
    rows = [(str(at), f"room {at}") for at in range(1, 31)]
    terminal = Seen("3")

    assert choose(terminal, "WHERE", rows, language) == "3"
    assert "WHERE" in terminal.screens[-1][-2]
