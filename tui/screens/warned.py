"""Of which steps the whole warning was drawn here: before that nobody acts on them."""

from __future__ import annotations

from tui.frame.rows import Frame


class Warned:
    """Remembers which pages of a warning were drawn; at another size they are other pages."""

    def __init__(self) -> None:
        self._steps: set[str] = set()
        self._pages: set[tuple[str, int, int, int]] = set()

    def __contains__(self, step: object) -> bool:
        return step in self._steps

    def drew(self, step: str, page: int, size: tuple[int, int], shown: Frame) -> None:
        """That page of the card of a step stands on the screen."""
        self._pages.add((step, *size, page % max(shown.pages, 1)))
        if all((step, *size, one) in self._pages for one in range(shown.warned)):
            self._steps.add(step)

    def clear(self) -> None:
        """Nobody has read anything."""
        self._steps.clear()
        self._pages.clear()
