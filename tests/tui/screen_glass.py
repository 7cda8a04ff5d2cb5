"""A terminal that understands what the pen writes and nothing else: any other sequence is a fault."""

from __future__ import annotations

import re

from engine.text import cells
from tui.widgets.pen import NOTHING, Ink

_SEQUENCE = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])")


class Glass:
    """Cells with signs and inks."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self._cells = [[(" ", NOTHING)] * width for _ in range(height)]
        self._x = self._y = 0
        self._ink = NOTHING

    def feed(self, said: str) -> None:
        at = 0
        while at < len(said):
            found = _SEQUENCE.match(said, at)
            if found is not None:
                self._obey(found[2], found[1])
                at = found.end()
            else:
                self._put(said[at])
                at += 1
        assert self._ink == NOTHING, "a frame ends with plain colours"

    def seen(self, y: int) -> list[tuple[str, object]]:
        """A row; of a blank only its ground can be seen."""
        return [(sign, ink if sign.strip() else ink.ground) for sign, ink in self._cells[y]]

    def _obey(self, name: str, said: str) -> None:
        known = {
            "H": self._move_to,
            "X": self._erase,
            "C": self._go_right,
            "K": self._erase_rest,
            "m": self._colour,
        }
        known[name](said)

    def _put(self, sign: str) -> None:
        assert sign.isprintable(), repr(sign)
        width = cells(sign)
        if width == 0:
            known, ink = self._cells[self._y][self._x - 1]
            self._cells[self._y][self._x - 1] = (known + sign, ink)
            return
        assert self._x + width <= self.width, "nothing runs over the edge"
        row = self._cells[self._y]
        row[self._x : self._x + width] = [(sign, self._ink), *[("", self._ink)] * (width - 1)]
        self._x += width

    def _move_to(self, said: str) -> None:
        y, x = (int(part) for part in said.split(";")) if said else (1, 1)
        self._y, self._x = y - 1, x - 1

    def _erase(self, said: str) -> None:
        count = int(said)
        self._cells[self._y][self._x : self._x + count] = [(" ", self._ink._replace(bold=False))] * count

    def _go_right(self, said: str) -> None:
        self._x += int(said)

    def _erase_rest(self, said: str) -> None:
        self._erase(str(self.width - self._x))

    def _colour(self, said: str) -> None:
        codes = said.split(";") if said else ["0"]
        while codes:
            code = codes.pop(0)
            if code in ("38", "48"):
                whole = f"{code};{codes.pop(0)};{codes.pop(0)}"
                ink = self._ink
                self._ink = ink._replace(front=whole) if code == "38" else ink._replace(ground=whole)
            elif code == "0":
                self._ink = Ink()
            elif code in ("1", "22"):
                self._ink = self._ink._replace(bold=code == "1")
            elif code in ("7", "27"):
                self._ink = self._ink._replace(turned=code == "7")
            elif code[0] in "39" and len(code) == 2:
                self._ink = self._ink._replace(front=code)
            else:
                self._ink = self._ink._replace(ground=code)
