"""The rows below: watch list, timers, what is put off; the alarm; the keys, each called after what it does now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from engine.clocks import DUE_FOR, Timer, alarms, timers
from engine.text import cells, cut, pad
from tui import view
from tui.frame.glass import Glass
from tui.frame.rows import BLANK, Row, Span, fitted, on, spread, width_of
from tui.view import Looking
from tui.view.looking import FINE
from tui.view.rows import watch_words

LABEL_CELLS = 8
TITLE_CELLS, TITLE_LEAST = 28, 8
"""Of what a timer belongs to so much is shown, and where it says more than a length at least so much."""


def _label(words: str) -> Span:
    return Span(" " + words + " " * max(LABEL_CELLS - cells(words), 1), "blue")


# --- watches and timers


def watch_row(look: Looking, width: int) -> Row:
    """What may happen at any time: what is raised in words, else how many are watched for."""
    state = look.state
    raised = [name for name, one in state.watches.items() if one.raised_at is not None]
    left = [_label(look.say("screen-watch"))]
    left += [Span(f"!! {watch_words(look, name)}   ", "red") for name in raised]
    right = _put_off(look)
    room = width - 2 - width_of(left) - width_of(right)
    words = [watch_words(look, name) for name in state.watches if name not in raised]
    left.append(Span(_whole(look, words, room), "dim"))
    return (*spread(left, right, width - 1), Span(" "))


def _whole(look: Looking, words: Sequence[str], room: int) -> str:
    """As many as fit whole; the others are counted."""
    for count in range(len(words), -1, -1):
        more = [look.say("screen-more", count=len(words) - count)] if count < len(words) else []
        line = "   ".join([*words[:count], *more])
        if cells(line) <= room:
            return line if words else look.say("screen-none")
    return ""


def _put_off(look: Looking) -> list[Span]:
    """The deferred list, and what was left over, counted; the lists themselves stand behind F7."""
    state, spans = look.state, list[Span]()
    for word, names in (("screen-deferred", state.deferred_steps()), ("screen-left-over", state.left_over())):
        if names:
            spans += [Span("  "), Span(look.say(word, count=len(names)), "amber")]
    return spans


def timer_row(look: Looking, step: str | None, width: int) -> Row:
    """Every clock that runs, the next first; those of the step in front, which its card has too, behind them."""
    running = sorted(timers(look.state), key=lambda one: (one.step == step, one.at))
    left = [_label(look.say("screen-timers"))]
    open_now = len(view.others(look, step))
    right = [Span("  "), Span(look.say("screen-open", count=open_now), "text")] if open_now else []
    # Few clocks on a screen go by the second: that of the step in front, else the next one here.
    own = any(one.step == step and abs(one.at - look.now) < FINE for one in running)
    room = width - 2 - width_of(left) - width_of(right)
    for index, timer in enumerate(running):
        away = abs(timer.at - look.now)
        fine = timer.step == step or not (own or index)
        words = _timer_words(look, timer, look.soon(away) if fine else look.length(away))
        # What asks to be confirmed is never left out: its title gives way.
        asks = timer.kind == "wait" and timer.at < look.now
        most = min(max(room - width_of([words]) - 1, TITLE_LEAST), TITLE_CELLS) if asks else TITLE_CELLS
        title = look.say("screen-this-step") if timer.step == step else cut(look.title(timer.step), most)
        shown = [Span(f"{title} ", "dim"), words, Span("   ")]
        room -= width_of(shown)
        if room < -len("   "):
            break
        left += shown
    if not running:
        left.append(Span(look.say("screen-none"), "dim"))
    return (*spread(left, right, width - 1), Span(" "))


def _timer_words(look: Looking, timer: Timer, length: str) -> Span:
    """How long a timer still runs, or since when it is over; a wait that is over asks somebody to say so.

    A visit is due for a while before it is late.
    """
    late = look.now - timer.at
    if timer.kind == "round" and late >= timedelta(0):
        # In minutes: it was "now" for one of them, and nobody waits for its seconds.
        return (
            Span(look.say("screen-due-now"), "amber")
            if late < DUE_FOR
            else Span(f"-{look.length(late)}", "red")
        )
    if timer.at >= look.now:
        return Span(length, "text")
    if timer.kind == "wait":
        at = timer.at.astimezone(look.zone)
        return Span(look.say("screen-wait-over", time=f"{at:%H:%M}", left=length), "amber")
    return Span(f"-{length}", "red")


def deferred_rows(look: Looking, width: int, count: int) -> list[Row]:
    """The deferred list in rows of its own, where there is room."""
    names = [*look.state.deferred_steps(), *look.state.left_over()]
    if not names or not count:
        return []
    rows: list[Row] = [(_label(look.say("deferred-list")),)]
    for name in names[:count]:
        line = view.row_line(look, name, None, width - LABEL_CELLS - 3)
        if len(rows) == 1 and width_of(rows[0]) <= LABEL_CELLS + 1:
            rows[0] = (*rows[0], Span(line[1:], "amber"))
        else:
            rows.append((Span(" " * (LABEL_CELLS + 1)), Span(line[1:], "amber")))
    return rows


# --- alarms

GRAVEST = 3


def alarm_row(look: Looking, glass: Glass, width: int) -> Row:
    """The gravest alarm, else what cannot be written, else what is new, with what answers it; empty when quiet.

    Of what cannot be written a few words stand there beside every alarm: nobody may take it for written.
    """
    standing = look.once(alarms)
    count = len(standing) + len(glass.notices)
    if not count and not glass.troubles:
        return BLANK
    right: list[Span] = []
    if standing:
        first = standing[0]
        colour = "red" if first.rank == GRAVEST else "amber"
        left = [Span(" !! ", f"tag-{colour}"), Span(f" {look.clock(first.at)}  ", "text")]
        left.append(Span(view.alarm_line(look, first), colour))
        right = [Span(f"  {words}", "red") for words, _ in glass.troubles]
        count -= 1
    elif glass.troubles:
        _, sentence = glass.troubles[0]
        left = [Span(" !! ", "tag-red"), Span(f" {sentence}", "red")]
        right = [Span(f"  {more}", "red") for more, _ in glass.troubles[1:]]
    else:
        left = [Span(" i  ", "tag-blue"), Span(f" {glass.notices[0]}", "text")]
        count -= 1
    right += [Span("  "), Span(look.say("screen-alarms-more", count=count), "dim")] if count else []
    if glass.answers:
        right += [Span("  Tab 0", "key"), Span(f" {look.say('key-known')}", "dim")]
    return (*spread(left, right, width - 1), Span(" "))


# --- keys

Key = tuple[str, str, str]
"""The name of a key, what it does now, and its style."""

FIELD_ACT_CELLS = 12
"""In a field Enter is always called the same: the way to an emergency needs the room."""

VITAL = ("F9", "F12")
"""These stay in the row when there is not room for all."""


def key_row(look: Looking, glass: Glass, enter: str, width: int) -> Row:
    """The keys that do something now; Enter is called after its act."""
    act_cells = 24 if glass.question is None else FIELD_ACT_CELLS
    return on(keys(_items(look, glass, enter), width, act_cells), "head", width)


def _items(look: Looking, glass: Glass, enter: str) -> list[Key]:
    def key(name: str, word: str, style: str = "key") -> Key:
        return (name, look.say(f"key-{word}"), style)

    first: Key = ("Enter", enter or "-", "enter")
    speak = [] if glass.one_language else [key("F2", "language")]
    emergency = key("F9", "emergency" if look.state.kind == "R" else "real", "danger")
    if glass.question is not None:
        up = "before" if glass.may_go_back else "when" if glass.may_say_when else ""
        when = [key("Up", up)] if up else []
        return [("Enter", look.say("key-record"), "enter"), key("Esc", "close"), *when, emergency, *speak]
    leave = [emergency, key("F12", "leave")]
    if glass.leaving:
        return [key("Enter", "leave", "enter"), key("Esc", "stay"), emergency]
    if glass.panel == "acts":
        esc = key("Esc", "all" if glass.sought else "back")
        return [key("Enter", "choose-it", "enter"), esc, key("PgDn", "page"), *leave]
    if glass.panel == "steps":
        return [
            ("Enter", look.say("key-look"), "enter"),
            key("Right", "everybodys") if glass.mine else key("Left", "only-mine"),
            key("Up Down", "move"),
            key("Esc", "to-current"),
            *leave,
        ]
    if glass.panel in ("why", "keys"):
        return [key("Esc", "to-current", "enter"), key("Space", "page"), key("Tab", "list"), *leave]
    if glass.looking is not None:
        return [first, key("Tab", "list"), key("Esc", "to-current"), *leave]
    rest = [key("Tab", "list"), key("F5", "fail"), key("F3", "note"), key("F7", "why"), *leave]
    return [first, *rest, key("F6", "defer"), key("F8", "map"), key("h", "help"), *speak]


def keys(items: Sequence[Key], width: int, act_cells: int = 24) -> Row:
    """As many as fit; what is vital is never among those that do not.

    What Enter does has its own room (`act_cells`), so that the other keys stay where they are.
    """
    kept = [item for at, item in enumerate(items) if not at or item[0] in VITAL]
    for item in items:
        more = [known for known in items if known in kept or known is item]
        kept = more if _length(more, act_cells) <= width else kept
    spans: list[Span] = []
    for name, words, style in kept:
        if style == "enter":
            spans += [Span(f" {name} ", style), Span(f" {pad(cut(words, act_cells), act_cells)}  ")]
        else:
            spans += [Span(name if spans else f" {name}", style), Span(f" {words}  ", "dim")]
    return tuple(fitted(spans, width))


def _length(items: Sequence[Key], act_cells: int) -> int:
    return sum(
        cells(name) + 3 + (act_cells + 2 if style == "enter" else cells(words))
        for name, words, style in items
    )
