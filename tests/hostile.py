"""Strings that somebody may put into a plan, a note, a name or a file, and what must never come out.

    HOSTILE         the strings, by what they try
    leaks(shown)    the characters in a shown text that could act, hide, or climb over other lines

`leaks` is written apart from `engine.text` on purpose: it is what its output is judged by.
"""

from __future__ import annotations

import unicodedata

HOSTILE: dict[str, str] = {
    "colour": "\x1b[31mred\x1b[0m",
    "clear the screen": "\x1b[2J\x1b[H",
    "set the window title": "\x1b]0;owned\x07",
    "write the clipboard": "\x1b]52;c;cm0gLXJmIC8=\x1b\\",
    "link to elsewhere": "\x1b]8;;http://example.com\x1b\\here\x1b]8;;\x1b\\",
    "ask the terminal for an answer": "\x1b[6n\x1b[c",
    "device control string": "\x1bPq#0;2;0;0;0\x1b\\",
    "eight-bit control sequence": "\x9b31mred\x9d0;owned\x9c",
    "next line and other C1": "one\x85two\x90\x9f",
    "delete": "safe\x7f\x7f\x7f\x7f",
    "nul": "before\x00after",
    "bell, backspace, vertical tab, form feed": "V-12\x08\x083\x07\x0b\x0c",
    "carriage return over the line": "stay out\rgo in   ",
    "line breaks": "one\ntwo\r\nthree\u2028four\u2029five",
    "tab": "a\tb",
    "shift out to line drawing": "\x0elqqk\x0f",
    "byte order mark": "\ufeffV-12",
    "right-to-left override": "open \u202e21-V\u202c now",
    "bidi isolates and marks": "\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c",
    "zero width space": "V-\u200b12",
    "zero width joiner and non-joiner": "👨\u200d👩\u200c👧",
    "word joiner and invisible operators": "a\u2060b\u2061c\u2062d\u2063e\u2064f",
    "soft hyphen": "sa\u00adfe",
    "variation selectors": "☃\ufe0f 葛\U000e0100 \u1820\u180b",
    "tags that spell nothing visible": "V-12\U000e0001\U000e0041\U000e007f",
    "fillers and blanks": "a\u3164b\u115fc\u1160d\uffa0e\u2800f\u034fg\u17b4h\ufffci",
    "spaces of other widths": "a\u00a0b\u2003c\u200ad\u202fe\u205ff\u1680g",
    "combining zalgo": "Z" + "\u0301\u0316\u0342\u0353" * 40 + "a",
    "combining without a base": "\u0301\u0308start \u0301\u20e3",
    "enclosing marks": "1\u20dd\u20de\u20e0\u20e3",
    "korean letters piled up": "ᄒ" + "\u1161" * 30,
    "lone surrogates": "a\ud800b\udfffc",
    "undecodable bytes": b"caf\xe9\x9b31m".decode("utf-8", "surrogateescape"),
    "private use": "\ue000\uf8ff\U000f0000\U0010fffd",
    "unassigned and noncharacters": "\u0378\ufdd0\uffff\U0010ffff",
    "interlinear and musical formats": "\ufff9a\ufffab\ufffb\U0001d173\U0001d159",
    "flags and skin colours": "\U0001f1e8\U0001f1f3 👍\U0001f3fd",
    "emoji": "🔥🚨👨‍🚒",
    "closing markup": "[/x]",
    "opening markup": "[red]stop[/red] [b",
    "markup that acts": "[@click=app.quit]x[/]",
    "escaped markup": "\\[red] [[red]]",
    "template": "{{ 7 * 7 }} {% for x in y %} {# #} {jinja}",
    "format": "{} {0} {found.__class__} %s %(x)s ${HOME} `id`",
    "html": "<script>alert(1)</script> &lt; <b>",
    "spreadsheet formula": "=cmd|'/c calc'!A1",
    "path": "../../etc/passwd\x00.txt",
    "an escape that clean would write": "<001B>[31m <200B>",
    "ambiguous width": "“水”—…·①Ⅲ→▶●★°℃Ω±×≥─│╭█",
    "full width": "Ｖ－１２　＞　３",
    "right-to-left letters": "שלום مرحبا V-12",
    "indic and thai": "क्षि ड़ीं ก็ที่",
    "decomposed": "e\u0301 ᄒ\u1161\u11ab",
    "forty han": "积水可能带电触电致死" * 4,
    "four thousand columns": "A" * 4000,
    "nothing": "",
    "only spaces": "   \u3000 ",
}

# What shows nothing or melts into its neighbour, though its category is a letter, mark or symbol.
_BLANK = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0x16FE4, 0x1D159}
_BLANK |= {*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0000, 0xE1000)}
_BLANK |= {*range(0x1F1E6, 0x1F200), *range(0x1F3FB, 0x1F400)}


def leaks(shown: str, *, lines: bool = False) -> set[str]:
    """The characters of a shown text that should not be there; a line break is one unless `lines`."""
    allowed = {" ", "\u3000", *("\n" if lines else "")}
    found = {char for char in shown if char not in allowed and _harmful(char)}
    return found | _piled_up(shown)


def _harmful(char: str) -> bool:
    return unicodedata.category(char)[0] not in "LMNPS" or ord(char) in _BLANK


def _piled_up(shown: str) -> set[str]:
    """Marks that stand on nothing, or as the third on one character."""
    found, marks = set(), 2
    for char in shown:
        if unicodedata.category(char)[0] == "M":
            marks += 1
        else:
            marks = 2 if char in " \u3000\n" else 0
        if marks > 2:
            found.add(char)
    return found
