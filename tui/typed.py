"""What a person typed, whatever input method was on: numbers, times, choices, names and lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from engine.condition import ConditionFault, parse_duration
from engine.rules.situation import NO_ITEM
from tui.view import Looking

YES = ("1", "y", "yes", "是", "对", "有", "好", "要")
NO = ("2", "n", "no", "否", "不", "不是", "没", "没有", "无", "不要")
NOTHING = ("0", *NO_ITEM)
"""That a list has no item."""
NOW = ("now", "现在", "刚才")

_SAID_UNITS = {
    "cm": ("厘米", "公分"),
    "m": ("米",),
    "m2": ("平米", "平方米", "平方"),
    "mm": ("毫米",),
    "c": ("度", "摄氏度", "°c", "℃"),
    "k": ("度",),
    "%rh": ("%",),
    "%": ("%",),
    "l/min": ("升/分", "升每分钟"),
    "l": ("升",),
    "ma": ("毫安",),
    "mω": ("兆欧", "mohm"),
    "mpa": ("兆帕",),
    "h": ("小时", "个小时"),
    "s": ("秒", "秒钟"),
    "persons": ("人", "个人", "people", "person"),
}
"""How units are said aloud; none of them is another unit than the one asked for."""


def narrow(typed: str) -> str:
    """What a Chinese input method types wide, as the plain characters it stands for."""
    return unicodedata.normalize("NFKC", typed).strip()


_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")


def plain_number(typed: str, unit: str | None) -> str | None:
    """A typed number in plain digits, without its unit: ``２。５ cm`` is 2.5; None when it is none.

    Another unit than the one asked for makes it none, and so does a comma that may stand for thousands.
    """
    text = _without_unit(narrow(typed).replace("。", "."), unit)
    if re.fullmatch(r"[+-]?\d+,(?!\d{3}(?!\d))\d+", text):
        text = text.replace(",", ".")
    if not text.isascii() or not _NUMBER.fullmatch(text):
        return None
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text.lstrip("+"))
    whole, _, part = digits.partition(".")
    return f"{sign}{whole or '0'}" + (f".{part}" if part else "")


def _without_unit(text: str, unit: str | None) -> str:
    if unit is None:
        return text
    plain = narrow(unit).casefold()
    for said in sorted((plain, *_SAID_UNITS.get(plain, ())), key=len, reverse=True):
        if text.casefold().endswith(narrow(said).casefold()):
            return text[: -len(narrow(said))].strip()
    return text


def pick(typed: str, names: Sequence[str]) -> str | None:
    """The choice of that number (from 1), or of that id."""
    number = narrow(typed)
    if number.isdecimal() and 1 <= int(number) <= len(names):
        return names[int(number) - 1]
    return number if number in names else None


def pick_by_words(typed: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    """The ids of the rows (id, words) that hold what was typed; of one that says just that, only it.

    Latin letters must be a whole word or, two of them or more, the beginning of one: ``w`` is not in "power".
    """
    wanted = narrow(typed).casefold()
    if not wanted:
        return []
    said = [(name, narrow(words).casefold()) for name, words in rows]
    same = [name for name, words in said if words == wanted]
    whole = [name for name, words in said if wanted.isascii() and _holds(words, wanted, whole=True)]
    enough = len(wanted) > 1 or not wanted.isascii()
    begun = [name for name, words in said if enough and _holds(words, wanted, whole=False)]
    return same or whole or begun


def rows_with(typed: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    """The ids of all rows that hold what was typed: ``reading`` also finds "Record 6 readings"."""
    wanted = narrow(typed).casefold()
    if len(wanted) < 2 and wanted.isascii():
        return pick_by_words(typed, rows)
    return [name for name, words in rows if _holds(narrow(words).casefold(), wanted, whole=False)]


_LATIN = re.compile(r"[0-9a-z]")


def _holds(words: str, wanted: str, *, whole: bool) -> bool:
    """Whether `wanted` stands in `words`, not in the middle of a Latin word; between Han anywhere."""
    begins = "(?<![0-9a-z])" if _LATIN.match(wanted) else ""
    ends = "(?![0-9a-z])" if whole and _LATIN.match(wanted[-1]) else ""
    return re.search(f"{begins}{re.escape(wanted)}{ends}", words) is not None


def yes_no(typed: str) -> bool | None:
    """Whether a yes or a no was typed; None for neither."""
    word = narrow(typed).casefold()
    return True if word in YES else False if word in NO else None


def lines_of(typed: str) -> list[str]:
    """The items of a list typed on one line: ``A 列、B 列；C 列``."""
    return _parts(r"[、，,；;\n]", typed)


def parts_of(typed: str) -> list[str]:
    """The same, parted by no comma."""
    return _parts(r"[、；;\n]", typed)


def _parts(signs: str, typed: str) -> list[str]:
    return [item for item in (part.strip() for part in re.split(signs, typed)) if item]


_DAY = re.compile(
    r"(\d{4}-)?\d{1,2}-\d{1,2}.?|.*\d\s*[月日].*|.*\d\s*号之?前|.*\bby \w+day\b.*", re.IGNORECASE
)


def is_day(typed: str) -> bool:
    """Whether it is a day by which something is due: ``12 月 1 日``, ``2026-12-01``."""
    return _DAY.fullmatch(typed.strip()) is not None


def numbers_in(typed: str, known: Collection[int]) -> tuple[int, ...] | None:
    """Numbers of lines: ``1 3``, ``1,3`` or ``2-4``; None when one of them is no line."""
    found: list[int] = []
    for word in re.split(r"[\s,、，]+", narrow(typed)):
        first, dash, last = word.partition("-")
        if not (first.isdecimal() and (last.isdecimal() or not dash)):
            return None
        found += range(int(first), int(last or first) + 1) if len(word) < 8 else []
    return tuple(dict.fromkeys(found)) if found and set(found) <= set(known) else None


_AGO = re.compile(r"(\d{1,4})(秒|分|小时)钟?前?")
_SECONDS = {"秒": 1, "分": 60, "小时": 3600}
_CLOCK = re.compile(r"(\d{1,2}):?(\d{2})(?::(\d{2}))?")


def clock_time(typed: str, look: Looking) -> datetime | None:
    """A time of day in the zone of the site (the last one that has passed), ``5m`` ago, or a full time."""
    text = narrow(typed)
    if text.casefold() in NOW:
        return look.now
    ago = _AGO.fullmatch(text)
    if ago is not None:
        return look.now - timedelta(seconds=int(ago[1]) * _SECONDS[ago[2]])
    text = text.replace("点", ":").removesuffix(":").removesuffix("分")
    found = _CLOCK.fullmatch(text)
    if found is not None and (":" in text or len(text) == 4):
        return _time_of_day(look, int(found[1]), int(found[2]), int(found[3] or 0))
    try:
        return look.now - parse_duration(text)
    except ConditionFault:
        return _full_time(text, look)


def clock_time_ahead(typed: str, look: Looking) -> datetime | None:
    """The same of a time that is agreed on: the next such time of day, ``2h`` from now, or a full time."""
    text = narrow(typed)
    if _AGO.fullmatch(text) is not None:
        return None
    moment = clock_time(text, look)
    if moment is None or _full_time(text, look) is not None:
        return moment
    return moment + timedelta(days=1) if is_time_of_day(text) else look.now + (look.now - moment)


def is_time_of_day(text: str) -> bool:
    """Whether it is a time of day, and not a length or a date."""
    text = text.replace("点", ":").removesuffix(":").removesuffix("分")
    return _CLOCK.fullmatch(text) is not None and (":" in text or len(text) == 4)


def _time_of_day(look: Looking, hour: int, minute: int, second: int) -> datetime | None:
    if hour > 23 or minute > 59 or second > 59:
        return None
    local = look.now.astimezone(look.zone)
    moment = local.replace(hour=hour, minute=minute, second=second, microsecond=0)
    return moment if moment <= local else moment - timedelta(days=1)


def _full_time(text: str, look: Looking) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=look.zone)
