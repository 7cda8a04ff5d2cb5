"""A plan on paper, for the day the program has stopped: the same numbers, words and warnings as the screen has.

One HTML file that prints on A4. Every printed page names the plan, its revision and its digest, so that whoever
finds a sheet knows whether it is the plan of the record. What is done is ticked, what is read, signed or answered is
written beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.condition import say_length
from engine.drawings.pen import Pen, lane_name
from engine.drawings.preface import ending, preface
from engine.drawings.rows import rows_of, then_rows
from engine.graph import StepGraph
from engine.plan import Promise, Step
from engine.report.html import STYLE, document, safe
from engine.text import Text, clean

DIGEST_SIGNS = 12
"""So much of the digest stands on each page: enough to tell two plans apart by eye."""

VISITS = 6
"""So many visits of a repeated step can be written down; further ones on the back."""

WORDS = {
    "copy": Text("纸面预案", "PAPER COPY"),
    "page": Text("{title}　{id} 第 {revision} 版　{digest}", "{title}  {id} rev {revision}  {digest}"),
    "where": Text("{site}　{room}", "{site}  {room}"),
    "any-room": Text("机房：________", "Room: ________"),
    "use": Text(
        "程序停了、看不到屏幕时用这份。从状态纸上写的那一步接着做：做完一步打一个勾，写上几点、谁做的。"
        "步骤只在它说的那些步骤做完之后做；没有写的，接在上一步后面。恢复后照此补录。",
        "For when the program has stopped or no screen is at hand. Go on from the step named on the status sheet: "
        "tick each step when it is done, with the time and who did it. A step comes after those it names; where it "
        "names none, after the one above it. What is written here is typed in afterwards.",
    ),
    "people": Text("电话", "Telephone"),
    "promises": Text(
        "承诺（从接到报告算起，另有说明的除外）", "Promises (from the report, unless said otherwise)"
    ),
    "started": Text(
        "接到报告的时间：________　指挥：________", "Reported at: ________   Commander: ________"
    ),
    "within": Text("{title}：{time}内；最迟 ____:____", "{title}: within {time}; not later than ____:____"),
    "every": Text("{title}：每 {time}；{blanks}", "{title}: every {time}; {blanks}"),
    "from": Text("（从“{mark}”算起）", " (from '{mark}')"),
    "by": Text("____:____　谁 ______", "____:____  who ______"),
    "signed": Text("{role} ____________　____:____", "{role} ____________  ____:____"),
    "value": Text("{label} ________", "{label} ________"),
    "visits": Text("各次：{blanks}", "Visits: {blanks}"),
    "steps": Text("步骤", "Steps"),
}

_STYLE = """
@page { @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt } }
article { break-before: auto }
h3 { font-size: 11pt; margin: 5mm 0 1mm; break-after: avoid }
ul.known { margin: 1mm 0 2mm; padding-left: 5mm; font-size: 9pt; columns: 2; column-gap: 8mm }
ul.known li { break-inside: avoid }
.step { display: grid; grid-template-columns: 6mm 9mm 1fr 36mm; border-top: .5pt solid #999; padding: 1.2mm 0;
  break-inside: avoid; font-size: 9pt; line-height: 1.4 }
.step p { margin: 0 }
.box { display: inline-block; width: 3.4mm; height: 3.4mm; border: .8pt solid #111; vertical-align: -0.3mm }
.n { font-weight: 700; font-size: 10.5pt }
.act { font-weight: 700; font-size: 10.5pt }
.warn { border: 1.2pt solid #111; background: #eee; padding: .6mm 1.5mm; font-weight: 700 }
.tag { border: .8pt solid #111; padding: 0 1mm; white-space: nowrap }
.under { color: #333 }
.write { padding-left: 3mm; white-space: nowrap; font-size: 8.5pt }
.fill { line-height: 2 }
.fill span { display: inline-block; margin-right: 6mm }
.next { padding-left: 3mm }
""".strip()


def as_paper(graph: StepGraph, digest: str, room: str | None, language: str) -> str:
    """The whole plan as an HTML file. `graph` is bound to `room`; `digest` is that of the plan in a record."""
    pen = Pen(graph, language, room)
    head = _head(pen, digest, room)
    body = "\n".join(_body(pen, room))
    page = (
        f'<table class="page" role="presentation"><thead><tr><td>{head}</td></tr></thead>'
        f"<tfoot><tr><td>{head}</td></tr></tfoot><tbody><tr><td>\n{body}\n</td></tr></tbody></table>"
    )
    title = f"{_word(language, 'copy')} {pen.title(graph.runbook.title)}"
    return document(title, language, f"{STYLE}\n{_STYLE}", f"<article>{page}</article>")


def _word(language: str, word_id: str, **facts: object) -> str:
    return WORDS[word_id].of(language).format(**facts)


def _head(pen: Pen, digest: str, room: str | None) -> str:
    """What stands on every page."""
    runbook, language = pen.graph.runbook, pen.language
    facts = {"title": pen.title(runbook.title), "id": clean(runbook.id), "revision": runbook.revision}
    named = _word(language, "page", **facts, digest=digest[:DIGEST_SIGNS])
    return f'<span class="mark">{_word(language, "copy")}</span>{safe(f"{named}　{_where(pen, room)}")}'


def _where(pen: Pen, room: str | None) -> str:
    known = next((one for one in pen.graph.site.rooms if one.id == room), None)
    named = pen.title(known.title) if known is not None else _word(pen.language, "any-room")
    return _word(pen.language, "where", site=pen.title(pen.graph.site.title), room=named)


def _body(pen: Pen, room: str | None) -> Iterator[str]:
    language = pen.language
    yield f"<h1>{safe(pen.title(pen.graph.runbook.title))}</h1>"
    yield f"<p>{safe(_word(language, 'use'))}</p>"
    yield f"<p>{safe(_word(language, 'started'))}</p>"
    yield from _section(_word(language, "people"), _people(pen))
    yield from _section(
        _word(language, "promises"), [_promise(pen, one) for one in pen.graph.promises.promises]
    )
    for name, lines in (*preface(pen), *ending(pen)):
        yield from _section(pen.word(name), lines)
    yield f"<h2>{safe(_word(language, 'steps'))}</h2>"
    lane = None
    for step in pen.graph.runbook.steps:
        if step.lane != lane:
            yield f"<h3>{safe(lane_name(pen, step.lane))}</h3>"
            lane = step.lane
        yield from _step(pen, step)


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        items = "".join(f"<li>{safe(line)}</li>" for line in lines)
        yield f'<h3>{safe(title)}</h3>\n<ul class="known">{items}</ul>'


def _people(pen: Pen) -> list[str]:
    """Everybody of the site who acts in a role of this plan, then the groups that are told."""
    wanted = dict(pen.graph.runbook.roles)
    lines = []
    for one in pen.graph.site.people:
        roles = [pen.role(role) for role in one.roles if role in wanted]
        if roles:
            lines.append(f"{clean(one.name)} {clean(one.phone)}　{pen.list(roles)}")
    for group in pen.graph.site.groups:
        reach = pen.list(clean(channel.address) for channel in group.channels)
        lines.append(f"{pen.title(group.title)} {reach}")
    return lines


def _promise(pen: Pen, promise: Promise) -> str:
    language = pen.language
    title, length = pen.title(promise.title), promise.within or promise.every
    time = say_length(length, language) if length is not None else ""
    start = "" if promise.start == "reported" else _word(language, "from", mark=pen.mark(promise.start))
    if promise.every is not None:
        return _word(language, "every", title=title, time=time, blanks=_blanks()) + start
    return _word(language, "within", title=title, time=time) + start


def _blanks() -> str:
    return "  ".join(["____:____"] * VISITS)


# --- a step


def _step(pen: Pen, step: Step) -> Iterator[str]:
    """Box, number, everything about it, and the column to write in; the warning stands right above the act."""
    yield '<div class="step">'
    yield f'<div><span class="box"></span></div><div class="n">{pen.graph.number[step.id]}</div>'
    yield f"<div>{''.join(_told(pen, step))}</div>"
    yield f'<div class="write">{safe(_word(pen.language, "by"))}</div>'
    yield "</div>"


def _told(pen: Pen, step: Step) -> Iterator[str]:
    if step.warn is not None:
        yield f'<p class="warn">{_lines(pen.word("warning", text=pen.said(step.warn)))}</p>'
    tag = f' <span class="tag">{safe(pen.tag(step.tag))}</span>' if step.tag else ""
    yield f'<p class="act">{_lines(pen.said(step.text))}{tag}</p>'
    yield f'<p class="under">{safe(_who_and_where(pen, step))}</p>'
    for row in rows_of(pen, step):
        tick, found, words = row.partition("[ ] ")
        boxed = bool(found) and not tick
        yield f'<p class="under">{_box() if boxed else ""}{_lines(words if boxed else row)}</p>'
    if fields := [f"<span>{safe(field)}</span>" for field in _values(pen, step)]:
        yield f'<p class="fill">{" ".join(fields)}</p>'
    for row in then_rows(pen, step):
        yield f'<p class="next">{_box() if step.answers else "→ "}{safe(row)}</p>'


def _box() -> str:
    return '<span class="box"></span> '


def _who_and_where(pen: Pen, step: Step) -> str:
    roles = [pen.word("or").join(pen.role(role) for role in step.roles)] if step.roles else []
    place = [pen.word("at", place=pen.title(step.where))] if step.where is not None else []
    safety = [pen.word(step.cls)] if step.cls != "mandatory" else []
    return pen.word("comma").join([pen.word(step.kind), *roles, *place, *safety])


def _values(pen: Pen, step: Step) -> Iterator[str]:
    """Room for every value, every signature and every visit."""
    language = pen.language
    for name in step.record:
        yield _word(language, "value", label=pen.reading(name))
    if step.sign is not None:
        for role in step.sign.of:
            yield _word(language, "signed", role=pen.role(role))
    if step.repeat is not None:
        yield _word(language, "visits", blanks=_blanks())


def _lines(words: str) -> str:
    return safe(words).replace("\n", "<br>")
