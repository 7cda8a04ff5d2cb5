"""The step in front of a person: its warning directly above the act, then everything that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engine.acts import next_call
from engine.clocks import DUE_FOR, Timer, missed_rounds, timers
from engine.condition import Reason
from engine.plan import Answer, Back, Reading, Step
from engine.rules import call_list, items_of, missing_roles, needed_readings, ticked_of
from engine.state import StepState, held_back
from engine.text import clean
from tui.logbook import found_words
from tui.view.across import across_lines
from tui.view.calling import dial_line
from tui.view.judged import Told, judged, names_in
from tui.view.layout import GAP
from tui.view.looking import Looking
from tui.view.people import by_line, channel, channels, signature_line, signer_line
from tui.view.steady import read_again
from tui.view.values import condition_line, panel, reading_label, reason_lines, taken, verdict

FEW = 2
"""So many readings are named by the act that asks for them; more are listed under the step."""


def step_lines(
    look: Looking, step_id: str, *, answers: bool = True, detail: bool = True, ways: bool = True
) -> list[str]:
    """Everything about one step.

    `answers`: with the list of answers; `detail`: with the longer text; `ways`: with where a refusal leads and
    whence every value is; without it as little as can be said.
    """
    one = look.state.steps[step_id]
    step = one.step
    lines = [] if step.warn is None else [f"{look.say('warning')}  {look.text(step.warn)}"]
    tag = f"   [{tag_words(look, step.tag)}]" if step.tag else ""
    lines.append(f"> {look.state.graph.number[step_id]}  {look.text(step.text)}{tag}")
    under = [*_who_and_how(look, one), *_situation(look, one), *_left_open(look, step)]
    if detail and step.detail is not None:
        under.append(look.say("detail", text=look.text(step.detail)))
    told: Told = "usual" if ways else "brief"
    under += [*_asked(look, one), *_expected(look, one), *_of_its_kind(look, one, told)]
    if answers:
        under += _answers(look, one)
    if not ways:
        leading = {_nobody_line(look, step), refusal_line(look, step.refused) if step.refused else None}
        under = [line for line in under if line not in leading]
    return lines + [f"    {line}" for line in [*under, *_times(look, one)]]


def has_more(step: Step) -> bool:
    """Whether a step has a longer text that whoever knows it by heart can do without."""
    return step.detail is not None or step.why is not None


def _left_open(look: Looking, step: Step) -> Iterator[str]:
    """At the last step of a patrol what it left open, which is what is handed over there."""
    runbook = look.state.graph.runbook
    if runbook.patrol in (None, "part") or step.id != runbook.steps[-1].id:
        return
    labels = {name: reading.label for name, reading in look.state.graph.readings.items()}
    notes = look.state.open_findings().values()
    for note in notes:
        said = found_words(look.text(note.text), labels, look.language)
        yield look.say("found-here", text=look.labelled(look.title(note.step or ""), said))
    if look.state.children:
        yield look.say("found-in-parts")
    elif not notes:
        yield look.say("found-none")


def tag_words(look: Looking, tag: str) -> str:
    """A tag as it hangs there; of one that is written in two languages (zh / en), the reader's."""
    zh, slash, en = clean(tag).partition(" / ")
    return en if slash and look.language == "en" else zh


# --- who, and what is special about it


def _who_and_how(look: Looking, one: StepState) -> Iterator[str]:
    step = one.step
    who = by_line(look, step) if step.sign is None else None
    place = look.say("at-place", place=look.text(step.where)) if step.where is not None else None
    words = [part for part in (who, place, *_nature(look, step)) if part]
    if words:
        yield look.say("sentence-space").join(words)


def _nature(look: Looking, step: Step) -> Iterator[str]:
    """What a person must know of the kind of act it is before they begin."""
    if step.irreversible:
        yield look.say("irreversible")
    if step.verify is not None:
        yield look.say(f"verify-{step.verify}")
    if step.never_alone:
        yield look.say("never-alone")
    if step.evidence is not None and step.evidence_required:
        yield look.say(f"evidence-{step.evidence}")


def _situation(look: Looking, one: StepState) -> Iterator[str]:
    """What is special about it now."""
    out = held_back(look.state, one.step.id)
    if out is not None:
        facts = {"time": look.clock(out.since), "cause": look.text(out.cause), "hold": look.title(out.hold)}
        yield look.say("held-back-until", **facts)
    yield from across_lines(look, one)
    if one.status in ("failed", "deferred") and one.last is not None:
        reason = look.text(one.last.value.reason or "")
        yield look.say("stands", status=look.said("status", one.status), reason=reason)
    if one.asks_whether:
        condition = one.step.only_when or ""
        yield look.say("whether", condition=condition_line(look, condition))
        yield from panel(look, condition, one.step.id)
    if one.recheck:
        yield look.say("recheck")
    if one.awaits_second:
        yield look.say("second-person")
    for name in one.second_differs:
        yield look.say("second-differs", reading=look.text(look.state.graph.readings[name].label))
    if one.contradicted:
        said = [
            f"{look.said('status', _as_status(head.value.kind))} {look.name(head.by)}" for head in one.heads
        ]
        yield look.say("contradicted", versions=look.join(said))


def _as_status(kind: str) -> str:
    return "ready" if kind == "reopened" else kind


# --- what it asks for


def _asked(look: Looking, one: StepState) -> Iterator[str]:
    needed = needed_readings(one.step, look.state)
    told = (
        names_in(one.step.needs) if one.step.needs is not None else set()
    )  # they stand there, not taken yet
    asked = [reading_label(look, name) for name in needed if name not in one.readings and name not in told]
    if len(asked) > FEW or (asked and one.step.kind == "hold"):
        yield look.say("record", readings=look.join(asked))
    known = [_reading_taken(look, one, look.state.graph.readings[name]) for name in one.readings]
    if known and not one.awaits_second:
        yield look.say("taken", readings=look.join(known))
    yield from _items(look, one)


def _reading_taken(look: Looking, one: StepState, reading: Reading) -> str:
    return f"{look.text(reading.label)} {taken(look, reading, one.readings[reading.id].value.text)}"


def _items(look: Looking, one: StepState) -> Iterator[str]:
    items = items_of(look.state, one.step)
    ticked = ticked_of(one, items)
    for number, line in enumerate(items, start=1):
        said = one.step.check[number - 1] if one.step.check else line
        yield f"{'[x]' if number in ticked else '[ ]'} {number}  {look.text(said)}"


def _expected(look: Looking, one: StepState) -> Iterator[str]:
    """What should be seen, what is known of it now, and what follows when it is not."""
    expect = one.step.expect
    if expect is None:
        return
    word, facts = "expect", dict[str, str]()
    if expect.within is not None:
        word, facts = "expect-in", {"time": look.span(expect.within.length)}
    if expect.that is not None and _is_known(look, expect.that, one):
        yield from judged(look, word, expect.that, one.step.id, facts=facts)
    else:
        text = condition_line(look, expect.that) if expect.that else look.text(expect.says or "")
        yield look.say(word, text=text, **facts)
    if expect.otherwise is not None:
        yield look.say("if-not", text=way(look, expect.otherwise))
    elif expect.that is not None:
        yield look.say("if-not", text=look.say("open-finding" if expect.finding else "no-other-step"))


def _is_known(look: Looking, condition: str, one: StepState) -> bool:
    """Whether anything in a condition was read, for this step or another, and may be seen."""
    found = verdict(look, condition, one.step.id)
    return not one.awaits_second and any(reason.found.at is not None for reason in found.reasons)


def way(look: Looking, leads: str | Back) -> str:
    """Where an answer or a failed expectation leads."""
    if isinstance(leads, Back):
        return look.say("goes-back", step=look.title(leads.step), times=leads.at_most)
    return look.title(leads)


def _of_its_kind(look: Looking, one: StepState, told: Told) -> Iterator[str]:
    if one.step.kind == "hold":
        yield from _hold(look, one, told)
    kinds = {"contact": _contact, "tell": _tell, "wait": _wait, "run": _run}
    if one.step.kind in kinds:
        yield from kinds[one.step.kind](look, one)


def hold_evidence(look: Looking, one: StepState) -> Iterator[str]:
    """What whoever signs must see: the condition with its values, what was read, and who has signed."""
    if one.step.needs is not None:
        yield from judged(look, "sign-needs", one.step.needs, one.step.id)
    else:
        yield from _asked(look, one)
    if one.signatures:
        yield _signed_by(look, one)


def _signed_by(look: Looking, one: StepState) -> str:
    return look.say("signed-by", names=look.join([signature_line(look, sign) for sign in one.signatures]))


def _hold(look: Looking, one: StepState, told: Told) -> Iterator[str]:
    if one.step.needs is not None:
        yield from judged(look, "sign-needs", one.step.needs, one.step.id, told=told)
    missing = [signer_line(look, role) for role in missing_roles(look.state, one)]
    sign = one.step.sign
    if missing and sign is not None:
        left = sign.need - len([kept for kept in one.signatures if kept.purpose == "hold"])
        word = "signs" if left >= len(missing) else "signs-some"
        yield look.say(word, roles=look.join(missing), count=left)
    if one.signatures:
        yield _signed_by(look, one)
    if one.step.refused is not None:
        yield refusal_line(look, one.step.refused)


def refusal_line(look: Looking, leads: str | Back) -> str:
    """What follows when a hold is refused."""
    return look.say("if-refused", text=way(look, leads))


def _contact(look: Looking, one: StepState) -> Iterator[str]:
    person = next_call(look.state, one, look.person)
    known = look.state.graph.people.get(person or "")
    if person is not None:
        number = sum(tried.person == person for tried in one.tries) + 1
        reach = look.join(channels(look, known)) if known is not None else ""
        yield look.say("call-next", name=look.name(person), reach=reach, number=number)
    elif call_list(look.state, one.step.target or ""):
        others = call_list(look.state, one.step.target or "", look.person)
        yield look.say("call-used-up" if others else "call-only-you")
    if one.tries and all(tried.outcome != "answered" for tried in one.tries):
        yield look.say("tries", count=len(one.tries))
    if (nobody := _nobody_line(look, one.step)) is not None:
        yield nobody


def _nobody_line(look: Looking, step: Step) -> str | None:
    """What follows when nobody answers a call."""
    if step.kind != "contact" or step.otherwise is None:
        return None
    return look.say("if-nobody", text=way(look, step.otherwise))


def _tell(look: Looking, one: StepState) -> Iterator[str]:
    groups = {group.id: group for group in look.state.graph.site.groups}
    group = groups.get(one.step.target or "")
    if group is not None:
        reach = look.join([channel(look, known) for known in group.channels])
        told = look.in_brackets(look.say("tell-group", group=look.text(group.title)), reach)
        yield GAP.join(filter(None, [told, dial_line(look, group.id)]))


def _wait(look: Looking, one: StepState) -> Iterator[str]:
    condition = one.step.wait_until
    if condition is None:
        return
    steady = one.step.steady
    time = "" if steady is None else look.say("steady", time=look.span(steady.length))
    yield from judged(look, "wait-for", condition, one.step.id, more=time)
    yield from read_again(look, one)


def _run(look: Looking, one: StepState) -> Iterator[str]:
    if one.child is not None and one.child in look.endings:
        how = look.said("ended", look.endings[one.child])
        yield look.say("child-has-ended", run=clean(one.child), how=how)
    elif one.child is not None:
        yield look.say("child-goes-on", run=clean(one.child))
    elif one.step.hand_over:
        yield look.say("hands-over")


# --- answers


def _answers(look: Looking, one: StepState) -> Iterator[str]:
    if one.step.kind == "ask":
        yield from (f"- {answer_line(look, one, answer)}" for answer in one.step.answers)
        yield from criteria(look, one)


def answer_line(look: Looking, one: StepState, answer: Answer) -> str:
    """An answer, where it goes back to, and what its criterion comes to; a suggestion is marked as one."""
    line = look.text(answer.says)
    if answer.back is not None:
        left = answer.back.at_most - look.state.turns.get((one.step.id, answer.id), 0)
        line = look.in_brackets(
            line, look.say("back-to", step=look.title(answer.back.step), left=max(left, 0))
        )
    if answer.when is None:
        return line
    found = verdict(look, answer.when, one.step.id).value
    return f"{line}   {look.say({True: 'suggested', False: 'fits-not', None: 'unknown'}[found])}"


def criteria(look: Looking, one: StepState) -> list[str]:
    """What the answers rest on, one line for each thing: value, whence, age, and every limit it was held to."""
    asked = [answer.when for answer in one.step.answers if answer.when is not None]
    reasons = [reason for text in asked for reason in verdict(look, text, one.step.id).reasons]
    lines: dict[str, list[Reason]] = {}
    for reason in reasons:
        lines.setdefault(reason.left.partition(".")[0], []).append(reason)
    return [f"  {line}" for group in lines.values() for line in reason_lines(look, group)]


# --- times


def _times(look: Looking, one: StepState) -> Iterator[str]:
    for timer in timers(look.state):
        if timer.step == one.step.id:
            yield _timer_line(look, one, timer)


MOMENT = timedelta(seconds=1)
"""Less than this is no remainder."""


def _timer_line(look: Looking, one: StepState, timer: Timer) -> str:
    site = look.say("limit-site") if timer.from_site else ""
    left = timer.at - look.now
    if timer.kind in ("limit", "expect"):
        word = "limit" if left >= timedelta() else "limit-over"
        return look.say(word, left=look.soon(abs(left))) + site
    if timer.kind == "wait":
        if -MOMENT < left <= timedelta():
            return look.say("wait-over-now") + site
        if left <= timedelta():
            return look.say("wait-over", time=look.clock(timer.at), left=look.soon(-left)) + site
        return look.say("wait-until", time=look.clock(timer.at), left=look.soon(left)) + site
    missed = missed_rounds(one, look.now)
    late = look.say("sentence-space") + look.say("rounds-missed", count=missed) if missed else ""
    return _round(look, one.round + 1, left) + site + late


def _round(look: Looking, number: int, left: timedelta) -> str:
    if left > timedelta():
        return look.say("next-round", number=number, left=look.soon(left))
    if left > -DUE_FOR:
        return look.say("round-due", number=number)
    return look.say("round-late", number=number, left=look.soon(-left))
