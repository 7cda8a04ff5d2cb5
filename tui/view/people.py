"""Who does a step, who has signed it, and how to reach them."""

from __future__ import annotations

from itertools import zip_longest

from engine.plan import Channel, Person, Step
from engine.state import Signature
from engine.text import clean
from tui.view.looking import Looking


def by_line(look: Looking, step: Step) -> str | None:
    """Who does it: you, somebody here, or whom to call; None when the plan names no role."""
    if not step.roles:
        return None
    state = look.state
    mine = [look.role(role) for role in step.roles if state.holds(look.person, role)]
    if mine:
        return look.say("by-you", roles=look.join(mine))
    roles = look.join([look.role(role) for role in step.roles])
    holders = _holders(look, step)
    if holders:
        return look.say("by-others", names=look.join(holders))
    reach = [reach_line(look, person) for person in _in_turn(look, step)[:CALLED]]
    if reach:
        return look.say("by-nobody", roles=roles, reach=look.join(reach))
    return look.say("by-role", role=roles)


CALLED = 2
"""So many people are named where nobody here has the role of a step."""


def _in_turn(look: Looking, step: Step) -> list[Person]:
    """Those who act in its roles at the site: the first of each role, then the second of each."""
    turns = zip_longest(*(by_site(look, role) for role in step.roles))
    found = {person.id: person for turn in turns for person in turn if person is not None}
    return list(found.values())


def _holders(look: Looking, step: Step) -> list[str]:
    """Those who hold its roles here, each once, behind all of the roles that are theirs."""
    roles: dict[str, list[str]] = {}
    for role in step.roles:
        for person in look.state.holders(role):
            roles.setdefault(person, []).append(look.role(role))
    return [f"{'/'.join(held)} {look.name(person)}" for person, held in roles.items()]


def is_for(look: Looking, step: Step) -> bool:
    """Whether it is for whoever sits here: they hold one of its roles, or it names none."""
    roles = step.roles or (step.sign.of if step.sign is not None else ())
    return not roles or any(look.state.holds(look.person, role) for role in roles)


def by_site(look: Looking, role: str) -> list[Person]:
    """Those who act in this role at the site."""
    return [person for person in look.state.graph.site.people if role in person.roles]


def reach_line(look: Looking, person: Person) -> str:
    """A name with the first way to reach it."""
    return " ".join([look.text(person.name), *channels(look, person)[:1]])


def channels(look: Looking, person: Person) -> list[str]:
    """How to reach somebody, the telephone first."""
    first = [clean(person.phone)] if person.phone else []
    return first + [channel(look, one) for one in person.channels if one.address != person.phone]


def channel(look: Looking, one: Channel) -> str:
    """One way to reach somebody: what it is, and its number or address."""
    return f"{look.said('channel', one.kind)} {clean(one.address)}"


def signature_line(look: Looking, sign: Signature) -> str:
    """A name with its role; a voice says that it is not confirmed."""
    words = f"{look.name(sign.person)} {look.role(sign.role) if sign.role else ''}".strip()
    return words if sign.confirmed else look.in_brackets(words, look.say("voice-unconfirmed"))


def signer_line(look: Looking, role: str) -> str:
    """A role that must sign, with whoever holds it here."""
    holders = [look.name(person) for person in look.state.holders(role)]
    return " ".join([look.role(role), *holders[:1]])
