"""Turns lines into the fewest bytes that bring a terminal from what it shows to what it should show.

The terminal library paints a changed region by sending its line again from the left edge; ten times the bytes
on a serial line. Here a frame is: move, change of colour, signs; colours are sent only as far as they differ,
and blanks are erased where the terminal fills them with the ground.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.color import Color, ColorType
from rich.style import Style
from textual.strip import Strip

from engine.text import cells

GAP = 6
"""Painting this many unchanged cells costs less than moving over them."""

BLANKS = 10
"""From so many blanks in a row on they are erased rather than sent."""


class Ink(NamedTuple):
    """How a cell is coloured, in the codes of the terminal."""

    front: str = "39"
    ground: str = "49"
    bold: bool = False
    turned: bool = False


Cell = tuple[str, Ink]
"""A sign and its ink; the second cell of a wide sign holds an empty one."""

NOTHING = Ink()


def cells_of(strip: Strip) -> list[Cell]:
    """A line, cell by cell."""
    found: list[Cell] = []
    for segment in strip:
        ink = ink_of(segment.style)
        if segment.text.isascii():
            found += [(sign, ink) for sign in segment.text]
            continue
        for sign in segment.text:
            width = cells(sign)
            if width == 0 and found:
                found[-1] = (found[-1][0] + sign, found[-1][1])
                continue
            found.append((sign, ink))
            found.extend([("", ink)] * (width - 1))
    return found


_INKS: dict[Style | None, Ink] = {}


def ink_of(style: Style | None) -> Ink:
    """A style as codes."""
    if style not in _INKS:
        front = _code(style.color if style is not None else None, 30, "39")
        ground = _code(style.bgcolor if style is not None else None, 40, "49")
        bold, turned = (bool(style.bold), bool(style.reverse)) if style is not None else (False, False)
        _INKS[style] = Ink(front, ground, bold, turned)
    return _INKS[style]


def _code(color: Color | None, base: int, default: str) -> str:
    if color is None or color.type is ColorType.DEFAULT or color.number is None:
        return default
    if color.number < 8:
        return str(base + color.number)
    return str(base + 52 + color.number) if color.number < 16 else f"{base + 8};5;{color.number}"


def stretches(old: Sequence[Cell], new: Sequence[Cell]) -> list[tuple[int, int]]:
    """From where to where a line has changed; stretches that are close are one."""
    spots = [x for x in range(len(new)) if x >= len(old) or old[x] != new[x]]
    found: list[tuple[int, int]] = []
    for x in spots:
        if found and x - found[-1][1] <= GAP:
            found[-1] = (found[-1][0], x + 1)
        else:
            found.append((x, x + 1))
    return [_whole(old, new, start, end) for start, end in found]


def _whole(old: Sequence[Cell], new: Sequence[Cell], start: int, end: int) -> tuple[int, int]:
    """Never half of a wide sign, neither of what comes nor of what goes."""
    for line in (new, old):
        while 0 < start < len(line) and line[start][0] == "":
            start -= 1
        while end < len(line) and line[end][0] == "":
            end += 1
    return start, end


class Pen:
    """Writes stretches of cells, one after the other."""

    def __init__(self, *, erases: bool) -> None:
        """`erases`: the terminal fills what it erases with the ground that is set."""
        self._erases = erases
        self._ink = NOTHING
        self._out: list[str] = []
        self._size = 0

    def size(self) -> int:
        """The bytes written so far."""
        return self._size

    def _write(self, said: str) -> None:
        self._out.append(said)
        self._size += len(said) if said.isascii() else len(said.encode())

    def clear(self, ground: Ink) -> None:
        """The whole screen in one colour."""
        self._take(ground)
        self._write("\x1b[2J")

    def draw(self, y: int, start: int, line: Sequence[Cell], end: int) -> None:
        """Some cells of a line."""
        self._write(f"\x1b[{y + 1};{start + 1}H" if start or y else "\x1b[H")
        x = start
        while x < end:
            blanks = self._blanks(line, x, end)
            if self._erases and blanks >= BLANKS and blanks == len(line) - x:
                self._take_ground(line[x][1])
                self._write("\x1b[K")
            elif self._erases and blanks >= BLANKS:
                self._take_ground(line[x][1])
                after = x + blanks < end
                self._write(f"\x1b[{blanks}X" + (f"\x1b[{blanks}C" if after else ""))
            else:
                blanks = 0
                self._sign(*line[x])
            x += blanks or 1

    def _blanks(self, line: Sequence[Cell], x: int, end: int) -> int:
        """How many blanks of one ground begin here."""
        ink, count = line[x][1], 0
        if ink.turned:
            return 0
        while x + count < end and line[x + count][0] == " " and line[x + count][1].ground == ink.ground:
            if line[x + count][1].turned:
                break
            count += 1
        return count

    def _sign(self, sign: str, ink: Ink) -> None:
        if sign == " " and not ink.turned:
            # A blank shows nothing but its ground.
            self._take_ground(ink)
        elif sign:
            self._take(ink)
        self._write(sign)

    def _take_ground(self, ink: Ink) -> None:
        self._take(self._ink._replace(ground=ink.ground, turned=False))

    def _take(self, ink: Ink) -> None:
        """Change the colours as far as they differ."""
        if ink is self._ink:
            return
        now, codes = self._ink, list[str]()
        if ink.bold != now.bold:
            codes.append("1" if ink.bold else "22")
        if ink.turned != now.turned:
            codes.append("7" if ink.turned else "27")
        if ink.front != now.front:
            codes.append(ink.front)
        if ink.ground != now.ground:
            codes.append(ink.ground)
        if codes:
            self._write(f"\x1b[{';'.join(codes)}m")
        self._ink = ink

    def frame(self, caret: tuple[int, int] | None) -> str:
        """Everything written, with plain colours at its end and the cursor where an input method opens."""
        if self._ink != NOTHING:
            self._write("\x1b[m")
        if caret is not None:
            self._write(f"\x1b[{caret[0] + 1};{caret[1] + 1}H")
        return "".join(self._out)


FILLS = ("xterm", "tmux", "linux", "rxvt", "alacritty", "kitty", "foot", "vte", "putty", "konsole", "wezterm")
"""Terminals that fill what they erase with the ground that is set."""


def fills_ground(environment: Mapping[str, str], palette: str) -> bool:
    """Whether blanks can be erased: always where there is no ground of our own."""
    if palette in ("sixteen", "mono"):
        return True
    # tmux may call itself screen, and then says who it is.
    return environment.get("TERM", "").startswith(FILLS) or "TMUX" in environment
