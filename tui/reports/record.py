"""What the report of every run has: who took part, what was done, is it intact, what it does not cover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from engine.events import Entry, HandoverSigned, SignedOff
from engine.report.sections import Paragraph, Part, Row, Section, Table, Verbatim, same
from engine.text import LANGUAGES, Text
from tui.auditor import by_clock
from tui.corrected import corrections
from tui.onehand import OneHand
from tui.reports.kept import Kept, Proof
from tui.reports.speaking import Speaker, clock, listed, since
from tui.roleless import Holders


def pairs(rows: Iterable[tuple[Text, Text]]) -> Table:
    """Names and what stands for them."""
    return Table(tuple(Row(one) for one in rows))


def table(head: Iterable[Text], rows: Iterable[Row], speaker: Speaker) -> Part:
    """A table, or the word that there is nothing to list."""
    listed_rows = tuple(rows)
    return Table(listed_rows, tuple(head)) if listed_rows else Paragraph(speaker.say("report-none"), "quiet")


def heads(speaker: Speaker, *names: str) -> tuple[Text, ...]:
    return tuple(speaker.say(f"report-col-{name}") for name in names)


def run_facts(kept: Kept, speaker: Speaker) -> Iterator[tuple[Text, Text]]:
    """What every run is: its plan, its place, its times."""
    state, book = kept.state, kept.state.graph.runbook
    yield speaker.say("report-run"), same(kept.run)
    plan = speaker.say("report-plan-says", id=book.id, revision=book.revision, title=kept.titles.runbook)
    yield speaker.say("report-plan"), plan
    yield speaker.say("report-digest"), same(kept.opened.graph)
    yield speaker.say("report-site"), state.graph.site.title
    yield speaker.say("report-room"), _room(kept)
    yield speaker.say("report-began"), speaker.moment(kept.start)
    ended = state.ended
    yield speaker.say("report-ended"), speaker.moment(None if ended is None else ended.at)
    yield speaker.say("report-took"), clock(since(kept.start, kept.end))
    written = [entry.recorded_at for entry in kept.entries]
    yield (
        speaker.say("report-recorded"),
        speaker.say("report-from-to", start=speaker.moment(min(written)), end=speaker.moment(max(written))),
    )
    yield speaker.say("report-zone"), same(state.graph.site.timezone)
    if state.parent is not None:
        yield speaker.say("report-parent"), same(state.parent)
    if kept.children:
        yield speaker.say("report-children"), listed(same(one.run) for one in kept.children)


def _room(kept: Kept) -> Text:
    rooms = kept.state.graph.site.rooms
    return next((one.title for one in rooms if one.id == kept.state.room), same(kept.state.room or "-"))


# --- who took part, who signed


def people_section(kept: Kept, speaker: Speaker) -> Section:
    """Everybody who took part, in which roles, and how much of the record is theirs."""
    counts: dict[str, int] = {}
    for entry in kept.entries:
        counts[entry.by] = counts.get(entry.by, 0) + 1
    rows = [
        Row(
            (
                speaker.name(one),
                listed(map(speaker.role, kept.state.roles_of(one))),
                same(str(counts.get(one, 0))),
            )
        )
        for one in kept.state.people
    ]
    return Section(
        speaker.say("report-people"), (table(heads(speaker, "person", "roles", "entries"), rows, speaker),)
    )


def signatures_section(kept: Kept, speaker: Speaker) -> Section:
    """Every signature and how strong it is; one by voice that nobody confirmed is said to be so."""
    everything = list(kept.everything())
    both = _by_one_hand(entry for entry, _ in everything)
    made = {SignedOff: _signature, HandoverSigned: _handover}
    rows = [
        made[type(entry.event)](entry, kept, Speaker(titles), entry.hash in both)
        for entry, titles in everything
        if isinstance(entry.event, (SignedOff, HandoverSigned))
    ]
    head = heads(speaker, "clock", "what", "person", "role", "strength")
    return Section(
        speaker.say("report-signatures"),
        (table(head, rows, speaker), Paragraph(speaker.say("report-strengths"), "quiet")),
    )


def _by_one_hand(entries: Iterable[Entry]) -> set[str]:
    """The entries with which both names of a decision for two were typed by one person at one device."""
    hands: dict[str | None, OneHand] = defaultdict(OneHand)
    return {entry.hash for entry in entries if hands[entry.run].wrote_both(entry)}


def _typed_alone(entry: Entry, said: Text, one_hand: bool, speaker: Speaker) -> Text:
    return speaker.say("report-one-hand", what=said, name=speaker.name(entry.actor)) if one_hand else said


def _signature(entry: Entry, kept: Kept, speaker: Speaker, one_hand: bool) -> Row:
    event = entry.event
    assert isinstance(event, SignedOff)
    signs = kept.state.signatures_of(event.step) if event.step in kept.state.steps else ()
    open_voice = any(sign.hash == entry.hash and not sign.confirmed for sign in signs)
    strength = speaker.say("report-voice-open") if open_voice else speaker.named("strength", event.strength)
    cells = (
        clock(since(kept.start, entry.at)),
        speaker.step(event.step),
        speaker.name(event.person),
        speaker.role(event.role),
        kept.marked(entry, _typed_alone(entry, strength, one_hand, speaker)),
    )
    return Row(cells, "alarm" if open_voice or one_hand else "plain")


def _handover(entry: Entry, kept: Kept, speaker: Speaker, one_hand: bool) -> Row:
    event = entry.event
    assert isinstance(event, HandoverSigned)
    strengths = [speaker.named("strength", one) for one in (event.giver_strength, event.strength)]
    return Row(
        (
            clock(since(kept.start, entry.at)),
            speaker.say("report-handover", name=speaker.name(event.giver)),
            speaker.name(event.person),
            speaker.role(event.role),
            kept.marked(entry, _typed_alone(entry, listed(strengths), one_hand, speaker)),
        ),
        "alarm" if one_hand else "plain",
    )


# --- everything that was done


def log_section(kept: Kept, speaker: Speaker) -> Section:
    """Every entry with both its times."""
    head = heads(speaker, "clock", "recorded", "person", "what")
    rows = _entry_rows(kept, kept.entries, speaker)
    parts: list[Part] = [Paragraph(speaker.say("report-log-how"), "quiet"), table(head, rows, speaker)]
    for child in kept.children:
        parts.append(
            Paragraph(speaker.say("report-log-child", run=child.run, title=child.titles.runbook), "strong")
        )
        its = Speaker(child.titles)
        rows = _entry_rows(kept, child.entries, its)
        parts.append(table(head, rows, speaker))
    return Section(speaker.say("report-log"), tuple(parts))


def _entry_rows(kept: Kept, entries: Sequence[Entry], speaker: Speaker) -> list[Row]:
    holders = Holders(speaker.titles.roles_of)
    without = {entry.hash for entry in entries if holders.lacks(entry)}
    both = _by_one_hand(entries)
    anew = corrections(entries, speaker.titles.read_once)
    gone = {one.hash for one in anew.values()}
    said = {
        entry.hash: _corrected(entry, anew.get(entry.hash), entry.hash in gone, speaker) for entry in entries
    }
    return [
        _entry_row(kept, entry, speaker, said[entry.hash], entry.hash in without, entry.hash in both)
        for entry in by_clock(entries)
    ]


def _corrected(entry: Entry, before: Entry | None, is_gone: bool, speaker: Speaker) -> Text:
    """What an entry says, with the value that it corrects; and of the one that was corrected, that it was."""
    said = speaker.sentence(entry)
    if before is not None:
        said = speaker.say("report-corrects", what=said, note=speaker.corrected(before))
    return speaker.say("report-corrected", what=said) if is_gone else said


def _entry_row(
    kept: Kept, entry: Entry, speaker: Speaker, said: Text, without_role: bool, one_hand: bool
) -> Row:
    said = _typed_alone(entry, said, one_hand, speaker)
    marked = speaker.say("report-without-role", what=said) if without_role else said
    return Row(
        (
            clock(since(kept.start, entry.at)),
            speaker.moment(entry.recorded_at),
            speaker.name(entry.by),
            kept.marked(entry, marked),
        ),
        "alarm" if without_role or one_hand or kept.faulty.word(entry) else "plain",
    )


# --- is it intact


def proof_first(section: Section, proof: Proof, speaker: Speaker) -> Section:
    """The first chapter with what verification said: above everything where it is not well, else behind the gist."""
    said = Text(*(proof.report.first(one) for one in LANGUAGES))
    intact = _is_intact(proof)
    word = Paragraph(speaker.say("report-proof-first", said=said), "plain" if intact else "alarm")
    gist = section.parts[:1] if intact else ()
    return Section(section.title, (*gist, word, *section.parts[len(gist) :]))


def _is_intact(proof: Proof) -> bool:
    return proof.report.exit_code in (0, 2)


def proof_section(kept: Kept, proof: Proof, speaker: Speaker) -> Section:
    """What verification said in words, and the checkpoints of the devices that wrote in this run."""
    said = [proof.report.lines(*each) for each in zip(LANGUAGES, proof.places, strict=True)]
    lines = [Text(*pair) for pair in zip(*said, strict=True)]
    parts: list[Part] = [Paragraph(lines[0], "strong" if _is_intact(proof) else "alarm")]
    parts += [Paragraph(one, "plain") for one in lines[1:]]
    parts.append(Paragraph(speaker.say("report-checkpoint-how"), "plain"))
    known = {one.journal: one for one in proof.notes}
    for journal in kept.journals:
        if journal in known:
            parts.append(Verbatim(known[journal].text))
        else:
            parts.append(Paragraph(speaker.say("report-checkpoint-none", journal=journal), "plain"))
    made = speaker.say("report-made", time=speaker.moment(proof.made_at), by=proof.by)
    return Section(speaker.say("report-proof"), (*parts, Paragraph(made, "quiet")))


def limits_section(speaker: Speaker, *names: str) -> Section:
    """What this report says nothing about."""
    return Section(
        speaker.say("report-limits"),
        tuple(Paragraph(speaker.say(f"report-limit-{name}")) for name in names),
    )
