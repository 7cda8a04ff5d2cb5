"""Text in two languages, and the one gate through which untrusted text passes.

    Text           a saying in the languages of its book
    clean(text)    what may be shown of a string that somebody else wrote
    clean_json     the same of a JSON document, which says what it said
    cells(text)    how many columns of a terminal it takes
    cut, pad       one line of an exact width
    wrap(text)     the lines of a paragraph: the same on screen, sheet and paper

`cells`, `cut`, `pad` and `wrap` expect text that went through `clean`. Nothing here reads markup:
``[red]`` and ``{{ x }}`` are plain characters, and whoever draws them must draw them as such.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

LANGUAGES = ("zh", "en")
"""The languages Muster itself speaks; a book may declare one of them or both."""

LINE_CELLS = 76
"""The width, in cells, by which the lines of a step and of a warning are counted."""

STEP_LINES = 6
"""How many such lines the text of a step may take."""

WARN_LINES = 4
"""How many such lines a warning may take."""

SPACES = " \u3000"
"""The ordinary spaces: the one of the keyboard and the wide one of a Chinese input method."""

MARKS_PER_BASE = 2
"""How many combining marks may stand on one character; more would climb over the lines above it."""

# No line begins with one of CLOSERS or ends with one of OPENERS, not even at a space.
CLOSERS = "，。；：、）》！？」』】〉〕〗］｝"
OPENERS = "（《「『【〈〔〖［｛"
# Where nothing but a space may part them from their neighbour.
_CLINGS_BEFORE = frozenset(CLOSERS + ",.;:!?)]}%/”’…\"'")
_CLINGS_AFTER = frozenset(OPENERS + "([{“‘\"'")

# Characters that need no second look: letters, numbers, punctuation, symbols, ordinary spaces; no mark.
_PLAIN = re.compile(
    "[ -~¡-¬®-˿Α-ΡΣ-Ͽ\u2010-\u2027\u2030-\u205e₠-₿\u2100-\u218b\u2190-\u2426①-⟿"
    "\u3000-\u3029\u3030-\u303eぁ-ゖ\u309b-ヿㄅ-ㄯ㈠-㋿㌀-㏿㐀-䶿一-鿿가-힣！-～￠-￦]*"
)

# Letters, marks and symbols by their category that show nothing, or that melt into their neighbour so
# that no two terminals agree how wide the pair is: fillers and blanks, variation selectors, the object
# placeholder, the letters of flags, skin colours. Controls, bidi, joiners and tags fall by category.
_HIDDEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc"
    "\U00013441\U00013442\U00016fe4\U0001d159\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)

# Vowels and finals of decomposed Korean: letters by category, but drawn inside the letter before them.
_JOINED_JAMO = re.compile("[\u1161-\u11ff\ud7b0-\ud7fb]")

_SPACE_RUN = re.compile(f"[{SPACES}]+")

# Written wide, but the characters of a word or a tag: Ｖ－１２.
_WIDE_WORD = re.compile("[－０-９Ａ-Ｚａ-ｚ]")


@dataclass(frozen=True, slots=True)
class Text:
    """One saying in the languages of its book; a book of one language repeats it in both fields."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """The saying in `language` ("zh" or "en")."""
        return self.zh if language == "zh" else self.en


def clean(text: str, *, lines: bool = False) -> str:
    """What may be shown of `text`: whatever could act on a terminal, hide, or reorder becomes ``<XXXX>``.

    Kept are letters, numbers, punctuation, symbols, ordinary spaces and two combining marks on one
    character. A tab becomes a space. Line breaks are kept with `lines`, else they are ``<000A>`` too.
    Nothing is normalised; cleaning twice changes nothing more.
    """
    if _PLAIN.fullmatch(text):
        return text
    if lines:
        return "\n".join(_clean_line(line) for line in text.replace("\r\n", "\n").split("\n"))
    return _clean_line(text)


def clean_json(document: str) -> str:
    """A JSON document in which every character that `clean` would not show stands as JSON escapes it.

    Its values are the same; what could act on a terminal does not reach it.
    """
    return _NOT_ASCII.sub(_in_json, document)


_NOT_ASCII = re.compile("[^\n -~]")


def _in_json(found: re.Match[str]) -> str:
    return found[0] if clean(found[0]) == found[0] else json.dumps(found[0])[1:-1]


def _clean_line(text: str) -> str:
    kept: list[str] = []
    room = 0  # how many marks the character before may still carry
    for char in text:
        shown = _shown(char)
        if shown is not None:
            room = MARKS_PER_BASE if shown == char and char not in SPACES else 0
        elif room:
            shown, room = char, room - 1
        else:
            shown = _escape(char)
        kept.append(shown)
    return "".join(kept)


@lru_cache(maxsize=8192)
def _shown(char: str) -> str | None:
    """What stands for `char`; None for a mark, which depends on what it stands on."""
    if char == "\t":
        return " "
    if _HIDDEN.match(char):
        return _escape(char)
    if _is_mark(char):
        return None
    kept = char in SPACES or unicodedata.category(char)[0] in "LNPS"
    return char if kept else _escape(char)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or _JOINED_JAMO.match(char) is not None


def _escape(char: str) -> str:
    return f"<{ord(char):04X}>"


def cells(text: str) -> int:
    """The columns `text` takes on a terminal: East Asian wide 2, marks 0, ambiguous 1."""
    return len(text) if text.isascii() else sum(map(_width, text))


@lru_cache(maxsize=8192)
def _width(char: str) -> int:
    if _is_mark(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, width: int) -> str:
    """`text` if it fits in `width` cells, else as much of it as fits before ``..``.

    Never half a wide character, so the result may be one cell narrower than `width`.
    """
    # Not an ellipsis: its width is ambiguous, and some terminals draw it two cells wide.
    return text if cells(text) <= width else _head(text, width - 2) + ".."[: max(width, 0)]


def cut_middle(text: str, width: int) -> str:
    """`text` if it fits in `width` cells, else its beginning and, longer, its end: of a path what tells it apart."""
    if cells(text) <= width:
        return text
    tail = max(width - 2, 0) * 2 // 3
    start = next(at for at in range(len(text) + 1) if cells(text[at:]) <= tail)
    return _head(text, max(width - 2, 0) - tail) + ".."[: max(width, 0)] + text[start:]


def _head(text: str, room: int) -> str:
    end = _fits(text, 0, room) if room > 0 else 0
    return text[:end]


def _fits(text: str, start: int, room: int) -> int:
    """The end of the longest part from `start` on that takes no more than `room` cells."""
    for at in range(start, len(text)):
        room -= _width(text[at])
        if room < 0:
            return at
    return len(text)


def pad(text: str, width: int) -> str:
    """`text` in exactly `width` cells: cut when it is too long, spaces after it when too short."""
    fitting = cut(text, width)
    return fitting + " " * (width - cells(fitting))


def wrap(text: str, width: int, *, keep: Collection[str] = ()) -> list[str]:
    """The lines of `text`, none wider than `width` cells (less than 2 counts as 2).

    Lines break at spaces, which are dropped there, and beside wide characters; never before a closing
    mark or after an opening one, never inside a word or a tag such as ``V-12``, never inside a string
    of `keep`. What is wider than a whole line is cut. A line break in `text` stays one.
    """
    width = max(width, 2)
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, width, keep)]


def _wrapped(text: str, width: int, keep: Collection[str]) -> list[str]:
    if cells(text) <= width:
        return [text.rstrip(SPACES)]
    allowed = _breaks(text, width, keep)
    lines, start = [], 0
    while start < len(text):
        end = _line_end(text, start, width, allowed)
        if line := text[start:end].rstrip(SPACES):
            lines.append(line)
        start = _past_spaces(text, end)
    return lines or [""]


def _line_end(text: str, start: int, width: int, allowed: list[bool]) -> int:
    full = _fits(text, start, width)
    if full == len(text):
        return full
    return next((at for at in range(full, start, -1) if allowed[at]), 0) or _forced(text, start, full)


def _forced(text: str, start: int, full: int) -> int:
    """Where to cut what has no break: as late as it fits, but not beside a mark that clings."""
    for at in range(full, start, -1):
        if _width(text[at]) and text[at] not in _CLINGS_BEFORE and text[at - 1] not in _CLINGS_AFTER:
            return at
    return full


def _past_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] in SPACES:
        at += 1
    return at


def _breaks(text: str, width: int, keep: Collection[str]) -> list[bool]:
    """For each character, whether a line may end before it."""
    allowed = [False]
    base = text[0]
    for char in text[1:]:
        allowed.append(_parts(base, char))
        base = char if _width(char) else base
    for start, end in _whole(text, width, keep):
        allowed[start:end] = [False] * (end - start)
    return allowed


def _parts(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if before in SPACES or after in SPACES:
        return True
    if not _width(after) or before in _CLINGS_AFTER or after in _CLINGS_BEFORE:
        return False
    return _stands_alone(before) or _stands_alone(after)


@lru_cache(maxsize=8192)
def _stands_alone(char: str) -> bool:
    return _width(char) == 2 and not _WIDE_WORD.match(char)


def _whole(text: str, width: int, keep: Collection[str]) -> Iterator[tuple[int, int]]:
    """Parts, as first and last + 1 of the characters that no line may end before."""
    for spaces in _SPACE_RUN.finditer(text):
        start, end = spaces.span()
        if text[end : end + 1] in tuple(CLOSERS) or text[max(start - 1, 0) : start] in tuple(OPENERS):
            yield start, min(end + 1, len(text))
    for kept in keep:
        if not kept or cells(kept) > width:
            continue
        at = text.find(kept)
        while at >= 0:
            yield at + 1, at + len(kept)
            at = text.find(kept, at + 1)
