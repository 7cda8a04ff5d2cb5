"""people pin: somebody sets their PIN."""

from __future__ import annotations

from functools import partial

from engine.desk import Desk
from engine.errors import Refused
from engine.events import NoteAdded
from engine.people import set_pin as keep_pin
from engine.rules import PIN_SET
from engine.store import Store
from engine.text import clean
from tui import machine
from tui.locale import say
from tui.terminal import Left, Terminal
from tui.typed import narrow
from tui.verbs import seating
from tui.verbs.playable import read_whole_book
from tui.verbs.storing import open_the_store, surroundings


def set_pin(
    person: str, who: str | None, store_named: str | None, book_named: str | None, lang: str | None
) -> int:
    """Set somebody's PIN: typed twice, not shown. Every run that goes on says who has set it."""
    book, _, _ = read_whole_book(book_named)
    language = machine.language(lang, book.site.languages[0])
    known = next((one for one in book.site.people if one.id == person), None)
    if known is None:
        raise Refused("no-such-person", person=person, people=tuple(one.id for one in book.site.people))
    terminal = Terminal()
    with open_the_store(store_named) as store:
        try:
            language, setter = seating.in_either(language, partial(seating.person_of, terminal, book, who))
            first = terminal.ask_hidden(say("need-pin", language, name=clean(known.name)) + " > ")
            again = terminal.ask_hidden(say("pin-again", language) + " > ")
        except (Left, KeyboardInterrupt):
            return seating.LEFT
        if narrow(first) != narrow(again):
            raise Refused("pin-differs")
        # Said first: a PIN of which no run knows when it was set would confirm what was said before it.
        _say_in_every_run(store, person, setter.id)
        keep_pin(store, person, narrow(first), machine.entropy)
    terminal.show(say("pin-kept", language, name=clean(known.name)))
    return 0


def _say_in_every_run(store: Store, person: str, setter: str) -> None:
    """That a PIN is set now stands in every run that goes on; what is simulated is not touched."""
    for row in seating.open_runs(store):
        if row.run[0] not in "DE":
            Desk.resume(store, row.run, setter, surroundings(store)).propose([NoteAdded(person, PIN_SET)])
