"""Who knew of a drill before it, who could be reached, and who came: the sign-in sheet (form F5)."""

from __future__ import annotations

from drill.attendance import Attended, attendance, counted, own_hands
from engine.events import NoteAdded
from engine.report.sections import Paragraph, Part, Row, Section, same
from tui.reports.judged import Drilled
from tui.reports.record import heads, table
from tui.reports.speaking import Speaker, clock, listed, since


def notified_section(drill: Drilled) -> Section:
    """Everybody who was to be told before the drill: when, how, or not."""
    speaker, told = drill.speaker, drill.case.evaluation.notified
    rows = []
    for line in drill.case.scenario.notify:
        entry = told.get(line.who.zh)
        must = speaker.say("report-must" if line.mandatory else "report-may")
        if entry is None or not isinstance(entry.event, NoteAdded):
            rows.append(Row((line.who, must, speaker.say("report-not-filled"), same("-"), same("-"))))
        else:
            how = same(entry.event.text.partition("\n")[2] or "-")
            rows.append(Row((line.who, must, speaker.moment(entry.recorded_at), speaker.name(entry.by), how)))
    head = heads(speaker, "told", "kind", "recorded", "person", "how")
    parts: list[Part] = [table(head, rows, speaker)]
    reached = next((one for one in drill.judged if _is(one.event, "comcheck")), None)
    if reached is not None:
        assert isinstance(reached.event, NoteAdded)
        here, _, away = reached.event.text.partition("\n")
        said = speaker.say("report-reached", here=_names(here, speaker), away=_names(away, speaker))
        parts.append(Paragraph(said))
    return Section(speaker.say("report-notified"), tuple(parts))


def _is(event: object, kind: str) -> bool:
    return isinstance(event, NoteAdded) and event.kind == kind


def _names(people: str, speaker: Speaker) -> str:
    """Names are the same in every language."""
    return ", ".join(speaker.name(one).zh for one in people.split(", "))


def sheet_section(drill: Drilled) -> Section:
    """Everybody who was to come or did; late and absent in words, and who has credit for taking part."""
    speaker = drill.speaker
    case = drill.case
    sheet = attendance(case.scenario, case.state, case.evaluation, own_hands(case.entries()))
    rows = [_line(one, number, drill) for number, one in enumerate(sheet, 1)]
    head = heads(
        speaker, "number", "name", "unit", "phone", "roles", "in", "out", "sign-how", "standing", "credit"
    )
    counts = {name.replace("-", "_"): count for name, count in counted(sheet).items()}
    return Section(
        speaker.say("report-sheet"),
        (
            Paragraph(speaker.say("report-sheet-count", **counts)),
            table(head, rows, speaker),
            Paragraph(speaker.say("report-sheet-credit"), "quiet"),
        ),
    )


def _line(one: Attended, number: int, drill: Drilled) -> Row:
    speaker, start = drill.speaker, drill.kept.start
    roles = [speaker.role(role) for role in one.roles]
    roles += [speaker.named("staff", role) for role in one.staff]
    how = [speaker.named("sign", one.method)] if one.method else []
    if one.instead_of:
        how.append(speaker.say("report-instead", name=speaker.name(one.instead_of).zh))
    cells = (
        same(str(number)),
        same(one.name) if one.name != one.person else speaker.name(one.person),
        same(one.unit or "-"),
        same(one.phone or "-"),
        listed(roles) if roles else same("-"),
        same("-") if one.signed is None else speaker.moment(one.signed.recorded_at),
        same("-") if one.left is None else clock(since(start, one.left.at)),
        listed(how) if how else same("-"),
        speaker.say(f"came-{one.came}"),
        speaker.say("credit-yes" if one.credit else "credit-no"),
    )
    return Row(cells, "plain" if one.came == "in-time" else "strong")
