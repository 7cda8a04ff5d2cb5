"""Looking around: the lists, their pages, how much of a card and whose steps are shown. Looking is not moving."""

from __future__ import annotations

from tui import view
from tui.frame.around import names_listed
from tui.frame.glass import PAGE_STEPS
from tui.screens.listing import ListingScreen

FAR = 100_000
"""More steps than any plan has."""

MOVES = {"up": -1, "down": 1, "first": -FAR, "last": FAR}
"""How far a key goes in a list."""


class LookingScreen(ListingScreen):
    """Somebody who looks around in a run; nothing of it is recorded, and the step in front stays."""

    def _card(self) -> None:
        """Back to the current step; there, the card of a drill that is shown is acknowledged."""
        glass = self.glass
        if glass.cards and glass.panel == "step" and glass.looking is None:
            self._acknowledge(glass.cards[0].alarm)
        else:
            self._back()

    def _names(self) -> list[str]:
        """The steps of the list."""
        return names_listed(self.look, self.current(), mine=self.glass.mine)

    def _at(self) -> int:
        """The row of the list of steps that is marked."""
        names, glass = self._names(), self.glass
        if glass.at is not None:
            return min(glass.at, len(names) - 1)
        step = glass.looking or self.current()
        return names.index(step) if step in names else 0

    def look_at_marked(self) -> None:
        """The card of the step that is marked in the list."""
        glass = self.glass
        glass.looking, glass.panel, glass.page, glass.typed = self._names()[self._at()], "step", 0, ""

    def find_step(self, digit: str) -> None:
        """A digit of the number of a step: its row is marked in the list of steps. It never acts."""
        glass = self.glass
        number = int((glass.typed + digit)[-3:])
        names = list(self.desk.state.graph.steps)
        if not 0 < number <= len(names):
            self.say("screen-no-step", number=number, last=len(names))
            glass.typed = ""
            return
        wanted = names[number - 1]
        glass.mine = glass.mine and wanted in self._names()
        glass.panel, glass.page, glass.typed = "steps", 0, str(number)
        glass.at = self._names().index(wanted)

    def moves(self, does: str) -> bool:
        """Whether the key goes up or down."""
        by = MOVES.get(does)
        if by is not None:
            self._move(by)
        return by is not None

    def _move(self, by: int) -> None:
        glass = self.glass
        if glass.panel == "acts":
            self.move_row(by)
        elif glass.panel in ("why", "keys"):
            glass.page = min(max(glass.page + (1 if by > 0 else -1), 0), self._pages - 1)
        else:
            at = min(max(self._at() + by, 0), len(self._names()) - 1)
            glass.panel, glass.at, glass.typed = "steps", at, ""

    def _turn(self) -> None:
        """The next page of a card or a list; it never acts."""
        if self._pages > 1:
            self.glass.page = (self.glass.page + 1) % self._pages
        elif self.glass.panel == "steps":
            self._move(PAGE_STEPS)

    def _page_down(self) -> None:
        if self._pages > 1:
            self._turn()
        else:
            self._move(PAGE_STEPS)

    def _page_up(self) -> None:
        if self._pages > 1:
            self.glass.page = (self.glass.page - 1) % self._pages
        else:
            self._move(-PAGE_STEPS)

    def _steps(self) -> None:
        """Every step, the one in front marked; the same key closes it."""
        if self.glass.panel == "steps":
            self._back()
        else:
            self.glass.at = self._at()
            self.glass.panel, self.glass.page = "steps", 0

    def _why(self) -> None:
        glass = self.glass
        glass.panel, glass.page = ("step" if glass.panel == "why" else "why"), 0

    # --- less and more

    def _less(self) -> None:
        """In the list of steps only one's own; a card without its longer text."""
        if self.glass.panel == "steps":
            self._list_mine(True)
        elif self.glass.panel == "step":
            self._show_whole(False)

    def _more(self) -> None:
        """Every step; the whole card."""
        if self.glass.panel == "steps":
            self._list_mine(False)
        elif self.glass.panel == "step":
            self._show_whole(True)

    def _list_mine(self, mine: bool) -> None:
        """The marked step stays marked where it is still listed, else the one in front is."""
        glass, marked = self.glass, self._names()[self._at()]
        glass.mine = mine
        names = self._names()
        glass.at = names.index(marked) if marked in names else None

    def _show_whole(self, whole: bool) -> None:
        """Of one step: whoever knows the act by heart needs its line, with warning, tag, limits and values."""
        glass, step = self.glass, self.glass.looking or self.current()
        one = self.desk.state.graph.steps.get(step or "")
        if one is None or not view.has_more(one):
            self.say("screen-no-more")
        elif whole:
            glass.short.discard(one.id)
        else:
            glass.short.add(one.id)
        glass.page = 0

    # --- help

    def _keys(self) -> None:
        """What every key does; the same key closes it."""
        glass = self.glass
        glass.panel, glass.page = ("step" if glass.panel == "keys" else "keys"), 0
