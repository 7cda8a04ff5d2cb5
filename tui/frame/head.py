"""The three rows that are never gone: what this is, where we are, how things stand."""

from __future__ import annotations

from engine.clocks import promises
from engine.text import cells, clean, cut, pad
from tui import view
from tui.frame.glass import Glass
from tui.frame.rows import Row, Span, fitted, on, spread, width_of
from tui.view import Looking, SevenBits

RECORD_STYLES = {"saved": "green", "recording": "amber", "not-recorded": "red"}
KIND_STYLES = {"R": "tag-real", "P": "tag-blue"}
KIND_WORDS = {"D": "DRILL", "H": "REHEARSAL", "P": "PATROL"}
PLACE_CELLS = 15
"""Room kept for the place, so that nothing beside it moves when the step changes."""


def head_rows(look: Looking, glass: Glass, step: str | None) -> list[Row]:
    """Header and goals."""
    width = glass.width
    third = _held(look) if look.state.held is not None else goal_spans(look)
    if glass.drill[0]:
        third = [Span(*glass.drill)]
    rows = [_identity(look, width), _place(look, glass, step), (Span(" "), *fitted(third, width - 2))]
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
    elapsed = look.length(look.now - (state.opened_at or look.now))
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
    """Place, level, the promises, who, the record; where it is narrow, role and level give way to the promise."""
    where = view.place(look, step)
    name, role = cut(look.name(look.person), NAME_CELLS), cut(_role(look), ROLE_CELLS)
    left = [Span(" "), Span(pad(where, max(PLACE_CELLS, cells(where) + 2)), "amber-strong")]
    level = [_level(look)]
    last: Row = ()
    for shown, who in ((level, f"{name} {role}"), ([], f"{name} {role}"), (level, name), ([], name)):
        right = [Span(f"{who}  "), record_span(look, glass), Span(" ")]
        room = glass.width - width_of([*left, *shown]) - width_of(right) - 1
        promises_shown = promise_spans(look, room)
        last = spread([*left, *shown, *promises_shown], right, glass.width)
        if width_of(promises_shown) <= room + len(GAP):
            break
    return last


NAME_CELLS, ROLE_CELLS = 16, 20
"""Who is here has so much room and no more: a long name never moves the record's state."""

GAP = "   "


def _level(look: Looking) -> Span:
    level = look.state.level
    said = look.say("level", level=level) if level else look.say("level-none")
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


def promise_spans(look: Looking, room: int) -> list[Span]:
    """The promises that run or are broken, the next one first, as many as fit whole."""
    standing = [one for one in look.once(promises) if one.status in ("running", "broken")]
    standing.sort(key=lambda one: (one.deadline is None, one.deadline or look.now))
    spans: list[Span] = []
    for one in standing:
        style = "red" if one.status == "broken" else "amber"
        line = view.promise_line(look, one)
        if spans and cells(line) > room:
            break
        spans += [Span(line, style), Span(GAP)]
        room -= cells(line) + len(GAP)
    return spans


def _held(look: Looking) -> list[Span]:
    assert look.state.held is not None
    at, by, reason = look.state.held
    said = look.say("held", reason=look.text(reason), name=look.name(by), time=look.clock(at))
    return [Span(said, "amber-strong")]


def goal_spans(look: Looking) -> list[Span]:
    """The few things that matter: label, value, band."""
    known = look.state.graph.readings
    names = dict.fromkeys(name for _, name in look.state.graph.runbook.goals if name in known)
    bands = {look.say("band-warn"): "amber", look.say("band-act"): "red"}
    spans: list[Span] = []
    for name in names:
        value = view.value_line(look, known[name])
        style = next((style for word, style in bands.items() if value.endswith(f" {word}")), "text")
        spans += [Span(f"{look.text(known[name].label)} ", "dim"), Span(value, style), Span("   ")]
    return spans
