"""As much of a terminal as the tests look at: what stands in which cell, and which modes are on."""

from __future__ import annotations

import re
import unicodedata

_PART = re.compile(
    r"\x1b\[(?P<private>[<=>?]?)(?P<numbers>[\d;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b[]PX^_](?P<string>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b(?P<short>[^][PX^_])"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f-\x9f])"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
)

MARK = "777;"
"""What test programs write behind everything that a key has brought about."""


class Glass:
    """A screen of cells. What it does not know it keeps in `strange`."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.modes: set[str] = set()
        self.strange: list[str] = []
        self._rest = ""
        self._saved = (0, 0)
        self._wipe()

    def _wipe(self) -> None:
        self._cells = [[" "] * self.columns for _ in range(self.rows)]
        self._x = self._y = 0

    def resize(self, columns: int, rows: int) -> None:
        """The window changes its size; what does not fit is gone."""
        old = self._cells
        self.columns, self.rows = columns, rows
        self._cells = [[" "] * columns for _ in range(rows)]
        for y, line in enumerate(old[:rows]):
            self._cells[y][: min(len(line), columns)] = line[:columns]
        self._x, self._y = min(self._x, columns - 1), min(self._y, rows - 1)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row, counted from 1."""
        return self._x + 1, self._y + 1

    @property
    def lines(self) -> list[str]:
        return ["".join(line).rstrip() for line in self._cells]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def feed(self, text: str) -> None:
        """What the terminal was sent, cut anywhere."""
        text, at = self._rest + text, 0
        while at < len(text):
            found = _PART.match(text, at)
            if found is None:
                break  # a sequence whose rest has not come
            at = found.end()
            self._take(found)
        self._rest = text[at:]

    def _take(self, found: re.Match[str]) -> None:
        if found["text"] is not None:
            self._print(found["text"])
        elif found["control"] is not None:
            self._control(found["control"])
        elif found["final"] is not None:
            self._sequence(found)
        elif found["short"] in ("7", "8"):
            if found["short"] == "7":
                self._saved = (self._x, self._y)
            else:
                self._x, self._y = self._saved
        elif not (found["string"] or "").startswith(MARK):
            self.strange.append(found[0])

    def _print(self, text: str) -> None:
        for sign in text:
            if unicodedata.category(sign).startswith("M"):
                continue
            width = 2 if unicodedata.east_asian_width(sign) in "WF" else 1
            if self._x + width > self.columns:
                self._x = self.columns - width
            self._cells[self._y][self._x] = sign
            if width == 2:
                self._cells[self._y][self._x + 1] = ""
            self._x += width

    def _control(self, sign: str) -> None:
        if sign == "\r":
            self._x = 0
        elif sign == "\n":
            self._down()
        elif sign == "\b":
            self._x = max(self._x - 1, 0)
        elif sign != "\x18":
            self.strange.append(sign)

    def _down(self) -> None:
        if self._y + 1 < self.rows:
            self._y += 1
        else:
            self._cells = [*self._cells[1:], [" "] * self.columns]

    def _sequence(self, found: re.Match[str]) -> None:
        numbers = [int(one or 0) for one in re.split("[;:]", found["numbers"])]
        final, private = found["final"], found["private"]
        if private == "?" and final in "hl":
            self._mode(found["numbers"], on=final == "h")
        elif private or found["between"]:
            if final not in "pu":
                self.strange.append(found[0])
        elif final in "Hf":
            self._y = min(max(numbers[0], 1), self.rows) - 1
            self._x = min(max(numbers[1] if len(numbers) > 1 else 1, 1), self.columns) - 1
        elif final == "K":
            self._cells[self._y][self._x :] = [" "] * (self.columns - self._x)
        elif final == "X":
            end = min(self._x + max(numbers[0], 1), self.columns)
            self._cells[self._y][self._x : end] = [" "] * (end - self._x)
        elif final == "J":
            self._wipe()
        elif final not in "mn":
            self._move(final, max(numbers[0], 1), found[0])

    def _move(self, final: str, by: int, said: str) -> None:
        if final == "A":
            self._y = max(self._y - by, 0)
        elif final == "B":
            self._y = min(self._y + by, self.rows - 1)
        elif final == "C":
            self._x = min(self._x + by, self.columns - 1)
        elif final == "D":
            self._x = max(self._x - by, 0)
        elif final == "G":
            self._x = min(by, self.columns) - 1
        else:
            self.strange.append(said)

    def _mode(self, number: str, *, on: bool) -> None:
        (self.modes.add if on else self.modes.discard)(number)
        if number == "1049":
            self._wipe()
