"""What a terminal sends, sieved: only what the screen knows goes on, and nothing else is ever typed.

A terminal also answers questions, reports, and speaks protocols that nobody asked for. Read as keys, such a
sequence is a row of digits and letters, and digits choose acts. So sequences are taken whole here; those
that are no key are dropped, and text that an input method commits through the kitty protocol is text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import SPECIAL_SEQUENCES

ESC = "\x1b"
PASTE_BEGINS, PASTE_ENDS = f"{ESC}[200~", f"{ESC}[201~"

LONGEST = 4096
"""Characters of one sequence that are waited for; a longer one is none."""

_SEQUENCE = re.compile(
    r"\x1b(?:"
    r"\[\[[A-E]"  # F1 to F5 of the Linux console
    r"|\[[0-?]*[ -/]*[@-Z\\-~]"  # CSI
    r"|O[ -~]"  # SS3
    r"|[]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # strings: titles, colours, answers
    r"|[^][POX^_\x1b]"  # Alt and a key
    r")"
)
_BEGINNING = re.compile(r"\x1b(?:\[(?:\[|[0-?]*[ -/]*)|O|[]PX^_][^\x07\x1b]*\x1b?)?")

_REPORT = re.compile(r"\x1b\[(?:\?\d+;\d\$y|48;[\d:;]+t)")
"""A mode, or a new size: the driver asked for it."""

_KITTY = re.compile(r"\x1b\[(\d+)(?::[\d:]*)?(?:;(\d*)(?::(\d))?)?(?:;([\d:]*))?u")

_RELEASED = "3"
_BY_TEXT = {9: "\t", 13: "\r", 27: ESC, 127: "\x7f"}


class Sieve:
    """Takes text as it was read, in pieces cut anywhere, and gives what may go on."""

    def __init__(self) -> None:
        self._held = ""
        """The beginning of a sequence whose rest has not come."""
        self._pasting = False

    @property
    def holds(self) -> bool:
        """Whether something waits for its rest; if none comes in a tenth of a second, `give_up` on it."""
        return bool(self._held)

    def feed(self, text: str) -> str:
        """What may go on of everything that has come."""
        text, self._held = self._held + text, ""
        return "".join(self._sieved(text))

    def give_up(self) -> str:
        """What was held, now that nothing follows: an Esc key, or Alt with a key; of longer ones nothing."""
        held, self._held = self._held, ""
        return held if held == ESC or (len(held) == 2 and not self._pasting) else ""

    def _sieved(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            if self._pasting:
                end = text.find(PASTE_ENDS, at)
                self._pasting = end < 0
                stop = end if end >= 0 else self._hold(text, _half_of_the_end(text, at))
                yield text[at:stop].replace(ESC, "")
                at = len(text) if end < 0 else end + len(PASTE_ENDS)
                if end >= 0:
                    yield PASTE_ENDS
                continue
            escape = text.find(ESC, at)
            if escape < 0:
                yield text[at:]
                return
            yield text[at:escape]
            found = _SEQUENCE.match(text, escape)
            if found is not None:
                self._pasting = found[0] == PASTE_BEGINS
                yield _known(found[0])
                at = found.end()
            elif _may_go_on(text, escape):
                self._hold(text, escape)
                return
            else:
                at = _past_the_broken(text, escape)
                yield ESC if at == escape + 1 else ""

    def _hold(self, text: str, start: int) -> int:
        self._held = text[start:]
        return start


def _may_go_on(text: str, start: int) -> bool:
    """Whether everything from `start` on can be the beginning of one sequence."""
    found = _BEGINNING.fullmatch(text, start)
    return found is not None and len(text) - start < LONGEST


def _past_the_broken(text: str, start: int) -> int:
    """Behind what began like a sequence and is none; behind the Esc alone when that is all there is."""
    found = _BEGINNING.match(text, start)
    end = start + 1 if found is None else found.end()
    return end - 1 if end > start + 1 and text[end - 1] == ESC else end


def _half_of_the_end(text: str, start: int) -> int:
    """Where the text may end in a part of the sequence that ends a paste."""
    for size in range(min(len(PASTE_ENDS) - 1, len(text) - start), 0, -1):
        if text.endswith(PASTE_ENDS[:size]):
            return len(text) - size
    return len(text)


def _known(sequence: str) -> str:
    """A sequence as the parser of the screen understands it; nothing when it means nothing there."""
    if sequence in ANSI_SEQUENCES_KEYS or sequence in SPECIAL_SEQUENCES or _REPORT.fullmatch(sequence):
        return sequence
    kitty = _KITTY.fullmatch(sequence)
    if kitty is not None:
        return _typed(*kitty.groups())
    return sequence if len(sequence) == 2 else ""  # Alt and a key


def _typed(code: str, modifiers: str | None, kind: str | None, text: str | None) -> str:
    """The text of a key that was reported by the kitty protocol."""
    if kind == _RELEASED:
        return ""
    if text:
        return "".join(_sign(int(one)) for one in text.split(":") if one)
    # Shift is already in the text; with Ctrl, Alt or the like it is no text.
    if (int(modifiers or 1) - 1) & ~0b1100_0001:
        return ""
    number = int(code)
    return _BY_TEXT.get(number, _sign(number))


def _sign(number: int) -> str:
    """A character by its number; none where that is a control, a surrogate, or a key without a text."""
    private = 0xE000 <= number <= 0xF8FF
    if number < 0x20 or number > 0x10FFFF or 0x7F <= number < 0xA0 or 0xD800 <= number < 0xE000 or private:
        return ""
    return chr(number)
