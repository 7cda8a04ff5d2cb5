"""Text in 7-bit signs: for terminals whose font has nothing else."""

from __future__ import annotations

from engine.text import cells

SIGNS = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "−": "-",
        "…": "~",
        "→": ">",
        "≥": ">=",
        "≤": "<=",
        "≠": "!=",
        "×": "x",
        "±": "+-",
        "°": "*",
        "Ω": "ohm",
        "μ": "u",
        "µ": "u",
        "·": ".",
        "²": "2",
        "³": "3",
        "：": ": ",
        "，": ", ",
        "。": ". ",
        "、": ", ",
        "；": "; ",
        "（": " (",
        "）": ") ",
        "？": "? ",
        "！": "! ",
    }
)


def seven_bit(text: str) -> str:
    """The text with signs of 7 bits alone; what has none is a question mark in each of its cells."""
    if text.isascii():
        return text
    said = text.translate(SIGNS)
    return "".join(sign if sign.isascii() else "?" * cells(sign) for sign in said)
