"""Names that one file leaves to another: runbooks, message templates, groups, and values of the site."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Any

from engine.book.page import NO_HINT, Page, Use
from engine.book.tree import Scalar
from engine.plan import Fact, Promises, Room, Runbook, Site
from engine.template import SITE_VALUE, TemplateFault, fill


def check_uses(page: Page, site: Site | None, titles: Collection[str], promises: Promises | None) -> None:
    """Note every name of another file that is not there; what could not be read is None and blames nobody."""
    messages = None if promises is None else dict(promises.messages)
    for use in page.uses:
        if use.sort == "runbook" and use.name not in titles:
            page.fault("undefined-runbook", use.node, found=use.name, hint=page.near(use.name, titles))
        elif use.sort == "message" and messages is not None and use.name not in messages:
            page.fault("undefined-message", use.node, found=use.name, hint=page.near(use.name, messages))
    if site is not None:
        check_site_uses(page, site)


def check_site_uses(page: Page, site: Site) -> None:
    """Note every group and value that the site has not, and (as advice) roles nobody there holds."""
    groups = [group.id for group in site.groups]
    held = {role for person in site.people for role in person.roles}
    for use in page.uses:
        # A site that names no groups at all has not come so far: then a tell is told by voice.
        if use.sort == "group" and groups and use.name not in groups:
            page.fault("undefined-group", use.node, found=use.name, hint=page.near(use.name, groups))
        elif use.sort in ("site-value", "site-length", "site-words"):
            _check_value(use, page, site)
        elif use.sort == "template":
            _check_filled(use, page, site)
        elif use.sort == "contact-role" and site.people and use.name not in held:
            page.fault("nobody-holds", use.node, role=use.name)


def _check_filled(use: Use, page: Page, site: Site) -> None:
    """A message can be filled in every room of the site; a value that a room lacks is told by itself."""
    if not all(fact is not None for found in SITE_VALUE.findall(use.name) for fact in _facts(found, site)):
        return
    for room in site.rooms or (None,):
        try:
            fill(use.name, _sample(site, room), partial(_site_value, site, room))
        except TemplateFault as fault:
            page.fault("bad-template", use.node, why=fault.why, hint=NO_HINT)
            return


def _facts(name: str, site: Site) -> Iterable[object]:
    own = name in ("id", "title", "room.id", "room.title")
    return () if own else facts_of(name, site).values()


def _sample(site: Site, room: Room | None) -> dict[str, Any]:
    """Values as a run in that room has them; of the run only their kind matters."""
    in_room = {} if room is None else {"id": room.id, "title": room.title.en}
    return {
        "plan": {"id": "plan", "title": "plan", "revision": 1},
        "site": {"id": site.id, "title": site.title.en, "room": in_room},
        "run": {
            "id": "run",
            "opened_at": "2026-11-22 02:10",
            "now": "2026-11-22 02:10",
            "level": "-",
            "room": "-",
        },
    }


def _site_value(site: Site, room: Room | None, name: str) -> str | None:
    own = {"id": site.id, "title": site.title.en} | (
        {} if room is None else {"room.id": room.id, "room.title": room.title.en}
    )
    facts = facts_of(name, site)
    fact = facts.get(site.id if not name.startswith("room.") or room is None else room.id)
    return own.get(name) if fact is None else fact.id


def _check_value(use: Use, page: Page, site: Site) -> None:
    """A site value must be there, in every room when it is one of rooms, and of the kind that is needed."""
    assert isinstance(use.node, Scalar)
    place = page.inside(use.node, use.offset)
    name = use.name.removeprefix("site.")
    facts = facts_of(name, site)
    if not any(facts.values()):
        hint = page.near(use.name, _values(site))
        page.fault("undefined-value", place, found=use.name, hint=hint)
    elif not all(facts.values()):
        rooms = [room for room, fact in facts.items() if fact is None]
        page.fault("room-lacks-value", place, found=use.name, rooms=rooms)
    elif use.sort == "site-length" and not _is_length(name, facts):
        page.fault("not-a-length", place, found=use.name)
    elif use.sort == "site-words" and not all(
        fact is not None and fact.words is not None for fact in facts.values()
    ):
        page.fault("not-a-tag", place, found=use.name)


def _is_length(name: str, facts: Mapping[str, Fact | None]) -> bool:
    """Whether it can be a limit: facts of rooms differ from room to room."""
    return not name.startswith("room.") and all(
        fact is None or fact.length is not None for fact in facts.values()
    )


def facts_of(name: str, site: Site) -> dict[str, Fact | None]:
    """What ``site.NAME`` is: of a parameter one fact under the site, of a ``room.NAME`` one for each room."""
    if name.startswith("room."):
        wanted = name.removeprefix("room.")
        return {room.id: _named(wanted, room.facts) for room in site.rooms}
    return {site.id: _named(name, site.parameters)}


def _named(name: str, facts: Iterable[Fact]) -> Fact | None:
    return next((fact for fact in facts if fact.id == name), None)


def _values(site: Site) -> list[str]:
    in_rooms = {f"site.room.{fact.id}" for room in site.rooms for fact in room.facts}
    return [f"site.{fact.id}" for fact in site.parameters] + sorted(in_rooms)


def roles_of(runbooks: Iterable[Runbook], site: Site | None) -> set[str]:
    held = {role for person in ([] if site is None else site.people) for role in person.roles}
    return held | {role for one in runbooks for role, _ in one.roles}
