"""What a trainer or an evaluator can do: each move says what must be asked for it, and how it is done.

The same moves stand behind the keys of the screen and the numbers of line mode.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from drill.exercise import Exercise
from drill.reasons import GO_ON, WRITTEN_LIVE
from drill.scenario.values import Scenario
from drill.scoring import OUTCOMES
from drill.script import Line
from engine.clocks import WORLD
from engine.condition import parse_duration
from engine.errors import Refused
from engine.events import Observed, Rated
from engine.text import Text
from tui.trainer.board import Board
from tui.trainer.move import REASON, Ask, Choices, Given, Move
from tui.trainer.people import signing, staff_move
from tui.trainer.rows import Pick
from tui.typed import narrow

NOTE_KINDS = ("fact", "strength", "gap", "safety")
"""The digit before a note says its kind: 1 strength, 2 gap, 3 safety; without one it is a fact."""

RATINGS: Choices = (("P", "rating-P"), ("S", "rating-S"), ("M", "rating-M"), ("U", "rating-U"))
JUDGED: Choices = tuple((one, f"outcome-{one}") for one in OUTCOMES if one != "open")
ENDINGS: Choices = (("normal", "ended-normal"), ("early", "ended-early"), ("invalid", "ended-invalid"))


# --- the move of a row


def main_move(exercise: Exercise, board: Board, pick: Pick) -> Move | None:
    """What Enter does on a row; None where it does nothing."""
    made: dict[str, Callable[[], Move | None]] = {
        "notice": lambda: _notify(pick.key),
        "begin": lambda: Move("start", lambda one, _given: one.start()),
        "gap-still": lambda: _still(board),
        "gap-on": lambda: _went_on(board),
        "inject": lambda: _give(board, board.line(pick.key)),
        "write": lambda: write_move(exercise.scenario, board),
        "expectation": lambda: judge_move(pick.key),
        "objective": lambda: rate_move(board, pick.key),
        "restore": lambda: Move("restore", lambda one, _given: one.restored(pick.key)),
        "evaluated": lambda: Move("evaluated", lambda one, _given: one.evaluated()),
        "closed": lambda: Move("closed", lambda one, _given: one.closed()),
    }
    found = made[pick.kind]()
    return found if _may(board, found) else None


OF_EVALUATORS = ("judge", "rate", "note", "restore", "leave", "deviation", "sign-in", "sign-out")
"""What whoever is not the trainer may do too."""


def _may(board: Board, move: Move | None) -> bool:
    return move is not None and (board.holds_trainer or move.id in OF_EVALUATORS)


def _still(board: Board) -> Move | None:
    gap = board.gap
    return None if gap is None else Move("gap-still", lambda one, _given: one.stood_still(gap))


def _went_on(board: Board) -> Move | None:
    gap = board.gap
    return None if gap is None else Move("gap-on", lambda one, _given: one.went_on(gap))


def _notify(line: str) -> Move:
    how = Ask("how", "ask-how-told", default="")
    return Move("notify", lambda one, given: one.notified(line, given["how"]), (how,))


LATER, NOW = "later", "now"


def _when_frozen(board: Board) -> Ask:
    """While the clock stands nobody may act, so what is given then is asked about first."""
    choices = ((LATER, "frozen-later"), (NOW, "frozen-now"))
    return Ask("frozen", "ask-frozen", choices, LATER, lambda _given: board.stage == "frozen")


def _give(board: Board, line: Line | None) -> Move | None:
    if line is None or line.deliveries:
        return None  # given once more on purpose only: that stands in the list on Tab
    name = line.inject.id

    def do(exercise: Exercise, given: Given) -> None:
        if given.get("frozen") == LATER:
            exercise.deliver_later(name)
        else:
            exercise.deliver(name)

    facts = {"title": line.inject.title}
    return Move("fire", do, (_when_frozen(board),), facts, said_as={("frozen", LATER): "fire-later"})


# --- the list on Tab


def moves_for(exercise: Exercise, board: Board, pick: Pick) -> list[Move]:
    """Everything that can be done now: with the row that is chosen first, then with the drill."""
    line = board.line(pick.key) if pick.kind == "inject" else None
    found = [*(_with_inject(board, line) if line is not None else []), *_with_drill(exercise, board)]
    return [one for one in found if _may(board, one)] + _take_over(board)


def _with_inject(board: Board, line: Line) -> list[Move]:
    name, facts = line.inject.id, {"title": line.inject.title}
    sure = Ask("sure", "ask-frozen-again", default="", needed=lambda _given: board.stage == "frozen")
    repeat = Move("repeat", lambda one, _given: one.deliver(name), (sure,), facts)
    if line.deliveries:
        return [repeat]
    hold = Move("hold", lambda one, given: one.hold(name, given["reason"]), (REASON,), facts)
    release = Move("release", lambda one, given: one.release(name, given["reason"]), (REASON,), facts)
    skip = Move("skip", lambda one, given: one.skip(name, given["reason"]), (REASON,), facts)
    drop = Move("drop", lambda one, given: one.drop(name, given["reason"]), (REASON,), facts)
    delay = Move("delay", lambda one, given: _delay(one, line, given), (_TIME, REASON), facts)
    if line.standing == "held":
        return [release, skip, delay]
    return [drop, delay] if line.standing == "late" else [hold, skip, delay]


_TIME = Ask("time", "ask-delay")


def _delay(exercise: Exercise, line: Line, given: Given) -> None:
    exercise.delay(line.inject.id, _time_of(exercise, line, given["time"]), given["reason"])


def _time_of(exercise: Exercise, line: Line, typed: str) -> timedelta:
    """``5m``: so much later than it would come; ``T+30m``: at that time of the exercise clock."""
    said = narrow(typed).replace(" ", "")
    start = exercise.desk.state.opened_at or exercise.now
    absolute = said.lower().startswith("t+")
    length = parse_duration(said[2:] if absolute else said.removeprefix("+"))
    return length if absolute else max(line.due or exercise.now, exercise.now) - start + length


def _with_drill(exercise: Exercise, board: Board) -> list[Move]:
    """What has no key of its own; the end of the drill is the last of them."""
    people = [*signing(board), staff_move(exercise)]
    if not board.begun:
        return people
    if board.over:
        return [deviation_move(exercise), *people]
    clock = [] if exercise.scenario.assessed else [_jump(), mark_move()]
    clock += [_speed()] if exercise.scenario.form == "tabletop" else []
    return [
        *([explain_move()] if exercise.reason_owed else []),
        write_move(exercise.scenario, board),
        _which_to_judge(board),
        _which_to_rate(board),
        deviation_move(exercise),
        *clock,
        *people,
        end_move(),
    ]


def numbered(listed: Sequence[Move]) -> list[tuple[str, Move]]:
    """Moves with their digits; the end of the drill is always 0, so that nobody hits it by a digit too many."""
    return [("0" if one.id == "end" else sign, one) for sign, one in zip(SIGNS, listed, strict=False)]


SIGNS = "123456789abcdefghi"
"""What stands before the moves of the list."""


def _take_over(board: Board) -> list[Move]:
    if board.holds_trainer or not board.trainer_silent:
        return []
    return [Move("take-over", lambda one, _given: one.take_over())]


def freeze_or_resume(exercise: Exercise, board: Board) -> Move:
    """The one key for both. A freeze begins at the key; its reason is asked for while the clock stands already."""
    if board.stage != "frozen":
        return Move("freeze", lambda one, _given: one.freeze(), then=explain_move)
    owed = exercise.reason_owed

    def do(one: Exercise, given: Given) -> None:
        if owed:
            one.explain(given["why"])
        one.resume(given["reason"])

    why = Ask("why", "ask-freeze-owed", needed=lambda _given: owed)
    return Move("resume", do, (why, Ask("reason", "ask-resume", default=GO_ON)))


def explain_move() -> Move:
    """Why the clock was stopped; whoever has no time for it now says so with an empty line."""

    def do(one: Exercise, given: Given) -> None:
        if given["reason"]:
            one.explain(given["reason"])

    why = Ask("reason", "ask-freeze-why", default="")
    return Move("explain", do, (why,), said_as={("reason", ""): "explain-later"})


def end_move() -> Move:
    """ENDEX."""
    how = Ask("how", "ask-ending", ENDINGS, "normal")
    why = Ask("reason", "ask-ending-why", default="ENDEX")
    return Move("end", lambda one, given: one.end(given["how"], given["reason"]), (how, why))


def real_event_move() -> Move:
    """Something real has happened: the drill is over at once."""
    sure = Ask("sure", "ask-real", default="")
    return Move("real", lambda one, given: one.end("real-event", given["sure"] or "REAL EVENT"), (sure,))


def _speed() -> Move:
    rate = Ask("rate", "ask-rate")
    return Move(
        "speed", lambda one, given: one.set_rate(_rate_of(given["rate"]), given["reason"]), (rate, REASON)
    )


def _rate_of(typed: str) -> int:
    try:
        return int(float(narrow(typed).rstrip("xX")) * WORLD)
    except ValueError:
        raise Refused("clock-rate") from None


def _jump() -> Move:
    def do(exercise: Exercise, given: Given) -> None:
        exercise.jump(parse_duration(narrow(given["time"]).lower().removeprefix("t+")), given["reason"])

    return Move("jump", do, (Ask("time", "ask-jump"), REASON))


def mark_move() -> Move:
    """A moment to come back to: another drill can begin from here."""
    return Move("mark", lambda one, given: one.mark(given["name"]), (Ask("name", "ask-mark"),))


def write_move(scenario: Scenario, board: Board) -> Move:
    """An inject that stands in no script."""
    roles = tuple((role, f"role:{role}") for role in dict(scenario.people))

    def do(exercise: Exercise, given: Given) -> object:
        number = len(exercise.script.written) + 1
        title, text = given["title"], given["text"]
        return exercise.write(
            f"live-{number}",
            Text(title, title),
            Text(text, text),
            given["to"],
            given["reason"],
            later=given.get("frozen") == LATER,
        )

    asks = (
        Ask("to", "ask-to", roles),
        Ask("title", "ask-title"),
        Ask("text", "ask-text", default=""),
        Ask("reason", "ask-reason-short", default=WRITTEN_LIVE),
        _when_frozen(board),
    )
    return Move("write", do, asks, said_as={("frozen", LATER): "write-later"})


# --- seen and judged


def note_move() -> Move:
    """One key, one line; the digit before it says what it is."""

    def do(exercise: Exercise, given: Given) -> object:
        kind, text = note_of(given["text"])
        return exercise.observe(Observed(kind, text, step=exercise.desk.current()))

    return Move("note", do, (Ask("text", "ask-note"),))


def note_of(typed: str) -> tuple[str, str]:
    """The kind of a note by its first digit, and its words."""
    said = typed.strip()
    digit = narrow(said[:1])
    if digit in ("1", "2", "3"):
        return NOTE_KINDS[int(digit)], said[1:].strip()
    return NOTE_KINDS[0], said


def judge_move(expectation: str) -> Move:
    """What an evaluator saw of one expectation; it goes before what the machine found."""

    def do(exercise: Exercise, given: Given) -> object:
        return exercise.observe(
            Observed("finding", given["why"], expectation=expectation, outcome=given["outcome"])
        )

    asks = (Ask("outcome", "ask-outcome", JUDGED), Ask("why", "ask-why"))
    return Move("judge", do, asks, {"expectation": expectation})


def _which_to_judge(board: Board) -> Move:
    choices = tuple((one.expectation.id, f"text:{one.expectation.id}") for one in board.findings)

    def do(exercise: Exercise, given: Given) -> object:
        return judge_move(given["expectation"]).do(exercise, given)

    asks = (
        Ask("expectation", "ask-expectation", choices),
        Ask("outcome", "ask-outcome", JUDGED),
        Ask("why", "ask-why"),
    )
    return Move("judge", do, asks, {"expectation": ""})


def rate_move(board: Board, objective: str) -> Move:
    """Confirm what is proposed, or say otherwise and why."""
    proposed = next(one.proposed for one in board.ratings if one.objective.id == objective)
    rating = Ask("rating", "ask-rating" if proposed else "ask-rating-open", RATINGS, proposed)
    why = Ask("why", "ask-rating-why", needed=lambda given: given.get("rating") != proposed)
    return Move(
        "rate",
        lambda one, given: _rate(one, objective, given),
        (rating, why),
        {"objective": objective, "proposed": proposed or ""},
    )


def _rate(exercise: Exercise, objective: str, given: Given) -> object:
    proposed = exercise.proposed(objective)
    final = exercise.book.actor in exercise.lead
    return exercise.rate(Rated(objective, given["rating"], proposed, given.get("why", ""), final=final))


def _which_to_rate(board: Board) -> Move:
    choices = tuple((one.objective.id, f"text:{one.objective.id}") for one in board.ratings)
    asks = (
        Ask("objective", "ask-objective", choices),
        Ask("rating", "ask-rating-open", RATINGS),
        Ask("why", "ask-rating-why"),
    )
    return Move("rate", lambda one, given: _rate(one, given["objective"], given), asks, {"objective": ""})


def deviation_move(exercise: Exercise) -> Move:
    """Something was done otherwise than the runbook says; an unsafe act is a gate."""
    weights = (
        ("minor", "outcome-minor"),
        ("moderate", "outcome-moderate"),
        ("major", "outcome-major"),
        ("unsafe", "seen-unsafe-act"),
    )
    objectives = tuple((one.id, f"text:{one.id}") for one in exercise.scenario.objectives)

    def do(drill: Exercise, given: Given) -> object:
        if given["weight"] == "unsafe":
            return drill.observe(Observed("unsafe-act", given["text"]))
        return drill.observe(
            Observed("deviation", given["text"], outcome=given["weight"], objective=given["objective"])
        )

    asks = (
        Ask("weight", "ask-weight", weights),
        Ask("objective", "ask-objective", objectives, needed=lambda given: given.get("weight") != "unsafe"),
        Ask("text", "ask-what-was-done"),
    )
    return Move("deviation", do, asks)
