"""Where everything stands on the walk screen.

From the top: header (3 rows), the steps done last, the card of the step in front (its warning directly above
the act), one row of news, the steps that come, watch list and timers, the alarm row, the keys. Each region has
its rows at a given size whatever is in it, so nothing moves when the content changes; what does not fit a card
turns by pages. Header, warning, act, alarm row and keys never give way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.text import cells, cut, wrap
from tui import view
from tui.frame.acts import act_list_rows
from tui.frame.around import after_rows, before_rows, list_rows, log_rows
from tui.frame.card import (
    Card,
    act_rows,
    end_card,
    entry_card,
    label_of,
    question_rows,
    step_card,
    under_rows,
    warning_rows,
)
from tui.frame.cards import card_rows
from tui.frame.decision import folded_card, is_decision
from tui.frame.foot import alarm_row, deferred_rows, key_row, timer_row, watch_row
from tui.frame.glass import LEAST, WIDE, Glass
from tui.frame.head import RECORD_STYLES, head_rows, kind_tag
from tui.frame.rows import (
    BLANK,
    Frame,
    Row,
    Span,
    beside,
    filled,
    fitted,
    on,
    paragraph,
    said_rows,
    spread,
    width_of,
)
from tui.view import Looking

MEASURE = 92
"""Text is never wider than this, however wide the screen."""


@dataclass(frozen=True, slots=True)
class Regions:
    """How many rows each region has."""

    before: int
    card: int
    after: int
    deferred: int
    air: int

    @classmethod
    def of(cls, height: int) -> Regions:
        """24 rows are the floor; more rows go to all in turn, the card first. Below it all give way in turn."""
        extra = height - LEAST[1]
        before = min(2 + extra // 6, 5)
        after = max(min(2 + extra // 3, 9), 0)
        deferred = max(min(extra // 8, 4), 0)
        card = min(10 + extra // 3, 22)
        used = 3 + 1 + before + 1 + card + 1 + after + deferred + 2 + 1 + 1
        air = height - used
        if extra < 0:
            after, air = max(after + air, 0), 0  # where rows are few none stays empty
        return cls(before, card, after, deferred, air)


def inner_width(glass: Glass) -> int:
    """The cells of the card and the news under it: beside them a wide screen has the map."""
    return min(MEASURE, glass.width * 3 // 5) if glass.width >= WIDE else glass.width


def walk_frame(look: Looking, glass: Glass, step: str | None, enter: str = "") -> Frame:
    """The walk screen. `step` is the one in front; `enter` says what Enter does."""
    step = asked_step(look, glass) or step
    if glass.is_tiny():
        return _small(look, glass, step, enter)
    wide = glass.width >= WIDE
    inner = inner_width(glass)
    head = head_rows(look, glass, step)
    regions = Regions.of(glass.height - (len(head) - HEAD_ROWS))
    body, caret, pages, warned = _body(look, glass, step, regions, inner)
    below = [
        *deferred_rows(look, inner, regions.deferred),
        watch_row(look, inner),
        timer_row(look, step, inner),
    ]
    middle = glass.height - len(head) - 2
    body = [*filled(body, middle - len(below)), *below]
    if wide:
        side = glass.width - inner - 3
        body = beside(body, [BLANK, *_beside(look, glass, step, side, middle - 1)], inner, 3)
    rows = [*head, *body, alarm_row(look, glass, glass.width), key_row(look, glass, enter, glass.width)]
    at = None if caret is None else (len(head) + caret[0], caret[1])
    return Frame(tuple(rows), at, warned, pages)


def asked_step(look: Looking, glass: Glass) -> str | None:
    """The step of the question that is open: it stays in front until that is answered, whatever opens meanwhile."""
    asked = glass.asked if glass.question is not None else None
    return asked.step if asked is not None and asked.step in look.state.steps else None


def _beside(look: Looking, glass: Glass, step: str | None, width: int, count: int) -> list[Row]:
    """What stands at the right of a wide screen: the map and, where it is tall, the record.

    Where every step is listed already the map would be the same list once more: the record alone.
    """
    if glass.panel == "steps":
        return log_rows(look, glass, width, count)
    map_count = count if glass.height < TALL else (count + 1) * 2 // 3
    from tui.frame.map import map_rows  # what is never seen at 80 columns is not loaded there

    rows = filled(map_rows(look, step, min(width, MAP_CELLS), map_count), map_count)
    return rows + log_rows(look, glass, width, count - map_count)


HEAD_ROWS = 3
"""The header, unless what must be known of the situation takes a row more."""

MAP_CELLS = 72
"""What a step waits for stands near its title, however wide the screen."""

TALL = 36
"""From so many rows on the record stands under the map."""


def _body(
    look: Looking, glass: Glass, step: str | None, regions: Regions, width: int
) -> tuple[list[Row], tuple[int, int] | None, int, int]:
    """The rows between header and watch list; with the caret, the pages, and how many of them warn."""
    above = [_enlarge(look, glass), *before_rows(look, step, regions.before, width)]
    above.append(_banner(look, glass, step, width))
    if glass.question is not None:
        return _asking(look, glass, step, regions, width, above)
    if glass.panel != "step":
        return _listing(look, glass, step, regions, width, above)
    shown = glass.looking or step
    card, regions = _fitting(look, glass, shown, regions, width)
    rows, pages, warned = _paged(look, card, glass.page, regions.card, width)
    ground = "look" if glass.looking is not None else "card"
    body = [*above, *filled([on(row, ground, width) for row in rows], regions.card)]
    body += _news_and_after(look, glass, step, regions, width)
    return body, None, pages, warned


def _enlarge(look: Looking, glass: Glass) -> Row:
    """In a window that is a little too small: which size shows everything."""
    if not glass.is_small():
        return BLANK
    facts = {"columns": glass.width, "rows": glass.height, "wide": LEAST[0], "high": LEAST[1]}
    return (Span(cut(look.say("screen-too-small", **facts), glass.width), "amber"),)


def _banner(look: Looking, glass: Glass, step: str | None, width: int) -> Row:
    """Between the steps done and the card: that the place is to be confirmed, or where one is while looking.

    At the right how long the step in front has been open.
    """
    right = _time_on_step(look, step)
    room = width - width_of(right) - 4
    left: list[Span] = []
    if glass.unconfirmed and glass.question is None:
        word = "screen-confirm-end" if step is None else "screen-confirm"
        number = look.state.graph.number.get(step or "", 0)
        left = [Span(" "), Span(f" {cut(look.say(word, number=number), room)} ", "tag-amber")]
    elif glass.looking is not None and step is not None:
        looking = look.say("screen-looking", number=look.state.graph.number[glass.looking])
        here = look.say("screen-here", number=look.state.graph.number[step], title=look.title(step))
        left = [Span(f"  {looking} ", "blue"), *fitted([Span(here, "amber")], room - 4 - cells(looking))]
    return spread(left, right, width - 1) if left or right else BLANK


def _time_on_step(look: Looking, step: str | None) -> list[Span]:
    """How long the step in front has been open."""
    opened_at = look.state.steps[step].opened_at if step in look.state.steps else None
    if step is None or opened_at is None:
        return []
    return [Span(f"{look.say('screen-on-step')} ", "dim"), Span(look.length(look.now - opened_at), "dim")]


def _fitting(
    look: Looking, glass: Glass, shown: str | None, regions: Regions, width: int
) -> tuple[Card, Regions]:
    """The card, and its room: what somebody decides or signs is folded where it would need pages.

    Then the steps that come give way too.
    """
    card = _card_of(look, glass, shown, width)
    if shown is None or card.height <= regions.card or glass.looking is not None:
        return card, regions
    more = replace(regions, card=regions.card + regions.after, after=0)
    folded = list(_folded(look, glass, shown, width))
    for one, room in ((one, room) for one in folded for room in (regions, more)):
        if one.height <= room.card:
            return one, room
    return (folded[0], more) if folded else (card, regions)


def _folded(look: Looking, glass: Glass, shown: str, width: int) -> Iterator[Card]:
    """Shorter cards of the same step, the fuller first."""
    if is_decision(look, glass, shown):
        yield from (folded_card(look, glass, shown, width, half=half) for half in (False, True))
    elif look.state.steps[shown].step.kind in ("hold", "contact"):
        yield step_card(look, glass, shown, width, brief=True)


def _card_of(look: Looking, glass: Glass, shown: str | None, width: int) -> Card:
    entry = next((one for one in glass.acts if one.verb == "entry"), None)
    if entry is not None and glass.looking is None and entry.subject is not None:
        return entry_card(look, glass, look.text(entry.subject), width)
    if shown is None:
        return end_card(look, glass, width)
    return step_card(look, glass, shown, width)


def _news_and_after(look: Looking, glass: Glass, step: str | None, regions: Regions, width: int) -> list[Row]:
    """The row of news and the steps that come; a longer sentence takes a row of them for a moment."""
    after = after_rows(look, step, regions.after, width)
    said = glass.said or (
        look.say("screen-last", what=glass.last)
        if glass.unconfirmed and glass.last and glass.question is None
        else ""
    )
    news = said_rows(said, width) if said else [BLANK]
    room = 1 + regions.after
    if glass.cards:
        # A card of a drill stays until it is acknowledged; the steps that come give way to it.
        news = [*(news[:1] if said else []), *card_rows(look, glass.cards, width, room - bool(said))]
    return [*news, *after][:room] + [BLANK] * regions.air


# --- a card by pages


def _paged(look: Looking, card: Card, page: int, room: int, width: int) -> tuple[list[Row], int, int]:
    """The page of a card that is shown, how many there are, and how many of them the warning takes.

    Warning and act stand on every page as long as they fit; a warning that does not turns by pages itself.
    """
    fixed = [*card.warning, *card.act]
    whole = [*fixed, *([BLANK] if card.under else []), *card.under]
    if len(whole) <= room:
        return whole, 1, 1
    if len(fixed) + len(card.under) <= room:
        return [*fixed, *card.under], 1, 1
    if len(fixed) <= room - 3:
        size = room - len(fixed) - 1
        pages = -(-len(card.under) // size)
        page %= pages
        part = card.under[page * size : (page + 1) * size]
        return [*filled([*fixed, *part], room - 1), _page_row(look, page, pages, width)], pages, 1
    size = max(room - 1, 1)
    everything = [*fixed, *card.under]
    pages = -(-len(everything) // size)
    page %= pages
    part = everything[page * size : (page + 1) * size]
    return [*filled(part, size), _page_row(look, page, pages, width)], pages, -(-len(fixed) // size)


def _page_row(look: Looking, page: int, pages: int, width: int) -> Row:
    return spread([], [Span(look.say("screen-page", page=page + 1, pages=pages), "amber"), Span(" ")], width)


# --- asking and lists: warning and act stay where they are


def _fixed(look: Looking, glass: Glass, step: str | None, width: int) -> list[Row]:
    """Warning and act of the step that is asked about, or of the one in front."""
    asked = glass.asked
    name = asked.step if asked is not None and asked.step in look.state.steps else step
    rows = [] if name is None else [*warning_rows(look, name, width), *act_rows(look, name, width)]
    if asked is not None and not (asked.main and name == step and asked.step in look.state.steps):
        # What Enter on the step does needs no title; everything else says what is being asked for.
        label = view.act_label(look, asked)
        rows.append((Span("     "), Span(cut(label, width - 8), "blue")))
    return rows


def _asking(
    look: Looking, glass: Glass, step: str | None, regions: Regions, width: int, above: list[Row]
) -> tuple[list[Row], tuple[int, int] | None, int, int]:
    """The question under its act; where it needs room the steps around give way, warning and act never."""
    fixed = _fixed(look, glass, step, width)
    asked, column = question_rows(look, glass, width)
    room = regions.card + 1 + regions.after + regions.air
    if len(fixed) + len(asked) + 1 > room:
        above, room = above[:1], room + len(above) - 1
    rows, pages = [*fixed, BLANK, *asked], 1
    if len(rows) > room:
        turned, pages = _above_the_field(look, asked, glass.page, max(room - len(fixed), 2), width)
        rows = [*fixed, *turned]
    card = max(regions.card, min(len(rows), room))
    field = len(above) + min(len(rows), room) - 1
    body = [*above, *filled([on(row, "card", width) for row in rows], card)]
    news = _news_and_after(look, glass, step, regions, width)
    return [*body, *news][: len(above) + room], (field, column), pages, 1


def _above_the_field(
    look: Looking, asked: list[Row], page: int, room: int, width: int
) -> tuple[list[Row], int]:
    """The newest lines directly above the field, the last row; what is older turns with PgUp, and is counted."""
    lines, field = asked[:-1], asked[-1]
    if len(asked) <= room:
        return asked, 1
    size = max(room - 2, 1)
    pages = -(-len(lines) // size)
    first = max(len(lines) - size * (min(page, pages - 1) + 1), 0)
    more = look.say("screen-above", count=first) if first else ""
    mark = spread([], [Span(more, "amber"), Span(" ")], width)
    return [mark, *lines[first : first + size], field], pages


def _listing(
    look: Looking, glass: Glass, step: str | None, regions: Regions, width: int, above: list[Row]
) -> tuple[list[Row], None, int, int]:
    """A list under the act in front: every act, every step, or why."""
    fixed = [] if step is None else [*warning_rows(look, step, width), *act_rows(look, step, width)]
    said = said_rows(glass.said, width) if glass.said else [BLANK]
    room = regions.card + regions.after + regions.air - len(fixed) - len(said)
    if glass.panel == "steps":
        rows, pages = list_rows(look, glass, step, room, width), 1
    elif glass.panel == "acts":
        rows, pages = act_list_rows(look, glass, room, width)
    elif glass.panel == "keys":
        rows, pages = _turned(look, _key_rows(look, width), glass.page, room, width)
    else:
        rows, pages = _why_rows(look, glass, step, room, width)
    card = [on(row, "card", width) for row in fixed]
    return [*above, *card, BLANK, *filled(rows, room), *said], None, pages, 1


def acts_on_a_page(look: Looking, glass: Glass, step: str | None) -> int:
    """How many acts a page of the list holds."""
    width = inner_width(glass)
    regions = Regions.of(glass.height - (len(head_rows(look, glass, step)) - HEAD_ROWS))
    fixed = 0 if step is None else len(warning_rows(look, step, width)) + len(act_rows(look, step, width))
    return max(regions.card + regions.after + regions.air - fixed - 2, 1)


def _why_rows(look: Looking, glass: Glass, step: str | None, room: int, width: int) -> tuple[list[Row], int]:
    """Why this step, what it came after, watches, what is put off or left over; last the keys, for who asks `?`."""
    rows: list[Row] = []
    for _, sentence in glass.troubles:
        rows += paragraph([Span("  ")], sentence, "red", width)
    for line in view.why_lines(look, glass.looking or step):
        rows += _why_line(look, line, width)
    return _turned(look, [*rows, BLANK, *_key_rows(look, width)], glass.page, room, width)


def _key_rows(look: Looking, width: int) -> list[Row]:
    """What every key does."""
    rows: list[Row] = [(Span(f"  {look.say('screen-keys')}", "blue"),)]
    return rows + [
        (Span(f"     {cut(line, width - 6)}"),) for line in look.say("screen-keys-help").split("\n")
    ]


def _turned(look: Looking, rows: list[Row], page: int, room: int, width: int) -> tuple[list[Row], int]:
    """A page of so many rows, and how many there are."""
    size = max(room - 1, 1)
    pages = -(-len(rows) // size) or 1
    page %= pages
    part = filled(rows[page * size : (page + 1) * size], size)
    return [*part, _page_row(look, page, pages, width) if pages > 1 else BLANK], pages


def _why_line(look: Looking, line: str, width: int) -> list[Row]:
    if not line.strip():
        return [BLANK]
    if line.startswith("!!"):
        return paragraph([Span("  ")], line, "red", width)
    label, _ = label_of(line)
    if line[0] != " " and (not label or line.endswith(("：", ":"))):
        return [(Span(f"  {line.rstrip('：:')}", "blue"),)]
    if line[0] == " ":
        return [(Span("  "), Span(cut(line, width - 4), "text"))]
    return under_rows(look, line, width)


# --- too small a window


def _small(look: Looking, glass: Glass, step: str | None, enter: str) -> Frame:
    """Which size is needed, then warning and act, by pages where they must; never a crash, never nothing."""
    width, height = max(glass.width, 4), max(glass.height, 2)
    tag = kind_tag(look)
    state = Span(look.say(f"record-{glass.record}"), RECORD_STYLES[glass.record])
    first = spread([tag, Span(f" {view.place(look, step)}", "amber-strong")], [state], width)
    needed = look.say(
        "screen-too-small", columns=glass.width, rows=glass.height, wide=LEAST[0], high=LEAST[1]
    )
    head = [on(first, "head", width), *((Span(line, "amber"),) for line in wrap(needed, width)[:3])]
    alarm = [row] if (row := alarm_row(look, glass, width)) and height >= 8 else []
    foot: list[Row] = [*alarm, key_row(look, glass, enter, width)]
    room = max(height - len(head) - len(foot), 1)
    caret, pages, warned = None, 1, 1
    if glass.question is not None:
        asked, column = question_rows(look, glass, width)
        fixed = _fixed(look, glass, step, width)
        rows = [*fixed, *asked][-room:]
        caret = (len(head) + len(rows) - 1, min(column, width - 1))
    elif glass.panel == "acts":
        rows, pages = act_list_rows(look, glass, room, width)
    elif glass.panel == "steps":
        rows = list_rows(look, glass, step, room, width)
    elif glass.panel == "why":
        rows, pages = _why_rows(look, glass, step, room, width)
    else:
        rows, pages, warned = _small_card(look, glass, step, width, room)
    said: list[Row] = [(Span(cut(glass.said, width), "amber"),)] if glass.said and room > 3 else []
    rows = [*filled(rows, room - len(said)), *said]
    return Frame(tuple([*head, *rows, *foot][:height]), caret, warned, pages)


def _small_card(
    look: Looking, glass: Glass, step: str | None, width: int, room: int
) -> tuple[list[Row], int, int]:
    card = _card_of(look, glass, glass.looking or step, width)
    return _paged(look, card, glass.page, room, width)
