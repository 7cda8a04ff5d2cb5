"""The right half of the console: the players' screen, mirrored, and how their work is judged so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from drill import scoring
from drill.findings import Shown
from engine.condition import say_clock
from engine.text import cut, wrap
from tui import view
from tui.frame.around import step_row
from tui.frame.card import act_rows, warning_rows
from tui.frame.rows import BLANK, Row, Span, on, spread
from tui.scored import verdict_lines
from tui.trainer.words import STYLES, Speaking

ALSO_SHOWN = 4
BELOW_SHOWN = 2


def side_rows(speaking: Speaking, width: int, room: int) -> list[Row]:
    """Mirror, objectives, expectations; what does not fit is left out from the middle of the last list."""
    first = _result(speaking, width) if speaking.board.over else _mirror(speaking, width)
    rows = [*first, BLANK, *_objectives(speaking, width), BLANK]
    return [*rows, *_expectations(speaking, width, max(room - len(rows), 2))][:room]


def _mirror(speaking: Speaking, width: int) -> list[Row]:
    """What the players have in front of them: the step of the plan, then what else is open."""
    look, say = speaking.look, speaking.say
    state = look.state
    title = [Span(say("console-mirror"), "blue"), Span(f"  {state.run_id}", "dim")]
    rows: list[Row] = [spread(title, _online(speaking), width), BLANK]
    opened = [name for name in state.open_steps() if not view.is_idle(look, state.steps[name])]
    there = _who_is_where(speaking)
    current = next(iter(there), None) or (opened[0] if opened else speaking.exercise.desk.current())
    who = look.join([look.name(one) for one in there.get(current or "", [])])
    rows.append(spread([Span(view.place(look, current), "amber-strong")], [Span(who, "text")], width))
    if current is None:
        return rows
    rows += [*warning_rows(look, current, width)[:2]]
    rows += [on(row, "card", width) for row in act_rows(look, current, width)[:2]]
    for name in [one for one in there if one != current][:ALSO_SHOWN]:
        names = look.join([look.name(one) for one in there[name]])
        rows.append(spread([Span(f"   {names}  ", "text"), *step_row(look, name, width)], [], width))
    rows += _also(speaking, [name for name in opened if name != current and name not in there], width)
    return [*rows, *_mirrors_below(speaking, width), *_acts(speaking, width)]


def _who_is_where(speaking: Speaking) -> dict[str, list[str]]:
    """By step, who of those at a terminal has it in front of them; whoever did something last comes first."""
    found: dict[str, list[str]] = {}
    for person, step in speaking.board.in_front:
        found.setdefault(step, []).append(person)
    return found


def _also(speaking: Speaking, others: list[str], width: int) -> list[Row]:
    """What could be done beside it."""
    if not others:
        return []
    shown = others[:ALSO_SHOWN]
    more = speaking.say("console-more", count=len(others) - len(shown)) if len(others) > len(shown) else ""
    head = spread([Span(f"   {speaking.say('console-also')}", "dim")], [Span(more, "dim")], width)
    return [head, *(step_row(speaking.look, name, width) for name in shown)]


def _acts(speaking: Speaking, width: int) -> list[Row]:
    """What the players did last, by the exercise clock."""
    if not speaking.board.acts:
        return []
    rows: list[Row] = [(Span(f"   {speaking.say('console-did')}", "dim"),)]
    for one in speaking.board.acts:
        said = f"{speaking.text(one.by)}  {speaking.text(one.words)}"
        rows.append(
            (Span(f"   {speaking.clock(one.at)}  ", "dim"), Span(cut(" ".join(said.split()), width - 14)))
        )
    return rows


def _mirrors_below(speaking: Speaking, width: int) -> list[Row]:
    """The runs that the players have opened, each with what stands in front of them there."""
    rows: list[Row] = []
    for state in speaking.exercise.team.going_on:
        look = replace(speaking.look, state=state)
        opened = [name for name in state.open_steps() if not view.is_idle(look, state.steps[name])]
        title = [
            Span(f"   {speaking.say('console-below')} ", "dim"),
            Span(look.text(state.graph.runbook.title)),
        ]
        rows.append(spread(title, [Span(state.run_id, "dim")], width))
        rows += [step_row(look, name, width) for name in opened[:BELOW_SHOWN]]
    return rows


def _result(speaking: Speaking, width: int) -> list[Row]:
    """The score as it stands, its facts always beside it."""
    inputs, look = speaking.board.inputs, speaking.look
    if inputs is None:
        return []
    result, beside = scoring.score(inputs), scoring.facts(inputs)
    lines = list(verdict_lines(result, beside, look.language, speaking.exercise.by_machine))
    rows: list[Row] = [
        (Span(speaking.say("console-result"), "blue"), Span(f"  {look.state.run_id}", "dim")),
        BLANK,
    ]
    for number, line in enumerate(lines):
        rows += [(Span(f"  {part}", "text" if number else "strong"),) for part in wrap(line, width - 4)]
    return rows


def _online(speaking: Speaking) -> list[Span]:
    """Who is there, by name."""
    names = [speaking.look.name(one) for one in speaking.board.players]
    said = " ".join(names[:4]) if names else speaking.say("console-nobody")
    return [Span(f"{speaking.say('console-people')} ", "dim"), Span(said, "green" if names else "amber")]


def _objectives(speaking: Speaking, width: int) -> list[Row]:
    say = speaking.say
    head = spread(
        [Span(say("console-objectives"), "blue")],
        [Span(f"{say('console-proposed')}  {say('console-yours')}", "dim")],
        width,
    )
    rows: list[Row] = [head]
    for one in speaking.board.ratings:
        given = one.given.rating if one.given is not None else "_"
        proposed = one.proposed or say("console-not-yet")
        right = [
            Span(f"{proposed:>8}", "text" if one.proposed else "dim"),
            Span(f"{given:>8}", "green" if one.given else "amber"),
        ]
        rows.append(spread([Span(f"  {speaking.objective(one)}")], right, width))
    return rows


def _expectations(speaking: Speaking, width: int, room: int) -> list[Row]:
    """How every expectation stands, with the limit it runs against; the open and running ones first."""
    found, say = speaking.board.findings, speaking.say
    outcomes = [one.finding.outcome for one in found]
    missed = sum(one in ("missed", "wrong") for one in outcomes)
    counts = say(
        "console-counts",
        met=outcomes.count("met"),
        late=outcomes.count("late"),
        missed=missed,
        open=outcomes.count("open"),
    )
    rows: list[Row] = [spread([Span(say("console-expectations"), "blue")], [Span(counts, "dim")], width)]
    order = sorted(found, key=_weight)[: room - 1]
    return rows + [_expectation(speaking, one, width) for one in found if one in order]


def _weight(one: Shown) -> int:
    if one.finding.outcome == "open" and one.start_at is not None:
        return 0
    return 1 if one.finding.outcome in STYLES else 2


def _expectation(speaking: Speaking, one: Shown, width: int) -> Row:
    finding, say = one.finding, speaking.say
    text = speaking.text(one.expectation.text)
    mark = "!" if finding.grade == "critical" else " "
    word, style = say(f"outcome-{finding.outcome}"), STYLES.get(finding.outcome, "dim")
    took = None if finding.took_ms is None else timedelta(milliseconds=finding.took_ms)
    if finding.outcome == "open":
        running = one.start_at is not None and speaking.board.begun and not speaking.board.over
        word, style = say("console-going" if running else "console-not-yet"), "amber" if running else "dim"
        if speaking.board.over:
            word, style = say("outcome-open"), "amber"
        took = speaking.look.now - one.start_at if running and one.start_at is not None else None
    limit = "" if finding.limit_ms is None else f" / {say_clock(timedelta(milliseconds=finding.limit_ms))}"
    times = "" if took is None else f"{say_clock(max(took, timedelta()))}{limit}  "
    right = [Span(times, "dim"), Span(word, style)]
    return spread([Span(f" {mark}", "red"), Span(text)], right, width)
