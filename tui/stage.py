"""Puts the screens on the terminal: runs the app, and says on the way out what must be said.

can_draw()      whether this terminal carries a screen at all
show(…)         the app, until the person leaves; its exit code
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.face import NarrowSigns, asking_for_width

if TYPE_CHECKING:
    from tui.app import MusterApp
    from tui.boot import Face
    from tui.screens.walk import WayBack
    from tui.session import Session


def show(prepare: Callable[[], Session], face: Face) -> int:
    """Walk on the screen until the person leaves. What went wrong is raised when the terminal is whole again."""
    with asking_for_width(sys.stdout.fileno()) as probe:
        # Loaded while the terminal thinks about its answer.
        from tui.app import MusterApp
        from tui.driver import Driver
        from tui.theme import chosen
    if probe.is_wide:
        Driver.signs = NarrowSigns()
    palette = chosen(face.palette, os.environ)
    app = MusterApp(prepare, face.language, palette, ascii_only=face.ascii_only, languages=face.languages)
    try:
        app.run(mouse=False)
    finally:
        app.finish_record()
        _close(app.session, in_order=not app.return_code)
    if app.error is not None:
        return _failed(app)
    _farewell(app.left, app.session, app.language, app.beside)
    return app.return_code or 0


def _close(session: Session | None, *, in_order: bool) -> None:
    if session is None:
        return
    # After a fault of ours the watchdog is not told goodbye: it says where paper goes on.
    if session.heart is not None and in_order:
        session.heart.stop()
    session.store.close()


def _failed(app: MusterApp) -> int:
    """What went wrong: what a person can mend is raised again, of a fault of ours they are told; its exit code."""
    from engine.errors import MusterError
    from tui import crash, machine

    error = app.error
    assert error is not None
    if not crash.is_fault(error):
        raise error
    kept = None
    with suppress(MusterError):  # without a home there is no file, and the rest is said all the same
        kept = crash.keep(error, machine.state_folder(), machine.wall_now())
    desk, session = app.left, app.session
    back = session.way_back(desk.run_id, desk.actor, app.language) if desk and session else ""
    print("\n".join(crash.fault_lines(app.language, app.record, back, kept)), file=sys.stderr)
    return 1


def _farewell(left: object, session: Session | None, language: str, beside: Sequence[WayBack] = ()) -> None:
    """That the run goes on, and how to come back; and which others of this terminal go on."""
    from engine.desk import Desk
    from engine.text import clean
    from tui.locale import say

    real = isinstance(left, Desk) and left.state.kind == "R"
    if session is not None and session.farewell is not None and not real:
        said = session.farewell(language)
        print(said, end="\n" if said else "")
        return
    if isinstance(left, Desk) and session is not None and left.state.ended is None and session.real is None:
        # On every line that leaves a drill stands what it is.
        word = f"{say('drill-word', language)}  " if left.state.kind == "D" else ""
        print(word + say("left", language, run=left.run_id))
        # Behind the command, as a comment of the shell: it can be copied as it stands.
        print(session.way_back(left.run_id, left.actor, language) + (f"  # {word.strip()}" if word else ""))
    real_ones = [one for one in beside if one.run[:1] in REAL]
    if session is None or session.real is not None or not real_ones:
        return
    print(say("left-beside", language))
    for one in real_ones:
        print(f"{session.way_back(one.run, one.actor, language)}  # {clean(one.title.of(language))}")


REAL = ("R", "P")
"""The letters of runs that are no exercise: of a drill that was stopped nothing is to be gone back to."""
