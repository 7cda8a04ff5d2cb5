"""What the acts about the situation, the people and the run become."""

from __future__ import annotations

from engine import events as ev
from engine.acts.making import Making, reading_of
from engine.events import Event
from engine.rules import left_by, name_of

# --- the situation


def read(making: Making) -> list[Event]:
    given = making.given
    values = dict(given.values) or {given.target or "": given.text or ""}
    return [reading_of(making, name, value, making.act.step) for name, value in values.items()]


def level(making: Making) -> list[Event]:
    given = making.given
    return [ev.LevelDeclared(given.target or "", given.reason, by=given.by, basis=given.basis)]


def raised(making: Making) -> list[Event]:
    return [ev.WatchRaised(making.act.step or "", by=making.given.by, basis=making.given.basis)]


def raised_again(making: Making) -> list[Event]:
    name, given = making.act.step or "", making.given
    return [ev.WatchRaised(name, given.by, given.basis, making.state.watches[name].times)]


def retired(making: Making) -> list[Event]:
    given = making.given
    return [ev.WatchRetired(making.act.step or "", making.reason, by=given.by, basis=given.basis)]


def acked(making: Making) -> list[Event]:
    return [ev.Acknowledged(making.act.step or "", by=making.given.by)]


def noted(making: Making) -> list[Event]:
    given = making.given
    return [ev.NoteAdded(given.text or "", "note", given.target, by=given.by, basis=given.basis)]


def finding_closed(making: Making) -> list[Event]:
    given = making.given
    known = making.state.findings.get(given.target or "")
    step = None if known is None else known.note.step
    return [ev.FindingClosed(given.target or "", making.reason, step, by=given.by, basis=given.basis)]


def evidence(making: Making) -> list[Event]:
    given = making.given
    return [ev.EvidenceAttached(given.evidence or "", given.digest, given.size, given.target, by=given.by)]


def report(making: Making) -> list[Event]:
    return [ev.ReportIssued(making.given.text or "", making.given.to, by=making.given.by)]


# --- people, the run


def role(making: Making) -> list[Event]:
    """Taking a role also joins; somebody the site does not know gives a name."""
    given, state = making.given, making.state
    person, role = given.person or making.actor, given.role or ""
    made: list[Event] = []
    if person not in state.people:
        made.append(ev.PersonJoined(person, given.name or name_of(state, person), by=given.by))
    made.append(ev.RoleTaken(role, person, given.owner, given.reason, by=given.by, basis=given.basis))
    return made


def handover(making: Making) -> list[Event]:
    given = making.given
    gives, takes = given.second_strength or "voice", given.strength or "voice"
    return [
        ev.HandoverSigned(
            given.role or "",
            given.owner or "",
            given.person or "",
            gives,
            takes,
            given.text or "",
            by=given.by,
            giver_channel=given.second_channel if gives == "voice" else None,
            channel=given.channel if takes == "voice" else None,
        )
    ]


def left(making: Making) -> list[Event]:
    return [ev.PersonLeft(making.given.person or making.actor, by=making.given.by)]


def held(making: Making) -> list[Event]:
    return [ev.RunHeld(making.reason, by=making.given.by)]


def resumed(making: Making) -> list[Event]:
    return [ev.RunResumed(by=making.given.by)]


def ended(making: Making) -> list[Event]:
    given, state = making.given, making.state
    how, voices = given.target or "complete", state.voices_unconfirmed()
    return [ev.RunEnded(how, given.reason, left_by(state), by=given.by, unconfirmed=voices)]
