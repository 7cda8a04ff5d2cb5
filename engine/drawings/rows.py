"""What a step asks for and where it leads, in short rows."""

from __future__ import annotations

from collections.abc import Iterator

from engine.drawings.pen import MANY, Pen
from engine.graph import Edge, follows
from engine.plan import Answer, Step
from engine.text import Text, clean


def rows_of(pen: Pen, step: Step) -> Iterator[str]:
    """Everything a step asks for, in the order in which it matters."""
    yield from _before_rows(pen, step)
    yield from _kind_rows(pen, step)
    yield from _doing_rows(pen, step)
    yield from _limit_rows(pen, step)
    if step.why is not None:
        yield pen.word("why", text=pen.said(step.why))
    if step.detail is not None:
        yield pen.word("detail", text=pen.said(step.detail))


def _before_rows(pen: Pen, step: Step) -> Iterator[str]:
    came_after = _comes_after(pen, step)
    if came_after:
        yield came_after
    if step.only_when is not None:
        yield pen.word("only-when", condition=pen.condition(step.only_when))
    if step.check_tag and step.tag is not None:
        yield pen.word("check-tag", tag=pen.tag(step.tag))
    if step.declare_level:
        yield pen.word("declare-level")
    if step.first:
        yield pen.word("first")
    if step.irreversible:
        yield pen.word("irreversible")
    if step.inside:
        yield pen.word("inside")
    if step.withdraw is not None:
        yield pen.word("withdraw", hold=pen.ref(step.withdraw))
    if step.never_alone:
        yield pen.word("never-alone")


def _comes_after(pen: Pen, step: Step) -> str:
    """What a step waits for; nothing when that is only the step right above it, however it ended."""
    graph = pen.graph
    edges = [edge for edge in graph.into[step.id] if edge.leads]
    if not edges:
        return pen.word("starts")
    if step.id in pen.gathering:
        return pen.word("after-all")
    if len(edges) > MANY:
        return pen.word("after-many", count=len(edges))
    above = graph.number[step.id] - 1
    [first, *others] = edges
    plain = not others and first.after and first.answers is None and not first.missed
    if plain and graph.number.get(first.earlier) == above:
        return ""
    return pen.word("after", list=pen.list(_led_by(pen, edge) for edge in edges))


def _led_by(pen: Pen, edge: Edge) -> str:
    """What has to happen for an edge to lead on."""
    ways = []
    if edge.after:
        before = pen.ref(edge.earlier)
        ways.append(
            before if edge.answers is None else pen.word("answered", step=before, answers=pen.answers(edge))
        )
    if edge.missed:
        ways.append(pen.word("late", step=pen.ref(edge.earlier)))
    return pen.word("or").join(ways)


def _kind_rows(pen: Pen, step: Step) -> Iterator[str]:
    if step.kind == "wait":
        yield from _wait_rows(pen, step)
    elif step.kind == "contact" and step.target is not None:
        yield pen.word("whom", who=pen.role(step.target))
    elif step.kind == "tell" and step.target is not None:
        yield pen.word("whom", who=_group(pen, step.target))
    elif step.kind == "run" and step.target is not None:
        yield pen.word("hand-over" if step.hand_over else "which", runbook=clean(step.target))
    if step.message is not None:
        yield pen.word("words", text=pen.message(step.message))
    if step.sign is not None:
        roles = pen.list(pen.role(role) for role in step.sign.of)
        every = step.sign.need >= len(step.sign.of)
        if step.needs is not None:
            yield pen.word("needs", condition=pen.condition(step.needs))
        yield pen.word("sign" if every else "sign-some", roles=roles, need=step.sign.need)


def _wait_rows(pen: Pen, step: Step) -> Iterator[str]:
    if step.span is not None:
        yield pen.word("wait-for", time=pen.limit(step.span))
    if step.wait_until is not None and step.steady is not None:
        yield pen.word("steady", condition=pen.condition(step.wait_until), time=pen.limit(step.steady))
    elif step.wait_until is not None:
        yield pen.word("wait-until", condition=pen.condition(step.wait_until))


def _group(pen: Pen, group_id: str) -> str:
    known = {group.id: group.title for group in pen.graph.site.groups}
    return pen.title(known[group_id]) if group_id in known else clean(group_id)


def _doing_rows(pen: Pen, step: Step) -> Iterator[str]:
    if step.record:
        yield pen.word("record", list=pen.list(pen.reading(name) for name in step.record))
    if step.each is not None:
        listed = pen.graph.readings.get(step.each)
        yield pen.word("each", reading=clean(step.each) if listed is None else pen.title(listed.label))
    if step.check:
        yield pen.word("tick")
        yield from (f"[ ] {pen.title(line)}" for line in step.check)
    if step.expect is not None:
        yield _expect_row(pen, step)
    if step.evidence is not None:
        yield pen.word(step.evidence) + pen.word("must" if step.evidence_required else "may")
    if step.verify is not None:
        yield pen.word(step.verify)
    if step.touches:
        changes = (f"{clean(thing)} -> {clean(state)}" for thing, state in step.touches)
        yield pen.word("touches", list=pen.list(changes))
    if step.marks:
        yield pen.word("marks", list=pen.list(map(pen.mark, step.marks)))


def _expect_row(pen: Pen, step: Step) -> str:
    expect = step.expect
    assert expect is not None
    text = pen.condition(expect.that) if expect.that is not None else pen.title(expect.says or Text("", ""))
    if expect.finding:
        return pen.word("expect-finding", text=text)
    if expect.nowhere:
        return pen.word("expect-none", text=text)
    if expect.within is None:
        return pen.word("expect", text=text)
    return pen.word("expect-in", text=text, time=pen.limit(expect.within))


def _limit_rows(pen: Pen, step: Step) -> Iterator[str]:
    if step.repeat is not None:
        yield pen.word("every", time=pen.limit(step.repeat.every), end=_repeat_end(pen, step))
    if step.within is not None and step.within_from is None:
        yield pen.word("within", time=pen.limit(step.within))
    elif step.within is not None:
        yield pen.word("within-from", time=pen.limit(step.within), start=pen.named(step.within_from or ""))
    if step.missed is not None:
        opened = step.missed in pen.graph.steps
        yield pen.word("missed", what=pen.ref(step.missed) if opened else pen.role(step.missed))
    if step.defer is None and step.cls != "safety" and not step.decides:
        yield pen.word("no-defer")
    elif step.defer in pen.graph.steps:
        yield pen.word("defer", step=pen.ref(step.defer or ""))


def _repeat_end(pen: Pen, step: Step) -> str:
    repeat = step.repeat
    assert repeat is not None
    end = ""
    if repeat.until is not None:
        if repeat.until_is == "condition":
            end += pen.word("every-when", condition=pen.condition(repeat.until))
        else:
            end += pen.word("every-until", what=pen.named(repeat.until))
    if repeat.span is not None:
        end += pen.word("every-span", time=pen.limit(repeat.span))
    if repeat.times is not None:
        end += pen.word("every-times", count=repeat.times)
    return end


def then_rows(pen: Pen, step: Step) -> Iterator[str]:
    """What follows: one row for each answer, or one for all."""
    if not step.answers:
        yield _leads_on(pen, step, None)
    for answer in step.answers:
        says = f"{pen.title(answer.says)}{_suggestion(pen, answer)}"
        yield says + pen.word("colon") + _answer_leads(pen, step, answer)


def _suggestion(pen: Pen, answer: Answer) -> str:
    said = pen.word("suggested", condition=pen.condition(answer.when)) if answer.when is not None else ""
    return said + (pen.word("raises", count=answer.level) if answer.level else "")


def _answer_leads(pen: Pen, step: Step, answer: Answer) -> str:
    onward = _leads_on(pen, step, answer.id)
    if answer.back is None:
        return onward
    return pen.word("goes-back", step=pen.ref(answer.back.step), times=answer.back.at_most, rest=onward)


def _leads_on(pen: Pen, step: Step, answer: str | None) -> str:
    following = _next_steps(pen, step, answer)
    if following:
        return pen.word("then", list=pen.list(map(pen.ref, following)))
    if step.id == pen.graph.closing:
        return pen.word("run-ends")
    return pen.word("road-ends" if step.ends else "lane-ends")


def _next_steps(pen: Pen, step: Step, answer: str | None) -> list[str]:
    """What follows; the closing step is left out where the steps that restore stand before it."""
    following = follows(pen.graph, step.id, answer)
    closing = pen.graph.closing
    restores = any(name in pen.gathering for name in following if name != closing)
    return [name for name in following if name != closing or not restores]
