"""Who did it, who signs, and how: only what they can do here is proposed."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial

from engine.acts import Act, Given, Need
from engine.errors import Refused
from engine.events import SignedOff
from engine.plan import Person
from engine.rules import Proposal, doers, second_roles, signers
from engine.rules.finishing import done_by_two
from engine.rules.signatures import check_strength, signed_off
from engine.state import COMMAND
from tui.asking.answers import Question
from tui.asking.fields import Rows
from tui.asking.one_act import Asks, OneAct
from tui.typed import narrow, pick, pick_by_words
from tui.view.people import by_site, channels, is_for

ASKS_WHO = ("do", "visit", "answer", "tell", "start", "tick", "try", "fail", "skip", "confirm", "nobody")
"""Acts on a step that somebody else than who types may have done."""


SIGNS = ("sign", "verify", "handover", "confirm-voice")
"""Acts that put a name under something."""

SECOND = ("second", "second_strength", "second_channel", "takes-role")
"""Whoever stands behind an act beside the first: refused or not, chosen anew."""

SIGNING = (
    "role", "person", "owner", "strength", "channel", "second", "second_strength", "second_channel", "takes-role",
)  # fmt: skip
"""What a signature is made of: chosen by whoever signs, never by an empty line, and chosen anew each time."""


class People(OneAct):
    """Asks for people and their signatures."""

    @property
    def is_signing(self) -> bool:
        """Whether somebody's name is put under something by this act."""
        seconds = [need for need in self.act.needs if need.name == "second"]
        if self.act.verb in ("answer", "change"):
            seconds = [need for need in seconds if not need.optional]  # only asked for against the readings
        return self.act.verb in SIGNS or bool(seconds)

    def ask_who(self) -> Asks:
        """Who did it, when the step is another role's than that of whoever types.

        Only who holds the role in this run goes without saying, and never of what kills or cannot be taken
        back; nobody is it by an empty line.
        """
        state, step = self.look.state, self.step
        if step is None or not step.roles or self.act.verb not in ASKS_WHO or "by" in self.given:
            return
        if is_for(self.look, step):
            return
        holders = list(dict.fromkeys(person for role in step.roles for person in state.holders(role)))
        if len(holders) == 1 and not (step.irreversible or step.cls == "safety"):
            self.given["by"] = holders[0]
            return
        people = holders or [
            *(one.id for role in step.roles for one in by_site(self.look, role)),
            self.look.person,
        ]
        rows = self._people_rows(list(dict.fromkeys(people)))
        roles = self.look.join([self.look.role(one) for one in step.roles])
        self.above.append(f"  {self.word('who-of' if holders else 'who-does', roles=roles)}")
        self._above_people(rows)
        accept = partial(self._anybody, rows=rows)
        self.given["by"] = yield from self.until("by", self.word("need-doer"), accept)

    # --- people and signatures

    def ask_person(self, need: Need) -> Generator[Question, str, str | None]:
        if need.choices:
            return (
                yield from self.choose(
                    need.name,
                    self.label(need),
                    self.rows(need.choices),
                    must=not need.optional,
                    default=need.default,
                )
            )
        role = self._role_of(need)
        while True:
            rows = self._people_rows(self._candidates(need, role))
            self._above_people(rows)
            accept = partial(self._anybody, rows=rows)
            default = "1" if rows and self.act.verb == "role" else None
            label, must = self.label(need), not need.optional
            person = yield from self.until(need.name, label, accept, must=must, default=default)
            if person is None or (yield from self._may_act(need, person, role)):
                return person
            self.again.pop(need.name, None)

    def _role_of(self, need: Need) -> str | None:
        """The role that somebody is asked for; None where anybody will do."""
        return self.given.get("role") if self.act.verb in ("sign", "role", "handover") else None

    def _candidates(self, need: Need, role: str | None) -> list[str]:
        """Who is proposed: those of the role, else those of the run; never who has done the first part."""
        state, roles = self.look.state, self._second_roles(need)
        if roles:
            people = [one for wanted in roles for one in state.holders(wanted)]
            people += [one.id for wanted in roles for one in by_site(self.look, wanted)]
        elif role is None or (self.act.verb == "handover" and need.name == "person"):
            people = list(state.people)
        else:
            here = [] if self.act.verb == "role" else sorted(state.holders(role), key=self._is_not_me)
            site = [] if need.name == "owner" else [one.id for one in by_site(self.look, role)]
            people = [*here, *site]
        never = self._not_again(need)
        if self._is_second(need) and self._purpose != "override":
            never |= set(state.commanders)  # whoever commands is never one of two operators
        return [one for one in dict.fromkeys(people) if one not in never]

    def _is_not_me(self, person: str) -> bool:
        return person != self.look.person

    def _is_second(self, need: Need) -> bool:
        """Whether a second pair of eyes is asked for."""
        return need.name == "second" or (self.act.verb == "verify" and need.name == "person")

    def _second_roles(self, need: Need) -> tuple[str, ...]:
        """The roles of which whoever is asked for must hold one; () when anybody in the run will do."""
        if self.step is None or not self._is_second(need):
            return ()
        return second_roles(self.step, self._purpose)

    @property
    def _purpose(self) -> str:
        """What the second person signs for, as the act will write it."""
        verb = self.act.verb
        if verb in ("answer", "change") and self.step is not None and not done_by_two(self.step):
            return "override"  # they stand behind an answer that the readings deny
        return verb if verb in ("verify", "override") else "together"

    def _not_again(self, need: Need) -> set[str]:
        """Who cannot be the second, because they are the first."""
        one, me = self.one, self.look.person
        if self.act.verb == "verify" and one is not None:
            return doers(one)
        if need.name == "second":
            return {self.given.get("by") or me, me}
        if need.name == "person" and self.act.verb == "handover":
            return {str(self.given.get("owner"))}
        if self.act.verb == "sign" and one is not None:
            return signers(one)
        return set()

    def _may_act(self, need: Need, person: str, role: str | None) -> Generator[Question, str, bool]:
        """Whether that person may: who acts in a role they have not taken takes it now, if the person says so."""
        state = self.look.state
        wanted = (role,) if self.act.verb == "sign" and role is not None else self._second_roles(need)
        if any(state.holds(person, one) for one in wanted):
            return True
        known = state.graph.people.get(person)
        of_site = known.roles if known is not None else ()
        if not wanted and (
            person in state.people or not (self._is_second(need) or self.act.verb == "handover")
        ):
            return True
        able = [one for one in (wanted or of_site) if one in dict(state.graph.runbook.roles)]
        fitting = [one for one in able if one in of_site] or able
        return bool(fitting) and (yield from self._take_role(person, fitting[0]))

    def _take_role(self, person: str, role: str) -> Generator[Question, str, bool]:
        name, title = self.look.name(person), self.look.role(role)
        if not (yield from self.yes("takes-role", self.word("takes-role", name=name, role=title))):
            return False
        reason = None
        if role == COMMAND and self.look.state.commanders:
            reason = yield from self.line("role-reason", self.word("need-reason"))
        self.answers.before.append((Act("role"), Given(person=person, role=role, reason=reason)))
        return True

    def _people_rows(self, people: list[str]) -> Rows:
        return [(person, self._person_words(person)) for person in people]

    def _person_words(self, person: str) -> str:
        roles = self.look.state.roles_of(person)
        known: Person | None = self.look.state.graph.people.get(person)
        held = roles or (known.roles if known is not None else ())
        words = [self.look.role(role) for role in held]
        reach = channels(self.look, known)[:1] if known is not None and not roles else []
        return "  ".join([self.look.name(person), *words, *reach])

    def _above_people(self, rows: Rows) -> None:
        self.above += [f"    {number}  {words}" for number, (_, words) in enumerate(rows, start=1)]

    def _anybody(self, typed: str, rows: Rows) -> str:
        """One of the rows by number; anybody of the run or the site by id, name, or a part of it."""
        found = pick(typed, [name for name, _ in rows]) or self._by_name(typed)
        if found is not None:
            return found
        if self.act.verb == "role":
            self.given["name"] = typed
            return typed
        raise self.no_choice(typed)

    def _by_name(self, typed: str) -> str | None:
        state = self.look.state
        names = dict.fromkeys([*state.people, *(person.id for person in state.graph.site.people)])
        if typed in names:
            return typed
        found = pick_by_words(typed, [(person, self.look.name(person)) for person in names])
        return found[0] if len(found) == 1 else None

    def ask_strength(self, need: Need) -> Generator[Question, str, str | None]:
        """How somebody signs: only what they can do here is proposed."""
        signer = self._signer(need)
        known = self.rows(need.choices)
        # What only fails for want of a PIN stays: the sentence that refuses it says what to do about that.
        allowed = [row for row in known if self._is_allowed(row[0], signer)] or known
        rows = [row for row in allowed if row[0] != "pin" or self._has_pin(signer)] or allowed
        if self.act.verb == "confirm-voice":
            self.given["person"] = signer
        strength = yield from self.choose(need.name, self.label(need), rows)
        if strength == "pin" and signer is not None and self._has_pin(signer):
            pin = yield from self.hidden(self.word("need-pin", name=self.look.name(signer)))
            if need.name == "second_strength":
                self.answers.second_pin = pin
            else:
                self.answers.pin = pin
        return strength

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
        """By what somebody was reached, or a voice was heard: one of the usual ways by number, any other in words.

        Whoever writes down another's voice has said it back to them.
        """
        is_voice = self.act.verb in SIGNS or need.name.startswith("second")
        ways = [self.word(way) for way in ("telephone", "radio", "face-to-face")]

        def accept(typed: str) -> str:
            way = pick(typed, ways)
            if way is None and narrow(typed).isdecimal():
                raise self.no_choice(typed)
            return way or typed

        self.above += [f"  {self.word('say-back')}"] if is_voice else []
        default = None if is_voice else ways[0]
        return (yield from self.until(need.name, self.label(need), accept, default=default))
