"""Who puts their name under something, in which role, and how: as few questions as it takes, and none by Enter."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import NamedTuple

from engine.acts import Need
from engine.errors import Refused
from engine.events import SignedOff
from engine.rules import Proposal, signers
from engine.rules.signatures import check_strength, signed_off
from tui.asking.answers import Question
from tui.asking.fields import PAGE, Rows
from tui.asking.one_act import Asks
from tui.asking.people import People
from tui.typed import narrow, pick, pick_by_words
from tui.view.people import by_site, channels

WAYS = ("telephone", "radio", "face-to-face")
"""By what a voice is usually heard."""

VOICE = "voice "
"""Stands before the way in the rows of a question."""


class Signer(NamedTuple):
    """Somebody who may sign; what is not known yet is asked."""

    person: str
    role: str | None = None
    strength: str | None = None


class Signing(People):
    """Asks for signatures."""

    # --- who signs a hold: name, role, and of whoever types also how, behind one number

    def ask_signer(self, need: Need) -> Asks:
        """Who signs and in which role: one row for each, whoever types first; nobody by an empty line."""
        roles = [name for name, _ in need.choices]
        rows = self._signer_rows(roles)
        while True:
            self.above += [f"    {at}  {self._signer_words(one)}" for at, one in enumerate(rows, 1)]
            accept = partial(self._a_signer, rows=rows)
            signer = yield from self.until("person", self.word("need-signer"), accept)
            assert signer is not None, "nobody is no signer"
            role = signer.role or (yield from self._role_to_sign(signer.person, roles))
            if (yield from self._may_act(need, signer.person, role)):
                break
        self.given.update(role=role, person=signer.person)
        if signer.strength is not None:
            self.given.update(strength=signer.strength, channel=None)
            yield from self._ask_pin("strength", signer.strength, signer.person)

    def _signer_rows(self, roles: list[str]) -> list[Signer]:
        """Whoever types, with their ways to sign here; who holds one of the roles; who has it by the site."""
        state, me, one = self.look.state, self.look.person, self.one
        signed = signers(one) if one is not None else set()
        mine = [Signer(me, role, way) for role in roles if state.holds(me, role) for way in self._own_ways()]
        held = [Signer(person, role) for role in roles for person in sorted(state.holders(role))]
        site = [Signer(person.id, role) for role in roles for person in by_site(self.look, role)]
        known = {(row.person, row.role) for row in mine}
        others = [row for row in dict.fromkeys([*held, *site]) if (row.person, row.role) not in known]
        return [row for row in [*mine, *others] if row.person not in signed][:PAGE]

    def _own_ways(self) -> list[str]:
        """How whoever types can sign here, the strongest first; none where the device speaks for somebody else."""
        me = self.look.person
        ways = [way for way in ("own-device", "pin") if way != "pin" or self._has_pin(me)]
        return [way for way in ways if self._is_allowed(way, me)]

    def _signer_words(self, signer: Signer) -> str:
        look = self.look
        role = look.role(signer.role or "")
        if signer.strength is not None:
            return "  ".join(
                [
                    self.word("signs-me", name=look.name(signer.person)),
                    role,
                    self.word(f"signs-{signer.strength}"),
                ]
            )
        known = look.state.graph.people.get(signer.person)
        here = signer.role is not None and look.state.holds(signer.person, signer.role)
        reach = [] if here or known is None else channels(look, known)[:1]
        return "  ".join([look.name(signer.person), role, *reach])

    def _a_signer(self, typed: str, rows: list[Signer]) -> Signer:
        """A row by its number or its words; else anybody of the run or the site by name."""
        number = narrow(typed)
        if number.isdecimal():
            if not 0 < int(number) <= len(rows):
                raise self.no_choice(typed)
            return rows[int(number) - 1]
        named = [(str(at), f"{row.person} {self._signer_words(row)}") for at, row in enumerate(rows)]
        found = [rows[int(at)] for at in pick_by_words(typed, named)]
        if len(found) == 1:
            return found[0]
        person = (
            next(iter({row.person for row in found})) if len({row.person for row in found}) == 1 else None
        )
        person = person or self._by_name(typed)
        if person is None:
            raise self.no_choice(typed)
        their = {row.role for row in found if row.person == person}
        return Signer(person, their.pop() if len(their) == 1 else None)

    def _role_to_sign(self, person: str, roles: list[str]) -> Generator[Question, str, str]:
        """In which of the roles that are missing somebody signs who was named."""
        held = [role for role in roles if self.look.state.holds(person, role)]
        rows = [(role, self.look.role(role)) for role in held or roles]
        return str((yield from self.choose("role", self.word("need-sign-role"), rows)))

    # --- how

    def ask_strength(self, need: Need) -> Generator[Question, str, str | None]:
        """How somebody signs, and by what their voice was heard: only what they can do here is proposed."""
        signer = self._signer(need)
        known = self.rows(need.choices)
        # What only fails for want of a PIN stays: the sentence that refuses it says what to do about that.
        allowed = [row for row in known if self._is_allowed(row[0], signer)] or known
        rows = [row for row in allowed if row[0] != "pin" or self._has_pin(signer)] or allowed
        if self.act.verb == "confirm-voice":
            self.given["person"] = signer
        spoken = dict(rows).get("voice")
        if spoken is not None:
            rows = [row for row in rows if row[0] != "voice"]
            rows = [*rows, *((VOICE + way, self.look.in_brackets(self.word(way), spoken)) for way in WAYS)]
        chosen = yield from self._strength_of(need, rows, heard=spoken is not None)
        strength, _, channel = chosen.partition(" ")
        self.given["second_channel" if need.name == "second_strength" else "channel"] = channel or None
        yield from self._ask_pin(need.name, strength, signer)
        return strength

    def _strength_of(self, need: Need, rows: Rows, *, heard: bool) -> Generator[Question, str, str]:
        """One of the rows; with `voice ` before it by what somebody was heard, where that may be anything."""
        if len(rows) == 1:
            return str((yield from self.choose(need.name, self.label(need), rows)))
        self.above += [f"  {self.word('say-back')}"] if heard else []
        self.above += [f"    {number}  {words}" for number, (_, words) in enumerate(rows, start=1)]

        def accept(typed: str) -> str:
            number = narrow(typed)
            if number.isdecimal() or not heard or self.is_command(typed):
                return self._spoken(self._one_of(typed, rows))
            found = pick_by_words(typed, rows)
            return self._spoken(found[0]) if len(found) == 1 else VOICE + typed

        return str((yield from self.until(need.name, self.label(need), accept)))

    def _spoken(self, chosen: str) -> str:
        """The way in the words that the record keeps."""
        way = chosen.removeprefix(VOICE)
        return VOICE + self.word(way) if chosen.startswith(VOICE) else chosen

    def _ask_pin(self, name: str, strength: str, signer: str | None) -> Generator[Question, str, None]:
        if strength != "pin" or signer is None or not self._has_pin(signer):
            return
        pin = yield from self.hidden(self.word("need-pin", name=self.look.name(signer)))
        if name == "second_strength":
            self.answers.second_pin = pin
        else:
            self.answers.pin = pin

    def _has_pin(self, signer: str | None) -> bool:
        return signer is not None and self.has_pin(signer)

    def _is_allowed(self, strength: str, signer: str | None) -> bool:
        """Whether the rules would take that person's name in this way, on this device."""
        look, step = self.look, self.act.step or ""
        here = Proposal((), look.person, self.journal, look.now, look.now)
        try:
            if self.act.verb == "confirm-voice":
                confirms = look.state.signature(step, self.given.get("target"))
                heard = "" if confirms is None else confirms.hash
                signed_off(look.state, here, SignedOff(step, signer or "", "", "", strength, confirms=heard))
            else:
                check_strength(look.state, here, strength, signer or "")
        except Refused:
            return False
        return True

    def _signer(self, need: Need) -> str | None:
        if need.name == "second_strength":
            return self.given.get("owner" if self.act.verb == "handover" else "second")
        if self.act.verb == "confirm-voice":
            voice = self.look.state.signature(self.act.step or "", self.given.get("target"))
            return None if voice is None else voice.person
        return self.given.get("person")

    def ask_channel(self, need: Need) -> Generator[Question, str, str | None]:
        """By what somebody was called or told: one of the usual ways by number, or any other in words."""
        ways = [self.word(way) for way in WAYS]

        def accept(typed: str) -> str:
            way = pick(typed, ways)
            if way is None and narrow(typed).isdecimal():
                raise self.no_choice(typed)
            return way or typed

        return (yield from self.until(need.name, self.label(need), accept, default=ways[0]))
