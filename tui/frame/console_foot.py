"""Below the console: what stands whatever is typed, the answer to the last key, and the keys."""

from __future__ import annotations

from engine.text import cut
from tui.frame.console_glass import TWO_HALVES, ConsoleGlass, Shown
from tui.frame.foot import Key, keys
from tui.frame.rows import BLANK, Row, Span, on, said_rows
from tui.trainer.board import Board


def said_of(glass: ConsoleGlass, width: int) -> list[Row]:
    """The answer to the last key: what was done, or why it was not."""
    return said_rows(glass.said, width) if glass.said else [BLANK]


def standing_row(shown: Shown, width: int) -> Row:
    """What stands whatever is typed: a real event, what comes in a minute, what is late, a trainer who is gone."""
    for words, style in _tidings(shown):
        if words:
            return (Span(" "), Span(cut(words, width - 2), style))
    return BLANK


def _tidings(shown: Shown) -> list[tuple[str, str]]:
    speaking, board = shown.speaking, shown.speaking.board
    now, say = speaking.look.now, speaking.say
    coming = board.heads_up(now) if board.stage == "running" else []
    heads = ""
    if coming and coming[0].due is not None:
        seconds = max(int((coming[0].due - now).total_seconds()), 0)
        heads = say("console-heads-up", seconds=seconds, title=speaking.text(coming[0].inject.title))
    late = say("console-late", count=len(board.late)) if board.late and not board.over else ""
    gone = ""
    if not board.holds_trainer and board.trainer_silent and not board.over:
        gone = say(
            "console-silent", who=speaking.look.join([speaking.look.name(one) for one in board.trainers])
        )
    stopped = say("console-stopped") if board.how == "real-event" else ""
    real = say("console-real-run", runs=", ".join(board.real_runs)) if board.real_runs else ""
    return [(stopped, "red"), (real, "red"), (heads, "amber-strong"), (late, "red"), (gone, "amber")]


def key_row(shown: Shown, glass: ConsoleGlass, width: int) -> Row:
    """Eight keys at most; Enter is called after what it does."""
    say, board = shown.speaking.say, shown.speaking.board
    if glass.asking is not None:
        items: list[Key] = [
            ("Enter", say("key-take"), "enter"),
            ("Esc", say("key-back"), "key"),
            ("F2", say("key-language"), "key"),
        ]
        return on(keys(items, width), "head", width)
    if glass.listed is not None:
        items = [
            ("Enter", say("key-take"), "enter"),
            ("Up Down", say("key-move"), "key"),
            ("Esc", say("key-back"), "key"),
        ]
        return on(keys(items, width), "head", width)
    items = [("Enter", shown.enter or "-", "enter"), ("Tab", say(_tab_word(board, width)), "key")]
    items.append(("F3", say("key-seen"), "key"))
    if board.begun and not board.over and board.holds_trainer:
        items.append(("F5", say("key-resume" if board.stage == "frozen" else "key-freeze"), "key"))
    if not board.over:
        items.append(("F9", say("key-real"), "danger"))
    items.append(("F12", say("key-leave"), "key"))
    if width < TWO_HALVES:
        items.append(("Space", say("key-panel"), "key"))
    items.append(("F2", say("key-language"), "key"))
    return on(keys(items, width, 24 if width >= TWO_HALVES else 12), "head", width)


def _tab_word(board: Board, width: int) -> str:
    return "key-moves" if width >= TWO_HALVES and board.begun and not board.over else "key-moves-short"
