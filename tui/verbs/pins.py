"""people pin: somebody sets their PIN."""

from __future__ import annotations

from engine.errors import Refused
from engine.people import set_pin as keep_pin
from engine.text import clean
from tui import machine
from tui.locale import say
from tui.terminal import Left, Terminal
from tui.typed import narrow
from tui.verbs import seating
from tui.verbs.playable import read_whole_book
from tui.verbs.storing import open_the_store


def set_pin(person: str, store_named: str | None, book_named: str | None, lang: str | None) -> int:
    """Set somebody's PIN: typed twice, not shown."""
    book, _, _ = read_whole_book(book_named)
    language = machine.language(lang, book.site.languages[0])
    known = next((one for one in book.site.people if one.id == person), None)
    if known is None:
        raise Refused("no-such-person", person=person, people=tuple(one.id for one in book.site.people))
    terminal = Terminal()
    with open_the_store(store_named) as store:
        try:
            first = terminal.ask_hidden(say("need-pin", language, name=clean(known.name)) + " > ")
            again = terminal.ask_hidden(say("pin-again", language) + " > ")
        except (Left, KeyboardInterrupt):
            return seating.LEFT
        if narrow(first) != narrow(again):
            raise Refused("pin-differs")
        keep_pin(store, person, narrow(first), machine.entropy)
    terminal.show(say("pin-kept", language, name=clean(known.name)))
    return 0
