"""What is new and nobody's act here: about plan and record, a room called out, an alarm in another run.

Line mode tells each once; the screen shows it in the alarm row until somebody has said that they know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from engine.clocks import Beside
from engine.desk import Elsewhere, Incident, Others
from engine.events import RunOpened
from engine.rules.inside import out_since
from engine.state import NOTHING, Across, RunState
from engine.store import Store
from engine.text import Text, clean
from tui.amiss import Amiss
from tui.locale import say
from tui.view import Looking
from tui.view.across import clash_facts
from tui.view.rows import alarm_line

BROKEN = "record-broken"
"""What nobody may overlook, whatever else stands before them."""


@dataclass(slots=True)
class _Wrote:
    """Who has written in a run, as far as it was read."""

    until: int = 0
    journals: set[str] = field(default_factory=set)
    strangers: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence of `locale`, with what stands in it."""

    word_id: str
    facts: tuple[tuple[str, object], ...] = ()

    def words(self, language: str) -> str:
        return say(self.word_id, language, **dict(self.facts))


class Notices:
    """Watches the files of a plan book and the journals of a record, for the runs of one terminal."""

    def __init__(self, store: Store, folder: Path | None) -> None:
        self._store = store
        self._folder = folder
        self._amiss: dict[str, Amiss] = {}
        self._names: dict[str, str | None] = {}
        """The file that the runbook of a run was read from."""
        self._read: tuple[Path, tuple[int, int], bytes] | None = None
        """The file read last, with its time and size: it is read again only when they differ."""
        self._wrote: dict[str, _Wrote] = {}
        self._beside: dict[str, Elsewhere] = {}
        """The other runs of the incident of a run, as far as they were read."""

    def of(self, state: RunState, *, across: Across = NOTHING, beside: Sequence[Beside] = ()) -> list[Notice]:
        """What is new for a run; `across`: what the runs beside it have to say; `beside`: what presses there."""
        return [
            *self._of_room(state),
            *(Notice(f"across-{one.kind}", clash_facts(state, one)) for one in across.clashes),
            *(Notice("across-unread", (("run", run),)) for run in across.unread),
            *(_of_alarm(one) for one in beside if one.alarms),
            *self._of_record(state),
            *self._of_plan(state),
        ]

    def _of_room(self, state: RunState) -> list[Notice]:
        """Another run of the incident has everybody out of this room: what is inside is refused here too."""
        if state.ended is not None or not any(step.inside for step in state.graph.runbook.steps):
            return []
        run, store = state.run_id, self._store
        beside = self._beside.setdefault(run, Elsewhere(Others(store, Incident(store, run))))
        found = beside.called_out(state)
        if found is None:
            return []
        facts = out_since(state, found.withdrawal)
        return [Notice("out-elsewhere", (*facts.items(), ("run", found.run), ("hold", found.hold)))]

    def _of_record(self, state: RunState) -> list[Notice]:
        """Entries that are not what was signed, or by journals nobody here vouches for; a record that went back."""
        found = self._broken(state.run_id)
        found += [Notice("rollback")] if self._store.rollback is not None else []
        count = self._strangers(state.run_id)
        return [*found, Notice("foreign-journals", (("count", count),))] if count else found

    def _broken(self, run: str) -> list[Notice]:
        """Each entry is held against its hashes once, when it is first read here."""
        amiss = self._amiss.setdefault(run, Amiss(self._store, run)).look()
        if not amiss.faults:
            return []
        return [Notice(BROKEN, (("count", amiss.count),))]

    def _strangers(self, run: str) -> int:
        """How many journals nobody vouches for; only what was written since the last look is read."""
        wrote = self._wrote.setdefault(run, _Wrote())
        fresh = self._store.entries(run, wrote.until)
        new = {one.journal for one in fresh} - wrote.journals
        wrote.until = max([wrote.until, *(one.pos for one in fresh)])
        if new:
            wrote.journals |= new
            wrote.strangers = len(self._store.foreign(wrote.journals))
        return wrote.strangers

    def _of_plan(self, state: RunState) -> list[Notice]:
        """Whether the file of the runbook has changed or is gone since the run was opened."""
        book, run = state.graph.runbook, state.run_id
        if run not in self._names:
            self._names[run] = _file_of(self._store, run, book.digest)
        name = self._names[run]
        if name is None or self._folder is None:
            return []
        try:
            text = self._text(self._folder / name)
        except OSError:
            return [Notice("source-gone")]
        if sha256(text).hexdigest() == book.digest:
            return []
        facts = (("revision", _revision_in(text) or "?"), ("pinned", book.revision))
        return [Notice("newer-revision", facts)]

    def _text(self, path: Path) -> bytes:
        known = path.stat()
        stamp = (known.st_mtime_ns, known.st_size)
        if self._read is None or self._read[:2] != (path, stamp):
            self._read = (path, stamp, path.read_bytes())
        return self._read[2]


def _of_alarm(one: Beside) -> Notice:
    """The gravest alarm of another run: the next one there is told again."""
    alarm = one.alarms[0]
    zh, en = (alarm_line(Looking(one.state, alarm.at, language, ""), alarm) for language in ("zh", "en"))
    return Notice("alarm-beside", (("plan", one.state.graph.runbook.id), ("alarm", Text(zh, en))))


def _file_of(store: Store, run: str, digest: str) -> str | None:
    """The name of the file that a run's runbook was read from."""
    opened = next((one.event for one in store.entries(run) if isinstance(one.event, RunOpened)), None)
    texts = opened.texts if opened is not None else ()
    return next((name for name, kept in texts if kept == digest), None)


def _revision_in(text: bytes) -> str | None:
    for line in text.decode("utf-8", "replace").splitlines():
        if line.startswith("revision:"):
            return clean(line.partition(":")[2].strip())
    return None
