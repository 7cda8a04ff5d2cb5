"""What somebody sees on the screens, kept in tests/golden; a change of a screen is looked at there.

python -m tests.tui.screen_scenes      writes them anew
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from tests import stores
from tests.engine.records import Wall, entropy
from tests.tui.screen_table import SIZES, Seen, drive, seat
from tests.tui.table import KINDS, ROOT, START, Table, book_at
from tui.session import Session, Wish

GOLDEN = ROOT / "tests" / "golden"
LANGUAGES = ("zh", "en")
VALUES = {"depth": "2", "drips": "yes", "cause": "软管", "seen-at": "2026-11-22T05:55:00.000Z"}

Keys = Callable[[Seen], Awaitable[None]]


def untouched(at: Table) -> None:
    """A run that was just opened: its entry condition is asked."""


def begun(at: Table) -> None:
    at.do("entry", "entry.0", answer="yes")


def decided(at: Table) -> None:
    begun(at)
    at.do("do", "look", values=VALUES)
    at.clock.move(at.clock.now + timedelta(minutes=4))


def late(at: Table) -> None:
    begun(at)
    at.do("read", values={"inlet": "31.5"})
    at.do("defer", "cut", reason="没有钥匙")
    at.clock.move(at.clock.now + timedelta(minutes=19))
    at.desk.settle()


def press(*keys: str) -> Keys:
    async def script(seen: Seen) -> None:
        for key in keys:
            if len(key) > 1 and key.startswith("="):
                await seen.types(key[1:])
            else:
                await seen.keys(key)

    return script


SCENES: dict[str, tuple[Callable[[Table], None], Keys]] = {
    "opening": (untouched, press()),
    "step": (begun, press()),
    "asking": (begun, press("enter", "=2", "1")),
    "decision": (decided, press("1")),
    "late": (late, press()),
}
"""At every size."""

MORE: dict[str, tuple[Callable[[Table], None], Keys]] = {
    "acts": (begun, press("tab", "2", "2")),
    "steps": (begun, press("down", "down", "down")),
    "looking": (begun, press("down", "down", "enter")),
    "why": (decided, press("f7")),
    "note": (begun, press("f3", "漏", "水")),
}
"""At 80 by 24."""


def drawn(scene: str, language: str, size: tuple[int, int], *, ascii_only: bool = False) -> str:
    """A scene as it is drawn now."""
    prepare, keys = (SCENES | MORE)[scene]
    with seat() as (at, run):
        prepare(at)

        async def script(seen: Seen) -> str:
            await keys(seen)
            return seen.text()

        shown: str = run(script, language=language, size=size, ascii_only=ascii_only)
        return shown


def home_session(*, runs: int = 0, wish: Wish | None = None, book: Path = KINDS) -> Session:
    """Home over a store in memory, with so many open runs of the small book."""
    from drill.rehearsal import HandClock
    from engine.desk import Surroundings

    store = stores.memory(wall=Wall(), entropy=entropy(1))
    clock = HandClock(START)
    around = Surroundings(clock, entropy(2), lambda person, pin: None)
    session = Session(store, around, book_at(book), wish=wish or Wish(person="li", another=True))
    for number in range(runs):
        desk = session.begin("kinds", "A1", "li").desk
        if number:
            act = next(one for one in desk.possible() if one.verb == "level")
            from engine.acts import Given

            desk.do(act, Given(target="II"))
        clock.move(clock.now + timedelta(minutes=11))
    session.runs_first = session.open_runs()
    return session


def home_drawn(language: str, size: tuple[int, int], runs: int) -> str:
    """Home as it is drawn now."""

    async def script(seen: Seen) -> str:
        return seen.text()

    return drive(lambda: home_session(runs=runs), script, language=language, size=size)


def every_golden() -> dict[str, Callable[[], str]]:
    """Every kept screen: its file, and how it is drawn."""
    found: dict[str, Callable[[], str]] = {}
    for language in LANGUAGES:
        for scene, size in [(scene, size) for scene in SCENES for size in SIZES]:
            found[f"screen-{scene}-{size[0]}x{size[1]}-{language}.txt"] = partial(
                drawn, scene, language, size
            )
        for scene in MORE:
            found[f"screen-{scene}-80x24-{language}.txt"] = partial(drawn, scene, language, (80, 24))
        for size in ((79, 23), (40, 10)):
            found[f"screen-small-{size[0]}x{size[1]}-{language}.txt"] = partial(drawn, "step", language, size)
        for runs in (0, 2):
            found[f"screen-home-{runs}-80x24-{language}.txt"] = partial(home_drawn, language, (80, 24), runs)
    found["screen-late-80x24-ascii.txt"] = partial(drawn, "late", "en", (80, 24), ascii_only=True)
    return found


if __name__ == "__main__":
    for name, draw in every_golden().items():
        (GOLDEN / name).write_text(draw(), "utf-8")
