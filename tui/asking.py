"""Asking a person, one question a line, for everything an act needs."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from engine.acts import Act, Given, Need
from engine.condition import ConditionFault, parse_duration
from engine.errors import MusterError
from engine.events import stamp
from engine.plan import Reading
from engine.text import Text, clean
from tui.terminal import Terminal
from tui.view import Looking, reading_label

EVIDENCE_MOST = 8 * 1024 * 1024
"""Bytes of a photo or file that the record keeps."""


class Cancelled(Exception):
    """The person thought better of it; nothing is recorded."""


@dataclass
class Answers:
    """What the person gave, ready for `Desk.do`."""

    given: dict[str, Any] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    pin: str | None = None

    def made(self) -> Given:
        return Given(values=self.values, **self.given)


class Asker:
    """Asks for the needs of one act."""

    def __init__(
        self,
        terminal: Terminal,
        look: Looking,
        has_pin: Callable[[str], bool],
        keep: Callable[[bytes], str],
        propose_text: Callable[[Act], str],
    ) -> None:
        self._terminal = terminal
        self._look = look
        self._has_pin = has_pin
        self._keep = keep
        self._propose_text = propose_text
        self._answers = Answers()
        self._act = Act("")

    def ask_for(self, act: Act) -> Answers:
        """Everything the act needs; Cancelled when the person gives up (Ctrl-C)."""
        self._answers, self._act = Answers(), act
        needs = list(act.needs)
        if act.verb == "override" and any(need.name == "second" for need in needs):
            needs = self._safety_way(needs)
        for need in needs:
            self._ask(need)
        return self._answers

    def _safety_way(self, needs: list[Need]) -> list[Need]:
        """A safety step is passed with a second person, or alone; both are not asked for."""
        if not any(need.name == "read_back" for need in needs):
            return [_required(need) if need.name != "second_channel" else need for need in needs]
        choice = self._line(self._word("need-how-safety"), must=True)
        left_out = ("second", "second_strength", "second_channel") if choice.startswith("2") else ("read_back",)
        return [
            need if need.optional and need.name in ("mark_at", "second_channel") else _required(need)
            for need in needs
            if need.name not in left_out
        ]

    def _ask(self, need: Need) -> None:
        if need.kind == "reading":
            self._ask_reading(need)
        elif need.kind == "value":
            self._ask_value()
        elif need.kind == "items":
            self._ask_items(need)
        elif need.kind == "person":
            self._answers.given[need.name] = self._ask_person(need)
        elif need.kind == "strength":
            self._ask_strength(need)
        elif need.kind == "channel":
            self._ask_channel(need)
        elif need.kind == "choice":
            self._answers.given[need.name] = self._choose(self._label(need), need)
        elif need.kind == "time":
            self._answers.given[need.name] = self._ask_time(self._label(need))
        elif need.kind == "file":
            self._ask_file(need)
        elif need.kind == "word":
            self._answers.given[need.name] = self._ask_step(need)
        else:
            self._ask_text(need)

    # --- words

    def _word(self, word_id: str, /, **facts: object) -> str:
        return self._look.say(word_id, **facts)

    def _label(self, need: Need) -> str:
        special = {
            ("handover", "owner"): "need-giver",
            ("handover", "person"): "need-taker",
            ("report", "text"): "need-report",
            ("read", "target"): "need-target-reading",
            ("level", "target"): "need-target-level",
            ("end", "target"): "need-target-ending",
            ("reopen", "target"): "need-target-step",
            ("tell-anytime", "target"): "need-target-group",
        }
        word = special.get((self._act.verb, need.name)) or f"need-{need.name.replace('_', '-')}"
        if need.name == "second_strength":
            word = "need-strength"
        if need.name == "second_channel":
            word = "need-channel"
        return self._word(word)

    def _line(self, label: str, *, must: bool, default: str | None = None) -> str:
        """One line; an empty one is the default, or is asked again when something must be said."""
        hint = self._word("default", default=default) if default else ("" if must else self._word("optional"))
        while True:
            said = self._terminal.ask(f"  {label}{hint} > ")
            if said or default or not must:
                return said or default or ""
            self._terminal.show("  " + self._word("must-say"))

    # --- kinds of need

    def _ask_text(self, need: Need) -> None:
        default = need.default
        if need.name == "text" and self._act.verb in ("tell", "visit"):
            default = self._propose_text(self._act) or None
            if default:
                self._terminal.show("  " + clean(default, lines=True).replace("\n", " "))
                said = self._terminal.ask(f"  {self._label(need)}{self._word('default', default='↑')} > ")
                self._answers.given["text"] = said or default
                return
        self._answers.given[need.name] = self._line(self._label(need), must=not need.optional, default=default) or None

    def _ask_reading(self, need: Need) -> None:
        reading = self._look.state.graph.readings[need.reading or ""]
        self._answers.values[reading.id] = self._value_of(reading)

    def _ask_value(self) -> None:
        reading = self._look.state.graph.readings[self._answers.given["target"]]
        self._answers.values[reading.id] = self._value_of(reading)

    def _value_of(self, reading: Reading) -> str:
        label = reading_label(self._look, reading.id)
        if reading.kind == "number":
            return self._number(reading, label)
        if reading.kind == "yes-no":
            choice = Need("answer", "choice", choices=(("yes", Text("是", "yes")), ("no", Text("否", "no"))))
            return self._choose(label, choice) or ""
        if reading.kind == "list":
            return self._list(self._word("need-list", label=label))
        if reading.kind == "time":
            moment = self._ask_time(self._word("need-time", label=label)) or self._look.now
            return stamp(moment)
        return self._line(label, must=True)

    def _number(self, reading: Reading, label: str) -> str:
        """A number; a value outside the believable range is taken with a reason."""
        bounds = reading.least is not None or reading.most is not None
        least = "…" if reading.least is None else reading.least
        most = "…" if reading.most is None else reading.most
        if bounds:
            label += self._word("range", least=least, most=most)
        while True:
            typed = plain_number(self._line(label, must=True), reading.unit)
            try:
                value = Decimal(typed)
            except InvalidOperation:
                self._refuse("not-a-number", reading=reading.label, text=typed, unit=reading.unit or "")
                continue
            low = reading.least is not None and value < reading.least
            high = reading.most is not None and value > reading.most
            if low or high:
                self._refuse("out-of-range", reading=reading.label, text=typed, least=least, most=most)
                reason = self._line(self._word("need-reason"), must=False)
                if not reason:
                    continue
                self._answers.given["reason"] = reason
            return typed

    def _refuse(self, sentence_id: str, /, **facts: object) -> None:
        self._terminal.show("  " + MusterError(sentence_id, **facts).sentence(self._look.language))

    def _list(self, label: str) -> str:
        lines: list[str] = []
        while True:
            line = self._terminal.ask(f"  {label} > " if not lines else "  > ")
            if not line:
                return "\n".join(lines)
            lines.append(line)

    def _choose(self, label: str, need: Need) -> str | None:
        """One of the choices by number, or by its id."""
        if not need.choices:
            return self._line(label, must=not need.optional) or None
        for number, (_, words) in enumerate(need.choices, start=1):
            self._terminal.show(f"    {number}  {self._look.text(words)}")
        default = next((str(n) for n, (name, _) in enumerate(need.choices, 1) if name == need.default), None)
        while True:
            typed = self._line(label, must=not need.optional, default=default)
            if not typed:
                return None
            found = pick(typed, [name for name, _ in need.choices])
            if found is not None:
                return found
            self._terminal.show("  " + self._word("not-a-choice", typed=clean(typed)))

    def _ask_items(self, need: Need) -> None:
        if not need.choices:
            self._answers.given["items"] = (1,)
            return
        for number, words in need.choices:
            self._terminal.show(f"    {number}  {self._look.text(words)}")
        while True:
            typed = self._line(self._label(need), must=not need.optional)
            if typed.casefold() in ("a", "all", "全部"):
                self._answers.given["items"] = tuple(int(number) for number, _ in need.choices)
                return
            wanted = [int(word) for word in re.split(r"[\s,，、]+", narrow(typed)) if word.isdecimal()]
            if wanted and set(wanted) <= {int(number) for number, _ in need.choices}:
                self._answers.given["items"] = tuple(wanted)
                return
            self._terminal.show("  " + self._word("not-a-choice", typed=clean(typed)))

    def _ask_person(self, need: Need) -> str | None:
        """Somebody of this run, else of the site; by number, id or name."""
        people = list(need.choices) or self._people()
        default = need.default or (self._default_person() if need.name == "person" and not need.choices else None)
        for number, (_, words) in enumerate(people, start=1):
            self._terminal.show(f"    {number}  {self._look.text(words)}")
        default_number = next((str(n) for n, (name, _) in enumerate(people, 1) if name == default), None)
        while True:
            typed = self._line(self._label(need), must=not need.optional, default=default_number)
            if not typed:
                return None
            found = pick(typed, [name for name, _ in people]) or self._by_name(typed)
            if found is not None:
                return found
            if self._act.verb == "role":
                self._answers.given["name"] = typed
                return typed
            self._terminal.show("  " + self._word("not-a-choice", typed=clean(typed)))

    def _people(self) -> list[tuple[str, Text]]:
        state = self._look.state
        names = dict.fromkeys([*state.people, *(person.id for person in state.graph.site.people)])
        return [(person, self._person_words(person)) for person in names]

    def _person_words(self, person: str) -> Text:
        name = self._look.name(person)
        roles = self._look.state.roles_of(person)
        known = self._look.state.graph.people.get(person)
        held = roles or (known.roles if known is not None else ())
        words = self._look.join([self._look.role(role) for role in held])
        return Text(f"{name}  {words}", f"{name}  {words}")

    def _by_name(self, typed: str) -> str | None:
        for person, _ in self._people():
            if typed in (person, self._look.name(person)):
                return person
        return None

    def _default_person(self) -> str | None:
        """Who would sign the role that was just chosen."""
        role = self._answers.given.get("role")
        if role is None or self._act.verb != "sign":
            return None
        return next(iter(self._look.state.holders(role)), None)

    def _ask_strength(self, need: Need) -> None:
        signer = self._signer(need)
        default = "voice"
        if signer == self._look.person:
            default = "own-device"
        elif signer is not None and self._has_pin(signer):
            default = "pin"
        if all(name != default for name, _ in need.choices):
            default = need.choices[-1][0]
        asked = Need(need.name, "choice", need.optional, need.choices, default=default)
        strength = self._choose(self._label(need), asked)
        self._answers.given[need.name] = strength
        if strength == "pin":
            name = self._look.name(signer or "")
            self._answers.pin = self._terminal.ask_hidden("  " + self._word("need-pin", name=name) + " > ")

    def _signer(self, need: Need) -> str | None:
        if need.name == "second_strength":
            key = "owner" if self._act.verb == "handover" else "second"
        else:
            key = "person"
        signer = self._answers.given.get(key)
        if signer is None and self._act.verb == "confirm-voice":
            wanted = self._answers.given.get("target")
            for one in self._look.state.steps.values():
                signer = next((sign.person for sign in one.signatures if sign.hash == wanted), signer)
        return signer

    def _ask_channel(self, need: Need) -> None:
        """A voice names its channel; other signatures do not need one."""
        strength_of = {"channel": "strength", "second_channel": "second_strength"}[need.name]
        strength = self._answers.given.get(strength_of)
        if strength is not None and strength != "voice":
            return
        default = {"zh": "电话", "en": "telephone"}[self._look.language]
        self._answers.given[need.name] = self._line(self._label(need), must=True, default=default)

    def _ask_time(self, label: str) -> datetime | None:
        while True:
            typed = self._line(label, must=False)
            if not typed:
                return None
            moment = clock_time(typed, self._look)
            if moment is not None:
                return moment
            self._refuse("not-a-time", text=typed)

    def _ask_file(self, need: Need) -> None:
        typed = self._line(self._label(need), must=not need.optional)
        if not typed:
            return
        path = Path(typed).expanduser()
        self._answers.given["evidence"] = path.name or typed
        try:
            data = path.read_bytes() if path.is_file() and path.stat().st_size <= EVIDENCE_MOST else None
        except OSError:
            data = None
        if data is None:
            self._terminal.show("  " + self._word("file-missing"))
            self._answers.given["evidence"] = typed
            return
        self._keep(data)
        self._answers.given["digest"] = hashlib.sha256(data).hexdigest()
        self._answers.given["size"] = len(data)

    def _ask_step(self, need: Need) -> str | None:
        graph = self._look.state.graph
        fixed = need.default
        if fixed is not None:
            return fixed
        while True:
            typed = narrow(self._line(self._label(need), must=False))
            if not typed:
                return None
            found = typed if typed in graph.steps else None
            if typed.isdecimal():
                found = next((name for name, number in graph.number.items() if number == int(typed)), None)
            if found is not None:
                return found
            self._terminal.show("  " + self._word("not-a-choice", typed=clean(typed)))


def _required(need: Need) -> Need:
    return Need(need.name, need.kind, False, need.choices, need.reading, need.default)


def narrow(typed: str) -> str:
    """What a Chinese input method types wide, as the plain characters it stands for."""
    return unicodedata.normalize("NFKC", typed).strip()


def plain_number(typed: str, unit: str | None) -> str:
    """A typed number without its unit, whatever input method was on: ``２。５ cm`` is 2.5."""
    text = narrow(typed).replace("。", ".").replace(",", ".")
    if unit is not None and text.casefold().endswith(narrow(unit).casefold()):
        text = text[: -len(narrow(unit))].strip()
    return text


def pick(typed: str, names: list[str]) -> str | None:
    """The choice of that number (from 1), or of that id."""
    number = narrow(typed)
    if number.isdecimal() and 1 <= int(number) <= len(names):
        return names[int(number) - 1]
    return number if number in names else None


_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


def clock_time(typed: str, look: Looking) -> datetime | None:
    """A time of day in the zone of the site (the last one that has passed), ``5m`` ago, or a full time."""
    text = narrow(typed).replace("：", ":")
    found = _CLOCK.fullmatch(text)
    if found is not None:
        hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
        if hour > 23 or minute > 59 or second > 59:
            return None
        local = look.now.astimezone(look.zone)
        moment = local.replace(hour=hour, minute=minute, second=second, microsecond=0)
        return moment if moment <= local else moment - timedelta(days=1)
    try:
        return look.now - parse_duration(text)
    except ConditionFault:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=look.zone)


