"""What home shows: what is open, how to start, who you are and where. One number and Enter chooses; words filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from engine.condition import say_clock
from engine.text import Text, cells, cut, pad, wrap
from tui.frame.foot import Key, keys
from tui.frame.glass import LEAST
from tui.frame.rows import BLANK, Frame, Row, Span, filled, fitted, on, spread
from tui.locale import say
from tui.typed import narrow

Stage = Literal["home", "room", "person"]

LEVEL_STYLES = {"I": "red", "II": "red", "III": "amber-strong", "IV": "text"}
TITLE_CELLS = 26


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
    promise: tuple[Text, datetime] | None = None
    """The promise of that run that is due next."""

    def fits(self, typed: str) -> bool:
        """Whether what was typed stands in its name, title or words, in either language."""
        wanted = narrow(typed).casefold()
        said = [self.name, *(one for text in (self.title, *self.words) for one in (text.zh, text.en))]
        return any(wanted in narrow(one).casefold() for one in said)


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
    typed: str = ""
    at: int | None = None
    said: str = ""
    faults: int = 0
    busy: bool = False

    def shown(self) -> list[Choice]:
        """What stands behind the numbers now."""
        everything = [*self.runs, *self.starts] if self.stage == "home" else list(self.starts)
        if not self.typed or narrow(self.typed).isdecimal():
            return everything
        return [one for one in everything if one.fits(self.typed)]

    def picked(self) -> Choice | None:
        """What Enter chooses: the number typed, else the one row left, else the marked one."""
        shown, typed = self.shown(), narrow(self.typed)
        if typed.isdecimal():
            return shown[int(typed) - 1] if 0 < int(typed) <= len(shown) else None
        if typed and len(shown) == 1:
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
        [Span(f"{glass.who}  "), Span(clock, "strong"), Span(" ")],
        glass.width,
    )
    faults = [Span(say("home-faults", language, count=glass.faults) + " ", "amber")] if glass.faults else []
    return [first, spread([Span(" "), *_promises(glass, language)], faults, glass.width)]


def _promises(glass: HomeGlass, language: str) -> list[Span]:
    """The promises that run, the next one first."""
    running = sorted((one.promise for one in glass.runs if one.promise is not None), key=lambda one: one[1])
    if not running or glass.now is None:
        return [Span(say("home-no-promises", language), "dim")]
    spans = [Span(say("home-promises", language) + "  ", "dim")]
    for title, deadline in running[:3]:
        left = deadline - glass.now
        word = "promise-running" if left >= timedelta() else "promise-broken"
        style = "amber" if left >= timedelta() else "red"
        spans.append(Span(say(word, language, title=title, left=say_clock(abs(left))) + "   ", style))
    return spans


# --- the lists


def _sections(glass: HomeGlass, language: str, room: int) -> list[Row]:
    shown = glass.shown()
    if glass.stage != "home":
        rows = [_title(f"home-{glass.stage}", language), BLANK]
        return rows + _some(glass, shown, 0, language, room - 2)
    runs = [one for one in shown if one.goes_on]
    starts = shown[len(runs) :]
    rows = []
    if glass.over:
        rows += [(Span("  "), Span(f" {say(f'home-{glass.over}', language)} ", "tag-red")), BLANK]
    if runs:
        rows += [_title("home-open", language), *_some(glass, runs, 0, language, max(room // 2, 3)), BLANK]
    hint = Span(f"   {say('home-start-hint', language)}", "dim")
    rows += [(*_title("home-start", language), hint), BLANK]
    return rows + _some(glass, starts, len(runs), language, room - len(rows))


def _title(word: str, language: str) -> Row:
    return (Span(f"  {say(word, language)}", "blue"),)


def _some(glass: HomeGlass, choices: Sequence[Choice], before: int, language: str, room: int) -> list[Row]:
    """As many choices as there is room for, each with as many lines as fit; the rest is counted."""
    if not choices:
        none = say("home-none", language, typed=glass.typed) if glass.typed else say("home-quiet", language)
        return [(Span(f"    {none}", "dim"),)]
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
        return [_run(glass, one, lead, picked, language)]
    title = Span(pad(one.title.of(language), TITLE_CELLS) + "  ", "strong" if picked else "text")
    hang = 8 + TITLE_CELLS + 2
    words = [text.of(language) for text in _foremost(one, glass.typed)]
    parts = _packed(words, glass.width - hang - 2, lines)
    first: Row = (*lead, title, Span(parts[0] if parts else "", "dim"))
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
    age = ""
    if one.opened_at is not None and glass.now is not None:
        age = f"T+{say_clock(glass.now - one.opened_at)[:-3]}"
    level = one.level or "-"
    left = [
        *lead,
        Span(f"{level:<4}", LEVEL_STYLES.get(level, "dim")),
        Span(f"{one.title.of(language)}   ", "strong" if picked else "text"),
        Span("   ".join(text.of(language) for text in one.words), "dim"),
    ]
    return spread(left, [Span(f"  {one.people}  ", "dim"), Span(age), Span(" ")], glass.width)


# --- foot


def _field(glass: HomeGlass, language: str) -> Row:
    if glass.said:
        return (Span("  "), Span(cut(glass.said, glass.width - 4), "amber"))
    left = [Span(f"  {say('home-typed', language)} ", "dim"), Span(glass.typed, "field"), Span(" ", "caret")]
    return tuple(fitted(left, glass.width))


def _items(glass: HomeGlass, language: str) -> list[Key]:
    picked = glass.picked()
    enter = (
        "-" if picked is None else say("key-start" if glass.stage == "home" else "key-choose-it", language)
    )
    if picked is not None and picked.goes_on:
        enter = say("key-go-back", language)
    items: list[Key] = [("Enter", enter, "enter"), ("Up Down", say("key-move", language), "key")]
    if glass.stage != "home" or glass.over or glass.typed:
        items.append(("Esc", say("key-back", language), "key"))
    return [*items, ("F2", say("key-language", language), "key"), ("F12", say("key-leave", language), "key")]


def _small(glass: HomeGlass, language: str) -> list[Row]:
    said = say(
        "screen-too-small", language, columns=glass.width, rows=glass.height, wide=LEAST[0], high=LEAST[1]
    )
    return [(Span(line, "amber"),) for line in wrap(said, glass.width)[:2]]
