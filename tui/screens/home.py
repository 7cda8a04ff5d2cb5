"""Home: what is open and how to start; then who and where. A number and Enter chooses, words filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events

from engine.errors import MusterError
from engine.text import Text, clean
from tui.frame.home import home_frame
from tui.frame.home_glass import KEPT_BACK, WATCH, Choice, HomeGlass
from tui.frame.told import told
from tui.locale import say
from tui.screens.keys import Pressed
from tui.screens.working import CLOCK_ROWS, TICK_S, WorkingScreen

if TYPE_CHECKING:
    from tui.session import Sat, Session
    from tui.upkeep import Upkeep

REFRESH_S = 5.0
"""How often the open runs are read anew."""

UPKEEP_S = 60.0
"""How often it is looked up what patrols owe."""

LIST = "tab"
"""What is reported when the watch is one of those without a digit: the list of every act."""


@dataclass
class Wanted:
    """What is to be opened, as far as it is known."""

    run: str | None = None
    runbook: str | None = None
    room: str | None = None
    person: str | None = None
    sure: bool = False
    """What is about to begin was named once more, and it is wanted."""
    reason: str | None = None
    """Why it is begun, although another run keeps it back."""


class HomeScreen(WorkingScreen, inherit_bindings=False):
    """The start list."""

    glass: HomeGlass

    def __init__(self, session: Session, wanted: Wanted, glass: HomeGlass) -> None:
        super().__init__()
        self.session = session
        self.glass = glass
        self._wanted = wanted
        self._first = Wanted(wanted.run, wanted.runbook, wanted.room, wanted.person)
        self.expected: str | None = None
        """The runbook that is most likely wanted: the one that was being rehearsed."""
        self.reports: Callable[[str], None] | None = None
        """Raises a watch of the run behind this list, once that stands in front again."""

    # --- life and painting

    def on_mount(self) -> None:
        self.glass.one_language = len(self.muster.languages) == 1
        self.set_interval(TICK_S, self.tick)
        self.set_interval(REFRESH_S, self._refresh_runs)
        self._advance()
        if self.glass.over:
            # What was read before the walk is old by now: the record says what is open at this moment.
            self._refresh_runs()
        else:
            self.set_interval(UPKEEP_S, self._refresh_upkeep)
            self._refresh_upkeep()

    def show_all(self) -> None:
        self.glass.now = self.session.now()
        shown = home_frame(self.glass, self.muster.language)
        self.canvas.show(shown.rows, shown.input_at)

    def show_clocks(self) -> None:
        self.glass.now = self.session.now()
        self.canvas.tick(home_frame(self.glass, self.muster.language).rows, CLOCK_ROWS)

    def _refresh_runs(self) -> None:
        person = self._first.person
        self.submit(lambda: self.session.open_runs(person), self._runs_came, lambda _: None)

    def _runs_came(self, runs: list[Choice]) -> None:
        glass = self.glass
        if runs != list(glass.runs) or glass.reads:
            shown = glass.shown()
            marked = shown[glass.at].name if glass.at is not None and glass.at < len(shown) else None
            glass.runs, glass.reads = runs, False
            # What they keep back is said at the plans; their order and numbers stay.
            glass.starts = self._starts() if glass.stage == "home" else glass.starts
            # The mark stays at what it stood at, wherever that stands now.
            names = [one.name for one in glass.shown()]
            glass.at = names.index(marked) if marked in names else glass.at
            self.paint()

    def _refresh_upkeep(self) -> None:
        self.submit(self.session.upkeep, self._upkeep_came, lambda _: None)

    def _upkeep_came(self, upkeep: Upkeep) -> None:
        glass = self.glass
        if (glass.patrols, glass.findings) != (upkeep.patrols, upkeep.findings):
            glass.patrols, glass.findings = upkeep.patrols, upkeep.findings
            self.paint()

    # --- keys

    def types(self) -> bool:
        return True

    def obey(self, pressed: Pressed) -> None:
        if self.glass.busy:
            self.glass.said = self._say("home-opening")
        else:
            self._obey(pressed)

    def _obey(self, pressed: Pressed) -> None:
        glass = self.glass
        if pressed.key in ("f12", "ctrl+c"):
            self.muster.leave(None)
        elif pressed.key == "f2":
            if not self.muster.switch_language():
                glass.said = self._say("home-no-chinese")
        elif pressed.key in ("escape", "f4"):
            self._back()
        elif pressed.key in ("up", "down"):
            self._move(1 if pressed.key == "down" else -1)
        elif pressed.key == "enter":
            self._choose()
        elif glass.stage == "sure":
            glass.said = self._say("home-sure-enter")
        elif pressed.key == "tab" and glass.watches():
            self._report(LIST)
        else:
            self._type(pressed)

    def _move(self, by: int) -> None:
        """To the row above or below, among what fits; a number that was typed is gone."""
        glass = self.glass
        start = glass.at if glass.at is not None else (-1 if by > 0 else 0)
        glass.at = min(max(start + by, 0), max(len(glass.shown()) - 1, 0))
        glass.typed = "" if glass.is_number() else glass.typed

    def _type(self, pressed: Pressed) -> None:
        glass = self.glass
        if pressed.key == "ctrl+u":
            glass.typed, glass.at = "", self._marked()
        elif pressed.key == "backspace":
            glass.typed = glass.typed[:-1]
        elif pressed.digit and glass.at_once():
            glass.typed = pressed.digit
            self._choose()
        elif pressed.digit and glass.takes_digits():
            glass.typed, glass.at = glass.typed + pressed.digit, None
            if glass.typed != "0":
                self._choose()
        elif pressed.digit and (row := self._row_of(pressed.digit)) is not None:
            glass.at = row
        elif pressed.sign.strip() or (pressed.sign and glass.typed):
            glass.typed, glass.at = glass.typed + clean(pressed.sign), None

    def _row_of(self, digit: str) -> int | None:
        """The row of that number, while words are looked for that no digit goes on with."""
        glass = self.glass
        longer = glass.typed + digit
        if not glass.searches() or any(one.fits(longer) for one in glass.starts):
            return None
        numbers = [glass.label_of(one).lstrip("0") for one in glass.shown()]
        return numbers.index(digit) if digit in numbers else None

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted is searched for."""
        event.stop()
        self.glass.typed += clean(event.text.split("\n")[0].strip())
        self.paint()

    def _back(self) -> None:
        """One stage back: what was typed, the room or the person, the run behind this list."""
        glass = self.glass
        if glass.stage == "sure":
            self._not_sure()
        elif glass.typed or (glass.at is not None and glass.at != self._marked()):
            glass.typed, glass.at = "", self._marked()
        elif glass.stage != "home":
            first = self._first
            self._wanted = Wanted(first.run, None if first.run else first.runbook, first.room, first.person)
            self._advance()
        elif glass.over:
            self.dismiss()

    # --- choosing

    def _choose(self) -> None:
        glass, wanted = self.glass, self._wanted
        picked = glass.picked()
        if glass.stage == "sure":
            wanted.sure = True
            self._advance()
            return
        if glass.stage == "force":
            self._force()
            return
        if picked is None:
            self._none_picked()
            return
        if picked.kind == WATCH:
            self._report(picked.name)
            return
        if glass.stage == "room":
            wanted.room = picked.name
        elif glass.stage == "person":
            wanted.person = picked.name
        elif picked.goes_on:
            wanted.run = picked.name
        else:
            wanted.runbook = picked.name
        self._advance()

    def _force(self) -> None:
        """Begun with the reason that was typed; without one it is not."""
        glass = self.glass
        if glass.typed.strip():
            self._wanted.reason = glass.typed.strip()
            self._open()
        else:
            glass.said = self._say("home-force-why")

    def _none_picked(self) -> None:
        """Nothing stands behind what was typed; a number is typed anew."""
        glass = self.glass
        word = "home-many" if glass.searches() else "not-a-choice" if glass.typed else "screen-digit"
        glass.said = self._say(word, typed=glass.typed or "-")
        if glass.is_number():
            glass.typed = ""

    def _report(self, watch: str) -> None:
        """Back to the run behind this list, and there the watch is asked about."""
        if self.reports is not None:
            reports = self.reports
            self.dismiss()
            reports(watch)

    def _not_sure(self) -> None:
        """Back to the list of what can be started."""
        first = self._first
        self._wanted = Wanted(first.run, first.runbook, first.room, first.person)
        self._advance()

    def _advance(self) -> None:
        """To the next thing that is not known yet; when all is, the run is opened."""
        glass, wanted, session = self.glass, self._wanted, self.session
        glass.typed, glass.at = "", None
        if wanted.runbook is not None and wanted.room is None and len(rooms := session.rooms()) == 1:
            wanted.room = rooms[0].name
        glass.chosen, glass.begins = self._chosen(), ""
        if wanted.run is None and wanted.runbook is None:
            glass.stage, glass.starts = "home", self._starts()
            glass.at = self._marked()
        elif wanted.run is None and wanted.room is None and len(session.rooms()) > 1:
            glass.stage, glass.starts = "room", session.rooms()
        elif wanted.person is None:
            glass.stage, glass.starts = "person", session.people(wanted.run)
            kinds = {one.name: one.kind for one in session.starts()} if wanted.run is None else {}
            # On F9 what begins is named on a page of its own.
            glass.begins = "" if glass.over else kinds.get(wanted.runbook or "", "")
        elif glass.over == "emergency" and wanted.run is None and not wanted.sure:
            glass.stage = "sure"
        else:
            self._open()
        if self.is_mounted and self.glass.width:
            self.paint()

    def _chosen(self) -> list[Text]:
        """The titles of the plan, or the run, and of the room that were chosen so far; then who sits here."""
        wanted, session = self._wanted, self.session
        rows = [*session.starts(), *self.glass.runs, *session.rooms()]
        chosen = [one.title for one in rows if one.name in (wanted.runbook, wanted.run, wanted.room)]
        people = session.people(None) if wanted.person is not None and wanted.runbook is not None else []
        who = [_with_roles(one) for one in people if one.name == wanted.person]
        return [*chosen, *who]

    def _starts(self) -> list[Choice]:
        """How to start; while a run goes on behind the list nobody begins a patrol."""
        starts = self.session.starts()
        return [one for one in starts if one.kind == "R"] if self.glass.over else starts

    def _marked(self) -> int | None:
        """The row that Enter takes: the first open run; what was just rehearsed, when it has become real."""
        if self.glass.stage != "home":
            return None
        if not self.glass.over:
            return 0 if self.glass.runs else None
        names = [one.name for one in self.glass.starts]
        return names.index(self.expected) if self.expected in names else None

    def _open(self) -> None:
        glass, wanted, session = self.glass, self._wanted, self.session
        glass.busy, glass.said = True, self._say("home-opening")
        person, language = wanted.person or "", self.muster.language
        if wanted.run is not None:
            run = wanted.run
            self.submit(lambda: session.resume(run, person, language), self._opened, self._not_opened)
        else:
            runbook, room = wanted.runbook or "", wanted.room
            reason = wanted.reason
            self.submit(lambda: session.begin(runbook, room, person, reason), self._opened, self._not_opened)

    def _opened(self, sat: Sat) -> None:
        self.glass.busy, self.glass.said = False, ""
        self.muster.sit_down(self, sat)

    def _not_opened(self, error: BaseException) -> None:
        glass = self.glass
        glass.busy = False
        if not isinstance(error, MusterError):
            raise error
        if error.id == KEPT_BACK:
            glass.stage, glass.typed, glass.at, glass.said = "force", "", None, ""
            glass.chosen, glass.asks_why = self._chosen(), error.sentence(self.muster.language)
            self.paint()
            return
        glass.said = told(error, self.muster.language, glass.width)
        if self._first.runbook is not None or self._first.run is not None:
            # It was asked for on the command line: said there, as every verb says what is wrong.
            self.muster.fail(error)
            return
        self._wanted = Wanted(room=self._first.room, person=self._first.person)
        said = glass.said
        self._advance()
        glass.said = said
        self.paint()

    def _say(self, word_id: str, /, **facts: object) -> str:
        return say(word_id, self.muster.language, **facts)


def _with_roles(person: Choice) -> Text:
    """A person by name, with the roles the plan book gives them."""
    zh, en = ([text.of(language) for text in person.words] for language in ("zh", "en"))
    return Text("  ".join([person.title.zh, *zh]), "  ".join([person.title.en, *en]))
