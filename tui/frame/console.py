"""The trainer's console: what comes and what can be given at the left, the players and the judging at the right.

Two rows of head, two of news, one of keys; the rest is divided in two where there is room, else one half is
shown at a time. A question, or the list on Tab, takes the left half; the head never gives way.
"""

from __future__ import annotations

from drill.script import Line
from engine.condition import say_clock
from engine.text import cells, cut, pad, wrap
from tui.frame.console_foot import key_row, said_of, standing_row
from tui.frame.console_glass import TWO_HALVES, Asking, ConsoleGlass, Shown
from tui.frame.console_side import side_rows
from tui.frame.rows import BLANK, Frame, Row, Span, beside, filled, on, spread
from tui.trainer.board import froze
from tui.trainer.moves import numbered
from tui.trainer.words import Speaking

DUE_CELLS = 14
STATE_CELLS = 13
NOTES_SHOWN = 3

LINE_STYLES = {
    "delivered": "green",
    "late": "red",
    "due": "amber",
    "held": "amber",
    "waiting": "text",
    "manual": "text",
}


def console_frame(shown: Shown, glass: ConsoleGlass) -> Frame:
    """The whole screen."""
    width, height = max(glass.width, 20), max(glass.height, 6)
    head = [on(row, "head", width) for row in head_rows(shown.speaking, width)]
    foot = [standing_row(shown, width), *said_of(glass, width), key_row(shown, glass, width)]
    room = height - len(head) - len(foot)
    halves = width >= TWO_HALVES
    left_width = width * 52 // 100 if halves else width
    main, caret = _main(shown, glass, room, left_width)
    if halves:
        side = side_rows(shown.speaking, width - left_width - 3, room)
        main = beside(filled(main, room), [BLANK, *side][:room], left_width, 3)
    elif glass.other_half and glass.asking is None and glass.listed is None:
        main = [(Span(" "), *row) for row in side_rows(shown.speaking, width - 2, room)]
    rows = [*head, *filled(main, room), *foot]
    at = None if caret is None else (len(head) + caret[0], caret[1])
    return Frame(tuple(rows[:height]), at)


# --- the head


def head_rows(speaking: Speaking, width: int) -> list[Row]:
    """What this is, and the drill clock in words; what comes next, and who is there."""
    return [_first(speaking, width), _second(speaking, width)]


def _first(speaking: Speaking, width: int) -> Row:
    exercise, say = speaking.exercise, speaking.say
    tag = Span(f" {speaking.look.said('kind', 'D')} ", "tag-violet")
    scenario = exercise.scenario
    where = say("console" if speaking.board.holds_trainer else "console-evaluator")
    around = f"  {speaking.text(scenario.title)}"
    if width >= TWO_HALVES:
        around += (
            f"  {say('console-seed', seed=speaking.text(exercise.seed))}  {say(f'form-{scenario.form}')}"
        )
    left = [tag, Span(f"  {where}", "strong"), Span(around, "dim")]
    word, style = _clock_state(speaking)
    right = [
        Span(f"{say('console-clock')} " if width >= TWO_HALVES else "", "dim"),
        Span(f"T+{speaking.clock(speaking.look.now)}", "strong"),
        Span(f"  {word} ", style),
        tag if width >= TWO_HALVES else Span(f" {say('DRILL')} ", "tag-violet"),
    ]
    return spread(left, right, width)


def _clock_state(speaking: Speaking) -> tuple[str, str]:
    """The clock in words, and how fast it goes."""
    board = speaking.board
    if board.over:
        return speaking.say("clock-over"), "dim"
    if not board.begun:
        return speaking.say("clock-draft"), "amber"
    if board.stage == "frozen":
        return speaking.say("clock-frozen"), "amber-strong"
    settings = speaking.exercise.desk.state.settings
    rate = settings[-1].rate if settings else 1000
    return f"{speaking.say('clock-running')}  {rate / 1000:g}x", "green"


def _second(speaking: Speaking, width: int) -> Row:
    board, say, now = speaking.board, speaking.say, speaking.look.now
    coming = board.next_line(now) if board.begun and not board.over else None
    left = [Span(f" {say('console-next')} ", "dim")]
    if coming is None or coming.due is None:
        left.append(Span(say("console-no-next"), "dim"))
    else:
        waits = board.stage == "frozen" and coming.due <= now
        clock = say("line-after-freeze") if waits else say_clock(max(coming.due - now, now - now))
        left.append(Span(f"{clock}  ", "amber-strong"))
        left.append(Span(speaking.text(coming.inject.title), "text"))
    right = [Span(f"  {say('console-froze', length=say_clock(froze(speaking.exercise)))}", "dim")]
    right.append(
        Span(f"   {say('console-online', count=len(board.players))}", "text" if board.players else "amber")
    )
    if width >= TWO_HALVES:
        right += [Span(f"   {say('console-outside')} ", "dim"), Span(say("console-off"), "green")]
    return spread(left, [*right, Span(" ")], width)


# --- the left half


def _main(
    shown: Shown, glass: ConsoleGlass, room: int, width: int
) -> tuple[list[Row], tuple[int, int] | None]:
    if glass.asking is not None and glass.asking.ask is not None:
        return _question(shown, glass, glass.asking, room, width)
    if glass.listed is not None:
        return _moves(shown, glass, room, width), None
    board = shown.speaking.board
    if board.gap is not None and board.holds_trainer:
        return _plain_rows(shown, room, width), None
    if not board.begun:
        return _before(shown, room, width), None
    if board.over:
        return _after(shown, room, width), None
    return _running(shown, room, width, alone=glass.width < TWO_HALVES), None


def _title(words: str, right: str, width: int) -> Row:
    return spread([Span(f" {words}", "blue")], [Span(f"{right} ", "dim")], width - 1)


def _running(shown: Shown, room: int, width: int, *, alone: bool) -> list[Row]:
    """The script, what can be given at any time, and what was seen last; `alone`: the other half is behind a key."""
    speaking, board = shown.speaking, shown.speaking.board
    free = len(board.free) + 1
    notes = _note_rows(speaking, width)
    below = free + 2 + (len(notes) + 1 if notes and room - free - 6 > len(notes) + 4 else 0)
    space = max(room - below - 2, 3)
    scripted = board.scripted
    first = _window(shown.at, len(scripted), space)
    rows: list[Row] = [BLANK, _title(speaking.say("console-script"), _columns(speaking), width)]
    for index, line in list(enumerate(scripted))[first : first + space]:
        rows.append(_inject_row(speaking, line, index == shown.at, width))
    if len(scripted) > space:
        last = min(first + space, len(scripted))
        rows[1] = _title(
            f"{speaking.say('console-script')}  "
            + speaking.say("console-page", first=first + 1, last=last, count=len(scripted)),
            _columns(speaking),
            width,
        )
    other = f"Space {speaking.say('key-panel')}" if alone else ""
    rows += [BLANK, _title(speaking.say("console-free"), other, width)]
    for number, line in enumerate(board.free, start=1):
        index = len(scripted) + number - 1
        rows.append(_inject_row(speaking, line, index == shown.at, width, number))
    rows.append(_plain_row(shown, len(shown.picks) - 1, width, number=free))
    return [*rows, *([BLANK, *notes] if len(rows) + len(notes) < room else [])]


def _columns(speaking: Speaking) -> str:
    due, standing = speaking.say("console-due"), speaking.say("console-standing")
    return f"{due}{' ' * max(STATE_CELLS - cells(standing), 1)}{standing}"


def _window(at: int, count: int, space: int) -> int:
    """The first row that is shown, so that the chosen one stands in sight."""
    if count <= space or at >= count:
        return 0 if count <= space else max(count - space, 0) if at >= count else 0
    return min(max(at - space // 2, 0), count - space)


def _inject_row(speaking: Speaking, line: Line, here: bool, width: int, number: int | None = None) -> Row:
    done = line.standing == "delivered"
    style = LINE_STYLES.get(line.standing, "dim")
    standing = speaking.standing(line)
    words = "strong" if here else "dim" if done or line.standing in ("skipped", "not-drawn") else "text"
    major = "!" if line.inject.major else " "
    lead = f"{number:>2} " if number is not None else " "
    left = [
        Span(" > " if here else "   ", "amber-strong"),
        Span(lead, "amber"),
        Span("[x]" if done else "[ ]", style),
        Span(major, "amber"),
        Span(speaking.text(line.inject.title), words),
    ]
    due = "" if number is not None else cut(speaking.due(line), DUE_CELLS + STATE_CELLS)
    right = [Span(due, "dim"), Span(" ")]
    if number is not None or not speaking.waits_for_something(line):
        right = [Span(due, "dim"), Span(pad_left(standing, STATE_CELLS), style), Span(" ")]
    row = spread(left, right, width - 1)
    return on(row, "card", width - 1) if here else row


def pad_left(text: str, width: int) -> str:
    """The text at the right of so many cells."""
    return " " * max(width - cells(text), 1) + text


def _note_rows(speaking: Speaking, width: int) -> list[Row]:
    notes = list(speaking.board.notes)[-NOTES_SHOWN:]
    if not notes:
        return []
    rows: list[Row] = [(Span(f" {speaking.say('console-notes')}", "blue"),)]
    for entry in reversed(notes):
        event: object = entry.event
        kind = speaking.look.said("seen", getattr(event, "kind", ""))
        said = speaking.text(str(getattr(event, "text", "")))
        style = {"strength": "green", "gap": "amber", "safety": "red"}.get(getattr(event, "kind", ""), "dim")
        row = spread(
            [Span(f"   {speaking.clock(entry.at)}  ", "dim"), Span(said)],
            [Span(kind, style), Span(" ")],
            width - 1,
        )
        rows.append(row)
    return rows


# --- before, after, and what the trainer must choose


def _judged_row(shown: Shown, index: int, width: int) -> Row:
    """What is judged, its outcome or rating at the right, where no long text takes it away."""
    pick, here = shown.picks[index], index == shown.at
    words, said, style = shown.speaking.judged(pick)
    left = [Span(" > " if here else "   ", "amber-strong"), Span(words, "strong" if here else "text")]
    row = spread(left, [Span(f"  {said} ", style)], width - 1)
    return on(row, "card", width - 1) if here else row


def _plain_row(shown: Shown, index: int, width: int, number: int | None = None) -> Row:
    pick, here = shown.picks[index], index == shown.at
    words = shown.speaking.row(pick)
    style = "strong" if here else "text"
    lead = f"{number:>2} " if number is not None else ""
    row = (
        Span(" > " if here else "   ", "amber-strong"),
        Span(lead, "amber"),
        Span(cut(words, max(width - 5 - len(lead), 8)), style),
    )
    return on(row, "card", width - 1) if here else row


def _plain_rows(shown: Shown, room: int, width: int) -> list[Row]:
    """Rows that need their whole text to be read."""
    rows: list[Row] = [BLANK]
    for index, pick in enumerate(shown.picks):
        here = index == shown.at
        lines = wrap(shown.speaking.row(pick), width - 6)
        for number, line in enumerate(lines):
            lead = Span(" > " if here and not number else "   ", "amber-strong")
            row: Row = (lead, Span(line, "strong" if here else "text"))
            rows.append(on(row, "card", width - 1) if here else row)
        rows.append(BLANK)
    return rows[:room]


def _before(shown: Shown, room: int, width: int) -> list[Row]:
    """What must be done and known before STARTEX."""
    speaking = shown.speaking
    rows: list[Row] = [BLANK, (Span(f" {speaking.say('console-notices')}", "blue"),)]
    count = len(shown.picks)
    rows += [_plain_row(shown, index, width) for index in range(count - 1)]
    rows += [BLANK, _plain_row(shown, count - 1, width), BLANK]
    command = speaking.say("console-starts-hint", command=f"muster walk {speaking.look.state.run_id}")
    rows += [(Span(f" {command}", "dim"),), *_players(speaking, width), BLANK]
    scenario = speaking.exercise.scenario
    rows.append((Span(f" {speaking.say('console-stops')}", "blue"),))
    rows += [(Span(f"   {cut(speaking.text(one), width - 6)}", "amber"),) for one in scenario.stop_conditions]
    if scenario.secret is not None:
        word = speaking.say("console-code-word", word=speaking.text(scenario.secret.code_word))
        rows += [BLANK, (Span(f" {word}", "amber-strong"),)]
    if len(rows) + 2 < room:
        rows += [BLANK, (Span(f" {speaking.say('console-story')}", "blue"),)]
        rows += [(Span(f"   {line}"),) for line in wrap(speaking.text(scenario.story), width - 6)]
    return rows[:room]


def _players(speaking: Speaking, width: int) -> list[Row]:
    """Whether every player can be reached: who sits at a terminal now."""
    players = dict.fromkeys(person for _, person in speaking.exercise.scenario.people)
    there = set(speaking.board.players)
    words = [f"{'[x]' if one in there else '[ ]'} {speaking.look.name(one)}" for one in players]
    sheet = speaking.board.sheet
    signed = sum(one.signed is not None for one in sheet)
    lines = _packed(words, width - 6)
    lines.append(speaking.say("console-signed", count=f"{signed}/{len(sheet)}"))
    return [(Span(f"   {line}", "text" if there else "dim"),) for line in lines]


def _packed(words: list[str], width: int) -> list[str]:
    """As many of them in a line as stand there whole."""
    lines: list[str] = []
    for word in words:
        if lines and cells(lines[-1]) + 3 + cells(word) <= width:
            lines[-1] += f"   {word}"
        else:
            lines.append(word)
    return lines


def _after(shown: Shown, room: int, width: int) -> list[Row]:
    """What is judged, and what must be back, around the row that is chosen."""
    groups = {
        "expectation": "console-expectations",
        "objective": "console-objectives",
        "restore": "console-restore",
    }
    rows: list[Row] = []
    chosen, before = 0, ""
    for index, pick in enumerate(shown.picks):
        if pick.kind != before and pick.kind in groups:
            rows += [BLANK, (Span(f" {shown.speaking.say(groups[pick.kind])}", "blue"),)]
        chosen = len(rows) if index == shown.at else chosen
        row = _judged_row if pick.kind in ("expectation", "objective") else _plain_row
        rows.append(row(shown, index, width))
        before = pick.kind
    first = _window(chosen, len(rows), room)
    return rows[first : first + room]


# --- the list on Tab, and questions


def _moves(shown: Shown, glass: ConsoleGlass, room: int, width: int) -> list[Row]:
    listed = glass.listed or ()
    rows: list[Row] = [BLANK, (Span(f" {shown.speaking.say('console-moves')}", "blue"),)]
    space = max(room - 3, 1)
    first = _window(glass.list_at, len(listed), space)
    for index, (number, move) in list(enumerate(numbered(listed)))[first : first + space]:
        here = index == glass.list_at
        row: Row = (
            Span(" > " if here else "   ", "amber-strong"),
            Span(f"{number:>2}  ", "amber"),
            Span(cut(shown.speaking.move(move), width - 10), "strong" if here else "text"),
        )
        rows.append(on(row, "card", width - 1) if here else row)
    return rows


def _question(
    shown: Shown, glass: ConsoleGlass, asking: Asking, room: int, width: int
) -> tuple[list[Row], tuple[int, int]]:
    """The move, its choices, and the line that is typed."""
    ask, speaking = asking.ask, shown.speaking
    assert ask is not None
    rows: list[Row] = [
        BLANK,
        (Span(" > ", "amber-strong"), Span(cut(speaking.move(asking.move), width - 5), "strong")),
    ]
    rows.append(BLANK)
    chosen = [(number, speaking.choice(word)) for number, (_, word) in enumerate(ask.choices, start=1)]
    rows += [(Span(f"   {number:>2}  ", "amber"), Span(cut(words, width - 9))) for number, words in chosen][
        : room - 6
    ]
    rows += [(Span(f"   {line}", "blue"),) for line in wrap(speaking.question(ask), width - 6)]
    typed = glass.typed
    while cells(typed) > width - 8:
        typed = typed[1:]
    rows.append((Span("   "), Span(pad(typed, cells(typed)), "field"), Span(" ", "caret")))
    card = [on(row, "card", width - 1) for row in rows]
    return card, (len(rows) - 1, 3 + cells(typed))
