"""What home shows: what is open, how to start, who you are and where. One number and Enter chooses; words filter."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from engine.condition import say_clock, say_length
from engine.text import Text, cells, cut, pad, wrap
from tui.frame.foot import Key, keys
from tui.frame.glass import LEAST
from tui.frame.head import NAME_CELLS
from tui.frame.rows import BLANK, Frame, Row, Span, filled, fitted, on, spread
from tui.locale import say
from tui.typed import narrow

Stage = Literal["home", "room", "person"]

LEVEL_STYLES = {"I": "red", "II": "red", "III": "amber-strong", "IV": "text"}
TITLE_CELLS = 26


Due = tuple[Text, datetime]
"""A promise, or the limit of a step, and its moment."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something behind a number: an open run, a runbook, a room or a person. Its words have passed `clean`."""

    name: str
    title: Text
    words: tuple[Text, ...] = ()
    """What stands behind the title and is searched: symptoms, or the roles of a person."""
    level: str | None = None
    opened_at: datetime | None = None
    people: str = ""
    goes_on: bool = False
    """An open run."""
    kind: str = "R"
    """Its letter; a drill is marked wherever it stands."""
    late: Sequence[Due] = ()
    """What is overdue in that run, the longest first."""
    due: Due | None = None
    """What falls due in it next."""

    def fits(self, typed: str) -> bool:
        """Whether what was typed stands in its name, title or words, in either language."""
        wanted = narrow(typed).casefold()
        said = [self.name, *(one for text in (self.title, *self.words) for one in (text.zh, text.en))]
        said += [say("kind-P", "zh")] if self.kind == "P" else []
        return any(wanted in narrow(one).casefold() for one in said)

    def nearness(self, typed: str) -> int:
        """How much of what somebody said in their own words stands here: Han signs, and words of some length."""
        said = " ".join(one for text in (self.title, *self.words) for one in (text.zh, text.en)).casefold()
        return sum(one in said for one in _signs_and_words(typed))


def _signs_and_words(typed: str) -> set[str]:
    return set(SIGN_OR_WORD.findall(narrow(typed).casefold())) - SAYS_NOTHING


SIGN_OR_WORD = re.compile(r"[\u4e00-\u9fff]|[a-z]{4,}")
"""A Han sign says something by itself; of other scripts a word of four letters or more."""

SAYS_NOTHING = frozenset("了的有在是我们这那里上下和与吗呢啊")
"""Signs that stand in any sentence."""


@dataclass(slots=True)
class HomeGlass:
    """What home knows."""

    width: int = 80
    height: int = 24
    site: Text = field(default_factory=lambda: Text("", ""))
    zone: str = "UTC"
    who: str = ""
    now: datetime | None = None
    stage: Stage = "home"
    over: Literal["", "emergency", "real"] = ""
    """A run goes on behind this list."""
    runs: Sequence[Choice] = ()
    starts: Sequence[Choice] = ()
    """The runbooks; in another stage the rooms, or the people."""
    chosen: Sequence[Text] = ()
    """The plan and the room that were chosen already: what is about to begin, named wherever more is asked."""
    typed: str = ""
    at: int | None = None
    said: str = ""
    faults: int = 0
    one_language: bool = False
    """This terminal shows only one, so there is no key for the other."""
    busy: bool = False

    def shown(self) -> list[Choice]:
        """What stands behind the numbers now."""
        typed = bool(self.typed) and not narrow(self.typed).isdecimal()
        everything = starts = [one for one in self.starts if typed or one.kind != "P"]
        if self.stage == "home":
            # While a run goes on behind the list, an emergency has the same digit every time.
            everything = [*starts, *self.runs] if self.over else [*self.runs, *starts]
        if not typed:
            return everything
        return [one for one in everything if one.fits(self.typed)] or self.near(everything)

    def near(self, everything: list[Choice]) -> list[Choice]:
        """What comes nearest where nothing fits as it was typed; else all: nobody looks at an empty page."""
        found = {one.name: one.nearness(self.typed) for one in everything}
        best = max(found.values(), default=0)
        return [one for one in everything if found[one.name] == best]

    def nothing_fits(self) -> bool:
        """Whether what is shown is only near to what was typed."""
        typed = bool(self.typed) and not narrow(self.typed).isdecimal()
        return typed and not any(one.fits(self.typed) for one in self.shown())

    def at_once(self) -> bool:
        """Whether a digit alone begins: another procedure must be two keys away."""
        return bool(self.over) and self.stage == "home" and not self.typed and len(self.shown()) < 10

    def picked(self) -> Choice | None:
        """What Enter chooses: the number typed, else the one row left, else the marked one."""
        shown, typed = self.shown(), narrow(self.typed)
        if typed.isdecimal():
            return shown[int(typed) - 1] if 0 < int(typed) <= len(shown) else None
        if typed and len(shown) == 1 and not self.nothing_fits():
            return shown[0]
        return shown[self.at] if self.at is not None and self.at < len(shown) else None


def home_frame(glass: HomeGlass, language: str) -> Frame:
    """Home at any size."""
    width, height = glass.width, max(glass.height, 4)
    body: list[Row] = [*_small(glass, language), BLANK] if width < LEAST[0] or height < LEAST[1] else [BLANK]
    body += _sections(glass, language, height - 4 - len(body))
    head = [on(row, "head", width) for row in _head(glass, language)]
    foot = [_field(glass, language), on(keys(_items(glass, language), width), "head", width)]
    rows = [*head, *filled(body, height - 4), *foot]
    column = 3 + cells(say("home-typed", language)) + cells(glass.typed)
    return Frame(tuple(rows), (height - 2, min(column, width - 1)))


def _head(glass: HomeGlass, language: str) -> list[Row]:
    clock = f"{glass.now.astimezone(ZoneInfo(glass.zone)):%H:%M}" if glass.now is not None else ""
    first = spread(
        [Span(" Muster ", "tag-real"), Span(f"  {glass.site.of(language)}", "strong")],
        [Span(f"{cut(glass.who, NAME_CELLS)}  "), Span(clock, "strong"), Span(" ")],
        glass.width,
    )
    faults = [Span(say("home-faults", language, count=glass.faults) + " ", "amber")] if glass.faults else []
    return [first, spread([Span(" "), *_promises(glass, language)], faults, glass.width)]


def _promises(glass: HomeGlass, language: str) -> list[Span]:
    """What real runs owe: what is overdue first, then what falls due next."""
    real = [one for one in glass.runs if one.kind in REAL]
    owed = sorted([due for one in real for due in one.late], key=lambda due: due[1])
    owed += sorted([one.due for one in real if one.due is not None], key=lambda due: due[1])
    if not owed or glass.now is None:
        return [Span(say("home-nothing-due", language), "dim")]
    late = sum(len(one.late) for one in real)
    words = [Span(say("home-late-count", language, count=late) + "   ", "red")] if late else []
    title, at = next((due for due in owed if due[1] >= glass.now), owed[0])
    return words + ([] if at < glass.now else [Span(_due_words((title, at), glass.now, language), "amber")])


REAL = ("R", "P")
"""Kinds of runs that are no exercise."""


def _due_words(due: Due, now: datetime, language: str) -> str:
    """What is overdue and for how long, or what is due next and in how many minutes."""
    title, at = due
    left = at - now
    minutes = (
        math.ceil(abs(left).total_seconds() / 60) if left >= timedelta() else int(-left.total_seconds() // 60)
    )
    length = say_length(timedelta(minutes=minutes), language)
    return say("home-late" if left < timedelta() else "home-next", language, what=title, length=length)


# --- the lists


def _sections(glass: HomeGlass, language: str, room: int) -> list[Row]:
    shown = glass.shown()
    if glass.stage != "home":
        rows = [_title(f"home-{glass.stage}", language, glass.chosen), *_none_fits(glass, language), BLANK]
        return rows + _some(glass, shown, 0, language, room - len(rows))
    runs = [one for one in shown if one.goes_on]
    starts = [one for one in shown if not one.goes_on]
    rows = _none_fits(glass, language)
    if glass.over:
        rows += [(Span("  "), Span(f" {say(f'home-{glass.over}', language)} ", "tag-red")), BLANK]
        rows += _starts(glass, starts, 0, language, room - len(rows) - (len(runs) + 2 if runs else 0))
        rows += [BLANK, _title("home-open", language)] if runs else []
        return rows + (_some(glass, runs, len(starts), language, room - len(rows)) if runs else [])
    if runs:
        rows += [_title("home-open", language), *_some(glass, runs, 0, language, max(room // 2, 3)), BLANK]
    return rows + _starts(glass, starts, len(runs), language, room - len(rows))


def _starts(glass: HomeGlass, starts: Sequence[Choice], before: int, language: str, room: int) -> list[Row]:
    """How to start, the emergencies by their symptoms."""
    hint = say("home-at-once" if glass.at_once() else "home-start-hint", language)
    rows: list[Row] = [(*_title("home-start", language), Span(f"   {hint}", "dim")), BLANK]
    patrols = (
        sum(one.kind == "P" for one in glass.starts) if not any(one.kind == "P" for one in starts) else 0
    )
    more: list[Row] = (
        [BLANK, (Span(f"     {say('home-patrols', language, count=patrols)}", "dim"),)] if patrols else []
    )
    return [*rows, *_some(glass, starts, before, language, room - 2 - len(more)), *more]


def _title(word: str, language: str, chosen: Sequence[Text] = ()) -> Row:
    """What is chosen here; before it, what has been chosen already."""
    before = "".join(f"{text.of(language)}   " for text in chosen)
    return (Span(f"  {before}", "strong"), Span(say(word, language), "blue"))


def _none_fits(glass: HomeGlass, language: str) -> list[Row]:
    if not glass.nothing_fits():
        return []
    return [(Span(f"    {say('home-none', language, typed=glass.typed)}", "amber"),)]


def _some(glass: HomeGlass, choices: Sequence[Choice], before: int, language: str, room: int) -> list[Row]:
    """As many choices as there is room for, each with as many lines as fit; the rest is counted."""
    if not choices:
        return []
    each = max(min(room // len(choices), 3), 1)
    blocks = [_choice(glass, one, number, language, each) for number, one in enumerate(choices, before + 1)]
    rows: list[Row] = []
    for index, block in enumerate(blocks):
        if len(rows) + len(block) > room - (index < len(blocks) - 1):
            more = say("home-more", language, count=len(blocks) - index)
            return [*rows, (Span(f"    {more}", "dim"),)]
        rows += block
    return rows


def _choice(glass: HomeGlass, one: Choice, number: int, language: str, lines: int) -> list[Row]:
    """A choice in one row or a few: number, title, and what is known or seen of it."""
    picked = glass.picked() is one
    lead = [Span(" => " if picked else "    ", "amber-strong"), Span(f"{number:>2}  ", "amber-strong")]
    if one.goes_on:
        row = _run(glass, one, lead, picked, language)
        return [row, _due_row(glass, one, language)] if lines > 1 else [row]
    kind = _kind(one, language)
    taken = sum(cells(span.text) for span in kind)
    title = Span(pad(one.title.of(language), TITLE_CELLS - taken) + "  ", "strong" if picked else "text")
    hang = 8 + TITLE_CELLS + 2
    words = [text.of(language) for text in _foremost(one, glass.typed)]
    parts = _packed(words, glass.width - hang - 2, lines)
    first: Row = (*lead, *kind, title, Span(parts[0] if parts else "", "dim"))
    return [first, *((Span(" " * hang), Span(part, "dim")) for part in parts[1:])]


def _foremost(one: Choice, typed: str) -> list[Text]:
    """What fits what was typed comes first."""
    wanted = narrow(typed).casefold()
    hit = [
        text
        for text in one.words
        if wanted and any(wanted in narrow(said).casefold() for said in (text.zh, text.en))
    ]
    return [*hit, *(text for text in one.words if text not in hit)]


def _packed(words: Sequence[str], width: int, most: int) -> list[str]:
    """Words side by side in at most so many lines; no word is broken."""
    lines: list[str] = []
    for word in words:
        if lines and cells(lines[-1]) + 2 + cells(word) <= width:
            lines[-1] += f"  {word}"
        elif len(lines) < most:
            lines.append(cut(word, width))
        else:
            break
    return lines


def _run(glass: HomeGlass, one: Choice, lead: Sequence[Span], picked: bool, language: str) -> Row:
    """An open run: how grave, what kind, what, where, how far; who is there, and for how long it has gone on."""
    age = ""
    if one.opened_at is not None and glass.now is not None:
        age = f"T+{say_clock(glass.now - one.opened_at)[:-3]}"
    level = one.level or "-"
    left = [*lead, Span(pad(level, LEVEL_CELLS), LEVEL_STYLES.get(level, "dim")), *_kind(one, language)]
    room = RUN_CELLS - sum(cells(span.text) for span in left[len(lead) + 1 :])
    left.append(Span(pad(one.title.of(language), room) + "  ", "strong" if picked else "text"))
    left += [Span(f"{text.of(language)}  ", "dim") for text in one.words]
    return spread(left, [Span(f"  {one.people}  ", "dim"), Span(age), Span(" ")], glass.width)


def _kind(one: Choice, language: str) -> list[Span]:
    """The kind of whatever is not a real emergency, in words of both languages where it is an exercise."""
    if one.kind == "R":
        return []
    style = "tag-blue" if one.kind == "P" else "tag-violet"
    return [Span(f" {say(f'kind-{one.kind}', language)} ", style), Span(" ")]


def _due_row(glass: HomeGlass, one: Choice, language: str) -> Row:
    """Under a run: what is overdue, and what falls due next."""
    if glass.now is None or (not one.late and one.due is None):
        return (Span(" " * HANG), Span(say("home-nothing-due", language), "dim"))
    late = _due_words(one.late[0], glass.now, language) if one.late else ""
    more = f"  {say('screen-more', language, count=len(one.late) - 1)}" if len(one.late) > 1 else ""
    spans = [
        Span(" " * HANG),
        Span(pad(cut(late, LATE_CELLS - cells(more)) + more, LATE_CELLS) + "  ", "red"),
    ]
    if not one.late:
        spans = [Span(" " * HANG)]
    if one.due is not None:
        spans.append(Span(_due_words(one.due, glass.now, language), "amber"))
    return tuple(fitted(spans, glass.width - 1))


LATE_CELLS = 38
"""What is overdue stands in one column under the titles, what is due next in one beside it."""

LEVEL_CELLS, RUN_CELLS = 4, 24
HANG = 8 + LEVEL_CELLS
"""Where the titles of the runs begin, and what is due stands under them."""


# --- foot


def _field(glass: HomeGlass, language: str) -> Row:
    if glass.said:
        return (Span("  "), Span(cut(glass.said, glass.width - 4), "amber"))
    left = [Span(f"  {say('home-typed', language)} ", "dim"), Span(glass.typed, "field"), Span(" ", "caret")]
    return tuple(fitted(left, glass.width))


def _items(glass: HomeGlass, language: str) -> list[Key]:
    picked = glass.picked()
    word = "key-digit" if picked is None else "key-start" if glass.stage == "home" else "key-choose-it"
    enter = say(word, language)
    if picked is not None and picked.goes_on:
        enter = say("key-go-back", language)
    items: list[Key] = [("Enter", enter, "enter"), ("Up Down", say("key-move", language), "key")]
    if glass.stage != "home" or glass.over or glass.typed:
        items.append(("Esc", say("key-back", language), "key"))
    if not glass.one_language:
        items.append(("F2", say("key-language", language), "key"))
    return [*items, ("F12", say("key-leave", language), "key")]


def _small(glass: HomeGlass, language: str) -> list[Row]:
    said = say(
        "screen-too-small", language, columns=glass.width, rows=glass.height, wide=LEAST[0], high=LEAST[1]
    )
    return [(Span(line, "amber"),) for line in wrap(said, glass.width)[:2]]
