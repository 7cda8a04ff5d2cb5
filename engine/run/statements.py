"""What a statement about a step comes to: for itself, and for the steps that rest on it."""

from __future__ import annotations

from collections.abc import Collection

from engine.road import Place
from engine.run.stand import Stand
from engine.state import FINISHED, RunState, Statement, StepState, heard, strongest
from engine.state.said import unseen


def stated(state: RunState, said: Stand, step_id: str, statement: Statement) -> list[str]:
    """Something was said of a step; a name the plan does not have changes nothing."""
    one = state.steps.get(step_id)
    if one is None:
        return []
    stood = one.answer
    # What somebody said who did not know of this is the same fact twice when it is the same.
    twice = any(head.value == statement for head in unseen(one.heads, said.seen))
    one.heads = heard(one.heads, said.about(statement), said.seen)
    if one.step.sign is not None and one.began is not None and not one.is_of_this_visit(said.seen):
        # Whoever let it pass did not know that it was to be signed anew.
        one.doubts = (*one.doubts, one.began)
    if statement.kind == "reopened" and not twice:
        # An answer that goes back at once was acted on, though it never stood.
        one.lose_names(passed=statement.turn is not None and one.step.sign is None)
        one.doubts = unseen(one.doubts, said.seen)
        one.begin_again(said.about("reopened"))
    elif not twice:
        one.stated_anew()
    one.doubts = unseen(one.doubts, said.seen)
    one.spend_names()
    weigh(state, one)
    touched = [step_id]
    if one.contradicted or (statement.kind == "reopened" and one.step.sign is not None):
        touched += _closed_again(state, step_id)
    elif None not in (stood, one.answer) and stood != one.answer:
        touched += rechecked(state, said, step_id)
    return touched


def weigh(state: RunState, one: StepState) -> None:
    """What the statements about a step come to."""
    last = strongest(one.heads)
    one.contradicted = any(head.value != one.heads[0].value for head in one.heads)
    one.status = None if last is None or last.value.kind == "reopened" else last.value.kind
    one.answer = None if last is None else last.value.answer
    # Whatever is said of the step itself stands before what was said of whether it is needed.
    one.asks_whether = one.asks_whether and one.status is None
    one.passed = one.passed and one.status is None
    state.weigh_wait(one)
    if one.status in ("done", "overridden") and state.place(one.step.id) is Place.OFF:
        state.left[one.step.id] = None
    state.weigh_marks(one)


def rechecked(state: RunState, said: Stand, step_id: str, but: Collection[str] = ()) -> list[str]:
    """Ask of whatever was done on the strength of `step_id` whether it still stands."""
    touched = []
    for later in state.graph.below(step_id):
        one = state.steps[later]
        if later in but:
            continue
        if one.step.sign is not None:
            touched += signed_anew(state, said, one)
        elif one.step.only_when is not None and one.opened and not one.touched:
            # What it was judged by has changed: it opens and is judged afresh.
            one.close()
            touched.append(later)
        if one.status in FINISHED:
            one.doubts = (*unseen(one.doubts, said.seen), said.about(step_id))
            touched.append(later)
    return touched


def signed_anew(state: RunState, said: Stand, hold: StepState) -> list[str]:
    """Names given for what was do not count for what is.

    The hold waits until what it rests on is done, and whoever has not begun behind it waits for the hold:
    nobody passes without the signatures.
    """
    hold.lose_names()
    hold.began = said.about("rechecked")
    hold.close()
    state.weigh_wait(hold)
    return [hold.step.id, *_closed_again(state, hold.step.id)]


def is_passed(state: RunState, hold: str) -> bool:
    """Whether a hold lets people on: it was signed, or passed by decision."""
    outcome = state.road.outcomes[hold]
    return outcome.place is Place.SETTLED and outcome.answer != "refused"


def begun_behind(state: RunState, hold: str) -> bool:
    """Whether anybody has begun behind a hold; what was passed there is looked past."""
    seen, todo = {hold}, [hold]
    while todo:
        for edge in state.graph.out[todo.pop()]:
            one = state.steps[edge.later]
            if not edge.leads or edge.later in seen or not one.opened:
                continue
            if one.touched:
                return True
            seen.add(edge.later)
            todo += [edge.later] if one.passed else []
    return False


def begun(state: RunState, step_id: str | None) -> list[str]:
    """A step that was shut turns out to have been begun, by somebody who did not know: it is open again."""
    one = state.steps.get(step_id or "")
    if one is None or one.shut is None or not one.touched:
        return []
    one.opened_at, one.shut = one.shut, None
    state.weigh_wait(one)
    return [one.step.id]


def _closed_again(state: RunState, step_id: str) -> list[str]:
    """Followers that nobody has begun wait again: of a contradicted step, of a hold to be signed anew."""
    closed, todo = [], [step_id]
    while todo:
        here = todo.pop()
        for edge in state.graph.out[here]:
            one = state.steps[edge.later]
            at_a_limit = edge.missed and state.steps[here].missed
            if (
                not edge.leads
                or at_a_limit
                or not one.opened
                or one.touched
                or edge.later in state.graph.starts
            ):
                continue
            todo += [edge.later] if one.passed else []
            opened_at = one.opened_at
            one.close()
            one.shut = opened_at
            state.weigh_wait(one)
            closed.append(edge.later)
    return closed
