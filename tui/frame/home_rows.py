"""The rows of home: a run that goes on, a plan with its symptoms, a room, a person; each with its number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from engine.condition import say_clock, say_length
from engine.text import Text, cells, cut, pad
from tui.frame.glass import WIDE
from tui.frame.home_glass import Choice, Due, HomeGlass
from tui.frame.rows import Row, Span, fitted, spread
from tui.locale import say
from tui.typed import narrow

LEVEL_STYLES = {"I": "red", "II": "red", "III": "amber-strong", "IV": "text"}

TITLE_CELLS = 26
"""The column of the titles; a longer title takes up to a third of a wide screen."""

LATE_CELLS = 38
"""What is overdue stands in one column under the titles, what is due next in one beside it; at 80 columns."""

LEVEL_CELLS, RUN_CELLS = 4, 24
HANG = 8 + LEVEL_CELLS
"""Where the titles of the runs begin, and what is due stands under them."""

PEOPLE_CELLS = 36
"""So much room on a wide screen have those who take part in a run."""


def title_row(word: str, language: str, chosen: Sequence[Text] = ()) -> Row:
    """What is chosen here; before it, what has been chosen already."""
    before = "".join(f"{text.of(language)}   " for text in chosen)
    return (Span(f"  {before}", "strong"), Span(say(word, language), "blue"))


def some_rows(glass: HomeGlass, choices: Sequence[Choice], language: str, room: int) -> list[Row]:
    """As many choices as there is room for, each with as many lines as fit; the rest is counted."""
    if not choices:
        return []
    each = max(min(room // len(choices), 3), 1)
    column = _title_cells(glass, choices, language)
    blocks = [_choice(glass, one, language, each, column) for one in choices]
    rows: list[Row] = []
    for index, block in enumerate(blocks):
        if len(rows) + len(block) > room - (index < len(blocks) - 1):
            more = say("home-more", language, count=len(blocks) - index)
            return [*rows, (Span(f"    {more}", "dim"),)]
        rows += block
    return rows


def lead_of(glass: HomeGlass, one: Choice) -> list[Span]:
    """The mark of what Enter takes, and the number."""
    picked = glass.picked() is one
    label = glass.label_of(one)
    return [Span(" => " if picked else "    ", "amber-strong"), Span(f"{label:>2}  ", "amber-strong")]


def _title_cells(glass: HomeGlass, choices: Sequence[Choice], language: str) -> int:
    longest = max(cells(one.title.of(language)) for one in choices)
    return max(min(longest, glass.width // 3), TITLE_CELLS)


def _choice(glass: HomeGlass, one: Choice, language: str, lines: int, column: int) -> list[Row]:
    """A choice in one row or a few: number, title, and what is known or seen of it."""
    lead, picked = lead_of(glass, one), glass.picked() is one
    if one.goes_on:
        row = _run(glass, one, lead, picked, language)
        return [row, _due_row(glass, one, language)] if lines > 1 else [row]
    kind = _kind(one, language)
    taken = sum(cells(span.text) for span in kind)
    hang = 8 + column + 2
    words = [text.of(language) for text in _foremost(one, glass)]
    # Where nothing stands at its right a title takes the whole row.
    room = column if words or one.kept is not None else max(glass.width - hang + column, column)
    title = Span(pad(one.title.of(language), room - taken) + "  ", "strong" if picked else "text")
    parts = _packed(words, glass.width - hang - 2, lines)
    if one.kept is not None:
        # What is seen of it gives way: that it is kept back, and by which run, is said whole.
        parts = [cut(one.kept.of(language), glass.width - hang - 2), *parts][:lines]
    first: Row = (*lead, *kind, title, Span(parts[0] if parts else "", "amber" if one.kept else "dim"))
    return [first, *((Span(" " * hang), Span(part, "dim")) for part in parts[1:])]


def _foremost(one: Choice, glass: HomeGlass) -> list[Text]:
    """What fits the words that were typed comes first; a number looks for nothing."""
    wanted = narrow(glass.typed).casefold() if glass.searches() else ""
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


# --- a run that goes on


def _run(glass: HomeGlass, one: Choice, lead: Sequence[Span], picked: bool, language: str) -> Row:
    """An open run: how grave, what kind, what, where, how far; who is there, and for how long it has gone on.

    On a wide screen it says what is being done there, and names everybody.
    """
    age = ""
    if one.opened_at is not None and glass.now is not None:
        age = f"T+{say_clock(glass.now - one.opened_at)[:-3]}"
    wide, level = glass.width >= WIDE, one.level or "-"
    left = [*lead, Span(pad(level, LEVEL_CELLS), LEVEL_STYLES.get(level, "dim")), *_kind(one, language)]
    room = (RUN_CELLS + 8 * wide) - sum(cells(span.text) for span in left[len(lead) + 1 :])
    left.append(Span(pad(one.title.of(language), room) + "  ", "strong" if picked else "text"))
    left += [Span(f"{text.of(language)}  ", "dim") for text in one.words]
    if wide and one.step is not None:
        left.append(Span(one.step.of(language)))
    people = cut(one.everybody, PEOPLE_CELLS) if wide and one.everybody else one.people
    right = [Span(f"  {people}  ", "dim"), Span(age), Span(" ")]
    if not wide:
        # How far it has come is said whole, whoever is there: names give way.
        most = glass.width - sum(cells(span.text) for span in left) - cells(age) - 6
        right[0] = Span(f"  {_whole(people.split(), most)}  ", "dim")
    return spread(left, right, glass.width)


def _whole(names: Sequence[str], room: int) -> str:
    """As many names as fit whole."""
    said = ""
    for name in names:
        longer = f"{said} {name}".strip()
        if cells(longer) > room:
            break
        said = longer
    return said


def _kind(one: Choice, language: str) -> list[Span]:
    """The kind of whatever is not a real emergency, in words of both languages where it is an exercise."""
    if one.kind == "R":
        return []
    style = "tag-blue" if one.kind == "P" else "tag-violet"
    return [Span(f" {say(f'kind-{one.kind}', language)} ", style), Span(" ")]


def _due_row(glass: HomeGlass, one: Choice, language: str) -> Row:
    """Under a run: what is overdue, and what falls due next; before both what hangs over people's lives."""
    grave = f"!! {one.grave.of(language)}" if one.grave is not None else ""
    if grave and glass.now is not None:
        late = f"   {due_words(one.late[0], glass.now, language)}" if one.late else ""
        more = f"  {say('screen-more', language, count=len(one.late) - 1)}" if len(one.late) > 1 else ""
        spans = [Span(" " * HANG), Span(grave, "tag-red"), Span(late + more, "red")]
        return tuple(fitted(spans, glass.width - 1))
    if glass.now is None or (not one.late and one.due is None):
        return (Span(" " * HANG), Span(say("home-nothing-due", language), "dim"))
    due = due_words(one.due, glass.now, language) if one.due is not None else ""
    late = due_words(one.late[0], glass.now, language) if one.late else ""
    more = f"  {say('screen-more', language, count=len(one.late) - 1)}" if len(one.late) > 1 else ""
    wanted, room = cells(late) + cells(more), glass.width - HANG - cells(due) - 4
    column = max(min(wanted, room), LATE_CELLS)
    spans = [Span(" " * HANG)]
    if one.late:
        spans.append(Span(pad(cut(late, column - cells(more)) + more, column) + "  ", "red"))
    if one.due is not None:
        spans.append(Span(due, "amber"))
    return tuple(fitted(spans, glass.width - 1))


def due_words(due: Due, now: datetime, language: str) -> str:
    """What is overdue and for how long, or what is due next and in how many minutes."""
    title, at = due
    left = at - now
    minutes = (
        math.ceil(abs(left).total_seconds() / 60) if left >= timedelta() else int(-left.total_seconds() // 60)
    )
    length = say_length(timedelta(minutes=minutes), language)
    return say("home-late" if left < timedelta() else "home-next", language, what=title, length=length)
