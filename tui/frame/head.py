"""The three rows that are never gone: what this is, where we are, how things stand."""

from __future__ import annotations

from engine.clocks import Overdue, overdue, promises, suggested_level
from engine.condition import say_clock
from engine.text import cells, clean, cut, pad
from tui import view
from tui.frame.glass import Glass
from tui.frame.rows import BLANK, Row, Span, fitted, on, spread, width_of
from tui.view import Looking, SevenBits
from tui.view.values import value_band

RECORD_STYLES = {"saved": "green", "recording": "amber", "not-recorded": "red"}
KIND_STYLES = {"R": "tag-real", "P": "tag-blue"}
KIND_WORDS = {"D": "DRILL", "H": "REHEARSAL", "P": "PATROL"}
PLACE_CELLS = 15
"""Room kept for the place, so that nothing beside it moves when the step changes."""


def head_rows(look: Looking, glass: Glass, step: str | None) -> list[Row]:
    """Header and goals."""
    width = glass.width
    if glass.drill[0]:
        rest: list[Row] = [(Span(" "), *fitted([*_denied(look), Span(*glass.drill)], width - 2))]
    elif look.state.held is not None:
        rest = [(Span(" "), *fitted([*_denied(look), *_held(look)], width - 2))]
    elif denied := _denied(look):
        rest = [(Span(" "), *fitted(denied, width - 2)), *goal_rows(look, width)]
    else:
        rest = goal_rows(look, width)
    rows = [_identity(look, width), _place(look, glass, step), *rest]
    return [on(row, "head", width) for row in rows]


def kind_tag(look: Looking) -> Span:
    """DRILL or REAL, in words of both languages; in seven bits of the one that can be written so."""
    said = look.said("kind", look.state.kind)
    if isinstance(look, SevenBits):
        said = " ".join(word for word in said.split() if word.isascii())
    return Span(f" {said} ", KIND_STYLES.get(look.state.kind, "tag-violet"))


def _short_tag(look: Looking) -> Span:
    """The same in one language, where there is not room for both."""
    kind = look.state.kind
    words = look.say(KIND_WORDS[kind]) if kind in KIND_WORDS else kind
    return Span(f" {words} ", KIND_STYLES.get(kind, "tag-violet"))


def _identity(look: Looking, width: int) -> Row:
    state, book = look.state, look.state.graph.runbook
    room = next((look.text(one.title) for one in state.graph.site.rooms if one.id == state.room), "")
    tag = kind_tag(look)
    around = f"  {clean(book.id)} r{book.revision}  {room}"
    if width >= WIDTH_OF_RUN:
        around += f"  {clean(state.run_id)}"
    elapsed = say_clock(look.now - (state.opened_at or look.now))
    local = look.now.astimezone(look.zone)
    zone = f"{local:%z}".removesuffix("00")
    right = [Span(f"T+{elapsed}", "strong"), Span(f"  {local:%H:%M}", "text"), Span(f" {zone} ", "dim")]
    # In anything but the real thing the word stands at both ends.
    right += [] if state.kind == "R" else [tag if width >= WIDTH_OF_RUN else _short_tag(look)]
    room_left = width - width_of([tag, *right]) - cells(around) - 3
    title = cut(look.text(book.title), max(room_left, 12))
    return spread([tag, Span("  "), Span(title, "strong"), Span(around, "dim")], right, width)


WIDTH_OF_RUN = 100
"""From so many columns on the id of the run is shown."""


def _place(look: Looking, glass: Glass, step: str | None) -> Row:
    """Place, level, what is overdue or due, who, the record; where it is narrow role, name and titles give way."""
    where = view.place(look, step)
    name, role = cut(look.name(look.person), NAME_CELLS), cut(_role(look), ROLE_CELLS)
    left = [Span(" "), Span(pad(where, max(PLACE_CELLS, cells(where) + 2)), "amber-strong")]
    level = [_level(look)]
    last: Row = ()
    for who in (f"{name} {role}", name, cut(name, NAME_LEAST)):
        right = [Span(f"{who}  "), record_span(look, glass), Span(" ")]
        room = glass.width - width_of([*left, *level]) - width_of(right) - 1
        due = due_spans(look, room)
        last = spread([*left, *level, *due], right, glass.width)
        if width_of(due) <= room:
            break
    else:
        due = due_spans(look, room, least=0)
        last = spread([*left, *level, *due], right, glass.width)
    return last


NAME_CELLS, NAME_LEAST, ROLE_CELLS = 16, 10, 20
"""Who is here has so much room and no more: a long name never moves the record's state."""

GAP = "   "


def _level(look: Looking) -> Span:
    level = look.state.level
    said = look.say("level", level=level) if level else look.say("level-none-short")
    suggested = suggested_level(look.state, look.now)
    if suggested is not None and suggested != level:
        return Span(said + look.say("level-suggested", level=suggested) + GAP, "amber")
    return Span(said + GAP, "text" if level else "dim")


def record_span(look: Looking, glass: Glass) -> Span:
    """How the record stands, always as wide, so that nothing beside it moves."""
    words = {state: look.say(f"record-{state}") for state in RECORD_STYLES}
    room = max(cells(words[state]) for state in ("saved", "recording"))
    said = words[glass.record]
    return Span(" " * max(room - cells(said), 0) + said, RECORD_STYLES[glass.record])


def _role(look: Looking) -> str:
    roles = look.state.roles_of(look.person)
    return look.role(roles[0]) if roles else look.say("no-role")


TITLE_LEAST = 10
"""So much of the title of what is overdue is shown where who is here can give way to it."""


def due_spans(look: Looking, room: int, *, least: int = TITLE_LEAST) -> list[Span]:
    """What is overdue, counted, the longest first by name, also in the other runs of the incident.

    Then the promises that run, as many as fit whole.
    """
    late = look.once(overdue)
    elsewhere = width_of(_beside_spans(look, 0)) if look.beside else 0
    spans = _late_spans(look, late, room - elsewhere, least) if late else []
    spans += _beside_spans(look, room - width_of(spans), after=bool(spans))
    room -= width_of(spans)
    standing = [one for one in look.once(promises) if one.status in ("running", "broken")]
    standing.sort(key=lambda one: (one.deadline is None, one.deadline or look.now))
    for one in standing:
        if one.deadline is not None and one.deadline < look.now:
            continue  # counted above
        line = view.promise_line(look, one, near=not spans)
        if spans and cells(line) + len(GAP) > room:
            break
        spans += [Span(GAP)] * bool(spans)
        spans.append(Span(line, "red" if one.status == "broken" else "amber"))
        room -= cells(line) + len(GAP)
    return spans


def _late_spans(look: Looking, late: list[Overdue], room: int, least: int) -> list[Span]:
    """How many things are overdue, and the one that is so the longest."""
    said, first = look.say("overdue-count", count=len(late)), late[0]
    length = f" -{look.soon(look.now - first.at)}"
    title = cut(look.text(first.title), max(room - cells(said) - cells(length), least))
    return [Span(said, "red"), Span(title, "red"), Span(length, "red")]


def _beside_spans(look: Looking, room: int, *, after: bool = False) -> list[Span]:
    """What presses in each other run: the name of the first gives way, that there is something never does."""
    spans: list[Span] = []
    for line, brief in view.beside_lines(look):
        gap = [Span(GAP)] if spans or after else []
        whole = width_of([*spans, *gap]) + cells(line) <= room
        spans += [*gap, Span(line if whole else brief, "red")]
    return spans


def _held(look: Looking) -> list[Span]:
    assert look.state.held is not None
    at, by, reason = look.state.held
    said = look.say("held", reason=look.text(reason), name=look.name(by), time=look.clock(at))
    return [Span(said, "amber-strong")]


def _denied(look: Looking) -> list[Span]:
    """The entry conditions that do not hold: said as long as the run goes on all the same."""
    denied = [look.text(words) for words in view.entries_denied(look.state)]
    return [Span(look.say("entry-not-so-head", words=look.join(denied)) + GAP, "red")] if denied else []


BAND_STYLES = {"warn": "amber", "act": "red"}
LABEL_LEAST = 6
"""Of the label of a goal so much is kept; where that does not fit the goals take a second row."""

Goal = tuple[str, str, str]
"""Label, value with its band, style of the value."""


def goal_rows(look: Looking, width: int) -> list[Row]:
    """The few things that matter. A label gives way, a value never does."""
    goals = _goals(look)
    if not goals:
        return [BLANK]
    if len(goals) > 1 and _room_of_labels(goals, width) < sum(
        min(cells(one[0]), LABEL_LEAST) for one in goals
    ):
        half = -(-len(goals) // 2)
        return [_goal_row(goals[:half], width), _goal_row(goals[half:], width)]
    return [_goal_row(goals, width)]


def _goals(look: Looking) -> list[Goal]:
    known = look.state.graph.readings
    names = dict.fromkeys(name for _, name in look.state.graph.runbook.goals if name in known)
    return [
        (
            look.text(known[name].label),
            view.value_line(look, known[name]),
            BAND_STYLES.get(value_band(look, known[name]), "text"),
        )
        for name in names
    ]


def _room_of_labels(goals: list[Goal], width: int) -> int:
    """The cells that values and gaps leave to the labels of a row."""
    return width - 2 - sum(cells(value) + 1 for _, value, _ in goals) - len(GAP) * (len(goals) - 1)


def _goal_row(goals: list[Goal], width: int) -> Row:
    """The longest labels are cut first, to one length."""
    room = _room_of_labels(goals, width)
    most = max(cells(label) for label, _, _ in goals)
    while most > 0 and sum(min(cells(label), most) for label, _, _ in goals) > room:
        most -= 1
    spans = [Span(" ")]
    for index, (label, value, style) in enumerate(goals):
        said = cut(label, most) if most > 2 else ""
        spans += [Span(GAP)] * bool(index) + [Span(f"{said} " if said else "", "dim"), Span(value, style)]
    return tuple(spans)
