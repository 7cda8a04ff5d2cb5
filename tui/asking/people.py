"""Who did it, and who stands behind it: only who can be it here is proposed."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial

from engine.acts import Act, Given, Need
from engine.plan import Person, Step
from engine.rules import doers, second_roles
from engine.rules.finishing import done_by_two
from engine.state import COMMAND
from tui.asking.answers import Question, Taken
from tui.asking.fields import Rows
from tui.asking.one_act import Asks, OneAct
from tui.typed import pick, pick_by_words
from tui.view.people import by_site, channels, is_for

ASKS_WHO = ("do", "visit", "answer", "tell", "start", "tick", "try", "fail", "skip", "confirm", "nobody")
"""Acts on a step that somebody else than who types may have done."""


TAKES = "+"
"""Behind the id of somebody who takes the role too."""

SIGNS = ("sign", "verify", "handover", "confirm-voice")
"""Acts that put a name under something."""

SECOND = ("second", "second_strength", "second_channel", "takes-role")
"""Whoever stands behind an act beside the first: refused or not, chosen anew."""

SIGNING = (
    "role", "person", "owner", "strength", "channel", "second", "second_strength", "second_channel", "takes-role",
)  # fmt: skip
"""What a signature is made of: chosen by whoever signs, never by an empty line, and chosen anew each time."""


class People(OneAct):
    """Asks for people."""

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
        back. Of what kills they are named and taken by Enter; of what cannot be taken back nobody is.
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
        yield from self._ask_doer(step, list(dict.fromkeys(people)), vacant=not holders)

    def _ask_doer(self, step: Step, people: list[str], *, vacant: bool) -> Asks:
        """Who did it. Where nobody holds the role, the same number takes it too: then it is not asked again."""
        rows = [*self._people_rows(people), *(self._taking_rows(step, people) if vacant else [])]
        roles = self.look.join([self.look.role(one) for one in step.roles])
        self.above.append(f"  {self.word('who-does' if vacant else 'who-of', roles=roles)}")
        self.above += [] if self.look.state.graph.site.people else [f"  {self.word('no-site-people')}"]
        self._above_people(rows)
        accept = partial(self._anybody, rows=rows)
        # Who alone can be it is shown with the number: Enter takes them, but for what cannot be taken back.
        only = "1" if len(rows) == 1 and not step.irreversible else None
        chosen = str((yield from self.until("by", self.word("need-doer"), accept, default=only)))
        person = chosen.removesuffix(TAKES)
        self.given["by"] = person
        self.filled["by"] = self.look.labelled(self.word("need-doer"), self.look.name(person))
        if chosen != person:
            role = self._role_for(step, person)
            refused = yield Taken(Act("role"), Given(person=person, role=role))
            self.above += [f"  {refused}"] if refused else []
        if person != self.look.person:
            yield from self._ask_how_known()

    def _taking_rows(self, step: Step, people: list[str]) -> Rows:
        """Each of them, who takes the role from now on."""
        return [
            (
                person + TAKES,
                self.word(
                    "doer-takes",
                    name=self.look.name(person),
                    role=self.look.role(self._role_for(step, person)),
                ),
            )
            for person in people
        ]

    def _role_for(self, step: Step, person: str) -> str:
        """The role of a step that somebody has by the site, else its first."""
        known = self.look.state.graph.people.get(person)
        return next((role for role in step.roles if known is not None and role in known.roles), step.roles[0])

    def _ask_how_known(self) -> Asks:
        """What another did was told to whoever types, unless they saw it: what was only heard is recorded so."""
        ways = [("told", self.word("known-told")), ("seen", self.word("known-seen"))]
        known = yield from self.choose("known", self.word("need-known"), ways, default="told")
        self.filled["known"] = self.look.said("basis", "voice") if known == "told" else ""
        if known == "told":
            self.given["basis"] = "voice"

    @property
    def by(self) -> str | None:
        """Who does it, when that is not whoever types."""
        found: str | None = self.given.get("by")
        return found

    @property
    def basis(self) -> str:
        """Whence it is known that they did."""
        return str(self.given.get("basis", "asserted"))

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
        return self.given.get("role") if self.act.verb in ("role", "handover") else None

    def _candidates(self, need: Need, role: str | None) -> list[str]:
        """Who is proposed: those of the role, else those of the run; never who has done the first part."""
        state, roles = self.look.state, self._second_roles(need)
        if roles:
            people = [one for wanted in roles for one in state.holders(wanted)]
            people += [one.id for wanted in roles for one in by_site(self.look, wanted)]
        elif role is None or (self.act.verb == "handover" and need.name == "person"):
            people = list(state.people)
        else:
            here = [] if self.act.verb == "role" else sorted(state.holders(role))
            site = [] if need.name == "owner" else [one.id for one in by_site(self.look, role)]
            people = [*here, *site]
        never = self._not_again(need)
        if self._is_second(need) and self._purpose != "override":
            never |= set(state.commanders)  # whoever commands is never one of two operators
        likely = [one for one in self._signed_before(need) if one in people]
        return [one for one in dict.fromkeys([*likely, *people]) if one not in never]

    def _signed_before(self, need: Need) -> list[str]:
        """Who has signed the holds on the way to this step, the latest first: of them the second is the likeliest."""
        state, step = self.look.state, self.step
        if step is None or not self._is_second(need):
            return []
        above = [state.steps[name] for name in state.graph.above(step.id) if name in state.steps]
        holds = [one for one in above if one.step.kind == "hold"]
        signs = [sign for one in holds for sign in one.signatures if sign.purpose == "hold"]
        return [sign.person for sign in sorted(signs, key=lambda sign: sign.at, reverse=True)]

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
