"""What a screen of a given size shows: rows of spans, worked out without a terminal.

The same regions stand in the same places at every size. From the top: header (2 rows), goals, a page of
the steps around the current one, the panel (warning, act, what belongs to it, or the question that is being
asked), watch, alarm, keys. Header, warning, act and alarm never give way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from engine.acts import Act
from engine.clocks import alarms, promises
from engine.road import Place
from engine.text import cells, cut, pad, wrap
from tui import view
from tui.asking import Question
from tui.view import Looking


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style; the names of styles are those of `theme`."""

    text: str
    style: str = "text"


Row = tuple[Span, ...]


@dataclass(slots=True)
class Glass:
    """What the screen knows beside the run: its size, what is looked at, what is being asked."""

    width: int = 80
    height: int = 24
    looking: str | None = None
    """The step that is looked at; None: the current one."""
    panel: str = "step"
    """step, acts, map or why."""
    acts: list[Act] = field(default_factory=list)
    top: int = 0
    question: Question | None = None
    typed: str = ""
    record: str = "saved"
    """saved, recording or not-recorded."""
    said: str = ""
    """The last refusal or news, in one sentence."""
    unconfirmed: bool = False
    """The first key only confirms the place."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole screen: as many rows as it is high, and where the input stands."""

    rows: tuple[Row, ...]
    input_at: tuple[int, int] | None = None
    """Row and column of the first cell of what is typed."""


def walk_frame(look: Looking, glass: Glass, current: str | None) -> Frame:
    """The walk screen."""
    width, height = glass.width, glass.height
    head = _head(look, glass, current, width)
    foot = _foot(look, glass, current, width)
    room = height - len(head) - len(foot)
    wide = width >= 120
    inner = 84 if wide else width
    panel, input_row = _panel(look, glass, current, inner)
    listed = max(room - max(len(panel), _least_panel(room)) - 1, 0)
    steps = _step_page(look, glass, current, inner, listed)
    body = [*steps, _blank(), *panel]
    body = [*body[:room], *[_blank()] * (room - len(body))]
    if wide:
        body = _beside(body, _map(look, current, width - inner - 2, room), inner)
    rows = tuple([*head, *body, *foot])
    at = None if input_row is None else len(head) + len(steps) + 1 + input_row
    column = 2 + cells(glass.question.prompt) if glass.question is not None else 0
    return Frame(rows[:height], None if at is None else (min(at, height - 4), column))


def _least_panel(room: int) -> int:
    """So that the page of steps does not move with every panel: the panel has at least half the room."""
    return room // 2 + 2


def _blank() -> Row:
    return ()


def spread(left: Sequence[Span], right: Sequence[Span], width: int) -> Row:
    """Spans at the left and at the right edge; the left gives way."""
    tail = sum(cells(span.text) for span in right)
    room = max(width - tail - 1, 0)
    kept: list[Span] = []
    for span in left:
        taken = cells(span.text)
        if taken > room:
            kept.append(Span(cut(span.text, room), span.style))
            room = 0
            break
        kept.append(span)
        room -= taken
    return (*kept, Span(" " * (room + 1)), *right)


# --- head


def _head(look: Looking, glass: Glass, current: str | None, width: int) -> list[Row]:
    state, book = look.state, look.state.graph.runbook
    room = next((look.text(one.title) for one in state.graph.site.rooms if one.id == state.room), "")
    kind = {"R": "text", "H": "violet", "D": "violet", "P": "blue"}.get(state.kind, "text")
    elapsed = look.length(look.now - (state.opened_at or look.now))
    first = spread(
        [
            Span(f" {look.say('kind-' + state.kind)}   ", kind),
            Span(look.text(book.title), "bold"),
            Span(f"  {book.id} r{book.revision}  {room}", "dim"),
        ],
        [Span(f"T+{elapsed}  ", "dim"), Span(f"{look.now.astimezone(look.zone):%H:%M:%S} ", "text")],
        width,
    )
    second = spread(
        [Span(" "), Span(view.place(look), "blue"), *_promise_spans(look)],
        [Span(f"{_me(look)}  ", "text"), _record_span(look, glass), Span(" ")],
        width,
    )
    goals = view.goals(look)
    return [first, second, (Span(" "), Span(cut(goals, width - 2), "dim")), _blank()]


def _me(look: Looking) -> str:
    roles = look.state.roles_of(look.person)
    return f"{look.name(look.person)} {look.role(roles[0]) if roles else ''}".strip()


def _record_span(look: Looking, glass: Glass) -> Span:
    style = {"saved": "green", "recording": "amber", "not-recorded": "red"}[glass.record]
    return Span(look.say(f"record-{glass.record}"), style)


def _promise_spans(look: Looking) -> list[Span]:
    """The promises that run, the next one first."""
    running = [one for one in promises(look.state, look.now) if one.status in ("running", "broken") and one.deadline]
    running.sort(key=lambda one: one.deadline or look.now)
    spans = []
    for one in running[:2]:
        style = "red" if one.status == "broken" else "amber"
        spans += [Span("   "), Span(view.promise_line(look, one), style)]
    return spans


# --- steps


ROW_STYLES = {
    "done": "done",
    "failed": "red",
    "overridden": "red",
    "contradicted": "red",
    "left-over": "red",
    "deferred": "amber",
    "awaiting-second": "amber",
    "to-confirm": "amber",
    "active": "text",
    "ready": "text",
}


def on_the_road(look: Looking) -> list[str]:
    """The steps a person can meet: everything but what no road leads to now."""
    return [name for name in look.state.graph.steps if look.state.place(name) is not Place.OFF]


def _step_page(look: Looking, glass: Glass, current: str | None, width: int, count: int) -> list[Row]:
    """A page of the road that holds the step looked at; it turns like a page, it does not scroll."""
    names = on_the_road(look)
    focus = glass.looking or current
    if not names or count <= 0:
        return []
    index = names.index(focus) if focus in names else len(names) - 1
    # The pages overlap by one row, so that the step before is seen when a page turns.
    first = max(index - 1, 0) // max(count - 1, 1) * max(count - 1, 1)
    rows = [_step_row(look, name, current, glass.looking, width) for name in names[first : first + count]]
    return [*rows, *[_blank()] * (count - len(rows))]


def _step_row(look: Looking, name: str, current: str | None, looking: str | None, width: int) -> Row:
    row = view.step_row(look, name, current)
    title, _, tail = row.partition("   ")
    style = "bold" if name == current else ROW_STYLES.get(view.status(look.state, name), "dim")
    if name == looking:
        style = "look"
    tail = " ".join(tail.split())
    return spread([Span(title, style)], [Span(cut(tail, max(width - 30, 10)), "dim"), Span(" ")], width)


def _map(look: Looking, current: str | None, width: int, height: int) -> list[Row]:
    """Every step with its mark, around the current one: for wide screens."""
    names = list(look.state.graph.steps)
    index = names.index(current) if current in names else 0
    first = max(min(index - height // 2, len(names) - height), 0)
    rows: list[Row] = []
    for name in names[first : first + height]:
        word = view.status(look.state, name)
        mark = ">" if name == current else " "
        style = "bold" if name == current else ROW_STYLES.get(word, "dim")
        rows.append((Span(cut(f"{mark}{view.MARKS[word]} {look.title(name)}", width), style),))
    return rows


def _beside(left: list[Row], right: list[Row], width: int) -> list[Row]:
    joined = []
    for index, row in enumerate(left):
        used = sum(cells(span.text) for span in row)
        more = right[index] if index < len(right) else ()
        joined.append((*row, Span(" " * max(width + 2 - used, 1)), *more))
    return joined


# --- the panel


def _panel(look: Looking, glass: Glass, current: str | None, width: int) -> tuple[list[Row], int | None]:
    """What stands under the steps, and the row of the input in it."""
    if glass.question is not None:
        return _question(look, glass, current, width)
    if glass.panel == "acts":
        return _act_rows(look, glass, width), None
    if glass.panel in ("map", "why"):
        return _list_rows(look, glass, current, width), None
    step_id = glass.looking or current
    if step_id is None:
        return [(Span(f" {look.say('place-end')}", "text"),)], None
    return _step_panel(look, glass, step_id, width), None


def _step_panel(look: Looking, glass: Glass, step_id: str, width: int) -> list[Row]:
    rows: list[Row] = []
    step = look.state.graph.steps[step_id]
    for line in view.step_lines(look, step_id):
        style = "text"
        if step.warn is not None and not rows_have_act(rows):
            style = "red"
        if line.startswith("> "):
            style = "now"
        elif line.startswith("    "):
            style = "text"
        rows += wrapped(line, style, width)
    if glass.unconfirmed:
        rows = [(Span(f" {look.say('confirm-place')}", "amber"),), *rows]
    return rows


def rows_have_act(rows: Iterable[Row]) -> bool:
    """Whether the row of the act itself is among them."""
    return any(span.style == "now" for row in rows for span in row)


def wrapped(line: str, style: str, width: int) -> list[Row]:
    """A line in as many rows as it needs, its indent kept."""
    indent = len(line) - len(line.lstrip(" "))
    parts = wrap(line.strip(" "), max(width - indent - 2, 10)) if line.strip() else [""]
    return [(Span(" " + " " * indent + part, style),) if part else () for part in parts]


def _question(look: Looking, glass: Glass, current: str | None, width: int) -> tuple[list[Row], int]:
    question = glass.question
    assert question is not None
    rows: list[Row] = []
    step_id = current
    if step_id is not None:
        step = look.state.graph.steps[step_id]
        if step.warn is not None:
            rows += wrapped(f"{look.say('warning')}  {look.text(step.warn)}", "red", width)
        rows += wrapped(f"> {look.state.graph.number[step_id]}  {look.title(step_id)}", "now", width)
    for line in question.lines:
        rows += wrapped(line, "text", width)
    typed = "*" * len(glass.typed) if question.hidden else glass.typed
    rows.append((Span(f"  {question.prompt}", "amber"), Span(typed, "input"), Span("_", "input")))
    return rows, len(rows) - 1


def _act_rows(look: Looking, glass: Glass, width: int) -> list[Row]:
    rows: list[Row] = [(Span(f" {look.say('all-acts')}", "blue"),)]
    for number, act in enumerate(glass.acts[glass.top : glass.top + 9], start=1):
        label = view.act_label(look, act, with_step=True)
        rows.append((Span(f"  {number}  ", "amber"), Span(cut(label, width - 8), "text")))
    if len(glass.acts) > glass.top + 9:
        rows.append((Span(f"  {look.say('more-below', count=len(glass.acts) - glass.top - 9)}", "dim"),))
    return rows


def _list_rows(look: Looking, glass: Glass, current: str | None, width: int) -> list[Row]:
    lines = view.all_rows(look, current) if glass.panel == "map" else view.why_lines(look, current)
    return [row for line in lines[glass.top :] for row in wrapped(line, "text", width)]


# --- foot


def _foot(look: Looking, glass: Glass, current: str | None, width: int) -> list[Row]:
    return [
        (Span(f" {cut(_watch_line(look), width - 2)}", "dim"),),
        _alarm_row(look, glass, width),
        _key_row(look, glass, current, width),
    ]


def _watch_line(look: Looking) -> str:
    state = look.state
    parts = [f"{look.say('watch-list')} {row.strip()}" for row in view.watch_rows(look) if row.startswith("!!")][:1]
    others = [name for name in state.open_steps() if name != view.current_step(state, look.person, look.now)]
    if others:
        parts.append(look.say("also-open", count=len(others), title=look.title(others[0])))
    if state.deferred_steps():
        parts.append(f"{look.say('deferred-list')} {len(state.deferred_steps())}")
    if state.left_over():
        parts.append(look.say("left-over-count", count=len(state.left_over())))
    return "   ".join(parts)


def _alarm_row(look: Looking, glass: Glass, width: int) -> Row:
    """The gravest alarm, always in this row; empty when all is quiet. What was just refused comes first."""
    if glass.said:
        return (Span(f" {cut(glass.said, width - 2)}", "amber"),)
    standing = alarms(look.state, look.now)
    if not standing:
        return _blank()
    more = look.say("alarms-more", count=len(standing) - 1) if len(standing) > 1 else ""
    line = f" !! {look.clock(standing[0].at)}  {view.alarm_line(look, standing[0])}"
    style = "red" if standing[0].rank == 3 else "amber"
    return spread([Span(line, style)], [Span(f"{more} ", "dim")], width)


def _key_row(look: Looking, glass: Glass, current: str | None, width: int) -> Row:
    if glass.question is not None:
        return (Span(f" {cut(look.say('keys-ask'), width - 2)}", "keys"),)
    if glass.panel != "step":
        return (Span(f" {cut(look.say('keys-list'), width - 2)}", "keys"),)
    main = next((act for act in glass.acts if act.main and act.step == current), None)
    label = cut(view.act_label(look, main), 24) if main is not None else "-"
    return (Span(f" {cut(look.say('keys-walk', act=label), width - 2)}", "keys"),)
