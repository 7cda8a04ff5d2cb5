"""Home: what is open, and how to start. One digit and Enter starts; typing what one sees filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from engine.text import cells, clean, cut, pad
from tui.asking import narrow
from tui.frame import Row, Span, spread
from tui.locale import say
from tui.widgets.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of home: an open run, or a runbook to start."""

    name: str
    title: dict[str, str]
    words: dict[str, str]
    """What stands behind the title, and is searched: symptoms, or place and age of a run."""
    style: str = "text"


@dataclass(slots=True)
class HomeGlass:
    """What home shows."""

    width: int
    height: int
    site: dict[str, str]
    who: str
    now: datetime
    record: str
    open_runs: Sequence[Choice] = ()
    start: Sequence[Choice] = ()
    typed: str = ""
    at: int = 0
    shown: list[Choice] = field(default_factory=list)


def home_frame(glass: HomeGlass, language: str) -> list[Row]:
    """The rows of home."""
    width = glass.width
    rows: list[Row] = [
        spread(
            [Span(" Muster   ", "bold"), Span(clean(glass.site[language]), "text")],
            [Span(f"{clean(glass.who)}  ", "text"), Span(f"{glass.now:%H:%M:%S} ", "text")],
            width,
        ),
        (Span(f" {cut(clean(glass.record), width - 2)}", "dim"),),
        (),
    ]
    glass.shown = []
    rows += _section(glass, "open-runs", fitting(glass.open_runs, glass.typed, language), language)
    rows += _section(glass, "start", fitting(glass.start, glass.typed, language), language)
    rows = rows[: glass.height - 2]
    rows += [()] * (glass.height - 2 - len(rows))
    rows.append((Span(f" {say('home-type', language)} ", "dim"), Span(glass.typed, "input"), Span("_", "input")))
    rows.append((Span(f" {cut(say('keys-home', language), width - 2)}", "keys"),))
    return rows


def _section(glass: HomeGlass, word: str, choices: Sequence[Choice], language: str) -> list[Row]:
    if not choices:
        return []
    rows: list[Row] = [(Span(f" {say(word, language)}", "blue"),)]
    for choice in choices:
        glass.shown.append(choice)
        number = len(glass.shown)
        mark = ">" if number - 1 == glass.at else " "
        title = pad(cut(clean(choice.title[language]), 24), 24)
        used = cells(f" {mark} {number:>2}  {title}  ")
        words = cut(clean(choice.words[language]), max(glass.width - used - 1, 0))
        style = "bold" if number - 1 == glass.at else choice.style
        rows.append((Span(f" {mark} ", "amber"), Span(f"{number:>2}  ", "amber"), Span(f"{title}  ", style), Span(words, "dim")))
    return [*rows, ()]


def fitting(choices: Sequence[Choice], typed: str, language: str) -> list[Choice]:
    """The choices whose title or words hold what was typed; digits choose and do not filter."""
    wanted = narrow(typed).casefold()
    if not wanted or wanted.isdecimal():
        return list(choices)
    return [one for one in choices if any(wanted in (one.title[tongue] + one.words[tongue]).casefold() for tongue in ("zh", "en"))]


class HomeScreen(Screen[str], inherit_bindings=False):
    """Ends with the name of a run or a runbook, or with none."""

    def __init__(self, glass: HomeGlass) -> None:
        super().__init__()
        self._glass = glass

    def compose(self) -> ComposeResult:
        yield Canvas(self.app.style_of)  # type: ignore[attr-defined]

    def on_resize(self, event: events.Resize) -> None:
        self._glass.width, self._glass.height = event.size.width, event.size.height
        self.query_one(Canvas).forget()
        self.paint()

    def paint(self) -> None:
        """Show what holds now."""
        self.query_one(Canvas).show(home_frame(self._glass, self.app.language))  # type: ignore[attr-defined]

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        glass = self._glass
        if event.key in ("f12", "ctrl+c", "ctrl+q") or (event.key == "escape" and not glass.typed):
            self.app.exit()
        elif event.key == "f2":
            self.app.switch_language()  # type: ignore[attr-defined]
        elif event.key == "escape":
            glass.typed, glass.at = "", 0
        elif event.key in ("up", "down"):
            step = 1 if event.key == "down" else -1
            glass.at = min(max(glass.at + step, 0), max(len(glass.shown) - 1, 0))
        elif event.key == "backspace":
            glass.typed = glass.typed[:-1]
        elif event.key == "enter":
            self._choose()
        elif event.character and event.is_printable:
            glass.typed += clean(event.character)
            glass.at = 0
        self.paint()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._glass.typed += clean(event.text.split("\n")[0])
        self.paint()

    def _choose(self) -> None:
        glass = self._glass
        number = narrow(glass.typed)
        index = int(number) - 1 if number.isdecimal() else glass.at
        if 0 <= index < len(glass.shown):
            self.app.wanted = glass.shown[index].name  # type: ignore[attr-defined]
            self.app.exit()
