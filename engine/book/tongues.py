"""Whether two languages say the same, as far as that can be seen without understanding either."""

from __future__ import annotations

import re
from decimal import Decimal

_HAN = re.compile("[\u4e00-\u9fff]")
_BLANK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_WORD = re.compile(r"[a-z]{2,}")
_LATIN = re.compile("[A-Za-z]{2}")

_FEWEST = 2
"""How many small English words make a sentence: a name like ``BFD down`` has fewer."""


def speaks_other(text: str, language: str) -> bool:
    """Whether a text stands under the wrong language: nothing but Chinese, or English words and no Chinese."""
    words = _BLANK.sub("", text)
    han = _HAN.search(words) is not None
    if language == "en":
        return han and _LATIN.search(words) is None
    return not han and len(_WORD.findall(words)) >= _FEWEST


def values_unlike(zh: str, en: str) -> tuple[str, str] | None:
    """A site value or a number that only the Chinese has, and one that only the English has; None without both.

    A value that stands in one language only, and nothing for it in the other, is a matter of style.
    """
    blanks = _unlike(set(_BLANK.findall(zh)), set(_BLANK.findall(en)))
    if blanks is not None:
        return blanks
    if not (_DIGIT.search(zh) and _DIGIT.search(en)):
        return _blank_or_number(zh, en)
    return _unlike_numbers(_BLANK.sub("", zh), _BLANK.sub("", en))


def _blank_or_number(zh: str, en: str) -> tuple[str, str] | None:
    """A site value in one language where the other has a number instead."""
    for one, other, turned in ((zh, en, False), (en, zh, True)):
        blanks = set(_BLANK.findall(one)) - set(_BLANK.findall(other))
        numbers = _numbers(_BLANK.sub("", other))
        if blanks and numbers and not _numbers(_BLANK.sub("", one)):
            pair = (min(blanks), numbers[0][1])
            return (pair[1], pair[0]) if turned else pair
    return None


def _unlike(ours: set[str], theirs: set[str]) -> tuple[str, str] | None:
    lone, other = sorted(ours - theirs), sorted(theirs - ours)
    return (lone[0], other[0]) if lone and other else None


# --- numbers, as digits or as words

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![A-Za-z\d.-])(\d+(?:,\d{3})*(?:\.\d+)?)( ?[万亿])?")
_TIMES = {"万": 10_000, "亿": 100_000_000}
_SIGNS = {
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_NAMES = {
    "no": 0, "zero": 0, "one": 1, "once": 1, "single": 1, "first": 1, "two": 2, "twice": 2, "both": 2, "double": 2,
    "pair": 2, "second": 2, "three": 3, "third": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip


def _unlike_numbers(zh: str, en: str) -> tuple[str, str] | None:
    """A number in digits that only the Chinese has, and one that only the English has."""
    ours, theirs = dict(_numbers(zh)), dict(_numbers(en))
    in_words = {Decimal(_NAMES[word]) for word in re.findall("[a-z]+", en.lower()) if word in _NAMES}
    in_signs = {Decimal(_SIGNS[sign]) for sign in zh if sign in _SIGNS}
    lone = [text for value, text in ours.items() if value not in theirs.keys() | in_words]
    other = [text for value, text in theirs.items() if value not in ours.keys() | in_signs]
    return (lone[0], other[0]) if lone and other else None


def _numbers(text: str) -> list[tuple[Decimal, str]]:
    """Every number in digits, with how it is written; 60 万 is 600,000, and 09 is 9."""
    found = []
    for match in _NUMBER.finditer(text):
        times = _TIMES[match[2].strip()] if match[2] else 1
        found.append((Decimal(match[1].replace(",", "")) * times, match[0]))
    return found
