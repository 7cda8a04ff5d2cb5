"""The card of the step in front: its warning directly above the act, then everything that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.text import cells, clean
from tui import view
from tui.asking import Question
from tui.frame.glass import Glass
from tui.frame.rows import BLANK, Row, Span, paragraph
from tui.view import Looking, Offer
from tui.view.ending import ends_by_enter
from tui.view.layout import GAP, pack
from tui.view.step import hold_evidence, tag_words

LABEL_MOST = 22
"""A beginning that is longer than this is no label."""

LABEL_CELLS = 10
"""Where the text behind a label begins."""

INDENT = "     "


@dataclass(frozen=True, slots=True)
class Card:
    """The parts of a card, from the top."""

    warning: list[Row]
    act: list[Row]
    under: list[Row]

    @property
    def height(self) -> int:
        """Its rows, without an empty one."""
        return len(self.warning) + len(self.act) + len(self.under)


def step_card(look: Looking, glass: Glass, name: str, width: int, *, brief: bool = False) -> Card:
    """Everything about one step; its answers behind their digits when it is the one in front.

    `brief`: without the longer text, where a refusal leads and whence every value is: that stands behind F7.
    """
    numbered = glass.looking is None
    short = name in glass.short
    lines = view.step_lines(look, name, answers=not numbered, detail=not (short or brief), ways=not brief)
    under = [row for line in _without_head(lines, look, name) for row in under_rows(look, line, width)]
    under += [] if brief else _reason_rows(look, glass, name, width)
    if numbered:
        one = look.state.steps[name]
        if one.step.kind == "ask":
            criteria = [line.strip("\n") for line in view.step.criteria(look, one)]
            # Of several answers some do not fit: nothing is wrong with that.
            under += [_unalarmed(row) for row in decision_rows(look, criteria, width)]
        under += choice_rows(look, glass, width)
    return Card(warning_rows(look, name, width), act_rows(look, name, width), under)


def _reason_rows(look: Looking, glass: Glass, name: str, width: int) -> list[Row]:
    """Why it is done, below what it needs; where the longer text is folded away, the key that unfolds it."""
    why = look.state.graph.steps[name].why
    if name in glass.short:
        return [(Span(INDENT), Span(look.say("screen-short"), "dim"))]
    return [] if why is None else under_rows(look, look.say("why", text=look.text(why)), width)


def _without_head(lines: Sequence[str], look: Looking, name: str) -> list[str]:
    """The lines under the act."""
    warned = look.state.graph.steps[name].warn is not None
    return list(lines[2 if warned else 1 :])


def warning_rows(look: Looking, name: str, width: int) -> list[Row]:
    """The warning of a step, in words and in red."""
    warn = look.state.graph.steps[name].warn
    if warn is None:
        return []
    tag = Span(f" {look.say('warning')} ", "tag-red")
    return paragraph([tag, Span("  ")], look.text(warn), "red", width)


def act_rows(look: Looking, name: str, width: int) -> list[Row]:
    """The act itself, with its number and its tag."""
    step = look.state.graph.steps[name]
    lead = [Span(" > ", "strong"), Span(f"{look.state.graph.number[name]}  ", "strong")]
    rows = paragraph(lead, look.text(step.text), "strong", width)
    if step.tag:
        tag = f"   [{tag_words(look, step.tag)}]"
        last = rows[-1]
        if sum(cells(span.text) for span in last) + cells(tag) < width:
            rows[-1] = (*last, Span(tag, "blue"))
        else:
            rows.append((Span(INDENT), Span(tag.strip(), "blue")))
    return rows


# --- lines under the act


def under_rows(look: Looking, line: str, width: int) -> list[Row]:
    """A line under the act: a label in its column and what it says, coloured by what it comes to."""
    text = line.strip()
    if GAP in text:
        return decision_rows(look, [text], width)
    if text.startswith(("[x] ", "[ ] ")):
        style = "green" if text.startswith("[x]") else "text"
        return paragraph([Span(INDENT), Span(text[:4], style)], text[4:], "text", width)
    style = _style_of(look, text)
    label, rest = label_of(text)
    if not label:
        return paragraph([Span(INDENT)], text, style, width)
    padded = label + " " * max(LABEL_CELLS - cells(label), 2)
    return paragraph([Span(INDENT), Span(padded, "dim")], rest, style, width)


def label_of(text: str) -> tuple[str, str]:
    """What stands before a colon at the beginning, and the rest; no label where that is a sentence, or asks."""
    for colon in ("：", ": "):
        label, found, rest = text.partition(colon)
        if (
            found
            and rest.strip()
            and cells(label) <= LABEL_MOST
            and not any(sign in label for sign in "，。“”,.'")
        ):
            return label, rest.strip()
    return "", text


def _style_of(look: Looking, text: str) -> str:
    beginnings = {"limit-over": "red", "limit": "amber", "round-late": "red", "recheck": "amber"}
    for word, style in beginnings.items():
        said = look.say(word, left="\0", number="\0").partition("\0")[0]
        if said and text.startswith(said):
            return style
    return "text"


def decision_rows(look: Looking, lines: Sequence[str], width: int) -> list[Row]:
    """Criterion, value, source, age and result, each in its colour; a line that goes on is indented."""
    rows: list[Row] = []
    for line in lines:
        deeper = INDENT + "  " * (line.startswith("      ") and bool(rows))
        spans = [Span(deeper)]
        for part in _parts(line):
            more = _part_spans(look, part, first=len(spans) == 1)
            if sum(cells(span.text) for span in [*spans, *more]) > width - 1 and len(spans) > 1:
                rows.append(tuple(spans))
                spans = [Span(INDENT + "  ")]
            spans += [*more, Span("   ")]
        rows.append(tuple(spans[:-1]))
    return [row for known in rows for row in _wrapped(known, width)]


def _unalarmed(row: Row) -> Row:
    return tuple(Span(span.text, "dim") if span.style == "red" else span for span in row)


def _wrapped(row: Row, width: int) -> list[Row]:
    if sum(cells(span.text) for span in row) < width:
        return [row]
    return paragraph([Span(INDENT)], "".join(span.text for span in row).strip(), "text", width)


def _parts(line: str) -> Iterator[str]:
    yield from (part.strip() for part in line.strip().split(GAP) if part.strip())


def _part_spans(look: Looking, part: str, *, first: bool) -> list[Span]:
    """A part of a decision; the word it ends with says what it comes to."""
    for word, style in RESULTS.items():
        said = look.say(word)
        if part == said:
            return [Span(part, style)]
        if part.endswith(f" {said}"):
            return [Span(part.removesuffix(said), "text"), Span(said, style)]
    return [Span(part, "text" if first else "dim")]


# The longer word first: NOT MET ends with MET. Red stops whoever acts, amber says that nobody knows.
RESULTS = {
    "not-met": "red",
    "fits-not": "dim",
    "met": "text",
    "suggested": "strong",
    "unknown": "amber-strong",
}


# --- answers behind digits


def choice_rows(look: Looking, glass: Glass, width: int) -> list[Row]:
    """What the digits choose, and the digit that was typed."""
    rows: list[Row] = [BLANK] if glass.choices else []
    column = max((len(str(number)) for number, _ in glass.choices), default=1)
    for number, offer in glass.choices:
        label = (
            _answer_of(look, offer) if offer.act is not None and offer.act.verb == "entry" else offer.label
        )
        chosen = glass.typed == str(number)
        lead = [Span("  => " if chosen else INDENT, "key"), Span(f"{number:>{column}}  ", "key")]
        words, gap, result = label.partition(GAP)
        spans = paragraph(lead, words, "strong" if chosen else "text", width)
        if gap:
            said = _part_spans(look, result.strip(), first=False)
            room = width - 1 - sum(cells(span.text) for span in [*spans[-1], *said])
            # What it comes to is never cut off: it stands below an answer that fills its row.
            last = spans.pop() if room >= len("   ") else (Span(" " * (len(INDENT) + column)),)
            spans.append((*last, Span("   "), *said))
        rows += spans
    return rows


def _answer_of(look: Looking, offer: Offer) -> str:
    """The answer alone, where the question stands above it."""
    needs = offer.act.needs if offer.act is not None else ()
    words = dict(needs[0].choices) if needs else {}
    return look.text(words[offer.preset["answer"]])


def entry_card(look: Looking, glass: Glass, words: str, width: int) -> Card:
    """An entry condition, asked before the first step."""
    lead = [Span(" > ", "strong"), Span(f"{look.say('act-entry')}  ", "strong")]
    act = paragraph(lead, words, "strong", width)
    return Card([], act, choice_rows(look, glass, width))


def end_card(look: Looking, glass: Glass, width: int) -> Card:
    """Nothing is left on the road, or the run has ended."""
    ended = view.ending_lines(look)
    title = ended[1] if len(ended) > 1 else look.say("place-end")
    style = (
        "green" if ended and look.state.ended is not None and look.state.ended.how == "complete" else "strong"
    )
    below = [look.say("nothing-stays-open")] if ends_by_enter(look) else ended[2:]
    under = [row for line in below for row in under_rows(look, line, width)]
    return Card(
        [],
        paragraph([Span(" > ", "strong")], title, style, width),
        under + choice_rows(look, glass, width),
    )


# --- a question


def question_rows(look: Looking, glass: Glass, width: int) -> tuple[list[Row], int]:
    """What stands above the field, the field, and the column of its caret in the last row."""
    question = glass.question
    assert question is not None
    rows = [*evidence_rows(look, glass, width), *_filled_rows(look, question, width)]
    rows += [row for line in question.so_far for row in _given_rows(look, clean(line), width)]
    rows += [row for line in question.lines for row in _question_line(look, clean(line), width)]
    if glass.when:
        rows.append((Span(INDENT), Span(glass.when, "strong")))
    prompt = question.prompt.strip().removesuffix(">").strip()
    if prompt == "+":
        prompt = look.say("screen-next-item")
    typed = "*" * len(glass.typed) if question.hidden else glass.typed
    lead = paragraph([Span(INDENT)], prompt, "strong", width)
    used = sum(cells(span.text) for span in lead[-1]) + 2
    if used > width // 2 and used + max(cells(typed), FIELD_LEAST) > width - 2:
        lead, used = [*lead, (Span(INDENT),)], len(INDENT) + 2
    shown = _tail_of(typed, width - used - 2)
    lead[-1] = (*lead[-1], Span("  "), Span(shown, "field"), Span(" ", "caret"))
    return [*rows, *lead], used + cells(shown)


SIGNING = ("sign", "refuse", "override", "confirm-voice")
"""Acts at a hold whose evidence stays in sight while they are asked about."""


def evidence_rows(look: Looking, glass: Glass, width: int) -> list[Row]:
    """What a signature rests on: nobody signs what they cannot see."""
    act = glass.asked
    one = look.state.steps.get(act.step or "") if act is not None and act.verb in SIGNING else None
    if one is None or one.step.kind != "hold":
        return []
    rows = [row for line in hold_evidence(look, one) for row in under_rows(look, line, width)]
    return [*rows, BLANK] if rows else []


def _filled_rows(look: Looking, question: Question, width: int) -> list[Row]:
    """Which field of the form is open, and what was given in those before."""
    if question.fields < 2 and not question.filled:
        return []
    facts = {"field": question.field, "fields": question.fields}
    place = look.say("screen-field", **facts) if question.fields > 1 else ""
    lines = pack([clean(one) for one in question.filled], width - len(INDENT) - cells(place) - 4, "", rest="")
    place += "  " if place else ""
    head = [Span(INDENT), Span(place, "dim")]
    under = Span(" " * (len(INDENT) + cells(place)))
    return [(*head, Span(lines[0] if lines else "")), *((under, Span(line)) for line in lines[1:])]


FIELD_LEAST = 20
"""So much room a field has at least behind its question; else it stands below it."""


def _tail_of(text: str, room: int) -> str:
    """The end of what is typed, when it is longer than its field, and two dots for what went out at the left."""
    if cells(text) <= room:
        return text
    while cells(text) > room - len(SCROLLED):
        text = text[1:]
    return SCROLLED + text


SCROLLED = ".."


def _given_rows(look: Looking, line: str, width: int) -> list[Row]:
    """What was given of a list already: ticked, or an item behind a plus; else what the list is called."""
    if line.startswith("[x] "):
        return under_rows(look, line, width)
    mark, found, item = line.partition("+   ")
    if found and not mark:
        return paragraph([Span(INDENT), Span("+   ", "dim")], item, "text", width)
    return paragraph([Span(INDENT)], line, "dim", width)


def _question_line(look: Looking, line: str, width: int) -> list[Row]:
    text = line.strip()
    number, _, words = text.partition("  ")
    if number.isdecimal() and words:
        first, gap, result = words.strip().partition(GAP)
        rows = paragraph([Span(INDENT), Span(f"{number:>2}  ", "key")], first, "text", width)
        if gap:
            spans = [
                span
                for part in _parts(result)
                for span in (Span("   "), *_part_spans(look, part, first=False))
            ]
            rows[-1] = (*rows[-1], *spans)
        return rows
    if text.endswith(("。", ".")):
        return paragraph(
            [Span(INDENT)], text, "text", width
        )  # a sentence: what stands before its colon is no label
    return under_rows(look, line, width) if text else []
